//! The answer to a request: which engine, how precise, and what those who wait are told.

use crate::analysis::{
    Effort, POINTS, Partial, PartialUnit, PrecisionGoal, RunTally, ScenarioChange, Summary, Sweep,
    WidestInterval, add_between, central_weights, compare_all, cross_check, diff, explain, integrate_alone,
    integrate_resumable, lever_values, n_lever_value_runs, rankings, sensitivity, summarize, summarize_until,
    sweep_each,
};
use crate::control::Control;
use crate::exact::{NotIntegrable, REPLICATES};
use crate::report::{OtherScenario, Provenance};
use crate::request::answer::{Answer, Found, Swept};
use crate::request::ask::{About, How, MethodAsked, PrecisionAsked};
use crate::request::error::Error;
use crate::request::made::{of_command, of_comparison, of_run};
use crate::request::prepare::{DiffTask, Prepared, SweepTask, Task, between, depth, keep_asked};
use crate::sampler::Run;
use crate::scenario::Scenario;
use std::slice::from_mut;

/// News of an answer that is under way.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// So many draws are made from now on.
    Draws(u64),
    /// So many points are averaged over from now on.
    Points(u64),
    /// A run of so many draws begins, after one with this widest interval.
    Look(u64, Option<&'a WidestInterval>),
    /// The scenario is sampled and not integrated, for this reason.
    NotIntegrated(&'a NotIntegrable),
}

type Tell<'t> = &'t mut dyn FnMut(Told<'_>);

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
        let (found, made) = match task {
            Task::Run(how) => {
                let summary = summarize_as(&how, &scenario, run, control, tell)?;
                let made = of_run(&scenario, run, &how, &summary);
                (Found::Run(Box::new(summary)), made)
            }
            Task::Sensitivity { claims, about } => {
                let depth = depth(&about);
                tell(Told::Draws(run.draws + depth.draws(run)));
                let found = sensitivity(&scenario, &claims, run, depth, anew)?;
                let made = of_command("sensitivity", &scenario, run);
                let made = match (&claims[..], about) {
                    ([claim], About::Claim(_)) => made.with("claim", [&claim.id]),
                    _ => made.with_flag("all-pairs", true),
                };
                (Found::Sensitivity(found), made)
            }
            Task::CentralWeights => {
                tell(Told::Draws(run.draws));
                let found = central_weights(&scenario, run, anew)?;
                let made = of_command("sensitivity", &scenario, run).with_flag("central-weights", true);
                (Found::CentralWeights(found), made)
            }
            Task::Explain { areas: (one, other), ids } => {
                tell(Told::Draws(run.draws));
                let found = explain(&scenario, one, other, run, anew)?;
                let made = of_command("explain", &scenario, run).with("areas", ids);
                (Found::Explain(Box::new(found)), made)
            }
            Task::Rankings(asked) => {
                tell(Told::Draws(run.draws.saturating_mul(2)));
                let found = rankings(&scenario, run, asked, anew)?;
                let made = of_command("rankings", &scenario, run);
                let made = made.with("top", [asked.top]).with("threshold", [asked.threshold]);
                (Found::Rankings(Box::new(found)), made)
            }
            Task::Sweep(task) => {
                let asked = Asked { scenario, run, claims };
                return asked.sweep(*task, anew, tell);
            }
            Task::Levers(changed) => {
                let asked = Asked { scenario, run, claims };
                return asked.levers(changed, anew, tell);
            }
            Task::Diff(task) => {
                let asked = Asked { scenario, run, claims };
                return asked.diff(*task, anew, tell);
            }
        };
        Ok(Answer { scenario, run, found, made })
    }
}

/// A scenario that is compared, and the claims that are kept.
struct Asked {
    scenario: Scenario,
    run: Run,
    claims: Vec<String>,
}

