//! From counted switches to numbers: the curve of a probability over one input, and everything that is a functional of it.
//! Knows no draw.
//!
//! A draw counts in each joint world with that world's probability, as if the worlds were drawn as well. They are not, and by how
//! much that makes the errors smaller is what [`Errors`] know.

use super::grid::Grid;
use crate::analysis::Z95;
use crate::analysis::comparison::break_even::CurvePoint;
use crate::analysis::interval::Measured;
use crate::analysis::sensitivity::shape::Errors;
use crate::analysis::sensitivity::shape::Switches;
use crate::distribution::Dist;

impl Measured {
    /// A share of `n` draws. What was never or always seen has the error that makes its bound three in n.
    #[must_use]
    pub fn share(value: f64, n: f64) -> Self {
        let unseen = 1.5 / n;
        Self { value, mcse: (value * (1.0 - value) / n).max(unseen * unseen).sqrt() }
    }

    /// A probability over joint worlds that share their draws, from the sums over `n` draws of the probability of the worlds in which
    /// it happens, and of its square.
    ///
    /// Two more draws, one in which it happens in all worlds and one in which it happens in none, keep the error from being nothing.
    #[must_use]
    pub fn share_of_worlds(value: f64, (sum, squares): (f64, f64), n: f64) -> Self {
        let wide = (sum + 1.0) / (n + 2.0);
        let wider = ((squares + 1.0) / (n + 2.0) - wide * wide) / (wide * (1.0 - wide));
        Self::share(value, n / wider)
    }
}

/// A number with its error, and how it goes together with the probability of the claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// The number.
    pub measured: Measured,
    /// The covariance of what a draw adds to it with the part of the worlds in which the claim holds.
    pub with: f64,
}

/// The probability of a claim where one input is held at a quantile of its own.
#[derive(Clone, Debug)]
pub struct Curve<'a> {
    grid: &'a Grid,
    switches: &'a Switches,
    n: f64,
    /// Smooth: shape `[n_cells + 1]`, at the edges of the grid. By value: shape `[n_cells]`, in the cells.
    at: Vec<f64>,
    /// Switches of the draws of even and of odd number.
    halves: [Vec<f64>; 2],
}

impl<'a> Curve<'a> {
    /// The curve of an input from what was counted in `n` draws.
    pub fn new(grid: &'a Grid, switches: &'a Switches, n: u64) -> Self {
        let len = if grid.values.is_some() { grid.n_cells() } else { grid.n_cells() + 1 };
        // The first half has the even draws of each block, and the blocks have even lengths but for the last.
        let sizes = [n.div_ceil(2), n / 2].map(|n| n.max(1) as f64);
        let running = |half: usize| -> Vec<f64> {
            let net = switches.up[half].iter().zip(&switches.down[half]).map(|(up, down)| up - down);
            let sums = net.scan(0.0, |sum, net| {
                *sum += net;
                Some(*sum)
            });
            sums.take(len).collect()
        };
        let halves = [running(0), running(1)];
        // Sums of what went up and what went down, which rounding may leave beyond the ends.
        let at =
            halves[0].iter().zip(&halves[1]).map(|(a, b)| ((a + b) / n as f64).clamp(0.0, 1.0)).collect();
        let share = |half: usize| halves[half].iter().map(|sum| sum / sizes[half]).collect();
        Self { grid, switches, n: n as f64, at, halves: [share(0), share(1)] }
    }

    fn smooth(&self) -> bool {
        self.grid.values.is_none()
    }

    /// The probability at a quantile of the input.
    pub fn at(&self, u: f64) -> f64 {
        if self.smooth() {
            let edges = &self.grid.edges;
            let cell = (edges.partition_point(|edge| *edge < u).max(1) - 1).min(self.grid.n_cells() - 1);
            let (a, b) = (self.at[cell], self.at[cell + 1]);
            a + (b - a) * ((u - edges[cell]) / (edges[cell + 1] - edges[cell])).clamp(0.0, 1.0)
        } else {
            let cell = self.grid.edges.partition_point(|edge| *edge < u);
            self.at[cell.saturating_sub(1).min(self.at.len() - 1)]
        }
    }

    /// Returns the probability with its error, `wider` being its variance over that of drawn worlds.
    pub fn measured_at(&self, u: f64, wider: f64) -> Measured {
        Measured::share(self.at(u), self.n / wider)
    }

    /// The most switches of a draw.
    pub fn most(&self) -> f64 {
        self.switches.most.max(1) as f64
    }

