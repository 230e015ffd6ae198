//! The numbers of a model: what they are worth, and what is taken off those that are added up as they are drawn.

use crate::support::parse;
use headstart::model::{Affine, Model, Scorer, Term};

/// A factor in natural units, falling, and one on the scale; one score of each is certain.
const MODEL: &str = r#"Scenario(
    title: "test", scale: (min: 0, max: 10), groups: [(id: "x"), (id: "y")],
    areas: [(id: "a", group: "x"), (id: "b", group: "y")],
    factors: [
        (id: "days", value: Linear(worst: 20, best: 5), weight: 1, scores: [Uniform(min: 5, max: 20), Exact(8)]),
        (id: "points", weight: Uniform(min: 1, max: 3), scores: [Uniform(min: 2, max: 9), Exact(4)]),
    ],
)"#;

/// The line through the two ends of a value function, written a second time.
fn worth(days: f64) -> f64 {
    10.0 * (20.0 - days) / 15.0
}

#[test]
fn value_functions_are_in_the_numbers() {
    let model = Model::new(&parse(MODEL));
    let [days, points] = model.weighted(0) else { panic!("two factors have weight") };
    for x in [5.0, 8.0, 12.5, 20.0] {
        assert!((days.scores[0].value(|_| x) - worth(x)).abs() < 1e-12);
        assert_eq!(points.scores[0].value(|_| x), x);
    }
    assert_eq!(days.scores[1].as_exact(), Some(8.0));
    assert_eq!(points.scores[1].as_exact(), Some(4.0));
    assert_eq!((days.weight.as_exact(), points.weight.is_bare()), (Some(1.0), true));
    let swapped: Term = days.with_scores_of(&[1, 0]);
    assert_eq!(swapped.scores, [days.scores[1], days.scores[0]]);
}

/// The overall scores of a block are the weighted means of what the numbers say.
#[test]
fn numbers_give_the_overall_scores() {
    let model = Model::new(&parse(MODEL));
    let mut batch = model.batch();
    for input in 0..model.inputs().len() {
        let column = batch.input_mut(input);
        column.iter_mut().enumerate().for_each(|(n, x)| *x = 1.0 + input as f64 + n as f64 / 512.0);
    }
    model.score(&mut batch);
    for n in [0, 1, 700, 1023] {
        let value = |number: &Affine| number.value(|column| batch.input(column)[n]);
        let total: f64 = model.weighted(0).iter().map(|term| value(&term.weight)).sum();
        for area in 0..2 {
            let sum: f64 =
                model.weighted(0).iter().map(|term| value(&term.weight) * value(&term.scores[area])).sum();
            assert!((batch.overall(0, area)[n] - sum / total).abs() < 1e-12);
        }
    }
}

/// In single precision a score that is added up as it is drawn is drawn from the middle of the scale, unless a value function moves it
/// there; what is kept is drawn as it is, and so is everything where inputs are kept.
#[test]
fn a_scorer_says_what_is_taken_off_each_draw() {
    let model = Model::new(&parse(MODEL));
    let shifts = |scorer: &Scorer<'_, f32>| -> Vec<(String, f64)> {
        let addresses = model.inputs().iter().map(|input| input.address.to_string());
        addresses.zip(scorer.shifts().iter().copied()).filter(|(_, off)| *off != 0.0).collect()
    };
    assert_eq!(shifts(&Scorer::new(&model, false)), [("score.points.a".to_owned(), 5.0)]);
    assert_eq!(shifts(&Scorer::new(&model, true)), []);
}
