//! Both engines against each other, by hand.

use crate::support::*;
use headstart::analysis::{Basis, CrossCheck, Estimate, Summary, cross_check};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// Probability, standard error, and how many draws or the ends of the interval.
type Counted = (f64, f64, u64);
type Integrated = (f64, f64, (f64, f64));

fn check((p, mcse, n): Counted, (q, error, (low, high)): Integrated) -> CrossCheck {
    let scenario = one_factor(&["Normal(mean: 0, sd: 1)"], &["Normal(mean: 0.2, sd: 1)"], "");
    let summary = run(&scenario, 1_000);
    let with = |estimate: Estimate| {
        let mut with: Summary = summary.clone();
        with.order.before[0][1] = Some(estimate);
        with
    };
    let other = summary.order.before[0][1].unwrap();
    let counted = with(Estimate { probability: p, mcse, basis: Basis::counted(n), ..other });
    let integrated =
        with(Estimate { probability: q, mcse: error, low, high, basis: Basis::Integrated, ..other });
    cross_check(&scenario, &counted, &integrated)
}

/// What is left of a difference beyond a bound, in errors of both, as the normal one that is as rare: those of the integral are known from
/// sixteen scrambles alone.
#[test]
fn how_far_apart() {
    let normal = Normal::new(0.0, 1.0).unwrap();
    for (p, mcse, error) in [(0.53, 0.01, 0.004), (0.48, 0.01, 0.01), (0.503, 0.001, 0.0005)] {
        let both: f64 = mcse * mcse + error * error;
        let freedom = 15.0 * (both / (error * error)).powi(2);
        let tail = StudentsT::new(0.0, 1.0, freedom).unwrap().sf((p - 0.5_f64).abs() / both.sqrt());
        let truth = -normal.inverse_cdf(tail);
        // The interval of an average is no bound.
        let found = check((p, mcse, 1_000), (0.5, error, (0.4, 0.6)));
        assert!((found.largest - truth).abs() < 1e-6, "{found:?}, not {truth}");
        assert!(found.compared == 1 && found.what != "none", "{found:?}");
    }
    // Without scrambles the nearer end of the interval is the bound.
    for (ends, left) in [((0.49, 0.53), 0.02), ((0.47, 0.51), 0.02), ((0.5, 0.5), 0.03), ((0.4, 0.6), 0.0)] {
        let found = check((0.53, 0.01, 1_000), (0.5, 0.0, ends));
        assert!((found.largest - left / 0.01).abs() < 1e-9, "{ends:?}: {found:?}");
        assert_eq!((found.compared, found.what == "none"), (1, left == 0.0));
    }
}

/// Beyond five errors they disagree, and of fewer than twenty draws that could have gone either way nothing is said.
#[test]
fn what_is_compared_and_what_fails() {
    let certain = (0.5, 0.0, (0.5, 0.5));
    for (errors, fails) in [(-6.0, true), (0.0, false), (5.0, false), (5.5, true)] {
        // In numbers without rounding.
        assert_eq!(
            check((0.5 + errors / 64.0, 1.0 / 64.0, 1_000), certain).is_inconsistent(),
            fails,
            "{errors}"
        );
    }
    for (p, n, compared) in
        [(0.5, 80, 1), (0.5, 79, 0), (0.25, 107, 1), (0.25, 106, 0), (0.75, 107, 1), (0.75, 106, 0)]
    {
        let found = check((p, 0.1, n), (p, 0.0, (p, p)));
        assert_eq!(found.compared, compared, "{p} of {n}");
    }
    // Nothing integrated, or nothing counted.
    let scenario = one_factor(&["Normal(mean: 0, sd: 1)"], &["Normal(mean: 0.2, sd: 1)"], "");
    let counted = run(&scenario, 1_000);
    assert_eq!(cross_check(&scenario, &counted, &counted).compared, 0);
    assert_eq!(check((0.5, 0.1, 0), certain).compared, 0);
}
