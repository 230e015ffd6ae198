//! The cost of an answer, estimated before anything is spent: time and memory, each within a factor of a few. The one place that says
//! what is too much.

use crate::analysis::CLAIM_DRAWS;
use crate::model::{LaidOut, ModelWork};
use crate::request::error::Error;
use crate::request::prepare::{Prepared, Task};
use crate::sampler::{Arithmetic, CHUNK_SIZE, Run, threads};
use crate::scenario::Scenario;
use std::fmt;
use std::ops::RangeInclusive;

/// An estimate of what an answer takes. The true value lies between the ends of a range, mostly.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cost {
    /// Seconds until the answer is there.
    pub seconds: RangeInclusive<f64>,
    /// Memory in bytes.
    pub bytes: RangeInclusive<f64>,
}

/// The most seconds of one processor that tables may take.
const MOST_TABLES: f64 = 300.0;
/// Seconds that an estimate itself may take.
const MOMENT: f64 = 0.02;
/// The program itself, and what its libraries take.
const PROGRAM: f64 = 12e6;
/// Bytes of a number as a scenario, as a model and as text.
const BYTES_PER_NUMBER: f64 = 1_200.0;
/// Draws of a block, as they are drawn together.
const BLOCK: f64 = 1_024.0;
/// Tallies that are held on each thread until they are merged.
const TALLIES_PER_THREAD: f64 = 8.0;

/// The work of one draw in nanoseconds of one processor, in single and in double precision.
struct PerDraw {
    single: f64,
    double: f64,
}

impl PerDraw {
    /// Factors that fit the processor time of shipped scenarios and of the largest that are accepted to within a half, on a quiet Zen 4 with
    /// AVX-512. `tests/ceilings.py` measures them again.
    fn new(scenario: &Scenario, work: &ModelWork) -> Self {
        let (n_areas, n_worlds) = (scenario.areas().len() as f64, scenario.joint_worlds().len() as f64);
        let pairs = n_worlds * n_areas * n_areas / 2.0;
        let comparisons = n_worlds * scenario.n_claim_comparisons() as f64;
        // Each event is counted in each world, and in each pair of worlds.
        let in_pairs = scenario.n_counters() as f64;
        let in_worlds = in_pairs / f64::midpoint(n_worlds, 1.0);
        let counted = 0.05 * in_worlds + 0.0045 * in_pairs + 0.02 * n_areas * n_worlds * n_worlds;
        let single = 0.15 * work.values + 0.5 * work.tabled + 0.075 * work.additions;
        let double = 0.3 * work.values + 9.0 * work.tabled + 0.15 * work.additions;
        // With feedback twice as much as without.
        let counted = counted + 40.0 * n_dates(scenario);
        Self {
            single: single
                + 8.0 * work.scores
                + 0.12 * work.score_parts
                + 0.6 * work.parts
                + 0.1 * pairs
                + 0.07 * comparisons
                + counted,
            double: double
                + 10.0 * work.scores
                + 0.2 * work.score_parts
                + 0.9 * work.parts
                + 0.3 * pairs
                + 0.15 * comparisons
                + counted,
        }
    }

    /// The least and the most that it may be in a precision, or in whichever it will be.
    fn range(&self, arithmetic: Arithmetic) -> RangeInclusive<f64> {
        match arithmetic {
            Arithmetic::Auto => self.single.min(self.double)..=self.double.max(self.single),
            Arithmetic::Single => self.single..=self.single,
            Arithmetic::Double => self.double..=self.double,
        }
    }
}

/// Returns how many dates a draw has: of the areas and of three places a group, at each speedup and in each joint world.
fn n_dates(scenario: &Scenario) -> f64 {
    let thresholds = scenario.clock().map_or(0, |clock| clock.thresholds.len());
    let places = scenario.areas().len() + 3 * scenario.groups().len();
    (thresholds * places * scenario.joint_worlds().len()) as f64
}

impl Cost {
    /// Estimates the cost of drawing a scenario so many times over with a run, and of so many models that bounds are found for.
    fn of_draws(scenario: &LaidOut, run: Run, times: f64, models: f64) -> Self {
        let work = scenario.model().work();
        let (n_threads, draws) = (threads(run) as f64, run.draws as f64 * times);
        let (n_areas, n_worlds) = (scenario.areas().len() as f64, scenario.joint_worlds().len() as f64);
        // Bounds on rounding, of each pair of areas in each world.
        let bounds = models * (6e-7 * n_areas * work.additions + 8e-6 * work.score_parts);
        let arithmetic = match run.arithmetic {
            // To find out takes the bounds, and all tables.
            Arithmetic::Auto if bounds + work.tables.seconds < MOMENT => run.arithmetic.of(scenario.model()),
            stated => stated,
        };
        let per_draw = PerDraw::new(scenario, &work).range(arithmetic);
        let at_once = |seconds: f64| seconds / n_threads;
        let least = at_once(0.4 * work.tables.seconds + 0.6e-9 * per_draw.start() * draws) + 0.4 * bounds;
        let most = at_once(2.5 * work.tables.seconds + 1.9e-9 * per_draw.end() * draws) + 2.5 * bounds + 0.05;
        let n_chunks = (run.draws.div_ceil(CHUNK_SIZE) as f64).min(n_threads * TALLIES_PER_THREAD) + 2.0;
        let tally = 8.0 * scenario.n_counters() as f64 + 3e4 * n_areas * n_worlds + 2e4 * n_dates(scenario);
        let blocks = BLOCK * 4.0 * (work.columns + n_areas * n_worlds) * n_threads;
        let parts = 0.1 * (work.parts + work.score_parts);
        let numbers = BYTES_PER_NUMBER * (work.values + work.additions / n_worlds + parts);
        let bytes = n_chunks * tally + numbers + work.tables.bytes;
        Self {
            seconds: least..=most.max(least),
            bytes: PROGRAM + 0.4 * (bytes + blocks)..=2.0 * PROGRAM + 1.6 * (bytes + 2.0 * blocks),
        }
    }

