//! The ways in which a number can enter an order: as a score, a weight, a shared input, a discount, a residual, a shared error. What
//! an order is likely to be where it has a certain value is compared with runs in which it has that value, and with closed forms.

use super::asking::{against_runs, asked};
use crate::support::{BOUND, parse};
use headstart::Scenario;
use headstart::analysis::Detail;
use headstart::distribution::{standard_cdf, standard_quantile};

const AREAS: &str = "groups: [(id: \"x\"), (id: \"y\")],
    areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"y\"), (id: \"c\", group: \"y\")],
    worlds: [(id: \"w\", outcomes: [(\"wet\", 0.4), (\"dry\", 0.6)])]";

/// Discounts, one of them on what is discounted already, keep the lower end of the scale; weights are shared by all areas.
#[test]
fn scores_weights_and_discounts_on_a_scale() {
    let scenario = parse(&format!(
        "Scenario(title: \"t\", scale: (min: 1, max: 10), {AREAS},
         discounts: [(id: \"d\", of: \"@x\", by: Uniform(min: 0.5, max: 1)),
                     (id: \"e\", of: \"a\", by: ByWorld(\"w\", {{\"wet\": Uniform(min: 0.6, max: 1), \"dry\": 0.9}}))],
         factors: [(id: \"f\", weight: Uniform(min: 1, max: 3), scores: [Uniform(min: 5, max: 9), Uniform(min: 2, max: 6), 5]),
                   (id: \"g\", weight: Exponential(rate: 1),
                    scores: [Uniform(min: 2, max: 9), ByWorld(\"w\", {{\"wet\": Uniform(min: 2, max: 8), \"dry\": 4}}), 4])])"
    ));
    let claims = ["a before b", "c before a", "b before c"];
    let numbers = ["weight.f", "weight.g", "score.f.a", "score.f.b", "score.g.a", "discount.d"];
    against_runs(&scenario, &claims, &numbers, 20_000);
}

/// Scores in natural units, and what several of them have in common.
#[test]
fn shared_inputs_and_natural_units() {
    let scenario = parse(&format!(
        "Scenario(title: \"t\", {AREAS}, inputs: [(id: \"luck\", value: Uniform(min: 2, max: 6))],
         discounts: [(id: \"d\", of: \"@y\", by: Uniform(min: 0.7, max: 1))],
         factors: [(id: \"f\", weight: Uniform(min: 1, max: 3), value: Linear(worst: 30, best: 10),
                    scores: [Uniform(min: 10, max: 20), Uniform(min: 12, max: 24), 18]),
                   (id: \"g\", weight: Uniform(min: 0.1, max: 0.4),
                    scores: [Relative(to: \"luck\", by: Uniform(min: -1, max: 1)), 4, Ref(\"luck\")])])"
    ));
    let claims = ["a before b", "c before a", "b before c"];
    let numbers = ["weight.f", "weight.g", "score.f.a", "score.f.b", "input.luck", "discount.d"];
    against_runs(&scenario, &claims, &numbers, 20_000);
}

/// The curve over an input is what a function of its value says.
#[track_caller]
fn assert_curve(scenario: &Scenario, address: &str, truth: &dyn Fn(f64) -> f64) {
    const N: u64 = 40_000;
    let answer = asked(scenario, "a before b", N, Detail::Curves);
    let effect = answer.inputs.iter().find(|input| input.address == address).expect(address);
    let points = &effect.curve.as_ref().expect("it has a curve").points;
    assert!(points.len() >= 5);
    for point in points {
        let (found, p) = (point.probability, truth(point.value));
        let error = (p * (1.0 - p) / N as f64).sqrt().max(1.0 / N as f64);
        assert!(
            (found.value - p).abs() <= BOUND * error,
            "{address} = {}: {} and not {p}",
            point.value,
            found.value
        );
    }
}

/// Certain scores with a normal residual: a is ahead where 0.8 (8 + r) + 0.2 exceeds 6.5 and the residual of b, if r is that of a; the
/// discount leaves the lower end of the scale. The numbers are in standard deviations.
#[test]
fn residuals_enter_an_order_as_in_closed_form() {
    let scenario = parse(&format!(
        "Scenario(title: \"t\", scale: (min: 1, max: 10), {AREAS}, residual: (sd: 0.7),
         discounts: [(id: \"d\", of: \"a\", by: 0.8)],
         factors: [(id: \"f\", weight: 2, scores: [8, 6.5, 1])])"
    ));
    let rest = |gap: f64| standard_cdf(gap / 0.7);
    assert_curve(&scenario, "residual.a", &|z| rest(0.8 * (8.0 + 0.7 * z) + 0.2 - 6.5));
    let discounted = |gap: f64| standard_cdf(gap / (0.8 * 0.7));
    assert_curve(&scenario, "residual.b", &|z| discounted(0.8 * 8.0 + 0.2 - 6.5 - 0.7 * z));
}

/// A uniform score whose normal score has a loading of a half on a shared error, of which each group has one of its own, against a certain one.
#[test]
fn shared_errors_of_scores_that_are_not_normal() {
    let scenario = parse(&format!(
        "Scenario(title: \"t\", {AREAS}, shared_errors: (group: 0.5),
         factors: [(id: \"f\", weight: 1, scores: [Uniform(min: 0, max: 1), 0.4, 0])])"
    ));
    let rest = 0.75_f64.sqrt();
    let answer = asked(&scenario, "a before b", 1_000, Detail::Curves);
    let shared_error =
        answer.inputs.iter().find(|input| input.address.starts_with("shared_error")).expect("a cause");
    assert_curve(&scenario, &shared_error.address.clone(), &|z| {
        standard_cdf((0.5 * z - standard_quantile(0.4)) / rest)
    });
}
