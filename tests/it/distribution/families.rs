//! The families against tables, against statrs, against their own integrals, and against rand_distr's samplers.

use crate::support::*;
use headstart::distribution::{
    Beta, Discrete, Dist, Exponential, FAMILIES, Gamma, LogNormal, LogitNormal, Metalog, Mixture, Normal,
    Pert, Samples, StudentT, Triangular, Truncated, Uniform,
};
use rand_distr::Distribution as _;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;
use statrs::distribution::{Continuous as _, ContinuousCDF};

/// Every family, with ordinary shapes and with those at the edge of what it allows.
fn families() -> Vec<Dist> {
    let triangular = |a, b, c| Dist::from(Triangular::new(a, b, c).unwrap());
    let normal = |mean, sd| Dist::from(Normal::new(mean, sd).unwrap());
    vec![
        triangular(1.0, 2.0, 4.0),
        triangular(1.0, 1.0, 2.5),
        triangular(8.5, 10.0, 10.0),
        triangular(-1e3, 0.1, 0.2),
        Uniform::new(-3.0, 7.5).unwrap().into(),
        Normal::new(5.0, 0.3).unwrap().into(),
        Normal::new(-1e3, 1e-3).unwrap().into(),
        Exponential::new(1.0).unwrap().into(),
        Exponential::new(1e-3).unwrap().into(),
        LogNormal::new(0.2, 0.3).unwrap().into(),
        LogNormal::new(-3.0, 1.5).unwrap().into(),
        Pert::new(7.0, 8.5, 10.0, 4.0).unwrap().into(),
        Pert::new(1.0, 1.0, 2.5, 4.0).unwrap().into(),
        Beta::new(2.0, 5.0, 0.0, 1.0).unwrap().into(),
        Beta::new(0.5, 0.4, -1.0, 3.0).unwrap().into(),
        Gamma::new(2.5, 2.0).unwrap().into(),
        StudentT::new(1.0, 2.0, 9.0).unwrap().into(),
        LogitNormal::new(0.5, 1.2, 1.0, 10.0).unwrap().into(),
        Metalog::new(&[(0.1, 3.0), (0.5, 5.0), (0.9, 8.0)], Some(1.0), Some(10.0)).unwrap().into(),
        Metalog::new(&[(0.05, 3.0), (0.3, 4.5), (0.5, 5.0), (0.9, 6.0)], None, None).unwrap().into(),
        Metalog::new(&[(0.1, 3.0), (0.9, 8.0)], Some(0.0), None).unwrap().into(),
        Truncated::new(Normal::new(9.0, 2.0).unwrap().into(), Some(1.0), Some(10.0)).unwrap().into(),
        Truncated::new(Exponential::new(1.0).unwrap().into(), None, Some(2.0)).unwrap().into(),
        Mixture::new([(0.3, normal(0.0, 1.0)), (0.7, normal(4.0, 0.5))]).unwrap().into(),
        Mixture::new([(0.5, triangular(1.0, 2.0, 4.0)), (0.5, triangular(3.0, 4.0, 5.0))]).unwrap().into(),
    ]
}

fn triangular(key: &str) -> (Triangular, f64) {
    let numbers: Vec<f64> =
        key.split(|c: char| "(), =Tripe".contains(c)).filter_map(|n| n.parse().ok()).collect();
    let p: f64 = key.split_once("p=").unwrap().1.parse().unwrap();
    (Triangular::new(numbers[0], numbers[1], numbers[2]).unwrap(), p)
}

#[test]
fn quantiles_as_tabulated() {
    let oracles = oracles();
    for (p, truth) in oracles["quantiles"]["normal_inverse_cdf"]["values"].as_object().unwrap() {
        let (p, truth): (f64, f64) = (p.parse().unwrap(), truth.as_f64().unwrap());
        let x = Normal::new(0.0, 1.0).unwrap().quantile(p);
        assert!((x / truth - 1.0).abs() < 2e-14, "{p}: {x} against {truth}");
    }
    for (key, truth) in oracles["quantiles"]["triangular_inverse_cdf"]["values"].as_object().unwrap() {
        let ((dist, p), truth) = (triangular(key), truth.as_f64().unwrap());
        let x = dist.quantile(p);
        // What the last bit of p makes of it, and the digits that the table gives.
        let last_bit = dist.quantile(p.next_up().min(1.0)) - dist.quantile(p.next_down().max(0.0));
        assert!((x - truth).abs() < last_bit + 1e-14 * truth, "{key}: {x} against {truth}");
    }
}

