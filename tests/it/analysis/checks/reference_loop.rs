//! The plain loop over samplers of rand_distr, which speed is measured beside: it has to count the same, or the comparison is worth nothing.

use crate::support::*;
use headstart::analysis::{ReferenceLoop, Summary, n_steps, throughput};
use headstart::model::Model;
use headstart::sampler::Run;
use headstart::{Control, Scenario, Stopped};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

const N: u64 = 40_000;

/// Both counts of everything that the plain loop counts, their difference in standard errors of two runs.
fn agree(scenario: &Scenario) {
    let model = Model::new(scenario);
    let counted = ReferenceLoop::new(&model).expect("no dependence").run(N, 5);
    let summary: Summary = run(scenario, N);
    let n = summary.areas.len();
    let near = |ours: f64, theirs: f64, error: f64, what: &str| {
        // Where nothing was seen of one the other may have seen a few.
        let error = (error * 2_f64.sqrt()).max(1.0 / N as f64);
        assert!((ours - theirs).abs() < BOUND * error, "{what}: {ours} and {theirs}");
    };
    let share = |p: f64| (p * (1.0 - p) / N as f64).sqrt();
    for i in 0..n {
        for j in 0..n {
            match summary.order.before[i][j] {
                Some(there) => {
                    near(counted.before[i * n + j], there.probability, share(there.probability), "before");
                }
                None => assert_eq!(counted.before[i * n + j], 0.0, "nothing is before itself"),
            }
            let rank = summary.order.ranks[i][j].probability;
            near(counted.ranks[i * n + j], rank, share(rank), "a rank");
        }
        let (mean, squares) = counted.moments[i];
        let there = &summary.areas[i].overall;
        let error = there.sd / (N as f64).sqrt();
        near(mean, there.mean, error, "a mean");
        // The sd of a square is at most three times that of what is squared, times its mean, for these numbers.
        near((squares - mean * mean).sqrt(), there.sd, error, "a standard deviation");
    }
}

#[test]
fn the_plain_loop_finds_the_same() {
    agree(&shipped("takeoff"));
    agree(&one_factor(
        &["Uniform(min: 1, max: 3)", "Normal(mean: 2, sd: 0.5)", "LogNormal(mu: 0.5, sigma: 0.4)"],
        &["Exponential(rate: 0.4)", "Pert(min: 1, mode: 1.5, max: 4)", "Gamma(shape: 3, scale: 0.7)"],
        "",
    ));
    let tied = one_factor(&["2", "1"], &["2"], "");
    let counted = ReferenceLoop::new(&Model::new(&tied)).unwrap().run(10, 1);
    assert_eq!(counted.before, [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0], "a tie is not before");
    assert_eq!(counted.ranks, [1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
    let shared = one_factor(
        &["Ref(\"base\")"],
        &["Relative(to: \"base\", by: Uniform(min: -2, max: 1))"],
        "inputs: [(id: \"base\", value: Normal(mean: 5, sd: 1))]",
    );
    assert!(ReferenceLoop::new(&Model::new(&shared)).is_none(), "it draws one number for each score");
}

/// A measurement has every stage, a rate for each number of threads, and no step more than was announced.
#[test]
fn a_measurement_is_whole() {
    let scenario = one_factor(&["Uniform(min: 1, max: 3)"], &["Normal(mean: 2, sd: 0.5)"], "");
    let steps = AtomicU64::new(0);
    // It takes as many draws as the clock needs, however few are to be run.
    let run = Run { draws: 100, ..Run::default() };
    let add = |n| {
        steps.fetch_add(n, Ordering::Relaxed);
    };
    let control = Control { progress: Some(&add), ..Control::none() };
    let measured = throughput(&scenario, run, &[1], control).unwrap();
    assert_eq!(steps.into_inner(), n_steps(1) as u64);
    let stop = AtomicBool::new(true);
    let control = Control { stop: Some(&stop), ..Control::none() };
    assert_eq!(throughput(&scenario, run, &[1], control), Err(Stopped));
    assert_eq!((measured.n_values, measured.n_worlds), (2, 1));
    assert_eq!(measured.stages.len(), 6);
    assert!(measured.stages.iter().all(|(_, takes)| takes.is_finite() && *takes >= 0.0), "{measured:?}");
    let rates: Vec<_> = measured.runs.iter().map(|(_, rate)| rate).chain(&measured.plain).collect();
    assert_eq!(rates.len(), 2);
    for rate in rates {
        assert!(0.0 < rate.least && rate.least <= rate.median && rate.median <= rate.most, "{rate:?}");
    }
    assert_eq!(measured.runs[0].0, 1);
}
