//! Fourier series of gaps between overall scores at a point: the characteristic functions of all areas, eight terms at a time,
//! and the probability of each pair's order from them.

use super::cell::OwnInput;
use super::frame::Frame;
use super::split::{AreaSum, Split};
use super::terms::{LANES, ONE, Terms, angles, multiply, stretch, total, turned};
use crate::kernel::{Kernel, dispatch};
use std::f64::consts::{LN_2, PI};

/// When a series stops.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    /// The series ends where what is left of a pair is surely no more than this,
    pub tolerance: f64,
    /// or after so many blocks of eight terms.
    pub blocks: usize,
    /// But for densities not before it is no more than this,
    pub fine: f64,
    /// or after so many blocks.
    pub fine_blocks: usize,
}

impl Stop {
    /// Returns true if a series with so much left after so many blocks is done.
    pub fn is_there(self, left: f64, block: usize) -> bool {
        let pairs = left <= self.tolerance || block >= self.blocks;
        pairs && (left <= self.fine || block >= self.fine_blocks)
    }
}

/// Working room for the series of all areas, and what came of them.
#[derive(Clone, Debug, Default)]
pub struct Series {
    /// One an integrated number.
    cells: Vec<Terms>,
    /// Shape `[n_blocks * n_worlds * n_areas]`: the characteristic functions of the overall scores, each counted from the least value
    /// of its world.
    pub waves: Vec<Terms>,
    /// Half the period: all gaps at the point are smaller.
    pub half_period: f64,
    /// Shape `[n_worlds]`: the least value of each.
    pub origins: Vec<f64>,
    /// Shape `[n_worlds * n_pairs]`, pairs (0,1), (0,2), …: the probability that the first comes before the second.
    pub pairs: Vec<f64>,
    /// A bound on how much a pair may lack for the series being cut.
    pub left: f64,
    /// The number of blocks that the last point took.
    usual: usize,
    /// One per law: the product of the numbers that it shares with one of an earlier world.
    products: Vec<Terms>,
    /// One per law: the turn of what is certain, and how much further that of the next block is.
    turns: Vec<[Terms; 2]>,
}

impl Series {
    /// Works out the characteristic functions at a point, and where they are `wanted` all pairs. Those of two areas with finitely many
    /// values each are left at one half.
    pub fn fill(&mut self, split: &Split<'_>, frame: &Frame, stop: Stop, wanted: bool) {
        self.begin(split, frame);
        self.run(split, frame, stop, wanted);
    }

    /// Forgets how many blocks the last point took, so that what comes of the next ones depends on them alone.
    pub fn forget(&mut self) {
        self.usual = 0;
    }

