//! The text report of an explanation: why one area comes before another, in sentences.

use super::grid::{TextCell, TextTable, paragraph, sanitize};
use super::shares::share;
use super::spoken::{capital, describe_address};
use super::{Style, heading, title};
use crate::analysis::{Contribution, Explanation, MAX_SDS, MAX_TIMES, OutcomeFlip, SmallestChange};
use crate::report::wording::changed::Changed;
use crate::report::wording::number::{percent, percent_and_interval, stated, thousands, with_error};
use crate::sampler::Run;
use crate::scenario::{Scenario, WeightDistribution};

/// More joint worlds than these are left to the JSON report.
const WORLDS_SHOWN: usize = 8;

/// Why one area comes before another.
#[must_use]
pub fn explain_text(scenario: &Scenario, why: &Explanation, run: Run, style: Style) -> String {
    let mut out = String::new();
    let [one, other] = [why.one, why.other].map(|area| scenario.areas()[area].name.as_str());
    title(&mut out, scenario, Changed::of(scenario, run).as_ref(), style);
    heading(&mut out, &format!("{one} before {other}: {}", percent(&why.estimate)));
    let size = with_error(why.gap.value.abs(), why.gap.mcse);
    let ahead = if why.gap.value > 0.0 { "ahead" } else { "behind" };
    let text = format!(
        "{one} comes before {other} with probability {}. It is {size} points of overall score {ahead} on average.",
        percent_and_interval(&why.estimate)
    );
    paragraph(&mut out, style, "", &text);
    factors(&mut out, scenario, why, style);
    worlds(&mut out, scenario, why, style);
    changes(&mut out, scenario, why, style);
    out.push_str(&format!(
        "\nheadstart {} · scenario {} · seed {} · {} draws\n",
        env!("CARGO_PKG_VERSION"),
        sanitize(&scenario.hash()[..12]),
        run.seed,
        thousands(run.draws),
    ));
    out
}

fn factors(out: &mut String, scenario: &Scenario, why: &Explanation, style: Style) {
    heading(out, "What the gap is made of, by factor");
    let [one, other] = [why.one, why.other].map(|area| scenario.areas()[area].name.as_str());
    let mut factors: Vec<&Contribution> = why.factors.iter().collect();
    factors.sort_by(|a, b| b.mean.value.abs().total_cmp(&a.mean.value.abs()));
    let favours = format!("it favours {one}");
    let mut grid = TextTable::new("", ["central", "mean", "sd", &favours]);
    for made in &factors {
        let name = &scenario.factors()[made.factor].name;
        let error = made.mean.mcse.max(0.001);
        let cells = [
            signed(made.point, error),
            signed(made.mean.value, error),
            with_error(made.sd, error),
            share(made.favours),
        ];
        grid.row(name, cells.map(TextCell::from));
    }
    if let Some(rest) = why.rest {
        let cells = [String::new(), signed(rest.value, rest.mcse.max(0.001))];
        grid.row("discounts and residual", cells.map(TextCell::from));
    }
    grid.row("in all", [String::new(), signed(why.gap.value, why.gap.mcse.max(0.001))].map(TextCell::from));
    grid.write(out, style);
    let text = format!(
        "In points of overall score, above 0 where {one} is ahead: central, at the central values; mean and sd, over the draws. It \
         favours {one}: how probable that is of the factor where it has weight, all numbers being as uncertain as they are."
    );
    paragraph(out, style, "", &text);
    let largest = |sign: f64| -> Vec<String> {
        let of = |made: &&&Contribution| made.mean.value * sign > 0.0;
        let named = |made: &&Contribution| {
            let mean = signed(made.mean.value, made.mean.mcse.max(0.01));
            format!("{} ({mean})", scenario.factors()[made.factor].name)
        };
        factors.iter().filter(of).take(3).map(named).collect()
    };
    for (name, sign) in [(one, 1.0), (other, -1.0)] {
        let named = largest(sign);
        let text = if named.is_empty() {
            format!("No factor speaks for {name} on average.")
        } else {
            format!("For {name} speak {}.", and(&named))
        };
        paragraph(out, style, "", &text);
    }
}

