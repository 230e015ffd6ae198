//! How the sums of all worlds come about with nothing drawn or added twice: worlds share their sums until they differ.

use super::{Cell, Model, Term};
use crate::scenario::ValueFunction;

/// A step on the way to the sums of one area, one a world.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// The sum of a world starts.
    Clear(usize),
    /// The sum of a world goes on from that of another one.
    Copy { from: usize, to: usize },
    /// Weights times what a score is worth are added to the sums of worlds.
    Add { score: Cell, value: Option<ValueFunction>, to: Vec<(usize, Cell)> },
}

/// What a factor adds to the sum of an area in a world; nothing where it is absent.
type Part = Option<(Cell, Cell, Option<ValueFunction>)>;

/// The steps for an area, or for the sums of the weights.
/// `twins` says whose scores stand for those of an area; shape `[n_worlds x n_areas]`.
pub fn plan(model: &Model, area: Option<usize>, twins: &[usize]) -> Vec<Step> {
    let n_factors = model.terms.iter().flatten().map(|term| term.factor + 1).max().unwrap_or(0);
    let part = |world: usize, factor: usize| -> Part {
        let terms: &[Term] = &model.terms[world];
        let at = terms.binary_search_by_key(&factor, |term| term.factor).ok()?;
        let Term { weight, scores, value, .. } = &terms[at];
        match area.map(|area| scores[twins[world * model.n_areas + area]]) {
            Some(score @ Cell::Input(_)) => Some((*weight, score, *value)),
            // An exact score is as what it is worth already.
            Some(score) => Some((*weight, score, None)),
            None => Some((*weight, Cell::Exact(1.0), None)),
        }
    };
    let mut steps = vec![Step::Clear(0)];
    // Worlds that have had the same parts so far; the sum of each class is that of its first world.
    let mut classes: Vec<Vec<usize>> = vec![(0..model.terms.len()).collect()];
    for factor in 0..n_factors {
        let mut adds: Vec<(Part, usize)> = Vec::new();
        let mut parted: Vec<Vec<usize>> = Vec::new();
        for class in classes {
            let mut alike: Vec<(Part, Vec<usize>)> = Vec::new();
            for &world in &class {
                let part = part(world, factor);
                match alike.iter_mut().find(|(other, _)| *other == part) {
                    Some((_, worlds)) => worlds.push(world),
                    None => alike.push((part, vec![world])),
                }
            }
            for (part, worlds) in alike {
                if worlds[0] != class[0] {
                    steps.push(Step::Copy { from: class[0], to: worlds[0] });
                }
                adds.push((part, worlds[0]));
                parted.push(worlds);
            }
        }
        classes = parted;
        let first = steps.len();
        for (part, world) in adds {
            let Some((weight, score, value)) = part else { continue };
            let same = |step: &&mut Step| matches!(step, Step::Add { score: s, value: v, .. } if (*s, *v) == (score, value));
            match steps[first..].iter_mut().find(same) {
                Some(Step::Add { to, .. }) => to.push((world, weight)),
                _ => steps.push(Step::Add { score, value, to: vec![(world, weight)] }),
            }
        }
    }
    for class in classes {
        steps.extend(class[1..].iter().map(|&to| Step::Copy { from: class[0], to }));
    }
    steps
}
