//! Sweeps: what the claims come to as one number of a scenario, or two, takes one value after the other.

use super::compare::{Compared, against_each, in_order};
use crate::sampler::Run;
use crate::scenario::Scenario;
use std::sync::atomic::AtomicBool;

/// A number to be varied: an edit with several values, e.g. `weight.insight = 0..=5`.
#[derive(Clone, Debug, PartialEq)]
pub struct Vary {
    /// The address and the operator, e.g. `weight.insight =`.
    pub edit: String,
    /// The values, in their order.
    pub values: Vec<f64>,
}

/// The most points of a sweep.
const MOST_POINTS: usize = 10_000;
/// The most bytes of their scenarios, about so many of which a number takes.
const MOST_BYTES: usize = 1 << 30;
const BYTES_A_NUMBER: usize = 200;

impl Vary {
    /// Reads `<address> = a..=b`, `+= a..=b` or `*= a..=b`, which take `points` values at equal distances, or a list of values
    /// `[a, b, c]` in place of the range.
    ///
    /// # Errors
    /// What is wrong with the text, as a sentence without a full stop.
    pub fn new(text: &str, points: usize) -> Result<Self, String> {
        let form = || format!("expected `<address> = from..=to` or `= [value, ...]`, found `{text}`");
        let at = text.find('=').ok_or_else(form)?;
        let (edit, range) = (text[..=at].trim().to_owned(), text[at + 1..].trim());
        let number = |text: &str| -> Result<f64, String> {
            let x: f64 =
                text.trim().parse().map_err(|_| format!("expected a number, found `{}`", text.trim()))?;
            if x.is_finite() { Ok(x) } else { Err(format!("`{}` is not finite", text.trim())) }
        };
        let values = if let Some((from, to)) = range.split_once("..=") {
            let (from, to) = (number(from)?, number(to)?);
            if !(2..=MOST_POINTS).contains(&points) {
                return Err(format!("a range takes 2 to {MOST_POINTS} points"));
            }
            let last = (points - 1) as f64;
            (0..points).map(|n| from + (to - from) * (n as f64 / last)).collect()
        } else if let Some(list) = range.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
            list.split(',').map(number).collect::<Result<Vec<f64>, String>>()?
        } else {
            return Err(form());
        };
        Ok(Self { edit, values })
    }
}

/// Every combination of the values of what is varied, the last fastest, with the scenario that each comes to.
///
/// # Errors
/// A value that the scenario cannot take, or more points than are accepted.
pub fn points(scenario: &Scenario, vary: &[Vary]) -> Result<Vec<(Vec<f64>, Scenario)>, String> {
    let n: usize = vary.iter().map(|vary| vary.values.len()).product();
    if n > MOST_POINTS {
        return Err(format!("{n} points are more than the {MOST_POINTS} that are accepted"));
    }
    let size = scenario.to_ron().len().max(BYTES_A_NUMBER * scenario.n_numbers());
    if n * size > MOST_BYTES {
        let most = MOST_BYTES / size;
        return Err(format!(
            "{n} points of so large a scenario are more than fit into memory; {most} are accepted"
        ));
    }
    let mut points = vec![Vec::new()];
    for Vary { values, .. } in vary {
        let longer = |point: &Vec<f64>| -> Vec<Vec<f64>> {
            values.iter().map(|value| point.iter().copied().chain([*value]).collect()).collect()
        };
        points = points.iter().flat_map(longer).collect();
    }
    let bare = scenario.bare();
    let at = |values: Vec<f64>| {
        let edits: Vec<String> =
            vary.iter().zip(&values).map(|(vary, x)| format!("{} {x}", vary.edit)).collect();
        Ok((values, bare.with_edits(&edits)?.scenario))
    };
    points.into_iter().map(at).collect()
}

/// What the claims come to at each point against the scenario as it stands, on the same draws; `progress` is called with the instances that were finished.
///
/// # Errors
/// A point whose claims are not those of the scenario.
pub fn sweep(
    scenario: &Scenario,
    points: Vec<(Vec<f64>, Scenario)>,
    run: Run,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Vec<Compared>, String> {
    let (mut all, stop) = (Vec::new(), AtomicBool::new(false));
    sweep_each(scenario, points, (run, &stop), progress, &mut |index, point| {
        all.push((index, point));
        Ok(())
    })?;
    Ok(in_order(all))
}

/// The same; `finished` is told of each point by its index as soon as it is done. Once `stop` is set, no more points are finished.
///
/// # Errors
/// A point whose claims are not those of the scenario, and the first that `finished` returns.
pub fn sweep_each(
    scenario: &Scenario,
    points: Vec<(Vec<f64>, Scenario)>,
    (run, stop): (Run, &AtomicBool),
    progress: &(dyn Fn(u64) + Sync),
    finished: &mut dyn FnMut(usize, Compared) -> Result<(), String>,
) -> Result<(), String> {
    let named = points.into_iter().map(|(values, there)| {
        (values.iter().map(f64::to_string).collect::<Vec<_>>().join(", "), values, there)
    });
    let named: Vec<_> = named.collect();
    against_each(scenario, &named, (run, stop), progress, finished)
}
