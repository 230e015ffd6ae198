//! The ranks of all areas in some draws at a time: every two areas are compared, many draws at once, which takes less time than to sort the
//! areas of each draw.

use crate::batch::{BLOCK, Batch};
use crate::kernel::{Kernel, dispatch};
use crate::real::Real;

/// Draws that are ranked together.
const STRIP: usize = 64;

/// The ranks of the areas in a strip of a block, for every world.
#[derive(Clone, Debug, Default)]
pub struct RankStrip {
    n_areas: usize,
    /// Shape `[n_worlds x n_areas]`, row-major: in each draw the number of areas strictly before the area.
    ranks: Vec<[u8; STRIP]>,
    /// The areas of a draw from the first to the last.
    order: Vec<u8>,
}

impl RankStrip {
    /// Returns the lane of a draw, and ranks its strip if the draw is the first there. No more than 256 areas.
    pub fn reach<R: Real>(&mut self, batch: &Batch<R>, n_worlds: usize, draw: usize) -> usize {
        let lane = draw % STRIP;
        if lane == 0 {
            self.n_areas = batch.n_areas();
            self.ranks.clear();
            self.ranks.resize(n_worlds * self.n_areas, [0; STRIP]);
            self.order.resize(self.n_areas, 0);
            dispatch(Rank { strip: self, batch, start: draw });
        }
        lane
    }

    /// Returns how many areas are strictly before each area in a draw.
    pub fn ranks(&self, world: usize, lane: usize) -> impl Iterator<Item = usize> {
        let of_world = &self.ranks[world * self.n_areas..][..self.n_areas];
        of_world.iter().map(move |ranks| usize::from(ranks[lane]))
    }

    /// Returns the areas of a draw from the first to the last; nothing if two of them tie.
    pub fn order(&mut self, world: usize, lane: usize) -> Option<&[u8]> {
        let n = self.n_areas;
        let mut sum = 0;
        for (area, ranks) in self.ranks[world * n..][..n].iter().enumerate() {
            let rank = usize::from(ranks[lane]);
            self.order[rank] = area as u8;
            sum += rank;
        }
        // Each two that do not tie add one to one of their ranks.
        (sum == n * (n - 1) / 2).then_some(&self.order)
    }
}

/// Ranks the draws of a strip that begins at `start`.
struct Rank<'a, R> {
    strip: &'a mut RankStrip,
    batch: &'a Batch<R>,
    start: usize,
}

impl<R: Real> Kernel for Rank<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { strip: RankStrip { n_areas, ranks, .. }, batch, start } = self;
        const { assert!(BLOCK.is_multiple_of(STRIP), "a strip lies in one block") };
        for (world, ranks) in ranks.chunks_exact_mut(*n_areas).enumerate() {
            let scores = |area: usize| &batch.overall(world, area)[start..][..STRIP];
            for one in 1..*n_areas {
                let a = scores(one);
                let (others, own) = ranks.split_at_mut(one);
                let own = &mut own[0];
                for (other, rank) in others.iter_mut().enumerate() {
                    let b = scores(other);
                    for lane in 0..STRIP {
                        rank[lane] += u8::from(a[lane] > b[lane]);
                        own[lane] += u8::from(b[lane] > a[lane]);
                    }
                }
            }
        }
    }
}
