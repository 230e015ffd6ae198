//! Gaps whose shared numbers can be integrated one after the other. An order depends on the raw weights alone, so a gap is a sum over
//! factors, and where those share no number its characteristic function is a product of integrals over few numbers each: no points are
//! needed. Knows nothing of who asks.

use super::cell::{Cell, CellLaw};
use super::frame::Frame;
use super::nodes::Rule;
use super::sharing::below;
use super::split::{Part, Split, Weight};
use super::work;
use crate::model::Number;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A gap between the means of some areas and of others in a world, taken apart.
#[derive(Debug)]
pub struct Apart<'a> {
    pub split: &'a Split<'a>,
    pub frame: Frame,
    pub pieces: Vec<Piece<'a>>,
}

/// A factor of the characteristic function.
#[derive(Clone, Debug)]
pub enum Piece<'a> {
    /// A number of one area, its share in the gap, and the greatest coefficient that it has.
    Own(&'a Cell, CellLaw, f64, f64),
    /// What is certain once the shared numbers are known.
    Certain(Part, f64),
    /// A shared number, in ever finer rules, with how far a gap moves within a panel of the first; and what depends on it.
    Over(Arc<[Rule]>, f64, Vec<Piece<'a>>),
}

/// Rules for each shared number.
pub type Rules = Vec<Arc<[Rule]>>;

/// Something in a gap before it is known what it hangs together with: a piece and its shared numbers.
type Loose<'a> = (Piece<'a>, BTreeSet<usize>);

/// More work a block of terms than this, in numbers of one area at one node, is left to points.
pub const MOST_WORK: usize = 40_000;
/// A number that is given in part takes about as long as so many that are not.
const GIVEN_WORK: usize = 20;
impl<'a> Apart<'a> {
    /// Takes a gap apart, where it has a density, its areas are different ones, and that is little work.
    pub fn new(
        split: &'a Split<'a>,
        rules: &Rules,
        world: usize,
        (one, other): (&[usize], &[usize]),
    ) -> Option<Self> {
        let n_areas = split.model.n_areas();
        let mut loose: Vec<Loose<'a>> = Vec::new();
        if one.iter().any(|area| other.contains(area)) {
            return None;
        }
        for (areas, sign) in [(one, 1.0), (other, -1.0)] {
            let share = sign / areas.len() as f64;
            for &area in areas {
                let law = &split.laws[world * n_areas + area];
                let kept = kept(&law.discounts)?;
                for &cell in &law.cells {
                    let cell = &split.cells[cell];
                    let dimensions = numbers(&cell.parts).try_fold(BTreeSet::new(), gather(split))?;
                    loose.push((Piece::Own(cell, cell.law.clone(), share * kept, 0.0), dimensions));
                }
                let floor = split.model.floor() * (1.0 - kept);
                let lost = split.weights[world].iter().map(|&weight| Part {
                    weight: Weight::Factor(weight),
                    number: Number::Exact(floor),
                    factor: 1.0 / kept,
                    when: None,
                });
                for part in law.parts.iter().cloned().chain(lost.filter(|_| floor != 0.0 && kept != 0.0)) {
                    let dimensions =
                        numbers(std::slice::from_ref(&part)).try_fold(BTreeSet::new(), gather(split))?;
                    loose.push((Piece::Certain(part, share * kept), dimensions));
                }
            }
        }
        if !loose.iter().any(|(piece, _)| is_smooth(split, piece)) {
            return None;
        }
        give(split, &mut loose);
        let frame = Frame::new(split);
        let pieces = join(rules, loose);
        let work: usize = pieces.iter().map(Piece::work).sum();
        (work <= MOST_WORK).then_some(Self { split, frame, pieces })
    }
}

impl Apart<'_> {
    /// How much work it is likely to be.
    pub fn work(&self) -> f64 {
        work::without_points(self.pieces.iter().map(Piece::work).sum())
    }
}

/// The share that certain discounts leave.
pub fn kept(discounts: &[Number]) -> Option<f64> {
    discounts.iter().try_fold(1.0, |kept, discount| match discount {
        Number::Exact(m) => Some(kept * m),
        Number::Column(_) => None,
    })
}

/// The numbers in parts; nothing stands for all weights of a world, which everything hangs on.
fn numbers(parts: &[Part]) -> impl Iterator<Item = Option<Number>> {
    parts.iter().flat_map(|part| {
        let weight = match part.weight {
            Weight::Factor(weight) => Some(weight),
            Weight::Total(_) => None,
        };
        let when = part.when.map(|(selector, _)| Some(Number::Column(selector)));
        [weight, Some(part.number)].into_iter().chain(when)
    })
}

/// Adds the dimensions of a number.
fn gather(split: &Split<'_>) -> impl Fn(BTreeSet<usize>, Option<Number>) -> Option<BTreeSet<usize>> {
    |mut dimensions, number| {
        if let Number::Column(column) = number? {
            below(split.model, column, &mut |column| dimensions.extend(dimension(split, column)));
        }
        Some(dimensions)
    }
}

fn dimension(split: &Split<'_>, column: usize) -> Option<usize> {
    split.drawn.iter().find(|(drawn, _)| *drawn == column).map(|(_, dimension)| *dimension)
}

/// Whether a piece alone makes ties impossible.
fn is_smooth(split: &Split<'_>, piece: &Piece<'_>) -> bool {
    let Piece::Own(cell, law, share, _) = piece else { return false };
    let [Part { weight: Weight::Factor(weight), number: Number::Exact(_), when: None, .. }] = cell.parts[..]
    else {
        return false;
    };
    let moves = match weight {
        Number::Exact(weight) => weight != 0.0,
        Number::Column(column) => {
            split.model.inputs().get(column).is_some_and(|input| input.dist.atoms().is_empty())
        }
    };
    *share != 0.0 && law.on_atoms() == 0.0 && moves
}

/// A number that is given by what no other piece has is as it is alone; others hang on what they are given by.
fn give(split: &Split<'_>, loose: &mut [Loose<'_>]) {
    let given = |piece: &Piece<'_>| match piece {
        Piece::Own(_, CellLaw::Given { known, .. }, ..) => {
            known.iter().filter_map(|(latent, _)| dimension(split, *latent)).collect()
        }
        _ => BTreeSet::new(),
    };
    let all: Vec<BTreeSet<usize>> =
        loose.iter().map(|(piece, dimensions)| given(piece).union(dimensions).copied().collect()).collect();
    for (index, (piece, dimensions)) in loose.iter_mut().enumerate() {
        let Piece::Own(_, law, ..) = piece else { continue };
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
fn join<'a>(rules: &Rules, mut loose: Vec<Loose<'a>>) -> Vec<Piece<'a>> {
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
        pieces.push(Piece::Over(rules[first].clone(), 0.0, join(rules, members)));
    }
    pieces
}

impl Piece<'_> {
    /// About how many numbers of one area it looks at in a block, with the first rules.
    pub fn work(&self) -> usize {
        match self {
            Self::Own(_, CellLaw::Given { .. }, ..) => GIVEN_WORK,
            Self::Own(..) | Self::Certain(..) => 1,
            Self::Over(rules, _, inner) => rules[0].len() * inner.iter().map(Self::work).sum::<usize>(),
        }
    }
}
