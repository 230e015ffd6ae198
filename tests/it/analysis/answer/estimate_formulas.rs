//! Estimates, their errors and their intervals, as their formulas say, worked out a second time from each draw.

use crate::support::*;
use headstart::Control;
use headstart::analysis::{Basis, Estimate, Measured, Z95, explain, wilson};
use headstart::sampler::Run;
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};
use statrs::function::factorial::ln_factorial;

fn z(alpha: f64) -> f64 {
    Normal::new(0.0, 1.0).unwrap().inverse_cdf(1.0 - alpha / 2.0)
}

/// An estimate of a share of plain draws.
fn share(happened: u32, n: u32) -> Estimate {
    Estimate::of_sums(f64::from(happened), f64::from(happened), u64::from(n))
}

/// Wilson's ends are where the share lies so many standard errors off, each at its own variance.
#[test]
fn the_ends_of_an_interval() {
    for (p, n) in [(0.3, 50.0), (0.5, 7.0), (0.94, 1000.0), (1e-4, 1e4)] {
        for z in [1.0, Z95, 4.0] {
            let (low, high) = wilson(p, n, z);
            assert!(0.0 < low && low < p && p < high && high < 1.0);
            for end in [low, high] {
                let errors = (p - end).abs() / (end * (1.0 - end) / n).sqrt();
                assert!((errors / z - 1.0).abs() < 1e-9, "{p} of {n}: {end} is {errors} errors off");
            }
        }
    }
    let n = 20.0;
    // Nothing seen: the upper end solves p = z^2 (1 - p) / n.
    let (low, high) = wilson(0.0, n, 2.0);
    assert!(low == 0.0 && (high - 4.0 / (n + 4.0)).abs() < 1e-15);
    let (low, high) = wilson(1.0, n, 2.0);
    assert!(high == 1.0 && (low - n / (n + 4.0)).abs() < 1e-15);
}

/// The ends of an interval for k of n draws are points of beta distributions: between those of Clopper and Pearson and those with half
/// a draw less at each end, which each leave half of `alpha` outside.
#[track_caller]
fn shares_its_error(low: f64, high: f64, (k, n): (f64, f64), alpha: f64) {
    let beyond = |a: f64, b: f64, x: f64| statrs::function::beta::beta_reg(a, b, x) / (alpha / 2.0);
    let close = 1.1;
    if k > 0.0 {
        let (least, most) = (beyond(k + 0.5, n - k + 0.5, low), beyond(k, n - k + 1.0, low));
        assert!(least < close && most > 1.0 / close, "{k} of {n}, {alpha}: {low} has {least} to {most}");
    } else {
        assert_eq!(low, 0.0);
    }
    if k < n {
        let (least, most) = (beyond(n - k + 0.5, k + 0.5, 1.0 - high), beyond(n - k, k + 1.0, 1.0 - high));
        assert!(least < close && most > 1.0 / close, "{k} of {n}, {alpha}: {high} has {least} to {most}");
    } else {
        assert_eq!(high, 1.0);
    }
}

/// How often the interval for a share of n draws misses it, by the law of the binomial and no draw: for rare events never much more than
/// it says, and on average over events that are neither rare nor nearly certain just that.
#[test]
fn shares_of_draws_are_covered() {
    let n = 400_u32;
    let size = f64::from(n);
    let ln_choose = |k: u32| ln_factorial(n.into()) - ln_factorial(k.into()) - ln_factorial((n - k).into());
    for alpha in [0.05, 0.001, 1e-5] {
        let ends: Vec<(f64, f64)> = (0..=n)
            .map(|k| share(k, n).at_level(alpha))
            .map(|estimate| (estimate.low, estimate.high))
            .collect();
        assert!(ends.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1));
        let missed = |p: f64| -> f64 {
            let outside = (0..=n).filter(|&k| !(ends[k as usize].0..=ends[k as usize].1).contains(&p));
            let law = |k: u32| (ln_choose(k) + f64::from(k) * p.ln() + f64::from(n - k) * (-p).ln_1p()).exp();
            outside.map(law).sum()
        };
        // From a hundredth of an expected event to half of all.
        let all: Vec<(f64, f64)> = (0..400)
            .map(|step| 0.01 / size * (50.0 * size).powf(f64::from(step) / 399.0))
            .map(|p| (p, missed(p) / alpha))
            .collect();
        for (p, missed) in &all {
            assert!(*missed < 1.3, "{p} at {alpha}: {missed} times");
        }
        let ordinary: Vec<f64> =
            all.iter().filter(|(p, _)| p * size > 20.0).map(|(_, missed)| *missed).collect();
        let mean = ordinary.iter().sum::<f64>() / ordinary.len() as f64;
        assert!((0.85..1.05).contains(&mean), "{mean} times {alpha}");
    }
}