#[test]
fn the_cdf_undoes_the_quantile() {
    for dist in families() {
        let (low, high) = dist.support();
        assert_eq!((dist.quantile(0.0), dist.quantile(1.0)), (low, high), "{dist}");
        let mut last = f64::NEG_INFINITY;
        for step in 1..10_000 {
            let p = f64::from(step) / 10_000.0;
            let x = dist.quantile(p);
            assert!(x >= last && (low..=high).contains(&x), "{dist} is monotone at {p}");
            last = x;
            // An error of one unit in x becomes density times that in p. Tables have an error of their own, and the cdf
            // of a metalog is solved for.
            let nearby = (dist.cdf(x.next_up()) - dist.cdf(x.next_down())).abs();
            let table = matches!(
                dist,
                Dist::Beta(_) | Dist::Pert(_) | Dist::Gamma(_) | Dist::StudentT(_) | Dist::Mixture(_)
            );
            let own = if table {
                1e-9
            } else if matches!(dist, Dist::Metalog(_)) {
                1e-14
            } else {
                4e-16
            };
            assert!((dist.cdf(x) - p).abs() < 4.0 * nearby + own, "{dist} at {p}: {}", dist.cdf(x) - p);
        }
    }
}

/// Mean and variance are integrals of the quantile function over (0, 1): here by the trapezoidal rule over z with
/// p = Phi(z), which converges fast, as the integrand and its slopes vanish at both ends.
#[test]
fn moments_are_integrals() {
    let normal = Normal::new(0.0, 1.0).unwrap();
    let (n, reach) = (200_000, 8.2);
    for dist in families() {
        let integral = |f: &dyn Fn(f64) -> f64| -> f64 {
            let step = 2.0 * reach / f64::from(n);
            let term = |i: i32| {
                let z = -reach + f64::from(i) * step;
                (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * f(dist.quantile(normal.cdf(z)))
            };
            (0..=n).map(term).sum::<f64>() * step
        };
        let mean = integral(&|x| x);
        let variance = integral(&|x| (x - dist.mean()).powi(2));
        let sd = dist.variance().sqrt();
        assert!((mean - dist.mean()).abs() < 1e-8 * (sd + dist.mean().abs()), "{dist}: mean {mean}");
        assert!((variance / dist.variance() - 1.0).abs() < 1e-6, "{dist}: variance {variance}");
    }
}

fn agree(ours: &Dist, theirs: &impl ContinuousCDF<f64, f64>) {
    for step in 1..1000 {
        let p = f64::from(step) / 1000.0;
        let x = ours.quantile(p);
        // statrs computes its error function to about 1e-11.
        assert!((theirs.cdf(x) - p).abs() < 1e-10, "{ours} at {p}");
    }
}

#[test]
fn cdfs_of_families_match_statrs() {
    let uniform = statrs::distribution::Uniform::new(-3.0, 7.5).unwrap();
    let normal = statrs::distribution::Normal::new(5.0, 0.3).unwrap();
    let triangular = statrs::distribution::Triangular::new(1.0, 4.0, 2.0).unwrap();
    assert!(triangular.pdf(2.0) > 0.0);
    let log_normal = statrs::distribution::LogNormal::new(0.2, 0.3).unwrap();
    agree(&LogNormal::new(0.2, 0.3).unwrap().into(), &log_normal);
    let exponential = statrs::distribution::Exp::new(2.5).unwrap();
    agree(&Exponential::new(2.5).unwrap().into(), &exponential);
    agree(&Uniform::new(-3.0, 7.5).unwrap().into(), &uniform);
    agree(&Normal::new(5.0, 0.3).unwrap().into(), &normal);
    agree(&Triangular::new(1.0, 2.0, 4.0).unwrap().into(), &triangular);
}

fn statistic(dist: &Dist, mut draws: Vec<f64>) -> f64 {
    draws.sort_by(f64::total_cmp);
    let n = draws.len() as f64;
    let distance = |(i, x): (usize, &f64)| {
        let p = dist.cdf(*x);
        (p - i as f64 / n).max((i + 1) as f64 / n - p)
    };
    draws.iter().enumerate().map(distance).fold(0.0, f64::max) * n.sqrt()
}

/// Kolmogorov-Smirnov: our draws against our cdf, and rand_distr's draws against our cdf. The statistic times the
/// root of n exceeds 2.75 with probability 2 exp(-2 * 2.75^2) = 5e-7, five standard errors of a normal.
#[test]
fn draws_follow_the_cdf() {
    const N: usize = 200_000;
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(42);
    for dist in families() {
        let draws: Vec<f64> = (0..N).map(|_| dist.sample(&mut rng)).collect();
        assert!(statistic(&dist, draws) < 2.75, "{dist}");
    }
    let theirs = rand_distr::Triangular::new(1.0, 4.0, 2.0).unwrap();
    let draws = (0..N).map(|_| theirs.sample(&mut rng)).collect();
    assert!(statistic(&Triangular::new(1.0, 2.0, 4.0).unwrap().into(), draws) < 2.75);
    let theirs = rand_distr::Normal::new(5.0, 0.3).unwrap();
    let draws = (0..N).map(|_| theirs.sample(&mut rng)).collect();
    assert!(statistic(&Normal::new(5.0, 0.3).unwrap().into(), draws) < 2.75);
    let theirs = rand_distr::LogNormal::new(0.2, 0.3).unwrap();
    let draws = (0..N).map(|_| theirs.sample(&mut rng)).collect();
    assert!(statistic(&LogNormal::new(0.2, 0.3).unwrap().into(), draws) < 2.75);
    let theirs = rand_distr::Exp::new(2.5).unwrap();
    let draws = (0..N).map(|_| theirs.sample(&mut rng)).collect();
    assert!(statistic(&Exponential::new(2.5).unwrap().into(), draws) < 2.75);
    let theirs = rand_distr::Pert::new(7.0, 10.0).with_mode(8.5).unwrap();
    let draws = (0..N).map(|_| theirs.sample(&mut rng)).collect();
    assert!(statistic(&Pert::new(7.0, 8.5, 10.0, 4.0).unwrap().into(), draws) < 2.75);
    let theirs = rand_distr::Beta::new(0.5, 3.0).unwrap();
    let draws = (0..N).map(|_| theirs.sample(&mut rng)).collect();
    assert!(statistic(&Beta::new(0.5, 3.0, 0.0, 1.0).unwrap().into(), draws) < 2.75);
    let theirs = rand_distr::Gamma::new(2.5, 2.0).unwrap();
    let draws = (0..N).map(|_| theirs.sample(&mut rng)).collect();
    assert!(statistic(&Gamma::new(2.5, 2.0).unwrap().into(), draws) < 2.75);
    let theirs = rand_distr::StudentT::new(9.0).unwrap();
    let draws = (0..N).map(|_| 1.0 + 2.0 * theirs.sample(&mut rng)).collect();
    assert!(statistic(&StudentT::new(1.0, 2.0, 9.0).unwrap().into(), draws) < 2.75);
    let theirs = rand_distr::Uniform::new(-3.0, 7.5).unwrap();
    let draws = (0..N).map(|_| theirs.sample(&mut rng)).collect();
    assert!(statistic(&Uniform::new(-3.0, 7.5).unwrap().into(), draws) < 2.75);
}

/// What a constructor must refuse: each parameter not finite, and each order broken.
#[test]
fn bad_parameters_are_refused() {
    for family in FAMILIES {
        let n = family.parameters().count();
        // Rising, so that bounds are in order, and above 2, below which Student's t has no variance.
        let good: Vec<f64> = (0..n).map(|i| 3.0 + i as f64).collect();
        assert!((family.build)(&good).is_ok(), "{}", family.name);
        for index in 0..good.len() {
            for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                let mut parameters = good.clone();
                parameters[index] = bad;
                assert!((family.build)(&parameters).is_err(), "{} {parameters:?}", family.name);
            }
        }
    }
    assert!(Triangular::new(1.0, 1.0, 1.0).is_err());
    assert!(Triangular::new(2.0, 1.0, 3.0).is_err());
    assert!(Triangular::new(1.0, 4.0, 3.0).is_err());
    assert!(Uniform::new(1.0, 1.0).is_err());
    assert!(Uniform::new(2.0, 1.0).is_err());
    assert!(Normal::new(0.0, 0.0).is_err());
    assert!(Normal::new(0.0, -1.0).is_err());
    assert!(Exponential::new(0.0).is_err());
    assert!(LogNormal::new(0.0, -1.0).is_err());
    assert!(LogNormal::new(0.0, 100.0).is_err(), "draws of up to exp(830)");
    assert!(LogNormal::new(500.0, 1.0).is_err());
}

