//! Random scenarios of the whole language, each answered in several ways that have to agree: both engines, both precisions, any
//! number of threads, edits and files that say the same, and, in `fronts`, what users meet. `HEADSTART_SCENARIOS=1000..5000 cargo test --release differential` tries
//! others than the gate does; a scenario that fails is left as a file that runs.

mod fronts;

use crate::support::random::{made_of, smooth_of};
use crate::support::{BOUND, thorough};
use headstart::analysis::{OrderSummary, Summary, cross_check, integrate, summarize};
use headstart::model::Model;
use headstart::sampler::{Arithmetic, Run};
use headstart::{Control, Scenario};
use rand::{Rng, SeedableRng};
use rand_xoshiro::SplitMix64;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The scenarios that are tried: the first so many, or those that are asked for.
fn seeds(n: u64) -> Range<u64> {
    let Ok(asked) = std::env::var("HEADSTART_SCENARIOS") else { return 0..n };
    let (from, to) = asked.split_once("..").expect("HEADSTART_SCENARIOS=FROM..TO");
    from.parse().unwrap()..to.parse().unwrap()
}

/// The scenario of a seed, unless its random choices go together in no scenario.
fn scenario(seed: u64, made_of: impl Fn(&[u32]) -> String) -> Result<Scenario, String> {
    let mut bits = SplitMix64::seed_from_u64(seed);
    let choices: Vec<u32> = (0..400).map(|_| bits.next_u32()).collect();
    let text = made_of(&choices);
    Scenario::from_ron("random.ron", &text).map_err(|problems| problems.render(false))
}

/// Tries a law on every scenario: all that break it are named, and left as files.
fn for_each_scenario(law: &str, n: u64, holds: impl Fn(&Scenario) -> Option<f64>) {
    each_of(&made_of, (law, n), holds);
}

/// Tries a law on every scenario that choices make.
fn each_of(
    made_of: &dyn Fn(&[u32]) -> String,
    (law, n): (&str, u64),
    holds: impl Fn(&Scenario) -> Option<f64>,
) {
    let (mut tried, mut worst, mut broken) = (0, (0.0, 0), Vec::new());
    for seed in seeds(n) {
        let Ok(scenario) = scenario(seed, made_of) else { continue };
        match catch_unwind(AssertUnwindSafe(|| holds(&scenario))) {
            Ok(Some(off)) => {
                tried += 1;
                if off > worst.0 {
                    worst = (off, seed);
                }
            }
            Ok(None) => {}
            Err(_) => {
                let path = std::env::temp_dir().join(format!("headstart-{law}-{seed}.ron"));
                std::fs::write(&path, scenario.to_ron()).unwrap();
                broken.push(path);
            }
        }
    }
    println!("{law}: {tried} scenarios, at most {:.2} of the standard error (scenario {})", worst.0, worst.1);
    assert!(broken.is_empty(), "{law} is broken by {} scenarios: {broken:#?}", broken.len());
    assert!(tried > 0, "{law}: no scenario that it is about");
}

fn drawn(scenario: &Scenario, run: Run) -> Summary {
    summarize(scenario, run, Control::none())
}

const RUN: Run = Run { seed: 1, draws: 16_384, threads: Some(1), arithmetic: Arithmetic::Auto };

#[test]
fn both_engines_agree_within_their_errors() {
    for_each_scenario("engines", thorough(10, 40), |scenario| {
        let mut integrated = drawn(scenario, Run { draws: 2_048, ..RUN });
        integrate(scenario, RUN, 32, &mut integrated, Control::none()).ok()?;
        let counted = drawn(scenario, Run { seed: 2, ..RUN });
        let check = cross_check(scenario, &counted, &integrated);
        assert!(!check.is_inconsistent(), "{check:?}");
        adds_up(&integrated, 1e-6);
        Some(check.largest)
    });
}

