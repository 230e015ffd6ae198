//! A probability that was both counted and integrated: how much of each makes the best of the two. Nothing is chosen by which came out
//! more exact by luck: the weights are smooth in the errors, and the interval allows for the errors of the weights.

use crate::analysis::interval::{Basis, Estimate, FREEDOM, LEVEL, Z95, t_quantile};
use crate::distribution::StudentT;
use crate::exact::PointAverages;
use std::sync::OnceLock;

/// Half-widths of 95 % intervals: of what was counted, and of what was integrated, for its spread and besides.
#[derive(Clone, Copy, Debug, Default)]
pub struct Widths {
    counted: f64,
    integrated: f64,
    bound: f64,
}

impl Widths {
    /// Those of one probability.
    pub fn of(counted: &Estimate, average: PointAverages) -> Self {
        Self::from_errors(counted.half_width() / Z95, average.mcse, average.bound)
    }

    /// Those of a number with these standard errors, and a bound of what it may be off when it is integrated.
    pub fn from_errors(counted: f64, integrated: f64, bound: f64) -> Self {
        let t = t_quantile(1.0 - LEVEL / 2.0);
        Self { counted: Z95 * counted, integrated: t * integrated, bound }
    }

    /// Those of several probabilities that are to have one share: root mean squares, and the worst bound.
    pub fn together(all: &[Self]) -> Self {
        let mean = |of: fn(&Self) -> f64| {
            (all.iter().map(|widths| of(widths) * of(widths)).sum::<f64>() / all.len() as f64).sqrt()
        };
        Self {
            counted: mean(|widths| widths.counted),
            integrated: mean(|widths| widths.integrated),
            bound: all.iter().map(|widths| widths.bound).fold(0.0, f64::max),
        }
    }

    /// The share of the integral that makes the interval narrowest: from 0, where all is counted, to 1.
    pub fn share(self) -> f64 {
        // What changes the width by less than a hundredth is not worth it.
        const LITTLE: f64 = 0.01;
        let Self { counted, integrated, bound } = self;
        if bound >= counted {
            return 0.0;
        }
        if integrated == 0.0 {
            return 1.0;
        }
        // The width goes down and up again, so its slope has one root.
        let slope = |share: f64| {
            let (a, b) = (share * integrated, (1.0 - share) * counted);
            (a * integrated - b * counted) / (a * a + b * b).sqrt() + bound
        };
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..40 {
            let middle = f64::midpoint(low, high);
            if slope(middle) < 0.0 { low = middle } else { high = middle }
        }
        if low < LITTLE {
            0.0
        } else if low > 1.0 - LITTLE {
            1.0
        } else {
            low
        }
    }
}

/// The standard error of a weighted mean of what was counted and integrated, and how many of those its interval reaches to each side.
///
/// Source: Meier, Variance of a weighted mean, Biometrics 9 (1953): weights that rest on estimated variances make the mean less exact, by
/// four times the sum of `w (1 - w)` over the degrees of freedom. Those of a count are so many that they say nothing.
fn error(share: f64, counted: f64, integrated: f64) -> (f64, f64) {
    let (a, b) = (share * integrated, (1.0 - share) * counted);
    let allowance = 1.0 + 4.0 / FREEDOM * share * (1.0 - share);
    ((allowance * (a * a + b * b)).sqrt(), errors_to_each_side(share * share))
}

/// Returns how many standard errors a 95 % interval reaches to each side if so much of the variance is known from the spread of scrambles, by which
/// the degrees of freedom are divided: a parabola through Student's quantiles for all and for a quarter of it, and the normal one.
fn errors_to_each_side(x: f64) -> f64 {
    static QUARTER: OnceLock<f64> = OnceLock::new();
    let p = 1.0 - LEVEL / 2.0;
    let new =
        || StudentT::new(0.0, 1.0, 4.0 * FREEDOM).expect("there are more than two scrambles").quantile(p);
    let (all, quarter) = (t_quantile(p) - Z95, QUARTER.get_or_init(new) - Z95);
    // Of a x + b x^2 with its values at 1 and 1/4.
    let b = (all - 4.0 * quarter) / 0.75;
    Z95 + (all - b) * x + b * x * x
}

/// A number so much of which is integrated, with its standard error.
pub fn number(share: f64, counted: (f64, f64), integrated: (f64, f64)) -> (f64, f64) {
    if share == 0.0 || share == 1.0 {
        return if share == 0.0 { counted } else { integrated };
    }
    let mean = share * integrated.0 + (1.0 - share) * counted.0;
    (mean, error(share, counted.1, integrated.1).0)
}

/// The estimate of which so much is integrated.
pub fn estimate(share: f64, counted: &Estimate, average: PointAverages) -> Estimate {
    if share == 0.0 {
        return *counted;
    }
    if share == 1.0 {
        return Estimate::integrated(average);
    }
    let mean = share * average.mean + (1.0 - share) * counted.probability;
    let (mcse, t) = error(share, counted.half_width() / Z95, average.mcse);
    let probability = mean.clamp(0.0, 1.0);
    let reach = t * mcse + share * average.bound;
    let ends = ((probability - reach).max(0.0), (probability + reach).min(1.0));
    Estimate::new(probability, mcse, ends, Basis::Integrated)
}

/// Returns the blend where few points carry it, so that the scrambles may agree too well: no surer than the count alone.
pub fn estimate_of_few(share: f64, counted: &Estimate, average: PointAverages) -> Estimate {
    let of_both = estimate(share, counted, average);
    let ends = (of_both.low.min(counted.low), of_both.high.max(counted.high));
    Estimate::new(of_both.probability, of_both.mcse.max(counted.half_width() / Z95), ends, of_both.basis)
}
