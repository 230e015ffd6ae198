//! Gaps whose shared numbers can be integrated one after the other. An order depends on the raw weights alone, so a gap is a sum over
//! factors, and where those share no number its characteristic function is a product of integrals over few numbers each: no points are
//! needed. Knows nothing of who asks.

use super::cell::{CellLaw, OwnInput};
use super::frame::Frame;
use super::rule::Rule;
use super::shape::{Sides, Weight, WeightedTerm, kept};
use super::sharing::below;
use super::split::Split;
use super::work;
use crate::model::Affine;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A gap between the means of some areas and of others in a world, taken apart.
#[derive(Debug)]
pub struct SeparableGap<'a> {
    pub split: &'a Split<'a>,
    pub frame: Frame,
    pub pieces: Vec<SeparableTerm<'a>>,
}

/// A factor of the characteristic function.
#[derive(Clone, Debug)]
pub enum SeparableTerm<'a> {
    /// A number of one area, its share in the gap, and the greatest coefficient that it has.
    Own(&'a OwnInput, CellLaw, f64, f64),
    /// A term that is certain once the shared numbers are known.
    Certain(WeightedTerm, f64),
    /// A shared number, in ever finer rules, with how far a gap moves within a panel of the first; and what depends on it.
    Over(Arc<[Rule]>, f64, Vec<SeparableTerm<'a>>),
}

/// Rules for each shared number.
pub type Rules = Vec<Arc<[Rule]>>;

/// Something in a gap before it is known what it hangs together with: a piece and its shared numbers.
type Loose<'a> = (SeparableTerm<'a>, BTreeSet<usize>);

/// More work a block of terms than this, in numbers of one area at one node, is left to points.
pub const MOST_WORK: usize = 40_000;
/// A number that is given in part takes about as long as so many that are not.
const GIVEN_WORK: usize = 20;
impl<'a> SeparableGap<'a> {
    /// Takes a gap apart, where it has a density, its areas are different ones, and that is little work.
    pub fn new(split: &'a Split<'a>, rules: &Rules, world: usize, sides: Sides<'_>) -> Option<Self> {
        let n_areas = split.model.n_areas();
        let mut loose: Vec<Loose<'a>> = Vec::new();
        if sides.share_areas() {
            return None;
        }
        for (areas, sign) in sides.signed() {
            let share = sign / areas.len() as f64;
            for &area in areas {
                let law = &split.laws[world * n_areas + area];
                let kept = kept(&law.discounts)?;
                for &cell in &law.cells {
                    let cell = &split.cells[cell];
                    let dimensions = numbers(&cell.parts).try_fold(BTreeSet::new(), gather(split))?;
                    loose.push((SeparableTerm::Own(cell, cell.law.clone(), share * kept, 0.0), dimensions));
                }
                let floor = split.model.floor() * (1.0 - kept);
                let lost = split.weights[world].iter().map(|&weight| WeightedTerm {
                    weight: Weight::Factor(weight),
                    number: Affine::exact(floor),
                    factor: 1.0 / kept,
                    when: None,
                });
                for part in law.parts.iter().copied().chain(lost.filter(|_| floor != 0.0 && kept != 0.0)) {
                    let dimensions =
                        numbers(std::slice::from_ref(&part)).try_fold(BTreeSet::new(), gather(split))?;
                    loose.push((SeparableTerm::Certain(part, share * kept), dimensions));
                }
            }
        }
        if !loose.iter().any(|(piece, _)| is_smooth(split, piece)) {
            return None;
        }
        attach_conditioning(split, &mut loose);
        let frame = Frame::new(split);
        let pieces = join(rules, loose);
        let work: usize = pieces.iter().map(SeparableTerm::work).sum();
        (work <= MOST_WORK).then_some(Self { split, frame, pieces })
    }
}

impl SeparableGap<'_> {
    /// Returns how much work it is likely to be.
    pub fn work(&self) -> f64 {
        work::without_points(self.pieces.iter().map(SeparableTerm::work).sum())
    }
}

/// The numbers in parts; nothing stands for all weights of a world, which everything hangs on.
fn numbers(parts: &[WeightedTerm]) -> impl Iterator<Item = Option<Affine>> {
    parts.iter().flat_map(|part| {
        let weight = match part.weight {
            Weight::Factor(weight) => Some(weight),
            Weight::Total(_) => None,
        };
        let when = part.when.map(|when| Some(Affine::bare(when.selector)));
        [weight, Some(part.number)].into_iter().chain(when)
    })
}

