//! The method of a run, its precision, and both methods against each other.

use crate::analysis::{Estimate, Method, Summary};
use crate::model::Subject;
use crate::report::wording::findings;
use crate::report::wording::number::{at_most, stated, with_error};
use crate::sampler::Arithmetic;

/// Says what a run found of the precision and of the cross-check, if they were asked for.
pub fn asked(summary: &Summary) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(precision) = &summary.precision {
        let goal = stated(100.0 * precision.goal.half_width, 12);
        let (what, width) = (&precision.widest.what, stated(100.0 * precision.widest.half_width, 3));
        lines.push(if precision.is_reached() {
            format!("Precision reached: every interval is within ±{goal} points (widest: {what}, ±{width}).")
        } else {
            let or = if matches!(summary.method, Method::Sample) { ", or use --method exact" } else { "" };
            format!(
                "Precision NOT reached: {what} is known to ±{width} points, not ±{goal}. Raise --max-draws{or}."
            )
        });
    }
    if let Some(check) = &summary.cross_check {
        let verdict = if check.is_inconsistent() {
            "not consistent with sampling error: report this as a bug, with the scenario and the seed"
        } else {
            "consistent with sampling error"
        };
        lines.push(format!(
            "Cross-check: the two methods differ by at most {:.1} standard errors over {} probabilities (worst: {}); {verdict}.",
            check.largest, check.compared, check.what
        ));
    }
    lines
}

/// Says by which method the numbers of a run were found, and how precise they are.
pub fn method(summary: &Summary, scenario: &Subject<'_>) -> Vec<String> {
    let run = summary.run;
    let (method, mcse) = match &summary.method {
        Method::Sample => {
            let moves = match run.arithmetic {
                Arithmetic::Single => {
                    let most = at_most(100.0 * scenario.model().single_moves());
                    format!(" (rounding changes the probability of a pair by at most {most}%)")
                }
                _ => String::new(),
            };
            (format!("Monte Carlo, {} precision{moves}", run.arithmetic), summary.largest_mcse())
        }
        Method::Exact(exact) => {
            let over = match exact.dimensions {
                0 => "Integrated".to_owned(),
                n => format!(
                    "Integrated: {} scrambles of {} points over {n} shared inputs",
                    exact.replicates, exact.points
                ),
            };
            (
                format!("{over}; series and grids add an error below {:.0e}", exact.bound),
                summary.largest_mcse_of(Estimate::is_integrated),
            )
        }
    };
    let largest = with_error(100.0 * mcse, if mcse > 0.0 { (10.0 * mcse).min(1e-4) } else { 1e-4 });
    let inputs = summary.n_inputs;
    let mut lines = vec![format!("{method}; {inputs} inputs; largest standard error {largest}%.")];
    lines.extend(findings::sampled(summary));
    lines
}
