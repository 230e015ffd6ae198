//! Quantiles of everything, however long its tails: they are right, and their intervals cover; and means of long tails come with a warning.

use crate::support::*;
use headstart::analysis::{AreaSummary, RunTally, Summary, summarize};
use headstart::model::{LaidOut, Model};
use headstart::report::{PageExtras, Sections, Style, csv, html, json, markdown, run_text};
use headstart::sampler::{Arithmetic, CHUNK_SIZE, Run, sample};
use headstart::tally::{Histogram, Tally};
use headstart::{Control, Resume, Scenario};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

const LEVELS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Distributions of all kinds: no tails, heaps at the ends, tails over many orders of magnitude, narrow bulks beside wide ones.
const SHAPES: [&str; 26] = [
    "Uniform(min: -1, max: 4)",
    "Uniform(min: 1000, max: 1001)",
    "Normal(mean: 5, sd: 1)",
    "Normal(mean: 3, sd: 1)",
    "Normal(mean: -1e6, sd: 1e-3)",
    "Triangular(min: 0, mode: 0, max: 1)",
    "Exponential(rate: 1e-3)",
    "Beta(alpha: 0.05, beta: 0.3)",
    "Beta(alpha: 0.5, beta: 0.5)",
    "Beta(alpha: 1, beta: 30)",
    "Gamma(shape: 0.1, scale: 1)",
    "Gamma(shape: 0.05, scale: 5)",
    "Gamma(shape: 50, scale: 2)",
    "LogNormal(mu: 0, sigma: 0.2)",
    "LogNormal(mu: 3, sigma: 1)",
    "LogNormal(mu: 0, sigma: 2.7)",
    "LogNormal(mu: -2, sigma: 6)",
    "LogNormal(mu: 0, sigma: 12)",
    "Interval(level: 0.8, low: 1, high: 1000, shape: LogNormal)",
    "LogitNormal(mu: 0, sigma: 3)",
    "StudentT(location: 0, scale: 1, df: 2.01)",
    "StudentT(location: 7, scale: 0.1, df: 2.5)",
    "Mixture([(0.6, Normal(mean: 1, sd: 1e-5)), (0.4, Normal(mean: 1, sd: 1))])",
    "Mixture([(0.3, Uniform(min: 0, max: 1e-4)), (0.7, Uniform(min: 10, max: 30))])",
    "Mixture([(0.5, Normal(mean: -1000, sd: 1)), (0.5, Normal(mean: 1000, sd: 1))])",
    "Mixture([(0.1, Uniform(min: 0.001, max: 0.002)), (0.9, Normal(mean: 100, sd: 10))])",
];

fn shapes() -> Scenario {
    one_factor(&SHAPES, &["0"], "")
}

/// The distribution of an input, whose quantiles are right by tests of their own.
fn truths(scenario: &Scenario) -> Vec<[f64; 5]> {
    let model = Model::new(scenario);
    model.inputs().iter().map(|input| LEVELS.map(|p| input.dist.quantile(p))).collect()
}

/// Each quantile lies between those of the probabilities five standard errors off, up to 1 % of the middle half and 1 % of the distance from a
/// centre; or, where there are no negative values, 2 % of itself.
#[test]
fn quantiles_of_long_tails() {
    const N: u64 = 200_000;
    let scenario = shapes();
    let (model, summary) = (Model::new(&scenario), run(&scenario, N));
    let mut worst = 0.0_f64;
    for ((name, input), area) in SHAPES.iter().zip(model.inputs()).zip(&summary.areas) {
        let quantile = |p: f64| input.dist.quantile(p);
        let (median, half) = (quantile(0.5), quantile(0.75) - quantile(0.25));
        for (p, x) in &area.overall.quantiles {
            let off = BOUND * (p * (1.0 - p) / N as f64).sqrt();
            let (low, high) = (quantile(p - off), quantile(p + off));
            let mut allowed = 0.01 * ((x - median).abs() + half);
            if input.dist.support().0 >= 0.0 {
                allowed = allowed.min(0.02 * quantile(*p));
            }
            let miss = (low - x).max(x - high).max(0.0) / allowed;
            worst = worst.max(miss);
            assert!(miss <= 1.0, "{name} at {p}: {x}, not {low} to {high}");
        }
    }
    println!("the worst is at {:.1} % of the allowed error", 100.0 * worst);
}

