//! Scenarios on the same draws: laid out side by side, as many at a time as is fastest, and each compared with another.
//!
//! Scenarios that differ in the probabilities of worlds alone are laid out once: their results are sums over worlds of
//! the same counts with other weights. Counts are integers, and a pair that others would have scored otherwise is laid out alone, so
//! how many are laid out at a time changes no bit.

use crate::analysis::answer::plan::order_plan;
use crate::analysis::comparison::change::Asked;
use crate::analysis::comparison::change::Changes;
use crate::analysis::comparison::change::Company;
use crate::analysis::comparison::change::Side;
use crate::analysis::comparison::change::{ClaimChange, PairsChange};
use crate::analysis::comparison::dated::dated_changes;
use crate::analysis::error::Error;
use crate::control::Control;
use crate::model::Model;
use crate::sampler::{Arithmetic, Run, fits_one_thread, run_all, sample, threads};
use crate::scenario::{NamedClaim, Scenario};
use crate::tally::{Paired, PairedCounts, PairedPlan};
use std::borrow::Cow;
use std::collections::HashMap;

/// Columns of overall scores that are laid out together: more leave the nearest caches, fewer draw what is shared too often.
const COLUMNS: usize = 160;

/// A scenario as something that is drawn, and the probabilities of its joint worlds.
struct Form {
    body: usize,
    probabilities: Vec<f64>,
}

/// Something that is drawn.
struct Body {
    /// The first scenario that has it.
    scenario: usize,
    /// Its columns of overall scores.
    columns: usize,
    /// True if it may be drawn in single precision where that is not stated.
    suits_single: bool,
}

impl Side<'_> {
    /// Draws and compares; `finished` is called with each pair and its index, and progress is of the draws of each. Once it is stopped,
    /// pairs whose draws were not all drawn are left out.
    ///
    /// # Errors
    /// A scenario about other areas, and the first that `finished` returns.
    pub fn compare<E: From<Error>>(
        &self,
        run: Run,
        control: Control<'_>,
        finished: &mut dyn FnMut(usize, Changes) -> Result<(), E>,
    ) -> Result<(), E> {
        let run = run.at_least_one();
        let (forms, bodies) = self.forms(run, control)?;
        let claims = claims(self.about);
        // The pairs of bodies to be counted, and the pairs of scenarios that each serves.
        let mut known = HashMap::new();
        let mut wanted: Vec<(usize, usize)> = Vec::new();
        let mut served: Vec<Vec<usize>> = Vec::new();
        for (index, &(from, to)) in self.pairs.iter().enumerate() {
            // Where the forms were stopped, those that are left are not drawn.
            let (Some(from), Some(to)) = (forms.get(from), forms.get(to)) else { continue };
            let pair = (from.body, to.body);
            let at = *known.entry(pair).or_insert(wanted.len());
            if at == wanted.len() {
                wanted.push(pair);
                served.push(Vec::new());
            }
            served[at].push(index);
        }
        let arithmetic = |pair: &(usize, usize)| self.arithmetic(run, &bodies, *pair);
        let groups = groups(&wanted, &bodies, run, &arithmetic);
        let job = |group: usize, run: Run| {
            let wanted = &wanted[groups[group].clone()];
            let n: usize = served[groups[group].clone()].iter().map(Vec::len).sum();
            let progress = |draws| control.advance(draws * n as u64);
            let control = Control { progress: Some(&progress), ..control };
            let run = Run { arithmetic: arithmetic(&wanted[0]), ..run };
            self.count(&bodies, wanted, &claims, run, control)
        };
        run_all(groups.len(), run, &job, &mut |group, counts: Option<Vec<PairedCounts>>| {
            for (counts, served) in counts.iter().flatten().zip(&served[groups[group].clone()]) {
                for &index in served {
                    let (from, to) = self.pairs[index];
                    let mut changes = self.changes(counts, &forms[from], &forms[to], &claims, run.draws);
                    let both = [from, to].map(|scenario| (self.make)(scenario));
                    let both = both.each_ref().map(AsRef::as_ref);
                    let Ok(dated) = dated_changes(self.about, both, run, control.unseen()) else { continue };
                    changes.0.extend(dated);
                    finished(index, changes)?;
                }
            }
            Ok(())
        })
    }

    /// Each scenario as a body and probabilities, and the bodies, no two alike. Once it is stopped no more are looked at.
    fn forms(&self, run: Run, control: Control<'_>) -> Result<(Vec<Form>, Vec<Body>), Error> {
        let (mut known, mut bodies) = (HashMap::new(), Vec::new());
        let mut forms = Vec::new();
        for scenario in (0..self.n).take_while(|_| !control.is_stopped()) {
            let made = (self.make)(scenario);
            same_areas(self.about, &made)?;
            let hash = made.with_words_of(self.about).hash();
            let body = *known.entry(hash).or_insert(bodies.len());
            if body == bodies.len() {
                let columns = made.joint_worlds().len() * made.areas().len();
                // Single precision measures from the middle of the scale, which is then that of the first.
                let suits_single = run.arithmetic == Arithmetic::Auto
                    && made.scale() == self.about.scale()
                    && Model::new(&made).suits_single();
                bodies.push(Body { scenario, columns, suits_single });
                if run.arithmetic == Arithmetic::Single && Model::new(&made).overflows_single() {
                    return Err(Error::Overflows);
                }
            }
            let probabilities = made.joint_worlds().iter().map(|world| world.probability).collect();
            forms.push(Form { body, probabilities });
        }
        Ok((forms, bodies))
    }

    /// The numbers that a pair is drawn in: single precision if both suit it, so that what is compared does not differ by rounding;
    /// on a way from one scenario to another, if all do.
    fn arithmetic(&self, run: Run, bodies: &[Body], (from, to): (usize, usize)) -> Arithmetic {
        let suits_single = match self.company {
            Company::Alone => bodies[from].suits_single && bodies[to].suits_single,
            Company::Together => bodies.iter().all(|body| body.suits_single),
        };
        match run.arithmetic {
            Arithmetic::Auto if suits_single => Arithmetic::Single,
            Arithmetic::Auto => Arithmetic::Double,
            stated => stated,
        }
    }

    fn changes(&self, counts: &PairedCounts, from: &Form, to: &Form, claims: &[Asked], n: u64) -> Changes {
        let alike = from.body == to.body;
        let (before, after) = (&from.probabilities[..], &to.probabilities[..]);
        let numbered = claims.iter().enumerate().filter(|(_, asked)| !self.about.is_redundant(&asked.claim));
        let change = |(index, asked): (usize, &Asked)| {
            ClaimChange::of(&counts.claims, (index, asked), (before, after), alike, n)
        };
        let pairs = self.about.group_pairs().into_iter().zip(&counts.credits);
        let pairs =
            pairs.map(|(groups, credits)| PairsChange::of(credits, groups, (before, after), alike, n));
        (numbered.map(change).collect(), pairs.collect())
    }

    /// Draws the bodies of some pairs together and counts; nothing if that is stopped.
    fn count(
        &self,
        bodies: &[Body],
        wanted: &[(usize, usize)],
        claims: &[Asked],
        run: Run,
        control: Control<'_>,
    ) -> Option<Vec<PairedCounts>> {
        if control.is_stopped() {
            return None;
        }
        let mut needed: Vec<usize> = wanted.iter().flat_map(|&(from, to)| [from, to]).collect();
        needed.sort_unstable();
        needed.dedup();
        let place = |body: usize| needed.binary_search(&body).expect("the bodies of all pairs are needed");
        let made: Vec<Cow<Scenario>> =
            needed.iter().map(|&body| (self.make)(bodies[body].scenario)).collect();
        let laid_out: Vec<&Scenario> = made.iter().map(AsRef::as_ref).collect();
        let model = Model::together(&laid_out);
        let is_alike = |&(from, to): &(usize, usize)| {
            let alone = Model::together(&[laid_out[place(from)], laid_out[place(to)]]);
            match run.arithmetic {
                Arithmetic::Single => model.scores_like::<f32>(&alone),
                _ => model.scores_like::<f64>(&alone),
            }
        };
        if self.company == Company::Alone && wanted.len() > 1 && !wanted.iter().all(is_alike) {
            let alone = |pair: &(usize, usize)| self.count(bodies, &[*pair], claims, run, control);
            let counts: Option<Vec<Vec<PairedCounts>>> = wanted.iter().map(alone).collect();
            return counts.map(|counts| counts.concat());
        }
        let claims: Vec<NamedClaim> = claims.iter().map(|asked| asked.claim.clone()).collect();
        let plan = PairedPlan {
            order: order_plan(self.about, &model, &claims),
            worlds: laid_out.iter().map(|scenario| scenario.joint_worlds().len()).collect(),
            pairs: wanted.iter().map(|&(from, to)| (place(from), place(to))).collect(),
        };
        let paired = sample(&model, run, &|| Paired::new(plan.clone()), control).ok()?;
        Some(paired.counts().to_vec())
    }
}

