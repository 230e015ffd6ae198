//! Sensitivities as CSV: one input of one claim a line.

use crate::analysis::{Measured, Sensitivity};
use crate::model::Subject;
use crate::report::tables::csv::written;
use crate::report::wording::changed::Changed;
use crate::sampler::Run;

/// The header. `p05` and `p95` are the probabilities with the input held at its 5 % and its 95 % quantile; `break_even` has
/// the values at which it is one half, separated by blanks.
const HEADER: [&str; 15] = [
    "claim",
    "probability",
    "input",
    "s1",
    "s1_mcse",
    "st",
    "st_mcse",
    "flips",
    "flips_mcse",
    "brier",
    "regret",
    "p05",
    "p95",
    "break_even",
    "gradient",
];

/// Sensitivities as CSV; what is not known or not told is an empty field. What was changed before the run comes first, as the input of a claim
/// `changed`.
#[must_use]
pub fn sensitivity_csv<'a>(scenario: impl Into<Subject<'a>>, run: Run, answers: &[Sensitivity]) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let number = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
    let value = |x: Option<Measured>| number(x.map(|x| x.value));
    let mcse = |x: Option<Measured>| number(x.map(|x| x.mcse));
    let lines = answers.iter().flat_map(|answer| answer.inputs.iter().map(move |input| (answer, input)));
    let lines = lines.map(|(answer, input)| {
        let curve = input.curve.as_ref();
        let at = |end: usize| number(curve.map(|curve| curve.points[end].probability.value));
        let last = curve.map_or(0, |curve| curve.points.len() - 1);
        let break_even = curve.map_or(String::new(), |curve| {
            let values: Vec<String> =
                curve.break_even.iter().filter_map(|at| Some(at.value?.to_string())).collect();
            values.join(" ")
        });
        [
            answer.claim.id.clone(),
            answer.estimate.probability.to_string(),
            input.address.clone(),
            value(input.first),
            mcse(input.first),
            value(input.total),
            mcse(input.total),
            value(Some(input.flips)),
            mcse(Some(input.flips)),
            value(Some(input.brier)),
            value(input.regret),
            at(0),
            at(last),
            break_even,
            value(curve.and_then(|curve| curve.gradient)),
        ]
    });
    let changed = Changed::of(scenario, run).into_iter().flat_map(|changed| changed.rows());
    let changed = changed.map(|(kind, what)| {
        let mut line = HEADER.map(|_| String::new());
        (line[0], line[2]) = ("changed".into(), format!("{kind}: {what}"));
        line
    });
    written(std::iter::once(HEADER.map(String::from)).chain(changed).chain(lines))
}
