//! The engine: what is asked of a model, worked out at points of its shared numbers and averaged over them.

use super::apart::{Apart, Rules};
use super::claims::{Integrand, integrand};
use super::densities::Densities;
use super::fixed::{Fixed, Sign};
use super::frame::Frame;
use super::gap::Gap;
use super::layout::Layout;
use super::nodes::Rule;
use super::scaled::Scaled;
use super::series::{LANES, Series, Stop};
use super::sobol::Sobol;
use super::split::{Refusal, Split};
use crate::model::Model;
use crate::tally::OrderPlan;
use std::borrow::Cow;

/// A model made ready to be integrated.
#[derive(Debug)]
pub struct Engine<'a> {
    split: Split<'a>,
    /// Gaps between fixed scores.
    fixed: Fixed<'a>,
    /// One a claim.
    claims: Vec<Result<Integrand, &'static str>>,
    /// Whether ranks and claims about places are asked for, and can be had.
    places: Result<(), &'static str>,
    stop: Stop,
    /// Points of the grid that densities are worked out on.
    grid: usize,
    /// How far ranks and claims about places may be off for that grid.
    grid_error: f64,
}

/// How exact each point is to be, with and without points to average over.
/// What is left of a density is about the root of what is left of a pair.
const CLOSE: Stop = Stop { tolerance: 1e-8, blocks: 256, fine: 1e-16, fine_blocks: 0 };
/// Where points are done without.
const APART: Stop = Stop { tolerance: 1e-9, blocks: 256, fine: 1e-16, fine_blocks: 0 };
/// Where there is nothing to average over.
const CLOSEST: Stop = Stop { tolerance: 1e-13, blocks: 8192, fine: 1e-26, fine_blocks: 0 };
/// The probability of shared numbers beyond what their rules reach, at most.
const BEYOND: f64 = 1e-11;
/// The grids that are tried, and what is asked of each: that a finer one changes nothing by more than this. So fine they are only where
/// there is nothing to average over; else a few are enough, and little is asked of the last.
const GRIDS: [(usize, f64); 6] = [(32, 1e-6), (48, 1e-6), (64, 1e-6), (96, 1e-6), (128, 5e-6), (256, 1e-4)];
const FINE_GRIDS: [(usize, f64); 6] =
    [(64, 1e-11), (128, 1e-11), (256, 1e-11), (512, 1e-10), (1024, 1e-9), (2048, 1e-4)];

impl<'a> Engine<'a> {
    /// Makes a model ready, with the claims of a plan. Without `places`, ranks and claims about places are left out.
    ///
    /// # Errors
    /// What of the model cannot be integrated.
    pub fn new(model: &'a Model, plan: &OrderPlan, places: bool) -> Result<Self, Refusal> {
        let split = Split::new(model)?;
        let smooth =
            |law: &super::split::Law| law.cells.iter().any(|&cell| split.cells[cell].law.on_atoms() == 0.0);
        let places = if !places {
            Err("it was not asked for")
        } else if split.laws.iter().all(smooth) {
            Ok(())
        } else {
            Err("an area has no density once the weights are known")
        };
        let claims = plan.claims.iter().map(|claim| integrand(claim, plan)).collect();
        let stop = if split.dimensions.is_empty() { CLOSEST } else { CLOSE };
        let fixed = Fixed::new(model);
        let mut engine = Self { split, fixed, claims, places, stop, grid: 2 * LANES, grid_error: 0.0 };
        engine.choose_grid();
        Ok(engine)
    }

