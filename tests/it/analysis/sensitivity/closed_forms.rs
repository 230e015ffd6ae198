//! Sensitivities against closed forms, against runs with the number changed, and against drawing it again.

use super::asking::{against_runs, asked, input};
use crate::support::*;
use headstart::analysis::{Detail, Measured, central_weights, explain, sensitivity};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

/// Within five standard errors of the truth; the error itself is bounded from above, so that it proves something.
#[track_caller]
fn near(measured: Measured, truth: f64, largest: f64, what: &str) {
    let Measured { value, mcse } = measured;
    assert!(mcse <= largest && mcse > 0.0, "{what}: an error of {mcse}");
    let off = (value - truth).abs();
    assert!(
        off <= BOUND * mcse + 1e-12,
        "{what}: {value} is {:.1} errors of {mcse} from {truth}",
        off / mcse
    );
}

/// x comes before y where the sum of a_k Z_k + beta |a| is positive, Z independent standard normals.
fn gaussian(a: &[f64], beta: f64) -> Scenario {
    let length = a.iter().map(|a| a * a).sum::<f64>().sqrt();
    let factor = |(k, a): (usize, &f64)| {
        let mean = if k == 0 { beta * length / a } else { 0.0 };
        format!("(id: \"f{k}\", weight: Exact({a}), scores: [Normal(mean: {mean}, sd: 1), Exact(0)])")
    };
    let factors: Vec<String> = a.iter().enumerate().map(factor).collect();
    parse(&format!(
        "Scenario(title: \"test\", groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")], factors: [{}])",
        factors.join(", ")
    ))
}

/// Sobol indices of the sign of a linear Gaussian, and its gradient in the mean of each normal, exactly.
#[test]
fn the_sign_of_a_linear_gaussian() {
    let oracle = &oracles()["sensitivity"]["indicator_linear_gaussian"];
    let a: Vec<f64> = serde_json::from_value(oracle["params"]["a"].clone()).unwrap();
    for beta in ["0.0", "0.5", "1.0"] {
        let truth = &oracle["values"][beta];
        let answer = asked(&gaussian(&a, beta.parse().unwrap()), "x before y", 400_000, Detail::Curves);
        assert_near(answer.estimate, truth["p"].as_f64().unwrap(), "p");
        assert_eq!(answer.inputs.len(), a.len());
        for k in 0..a.len() {
            let effect = input(&answer, &format!("score.f{k}.x"));
            let of = |name: &str| truth[name][k].as_f64().unwrap();
            near(effect.first.unwrap(), of("S1"), 3e-3, "S1");
            near(effect.total.unwrap(), of("ST"), 5e-3, "ST");
            let curve = effect.curve.as_ref().unwrap();
            near(curve.gradient.unwrap(), of("dP_dmu"), 1e-3, "gradient");
        }
    }
    // Near 1, indices are about the rare cases alone, and are not told; the others are.
    let answer = asked(&gaussian(&a, 3.0), "x before y", 200_000, Detail::Full);
    let (p, truth) = (answer.estimate.probability, &oracle["values"]["3.0"]);
    for k in 0..a.len() {
        let effect = input(&answer, &format!("score.f{k}.x"));
        assert!(effect.first.is_none() && effect.total.is_none());
        let flips = 2.0 * p * (1.0 - p) * truth["ST"][k].as_f64().unwrap();
        let off = (effect.flips.value - flips).abs();
        assert!(off < BOUND * (effect.flips.mcse + flips * answer.estimate.mcse / (1.0 - p)), "flips {k}");
    }
    assert!(answer.groups.iter().all(|group| group.first.is_none()));
}

