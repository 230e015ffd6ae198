//! Time to a standard error: the sampler, preintegration by the pivot and the exact engine side by side on the shipped scenario, one
//! thread each. `cargo bench --bench precision` prints the table of docs/performance.md; quote its ratios.

#![allow(clippy::disallowed_methods)]

mod pivot;

use headstart::analysis::{Estimate, Summary, integrate, order_plan, summarize};
use headstart::exact::{Engine, Integral};
use headstart::model::Model;
use headstart::sampler::{Arithmetic, Run, sample};
use headstart::tally::{Order, OrderPlan};
use headstart::{Control, Scenario};
use pivot::{Asked, Pivot, PointAverages};
use std::time::Instant;

const ERRORS: [f64; 3] = [1e-3, 1e-4, 1e-5];
/// Points a scramble beyond which a run is not worth waiting for.
const MOST_POINTS: u64 = 1 << 14;

fn main() {
    let path = format!("{}/scenarios/takeoff.ron", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let scenario = Scenario::from_ron("takeoff.ron", &text).unwrap_or_else(|problems| panic!("{problems}"));
    println!("| largest standard error | 1e-3 | 1e-4 | 1e-5 |\n|---|---|---|---|");
    let [pairs_by_pivot, ranks_by_pivot, claims_by_pivot] = by_pivot(&scenario);
    row("all pairs, sampled", &sampled(&scenario));
    row("all pairs, by the pivot", &pairs_by_pivot);
    row("all pairs, integrated", &pairs(&scenario));
    let [ranks, claims] = places(&scenario);
    row("pairs, ranks and claims, sampled", &all_sampled(&scenario));
    row("ranks alone, by the pivot", &ranks_by_pivot);
    row("claims alone, by the pivot", &claims_by_pivot);
    row("pairs, ranks and claims, integrated, for the ranks", &ranks);
    row("the same, for the claims", &claims);
}

fn row(what: &str, seconds: &[Option<f64>; 3]) {
    let cells = seconds.map(|seconds| match seconds {
        Some(s) if s < 1.0 => format!("{:.0} ms", 1e3 * s),
        Some(s) => format!("{s:.1} s"),
        None => "–".to_owned(),
    });
    println!("| {what} | {} |", cells.join(" | "));
}

fn plan(model: &Model) -> OrderPlan {
    OrderPlan { n_areas: model.n_areas(), n_worlds: model.worlds().len(), ..OrderPlan::default() }
}

const RUN: Run = Run { draws: 2_000_000, seed: 1, threads: Some(1), arithmetic: Arithmetic::Auto };

/// Scaled from a run, since the error falls as the root of the time.
fn scaled(seconds: f64, error: f64) -> [Option<f64>; 3] {
    ERRORS.map(|wanted| Some(seconds * (error / wanted) * (error / wanted)))
}

/// Pairs and ranks counted, and nothing else.
fn sampled(scenario: &Scenario) -> [Option<f64>; 3] {
    let model = Model::new(scenario);
    let (plan, n) = (plan(&model), model.n_areas());
    let weights: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let start = Instant::now();
    let order = sample(&model, RUN, &|| Order::new(plan.clone()), Control::none()).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let error = (0..n * n).map(|pair| Estimate::of(order.pairs(), pair, &weights, RUN.draws).mcse);
    scaled(seconds, error.fold(0.0, f64::max))
}

fn all_sampled(scenario: &Scenario) -> [Option<f64>; 3] {
    let start = Instant::now();
    let summary = summarize(scenario, RUN, Control::none());
    let seconds = start.elapsed().as_secs_f64();
    let [ranks, claims] = errors(&summary, false);
    scaled(seconds, ranks.max(claims))
}

/// The largest errors of ranks and of claims that were integrated, or of those that were counted.
fn errors(summary: &Summary, integrated: bool) -> [f64; 2] {
    let order = &summary.order;
    let most = |all: &mut dyn Iterator<Item = &Estimate>| {
        all.filter(|e| e.is_integrated() == integrated).map(|e| e.mcse).fold(0.0, f64::max)
    };
    let mut claims = order.claims.iter().map(|claim| &claim.estimate);
    [most(&mut order.ranks.iter().flatten()), most(&mut claims)]
}

fn pairs(scenario: &Scenario) -> [Option<f64>; 3] {
    let model = Model::new(scenario);
    let (plan, n) = (plan(&model), model.n_areas());
    let weights: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let mut found = [None; 3];
    let mut points = 2;
    while points <= MOST_POINTS && found[2].is_none() {
        let start = Instant::now();
        let Ok(engine) = Engine::new(&model, &plan, false) else { break };
        let mut integral = Integral::new(&engine, 1);
        integral.extend(points, Some(1), Control::none());
        let seconds = start.elapsed().as_secs_f64();
        let cells = (0..n).flat_map(|i| (0..n).filter(move |&j| j != i).map(move |j| (i, j)));
        let error = cells.map(|(i, j)| integral.before(i, j, &weights).mcse).fold(0.0, f64::max);
        keep(&mut found, error, seconds);
        points *= 2;
    }
    found
}

fn places(scenario: &Scenario) -> [[Option<f64>; 3]; 2] {
    let run = Run { draws: 1_000, ..RUN };
    let counted = summarize(scenario, run, Control::none());
    let mut found = [[None; 3]; 2];
    // With fewer many are counted still.
    let mut points = 256;
    while points <= MOST_POINTS && found.iter().any(|found| found[2].is_none()) {
        let mut summary = counted.clone();
        let start = Instant::now();
        if integrate(scenario, run, points, &mut summary, Control::none()).is_err() {
            break;
        }
        let seconds = start.elapsed().as_secs_f64();
        for (found, error) in found.iter_mut().zip(errors(&summary, true)) {
            keep(found, error, seconds);
        }
        points *= 2;
    }
    found
}

/// Pairs, ranks and claims, each alone; what would take more points is scaled from the most, by how fast the error fell over the last
/// sixteenfold.
fn by_pivot(scenario: &Scenario) -> [[Option<f64>; 3]; 3] {
    const MOST_POINTS: u64 = 1 << 13;
    let run = Run { draws: 1_000, ..RUN };
    let mut truth = summarize(scenario, run, Control::none());
    integrate(scenario, run, 512, &mut truth, Control::none()).unwrap_or_else(|refusal| panic!("{refusal}"));
    let model = Model::new(scenario);
    let claims = [scenario.generated_claims(), scenario.claims().to_vec()].concat();
    let plan = order_plan(scenario, &model, &claims);
    let pivot = Pivot::new(&model, &plan);
    let truths = |asked: Asked| -> Vec<Option<Estimate>> {
        let order = &truth.order;
        match asked {
            Asked::Pairs => order.before.concat(),
            Asked::Ranks => order.ranks.concat().into_iter().map(Some).collect(),
            Asked::Claims => order.claims.iter().map(|claim| Some(claim.estimate)).collect(),
        }
    };
    [Asked::Pairs, Asked::Ranks, Asked::Claims].map(|asked| {
        let (mut found, mut runs, truths) = ([None; 3], Vec::new(), truths(asked));
        for points in (6..=MOST_POINTS.ilog2()).map(|power| 1 << power) {
            let start = Instant::now();
            let averages = pivot.average(asked, points);
            let (seconds, error) = (start.elapsed().as_secs_f64(), largest_error(&averages, &truths));
            keep(&mut found, error, seconds);
            runs.push((seconds, error));
        }
        let ((before, wider), (seconds, error)) = (runs[runs.len() - 5], runs[runs.len() - 1]);
        let rate = (seconds / before).ln() / (wider / error).ln();
        let scaled = ERRORS.map(|wanted| seconds * (error / wanted).powf(rate));
        std::array::from_fn(|index| found[index].or(Some(scaled[index])))
    })
}

/// The largest standard error of what the exact engine knows too.
///
/// # Panics
/// Where the two are further apart than five standard errors, but for what is so improbable that few points carry it.
fn largest_error(averages: &[PointAverages], truths: &[Option<Estimate>]) -> f64 {
    let mut largest = 0.0_f64;
    for (index, (average, truth)) in averages.iter().zip(truths).enumerate() {
        let Some(truth) = truth.filter(Estimate::is_integrated) else { continue };
        let (p, off) = (truth.probability, (average.mean - truth.probability).abs());
        let is_off = p.min(1.0 - p) > 1e-3 && off > 5.0 * average.mcse.hypot(truth.mcse);
        assert!(!is_off, "number {index} is {} in place of {p}", average.mean);
        largest = largest.max(average.mcse);
    }
    largest
}

/// Keeps the time of the first run with an error that small.
fn keep(found: &mut [Option<f64>; 3], error: f64, seconds: f64) {
    for (found, wanted) in found.iter_mut().zip(ERRORS) {
        if found.is_none() && error <= wanted {
            *found = Some(seconds);
        }
    }
}
