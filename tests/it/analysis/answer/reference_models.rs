//! Published models and their published answers.

use crate::support::*;
use headstart::Control;
use headstart::analysis::{Estimate, central_weights};
use headstart::batch::{BLOCK, Batch};
use headstart::sampler::Run;
use headstart::tally::{Moments, Order, OrderPlan, Tally as _};
use serde_json::Value;

/// The columns of a compressed table.
fn columns(path: &str) -> Vec<Vec<f64>> {
    let file = std::fs::File::open(root().join(path)).unwrap();
    let mut table = csv::Reader::from_reader(flate2::read::GzDecoder::new(file));
    let mut columns = vec![Vec::new(); table.headers().unwrap().len()];
    for row in table.records() {
        for (column, field) in columns.iter_mut().zip(&row.unwrap()) {
            column.push(field.parse().unwrap());
        }
    }
    columns
}

/// 10,000 stored joint draws of R's `smaa`, through the tallies: the same counts to the unit, the same means.
#[test]
fn stored_draws_are_counted_exactly() {
    let expected: Value = serde_json::from_str(&read("tests/data/thrombo_draws/expected.json")).unwrap();
    let scores = columns("tests/data/thrombo_draws/measurements.csv.gz");
    let weights = columns("tests/data/thrombo_draws/weights.csv.gz");
    let n = weights[0].len();
    assert_eq!((scores.len(), weights.len(), n), (6, 3, 10_000));
    let mut order = Order::new(OrderPlan { n_areas: 2, n_worlds: 1, ..OrderPlan::default() });
    let mut moments = Moments::new(vec![1.0], &[0.5; 2]);
    let mut batch = Batch::<f64>::new(0, 2, 1);
    for start in (0..n).step_by(BLOCK) {
        let len = BLOCK.min(n - start);
        batch.set_len(len);
        let (_, overall_scores) = batch.parts_mut();
        for (area, column) in overall_scores.iter_mut().enumerate() {
            for (row, value) in column[..len].iter_mut().enumerate() {
                *value = (0..3).map(|k| weights[k][start + row] * scores[3 * area + k][start + row]).sum();
            }
        }
        order.record(&batch);
        moments.record(&batch);
    }
    let count = |share: &Value| (share.as_f64().unwrap() * n as f64).round() as u64;
    for i in 0..2 {
        for j in 0..2 {
            assert_eq!(order.ranks().count(2 * i + j, 0), count(&expected["rank_acceptability"][i][j]));
            if i != j {
                let pair = &expected["pairwise_winning_strict"][i][j];
                assert_eq!(order.pairs().count(2 * i + j, 0), count(pair));
            }
        }
        let mean = expected["mean_value"][i].as_f64().unwrap();
        assert!((moments.overall(i).0 - mean).abs() < 1e-6);
    }
}

/// The thrombolytics model of the drugis project, with a law of weights.
fn thrombolytics(weights: [&str; 3], rest: &str) -> headstart::Scenario {
    let factor = |id: &str, weight: &str, worst: f64, best: f64, [a, b, c, d]: [u32; 4]| {
        let weight = if weight.is_empty() { String::new() } else { format!("weight: {weight}, ") };
        format!(
            "(id: \"{id}\", {weight}value: Linear(worst: {worst}, best: {best}),
              scores: [Beta(alpha: {a}, beta: {b}), Beta(alpha: {c}, beta: {d})]),"
        )
    };
    parse(&format!(
        "Scenario(title: \"t\", groups: [(id: \"drugs\")],
         areas: [(id: \"heparin\", group: \"drugs\"), (id: \"enoxaparin\", group: \"drugs\")],
         factors: [{} {} {}], {rest})",
        factor("proximal", weights[0], 0.25, 0.0, [20, 116, 8, 121]),
        factor("distal", weights[1], 0.4, 0.15, [40, 96, 32, 97]),
        factor("bleeding", weights[2], 0.1, 0.0, [1, 135, 5, 124]),
    ))
}

/// Monte Carlo against Monte Carlo: within five standard errors of both.
fn agree(law: &str, scenario: &headstart::Scenario) {
    const N: u64 = 4_000_000;
    let expected: Value = serde_json::from_str(&read("tests/data/thrombolytics.json")).unwrap();
    let expected = &expected[law];
    let theirs = expected["N"].as_f64().unwrap();
    let summary = run(scenario, N);
    let near = |ours: Estimate, truth: &Value| {
        let truth = truth.as_f64().unwrap();
        let error = (truth * (1.0 - truth) * (1.0 / N as f64 + 1.0 / theirs)).sqrt();
        assert!((ours.probability - truth).abs() < BOUND * error, "{law}: {ours:?} against {truth}");
    };
    let central =
        central_weights(scenario, Run { draws: 262_144, ..Run::default() }, Control::none()).unwrap();
    for (i, one) in central.iter().enumerate() {
        let favoured = one.favoured.as_ref().unwrap();
        let sure = expected["confidence_factors"][i].as_f64().unwrap();
        // Theirs rest on two million draws, and ours on central weights that are themselves sampled.
        let off = (favoured.confidence.value - sure).abs();
        assert!(
            off < BOUND * favoured.confidence.mcse + 0.003,
            "{law}: {:?} against {sure}",
            favoured.confidence
        );
        for (k, weight) in favoured.weights.iter().enumerate() {
            let truth = expected["central_weights"][i][k].as_f64().unwrap();
            assert!(
                (weight.value - truth).abs() < BOUND * weight.mcse * 1.1 + 1e-6,
                "{law}: {weight:?} against {truth}"
            );
        }
    }
    for i in 0..2 {
        for r in 0..2 {
            near(summary.order.ranks[i][r], &expected["rank_acceptability"][i][r]);
        }
        near(summary.order.before[i][1 - i].unwrap(), &expected["pairwise_winning"][i][1 - i]);
        let drawn = &summary.areas[i].overall;
        let (mean, sd) =
            (expected["mean_value"][i].as_f64().unwrap(), expected["sd_value"][i].as_f64().unwrap());
        let error = sd * (1.0 / N as f64 + 1.0 / theirs).sqrt();
        assert!((drawn.mean - mean).abs() < BOUND * error, "{law}: mean {} against {mean}", drawn.mean);
        // The standard error of a standard deviation is at most this for a kurtosis up to 5.
        assert!((drawn.sd - sd).abs() < BOUND * error, "{law}: sd {} against {sd}", drawn.sd);
    }
}

#[test]
fn thrombolytics_with_simplex_weights() {
    agree("no_preference", &thrombolytics(["", "", ""], "weights: Simplex"));
}

#[test]
fn thrombolytics_with_fixed_weights() {
    agree("fixed_0.5_0.2_0.3", &thrombolytics(["0.5", "0.2", "0.3"], ""));
    agree("exact_swing_4_1_2", &thrombolytics(["4", "1", "2"], ""));
}

#[test]
fn thrombolytics_with_an_order_of_weights() {
    let law = "weights: Ranked([\"proximal\", \"bleeding\", \"distal\"])";
    agree("ordinal_prox_bleed_dist", &thrombolytics(["", "", ""], law));
}

#[test]
fn thrombolytics_with_bounds_on_ratios() {
    let law = "weights: Constrained([Ratio(of: \"proximal\", to: \"bleeding\", min: 1.5, max: 3), Order([\"bleeding\", \"distal\"])])";
    agree("ratio_bound_1.5_to_3_prox_over_bleed_and_bleed_ge_dist", &thrombolytics(["", "", ""], law));
}
