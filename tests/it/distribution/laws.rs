//! Laws of the families, with the digits of both tails: closed forms, straight lines through them, what is refused and what is
//! just not, and how they are written.

use headstart::distribution::{
    Beta, Discrete, Dist, Exact, Exponential, Gamma, LogNormal, LogitNormal, Metalog, Mixture, Normal, Pert,
    Samples, StudentT, Triangular, Truncated, Uniform, standard_cdf,
};

fn uniform(min: f64, max: f64) -> Dist {
    Uniform::new(min, max).unwrap().into()
}

fn beta(alpha: f64, beta: f64) -> Dist {
    Beta::new(alpha, beta, 0.0, 1.0).unwrap().into()
}

fn gamma(shape: f64, scale: f64) -> Dist {
    Gamma::new(shape, scale).unwrap().into()
}

fn truncated(of: Dist, min: Option<f64>, max: Option<f64>) -> Dist {
    Truncated::new(of, min, max).unwrap().into()
}

fn discrete(pairs: &[(f64, f64)]) -> Dist {
    Discrete::new(pairs).unwrap().into()
}

/// Both tails at `x`.
type Tails = fn(f64) -> (f64, f64);

/// Distributions whose tails have closed forms without cancellation, and where to look.
fn closed_forms() -> Vec<(Dist, Tails, Vec<f64>)> {
    let unit = || vec![1e-12, 1e-3, 0.1, 0.25, 0.4, 0.5, 0.75, 0.9, 0.999, 1.0 - 1e-9];
    let line = || vec![1e-9, 1e-3, 0.1, 0.5, 1.0, 2.0, 3.0, 3.5, 5.0, 10.0, 60.0, 300.0];
    let triangle = Triangular::new(0.0, 0.25, 1.0).unwrap().into();
    let mixture = Mixture::new([(0.25, uniform(0.0, 0.5)), (0.75, uniform(0.0, 1.0))]).unwrap().into();
    vec![
        (uniform(0.0, 1.0), |x| (x, 1.0 - x), unit()),
        (
            triangle,
            |x| {
                if x < 0.25 {
                    (4.0 * x * x, 1.0 - 4.0 * x * x)
                } else {
                    let above = (1.0 - x) * (1.0 - x) / 0.75;
                    (1.0 - above, above)
                }
            },
            unit(),
        ),
        (beta(3.5, 1.0), |x| (x.powf(3.5), -(3.5 * x.ln()).exp_m1()), unit()),
        (beta(0.05, 1.0), |x| (x.powf(0.05), -(0.05 * x.ln()).exp_m1()), unit()),
        (beta(1.0, 40.0), |x| (-(40.0 * (-x).ln_1p()).exp_m1(), (40.0 * (-x).ln_1p()).exp()), unit()),
        (
            beta(2.0, 3.0),
            |x| (x * x * (6.0 + x * (3.0 * x - 8.0)), (1.0 - x).powi(3) * (1.0 + 3.0 * x)),
            unit(),
        ),
        (gamma(1.0, 1.0), |x| (-(-x).exp_m1(), (-x).exp()), line()),
        (
            gamma(3.0, 2.0),
            |x| {
                let y = x / 2.0;
                // The rest of the series of e^y, which is all of it but three terms.
                let rest: f64 = (3..400).rev().fold(0.0, |sum, k| (sum + 1.0) * y / f64::from(k));
                (rest * y * y / 2.0 * (-y).exp(), (1.0 + y + y * y / 2.0) * (-y).exp())
            },
            line(),
        ),
        (gamma(0.5, 1.0), |x| (libm::erf(x.sqrt()), libm::erfc(x.sqrt())), line()),
        (Exponential::new(2.0).unwrap().into(), |x| (-(-2.0 * x).exp_m1(), (-2.0 * x).exp()), line()),
        (
            LogNormal::new(0.0, 0.5).unwrap().into(),
            |x| (standard_cdf(2.0 * x.ln()), standard_cdf(-2.0 * x.ln())),
            line(),
        ),
        (
            LogitNormal::new(0.5, 2.0, 0.0, 1.0).unwrap().into(),
            |x| {
                let z = ((x / (1.0 - x)).ln() - 0.5) / 2.0;
                (standard_cdf(z), standard_cdf(-z))
            },
            unit(),
        ),
        (
            StudentT::new(0.0, 1.0, 4.0).unwrap().into(),
            |x| {
                let root = (4.0 + x * x).sqrt();
                let far = 4.0 / (root + x.abs()) / root;
                let tail = far * far * (3.0 - far) / 4.0;
                if x < 0.0 { (tail, 1.0 - tail) } else { (1.0 - tail, tail) }
            },
            vec![-1e4, -30.0, -2.0, -0.3, -1e-3, 0.0, 1e-3, 0.3, 2.0, 30.0, 1e4],
        ),
        // What is left of a uniform is a uniform, and of an exponential the same exponential.
        (truncated(uniform(-2.0, 3.0), Some(0.0), Some(1.0)), |x| (x, 1.0 - x), unit()),
        (
            truncated(Exponential::new(1.0).unwrap().into(), None, Some(1.0)),
            |x| ((-x).exp_m1() / (-1f64).exp_m1(), ((-x).exp() - (-1f64).exp()) / -(-1f64).exp_m1()),
            unit(),
        ),
        (
            mixture,
            |x| (0.25 * (2.0 * x).min(1.0) + 0.75 * x, 0.25 * (1.0 - 2.0 * x).max(0.0) + 0.75 * (1.0 - x)),
            unit(),
        ),
    ]
}

