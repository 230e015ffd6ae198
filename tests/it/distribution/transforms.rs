//! Distributions moved, stretched, cut and made around a number: laws that hold for every family.

use crate::support::*;
use headstart::Scenario;
use headstart::distribution::{
    Beta, Discrete, Dist, Exact, Exponential, Gamma, LogNormal, LogitNormal, Metalog, Mixture, Normal, Pert,
    Samples, StudentT, Triangular, Truncated, Uniform,
};
use headstart::scenario::{Spread, Value};

fn normal(mean: f64, sd: f64) -> Dist {
    Normal::new(mean, sd).unwrap().into()
}

fn exponential(rate: f64) -> Dist {
    Exponential::new(rate).unwrap().into()
}

/// Families whose members are moved members: every one, with shapes that are not symmetric.
fn movable() -> Vec<Dist> {
    vec![
        Exact::new(3.0).unwrap().into(),
        Triangular::new(1.0, 2.0, 4.0).unwrap().into(),
        Uniform::new(-3.0, 7.5).unwrap().into(),
        normal(5.0, 0.3),
        Pert::new(7.0, 7.5, 10.0, 2.5).unwrap().into(),
        Beta::new(2.0, 5.0, -1.0, 3.0).unwrap().into(),
        StudentT::new(1.0, 2.0, 9.0).unwrap().into(),
        LogitNormal::new(0.5, 1.2, 1.0, 10.0).unwrap().into(),
        Metalog::new(&[(0.1, 3.0), (0.5, 5.0), (0.9, 8.0)], Some(1.0), Some(10.0)).unwrap().into(),
        Metalog::new(&[(0.1, 3.0), (0.5, 5.0), (0.9, 8.0)], None, None).unwrap().into(),
        Metalog::new(&[(0.1, 3.0), (0.9, 8.0)], Some(0.0), None).unwrap().into(),
        Discrete::new(&[(3.0, 0.3), (1.0, 0.2), (2.0, 0.5)]).unwrap().into(),
        Samples::new(&[3.0, 1.0, 1.0, 7.0]).unwrap().into(),
        Truncated::new(normal(9.0, 2.0), Some(1.0), Some(10.0)).unwrap().into(),
        Truncated::new(normal(9.0, 2.0), None, Some(10.0)).unwrap().into(),
        Mixture::new([(0.3, normal(0.0, 1.0)), (0.7, normal(4.0, 0.5))]).unwrap().into(),
    ]
}

/// Families with one end at 0, which can be stretched only.
fn stretchable() -> Vec<Dist> {
    vec![
        LogNormal::new(0.2, 0.3).unwrap().into(),
        exponential(2.5),
        Gamma::new(2.5, 2.0).unwrap().into(),
        Truncated::new(exponential(0.5), Some(3.0), None).unwrap().into(),
        Mixture::new([(0.3, exponential(1.0)), (0.7, normal(4.0, 0.5))]).unwrap().into(),
    ]
}

/// Quantiles move with what they are quantiles of, and so do all that are values; deviations stretch only.
#[test]
fn what_is_moved_and_stretched_keeps_its_shape() {
    for (dist, factor, constant) in movable()
        .into_iter()
        .flat_map(|dist| [(dist.clone(), 2.5, -0.7), (dist, 0.4, 12.0)])
        .chain(stretchable().into_iter().flat_map(|dist| [(dist.clone(), 2.5, 0.0), (dist, 0.4, 0.0)]))
    {
        let moved = dist.linear(factor, constant).unwrap().unwrap();
        let sd = factor * dist.variance().sqrt();
        let near = |there: f64, here: f64, what: &str| {
            let truth = factor * here + constant;
            let off = (there - truth).abs();
            assert!(there == truth || off <= 1e-8 * sd + 1e-13, "{dist}, {what}: {there}, not {truth}");
        };
        for n in 1..200 {
            // No probability at which a quantile of those that have atoms jumps.
            let p = (f64::from(n) + 0.01) / 200.0;
            near(moved.quantile(p), dist.quantile(p), "a quantile");
        }
        near(moved.support().0, dist.support().0, "the least");
        near(moved.support().1, dist.support().1, "the greatest");
        near(moved.mean(), dist.mean(), "the mean");
        near(moved.central(), dist.central(), "the central value");
        assert!((moved.variance().sqrt() - sd).abs() <= 1e-8 * sd, "{dist}: {}", moved.variance().sqrt());
    }
    for dist in stretchable() {
        assert!(dist.linear(2.0, 1.0).is_none(), "{dist} that is moved is no such distribution");
    }
}

