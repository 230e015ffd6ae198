//! The greatest probability that a distribution gives to any interval of a length: what a rounding error can decide.

use super::{Dist, standard_cdf};
use std::f64::consts::PI;
use std::sync::OnceLock;

/// The concentration of a distribution: how much probability fits into short intervals.
#[derive(Clone, Debug)]
pub struct Mass {
    /// The greatest density; infinite where no number bounds the density.
    density: f64,
    form: Form,
}

#[derive(Clone, Debug)]
enum Form {
    /// The density bounds all there is.
    Dense,
    /// A density that falls from the minimum, rises to the maximum, or does both.
    Ends(Box<Dist>),
    /// A density with one peak, at this place.
    Peak(Box<Dist>, f64),
    /// Cells of a fine grid of quantiles, made when they are needed.
    Cells(Box<Dist>, OnceLock<Vec<[f64; 3]>>),
    /// A weighted sum of others.
    Sum(Vec<(f64, Mass)>),
    /// Single values have a probability of their own.
    Atoms,
}

impl Mass {
    /// The concentration of a distribution.
    #[must_use]
    pub fn new(dist: &Dist) -> Self {
        let dense = |density| Self { density, form: Form::Dense };
        let width = |(min, max): (f64, f64)| max - min;
        match dist {
            Dist::Exact(_) | Dist::Discrete(_) | Dist::Samples(_) => {
                Self { density: f64::INFINITY, form: Form::Atoms }
            }
            Dist::Triangular(d) => dense(2.0 / width(d.support())),
            Dist::Uniform(d) => dense(1.0 / width(d.support())),
            Dist::Normal(d) => dense(NORMAL_PEAK / d.variance().sqrt()),
            // No t distribution is denser than the normal one of its scale.
            Dist::StudentT(d) => dense(NORMAL_PEAK / d.scale_and_df().0),
            Dist::Exponential(d) => dense(1.0 / d.mean()),
            Dist::LogNormal(d) => {
                let (mu, sigma) = d.parameters();
                let density = NORMAL_PEAK / sigma * libm::exp(sigma * sigma / 2.0 - mu);
                let mode = libm::exp(mu - sigma * sigma);
                Self { density, form: Form::Peak(Box::new(dist.clone()), mode) }
            }
            Dist::Gamma(d) => {
                let (shape, scale) = d.parameters();
                if shape < 1.0 { Self::ends(dist) } else { dense(gamma_peak(shape) / scale) }
            }
            Dist::Beta(d) => Self::beta(dist, d.shapes(), width(d.support())),
            Dist::Pert(d) => Self::beta(dist, d.as_beta().shapes(), width(d.support())),
            Dist::LogitNormal(d) => {
                // The density over the normal score z is that times 2 + 2 cosh(mu + sigma z) over sigma: three normal densities.
                let ((mu, sigma), width) = (d.parameters(), width(d.support()));
                let shoulders = libm::exp(sigma * sigma / 2.0) * (libm::exp(mu) + libm::exp(-mu));
                let density = NORMAL_PEAK / sigma * (2.0 + shoulders) / width;
                Self { density, form: Form::Cells(Box::new(dist.clone()), OnceLock::new()) }
            }
            Dist::Metalog(_) => {
                let cells = cells(dist);
                let density = cells.iter().map(|cell| cell[2]).fold(0.0, f64::max);
                Self { density, form: Form::Cells(Box::new(dist.clone()), OnceLock::from(cells)) }
            }
            Dist::Truncated(d) => Self::sum(vec![(1.0 / d.kept(), Self::new(d.of()))]),
            Dist::Mixture(d) => Self::sum(d.parts().iter().map(|(p, part)| (*p, Self::new(part))).collect()),
        }
    }

    fn ends(dist: &Dist) -> Self {
        Self { density: f64::INFINITY, form: Form::Ends(Box::new(dist.clone())) }
    }

    fn beta(dist: &Dist, (alpha, beta): (f64, f64), width: f64) -> Self {
        if alpha < 1.0 || beta < 1.0 {
            return Self::ends(dist);
        }
        Self { density: beta_peak(alpha, beta) / width, form: Form::Dense }
    }

    fn sum(parts: Vec<(f64, Self)>) -> Self {
        Self { density: parts.iter().map(|(p, part)| p * part.density).sum(), form: Form::Sum(parts) }
    }

    /// The greatest density, or a bound on the density; infinite where there is none.
    #[must_use]
    pub fn density(&self) -> f64 {
        self.density
    }

    /// The greatest probability of an interval of a length, or a bound on that probability.
    #[must_use]
    pub fn within(&self, length: f64) -> f64 {
        if length <= 0.0 && self.density.is_finite() {
            return 0.0;
        }
        let even = self.density * length;
        // Small enough, whatever the rest says.
        if even < 1e-4 {
            return even;
        }
        let of_form = match &self.form {
            Form::Dense => even,
            Form::Ends(dist) => at_ends(dist, length),
            Form::Peak(dist, mode) => dist.cdf(mode + length) - dist.cdf(mode - length),
            Form::Cells(dist, made) => in_cells(made.get_or_init(|| cells(dist)), length),
            Form::Sum(parts) => parts.iter().map(|(p, part)| p * part.within(length)).sum(),
            Form::Atoms => 1.0,
        };
        if even.is_nan() { of_form.min(1.0) } else { of_form.min(even).min(1.0) }
    }
}

/// The greatest density of the standard normal distribution.
const NORMAL_PEAK: f64 = 0.398_942_280_401_432_7;

/// The greatest density of a gamma distribution of scale 1, its shape at least 1.
fn gamma_peak(shape: f64) -> f64 {
    let mode = shape - 1.0;
    let power = if mode > 0.0 { mode * libm::log(mode) - mode } else { 0.0 };
    libm::exp(power - libm::lgamma(shape))
}

