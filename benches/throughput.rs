//! Instances and draws a second, beside the plain way to do it: a loop over instances that calls rand_distr's samplers
//! one after the other. `cargo bench --bench throughput` shows both in one run; quote their ratio.

use divan::Bencher;
use divan::counter::ItemsCount;
use headstart::Scenario;
use headstart::analysis::summarize;
use headstart::batch::BLOCK;
use headstart::dist::{Dist, Mixture, Normal, Pert, Triangular, Uniform};
use headstart::kernel::{Instructions, limit};
use headstart::model::{Model, Scorer};
use headstart::sampler::{Run, Stream};
use headstart::tally::{Histogram, Moments, Order, OrderPlan, Tally};
use rand_distr::Distribution;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

const INSTANCES: u64 = 100_000;

fn main() {
    divan::main();
}

/// The models: those shipped, one with PERT everywhere and two rows that depend on a world, and a large one.
fn scenario(name: &str) -> Scenario {
    let text = match name {
        "pert" => shipped("takeoff")
            .replace("Triangular(half_width", "Pert(half_width")
            .replace("Triangular(relative", "Pert(relative")
            .replacen("weight: 2.5", r#"weight: ByWorld("scheming", {"scheming": 1.5, "honest": 2.5})"#, 1),
        "50 x 20" => large(50, 20),
        name => shipped(name),
    };
    Scenario::from_ron(name, &text).unwrap_or_else(|problems| panic!("{problems}"))
}

fn shipped(name: &str) -> String {
    let path = format!("{}/scenarios/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap_or_default()
}

fn large(n_areas: usize, n_factors: usize) -> String {
    let lines = |n: usize, line: &dyn Fn(usize) -> String| (0..n).map(line).collect::<Vec<_>>().join(", ");
    let area = |i| format!(r#"(id: "area_{i}", group: "{}")"#, if i % 2 == 0 { "a" } else { "b" });
    let factor = |k: usize| {
        let scores = lines(n_areas, &|i| format!("{}.5", 2 + (i * 7 + k * 3) % 6));
        format!(r#"(id: "factor_{k}", weight: {}, scores: [{scores}])"#, 1 + k % 3)
    };
    format!(
        r#"Scenario(title: "large", groups: [(id: "a"), (id: "b")], areas: [{}], factors: [{}],
            spread: (score: Triangular(half_width: 1.5), weight: Triangular(relative: 0.5)))"#,
        lines(n_areas, &area),
        lines(n_factors, &factor)
    )
}

/// Everything that `headstart run` does between file and report; the counter is instances.
#[divan::bench(args = ["takeoff-published", "takeoff", "pert", "50 x 20"], consts = [1, 2])]
fn instances<const THREADS: usize>(bencher: Bencher, name: &str) {
    let scenario = scenario(name);
    // Enough for all threads to have as much to do.
    let instances = INSTANCES * 5;
    let run = Run { instances, seed: 1, threads: Some(THREADS) };
    bencher.counter(ItemsCount::new(instances)).bench_local(|| summarize(&scenario, run, &|_| {}));
}

/// The same on one thread, with the instructions that processors have had since 2013 and since 2003.
#[divan::bench(args = ["takeoff-published", "pert"], consts = [1, 0])]
fn older_processors<const SET: usize>(bencher: Bencher, name: &str) {
    let scenario = scenario(name);
    let run = Run { instances: INSTANCES, seed: 1, threads: Some(1) };
    limit([Instructions::Baseline, Instructions::Avx2][SET]);
    bencher.counter(ItemsCount::new(INSTANCES)).bench_local(|| summarize(&scenario, run, &|_| {}));
    limit(Instructions::Avx512);
}

/// The plain loop on one thread: pairs, ranks and moments in each world; the counter is instances.
#[divan::bench(args = ["takeoff-published", "takeoff", "pert"])]
fn plain_loop(bencher: Bencher, name: &str) {
    let (scenario, bencher) = (scenario(name), bencher.counter(ItemsCount::new(INSTANCES)));
    if name == "pert" {
        let plain = Plain::new(&scenario, |min, mode, max| {
            rand_distr::Pert::new(min, max).with_mode(mode).unwrap_or_else(|error| panic!("{error}"))
        });
        bencher.bench_local(|| plain.run(INSTANCES));
    } else {
        let plain = Plain::new(&scenario, |min, mode, max| {
            rand_distr::Triangular::new(min, max, mode).unwrap_or_else(|error| panic!("{error}"))
        });
        bencher.bench_local(|| plain.run(INSTANCES));
    }
}

/// One input, uniforms and quantiles; the counter is draws.
#[divan::bench(args = ["triangular", "pert", "skewed pert", "normal", "uniform", "mixture"])]
fn draws(bencher: Bencher, family: &str) {
    let dist = dist(family).unwrap_or_else(|error| panic!("{error}"));
    dist.prepare();
    let (stream, mut column) = (Stream::new(1, "score.a.b"), [0.0; BLOCK]);
    bencher.counter(ItemsCount::new(BLOCK)).bench_local(|| {
        stream.draw(7, &mut column, &dist);
        divan::black_box(column[0])
    });
}

fn dist(family: &str) -> Result<Dist, headstart::dist::ParameterError> {
    Ok(match family {
        "triangular" => Triangular::new(1.0, 2.5, 4.0)?.into(),
        "pert" => Pert::new(1.0, 2.5, 4.0, 4.0)?.into(),
        "skewed pert" => Pert::new(1.0, 3.8, 4.0, 4.0)?.into(),
        "normal" => Normal::new(0.0, 1.0)?.into(),
        "mixture" => Mixture::new([(0.3, dist("triangular")?), (0.7, dist("skewed pert")?)])?.into(),
        _ => Uniform::new(1.0, 4.0)?.into(),
    })
}

/// What a block of instances takes, stage by stage; the counter is instances.
#[divan::bench(args = ["uniforms", "draws", "draws and sums", "sums", "order", "moments", "histogram"])]
fn stages(bencher: Bencher, stage: &str) {
    let model = Model::new(&scenario("takeoff-published"));
    let (mut batch, mut scorer) = (model.batch(), Scorer::new(&model, true));
    let streams: Vec<Stream> =
        model.inputs().iter().map(|input| Stream::new(1, &input.address.to_string())).collect();
    let draw = |index: usize, column: &mut _| streams[index].draw(7, column, &model.inputs()[index].dist);
    scorer.score(&mut batch, draw);
    let bencher = bencher.counter(ItemsCount::new(BLOCK));
    match stage {
        "uniforms" => bencher.bench_local(|| {
            streams.iter().enumerate().for_each(|(index, stream)| stream.fill(7, batch.input_mut(index)));
        }),
        "draws" => bencher.bench_local(|| {
            (0..streams.len()).for_each(|index| draw(index, batch.input_mut(index)));
        }),
        "draws and sums" => bencher.bench_local(|| scorer.score(&mut batch, draw)),
        "sums" => bencher.bench_local(|| scorer.score(&mut batch, |_, _| {})),
        "order" => {
            let (n_areas, n_worlds) = (model.n_areas(), model.worlds().len());
            let mut order = Order::new(OrderPlan { n_areas, n_worlds, ..OrderPlan::default() });
            bencher.bench_local(|| order.record(&batch));
        }
        "moments" => {
            let mut moments = Moments::new(vec![1.0], vec![5.0; model.n_areas()]);
            bencher.bench_local(|| moments.record(&batch));
        }
        _ => {
            let mut histogram = Histogram::new(&model.amenability_ranges(), 1);
            bencher.bench_local(|| histogram.record(&batch));
        }
    }
}

/// A model as somebody writes it down for one evening: nested vectors of rand_distr samplers.
struct Plain<D> {
    /// Shape `[n_worlds x n_factors]`; nothing where the factor is absent.
    weights: Vec<Vec<Option<D>>>,
    /// Shape `[n_factors x n_areas]`.
    scores: Vec<Vec<D>>,
    probabilities: Vec<f64>,
}

impl<D: Distribution<f64> + Copy> Plain<D> {
    /// `sampler` makes one of least value, mode and greatest value.
    fn new(scenario: &Scenario, sampler: impl Fn(f64, f64, f64) -> D) -> Self {
        let sampler = |dist: Option<&Dist>| {
            let dist = dist?;
            let ((min, max), mode) = (dist.support(), dist.central());
            dist.exact().is_none().then(|| sampler(min, mode, max))
        };
        let joint = scenario.joint_worlds();
        let in_world = |outcomes: &[usize]| {
            scenario.factors().iter().map(|f| sampler(f.weight.resolve(outcomes).value.dist())).collect()
        };
        Self {
            weights: joint.iter().map(|world| in_world(&world.outcomes)).collect(),
            scores: scenario
                .factors()
                .iter()
                .map(|f| {
                    f.scores
                        .iter()
                        .filter_map(|s| sampler(s.resolve(&joint[0].outcomes).value.dist()))
                        .collect()
                })
                .collect(),
            probabilities: joint.iter().map(|world| world.probability).collect(),
        }
    }

    fn run(&self, instances: u64) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
        let n = self.scores[0].len();
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
        let (mut before, mut ranks) = (vec![0.0; n * n], vec![0.0; n * n]);
        let mut moments = vec![0.0; 2 * n];
        for _ in 0..instances {
            let scores: Vec<Vec<f64>> = self
                .scores
                .iter()
                .map(|row| row.iter().map(|dist| dist.sample(&mut rng)).collect())
                .collect();
            for (world, p) in self.weights.iter().zip(&self.probabilities) {
                let weights: Vec<f64> =
                    world.iter().map(|dist| dist.map_or(0.0, |dist| dist.sample(&mut rng))).collect();
                let total: f64 = weights.iter().sum();
                let mut x = vec![0.0; n];
                for (weight, row) in weights.iter().zip(&scores) {
                    for (x, score) in x.iter_mut().zip(row) {
                        *x += weight * score / total;
                    }
                }
                for i in 0..n {
                    let mut rank = 0;
                    for j in 0..n {
                        if x[i] > x[j] {
                            before[i * n + j] += p;
                        }
                        rank += usize::from(x[j] > x[i]);
                    }
                    ranks[i * n + rank] += p;
                    moments[i] += p * x[i];
                    moments[n + i] += p * x[i] * x[i];
                }
            }
        }
        (before, ranks, moments)
    }
}
