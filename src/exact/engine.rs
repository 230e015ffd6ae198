//! The engine: what is asked of a model, worked out at points of its shared numbers and averaged over them.

use super::apart::SeparableGap;
use super::at_once::{AtOnce, Quadrature};
use super::claims::{Integrand, integrand};
use super::densities::Densities;
use super::fixed::{Fixed, Sign};
use super::frame::Frame;
use super::gap::PointGap;
use super::layout::Layout;
use super::rule::Rule;
use super::scaled::Scaled;
use super::series::{Series, Stop};
use super::shape::Sides;
use super::sobol::Sobol;
use super::split::{AreaSum, NotIntegrable, Split};
use super::sums::{Off, Point};
use super::terms::LANES;
use super::trust::{CARE, FINE_GRIDS, GRIDS, discrepancy};
use super::work;
use crate::model::Model;
use crate::tally::OrderPlan;
use std::borrow::Cow;

/// A model made ready to be integrated.
#[derive(Debug)]
pub struct Engine<'a> {
    split: Split<'a>,
    /// Gaps between fixed scores.
    fixed: Fixed<'a>,
    /// One per claim.
    claims: Vec<Result<Integrand, &'static str>>,
    /// True if ranks and claims about places are asked for, and can be had.
    places: Result<(), &'static str>,
    stop: Stop,
    /// One an area: about the middle of its overall score, which moments are counted from.
    centres: Vec<f64>,
    /// Points of the grid that densities are worked out on.
    grid: usize,
    /// A bound on how far ranks and claims about places may be off for that grid.
    grid_error: f64,
}

/// The exactness of each point, with and without points to average over.
/// What is left of a density is about the root of what is left of a pair.
const CLOSE: Stop = Stop { tolerance: 1e-8, blocks: 256, fine: 1e-16, fine_blocks: 0 };
/// The stop of gaps that are done without points.
const APART: Stop = Stop { tolerance: 1e-9, blocks: 256, fine: 1e-16, fine_blocks: 0 };
/// The choice where there is nothing to average over.
const CLOSEST: Stop = Stop { tolerance: 1e-13, blocks: 8192, fine: 1e-26, fine_blocks: 0 };
/// Points that a grid is chosen at.
const FEW: u64 = 16;
/// The probability of shared numbers beyond what their rules reach, at most.
const BEYOND: f64 = 1e-11;
impl<'a> Engine<'a> {
    /// Makes a model ready, with the claims of a plan. Without `places`, ranks and claims about places are left out.
    ///
    /// # Errors
    /// Returns an error that says what of the model cannot be integrated.
    pub fn new(model: &'a Model, plan: &OrderPlan, places: bool) -> Result<Self, NotIntegrable> {
        let split = Split::new(model)?;
        let smooth =
            |law: &AreaSum| law.cells.iter().any(|&cell| split.cells[cell].law.atom_probability() == 0.0);
        let places = if !places {
            Err("it was not asked for")
        } else if split.laws.iter().all(smooth) {
            Ok(())
        } else {
            Err("an area has no density once the weights are known")
        };
        let claims = plan.claims.iter().map(|claim| integrand(claim, plan)).collect();
        let stop = if split.dimensions.is_empty() { CLOSEST } else { CLOSE };
        let centres = Frame::at_one_point(&split).centres(&split);
        let fixed = Fixed::new(model);
        let mut engine =
            Self { split, fixed, claims, places, stop, centres, grid: 2 * LANES, grid_error: 0.0 };
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
        let (grids, n_points) = if n == 0 { (&FINE_GRIDS[..], 1) } else { (&GRIDS[..], FEW) };
        for grid in grids {
            (self.grid, self.stop.fine_blocks) = (grid.points, grid.points / LANES);
            if self.cut(&sobol, n_points) > grid.cut {
                continue;
            }
            let at_points =
                |mut room: EngineScratch| self.for_each_point(&sobol, 0..n_points, &mut room).concat();
            let (here, finer) =
                (at_points(EngineScratch::new(self, &[])), at_points(EngineScratch::finer(self)));
            let changes = here.iter().zip(&finer).map(|(a, b)| (a - b).abs());
            self.grid_error = CARE * changes.fold(0.0, f64::max);
            if self.grid_error <= CARE * grid.finer {
                return;
            }
        }
        self.stop.fine_blocks = 0;
        self.places = Err("the densities of the areas are too uneven");
    }

