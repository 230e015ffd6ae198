//! Sweeps: the same bits as each point alone, errors and intervals that hold, and what levers and their spillover are worth.

use crate::support::*;
use headstart::analysis::{
    BreakEven, ClaimSummary, ScenarioChange, Sweep, Vary, add_between, break_even, compare_all,
    lever_scenarios, lever_values, n_lever_value_runs, points, sweep,
};
use headstart::distribution::{Dist, Triangular, standard_cdf};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

fn swept(scenario: &Scenario, vary: &str, n: usize, run: Run) -> Vec<ScenarioChange> {
    let vary = Vary::new(vary, n).unwrap();
    sweep(scenario, &points(scenario, &[vary]).unwrap(), run, Control::none()).unwrap()
}

/// The same with the points that are added where claims cross one half.
fn refined(scenario: &Scenario, vary: &str, n: usize, run: Run) -> Vec<ScenarioChange> {
    let points = points(scenario, &[Vary::new(vary, n).unwrap()]).unwrap();
    let mut compared = sweep(scenario, &points, run, Control::none()).unwrap();
    add_between(&Sweep { scenario, points: &points, run }, &mut compared, &|_| {}, Control::none()).unwrap();
    assert!(compared[..n].iter().all(|point| !point.is_between));
    assert!(compared[n..].iter().all(|point| point.is_between));
    compared
}

/// Whatever is laid out together, and whether points or draws are spread over the threads, each point has the bits of a run
/// of that point alone: probabilities, errors, intervals and expected pairs. For the probability of a world that is the algebra
/// against a run.
#[test]
fn a_sweep_is_runs_of_its_points() {
    let takeoff = shipped("takeoff");
    let residual = load("takeoff-residual");
    for (scenario, vary, n) in [
        (&takeoff, "weight.feedback_quality = 0..=5", 11),
        (&takeoff, "world.scheming.scheming = 0..=1", 6),
        (&takeoff, "spread.score *= 0.5..=2", 3),
        (&residual, "residual = 0..=1", 3),
    ] {
        for (draws, threads) in [(2_500, Some(2)), (40_000, Some(1))] {
            let run = Run { draws, seed: 7, threads, ..Run::default() };
            let vary = Vary::new(vary, n).unwrap();
            let points = points(scenario, &[vary]).unwrap();
            let together = sweep(scenario, &points, run, Control::none()).unwrap();
            for (index, (there, together)) in points.scenarios().zip(&together).enumerate() {
                let summary = headstart::analysis::summarize(&there, run, Control::none());
                for change in &together.claims {
                    let same = |claim: &&ClaimSummary| *claim.id == *change.id;
                    let alone = summary.order.claims.iter().find(same).unwrap().estimate;
                    assert_eq!(alone, change.to, "{} at {}", change.id, together.name);
                }
                let (pairs, alone) = (&together.pairs[0], &summary.order.pairs[0]);
                assert_eq!((pairs.to.mean, pairs.to.mcse), (alone.expected, alone.mcse));
                let alone = sweep(scenario, &points.only(&[index]), run, Control::none()).unwrap();
                assert_eq!(&alone[0], together);
            }
        }
    }
}

/// The points do not depend on the threads, nor on which of them are asked for.
#[test]
fn threads_change_no_bit() {
    let scenario = shipped("takeoff");
    let at = |draws, threads| {
        swept(
            &scenario,
            "weight.insight = 0..=4",
            9,
            Run { draws, seed: 3, threads: Some(threads), ..Run::default() },
        )
    };
    assert_eq!(at(3_000, 1), at(3_000, 3));
    assert_eq!(at(150_000, 1), at(150_000, 2));
}

