//! From counted switches to numbers: the curve of a probability over one input, and everything that is a functional of it.
//! Knows no instance.
//!
//! An instance counts in each joint world with that world's probability, as if the worlds were drawn as well. They are not,
//! so the errors here are no smaller than the true ones.

pub use super::super::interval::Measured;
use super::grid::Grid;
use super::tally::Switches;
use crate::analysis::Z95;
use crate::dist::Dist;

impl Measured {
    /// A share of `n` instances. What was never or always seen has the error that makes its bound three in n.
    #[must_use]
    pub fn share(value: f64, n: f64) -> Self {
        let unseen = 1.5 / n;
        Self { value, mcse: (value * (1.0 - value) / n).max(unseen * unseen).sqrt() }
    }
}

/// A curve that climbs by more than this in one cell of the grid is no straight line there.
const STEEP: f64 = 0.1;

/// The probability of a claim where one input is held at a quantile of its own.
#[derive(Clone, Debug)]
pub struct Curve<'a> {
    grid: &'a Grid,
    switches: &'a Switches,
    n: f64,
    /// Smooth: shape `[n_cells + 1]`, at the edges of the grid. By value: shape `[n_cells]`, in the cells.
    at: Vec<f64>,
    /// The same for the instances of even and of odd number.
    halves: [Vec<f64>; 2],
}

/// Where a probability is one half.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The quantile of the input.
    pub quantile: f64,
    /// The ends of its 95 % interval; 0 or 1 where it may lie outside of all that the input can be.
    pub interval: [f64; 2],
}

impl<'a> Curve<'a> {
    /// The curve of an input from what was counted in `n` instances.
    pub fn new(grid: &'a Grid, switches: &'a Switches, n: u64) -> Self {
        let len = if grid.values.is_some() { grid.n_cells() } else { grid.n_cells() + 1 };
        // The first half has the even instances of each block, and the blocks have even lengths but for the last.
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
        let at = halves[0].iter().zip(&halves[1]).map(|(a, b)| (a + b) / n as f64).collect();
        let share = |half: usize| halves[half].iter().map(|sum| sum / sizes[half]).collect();
        Self { grid, switches, n: n as f64, at, halves: [share(0), share(1)] }
    }

    fn smooth(&self) -> bool {
        self.grid.values.is_none()
    }

    /// The probability at a quantile of the input.
    pub fn at(&self, u: f64) -> Measured {
        let value = if self.smooth() {
            let edges = &self.grid.edges;
            let cell = (edges.partition_point(|edge| *edge < u).max(1) - 1).min(self.grid.n_cells() - 1);
            let (a, b) = (self.at[cell], self.at[cell + 1]);
            a + (b - a) * ((u - edges[cell]) / (edges[cell + 1] - edges[cell])).clamp(0.0, 1.0)
        } else {
            let cell = self.grid.edges.partition_point(|edge| *edge < u);
            self.at[cell.saturating_sub(1).min(self.at.len() - 1)]
        };
        Measured::share(value, self.n)
    }

    /// P(at its 95 % quantile) - P(at its 5 % quantile).
    pub fn bar(&self) -> Measured {
        let value = self.at(0.95).value - self.at(0.05).value;
        let (up, down) = (&self.switches.up, &self.switches.down);
        let inside = |place: &usize| {
            let edges = self.grid.edges.get(place.wrapping_sub(1)..=*place);
            edges.is_some_and(|edges| (0.05..0.95).contains(&f64::midpoint(edges[0], edges[1])))
        };
        let places = (0..up[0].len()).filter(inside);
        let moved: f64 =
            places.map(|at| up[0][at] + up[1][at] + down[0][at] + down[1][at]).sum::<f64>() / self.n;
        Measured { value, mcse: ((moved - value * value).max(0.0) / self.n).sqrt() }
    }

    /// The variance of the curve over the input, which is the value of information on it under the Brier loss: the
    /// covariance of the curves of two halves of the instances, which has no bias.
    ///
    /// The error has two parts: that of the first order, the spread over instances of what each adds, and that of the
    /// second, which is all there is where the curve is flat. What the cells of the grid hide is added.
    pub fn variance(&self) -> Measured {
        let widths: Vec<f64> = self.grid.edges.windows(2).map(|two| two[1] - two[0]).collect();
        let means = [0, 1].map(|half| self.integral(&self.halves[half], &widths));
        let [a, b] =
            [0, 1].map(|half| self.halves[half].iter().map(|p| p - means[half]).collect::<Vec<f64>>());
        let mean = self.integral(&self.at, &widths);
        let (mut value, mut hidden) = (0.0, 0.0);
        // Shape [n_cells + 1]: the integral of the centred curve from each edge on.
        let mut from = vec![0.0; widths.len() + 1];
        for cell in (0..widths.len()).rev() {
            let h = widths[cell];
            from[cell] = from[cell + 1];
            if self.smooth() {
                value += h / 6.0
                    * (2.0 * a[cell] * b[cell]
                        + a[cell] * b[cell + 1]
                        + a[cell + 1] * b[cell]
                        + 2.0 * a[cell + 1] * b[cell + 1]);
                let jump = self.at[cell + 1] - self.at[cell];
                hidden += h * jump * jump / 12.0;
                from[cell] += h * (f64::midpoint(self.at[cell], self.at[cell + 1]) - mean);
            } else {
                value += h * a[cell] * b[cell];
                from[cell] += h * (self.at[cell] - mean);
            }
        }
        let mut squares = 0.0;
        for half in 0..2 {
            for (place, sums) in self.switches.up[half].iter().zip(&self.switches.down[half]).enumerate() {
                let beyond = if place > widths.len() {
                    0.0
                } else if self.smooth() && place > 0 {
                    f64::midpoint(from[place - 1], from[place])
                } else {
                    from[place]
                };
                squares += 4.0 * beyond * beyond * (sums.0 + sums.1);
            }
        }
        let first = squares / self.n * self.switches.most.max(1) as f64 / self.n;
        let second = 2.0 * self.spread().value / self.n;
        Measured { value, mcse: (first + second * second).sqrt() + hidden }
    }

