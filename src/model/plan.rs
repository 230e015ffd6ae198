//! The plan of the sums of all worlds, with nothing drawn or added twice: worlds share their sums until they differ.

use super::affine::Affine;
use super::shape::{Model, Term};

/// A step on the way to the sums of one area, one per world.
#[derive(Clone, Debug, PartialEq)]
pub enum SumStep {
    /// The sum of a world starts.
    Clear(usize),
    /// The sum of a world goes on from that of another one.
    Copy { from: usize, to: usize },
    /// Weights times a score are added to the sums of worlds.
    Add { score: Affine, to: Vec<Addition> },
}

/// A sum that a score is added to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Addition {
    /// The world whose sum it is.
    pub world: usize,
    /// The weight that the score is multiplied by there.
    pub weight: Affine,
}

/// The part of a factor in the sum of an area in a world.
#[derive(Clone, Copy, PartialEq)]
struct SumPart {
    weight: Affine,
    score: Affine,
}

impl SumPart {
    /// Returns the part of a factor in a world; nothing where the factor is absent. The scores of `twins` stand for those of each area.
    fn new(model: &Model, area: Option<usize>, twins: &[usize], world: usize, factor: usize) -> Option<Self> {
        let terms: &[Term] = &model.terms[world];
        let at = terms.binary_search_by_key(&factor, |term| term.factor).ok()?;
        let Term { weight, scores, .. } = &terms[at];
        let score = area.map_or(Affine::exact(1.0), |area| scores[twins[world * model.n_areas + area]]);
        Some(Self { weight: *weight, score })
    }
}

/// Returns the steps for an area, or for the sums of the weights.
/// `twins` says whose scores stand for those of an area; shape `[n_worlds x n_areas]`.
pub fn plan(model: &Model, area: Option<usize>, twins: &[usize]) -> Vec<SumStep> {
    let n_factors = model.terms.iter().flatten().map(|term| term.factor + 1).max().unwrap_or(0);
    let mut steps = vec![SumStep::Clear(0)];
    // Worlds that have had the same parts so far; the sum of each class is that of its first world.
    let mut classes: Vec<Vec<usize>> = vec![(0..model.terms.len()).collect()];
    for factor in 0..n_factors {
        let mut adds: Vec<(Option<SumPart>, usize)> = Vec::new();
        let mut parted: Vec<Vec<usize>> = Vec::new();
        for class in classes {
            let mut alike: Vec<(Option<SumPart>, Vec<usize>)> = Vec::new();
            for &world in &class {
                let part = SumPart::new(model, area, twins, world, factor);
                match alike.iter_mut().find(|(other, _)| *other == part) {
                    Some((_, worlds)) => worlds.push(world),
                    None => alike.push((part, vec![world])),
                }
            }
            for (part, worlds) in alike {
                if worlds[0] != class[0] {
                    steps.push(SumStep::Copy { from: class[0], to: worlds[0] });
                }
                adds.push((part, worlds[0]));
                parted.push(worlds);
            }
        }
        classes = parted;
        let first = steps.len();
        for (part, world) in adds {
            let Some(SumPart { weight, score }) = part else { continue };
            let same =
                |step: &&mut SumStep| matches!(step, SumStep::Add { score: known, .. } if *known == score);
            let addition = Addition { world, weight };
            match steps[first..].iter_mut().find(same) {
                Some(SumStep::Add { to, .. }) => to.push(addition),
                _ => steps.push(SumStep::Add { score, to: vec![addition] }),
            }
        }
    }
    for class in classes {
        steps.extend(class[1..].iter().map(|&to| SumStep::Copy { from: class[0], to }));
    }
    steps
}
