//! The answer to a request: the engine, its precision, and progress.

use crate::analysis::{
    Effort, POINTS, PrecisionGoal, RunTally, Summary, WidestInterval, central_weights, claim_lints,
    cross_check, dates, explain, integrate_alone, integrate_resumable, n_draws_of_sensitivity, n_steps,
    point_table, rankings, sensitivity, summarize, summarize_until, throughput,
};
use crate::control::Control;
use crate::exact::REPLICATES;
use crate::model::LaidOut;
use crate::report::Provenance;
use crate::request::answer::{Answer, Found};
use crate::request::ask::{About, How, MethodAsked, PrecisionAsked};
use crate::request::compare::{Asked, KeptPoints};
use crate::request::error::Error;
use crate::request::extras::Extras;
use crate::request::made::{of_command, of_run};
use crate::request::prepare::{Prepared, Task, depth};
use crate::request::told::{Tell, Told};
use crate::sampler::Run;

impl Prepared {
    /// Answers. A run or a sweep that was stopped is partial and says so.
    ///
    /// # Errors
    /// The scenario has no such answer, or what cannot be partial was stopped.
    pub fn answer(self, control: Control<'_, RunTally>) -> Result<Answer, Error> {
        self.answer_and_tell(control, &mut |_| {})
    }

    /// Answers as [`Self::answer`] does, and tells what is under way.
    ///
    /// # Errors
    /// The scenario has no such answer, or what cannot be partial was stopped.
    pub fn answer_and_tell(
        self,
        control: Control<'_, RunTally>,
        tell: &mut dyn FnMut(Told<'_>),
    ) -> Result<Answer, Error> {
        let Self { scenario, run, claims, task, .. } = self;
        let anew: Control<'_> = control.anew();
        match task {
            Task::Run(how) => {
                let summary = summarize_as(&how, &scenario, run, control, tell)?;
                let summary = with_dates(&scenario, summary, anew, tell);
                let made = of_run(&scenario, run, &how, &summary);
                let extras =
                    if how.page { Extras::drawn(&scenario, &summary, anew, tell) } else { Extras::NotAsked };
                Ok(Answer { scenario, run, found: Found::Run(Box::new(summary)), made, extras })
            }
            Task::Sweep(task) => {
                let begun = vec![None; task.points.values().len()];
                let kept = KeptPoints { share: None, begun, keep: &mut |_, _| Ok(()) };
                Asked { scenario, run, claims }.sweep(*task, kept, anew, tell)
            }
            Task::Levers(changed) => Asked { scenario, run, claims }.levers(changed, anew, tell),
            Task::Diff(task) => Asked { scenario, run, claims }.diff(*task, anew, tell),
            task => {
                let (found, made) = single(task, &scenario, run, anew, tell)?;
                Ok(Answer::new(scenario, run, found, made))
            }
        }
    }
}

impl Answer {
    /// Draws what a page of a run shows besides, for an answer whose request did not ask for a page.
    pub fn draw_page(&mut self, control: Control<'_>, tell: &mut dyn FnMut(Told<'_>)) {
        if let (Found::Run(summary), Extras::NotAsked) = (&self.found, &self.extras) {
            self.extras = Extras::drawn(&self.scenario, summary, control, tell);
        }
    }
}

/// The answer to another question about one scenario than a run.
fn single(
    task: Task,
    scenario: &LaidOut,
    run: Run,
    control: Control<'_>,
    tell: Tell<'_>,
) -> Result<(Found, Provenance), Error> {
    Ok(match task {
        Task::Sensitivity { claims, about } => {
            let depth = depth(&about);
            tell(Told::Draws(run.draws + n_draws_of_sensitivity(scenario, &claims, run, depth)));
            let found = sensitivity(scenario, &claims, run, depth, control)?;
            let made = of_command("sensitivity", scenario, run);
            let made = match (&claims[..], about) {
                ([claim], About::Claim(_)) => made.with("claim", [&claim.id]),
                _ => made.with_flag("all-pairs", true),
            };
            (Found::Sensitivity(found), made)
        }
        Task::CentralWeights => {
            tell(Told::Draws(run.draws));
            let found = central_weights(scenario, run, control)?;
            let made = of_command("sensitivity", scenario, run).with_flag("central-weights", true);
            (Found::CentralWeights(found), made)
        }
        Task::Explain { areas: (one, other), ids } => {
            tell(Told::Draws(run.draws));
            let found = explain(scenario, one, other, run, control)?;
            (Found::Explain(Box::new(found)), of_command("explain", scenario, run).with("areas", ids))
        }
        Task::Rankings(asked) => {
            tell(Told::Draws(run.draws.saturating_mul(2)));
            let found = rankings(scenario, run, asked, control)?;
            let made = of_command("rankings", scenario, run);
            let made = made.with("top", [asked.top]).with("threshold", [asked.threshold]);
            (Found::Rankings(Box::new(found)), made)
        }
        Task::Check => {
            let mut lints = scenario.lints();
            // A run says the same of the claims from its own draws.
            if Prepared::looks_at_claims(scenario) {
                lints.extend(claim_lints(scenario));
            }
            (Found::Check(lints), Provenance::new("check", scenario))
        }
        Task::Scenario => {
            (Found::Scenario(Box::new(point_table(scenario))), Provenance::new("show", scenario))
        }
        Task::Throughput(threads) => {
            tell(Told::Steps(n_steps(threads.len()) as u64));
            let found = throughput(scenario, run, &threads, control)?;
            (Found::Throughput(Box::new(found)), of_command("bench", scenario, run))
        }
        Task::Run(_) | Task::Sweep(_) | Task::Levers(_) | Task::Diff(_) => {
            unreachable!("these have answers of their own")
        }
    })
}

