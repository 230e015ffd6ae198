//! Places where claims switch in the draws of one block, in one joint world.

use super::grid::{Grid, below, snapped, through_normal};
use super::pair::{self, Block, PairThresholds};
use super::plan::{Path, PathOnGrid, Solved, SolvedInWorld};
use super::scratch::Scratch;
use crate::analysis::sensitivity::shape::World;
use crate::analysis::sensitivity::shape::{Gaps, Held, HeldPath, NODES, Switches};
use crate::batch::{BLOCK, Batch, Column};
use crate::kernel::{Kernel, dispatch};
use crate::model::{Latent, Model};

/// A slope that is smaller than this share of what it is made of is none.
const CANCELLED: f64 = 1e-13;

/// A block in one joint world.
pub struct BlockInWorld<'a> {
    pub model: &'a Model,
    pub batch: &'a Batch,
    pub world: &'a World,
    pub totals: &'a Column,
    pub probability: f64,
}

/// The gaps of a block, each a line in every column of an input.
#[derive(Clone, Copy)]
pub struct GapLines<'a> {
    pub gaps: &'a Column,
    /// A gap that is no larger than this is 0 but for rounding.
    pub slack: f64,
    pub slopes: &'a [Column],
}

impl BlockInWorld<'_> {
    /// Finds where a gap changes its sign in each input.
    pub fn gap<'b>(
        &self,
        gap: &[(usize, f64)],
        z: usize,
        all: impl Iterator<Item = ((&'b Solved, &'b Option<PairThresholds>), &'b mut Switches)>,
        with_gaps: bool,
        room: &mut Scratch,
    ) {
        let slack = self.world.slack(gap);
        let gaps = Self::gaps(gap, slack, room);
        let (batch, world, probability) = (self.batch, self.world, self.probability);
        let ahead = |half: usize| (half..batch.len()).step_by(2).filter(|&n| gaps[n] > 0.0).count();
        let ahead = [ahead(0), ahead(1)];
        let mut quick_room = pair::PairScratch::new(with_gaps);
        for ((solved, quick), switches) in all {
            let first: usize = solved.paths[..z].iter().map(Vec::len).sum();
            let at = SolvedInWorld { solved, z };
            let Some(quick) = quick else {
                let slopes = self.slopes(&solved.paths[z]);
                if with_gaps {
                    for (n, (path, slope)) in solved.paths[z].iter().zip(&slopes).enumerate() {
                        self.means(path, &gaps, slope, first + n, switches);
                    }
                }
                let mut sink = |n: usize, steps: &[(f64, bool)]| self.keep(n, &solved.grid, steps, switches);
                let lines = GapLines { gaps: &gaps, slack, slopes: &slopes };
                self.gap_steps(lines, at, &mut room.steps, &mut sink);
                continue;
            };
            let block = Block { batch, world, inverses: &room.inverses, gaps: &gaps, probability };
            if !quick.record(block, at, &mut quick_room, switches) {
                for (up, ahead) in switches.up.iter_mut().zip(ahead) {
                    up[0] += probability * ahead as f64;
                }
            } else if with_gaps {
                self.means(&at.paths()[0], &gaps, &quick_room.slopes, first, switches);
            }
        }
    }

    /// A gap times the sum of the weights, from the numerators of its areas: 0 where that is what it is but for rounding.
    pub fn gaps(gap: &[(usize, f64)], slack: f64, room: &Scratch) -> Column {
        let mut gaps: Column = [0.0; BLOCK];
        for (area, coefficient) in gap {
            dispatch(AddTimes { sum: &mut gaps, x: &room.numerators[*area], times: *coefficient });
        }
        if slack > 0.0 {
            gaps.iter_mut().filter(|gap| gap.abs() <= slack).for_each(|gap| *gap = 0.0);
        }
        gaps
    }

    /// The slopes of a gap in the columns of an input.
    pub fn slopes(&self, paths: &[Path]) -> Vec<Column> {
        let slope = |path: &Path| {
            let (mut slope, mut size): (Column, Column) = ([0.0; BLOCK], [0.0; BLOCK]);
            for (area, coefficient, entries) in &path.areas {
                let (to, times) = ((self.model, self.batch), (self.totals, *coefficient));
                let mut own: Column = [0.0; BLOCK];
                self.world.add_slope(to, (*area, path.column), entries, times, &mut own);
                for (n, own) in own.iter().enumerate() {
                    slope[n] += own;
                    size[n] += own.abs();
                }
            }
            // What cancels but for rounding moves nothing.
            let all = slope.iter_mut().zip(size);
            all.filter(|(slope, size)| slope.abs() <= CANCELLED * size).for_each(|(slope, _)| *slope = 0.0);
            slope
        };
        paths.iter().map(slope).collect()
    }

    /// Sums for the mean gap as an input is held somewhere.
    fn means(&self, path: &Path, gaps: &Column, slopes: &Column, index: usize, switches: &mut Switches) {
        if path.latent.is_some() {
            return;
        }
        if path.total.is_empty() {
            let unit = slopes.iter().zip(self.totals).take(self.batch.len());
            switches.slopes[index] += unit.map(|(slope, total)| slope / total).sum::<f64>();
        } else {
            self.nodes(path, gaps, slopes, &mut switches.nodes[index]);
        }
    }

    /// Sums of a gap in units of overall score.
    pub fn sum(&self, gap: &[(usize, f64)], z: usize, gaps: &mut Gaps) {
        for n in 0..self.batch.len() {
            let one = |(area, c): &(usize, f64)| c * self.batch.overall(z, *area)[n];
            let d: f64 = gap.iter().map(one).sum();
            gaps.by_world[z] += d;
            gaps.squares += self.probability * d * d;
            gaps.above += self.probability * d.max(0.0);
        }
    }

    /// The gap with a number held at some of its quantiles, for one that moves weights.
    fn nodes(&self, path: &Path, gaps: &Column, slope: &Column, sums: &mut [f64; NODES]) {
        self.each_node(path, gaps, slope, |k, _, gap| sums[k] += gap);
    }

    /// Adds the part of each draw in the mean gap over some values of an input.
    pub fn add_held(&self, held: &Held, paths: &[Path], gaps: &Column, slopes: &[Column], sums: &mut Column) {
        let mut add = |column: &Column, times: f64| {
            let units = column.iter().zip(self.totals).take(self.batch.len());
            for (sum, (x, total)) in sums.iter_mut().zip(units) {
                *sum += self.probability * times * x / total;
            }
        };
        add(gaps, held.gap);
        for (slope, path) in slopes.iter().zip(&held.paths) {
            if let HeldPath::Slope(times) = path {
                add(slope, *times);
            }
        }
        for ((path, slope), held) in paths.iter().zip(slopes).zip(&held.paths) {
            if let HeldPath::Nodes(times) = held {
                let add = |k: usize, n: usize, gap: f64| sums[n] += self.probability * times[k] * gap;
                self.each_node(path, gaps, slope, add);
            }
        }
    }

    /// Calls `add` with each node, each draw and the gap there.
    fn each_node(&self, path: &Path, gaps: &Column, slope: &Column, mut add: impl FnMut(usize, usize, f64)) {
        let mut weight: Column = [0.0; BLOCK];
        World::add_total_slope((self.model, self.batch), path.column, &path.total, &mut weight);
        let (now, dist) = (self.batch.input(path.column), &self.model.inputs()[path.column].dist);
        for k in 0..NODES {
            let x = dist.quantile((k as f64 + 0.5) / NODES as f64);
            for n in 0..self.batch.len() {
                let total = self.totals[n] + weight[n] * (x - now[n]);
                add(k, n, if total > 0.0 { (gaps[n] + slope[n] * (x - now[n])) / total } else { 0.0 });
            }
        }
    }

    /// Finds where a gap changes its sign in one input, the general way: `sink` is called with the steps of each draw.
    pub fn gap_steps(
        &self,
        GapLines { gaps, slack, slopes }: GapLines<'_>,
        at: SolvedInWorld<'_>,
        steps: &mut Vec<(f64, bool)>,
        sink: &mut impl FnMut(usize, &[(f64, bool)]),
    ) {
        let grid = &at.solved.grid;
        for n in 0..self.batch.len() {
            steps.clear();
            // Of several columns, a draw hangs on one at most: on the rater that is heard.
            let active = slopes.iter().position(|slope| slope[n] != 0.0);
            match active {
                None if gaps[n] > 0.0 => steps.push((0.0, true)),
                None => {}
                Some(index) => {
                    let (path, slope) = (&at.paths()[index], slopes[index][n]);
                    let now = self.batch.input(path.column)[n];
                    if let Some(values) = &grid.values {
                        let holds = |x: f64| gaps[n] + slope * (x - now) > slack;
                        by_value(values, &grid.edges, holds, steps);
                    } else {
                        let threshold = now - gaps[n] / slope;
                        let u = self.quantile(at.on_grid(path), n, threshold, slope > 0.0);
                        let rises =
                            (slope > 0.0) == path.latent.as_ref().is_none_or(|latent| latent.loading > 0.0);
                        if !rises {
                            steps.push((0.0, true));
                        }
                        steps.push((u, rises));
                    }
                }
            }
            sink(n, steps);
        }
    }

    /// The quantile of the driver at which its column reaches a threshold.
    pub fn quantile(&self, at: PathOnGrid<'_>, n: usize, threshold: f64, or_at: bool) -> f64 {
        let PathOnGrid { path, grid } = at;
        let input = &self.model.inputs()[path.column];
        let threshold = at.snap(threshold);
        let u = below(grid.over.as_ref().unwrap_or(&input.dist), threshold, or_at);
        let Some(Latent { rest, loading }) = &path.latent else { return u };
        let rest = rest.iter().map(|(index, loading)| loading * self.batch.input(*index)[n]).sum();
        through_normal(u, rest, *loading)
    }

    /// Counts the steps of a draw: quantiles, and whether the claim holds from there on.
    pub fn keep(&self, n: usize, grid: &Grid, steps: &[(f64, bool)], switches: &mut Switches) {
        let mut share = 0.0;
        for &(u, rises) in steps {
            share += if rises { 1.0 - u } else { u - 1.0 };
            let place = grid.place(u);
            let kept = if rises { &mut switches.up } else { &mut switches.down };
            kept[n % 2][place] += self.probability;
        }
        let spread = (share * (1.0 - share)).max(0.0);
        switches.spread[0] += self.probability * spread;
        switches.spread[1] += self.probability * spread * spread;
        switches.most = switches.most.max(steps.iter().filter(|(u, _)| *u > 0.0).count());
    }
}

impl PathOnGrid<'_> {
    /// Returns a threshold of the column, or the value with a probability of its own that it is off by rounding alone.
    pub fn snap(self, threshold: f64) -> f64 {
        snapped(&self.path.atoms, self.grid.snapped(threshold))
    }
}

/// Adds a column times a number.
struct AddTimes<'a> {
    sum: &'a mut Column,
    x: &'a Column,
    times: f64,
}

impl Kernel for AddTimes<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.sum.iter_mut().zip(self.x).for_each(|(sum, x)| *sum += self.times * x);
    }
}

/// The steps of a claim over the few values of an input.
pub fn by_value(
    values: &[f64],
    edges: &[f64],
    mut holds: impl FnMut(f64) -> bool,
    steps: &mut Vec<(f64, bool)>,
) {
    let mut held = false;
    for (x, u) in values.iter().zip(edges) {
        let now = holds(*x);
        if now != held {
            steps.push((*u, now));
            held = now;
        }
    }
}