/// Case V3: the index of the sign, and cases V1 and V2 with the oracle: what it is worth to know the gap or a part of it.
#[test]
fn the_value_of_information() {
    let two = |mean: f64, sds: [f64; 2]| {
        parse(&format!(
            "Scenario(title: \"test\", groups: [(id: \"g\"), (id: \"h\")],
             areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")], factors: [
                (id: \"a\", weight: Exact(1), scores: [Normal(mean: {}, sd: {}), Exact(0)]),
                (id: \"b\", weight: Exact(1), scores: [Exact(0), Normal(mean: 0, sd: {})]),
             ])",
            2.0 * mean,
            2.0 * sds[0],
            2.0 * sds[1]
        ))
    };
    let answer = asked(&two(0.3, [0.8, 0.6]), "x before y", 400_000, Detail::Full);
    let first = input(&answer, "score.a.x");
    near(first.first.unwrap(), case("V3")["S1_indicator"].as_f64().unwrap(), 3e-3, "V3");
    let gap = answer.gap.unwrap();
    near(gap.mean, 0.3, 2e-3, "the mean gap");
    near(gap.everything, case("V1")["EVPI"].as_f64().unwrap(), 2e-3, "V1");
    let truth = case("V2");
    near(first.regret.unwrap(), truth["EVPPI_X1"].as_f64().unwrap(), 2e-3, "V2, the first");
    let second = input(&answer, "score.b.y");
    near(second.regret.unwrap(), truth["EVPPI_X2"].as_f64().unwrap(), 2e-3, "V2, the second");
    let oracle = oracles()["sensitivity"]["evppi_gaussian_gap"]["values"].clone();
    for (name, truth) in oracle.as_object().unwrap() {
        let numbers: Vec<f64> =
            name.split(',').map(|part| part.split('=').nth(1).unwrap().parse().unwrap()).collect();
        let [mu, sd, part]: [f64; 3] = numbers.try_into().unwrap();
        let answer =
            asked(&two(mu, [part, (sd * sd - part * part).sqrt()]), "x before y", 400_000, Detail::Full);
        let effect = input(&answer, "score.a.x");
        let of = |name: &str| truth[name].as_f64().unwrap();
        near(effect.regret.unwrap(), of("EVPPI_regret"), 2e-3, name);
        near(effect.brier, of("EVPPI_brier"), 1e-3, name);
        near(answer.gap.unwrap().everything, of("EVPI_regret"), 2e-3, name);
    }
}

/// Case V5: the value at which the probability is one half, inside its interval, and outside of the support there is none.
#[test]
fn where_it_would_flip() {
    let scenario = one_factor(&["Normal(mean: 0.3, sd: 1)"], &["Uniform(min: -1, max: 1)"], "");
    let answer = asked(&scenario, "x0 before y0", 400_000, Detail::Curves);
    let curve = input(&answer, "score.f.y0").curve.as_ref().unwrap();
    let [at] = curve.break_even[..] else { panic!("it crosses once") };
    let [low, high] = at.interval.map(Option::unwrap);
    // The error of the probability over its slope there, 1 / sqrt(2 pi).
    let error = 0.5 / 400_000_f64.sqrt() * (2.0 * std::f64::consts::PI).sqrt();
    let truth = case("V5")["c50"].as_f64().unwrap();
    assert!((at.value.unwrap() - truth).abs() < BOUND * error && !at.jumps, "{at:?}");
    assert!(((high - low) / (2.0 * 1.96 * error) - 1.0).abs() < 0.1, "{at:?} against {error}");
    let far = one_factor(&["Normal(mean: 3, sd: 1)"], &["Uniform(min: -1, max: 1)"], "");
    let answer = asked(&far, "x0 before y0", 100_000, Detail::Curves);
    assert!(input(&answer, "score.f.y0").curve.as_ref().unwrap().break_even.is_empty());
    assert!(!input(&answer, "score.f.x0").curve.as_ref().unwrap().break_even.is_empty());
}

#[test]
fn curves_are_what_runs_with_the_number_fixed_give() {
    let scenario = shipped("takeoff");
    let pairs = [
        "dangerous_capability_evals before post_training",
        "ai_control before pre_training",
        "data_generation before post_training",
    ];
    let addresses = [
        "weight.feedback_quality",
        "weight.compute_vs_labour",
        "weight.scheming_risk",
        "weight.economic_incentive",
        "score.insight.ai_control",
        "score.compute_vs_labour.post_training",
        "score.feedback_quality.post_training",
        "score.scheming_risk.pre_training",
    ];
    // `weight.x = Exact(…)` would set it in both worlds, and one of them has none.
    let (plain, by_world): (Vec<&str>, Vec<&str>) =
        addresses.iter().partition(|address| **address != "weight.scheming_risk");
    assert_eq!(by_world.len(), 1);
    against_runs(&scenario, &pairs, &plain, 40_000);
}

