//! Families where digits are scarce: far from zero, close to an end or a centre, and where one part of a mixture hardly counts. And how
//! heavy a tail may be.

use headstart::distribution::{
    Beta, Discrete, Dist, Exponential, Gamma, Metalog, Mixture, Normal, ParameterError, Samples, StudentT,
    Triangular, Truncated, Uniform,
};

/// The variance does not depend on where a distribution lies: that of values a billion from zero has its digits.
#[test]
fn the_variance_of_what_lies_far_from_zero() {
    let far = 1e9;
    let of = |dist: Dist| dist.variance();
    let samples = Samples::new(&[far, far + 1.0, far + 5.0]).unwrap();
    assert_eq!(samples.variance(), 14.0 / 3.0, "mean square of -2, -1 and 3");
    let uniform = Uniform::new(far, far + 4.0).unwrap();
    let cut = Truncated::new(uniform.into(), Some(far + 1.0), Some(far + 3.0)).unwrap();
    assert!((of(cut.into()) - 4.0 / 12.0).abs() < 1e-5);
    // Here doubles are 1 apart.
    let part = |x: f64| Dist::from(Normal::new(2f64.powi(52) + x, 1.0).unwrap());
    let mixture = Mixture::new([(0.5, part(0.0)), (0.5, part(6.0))]).unwrap();
    assert_eq!(of(mixture.into()), 1.0 + 9.0);
    let discrete = Discrete::new(&[(far, 0.5), (far + 2.0, 0.5)]).unwrap();
    assert_eq!(of(discrete.into()), 1.0);
}

/// A beta distribution that nearly all lies at its maximum keeps its digits there: those are there to be seen where the maximum is 0.
#[test]
fn close_to_a_maximum_at_zero() {
    for (alpha, beta) in [(1e5, 0.05), (1000.0, 0.06), (1.0, 0.05), (1e5, 1.0), (0.5, 0.05)] {
        let dist = Beta::new(alpha, beta, -1.0, 0.0).unwrap();
        let mirrored = Beta::new(beta, alpha, 0.0, 1.0).unwrap();
        for n in 1..64 {
            let p = f64::from(n) / 64.0;
            let x = dist.quantile(p);
            assert!((dist.cdf(x) - p).abs() < 2e-9, "{dist} at {p}: {x:e} has {} below it", dist.cdf(x));
            let mirror = -mirrored.quantile(1.0 - p);
            assert!((dist.cdf(mirror) - p).abs() < 2e-9, "{dist} at {p}: {x:e} and {mirror:e}");
        }
    }
}

/// Below what the tables hold, quantiles are solved for and have digits of their own: of Beta(1, b) they are 1 - (1 - p)^(1/b).
#[test]
fn small_probabilities_have_digits() {
    for b in [0.05, 0.1, 0.3, 1.0, 7.0] {
        let dist = Beta::new(1.0, b, 0.0, 1.0).unwrap();
        for n in 0..40 {
            let p = 2e-10 * 0.9_f64.powi(n);
            let exact = -((-p).ln_1p() / b).exp_m1();
            assert!((dist.quantile(p) / exact - 1.0).abs() < 1e-3, "{dist} at {p:e}: {:e}", dist.quantile(p));
        }
    }
}

/// Student's t with 4 degrees of freedom has 1/2 + 3/8 z below z, close to its centre.
#[test]
fn close_to_the_centre_of_students_t() {
    let dist = StudentT::new(3.0, 2.0, 4.0).unwrap();
    for z in [1e-9, 1e-8, 1e-7, 1e-6, 1e-5] {
        for (z, x) in [(z, 3.0 + 2.0 * z), (-z, 3.0 - 2.0 * z)] {
            // The cube of z is left out, and x has an error of its own.
            assert!((dist.cdf(x) - (0.5 + 0.375 * z)).abs() < 1e-15, "{z}: {}", dist.cdf(x) - 0.5);
            assert!((dist.survival(x) - (0.5 - 0.375 * z)).abs() < 1e-15, "{z}");
        }
    }
}