/// The error of a difference is what differences of 200 other seeds are apart, for claims and for expected pairs, of edits and of
/// probabilities of worlds.
#[test]
fn paired_errors_are_what_seeds_differ_by() {
    let scenario = shipped("takeoff");
    let edited = |edit: &str| (edit.to_owned(), scenario.with_edits(&[edit]).unwrap().scenario);
    let changed = [edited("weight.feedback_quality = 1"), edited("world.scheming.scheming = 0.6")];
    let (seeds, draws) = (200, 500);
    let mut seen = vec![(Vec::new(), Vec::new()); 4];
    for seed in 0..seeds {
        let run = Run { draws, seed: 1_000 + seed, threads: Some(1), ..Run::default() };
        let compared = compare_all(&scenario, changed.to_vec(), run, Control::none()).unwrap();
        for (index, one) in compared.iter().enumerate() {
            let claim = one.claims.iter().find(|claim| &*claim.id == "three_capabilities_first").unwrap();
            for (part, change) in [(0, &claim.change), (1, &one.pairs[0].change)] {
                seen[2 * index + part].0.push(change.difference);
                seen[2 * index + part].1.push(change.mcse);
            }
        }
    }
    for (differences, errors) in seen {
        let n = differences.len() as f64;
        let mean = differences.iter().sum::<f64>() / n;
        let sd = (differences.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)).sqrt();
        let claimed = errors.iter().sum::<f64>() / n;
        // The standard error of the standard deviation of n normal numbers.
        assert!((sd / claimed - 1.0).abs() < BOUND / (2.0 * (n - 1.0)).sqrt(), "{sd} against {claimed}");
    }
}

/// The interval of a break-even value holds the true one as often as it says: of a shift of a normal, whose curve is
/// bent, and of the probability of a world, whose curve is straight.
#[test]
fn intervals_of_break_even_values_cover() {
    let shift = one_factor(&["Normal(mean: 0.3, sd: 1)"], &["Exact(0)"], "");
    let world = one_factor(
        &["ByWorld(\"w\", {\"a\": Normal(mean: 1, sd: 1), \"b\": Normal(mean: -0.5, sd: 1)})"],
        &["Exact(0)"],
        "worlds: [(id: \"w\", outcomes: [(\"a\", 0.5), (\"b\", 0.5)])]",
    );
    let (p, q) = (standard_cdf(1.0), standard_cdf(-0.5));
    for (scenario, vary, n, truth) in [
        (&shift, "score.f.y0 = -0.2..=0.8", 9, 0.3),
        // Points that are so far apart that the line between them is off by much more than the sampling error.
        (&shift, "score.f.y0 = -1..=4", 3, 0.3),
        (&shift, "score.f.y0 = -2.5..=2", 4, 0.3),
        (&world, "world.w.a = 0..=1", 3, (0.5 - q) / (p - q)),
    ] {
        let seeds = thorough(120, 400);
        let covers = |seed: u64| {
            let run = Run { draws: 2_000, seed, threads: Some(1), ..Run::default() };
            let found = break_even(&refined(scenario, vary, n, run), 0);
            found.iter().any(|one| match one {
                BreakEven::Crosses { low, high, .. } => *low <= truth && truth <= *high,
                _ => false,
            })
        };
        let coverage = (0..seeds).filter(|&seed| covers(seed)).count() as f64 / f64::from(seeds as u32);
        let error = (0.95 * 0.05 / f64::from(seeds as u32)).sqrt();
        assert!((coverage - 0.95).abs() < BOUND * error, "{vary}: {coverage}");
    }
}