/// What an explanation says adds up, and setting the number that it names makes the order a coin.
#[test]
fn an_explanation_is_true() {
    let scenario = shipped("takeoff");
    let (one, other) = (4, 6);
    let why =
        explain(&scenario, one, other, Run { draws: 200_000, ..Run::default() }, Control::none()).unwrap();
    let made_of: f64 = why.factors.iter().map(|factor| factor.mean.value).sum();
    assert!((made_of - why.gap.value).abs() < 1e-9);
    let points: f64 = why.factors.iter().map(|factor| factor.point).sum();
    let table = headstart::analysis::point_table(&scenario).overall_scores;
    assert!((points - (table[one] - table[other])).abs() < 1e-9);
    let by_world: f64 = why.worlds.iter().map(|(world, there)| world.probability * there.probability).sum();
    assert!((by_world - why.estimate.probability).abs() < 1e-12);
    assert!(why.numbers.len() > 10 && why.outcomes.len() == 2);
    // With other draws: each number that it names, the smallest and the largest change among them.
    let coin = |edit: String, error: f64| {
        let there = scenario.with_edits(&[edit.as_str()]).unwrap().scenario;
        let run = Run { draws: 200_000, seed: 3, ..Run::default() };
        let p =
            headstart::analysis::summarize(&there, run, Control::none()).order.before[one][other].unwrap();
        let off = (p.probability - 0.5).abs();
        assert!(off < BOUND * p.mcse.hypot(error), "{edit}: {}", p.probability);
    };
    let mut sizes = why.numbers.iter().map(headstart::analysis::SmallestChange::size);
    assert!(sizes.clone().zip(sizes.by_ref().skip(1)).all(|(a, b)| a <= b));
    for turn in why.numbers.iter().take(6).chain(why.numbers.last()) {
        if turn.address == "weight.scheming_risk" {
            coin(format!("weight.scheming_risk[scheming] = Exact({})", turn.to), 0.5 / 200_000_f64.sqrt());
        } else {
            coin(format!("{} = Exact({})", turn.address, turn.to), 0.5 / 200_000_f64.sqrt());
        }
    }
    for outcome in &why.outcomes {
        coin(format!("{} = {}", outcome.address, outcome.to), 0.5 / 200_000_f64.sqrt());
    }
    // Some need more than the scenario holds possible, and that is said.
    assert!(why.numbers.iter().any(|turn| !turn.possible) && why.numbers[0].possible);
}

/// A shared input that would have to go far out: the value that ties, which no score of the scenario comes to.
#[test]
fn a_turn_far_away() {
    let scenario = one_factor(
        &["Ref(\"base\")"],
        &["Exact(42)"],
        "inputs: [(id: \"base\", value: Normal(mean: 2, sd: 3))]",
    );
    for (scenario, at) in [
        (scenario, 42.0),
        (one_factor(&["Normal(mean: 2, sd: 3)"], &["Exact(-38)"], ""), -38.0),
        (one_factor(&["Normal(mean: 2, sd: 3)"], &["Exact(42)"], ""), 42.0),
    ] {
        let why = explain(&scenario, 0, 1, Run { draws: 20_000, ..Run::default() }, Control::none()).unwrap();
        let [turn] = &why.numbers[..] else { panic!("one number decides: {:?}", why.numbers) };
        // What is looked at are 40 deviations on a grid of a few hundred places.
        assert!((turn.to - at).abs() < 1.0, "{turn:?}");
        assert!((turn.size() - 40.0 / 3.0).abs() < 0.3 && turn.from == 2.0 && turn.sd == 3.0, "{turn:?}");
    }
}

