//! Questions about the order: whether a gap is positive, or whether a claim holds. Knows no input.

use super::multiple::common_multiple;
use crate::analysis::answer::plan::order_plan;
use crate::batch::{BLOCK, Batch};
use crate::model::Model;
use crate::scenario::{NamedClaim, Scenario};
use crate::tally::{Circuit, Place};

/// Truth values, one per draw of a block.
pub type Truths = [bool; BLOCK];

/// A claim whose dependence on the inputs is asked for.
#[derive(Clone, Debug)]
pub struct Question {
    /// Kind, which decides it.
    pub kind: QuestionKind,
}

/// The kind of a question: what decides the claim.
#[derive(Clone, Debug)]
pub enum QuestionKind {
    /// The sum of overall scores times coefficients (area, coefficient) is positive: linear in each input.
    Gap(Vec<(usize, f64)>),
    /// The order of lines: of all areas, and after them of the means of some.
    Order {
        /// The claim over lines.
        circuit: Circuit,
        /// The areas of each mean.
        means: Vec<Vec<usize>>,
        /// The pairs of lines whose order it hangs on.
        pairs: Vec<(usize, usize)>,
        /// The areas that it hangs on.
        areas: Vec<usize>,
    },
}

impl Question {
    /// The question whether a claim of a scenario holds.
    pub fn new(scenario: &Scenario, model: &Model, claim: &NamedClaim) -> Self {
        let plan = order_plan(scenario, model, std::slice::from_ref(claim));
        let n_areas = model.n_areas();
        let circuit = plan.claims.into_iter().next().expect("one claim was planned");
        let line = |place: &Place| -> Option<Vec<(usize, f64)>> {
            let [column] = place.columns[..] else { return None };
            let members = match column.checked_sub(n_areas) {
                None => vec![column],
                Some(mean) => plan.means[mean].clone(),
            };
            let share = 1.0 / members.len() as f64;
            Some(members.into_iter().map(|area| (area, share)).collect())
        };
        if let Circuit::Before(one, other) = &circuit
            && let (Some(mut one), Some(other)) = (line(one), line(other))
        {
            for (area, share) in other {
                match one.iter_mut().find(|(known, _)| *known == area) {
                    Some((_, coefficient)) => *coefficient -= share,
                    None => one.push((area, -share)),
                }
            }
            return Self { kind: QuestionKind::Gap(one) };
        }
        let mut pairs = Vec::new();
        compared(&circuit, n_areas, &mut pairs);
        for (i, j) in &mut pairs {
            (*i, *j) = (*i.min(j), *i.max(j));
        }
        pairs.retain(|(i, j)| i != j);
        pairs.sort_unstable();
        pairs.dedup();
        let mut areas: Vec<usize> = Vec::new();
        for column in pairs.iter().flat_map(|(i, j)| [*i, *j]) {
            match column.checked_sub(n_areas) {
                None => areas.push(column),
                Some(mean) => areas.extend(&plan.means[mean]),
            }
        }
        areas.sort_unstable();
        areas.dedup();
        Self { kind: QuestionKind::Order { circuit, means: plan.means, pairs, areas } }
    }

    /// The areas that it hangs on.
    pub fn areas(&self) -> Vec<usize> {
        match &self.kind {
            QuestionKind::Gap(areas) => areas.iter().map(|(area, _)| *area).collect(),
            QuestionKind::Order { areas, .. } => areas.clone(),
        }
    }
}

impl Question {
    /// Works out whether it holds in each draw of a block, in a joint world.
    pub fn truths(&self, batch: &Batch, world: usize, out: &mut Truths) {
        match &self.kind {
            QuestionKind::Gap(gap) => {
                let mut sums = [0.0; BLOCK];
                for (area, coefficient) in gap {
                    let column = batch.overall(world, *area);
                    sums.iter_mut().zip(column).for_each(|(sum, x)| *sum += coefficient * x);
                }
                let parts = gap.iter().map(|(_, c)| (1.0 / c.abs()).round().max(1.0) as usize);
                let parts = parts.fold(1, common_multiple);
                let slack = batch.slack(world, gap.iter().map(|(area, _)| *area), parts);
                out.iter_mut().zip(sums).for_each(|(out, sum)| *out = sum > slack);
            }
            QuestionKind::Order { circuit, means, areas, .. } => {
                let parts = means.iter().map(Vec::len).fold(1, common_multiple);
                let slack = batch.slack(world, areas.iter().copied(), parts);
                let mut lines = Vec::new();
                for (n, out) in out.iter_mut().enumerate() {
                    lines.clear();
                    lines.extend((0..batch.n_areas()).map(|area| batch.overall(world, area)[n]));
                    for areas in means {
                        let sum: f64 = areas.iter().map(|&area| lines[area]).sum();
                        lines.push(sum / areas.len() as f64);
                    }
                    *out = holds(circuit, &lines, batch.n_areas(), slack);
                }
            }
        }
    }
}

/// The pairs of lines whose order a claim hangs on.
fn compared(circuit: &Circuit, n_areas: usize, pairs: &mut Vec<(usize, usize)>) {
    let mut cross = |one: &[usize], other: &[usize]| {
        pairs.extend(one.iter().flat_map(|&i| other.iter().map(move |&j| (i, j))));
    };
    match circuit {
        Circuit::Before(one, other) => cross(&one.columns, &other.columns),
        Circuit::InTop { areas, .. } => cross(areas, &(0..n_areas).collect::<Vec<_>>()),
        Circuit::Most(a, b) => cross(a, b),
        Circuit::All(claims) | Circuit::Any(claims) => {
            for claim in claims {
                compared(claim, n_areas, pairs);
            }
        }
        Circuit::Not(claim) => compared(claim, n_areas, pairs),
    }
}

/// Returns true if a claim holds where its lines have these values, the first of which are the areas. Lines that are no further apart than
/// `slack` tie.
pub fn holds(circuit: &Circuit, lines: &[f64], n_areas: usize, slack: f64) -> bool {
    let holds = |claim: &Circuit| holds(claim, lines, n_areas, slack);
    match circuit {
        Circuit::Before(one, other) => value(one, lines, slack) > value(other, lines, slack) + slack,
        Circuit::All(claims) => claims.iter().all(holds),
        Circuit::Any(claims) => claims.iter().any(holds),
        Circuit::Not(claim) => !holds(claim),
        Circuit::InTop { areas, k, at_least } => {
            let ahead = |i: usize| lines[..n_areas].iter().filter(|x| **x > lines[i] + slack).count();
            areas.iter().filter(|&&i| ahead(i) < *k).count() >= *at_least
        }
        Circuit::Most(a, b) => {
            let first = |&i: &usize| b.iter().filter(|&&j| lines[i] > lines[j] + slack).count();
            2 * a.iter().map(first).sum::<usize>() > a.len() * b.len()
        }
    }
}

/// The `k`-th greatest of the columns of a place.
fn value(place: &Place, lines: &[f64], slack: f64) -> f64 {
    let values = place.columns.iter().map(|&column| lines[column]);
    if place.k == 1 {
        return values.fold(f64::NEG_INFINITY, f64::max);
    }
    if place.k == place.columns.len() {
        return values.fold(f64::INFINITY, f64::min);
    }
    let ahead = |x: f64| place.columns.iter().filter(|&&column| lines[column] > x + slack).count();
    let level = |x: f64| place.columns.iter().filter(|&&column| lines[column] >= x - slack).count();
    values.into_iter().find(|&x| ahead(x) < place.k && place.k <= level(x)).unwrap_or(f64::NAN)
}
