//! The text report of an explanation: why one area comes before another, in sentences.

use super::describe_address::{capital, describe_address};
use super::grid::{TextCell, TextTable, paragraph};
use super::page::TextPage;
use super::shares::share;
use super::{Style, heading, title};
use crate::analysis::{Contribution, Explanation, MAX_SDS, MAX_TIMES, OutcomeFlip, SmallestChange};
use crate::model::Subject;
use crate::report::wording::changed::Changed;
use crate::report::wording::number::{percent, percent_and_interval, stated, thousands, with_error};
use crate::sampler::Run;
use crate::scenario::{Scenario, WeightDistribution};

/// More joint worlds than these are left to the JSON report.
const WORLDS_SHOWN: usize = 8;

/// Why one area comes before another.
#[must_use]
pub fn explain_text<'a>(
    scenario: impl Into<Subject<'a>>,
    why: &Explanation,
    run: Run,
    style: Style,
) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let mut out = TextPage::default();
    let [one, other] = [why.one, why.other].map(|area| scenario.areas()[area].name.as_str());
    title(&mut out, scenario, Changed::of(scenario, run).as_ref(), style);
    heading(&mut out, &format!("{one} before {other}: {}", percent(&why.estimate)));
    let size = with_error(why.gap.value.abs(), why.gap.mcse);
    let leader = if why.gap.value > 0.0 { one } else { other };
    let text = format!(
        "Probability {}. Mean lead in {}: {leader} by {size}.",
        percent_and_interval(&why.estimate),
        scenario.words().score
    );
    paragraph(&mut out, style, "", &text);
    factors(&mut out, scenario, why, style);
    worlds(&mut out, scenario, why, style);
    changes(&mut out, scenario, why, style);
    out.blank();
    out.line(format!(
        "headstart {} · scenario {} · seed {} · {} draws",
        env!("CARGO_PKG_VERSION"),
        &scenario.hash()[..12],
        run.seed,
        thousands(run.draws),
    ));
    out.into()
}

fn factors(out: &mut TextPage, scenario: &Scenario, why: &Explanation, style: Style) {
    heading(out, "Contribution to the gap by factor");
    let [one, other] = [why.one, why.other].map(|area| scenario.areas()[area].name.as_str());
    let mut factors: Vec<&Contribution> = why.factors.iter().collect();
    factors.sort_by(|a, b| b.mean.value.abs().total_cmp(&a.mean.value.abs()));
    let favours = "P(favours)";
    let mut grid = TextTable::new("", ["central", "mean", "sd", favours]);
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
        "Positive values favour {one}. central: at central values; mean, sd: over all draws; P(favours): share of draws in which the \
         factor favours {one}, where it has weight."
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
            format!("No factor favours {name} on average.")
        } else {
            format!("In favour of {name}: {}.", and(&named))
        };
        paragraph(out, style, "", &text);
    }
}

fn worlds(out: &mut TextPage, scenario: &Scenario, why: &Explanation, style: Style) {
    if why.worlds.is_empty() {
        return;
    }
    heading(out, "By world");
    let ahead = why.estimate.probability > 0.5;
    if why.worlds.len() > WORLDS_SHOWN {
        let turned = why.worlds.iter().filter(|(_, e)| (e.probability > 0.5) != ahead).count();
        let text = format!(
            "The order flips in {turned} of {} worlds; use --format json to get them all.",
            why.worlds.len()
        );
        paragraph(out, style, "", &text);
        return;
    }
    for (world, estimate) in &why.worlds {
        let turned = if (estimate.probability > 0.5) == ahead { "" } else { " (order flips)" };
        let text = format!(
            "{} if {} (probability {}){turned}.",
            percent(estimate),
            world.title(scenario),
            stated(world.probability, 12)
        );
        paragraph(out, style, "  ", &text);
    }
}

fn changes(out: &mut TextPage, scenario: &Scenario, why: &Explanation, style: Style) {
    heading(out, "Smallest single change that makes it even odds");
    let first = |start: &str| why.numbers.iter().find(|turn| turn.address.starts_with(start));
    let scores = [("One score", first("score.")), ("One weight", first("weight."))];
    let has_scale =
        scenario.scale().is_some() && scenario.factors().iter().all(|factor| factor.value.is_none());
    for (what, turn) in scores {
        let law = what == "One weight" && *scenario.weight_law() != WeightDistribution::Independent;
        let none = match (law, what) {
            (true, _) => "the weight distribution leaves none to be set alone.",
            (_, "One weight") => &format!("no single weight between 0 and {MAX_TIMES} times its mean."),
            _ if has_scale => "no single score on the scale.",
            _ => &format!("no single score within {MAX_SDS} standard deviations of its mean."),
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
            "no single probability.".into(),
            |OutcomeFlip { address, from, to, mcse }| {
                let places = (100.0 * mcse).max(0.01);
                format!(
                    "{address}: {}% instead of {}% ({} points).",
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
            "Smallest in units of its own uncertainty: {} ({} sd).",
            turn.address,
            with_error(turn.size(), 0.1)
        );
        paragraph(out, style, "", &text);
    }
    let text = "Each value makes the pair 50:50 when that input is fixed there and all others stay uncertain. Exact values are not \
                tried.";
    paragraph(out, style, "", text);
    if !why.untried.is_empty() {
        let (shown, more) = (why.untried.len().min(3), why.untried.len().saturating_sub(3));
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let text = format!(
            "Not tried, because no edit sets them alone: {}{more}. Edit the input as a whole to see its effect.",
            why.untried[..shown].join(", ")
        );
        paragraph(out, style, "", &text);
    }
}

fn number(scenario: &Scenario, turn: &SmallestChange) -> String {
    let [low, high] = turn.interval;
    let reach = low.into_iter().chain(high).map(|end| (end - turn.to).abs()).fold(0.0, f64::max);
    let error = (reach / 2.0).max(turn.to.abs() * 1e-4).max(1e-6);
    let beyond = if turn.possible { "" } else { ", outside its distribution" };
    format!(
        "{} ({}): {} instead of a mean of {} ({}, {} sd{beyond}).",
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