fn worlds(out: &mut String, scenario: &Scenario, why: &Explanation, style: Style) {
    if why.worlds.is_empty() {
        return;
    }
    heading(out, "In each world");
    let ahead = why.estimate.probability > 0.5;
    if why.worlds.len() > WORLDS_SHOWN {
        let turned = why.worlds.iter().filter(|(_, e)| (e.probability > 0.5) != ahead).count();
        let text = format!(
            "It turns in {turned} of {} joint worlds; the JSON report has them all.",
            why.worlds.len()
        );
        paragraph(out, style, "", &text);
        return;
    }
    for (world, estimate) in &why.worlds {
        let turned = if (estimate.probability > 0.5) == ahead { "" } else { ": it turns" };
        let text = format!(
            "{} where {} (which has probability {}){turned}.",
            percent(estimate),
            world.title(scenario),
            stated(world.probability, 12)
        );
        paragraph(out, style, "  ", &text);
    }
}

fn changes(out: &mut String, scenario: &Scenario, why: &Explanation, style: Style) {
    heading(out, "The smallest change of one number that would make it a coin");
    let first = |start: &str| why.numbers.iter().find(|turn| turn.address.starts_with(start));
    let scores = [("One score", first("score.")), ("One weight", first("weight."))];
    let has_scale =
        scenario.scale().is_some() && scenario.factors().iter().all(|factor| factor.value.is_none());
    for (what, turn) in scores {
        let law = what == "One weight" && *scenario.weight_law() != WeightDistribution::Independent;
        let none = match (law, what) {
            (true, _) => "the law of all weights leaves none to be set alone.",
            (_, "One weight") => &format!("none of them alone, from 0 to {MAX_TIMES} times its mean."),
            _ if has_scale => "none of them alone, anywhere on the scale.",
            _ => &format!("none of them alone, within {MAX_SDS} standard deviations of its mean."),
        };
        let text = turn.map_or(none.to_owned(), |turn| number(scenario, turn));
        paragraph(out, style, &format!("  {what}: "), &text);
    }
    let others =
        |turn: &&SmallestChange| !turn.address.starts_with("score.") && !turn.address.starts_with("weight.");
    if let Some(turn) = why.numbers.iter().find(others) {
        paragraph(out, style, "  Another number: ", &number(scenario, turn));
    }
    if !scenario.worlds().is_empty() {
        let text = why.outcomes.first().map_or(
            "none of them alone.".into(),
            |OutcomeFlip { address, from, to, mcse }| {
                let places = (100.0 * mcse).max(0.01);
                format!(
                    "{address} at {}% instead of {}% ({} points).",
                    with_error(100.0 * to, places),
                    with_error(100.0 * from, 0.01).trim_end_matches('0').trim_end_matches('.'),
                    signed(100.0 * (to - from), places)
                )
            },
        );
        paragraph(out, style, "  One probability of a world: ", &text);
    }
    if let Some(turn) = why.numbers.first() {
        let text = format!(
            "Measured in what the scenario holds possible, the smallest of all is {}: {} standard deviations.",
            turn.address,
            with_error(turn.size(), 0.1)
        );
        paragraph(out, style, "", &text);
    }
    let text = "Each is the value at which the order is as likely as not, that number being certain and all others as they are. \
                Numbers that are certain in the scenario are not tried.";
    paragraph(out, style, "", text);
    if !why.untried.is_empty() {
        let (shown, more) = (why.untried.len().min(3), why.untried.len().saturating_sub(3));
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let text = format!(
            "Not tried, because no edit sets them alone: {}{more}. Edit the number as a whole to see what it does.",
            why.untried[..shown].join(", ")
        );
        paragraph(out, style, "", &text);
    }
}

fn number(scenario: &Scenario, turn: &SmallestChange) -> String {
    let [low, high] = turn.interval;
    let reach = low.into_iter().chain(high).map(|end| (end - turn.to).abs()).fold(0.0, f64::max);
    let error = (reach / 2.0).max(turn.to.abs() * 1e-4).max(1e-6);
    let beyond = if turn.possible { "" } else { ", more than the scenario holds possible" };
    format!(
        "{} ({}) at {} instead of {} on average ({}, or {} standard deviations{beyond}).",
        capital(&describe_address(scenario, &turn.address)),
        turn.address,
        with_error(turn.to, error),
        with_error(turn.from, error),
        signed(turn.to - turn.from, error),
        with_error(turn.size(), 0.1),
    )
}

fn signed(value: f64, error: f64) -> String {
    let text = with_error(value, error);
    if text.starts_with('-') || text.trim_matches(['0', '.']).is_empty() { text } else { format!("+{text}") }
}

/// A list with `and` before its last.
fn and(list: &[String]) -> String {
    match list {
        [] => String::new(),
        [one] => one.clone(),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    }
}
