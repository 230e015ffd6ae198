//! Scenarios on the same draws: laid out side by side, as many at a time as is fastest, and each compared with another.
//!
//! Scenarios that differ in the probabilities of worlds alone are laid out once: what they come to is a sum over worlds of
//! the same counts with other weights. Counts are integers, so how many are laid out at a time changes no bit.

use super::compare::{ClaimChange, PairsChange};
use super::plan::order_plan;
use crate::model::Model;
use crate::sampler::{Arithmetic, Course, Run, is_short, sample_on, several, threads};
use crate::scenario::{NamedClaim, Scenario};
use crate::tally::{Paired, PairedCounts, PairedPlan};
use std::borrow::Borrow;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// Columns of amenabilities that are laid out together: more leave the nearest caches, fewer draw what is shared too often.
const COLUMNS: usize = 160;

/// What a scenario does to the claims and the pairs of groups of another.
pub type Changes = (Vec<ClaimChange>, Vec<PairsChange>);

/// Scenarios to be compared two by two, all about the same areas.
pub struct Side<'a> {
    /// Whose claims they are.
    pub about: &'a Scenario,
    /// The scenarios; the first is drawn beside all others.
    pub scenarios: Vec<&'a Scenario>,
    /// Which is compared with which.
    pub pairs: Vec<(usize, usize)>,
}

/// A scenario as something that is drawn, and the probabilities of its joint worlds.
struct Form {
    body: usize,
    probabilities: Vec<f64>,
}

impl Side<'_> {
    /// Draws and compares; `finished` is told of each pair by its index, and `progress` of the instances of each. Once `stop` is set,
    /// pairs whose instances were not all drawn are left out.
    ///
    /// # Errors
    /// The first that `finished` returns.
    pub fn compare(
        &self,
        run: Run,
        stop: &AtomicBool,
        progress: &(dyn Fn(u64) + Sync),
        finished: &mut dyn FnMut(usize, Changes) -> Result<(), String>,
    ) -> Result<(), String> {
        let run = run.at_least_one();
        let (forms, bodies) = self.forms();
        let claims = claims(self.about);
        // The pairs of bodies to be counted, and the pairs of scenarios that each serves.
        let mut wanted: Vec<(usize, usize)> = Vec::new();
        let mut served: Vec<Vec<usize>> = Vec::new();
        for (index, &(from, to)) in self.pairs.iter().enumerate() {
            let pair = (forms[from].body, forms[to].body);
            let at = wanted.iter().rposition(|other| *other == pair).unwrap_or_else(|| {
                wanted.push(pair);
                served.push(Vec::new());
                wanted.len() - 1
            });
            served[at].push(index);
        }
        let run = in_common(run, bodies.iter().copied());
        let groups = groups(&wanted, &bodies, run);
        let job = |group: usize, run: Run| {
            let wanted = &wanted[groups[group].clone()];
            let n: usize = served[groups[group].clone()].iter().map(Vec::len).sum();
            let progress = |instances| progress(instances * n as u64);
            count(self.about, &bodies, wanted, &claims, (run, stop), &progress)
        };
        several(groups.len(), run, &job, &mut |group, counts: Option<Vec<PairedCounts>>| {
            for (counts, served) in counts.iter().flatten().zip(&served[groups[group].clone()]) {
                for &index in served {
                    let (from, to) = self.pairs[index];
                    finished(index, self.changes(counts, &forms[from], &forms[to], &claims, run.instances))?;
                }
            }
            Ok(())
        })
    }

    /// Each scenario as a body and probabilities, and the bodies, no two alike: each the first scenario that has it.
    fn forms(&self) -> (Vec<Form>, Vec<&Scenario>) {
        let (mut known, mut bodies) = (HashMap::new(), Vec::new());
        let mut forms = Vec::new();
        for &scenario in &self.scenarios {
            let hash = scenario.with_words_of(self.scenarios[0]).hash();
            let index = *known.entry(hash).or_insert(bodies.len());
            if index == bodies.len() {
                bodies.push(scenario);
            }
            let probabilities = scenario.joint_worlds().iter().map(|world| world.probability).collect();
            forms.push(Form { body: index, probabilities });
        }
        (forms, bodies)
    }

    fn changes(
        &self,
        counts: &PairedCounts,
        from: &Form,
        to: &Form,
        claims: &[NamedClaim],
        n: u64,
    ) -> Changes {
        let alike = from.body == to.body;
        let (before, after) = (&from.probabilities[..], &to.probabilities[..]);
        let shown = |claim: &NamedClaim| !self.about.is_redundant(claim);
        let numbered = claims.iter().enumerate().filter(|(_, claim)| shown(claim));
        let change = |(index, claim): (usize, &NamedClaim)| {
            ClaimChange::of(&counts.claims, (index, claim), (before, after), alike, n)
        };
        let pairs = self.about.group_pairs().into_iter().zip(&counts.credits);
        let pairs =
            pairs.map(|(groups, credits)| PairsChange::of(credits, groups, (before, after), alike, n));
        (numbered.map(change).collect(), pairs.collect())
    }
}

