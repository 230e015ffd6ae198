//! The JSON report: a contract with other programs. A change of its fields is a new schema number.

use crate::analysis::{AreaSummary, Method, OverallScore, Summary};
use crate::model::Subject;
use crate::report::json::dates::ClockJson;
use crate::report::json::method::{CrossCheckJson, ExactJson, PartialJson, PrecisionJson};
use crate::report::json::order::{OrderJson, order};
use crate::report::json::supplements::SupplementsJson;
use crate::report::json::write::pretty;
use crate::report::provenance::made::Provenance;
use crate::report::version::SCHEMA;
use crate::report::wording::changed::Changed;
use crate::report::wording::warnings::lints;
use crate::sampler::{Arithmetic, Run};
use crate::scenario::Lint;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// The report of a run. Areas keep the order of the scenario everywhere; probabilities are raw estimates, so an
/// event that never happened has probability 0 and an interval that says how little that means.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RunJson {
    /// [`SCHEMA`].
    pub schema: u32,
    /// Settings of the run.
    pub manifest: Manifest,
    /// Warnings that bear on the answer: things that are probably not meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
    /// One an area.
    pub areas: Vec<AreaJson>,
    /// Over all worlds.
    #[serde(flatten)]
    pub order: OrderJson,
    /// Answers in each joint world; empty if the scenario has no worlds.
    pub worlds: Vec<WorldJson>,
    /// Supplementary results, each where the scenario has a use for it.
    #[serde(flatten)]
    pub beside: SupplementsJson,
    /// Dates, if the scenario has a clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockJson>,
    /// The canonical text of the scenario, so that the report can be run again.
    pub scenario: String,
    /// Provenance: how the report was made, which the command line knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made: Option<Provenance>,
}

/// Settings with which the run can be made again.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Manifest {
    /// The version of the program.
    pub version: &'static str,
    /// The title of the scenario.
    pub title: String,
    /// The SHA-256 of its canonical text.
    pub scenario_hash: String,
    /// The seed.
    pub seed: u64,
    /// Number of joint draws.
    pub draws: u64,
    /// Changes before the run, if there were any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<Changed>,
    /// Method of the probabilities.
    pub method: &'static str,
    /// In which numbers: `single` or `double` precision.
    pub arithmetic: String,
    /// Largest change that single precision makes to the probability of any pair of areas. The change of a rank or a claim is at most the
    /// sum of that over the pairs that it compares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arithmetic_moves: Option<f64>,
    /// The greatest share of the draws in which two areas are too close for the arithmetic to tell apart, if that happens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undecided: Option<f64>,
    /// The largest standard error of any probability in the report.
    pub largest_mcse: f64,
    /// Share of the run that was finished, if it was stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial: Option<PartialJson>,
    /// Basis of an exact answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<ExactJson>,
    /// `simultaneous`, if the intervals of all pairs, of all ranks and of all claims hold together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intervals: Option<&'static str>,
    /// Precision that was asked for, and whether it was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<PrecisionJson>,
    /// Both engines against each other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cross_check: Option<CrossCheckJson>,
}

impl Manifest {
    /// Of a run of a scenario that was sampled.
    pub(crate) fn sampled(subject: &Subject<'_>, run: Run, largest_mcse: f64) -> Self {
        let (scenario, model) = (subject.scenario(), subject.model());
        let arithmetic = run.arithmetic.of(model);
        Self {
            version: env!("CARGO_PKG_VERSION"),
            title: scenario.title().into(),
            scenario_hash: scenario.hash(),
            seed: run.seed,
            draws: run.draws,
            changed: Changed::of(subject, run),
            method: "sample",
            arithmetic: arithmetic.to_string(),
            arithmetic_moves: (arithmetic == Arithmetic::Single).then(|| model.single_moves()),
            undecided: None,
            largest_mcse,
            partial: None,
            exact: None,
            intervals: None,
            precision: None,
            cross_check: None,
        }
    }
}

/// Something that is probably not meant.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Warning {
    /// The code of the warning, such as `L009`.
    pub code: &'static str,
    /// The address or id that it is about.
    pub place: String,
    /// Sentence that says what is odd.
    pub message: String,
}

