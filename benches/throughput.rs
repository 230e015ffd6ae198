//! Draws and draws a second, beside the plain way to do it: a loop over draws that calls rand_distr's samplers
//! one after the other. `cargo bench --bench throughput` shows both in one run; quote their ratio.

#![allow(clippy::disallowed_methods)]

use divan::Bencher;
use divan::counter::ItemsCount;
use headstart::analysis::{ReferenceLoop, order_plan, summarize};
use headstart::batch::BLOCK;
use headstart::distribution::{Dist, Mixture, Normal, Pert, Triangular, Uniform};
use headstart::kernel::{Instructions, limit};
use headstart::model::{InputDrawer, Model, Scorer, Store};
use headstart::sampler::{Arithmetic, BlockDrawer, DrawPrecision, Run, Stream};
use headstart::tally::{Histogram, Moments, Order, OrderPlan, Tally};
use headstart::{Control, Scenario};

const DRAWS: u64 = 100_000;

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
        "pert rows" => rows_by_world(&shipped("takeoff-published").replace("Triangular(", "Pert(")),
        "50 x 20" => large(50, 20),
        name => shipped(name),
    };
    Scenario::from_ron(name, &text).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The scores of two rows as they stand where AIs scheme, and high for every area where they do not.
fn rows_by_world(scenario: &str) -> String {
    let line = |line: &str| match line
        .trim()
        .strip_prefix("scores: [")
        .and_then(|rest| rest.strip_suffix("],"))
    {
        Some(scores) => {
            let by_world = |x: &str| {
                format!(
                    r#"ByWorld("scheming", {{"scheming": {x}, "honest": Pert(min: 7, mode: 8.5, max: 10)}})"#
                )
            };
            format!("scores: [{}],", scores.split(", ").map(by_world).collect::<Vec<_>>().join(", "))
        }
        None => line.to_owned(),
    };
    let mut factor = "";
    let lines = scenario.lines().map(|text| {
        factor = text.trim().strip_prefix("id: ").unwrap_or(factor);
        let depends = ["\"feedback_quality", "\"scheming_risk"].iter().any(|id| factor.starts_with(id));
        if depends { line(text) } else { text.to_owned() }
    });
    let worlds = r#"worlds: [(id: "scheming", outcomes: [("scheming", 0.3), ("honest", 0.7)])], factors: ["#;
    lines.collect::<Vec<_>>().join("\n").replace("factors: [", worlds)
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
        r#"Scenario(title: "large", scale: (min: 0, max: 10), groups: [(id: "a"), (id: "b")], areas: [{}], factors: [{}],
            spread: (score: Triangular(half_width: 1.5), weight: Triangular(relative: 0.5)))"#,
        lines(n_areas, &area),
        lines(n_factors, &factor)
    )
}

/// Everything that `headstart run` does between file and report; the counter is draws.
#[divan::bench(args = ["takeoff-published", "takeoff", "pert"])]
fn double_precision(bencher: Bencher, name: &str) {
    let scenario = scenario(name);
    let run = Run { draws: DRAWS, threads: Some(1), arithmetic: Arithmetic::Double, ..Run::default() };
    bencher.counter(ItemsCount::new(DRAWS)).bench_local(|| summarize(&scenario, run, Control::none()));
}

/// The same in single precision, which is what it comes to.
#[divan::bench(args = ["takeoff-published", "takeoff", "pert", "pert rows", "50 x 20"], consts = [1, 2])]
fn draws<const THREADS: usize>(bencher: Bencher, name: &str) {
    let scenario = scenario(name);
    // Enough for all threads to have as much to do.
    let draws = DRAWS * 5;
    let run = Run { draws, seed: 1, threads: Some(THREADS), ..Run::default() };
    bencher.counter(ItemsCount::new(draws)).bench_local(|| summarize(&scenario, run, Control::none()));
}

/// The same on one thread, with the instructions that processors have had since 2013 and since 2003.
#[divan::bench(args = ["takeoff-published", "pert", "pert rows"], consts = [1, 0])]
fn older_processors<const SET: usize>(bencher: Bencher, name: &str) {
    let scenario = scenario(name);
    let run = Run { draws: DRAWS, seed: 1, threads: Some(1), ..Run::default() };
    limit([Instructions::Baseline, Instructions::Avx2][SET]);
    bencher.counter(ItemsCount::new(DRAWS)).bench_local(|| summarize(&scenario, run, Control::none()));
    limit(Instructions::Avx512);
}