/// Where a tail is worked out as the rest of the other, it is off by the last digits of 1; where it is small and yet has its own digits, by
/// some units of those.
#[test]
fn both_tails_as_in_closed_form() {
    for (dist, tails, at) in closed_forms() {
        for x in at {
            let ((below, above), shown) = (tails(x), format!("{dist} at {x}"));
            // The logarithms of the gamma functions leave 1e-13 of a tail.
            assert!((dist.cdf(x) - below).abs() <= 2e-13 * below + 1e-15, "{shown}: {} {below}", dist.cdf(x));
            let off = (dist.survival(x) - above).abs();
            assert!(off <= 2e-13 * above + 1e-15, "{shown}: {} {above}", dist.survival(x));
            // Far up in a tail p has no digits left that tell values apart.
            if below < 0.5 && below > 1e-12 {
                let found = tails(dist.quantile(below)).0;
                assert!((found - below).abs() < 2e-9, "{shown}: the quantile is at {found}, not {below}");
            }
        }
    }
    // Those that never are the rest of the other have their digits however small they are.
    for (dist, x, above) in [
        (Normal::new(1.0, 2.0).unwrap().into(), 41.0, 2.753_624_118_606_2e-89),
        (Exponential::new(2.0).unwrap().into(), 300.0, (-600f64).exp()),
        (gamma(3.0, 2.0), 300.0, (1.0 + 150.0 + 11_250.0) * (-150f64).exp()),
        (beta(1.0, 40.0), 1.0 - 1e-3, 1e-120),
    ] {
        assert!((dist.survival(x) / above - 1.0).abs() < 1e-11, "{dist}: {:e}", dist.survival(x));
    }
    assert!((Normal::new(1.0, 2.0).unwrap().cdf(-39.0) / 2.753_624_118_606_2e-89 - 1.0).abs() < 1e-11);
}

/// One of each family.
fn one_of_each() -> Vec<Dist> {
    let points = [(0.1, 3.0), (0.5, 5.0), (0.9, 8.0)];
    vec![
        Exact::new(2.5).unwrap().into(),
        Triangular::new(1.0, 2.0, 4.0).unwrap().into(),
        uniform(-3.0, 7.5),
        Normal::new(5.0, 0.5).unwrap().into(),
        LogNormal::new(0.25, 0.5).unwrap().into(),
        Exponential::new(3.0).unwrap().into(),
        Pert::new(7.0, 8.5, 10.0, 3.0).unwrap().into(),
        Beta::new(2.0, 5.0, -1.0, 3.0).unwrap().into(),
        gamma(2.5, 3.0),
        StudentT::new(1.0, 3.0, 9.0).unwrap().into(),
        LogitNormal::new(0.5, 1.25, 1.0, 10.0).unwrap().into(),
        Metalog::new(&points, Some(1.0), None).unwrap().into(),
        Metalog::new(&points, Some(1.0), Some(10.0)).unwrap().into(),
        discrete(&[(1.0, 0.25), (2.5, 0.75)]),
        Samples::new(&[1.0, 4.0, 4.0, 9.5]).unwrap().into(),
        truncated(Normal::new(5.0, 2.0).unwrap().into(), Some(1.0), Some(6.0)),
        truncated(gamma(2.5, 2.0), None, Some(6.0)),
        Mixture::new([(0.25, uniform(0.0, 1.0)), (0.75, Normal::new(3.0, 0.5).unwrap().into())])
            .unwrap()
            .into(),
    ]
}

