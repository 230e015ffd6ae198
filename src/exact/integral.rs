//! Averages over scrambled points: several scrambles side by side, whose spread is the error, on as many threads as are given.
//! The bits of the result do not depend on the threads: points are cut into fixed chunks and their sums merged in order.

use super::at_once::Quadrature;
use super::control::{self, Controls};
use super::engine::{Engine, EngineScratch};
use super::layout::Layout;
use super::sobol::Sobol;
use super::sums::{Off, PointSums};
use crate::control::Control;
use crate::threads::on_threads;
use rayon::prelude::*;

/// Points a chunk.
const CHUNK: u64 = 32;

/// Scrambles: enough for a t-interval that is close to a normal one.
pub const REPLICATES: u64 = 16;

/// The averages of an engine over points of its shared numbers; more can be added.
#[derive(Clone, Debug)]
pub struct Integral<'a> {
    engine: &'a Engine<'a>,
    scrambles: Vec<Sobol>,
    /// One per scramble.
    sums: Vec<PointSums>,
    /// The number of points that each scramble has had.
    points: u64,
    known: PointFreeValues,
    /// A scramble of its own, which says what can be averaged well: nothing is chosen by the luck of those that are averaged.
    pilot: Sobol,
    /// That of the pilot.
    piloted: PointSums,
}

/// The values that are known without points.
#[derive(Clone, Debug)]
struct PointFreeValues {
    /// Shape `[n_worlds x layout]`, row-major: a value, and how far it may be off.
    values: Vec<Option<(f64, f64)>>,
    /// The controls that pairs are for ranks and claims, where all pairs are known.
    controls: Option<Controls>,
}

impl PointFreeValues {
    /// Returns the known values that need no points: all, but for pairs where those are compared with their averages over points.
    fn skipped(&self, layout: Layout, compares: bool) -> Vec<bool> {
        let mut skipped: Vec<bool> = self.values.iter().map(Option::is_some).collect();
        if compares {
            skipped.chunks_exact_mut(layout.len()).for_each(|world| world[layout.pairs()].fill(false));
        }
        skipped
    }

    fn has_all_pairs(&self, layout: Layout) -> bool {
        let mut worlds = self.values.chunks_exact(layout.len());
        worlds.all(|world| world[layout.pairs()].iter().all(Option::is_some))
    }
}

/// An average over points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointAverages {
    /// The average.
    pub mean: f64,
    /// Its standard error: from the spread of the scrambles, 0 where there is nothing to average over.
    pub mcse: f64,
    /// A bound on how far it may be off besides, for series and grids that end somewhere.
    pub bound: f64,
    /// The number of points that, all alike, would have as uneven a share in it as those that there are; infinite where it needs none.
    pub carriers: f64,
}

/// Mean and standard deviation of an overall score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// The mean.
    pub mean: f64,
    /// Its standard error.
    pub mcse: f64,
    /// The standard deviation.
    pub sd: f64,
    /// The standard error of that.
    pub sd_mcse: f64,
}

impl<'a> Integral<'a> {
    /// No points yet.
    #[must_use]
    pub fn new(engine: &'a Engine<'a>, seed: u64) -> Self {
        let n = engine.n_dimensions();
        let replicates = if n == 0 { 1 } else { REPLICATES };
        let scrambles = (0..replicates).map(|replicate| Sobol::scrambled(n, seed, replicate)).collect();
        let known = PointFreeValues { values: vec![None; engine.n_values()], controls: None };
        let none = PointSums::new(engine.n_values());
        let sums = vec![none.clone(); replicates as usize];
        let pilot = Sobol::scrambled(n, seed, replicates);
        Self { engine, scrambles, sums, points: 0, known, pilot, piloted: none }
    }

