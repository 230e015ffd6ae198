//! Equal seed, equal bits: for any number of threads, for the start of a longer run, and for everything that an edit
//! does not touch.

use crate::support::*;
use headstart::analysis::summarize;
use headstart::batch::{BLOCK, Batch};
use headstart::model::Model;
use headstart::real::Real;
use headstart::report::json;
use headstart::sampler::{Run, Stream, sample};
use headstart::tally::Tally;
use headstart::{Control, Scenario};

/// Keeps everything: for each draw the inputs, and the overall scores in each world.
#[derive(Clone, Default, PartialEq)]
struct Everything(Vec<Vec<u64>>);

struct Keeper<'a> {
    model: &'a Model,
    kept: Everything,
}

impl<R: Real> Tally<R> for Keeper<'_> {
    fn record(&mut self, batch: &Batch<R>) {
        for at in 0..batch.len() {
            let bits = |x: R| -> u64 { Into::<f64>::into(x).to_bits() };
            let inputs = (0..self.model.inputs().len()).map(|input| bits(batch.input(input)[at]));
            let areas = (0..batch.n_worlds()).flat_map(|z| (0..batch.n_areas()).map(move |i| (z, i)));
            let areas = areas.map(|(z, i)| bits(batch.overall(z, i)[at]));
            self.kept.0.push(inputs.chain(areas).collect());
        }
    }

    fn merge(&mut self, later: &Self) {
        self.kept.0.extend_from_slice(&later.kept.0);
    }
}

fn everything(model: &Model, run: Run) -> Everything {
    sample(model, run, &|| Keeper { model, kept: Everything::default() }, Control::none()).unwrap().kept
}

#[test]
fn any_number_of_threads() {
    // No multiple of a block, a chunk or a wave.
    let draws = 300_003;
    for name in ["takeoff", "wheat"] {
        let scenario = shipped(name);
        let report = |threads| {
            let run = Run { draws, seed: 5, threads: Some(threads), ..Run::default() };
            json(&scenario, &summarize(&scenario, run, Control::none()))
        };
        let one = report(1);
        assert_eq!(one, report(2), "{name} on two threads");
        assert_eq!(one, report(7), "{name} on seven threads");
    }
}

#[test]
fn a_longer_run_starts_like_a_shorter_one() {
    let model = Model::new(&shipped("takeoff"));
    let run =
        |draws, threads| everything(&model, Run { draws, seed: 3, threads: Some(threads), ..Run::default() });
    let (short, long) = (run(2_500, 1), run(40_000, 7));
    assert_eq!(short.0.len(), 2_500);
    assert_eq!(long.0.len(), 40_000);
    assert!(short.0[..] == long.0[..2_500]);
    assert!(run(1, 2).0[0] == long.0[0]);
}

#[test]
fn another_seed_is_another_run() {
    let model = Model::new(&shipped("takeoff"));
    let run = |seed| everything(&model, Run { draws: 100, seed, threads: None, ..Run::default() });
    let (one, two) = (run(1), run(2));
    for (a, b) in one.0.iter().zip(&two.0) {
        assert!(a.iter().zip(b).all(|(a, b)| a != b));
    }
}

/// The draws of an input by its address, whatever its place among the inputs.
fn draws_of(scenario: &Scenario, address: &str) -> Vec<u64> {
    let model = Model::new(scenario);
    let kept = everything(&model, Run { draws: 3_000, seed: 1, threads: None, ..Run::default() });
    let index = model.inputs().iter().position(|input| input.to_string() == address);
    let index = index.unwrap_or_else(|| panic!("no input {address}"));
    kept.0.iter().map(|row| row[index]).collect()
}