/// One area.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AreaJson {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The id of its group.
    pub group: String,
    /// Its overall score at central numbers and mean world weights.
    pub central: f64,
    /// Shift of the overall score with the means of the scores in place of their central numbers.
    pub moved: f64,
    /// Its overall score as drawn.
    pub overall: MomentsJson,
}

/// The distribution of an overall score.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MomentsJson {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// The standard error of the mean.
    pub mcse: f64,
    /// The standard error of the standard deviation, where headstart integrated it.
    pub sd_mcse: Option<f64>,
    /// Probabilities and the quantiles at them.
    pub quantiles: Vec<(f64, f64)>,
    /// The ends of the 95 % interval of each.
    pub quantile_intervals: Vec<(f64, f64)>,
    /// `true` if a few extreme draws make up most of the spread, so that mean and standard deviation are unreliable and their true
    /// errors larger than stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heavy_tail: Option<bool>,
}

/// One joint world.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WorldJson {
    /// The outcome of each world.
    pub outcomes: BTreeMap<String, String>,
    /// Probability of the world.
    pub probability: f64,
    /// The order there.
    #[serde(flatten)]
    pub order: OrderJson,
    /// The overall scores there, one an area.
    pub overall: Vec<MomentsJson>,
}

/// The report of a run as JSON.
#[must_use]
pub fn json<'a>(scenario: impl Into<Subject<'a>>, summary: &Summary) -> String {
    pretty(&RunJson::new(scenario, summary))
}

impl RunJson {
    /// Lays out a summary.
    #[must_use]
    pub fn new<'a>(scenario: impl Into<Subject<'a>>, summary: &Summary) -> Self {
        let scenario: &Subject<'a> = &scenario.into();
        let areas =
            scenario.areas().iter().zip(&summary.areas).enumerate().map(|(i, (area, drawn))| AreaJson {
                id: area.id.clone(),
                name: area.name.clone(),
                group: scenario.groups()[area.group].id.clone(),
                central: summary.point.overall_scores[i],
                moved: summary.point.moved[i],
                overall: moments(drawn),
            });
        let worlds = summary.worlds.iter().map(|world| WorldJson {
            outcomes: world
                .world
                .named(scenario)
                .map(|(w, outcome)| (w.to_owned(), outcome.to_owned()))
                .collect(),
            probability: world.world.probability,
            order: order(scenario, &world.order),
            overall: world.areas.iter().map(moments).collect(),
        });
        Self {
            schema: SCHEMA,
            manifest: Manifest {
                method: match summary.method {
                    Method::Sample => "sample",
                    Method::Exact(_) => "exact",
                },
                partial: summary.partial.map(PartialJson::from),
                exact: ExactJson::of(summary),
                intervals: summary.simultaneous.then_some("simultaneous"),
                precision: PrecisionJson::of(summary),
                cross_check: CrossCheckJson::of(summary),
                undecided: summary
                    .undecided
                    .as_ref()
                    .map(|undecided| undecided.share)
                    .filter(|share| *share > 0.0),
                ..Manifest::sampled(scenario, summary.run, summary.largest_mcse())
            },
            warnings: lints(scenario, summary)
                .into_iter()
                .map(|Lint { code, place, message, .. }| Warning { code, place, message })
                .collect(),
            areas: areas.collect(),
            order: order(scenario, &summary.order),
            worlds: worlds.collect(),
            beside: SupplementsJson::new(scenario, summary),
            clock: ClockJson::of(scenario, summary),
            scenario: scenario.to_ron(),
            made: None,
        }
    }
}

fn moments(drawn: &AreaSummary) -> MomentsJson {
    let OverallScore { mean, sd, quantiles } = &drawn.overall;
    MomentsJson {
        mean: *mean,
        sd: *sd,
        mcse: drawn.mcse,
        sd_mcse: drawn.sd_mcse,
        quantiles: quantiles.clone(),
        quantile_intervals: drawn.quantile_intervals.clone(),
        heavy_tail: drawn.is_heavy.then_some(true),
    }
}