    /// Finds the period at a point.
    pub fn begin(&mut self, split: &Split<'_>, frame: &Frame) {
        let n_areas = split.model.n_areas();
        let worlds = frame.laws.chunks_exact(n_areas);
        let ends = worlds.map(|laws| {
            laws.iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), law| (a.min(law.low), b.max(law.high)))
        });
        let ends: Vec<(f64, f64)> = ends.collect();
        let widest = ends.iter().map(|(low, high)| high - low).fold(0.0, f64::max);
        self.half_period = if widest > 0.0 { widest } else { 1.0 };
        self.origins.clear();
        self.origins.extend(ends.iter().map(|(low, _)| low));
        self.waves.clear();
        self.pairs.clear();
        self.pairs.resize(split.weights.len() * n_areas * (n_areas - 1) / 2, 0.5);
        self.cells.resize(split.cells.len(), ONE);
    }

    fn run(&mut self, split: &Split<'_>, frame: &Frame, stop: Stop, wanted: bool) {
        let step = PI / self.half_period;
        let size = |block: usize| greatest(split, frame, angle(step, block));
        let mut block = 0;
        // Neighbouring points take about as many blocks, so it is of no use to look earlier.
        let first = self.usual.saturating_sub(1).max(1);
        loop {
            dispatch(Block { series: self, split, frame, block, wanted });
            block += 1;
            if block < first.min(stop.blocks) {
                continue;
            }
            self.left = tail_bound(block, &size);
            let end = angle(step, block + 1);
            let spent = |(index, cell): (usize, &OwnInput)| {
                cell.law.is_out_of_range(&frame.given[index], frame.coefficients[index] * end)
            };
            if stop.is_there(self.left, block) || split.cells.iter().enumerate().any(spent) {
                break;
            }
        }
        self.usual = block;
    }

    /// Returns how far the distribution functions of the areas may be off together for the series being cut after so many blocks, where they were
    /// not cut before: what ranks and claims about places may be off for it.
    ///
    /// A rank or a place is the integral of a function of the other areas' distribution functions, in each of which it changes no faster
    /// than that does, by the distribution of one more area. So it changes by no more than the sum of what they are off, and, after an
    /// integration by parts, than what that one is off times how often the others go from 0 to 1.
    pub fn cut(&self, split: &Split<'_>, frame: &Frame, blocks: usize) -> f64 {
        let n_areas = split.model.n_areas();
        let step = PI / self.half_period;
        let mut worst = 0.0_f64;
        for laws in split.laws.chunks_exact(n_areas) {
            let (mut sum, mut most) = (0.0, 0.0_f64);
            for law in laws {
                let left = tail_bound(blocks, |block| law_size(split, frame, law, angle(step, block)));
                sum += left;
                most = most.max(left);
            }
            worst = worst.max(sum + (n_areas - 1) as f64 * most);
        }
        worst
    }

    /// Returns how many blocks there are.
    pub fn n_blocks(&self, split: &Split<'_>) -> usize {
        self.waves.len() / split.laws.len()
    }
}

/// Less than this is not told from zero.
const AS_GOOD_AS_NOTHING: f64 = 1e-15;

/// Returns where the terms after so many blocks begin.
fn angle(step: f64, block: usize) -> f64 {
    step * (2 * LANES * block) as f64
}

/// Returns what is at most left of a series after so many blocks, from the sizes that terms have at most from a block on.
///
/// If they fall at least as their number does, the sum is below half of its first term times n, and twice that allows for
/// sizes that go up and down. So they do beyond the tables, where sizes are bounded by the variation of a density over the angle. Where
/// they fall more slowly, as for densities without bounds, what each doubling of the number left of them is taken to be left by the
/// next ones too, and there is as much in a doubling as half of the logarithm of two.
pub fn tail_bound(block: usize, mut size: impl FnMut(usize) -> f64) -> f64 {
    let (half, here, there) = (size(block / 2), size(block), size(block + 1));
    let shares: f64 = (0..LANES).map(|lane| 1.0 / (2 * (LANES * block + lane) + 1) as f64).sum();
    let fast = here * shares + there;
    // Tables end where a size is as good as zero, and do not fall from there.
    let slow =
        if here > AS_GOOD_AS_NOTHING { 0.5 * LN_2 * here / (1.0 - (here / half).min(1.0)) } else { here };
    // No probability is off by more than one.
    (2.0 / PI * fast.max(slow)).min(1.0)
}

/// The size of a product of functions. What is as good as zero is not made less by those that are left, which may take long.
pub fn size_of_all(sizes: impl Iterator<Item = f64>) -> f64 {
    const AS_GOOD_AS_ZERO: f64 = 1e-40;
    let mut product = 1.0;
    for size in sizes {
        product *= size;
        if product < AS_GOOD_AS_ZERO {
            break;
        }
    }
    product
}

/// The greatest size of the characteristic function of an area from the angle `t` on.
fn law_size(split: &Split<'_>, frame: &Frame, law: &AreaSum, t: f64) -> f64 {
    let size = |&cell: &usize| split.cells[cell].law.size(&frame.given[cell], frame.coefficients[cell] * t);
    size_of_all(law.cells.iter().map(size))
}

