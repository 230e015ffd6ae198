//! The text report of sensitivities: what drives a claim, what would flip it, and what is worth knowing better.

use super::break_even::{break_even, break_even_of};
use super::describe_address::{capital, describe_address, named, short};
use super::grid::{TextCell, TextTable, paragraph};
use super::page::TextPage;
use super::shares::{INDICES, hundredths, share, shares};
use super::{Style, heading, title};
use crate::analysis::{CurveSummary, InputEffect, Measured, REPORTED_RANGE, Sensitivity};
use crate::model::Subject;
use crate::report::sections::{Section, Sections};
use crate::report::wording::changed::Changed;
use crate::report::wording::number::{percent, percent_and_interval, thousands, with_error};
use crate::report::wording::screen::quoted;
use crate::sampler::Run;
use crate::scenario::{Claim, Marker, Scenario, WeightDistribution};

/// Writes what drives each of some claims, by sections: the inputs most worth researching and a tornado first.
#[must_use]
pub fn sensitivity_text<'a>(
    scenario: impl Into<Subject<'a>>,
    answers: &[Sensitivity],
    run: Run,
    sections: &Sections,
    style: Style,
) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let mut out = TextPage::default();
    title(&mut out, scenario, Changed::of(scenario, run).as_ref(), style);
    if let [answer] = answers {
        single_claim_report(&mut out, scenario, answer, sections, style);
        if let Some(source) = sections.next() {
            write_next(&mut out, answer, source);
        }
    } else {
        all_pairs_report(&mut out, scenario, answers, style);
    }
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

/// The inputs that a claim depends on, the one that flips it most first.
fn ranked(answer: &Sensitivity) -> Vec<&InputEffect> {
    let mut inputs: Vec<&InputEffect> =
        answer.inputs.iter().filter(|input| input.flips.value > 0.0).collect();
    inputs.sort_by(|a, b| b.flips.value.total_cmp(&a.flips.value));
    inputs
}

fn single_claim_report(
    out: &mut TextPage,
    scenario: &Scenario,
    answer: &Sensitivity,
    sections: &Sections,
    style: Style,
) {
    heading(out, &answer.claim.text);
    let first = format!("Probability {}.", percent_and_interval(&answer.estimate));
    if answer.certain {
        let n = answer.estimate.n();
        let is_true = answer.estimate.probability > 0.5;
        // Where the gap is 0 in all draws the two are equal, and neither order is certain.
        let is_tie = !is_true && answer.gap.is_some_and(|gap| gap.mean.value == 0.0 && gap.sd == 0.0);
        let text = format!(
            "{} in all {n} draws{} (95% upper bound for the opposite: 3/{n}). No possible value of a single input flips it.",
            if is_true { "True" } else { "False" },
            if is_tie { ", because the two tie" } else { "" },
            n = thousands(n),
        );
        paragraph(out, style, "", &text);
        return;
    }
    let [one, other] = sides(scenario, &answer.claim.claim);
    let gap = answer.gap.map_or(String::new(), |gap| {
        format!(
            " Mean lead in {}: {} by {} (sd {}).",
            scenario.words().score,
            if gap.mean.value > 0.0 { one } else { other },
            with_error(gap.mean.value.abs(), gap.mean.mcse),
            with_error(gap.sd, gap.mean.mcse)
        )
    });
    paragraph(out, style, "", &format!("{first}{gap}"));
    let (inputs, top) = (ranked(answer), sections.top());
    let shown = &inputs[..inputs.len().min(top)];
    if sections.has(Section::Answer) {
        worth(out, scenario, answer, style);
        tornado(out, scenario, answer, shown, style);
        if let Some(rest) = inputs.get(top) {
            let n = inputs.len() - top;
            let text = format!("{n} more inputs have a flip rate of at most {} each.", share(rest.flips));
            paragraph(out, style, "", &text);
        }
    }
    if sections.has(Section::Indices) {
        table(out, scenario, answer, shown, style);
    }
    if sections.has(Section::Groups) {
        shares(out, scenario, answer, style);
    }
}

/// Writes commands to type next.
fn write_next(out: &mut TextPage, answer: &Sensitivity, source: &str) {
    let about = format!("--claim {}", quoted(&answer.claim.id));
    out.blank();
    out.line("Next");
    let mut command = |command: &str, shows: &str| {
        out.line(format!("  {command}  {shows}"));
    };
    command(
        &format!("headstart sensitivity {source} {about} --show all"),
        "break-even values, Sobol indices, groups",
    );
    let varied = ranked(answer)
        .into_iter()
        .find(|input| input.address.starts_with("weight.") && !input.address.contains('['));
    if let Some(input) = varied {
        let vary = quoted(&format!("{} *= 0..=2", input.address));
        command(&format!("headstart sweep {source} --vary {vary}"), "the claims as it varies");
    }
}