#[test]
fn nothing_lies_beyond_the_ends() {
    for dist in one_of_each() {
        let (low, high) = dist.support();
        for x in [low - 1.0, low.next_down(), f64::MIN] {
            if x.is_finite() {
                assert_eq!((dist.cdf(x), dist.survival(x)), (0.0, 1.0), "{dist} at {x}");
            }
        }
        for x in [high, high + 1.0, f64::MAX] {
            // The cdf of a metalog is solved for, up to the last probability that is not 1.
            if high.is_finite() || x.is_finite() && !matches!(dist, Dist::Metalog(_)) {
                assert_eq!((dist.cdf(x), dist.survival(x)), (1.0, 0.0), "{dist} at {x}");
            }
        }
        let central = dist.central();
        assert!(low <= central && central <= high, "{dist}");
        match dist {
            Dist::Exponential(_)
            | Dist::Beta(_)
            | Dist::Gamma(_)
            | Dist::Discrete(_)
            | Dist::Samples(_)
            | Dist::Mixture(_) => {
                assert_eq!(central, dist.mean(), "{dist}");
            }
            _ => {}
        }
    }
}

/// Twice a distribution and one more has twice each quantile and one more, and is of the same family: where the family has such a
/// member, which those that begin at 0 have only of twice alone.
#[test]
fn straight_lines_of_a_distribution_have_its_quantiles() {
    for dist in one_of_each() {
        for constant in [1.0, 0.0] {
            let begins_at_0 = match &dist {
                Dist::LogNormal(_) | Dist::Exponential(_) | Dist::Gamma(_) => true,
                Dist::Truncated(d) => matches!(d.of(), Dist::Gamma(_)),
                _ => false,
            };
            let Some(line) = dist.linear(2.0, constant) else {
                assert!(begins_at_0 && constant != 0.0, "{dist}");
                continue;
            };
            let line = line.unwrap();
            assert!(!begins_at_0 || constant == 0.0, "{dist}");
            assert_eq!(std::mem::discriminant(&line), std::mem::discriminant(&dist));
            let to = |x: f64| 2.0 * x + constant;
            let near = |x: f64, y: f64| x == y || (x - y).abs() < 1e-9 * (1.0 + y.abs());
            for p in [0.0, 1e-6, 0.1, 0.3, 0.5, 0.8, 0.99, 1.0] {
                assert!(near(line.quantile(p), to(dist.quantile(p))), "{dist} at {p}");
            }
            assert!(
                near(line.mean(), to(dist.mean())) && near(line.variance(), 4.0 * dist.variance()),
                "{dist}"
            );
            assert!(
                near(line.support().0, to(dist.support().0)) && near(line.support().1, to(dist.support().1))
            );
            assert!(near(line.central(), to(dist.central())), "{dist}");
        }
    }
    let all = one_of_each();
    for (i, one) in all.iter().enumerate() {
        assert!(one == &one_of_each()[i] && all[..i].iter().all(|other| other != one), "{one}");
    }
    for (one, other) in [(2.0, 3.0), (3.0, 2.0)].map(|(shape, scale)| (gamma(2.0, 2.0), gamma(shape, scale)))
    {
        assert_ne!(one, other, "one parameter differs");
    }
    let part = Mixture::new([(0.5, gamma(2.0, 1.0)), (0.5, uniform(0.0, 1.0))]).unwrap();
    assert!(Dist::from(part).linear(1.0, 1.0).is_none(), "a part that cannot be shifted");
    assert!(gamma(2.0, 1e300).linear(1e10, 0.0).unwrap().is_err(), "too large");
}

/// Values with a probability of their own, and where densities break.
#[test]
fn atoms_and_knots() {
    let (exact, pair): (Dist, Dist) = (Exact::new(2.0).unwrap().into(), discrete(&[(1.0, 0.5), (3.0, 0.5)]));
    let triangle: Dist = Triangular::new(0.0, 1.0, 5.0).unwrap().into();
    let samples: Dist = Samples::new(&[1.0, 4.0, 4.0]).unwrap().into();
    let cut = truncated(pair.clone(), Some(2.0), Some(3.0));
    let mixed: Dist = Mixture::new([(0.5, exact.clone()), (0.5, triangle.clone())]).unwrap().into();
    let open: Dist = Mixture::new([(0.5, Exponential::new(1.0).unwrap().into()), (0.5, uniform(-1.0, 1.0))])
        .unwrap()
        .into();
    for (dist, atoms, knots) in [
        (&exact, vec![2.0], vec![2.0]),
        (&pair, vec![1.0, 3.0], vec![1.0, 3.0]),
        (&samples, vec![1.0, 4.0, 4.0], vec![1.0, 4.0, 4.0]),
        (&triangle, vec![], vec![1.0]),
        (&mixed, vec![2.0], vec![2.0, 2.0, 2.0, 1.0, 0.0, 5.0]),
        (&open, vec![], vec![0.0, -1.0, 1.0]),
        (&uniform(0.0, 1.0), vec![], vec![]),
    ] {
        assert_eq!((dist.atoms(), dist.knots()), (atoms, knots), "{dist}");
    }
    assert_eq!((cut.atoms(), cut.knots()), (vec![3.0], vec![3.0]));
    // Both ends of the support belong to it.
    for (min, max, knots) in
        [(0.5, 2.0, vec![1.0]), (1.0, 2.0, vec![1.0]), (0.5, 1.0, vec![1.0]), (1.5, 2.0, vec![])]
    {
        assert_eq!(truncated(triangle.clone(), Some(min), Some(max)).knots(), knots, "{min}..{max}");
    }
    for (dist, value) in
        [(&exact, Some(2.0)), (&discrete(&[(7.0, 1.0)]), Some(7.0)), (&pair, None), (&triangle, None)]
    {
        assert_eq!(dist.exact(), value, "{dist}");
    }
}

