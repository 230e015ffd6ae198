//! Central weights as text, JSON and CSV.

use crate::analysis::CentralWeightTable;
use crate::model::Subject;
use crate::report::Style;
use crate::report::json::sensitivity::{NumberJson, SensitivityManifest};
use crate::report::json::write::pretty;
use crate::report::tables::csv::written;
use crate::report::text::{TextCell, TextPage, TextTable, heading, paragraph, share, title};
use crate::report::version::SCHEMA;
use crate::report::wording::changed::Changed;
use crate::report::wording::number::with_error;
use crate::sampler::Run;
use serde::Serialize;

/// Writes which weights favour each area, for people.
#[must_use]
pub fn central_text<'a>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    central: &[CentralWeightTable],
    style: Style,
) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let mut out = TextPage::default();
    title(&mut out, scenario, Changed::of(scenario, run).as_ref(), style);
    heading(&mut out, "Central weights: mean weight shares among the draws in which the area comes first");
    let factors = scenario.factors().iter().map(|factor| factor.name.as_str());
    let mut grid = TextTable::new("", ["first", "confidence factor"].into_iter().chain(factors));
    for one in central {
        let name = &scenario.areas()[one.area].name;
        let mut cells: Vec<TextCell> = vec![share(one.first).into()];
        match &one.favoured {
            None => cells.extend((0..=scenario.factors().len()).map(|_| TextCell::from("none"))),
            Some(favoured) => {
                cells.push(share(favoured.confidence).into());
                let weight =
                    |weight: &crate::analysis::Measured| with_error(weight.value, weight.mcse.max(0.001));
                cells.extend(favoured.weights.iter().map(|w| TextCell::from(weight(w))));
            }
        }
        grid.row(name, cells);
    }
    grid.write(&mut out, style);
    let text = "first: the probability of rank 1. confidence factor: the same with the weights fixed at this row. none: the area \
                never came first.";
    paragraph(&mut out, style, "", text);
    out.into()
}

/// Central weights of all areas.
#[derive(Debug, Serialize)]
pub struct All {
    /// The number of the schema.
    pub schema: u32,
    /// The run.
    pub manifest: SensitivityManifest,
    /// One an area.
    pub central_weights: Vec<One>,
}

/// Those of one area.
#[derive(Debug, Serialize)]
pub struct One {
    /// Its id.
    pub area: String,
    /// The probability that it is first.
    pub first: NumberJson,
    /// Confidence factor: that share with its central weights; null for an area that was never first.
    pub confidence: Option<NumberJson>,
    /// One entry per factor, by its id; null for an area that was never first.
    pub weights: Option<Vec<Weight>>,
}

/// The central weight of one factor.
#[derive(Debug, Serialize)]
pub struct Weight {
    /// Its id.
    pub factor: String,
    /// The share of the whole weight.
    pub share: f64,
    /// Its standard error.
    pub mcse: f64,
}

/// Writes which weights favour each area, for programs.
#[must_use]
pub fn central_json<'a>(
    scenario: impl Into<Subject<'a>>,
    central: &[CentralWeightTable],
    run: Run,
) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let one = |one: &CentralWeightTable| One {
        area: scenario.areas()[one.area].id.clone(),
        first: one.first.into(),
        confidence: one.favoured.as_ref().map(|favoured| favoured.confidence.into()),
        weights: one.favoured.as_ref().map(|favoured| {
            let factors = scenario.factors().iter().zip(&favoured.weights);
            let weight = factors.map(|(factor, weight)| Weight {
                factor: factor.id.clone(),
                share: weight.value,
                mcse: weight.mcse,
            });
            weight.collect()
        }),
    };
    pretty(&All {
        schema: SCHEMA,
        manifest: SensitivityManifest::new(scenario, run),
        central_weights: central.iter().map(one).collect(),
    })
}

/// One factor of one area a line; an area that was never first has empty fields. What was changed before the run comes first, as the factor
/// of an area `changed`.
#[must_use]
pub fn central_csv<'a>(scenario: impl Into<Subject<'a>>, run: Run, central: &[CentralWeightTable]) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let header = ["area", "first", "confidence", "factor", "share", "mcse"].map(String::from);
    let lines = central.iter().flat_map(|one| {
        scenario.factors().iter().enumerate().map(move |(k, factor)| {
            let favoured = one.favoured.as_ref();
            let number = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
            [
                scenario.areas()[one.area].id.clone(),
                one.first.value.to_string(),
                number(favoured.map(|favoured| favoured.confidence.value)),
                factor.id.clone(),
                number(favoured.map(|favoured| favoured.weights[k].value)),
                number(favoured.map(|favoured| favoured.weights[k].mcse)),
            ]
        })
    });
    let changed = Changed::of(scenario, run).into_iter().flat_map(|changed| changed.rows());
    let changed = changed.map(|(kind, what)| {
        [
            "changed".into(),
            String::new(),
            String::new(),
            format!("{kind}: {what}"),
            String::new(),
            String::new(),
        ]
    });
    written(std::iter::once(header).chain(changed).chain(lines))
}