    /// Returns the middle of a range, of which the ends are as many times apart.
    fn middle(range: &RangeInclusive<f64>) -> f64 {
        (range.start() * range.end()).sqrt()
    }

    /// Returns true if the answer is likely to take more than so many seconds.
    #[must_use]
    pub fn takes_longer_than(&self, seconds: f64) -> bool {
        Self::middle(&self.seconds) > seconds
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, bytes) = (&self.seconds, &self.bytes);
        write!(
            f,
            "{} to {} and {} to {}",
            duration(*seconds.start()),
            duration(*seconds.end()),
            memory(*bytes.start()),
            memory(*bytes.end())
        )
    }
}

/// A time in one digit or two, e.g. `0.05 s` or `12 minutes`.
fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 0.1 => "0.1 s".into(),
        s if s < 1.0 => format!("{s:.1} s"),
        s if s < 90.0 => format!("{s:.0} s"),
        s if s < 5_400.0 => format!("{:.0} minutes", s / 60.0),
        s if s < 172_800.0 => format!("{:.0} hours", s / 3_600.0),
        s => format!("{:.0} days", s / 86_400.0),
    }
}

/// An amount of memory in one digit or two, e.g. `40 MB`.
fn memory(bytes: f64) -> String {
    let megabytes = bytes / 1e6;
    if megabytes < 999.5 {
        let unit = if megabytes < 100.0 { 1.0 } else { 10.0 };
        return format!("{:.0} MB", (megabytes / unit).round() * unit);
    }
    format!("{:.1} GB", megabytes / 1e3)
}

impl Prepared {
    /// Estimates what the answer takes on as many threads as it is asked for on; for a question that draws nothing, what a run takes.
    #[must_use]
    pub fn cost(&self) -> Cost {
        let compared = |n: usize| (2.0 * (n as f64 + 1.0), n as f64 + 1.0);
        let (n_times, n_models) = match &self.task {
            Task::Run(_) | Task::Check | Task::Scenario | Task::Throughput(_) => (1.0, 1.0),
            Task::Rankings(_) | Task::Explain { .. } => (2.0, 1.0),
            // Each area's weights make a model.
            Task::CentralWeights => (2.0, self.scenario.areas().len() as f64 + 1.0),
            // Draws of its own, and as many with each number changed.
            Task::Sensitivity { claims, .. } => (4.0 + claims.len() as f64, 1.0),
            Task::Sweep(task) => compared(task.points.values().len()),
            Task::Levers(changed) => compared(changed.len()),
            Task::Diff(task) => compared(task.path.as_ref().map_or(1, |path| path.steps.len())),
        };
        Cost::of_draws(&self.scenario, self.run, n_times, n_models)
    }

    /// Refuses what takes more memory than there may be, and tables that take minutes.
    pub(super) fn affordable(self, max_memory: Option<u64>) -> Result<Self, Error> {
        let work = self.model().work();
        if work.tables.seconds > MOST_TABLES {
            let (n, takes) = (work.n_tables, duration(work.tables.seconds));
            return Err(Error::Tables { n, takes, most: duration(MOST_TABLES) });
        }
        if let Some(most) = max_memory {
            let Cost { bytes, .. } = self.cost();
            if Cost::middle(&bytes) > most as f64 {
                let takes = format!("{} to {}", memory(*bytes.start()), memory(*bytes.end()));
                return Err(Error::Memory { takes, most: memory(most as f64) });
            }
        }
        Ok(self)
    }

    /// Returns true if the draws that show which claims hold always or never are made in a fraction of a second, on one thread.
    pub(super) fn looks_at_claims(scenario: &LaidOut) -> bool {
        let run = Run { draws: CLAIM_DRAWS, threads: Some(1), ..Run::default() };
        let cost = Cost::of_draws(scenario, run, 1.0, 1.0);
        Cost::middle(&cost.seconds) < 0.3 && *cost.bytes.start() < 1e8
    }
}