    /// The coarsest grid that is fine enough at a few points.
    fn choose_grid(&mut self) {
        if self.places.is_err() {
            return;
        }
        let n = self.split.dimensions.len();
        let sobol = Sobol::scrambled(n, 0, 0);
        let at_points = |engine: &Self| -> Vec<f64> {
            let mut room = Room::new(engine, &[]);
            engine.each(&sobol, 0..if n == 0 { 1 } else { 16 }, &mut room).concat()
        };
        let grids = if n == 0 { FINE_GRIDS } else { GRIDS };
        let mut last: Option<(usize, Vec<f64>)> = None;
        for (grid, enough) in grids {
            (self.grid, self.stop.fine_blocks) = (grid, grid / LANES);
            let next = at_points(self);
            if let Some((coarser, last)) = last {
                self.grid_error = last.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
                if self.grid_error < enough {
                    (self.grid, self.stop.fine_blocks) = (coarser, coarser / LANES);
                    return;
                }
            }
            last = Some((grid, next));
        }
        self.stop.fine_blocks = 0;
        self.places = Err("the densities of the areas are too uneven");
    }

    /// How many shared numbers there are to average over.
    #[must_use]
    pub fn n_dimensions(&self) -> usize {
        self.split.dimensions.len()
    }

    /// Whether ranks can be had, or why not.
    ///
    /// # Errors
    /// Why not.
    pub fn ranks(&self) -> Result<(), &'static str> {
        self.places
    }

    /// Whether a claim can be had, or why not.
    ///
    /// # Errors
    /// Why not.
    pub fn claim(&self, claim: usize) -> Result<(), &'static str> {
        let integrand = self.claims[claim].as_ref().map_err(|why| *why)?;
        if integrand.needs_places() { self.places } else { Ok(()) }
    }

    /// Whether a claim holds or fails whatever the numbers are.
    pub(super) fn is_certain(&self, claim: usize) -> bool {
        matches!(&self.claims[claim], Ok(claim) if matches!(claim.inner().0, Integrand::Certain(_)))
    }

    pub(super) fn layout(&self) -> Layout {
        Layout::new(self.split.model.n_areas(), self.claims.len())
    }

    pub(super) fn n_worlds(&self) -> usize {
        self.split.weights.len()
    }

    /// The sets of areas that claims are about the places of, each once.
    fn sets(&self) -> Vec<Vec<usize>> {
        let mut sets = Vec::new();
        for claim in self.claims.iter().flatten() {
            if let Integrand::Places(one, other) = claim.inner().0 {
                sets.extend([one.areas.clone(), other.areas.clone()]);
            }
        }
        sets.sort_unstable();
        sets.dedup();
        sets
    }

    /// How far ranks and claims about places may be off for the grid.
    pub(super) fn grid_error(&self) -> f64 {
        self.grid_error
    }

    /// How far probabilities may be off for the tables of characteristic functions.
    pub(super) fn table_error(&self) -> f64 {
        // A relative error of each factor of a term, and the terms are no larger than two over pi n.
        let most = self.split.cells.iter().map(|cell| cell.law.error()).fold(0.0, f64::max);
        let n = self.split.laws.iter().map(|law| law.cells.len()).max().unwrap_or(0);
        2.0 * n as f64 * most
    }

    /// The gaps whose probabilities may be had without points.
    pub(super) fn gaps(&self) -> Vec<AtOnce<'_>> {
        let (n_areas, layout) = (self.split.model.n_areas(), self.layout());
        let mut gaps = Vec::new();
        for world in 0..if self.split.dimensions.is_empty() { 0 } else { self.n_worlds() } {
            let place = world * layout.len();
            for i in 0..n_areas {
                for j in i + 1..n_areas {
                    let of = (Cow::Owned(vec![i]), Cow::Owned(vec![j]));
                    let (pair, tie) = (layout.pair(i, j), layout.tie(layout.pair(i, j)));
                    gaps.push(AtOnce { place: place + pair, tie: place + tie, world, of, negated: false });
                }
            }
            for (index, claim) in self.claims.iter().enumerate() {
                if let Ok(claim) = claim
                    && let (Integrand::Means(one, other), negated) = claim.inner()
                {
                    let of = (Cow::Borrowed(&one[..]), Cow::Borrowed(&other[..]));
                    let (claim, tie) = (layout.claim(index), layout.claim_tie(index));
                    gaps.push(AtOnce { place: place + claim, tie: place + tie, world, of, negated });
                }
            }
        }
        gaps
    }

    /// What comes out at each point of a scramble, alone.
    pub(super) fn each(
        &self,
        scramble: &Sobol,
        numbers: std::ops::Range<u64>,
        room: &mut Room,
    ) -> Vec<Vec<f64>> {
        let mut digits = vec![0; self.n_dimensions()];
        let of = |number| {
            scramble.digits(number, &mut digits);
            self.work_out(&digits, room);
            room.point.values.clone()
        };
        numbers.map(of).collect()
    }

    /// Rules for the shared numbers, and for gamma weights.
    pub(super) fn rules(&self) -> (Rules, Option<Scaled>) {
        let rules = (0..self.n_dimensions()).map(|dimension| Rule::of(&self.split, dimension)).collect();
        (rules, Scaled::new(&self.split))
    }

    /// The sign of one of so many gaps without points, if it can be had: the probability that is asked for, how far it may be off, and
    /// the probability of a tie.
    pub(super) fn at_once(
        &self,
        (rules, scaled): &(Rules, Option<Scaled>),
        gap: &AtOnce<'_>,
        n_gaps: usize,
    ) -> Option<Sign> {
        let areas = (&gap.of.0[..], &gap.of.1[..]);
        let scaled = || scaled.as_ref()?.sign(&self.split, gap.world, areas, n_gaps);
        let apart = || {
            let (before, left) = Apart::new(&self.split, rules, gap.world, areas)?.positive(APART)?;
            Some(Sign { before, tie: 0.0, bound: left + BEYOND + self.table_error() })
        };
        let sign = self.fixed.sign(gap.world, areas, n_gaps).or_else(scaled).or_else(apart)?;
        Some(if gap.negated { Sign { before: 1.0 - sign.before, ..sign } } else { sign })
    }

    /// Works out what comes out at a point.
    pub(super) fn work_out(&self, digits: &[u64], room: &mut Room) {
        let (split, layout) = (&self.split, self.layout());
        let n_areas = layout.n_areas;
        let Room { frame, series, densities, gap, point, known } = room;
        point.values.fill(0.0);
        frame.move_to(split, digits);
        let is_known = |place: usize| known.get(place) == Some(&true);
        let n_pairs = layout.n_pairs;
        let wanted = |world: usize| (0..n_pairs).any(|pair| !is_known(world * layout.len() + pair));
        series.fill(split, frame, self.stop, (0..split.weights.len()).any(wanted));
        let (mut left, mut outside) = (series.left, 0.0);
        for (world, values) in point.values.chunks_exact_mut(layout.len()).enumerate() {
            let laws = &frame.laws[world * n_areas..][..n_areas];
            outside = laws.iter().map(|law| law.outside * 2.0).fold(outside, f64::max);
            for i in 0..n_areas {
                for j in i + 1..n_areas {
                    let pair = layout.pair(i, j);
                    let mut p = (series.pairs[world * layout.n_pairs + pair], 0.0);
                    if laws[i].discrete && laws[j].discrete && !is_known(world * layout.len() + pair) {
                        gap.between(split, frame, world, (&[i], &[j]));
                        let (before, tie, _) =
                            gap.positive(split, frame, self.stop).unwrap_or((f64::NAN, f64::NAN, 0.0));
                        p = (before, tie);
                    }
                    values[pair] = p.0;
                    values[layout.tie(pair)] = p.1;
                }
                values[layout.mean(i)] = laws[i].mean;
                values[layout.square(i)] = laws[i].variance + laws[i].mean * laws[i].mean;
            }
            if self.places.is_ok() {
                densities.fill(series, world, split.weights.len());
                densities.ranks(&mut values[layout.rank(0, 0)..layout.rank(n_areas, 0)]);
            }
            for (index, claim) in self.claims.iter().enumerate() {
                let Ok(claim) = claim else { continue };
                if is_known(world * layout.len() + layout.claim(index))
                    || (claim.needs_places() && self.places.is_err())
                {
                    continue;
                }
                let mut measure = |integrand: &Integrand| match integrand {
                    Integrand::Means(one, other) => {
                        gap.between(split, frame, world, (one, other));
                        gap.positive(split, frame, self.stop).unwrap_or((f64::NAN, f64::NAN, 0.0))
                    }
                    Integrand::Places(one, other) => (densities.before(one, other), 0.0, 0.0),
                    Integrand::Certain(holds) => (f64::from(u8::from(*holds)), 0.0, 0.0),
                    Integrand::Not(_) => (0.0, 0.0, 0.0),
                };
                let (inner, negated) = claim.inner();
                let (p, tie, rest) = measure(inner);
                values[layout.claim(index)] = if negated { 1.0 - p } else { p };
                values[layout.claim_tie(index)] = tie;
                left = left.max(rest);
            }
        }
        (point.left, point.outside) = (left, outside);
    }
}

