//! Questions of the tests of this room, and the runs that answer them another way.

use crate::support::{BOUND, claim};
use headstart::analysis::{Detail, Estimate, InputEffect, Sensitivity, sensitivity, summarize};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

/// The sensitivities of a claim of the scenario, or of one in words.
pub fn asked(scenario: &Scenario, claim: &str, draws: u64, depth: Detail) -> Sensitivity {
    asked_in(scenario, claim, Run { draws, ..Run::default() }, depth)
}

pub fn asked_in(scenario: &Scenario, claim: &str, run: Run, depth: Detail) -> Sensitivity {
    let scenario =
        if scenario.proposition(claim).is_ok() { scenario } else { &scenario.with_claim(claim).unwrap() };
    let named = scenario.proposition(claim).unwrap_or_else(|_| scenario.claims().last().unwrap().clone());
    sensitivity(scenario, &[named], run, depth, Control::none()).unwrap().remove(0)
}

pub fn input<'a>(answer: &'a Sensitivity, address: &str) -> &'a InputEffect {
    let found = answer.inputs.iter().find(|input| input.address == address);
    found.unwrap_or_else(|| panic!("{address} in {:?}", answer.inputs))
}

/// The probability of a claim where a number is held.
pub fn held_at(scenario: &Scenario, edit: &str, asked: &str, run: Run) -> Estimate {
    let there = scenario.with_edits(&[edit]).unwrap_or_else(|why| panic!("{why}")).scenario;
    let there = there.with_claim(asked).unwrap();
    let id = there.proposition(asked).map_or_else(|_| asked.to_owned(), |named| named.id);
    claim(&summarize(&there, run, Control::none()), &id)
}

/// The curve over an input is what runs with that number fixed give.
pub fn against_runs(scenario: &Scenario, claims: &[&str], addresses: &[&str], n: u64) {
    for claim in claims {
        let answer = asked(scenario, claim, n, Detail::Curves);
        for address in addresses {
            let Some(effect) = answer.inputs.iter().find(|input| input.address == *address) else { continue };
            let curve = effect.curve.as_ref().unwrap_or_else(|| panic!("{address}: {:?}", effect.redrawn));
            for point in curve.points.iter().step_by(2) {
                let edit = format!("{address} = Exact({})", point.value);
                // With other draws, or both would be wrong together.
                let alone = held_at(scenario, &edit, claim, Run { draws: n, seed: 2, ..Run::default() });
                let error = point.probability.mcse.hypot(alone.mcse).max(1.0 / n as f64);
                let off = (point.probability.value - alone.probability).abs();
                assert!(
                    off <= BOUND * error,
                    "{claim} with {edit}: {} against {}",
                    point.probability.value,
                    alone.probability
                );
            }
        }
    }
}