/// The greatest size that a term of a pair's series can have from the angle `t` on, but for the number it is divided by.
fn greatest(split: &Split<'_>, frame: &Frame, t: f64) -> f64 {
    let n_areas = split.model.n_areas();
    let mut worst = 0.0_f64;
    for (laws, at) in split.laws.chunks_exact(n_areas).zip(frame.laws.chunks_exact(n_areas)) {
        // The greatest size, and the greatest of those with densities; of two such the product.
        let (mut greatest, mut second, mut smooth) = (0.0, 0.0, 0.0_f64);
        for (law, at) in laws.iter().zip(at) {
            let size = law_size(split, frame, law, t);
            if size > greatest {
                (greatest, second) = (size, greatest);
            } else if size > second {
                second = size;
            }
            if !at.discrete {
                smooth = smooth.max(size);
            }
        }
        worst = worst.max(if smooth == greatest { greatest * second } else { smooth * greatest });
    }
    worst
}

struct Block<'a> {
    series: &'a mut Series,
    split: &'a Split<'a>,
    frame: &'a Frame,
    block: usize,
    wanted: bool,
}

/// Turns are worked out afresh after so many blocks, and in between each follows from the one before.
const AFRESH: usize = 16;

impl Kernel for Block<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { series, split, frame, block, wanted } = self;
        let step = PI / series.half_period;
        let (numbers, angles) = angles(block, step);
        fill(&mut series.cells, split, frame, &angles);
        let n_areas = split.model.n_areas();
        let n_laws = split.laws.len();
        let Series { cells, products, turns, waves, origins, .. } = series;
        products.resize(n_laws, ONE);
        turns.resize(n_laws, [ONE; 2]);
        for (index, (law, at)) in split.laws.iter().zip(&frame.laws).enumerate() {
            let n_shared = law.shared.map_or(0, |(_, n)| n);
            let mut wave = if n_shared > 0 { products[index] } else { ONE };
            for n in n_shared..=law.cells.len() {
                for later in (index + n_areas..n_laws).step_by(n_areas) {
                    if split.laws[later].shared == Some((index, n)) {
                        products[later] = wave;
                    }
                }
                if let Some(&cell) = law.cells.get(n) {
                    let OwnInput { law, alike, .. } = &split.cells[cell];
                    if law.is_even() {
                        stretch(&mut wave, &cells[*alike][0]);
                    } else {
                        multiply(&mut wave, &cells[*alike]);
                    }
                }
            }
            let [turn, further] = &mut turns[index];
            if block.is_multiple_of(AFRESH) {
                let certain = at.constant - origins[index / n_areas];
                *turn = turned(&angles, certain);
                *further = turned(&[(2 * LANES) as f64 * step; LANES], certain);
            } else {
                multiply(turn, further);
            }
            multiply(&mut wave, turn);
            waves.push(wave);
        }
        if !wanted {
            return;
        }
        let waves = &series.waves[block * n_laws..];
        let mut shares = [0.0; LANES];
        for lane in 0..LANES {
            shares[lane] = 2.0 / (PI * numbers[lane]);
        }
        let mut pairs = series.pairs.iter_mut();
        for (waves, at) in waves.chunks_exact(n_areas).zip(frame.laws.chunks_exact(n_areas)) {
            for i in 0..n_areas {
                let [mut re, mut im] = waves[i];
                for lane in 0..LANES {
                    re[lane] *= shares[lane];
                    im[lane] *= shares[lane];
                }
                for (j, pair) in (i + 1..n_areas).zip(pairs.by_ref()) {
                    let [c, d] = &waves[j];
                    let mut sum = [0.0; LANES];
                    for lane in 0..LANES {
                        sum[lane] = im[lane] * c[lane] - re[lane] * d[lane];
                    }
                    if !(at[i].discrete && at[j].discrete) {
                        *pair += total(&sum);
                    }
                }
            }
        }
    }
}

/// The characteristic functions of all integrated numbers at angles.
#[inline(always)]
fn fill(cells: &mut [Terms], split: &Split<'_>, frame: &Frame, angles: &[f64; LANES]) {
    for (index, cell) in split.cells.iter().enumerate() {
        let c = frame.coefficients[index];
        if c == 0.0 {
            cells[index] = ONE;
        } else if cell.alike == index {
            cell.law.fill(&frame.given[index], c, angles, &mut cells[index]);
        }
    }
}
