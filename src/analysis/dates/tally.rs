//! The counts of dates: orders at each threshold, dates in bins, and claims.

use super::frame::Frame;
use super::level::LevelDates;
use super::places::GroupPlaces;
use super::quantile::DateBins;
use super::truth::truth_of;
use crate::analysis::answer::plan::order_plan;
use crate::batch::Batch;
use crate::clock::ln;
use crate::model::{ClockNumbers, Model};
use crate::scenario::{Clock, Dated, Level, Marker, NamedClaim, Scenario};
use crate::tally::{Bits, Events, Order, Tally};
use std::sync::Arc;

/// Returns the claims that every threshold has.
pub fn dated_standard_claims(scenario: &Scenario) -> Vec<NamedClaim> {
    let mut standard = scenario.generated_claims();
    // A mean of dates is no date.
    standard.retain(|claim| !claim.id.starts_with("mean("));
    standard
}

/// All that is counted of dates.
#[derive(Clone, Debug)]
pub struct DatesPlan {
    pub scenario: Scenario,
    pub numbers: Vec<ClockNumbers>,
    pub groups: GroupPlaces,
    /// Places whose dates are reported.
    pub places: Vec<Marker>,
    /// Pairs of groups.
    pub pairs: Vec<(usize, usize)>,
    /// The thresholds, and after them the other levels of claims.
    pub levels: Vec<Level>,
    pub n_thresholds: usize,
    /// The claims that every threshold has.
    pub standard: Vec<NamedClaim>,
    /// The claims of the scenario, and after them those of its assertions.
    pub claims: Vec<Dated>,
    orders: Vec<Order>,
}

impl DatesPlan {
    /// Plans the counts of a scenario with a clock.
    pub fn new(scenario: &Scenario, model: &Model, numbers: Vec<ClockNumbers>, claims: Vec<Dated>) -> Self {
        let clock = scenario.clock().expect("only a scenario with a clock has dates");
        let groups = GroupPlaces::new(scenario);
        let mut levels: Vec<Level> = clock.thresholds.iter().map(|k| Level::Times(*k)).collect();
        let n_thresholds = levels.len();
        for level in claims.iter().flat_map(Dated::levels) {
            if !levels.contains(&level) {
                levels.push(level);
            }
        }
        let standard = dated_standard_claims(scenario);
        let order = Order::new(order_plan(scenario, model, &standard));
        Self {
            scenario: scenario.clone(),
            numbers,
            places: groups.reported(model.n_areas()),
            groups,
            pairs: scenario.group_pairs(),
            levels,
            n_thresholds,
            standard,
            claims,
            orders: vec![order; n_thresholds],
        }
    }

    /// Returns the clock.
    pub fn clock(&self) -> &Clock {
        self.scenario.clock().expect("only a scenario with a clock has dates")
    }
}

/// The counts of dates.
#[derive(Clone, Debug)]
pub struct DatesTally {
    plan: Arc<DatesPlan>,
    pub n: u64,
    /// One per threshold.
    pub orders: Vec<Order>,
    /// One per threshold; event `i * n_areas + j`: neither area ever reaches it.
    pub neither: Vec<Events>,
    /// Event `threshold * n_places + place`: reached from the start.
    pub starts: Events,
    /// Likewise: never reached.
    pub nevers: Events,
    /// Shape `[n_thresholds x n_places]`.
    pub dates: Vec<DateBins>,
    /// Shape `[n_thresholds x n_pairs]`: months from the middle place of the first group to that of the second.
    pub leads: Vec<DateBins>,
    pub claims: Events,
    /// Months that a point is worth.
    pub months: DateBins,
    frames: Vec<Frame>,
    levels: Vec<LevelDates>,
}

/// Logarithms between which a point is worth so many months.
const LEAST_LOG: f64 = -25.0;
const GREATEST_LOG: f64 = 25.0;
const BINS_A_YEAR: f64 = 64.0;
const MOST_BINS: f64 = 8192.0;
/// Bins of all places, thresholds and joint worlds, about.
const MOST_COUNTS: usize = 1_000_000;
/// Bins of a place, at least.
const LEAST_BINS: usize = 64;

impl DatesTally {
    /// No draws yet.
    pub fn new(plan: Arc<DatesPlan>) -> Self {
        let (n_areas, n_worlds) = (plan.scenario.areas().len(), plan.numbers.len());
        let clock = plan.clock();
        let span = clock.until - clock.start;
        let (n, n_places) = (plan.n_thresholds, plan.places.len());
        let n_bins = (span * BINS_A_YEAR).ceil().clamp(1.0, MOST_BINS) as usize;
        // Large scenarios have wider bins, so that memory stays as it is.
        let n_bins = n_bins.min((MOST_COUNTS / (n * n_places * n_worlds)).max(LEAST_BINS));
        let levels =
            plan.levels.iter().map(|l| LevelDates::new(*l, (n_areas, n_worlds), plan.groups.members()));
        Self {
            n: 0,
            orders: plan.orders.clone(),
            neither: vec![Events::new(n_areas * n_areas, n_worlds); n],
            starts: Events::new(n * n_places, n_worlds),
            nevers: Events::new(n * n_places, n_worlds),
            dates: vec![DateBins::new((0.0, span), n_bins, n_worlds); n * n_places],
            leads: vec![DateBins::new((-span, span), n_bins, n_worlds); n * plan.pairs.len()],
            claims: Events::new(plan.claims.len(), n_worlds),
            months: DateBins::new((LEAST_LOG, GREATEST_LOG), MOST_BINS as usize, n_worlds),
            frames: vec![Frame::new(clock); n_worlds],
            levels: levels.collect(),
            plan,
        }
    }

