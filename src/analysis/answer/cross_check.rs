//! Both engines against each other: every probability that was integrated against its count.

use crate::analysis::answer::shape::{CrossCheck, Summary};
use crate::analysis::interval::Estimate;
use crate::distribution::{StudentT, standard_quantile};
use crate::exact::REPLICATES;
use crate::scenario::Scenario;

/// Chance exceeds this once in 1.7 million comparisons.
pub const APART: f64 = 5.0;

impl CrossCheck {
    /// Returns true if the difference is no chance.
    #[must_use]
    pub fn is_inconsistent(&self) -> bool {
        self.largest > APART
    }
}

/// The largest difference between what was counted and what was integrated, of one scenario.
#[must_use]
pub fn cross_check(scenario: &Scenario, counted: &Summary, integrated: &Summary) -> CrossCheck {
    let mut all: Vec<Estimate> = Vec::new();
    counted.each_named(scenario, &mut |_, estimate| all.push(*estimate));
    let mut counts = all.into_iter();
    let mut check = CrossCheck { compared: 0, largest: 0.0, what: "none".into() };
    integrated.each_named(scenario, &mut |what, estimate| {
        let Some(count) = counts.next() else { return };
        let Some(apart) = standardized_difference(&count, estimate) else { return };
        check.compared += 1;
        if apart > check.largest {
            (check.largest, check.what) = (apart, what());
        }
    });
    check
}

/// Returns how many standard errors a count is off, beyond what the integral may be off; nothing where too few events are expected for that
/// to mean much.
fn standardized_difference(count: &Estimate, integral: &Estimate) -> Option<f64> {
    const ENOUGH: f64 = 20.0;
    let (p, n) = (integral.probability, count.n() as f64);
    if !integral.is_integrated() || count.is_integrated() || n * p * (1.0 - p) < ENOUGH {
        return None;
    }
    let (counted, integrated) = (count.mcse * count.mcse, integral.mcse * integral.mcse);
    let bound = (integral.high - p).min(p - integral.low);
    let bound = if integral.mcse > 0.0 { 0.0 } else { bound };
    let apart = ((count.probability - p).abs() - bound).max(0.0) / (counted + integrated).sqrt();
    Some(as_normal(apart, (counted + integrated) / integrated))
}

/// Returns how many standard errors of a normal error are as rare as so many of one that rests in part on the spread of a few scrambles:
/// `ratio` is the whole variance over that part.
///
/// Source: Satterthwaite, An approximate distribution of estimates of variance components, Biometrics Bulletin 2 (1946).
fn as_normal(apart: f64, ratio: f64) -> f64 {
    let freedom = (REPLICATES - 1) as f64 * ratio * ratio;
    // Beyond that it is normal to all digits that are shown.
    if freedom > 1e5 {
        return apart;
    }
    StudentT::new(0.0, 1.0, freedom).map_or(apart, |t| -standard_quantile(t.survival(apart)))
}