/// A gap between the means of areas in a world, and its place among what is worked out.
pub(super) struct AtOnce<'a> {
    pub place: usize,
    /// The place of the probability that it is zero.
    pub tie: usize,
    world: usize,
    of: (Cow<'a, [usize]>, Cow<'a, [usize]>),
    /// Whether it is the probability of its not being positive that is asked for.
    negated: bool,
}

impl Integrand {
    fn needs_places(&self) -> bool {
        matches!(self.inner().0, Self::Places(..))
    }

    /// The claim without negations, and whether there is an odd number of those.
    fn inner(&self) -> (&Self, bool) {
        match self {
            Self::Not(claim) => {
                let (inner, negated) = claim.inner();
                (inner, !negated)
            }
            claim => (claim, false),
        }
    }
}

/// Working room of a thread.
pub(super) struct Room {
    frame: Frame,
    series: Series,
    densities: Densities,
    gap: Gap,
    pub point: Point,
    /// Shape `[n_worlds x layout]`, row-major, or nothing: what need not be worked out.
    known: Vec<bool>,
}

/// What comes out at a point.
pub(super) struct Point {
    /// Shape `[n_worlds x layout]`, row-major.
    pub values: Vec<f64>,
    /// What the series lack, at most.
    left: f64,
    /// The greatest probability beyond what numbers are taken to reach.
    outside: f64,
}

