//! Findings of comparisons in words: sweeps, levers, two scenarios. Knows no format.

use crate::analysis::{BreakEven, ClaimChange, ScenarioChange, break_even};
use crate::report::wording::number::{percent, percentage_points, with_error};
use crate::scenario::Scenario;

/// The claims that change the most over a list of changed scenarios, at most so many, in the order of the claims.
pub fn most_moved(compared: &[ScenarioChange], most: usize) -> Vec<usize> {
    let Some(first) = compared.first() else { return Vec::new() };
    let reach = |claim: usize| {
        let values = || compared.iter().map(move |one| one.claims[claim].change.difference);
        values().fold(0.0, f64::max) - values().fold(0.0, f64::min)
    };
    let mut claims: Vec<usize> = (0..first.claims.len()).collect();
    claims.sort_by(|&a, &b| reach(b).total_cmp(&reach(a)).then(a.cmp(&b)));
    if claims.len() > most {
        // One that rises exactly where another one falls says the same.
        let change = |one: &ScenarioChange, claim: usize| one.claims[claim].change.difference;
        let mirrors = |a: usize, b: usize| {
            compared.iter().all(|one| (change(one, a).abs() - change(one, b).abs()).abs() < 1e-12)
        };
        let mut kept: Vec<usize> = Vec::new();
        for claim in claims {
            if kept.len() < most && !kept.iter().any(|&other| mirrors(claim, other)) {
                kept.push(claim);
            }
        }
        claims = kept;
    }
    claims.sort_unstable();
    claims
}

/// Says which claim a sweep moves the most, and where it crosses one half.
pub fn sweep(points: &[ScenarioChange], varied: &[String]) -> String {
    let what = varied.iter().map(|edit| self::varied(edit)).collect::<Vec<_>>().join(" and ");
    let [claim] = most_moved(points, 1)[..] else { return format!("A sweep of {what}") };
    let by = |a: &&ScenarioChange, b: &&ScenarioChange| {
        a.claims[claim].to.probability.total_cmp(&b.claims[claim].to.probability)
    };
    let asked = || points.iter().filter(|point| !point.is_between);
    let (Some(low), Some(high)) = (asked().min_by(by), asked().max_by(by)) else {
        return format!("A sweep of {what}");
    };
    if points.iter().all(|point| point.claims.iter().all(|claim| claim.change.inert)) {
        let last = asked().next_back().map_or("", |point| &point.name);
        return format!("{what} {} to {last} moves no claim", points[0].name);
    }
    let text = &points[0].claims[claim].text;
    let at = |point: &ScenarioChange| format!("{} at {}", percent(&point.claims[claim].to), point.name);
    let crossing = match (varied, break_even(points, claim)) {
        ([_], found) => found.into_iter().find_map(|found| match found {
            BreakEven::Crosses { at, low, high, .. } => {
                Some(format!(", and crosses 50% near {}", with_error(at, (high - low) / 4.0)))
            }
            BreakEven::Never { .. } | BreakEven::Unsettled { .. } => None,
        }),
        _ => None,
    };
    let moves = if varied.len() == 1 { "moves" } else { "move" };
    format!("{what} {moves} “{text}” most: {} to {}{}", at(low), at(high), crossing.unwrap_or_default())
}

/// Returns what is varied, without the sign that its values follow.
pub fn varied(edit: &str) -> String {
    let edit = edit.trim();
    let plain = edit.strip_suffix('=').filter(|address| !address.ends_with(['+', '*', '-', '/']));
    plain.unwrap_or(edit).trim().to_owned()
}

/// Says which single lever moves which claim the most.
pub fn levers(scenario: &Scenario, compared: &[ScenarioChange]) -> String {
    let single =
        compared.iter().filter(|one| scenario.levers().iter().any(|lever| one.name.starts_with(&lever.name)));
    match largest_effect(single) {
        Some((one, claim)) => {
            format!("Largest effect of a lever: “{}”, {}", one.name, effect(claim))
        }
        None => "No lever changes any claim by more than sampling error".into(),
    }
}

/// Says which claim another scenario moves the most.
pub fn diff(total: &ScenarioChange) -> String {
    match largest_effect([total]) {
        Some((one, claim)) => format!("Largest effect of {}: {}", one.name, effect(claim)),
        None => format!("{} changes no claim by more than sampling error", total.name),
    }
}

/// The settled change of a claim that is the largest.
fn largest_effect<'a>(
    compared: impl IntoIterator<Item = &'a ScenarioChange>,
) -> Option<(&'a ScenarioChange, &'a ClaimChange)> {
    let all = compared.into_iter().flat_map(|one| one.claims.iter().map(move |claim| (one, claim)));
    all.filter(|(_, claim)| claim.change.is_settled())
        .max_by(|a, b| a.1.change.difference.abs().total_cmp(&b.1.change.difference.abs()))
}

fn effect(claim: &ClaimChange) -> String {
    format!(
        "{} points on “{}”, from {} to {}",
        percentage_points(&claim.change),
        claim.text,
        percent(&claim.from),
        percent(&claim.to)
    )
}

/// The largest standard error in a list of changed scenarios.
pub fn largest_mcse(compared: &[ScenarioChange]) -> f64 {
    let claims = compared.iter().flat_map(|one| &one.claims);
    claims.flat_map(|claim| [claim.from.mcse, claim.to.mcse, claim.change.mcse]).fold(0.0, f64::max)
}