/// The claims of a scenario: those that it gets and those that it states.
pub fn claims(scenario: &Scenario) -> Vec<NamedClaim> {
    let mut claims = scenario.generated_claims();
    claims.extend_from_slice(scenario.claims());
    claims
}

/// The run in the precision that all scenarios suit, so that what is compared does not differ by rounding.
pub fn in_common(run: Run, scenarios: impl Iterator<Item = impl Borrow<Scenario>>) -> Run {
    if run.arithmetic != Arithmetic::Auto {
        return run;
    }
    let mut scenarios = scenarios.peekable();
    // Single precision measures from the middle of the scale, which is then that of the first.
    let scale = scenarios.peek().and_then(|scenario| scenario.borrow().scale());
    let is_single = |scenario: &Scenario| scenario.scale() == scale && Model::new(scenario).suits_single();
    let arithmetic = if scenarios.all(|scenario| is_single(scenario.borrow())) {
        Arithmetic::Single
    } else {
        Arithmetic::Double
    };
    Run { arithmetic, ..run }
}

/// Cuts the pairs into groups that are laid out together.
fn groups(wanted: &[(usize, usize)], bodies: &[&Scenario], run: Run) -> Vec<std::ops::Range<usize>> {
    let columns = |body: usize| bodies[body].joint_worlds().len() * bodies[body].areas().len();
    // Runs that are made side by side should be as many as there are threads.
    let most = if is_short(run) { wanted.len().div_ceil(threads(run)) } else { wanted.len() };
    let (mut groups, mut start, mut used) = (Vec::new(), 0, 0);
    for (index, &(from, to)) in wanted.iter().enumerate() {
        let needs = columns(to) + if from == 0 { 0 } else { columns(from) };
        if index > start && (used + needs > COLUMNS || index - start >= most) {
            groups.push(start..index);
            (start, used) = (index, 0);
        }
        used += needs;
    }
    if start < wanted.len() {
        groups.push(start..wanted.len());
    }
    groups
}

/// Draws the bodies of some pairs together and counts; nothing if that is stopped.
fn count(
    about: &Scenario,
    bodies: &[&Scenario],
    wanted: &[(usize, usize)],
    claims: &[NamedClaim],
    (run, stop): (Run, &AtomicBool),
    progress: &(dyn Fn(u64) + Sync),
) -> Option<Vec<PairedCounts>> {
    if stop.load(Ordering::Relaxed) {
        return None;
    }
    let mut needed: Vec<usize> = wanted.iter().flat_map(|&(from, to)| [from, to]).collect();
    needed.sort_unstable();
    needed.dedup();
    let place = |body: usize| needed.binary_search(&body).unwrap_or_default();
    let laid_out: Vec<&Scenario> = needed.iter().map(|&body| bodies[body]).collect();
    let model = Model::together(&laid_out);
    let plan = PairedPlan {
        order: order_plan(about, &model, claims),
        worlds: laid_out.iter().map(|scenario| scenario.joint_worlds().len()).collect(),
        pairs: wanted.iter().map(|&(from, to)| (place(from), place(to))).collect(),
    };
    let course = Course { begun: None, stop, between: &mut |_, _| {} };
    let (paired, drawn) = sample_on(&model, run, course, &|| Paired::new(plan.clone()), progress);
    (drawn == run.instances).then(|| paired.counts().to_vec())
}
