//! The JSON of `show` and `check`: a scenario as it is written, what can be edited, and what is wrong with it. No draws.

use crate::analysis::PointTable;
use crate::error::{Problem, Problems};
use crate::model::{Input, Model};
use crate::report::json::report::Warning;
use crate::report::json::write::{Json, parse, pretty};
use crate::report::version::SCHEMA;
use crate::scenario::{Editable, Entry, Lever, Lint, Scenario, Words, WorldVariable};
use schemars::JsonSchema;
use serde::Serialize;

/// Probabilities at which an outline has quantiles.
const OUTLINE: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// A scenario as it is written.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Shown {
    /// Number of the schema that this follows.
    schema: u32,
    /// Version of the program.
    version: &'static str,
    /// Question of the scenario.
    title: String,
    /// Description for readers; may be empty.
    about: String,
    /// Words that reports use.
    words: ShownWords,
    /// SHA-256 of the scenario's canonical text.
    scenario_hash: String,
    /// Groups, with the average central score of each.
    groups: Vec<ShownGroup>,
    /// Areas, with the central score of each.
    areas: Vec<ShownArea>,
    /// Factors, with central weights and scores.
    factors: Vec<ShownFactor>,
    /// World variables.
    worlds: Vec<ShownWorld>,
    /// Levers, each with its edits.
    levers: Vec<ShownLever>,
    /// Every uncertain number.
    inputs: Vec<ShownInput>,
    /// Every address that an edit can name.
    edits: Vec<ShownEdit>,
}

/// A group.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownGroup {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// Average over its areas of the weighted mean at central numbers.
    central: f64,
}

/// An area.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownArea {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// Id of its group.
    group: String,
    /// Weighted mean of its scores at central numbers.
    central: f64,
    /// Change of that with the means of the scores in place of their central numbers.
    moved: f64,
}

/// A factor.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownFactor {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// Central weight, averaged over the worlds.
    weight: f64,
    /// Central scores, one per area, after the value function and averaged over the worlds.
    scores: Vec<f64>,
}

/// A world variable.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownWorld {
    /// Its id.
    id: String,
    /// Its outcomes.
    outcomes: Vec<String>,
    /// Id of the world variable that its probabilities depend on, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    given: Option<String>,
}

/// A lever.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownLever {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// Edits that pull it.
    edits: Vec<String>,
    /// Edits that it may spill over into.
    spillover: Vec<String>,
}

/// An uncertain number.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownInput {
    /// Its address, with the branch behind it where it depends on a world or a rater.
    address: String,
    /// Family of its distribution, e.g. `Triangular`.
    family: String,
    /// Parameters of the family, as in a scenario in JSON.
    parameters: Json,
    /// Mean.
    mean: f64,
    /// Standard deviation.
    sd: f64,
    /// Probabilities and the quantiles at them.
    quantiles: Vec<(f64, f64)>,
}

/// An address that an edit can name.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownEdit {
    /// The address.
    address: String,
    /// Value of it, as it stands behind the `=` of an edit that changes nothing; empty where there is none.
    value: String,
    /// Operators that it takes, of `=`, `+=` and `*=`.
    operators: Vec<&'static str>,
    /// Reason why other operators are refused, if any is.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
}

/// Problems of a scenario, and what is probably not meant.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Checked {
    /// Number of the schema that this follows.
    schema: u32,
    /// Version of the program.
    version: &'static str,
    /// `true` if the scenario can be used.
    valid: bool,
    /// Everything that is wrong, in the order of the text.
    problems: Vec<FoundProblem>,
    /// Warnings: things that are allowed and probably not meant.
    warnings: Vec<FoundWarning>,
    /// Sizes of the scenario, if it is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<Counts>,
}

/// One thing that is wrong.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FoundProblem {
    /// Code by which it can be looked up, e.g. `E008`.
    code: &'static str,
    /// Sentence without a full stop that says what is wrong.
    message: String,
    /// Part of the scenario that it is in, e.g. `factors[2].scores[4]`; empty if that is the whole.
    path: String,
    /// Marked text.
    #[serde(flatten)]
    mark: Mark,
    /// Note at the mark; may be empty.
    label: String,
    /// Remedy: what to write instead, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    /// Other text that bears on it.
    related: Vec<Related>,
}

/// Other text that bears on a problem.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Related {
    /// Marked text.
    #[serde(flatten)]
    mark: Mark,
    /// Note at the mark.
    label: String,
}

/// A stretch of the text.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Mark {
    /// Line of the first character, from 1.
    line: usize,
    /// Column of the first character, from 1, in characters.
    column: usize,
    /// First byte, and the byte behind the last one.
    span: (usize, usize),
}

/// A warning and what to do about it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FoundWarning {
    /// The warning.
    #[serde(flatten)]
    warning: Warning,
    /// Remedy: what to write instead, or how to say that it is meant.
    help: String,
}

/// Sizes of a scenario.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Counts {
    /// Number of groups.
    groups: usize,
    /// Number of areas.
    areas: usize,
    /// Number of factors.
    factors: usize,
    /// Number of joint worlds.
    worlds: usize,
    /// Number of uncertain numbers.
    inputs: usize,
}