/// Whether a family accepts a parameter.
type Accepts<'a> = &'a dyn Fn(f64) -> bool;

/// The last numbers that are accepted, and the first beyond them.
#[test]
fn limits_are_where_they_are_said_to_be() {
    let accepts: [(Accepts, f64, f64); 9] = [
        (&|x| Beta::new(x, 1.0, 0.0, 1.0).is_ok(), 0.05, 1e5),
        (&|x| Beta::new(1.0, x, 0.0, 1.0).is_ok(), 0.05, 1e5),
        (&|x| Gamma::new(x, 1.0).is_ok(), 0.05, 1e5),
        (&|x| StudentT::new(0.0, 1.0, x).is_ok(), 2.01, 199_999.0),
        (&|x| Pert::new(0.0, 1.0, 2.0, x).is_ok(), 0.0_f64.next_up(), 99_999.0),
        (&|x| Triangular::new(0.0, x, 1.0).is_ok(), 0.0, 1.0),
        (&|x| Pert::new(0.0, x, 1.0, 4.0).is_ok(), 0.0, 1.0),
        (&|x| Discrete::new(&[(0.0, x), (1.0, 1.0 - x)]).is_ok(), 0.0, 1.0),
        (&|x| Mixture::new([(x, uniform(0.0, 1.0)), (1.0 - x, uniform(0.0, 1.0))]).is_ok(), 0.0, 1.0),
    ];
    for (place, (accepts, least, most)) in accepts.into_iter().enumerate() {
        let found = [least.next_down(), least, most, most.next_up()].map(accepts);
        assert_eq!(found, [false, true, true, false], "{place}");
    }
    let sum = |off: f64| Discrete::new(&[(0.0, 0.5), (1.0, 0.5 + off)]).is_ok();
    assert!([-0.9e-9, 0.9e-9].map(sum) == [true; 2] && [-1.1e-9, 1.1e-9].map(sum) == [false; 2]);
    // A millionth must be left between bounds.
    let cut = |left: f64| Truncated::new(uniform(0.0, 1.0), None, Some(left)).is_ok();
    assert!(cut(1.001e-6) && !cut(0.999e-6));
}

/// All digits, or as many decimals as wanted and no zeros after them; huge numbers and long lists are cut for people alone.
#[test]
fn how_they_are_written() {
    let normal: Dist = Normal::new(1.23456, 2.0).unwrap().into();
    assert_eq!(format!("{normal} {normal:.2}"), "Normal(mean: 1.23456, sd: 2) Normal(mean: 1.23, sd: 2)");
    let far: Dist = Normal::new(1_234_567_890.25, 0.5).unwrap().into();
    assert_eq!(format!("{far:.1}"), "Normal(mean: 1234567890.25, sd: 0.5)");
    let near: Dist = Normal::new(-999_999_999.25, 0.999).unwrap().into();
    assert_eq!(format!("{near:.1}"), "Normal(mean: -999999999.2, sd: 1)");
    let samples = |n: u32| Dist::from(Samples::new(&(0..n).map(f64::from).collect::<Vec<_>>()).unwrap());
    assert_eq!(format!("{:.1}", samples(8)), "Samples([0, 1, 2, 3, 4, 5, 6, 7])");
    assert_eq!(format!("{:.1}", samples(9)), "Samples([0, 1, 2, 3, 4, 5, 6, 7, … 9 in all])");
    assert_eq!(format!("{}", samples(9)), "Samples([0, 1, 2, 3, 4, 5, 6, 7, 8])");
    let mixture = Mixture::new([(0.25, samples(1)), (0.75, normal)]).unwrap();
    assert_eq!(format!("{mixture:.1}"), "Mixture([(0.2, Samples([0])), (0.8, Normal(mean: 1.2, sd: 2))])");
}