#[test]
fn both_precisions_agree_but_for_rounding() {
    // Of all scenarios few suit single precision.
    each_of(&smooth_of, ("precisions", 120), |scenario| {
        let model = Model::new(scenario);
        if !model.suits_single() {
            return None;
        }
        let [single, double] = [Arithmetic::Single, Arithmetic::Double]
            .map(|arithmetic| drawn(scenario, Run { arithmetic, ..RUN }));
        // So many draws may be decided otherwise in any of the pairs, and by chance five standard errors more.
        let n_pairs = (model.n_areas() * (model.n_areas() - 1) / 2) as f64;
        let expected = n_pairs * model.single_moves() * RUN.draws as f64;
        let most = (expected + BOUND * expected.sqrt().max(1.0)) / RUN.draws as f64;
        let mut off: f64 = 0.0;
        for (one, other) in single.rankings().zip(double.rankings()) {
            for ((_, one), (_, other)) in one.estimates().zip(other.estimates()) {
                off = off.max((one.probability - other.probability).abs());
            }
        }
        assert!(off <= most, "{off} is more than {most}");
        Some(BOUND * off / most)
    });
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    for_each_scenario("threads", thorough(15, 60), |scenario| {
        let run = Run { draws: 70_001, ..RUN };
        let [one, three] = [1, 3].map(|threads| drawn(scenario, Run { threads: Some(threads), ..run }));
        assert!((&one.order, &one.areas, &one.worlds) == (&three.order, &three.areas, &three.worlds));
        adds_up(&one, 1e-9);
        Some(0.0)
    });
}

/// What edits make is what the file says that is written of it, to the bit.
#[test]
fn edits_and_files_agree() {
    let edits: [&[&str]; 6] = [
        &["weight.f0 *= 2"],
        &["score.f0.a0 += 0.5", "score.*.@g0 *= 0.75"],
        &["spread.score *= 0.5"],
        &["world.w.x = 0.25"],
        &["residual = 0.5"],
        &["drop f0"],
    ];
    for_each_scenario("edits", thorough(30, 100), |scenario| {
        let mut made = None;
        for edits in edits {
            let Ok(edited) = scenario.with_edits(edits) else { continue };
            let written = edited.scenario.to_ron();
            let read = Scenario::from_ron("edited.ron", &written).unwrap_or_else(|problems| {
                panic!("{edits:?} make what is no scenario: {problems}\n{written}")
            });
            assert!(read == edited.scenario, "{edits:?}");
            made = Some([edited.scenario, read]);
        }
        let [one, other] = made?.map(|scenario| drawn(&scenario, Run { draws: 1_024, ..RUN }));
        assert!((&one.order, &one.areas, &one.worlds) == (&other.order, &other.areas, &other.worlds));
        Some(0.0)
    });
}

/// Of each two areas one is before the other, or they tie; each area has one rank; and its expected rank is one more than the number of
/// areas that are expected before it.
fn adds_up(summary: &Summary, off: f64) {
    for order in summary.rankings() {
        let n = order.before.len();
        for i in 0..n {
            let ranks: f64 = order.ranks[i].iter().map(|rank| rank.probability).sum();
            assert!((ranks - 1.0).abs() < off, "the ranks of area {i} add up to {ranks}");
        }
        expected_ranks(order, off);
    }
}

fn expected_ranks(order: &OrderSummary, off: f64) {
    for (i, ranks) in order.ranks.iter().enumerate() {
        let counted = ranks.iter().chain(order.before.iter().filter_map(|row| row[i].as_ref()));
        let (mut same, mut all) = (true, Vec::new());
        for estimate in counted {
            all.push(estimate.is_integrated());
            same &= all[0] == estimate.is_integrated();
        }
        // What was had in different ways agrees within its errors, which is for `both_engines_agree_within_their_errors`.
        if !same || all.first() == Some(&true) {
            continue;
        }
        let rank: f64 = ranks.iter().enumerate().map(|(r, rank)| r as f64 * rank.probability).sum();
        let before: f64 = order.before.iter().filter_map(|row| Some(row[i].as_ref()?.probability)).sum();
        assert!(
            (rank - before).abs() < off * ranks.len() as f64,
            "area {i}: rank {rank}, {before} before it"
        );
    }
}