/// The published coefficients make the published quantiles, and stated quantiles are met exactly.
#[test]
fn metalogs_as_tabulated() {
    let oracles = oracles();
    let values = oracles["quantiles"]["metalog_spt_unbounded"]["values"].as_object().unwrap();
    for (key, truth) in values {
        let numbers: Vec<f64> =
            key.split(|c: char| "alph=, q()".contains(c)).filter_map(|n| n.parse().ok()).collect();
        let [alpha, low, middle, high] = numbers[..] else { panic!("{key}") };
        let points = [(alpha, low), (0.5, middle), (1.0 - alpha, high)];
        let dist = Metalog::new(&points, None, None).unwrap();
        for (name, p) in [("Q01", 0.01), ("Q25", 0.25), ("Q75", 0.75), ("Q99", 0.99)] {
            let truth = truth[name].as_f64().unwrap();
            assert!((dist.quantile(p) - truth).abs() < 1e-11, "{key} {name}: {}", dist.quantile(p));
        }
    }
    let points = [(0.1, 3.0), (0.5, 5.0), (0.9, 8.0)];
    for (min, max) in [(None, None), (Some(1.0), None), (None, Some(10.0)), (Some(1.0), Some(10.0))] {
        let dist = Metalog::new(&points, min, max).unwrap();
        for (p, x) in points {
            assert!((dist.quantile(p) - x).abs() < 1e-12);
        }
    }
    // The median may stand at 0.166578 of the way at least: here at 0.16 of it, and then just inside.
    let median = |x| Metalog::new(&[(0.1, 0.0), (0.5, x), (0.9, 1.0)], None, None);
    assert!(median(0.16).is_err() && median(0.84).is_err());
    assert!(median(0.17).is_ok() && median(0.83).is_ok());
    assert!(Metalog::new(&[(0.1, 1.0), (0.9, 100.0)], Some(0.0), None).is_err(), "infinite variance");
    assert!(Metalog::new(&[(0.1, 0.0), (0.4, 1.0), (0.5, 1.01), (0.9, 9.0)], None, None).is_err(), "falls");
    assert!(Metalog::new(&[(0.5, 0.0), (0.4, 1.0)], None, None).is_err());
    assert!(Metalog::new(&[(0.5, 1.0)], None, None).is_err());
    assert!(Metalog::new(&[(0.1, 1.0), (0.9, 4.0)], Some(1.0), None).is_err(), "a quantile at the bound");
}