/// A weight that would have to be twelve times its mean, and one that would have to be a twelfth: x is ahead by 1 on `a` and behind by
/// twelve on `b`, so it is a coin where the weight of `a` is twelve times the median of the other, which is 1.
#[test]
fn far_weights_are_found() {
    let scenario = parse(
        "Scenario(title: \"test\", groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")], spread: (weight: Triangular(relative: 0.5)),
         factors: [(id: \"a\", weight: 1, scores: [Exact(1), Exact(0)]), (id: \"b\", weight: 1, scores: [Exact(0), Exact(12)])])",
    );
    let why = explain(&scenario, 0, 1, Run { draws: 200_000, ..Run::default() }, Control::none()).unwrap();
    for (address, truth) in [("weight.a", 12.0), ("weight.b", 1.0 / 12.0)] {
        let turn = why.numbers.iter().find(|turn| turn.address == address).unwrap();
        let [low, high] = turn.interval.map(Option::unwrap);
        // The error of a median of 200,000, one over twice the density there, which is 2 at 1, in proportion.
        let error = truth * 0.5 / (200_000_f64.sqrt() * 2.0);
        assert!((turn.to - truth).abs() < BOUND * error + 1e-3 * truth, "{turn:?}");
        assert!(low < truth && truth < high && high - low < 0.2 * truth && !turn.possible, "{turn:?}");
    }
}

/// Of a discrete number that is cut only the values that are left count: one that is left alone turns nothing.
#[test]
fn discrete_numbers_that_are_cut() {
    let three = "Discrete([(1, 0.2), (2, 0.5), (3, 0.3)])";
    let against = "Uniform(min: 1.5, max: 3)";
    let alone = format!("Truncated(of: {three}, min: 1.5, max: 2.5)");
    let answer = asked(&one_factor(&[&alone], &[against], ""), "x0 before y0", 50_000, Detail::Curves);
    let curve = input(&answer, "score.f.x0").curve.as_ref().unwrap();
    assert!(curve.break_even.is_empty(), "{:?}", curve.break_even);
    for point in &curve.points {
        near(point.probability, 1.0 / 3.0, 0.01, "the only value");
    }
    // Two are left with 5/8 and 3/8: a third of what they are before, and all.
    let two = format!("Truncated(of: {three}, min: 1.5)");
    let answer = asked(&one_factor(&[&two], &[against], ""), "x0 before y0", 50_000, Detail::Curves);
    let effect = input(&answer, "score.f.x0");
    near(effect.flips, 2.0 * 0.625 * 0.375 * (2.0 / 3.0), 0.01, "flips");
    let [turn] = effect.curve.as_ref().unwrap().break_even[..] else { panic!("it turns once") };
    assert_eq!(turn.value, Some(3.0), "the value from which on it is more than even odds");
    assert!(turn.jumps && turn.interval == [Some(2.0), Some(3.0)], "{turn:?}");
}

/// What no number moves is called certain, and has no shares.
#[test]
fn certain_orders_have_no_shares() {
    let scenario = one_factor(&["Uniform(min: 2, max: 3)"], &["Uniform(min: 0, max: 1)"], "");
    let answer = asked(&scenario, "x0 before y0", 20_000, Detail::Full);
    assert!(answer.certain && answer.groups.is_empty());
    for effect in &answer.inputs {
        assert!(effect.first.is_none() && effect.total.is_none() && effect.flips.value == 0.0);
        assert_eq!(effect.regret.unwrap().value, 0.0);
        assert!(effect.curve.as_ref().unwrap().break_even.is_empty());
    }
    let central =
        central_weights(&scenario, Run { draws: 20_000, ..Run::default() }, Control::none()).unwrap();
    assert!(central[0].favoured.is_some() && central[1].favoured.is_none(), "never first: nothing to tell");
}