/// The words that reports use.
#[derive(Debug, JsonSchema, Serialize)]
struct ShownWords {
    /// Noun for one area.
    area: String,
    /// Noun for several areas.
    areas: String,
    /// Noun for the overall score.
    score: String,
    /// Verb between an area and one that follows it.
    before: String,
}

impl ShownWords {
    fn of(scenario: &Scenario) -> Self {
        let Words { area, areas, score, before } = scenario.words().clone();
        Self { area, areas, score, before }
    }
}

/// Returns a scenario as JSON: its central numbers, its inputs with their distributions, and what can be edited.
#[must_use]
pub fn show_json(scenario: &Scenario, model: &Model, point: &PointTable) -> String {
    let groups = scenario.groups().iter().zip(&point.groups);
    let areas = scenario.areas().iter().zip(point.overall_scores.iter().zip(&point.moved));
    let factors = scenario.factors().iter().zip(point.weights.iter().zip(&point.scores));
    pretty(&Shown {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        title: scenario.title().into(),
        about: scenario.about().into(),
        words: ShownWords::of(scenario),
        scenario_hash: scenario.hash(),
        groups: groups
            .map(|(group, point)| ShownGroup {
                id: group.id.clone(),
                name: group.name.clone(),
                central: *point,
            })
            .collect(),
        areas: areas
            .map(|(area, (point, moved))| ShownArea {
                id: area.id.clone(),
                name: area.name.clone(),
                group: scenario.groups()[area.group].id.clone(),
                central: *point,
                moved: *moved,
            })
            .collect(),
        factors: factors
            .map(|(factor, (weight, scores))| ShownFactor {
                id: factor.id.clone(),
                name: factor.name.clone(),
                weight: *weight,
                scores: scores.clone(),
            })
            .collect(),
        worlds: scenario.worlds().iter().map(|world| shown_world(scenario, world)).collect(),
        levers: scenario.levers().iter().map(shown_lever).collect(),
        inputs: model.stated_inputs().map(shown_input).collect(),
        edits: scenario
            .editable()
            .into_iter()
            .map(|Editable { address, value, operators, refused }| {
                let refused = refused.map(|reason| reason.to_string());
                ShownEdit { address, value, operators, refused }
            })
            .collect(),
    })
}

fn shown_world(scenario: &Scenario, world: &WorldVariable) -> ShownWorld {
    let WorldVariable { id, outcomes, given, .. } = world;
    let given = given.map(|given| scenario.worlds()[given].id.clone());
    ShownWorld { id: id.clone(), outcomes: outcomes.clone(), given }
}

fn shown_lever(lever: &Lever) -> ShownLever {
    let Lever { id, name, edits, spillover, .. } = lever.clone();
    ShownLever { id, name, edits, spillover }
}

fn shown_input(input: &Input) -> ShownInput {
    let dist = &input.dist;
    let named: Json = parse(Entry::from(dist.clone()).json()).expect("the JSON of a distribution is JSON");
    let Json::Object(named) = named else { unreachable!("a distribution has a name") };
    let (family, parameters) = named.into_iter().next().expect("a distribution has one name");
    ShownInput {
        address: input.to_string(),
        family,
        parameters,
        mean: dist.mean(),
        sd: dist.variance().sqrt(),
        quantiles: OUTLINE.map(|p| (p, dist.quantile(p))).to_vec(),
    }
}

/// Returns as JSON that a scenario is valid, with its warnings.
#[must_use]
pub fn checked_json(scenario: &Scenario, model: &Model, lints: Vec<Lint>) -> String {
    let warning = |Lint { code, place, message, remedy }| FoundWarning {
        warning: Warning { code, place, message },
        help: remedy,
    };
    pretty(&Checked {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        valid: true,
        problems: Vec::new(),
        warnings: lints.into_iter().map(warning).collect(),
        counts: Some(Counts {
            groups: scenario.groups().len(),
            areas: scenario.areas().len(),
            factors: scenario.factors().len(),
            worlds: model.worlds().len(),
            inputs: model.stated_inputs().count(),
        }),
    })
}

/// Returns the problems of a scenario as JSON.
#[must_use]
pub fn problems_json(problems: &Problems) -> String {
    let mark = |span: &crate::error::Span| {
        let (line, column) = problems.position(span.start);
        Mark { line, column, span: (span.start, span.end) }
    };
    let found = |problem: &Problem| FoundProblem {
        code: problem.code.as_str(),
        message: problem.message.clone(),
        path: problem.path.clone(),
        mark: mark(&problem.span),
        label: problem.label.clone(),
        help: problem.help.clone(),
        related: problem
            .related
            .iter()
            .map(|(span, label)| Related { mark: mark(span), label: label.clone() })
            .collect(),
    };
    pretty(&Checked {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        valid: false,
        problems: problems.problems().iter().map(found).collect(),
        warnings: Vec::new(),
        counts: None,
    })
}