/// By how much too much or too little an interval covers.
fn coverage(scenario: &Scenario, truths: &[[f64; 5]], draws: u64, seeds: u64) -> Vec<[f64; 5]> {
    let scenario = LaidOut::from(scenario.clone());
    let mut held = vec![[0.0; 5]; truths.len()];
    for seed in 0..seeds {
        let summary =
            summarize(&scenario, Run { draws, seed, threads: Some(1), ..Run::default() }, Control::none());
        for ((held, truth), area) in held.iter_mut().zip(truths).zip(&summary.areas) {
            for ((held, truth), (low, high)) in held.iter_mut().zip(truth).zip(&area.quantile_intervals) {
                *held += f64::from(u8::from(low <= truth && truth <= high)) / seeds as f64;
            }
        }
    }
    held
}

/// Intervals of quantiles cover what they say, with no more than a share of a bin on top.
#[test]
fn intervals_of_quantiles_are_neither_too_narrow_nor_too_wide() {
    let seeds = thorough(150, 300);
    let scenario = shapes();
    let held = coverage(&scenario, &truths(&scenario), thorough(4_000, 20_000), seeds);
    let error = (0.05 * 0.95 / seeds as f64).sqrt();
    for (name, held) in SHAPES.iter().zip(&held) {
        assert!(held.iter().all(|share| *share > 0.95 - BOUND * error), "{name}: {held:?}");
    }
    // Over all of them the mean is that of intervals that are exact, but for the two narrow bulks, whose bins are wide.
    let all = held.iter().flatten();
    let mean = all.clone().sum::<f64>() / all.count() as f64;
    assert!((0.94..0.965).contains(&mean), "{mean}");
}