/// Another level is another share outside where draws were counted, and another number of standard errors by Student's t where
/// scrambles were.
#[test]
fn intervals_at_another_level() {
    for (happened, n) in [(30, 100), (51, 100), (99, 100), (700, 1000), (3, 50_000), (0, 20)] {
        let counted = share(happened, n);
        for alpha in [0.5, 0.05, 0.005, 1e-6] {
            let there = counted.at_level(alpha);
            shares_its_error(there.low, there.high, (f64::from(happened), f64::from(n)), alpha);
            let p = f64::from(happened) / f64::from(n);
            assert_eq!((there.probability, there.mcse, there.n()), (p, counted.mcse, counted.n()));
        }
    }
    let t = StudentsT::new(0.0, 1.0, 15.0).unwrap();
    let integrated = Estimate::new(0.4, 0.01, (0.38, 0.43), Basis::Integrated);
    assert!(integrated.is_integrated() && !share(1, 2).is_integrated());
    for alpha in [0.5, 0.05, 0.005] {
        let there = integrated.at_level(alpha);
        let times = t.inverse_cdf(1.0 - alpha / 2.0) / t.inverse_cdf(0.975);
        assert!((there.low - (0.4 - 0.02 * times)).abs() < 1e-9, "{alpha}: {there:?}");
        assert!((there.high - (0.4 + 0.03 * times)).abs() < 1e-9, "{alpha}: {there:?}");
    }
    let wide = Estimate { low: 0.1, high: 0.9, ..integrated }.at_level(1e-4);
    assert_eq!((wide.low, wide.high), (0.0, 1.0), "a probability stays one");
    assert!((integrated.half_width() - 0.025).abs() < 1e-15);
}

/// Of several looks each has its share of the error, so what one look would settle ten may not.
#[test]
fn settled_after_several_looks() {
    let n = 10_000;
    // So many errors above one half: within the interval of one look in ten, z(0.005) = 2.8, and outside of that of one.
    let at = |errors: f64| (f64::from(n) / 2.0 + errors * f64::from(n).sqrt() / 2.0).round() as u32;
    for (errors, looks, settled) in [
        (2.4, 1, true),
        (2.4, 10, false),
        (3.2, 10, true),
        (-2.4, 1, true),
        (-2.4, 10, false),
        (-3.2, 10, true),
        (1.5, 1, false),
    ] {
        let estimate = Estimate { looks, ..share(at(errors), n) };
        assert_eq!(estimate.is_settled(), settled, "{errors} errors after {looks}");
    }
}

/// What a sum over worlds comes to in each draw, and an estimate of its mean from the definition: the variance of that, and points of
/// beta distributions with the mean and the variance of all draws and one more, which lies at the end or on both sides.
#[track_caller]
fn from_draws(estimate: Estimate, values: &[f64], what: &str) {
    let n = values.len() as f64;
    let moments = |values: &[f64]| {
        let size = values.len() as f64;
        let mean = values.iter().sum::<f64>() / size;
        (mean, values.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / size)
    };
    let (mean, variance) = moments(values);
    let near = |ours: f64, theirs: f64, name: &str| {
        assert!((ours - theirs).abs() < 1e-12, "{what}: the {name} is {ours}, not {theirs}");
    };
    near(estimate.probability, mean, "probability");
    near(estimate.mcse * estimate.mcse, variance / n, "squared error");
    let weight = 1.0 - 0.5 * (n * variance) / (n * variance + 10.0);
    let shapes = |share: f64| {
        let all = values.iter().map(|y| (*y, 1.0)).chain([(1.0, share), (0.0, 1.0 - share)]);
        let mean = all.clone().map(|(y, w)| w * y).sum::<f64>() / (n + 1.0);
        let variance = all.map(|(y, w)| w * (y - mean).powi(2)).sum::<f64>() / (n + 1.0);
        let size = (n + 2.0) * mean * (1.0 - mean) / variance - 1.0;
        (mean * size, (1.0 - mean) * size)
    };
    let outside = |(a, b): (f64, f64), x: f64, name: &str| {
        let share = statrs::function::beta::beta_reg(a, b, x) / 0.025;
        assert!((share - 1.0).abs() < 0.02, "{what}: beyond the {name} lies {share}");
    };
    if mean > 0.0 {
        outside(shapes(1.0 - weight), estimate.low, "lower end");
    } else {
        assert_eq!(estimate.low, 0.0);
    }
    let (a, b) = shapes(weight);
    outside((b, a), 1.0 - estimate.high, "upper end");
    assert_eq!((estimate.n(), estimate.looks), (values.len() as u64, 1));
}