/// The probabilities below and above are one, and far out the smaller one keeps its digits.
#[test]
fn what_is_not_below_is_above() {
    let atoms = |dist: &Dist| !dist.atoms().is_empty();
    for dist in movable().into_iter().chain(stretchable()) {
        for n in 0..=100 {
            let x = dist.quantile(f64::from(n) / 100.0);
            let whole = dist.cdf(x) + dist.survival(x);
            assert!((whole - 1.0).abs() < 1e-14, "{dist} at {x}: {whole}");
            if !atoms(&dist) {
                let p = f64::from(n) / 100.0;
                assert!((dist.survival(x) - (1.0 - p)).abs() < 1e-8, "{dist} at {x}: {}", dist.survival(x));
            }
        }
        let (low, high) = dist.support();
        let (below, above) = (low - 1.0, high + 1.0);
        assert_eq!((dist.cdf(below), dist.survival(below)), (0.0, 1.0), "{dist} below all");
        assert_eq!((dist.cdf(above), dist.survival(above)), (1.0, 0.0), "{dist} above all");
    }
    // An exponential cut off below has no memory, and one cut off above loses its tail.
    let cut = |min, max| Truncated::new(exponential(0.5), min, max).unwrap();
    for x in [3.5, 10.0, 60.0] {
        let truth = (-0.5 * (x - 3.0_f64)).exp();
        assert!((cut(Some(3.0), None).survival(x) / truth - 1.0).abs() < 1e-9, "{x}");
    }
    let tail = |x: f64| (-0.5 * x).exp();
    let truth = (tail(3.0) - tail(4.0)) / (1.0 - tail(4.0));
    assert!((cut(None, Some(4.0)).survival(3.0) - truth).abs() < 1e-14);
    assert_eq!(
        (cut(Some(1.0), Some(4.0)).survival(1.0), cut(Some(1.0), Some(4.0)).survival(4.0)),
        (1.0, 0.0)
    );
}

/// The central value: of what is cut, the nearer end where it lies outside; a median or a mean where there is no mode.
#[test]
fn central_values_are_modes_or_what_stands_for_them() {
    let cut = |min, max| Truncated::new(normal(5.0, 2.0), min, max).unwrap().central();
    assert_eq!((cut(Some(4.0), None), cut(Some(6.0), None), cut(None, Some(3.0))), (5.0, 6.0, 3.0));
    assert_eq!(StudentT::new(1.5, 2.0, 9.0).unwrap().central(), 1.5);
    assert_eq!(Gamma::new(2.5, 2.0).unwrap().central(), 5.0);
    assert_eq!(exponential(0.5).central(), 2.0);
    assert_eq!(Discrete::new(&[(1.0, 0.25), (3.0, 0.75)]).unwrap().central(), 2.5);
    // Half of what is log-normal is below exp(mu).
    let log_normal = LogNormal::new(0.5, 0.4).unwrap();
    assert!(
        (log_normal.central() - 0.5_f64.exp()).abs() < 1e-15
            && (log_normal.cdf(0.5_f64.exp()) - 0.5).abs() < 1e-15
    );
    // Half of the log-odds are below their mean.
    let odds = 0.5_f64.exp();
    let median = 1.0 + 9.0 * odds / (1.0 + odds);
    assert!((LogitNormal::new(0.5, 1.2, 1.0, 10.0).unwrap().central() - median).abs() < 1e-13);
    let stated = Metalog::new(&[(0.1, 3.0), (0.5, 5.0), (0.9, 8.0)], None, None).unwrap();
    assert!((stated.central() - 5.0).abs() < 1e-13);
}

/// The values with a probability of their own are those at which the cdf jumps, and it has no other jumps than by those.
#[test]
fn atoms_are_where_the_cdf_jumps() {
    let cut = Discrete::new(&[(1.0, 0.2), (2.0, 0.5), (3.0, 0.3)]).unwrap();
    let pool = Mixture::new([
        (0.5, Exact::new(1.0).unwrap().into()),
        (0.2, Samples::new(&[2.0, 0.5]).unwrap().into()),
        (0.3, normal(0.0, 1.0)),
    ]);
    let more: [(Dist, f64); 3] = [
        (Truncated::new(cut.clone().into(), Some(1.5), Some(2.5)).unwrap().into(), 1.0),
        (Truncated::new(cut.into(), Some(2.0), None).unwrap().into(), 1.0),
        (pool.unwrap().into(), 0.7),
    ];
    let all = movable().into_iter().chain(stretchable()).map(|dist| {
        let discrete = matches!(dist, Dist::Exact(_) | Dist::Discrete(_) | Dist::Samples(_));
        (dist, if discrete { 1.0 } else { 0.0 })
    });
    for (dist, whole) in all.chain(more) {
        let mut atoms = dist.atoms();
        atoms.dedup();
        let jump = |x: &f64| dist.cdf(*x) - dist.cdf(x.next_down());
        assert!(atoms.iter().all(|x| jump(x) > 0.01), "{dist}: {atoms:?}");
        let sum: f64 = atoms.iter().map(jump).sum();
        assert!((sum - whole).abs() < 1e-9, "{dist}: {atoms:?} have {sum}");
    }
}

