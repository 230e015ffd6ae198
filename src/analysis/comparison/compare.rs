//! Scenarios side by side on the same draws: what a change of one does to its claims, and how sure that is.
//!
//! The worlds of the changed scenario are laid out after those of the other, as if they were more worlds: the joint counts of
//! each two give the error of a difference exactly as they give that of a sum.

use crate::analysis::comparison::change::Asked;
use crate::analysis::comparison::change::Change;
use crate::analysis::comparison::change::ClaimChange;
use crate::analysis::comparison::change::Company;
use crate::analysis::comparison::change::PairsChange;
use crate::analysis::comparison::change::ScenarioChange;
use crate::analysis::comparison::change::{Changes, Side};
use crate::analysis::error::Error;
use crate::analysis::interval::{Estimate, Expected};
use crate::control::{Control, Stopped};
use crate::sampler::Run;
use crate::scenario::Scenario;
use crate::tally::{Credits, Events};
use std::borrow::Cow;
use std::sync::Arc;

/// The weights of the joint worlds in what a scenario comes to: of the two laid out one after the other, or, where they
/// are alike, of the one that is laid out for both.
struct Weights {
    from: Vec<f64>,
    to: Vec<f64>,
    change: Vec<f64>,
}

impl Weights {
    fn of((before, after): (&[f64], &[f64]), alike: bool) -> Self {
        if alike {
            let change = before.iter().zip(after).map(|(p, q)| q - p).collect();
            return Self { from: before.to_vec(), to: after.to_vec(), change };
        }
        let nothing = |n: usize| vec![0.0; n];
        Self {
            from: [before, &nothing(after.len())].concat(),
            to: [&nothing(before.len()), after].concat(),
            change: before.iter().map(|p| -p).chain(after.iter().copied()).collect(),
        }
    }

    /// By how much a change can move a share at most: by all of it, or, where the worlds are alike, by what their probabilities differ.
    fn most(&self) -> f64 {
        let gained: f64 = self.change.iter().filter(|w| **w > 0.0).sum();
        let lost: f64 = self.change.iter().filter(|w| **w < 0.0).sum();
        gained.max(-lost)
    }

    /// Sum and sum of squares over draws of the weighted sum over worlds, from its moments.
    fn moments(
        weights: &[f64],
        sum: impl Fn(usize) -> f64,
        product: impl Fn(usize, usize) -> f64,
    ) -> (f64, f64) {
        let (mut sums, mut squares) = (0.0, 0.0);
        for (one, w) in weights.iter().enumerate() {
            sums += w * sum(one);
            for (other, v) in weights.iter().enumerate() {
                squares += w * v * product(one, other);
            }
        }
        (sums, squares)
    }
}

/// Returns true if no draw differs: joint worlds that count alike, `differ` telling whether two of them do.
fn is_inert((before, after): (&[f64], &[f64]), alike: bool, differ: impl Fn(usize, usize) -> bool) -> bool {
    let n = before.len();
    let all = if alike { n } else { n + after.len() };
    // All worlds are one, whatever their probabilities; or each is as probable as before, and is what it was.
    (1..all).all(|world| !differ(0, world))
        || before == after && (alike || (0..n).all(|world| !differ(world, n + world)))
}

impl ClaimChange {
    /// Returns what counts say of a claim.
    pub(crate) fn of(
        events: &Events,
        (index, asked): (usize, &Asked),
        probabilities: (&[f64], &[f64]),
        alike: bool,
        n: u64,
    ) -> Self {
        let weights = Weights::of(probabilities, alike);
        let joint = |one, other| events.joint(index, one, other);
        let moments = Weights::moments(
            &weights.change,
            |world| events.count(index, world) as f64,
            |one, other| joint(one, other) as f64,
        );
        let inert = is_inert(probabilities, alike, |one, other| {
            joint(one, other) != joint(one, one) || joint(one, other) != joint(other, other)
        });
        Self {
            from: Estimate::of(events, index, &weights.from, n),
            to: Estimate::of(events, index, &weights.to, n),
            change: Change::of(moments, weights.most(), inert, n),
            id: Arc::clone(&asked.id),
            text: Arc::clone(&asked.text),
        }
    }
}

