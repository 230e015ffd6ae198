//! The counts that a scenario asks for: its claims as circuits over columns.

use crate::model::Model;
use crate::scenario::{Claim, Marker, NamedClaim, Scenario};
use crate::tally::{Circuit, OrderPlan, Place};

/// The claims that a scenario gets and those that it states, and after them those of its asserts.
pub fn all_claims(scenario: &Scenario) -> Vec<NamedClaim> {
    let mut claims: Vec<NamedClaim> = scenario.generated_claims();
    claims.extend_from_slice(scenario.claims());
    claims.extend(scenario.asserts().iter().map(|assert| NamedClaim {
        id: assert.text.clone(),
        text: assert.text.clone(),
        claim: assert.claim.clone(),
    }));
    claims
}

/// Plans what is counted for a scenario with these claims.
#[must_use]
pub fn order_plan(scenario: &Scenario, model: &Model, claims: &[NamedClaim]) -> OrderPlan {
    let n_areas = model.n_areas();
    let mut plan = OrderPlan { n_areas, n_worlds: model.worlds().len(), ..OrderPlan::default() };
    plan.claims = claims.iter().map(|claim| circuit(scenario, &claim.claim, &mut plan.means)).collect();
    plan.groups =
        scenario.group_pairs().iter().map(|&(a, b)| (scenario.members(a), scenario.members(b))).collect();
    plan
}

/// A claim over groups and areas as a circuit over columns; the means that it needs are added to `means`.
fn circuit(scenario: &Scenario, claim: &Claim, means: &mut Vec<Vec<usize>>) -> Circuit {
    match claim {
        Claim::Before(one, other) => {
            Circuit::Before(place(scenario, one, means), place(scenario, other, means))
        }
        Claim::All(all) => Circuit::All(all.iter().map(|claim| circuit(scenario, claim, means)).collect()),
        Claim::Any(any) => Circuit::Any(any.iter().map(|claim| circuit(scenario, claim, means)).collect()),
        Claim::Not(claim) => Circuit::Not(Box::new(circuit(scenario, claim, means))),
        Claim::InTop { k, group, at_least } => {
            Circuit::InTop { areas: scenario.members(*group), k: *k, at_least: *at_least }
        }
        Claim::Most(a, b) => Circuit::Most(scenario.members(*a), scenario.members(*b)),
    }
}

fn place(scenario: &Scenario, marker: &Marker, means: &mut Vec<Vec<usize>>) -> Place {
    let members = |group: &usize| scenario.members(*group);
    match marker {
        Marker::Area(area) => Place { columns: vec![*area], k: 1 },
        Marker::First(group) => Place { columns: members(group), k: 1 },
        Marker::Last(group) => {
            let columns = members(group);
            Place { k: columns.len(), columns }
        }
        Marker::Nth(k, group) => Place { columns: members(group), k: *k },
        Marker::Mean(group) => {
            let areas = members(group);
            let index = means.iter().position(|mean| *mean == areas).unwrap_or_else(|| {
                means.push(areas);
                means.len() - 1
            });
            Place { columns: vec![scenario.areas().len() + index], k: 1 }
        }
    }
}