/// Checks that two scenarios have the same areas in the same groups.
fn same_areas(one: &Scenario, other: &Scenario) -> Result<(), Error> {
    let ids = |scenario: &Scenario| -> Vec<(String, String)> {
        let areas = scenario.areas().iter();
        areas.map(|area| (area.id.clone(), scenario.groups()[area.group].id.clone())).collect()
    };
    if ids(one) == ids(other) { Ok(()) } else { Err(Error::OtherAreas) }
}

/// The claims of a scenario: those that it gets and those that it states; which area is first, where it has none.
fn claims(scenario: &Scenario) -> Vec<Asked> {
    let claims = scenario.generated_claims().into_iter().chain(scenario.claims().iter().cloned());
    let mut claims: Vec<NamedClaim> = claims.collect();
    if claims.is_empty() {
        claims = scenario.first_claims();
    }
    claims
        .into_iter()
        .map(|claim| Asked { id: claim.id.as_str().into(), text: claim.text.as_str().into(), claim })
        .collect()
}

/// Cuts the pairs into groups that are laid out together, each in one precision.
fn groups(
    wanted: &[(usize, usize)],
    bodies: &[Body],
    run: Run,
    arithmetic: &dyn Fn(&(usize, usize)) -> Arithmetic,
) -> Vec<std::ops::Range<usize>> {
    let columns = |body: usize| bodies[body].columns;
    // Runs that are made side by side should be as many as there are threads.
    let most = if fits_one_thread(run) { wanted.len().div_ceil(threads(run)) } else { wanted.len() };
    let (mut groups, mut start, mut used) = (Vec::new(), 0, 0);
    for (index, &(from, to)) in wanted.iter().enumerate() {
        let needs = columns(to) + if from == 0 { 0 } else { columns(from) };
        let is_full = used + needs > COLUMNS || index - start >= most;
        if index > start && (is_full || arithmetic(&wanted[index]) != arithmetic(&wanted[start])) {
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
