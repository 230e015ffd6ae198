//! The families whose quantile function is a table: how far the tables are off, tails and strange shapes included.

use crate::support::*;
use headstart::distribution::{
    Beta, Dist, Exact, Gamma, Mixture, Normal, Pert, StudentT, Triangular, Uniform,
};
use statrs::distribution::ContinuousCDF;

/// Probabilities on both sides, in the tails and between the knots of the tables: 0.37 over every power of 2^(1/40).
fn probabilities() -> impl Iterator<Item = f64> {
    (0..1800).map(|n| 0.4999 * 2f64.powf(-f64::from(n) / 40.0))
}

/// What a probability becomes when its quantile moves by one unit in the last place: no table can be closer.
fn last_digit(dist: &Dist, x: f64) -> f64 {
    (dist.cdf(x.next_up()) - dist.cdf(x.next_down())).abs()
}

/// The table against the cdf at the value that it gives: in probability under 1e-9, or what the last digit of the
/// value stands for; and where the density is low, as little in the value.
fn check(dist: &Dist, range: f64) {
    let mut worst = (0.0_f64, 0.0_f64);
    for t in probabilities() {
        for (p, tail) in [(t, false), (1.0 - t, true)] {
            let x = dist.quantile(p);
            let reached = if tail { dist.survival(x) } else { dist.cdf(x) };
            let beyond = if tail { 1.0 - p } else { p };
            let off = (reached - beyond).abs() - 4.0 * last_digit(dist, x);
            assert!(off < 1e-9, "{dist} at {p}: {x} has {reached} beyond it, which is {off} off");
            worst.0 = worst.0.max(off);
            // The true quantile lies between two values that are 1e-9 of the range apart from this one.
            let step = 1e-9 * range;
            let (low, high) = (x - step, x + step);
            let holds = if tail {
                dist.survival(low) >= beyond - 1e-15 && dist.survival(high) <= beyond + 1e-15
            } else {
                dist.cdf(low) <= beyond + 1e-15 && dist.cdf(high) >= beyond - 1e-15
            };
            assert!(holds, "{dist} at {p}: {x} is further than 1e-9 of the range off");
            worst.1 = worst.1.max(off);
        }
    }
}

#[test]
fn beta_tables_are_close_for_every_shape() {
    let shapes = [0.05, 0.1, 0.3, 0.5, 0.99, 1.0, 1.3, 2.0, 5.0, 30.0, 800.0, 1e5];
    for alpha in shapes {
        for beta in shapes {
            check(&Beta::new(alpha, beta, 0.0, 1.0).unwrap().into(), 1.0);
        }
    }
    check(&Beta::new(2.5, 0.7, -3.0, 9.0).unwrap().into(), 12.0);
}

#[test]
fn pert_and_gamma_and_t_tables_are_close() {
    for (min, mode, max, shape) in
        [(7.0, 8.5, 10.0, 4.0), (1.0, 1.0, 2.5, 4.0), (0.0, 9.9, 10.0, 0.3), (-5.0, 0.0, 1.0, 40.0)]
    {
        check(&Pert::new(min, mode, max, shape).unwrap().into(), max - min);
    }
    for shape in [0.05, 0.3, 1.0, 1.7, 12.0, 3e3, 1e5] {
        for scale in [1.0, 40.0] {
            check(&Gamma::new(shape, scale).unwrap().into(), 10.0 * scale * shape.sqrt());
        }
    }
    for df in [2.01, 3.0, 7.5, 150.0] {
        check(&StudentT::new(1.0, 2.0, df).unwrap().into(), 20.0);
    }
}

