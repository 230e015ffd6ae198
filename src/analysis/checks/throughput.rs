//! Speed at which this machine draws a scenario: by stage, by the number of threads, and beside the plain way to do it.

use crate::analysis::answer::plan::order_plan;
use crate::analysis::answer::summary::summarize;
use crate::analysis::checks::reference_loop::ReferenceLoop;
use crate::batch::BLOCK;
use crate::control::{Control, Stopped};
use crate::kernel::{Instructions, in_use};
use crate::model::{Model, Scorer, Store, Subject};
use crate::sampler::{Arithmetic, BlockDrawer, DrawPrecision, Run, Stream};
use crate::scenario::Scenario;
use crate::tally::{Histogram, Moments, Order, OrderPlan, Tally};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Speed at which a scenario is drawn.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Throughput {
    /// In which numbers.
    pub arithmetic: Arithmetic,
    /// The instructions of the kernels.
    pub instructions: Instructions,
    /// Number of values per draw.
    pub n_values: usize,
    /// Number of joint worlds in which each draw is scored.
    pub n_worlds: usize,
    /// For each number of threads, the draws per second of whole runs, with every output.
    pub runs: Vec<(usize, Rate)>,
    /// Time of a draw on one thread, stage by stage, in nanoseconds; the working memory is warm, so that the sum is less than
    /// what a run takes.
    pub stages: Vec<(&'static str, f64)>,
    /// Draws per second of the plain loop on one thread, which counts pairs, ranks and moments only; nothing where inputs depend on
    /// each other.
    pub plain: Option<Rate>,
}

/// Draws per second, measured several times.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Rate {
    /// The median.
    pub median: f64,
    /// The least.
    pub least: f64,
    /// The greatest.
    pub most: f64,
}

impl Rate {
    fn of(mut rates: Vec<f64>) -> Self {
        rates.sort_by(f64::total_cmp);
        Self { median: rates[rates.len() / 2], least: rates[0], most: rates[rates.len() - 1] }
    }
}

/// Number of times that each thing is measured, and the least time for each.
const TIMES: usize = 7;
const LEAST_TIME: Duration = Duration::from_millis(40);

/// Measures a scenario; `threads` are the numbers of threads to measure. Progress is of the [`n_steps`].
///
/// # Errors
/// It was stopped.
pub fn throughput<'a>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    threads: &[usize],
    control: Control<'_>,
) -> Result<Throughput, Stopped> {
    let step = &|| {
        control.advance(1);
        control.go_on()
    };
    let subject = &scenario.into();
    let (scenario, model) = (subject.scenario(), subject.model());
    let arithmetic = run.arithmetic.of(model);
    let stages = match arithmetic {
        Arithmetic::Single => stages::<f32>(scenario, model, run.seed, step)?,
        _ => stages::<f64>(scenario, model, run.seed, step)?,
    };
    let runs = threads.iter().map(|&n| {
        let run = Run { threads: Some(n), ..run };
        let rate = rate(|draws| {
            black_box(summarize(subject, Run { draws, ..run }, Control::none()));
        });
        step().map(|()| (n, rate))
    });
    let runs = runs.collect::<Result<_, _>>()?;
    let plain = ReferenceLoop::new(model).map(|plain| {
        rate(|draws| {
            black_box(plain.run(draws, run.seed));
        })
    });
    step()?;
    Ok(Throughput {
        arithmetic,
        instructions: in_use(),
        n_values: model.n_values(),
        n_worlds: model.worlds().len(),
        runs,
        stages,
        plain,
    })
}

/// Returns the number of steps that measuring so many numbers of threads takes.
#[must_use]
pub fn n_steps(n_threads: usize) -> usize {
    STAGES.len() + n_threads + 1
}

/// Draws per second of something that takes any number of draws.
fn rate(of: impl Fn(u64)) -> Rate {
    let time = |draws| {
        let start = Instant::now();
        of(draws);
        start.elapsed()
    };
    // Enough draws for the clock and for what a run does once.
    let mut draws = 1 << 14;
    while time(draws) < LEAST_TIME && draws < 1 << 30 {
        draws *= 2;
    }
    Rate::of((0..TIMES).map(|_| draws as f64 / time(draws).as_secs_f64()).collect())
}

