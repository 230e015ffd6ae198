//! Numbers that are far larger than any test can draw: counts that are multiplied stand for runs of as many times the draws.

use crate::support::*;
use headstart::analysis::{Estimate, RunTally, Summary, summarize};
use headstart::sampler::{Arithmetic, CHUNK_SIZE, Run};
use headstart::tally::{Number, State};
use headstart::{Control, Resume};
use std::sync::Mutex;

const CHUNKS: u64 = 4;

/// What comes of counts that are 2^`doublings` times those of four chunks: nothing more is drawn.
fn scaled(name: &str, doublings: u32) -> Summary {
    let scenario = load(name);
    let run = |draws| Run { draws, threads: Some(1), arithmetic: Arithmetic::Double, ..Run::default() };
    let state: Mutex<Option<RunTally>> = Mutex::new(None);
    let keep = |kept: &RunTally, _| *state.lock().unwrap() = Some(kept.clone());
    let control = |begun| Control { resume: Some(Resume { begun, keep: &keep }), ..Control::none() };
    let _ = summarize(&scenario, run(CHUNKS * CHUNK_SIZE), control(None));
    let mut state = state.lock().unwrap().take().unwrap();
    state.for_each_number(&mut |number| match number {
        Number::Count(count) => *count <<= doublings,
        Number::Wide(sum) => *sum <<= doublings,
        Number::Sum(sum) => (0..doublings).for_each(|_| sum.merge(&sum.clone())),
        Number::Bits(_) => {}
    });
    let draws = (CHUNKS * CHUNK_SIZE) << doublings;
    let summary = summarize(&scenario, run(draws), control(Some((&state, draws))));
    assert_eq!((summary.run.draws, summary.partial), (draws, None));
    summary
}

/// Probabilities and moments stay as they are and errors shrink with the root of the size, up to 10^15 draws; more than 10^12 are
/// not accepted.
#[test]
fn counts_do_not_overflow() {
    for name in ["takeoff", "wheat"] {
        let small = scaled(name, 0);
        for doublings in [13, 23, 33] {
            let large = scaled(name, doublings);
            let less = 2.0_f64.powi(doublings as i32).sqrt();
            let same = |small: &Estimate, large: &Estimate| {
                assert_eq!(small.probability, large.probability);
                let (wanted, found) = (small.mcse / less, large.mcse);
                assert!((wanted - found).abs() <= 1e-9 * wanted, "{wanted} {found}");
                assert!(large.low <= large.probability && large.probability <= large.high, "{large:?}");
                // As wide as the errors, or as what one more draw each way is worth.
                let width = large.high - large.low;
                assert!(width > 0.0 && width < 5.0 * large.mcse + 10.0 / large.n() as f64, "{large:?}");
            };
            let rankings = |summary: &Summary| {
                let worlds = summary.worlds.iter().map(|world| world.order.clone());
                std::iter::once(summary.order.clone()).chain(worlds).collect::<Vec<_>>()
            };
            for (small, large) in rankings(&small).iter().zip(&rankings(&large)) {
                let pairs =
                    small.before.iter().flatten().flatten().zip(large.before.iter().flatten().flatten());
                pairs.for_each(|(small, large)| same(small, large));
                let ranks = small.ranks.iter().flatten().zip(large.ranks.iter().flatten());
                ranks.for_each(|(small, large)| same(small, large));
                let claims = small.claims.iter().zip(&large.claims);
                claims.for_each(|(small, large)| same(&small.estimate, &large.estimate));
                for (small, large) in small.pairs.iter().zip(&large.pairs) {
                    assert!((small.expected - large.expected).abs() < 1e-12);
                    assert!((small.mcse / less - large.mcse).abs() < 1e-9 * small.mcse / less);
                }
            }
            for (small, large) in small.areas.iter().zip(&large.areas) {
                let [one, other] = [&small.overall, &large.overall];
                assert_eq!((one.mean, one.sd, &one.quantiles), (other.mean, other.sd, &other.quantiles));
                assert!((small.mcse / less - large.mcse).abs() < 1e-9 * small.mcse / less);
            }
        }
    }
}
