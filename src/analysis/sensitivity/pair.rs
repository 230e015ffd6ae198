//! The quick way to solve for the thresholds of a gap: for inputs that stand in one place, and have no values with a probability
//! of their own. Does the same as the general way, a column at a time.

use super::lookup::{FALLS, Lookup};
use super::plan::{Path, Solved, SolvedInWorld};
use super::question::QuestionKind;
use crate::analysis::sensitivity::shape::Simple;
use crate::analysis::sensitivity::shape::Switches;
use crate::analysis::sensitivity::shape::World;
use crate::batch::{Aligned, BLOCK, Batch, Column};
use crate::kernel::{Kernel, dispatch};

/// The place of an input in a joint world.
#[derive(Clone, Debug)]
struct Stand {
    column: usize,
    /// The first area that it moves.
    area: usize,
    /// With the coefficient of each area in the gap.
    places: Vec<(f64, Simple)>,
}

/// The way in which the thresholds of one input are worked out.
#[derive(Clone, Debug)]
pub struct PairThresholds {
    /// Shape `[n_worlds]`; nothing where it moves nothing.
    stands: Vec<Option<Stand>>,
}

/// All that the inputs of a question have in common over a block, in a joint world of some probability.
#[derive(Clone, Copy)]
pub struct Block<'a> {
    pub batch: &'a Batch,
    pub world: &'a World,
    /// Shape `[n_parts]`: one over the weight of each part.
    pub inverses: &'a [Aligned],
    pub gaps: &'a Column,
    pub probability: f64,
}

impl PairThresholds {
    /// The quick way for an input, if there is one.
    pub fn new(worlds: &[World], solved: &Solved, kind: &QuestionKind) -> Option<Self> {
        solved.grid.lookup.as_ref()?;
        let stand = |(world, there): (&World, &Vec<Path>)| match &there[..] {
            [] => Some(None),
            [path] if path.latent.is_none() => {
                // One that moves an area alone moves it beside its rival.
                let times = match kind {
                    QuestionKind::Gap(_) => 1.0,
                    QuestionKind::Order(order) => match path.areas[..] {
                        [(area, ..)] => order.signs[area]?,
                        _ => return None,
                    },
                };
                let places = path.areas.iter().map(|(area, coefficient, entries)| {
                    Some((times * coefficient, world.simple(*area, entries)?))
                });
                let places = places.collect::<Option<Vec<_>>>()?;
                Some(Some(Stand { column: path.column, area: path.areas.first()?.0, places }))
            }
            _ => None,
        };
        Some(Self { stands: worlds.iter().zip(&solved.paths).map(stand).collect::<Option<_>>()? })
    }

    /// The first area that the input moves in a joint world.
    pub fn area(&self, z: usize) -> Option<usize> {
        Some(self.stands[z].as_ref()?.area)
    }

    /// Counts the thresholds of a block in the joint world `z`; false where the input moves nothing there.
    ///
    /// If `room` asks for them, the slopes of the gap in the input, one a draw, are left there.
    pub fn record(
        &self,
        block: Block<'_>,
        at: SolvedInWorld<'_>,
        room: &mut PairScratch,
        switches: &mut Switches,
    ) -> bool {
        let Some(Stand { column, places, .. }) = &self.stands[at.z] else { return false };
        let lookup = at.solved.grid.lookup.as_ref().expect("an input without one has no such thresholds");
        let Block { batch, world, gaps, probability, .. } = block;
        let PairScratch { slopes, with_slopes, steps } = room;
        let alone = match places[..] {
            [(coefficient, Simple::Score(part, unit))] => Some((part, 1.0 / (coefficient * unit))),
            _ => None,
        };
        if *with_slopes || alone.is_none() {
            for (n, (coefficient, simple)) in places.iter().enumerate() {
                world.add_simple(batch, simple, (*coefficient, n == 0), slopes);
            }
        }
        let slope = match alone {
            Some((part, unit)) => Slope::Score(&block.inverses[part], unit),
            None => Slope::Any(slopes),
        };
        let (now, len) = (batch.input(*column), batch.len());
        dispatch(Record { lookup, now, gaps, slope, len, probability, steps, switches });
        true
    }
}

/// Working room.
pub struct PairScratch {
    /// The slopes of a gap in one input.
    pub slopes: Column,
    with_slopes: bool,
    steps: [u16; BLOCK],
}

impl PairScratch {
    /// Makes working room, which keeps the slopes where they are asked for.
    pub fn new(with_slopes: bool) -> Self {
        Self { slopes: [0.0; BLOCK], with_slopes, steps: [0; BLOCK] }
    }
}

/// The slopes of a gap in one input.
#[derive(Clone, Copy)]
enum Slope<'a> {
    /// Those in a score: one over each is a column times this, and all have the sign of this.
    Score(&'a Column, f64),
    Any(&'a Column),
}

struct Record<'a> {
    lookup: &'a Lookup,
    now: &'a Column,
    gaps: &'a Column,
    slope: Slope<'a>,
    len: usize,
    probability: f64,
    steps: &'a mut [u16; BLOCK],
    switches: &'a mut Switches,
}

/// Neighbouring draws count in tables of their own, so that none waits for the one before; the even ones are the first half.
const LANES: usize = 4;
/// Places of a table: those of switches to true, and after them those of switches to false.
type Counts = [[u16; 2 * DOWN]; LANES];
const DOWN: usize = 256;

impl Kernel for Record<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { lookup, now, gaps, slope, len, probability, steps, switches } = self;
        // With a slope of 0 the threshold is infinite, on the side that says what the gap does.
        let counts = match slope {
            Slope::Score(inverse, unit) => {
                for n in 0..BLOCK {
                    steps[n] = lookup.step(now[n] - gaps[n] * (inverse[n] * unit));
                }
                if unit < 0.0 {
                    count(&steps[..len], |step| lookup.place(step) + DOWN)
                } else {
                    count(&steps[..len], |step| lookup.place(step))
                }
            }
            Slope::Any(slopes) => {
                for n in 0..BLOCK {
                    let mark = if slopes[n].is_sign_negative() { FALLS } else { 0 };
                    steps[n] = lookup.step(now[n] - gaps[n] / slopes[n]) | mark;
                }
                count(&steps[..len], |step| lookup.place(step) + usize::from(step / FALLS) % 2 * DOWN)
            }
        };
        for half in 0..2 {
            let (one, other) = (&counts[half], &counts[half + 2]);
            add(&mut switches.up[half], [&one[..DOWN], &other[..DOWN]], probability);
            let falls = add(&mut switches.down[half], [&one[DOWN..], &other[DOWN..]], probability);
            switches.up[half][0] += probability * f64::from(falls);
        }
        switches.most = switches.most.max(1);
    }
}

#[inline(always)]
fn count(steps: &[u16], place: impl Fn(u16) -> usize) -> Counts {
    let mut counts = [[0; 2 * DOWN]; LANES];
    let (rows, rest) = steps.as_chunks::<LANES>();
    for row in rows {
        for lane in 0..LANES {
            counts[lane][place(row[lane])] += 1;
        }
    }
    for (lane, &step) in rest.iter().enumerate() {
        counts[lane][place(step)] += 1;
    }
    counts
}

/// Adds counts, each with a probability, and returns how many there are.
#[inline(always)]
fn add(sums: &mut [f64], [one, other]: [&[u16]; 2], probability: f64) -> u16 {
    let mut total = 0;
    for (sum, (a, b)) in sums.iter_mut().zip(one.iter().zip(other)) {
        *sum += probability * f64::from(a + b);
        total += a + b;
    }
    total
}