/// Equal parameters make equal distributions, whether or not their tables have been made; others do not.
#[test]
fn equal_parameters_make_equal_distributions() {
    let made: [&dyn Fn(f64, f64) -> Dist; 3] = [
        &|a, b| Gamma::new(a, b).unwrap().into(),
        &|a, b| Beta::new(a, b, 0.0, 1.0).unwrap().into(),
        &|a, b| Mixture::new([(0.5, normal(a, 1.0)), (0.5, normal(b, 1.0))]).unwrap().into(),
    ];
    for make in made {
        let (one, same) = (make(2.5, 2.0), make(2.5, 2.0));
        one.prepare();
        assert!(one == same);
        assert!(one != make(2.5, 3.0) && one != make(3.5, 2.0), "{one}");
    }
}

/// Eight points of a metalog whose coefficients are known: between them and beyond, it is that one.
#[test]
fn a_metalog_of_eight_terms() {
    // Keelin 2016, eq. 6, term by term.
    let quantile = |p: f64| {
        let (l, m) = ((p / (1.0 - p)).ln(), p - 0.5);
        let terms = [1.0, l, m * l, m, m.powi(2), m.powi(2) * l, m.powi(3), m.powi(3) * l];
        let coefficients = [4.0, 1.0, 0.3, 1.5, 0.8, 0.6, 1.2, 0.4];
        terms.iter().zip(coefficients).map(|(term, a)| term * a).sum::<f64>()
    };
    let points = (0..8).map(|i| 0.03 + f64::from(i) * 0.94 / 7.0).map(|p| (p, quantile(p)));
    let dist = Metalog::new(&points.collect::<Vec<_>>(), None, None).unwrap();
    for p in [1e-4, 0.01, 0.1, 0.25, 0.47, 0.6, 0.8, 0.99, 0.9999] {
        let truth = quantile(p);
        assert!((dist.quantile(p) - truth).abs() < 1e-8, "{p}: {}, not {truth}", dist.quantile(p));
    }
}

/// Spreads around a number: their mode or middle, their width, and what the ends of the scale leave.
#[test]
fn spreads_around_a_number() {
    let spread = |text: &str| parse_spread(text).score_spread().unwrap();
    let around = |text: &str, x: f64| spread(text).around(x, (1.0, 10.0)).unwrap();
    for (text, low, high) in [("(half_width: 1.5)", 3.5, 6.5), ("(relative: 0.5)", 2.5, 7.5)] {
        for family in ["Triangular", "Pert", "Uniform"] {
            let dist = around(&format!("{family}{text}"), 5.0);
            assert_eq!((dist.support(), dist.central()), ((low, high), 5.0), "{dist}");
            assert!((dist.mean() - 5.0).abs() < 1e-14, "{dist} is symmetric");
        }
    }
    // The variance of a PERT of shape 4 with alpha = beta = 3 is its squared width over 28, a triangular's over 24.
    for (family, over) in [("Triangular", 24.0), ("Pert", 28.0), ("Uniform", 12.0)] {
        let dist = around(&format!("{family}(half_width: 1.5)"), 5.0);
        assert!((dist.variance() - 9.0 / over).abs() < 1e-13, "{dist}: {}", dist.variance());
    }
    let clipped = around("Triangular(half_width: 1.5)", 9.12);
    assert_eq!((clipped.support(), clipped.central()), ((9.12 - 1.5, 10.0), 9.12));
    let truncated = around("Normal(sd: 1.5)", 9.12);
    assert_eq!((truncated.support(), truncated.central()), ((1.0, 10.0), 9.12));
    assert_eq!(
        spread("Normal(sd: 1.5)").around(9.12, (f64::NEG_INFINITY, f64::INFINITY)),
        Ok(normal(9.12, 1.5))
    );
    // A beta keeps its mean, and the variance is that of a share m with concentration c: m (1 - m) / (c + 1).
    for concentration in [2.0, 20.0] {
        let dist = around(&format!("BetaMean(concentration: {concentration})"), 4.0);
        let (mean, share) = (4.0, 1.0 / 3.0_f64);
        assert!((dist.mean() - mean).abs() < 1e-14);
        let variance = 81.0 * share * (1.0 - share) / (concentration + 1.0);
        assert!((dist.variance() / variance - 1.0).abs() < 1e-13, "{dist}: {}", dist.variance());
        assert_eq!(dist.support(), (1.0, 10.0));
    }
    for x in [1.0, 10.0] {
        assert_eq!(around("BetaMean(concentration: 5)", x).exact(), Some(x), "at an end there is no room");
    }
    let open = Spread::BetaMean { concentration: 5.0 };
    assert!(open.around(4.0, (1.0, f64::INFINITY)).is_err());
}

