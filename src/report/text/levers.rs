//! The text report of levers: what each does to the claims, what it gives and what spills over, and how much spillover is too much.

use super::compare::{compared_text, letters};
use super::grid::{TextTable, paragraph};
use super::sweep::crossing_text;
use super::{Style, heading};
use crate::analysis::{BreakEven, LeverValue, MAX_SPILLOVER, ScenarioChange, SpilloverBreakEven};
use crate::report::wording::number::with_error;
use crate::sampler::Run;
use crate::scenario::Scenario;

/// Writes what each lever does to the claims, and what it is worth against its spillover.
#[must_use]
pub fn levers_text(
    (scenario, run): (&Scenario, Run),
    compared: &[ScenarioChange],
    worth: &[LeverValue],
    style: Style,
) -> String {
    let mut out = compared_text((scenario, run), compared, "What each lever does", style);
    if worth.is_empty() {
        return out;
    }
    heading(&mut out, "Gain and spillover, in points of mean overall score");
    let headers = ["for", "gain", "spillover on the others", "gain for a point of spillover"];
    let mut table = TextTable::new("", headers);
    for lever in worth {
        let group = scenario.groups()[lever.group].name.clone();
        let signed = |value: f64, mcse: f64| {
            let text = with_error(value, mcse);
            if value > 0.0 { format!("+{text}") } else { text }
        };
        let per_point = match &lever.per_point {
            // What one side gains the other loses.
            Some(ratio) if ratio.value < 0.0 => "opposite ways".into(),
            Some(ratio) => with_error(ratio.value, ratio.mcse),
            None => "no spillover".into(),
        };
        let numbers = [lever.gain, lever.spillover]
            .map(|moved| if moved.value == 0.0 { "0".into() } else { signed(moved.value, moved.mcse) });
        let [gain, spillover] = numbers;
        table.row(&lever.lever, [group, gain, spillover, per_point]);
    }
    table.write(&mut out, style);
    let note = "Gain: by how much the lever, its spillover included, moves the mean of those that it is for; spillover on the others: that of \
                all others. Opposite ways: one side gains and the other loses.";
    paragraph(&mut out, style, "", note);
    let spilt: Vec<&LeverValue> = worth.iter().filter(|lever| lever.worth_nothing.is_some()).collect();
    if !spilt.is_empty() {
        heading(&mut out, "At how many times its spillover a lever is worth nothing");
        let note = format!(
            "How much more spillover than stated would undo what the lever does to a claim; not even at {MAX_SPILLOVER} times: what it does keeps its \
             sign up to there. Sizes of spillover stop at the ends of the scale."
        );
        paragraph(&mut out, style, "", &note);
    }
    for lever in spilt {
        paragraph(&mut out, style, "", &format!("{}:", lever.lever));
        let letters = letters(compared);
        for (letter, SpilloverBreakEven { times, .. }) in
            letters.iter().zip(lever.worth_nothing.iter().flatten())
        {
            if !times.is_empty() {
                let texts: Vec<String> = times.iter().map(times_text).collect();
                paragraph(&mut out, style, &format!("  {letter}  "), &texts.join("; "));
            }
        }
    }
    for lever in worth {
        if let Some(why) = &lever.fixed {
            paragraph(
                &mut out,
                style,
                "",
                &format!("{}: the spillover stays as it is, since {why}.", lever.lever),
            );
        }
    }
    out
}

fn times_text(times: &BreakEven) -> String {
    match times {
        BreakEven::Never { .. } => format!("not even at {MAX_SPILLOVER} times"),
        BreakEven::Crosses { at, low, high, from_below, to_above } => {
            let number = |x: f64| with_error(x, ((high - low) / 10.0).max(f64::MIN_POSITIVE));
            let low = if *from_below { format!("below {}", number(*low)) } else { number(*low) };
            let high = if *to_above { format!("beyond {}", number(*high)) } else { number(*high) };
            format!("{} times ({low} to {high})", number(*at))
        }
        unsettled @ BreakEven::Unsettled { .. } => format!("{} times", crossing_text(unsettled, "nothing")),
    }
}