impl Asked {
    fn sweep(self, task: SweepTask, control: Control<'_>, tell: Tell<'_>) -> Result<Answer, Error> {
        let Self { scenario, run, claims } = self;
        let SweepTask { vary, varied, n_points, points } = task;
        let of = points.values().len();
        tell(Told::Draws(run.draws.saturating_mul(of as u64)));
        let keep = |point: &mut ScenarioChange| keep_asked(from_mut(point), &claims);
        let mut finished = vec![None; of];
        sweep_each(&scenario, &points, run, control, &mut |index, mut point| {
            keep(&mut point);
            finished[index] = Some(point);
            Ok::<_, Error>(())
        })?;
        let mut found: Vec<ScenarioChange> = finished.into_iter().flatten().collect();
        let (done, of) = (found.len() as u64, of as u64);
        let partial = (done < of).then_some(Partial { done, of, what: PartialUnit::Points });
        if partial.is_none() {
            add_between(&Sweep { scenario: &scenario, points: &points, run }, &mut found, &keep, control)?;
        }
        Ok(Answer::of_sweep(scenario, run, Swept { vary, n_points, varied, claims, points: found, partial }))
    }

    fn levers(
        self,
        changed: Vec<(String, Scenario)>,
        control: Control<'_>,
        tell: Tell<'_>,
    ) -> Result<Answer, Error> {
        let Self { scenario, run, claims } = self;
        tell(Told::Draws(run.draws.saturating_mul(changed.len() as u64 + n_lever_value_runs(&scenario))));
        let mut compared = compare_all(&scenario, changed, run, control)?;
        let mut worth = lever_values(&scenario, run, control)?;
        keep_asked(&mut compared, &claims);
        if !claims.is_empty() {
            for nothing in worth.iter_mut().filter_map(|lever| lever.worth_nothing.as_mut()) {
                nothing.retain(|one| claims.contains(&one.claim));
            }
        }
        let made = of_comparison("levers", &scenario, run, &claims);
        Ok(Answer { scenario, run, found: Found::Levers { compared, worth }, made })
    }

    fn diff(self, task: DiffTask, control: Control<'_>, tell: Tell<'_>) -> Result<Answer, Error> {
        let Self { scenario, run, claims } = self;
        let DiffTask { names, other, path } = task;
        tell(Told::Draws(run.draws.saturating_mul(path.steps.len() as u64 + 1)));
        let found = diff(&scenario, (&names[1], &other), path, run, control);
        let mut found = found.map_err(|why| between(&names, &why))?;
        keep_asked(from_mut(&mut found.total), &claims);
        for step in &mut found.steps {
            keep_asked(from_mut(&mut step.effect), &claims);
        }
        let made = of_comparison("diff", &scenario, run, &claims);
        let [_, name] = names;
        let made = Provenance { other: Some(OtherScenario { name, scenario: other.to_ron() }), ..made };
        Ok(Answer { scenario, run, found: Found::Diff(Box::new(found)), made })
    }
}

/// The answer of a run.
fn summarize_as(
    how: &How,
    scenario: &Scenario,
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
    scenario: &Scenario,
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
    scenario: &Scenario,
    mut summary: Summary,
    (run, control): (Run, Control<'_>),
    tell: Tell<'_>,
) -> Result<Summary, Error> {
    let (points, is_auto) = (how.points.unwrap_or(POINTS), how.method == MethodAsked::Auto);
    let check = how.cross_check.then(|| {
        let mut alone = summary.clone();
        integrate_alone(scenario, run, points, &mut alone, Control::none())
            .map(|()| cross_check(scenario, &summary, &alone))
    });
    let effort = match how.points {
        None if is_auto => Effort::LikeSampling,
        _ => Effort::Points(points),
    };
    tell(Told::Points(points * (REPLICATES + 1)));
    let integrated = integrate_resumable(scenario, run, effort, &mut summary, control);
    match integrated.and(check.transpose()) {
        Ok(check) => summary.cross_check = check,
        Err(why) if is_auto => tell(Told::NotIntegrated(&why)),
        Err(why) => return Err(Error::NotIntegrable(why)),
    }
    Ok(summary)
}
