//! The quick way to solve for thresholds: for gaps whose inputs each stand in one place, and have no values with a probability
//! of their own. Does the same as the general way, a column at a time.

use super::cdf::{Cdf, FALLS, solve};
use super::plan::{Plan, Solved};
use super::slope::{Simple, World};
use super::tally::Switches;
use crate::batch::{BLOCK, Batch, Column};
use crate::kernel::{Kernel, dispatch};
use crate::model::Model;

/// A column, and where it stands, with the coefficient of each area in the gap.
type Stand = (usize, Vec<(f64, Simple)>);

/// How the thresholds of one input are worked out.
#[derive(Clone, Debug)]
pub struct Quick {
    cdf: Cdf,
    /// Shape `[n_worlds]`: the column, and where it stands; nothing where it moves nothing.
    paths: Vec<Option<Stand>>,
}

impl Quick {
    /// The quick way for an input, if there is one.
    pub fn new(model: &Model, worlds: &[World], solved: &Solved) -> Option<Self> {
        if solved.grid.values.is_some() || solved.grid.over.is_some() {
            return None;
        }
        let mut cdfs = Vec::new();
        let mut paths = Vec::new();
        for (world, there) in worlds.iter().zip(&solved.paths) {
            paths.push(match &there[..] {
                [] => None,
                [path] if path.latent.is_none() => {
                    cdfs.push(&model.inputs()[path.column].dist);
                    let simple = path.areas.iter().map(|(area, coefficient, entries)| {
                        Some((*coefficient, world.simple(*area, entries)?))
                    });
                    Some((path.column, simple.collect::<Option<Vec<_>>>()?))
                }
                _ => return None,
            });
        }
        // The branches of a world may differ, and then there is no one cdf.
        let alike = cdfs.windows(2).all(|two| two[0] == two[1]);
        let cdf = Cdf::new(cdfs.first().filter(|_| alike)?)?;
        Some(Self { cdf, paths })
    }

    /// The same for all inputs of a plan, if each has it.
    pub fn all(model: &Model, worlds: &[World], plan: &Plan) -> Option<Vec<Self>> {
        plan.solved.iter().map(|solved| Self::new(model, worlds, solved)).collect()
    }

    /// Counts the thresholds of a block in a joint world of some probability; false where the input moves nothing there.
    ///
    /// The slope of the gap in the input, one an instance, is left in `slopes`.
    pub fn record(
        &self,
        batch: &Batch,
        (world, z): (&World, usize),
        (gaps, slopes): (&Column, &mut Column),
        probability: f64,
        switches: &mut Switches,
    ) -> bool {
        let Some((column, simple)) = &self.paths[z] else { return false };
        for (n, (coefficient, simple)) in simple.iter().enumerate() {
            world.add_simple(batch, simple, (*coefficient, n == 0), slopes);
        }
        dispatch(Record {
            cdf: &self.cdf,
            now: batch.input(*column),
            gaps,
            slopes,
            len: batch.len(),
            probability,
            switches,
        });
        true
    }
}

struct Record<'a> {
    cdf: &'a Cdf,
    now: &'a Column,
    gaps: &'a Column,
    slopes: &'a Column,
    len: usize,
    probability: f64,
    switches: &'a mut Switches,
}

const ROOM: usize = 2 * FALLS as usize;

impl Kernel for Record<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { cdf, now, gaps, slopes, len, probability, switches } = self;
        let placed = solve(cdf, (now, gaps, slopes), len);
        // Neighbouring instances count in tables of their own, so that none waits for the one before; the even ones are
        // the first half.
        let mut counts = [[0_u32; ROOM]; 4];
        let (rows, rest) = placed.places[..len.min(BLOCK)].as_chunks::<4>();
        for row in rows {
            for lane in 0..4 {
                counts[lane][row[lane] as usize % ROOM] += 1;
            }
        }
        for (lane, place) in rest.iter().enumerate() {
            counts[lane][*place as usize % ROOM] += 1;
        }
        let [a, b, c, d] = &counts;
        for (half, (one, other)) in [(a, c), (b, d)].into_iter().enumerate() {
            let (rises, falls) = ([&one[..FALLS as usize], &other[..FALLS as usize]], FALLS as usize);
            add(&mut switches.up[half], rises, probability);
            let falls = add(&mut switches.down[half], [&one[falls..], &other[falls..]], probability);
            switches.up[half][0] += probability * f64::from(falls);
        }
        switches.spread[0] += probability * placed.spread[0];
        switches.spread[1] += probability * placed.spread[1];
        switches.most = switches.most.max(1);
    }
}

/// Adds counts, each with a probability, and returns how many there are.
#[inline(always)]
fn add(sums: &mut [f64], [one, other]: [&[u32]; 2], probability: f64) -> u32 {
    let mut total = 0;
    for (sum, (a, b)) in sums.iter_mut().zip(one.iter().zip(other)) {
        *sum += probability * f64::from(a + b);
        total += a + b;
    }
    total
}