/// The plain loop on one thread: pairs, ranks and moments in each world; the counter is draws.
#[divan::bench(args = ["takeoff-published", "takeoff", "pert", "pert rows"])]
fn plain_loop(bencher: Bencher, name: &str) {
    let model = Model::new(&scenario(name));
    let plain =
        ReferenceLoop::new(&model).unwrap_or_else(|| panic!("{name} depends on more than its inputs"));
    bencher.counter(ItemsCount::new(DRAWS)).bench_local(|| plain.run(DRAWS, 1));
}

/// One input, random bits and quantiles, in single and double precision; the counter is draws.
#[divan::bench(args = ["triangular", "pert", "skewed pert", "normal", "uniform", "mixture"], types = [f32, f64])]
fn values<R: DrawPrecision>(bencher: Bencher, family: &str) {
    let dist = dist(family).unwrap_or_else(|error| panic!("{error}"));
    let curve = R::curve(&dist, 0.0);
    let (stream, mut column) = (Stream::new(1, "score.a.b"), [R::default(); BLOCK]);
    bencher.counter(ItemsCount::new(BLOCK)).bench_local(|| {
        R::draw(&stream, 7, &curve, Store(&mut column));
        divan::black_box(column[0])
    });
}

fn dist(family: &str) -> Result<Dist, headstart::distribution::ParameterError> {
    Ok(match family {
        "triangular" => Triangular::new(1.0, 2.5, 4.0)?.into(),
        "pert" => Pert::new(1.0, 2.5, 4.0, 4.0)?.into(),
        "skewed pert" => Pert::new(1.0, 3.8, 4.0, 4.0)?.into(),
        "normal" => Normal::new(0.0, 1.0)?.into(),
        "mixture" => Mixture::new([(0.3, dist("triangular")?), (0.7, dist("skewed pert")?)])?.into(),
        _ => Uniform::new(1.0, 4.0)?.into(),
    })
}

/// What a block of draws takes, stage by stage; the counter is draws.
#[divan::bench(
    args = ["bits", "draws", "draws and sums", "order", "claims", "moments", "histogram"],
    types = [f32, f64],
    consts = [0, 1],
)]
fn stages<R: DrawPrecision, const PERT: usize>(bencher: Bencher, stage: &str) {
    let scenario = scenario(["takeoff-published", "pert"][PERT]);
    let model = Model::new(&scenario);
    let mut scorer = Scorer::<R>::new(&model, false);
    let mut batch = scorer.batch();
    let streams: Vec<Stream> =
        model.inputs().iter().map(|input| Stream::new(1, &input.address.to_string())).collect();
    let curves: Vec<R::Curve> =
        model.inputs().iter().zip(scorer.shifts()).map(|(input, off)| R::curve(&input.dist, *off)).collect();
    let mut drawer = BlockDrawer::<R> { streams: &streams, curves: &curves, block: 7 };
    scorer.score(&mut batch, &mut drawer);
    let (n_areas, n_worlds) = (model.n_areas(), model.worlds().len());
    let bencher = bencher.counter(ItemsCount::new(BLOCK));
    match stage {
        "bits" => {
            let mut column = [0; BLOCK];
            bencher.bench_local(|| {
                for stream in &streams {
                    stream.fill_bits(7, &mut column);
                }
                divan::black_box(column[0])
            });
        }
        "draws" => {
            let mut column = [R::default(); BLOCK];
            bencher.bench_local(|| {
                for index in 0..streams.len() {
                    drawer.draw(index, Store(&mut column));
                }
                divan::black_box(column[0])
            });
        }
        "draws and sums" => bencher.bench_local(|| scorer.score(&mut batch, &mut drawer)),
        "order" | "claims" => {
            let mut plan = OrderPlan { n_areas, n_worlds, ..OrderPlan::default() };
            if stage == "claims" {
                let claims: Vec<_> = scenario.generated_claims();
                plan = order_plan(&scenario, &model, &claims);
            }
            let mut order = Order::new(plan);
            bencher.bench_local(|| Tally::<R>::record(&mut order, &batch));
        }
        "moments" => {
            let mut moments = Moments::new(vec![1.0 / n_worlds as f64; n_worlds], &vec![5.0; n_areas]);
            bencher.bench_local(|| Tally::<R>::record(&mut moments, &batch));
        }
        _ => {
            let mut histogram = Histogram::new(n_areas, n_worlds);
            Tally::<R>::look(&mut histogram, &batch);
            bencher.bench_local(|| Tally::<R>::record(&mut histogram, &batch));
        }
    }
}