impl PairsChange {
    /// Returns what counts say of the pairs of two groups.
    pub(crate) fn of(
        credits: &Credits,
        (a, b): (usize, usize),
        probabilities: (&[f64], &[f64]),
        alike: bool,
        n: u64,
    ) -> Self {
        let weights = Weights::of(probabilities, alike);
        let z = credits.sums.len();
        let product = |one: usize, other: usize| credits.products[one * z + other];
        // A pair that is ahead has two credits.
        let moments = |weights: &[f64]| {
            let sum = |world: usize| credits.sums[world] as f64 / 2.0;
            Weights::moments(weights, sum, |one, other| product(one, other) as f64 / 4.0)
        };
        let most = credits.of as f64;
        let expected = |weights: &[f64]| Expected::of(moments(weights), (0.0, most), n);
        let differ =
            |one: usize, other: usize| product(one, one) + product(other, other) != 2 * product(one, other);
        let inert = is_inert(probabilities, alike, differ);
        Self {
            a,
            b,
            of: credits.of,
            from: expected(&weights.from),
            to: expected(&weights.to),
            change: Change::of(moments(&weights.change), weights.most() * most, inert, n),
        }
    }
}

/// Works out what it does to the claims of a scenario to be changed into another one with the same areas and groups.
///
/// # Errors
/// The areas or their groups are not the same, so the claims are not; or it was stopped.
pub fn compare(
    from: &Scenario,
    to: &Scenario,
    run: Run,
    control: Control<'_>,
) -> Result<Vec<ClaimChange>, Error> {
    let compared = compare_all(from, vec![(String::new(), to.clone())], run, control)?;
    Ok(compared.into_iter().flat_map(|one| one.claims).collect())
}

/// Works out what changed scenarios do to the claims of a scenario, on the same draws.
///
/// # Errors
/// A scenario whose claims are not those of the first, or it was stopped.
pub fn compare_all(
    scenario: &Scenario,
    changed: Vec<(String, Scenario)>,
    run: Run,
    control: Control<'_>,
) -> Result<Vec<ScenarioChange>, Error> {
    let (names, scenarios): (Vec<String>, Vec<Scenario>) = changed.into_iter().unzip();
    let mut all = Vec::new();
    let make = |index: usize| Cow::Borrowed(&scenarios[index]);
    compare_each(scenario, (names.len(), &make), run, control, &mut |index, (claims, pairs)| {
        all.push((
            index,
            ScenarioChange {
                name: names[index].clone(),
                values: Vec::new(),
                claims,
                pairs,
                is_between: false,
            },
        ));
        Ok::<_, Error>(())
    })?;
    whole(all, names.len())
}

/// Compares as [`compare_all`] does so many scenarios, each made when it is needed; `finished` is called with each and its index once it is done, and with no
/// more once the run is stopped.
pub(crate) fn compare_each<'a, E: From<Error>>(
    scenario: &'a Scenario,
    (n, make): (usize, &'a (dyn Fn(usize) -> Cow<'a, Scenario> + Sync)),
    run: Run,
    control: Control<'_>,
    finished: &mut dyn FnMut(usize, Changes) -> Result<(), E>,
) -> Result<(), E> {
    let make = |index: usize| index.checked_sub(1).map_or(Cow::Borrowed(scenario), make);
    let pairs = (1..=n).map(|index| (0, index)).collect();
    let side = Side { about: scenario, n: n + 1, make: &make, pairs, company: Company::Alone };
    side.compare(run, control, finished)
}

/// Puts what was finished in its order, if it is all of so many.
pub(crate) fn whole<T>(finished: Vec<(usize, T)>, n: usize) -> Result<Vec<T>, Error> {
    if finished.len() < n { Err(Stopped.into()) } else { Ok(sort_by_index(finished)) }
}

/// Returns what was finished, in its order.
pub(crate) fn sort_by_index<T>(mut finished: Vec<(usize, T)>) -> Vec<T> {
    finished.sort_by_key(|(index, _)| *index);
    finished.into_iter().map(|(_, done)| done).collect()
}
