//! Results beside a run that only a page shows: the effect of its levers, and the drivers of its first claim or its closest pair.

use crate::analysis::{Detail, Error, Summary, compare_all, lever_scenarios, sensitivity};
use crate::control::{Control, Stopped};
use crate::model::LaidOut;
use crate::report::{PageExtras, Tornado, closest_pair};
use crate::request::told::{Tell, Told};
use crate::sampler::Run;
use crate::scenario::NamedClaim;

/// Draws of what a page shows beside the answer: no more than these, to keep it as quick as the run itself.
const MAX_DRAWS: u64 = 100_000;
/// The most inputs that drivers are looked for among: for the same reason.
const MAX_INPUTS: usize = 2_000;

/// Results beside a run that only a page shows.
#[derive(Clone, Debug, Default)]
pub enum Extras {
    /// The request does not ask for a page.
    #[default]
    NotAsked,
    /// The run was stopped before all of them were drawn.
    Stopped,
    /// Extras that were drawn, and notes on those that could not be.
    Drawn(Box<PageExtras>),
}

impl Extras {
    /// Draws them for a run.
    pub(super) fn drawn(scenario: &LaidOut, summary: &Summary, control: Control<'_>, tell: Tell<'_>) -> Self {
        match beside(scenario, summary, control, tell) {
            Ok(beside) => Self::Drawn(Box::new(beside)),
            Err(Stopped) => Self::Stopped,
        }
    }

    /// Returns what a page shows of them.
    pub(super) fn shown(&self) -> PageExtras {
        /// Note of a page that was interrupted, and of one that is made again from it.
        const MISSING: &str = "This page shows neither levers nor drivers: headstart did not draw them.";
        match self {
            Self::Drawn(beside) => (**beside).clone(),
            Self::NotAsked | Self::Stopped => {
                PageExtras { notes: vec![MISSING.to_owned()], ..PageExtras::default() }
            }
        }
    }
}

fn beside(
    scenario: &LaidOut,
    summary: &Summary,
    control: Control<'_>,
    tell: Tell<'_>,
) -> Result<PageExtras, Stopped> {
    control.go_on()?;
    let run = Run { draws: summary.run.draws.min(MAX_DRAWS), ..summary.run };
    let (mut levers, mut notes) = (None, Vec::new());
    match levers_compared(scenario, run, control, tell) {
        Ok(compared) => levers = (!compared.is_empty()).then_some((compared, run)),
        Err(Error::Stopped(stopped)) => return Err(stopped),
        // As where a lever moves an area to another group.
        Err(why) => notes.push(format!("headstart did not compare the levers: {why}.")),
    }
    let n_inputs = scenario.model().stated_inputs().count();
    let mut tornadoes = Vec::new();
    if n_inputs <= MAX_INPUTS {
        tornadoes.extend(tornado(scenario, summary, run, control, tell)?.map(|tornado| (tornado, run)));
    } else {
        notes.push(format!(
            "headstart did not draw the drivers: the scenario has {n_inputs} inputs, and a page looks at {MAX_INPUTS} \
             at most; `headstart sensitivity` looks at all."
        ));
    }
    Ok(PageExtras { levers, tornadoes, notes })
}

fn levers_compared(
    scenario: &LaidOut,
    run: Run,
    control: Control<'_>,
    tell: Tell<'_>,
) -> Result<Vec<crate::analysis::ScenarioChange>, Error> {
    let changed = lever_scenarios(scenario)?;
    if changed.is_empty() {
        return Ok(Vec::new());
    }
    tell(Told::Draws(run.draws.saturating_mul(changed.len() as u64)));
    compare_all(scenario, changed, run, control)
}

/// The drivers of the author's first claim or, without claims, of the closest pair; nothing where nothing moves it.
fn tornado(
    scenario: &LaidOut,
    summary: &Summary,
    run: Run,
    control: Control<'_>,
    tell: Tell<'_>,
) -> Result<Option<Tornado>, Stopped> {
    let Some(claim) = driven(scenario, summary) else { return Ok(None) };
    // As many for the thresholds of the claim.
    tell(Told::Draws(run.draws.saturating_mul(2)));
    let found = sensitivity(scenario, &[claim], run, Detail::Full, control)?;
    let tornado = Tornado::of(scenario, &found[0]);
    Ok((!tornado.bars.is_empty()).then_some(tornado))
}

/// The author's first claim or, without claims, the closest pair.
fn driven(scenario: &LaidOut, summary: &Summary) -> Option<NamedClaim> {
    if let Some(claim) = scenario.claims().first() {
        return Some(claim.clone());
    }
    let areas = scenario.areas();
    let (i, j) = closest_pair(scenario, &summary.order)?;
    let pair = scenario.proposition(&format!("{} before {}", areas[i].id, areas[j].id));
    Some(pair.expect("one area before another is a proposition"))
}