/// Three worlds of one number: x is before y where that is above 0.5, 0.8 or 0.3, so the counts of the worlds say what happened in each
/// draw. Few draws, so that what is added to them can be seen.
#[test]
fn errors_of_sums_over_worlds() {
    let weights = [0.3, 0.5, 0.2];
    let scenario = one_factor(
        &["Uniform(min: 0, max: 1)"],
        &["ByWorld(\"w\", {\"a\": Exact(0.5), \"b\": Exact(0.8), \"c\": Exact(0.3)})"],
        "worlds: [(id: \"w\", outcomes: [(\"a\", 0.3), (\"b\", 0.5), (\"c\", 0.2)])]",
    );
    for draws in [3_usize, 20, 300] {
        let summary = run(&scenario, draws as u64);
        let counts: Vec<usize> = summary
            .worlds
            .iter()
            .map(|world| (world.order.before[0][1].unwrap().probability * draws as f64).round() as usize)
            .collect();
        // The draws by the number drawn, the greatest first.
        let value = |k: usize| weights.iter().zip(&counts).map(|(w, c)| if k < *c { *w } else { 0.0 }).sum();
        let values: Vec<f64> = (0..draws).map(value).collect();
        from_draws(summary.order.before[0][1].unwrap(), &values, &format!("{draws} draws"));
    }
}

/// The same from sums of what draws come to.
#[test]
fn errors_of_sums() {
    for values in [&[0.0, 0.25, 1.0, 0.5, 0.5][..], &[0.1; 7], &[0.0; 4], &[1.0, 0.0]] {
        let (sum, squares) = values.iter().fold((0.0, 0.0), |(s, q), y| (s + y, q + y * y));
        from_draws(Estimate::of_sums(sum, squares, values.len() as u64), values, &format!("{values:?}"));
    }
    let certain = Estimate::of_sums(5.0, 5.0, 5);
    assert_eq!((certain.probability, certain.mcse, certain.high), (1.0, 0.0, 1.0));
    let (low, high) = Measured { value: 3.0, mcse: 0.5 }.interval();
    assert!((low - (3.0 - 0.5 * z(0.05))).abs() < 1e-9 && (high - (3.0 + 0.5 * z(0.05))).abs() < 1e-9);
}

