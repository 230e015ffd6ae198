//! Questions about the order: whether a gap is positive, or whether a claim holds. Knows no input.

use super::counted::CountedClaim;
use super::multiple::common_multiple;
use super::rival;
use super::truths::{Lines, Truths};
use crate::analysis::answer::plan::order_plan;
use crate::batch::{Aligned, BLOCK, Batch, Column};
use crate::model::Model;
use crate::scenario::{NamedClaim, Scenario};
use crate::tally::{Circuit, Place};

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
    /// The order of lines.
    Order(Box<OrderQuestion>),
}

/// A question about the order of lines: of all areas, and after them of the means of some.
#[derive(Clone, Debug)]
pub struct OrderQuestion {
    /// The claim over lines.
    pub circuit: Circuit,
    /// Counts of comparisons that decide it.
    pub counted: CountedClaim,
    /// The areas of each mean.
    pub means: Vec<Vec<usize>>,
    /// A common multiple of the numbers of areas in the means.
    pub parts: usize,
    /// The areas that it hangs on, in rising order.
    pub areas: Vec<usize>,
    /// Shape `[n_areas]`: the sign with which an area enters that moves alone, where one is known.
    pub signs: Vec<Option<f64>>,
}

impl OrderQuestion {
    fn new(circuit: Circuit, means: Vec<Vec<usize>>, n_areas: usize) -> Self {
        let counted = CountedClaim::new(&circuit, n_areas);
        let mut areas: Vec<usize> = Vec::new();
        for column in counted.pairs.iter().flat_map(|(i, j)| [*i, *j]) {
            match column.checked_sub(n_areas) {
                None => areas.push(column),
                Some(mean) => areas.extend(&means[mean]),
            }
        }
        areas.sort_unstable();
        areas.dedup();
        let parts = means.iter().map(Vec::len).fold(1, common_multiple);
        let signs = (0..n_areas).map(|area| rival::sign(&circuit, &means, n_areas, area)).collect();
        Self { circuit, counted, means, parts, areas, signs }
    }
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
        Self { kind: QuestionKind::Order(Box::new(OrderQuestion::new(circuit, plan.means, n_areas))) }
    }

    /// The areas that it hangs on.
    pub fn areas(&self) -> Vec<usize> {
        match &self.kind {
            QuestionKind::Gap(areas) => areas.iter().map(|(area, _)| *area).collect(),
            QuestionKind::Order(order) => order.areas.clone(),
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
            QuestionKind::Order(order) => {
                let OrderQuestion { circuit, means, areas, parts, .. } = &**order;
                let slack = batch.slack(world, areas.iter().copied(), *parts);
                let n_areas = batch.n_areas();
                let mut averages = vec![Aligned::default(); means.len()];
                for (members, average) in means.iter().zip(&mut averages) {
                    for &area in members {
                        average.iter_mut().zip(batch.overall(world, area)).for_each(|(sum, x)| *sum += x);
                    }
                    average.iter_mut().for_each(|sum| *sum /= members.len() as f64);
                }
                let areas = (0..n_areas).map(|area| batch.overall(world, area));
                let lines: Vec<&Column> = areas.chain(averages.iter().map(|average| &**average)).collect();
                Lines { lines: &lines, n_areas, slack }.truths(circuit, out);
            }
        }
    }
}
