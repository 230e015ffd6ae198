//! Assumptions that the probabilities of a run rest on and do not show, in words.

use crate::analysis::Summary;
use crate::report::wording::number::{LEAST_TIE, at_most};
use crate::scenario::{Scenario, WeightDistribution};

/// Says what the probabilities rest on and do not show.
pub fn caveat(scenario: &Scenario, summary: &Summary) -> String {
    let ids: Vec<&str> = scenario.worlds().iter().map(|world| world.id.as_str()).collect();
    let worlds = format!("{} {}", if ids.len() > 1 { "worlds" } else { "world" }, ids.join(" and "));
    if summary.n_inputs == 0 {
        let certain = if ids.is_empty() {
            "Every number in this scenario is exact, so the order is fixed and each probability is 0% or 100%"
                .to_owned()
        } else {
            format!(
                "Every score and weight in this scenario is exact, so its probabilities are those of the {worlds}"
            )
        };
        return format!(
            "{certain}. Nothing is drawn, and the intervals are those of a sample. Add a `spread`, or write distributions, to model \
             uncertainty."
        );
    }
    let shared = if ids.is_empty() { String::new() } else { format!(", except for the {worlds}") };
    let each = if *scenario.weight_law() == WeightDistribution::Independent {
        "scores and weights"
    } else {
        "scores"
    };
    let mut stated = vec!["shared inputs"];
    stated.retain(|_| !scenario.inputs().is_empty());
    stated.extend(scenario.shared_errors().any().then_some("shared errors"));
    stated.extend((!scenario.correlations().is_empty()).then_some("correlations"));
    let apart = if stated.is_empty() {
        String::new()
    } else {
        format!(" apart from the stated {}", stated.join(" and "))
    };
    let law = weight_law(scenario.weight_law()).map_or(String::new(), |law| format!("{law}, and "));
    let other = if scenario.shared_errors().any() { "Another shared error" } else { "A shared error" };
    format!(
        "Assumption: {law}errors of {each} are independent{apart}{shared}. {other}, such as a biased judge, would change the result.{}",
        rounding(summary)
    )
}

/// Says what rounding leaves open, as sentences; nothing where that is next to nothing.
fn rounding(summary: &Summary) -> String {
    let Some(undecided) = &summary.undecided else { return String::new() };
    if undecided.moves() > 0.0 {
        return format!(
            " Single precision does not suit this scenario: rounding may move the probability of a pair by {} points, and the \
             intervals are wider by that. Leave out `--arithmetic single` to draw in double precision.",
            at_most(100.0 * undecided.moves())
        );
    }
    if undecided.share >= LEAST_TIE {
        return format!(
            " In {:.2}% of the draws double precision cannot tell which of two areas comes first, as their scores heap up at \
             more than one place; the intervals cover both orders.",
            100.0 * undecided.share
        );
    }
    String::new()
}

/// Says what a law makes of the weights, as a clause; nothing where each factor has its own.
pub fn weight_law(law: &WeightDistribution) -> Option<&'static str> {
    match law {
        WeightDistribution::Independent => None,
        WeightDistribution::Simplex => Some("all weightings are equally likely"),
        WeightDistribution::Ranked(_) => {
            Some("all weightings with the stated order of factors are equally likely")
        }
        WeightDistribution::Dirichlet { .. } => Some("the weightings are spread around the stated one"),
        WeightDistribution::Bounded(_) => {
            Some("all weightings above the stated least shares are equally likely")
        }
        WeightDistribution::Constrained(..) => {
            Some("all weightings that satisfy the stated constraints are equally likely")
        }
    }
}