/// A part of a mixture that hardly counts moves no quantile of the other, though its own are far from there.
#[test]
fn a_part_that_hardly_counts() {
    let rare = 1e-11;
    let with = |part: Dist, low: f64, high: f64| {
        let other = Uniform::new(low, high).unwrap().into();
        Dist::from(Mixture::new([(1.0 - rare, part), (rare, other)]).unwrap())
    };
    let low: Dist = Beta::new(0.05, 3.0, 0.0, 1.0).unwrap().into();
    let high: Dist = Beta::new(3.0, 0.05, -1.0, 0.0).unwrap().into();
    let gamma: Dist = Gamma::new(0.05, 1.0).unwrap().into();
    for (dist, part) in [
        (with(low.clone(), 0.0, 1.0), low),
        (with(high.clone(), -1.0, 0.0), high),
        (with(gamma.clone(), 0.0, 9.0), gamma),
    ] {
        for n in 1..512 {
            let p = f64::from(n) / 512.0;
            let x = dist.quantile(p);
            assert!((part.cdf(x) - p).abs() < 2e-9, "{dist} at {p}: {x:e} has {} below it", part.cdf(x));
        }
    }
}

/// No draw lies in a gap between two parts, though one of them is as rare as one in a billion.
#[test]
fn no_draw_lies_in_a_gap() {
    let uniform = |min, max| Dist::from(Uniform::new(min, max).unwrap());
    for rare in [1e-9, 1e-6, 1e-3, 0.1, 0.4] {
        let above = Mixture::new([(1.0 - rare, uniform(0.0, 1.0)), (rare, uniform(5.0, 6.0))]).unwrap();
        let below = Mixture::new([(1.0 - rare, uniform(5.0, 6.0)), (rare, uniform(0.0, 1.0))]).unwrap();
        for n in -100_i32..100 {
            let t = rare * (1.0 + f64::from(n) / 300.0);
            for x in [above.quantile(1.0 - t), below.quantile(t)] {
                let within = (-1e-8..1.0 + 1e-8).contains(&x) || (5.0 - 1e-8..6.0 + 1e-8).contains(&x);
                assert!(within, "{rare} at {t:e}: {x}");
            }
            if n.abs() > 1 {
                assert_eq!(above.quantile(1.0 - t) > 3.0, n < 0, "{rare} at {t:e}");
                assert_eq!(below.quantile(t) < 3.0, n < 0, "{rare} at {t:e}");
            }
        }
    }
}

/// Bounds that cut nothing off change no draw.
#[test]
fn a_truncation_that_cuts_nothing_changes_nothing() {
    for dist in [
        Dist::from(Exponential::new(1.0).unwrap()),
        Gamma::new(2.5, 1.0).unwrap().into(),
        Triangular::new(0.0, 1.0, 3.0).unwrap().into(),
    ] {
        let cut = Truncated::new(dist.clone(), Some(0.0), None).unwrap();
        let tiny = f64::EPSILON / 2.0;
        for p in [tiny, 0.1, 0.5, 0.75, 1.0 - 16.0 * tiny, 1.0 - 2.0 * tiny, 1.0 - tiny] {
            assert_eq!(cut.quantile(p), dist.quantile(p), "{dist} at {p}");
        }
    }
}

/// A value at the lower bound belongs to what is left, and all that is left lies above what is below it: with certainty, however little it is.
#[test]
fn both_tails_at_a_lower_bound() {
    let thirds = Discrete::new(&[(1.0, 0.25), (2.0, 0.5), (3.0, 0.25)]).unwrap();
    let cut = Truncated::new(thirds.into(), Some(2.0), None).unwrap();
    assert!((cut.survival(2.0) - 1.0 / 3.0).abs() < 1e-15 && (cut.cdf(2.0) - 2.0 / 3.0).abs() < 1e-15);
    for n in 0..40 {
        let min = f64::from(n) / 10.0;
        let cut = Truncated::new(Normal::new(0.0, 1.0).unwrap().into(), Some(min), Some(4.5)).unwrap();
        assert_eq!((cut.cdf(min.next_down()), cut.survival(min.next_down())), (0.0, 1.0), "{cut}");
    }
}

/// The greatest value is that at any probability beyond 1, which is rounding.
#[test]
fn a_probability_beyond_one_is_one() {
    let beyond = 1.0_f64.next_up();
    assert_eq!(Discrete::new(&[(1.0, 0.5), (4.0, 0.5)]).unwrap().quantile(beyond), 4.0);
    assert_eq!(Samples::new(&[1.0, 4.0]).unwrap().quantile(beyond), 4.0);
}