/// The answer with dates, if the scenario has a clock. Dates cannot be partial: without them a report says so.
fn with_dates(scenario: &LaidOut, summary: Summary, control: Control<'_>, tell: Tell<'_>) -> Summary {
    if scenario.clock().is_none() || summary.partial.is_some() {
        return summary;
    }
    tell(Told::Draws(summary.run.draws));
    match dates(scenario, summary.run, control) {
        Ok(Some(dates)) => summary.with_dates(dates),
        _ => summary,
    }
}

/// The answer of a run.
fn summarize_as(
    how: &How,
    scenario: &LaidOut,
    run: Run,
    control: Control<'_, RunTally>,
    tell: Tell<'_>,
) -> Result<Summary, Error> {
    let summary = if let Some(asked) = how.precision {
        precisely((how, asked), scenario, run, control.anew(), tell)?
    } else {
        tell(Told::Draws(run.draws));
        let begun = control.resume.and_then(|resume| resume.begun);
        control.advance(begun.map_or(0, |(_, draws)| draws));
        let summary = summarize(scenario, run, control);
        if how.integrates() && summary.partial.is_none() {
            integrated(how, scenario, summary, (run, control.anew()), tell)?
        } else {
            summary
        }
    };
    Ok(if how.simultaneous && !summary.simultaneous { summary.simultaneous() } else { summary })
}

fn precisely(
    (how, asked): (&How, PrecisionAsked),
    scenario: &LaidOut,
    run: Run,
    control: Control<'_>,
    tell: Tell<'_>,
) -> Result<Summary, Error> {
    let goal =
        PrecisionGoal { half_width: asked.half_width, most: asked.max_draws, together: how.simultaneous };
    tell(Told::Draws(0));
    let precisely = |exact: bool, tell: Tell<'_>| {
        let mut look = |draws: u64, widest: Option<&WidestInterval>| tell(Told::Look(draws, widest));
        summarize_until(scenario, run, (goal, exact), &mut look, control)
    };
    let summary = match precisely(how.integrates(), tell) {
        Err(why) if how.method == MethodAsked::Auto => {
            tell(Told::NotIntegrated(&why));
            precisely(false, tell)
        }
        summary => summary,
    };
    summary.map_err(Error::NotIntegrable)
}

fn integrated(
    how: &How,
    scenario: &LaidOut,
    mut summary: Summary,
    (run, control): (Run, Control<'_>),
    tell: Tell<'_>,
) -> Result<Summary, Error> {
    let (points, is_auto) = (how.points.unwrap_or(POINTS), how.method == MethodAsked::Auto);
    let check = how.cross_check.then(|| {
        let mut alone = summary.clone();
        integrate_alone(scenario, run, points, &mut alone, control.unseen())
            .map(|()| alone.partial.is_none().then(|| cross_check(scenario, &summary, &alone)))
    });
    let effort = match how.points {
        None if is_auto => Effort::LikeSampling,
        _ => Effort::Points(points),
    };
    tell(Told::Points(points * (REPLICATES + 1)));
    let integrated = integrate_resumable(scenario, run, effort, &mut summary, control);
    match integrated.and(check.transpose()) {
        Ok(check) => summary.cross_check = check.flatten(),
        Err(why) if is_auto => tell(Told::NotIntegrated(&why)),
        Err(why) => return Err(Error::NotIntegrable(why)),
    }
    Ok(summary)
}