    /// Returns how much work a point is: counted, about a nanosecond each.
    #[must_use]
    pub fn work_of_point(&self) -> f64 {
        let mut series = Series::default();
        series.fill(&self.split, &Frame::at_one_point(&self.split), self.stop, true);
        work::at_point(&self.split, self.layout(), &series, self.grid, &self.claim_area_sets())
    }

    /// Returns how much work it is to find what needs no points.
    #[must_use]
    pub fn work_without_points(&self) -> f64 {
        let gaps = self.gaps();
        let Quadrature { rules, scaled } =
            if gaps.is_empty() { Quadrature::default() } else { self.quadrature_rules() };
        let work = |gap: &AtOnce<'_>| {
            let areas = gap.sides();
            let scaled = || Some(scaled.as_ref()?.steps(&self.split, gap.world) as f64);
            let apart = || Some(SeparableGap::new(&self.split, &rules, gap.world, areas)?.work());
            self.fixed.work(gap.world, areas).or_else(scaled).or_else(apart).unwrap_or(0.0)
        };
        gaps.iter().map(work).sum()
    }

    /// Returns how much the ends of the series make ranks and claims about places lack with the grid, on average over a few points.
    fn cut(&self, sobol: &Sobol, n_points: u64) -> f64 {
        let (mut frame, mut series) = (Frame::new(&self.split), Series::default());
        let mut digits = vec![0; self.n_dimensions()];
        let at = |number| {
            sobol.digits(number, &mut digits);
            frame.set_point(&self.split, &digits);
            series.begin(&self.split, &frame);
            series.cut(&self.split, &frame, self.grid / LANES)
        };
        (0..n_points).map(at).sum::<f64>() / n_points as f64
    }

    /// Returns how many shared numbers there are to average over.
    #[must_use]
    pub fn n_dimensions(&self) -> usize {
        self.split.dimensions.len()
    }

    /// Checks that ranks can be had.
    ///
    /// # Errors
    /// Returns the reason why not.
    pub fn ranks(&self) -> Result<(), &'static str> {
        self.places
    }

    /// Checks that a claim can be had.
    ///
    /// # Errors
    /// Returns the reason why not.
    pub fn claim(&self, claim: usize) -> Result<(), &'static str> {
        let integrand = self.claims[claim].as_ref().map_err(|why| *why)?;
        if integrand.needs_places() { self.places } else { Ok(()) }
    }

    /// Returns true if a claim is about places.
    pub(super) fn needs_places(&self, claim: usize) -> bool {
        self.claims[claim].as_ref().is_ok_and(Integrand::needs_places)
    }

    /// About the middle of an area's overall score.
    pub(super) fn centre(&self, area: usize) -> f64 {
        self.centres[area]
    }

    /// Returns true if a claim holds or fails whatever the numbers are.
    pub(super) fn is_certain(&self, claim: usize) -> bool {
        matches!(&self.claims[claim], Ok(claim) if matches!(claim.without_negations().0, Integrand::Certain(_)))
    }

    pub(super) fn layout(&self) -> Layout {
        Layout::new(self.split.model.n_areas(), self.claims.len())
    }

    pub(super) fn n_worlds(&self) -> usize {
        self.split.weights.len()
    }

    /// Returns how many numbers come out at a point.
    pub(super) fn n_values(&self) -> usize {
        self.n_worlds() * self.layout().len()
    }

    /// The sets of areas that claims are about the places of, each once.
    fn claim_area_sets(&self) -> Vec<Vec<usize>> {
        let mut sets = Vec::new();
        for claim in self.claims.iter().flatten() {
            if let Integrand::Places(one, other) = claim.without_negations().0 {
                sets.extend([one.areas.clone(), other.areas.clone()]);
            }
        }
        sets.sort_unstable();
        sets.dedup();
        sets
    }

    /// Returns how far ranks and claims about places may be off for the grid.
    pub(super) fn grid_error(&self) -> f64 {
        self.grid_error
    }

    /// Returns how far probabilities may be off for the tables of characteristic functions.
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
                    let (one, other) = (Cow::Owned(vec![i]), Cow::Owned(vec![j]));
                    let (pair, tie) = (layout.pair(i, j), layout.tie(layout.pair(i, j)));
                    let (place, tie) = (place + pair, place + tie);
                    gaps.push(AtOnce { place, tie, world, one, other, negated: false });
                }
            }
            for (index, claim) in self.claims.iter().enumerate() {
                if let Ok(claim) = claim
                    && let (Integrand::Means(one, other), negated) = claim.without_negations()
                {
                    let (one, other) = (Cow::Borrowed(&one[..]), Cow::Borrowed(&other[..]));
                    let (claim, tie) = (layout.claim(index), layout.claim_tie(index));
                    let (place, tie) = (place + claim, place + tie);
                    gaps.push(AtOnce { place, tie, world, one, other, negated });
                }
            }
        }
        gaps
    }

    /// Returns what comes out at each point of a scramble, alone.
    pub(super) fn for_each_point(
        &self,
        scramble: &Sobol,
        numbers: std::ops::Range<u64>,
        room: &mut EngineScratch,
    ) -> Vec<Vec<f64>> {
        let mut digits = vec![0; self.n_dimensions()];
        room.begin_chunk();
        let of = |number| {
            scramble.digits(number, &mut digits);
            self.evaluate(&digits, room);
            room.point.values.clone()
        };
        numbers.map(of).collect()
    }

    /// Rules for the shared numbers, and for gamma weights.
    pub(super) fn quadrature_rules(&self) -> Quadrature {
        let rules = (0..self.n_dimensions()).map(|dimension| Rule::of(&self.split, dimension)).collect();
        Quadrature { rules, scaled: Scaled::new(&self.split) }
    }

    /// The sign of one of so many gaps without points, if it can be had: the probability that is asked for, how far it may be off, and
    /// the probability of a tie.
    pub(super) fn at_once(
        &self,
        Quadrature { rules, scaled }: &Quadrature,
        gap: &AtOnce<'_>,
        n_gaps: usize,
    ) -> Option<Sign> {
        let areas = gap.sides();
        let scaled = || scaled.as_ref()?.sign(&self.split, gap.world, areas, n_gaps);
        let apart = || {
            let (before, left) = SeparableGap::new(&self.split, rules, gap.world, areas)?.positive(APART)?;
            Some(Sign { before, tie: 0.0, bound: left + BEYOND + self.table_error() })
        };
        let sign = self.fixed.sign(gap.world, areas, n_gaps).or_else(scaled).or_else(apart)?;
        Some(if gap.negated { Sign { before: 1.0 - sign.before, ..sign } } else { sign })
    }

    /// Works out what comes out at a point.
    pub(super) fn evaluate(&self, digits: &[u64], room: &mut EngineScratch) {
        let (split, layout) = (&self.split, self.layout());
        let n_areas = layout.n_areas;
        let EngineScratch { frame, series, densities, gap, point, known } = room;
        point.values.fill(0.0);
        frame.set_point(split, digits);
        let is_known = |place: usize| known.get(place) == Some(&true);
        let n_pairs = layout.n_pairs;
        let wanted = |world: usize| (0..n_pairs).any(|pair| !is_known(world * layout.len() + pair));
        let has_pairs = (0..split.weights.len()).any(wanted);
        series.fill(split, frame, self.stop, has_pairs);
        let mut off = Off { left: series.left, ..Off::default() };
        if self.places.is_ok() {
            off.cut = series.cut(split, frame, series.n_blocks(split).min(self.grid / LANES));
        }
        for (world, values) in point.values.chunks_exact_mut(layout.len()).enumerate() {
            let laws = &frame.laws[world * n_areas..][..n_areas];
            off.outside = laws.iter().map(|law| law.outside * 2.0).fold(off.outside, f64::max);
            off.outside_of_all = laws.iter().map(|law| law.outside).sum::<f64>().max(off.outside_of_all);
            for i in 0..n_areas {
                for j in i + 1..n_areas {
                    let pair = layout.pair(i, j);
                    let mut p = (series.pairs[world * layout.n_pairs + pair], 0.0);
                    if laws[i].discrete && laws[j].discrete && !is_known(world * layout.len() + pair) {
                        gap.between(split, frame, world, Sides { one: &[i], other: &[j] });
                        let (before, tie, _) =
                            gap.positive(split, frame, self.stop).unwrap_or((f64::NAN, f64::NAN, 0.0));
                        p = (before, tie);
                    }
                    values[pair] = p.0;
                    values[layout.tie(pair)] = p.1;
                }
                let off = laws[i].mean - self.centres[i];
                values[layout.mean(i)] = off;
                values[layout.square(i)] = laws[i].variance + off * off;
            }
            if self.places.is_ok() {
                densities.fill(series, world, split.weights.len());
                densities.ranks(&mut values[layout.rank(0, 0)..layout.rank(n_areas, 0)]);
                off.discrepancy = off.discrepancy.max(discrepancy(layout, values, has_pairs));
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
                        gap.between(split, frame, world, Sides { one, other });
                        gap.positive(split, frame, self.stop).unwrap_or((f64::NAN, f64::NAN, 0.0))
                    }
                    Integrand::Places(one, other) => (densities.before(one, other), 0.0, 0.0),
                    Integrand::Certain(holds) => (f64::from(u8::from(*holds)), 0.0, 0.0),
                    Integrand::Not(_) => (0.0, 0.0, 0.0),
                };
                let (inner, negated) = claim.without_negations();
                let (p, tie, rest) = measure(inner);
                values[layout.claim(index)] = if negated { 1.0 - p } else { p };
                values[layout.claim_tie(index)] = tie;
                off.left = off.left.max(rest);
            }
        }
        point.off = off;
    }
}

