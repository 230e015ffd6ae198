//! Moments of a distribution from its quantile function, for families without a closed form of them.

use super::normal::Normal;
use std::sync::{Arc, OnceLock};

/// The moments of a distribution that follow from its parameters by an integral, worked out when they are first asked for: a scenario
/// may state thousands of distributions, and reading it asks for none. All are equal, as the parameters say which they are.
#[derive(Clone, Debug, Default)]
pub(super) struct LazyMoments(Arc<OnceLock<(f64, f64)>>);

impl LazyMoments {
    /// Returns mean and variance.
    pub fn of(&self, quantile: impl Fn(f64) -> f64) -> (f64, f64) {
        *self.0.get_or_init(|| moments(quantile))
    }
}

impl PartialEq for LazyMoments {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Mean and variance: integrals of the quantile function over (0, 1), by the trapezoidal rule over z with p = Phi(z),
/// which converges fast because the integrand vanishes with all its slopes at both ends.
pub fn moments(quantile: impl Fn(f64) -> f64) -> (f64, f64) {
    const STEPS: i32 = 1000;
    const REACH: f64 = 8.2;
    let normal = Normal::new(0.0, 1.0).expect("the standard normal has proper parameters");
    let step = 2.0 * REACH / f64::from(STEPS);
    let nodes: Vec<(f64, f64)> = (0..=STEPS)
        .map(|i| {
            let z = -REACH + f64::from(i) * step;
            (libm::exp(-z * z / 2.0), quantile(normal.cdf(z)))
        })
        .collect();
    let total: f64 = nodes.iter().map(|(weight, _)| weight).sum();
    let mean = nodes.iter().map(|(weight, x)| weight * x).sum::<f64>() / total;
    let variance = nodes.iter().map(|(weight, x)| weight * (x - mean) * (x - mean)).sum::<f64>() / total;
    (mean, variance)
}
