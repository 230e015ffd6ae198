//! Addresses of numbers in words.

use crate::analysis::InputEffect;
use crate::scenario::Scenario;

/// An address as people say it.
pub fn describe_address(scenario: &Scenario, address: &str) -> String {
    let factor = |id: &str| {
        let found = scenario.factors().iter().find(|factor| factor.id == id);
        found.map_or(id.to_owned(), |factor| factor.name.clone())
    };
    let area = |id: &str| {
        let found = scenario.areas().iter().find(|area| area.id == id);
        found.map_or(id.to_owned(), |area| area.name.clone())
    };
    if let Some((address, branch)) = address.split_once('[') {
        return format!(
            "{} if {}",
            describe_address(scenario, address),
            branch.trim_end_matches(']').replace("][", ", ")
        );
    }
    match address.split('.').collect::<Vec<&str>>()[..] {
        ["weight", id] => format!("the weight of {}", factor(id)),
        ["score", f, a] => format!("the score of {} on {}", area(a), factor(f)),
        ["input", id] => format!("the shared input {id}"),
        ["residual", id] => format!("the residual of {}", area(id)),
        ["discount", id] => format!("the discount {id}"),
        ["shared_error", "factor", f] => format!("the shared error on {}", factor(f)),
        ["shared_error", "area", a] => format!("the shared error of {} across factors (halo)", area(a)),
        ["shared_error", "group", f, g] => format!("the shared error of {g} on {}", factor(f)),
        ["rater", id] => format!("the choice of rater on {}", factor(id)),
        _ => address.to_owned(),
    }
}

/// An input as a sentence says it.
pub fn named(scenario: &Scenario, input: &InputEffect) -> String {
    let text = describe_address(scenario, &input.address);
    if is_own_part(input) { format!("{text}, own part") } else { text }
}

/// Returns true if it is what is left of a number that goes together with others.
fn is_own_part(input: &InputEffect) -> bool {
    input.latent && ["score.", "weight.", "input."].iter().any(|kind| input.address.starts_with(kind))
}

/// An input as the first column of a table says it.
pub fn short(scenario: &Scenario, input: &InputEffect) -> String {
    let text = describe_address(scenario, &input.address);
    let text = text.strip_prefix("the ").unwrap_or(&text);
    let own = if is_own_part(input) { ", own part" } else { "" };
    // Of several branches, the values that are shown are those of the first.
    let branch = input.dists.first().map_or("", |(branch, _)| branch);
    let branch = if branch.is_empty() { String::new() } else { format!(" {branch}") };
    capital(&format!("{}{own}{branch}", text.strip_prefix("score of ").unwrap_or(text)))
}

/// With a capital at the start.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or(String::new(), |first| first.to_uppercase().collect::<String>() + characters.as_str())
}