#[test]
fn mixture_tables_are_close_at_kinks_gaps_and_atoms() {
    let normal = |mean, sd| Dist::from(Normal::new(mean, sd).unwrap());
    let uniform = |a, b| Dist::from(Uniform::new(a, b).unwrap());
    let triangular = Dist::from(Triangular::new(1.0, 2.0, 4.0).unwrap());
    let mixtures = [
        vec![(0.3, normal(0.0, 1.0)), (0.7, normal(10.0, 0.1))],
        vec![(0.25, uniform(0.0, 1.0)), (0.75, uniform(3.0, 4.0))],
        vec![(0.5, triangular.clone()), (0.5, uniform(1.5, 1.6))],
        vec![(0.9, normal(2.0, 1.0)), (0.1, Beta::new(0.4, 0.4, 0.0, 9.0).unwrap().into())],
        vec![(1.0, triangular)],
    ];
    for parts in mixtures {
        let gap = parts[0].1 == uniform(0.0, 1.0);
        let dist: Dist = Mixture::new(parts).unwrap().into();
        if !gap {
            check(&dist, 10.0);
        }
        for t in probabilities().filter(|t| (t - 0.25).abs() > 1e-12) {
            let x = dist.quantile(t);
            assert!((dist.cdf(x) - t).abs() < 1e-9, "{dist} at {t}");
        }
    }
    // An atom takes exactly the probabilities that it covers: here 0.2 to 0.7.
    let parts = [(0.5, Exact::new(3.0).unwrap().into()), (0.4, uniform(2.0, 4.0)), (0.1, uniform(9.0, 10.0))];
    let dist: Dist = Mixture::new(parts).unwrap().into();
    for (p, x) in [(0.1, 2.5), (0.199_999, 2.999_995), (0.200_001, 3.0), (0.45, 3.0), (0.55, 3.0), (0.7, 3.0)]
    {
        assert!((dist.quantile(p) - x).abs() < 1e-9, "{p}: {}", dist.quantile(p));
    }
    assert!((dist.quantile(0.8) - 3.5).abs() < 1e-9);
    assert!((dist.quantile(0.95) - 9.5).abs() < 1e-9);
}

/// Against statrs, another implementation, where its own cdf is good to the digits asked for.
#[test]
fn cdfs_of_tables_match_statrs() {
    let agree = |ours: &Dist, theirs: &dyn Fn(f64) -> f64| {
        for n in 1..500 {
            let p = f64::from(n) / 500.0;
            let x = ours.quantile(p);
            let off = (theirs(x) - p).abs() - 4.0 * last_digit(ours, x);
            assert!(off < 2e-9, "{ours} at {p}: {off}");
        }
    };
    for (a, b) in [(0.3, 0.3), (0.7, 4.0), (1.0, 1.0), (3.0, 3.0), (5.0, 1.5), (40.0, 60.0)] {
        let theirs = statrs::distribution::Beta::new(a, b).unwrap();
        agree(&Beta::new(a, b, 0.0, 1.0).unwrap().into(), &|x| theirs.cdf(x));
    }
    for (shape, scale) in [(0.3, 1.0), (1.0, 2.0), (7.5, 0.5), (90.0, 1.0)] {
        let theirs = statrs::distribution::Gamma::new(shape, 1.0 / scale).unwrap();
        agree(&Gamma::new(shape, scale).unwrap().into(), &|x| theirs.cdf(x));
    }
    for df in [2.5, 5.0, 30.0] {
        let theirs = statrs::distribution::StudentsT::new(1.0, 2.0, df).unwrap();
        agree(&StudentT::new(1.0, 2.0, df).unwrap().into(), &|x| theirs.cdf(x));
    }
}

#[test]
fn beta_quantiles_as_tabulated() {
    let oracles = oracles();
    let mut seen = 0;
    for (key, values) in oracles["quantiles"]["beta_inverse_cdf"]["values"].as_object().unwrap() {
        let shapes: Vec<f64> = key.split(['(', ',', ')']).filter_map(|n| n.parse().ok()).collect();
        let dist = Beta::new(shapes[0], shapes[1], 0.0, 1.0).unwrap();
        for (p, truth) in values.as_object().unwrap() {
            let (x, truth) = (dist.quantile(p.parse().unwrap()), truth.as_f64().unwrap());
            assert!((x - truth).abs() < 1e-9, "{key} at {p}: {x} against {truth}");
            seen += 1;
        }
    }
    assert!(seen > 40);
}
