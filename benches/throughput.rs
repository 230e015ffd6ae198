//! Instances and draws a second on the shipped scenarios, beside the plain way to do it: a loop over instances that
//! calls rand_distr's samplers one after the other. `cargo bench` shows both in one run; quote their ratio.

use divan::Bencher;
use divan::counter::ItemsCount;
use headstart::Scenario;
use headstart::analysis::summarize;
use headstart::dist::{Dist, Triangular};
use headstart::model::Model;
use headstart::sampler::{Run, Stream};
use rand_distr::Distribution;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

const INSTANCES: u64 = 100_000;

fn main() {
    divan::main();
}

fn scenario(name: &str) -> Scenario {
    let path = format!("{}/scenarios/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    Scenario::from_ron(&path, &text).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Everything that `headstart run` does between file and report; the counter is instances.
#[divan::bench(args = [("takeoff-published", 1), ("takeoff", 1), ("takeoff-published", 2), ("takeoff", 2)])]
fn instances(bencher: Bencher, (name, threads): (&str, usize)) {
    let scenario = scenario(name);
    let run = Run { instances: INSTANCES, seed: 1, threads: Some(threads) };
    bencher.counter(ItemsCount::new(INSTANCES)).bench_local(|| summarize(&scenario, run, &|_| {}));
}

/// The plain loop on one thread: pairs, ranks and moments in each world; the counter is instances.
#[divan::bench(args = ["takeoff-published", "takeoff"])]
fn plain_loop(bencher: Bencher, name: &str) {
    let plain = Plain::new(&scenario(name));
    bencher.counter(ItemsCount::new(INSTANCES)).bench_local(|| plain.run(INSTANCES));
}

/// All inputs of the model, uniforms and quantiles alone, with nothing done with them; the counter is draws.
#[divan::bench(args = ["takeoff-published", "takeoff"])]
fn draws(bencher: Bencher, name: &str) {
    let model = Model::new(&scenario(name));
    let mut batch = model.batch();
    let streams: Vec<Stream> =
        model.inputs().iter().map(|input| Stream::new(1, &input.address.to_string())).collect();
    let n_draws = batch.input(0).len() * streams.len();
    bencher.counter(ItemsCount::new(n_draws)).bench_local(|| {
        for (index, (stream, input)) in streams.iter().zip(model.inputs()).enumerate() {
            let column = batch.input_mut(index);
            stream.fill(7, column);
            input.dist.quantiles(column);
        }
        divan::black_box(batch.input(0)[0])
    });
}

/// The shipped scenarios as somebody writes them down for one evening: nested vectors of rand_distr samplers.
struct Plain {
    /// Shape `[n_worlds x n_factors]`; nothing where the factor is absent.
    weights: Vec<Vec<Option<rand_distr::Triangular<f64>>>>,
    /// Shape `[n_factors x n_areas]`.
    scores: Vec<Vec<rand_distr::Triangular<f64>>>,
    probabilities: Vec<f64>,
}

impl Plain {
    fn new(scenario: &Scenario) -> Self {
        let sampler = |dist: Option<&Dist>| match dist {
            Some(Dist::Triangular(dist)) => {
                let (min, max) = dist.support();
                debug_assert!(Triangular::new(min, dist.central(), max).is_ok());
                rand_distr::Triangular::new(min, max, dist.central()).ok()
            }
            _ => None,
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