/// One number decides alone: it has all of the variance, and the value at which it flips is exact.
#[test]
fn one_number_decides() {
    let scenario = one_factor(&["Normal(mean: 0.3, sd: 1)"], &["Exact(0.1)"], "");
    let answer = asked(&scenario, "x0 before y0", 100_000, Detail::Full);
    let effect = input(&answer, "score.f.x0");
    near(effect.first.unwrap(), 1.0, 0.02, "S1");
    near(effect.total.unwrap(), 1.0, 0.02, "ST");
    let at = effect.curve.as_ref().unwrap().break_even[0];
    let [low, high] = at.interval.map(Option::unwrap);
    assert!(low <= 0.1 && 0.1 <= high && (at.value.unwrap() - 0.1).abs() < 0.02, "{at:?}");
}

/// A number that decides alone switches at the same value in each draw, however few there are: all of the variance at P is P (1 - P).
#[test]
fn a_number_that_decides_alone_is_exact_with_few_draws() {
    for (dist, p) in [
        ("Triangular(min: 0, mode: 1, max: 2)", 0.68),
        ("Uniform(min: 0, max: 2)", 0.6),
        ("Pert(min: 0, mode: 1, max: 2)", 0.0),
    ] {
        let scenario = one_factor(&[dist], &["Exact(0.8)"], "");
        // The cdf of the PERT with alpha = beta = 3 at 0.4 of its range.
        let p = if p > 0.0 { p } else { 1.0 - 0.4_f64.powi(3) * (10.0 - 15.0 * 0.4 + 6.0 * 0.16) };
        for draws in [5, 7, 8, 21, 1027] {
            let answer = asked(&scenario, "x0 before y0", draws, Detail::Full);
            let effect = input(&answer, "score.f.x0");
            let flips = effect.flips.value;
            let off = (flips - 2.0 * p * (1.0 - p)).abs();
            assert!(off < BOUND * effect.flips.mcse + 1e-5, "{dist}, {draws} draws: {flips}");
            // It is the same in each draw, so all that is not known is where in its cell of the grid it lies.
            assert!(effect.flips.mcse < 0.01, "{dist}: {:?}", effect.flips);
            for point in &effect.curve.as_ref().unwrap().points {
                let holds = f64::from(point.quantile > 1.0 - p);
                assert!((point.probability.value - holds).abs() < 1e-9, "{dist}, {draws}: {point:?}");
            }
            // Where the other number is drawn as well, it is not, and still no more than a quarter.
            let both = one_factor(&[dist], &["Uniform(min: 0.5, max: 1)"], "");
            let effect = input(&asked(&both, "x0 before y0", draws, Detail::Full), "score.f.x0").flips;
            assert!(0.0 < effect.mcse && effect.mcse < 0.25 / (draws as f64).sqrt(), "{effect:?}");
        }
    }
}