/// What a million draws are wide: those of a normal number as its density says, but for the noise of some 800 draws.
#[test]
fn intervals_of_a_million_draws_are_narrow() {
    let n = 1_000_000;
    let area = &run(&one_factor(&["Normal(mean: 0, sd: 1)"], &["0"], ""), n).areas[0];
    for (p, (low, high)) in LEVELS.into_iter().zip(&area.quantile_intervals) {
        let z = headstart::distribution::standard_quantile(p);
        let density = libm::exp(-z * z / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
        let width = 2.0 * 1.96 * (p * (1.0 - p) / n as f64).sqrt() / density;
        assert!(((high - low) / width - 1.0).abs() < 0.2, "{p}: {} for {width}", high - low);
    }
}

/// Values that come again and again are known exactly, and where worlds lie apart a quantile is that of the world that it lies in.
#[test]
fn quantiles_of_steps_and_of_worlds() {
    let scenario = one_factor(
        &[
            "Discrete([(1, 0.1), (2.5, 0.3), (2.51, 0.25), (7, 0.35)])",
            "4.5",
            "ByWorld(\"w\", {\"a\": Normal(mean: 0, sd: 1), \"b\": Normal(mean: 100, sd: 2)})",
            "ByWorld(\"w\", {\"a\": 3, \"b\": Uniform(min: 3, max: 4)})",
        ],
        &["0"],
        "worlds: [(id: \"w\", outcomes: [(\"a\", 0.6), (\"b\", 0.4)])]",
    );
    let summary = run(&scenario, 100_000);
    let values =
        |area: usize| -> Vec<f64> { summary.areas[area].overall.quantiles.iter().map(|(_, x)| *x).collect() };
    // It is drawn in single precision, which has no 2.51.
    assert_eq!(values(0), [1.0, 2.5, f64::from(2.51_f32), 7.0, 7.0]);
    assert_eq!(values(1), [4.5; 5]);
    assert_eq!(summary.areas[1].quantile_intervals, [(4.5, 4.5); 5]);
    assert!(summary.areas[0].quantile_intervals.iter().all(|(low, high)| low <= high && high - low <= 1.5));
    let z = headstart::distribution::standard_quantile;
    let truths = [
        z(0.05 / 0.6),
        z(0.25 / 0.6),
        z(0.5 / 0.6),
        100.0 + 2.0 * z(0.15 / 0.4),
        100.0 + 2.0 * z(0.35 / 0.4),
    ];
    for ((x, truth), (low, high)) in values(2).iter().zip(truths).zip(&summary.areas[2].quantile_intervals) {
        // Six to one that a share is known to 0.4 %, at densities above 0.07 and 0.06.
        assert!((x - truth).abs() < 0.1 && low < high && high - low < 0.15, "{x}, not {truth}");
    }
    assert_eq!(values(3)[..3], [3.0; 3]);
    assert!((values(3)[4] - 3.875).abs() < 0.02);
    // Enumerated worlds, and what is the same in all, are no sample.
    assert_eq!(summary.areas[1].mcse, 0.0);
    assert_eq!(summary.worlds[0].areas[3].mcse, 0.0);
}

/// Worlds whose areas are certain: the means over them are known, and so are their errors.
#[test]
fn enumerated_worlds_have_no_errors() {
    let scenario = one_factor(
        &["ByWorld(\"w\", {\"a\": 0.1, \"b\": 0.7})", "0.3"],
        &["ByWorld(\"w\", {\"a\": 0.2, \"b\": 1.1})"],
        "worlds: [(id: \"w\", outcomes: [(\"a\", 0.35), (\"b\", 0.65)])]",
    );
    for arithmetic in [Arithmetic::Single, Arithmetic::Double] {
        let run = Run { draws: 5_000, arithmetic, ..Run::default() };
        let summary = summarize(&scenario, run, Control::none());
        assert!(summary.areas.iter().all(|area| area.mcse == 0.0), "{arithmetic}");
        assert!(summary.worlds.iter().flat_map(|world| &world.areas).all(|area| area.overall.sd == 0.0));
        assert_eq!(summary.areas[1].overall.sd, 0.0);
        let sd = 0.6 * (0.35 * 0.65_f64).sqrt();
        assert!((summary.areas[0].overall.sd - sd).abs() < 1e-6);
        assert!((summary.order.pairs[0].expected - 0.35).abs() < 1e-12);
        assert!(summary.order.pairs.iter().all(|pairs| pairs.mcse == 0.0), "{:?}", summary.order.pairs);
    }
}

/// Bins lie where the first block says, whatever the number of draws and of threads, and a shorter run has the counts of the beginning.
#[test]
fn bins_do_not_depend_on_the_number_of_draws() {
    let scenario = shapes();
    let (model, n_areas) = (Model::new(&scenario), SHAPES.len() + 1);
    let tally = |draws: u64, threads: usize| {
        let run = Run { draws, threads: Some(threads), arithmetic: Arithmetic::Double, ..Run::default() };
        sample(&model, run, &|| Histogram::new(n_areas, 1), Control::none()).unwrap()
    };
    let (short, long) = (tally(10, 1), tally(3 * CHUNK_SIZE + 5, 2));
    assert_eq!(long, tally(3 * CHUNK_SIZE + 5, 1));
    assert_eq!(short.medians(), long.medians());
    for area in 0..SHAPES.len() {
        let long = long.pieces(0, area).pieces;
        for piece in short.pieces(0, area).pieces.iter().filter(|piece| piece.count > 0) {
            let same = |other: &&headstart::tally::Piece| (other.low, other.high) == (piece.low, piece.high);
            assert!(long.iter().find(same).is_some_and(|other| other.count >= piece.count));
        }
    }
    let mut two = Histogram::new(1, 1);
    Tally::<f64>::follow(&mut two, &Histogram::new(1, 1));
    assert_eq!(two, Histogram::new(1, 1), "without a block there are no bins");
}

fn is_heavy(area: &AreaSummary) -> bool {
    area.is_heavy
}

/// Means that a few draws make are named with the reason in every format, and no others.
#[test]
fn means_of_heavy_tails_are_named() {
    let scenario = one_factor(
        &["Interval(level: 0.8, low: 1, high: 1000, shape: LogNormal)", "LogNormal(mu: 0, sigma: 1)"],
        &["LogNormal(mu: 0, sigma: 4)", "Exponential(rate: 1)", "Beta(alpha: 0.05, beta: 5)"],
        "worlds: [(id: \"w\", outcomes: [(\"a\", 0.5), (\"b\", 0.5)])]",
    );
    let summary = run(&scenario, 100_000);
    assert_eq!(summary.areas.iter().map(is_heavy).collect::<Vec<_>>(), [true, false, true, false, false]);
    let worlds = summary.worlds.iter().flat_map(|world| &world.areas);
    assert_eq!(worlds.filter(|area| is_heavy(area)).count(), 4);
    let beside = PageExtras::default();
    let written = [
        run_text(&scenario, &summary, &Sections::all(), Style::plain(200)),
        markdown(&scenario, &summary, &Sections::all()),
        html(&scenario, &summary, &beside),
    ];
    for text in written {
        let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(plain.contains("This concerns: x0, y0."), "{plain}");
    }
    assert_eq!(json(&scenario, &summary).matches("\"heavy_tail\": true").count(), 6);
    assert_eq!(csv(&scenario, &summary).matches("heavy_tail").count(), 6);
    let shipped = run(&shipped("takeoff"), 20_000);
    assert!(
        !shipped.areas.iter().any(is_heavy)
            && !markdown(&load("takeoff"), &shipped, &Sections::all()).contains("Warning")
    );
}

fn on(scenario: &Scenario, run: Run, stopped: bool) -> (Summary, u64, Option<String>) {
    let (stop, progress, kept) = (AtomicBool::new(stopped), AtomicU64::new(0), Mutex::new(None));
    let keep = |state: &RunTally, _: u64| *kept.lock().unwrap() = Some(state.to_hex());
    let add = |n| {
        progress.fetch_add(n, Ordering::Relaxed);
    };
    let resume = Some(Resume { begun: None, keep: &keep });
    let summary = summarize(scenario, run, Control { stop: Some(&stop), progress: Some(&add), resume });
    (summary, progress.into_inner(), kept.into_inner().unwrap())
}

/// The answer without the residual is that of the scenario without it, of the same draws, and a part of the same run: it stops with it and
/// is kept with it.
#[test]
fn without_the_residual_in_the_same_run() {
    let scenario = load("takeoff-residual");
    let run = Run { draws: 2 * CHUNK_SIZE + 999, arithmetic: Arithmetic::Double, ..Run::default() };
    let (summary, drawn, kept) = on(&scenario, run, false);
    assert_eq!(drawn, run.draws, "progress is that of one run");
    let alone = summarize(&scenario.without_residual(), run, Control::none());
    assert!(summary.without_residual.as_ref() == Some(&alone.order));
    let with = summarize(&scenario, Run { threads: Some(1), ..run }, Control::none());
    assert!(with.order == summary.order && with.areas == summary.areas);
    // Stopped at once, both are of the first chunk.
    let (part, drawn, _) = on(&scenario, run, true);
    assert_eq!((part.run.draws, drawn), (CHUNK_SIZE, CHUNK_SIZE));
    let alone = summarize(&scenario.without_residual(), Run { draws: CHUNK_SIZE, ..run }, Control::none());
    assert!(part.without_residual == Some(alone.order));
    // And what was kept is enough for both to go on from.
    let none = RunTally::new(&scenario, &Model::new(&scenario));
    let begun = none.from_hex(&kept.unwrap()).unwrap();
    let resume = Some(Resume { begun: Some((&begun, 2 * CHUNK_SIZE)), keep: &|_, _| {} });
    assert!(summarize(&scenario, run, Control { resume, ..Control::none() }) == summary);
}

/// A correlation with a number that no world draws is not taken for another one.
#[test]
fn correlations_have_their_own_numbers() {
    let scenario = parse(
        "Scenario(title: \"t\", groups: [(id: \"a\"), (id: \"b\")], areas: [(id: \"x\", group: \"a\"), (id: \"y\", group: \"b\")],
         factors: [
            (id: \"f\", weight: 1, scores: [Uniform(min: 0, max: 1), Uniform(min: 0, max: 1)]),
            (id: \"g\", weight: 0, scores: [Uniform(min: 0, max: 1), Uniform(min: 0, max: 1)]),
            (id: \"h\", weight: 1, scores: [Uniform(min: 0, max: 1), Uniform(min: 0, max: 1)]),
         ],
         correlations: [
            (between: [\"score.f.x\", \"score.g.x\"], rank: 0.9),
            (between: [\"score.f.y\", \"score.h.y\"], rank: 0.2),
         ])",
    );
    let summary = run(&scenario, 100_000);
    let [absent, drawn] = [0, 1].map(|i| summary.correlations[i].rank);
    assert_eq!(absent, None);
    let drawn = drawn.unwrap();
    assert!((drawn.value - 0.2).abs() < BOUND * drawn.mcse && drawn.mcse < 0.004, "{drawn:?}");
    let text = run_text(&scenario, &summary, &Sections::all(), Style::plain(200));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("score.f.x and score.g.x: requested rank 0.9; no effect"), "{text}");
}

/// A row with a single rater has what that rater says.
#[test]
fn a_single_rater_is_heard() {
    let scenario = one_factor(&["Raters([(2, 3)])", "Raters([(2, Uniform(min: 4, max: 6))])"], &["2"], "");
    let summary = run(&scenario, 10_000);
    assert_eq!(summary.areas[0].overall.mean, 3.0);
    assert!((summary.areas[1].overall.mean - 5.0).abs() < BOUND * summary.areas[1].mcse);
    assert_eq!(summary.order.before[0][2].unwrap().probability, 1.0);
}

/// What a mean share of a Dirichlet distribution cannot take is refused, and not left out.
#[test]
fn a_share_takes_one_number() {
    let scenario = parse(
        "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"g\")],
         weights: Dirichlet(concentration: 10),
         factors: [(id: \"a\", weight: 1, scores: [3, 2]), (id: \"b\", weight: 1, scores: [1, 2])])",
    );
    assert!(scenario.with_edits(&["weight.a = 2"]).is_ok());
    let refused = scenario.with_edits(&["weight.a = Uniform(min: 1, max: 2)"]).unwrap_err();
    assert!(refused.to_string().contains("write one number"), "{refused}");
}
