//! Comparisons as JSON: sweeps, levers, and two scenarios. A part of the same contract as the report of a run.

use crate::analysis::{
    BreakEven, ClaimChange, Difference, EditEffect, LeverValue, Measured, PairsChange, ScenarioChange,
    SpilloverBreakEven, break_even, clipping_warnings_levers, clipping_warnings_sweep,
};
use crate::model::Subject;
use crate::report::compared_points::ComparedPoints;
use crate::report::json::report::Manifest;
use crate::report::provenance::made::Provenance;
use crate::report::provenance::seal::Seal;
use crate::report::version::SCHEMA;
use crate::report::wording::comparison::largest_mcse;
use crate::sampler::Run;
use crate::scenario::Scenario;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use std::io::Write;

/// Changed scenarios against one as it stands.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ComparisonsJson<'a> {
    /// The number of the schema.
    pub schema: u32,
    /// Settings of the run.
    pub manifest: Manifest,
    /// Addresses that are varied, as the beginning of the edits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub varied: Vec<String>,
    /// Effects, one per changed scenario.
    #[schemars(with = "Vec<Comparison>")]
    pub compared: Each<'a>,
    /// Values at which each claim crosses one half, in a sweep of one number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub break_even: Vec<Crossings>,
    /// Value of each lever against its spillover.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub worth: Vec<LeverValueJson>,
    /// The way from the one scenario to the other, of two that are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Way>,
    /// Numbers that would leave the scale and stop at its end, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Provenance: how the report was made, which the command line knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made: Option<Provenance>,
}

/// Changed scenarios, each laid out when it is written, so that many take little memory.
#[derive(Debug)]
pub struct Each<'a> {
    scenario: &'a Scenario,
    compared: &'a [ScenarioChange],
}

impl Serialize for Each<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let asked = self.compared.iter().filter(|one| !one.is_between);
        serializer.collect_seq(asked.map(|one| comparison(self.scenario, one)))
    }
}

/// The way from one scenario to another.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Way {
    /// True if nothing differs.
    pub same: bool,
    /// One an edit, each on top of those before.
    pub steps: Vec<WayStep>,
    /// Differences that are left out, as edits.
    pub left_out: Vec<String>,
}

/// One step of the way.
#[derive(Debug, JsonSchema, Serialize)]
pub struct WayStep {
    /// True if the name is an edit.
    pub is_edit: bool,
    /// Effect of the step.
    #[serde(flatten)]
    pub effect: Comparison,
}

/// Two scenarios as JSON: all that differs in the answer, and the way there.
#[must_use]
pub fn diff_json<'a>(scenario: impl Into<Subject<'a>>, run: Run, found: &Difference) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let Difference { total, steps, left_out } = found;
    let step =
        |step: &EditEffect| WayStep { is_edit: step.is_edit, effect: comparison(scenario, &step.effect) };
    let path = Way {
        same: steps.is_empty() && left_out.is_empty(),
        steps: steps.iter().map(step).collect(),
        left_out: left_out.clone(),
    };
    let all = comparisons(scenario, run, &[], std::slice::from_ref(total));
    crate::report::json::write::pretty(&ComparisonsJson { path: Some(path), ..all })
}

/// Value of a lever against its spillover.
#[derive(Debug, JsonSchema, Serialize)]
pub struct LeverValueJson {
    /// Name of the lever.
    pub lever: String,
    /// The group whose mean overall score it moves most.
    pub group: String,
    /// By how much, with its spillover.
    pub gain: MeasuredJson,
    /// By how much it moves that of all other areas.
    pub spillover: MeasuredJson,
    /// The gain for one point of spillover; nothing where there is none.
    pub gain_per_point_of_spillover: Option<MeasuredJson>,
    /// At how many times its spillover it does nothing for a claim.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub worth_nothing: Vec<Crossings>,
    /// Why its spillover cannot be made larger and smaller, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed: Option<String>,
}

/// A number with its error.
#[derive(Debug, JsonSchema, Serialize)]
pub struct MeasuredJson {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub mcse: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Levers as JSON: what each does to the claims, and what it is worth against its spillover.
#[must_use]
pub fn levers_json<'a>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    compared: &[ScenarioChange],
    worth: &[LeverValue],
) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let number = |measured: &Measured| {
        let (low, high) = measured.interval();
        MeasuredJson { value: measured.value, mcse: measured.mcse, low, high }
    };
    let nothing =
        |one: &SpilloverBreakEven| Crossings { claim: one.claim.clone(), crossings: crossings(&one.times) };
    let lever = |lever: &LeverValue| LeverValueJson {
        lever: lever.lever.clone(),
        group: scenario.groups()[lever.group].id.clone(),
        gain: number(&lever.gain),
        spillover: number(&lever.spillover),
        gain_per_point_of_spillover: lever.per_point.as_ref().map(number),
        worth_nothing: lever.worth_nothing.iter().flatten().map(nothing).collect(),
        fixed: lever.fixed.as_ref().map(ToString::to_string),
    };
    let worth = worth.iter().map(lever).collect();
    let warnings = clipping_warnings_levers(scenario);
    crate::report::json::write::pretty(&ComparisonsJson {
        worth,
        warnings,
        ..comparisons(scenario, run, &[], compared)
    })
}

/// Values at which a claim crosses one half.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Crossings {
    /// The id of the claim.
    pub claim: String,
    /// Each crossing, and each stretch that is not told from one half; none if nothing in the range can flip it.
    pub crossings: Vec<CrossingJson>,
}

/// A stretch of values in which a curve may cross a level.
#[derive(Debug, JsonSchema, Serialize)]
pub struct CrossingJson {
    /// Value at which the line through the points crosses, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<f64>,
    /// The lower end of the 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// True if the interval goes on beyond the range that was swept.
    pub open: bool,
}