    /// Goes on to so many points a scramble; a power of two is best. A single point does where there is nothing to average over. Once
    /// it is to stop it goes nowhere, and returns false.
    pub fn extend(&mut self, points: u64, threads: Option<usize>, control: Control<'_>) -> bool {
        let points = if self.engine.n_dimensions() == 0 { 1 } else { points };
        let starts = (self.points..points).step_by(CHUNK as usize);
        let n = self.scrambles.len();
        let n_all = if self.engine.n_dimensions() == 0 { n } else { n + 1 };
        let chunks: Vec<(usize, u64)> =
            (0..n_all).flat_map(|scramble| starts.clone().map(move |start| (scramble, start))).collect();
        let work = || -> Option<(PointFreeValues, Vec<PointSums>)> {
            let known = if self.points == 0 { self.begin(control)? } else { self.known.clone() };
            let skipped = known.skipped(self.engine.layout(), known.controls.is_some());
            let of = |room: &mut EngineScratch, &(scramble, start): &(usize, u64)| {
                let mut sums = PointSums::new(self.engine.n_values());
                let mut digits = vec![0; self.engine.n_dimensions()];
                let end = points.min(start + CHUNK);
                room.begin_chunk();
                for number in start..end {
                    if control.is_stopped() {
                        return None;
                    }
                    self.scrambles.get(scramble).unwrap_or(&self.pilot).digits(number, &mut digits);
                    self.engine.evaluate(&digits, room);
                    sums.add(&room.point);
                }
                control.advance(end - start);
                Some(sums)
            };
            let room = || EngineScratch::new(self.engine, &skipped);
            let sums: Option<_> = chunks.par_iter().map_init(room, of).collect();
            Some((known, sums?))
        };
        let Some((known, all)) = on_threads(threads, work) else { return false };
        self.known = known;
        for ((scramble, _), sums) in chunks.iter().zip(&all) {
            self.sums.get_mut(*scramble).unwrap_or(&mut self.piloted).merge(sums);
        }
        self.points = self.points.max(points);
        true
    }

    /// Returns what is known before the first point; nothing once it is to stop.
    fn begin(&self, control: Control<'_>) -> Option<PointFreeValues> {
        let (engine, layout) = (self.engine, self.engine.layout());
        let goes_on = || (!control.is_stopped()).then_some(());
        let mut known = self.known.clone();
        let gaps = engine.gaps();
        let rules = if gaps.is_empty() { Quadrature::default() } else { engine.quadrature_rules() };
        let at_once = |gap| goes_on().map(|()| engine.at_once(&rules, gap, gaps.len()));
        let found: Option<Vec<_>> = gaps.par_iter().map(at_once).collect();
        for (gap, found) in gaps.iter().zip(found?) {
            known.values[gap.place] = found.map(|sign| (sign.before, sign.bound));
            known.values[gap.tie] = found.map(|sign| (sign.tie, sign.bound));
        }
        if known.has_all_pairs(layout) && engine.ranks().is_ok() && Controls::can_use(layout) {
            let room = || EngineScratch::new(engine, &known.skipped(layout, true));
            let each = |room: &mut EngineScratch, start| {
                goes_on().map(|()| engine.for_each_point(&self.pilot, start..start + CHUNK, room))
            };
            let starts: Vec<u64> = (0..control::POINTS).step_by(CHUNK as usize).collect();
            let values: Option<Vec<_>> = starts.into_par_iter().map_init(room, each).collect();
            known.controls = Some(Controls::new(layout, &values?.concat()));
        }
        Some(known)
    }

    /// Returns how many shared numbers are averaged over.
    #[must_use]
    pub fn n_dimensions(&self) -> usize {
        self.engine.n_dimensions()
    }

    /// Returns how many scrambles there are.
    #[must_use]
    pub fn replicates(&self) -> usize {
        self.scrambles.len()
    }

    /// Returns how many points each has had.
    #[must_use]
    pub fn points(&self) -> u64 {
        self.points
    }

    /// The probability that area i comes before area j where the joint worlds have these weights.
    #[must_use]
    pub fn before(&self, i: usize, j: usize, weights: &[f64]) -> PointAverages {
        let layout = self.engine.layout();
        if i < j {
            let pair = layout.pair(i, j);
            let bound = self.bound_of(pair, weights);
            return self.placed(self.average(weights, |value| value(pair)), pair, weights, bound);
        }
        let pair = layout.pair(j, i);
        let after = |value: &dyn Fn(usize) -> f64| 1.0 - value(pair) - value(layout.tie(pair));
        self.placed(self.average(weights, after), pair, weights, self.bound_of(pair, weights))
    }

    /// The probability that the two tie.
    #[must_use]
    pub fn tie(&self, i: usize, j: usize, weights: &[f64]) -> f64 {
        let layout = self.engine.layout();
        let tie = layout.tie(layout.pair(i.min(j), i.max(j)));
        self.average(weights, |value| value(tie)).mean
    }