#[test]
fn an_edit_elsewhere_leaves_the_draws_alone() {
    let base = read("scenarios/takeoff.ron");
    let edited = base
        // Another number, another distribution, an exact number, a factor more, and an area more before all others.
        .replace("weight: 2.5", "weight: 2")
        .replace(
            "scores: [4.88, 3.00, 2.25, 2.00",
            "scores: [Exact(4.88), Uniform(min: 1, max: 2), 2.25, 2.00",
        )
        .replace(
            "    areas: [\n",
            "    areas: [\n        (id: \"newcomer\", name: \"New\", group: \"safety\"),\n",
        )
        .replace("scores: [", "scores: [5, ")
        .replace(
            "    factors: [\n",
            &format!("    factors: [\n(id: \"more\", weight: 1, scores: [{}]),\n", ["5"; 11].join(", ")),
        );
    assert_ne!(base, edited);
    let (base, edited) = (parse(&base), parse(&edited));
    for address in [
        "score.task_length.interpretability",
        "score.insight.training_efficiency",
        "weight.insight",
        "weight.scheming_risk[scheming]",
        "score.data_availability.ai_control",
    ] {
        assert!(draws_of(&base, address) == draws_of(&edited, address), "{address}");
    }
    assert!(draws_of(&base, "weight.feedback_quality") != draws_of(&edited, "weight.feedback_quality"));
}

/// A number that comes to depend on a world keeps its uniform numbers: in a branch that says the same as before it
/// draws the same.
#[test]
fn branches_share_the_stream_of_their_cell() {
    let base = read("scenarios/takeoff.ron");
    let edited = base.replace(
        "scores: [7.62, 2.12",
        "scores: [ByWorld(\"scheming\", {\"scheming\": 3, \"honest\": 7.62}), 2.12",
    );
    assert_ne!(base, edited);
    let (base, edited) = (parse(&base), parse(&edited));
    let address = "score.task_length.interpretability";
    assert!(draws_of(&base, address) == draws_of(&edited, &format!("{address}[honest]")));
}

/// The streams of different addresses, seeds and blocks have nothing to do with each other.
#[test]
fn streams_are_uniform_and_independent() {
    let n_blocks = 256;
    let fill = |seed: u64, address: &str, first: u64| -> Vec<f64> {
        let stream = Stream::new(seed, address);
        let mut column = [0.0; BLOCK];
        (first..first + n_blocks)
            .flat_map(|block| {
                stream.fill(block, &mut column);
                column
            })
            .collect()
    };
    let streams = [
        fill(1, "score.a.b", 0),
        fill(1, "score.a.c", 0),
        fill(2, "score.a.b", 0),
        fill(1, "score.a.b", n_blocks),
        fill(1, "weight.a", 0),
    ];
    let n = (n_blocks * BLOCK as u64) as f64;
    for (i, u) in streams.iter().enumerate() {
        assert!(u.iter().all(|u| *u > 0.0 && *u < 1.0));
        let mean: f64 = u.iter().sum::<f64>() / n;
        assert!((mean - 0.5).abs() < BOUND / (12.0 * n).sqrt(), "mean {mean}");
        // A chi-square of 64 cells has mean 63 and variance 126.
        let mut cells = [0.0; 64];
        for u in u {
            cells[(u * 64.0) as usize] += 1.0;
        }
        let chi: f64 = cells.iter().map(|count| (count - n / 64.0).powi(2) / (n / 64.0)).sum();
        assert!((chi - 63.0).abs() < BOUND * 126_f64.sqrt(), "chi-square {chi}");
        // Correlations of independent uniforms have mean 0 and standard deviation 1 / sqrt(n).
        let correlation = |v: &[f64], shift: usize| {
            u.iter().zip(v.iter().cycle().skip(shift)).map(|(u, v)| (u - 0.5) * (v - 0.5)).sum::<f64>() * 12.0
                / n
        };
        for shift in [1, 2, 15, 16, 17, BLOCK] {
            assert!(correlation(u, shift).abs() < BOUND / n.sqrt(), "lag {shift} of stream {i}");
        }
        for v in &streams[i + 1..] {
            assert!(correlation(v, 0).abs() < BOUND / n.sqrt(), "stream {i} and a later one");
        }
    }
}

/// The contract in numbers: a change of these is value-breaking, and stands in the changelog as such.
#[test]
fn uniform_numbers_are_those_of_the_contract() {
    let mut column = [0.0; BLOCK];
    let stream = Stream::new(1, "score.insight.ai_control");
    stream.fill(0, &mut column);
    let first = [column[0], column[1], column[16], column[1023]];
    stream.fill(976, &mut column);
    let later = [column[0], column[1023]];
    let pinned = read("tests/data/pinned_uniforms.txt");
    let pinned: Vec<f64> = pinned.lines().filter_map(|line| line.parse().ok()).collect();
    assert_eq!([&first[..], &later[..]].concat(), pinned);
}
