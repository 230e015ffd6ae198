//! Sweeps, levers and comparisons: differences on the same draws against closed forms, and their errors.

use crate::support::*;
use headstart::analysis::{
    BreakEven, ClaimChange, Vary, break_even, compare, compare_all, lever_scenarios, points, sweep,
};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

/// A minus B is N(0.3, 1).
fn base() -> Scenario {
    one_factor(&["Normal(mean: 0.3, sd: 1)"], &["Exact(0)"], "")
}

fn first<'a>(changes: &'a [ClaimChange], id: &str) -> &'a ClaimChange {
    changes.iter().find(|change| *change.id == *id).unwrap()
}

/// Case V4: a shift of 0.1 moves the probability by a known amount, and on common draws the difference of one draw is a
/// coin, whose variance is delta (1 - delta), an order of magnitude below that of independent runs.
#[test]
fn common_draws_make_differences_sharp() {
    let base = base();
    let shifted = base.with_edits(&["score.f.x0 += 0.1"]).unwrap().scenario;
    let n = 1_000_000;
    let changes = compare(&base, &shifted, run_of(n), Control::none()).unwrap();
    let change = first(&changes, "first(x)<first(y)").change;
    let truth = case("V4");
    let delta = truth["delta"].as_f64().unwrap();
    assert!((change.difference - delta).abs() < BOUND * (delta * (1.0 - delta) / n as f64).sqrt());
    let variance = change.mcse * change.mcse * n as f64;
    // The variance of a coin's estimated variance is below delta / n.
    let expected = truth["var_crn"].as_f64().unwrap();
    assert!((variance - expected).abs() < BOUND * (delta / n as f64).sqrt(), "{variance} against {expected}");
}

/// Identical scenarios differ by exactly nothing, and what no claim depends on is inert.
#[test]
fn nothing_changes_nothing() {
    let scenario = shipped("takeoff");
    for change in compare(&scenario, &scenario.clone(), run_of(20_000), Control::none()).unwrap() {
        assert!(change.change.inert && change.change.difference == 0.0 && change.change.mcse == 0.0);
        assert_eq!(change.from, change.to);
        assert_eq!(
            (change.change.low, change.change.high),
            (0.0, 0.0),
            "the same scenario is known to differ by nothing"
        );
    }
    let doubled = scenario.with_edits(&["weight.* *= 2"]).unwrap().scenario;
    for change in compare(&scenario, &doubled, run_of(20_000), Control::none()).unwrap() {
        assert!(change.change.inert, "twice all weights are the same weights: {}", change.id);
        assert!(change.change.low < 0.0 && change.change.high > 0.0, "which the draws alone do not tell");
    }
    // A world that nothing depends on, and whose probabilities do not sum to 1 to the last bit.
    let plain = shipped("takeoff-published");
    let world = "worlds: [(id: \"w\", outcomes: [(\"a\", 0.1), (\"b\", 0.2), (\"c\", 0.7)])";
    let text = plain.to_ron().replacen("worlds: [", world, 1);
    for change in compare(&plain, &parse(&text), run_of(20_000), Control::none()).unwrap() {
        assert!(change.change.inert, "a world that is named nowhere: {}", change.id);
    }
    let moved = scenario.with_edits(&["group.ai_control = capabilities"]).unwrap().scenario;
    assert!(
        compare(&scenario, &moved, run_of(1_000), Control::none()).is_err(),
        "the claims mean something else"
    );
}

/// Both sides of a comparison are what a run of each alone gives, to the last bit of the counts.
#[test]
fn a_comparison_is_two_runs() {
    let scenario = shipped("takeoff");
    let other = load("takeoff-slow-evals-2");
    let changes = compare(&scenario, &other, run_of(30_000), Control::none()).unwrap();
    for (scenario, from) in [(&scenario, true), (&other, false)] {
        let summary = run(scenario, 30_000);
        for change in &changes {
            let alone = claim(&summary, &change.id);
            let beside = if from { change.from } else { change.to };
            assert!((alone.probability - beside.probability).abs() < 1e-12, "{}", change.id);
        }
    }
}

/// A sweep of a world's probability needs no luck: the probability is a straight line in it, on the same draws.
#[test]
fn a_worlds_probability_is_algebra() {
    let scenario = shipped("takeoff");
    let vary = Vary::new("world.scheming.scheming = 0..=1", 5).unwrap();
    let swept =
        sweep(&scenario, &points(&scenario, &[vary]).unwrap(), run_of(20_000), Control::none()).unwrap();
    let at = |point: usize, claim: usize| swept[point].claims[claim].to.probability;
    for claim in 0..swept[0].claims.len() {
        for (point, share) in [(1, 0.25), (2, 0.5), (3, 0.75)] {
            let line = at(0, claim) + share * (at(4, claim) - at(0, claim));
            assert!((at(point, claim) - line).abs() < 1e-12);
        }
    }
    assert_eq!(swept[1].values, [0.25]);
}