impl Room {
    /// With what is known already, if anything.
    pub fn new(engine: &Engine<'_>, known: &[bool]) -> Self {
        Self {
            frame: Frame::new(&engine.split),
            series: Series::default(),
            densities: Densities::new(engine.grid, engine.split.model.n_areas(), &engine.sets()),
            gap: Gap::default(),
            point: Point {
                values: vec![0.0; engine.n_worlds() * engine.layout().len()],
                left: 0.0,
                outside: 0.0,
            },
            known: known.to_vec(),
        }
    }
}

/// Sums over points.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    /// Shape `[n_worlds x layout]`, row-major: of the values, and of their squares.
    pub values: Vec<f64>,
    pub squares: Vec<f64>,
    /// What the series lack, at most.
    pub left: f64,
    /// The greatest probabilities beyond what numbers are taken to reach.
    pub outside: f64,
    pub n: u64,
}

impl Sums {
    pub fn new(engine: &Engine<'_>) -> Self {
        let none = vec![0.0; engine.n_worlds() * engine.layout().len()];
        Self { squares: none.clone(), values: none, left: 0.0, outside: 0.0, n: 0 }
    }

    pub fn add(&mut self, point: &Point) {
        for ((sum, square), x) in self.values.iter_mut().zip(&mut self.squares).zip(&point.values) {
            *sum += x;
            *square += x * x;
        }
        self.left += point.left;
        self.outside += point.outside;
        self.n += 1;
    }

    pub fn merge(&mut self, later: &Self) {
        self.values.iter_mut().zip(&later.values).for_each(|(sum, more)| *sum += more);
        self.squares.iter_mut().zip(&later.squares).for_each(|(sum, more)| *sum += more);
        self.left += later.left;
        self.outside += later.outside;
        self.n += later.n;
    }
}