/// The greatest density of a beta distribution on 0..1, both shapes at least 1.
fn beta_peak(alpha: f64, beta: f64) -> f64 {
    let (a, b) = (alpha - 1.0, beta - 1.0);
    let part = |x: f64| if x > 0.0 { x * libm::log(x / (a + b)) } else { 0.0 };
    libm::exp(part(a) + part(b) - super::special::ln_beta(alpha, beta))
}

/// Returns what lies within a distance from the denser end.
fn at_ends(dist: &Dist, length: f64) -> f64 {
    let (min, max) = dist.support();
    // From 0, where a length keeps its digits.
    let at_min = dist.linear(1.0, -min).and_then(Result::ok).unwrap_or_else(|| dist.clone());
    let below = at_min.cdf(at_min.support().0 + length);
    if max == f64::INFINITY {
        return below;
    }
    let at_max = dist.linear(1.0, -max).and_then(Result::ok).unwrap_or_else(|| dist.clone());
    below.max(at_max.survival(at_max.support().1 - length))
}

/// Cells of a fine grid of quantiles: where each starts, its probability, and a bound on the density in it.
fn cells(dist: &Dist) -> Vec<[f64; 3]> {
    /// Cells per unit of the log-odds, and how far those reach: beyond lies a probability of 1e-16.
    const PER_UNIT: i32 = 24;
    const REACH: i32 = 37;
    let grid: Vec<(f64, f64)> = (-REACH * PER_UNIT..=REACH * PER_UNIT)
        .map(|step| {
            let odds = libm::exp(f64::from(step) / f64::from(PER_UNIT));
            let p = odds / (1.0 + odds);
            (p, dist.quantile(p))
        })
        .collect();
    let slopes: Vec<f64> = grid
        .windows(2)
        .map(|two| {
            let (p, x) = (two[1].0 - two[0].0, two[1].1 - two[0].1);
            if p <= 0.0 { 0.0 } else { p / x.max(0.0) }
        })
        .collect();
    // A smooth density changes little from one cell to the next.
    let bound = |n: usize| {
        let near = &slopes[n.saturating_sub(1)..slopes.len().min(n + 2)];
        1.5 * near.iter().copied().fold(0.0, f64::max)
    };
    let cell = |(n, two): (usize, &[(f64, f64)])| [two[0].1, two[1].0 - two[0].0, bound(n)];
    grid.windows(2).enumerate().map(cell).collect()
}

/// The most that an interval of a length can take of cells that it touches.
fn in_cells(cells: &[[f64; 3]], length: f64) -> f64 {
    let taken = |cell: &[f64; 3]| {
        let even = cell[2] * length;
        if even.is_nan() { cell[1] } else { cell[1].min(even) }
    };
    let (mut most, mut sum, mut end) = (0.0_f64, 0.0, 0);
    for start in 0..cells.len() {
        let next = cells.get(start + 1).map_or(f64::INFINITY, |cell| cell[0]);
        while end < cells.len() && cells[end][0] <= next + length {
            sum += taken(&cells[end]);
            end += 1;
        }
        most = most.max(sum);
        sum -= taken(&cells[start]);
    }
    // With what lies beyond the grid.
    most + 1e-15
}

/// The greatest probability of an interval of a number that is a quantile at Phi(z), given all of z but a part of its own: a normal number
/// with the standard deviation `own`. `within` is that of the number alone.
///
/// Given the rest m, the density of z is at most exp(m^2 / (2 (1 - own^2))) / own times the one it has alone; the mean of that over m
/// up to 6 standard deviations is 12 / sqrt(2 pi) / own.
#[must_use]
pub fn within_given_rest(within: f64, own: f64) -> f64 {
    const REACH: f64 = 6.0;
    (2.0 * REACH / (2.0 * PI).sqrt() / own * within + 2.0 * standard_cdf(-REACH)).min(1.0)
}

impl Dist {
    /// The place where values lie so close together that measured from elsewhere numbers could not tell them apart, if there is one: the end
    /// where a density has no bound, or the middle of a narrow distribution that is far from 0. It takes no table and no integral.
    #[must_use]
    pub fn heap(&self) -> Option<f64> {
        let (min, max) = self.support();
        let end = |is_heaped: bool, at_max: bool| is_heaped.then_some(if at_max { max } else { min });
        // As of a normal distribution with the same two thirds.
        let sd_of_middle = || (self.quantile(standard_cdf(1.0)) - self.quantile(standard_cdf(-1.0))) / 2.0;
        let narrow =
            |middle: f64, width: f64| (width > 0.0 && width < NARROW * middle.abs()).then_some(middle);
        match self {
            Self::Beta(d) => {
                let (alpha, beta) = d.shapes();
                end(alpha.min(beta) < 1.0, beta < alpha).or_else(|| narrow(d.mean(), d.variance().sqrt()))
            }
            Self::LogitNormal(d) if d.parameters().1 > 4.0 => end(true, d.parameters().0 > 0.0),
            Self::LogitNormal(_) | Self::Metalog(_) => narrow(self.central(), sd_of_middle()),
            Self::Truncated(d) => {
                let inside = d.of().heap().filter(|x| (min..=max).contains(x));
                inside.or_else(|| narrow(f64::midpoint(min, max), max - min))
            }
            Self::Mixture(d) => {
                let of_part = d.parts().iter().find_map(|(_, part)| part.heap());
                of_part.or_else(|| narrow(f64::midpoint(min, max), max - min))
            }
            _ => narrow(self.central(), self.variance().sqrt()),
        }
    }
}

/// The share of its middle below which a width is small.
const NARROW: f64 = 1e-7;