    fn integral(&self, at: &[f64], widths: &[f64]) -> f64 {
        let of = |(cell, h): (usize, &f64)| {
            h * if self.smooth() { f64::midpoint(at[cell], at[cell + 1]) } else { at[cell] }
        };
        widths.iter().enumerate().map(of).sum()
    }

    /// The mean of G (1 - G): half of the probability that drawing this input again changes the truth of the claim.
    pub fn spread(&self) -> Measured {
        // What is not known of where in their places the switches are: what one place has more than those beside it may all be at one
        // value.
        let mut hidden = 0.0;
        let [sum, squares] = match &self.grid.lookup {
            // One switch an instance: all that is to be known of G is where it is.
            Some(lookup) if self.switches.most <= 1 => {
                let Switches { up: [a, b], down: [c, d], .. } = self.switches;
                let mut sums = [0.0; 2];
                let last = lookup.spreads.len() - 1;
                let n = |place: usize| a[place] + b[place] + c[place] + d[place];
                for (place, [spread, square]) in lookup.spreads.iter().enumerate() {
                    let (here, beside) = (n(place), [place.saturating_sub(1), last.min(place + 1)].map(n));
                    sums = [sums[0] + here * spread, sums[1] + here * square];
                    let more = (here - beside[0].max(beside[1])).max(0.0) / self.n;
                    hidden += more * more * (square - spread * spread).max(0.0);
                }
                sums
            }
            _ => self.switches.spread,
        };
        let mean = sum / self.n;
        let drawn = (squares / self.n - mean * mean).max(0.0) / self.n;
        Measured { value: mean, mcse: (drawn + hidden).sqrt() }
    }

    /// Where the curve crosses one half.
    pub fn crossings(&self) -> Vec<Crossing> {
        let edges = &self.grid.edges;
        let mut found = Vec::new();
        for cell in 1..self.at.len() {
            let (a, b) = (self.at[cell - 1] - 0.5, self.at[cell] - 0.5);
            if (a > 0.0) == (b > 0.0) {
                continue;
            }
            let quantile = if self.smooth() {
                edges[cell - 1] + (edges[cell] - edges[cell - 1]) * (a / (a - b))
            } else {
                edges[cell]
            };
            // How far the probability lies on one side by more than its error.
            let clear = |at: usize, above: bool| {
                let p = self.at[at];
                let error = Z95 * (p * (1.0 - p)).max(0.25 / self.n).sqrt() / self.n.sqrt();
                if above { p - 0.5 - error } else { 0.5 - p - error }
            };
            // Outwards from the crossing, to where it first does, with straight lines between the edges; a cell with most of
            // a jump says no more than that it is somewhere in it.
            let steep = (a - b).abs() > STEEP;
            let low = (0..cell).rev().find(|&at| clear(at, a > 0.0) > 0.0);
            let high = (cell..self.at.len()).find(|&at| clear(at, b > 0.0) > 0.0);
            let interval = if self.smooth() {
                let between = |from: usize, to: usize, above: bool| {
                    let (here, there) = (clear(from, above), clear(to, above));
                    let share = if steep { 0.0 } else { here / (here - there) };
                    edges[from] + (edges[to] - edges[from]) * share
                };
                [
                    low.map_or(0.0, |at| between(at, at + 1, a > 0.0)),
                    high.map_or(1.0, |at| between(at, at - 1, b > 0.0)),
                ]
            } else {
                [low.map_or(0.0, |at| edges[at + 1]), high.map_or(1.0, |at| edges[at])]
            };
            found.push(Crossing { quantile, interval });
        }
        found
    }

    /// By how much the probability rises if the whole distribution moves up by one unit: the mean density at the switches,
    /// those that go down taken off. Nothing where there is no density.
    pub fn gradient(&self, dist: &Dist) -> Option<Measured> {
        if !self.smooth() || !dist.atoms().is_empty() {
            return None;
        }
        let step = 1e-4 * (dist.quantile(0.75) - dist.quantile(0.25));
        let (mut sum, mut squares) = (0.0, 0.0);
        for place in 1..=self.grid.n_cells() {
            let x = dist.quantile(f64::midpoint(self.grid.edges[place - 1], self.grid.edges[place]));
            let density = (dist.cdf(x + step) - dist.cdf(x - step)) / (2.0 * step);
            for half in 0..2 {
                let (up, down) = (self.switches.up[half][place], self.switches.down[half][place]);
                sum += density * (up - down);
                squares += density * density * (up + down);
            }
        }
        let (mean, most) = (sum / self.n, self.switches.most.max(1) as f64);
        Some(Measured {
            value: mean,
            mcse: ((most * squares / self.n - mean * mean).max(0.0) / self.n).sqrt(),
        })
    }

    /// The lowest and the highest probability that holding this input somewhere gives.
    pub fn range(&self) -> [f64; 2] {
        let least = self.at.iter().copied().fold(f64::INFINITY, f64::min);
        [least, self.at.iter().copied().fold(f64::NEG_INFINITY, f64::max)]
    }
}