/// Truncation conditions: a uniform cut to a part is the uniform there, and an exponential is memoryless.
#[test]
fn truncation_is_conditioning() {
    let uniform = Truncated::new(Uniform::new(0.0, 10.0).unwrap().into(), Some(2.0), Some(4.0)).unwrap();
    let exponential = Truncated::new(Exponential::new(0.5).unwrap().into(), Some(3.0), None).unwrap();
    for n in 1..100 {
        let p = f64::from(n) / 100.0;
        assert!((uniform.quantile(p) - (2.0 + 2.0 * p)).abs() < 1e-14);
        let memoryless = 3.0 - (1.0 - p).ln() / 0.5;
        assert!((exponential.quantile(p) / memoryless - 1.0).abs() < 1e-14);
    }
    assert!((uniform.mean() - 3.0).abs() < 1e-9, "{}", uniform.mean());
    assert!((exponential.mean() - 5.0).abs() < 1e-7, "{}", exponential.mean());
    assert!((exponential.variance() / 4.0 - 1.0).abs() < 1e-6);
    let normal = || Normal::new(0.0, 1.0).unwrap().into();
    assert!(Truncated::new(normal(), Some(6.0), None).is_err(), "1e-9 of it is left");
    assert!(Truncated::new(normal(), Some(2.0), Some(1.0)).is_err());
}

