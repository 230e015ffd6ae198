//! The values that make an order a coin: how far they are looked for, and which numbers can be set at all.

use crate::support::*;
use headstart::analysis::{SmallestChange, explain};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

fn turns(scenario: &Scenario, draws: u64) -> Vec<SmallestChange> {
    explain(scenario, 0, 1, Run { draws, ..Run::default() }, Control::none()).unwrap().numbers
}

fn turn(scenario: &Scenario, address: &str) -> Option<SmallestChange> {
    turns(scenario, 2_000).into_iter().find(|turn| turn.address == address)
}

/// x is ahead by 1 on `a`, whose weight is near 0.1 or 1, and behind by so much on `b` that `a` would have to have `times` its weight.
fn weighed(weight: f64, times: f64) -> Scenario {
    parse(&format!(
        "Scenario(title: \"test\", groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")], spread: (weight: Uniform(relative: 0.1)),
         factors: [
            (id: \"a\", weight: {weight:?}, scores: [Exact(1), Exact(0)]),
            (id: \"b\", weight: Exact({weight:?}), scores: [Exact(0), Exact({times:?})]),
         ])"
    ))
}

/// Weights are looked at up to a hundred times their mean.
#[test]
fn weights_turn_up_to_a_hundred_times_their_mean() {
    for weight in [0.1, 1.0, 7.0] {
        for times in [0.05, 20.0, 50.0] {
            let found = turn(&weighed(weight, times), "weight.a").unwrap();
            let [low, high] = found.interval.map(Option::unwrap);
            let truth = times * weight;
            // As far out the cells are as wide as that.
            assert!(low <= truth && truth <= high && (found.to / truth - 1.0).abs() < 0.2, "{found:?}");
            assert!(!found.possible && (found.from / weight - 1.0).abs() < 1e-9, "{found:?}");
        }
        for times in [150.0, 400.0] {
            assert_eq!(turn(&weighed(weight, times), "weight.a"), None, "{times} times {weight}");
        }
    }
}

/// Weights that a law makes together cannot be set one by one.
#[test]
fn weights_under_a_law_are_not_set() {
    let scores = "scores: [Uniform(min: 0, max: 3), Exact(1)]";
    for law in ["Dirichlet(concentration: 20)", "Simplex", "Ranked([\"a\", \"b\"])"] {
        let weight = if law.starts_with('D') { "weight: 1, " } else { "" };
        let scenario = parse(&format!(
            "Scenario(title: \"test\", groups: [(id: \"g\"), (id: \"h\")],
             areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")], weights: {law}, factors: [
                (id: \"a\", {weight}{scores}), (id: \"b\", {weight}scores: [Exact(1), Exact(1.2)]),
             ])"
        ));
        let found = turns(&scenario, 2_000);
        assert!(found.iter().all(|turn| !turn.address.starts_with("weight")), "{law}: {found:?}");
        assert!(found.iter().any(|turn| turn.address == "score.a.x"), "{law}: {found:?}");
    }
}

/// Scores are looked at over the whole scale, however narrow they are, and without one to 20 standard deviations on either side; so are
/// shared inputs, and discounts from nothing to all.
#[test]
fn how_far_numbers_are_looked_at() {
    let sd = 0.1 / 3_f64.sqrt();
    for mean in [-2.0, 0.0, 2.0] {
        let around = format!("Uniform(min: {:?}, max: {:?})", mean - 0.1, mean + 0.1);
        let input = format!("inputs: [(id: \"i\", value: {around})]");
        for deviations in [-21.0, -19.0, -10.0, 10.0, 19.0, 21.0_f64] {
            let to = mean + deviations * sd;
            let other = format!("Exact({to:?})");
            for (scenario, address) in [
                (one_factor(&[&around], &[&other], ""), "score.f.x0"),
                (one_factor(&["Ref(\"i\")"], &[&other], &input), "input.i"),
            ] {
                let found = turn(&scenario, address);
                if deviations.abs() > 20.0 {
                    assert_eq!(found, None, "{address} from {mean} by {deviations}");
                    continue;
                }
                let found = found.unwrap_or_else(|| panic!("{address} from {mean} by {deviations}"));
                // Forty deviations in 160 cells.
                assert!((found.to - to).abs() < 0.25 * sd && !found.possible, "{found:?}, not {to}");
                assert!((found.from - mean).abs() < 1e-9 && (found.sd - sd).abs() < 1e-9, "{found:?}");
                assert!((found.size() - deviations.abs()).abs() < 0.25, "{}", found.size());
            }
        }
    }
    for to in [0.5, 9.5] {
        let scenario = one_factor(
            &["Uniform(min: 4.9, max: 5.1)"],
            &[&format!("Exact({to:?})")],
            "scale: (min: 0, max: 10)",
        );
        let found = turn(&scenario, "score.f.x0").unwrap();
        assert!((found.to - to).abs() < 0.1 && !found.possible, "{found:?}");
    }
    // 8 with a share of it left is as much as 1, 4 or 7.
    for level in [1.0, 4.0, 7.0] {
        let discount = "scale: (min: 0, max: 10), discounts: [(id: \"trust\", of: \"x0\", by: Uniform(min: 0.45, max: 0.48))]";
        let scenario = one_factor(&["Exact(8)"], &[&format!("Exact({level:?})")], discount);
        let found = turn(&scenario, "discount.trust").unwrap();
        assert!((found.to - level / 8.0).abs() < 0.01 && !found.possible, "{found:?}");
    }
}

