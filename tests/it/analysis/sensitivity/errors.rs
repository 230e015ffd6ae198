//! The errors of sensitivities are what seeds differ by, and their intervals cover the truth, in one world and where two see the same draws.

use crate::support::*;
use headstart::analysis::{BreakEvenValue, Detail, Measured, Sensitivity, Z95, sensitivity};
use headstart::distribution::{Dist, Normal};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

fn asked(scenario: &Scenario, (draws, seed): (u64, u64), depth: Detail) -> Sensitivity {
    let claim = scenario.proposition("x0 before y0").unwrap();
    let run = Run { draws, seed, threads: Some(1), ..Run::default() };
    sensitivity(scenario, &[claim], run, depth, Control::none()).unwrap().remove(0)
}

/// Everything of an answer that has an error, with its name.
fn told(answer: &Sensitivity) -> Vec<(String, Measured)> {
    let mut all = Vec::new();
    for input in &answer.inputs {
        let name = |what: &str| format!("{} of {}", what, input.address);
        let curve = input.curve.as_ref().unwrap();
        let found = [("first", input.first), ("total", input.total), ("gradient", curve.gradient)];
        all.extend(found.into_iter().filter_map(|(what, found)| Some((name(what), found?))));
        let found = [("flips", input.flips), ("brier", input.brier), ("bar", curve.bar)];
        all.extend(found.map(|(what, found)| (name(what), found)));
        all.extend(
            curve.points.iter().map(|point| (name(&format!("{}", point.quantile)), point.probability)),
        );
    }
    for group in &answer.groups {
        all.push((format!("first of {}", group.id), group.first.unwrap()));
        all.push((format!("total of {}", group.id), group.total.unwrap()));
    }
    all.extend(answer.parts.iter().map(|part| (format!("share of {}", part.id), part.share)));
    let gap = answer.gap.unwrap();
    all.push(("gap".into(), gap.mean));
    all.push(("everything".into(), gap.everything));
    all
}

