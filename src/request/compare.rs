//! Answers about changed scenarios: sweeps, levers and the way from one scenario to another.

use crate::analysis::{
    Partial, PartialUnit, ScenarioChange, Sweep, add_between, compare_all, diff, lever_values,
    n_lever_value_runs, sweep_each,
};
use crate::control::Control;
use crate::model::LaidOut;
use crate::report::{OtherScenario, SweepCheckpoint};
use crate::request::answer::{Answer, Found, Swept};
use crate::request::error::{Error, KeepError};
use crate::request::made::of_comparison;
use crate::request::prepare::{DiffTask, Prepared, SweepTask, Task, between, keep_asked};
use crate::request::told::{Tell, Told};
use crate::sampler::Run;
use crate::scenario::Scenario;
use std::ops::Range;
use std::slice::from_mut;

/// A scenario that is compared, and the claims that are kept.
pub(super) struct Asked {
    pub scenario: LaidOut,
    pub run: Run,
    pub claims: Vec<String>,
}

/// The points of a sweep that are known already, and a function that keeps each new one.
pub struct KeptPoints<'a> {
    /// Points that are made now, by index; all of them if there is nothing.
    pub share: Option<Range<usize>>,
    /// One entry per point, in the order of the sweep: the point where it is known.
    pub begun: Vec<Option<ScenarioChange>>,
    /// A function that is called with the index of each point that is finished, and the point with all its claims. It returns the reason
    /// for which the point could not be kept, which ends the sweep.
    pub keep: &'a mut dyn FnMut(usize, &ScenarioChange) -> Result<(), KeepError>,
}

impl Prepared {
    /// Makes a sweep ready for points that are kept one by one: the scenario is without what it asserts of its answer. Another question
    /// stays as it is.
    #[must_use]
    pub fn kept_by_point(mut self) -> Self {
        if let Task::Sweep(_) = &self.task {
            self.scenario = self.scenario.without_asserts().into();
        }
        self
    }

    /// Returns the sweep that its points are points of, to be kept beside them; nothing for another question.
    #[must_use]
    pub fn checkpoint(&self) -> Option<SweepCheckpoint> {
        let Task::Sweep(task) = &self.task else { return None };
        let points = task.points.values().to_vec();
        Some(SweepCheckpoint::new(&self.scenario, self.run, &task.varied, points, &self.claims))
    }

    /// Returns how many points the sweep has, and 0 for another question.
    #[must_use]
    pub fn n_points(&self) -> usize {
        match &self.task {
            Task::Sweep(task) => task.points.values().len(),
            _ => 0,
        }
    }

    /// Answers a sweep some of whose points are known already, and keeps each new one; another question is answered as
    /// [`Self::answer`] does.
    ///
    /// # Errors
    /// The scenario has no such answer, or a point could not be kept.
    ///
    /// # Panics
    /// If `kept` has another number of points than the sweep.
    pub fn answer_from(self, kept: KeptPoints<'_>, control: Control<'_>) -> Result<Answer, Error> {
        let Self { scenario, run, claims, task, warnings } = self;
        match task {
            Task::Sweep(task) => Asked { scenario, run, claims }.sweep(*task, kept, control, &mut |_| {}),
            task => Self { scenario, run, claims, task, warnings }.answer(control.anew()),
        }
    }
}

impl Asked {
    /// Makes the points of a sweep that are not there yet.
    pub fn sweep(
        self,
        task: SweepTask,
        kept: KeptPoints<'_>,
        control: Control<'_>,
        tell: Tell<'_>,
    ) -> Result<Answer, Error> {
        let Self { scenario, run, claims } = self;
        let SweepTask { vary, varied, n_points, points } = task;
        let KeptPoints { share, begun: mut finished, keep: keep_point } = kept;
        assert_eq!(finished.len(), points.values().len(), "one entry per point");
        let share = share.unwrap_or(0..finished.len());
        let missing: Vec<usize> = share.filter(|&index| finished[index].is_none()).collect();
        tell(Told::Draws(run.draws.saturating_mul(missing.len() as u64)));
        let keep = |point: &mut ScenarioChange| keep_asked(from_mut(point), &claims);
        finished.iter_mut().flatten().for_each(keep);
        sweep_each(&scenario, &points.only(&missing), run, control, &mut |n, mut point| {
            keep_point(missing[n], &point).map_err(Error::NotKept)?;
            keep(&mut point);
            finished[missing[n]] = Some(point);
            Ok::<_, Error>(())
        })?;
        let of = finished.len() as u64;
        let mut found: Vec<ScenarioChange> = finished.into_iter().flatten().collect();
        let done = found.len() as u64;
        let partial = (done < of).then_some(Partial { done, of, what: PartialUnit::Points });
        if partial.is_none() {
            add_between(&Sweep { scenario: &scenario, points: &points, run }, &mut found, &keep, control)?;
        }
        Ok(Answer::of_sweep(scenario, run, Swept { vary, n_points, varied, claims, points: found, partial }))
    }

    /// Pulls the levers, and works out what they are worth.
    pub fn levers(
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
        Ok(Answer::new(scenario, run, Found::Levers { compared, worth }, made))
    }

    /// Goes the way from the scenario to the other one.
    pub fn diff(self, task: DiffTask, control: Control<'_>, tell: Tell<'_>) -> Result<Answer, Error> {
        let Self { scenario, run, claims } = self;
        let DiffTask { names, other, path } = task;
        let at_once = path.is_none();
        let path = path.unwrap_or_default();
        tell(Told::Draws(run.draws.saturating_mul(path.steps.len() as u64 + 1)));
        let found = diff(&scenario, (&names[1], &other), path, run, control);
        let mut found = found.map_err(|why| between(&names, &why))?;
        keep_asked(from_mut(&mut found.total), &claims);
        for step in &mut found.steps {
            keep_asked(from_mut(&mut step.effect), &claims);
        }
        let made = of_comparison("diff", &scenario, run, &claims).with_flag("at-once", at_once);
        let [_, name] = names;
        let made = crate::report::Provenance {
            other: Some(OtherScenario { name, scenario: other.to_ron() }),
            ..made
        };
        Ok(Answer::new(scenario, run, Found::Diff(Box::new(found)), made))
    }
}