    /// Shape `[n_cells + 2]`, by the place of a switch: whether it lies between the 5 % and the 95 % quantile.
    pub fn inside(&self) -> Vec<bool> {
        let inside = |place: usize| {
            let edges = self.grid.edges.get(place.wrapping_sub(1)..=place);
            edges.is_some_and(|edges| (0.05..0.95).contains(&f64::midpoint(edges[0], edges[1])))
        };
        (0..self.grid.n_cells() + 2).map(inside).collect()
    }

    /// P(at its 95 % quantile) - P(at its 5 % quantile).
    pub fn bar(&self, errors: &Errors) -> Measured {
        let value = self.at(0.95) - self.at(0.05);
        let inside = self.inside();
        let places = (0..inside.len()).filter(|place| inside[*place]);
        let moved: f64 = places.map(|place| self.switched(place)).sum::<f64>() / self.n;
        Measured { value, mcse: ((moved - value * value).max(0.0) * errors.bar / self.n).sqrt() }
    }

    /// Returns the number of switches in a place, either way.
    fn switched(&self, place: usize) -> f64 {
        let Switches { up: [a, b], down: [c, d], .. } = self.switches;
        a[place] + b[place] + c[place] + d[place]
    }

    fn widths(&self) -> Vec<f64> {
        self.grid.edges.windows(2).map(|two| two[1] - two[0]).collect()
    }

    /// Shape `[n_cells + 2]`, by the place of a switch: the integral of the centred curve beyond it.
    pub fn beyond(&self) -> Vec<f64> {
        let widths = self.widths();
        let mean = self.integral(&self.at, &widths);
        // Shape [n_cells + 1]: the integral from each edge on.
        let mut from = vec![0.0; widths.len() + 1];
        for cell in (0..widths.len()).rev() {
            let height =
                if self.smooth() { f64::midpoint(self.at[cell], self.at[cell + 1]) } else { self.at[cell] };
            from[cell] = from[cell + 1] + widths[cell] * (height - mean);
        }
        let beyond = |place: usize| {
            if place > widths.len() {
                0.0
            } else if self.smooth() && place > 0 {
                f64::midpoint(from[place - 1], from[place])
            } else {
                from[place]
            }
        };
        (0..widths.len() + 2).map(beyond).collect()
    }

    /// The variance of the curve over the input, which is the value of information on it under the Brier loss: the
    /// covariance of the curves of two halves of the draws, which has no bias.
    ///
    /// The error has two parts: that of the first order, the spread over draws of what each adds, and that of the second, what
    /// two draws have in common, which is all there is where the curve is flat. Since the curve is as noisy as that, the first
    /// has the second in it there. What the cells of the grid hide is added.
    pub fn variance(&self, errors: &Errors) -> Known {
        let widths = self.widths();
        let means = [0, 1].map(|half| self.integral(&self.halves[half], &widths));
        let [a, b] =
            [0, 1].map(|half| self.halves[half].iter().map(|p| p - means[half]).collect::<Vec<f64>>());
        let (mut value, mut hidden) = (0.0, 0.0);
        for (cell, h) in widths.iter().enumerate() {
            if self.smooth() {
                value += h / 6.0
                    * (2.0 * a[cell] * b[cell]
                        + a[cell] * b[cell + 1]
                        + a[cell + 1] * b[cell]
                        + 2.0 * a[cell + 1] * b[cell + 1]);
                let jump = self.at[cell + 1] - self.at[cell];
                hidden += h * jump * jump / 12.0;
            } else {
                value += h * a[cell] * b[cell];
            }
        }
        let (mut squares, mut sum) = (0.0, 0.0);
        let Switches { up: [up, other_up], down: [down, other_down], .. } = self.switches;
        for (place, beyond) in self.beyond().into_iter().enumerate() {
            let falls = down[place] + other_down[place];
            squares += 4.0 * beyond * beyond * self.switched(place);
            sum += 2.0 * beyond * (up[place] + other_up[place] - falls);
        }
        let (squares, mean) = (squares / self.n, sum / self.n);
        let first = (self.most() * squares - mean * mean).max(0.0) * errors.first / self.n;
        // Where no two draws had anything in common, it is bounded.
        let most = 2.0 * self.spread_of(errors).0 / self.n;
        let second = if errors.common > 0.0 { 2.0 * errors.common.sqrt() / self.n } else { most };
        let mcse = first.max(second * second).sqrt() + hidden;
        Known { measured: Measured { value, mcse }, with: errors.first_with }
    }