/// Compares the errors with the spread over seeds; the truth of some may be known.
fn check(scenario: &Scenario, truths: &[(&str, f64)]) {
    let (seeds, draws) = (250, 3_000);
    let answers: Vec<_> =
        (1..=seeds).map(|seed| told(&asked(scenario, (draws, seed), Detail::Full))).collect();
    let n = f64::from(seeds as u32);
    let mut wrong = Vec::new();
    for (index, (name, _)) in answers[0].iter().enumerate() {
        let values: Vec<Measured> = answers.iter().map(|answer| answer[index].1).collect();
        let mean = values.iter().map(|one| one.value).sum::<f64>() / n;
        let sd = (values.iter().map(|one| (one.value - mean) * (one.value - mean)).sum::<f64>() / (n - 1.0))
            .sqrt();
        let stated = (values.iter().map(|one| one.mcse * one.mcse).sum::<f64>() / n).sqrt();
        let truth = truths.iter().find(|(known, _)| known == name).map_or(mean, |(_, truth)| *truth);
        let covers = |one: &&Measured| (one.value - truth).abs() <= 1.96 * one.mcse + 1e-12;
        let coverage = values.iter().filter(covers).count() as f64 / n;
        let text =
            format!("{name}: {mean} (sd {sd}), stated {stated}, ratio {}, covers {coverage}", sd / stated);
        if std::env::var_os("SHOW").is_some() {
            eprintln!("{text}");
        }
        // What is the same in all draws has no spread.
        if sd < 1e-9 {
            assert!(stated < 1e-6, "{text}");
            continue;
        }
        // At a mean gap of 0 what is lost has a kink.
        if name == "everything"
            && answers[0].iter().any(|(name, gap)| name == "gap" && gap.value.abs() < 5.0 * gap.mcse)
        {
            continue;
        }
        if (truth - mean).abs() > BOUND * sd / n.sqrt() + 1e-3 * truth.abs() {
            wrong.push(format!("{text}; not {truth}"));
        }
        let is_off = (sd / stated - 1.0).abs() > BOUND / (2.0 * (n - 1.0)).sqrt();
        if is_off || (coverage - 0.95).abs() > 3.0 * (0.95 * 0.05 / n).sqrt() {
            wrong.push(text);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Two equal uniform numbers: S1 = 1/3 and ST = 2/3 of 1/4.
#[test]
fn errors_in_one_world() {
    let scenario = one_factor(&["Uniform(min: 0, max: 1)"], &["Uniform(min: 0, max: 1)"], "");
    check(
        &scenario,
        &[
            ("first of score.f.x0", 1.0 / 3.0),
            ("total of score.f.x0", 2.0 / 3.0),
            ("brier of score.f.x0", 1.0 / 12.0),
            ("flips of score.f.y0", 1.0 / 3.0),
            ("0.25 of score.f.y0", 0.75),
            ("bar of score.f.y0", -0.9),
        ],
    );
}

/// Two worlds that see the same draws, in which the claim has different probabilities, with weights whose gaps change their sign.
#[test]
fn errors_in_two_worlds() {
    let scenario = parse(
        "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")],
         areas: [(id: \"x0\", group: \"x\"), (id: \"y0\", group: \"y\")],
         worlds: [(id: \"w\", outcomes: [(\"a\", 0.45), (\"b\", 0.55)])],
         factors: [
            (id: \"f\", weight: Uniform(min: 0.5, max: 1.5), scores: [Normal(mean: 0.4, sd: 1), Normal(mean: 0, sd: 1)]),
            (id: \"k\", weight: ByWorld(\"w\", {\"a\": 0, \"b\": 0.5}), scores: [Uniform(min: 0, max: 1), Uniform(min: 0, max: 2)]),
         ])",
    );
    check(&scenario, &[]);
}

/// Break-even values of single numbers: a normal against a uniform number, in one world and in two, and a steep curve in a few cells.
#[test]
fn intervals_of_break_even_values_of_numbers_cover() {
    let cdf = |mean: f64, x: f64| Dist::from(Normal::new(mean, 1.0).unwrap()).cdf(x);
    let (mut low, mut high) = (-1.0, 2.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        let below = 0.3 * cdf(1.2, middle) + 0.7 * cdf(0.1, middle);
        if below < 0.5 { low = middle } else { high = middle }
    }
    let worlds = "worlds: [(id: \"w\", outcomes: [(\"a\", 0.3), (\"b\", 0.7)])]";
    let by_world = "ByWorld(\"w\", {\"a\": Normal(mean: 1.2, sd: 1), \"b\": Normal(mean: 0.1, sd: 1)})";
    for (x, y, rest, truth) in [
        ("Normal(mean: 0.3, sd: 1)", "Uniform(min: -1, max: 1.5)", "", 0.3),
        (by_world, "Uniform(min: -1, max: 2)", worlds, low),
        ("Normal(mean: 0.3, sd: 0.02)", "Normal(mean: 0, sd: 1)", "", 0.3),
    ] {
        let scenario = one_factor(&[x], &[y], rest);
        let seeds = 400;
        let covers = |seed: u64| {
            let answer = asked(&scenario, (1_000, seed), Detail::Curves);
            let y = answer.inputs.iter().find(|input| input.address == "score.f.y0").unwrap();
            let [BreakEvenValue { value: Some(_), interval: [Some(low), Some(high)], jumps: false, .. }] =
                y.curve.as_ref().unwrap().break_even[..]
            else {
                panic!("{:?}", y.curve)
            };
            low <= truth && truth <= high
        };
        let coverage = (0..seeds).filter(|&seed| covers(seed)).count() as f64 / f64::from(seeds as u32);
        let error = (0.95 * 0.05 / f64::from(seeds as u32)).sqrt();
        // A cell that is steeper than the sampling error is wide says no more than that it is in it.
        let widest = if x.contains("0.02") { 1.0 } else { 0.95 + 3.0 * error };
        assert!(coverage > 0.95 - 3.0 * error && coverage <= widest, "{x} {y}: {coverage}");
    }
}

/// The break-even value of a number without end that lies beyond all cells of the grid is a bound alone.
#[test]
fn no_value_is_interpolated_towards_infinity() {
    let far = one_factor(&["LogNormal(mu: 0, sigma: 4)"], &["Discrete([(0.1, 0.45), (1e12, 0.55)])"], "");
    for (depth, least) in [(Detail::Curves, 1e8), (Detail::Screen, 1e5)] {
        let answer = asked(&far, (40_000, 1), depth);
        let [BreakEvenValue { value: None, interval: [Some(bound), None], jumps: false, .. }] =
            answer.inputs[0].curve.as_ref().unwrap().break_even[..]
        else {
            panic!("{:?}", answer.inputs[0].curve)
        };
        assert!(least < bound && bound < 1e12, "{bound}");
    }
}

/// A number that has a few values jumps past one half between two of them, or is not told from it at one between; a mixture with nothing
/// between its parts does as well.
#[test]
fn discrete_numbers_jump_past_one_half() {
    let jump = |x: &str, y: &str, draws: u64| {
        let answer = asked(&one_factor(&[x], &[y], ""), (draws, 1), Detail::Curves);
        let [found] = answer.inputs[0].curve.as_ref().unwrap().break_even[..] else {
            panic!("{:?}", answer.inputs[0].curve)
        };
        found
    };
    let uniform = "Uniform(min: 0, max: 10)";
    let found = jump("Discrete([(2, 0.3), (6, 0.7)])", uniform, 200_000);
    assert!(found.jumps && found.value == Some(6.0) && found.interval == [Some(2.0), Some(6.0)], "{found:?}");
    let found = jump("Discrete([(2, 0.3), (5, 0.4), (9, 0.3)])", uniform, 2_000);
    assert!(
        !found.jumps && found.value == Some(5.0) && found.interval == [Some(2.0), Some(9.0)],
        "{found:?}"
    );
    // Below 0 as above.
    let found = jump("Discrete([(-6, 0.7), (-2, 0.3)])", "Uniform(min: -10, max: 0)", 20_000);
    assert!(
        found.jumps && found.value == Some(-2.0) && found.interval == [Some(-6.0), Some(-2.0)],
        "{found:?}"
    );
    let mixture = "Mixture([(0.5, Uniform(min: 1, max: 2)), (0.5, Uniform(min: 7, max: 8))])";
    let found = jump(mixture, uniform, 50_000);
    let [low, high] = found.interval.map(Option::unwrap);
    assert!(found.jumps && (1.9..2.02).contains(&low) && (6.98..7.1).contains(&high), "{found:?}");
}

/// The value of learning one number: the interval covers it where knowing the number often changes the choice, and where it hardly does,
/// and is as wide as estimates differ, in one world, in two, and of a weight.
#[test]
fn intervals_of_values_of_information_cover() {
    const SEEDS: u64 = 200;
    // x0 is ahead by x - m at a value x, evenly from 0 to 1: choosing y0 below m is worth m^2 / 2.
    let flat = |y: &str, rest: &str| one_factor(&["Uniform(min: 0, max: 1)"], &[y], rest);
    let worlds = "worlds: [(id: \"w\", outcomes: [(\"a\", 0.5), (\"b\", 0.5)])]";
    let by_world = "ByWorld(\"w\", {\"a\": Normal(mean: 2.3, sd: 1), \"b\": Normal(mean: -1.7, sd: 1)})";
    // x0 is ahead by 2 (w - 1) / (w + 1) at a weight w.
    let weight = parse(
        "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")],
         areas: [(id: \"x0\", group: \"x\"), (id: \"y0\", group: \"y\")], factors: [
            (id: \"f\", weight: Triangular(min: 0.2, mode: 0.2, max: 4.2), scores: [Uniform(min: 5, max: 7), 4]),
            (id: \"g\", weight: 1, scores: [4, Uniform(min: 5, max: 7)]),
         ])",
    );
    let mean = |f: fn(f64) -> f64| {
        let gap = |k: i32| {
            let w = 4.2 - 4.0 * (1.0 - (f64::from(k) + 0.5) / 10_000.0).sqrt();
            f(2.0 * (w - 1.0) / (w + 1.0))
        };
        (0..10_000).map(gap).sum::<f64>() / 10_000.0
    };
    let of_weight = mean(|gap| gap.max(0.0)) - mean(|gap| gap).max(0.0);
    for (scenario, address, truth) in [
        (flat("Normal(mean: 0.3, sd: 1)", ""), "score.f.x0", 0.045),
        (flat("Normal(mean: 0.02, sd: 1)", ""), "score.f.x0", 0.0002),
        (flat(by_world, worlds), "score.f.x0", 0.045),
        (weight, "weight.f", of_weight),
    ] {
        let regret = |seed: u64| {
            let answer = asked(&scenario, (500, seed), Detail::Full);
            answer.inputs.iter().find(|input| input.address == address).unwrap().regret.unwrap()
        };
        let found: Vec<Measured> = (0..SEEDS).map(regret).collect();
        let n = SEEDS as f64;
        let covers = |one: &&Measured| (one.value - truth).abs() <= Z95 * one.mcse;
        let coverage = found.iter().filter(covers).count() as f64 / n;
        let mean = found.iter().map(|one| one.value).sum::<f64>() / n;
        let sd = (found.iter().map(|one| (one.value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        let stated = found.iter().map(|one| one.mcse).sum::<f64>() / n;
        let text = format!("{address}, {truth}: covers {coverage}, sd {sd}, stated {stated}");
        assert!(coverage > 0.95 - 3.0 * (0.95 * 0.05 / n).sqrt(), "{text}");
        // Where there is next to nothing to be known, an interval says more than estimates differ by.
        assert!(truth < 0.001 || (0.85..1.3).contains(&(stated / sd)), "{text}");
    }
}