/// The two sides of a claim about a gap.
fn sides(scenario: &Scenario, claim: &Claim) -> [String; 2] {
    let named = |marker: &Marker| match marker {
        Marker::Area(area) => Some(scenario.areas()[*area].name.clone()),
        Marker::Mean(group) => Some(format!("The mean of {}", scenario.groups()[*group].name)),
        _ => None,
    };
    match claim {
        Claim::Before(one, other) => {
            [named(one).unwrap_or("The one".into()), named(other).unwrap_or("The other".into())]
        }
        _ => ["The one".into(), "The other".into()],
    }
}

/// Bars from the probability at the 5 % quantile of an input to that at its 95 % quantile.
fn tornado(
    out: &mut TextPage,
    scenario: &Scenario,
    answer: &Sensitivity,
    inputs: &[&InputEffect],
    style: Style,
) {
    const WIDTH: usize = 16;
    heading(out, "Tornado: probability at the 5% and 95% quantile of each input");
    let ends = |curve: &CurveSummary| [curve.points[0], curve.points[curve.points.len() - 1]];
    let curves: Vec<_> = inputs.iter().filter_map(|input| Some((*input, input.curve.as_ref()?))).collect();
    let all = || curves.iter().flat_map(|(_, curve)| ends(curve)).map(|point| point.probability.value);
    let p = answer.estimate.probability;
    let low = all().fold(p, f64::min);
    let width = (all().fold(p, f64::max) - low).max(1e-12);
    let at = |p: f64| ((p - low) / width * (WIDTH as f64 - 1.0)).round() as usize;
    let mut grid = TextTable::new("", ["5%", "", "95%", "5% to 95% range"]).with_long_labels();
    for (input, curve) in &curves {
        let [from, to] = ends(curve);
        let (a, b) = (at(from.probability.value), at(to.probability.value));
        let bar: String = (0..WIDTH)
            .map(|n| {
                if n == at(p) {
                    '│'
                } else if (a.min(b)..=a.max(b)).contains(&n) {
                    '█'
                } else {
                    '·'
                }
            })
            .collect();
        let digits = (to.value - from.value).abs() / 40.0;
        let values = format!("{}–{}", with_error(from.value, digits), with_error(to.value, digits));
        let [from, to] = [from, to].map(|point| share(point.probability));
        grid.row(&short(scenario, input), [from, bar, to, values].map(TextCell::from));
    }
    grid.write(out, style);
    if *scenario.weight_law() != WeightDistribution::Independent {
        let text = "The weights are proportions of independent positive numbers, mostly one per factor; the values are those of \
                    these numbers.";
        paragraph(out, style, "", text);
    }
    if curves.iter().any(|(input, _)| input.latent) {
        let text = "Correlated scores are split into a shared part and an own part. Own parts, shared errors and the residual are in \
                    standard deviations.";
        paragraph(out, style, "", text);
    }
    for input in inputs.iter().filter(|input| input.curve.is_none()) {
        let why = input.redrawn.clone().unwrap_or_default();
        paragraph(out, style, "", &format!("{}: {why}; estimated by redrawing instead.", input.address));
    }
}

fn table(
    out: &mut TextPage,
    scenario: &Scenario,
    answer: &Sensitivity,
    inputs: &[&InputEffect],
    style: Style,
) {
    heading(out, "Break-even values");
    let told = (REPORTED_RANGE[0]..REPORTED_RANGE[1]).contains(&answer.estimate.probability);
    let mut headers = vec!["break-even", "flip rate"];
    headers.extend(told.then_some(INDICES).into_iter().flatten());
    let mut grid = TextTable::new("", headers);
    for input in inputs {
        let crossing = match &input.curve {
            None => "unknown".into(),
            Some(curve) if curve.break_even.is_empty() => "none".into(),
            Some(curve) => {
                let values: Vec<String> =
                    curve.break_even.iter().map(|crossing| break_even_of(input, crossing)).collect();
                values.join(", ")
            }
        };
        let mut cells = vec![crossing, share(input.flips)];
        cells.extend([input.first, input.total].into_iter().flatten().map(hundredths));
        grid.row(&short(scenario, input), cells);
    }
    grid.write(out, style);
    let text = "break-even: the value that makes the probability 50% (95% interval); none: no possible value does. \
                flip rate: probability that redrawing this input alone reverses the order.";
    paragraph(out, style, "", text);
    let crossings =
        || inputs.iter().filter_map(|input| input.curve.as_ref()).flat_map(|curve| &curve.break_even);
    if crossings().any(|crossing| crossing.jumps) {
        let text = "jumps past it: the input has a few values, and none makes the probability 50%. The last value named is the first \
                    on the other side.";
        paragraph(out, style, "", text);
    }
    if crossings().any(|crossing| !crossing.jumps && crossing.value.is_none()) {
        let text = "above, below: the probability passes 50% farther out than the draws show.";
        paragraph(out, style, "", text);
    }
    if inputs.iter().any(|input| input.dists.len() > 1) {
        let text = "An input that depends on a world has a value per branch, the named one first; all branches are fixed at one quantile.";
        paragraph(out, style, "", text);
    }
    let text = if told {
        "first-order: share of the variance explained by this input alone. total: share that remains if only this input is unknown \
         (Sobol indices)."
    } else {
        "Sobol indices are reported for probabilities between 2% and 98% only."
    };
    paragraph(out, style, "", text);
    if !answer.linear {
        let text = "The claim depends on more than one gap, so headstart solved for every value at which two areas change order.";
        paragraph(out, style, "", text);
    }
}