    /// The probability that exactly `rank` areas come before area i.
    ///
    /// # Errors
    /// Returns the reason why it cannot be had.
    pub fn rank(&self, i: usize, rank: usize, weights: &[f64]) -> Result<PointAverages, &'static str> {
        self.engine.ranks()?;
        let place = self.engine.layout().rank(i, rank);
        let average = self.average(weights, |value| value(place));
        Ok(self.placed(average, place, weights, self.bound_of_places()))
    }

    /// The probability of a claim, and that it hangs on a tie.
    ///
    /// # Errors
    /// Returns the reason why it cannot be had.
    pub fn claim(&self, claim: usize, weights: &[f64]) -> Result<(PointAverages, f64), &'static str> {
        self.engine.claim(claim)?;
        let layout = self.engine.layout();
        let average = self.average(weights, |value| value(layout.claim(claim)));
        if average.mean.is_nan() {
            return Err("it has too many values to go through");
        }
        if self.engine.is_certain(claim) {
            return Ok((average, 0.0));
        }
        let tie = self.average(weights, |value| value(layout.claim_tie(claim))).mean;
        let place = layout.claim(claim);
        let bound = if self.engine.needs_places(claim) {
            self.bound_of_places()
        } else {
            self.bound_of(place, weights)
        };
        Ok((self.placed(average, place, weights, bound), tie))
    }

    /// Returns how many of the pairs of an area of the one list and an area of the other are expected to have the first ahead, a tie
    /// counting half.
    #[must_use]
    pub fn expected(&self, one: &[usize], other: &[usize], weights: &[f64]) -> PointAverages {
        let layout = self.engine.layout();
        let ahead = |value: &dyn Fn(usize) -> f64, i: usize, j: usize| {
            let pair = layout.pair(i.min(j), i.max(j));
            let half = value(layout.tie(pair)) / 2.0;
            if i < j { value(pair) + half } else { 1.0 - value(pair) - half }
        };
        let sum = |value: &dyn Fn(usize) -> f64| {
            one.iter().map(|&i| other.iter().map(|&j| ahead(value, i, j)).sum::<f64>()).sum()
        };
        let average = self.average(weights, sum);
        let pairs = one.iter().flat_map(|&i| other.iter().map(move |&j| layout.pair(i.min(j), i.max(j))));
        // What most of the sum is made of is carried best.
        let carriers = pairs.map(|pair| self.carriers(pair, weights, self.bound_of(pair, weights)));
        let bound = self.bound() * (one.len() * other.len()) as f64;
        PointAverages { bound, carriers: carriers.fold(0.0, f64::max), ..average }
    }

    /// Mean and standard deviation of an area's overall score, and their standard errors.
    #[must_use]
    pub fn moments(&self, area: usize, weights: &[f64]) -> Moments {
        let layout = self.engine.layout();
        let (mean, square) = (layout.mean(area), layout.square(area));
        // Both are of the distance from about the middle, so that no digits are lost.
        let off = self.average(weights, |value| value(mean));
        let around = self.average(weights, |value| value(square) - 2.0 * off.mean * value(mean));
        let sd = (around.mean + off.mean * off.mean).max(0.0).sqrt();
        Moments {
            mean: self.engine.centre(area) + off.mean,
            mcse: off.mcse,
            sd,
            sd_mcse: if around.mcse > 0.0 { around.mcse / (2.0 * sd) } else { 0.0 },
        }
    }

    /// Returns how far any probability of a pair may be off for series that end and for what numbers are taken to reach.
    #[must_use]
    pub fn bound(&self) -> f64 {
        self.known.values.iter().flatten().map(|(_, bound)| *bound).fold(self.bound_of_points(), f64::max)
    }

    /// The average over all points.
    fn over_points(&self, of: fn(&Off) -> f64) -> f64 {
        let n: u64 = self.sums.iter().map(|sums| sums.n).sum();
        self.sums.iter().map(|sums| of(&sums.off)).sum::<f64>() / n.max(1) as f64
    }

    /// Returns how far what is averaged over points may be off.
    fn bound_of_points(&self) -> f64 {
        self.over_points(|off| off.left + off.outside) + self.engine.table_error()
    }

    /// Returns how far ranks and claims about places may be off: for the ends of series, for what numbers are taken to reach, and for the grid,
    /// which shows in what must hold of ranks too.
    fn bound_of_places(&self) -> f64 {
        let grid = self.engine.grid_error().max(self.over_points(|off| off.discrepancy));
        let table = self.engine.table_error() * self.engine.layout().n_areas as f64;
        self.over_points(|off| off.cut + off.outside_of_all) + grid + table
    }

    /// Returns how far one probability may be off.
    fn bound_of(&self, place: usize, weights: &[f64]) -> f64 {
        let worlds = self.known.values.chunks_exact(self.engine.layout().len()).zip(weights);
        let all = worlds.filter(|(_, weight)| **weight != 0.0);
        all.map(|(known, weight)| {
            weight * known[place].map_or_else(|| self.bound_of_points(), |(_, bound)| bound)
        })
        .sum()
    }

    /// Returns what an average of one place comes with.
    fn placed(&self, average: PointAverages, place: usize, weights: &[f64], bound: f64) -> PointAverages {
        PointAverages { bound, carriers: self.carriers(place, weights, bound), ..average }
    }

    /// Returns how many points carry a probability, or its opposite where those are fewer: (sum x)^2 / sum x^2, as many times as there are
    /// scrambles what it is for the pilot; none where the average is hardly more than its bound.
    ///
    /// Source: Kish, Survey Sampling (1965), of the effective size of a weighted sample.
    fn carriers(&self, place: usize, weights: &[f64], bound: f64) -> f64 {
        const HARDLY: f64 = 10.0;
        let len = self.engine.layout().len();
        let PointSums { values, n, .. } = &self.piloted;
        let n = *n as f64;
        let needs_points = |(world, weight): &(usize, &f64)| {
            self.engine.n_dimensions() > 0
                && **weight != 0.0
                && self.known.values[world * len + place].is_none()
        };
        let worlds: Vec<(usize, &f64)> = weights.iter().enumerate().filter(needs_points).collect();
        let mut fewest = f64::INFINITY;
        for is_opposite in [false, true] {
            // The sum and, by Minkowski's inequality, no less than the root of the sum of squares.
            let (mut sum, mut root, mut total) = (0.0, 0.0, 0.0);
            for (world, weight) in &worlds {
                let at = world * len + place;
                let (x, square) = (values[at].sum, values[at].squares);
                let (x, square) = if is_opposite { (n - x, n - 2.0 * x + square) } else { (x, square) };
                sum += *weight * x;
                root += *weight * square.max(0.0).sqrt();
                total += *weight * n;
            }
            if total > 0.0 {
                let is_little = sum <= HARDLY * bound * total;
                let here = if is_little { 0.0 } else { (sum / root) * (sum / root) };
                fewest = fewest.min(self.scrambles.len() as f64 * here);
            }
        }
        fewest
    }

    /// The average over scrambles of what `of` makes of the averages of each in each world.
    fn average(&self, weights: &[f64], of: impl Fn(&dyn Fn(usize) -> f64) -> f64) -> PointAverages {
        let layout = self.engine.layout();
        let one = |sums: &PointSums| -> f64 {
            let scale = 1.0 / sums.n.max(1) as f64;
            let known = self.known.values.chunks_exact(layout.len());
            let worlds = sums.values.chunks_exact(layout.len()).zip(known).zip(weights).enumerate();
            worlds
                .filter(|(_, (_, weight))| **weight != 0.0)
                .map(|(world, ((values, known), weight))| {
                    let off =
                        |pair: usize| known[pair].map_or(0.0, |(value, _)| values[pair].sum * scale - value);
                    let of_points = |index: usize| match &self.known.controls {
                        Some(controls) if layout.places().contains(&index) => {
                            values[index].sum * scale - controls.residual_sd(world, index, off)
                        }
                        _ => values[index].sum * scale,
                    };
                    weight * of(&|index| known[index].map_or_else(|| of_points(index), |(value, _)| value))
                })
                .sum()
        };
        let each: Vec<f64> = self.sums.iter().map(one).collect();
        let n = each.len() as f64;
        let mean = if n > 1.0 { each.iter().sum::<f64>() / n } else { each[0] };
        let squares: f64 = each.iter().map(|x| (x - mean) * (x - mean)).sum();
        // What is known without points is the same in each, but for its last bit.
        let mcse = if each.iter().any(|x| *x != each[0]) { (squares / (n - 1.0) / n).sqrt() } else { 0.0 };
        PointAverages { mean, mcse, bound: 0.0, carriers: f64::INFINITY }
    }
}