/// Two experts in a linear pool: the mean of their means, and their disagreement in the variance.
#[test]
fn a_pool_of_experts() {
    let truth = &oracles()["pooling"]["two_experts_normal"]["values"]["lop"];
    let normal = |mean, sd| Dist::from(Normal::new(mean, sd).unwrap());
    let pool = Mixture::new([(0.5, normal(4.0, 0.5)), (0.5, normal(6.0, 1.0))]).unwrap();
    assert!((pool.survival(5.5) - truth["P"].as_f64().unwrap()).abs() < 1e-14);
    assert!((pool.mean() - truth["mean"].as_f64().unwrap()).abs() < 1e-14);
    assert!((pool.variance() - truth["variance"].as_f64().unwrap()).abs() < 1e-14);
    assert!((pool.survival(pool.quantile(0.9)) - 0.1).abs() < 1e-9);
}

#[test]
fn samples_are_an_empirical_distribution() {
    let dist = Samples::new(&[3.0, 1.0, 1.0, 7.0]).unwrap();
    for (p, x) in [(0.0, 1.0), (0.5, 1.0), (0.51, 3.0), (0.75, 3.0), (0.76, 7.0), (1.0, 7.0)] {
        assert_eq!(dist.quantile(p), x, "quantile at {p}");
    }
    for (x, p) in [(0.0, 0.0), (1.0, 0.5), (3.0, 0.75), (7.0, 1.0)] {
        assert_eq!((dist.cdf(x), dist.survival(x)), (p, 1.0 - p));
    }
    assert_eq!((dist.mean(), dist.variance()), (3.0, 6.0));
    assert!(Samples::new(&[]).is_err() && Samples::new(&[f64::NAN]).is_err());
}

#[test]
fn a_finite_distribution() {
    let dist = Discrete::new(&[(3.0, 0.3), (1.0, 0.2), (7.0, 0.0), (2.0, 0.5)]).unwrap();
    assert_eq!(dist.support(), (1.0, 3.0), "a value of probability 0 is none");
    for (p, x) in [(0.0, 1.0), (0.2, 1.0), (0.2_f64.next_up(), 2.0), (0.7, 2.0), (0.71, 3.0), (1.0, 3.0)] {
        assert_eq!(dist.quantile(p), x, "quantile at {p}");
    }
    for (x, p) in [(0.9, 0.0), (1.0, 0.2), (1.9, 0.2), (2.0, 0.7), (3.0, 1.0), (9.0, 1.0)] {
        assert_eq!(dist.cdf(x), p, "cdf at {x}");
    }
    assert!((dist.mean() - 2.1).abs() < 1e-15);
    assert!((dist.variance() - 0.49).abs() < 1e-15);
    for bad in
        [&[][..], &[(1.0, 0.5)], &[(1.0, 1.5), (2.0, -0.5)], &[(1.0, 0.5), (1.0, 0.5)], &[(f64::NAN, 1.0)]]
    {
        assert!(Discrete::new(bad).is_err(), "{bad:?}");
    }
}

/// What each family draws from a seeded generator: a change of these is value-breaking, and stands in the changelog
/// as such. `BLESS=1 cargo test` writes them anew.
#[test]
fn draws_are_as_they_were_pinned() {
    let discrete: Dist = Discrete::new(&[(1.0, 0.2), (2.0, 0.5), (3.0, 0.3)]).unwrap().into();
    let mut lines = String::new();
    for dist in families().into_iter().chain([discrete]) {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
        let draws: Vec<String> = (0..5).map(|_| dist.sample(&mut rng).to_string()).collect();
        lines += &format!("{dist}: {}\n", draws.join(" "));
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(root().join("tests/data/pinned_draws.txt"), &lines).unwrap();
    }
    assert_eq!(lines, read("tests/data/pinned_draws.txt"));
}