    fn fill(&mut self, batch: &Batch) {
        let plan = &self.plan;
        let group = plan.clock().anchor_group.map(|group| plan.scenario.members(group));
        for (world, (frame, numbers)) in self.frames.iter_mut().zip(&plan.numbers).enumerate() {
            frame.fill(batch, world, (plan.clock(), numbers), group.as_deref());
            for level in &mut self.levels {
                level.fill(batch, world, (frame, numbers), &plan.groups);
            }
        }
    }

    fn record_threshold(&mut self, threshold: usize, valid: Bits, len: usize) {
        let Self { plan, levels, frames, .. } = self;
        let (dates, n_worlds, n_areas) = (&levels[threshold], frames.len(), plan.scenario.areas().len());
        Tally::<f64>::record(&mut self.orders[threshold], &dates.view);
        let is = |world: usize, place: &Marker, wanted: f64| {
            let mut bits = Bits::NONE;
            for (draw, date) in dates.of(place, world).iter().enumerate() {
                bits.0[draw / 64] |= u64::from(*date == wanted) << (draw % 64);
            }
            bits & valid
        };
        let never: Vec<Vec<Bits>> = (0..n_areas)
            .map(|area| (0..n_worlds).map(|z| is(z, &Marker::Area(area), f64::INFINITY)).collect())
            .collect();
        for i in 0..n_areas {
            for j in 0..i {
                let both: Vec<Bits> = never[i].iter().zip(&never[j]).map(|(a, b)| *a & *b).collect();
                self.neither[threshold].record(i * n_areas + j, &both);
            }
        }
        let n_places = plan.places.len();
        for (index, place) in plan.places.iter().enumerate() {
            let event = threshold * n_places + index;
            let of = |wanted: f64| -> Vec<Bits> { (0..n_worlds).map(|z| is(z, place, wanted)).collect() };
            self.starts.record(event, &of(0.0));
            self.nevers.record(event, &of(f64::INFINITY));
            for world in 0..n_worlds {
                for &date in &dates.of(place, world)[..len] {
                    if date > 0.0 && date < f64::INFINITY {
                        self.dates[event].record(world, date, date);
                    }
                }
            }
        }
        for (index, &(a, b)) in plan.pairs.iter().enumerate() {
            let (one, other) = (plan.groups.middle(a), plan.groups.middle(b));
            let bins = &mut self.leads[threshold * plan.pairs.len() + index];
            for world in 0..n_worlds {
                let (one, other) = (dates.of(&one, world), dates.of(&other, world));
                for draw in 0..len {
                    let lead = other[draw] - one[draw];
                    if lead.is_finite() {
                        bins.record(world, lead, lead);
                    }
                }
            }
        }
    }
}

impl Tally<f64> for DatesTally {
    fn record(&mut self, batch: &Batch) {
        let (len, valid) = (batch.len(), Bits::first(batch.len()));
        self.n += len as u64;
        self.fill(batch);
        for threshold in 0..self.plan.n_thresholds {
            self.record_threshold(threshold, valid, len);
        }
        for (world, frame) in self.frames.iter().enumerate() {
            for &months in &frame.months[..len] {
                self.months.record(world, ln(months), months);
            }
        }
        let Self { plan, levels, frames, claims, .. } = self;
        for (index, claim) in plan.claims.iter().enumerate() {
            let truth = |world: usize| {
                let clock = (&frames[world], &plan.numbers[world]);
                truth_of(claim, (&plan.scenario, plan.clock().start), batch, (levels, world), clock) & valid
            };
            let bits: Vec<Bits> = (0..frames.len()).map(truth).collect();
            claims.record(index, &bits);
        }
    }

    fn merge(&mut self, later: &Self) {
        self.n += later.n;
        for (order, later) in self.orders.iter_mut().zip(&later.orders) {
            Tally::<f64>::merge(order, later);
        }
        let events = |all: &mut [Events], later: &[Events]| {
            all.iter_mut().zip(later).for_each(|(events, later)| events.merge(later));
        };
        events(&mut self.neither, &later.neither);
        self.starts.merge(&later.starts);
        self.nevers.merge(&later.nevers);
        self.claims.merge(&later.claims);
        let bins = |all: &mut [DateBins], later: &[DateBins]| {
            all.iter_mut().zip(later).for_each(|(bins, later)| bins.merge(later));
        };
        bins(&mut self.dates, &later.dates);
        bins(&mut self.leads, &later.leads);
        self.months.merge(&later.months);
    }
}