/// Groups: the shares of a linear Gaussian in a group are those of one normal with its variance; the world's are algebra.
#[test]
fn groups_of_inputs() {
    // The two scores of x have together 0.8 of the variance of the gap, as one normal has.
    let scenario = parse(
        "Scenario(title: \"test\", groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")],
         worlds: [(id: \"w\", outcomes: [(\"s\", 0.4), (\"t\", 0.6)])],
         factors: [
            (id: \"a\", weight: Exact(1), scores: [Normal(mean: 0.5, sd: 2), Normal(mean: 0, sd: 1)]),
            (id: \"b\", weight: Exact(1), scores: [Normal(mean: 0, sd: 2), Normal(mean: 0, sd: 1)]),
            (id: \"c\", weight: Exact(1), scores: [ByWorld(\"w\", {\"s\": Exact(2), \"t\": Exact(-1)}), Exact(0)]),
         ])",
    );
    let answer = asked(&scenario, "x before y", 250_000, Detail::Full);
    let phi = headstart::distribution::standard_cdf;
    let sd = 10_f64.sqrt();
    let p = |shift: f64| phi((0.5 + shift) / sd);
    let mean = 0.4 * p(2.0) + 0.6 * p(-1.0);
    assert_near(answer.estimate, mean, "p");
    let variance = mean * (1.0 - mean);
    // E over the common part of P^2, by a fine midpoint rule in its quantiles.
    let squares = |common: f64, f: &dyn Fn(f64) -> f64| -> f64 {
        let n = 100_000;
        (0..n)
            .map(|k| {
                f(common * headstart::distribution::standard_quantile((f64::from(k) + 0.5) / f64::from(n)))
            })
            .sum::<f64>()
            / f64::from(n)
    };
    let (own, rest) = (8_f64.sqrt(), 2_f64.sqrt());
    let given = |z: f64| 0.4 * phi((2.5 + z) / rest) + 0.6 * phi((-0.5 + z) / rest);
    let first = squares(own, &|z| given(z) * given(z)) - mean * mean;
    // What is left once all but these is known: the mean over the rest and the world of P (1 - P) given those.
    let left = |shift: f64| {
        squares(rest, &|z| {
            let p = phi((0.5 + shift + z) / own);
            p * (1.0 - p)
        })
    };
    let total = 0.4 * left(2.0) + 0.6 * left(-1.0);
    let group = answer.groups.iter().find(|group| group.id == "score.*.x").unwrap();
    near(group.first.unwrap(), first / variance, 0.02, "the first-order share of a group");
    near(group.total.unwrap(), total / variance, 0.02, "the total share of a group");
    let worlds = answer.groups.iter().find(|group| group.id == "world.*").unwrap();
    let between = 0.4 * (p(2.0) - mean).powi(2) + 0.6 * (p(-1.0) - mean).powi(2);
    near(worlds.first.unwrap(), between / variance, 0.02, "the first-order share of the worlds");
    // x is before in the one world and not in the other where the sum of the normals lies between -2.5 and 0.5.
    let turned = p(2.0) - p(-1.0);
    near(worlds.total.unwrap(), 0.24 * turned / variance, 0.02, "the total share of the worlds");
    // What knowing each set of the scores of x, those of y and the world takes away, and of that the Shapley shares.
    let alone = |common: f64, rest: f64| {
        let given = |z: f64| 0.4 * phi((2.5 + z) / rest) + 0.6 * phi((-0.5 + z) / rest);
        squares(common, &|z| given(z) * given(z)) - mean * mean
    };
    let in_world = |common: f64, rest: f64| {
        let of = |shift: f64| squares(common, &|z| phi((shift + z) / rest).powi(2));
        0.4 * of(2.5) + 0.6 * of(-0.5) - mean * mean
    };
    let (x, y, w) = (alone(own, rest), alone(rest, own), between);
    let (xw, yw) = (in_world(own, rest), in_world(rest, own));
    // Where x is before in the second world it is in the first.
    let xy = 0.16 * p(2.0) + (0.36 + 0.48) * p(-1.0) - mean * mean;
    let share = |one: f64, pairs: [f64; 2], others: [f64; 2], both: f64| {
        (2.0 * one + pairs[0] - others[0] + pairs[1] - others[1] + 2.0 * (variance - both)) / 6.0 / variance
    };
    let truths = [
        ("score.*.x", share(x, [xy, xw], [y, w], yw)),
        ("score.*.y", share(y, [xy, yw], [x, w], xw)),
        ("world.*", share(w, [xw, yw], [x, y], xy)),
    ];
    assert_eq!(answer.parts.len(), 3);
    for (part, (id, truth)) in answer.parts.iter().zip(truths) {
        assert_eq!(part.id, id);
        near(part.share, truth, 0.01, id);
    }
}

/// The answer has the same bits on any number of threads.
#[test]
fn threads_change_nothing() {
    let scenario = shipped("takeoff");
    let claim = scenario.proposition("ai_control before pre_training").unwrap();
    let run = |threads| Run { draws: 70_000, threads: Some(threads), ..Run::default() };
    let answer = |threads| {
        sensitivity(&scenario, std::slice::from_ref(&claim), run(threads), Detail::Full, Control::none())
            .unwrap()
    };
    assert_eq!(answer(1), answer(3));
    assert_eq!(
        explain(&scenario, 3, 5, run(1), Control::none()).unwrap(),
        explain(&scenario, 3, 5, run(3), Control::none()).unwrap()
    );
}

/// A screening says the same from fewer draws, with errors that say so.
#[test]
fn a_screening_says_the_same_with_larger_errors() {
    let scenario = shipped("takeoff");
    let claim = scenario.proposition("dangerous_capability_evals before post_training").unwrap();
    let n = 500_000;
    let run = Run { draws: n, ..Run::default() };
    let answer = |depth| {
        sensitivity(&scenario, std::slice::from_ref(&claim), run, depth, Control::none()).unwrap().remove(0)
    };
    let (all, some) = (answer(Detail::Curves), answer(Detail::Screen));
    let summary = headstart::analysis::summarize(&scenario, run, Control::none());
    assert_eq!(all.estimate, summary.order.before[4][6].unwrap(), "the probability is that of a run");
    assert_eq!(all.estimate, some.estimate, "and rests on all draws");
    assert_eq!((all.draws, some.draws), (n, n / 8));
    for (all, some) in all.inputs.iter().zip(&some.inputs) {
        let off = (all.flips.value - some.flips.value).abs();
        assert!(off < BOUND * some.flips.mcse, "{}", all.address);
        let ratio = some.flips.mcse / all.flips.mcse;
        assert!((ratio / 8_f64.sqrt() - 1.0).abs() < 0.15, "{ratio} against the root of eight");
    }
}

/// All pairs and all inputs of the shipped model, as one screening has them, against a run of the whole model for each value
/// that an input is held at. Five errors: one in 600 models that are right would fail one of the 2,835 comparisons.
#[test]
fn all_pairs_are_what_runs_give() {
    let most = thorough(40_000, 125_000);
    let scenario = shipped("takeoff");
    let ids: Vec<&str> = scenario.areas().iter().map(|area| area.id.as_str()).collect();
    let pairs: Vec<(usize, usize)> = (0..10).flat_map(|i| (i + 1..10).map(move |j| (i, j))).collect();
    let claims = pairs.iter().map(|&(i, j)| format!("{} before {}", ids[i], ids[j]));
    let claims: Vec<_> = claims.map(|claim| scenario.proposition(&claim).unwrap()).collect();
    let run = Run { draws: 8 * most, ..Run::default() };
    let answers = sensitivity(&scenario, &claims, run, Detail::Screen, Control::none()).unwrap();
    assert!(answers.iter().all(|answer| answer.draws == most && answer.inputs.len() == 21));
    let mut addresses: Vec<&str> =
        answers.iter().flat_map(|answer| &answer.inputs).map(|input| input.address.as_str()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), 77);
    let (mut compared, mut worst) = (0, 0.0_f64);
    for address in &addresses {
        // The curves of each pair that depends on this input.
        let curves: Vec<_> = answers
            .iter()
            .zip(&pairs)
            .filter_map(|(answer, pair)| {
                let effect = answer.inputs.iter().find(|input| input.address == *address)?;
                Some((pair, effect.curve.as_ref().unwrap()))
            })
            .collect();
        for k in [0, 2, 4] {
            let value = curves[0].1.points[k].value;
            let branch = if *address == "weight.scheming_risk" { "[scheming]" } else { "" };
            let edit = format!("{address}{branch} = Exact({value})");
            let there = scenario.with_edits(&[edit.as_str()]).unwrap().scenario;
            // With other draws, or both would be wrong together.
            let order =
                headstart::analysis::summarize(&there, Run { draws: most, seed: 2, ..run }, Control::none())
                    .order;
            for ((i, j), curve) in &curves {
                let (held, alone) = (curve.points[k].probability, order.before[*i][*j].unwrap());
                let error = held.mcse.hypot(alone.mcse).max(1.5 / most as f64);
                let off = (held.value - alone.probability).abs() / error;
                assert!(off <= BOUND, "{} before {} with {edit}: {off:.1} errors", ids[*i], ids[*j]);
                (compared, worst) = (compared + 1, worst.max(off));
            }
        }
    }
    assert_eq!(compared, 45 * 21 * 3);
    // They are as far apart as chance has it, and not nearer.
    assert!(worst > 2.5, "the worst is {worst} errors apart");
}