/// Writes the three inputs that are most worth researching.
fn worth(out: &mut TextPage, scenario: &Scenario, answer: &Sensitivity, style: Style) {
    heading(out, "Inputs most worth researching");
    let value = |input: &InputEffect| input.regret.map_or(0.0, |regret| regret.value);
    let by_regret = answer.inputs.iter().any(|input| value(input) > 0.0);
    let mut inputs: Vec<&InputEffect> = answer.inputs.iter().collect();
    inputs.sort_by(|a, b| {
        let regret = if by_regret { value(b).total_cmp(&value(a)) } else { std::cmp::Ordering::Equal };
        regret.then(b.brier.value.total_cmp(&a.brier.value))
    });
    for (n, input) in inputs.iter().take(3).enumerate() {
        let mut parts = Vec::new();
        if let Some(first) = input.first {
            parts.push(format!("learning it removes {} of the variance", share(first)));
        } else {
            parts.push(format!("redrawing it reverses the order with probability {}", share(input.flips)));
        }
        if let Some(curve) = &input.curve {
            let range = curve.points[0].probability;
            let last = curve.points[curve.points.len() - 1].probability;
            parts.push(format!(
                "across its range the probability goes from {} to {}",
                share(range),
                share(last)
            ));
            parts.push(
                match curve.break_even.first().map(|crossing| (crossing.jumps, break_even(crossing))) {
                    Some((true, (word, text))) => format!("and it jumps past 50% {word} {text}"),
                    Some((false, (word, text))) => format!("and it breaks even {word} {text}"),
                    None => "and it cannot flip the order alone".into(),
                },
            );
        }
        let text = format!("{} ({}): {}.", capital(&named(scenario, input)), input.address, parts.join(", "));
        paragraph(out, style, &format!("  {}. ", n + 1), &text);
    }
    let Some(gap) = answer.gap else {
        let text = "Listed by reduction of the Brier score (mean squared forecast error).";
        paragraph(out, style, "", text);
        return;
    };
    let regret =
        |measured: Measured| with_error(measured.value, measured.mcse.max(measured.value * 0.02).max(1e-4));
    let text = if by_regret {
        let values =
            inputs.iter().take(3).map(|input| input.regret.map_or("an unknown amount".into(), regret));
        let values: Vec<String> = values.collect();
        format!(
            "Value of information: learning them before choosing raises the expected score of the choice by {}; learning everything raises it by {}.",
            values.join(", "),
            regret(gap.everything)
        )
    } else {
        format!(
            "No single input, once known, would change your choice; learning everything is worth {}. Listed by reduction of the \
             Brier score (mean squared forecast error).",
            regret(gap.everything)
        )
    };
    paragraph(out, style, "", &text);
}

/// One line a claim: its probability and what drives it.
fn all_pairs_report(out: &mut TextPage, scenario: &Scenario, answers: &[Sensitivity], style: Style) {
    heading(out, "Drivers of each pair: the inputs with the highest flip rate");
    let text = format!(
        "After each input: its flip rate and its break-even value. Drivers use the first {} draws, probabilities use all.",
        thousands(answers.first().map_or(0, |answer| answer.draws))
    );
    paragraph(out, style, "", &text);
    for answer in answers {
        let inputs = ranked(answer);
        let named = inputs.iter().take(3).map(|input| {
            let crossing = input.curve.as_ref().and_then(|curve| curve.break_even.first());
            let at = crossing.map_or(String::new(), |at| {
                let (word, text) = break_even(at);
                if at.jumps {
                    format!(", jumps past 50% {word} {text}")
                } else {
                    format!(", 50% {word} {text}")
                }
            });
            format!("{} {}{at}", input.address, share(input.flips))
        });
        let named: Vec<String> = named.collect();
        let what = if named.is_empty() { "the same order in every draw".into() } else { named.join("; ") };
        paragraph(out, style, "", &format!("{}: {}", answer.claim.text, percent(&answer.estimate)));
        paragraph(out, style, "    ", &what);
    }
    let mut often: Vec<(String, f64)> = Vec::new();
    for input in answers.iter().flat_map(|answer| &answer.inputs) {
        match often.iter_mut().find(|(address, _)| *address == input.address) {
            Some((_, sum)) => *sum += input.brier.value.max(0.0),
            None => often.push((input.address.clone(), input.brier.value.max(0.0))),
        }
    }
    often.sort_by(|a, b| b.1.total_cmp(&a.1));
    heading(out, "Inputs most worth researching");
    for (n, (address, sum)) in often.iter().take(3).enumerate() {
        let mean = sum / answers.len().max(1) as f64;
        let text = format!(
            "{} ({address}): learning it reduces the mean squared forecast error by {mean:.4}, averaged over all pairs.",
            capital(&describe_address(scenario, address))
        );
        paragraph(out, style, &format!("  {}. ", n + 1), &text);
    }
}