/// Adds the dimensions of a number.
fn gather(split: &Split<'_>) -> impl Fn(BTreeSet<usize>, Option<Affine>) -> Option<BTreeSet<usize>> {
    |mut dimensions, number| {
        if let Some(column) = number?.column {
            below(split.model, column, &mut |column| dimensions.extend(dimension(split, column)));
        }
        Some(dimensions)
    }
}

fn dimension(split: &Split<'_>, column: usize) -> Option<usize> {
    split.drawn.iter().find(|(drawn, _)| *drawn == column).map(|(_, dimension)| *dimension)
}

/// Returns true if a piece alone makes ties impossible.
fn is_smooth(split: &Split<'_>, piece: &SeparableTerm<'_>) -> bool {
    let SeparableTerm::Own(cell, law, share, _) = piece else { return false };
    let [WeightedTerm { weight: Weight::Factor(weight), number, when: None, .. }] = cell.parts[..] else {
        return false;
    };
    if number.column.is_some() {
        return false;
    }
    let moves = match weight.column {
        None => weight.offset != 0.0,
        Some(column) => split.model.inputs().get(column).is_some_and(|input| input.dist.atoms().is_empty()),
    };
    *share != 0.0 && law.atom_probability() == 0.0 && moves
}

/// A number that is given by what no other piece has is as it is alone; others hang on what they are given by.
fn attach_conditioning(split: &Split<'_>, loose: &mut [Loose<'_>]) {
    let given = |piece: &SeparableTerm<'_>| match piece {
        SeparableTerm::Own(_, CellLaw::Given { known, .. }, ..) => {
            known.iter().filter_map(|(latent, _)| dimension(split, *latent)).collect()
        }
        _ => BTreeSet::new(),
    };
    let all: Vec<BTreeSet<usize>> =
        loose.iter().map(|(piece, dimensions)| given(piece).union(dimensions).copied().collect()).collect();
    for (index, (piece, dimensions)) in loose.iter_mut().enumerate() {
        let SeparableTerm::Own(_, law, ..) = piece else { continue };
        let CellLaw::Given { known, whole, .. } = law else { continue };
        let apart = |(latent, _): &(usize, f64)| {
            dimension(split, *latent).is_none_or(|latent| {
                !dimensions.contains(&latent)
                    && all.iter().enumerate().all(|(other, all)| other == index || !all.contains(&latent))
            })
        };
        if known.iter().all(apart) {
            *law = CellLaw::Alone(whole.clone());
        } else {
            dimensions.clone_from(&all[index]);
        }
    }
}

/// Joins what hangs together: under each shared number what depends on it.
fn join<'a>(rules: &Rules, mut loose: Vec<Loose<'a>>) -> Vec<SeparableTerm<'a>> {
    let mut pieces = Vec::new();
    while let Some((piece, mut together)) = loose.pop() {
        if together.is_empty() {
            pieces.push(piece);
            continue;
        }
        let mut members = vec![(piece, together.clone())];
        while let Some(index) = loose.iter().position(|(_, dimensions)| !dimensions.is_disjoint(&together)) {
            let member = loose.swap_remove(index);
            together.extend(&member.1);
            members.push(member);
        }
        // The one that most depends on first, so that what is left may fall apart.
        let depending = |dimension: &usize| members.iter().filter(|(_, own)| own.contains(dimension)).count();
        let Some(first) = together.iter().copied().max_by_key(|dimension| (depending(dimension), *dimension))
        else {
            continue;
        };
        for (_, dimensions) in &mut members {
            dimensions.remove(&first);
        }
        pieces.push(SeparableTerm::Over(rules[first].clone(), 0.0, join(rules, members)));
    }
    pieces
}

impl SeparableTerm<'_> {
    /// About how many numbers of one area it looks at in a block, with the first rules.
    pub fn work(&self) -> usize {
        match self {
            Self::Own(_, CellLaw::Given { .. }, ..) => GIVEN_WORK,
            Self::Own(..) | Self::Certain(..) => 1,
            Self::Over(rules, _, inner) => rules[0].len() * inner.iter().map(Self::work).sum::<usize>(),
        }
    }
}
