//! Two scenarios as the way from one to the other: what each edit on it does to the claims, on the same draws.

use crate::analysis::comparison::change::Company;
use crate::analysis::comparison::change::ScenarioChange;
use crate::analysis::comparison::change::{Changes, Side};
use crate::analysis::comparison::compare::whole;
use crate::analysis::error::Error;
use crate::control::Control;
use crate::sampler::Run;
use crate::scenario::{EditPath, Scenario};
use std::borrow::Cow;

/// The differences in the answer of another scenario.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Difference {
    /// All of it: the one scenario against the other.
    pub total: ScenarioChange,
    /// The edits that lead there, each with what it does on top of those before; none if nothing differs.
    pub steps: Vec<EditEffect>,
    /// Differences that are left out of everything here, as edits.
    pub left_out: Vec<String>,
}

impl Difference {
    /// Returns what each step does, and then the whole way.
    #[must_use]
    pub fn effects(&self) -> Vec<ScenarioChange> {
        self.steps.iter().map(|step| &step.effect).chain([&self.total]).cloned().collect()
    }
}

/// The effect of one step.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EditEffect {
    /// True if its name is an edit, and not words for what no edit can say.
    pub is_edit: bool,
    /// Effect on each claim; its name is the edit.
    pub effect: ScenarioChange,
}

/// Works out what another scenario about the same areas does to the claims of a scenario, edit by edit; `name` is what the other is
/// called.
///
/// # Errors
/// The areas or groups are not the same, or it was stopped.
///
/// # Panics
/// If the edits of a path lead nowhere, which they do not.
pub fn diff(
    scenario: &Scenario,
    (name, other): (&str, &Scenario),
    path: EditPath,
    run: Run,
    control: Control<'_>,
) -> Result<Difference, Error> {
    let EditPath { steps, left_out } = path;
    // Without a step the other says the same.
    let last = steps.last().map_or(other, |step| &step.scenario);
    let there = steps.iter().map(|step| &step.scenario);
    let scenarios: Vec<&Scenario> = std::iter::once(scenario).chain(there).chain([last]).collect();
    let n = scenarios.len();
    let on_the_way = (0..steps.len()).map(|index| (index, index + 1));
    let pairs: Vec<(usize, usize)> = on_the_way.chain([(0, n - 1)]).collect();
    let n_pairs = pairs.len();
    let make = |index: usize| Cow::Borrowed(scenarios[index]);
    let mut all = Vec::new();
    let side = Side { about: scenario, n, make: &make, pairs, company: Company::Together };
    side.compare(run, control, &mut |index, changes| {
        all.push((index, changes));
        Ok::<_, Error>(())
    })?;
    let compared = |name: String, (claims, pairs): Changes| ScenarioChange {
        name,
        values: Vec::new(),
        claims,
        pairs,
        is_between: false,
    };
    let mut all = whole(all, n_pairs)?;
    let total = all.pop().expect("the whole way is compared last");
    let steps = steps
        .into_iter()
        .zip(all)
        .map(|(step, changes)| EditEffect { is_edit: step.is_edit, effect: compared(step.text, changes) });
    Ok(Difference { steps: steps.collect(), total: compared(name.to_owned(), total), left_out })
}