/// A probability that jumps past one half does so at one value, which is found to a ten-thousandth of the range; and a score whose spread is
/// cut at the end of the scale with its mode kept has a kink in its curve: the true crossing is where its median is that of the other.
#[test]
fn jumps_and_kinks_are_found() {
    let certain = one_factor(&["Exact(0.317)"], &["Exact(0)"], "");
    let run = Run { draws: 100, ..Run::default() };
    for points in [3, 11] {
        let found = break_even(&refined(&certain, "score.f.y0 = -1..=1", points, run), 0);
        let [BreakEven::Crosses { at, low, high, .. }] = found[..] else { panic!("{found:?}") };
        assert!(low <= 0.317 && 0.317 <= high && high - low < 5e-4 && low <= at && at <= high, "{found:?}");
    }
    let kinked = parse(
        "Scenario(title: \"test\", scale: (min: 1, max: 10), groups: [(id: \"x\"), (id: \"y\")],
         areas: [(id: \"x0\", group: \"x\"), (id: \"y0\", group: \"y\")], spread: (score: Triangular(half_width: 1.5)),
         factors: [(id: \"f\", weight: Exact(1), scores: [Exact(8.7), 5])])",
    );
    let below = |mode: f64| {
        let there = Triangular::new((mode - 1.5).max(1.0), mode, (mode + 1.5).min(10.0)).unwrap();
        Dist::from(there).cdf(8.7)
    };
    let (mut from, mut to) = (8.0, 9.5);
    for _ in 0..60 {
        let middle = f64::midpoint(from, to);
        if below(middle) > 0.5 { from = middle } else { to = middle }
    }
    let seeds = thorough(150, 300);
    let covers = |seed: u64| {
        let run = Run { draws: 2_000, seed, threads: Some(1), ..Run::default() };
        let found = break_even(&refined(&kinked, "score.f.y0 = 1..=10", 10, run), 0);
        found
            .iter()
            .any(|one| matches!(one, BreakEven::Crosses { low, high, .. } if *low <= from && from <= *high))
    };
    let coverage = (0..seeds).filter(|&seed| covers(seed)).count() as f64 / f64::from(seeds as u32);
    let error = (0.95 * 0.05 / f64::from(seeds as u32)).sqrt();
    assert!((coverage - 0.95).abs() < 3.0 * error, "{coverage} cover {from}");
}

/// A sweep of the shipped model beside an inflection, where the second difference of three points vanishes: the value that makes one half is
/// that of a sweep of many points.
#[test]
fn a_crossing_beside_an_inflection() {
    let claim = "mean(safety)<mean(capabilities)";
    let takeoff = shipped("takeoff");
    let run = Run { draws: 40_000, ..Run::default() };
    let at = |vary: &str, n: usize| {
        let all = refined(&takeoff, vary, n, run);
        let index = all[0].claims.iter().position(|known| &*known.id == claim).unwrap();
        let found = break_even(&all, index);
        let [BreakEven::Crosses { at, low, high, .. }] = found[..] else { panic!("{found:?}") };
        (at, low, high)
    };
    let (at_once, low, high) = at("weight.feedback_quality = 0..=5", 11);
    let (closely, ..) = at("weight.feedback_quality = 0.28..=0.34", 25);
    // The same draws: nothing but the lines is different.
    assert!((at_once - closely).abs() < 0.1 * (high - low), "{at_once}, {closely}");
}

/// A lever is worth nothing where its spillover undoes it, which no line between two sizes says: the mean of the group that gains is shifted by
/// 1 on a factor, and that of the other by 2.6 times the spillover, beside a weight that bends the curve.
#[test]
fn a_lever_is_undone_between_two_sizes() {
    let scenario = parse(
        "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")],
         areas: [(id: \"x0\", group: \"x\"), (id: \"y0\", group: \"y\")],
         factors: [
            (id: \"f\", weight: Exact(1), scores: [Normal(mean: 0, sd: 1), Normal(mean: 1, sd: 1)]),
            (id: \"g\", weight: Uniform(min: 0, max: 2), scores: [Exact(0), Normal(mean: 0, sd: 2)]),
         ],
         levers: [(id: \"up\", name: \"Up\", edits: [\"score.f.@x += 1\"], spillover: [\"score.f.@y += 2.6\"])])",
    );
    let run = Run { draws: 20_000, ..Run::default() };
    let [up] = &lever_values(&scenario, run, Control::none()).unwrap()[..] else { panic!() };
    let [BreakEven::Crosses { at, low, high, .. }] = up.worth_nothing.as_ref().unwrap()[0].times[..] else {
        panic!("{up:?}")
    };
    let truth = 1.0 / 2.6;
    let error = (high - low) / (2.0 * 1.96);
    assert!(low <= truth && truth <= high, "{low} {at} {high}, not {truth}");
    assert!((at - truth).abs() < BOUND * error, "{low} {at} {high}, not {truth}");
    // The gap given the weight w is normal with the variance 2 + 4 w^2, and so far below 0 as 2.6 times the spillover: the slope of P, whose
    // error from draws of its own is the root of 2 P (1 - P) / n. The same draws are moved, and that takes most of it away.
    let over = |f: &dyn Fn(f64) -> f64| {
        let at = |k: i32| f((2.0 + 4.0 * ((f64::from(k) + 0.5) / 1_000.0).powi(2)).sqrt());
        (0..2_000).map(at).sum::<f64>() / 2_000.0
    };
    let p = over(&|sd| standard_cdf(-1.0 / sd));
    let density = |sd: f64| (-0.5 / (sd * sd)).exp() / (2.0 * std::f64::consts::PI).sqrt() / sd;
    let slope = 2.6 * over(&density);
    let apart = (2.0 * p * (1.0 - p) / run.draws as f64).sqrt() / slope;
    assert!(error < 0.2 * apart, "{error} of {apart}");
}

/// What a lever gives and spillovers, with their errors: where both move with one uncertain weight, their ratio is certain; where each moves
/// with a number of its own, it has the error of both.
#[test]
fn errors_of_gain_and_spillover() {
    let scenario = |edit: &str, spillover: &str| {
        parse(&format!(
            "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")],
             areas: [(id: \"x0\", group: \"x\"), (id: \"y0\", group: \"y\")],
             factors: [(id: \"f\", weight: Uniform(min: 0, max: 1), scores: [1, 2]), (id: \"g\", weight: 1, scores: [2, 1])],
             levers: [(id: \"l\", name: \"L\", edits: [\"{edit}\"], spillover: [\"{spillover}\"])])"
        ))
    };
    let n = 50_000;
    let told = std::sync::atomic::AtomicU64::new(0);
    let of = |scenario: &Scenario| {
        let add = |n| {
            told.fetch_add(n, std::sync::atomic::Ordering::Relaxed);
        };
        let control = Control { progress: Some(&add), ..Control::none() };
        lever_values(scenario, Run { draws: n, ..Run::default() }, control).unwrap().remove(0)
    };
    let within = |ours: f64, truth: f64, bound: f64| {
        assert!((ours - truth).abs() < bound, "{ours}, not {truth}");
    };
    let root = (n as f64).sqrt();
    // The share u / (1 + u) of the first weight has the mean 1 - ln 2 and the mean square 3/2 - 2 ln 2.
    let ln2 = std::f64::consts::LN_2;
    let sd = (1.5 - 2.0 * ln2 - (1.0 - ln2) * (1.0 - ln2)).sqrt();
    let both = scenario("score.f.@x += 3", "score.f.@y += 1");
    let found = of(&both);
    assert_eq!(told.swap(0, std::sync::atomic::Ordering::Relaxed), n_lever_value_runs(&both) * n);
    assert_eq!(n_lever_value_runs(&both), 1 + 21, "as it is, and with each size of its spillover");
    for (measured, times) in [(found.gain, 3.0), (found.spillover, 1.0)] {
        within(measured.value, times * (1.0 - ln2), BOUND * times * sd / root);
        within(measured.mcse / (times * sd / root), 1.0, BOUND / root);
    }
    let ratio = found.per_point.unwrap();
    within(ratio.value, 3.0, 1e-9);
    within(ratio.mcse, 0.0, 1e-9);
    // To first order of ratios: the gain has a mean of 3/2 and a deviation of 1/2, the spillover of 1/2 and 1/5.
    let apart = one_factor(
        &["Exact(1)"],
        &["Exact(2)"],
        "levers: [(id: \"l\", name: \"L\", edits: [\"score.f.@x += Normal(mean: 1.5, sd: 0.5)\"],
          spillover: [\"score.f.@y += Normal(mean: 0.5, sd: 0.2)\"])]",
    );
    let ratio = of(&apart).per_point.unwrap();
    let error = (0.25_f64 + 9.0 * 0.04).sqrt() / 0.5 / root;
    within(ratio.value, 3.0, BOUND * error);
    // Five errors of the deviations, of the ratio and of the mean spillover make no more.
    within(ratio.mcse / error, 1.0, 0.035);
}

/// A lever that lifts one group by 1 and spillovers 0.5: it gives two points for one, and twice that spillover undoes it. All of it
/// without error, since the same draws are moved.
#[test]
fn levers_and_their_spillover() {
    let scenario = one_factor(
        &["Normal(mean: 0, sd: 1)"],
        &["Normal(mean: 1, sd: 1)"],
        "levers: [
            (id: \"up\", name: \"Up\", edits: [\"score.f.@x += 1\"], spillover: [\"score.f.@y += 0.5\"]),
            (id: \"alone\", name: \"Alone\", edits: [\"score.f.@x += 1\"]),
            (id: \"set\", name: \"Set\", edits: [\"score.f.@x += 1\"], spillover: [\"score.f.@y = 2\"]),
            (id: \"small\", name: \"Small\", edits: [\"score.f.@x += 1\"], spillover: [\"score.f.@y += 0.05\"]),
         ]",
    );
    let run = Run { draws: 50_000, ..Run::default() };
    let [up, alone, set, small] = &lever_values(&scenario, run, Control::none()).unwrap()[..] else {
        panic!()
    };
    let near = |x: f64, y: f64| (x - y).abs() < 1e-9;
    assert_eq!(up.group, 0);
    assert!(
        near(up.gain.value, 1.0) && near(up.spillover.value, 0.5) && near(up.per_point.unwrap().value, 2.0)
    );
    let [BreakEven::Crosses { at, low, high, .. }] = up.worth_nothing.as_ref().unwrap()[0].times[..] else {
        panic!("{up:?}")
    };
    assert!(near(at, 2.0) && low <= 2.0 && high >= 2.0 && high - low < 0.2, "{low} {at} {high}");
    assert!(alone.spillover.value == 0.0 && alone.per_point.is_none() && alone.worth_nothing.is_none());
    assert!(set.fixed.as_ref().unwrap().to_string().contains("does not come in sizes"));
    assert!(matches!(small.worth_nothing.as_ref().unwrap()[0].times[..], [BreakEven::Never { above: true }]));
    for (edit, times, scaled) in [
        ("score.f.x0 += 1.5", 2.0, Some("score.f.x0 += 3")),
        ("score.f.x0 += 1.5", 0.0, None),
        ("weight.f *= 2", 3.0, Some("weight.f *= 8")),
        ("score.f.x0 += Normal(mean: 1, sd: 2)", 2.0, Some("score.f.x0 += Normal(mean: 2, sd: 4)")),
    ] {
        assert_eq!(scenario.scaled_edit(edit, times).unwrap().as_deref(), scaled);
    }
    assert!(scenario.scaled_edit("drop f", 2.0).is_err());
}

/// The size of a lever may be uncertain: one input for all that it moves, with the effect that it has in closed form.
#[test]
fn uncertain_sizes_of_levers() {
    let lever = "levers: [(id: \"up\", name: \"Up\", edits: [\"score.f.@x += Normal(mean: 1, sd: 2)\"],
        spillover: [\"score.f.@y += Normal(mean: 0.5, sd: 0.1)\"])]";
    let scenario = one_factor(&["Exact(0)", "Exact(0)"], &["Normal(mean: 1, sd: 1)"], lever);
    let pulled = lever_scenarios(&scenario).unwrap();
    assert_eq!(
        headstart::model::Model::new(&pulled[0].1).n_values(),
        2,
        "the score, and the size of the lever"
    );
    let n = 200_000;
    let alone = run(&pulled[0].1, n);
    assert_eq!(alone.order.tie[0][1], Some(1.0), "both areas are moved by the same size");
    // N(1, 2) before N(1, 1).
    assert_near(alone.order.before[0][2].unwrap(), 0.5, "alone");
    let both = run(&pulled[1].1, n);
    // N(1, 2) before N(1.5, sqrt(1 + 0.01)).
    let z = -0.5 / (4.0_f64 + 1.0 + 0.01).sqrt();
    assert_near(both.order.before[0][2].unwrap(), standard_cdf(z), "with its spillover");
    let [up] = &lever_values(&scenario, Run { draws: n, ..Run::default() }, Control::none()).unwrap()[..]
    else {
        panic!()
    };
    assert!((up.gain.value - 1.0).abs() < BOUND * up.gain.mcse && up.gain.mcse > 0.0);
    assert!((up.spillover.value - 0.5).abs() < BOUND * up.spillover.mcse);
    let ratio = up.per_point.unwrap();
    assert!((ratio.value - 2.0).abs() < BOUND * ratio.mcse);
}

/// Two levers of uncertain size that move the same score add up, each with an input of its own.
#[test]
fn uncertain_levers_on_one_score() {
    let levers = "levers: [
        (id: \"one\", name: \"One\", edits: [\"score.f.@x += Normal(mean: 1, sd: 2)\"]),
        (id: \"two\", name: \"Two\", edits: [\"score.f.@x += Normal(mean: 0.5, sd: 1)\"])]";
    let scenario = one_factor(&["Normal(mean: 0, sd: 1)"], &["Exact(1)"], levers);
    let together = &lever_scenarios(&scenario).unwrap()[2];
    assert_eq!(together.0, "All together, with their spillover");
    assert_eq!(headstart::model::Model::new(&together.1).n_values(), 3);
    // N(1.5, sqrt(1 + 4 + 1)) before 1.
    let truth = standard_cdf(0.5 / 6.0_f64.sqrt());
    assert_near(run(&together.1, 200_000).order.before[0][1].unwrap(), truth, "together");
}

/// The chart fits terminals of any width, says what is what without colour, and marks where a curve crosses one half.
#[test]
fn the_chart_fits_and_marks_the_crossing() {
    use headstart::report::{ComparedPoints, Style, sweep_text};
    use unicode_width::UnicodeWidthStr;

    let scenario = shipped("takeoff").with_claim("ai_control before post_training").unwrap();
    let run = Run { draws: 5_000, ..Run::default() };
    let points = swept(&scenario, "score.feedback_quality.ai_control += 0..=4", 5, run);
    for width in [40, 80, 200] {
        let style = Style::plain(width);
        let text = sweep_text(
            &scenario,
            run,
            ComparedPoints::new(&points, &["score.feedback_quality.ai_control +=".into()], None),
            style,
        );
        let chart: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("100% ┤")).take(18).collect();
        assert!(chart.len() == 18, "{text}");
        assert!(chart.iter().all(|line| line.width() <= width), "{width}: {chart:#?}");
        assert!(chart[..13].iter().any(|line| line.width() + 10 > width), "it takes the room there is");
        assert!(chart[6].starts_with(" 50% ┤"));
        let axis = chart[13];
        let (claim, found) = points[0]
            .claims
            .iter()
            .enumerate()
            .find_map(|(n, claim)| {
                (&*claim.id == "ai_control before post_training").then(|| (n, break_even(&points, n)))
            })
            .unwrap();
        let [BreakEven::Crosses { at, .. }] = found[..] else { panic!("{found:?}") };
        let letter = char::from(b'A' + claim as u8);
        // The mark stands under its value, and the letter under the mark.
        let column = chart[14..16].iter().find_map(|line| line.chars().position(|c| c == letter)).unwrap();
        assert_eq!(axis.chars().nth(column), Some('▲'), "{chart:#?}");
        let inside = axis.chars().count() - 6;
        let expected = 6.0 + at / 4.0 * inside as f64;
        assert!((column as f64 - expected).abs() <= 1.5, "{column} against {expected}");
    }
}

/// Of 9 and 5 on a scale up to 10 one stops at its end if 2 is added, both if 1 is and then 5, and none if 1 is: reports that others get
/// say so.
#[test]
fn numbers_that_stop_at_the_ends_of_the_scale() {
    use headstart::report::{ComparedPoints, PageExtras, compared_json, html, levers_json};
    use serde_json::{Value, json};

    let scenario = one_factor(
        &["9", "Normal(mean: 2, sd: 1)"],
        &["5"],
        "scale: (min: 0, max: 10), levers: [
            (id: \"far\", name: \"Far\", edits: [\"score.f.{x0,y0} += 1\"], spillover: [\"score.f.{x0,y0} += 5\"]),
            (id: \"near\", name: \"Near\", edits: [\"score.f.{x0,y0} += 1\"])]",
    );
    let stop = |n: usize, of: usize| {
        format!("{n} of the {of} numbers that it moves would leave their range, and stop at its end")
    };
    let draws = Run { draws: 100, ..Run::default() };
    let warnings = |json: &str| serde_json::from_str::<Value>(json).unwrap()["warnings"].clone();
    for (to, said) in
        [("1", json!(null)), ("2", json!([format!("`score.f.{{x0,y0}} += 2`: {}", stop(1, 2))]))]
    {
        let edit = format!("score.f.{{x0,y0}} += 0..={to}");
        let points = swept(&scenario, &edit, 3, draws);
        let varied = ["score.f.{x0,y0} +=".to_owned()];
        assert_eq!(
            warnings(&compared_json(&scenario, draws, ComparedPoints::new(&points, &varied, None))),
            said
        );
    }
    let compared =
        compare_all(&scenario, lever_scenarios(&scenario).unwrap(), draws, Control::none()).unwrap();
    let said = format!("the lever `far`: {}", stop(2, 4));
    assert_eq!(warnings(&levers_json(&scenario, draws, &compared, &[])), json!([said]));
    let beside = PageExtras { levers: Some((compared, draws)), ..PageExtras::default() };
    let page = html(&scenario, &run(&scenario, 100), &beside);
    assert!(page.contains(&format!("<strong>Note:</strong> {said}.")) && !page.contains("the lever `near`"));
}