/// A beta distribution shows its shapes and its bounds to who looks into it.
#[test]
fn a_beta_distribution_shows_its_shapes() {
    let shown = format!("{:?}", Beta::new(2.5, 7.25, -1.5, 3.0).unwrap());
    for number in ["2.5", "7.25", "-1.5", "3"] {
        assert!(shown.contains(number), "{shown}");
    }
}

/// The sum of the terms of a metalog: Keelin (2016), eq. 6.
fn metalog(coefficients: &[f64], p: f64) -> f64 {
    let (log_odds, middle) = ((p / (1.0 - p)).ln(), p - 0.5);
    let terms = [
        1.0,
        log_odds,
        middle * log_odds,
        middle,
        middle * middle,
        middle * middle * log_odds,
        middle.powi(3),
        middle.powi(3) * log_odds,
    ];
    coefficients.iter().zip(terms).map(|(a, term)| a * term).sum()
}

/// As many of its quantiles as there are coefficients, at probabilities that are not symmetric.
fn points(coefficients: &[f64], x: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
    let n = coefficients.len();
    let at = |i: usize| (i as f64 + 0.75) / (n as f64 + 0.25);
    (0..n).map(|i| (at(i), x(metalog(coefficients, at(i))))).collect()
}

/// With one bound, a metalog goes towards the other end as a power of the odds: what multiplies their logarithm there. Up to 0.45 it is
/// accepted, well below the 1/2 from which the variance is infinite.
#[test]
fn how_heavy_a_tail_may_be() {
    for (coefficients, accepted) in [
        (&[0.0, 0.44][..], true),
        (&[0.0, 0.46], false),
        (&[0.0, 0.4, 0.08], true),
        (&[0.0, 0.4, 0.12], false),
        (&[0.0, 0.4, 0.0, 0.9], true),
        (&[0.0, 0.4, 0.0, 0.0, 0.9], true),
        (&[0.0, 0.4, 0.0, 0.0, 0.0, 0.16], true),
        (&[0.0, 0.4, 0.0, 0.0, 0.0, 0.24], false),
        (&[0.0, 0.4, 0.0, 0.0, 0.0, 0.0, 0.9], true),
        (&[0.0, 0.4, 0.0, 0.0, 0.0, 0.0, 0.0, 0.32], true),
        (&[0.0, 0.4, 0.0, 0.0, 0.0, 0.0, 0.0, 0.48], false),
    ] {
        let above = Metalog::new(&points(coefficients, |y| 2.0 + y.exp()), Some(2.0), None);
        // The mirror image: 1 - p, and -y.
        let mut mirrored = points(coefficients, |y| 2.0 - y.exp());
        for point in &mut mirrored {
            point.0 = 1.0 - point.0;
        }
        mirrored.reverse();
        let below = Metalog::new(&mirrored, None, Some(2.0));
        for dist in [above, below] {
            match dist {
                Ok(dist) => assert!(accepted, "{dist}"),
                Err(error) => {
                    assert!(!accepted && error == ParameterError::HeavyTail, "{coefficients:?}: {error}");
                }
            }
        }
        assert!(Metalog::new(&points(coefficients, |y| y), None, None).is_ok(), "{coefficients:?}");
    }
}

/// A curve that falls only close to one end is refused, at either end: m + c m L, L the log-odds and m = p - 1/2, rises up to where
/// 1 + c (L + m / (p (1 - p))) is 0.
#[test]
fn a_curve_may_not_fall_close_to_an_end() {
    let slope = |p: f64| 1.0 - 0.01 * ((p / (1.0 - p)).ln() + (p - 0.5) / (p * (1.0 - p)));
    assert!(slope(0.993) > 0.0 && slope(0.996) < 0.0);
    for (c, at) in [(-0.01, 0.993..0.996), (0.01, 0.0..0.007)] {
        let found = Metalog::new(&points(&[0.0, 0.0, c, 1.0], |y| y), None, None).unwrap_err();
        let ParameterError::Falls { from, to } = found else { panic!("{found}") };
        assert!(at.contains(&from) && from < to, "{from} {to}");
    }
}