    fn integral(&self, at: &[f64], widths: &[f64]) -> f64 {
        let of = |(cell, h): (usize, &f64)| {
            h * if self.smooth() { f64::midpoint(at[cell], at[cell + 1]) } else { at[cell] }
        };
        widths.iter().enumerate().map(of).sum()
    }

    /// The mean of G (1 - G): half of the probability that drawing this input again changes the truth of the claim.
    pub fn spread(&self, errors: &Errors) -> Known {
        let (value, mcse) = self.spread_of(errors);
        Known { measured: Measured { value, mcse }, with: errors.spread_with }
    }

    fn spread_of(&self, errors: &Errors) -> (f64, f64) {
        // What is not known of where in their places the switches are: what one place has more than those beside it may all be at one
        // value.
        let mut hidden = 0.0;
        let [sum, squares] = match &self.grid.lookup {
            // One switch a draw: all that is to be known of G is where it is.
            Some(lookup) if self.switches.most <= 1 => {
                let mut sums = [0.0; 2];
                let last = lookup.spreads.len() - 1;
                for (place, [spread, square]) in lookup.spreads.iter().enumerate() {
                    let here = self.switched(place);
                    let beside = [place.saturating_sub(1), last.min(place + 1)].map(|at| self.switched(at));
                    sums = [sums[0] + here * spread, sums[1] + here * square];
                    let more = (here - beside[0].max(beside[1])).max(0.0) / self.n;
                    hidden += more * more * (square - spread * spread).max(0.0);
                }
                sums
            }
            _ => self.switches.spread,
        };
        let mean = sum / self.n;
        let drawn = (squares / self.n - mean * mean).max(0.0) * errors.spread / self.n;
        (mean, (drawn + hidden).sqrt())
    }

    /// The curve over the values of a distribution, where it has values: with a band at the edges of the grid, `wider` having the
    /// variance at a quantile over that of drawn worlds.
    pub fn band(&self, dist: &Dist, wider: &dyn Fn(f64) -> f64) -> Vec<CurvePoint> {
        let point = |(&y, &u): (&f64, &f64)| {
            let n = self.n / wider(u);
            let reach = Z95 * (y * (1.0 - y)).max(0.25 / n).sqrt() / n.sqrt();
            CurvePoint { x: dist.quantile(u), y, low: y - reach, high: y + reach }
        };
        self.at.iter().zip(&self.grid.edges).map(point).collect()
    }

    /// The values of an input that has few, if it has.
    pub fn values(&self) -> Option<&[f64]> {
        self.grid.values.as_deref()
    }

    /// The quantile up to which one of the few values goes.
    pub fn edge(&self, cell: usize) -> f64 {
        self.grid.edges[cell]
    }

    /// Shape `[n_cells + 2]`, by the place of a switch: the density of a distribution there. Nothing where there is none.
    pub fn densities(&self, dist: &Dist) -> Option<Vec<f64>> {
        if !self.smooth() || !dist.atoms().is_empty() {
            return None;
        }
        let step = 1e-4 * (dist.quantile(0.75) - dist.quantile(0.25));
        let mut densities = vec![0.0; self.grid.n_cells() + 2];
        for (density, ends) in densities[1..].iter_mut().zip(self.grid.edges.windows(2)) {
            let x = dist.quantile(f64::midpoint(ends[0], ends[1]));
            *density = (dist.cdf(x + step) - dist.cdf(x - step)) / (2.0 * step);
        }
        Some(densities)
    }

    /// By how much the probability rises if the whole distribution moves up by one unit: the mean density at the switches,
    /// those that go down taken off.
    pub fn gradient(&self, densities: &[f64], errors: &Errors) -> Measured {
        let (mut sum, mut squares) = (0.0, 0.0);
        let Switches { up: [up, other_up], down: [down, other_down], .. } = self.switches;
        for (place, density) in densities.iter().enumerate() {
            let falls = down[place] + other_down[place];
            sum += density * (up[place] + other_up[place] - falls);
            squares += density * density * self.switched(place);
        }
        let mean = sum / self.n;
        let variance = (self.most() * squares / self.n - mean * mean).max(0.0) * errors.gradient;
        Measured { value: mean, mcse: (variance / self.n).sqrt() }
    }

    /// The lowest and the highest probability that holding this input somewhere gives.
    pub fn range(&self) -> [f64; 2] {
        let least = self.at.iter().copied().fold(f64::INFINITY, f64::min);
        [least, self.at.iter().copied().fold(f64::NEG_INFINITY, f64::max)]
    }
}