/// A spread that is widened twofold has twice the standard deviation, whatever its family.
#[test]
fn a_widened_spread_has_the_deviations_stretched() {
    for text in [
        "Triangular(half_width: 0.5)",
        "Uniform(half_width: 0.5)",
        "Pert(relative: 0.1)",
        "Triangular(relative: 0.1)",
        "Normal(sd: 0.2)",
        "BetaMean(concentration: 30)",
    ] {
        let base = parse_spread(text);
        for times in [2.0, 0.5] {
            let wide = base.with_edits(&[format!("spread.score *= {times}")]).unwrap().scenario;
            let sd = |scenario: &Scenario| {
                let dist = scenario.score_spread().unwrap().around(5.0, (1.0, 10.0)).unwrap();
                dist.variance().sqrt()
            };
            let (now, then) = (sd(&wide), sd(&base));
            assert!((now / then / times - 1.0).abs() < 1e-6, "{text} times {times}: {now} from {then}");
        }
    }
}

fn parse_spread(spread: &str) -> Scenario {
    one_factor(&["5"], &["4"], &format!("scale: (min: 1, max: 10), spread: (score: {spread})"))
}

/// An interval has its ends for quantiles, with half of what is outside on each side, whatever its shape.
#[test]
fn intervals_hold_what_they_say() {
    for shape in ["Normal", "LogNormal", "LogitNormal", "Uniform"] {
        for level in [0.5, 0.8, 0.98] {
            let text = format!("Interval(level: {level}, low: 2.5, high: 7, shape: {shape})");
            let scenario = one_factor(&[&text], &["4"], "scale: (min: 1, max: 10)");
            let Value::Written(dist) = &scenario.factors()[0].scores[0] else { panic!("{text}") };
            assert!(dist.to_string().starts_with(&format!("{shape}(")), "{dist} for {text}");
            for (x, p) in [(2.5, (1.0 - level) / 2.0), (7.0, f64::midpoint(1.0, level))] {
                assert!((dist.cdf(x) - p).abs() < 1e-12, "{text} at {x}: {}", dist.cdf(x));
            }
            let middle = dist.quantile(0.5);
            let odds = |x: f64| (x - 1.0) / (10.0 - x);
            let halfway = match shape {
                "LogNormal" => (middle / 2.5) / (7.0 / middle),
                "LogitNormal" => odds(middle) / odds(2.5) / (odds(7.0) / odds(middle)),
                _ => (middle - 2.5) / (7.0 - middle),
            };
            assert!((halfway - 1.0).abs() < 1e-12, "{text}: {middle} is not in the middle");
        }
    }
}

/// Where a density is not smooth within the support: at a mode, at atoms, and where the parts of a mixture begin and end.
#[test]
fn knots_of_densities() {
    let triangular: Dist = Triangular::new(1.0, 2.0, 4.0).unwrap().into();
    assert_eq!(triangular.knots(), [2.0]);
    assert_eq!(Truncated::new(triangular.clone(), Some(1.5), None).unwrap().of().knots(), [2.0]);
    assert_eq!(Dist::from(Truncated::new(triangular.clone(), Some(1.5), None).unwrap()).knots(), [2.0]);
    let pool = Mixture::new([(0.5, triangular), (0.25, exponential(1.0)), (0.25, normal(0.0, 1.0))]).unwrap();
    assert_eq!(Dist::from(pool).knots(), [2.0, 1.0, 4.0, 0.0]);
    assert_eq!(Dist::from(Discrete::new(&[(3.0, 0.5), (1.0, 0.5)]).unwrap()).knots(), [1.0, 3.0]);
    assert_eq!(normal(0.0, 1.0).knots(), [0.0; 0]);
}