/// Working room of a thread.
pub(super) struct EngineScratch {
    frame: Frame,
    series: Series,
    densities: Densities,
    gap: PointGap,
    pub point: Point,
    /// Shape `[n_worlds x layout]`, row-major, or nothing: what need not be worked out.
    known: Vec<bool>,
}

impl EngineScratch {
    /// Begins a chunk of points, of which nothing may depend on what the thread did before.
    pub fn begin_chunk(&mut self) {
        self.series.forget();
    }

    /// With what is known already, if anything.
    pub fn new(engine: &Engine<'_>, known: &[bool]) -> Self {
        Self {
            frame: Frame::new(&engine.split),
            series: Series::default(),
            densities: Self::densities(engine, engine.grid),
            gap: PointGap::default(),
            point: Point { values: vec![0.0; engine.n_values()], off: Off::default() },
            known: known.to_vec(),
        }
    }

    /// With a grid of twice as many points, for the same terms.
    fn finer(engine: &Engine<'_>) -> Self {
        Self { densities: Self::densities(engine, 2 * engine.grid), ..Self::new(engine, &[]) }
    }

    fn densities(engine: &Engine<'_>, n: usize) -> Densities {
        Densities::new(n, engine.grid, engine.split.model.n_areas(), &engine.claim_area_sets())
    }
}
