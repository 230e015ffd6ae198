//! Provenance of answers, as it stands in their reports: all that it takes to make an answer again.

use crate::analysis::{Method, Partial, PartialUnit, Summary};
use crate::report::Provenance;
use crate::request::ask::{How, MethodAsked};
use crate::sampler::Run;
use crate::scenario::Scenario;

/// Records the provenance of a run.
pub fn of_run(scenario: &Scenario, run: Run, how: &How, summary: &Summary) -> Provenance {
    let made = Provenance::new("run", scenario);
    let made = match summary.partial {
        // What was stopped before its first points is what sampling gives.
        Some(_) if summary.method == Method::Sample => made.with("method", ["sample"]),
        Some(Partial { done, what: PartialUnit::PointsAScramble, .. }) => of_method(made, how, Some(done)),
        _ => of_method(made, how, how.points),
    };
    let made = made.with_flag("simultaneous", how.simultaneous);
    match how.precision {
        Some(asked) => with_draws(made, run, None)
            .with("precision", [asked.half_width])
            .with("max-draws", [asked.max_draws]),
        None => with_draws(made, run, Some(summary.run.draws)),
    }
}

/// Records the provenance of a run that is drawn in parts.
pub fn of_whole_run(scenario: &Scenario, run: Run, how: &How) -> Provenance {
    let made = of_method(Provenance::new("run", scenario), how, how.points);
    with_draws(made.with_flag("simultaneous", how.simultaneous), run, Some(run.draws))
}

fn of_method(made: Provenance, how: &How, points: Option<u64>) -> Provenance {
    let method = match how.method {
        MethodAsked::Sample => "sample",
        MethodAsked::Exact => "exact",
        MethodAsked::Auto => "auto",
    };
    made.with("method", [method]).with_any("points", points).with_flag("cross-check", how.cross_check)
}

/// Records the number of draws and their settings; no number if it follows from something else.
fn with_draws(made: Provenance, run: Run, draws: Option<u64>) -> Provenance {
    made.with_any("draws", draws).with("seed", [run.seed]).with("arithmetic", [run.arithmetic])
}

/// Records the provenance of an answer of a command that draws a run.
pub fn of_command(command: &str, scenario: &Scenario, run: Run) -> Provenance {
    with_draws(Provenance::new(command, scenario), run, Some(run.draws))
}

/// Records the provenance of a comparison that keeps these claims, all if there are none.
pub fn of_comparison(command: &str, scenario: &Scenario, run: Run, claims: &[String]) -> Provenance {
    let made = of_command(command, scenario, run);
    if claims.is_empty() { made } else { made.with("claim", claims) }
}