const STAGES: [&str; 6] =
    ["random bits", "quantiles", "weighted sums", "pairs and ranks", "claims", "moments and histogram"];

/// Measures each stage, in nanoseconds per draw: those that hold others by what they take more than those.
fn stages<R: DrawPrecision>(
    scenario: &Scenario,
    model: &Model,
    seed: u64,
    step: &dyn Fn() -> Result<(), Stopped>,
) -> Result<Vec<(&'static str, f64)>, Stopped>
where
    Order: Tally<R>,
    Moments: Tally<R>,
    Histogram: Tally<R>,
{
    let drawn: Vec<_> = model.inputs().iter().filter(|input| !input.source.is_score()).collect();
    let streams = |inputs: &mut dyn Iterator<Item = &crate::model::Input>| -> Vec<Stream> {
        inputs.map(|input| Stream::new(seed, &input.address.to_string())).collect()
    };
    let (all, own) = (streams(&mut model.inputs().iter()), streams(&mut drawn.iter().copied()));
    let mut scorer = Scorer::<R>::new(model, false);
    let curves: Vec<R::Curve> =
        model.inputs().iter().zip(scorer.shifts()).map(|(input, off)| R::curve(&input.dist, *off)).collect();
    let own_curves: Vec<R::Curve> = drawn.iter().map(|input| R::curve(&input.dist, 0.0)).collect();
    let mut batch = scorer.batch();
    let (n_areas, n_worlds) = (model.n_areas(), model.worlds().len());
    let mut order = Order::new(OrderPlan { n_areas, n_worlds, ..OrderPlan::default() });
    let claims: Vec<_> = scenario.generated_claims().into_iter().chain(scenario.claims().to_vec()).collect();
    let mut with_claims = Order::new(order_plan(scenario, model, &claims));
    let probabilities = model.worlds().iter().map(|world| world.probability).collect();
    let mut moments = Moments::new(probabilities, &vec![0.0; n_areas]);
    let mut histogram = Histogram::new(n_areas, n_worlds);
    let (mut bits, mut column) = ([0; BLOCK], [R::default(); BLOCK]);

    let bits_take = nanoseconds(step, |block| {
        for stream in &own {
            stream.fill_bits(block, &mut bits);
        }
        black_box(&bits);
    })?;
    let values_take = nanoseconds(step, |block| {
        for (stream, curve) in own.iter().zip(&own_curves) {
            R::draw(stream, block, curve, Store(&mut column));
        }
        black_box(&column);
    })?;
    let sums_take = nanoseconds(step, |block| {
        scorer.score(&mut batch, &mut BlockDrawer::<R> { streams: &all, curves: &curves, block });
    })?;
    let order_takes = nanoseconds(step, |_| order.record(&batch))?;
    let claims_take = nanoseconds(step, |_| with_claims.record(&batch))?;
    histogram.look(&batch);
    moments = moments.around(histogram.medians());
    let moments_take = nanoseconds(step, |_| {
        moments.record(&batch);
        histogram.record(&batch);
    })?;
    let more = |whole: f64, part: f64| (whole - part).max(0.0);
    let take = [
        bits_take,
        more(values_take, bits_take),
        more(sums_take, values_take),
        order_takes,
        more(claims_take, order_takes),
        moments_take,
    ];
    Ok(STAGES.into_iter().zip(take).collect())
}

/// Returns the nanoseconds per draw, by the fastest of several times, of something that does a block.
fn nanoseconds(step: &dyn Fn() -> Result<(), Stopped>, mut of: impl FnMut(u64)) -> Result<f64, Stopped> {
    let mut best = f64::INFINITY;
    for _ in 0..TIMES {
        let (start, mut n) = (Instant::now(), 0);
        while start.elapsed() < LEAST_TIME / 4 {
            (0..8).for_each(|block| of(n + block));
            n += 8;
        }
        best = best.min(start.elapsed().as_secs_f64() * 1e9 / (n * BLOCK as u64) as f64);
    }
    step().map(|()| best)
}
