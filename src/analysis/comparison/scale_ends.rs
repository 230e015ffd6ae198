//! Numbers that a change would move off the scale, and that stop at its end: what is said of levers and of sweeps.

use crate::scenario::{Lever, Scenario};

/// Lists what should be said of each lever of a scenario whose numbers stop there, its spillover included.
#[must_use]
pub fn clipping_warnings_levers(scenario: &Scenario) -> Vec<String> {
    let said = |Lever { id, edits, spillover, .. }: &Lever| {
        // Edits that cannot be made are refused where levers are pulled.
        let stopped = scenario.stopped(&[&edits[..], spillover].concat()).ok()??;
        Some(format!("the lever `{id}`: {stopped}"))
    };
    scenario.levers().iter().filter_map(said).collect()
}

/// Lists it of the least and the greatest value of each number that a sweep varies, `varied` having the beginnings of its edits.
#[must_use]
pub fn clipping_warnings_sweep<'a>(
    scenario: &Scenario,
    varied: &[String],
    points: impl IntoIterator<Item = &'a [f64]>,
) -> Vec<String> {
    let mut ends = vec![[f64::INFINITY, f64::NEG_INFINITY]; varied.len()];
    for point in points {
        for ([least, greatest], &x) in ends.iter_mut().zip(point) {
            (*least, *greatest) = (least.min(x), greatest.max(x));
        }
    }
    let edits = varied.iter().zip(ends).flat_map(|(edit, ends)| ends.map(|x| format!("{edit} {x}")));
    let said = |edit: String| Some(format!("`{edit}`: {}", scenario.stopped(&[&edit]).ok()??));
    edits.filter_map(said).collect()
}
