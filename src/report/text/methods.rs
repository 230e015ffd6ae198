//! The method of a run, where that is more than counting: what had to be sampled, both engines against each other,
//! and whether the answer is as precise as was asked for.

use super::grid::paragraph;
use super::{Style, heading};
use crate::analysis::{Method, Summary};
use crate::report::wording::findings;
use crate::report::wording::number::stated;

/// Writes what is to be said of the method, if anything.
pub fn methods(out: &mut String, summary: &Summary, style: Style) {
    let mut lines = Vec::new();
    if let Some(precision) = &summary.precision {
        let (goal, widest) = (100.0 * precision.goal.half_width, &precision.widest);
        let width = 100.0 * widest.half_width;
        lines.push(if precision.is_reached() {
            let goal = stated(goal, 12);
            format!("Every interval is narrower than {goal} points to each side; the widest is that of {}, {}.", widest.what, stated(width, 3))
        } else {
            let or = if matches!(summary.method, Method::Sample) { ", or use --method exact" } else { "" };
            format!(
                "The precision that was asked for is NOT reached: the interval of {} is {} points wide to each side, not {}. \
                 Allow more with --max-draws{or}.",
                widest.what,
                stated(width, 3),
                stated(goal, 12)
            )
        });
    }
    if let Some(check) = &summary.cross_check {
        let verdict = if check.is_inconsistent() {
            "too far apart for chance: one of them is wrong"
        } else {
            "no further than by chance"
        };
        lines.push(format!(
            "Of {} probabilities both counted and integrated, the two are at most {:.1} standard errors apart ({}), {verdict}.",
            check.compared, check.largest, check.what
        ));
    }
    lines.extend(findings::sampled(summary));
    if lines.is_empty() {
        return;
    }
    heading(out, "Method");
    for line in lines {
        paragraph(out, style, "", &line);
    }
}
