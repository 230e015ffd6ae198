//! What must change no order, on counts; and what any answer has to satisfy.

use crate::support::*;
use headstart::analysis::Summary;

const N: u64 = 50_000;

/// Rows of certain numbers that stay clear of the ends of their scale, so that nothing is clipped.
fn scenario(weights: [&str; 3], shift: f64) -> String {
    let score =
        |x: f64, spread: f64| format!("Triangular(min: {}, mode: {x}, max: {})", x - spread, x + spread);
    let row = |row: [f64; 4], spread: f64| row.map(|x| score(x, spread)).join(", ");
    format!(
        "Scenario(title: \"t\", groups: [(id: \"a\"), (id: \"b\")],
         areas: [(id: \"p\", group: \"a\"), (id: \"q\", group: \"a\"), (id: \"r\", group: \"b\"), (id: \"s\", group: \"b\")],
         factors: [
            (id: \"f\", weight: {}, scores: [{}]),
            (id: \"g\", weight: {}, scores: [{}]),
            (id: \"h\", weight: {}, scores: [{}]),
         ])",
        weights[0],
        row([3.0, 4.0, 5.0, 4.5], 0.5),
        weights[1],
        row([5.0 + shift, 4.0 + shift, 3.0 + shift, 4.0 + shift], 0.5),
        weights[2],
        row([4.0, 4.25, 3.75, 4.0], 0.25),
    )
}

fn rankings(summary: &Summary) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let before = summary.order.before.iter().flatten().flatten().map(|e| e.probability).collect();
    let ranks = summary.order.ranks.iter().flatten().map(|e| e.probability).collect();
    let claims = summary.order.claims.iter().map(|claim| claim.estimate.probability).collect();
    (before, ranks, claims)
}

#[test]
fn a_scaling_of_all_weights() {
    let weights = ["Uniform(min: 1, max: 2)", "Triangular(min: 0.5, mode: 1, max: 3)", "0.75"];
    let eightfold = ["Uniform(min: 8, max: 16)", "Triangular(min: 4, mode: 8, max: 24)", "6"];
    let (one, eight) = (run(&parse(&scenario(weights, 0.0)), N), run(&parse(&scenario(eightfold, 0.0)), N));
    assert_eq!(rankings(&one), rankings(&eight));
}

#[test]
fn a_constant_added_to_a_row() {
    let weights = ["1", "Uniform(min: 1, max: 2)", "2"];
    let (plain, shifted) = (run(&parse(&scenario(weights, 0.0)), N), run(&parse(&scenario(weights, 2.0)), N));
    assert_eq!(rankings(&plain), rankings(&shifted));
}

#[test]
fn every_answer_adds_up() {
    for name in ["takeoff", "takeoff-published", "wheat"] {
        let summary = run(&shipped(name), 30_011);
        let rankings = std::iter::once(&summary.order).chain(summary.worlds.iter().map(|world| &world.order));
        for order in rankings {
            let n = order.ranks.len();
            for i in 0..n {
                let (mut row, mut column) = (0.0, 0.0);
                for j in 0..n {
                    row += order.ranks[i][j].probability;
                    column += order.ranks[j][i].probability;
                    let Some(before) = order.before[i][j] else { continue };
                    let after = order.before[j][i].unwrap();
                    let sum = before.probability + after.probability + order.tie[i][j].unwrap();
                    assert!((sum - 1.0).abs() < 1e-12);
                    assert!(before.low <= before.probability && before.probability <= before.high);
                    assert!(before.high > 0.0 && before.low < 1.0);
                }
                assert!((row - 1.0).abs() < 1e-9, "area {i} has some rank");
                assert!((column - 1.0).abs() < 1e-9, "rank {i} has some area");
            }
            for pairs in &order.pairs {
                let total: f64 = pairs.distribution.iter().map(|e| e.probability).sum();
                assert!((total - 1.0).abs() < 1e-9);
            }
        }
    }
}

/// The answer over the worlds is the mean of the answers in them.
#[test]
fn worlds_are_strata() {
    let summary = run(&shipped("takeoff"), N);
    let mixed = |part: &dyn Fn(&headstart::analysis::OrderSummary) -> f64| -> f64 {
        summary.worlds.iter().map(|world| world.world.probability * part(&world.order)).sum()
    };
    for (index, claim) in summary.order.claims.iter().enumerate() {
        let over_worlds = mixed(&|order| order.claims[index].estimate.probability);
        assert!((claim.estimate.probability - over_worlds).abs() < 1e-12, "{}", claim.id);
    }
    let over_worlds = mixed(&|order| order.before[3][6].unwrap().probability);
    assert!((summary.order.before[3][6].unwrap().probability - over_worlds).abs() < 1e-12);
}

/// The canonical text says all there is to say.
#[test]
fn the_canonical_text_reads_back() {
    for name in ["takeoff", "takeoff-published", "wheat"] {
        let scenario = shipped(name);
        let again = parse(&scenario.to_ron());
        assert_eq!(scenario, again);
        assert_eq!(scenario.hash(), again.hash());
    }
    let jsmaa = parse(JSMAA);
    assert_eq!(jsmaa, parse(&jsmaa.to_ron()));
    let text = read("scenarios/takeoff.ron");
    let comments = text.replace(",\n", ", // a comment\n\n");
    assert_eq!(parse(&text).hash(), parse(&comments).hash(), "comments and layout do not count");
    assert_ne!(parse(&text).hash(), parse(&text.replace("7.62", "7.63")).hash());
}