/// Crossings as JSON has them.
pub fn crossings(found: &[BreakEven]) -> Vec<CrossingJson> {
    let crossing = |one: &BreakEven| match *one {
        BreakEven::Never { .. } => None,
        BreakEven::Crosses { at, low, high, from_below, to_above } => {
            Some(CrossingJson { at: Some(at), low, high, open: from_below || to_above })
        }
        BreakEven::Unsettled { low, high } => Some(CrossingJson { at: None, low, high, open: false }),
    };
    found.iter().filter_map(crossing).collect()
}

/// One changed scenario.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Comparison {
    /// Name of the changed scenario.
    pub name: String,
    /// One value a number that is varied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<f64>,
    /// Effect on each claim.
    pub claims: Vec<ClaimChangeJson>,
    /// Effect on the pairs of each two groups.
    pub pairs: Vec<PairsChangeJson>,
}

/// Effect on the number of pairs between two groups that have the area of the first ahead.
#[derive(Debug, JsonSchema, Serialize)]
pub struct PairsChangeJson {
    /// The id of the one group.
    pub a: String,
    /// The id of the other.
    pub b: String,
    /// Number of pairs.
    pub of: usize,
    /// Expected number in the baseline.
    pub from: f64,
    /// Expected number in the changed scenario.
    pub to: f64,
    /// The difference.
    pub change: f64,
    /// The standard error of the difference, the draws being the same.
    pub mcse: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// True if not one draw differs.
    pub inert: bool,
}

/// Effect on one claim.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ClaimChange")]
pub struct ClaimChangeJson {
    /// Its id.
    pub id: String,
    /// Sentence of the claim.
    pub text: String,
    /// Its probability as the scenario stands.
    pub from: f64,
    /// Its probability in the changed one.
    pub to: f64,
    /// The difference.
    pub change: f64,
    /// The standard error of the difference, the draws being the same.
    pub mcse: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// True if not one draw differs.
    pub inert: bool,
}

/// Comparisons as JSON.
#[must_use]
pub fn compared_json<'a>(scenario: impl Into<Subject<'a>>, run: Run, compared: ComparedPoints<'_>) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    crate::report::json::write::pretty(&partly(scenario, run, compared))
}

/// Writes the comparison with how it was made, piece by piece.
///
/// # Errors
/// It cannot be written.
pub fn write_compared_json<'a>(
    out: &mut dyn Write,
    scenario: impl Into<Subject<'a>>,
    run: Run,
    compared: ComparedPoints<'_>,
    made: &Provenance,
) -> std::io::Result<()> {
    let scenario: &Subject<'a> = &scenario.into();
    let all = ComparisonsJson { made: Some(made.clone()), ..partly(scenario, run, compared) };
    let mut seal = Seal::new(out);
    crate::report::json::write::write_pretty(&mut seal, &all)?;
    seal.finish().map(drop)
}

/// Comparisons of which some may be missing.
fn partly<'a>(
    scenario: &'a Subject<'_>,
    run: Run,
    ComparedPoints { points, varied, partial }: ComparedPoints<'a>,
) -> ComparisonsJson<'a> {
    let mut all = comparisons(scenario, run, varied, points);
    if let Some(partial) = partial {
        all.manifest.partial = Some(partial.into());
        // Of points that are missing it is not known whether they would flip a claim.
        all.break_even.clear();
    }
    all
}

fn comparisons<'a>(
    scenario: &'a Subject<'_>,
    run: Run,
    varied: &[String],
    compared: &'a [ScenarioChange],
) -> ComparisonsJson<'a> {
    let ids = compared.first().map(|one| one.claims.iter().map(|claim| claim.id.to_string()));
    let curve = |(index, claim): (usize, String)| Crossings {
        claim,
        crossings: crossings(&break_even(compared, index)),
    };
    let break_even = match (varied, ids) {
        ([_], Some(ids)) => ids.enumerate().map(curve).collect(),
        _ => Vec::new(),
    };
    ComparisonsJson {
        schema: SCHEMA,
        manifest: Manifest::sampled(scenario, run, largest_mcse(compared)),
        varied: varied.to_vec(),
        compared: Each { scenario: scenario.scenario(), compared },
        break_even,
        worth: Vec::new(),
        path: None,
        warnings: clipping_warnings_sweep(scenario, varied, compared.iter().map(|point| &point.values[..])),
        made: None,
    }
}

/// One changed scenario as JSON has it.
fn comparison(scenario: &Scenario, one: &ScenarioChange) -> Comparison {
    let claim = |claim: &ClaimChange| ClaimChangeJson {
        id: claim.id.to_string(),
        text: claim.text.to_string(),
        from: claim.from.probability,
        to: claim.to.probability,
        change: claim.change.difference,
        mcse: claim.change.mcse,
        low: claim.change.low,
        high: claim.change.high,
        inert: claim.change.inert,
    };
    let group = |group: usize| scenario.groups()[group].id.clone();
    let pairs = |pairs: &PairsChange| PairsChangeJson {
        a: group(pairs.a),
        b: group(pairs.b),
        of: pairs.of,
        from: pairs.from.mean,
        to: pairs.to.mean,
        change: pairs.change.difference,
        mcse: pairs.change.mcse,
        low: pairs.change.low,
        high: pairs.change.high,
        inert: pairs.change.inert,
    };
    Comparison {
        name: one.name.clone(),
        values: one.values.clone(),
        claims: one.claims.iter().map(claim).collect(),
        pairs: one.pairs.iter().map(pairs).collect(),
    }
}
