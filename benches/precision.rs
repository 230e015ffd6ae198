//! Time to a standard error: the sampler and the exact engine side by side on the shipped scenario, one thread each.
//! `cargo bench --bench precision` prints the table; quote its ratios.

use headstart::Scenario;
use headstart::analysis::{Summary, integrate, summarize};
use headstart::exact::{Engine, Integral};
use headstart::model::Model;
use headstart::sampler::{Run, sample};
use headstart::tally::{Order, OrderPlan};
use std::time::Instant;

fn main() {
    let path = format!("{}/scenarios/takeoff.ron", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let scenario = Scenario::from_ron("takeoff.ron", &text).unwrap_or_else(|problems| panic!("{problems}"));
    let model = Model::new(&scenario);
    let weights: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let n = model.n_areas();
    let plan = OrderPlan { n_areas: n, n_worlds: weights.len(), ..OrderPlan::default() };
    let pairs = || (0..n).flat_map(|i| (0..n).filter(move |&j| j != i).map(move |j| (i, j)));
    if std::env::var("ONLY").is_ok() {
        let Ok(engine) = Engine::new(&model, &plan, false) else { return };
        let mut integral = Integral::new(&engine, 1);
        integral.extend(16384, Some(1), &|_| {});
        return;
    }
    println!("pairs, sampled");
    for instances in [100_000, 1_000_000, 10_000_000] {
        let start = Instant::now();
        let run = Run { instances, seed: 1, threads: Some(1), ..Run::default() };
        let order = sample(&model, run, &|| Order::new(plan.clone()), &|_| {});
        let time = start.elapsed().as_secs_f64();
        let share = order.pairs().count(1, 0) as f64 / instances as f64;
        println!(
            "{instances:>10} instances {:9.2} ms, mcse near 1/2 {:.1e} {share:.3}",
            1e3 * time,
            0.5 / (instances as f64).sqrt()
        );
    }
    println!("pairs, integrated");
    for points in [16, 32, 64, 128, 256, 512, 1024, 4096] {
        let start = Instant::now();
        let Ok(engine) = Engine::new(&model, &plan, false) else { return };
        let ready = start.elapsed().as_secs_f64();
        let mut integral = Integral::new(&engine, 1);
        integral.extend(points, Some(1), &|_| {});
        let time = start.elapsed().as_secs_f64();
        let worst = pairs().map(|(i, j)| integral.before(i, j, &weights).mcse).fold(0.0, f64::max);
        println!(
            "{points:>10} points x 16 {:9.2} ms ({:.2} to be ready), mcse at most {worst:.1e}, bound {:.0e}",
            1e3 * time,
            1e3 * ready,
            integral.bound()
        );
    }
    println!("all, integrated");
    let run = Run { instances: 1_000, seed: 1, threads: Some(1), ..Run::default() };
    let worst = |summary: &Summary| {
        let order = &summary.order;
        let ranks = order.ranks.iter().flatten().map(|e| e.mcse).fold(0.0, f64::max);
        let claims = order
            .claims
            .iter()
            .filter(|c| c.estimate.is_integrated())
            .map(|c| c.estimate.mcse)
            .fold(0.0, f64::max);
        (ranks, claims)
    };
    for points in [16, 64, 256, 1024] {
        let mut summary = summarize(&scenario, run, &|_| {});
        let start = Instant::now();
        if integrate(&scenario, run, points, &mut summary).is_err() {
            return;
        }
        let time = start.elapsed().as_secs_f64();
        let (ranks, claims) = worst(&summary);
        println!(
            "{points:>10} points x 16 {:9.2} ms, mcse of ranks {ranks:.1e}, of claims {claims:.1e} {:?}",
            1e3 * time,
            summary.method
        );
    }
}