/// What factors contribute to a gap of normal numbers, and the errors of that: over two worlds the error is that of their mean.
#[test]
fn errors_of_contributions() {
    let n = 40_000;
    let scenario = parse(
        "Scenario(title: \"test\", groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")],
         worlds: [(id: \"w\", outcomes: [(\"s\", 0.25), (\"t\", 0.75)])],
         factors: [
            (id: \"a\", weight: Exact(1), scores: [Normal(mean: 3, sd: 2), Normal(mean: 1, sd: 1)]),
            (id: \"b\", weight: Exact(3), scores: [ByWorld(\"w\", {\"s\": Exact(4), \"t\": Exact(-2)}), Normal(mean: 0, sd: 0.4)]),
         ])",
    );
    let why = explain(&scenario, 0, 1, Run { draws: n, ..Run::default() }, Control::none()).unwrap();
    let near = |ours: f64, truth: f64, error: f64, what: &str| {
        assert!((ours - truth).abs() < BOUND * error, "{what}: {ours}, not {truth}");
    };
    let root = (n as f64).sqrt();
    // A quarter of (3 - 1) with an sd of sqrt(5) / 4; three quarters of 4 or -2 with an sd of 0.3.
    let (sd_a, sd_b) = (5_f64.sqrt() / 4.0, 0.3);
    let [a, b] = &why.factors[..] else { panic!("two factors") };
    near(a.mean.value, 0.5, sd_a / root, "the first mean");
    near(a.point, 0.5, 1e-15, "the first at the central numbers");
    near(a.sd, sd_a, sd_a / root, "the first spread");
    near(a.mean.mcse * root, sd_a, sd_a / root, "the error of the first");
    let mean_b = 0.75 * (0.25 * 4.0 - 0.75 * 2.0);
    // The worlds have a variance of p (1 - p) (3 - -1.5)^2 between them, which is no error of the mean: nobody draws them.
    let between = 0.25 * 0.75 * 4.5 * 4.5;
    near(b.mean.value, mean_b, sd_b / root, "the second mean");
    near(b.sd * b.sd, sd_b * sd_b + between, 3.0 * sd_b * between.sqrt() / root, "the second variance");
    near(b.mean.mcse * root, sd_b, sd_b / root, "the error of the second");
    near(why.gap.value, 0.5 + mean_b, sd_a.hypot(sd_b) / root, "the gap");
    near(why.gap.mcse * root, sd_a.hypot(sd_b), sd_a / root, "the error of the gap");
    let above = |mean: f64, sd: f64| headstart::distribution::standard_cdf(mean / sd);
    near(a.favours.value, above(0.5, sd_a), 0.5 / root, "how often the first favours");
    near(b.favours.value, 0.25 * above(3.0, sd_b) + 0.75 * above(-1.5, sd_b), 0.5 / root, "and the second");
    assert!(why.rest.is_none());
}

/// What no factor makes: the floor of 1 and a discount by half take 1/2 (x - 1) off each overall score.
#[test]
fn what_no_factor_contributes() {
    let scenario = one_factor(
        &["Uniform(min: 5, max: 9)"],
        &["4"],
        "scale: (min: 1, max: 10), discounts: [(id: \"d\", of: \"@x\", by: Exact(0.5))]",
    );
    let why = explain(&scenario, 0, 1, Run { draws: 40_000, ..Run::default() }, Control::none()).unwrap();
    // On average 7 - 4 by the factor, of which (7 - 1) / 2 are lost; the sd of the loss is half of 4 / sqrt(12).
    let error = 2.0 / 12_f64.sqrt() / 200.0;
    let rest = why.rest.unwrap();
    assert!((rest.value + 3.0).abs() < BOUND * error, "{rest:?}");
    assert!((rest.mcse / error - 1.0).abs() < 0.02, "{rest:?}");
    assert!((why.gap.value).abs() < BOUND * error, "{:?}", why.gap);
}

/// The gap between two groups in each of two worlds: means and deviations of normal numbers, and humps where they lie far apart.
#[test]
fn gaps_by_world() {
    for (far, humps) in [(8.0, true), (1.0, false)] {
        let scenario = one_factor(
            &["Normal(mean: 1, sd: 1)", "Normal(mean: 3, sd: 1)"],
            &[&format!("ByWorld(\"w\", {{\"a\": Normal(mean: 1, sd: 2), \"b\": Exact({far})}})")],
            "worlds: [(id: \"w\", outcomes: [(\"a\", 0.3), (\"b\", 0.7)])]",
        );
        let n = 50_000;
        let gap = run(&scenario, n).gap.unwrap();
        for ((mean, sd), (true_mean, variance)) in
            gap.worlds.iter().zip([(1.0 - 2.0, 4.0 + 0.5), (far - 2.0, 0.5_f64)])
        {
            let error = (variance / n as f64).sqrt();
            assert!((mean - true_mean).abs() < BOUND * error, "{mean}, not {true_mean}");
            assert!((sd - variance.sqrt()).abs() < BOUND * error, "{sd}, not {}", variance.sqrt());
        }
        assert_eq!(gap.humps, humps, "{far}");
    }
}