/// The interval of a turn near the end of what is looked at is open there.
#[test]
fn turns_near_the_end_are_open() {
    for (other, open) in [("Uniform(min: 0, max: 19.2)", 1), ("Uniform(min: -9.6, max: 10)", 0)] {
        let scenario = one_factor(&["Uniform(min: 4.9, max: 5.1)"], &[other], "scale: (min: 0, max: 10)");
        let [found] = &turns(&scenario, 1_000)
            .into_iter()
            .filter(|turn| turn.address == "score.f.x0")
            .collect::<Vec<_>>()[..]
        else {
            panic!("{other} has no turn")
        };
        assert!(found.interval[open].is_none() && found.interval[1 - open].is_some(), "{found:?}");
    }
    let middle = one_factor(
        &["Uniform(min: 4.9, max: 5.1)"],
        &["Uniform(min: 0, max: 12)"],
        "scale: (min: 0, max: 10)",
    );
    let found = turn(&middle, "score.f.x0").unwrap();
    let [low, high] = found.interval.map(Option::unwrap);
    assert!(low < 6.0 && 6.0 < high && !found.possible, "{found:?}");
}

/// Scores and a weight of two areas, each with what else it may be.
type Dice = [Vec<(f64, f64)>; 5];

/// P(a before b) by enumeration, with one of the numbers held.
fn enumerated(dice: &Dice, held: usize, at: f64) -> f64 {
    let mut cases = vec![(Vec::new(), 1.0)];
    for (index, values) in dice.iter().enumerate() {
        let values = if index == held { vec![(at, 1.0)] } else { values.clone() };
        let more = |(x, p): &(Vec<f64>, f64)| {
            values.iter().map(|(value, q)| ([&x[..], &[*value]].concat(), p * q)).collect::<Vec<_>>()
        };
        cases = cases.iter().flat_map(more).collect();
    }
    let ahead = |x: &[f64]| (x[0] - x[1]) + x[4] * (x[2] - x[3]);
    cases.iter().filter(|(x, _)| ahead(x) > 1e-9).map(|(_, p)| p).sum()
}

/// Where all else has a few values the order turns at a value, and not near it: by enumeration of all of them.
#[test]
fn dice_turn_at_decimals() {
    let dice: Dice = [
        vec![(1.0, 0.3), (2.0, 0.3), (3.1, 0.4)],
        vec![(2.0, 0.3), (3.0, 0.7)],
        vec![(0.0, 0.5), (1.0, 0.5)],
        vec![(0.0, 0.6), (2.0, 0.4)],
        vec![(1.0, 0.5), (2.0, 0.5)],
    ];
    let of = |index: usize| {
        let values: Vec<String> = dice[index].iter().map(|(x, p)| format!("({x:?}, {p:?})")).collect();
        format!("Discrete([{}])", values.join(", "))
    };
    let scenario = parse(&format!(
        "Scenario(title: \"t\", groups: [(id: \"g\"), (id: \"h\")], areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"h\")],
         factors: [(id: \"x\", weight: 1, scores: [{}, {}]), (id: \"y\", weight: {}, scores: [{}, {}])])",
        of(0),
        of(1),
        of(4),
        of(2),
        of(3)
    ));
    let found = turns(&scenario, 20_000);
    let addresses = ["score.x.a", "score.x.b", "score.y.a", "score.y.b", "weight.y"];
    assert!(found.len() >= 3, "{found:?}");
    for turn in &found {
        let held = addresses.iter().position(|address| *address == turn.address).unwrap();
        let [below, above] = [-1e-9, 1e-9].map(|by| enumerated(&dice, held, turn.to + by));
        assert!((below > 0.5) != (above > 0.5), "{turn:?}: {below} below and {above} above");
        assert_eq!(turn.to, (100.0 * turn.to).round() / 100.0, "{turn:?}");
        let [low, high] = turn.interval.map(Option::unwrap);
        assert!(low <= turn.to && turn.to <= high, "{turn:?}");
    }
}