/// Case V5: the shift at which the probability is one half is 0.3.
#[test]
fn a_break_even_value() {
    let scenario = one_factor(&["Normal(mean: 0.3, sd: 1)"], &["Exact(0)"], "");
    let vary = Vary::new("score.f.y0 = 0..=1", 41).unwrap();
    let swept =
        sweep(&scenario, &points(&scenario, &[vary]).unwrap(), run_of(400_000), Control::none()).unwrap();
    let [BreakEven::Crosses { at, low, high, from_below: false, to_above: false }] =
        break_even(&swept, 0)[..]
    else {
        panic!("it crosses once")
    };
    let truth = case("V5")["c50"].as_f64().unwrap();
    // The error of the probability over its slope there, 1 / sqrt(2 pi).
    let error = 0.5 / 400_000_f64.sqrt() * (2.0 * std::f64::consts::PI).sqrt();
    assert!((at - truth).abs() < BOUND * error, "{at}");
    assert!(low < truth && truth < high && high - low < 2.0 * BOUND * error);
    let vary = Vary::new("score.f.y0 = [-1, 0]", 2).unwrap();
    let swept =
        sweep(&scenario, &points(&scenario, &[vary]).unwrap(), run_of(10_000), Control::none()).unwrap();
    assert_eq!(break_even(&swept, 0), [BreakEven::Never { above: true }]);
}

#[test]
fn two_numbers_make_a_grid() {
    let scenario = base();
    let vary = [Vary::new("score.f.x0 += 0..=1", 3).unwrap(), Vary::new("weight.f *= [1, 2]", 9).unwrap()];
    let points_of = points(&scenario, &vary).unwrap();
    assert_eq!(points_of.values(), [[0.0, 1.0], [0.0, 2.0], [0.5, 1.0], [0.5, 2.0], [1.0, 1.0], [1.0, 2.0]]);
    for bad in
        ["score.f.x0 = 1", "score.f.x0 = a..=2", "score.f.x0", "score.f.x0 = [1, x]", "score.f.x0 = 0..=inf"]
    {
        assert!(Vary::new(bad, 3).is_err(), "{bad}");
    }
    assert!(Vary::new("score.f.x0 = 0..=1", 1).is_err());
    assert!(points(&scenario, &[Vary::new("score.g.x0 = 0..=1", 3).unwrap()]).is_err());
    let many = || Vary::new("score.f.x0 = 0..=1", 9_000).unwrap();
    assert!(points(&scenario, &[many(), many()]).is_err(), "too many points");
}

/// Each lever alone, with its spillover, and all together; a lever on a factor without weight is inert.
#[test]
fn levers_alone_together_and_with_their_spillover() {
    let scenario = one_factor(
        &["Normal(mean: 0, sd: 1)"],
        &["Normal(mean: 1, sd: 1)"],
        "levers: [
            (id: \"up\", name: \"Up\", edits: [\"score.f.@x += 1\"], spillover: [\"score.f.@y += 1\"]),
            (id: \"none\", name: \"None\", edits: [\"score.f.@x += 0\"]),
         ]",
    );
    let names: Vec<String> = lever_scenarios(&scenario).unwrap().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Up", "Up, with its spillover", "None", "All together, with their spillover"]);
    let n = 400_000;
    let compared =
        compare_all(&scenario, lever_scenarios(&scenario).unwrap(), run_of(n), Control::none()).unwrap();
    let changes: Vec<&ClaimChange> =
        compared.iter().map(|one| first(&one.claims, "first(x)<first(y)")).collect();
    // P(N(0, 1) > N(1, 1)) = Phi(-1 / sqrt 2), and one half once both have the same mean.
    let p = headstart::distribution::standard_cdf(-1.0 / 2_f64.sqrt());
    assert!((changes[0].change.difference - (0.5 - p)).abs() < BOUND * changes[0].change.mcse);
    assert!(changes[1].change.inert, "a lever that lifts all alike moves no order");
    assert!(changes[2].change.inert && changes[3].change.inert);
}

/// The interval of a difference holds the true one as often as it says: 1,000 seeds of 400 draws.
#[test]
fn intervals_of_differences_cover() {
    let base = base();
    let shifted = base.with_edits(&["score.f.x0 += 0.1"]).unwrap().scenario;
    let delta = case("V4")["delta"].as_f64().unwrap();
    let seeds = 1_000;
    let covered = (0..seeds).filter(|&seed| {
        let run = Run { draws: 400, seed, threads: Some(1), ..Run::default() };
        let changes = compare(&base, &shifted, run, Control::none()).unwrap();
        let change = first(&changes, "first(x)<first(y)").change;
        change.low <= delta && delta <= change.high
    });
    let coverage = covered.count() as f64 / seeds as f64;
    assert!((coverage - 0.95).abs() < BOUND * (0.95 * 0.05 / seeds as f64).sqrt(), "{coverage}");
}
