//! The text report of levers: what each does to the claims, what it gives and what spills over, and how much spillover is too much.

use super::compare::{compared_page, letters};
use super::grid::{TextTable, paragraph};
use super::page::TextPage;
use super::sweep::crossing_text;
use super::{Style, heading};
use crate::analysis::{BreakEven, LeverValue, MAX_SPILLOVER, ScenarioChange, SpilloverBreakEven};
use crate::model::Subject;
use crate::report::wording::number::with_error;
use crate::sampler::Run;
use crate::scenario::{Claim, Marker, Scenario};

/// The most claims that are all shown.
const CLAIMS: usize = 6;

/// Returns the changes of the claims that a reader looks for first: where there are many, the author's own, the mean and most pairs.
fn main_claims(scenario: &Scenario, compared: &[ScenarioChange]) -> Vec<ScenarioChange> {
    let n = compared.first().map_or(0, |first| first.claims.len());
    let is_main = |id: &str| {
        let own = scenario.claims().iter().any(|claim| claim.id == id)
            || scenario.dated_claims().iter().any(|claim| claim.id == id);
        let generated = scenario.generated_claims();
        let of = generated.iter().filter(|claim| match claim.claim {
            Claim::Before(Marker::Mean(a), Marker::Mean(b)) | Claim::Most(a, b) => a < b,
            _ => false,
        });
        own || of.into_iter().any(|claim| claim.id == id)
    };
    let only_main = |one: &ScenarioChange| ScenarioChange {
        claims: one.claims.iter().filter(|claim| is_main(&claim.id)).cloned().collect(),
        ..one.clone()
    };
    // Claims that were asked for by name are all shown.
    let every = scenario.generated_claims();
    let every = every.iter().chain(scenario.claims()).filter(|claim| !scenario.is_redundant(claim)).count();
    if n <= CLAIMS || n < every { compared.to_vec() } else { compared.iter().map(only_main).collect() }
}

fn is_shown(compared: &[ScenarioChange], id: &str) -> bool {
    compared.first().is_some_and(|first| first.claims.iter().any(|claim| *claim.id == *id))
}

/// Writes what each lever does to the claims, and what it is worth against its spillover.
#[must_use]
pub fn levers_text<'a>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    compared: &[ScenarioChange],
    worth: &[LeverValue],
    style: Style,
) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let n_claims = |compared: &[ScenarioChange]| compared.first().map_or(0, |first| first.claims.len());
    let all_claims = n_claims(compared);
    let compared = &main_claims(scenario, compared);
    let mut out = compared_page(scenario, run, compared, "Effect of each lever", style);
    if n_claims(compared) < all_claims {
        let n = all_claims - n_claims(compared);
        let text = format!("{n} more claims: --claim CLAIM shows one, --format json has all.");
        paragraph(&mut out, style, "", &text);
    }
    if worth.is_empty() {
        return out.into();
    }
    heading(&mut out, &format!("Gain and spillover (mean {})", scenario.words().score));
    let mut table = TextTable::new("", GAIN_HEADERS).with_long_labels();
    for lever in worth {
        table.row(&lever.lever, gain_and_spillover(scenario, lever));
    }
    table.write(&mut out, style);
    paragraph(&mut out, style, "", GAIN_NOTE);
    break_even_spillover(&mut out, compared, worth, style);
    out.into()
}

/// Headers over what [`gain_and_spillover`] returns, and how to read it.
pub const GAIN_HEADERS: [&str; 4] = ["for", "gain", "spillover", "gain per unit of spillover"];
pub const GAIN_NOTE: &str = "gain: change in the mean score of the target group, spillover included. spillover: change for all other \
                             areas. opposite: the two have different signs.";

/// Returns the group that a lever is for, its gain, its spillover and their ratio.
pub fn gain_and_spillover(scenario: &Scenario, lever: &LeverValue) -> [String; 4] {
    let group = scenario.groups()[lever.group].name.clone();
    let signed = |value: f64, mcse: f64| {
        let text = with_error(value, mcse);
        if value > 0.0 { format!("+{text}") } else { text }
    };
    let per_point = match &lever.per_point {
        // What one side gains the other loses.
        Some(ratio) if ratio.value < 0.0 => "opposite".into(),
        Some(ratio) => with_error(ratio.value, ratio.mcse),
        None => "no spillover".into(),
    };
    let [gain, spillover] = [lever.gain, lever.spillover]
        .map(|moved| if moved.value == 0.0 { "0".into() } else { signed(moved.value, moved.mcse) });
    [group, gain, spillover, per_point]
}

/// Says how to read the spillover at which a lever does nothing.
pub fn break_even_note() -> String {
    format!(
        "How many times the stated spillover would cancel the lever's effect on a claim. >{MAX_SPILLOVER}x: the effect keeps its sign \
         up to {MAX_SPILLOVER} times. Scores are clipped to the scale."
    )
}

/// Writes how many times its spillover each lever could have before it does nothing.
fn break_even_spillover(out: &mut TextPage, compared: &[ScenarioChange], worth: &[LeverValue], style: Style) {
    let spilt: Vec<&LeverValue> = worth.iter().filter(|lever| lever.worth_nothing.is_some()).collect();
    if !spilt.is_empty() {
        heading(out, "Break-even spillover");
        let note = break_even_note();
        paragraph(out, style, "", &note);
    }
    for lever in spilt {
        paragraph(out, style, "", &format!("{}:", lever.lever));
        let letters = letters(compared);
        let worth_nothing = lever.worth_nothing.iter().flatten();
        let told = worth_nothing.filter(|nothing| is_shown(compared, &nothing.claim));
        for (letter, SpilloverBreakEven { times, .. }) in letters.iter().zip(told) {
            if !times.is_empty() {
                let texts: Vec<String> = times.iter().map(times_text).collect();
                paragraph(out, style, &format!("  {letter}  "), &texts.join("; "));
            }
        }
    }
    for lever in worth {
        if let Some(why) = &lever.fixed {
            paragraph(
                out,
                style,
                "",
                &format!("{}: break-even spillover is not computed, because {why}.", lever.lever),
            );
        }
    }
}

/// A size of the spillover in words.
pub fn times_text(times: &BreakEven) -> String {
    match times {
        BreakEven::Never { .. } => format!(">{MAX_SPILLOVER}x"),
        BreakEven::Crosses { at, low, high, from_below, to_above } => {
            let number = |x: f64| with_error(x, ((high - low) / 10.0).max(f64::MIN_POSITIVE));
            let low = if *from_below { format!("below {}", number(*low)) } else { number(*low) };
            let high = if *to_above { format!("beyond {}", number(*high)) } else { number(*high) };
            format!("{} times ({low} to {high})", number(*at))
        }
        unsettled @ BreakEven::Unsettled { .. } => format!("{} times", crossing_text(unsettled, "0")),
    }
}
