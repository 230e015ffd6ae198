//! The sensitivity of claims from one run.

use super::curve::Curve;
use super::depth::Detail;
use super::effect::{Share, doubled, effect, empty_effect, moments, world_names};
use super::grid::{COARSE, FINE};
use super::groups::{groups, redraw};
use super::plan::{Driver, Plan, independent_inputs, redraw_reason};
use super::question::{Question, QuestionKind};
use super::results::{GroupEffect, InputEffect, MeanGap, Sensitivity, ShapleyShare};
use super::shape::World;
use super::tally::{Pivots, SensitivitySetup};
use super::value::Regret;
use super::{shapley, value};
use crate::analysis::answer::plan::order_plan;
use crate::analysis::interval::{Estimate, Measured};
use crate::control::{Control, Stopped};
use crate::model::Subject;
use crate::sampler::{Run, sample, sample_with_precision};
use crate::scenario::{NamedClaim, Scenario};
use crate::tally::{Order, OrderPlan};

/// Works out what drives each of some claims of a scenario, from one run; `progress` counts its draws, and of those in which it is
/// worked out where claims switch.
///
/// ```
/// use headstart::{Control, Scenario, analysis::{Detail, sensitivity}, sampler::Run};
///
/// let text = std::fs::read_to_string("scenarios/takeoff.ron")?;
/// let scenario = Scenario::from_ron("takeoff.ron", &text)?;
/// let claim = scenario.proposition("ai_control before pre_training")?;
/// let run = Run { draws: 20_000, ..Run::default() };
/// let answer = &sensitivity(&scenario, &[claim], run, Detail::Curves, Control::default())?[0];
/// let strongest = answer.inputs.iter().max_by(|a, b| a.flips.value.total_cmp(&b.flips.value)).unwrap();
/// assert_eq!(strongest.address, "weight.compute_vs_labour");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// It was stopped.
pub fn sensitivity<'a>(
    scenario: impl Into<Subject<'a>>,
    claims: &[NamedClaim],
    run: Run,
    depth: Detail,
    control: Control<'_>,
) -> Result<Vec<Sensitivity>, Stopped> {
    sensitivity_of_subject(&scenario.into(), claims, run, depth, control)
}

fn sensitivity_of_subject(
    subject: &Subject<'_>,
    claims: &[NamedClaim],
    run: Run,
    depth: Detail,
    control: Control<'_>,
) -> Result<Vec<Sensitivity>, Stopped> {
    let (scenario, model) = (subject.scenario(), subject.model());
    let run = run.at_least_one();
    let in_full = depth == Detail::Full;
    let parts = if depth == Detail::Screen { COARSE } else { FINE };
    let worlds = World::all(model);
    let drivers = independent_inputs(model, parts);
    let questions: Vec<Question> = claims.iter().map(|claim| Question::new(scenario, model, claim)).collect();
    let plans = questions.iter().map(|question| Plan::new(model, &worlds, &drivers, question)).collect();
    let task = SensitivitySetup::new(model, worlds, questions, plans, in_full);
    let order = OrderPlan { groups: Vec::new(), ..order_plan(scenario, model, claims) };
    let order = sample(model, run, &|| Order::new(order.clone()), control)?;
    let these = Run { draws: depth.draws(run, one_gap_each(&task.questions)), ..run };
    let kept = sample_with_precision::<f64, _>(model, these, &|| Pivots::new(&task), control)?;
    let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let asked = Asking {
        scenario,
        task: &task,
        drivers: &drivers,
        kept: &kept,
        probabilities: &probabilities,
        run,
        draws: these.draws,
        depth,
    };
    let events = order.claims();
    let answer = |(index, claim): (usize, &NamedClaim)| {
        let estimate = Estimate::of(events, index, &probabilities, run.draws);
        let counts =
            (0..probabilities.len()).filter(|&z| probabilities[z] > 0.0).map(|z| events.count(index, z));
        let certain =
            counts.clone().all(|count| count == 0) || counts.clone().all(|count| count == run.draws);
        let known = Known { index, estimate, certain, share: Share::new(&estimate) };
        asked.answer(claim, known, control)
    };
    claims.iter().enumerate().map(answer).collect()
}

/// Returns the number of draws of a run in which [`sensitivity`] works out where claims switch.
#[must_use]
pub fn n_draws_of_sensitivity<'a>(
    scenario: impl Into<Subject<'a>>,
    claims: &[NamedClaim],
    run: Run,
    depth: Detail,
) -> u64 {
    let subject = scenario.into();
    let question = |claim| Question::new(subject.scenario(), subject.model(), claim);
    let questions: Vec<Question> = claims.iter().map(question).collect();
    depth.draws(run, one_gap_each(&questions))
}

fn one_gap_each(questions: &[Question]) -> bool {
    questions.iter().all(|question| matches!(question.kind, QuestionKind::Gap(_)))
}

/// All that the answers about several claims have in common.
#[derive(Clone, Copy)]
struct Asking<'a> {
    scenario: &'a Scenario,
    task: &'a SensitivitySetup<'a>,
    drivers: &'a [Driver],
    kept: &'a Pivots<'a>,
    probabilities: &'a [f64],
    run: Run,
    /// Draws in which it is worked out where claims switch.
    draws: u64,
    depth: Detail,
}

/// A claim as far as its probability is known.
#[derive(Clone, Copy)]
struct Known {
    /// The index of its question.
    index: usize,
    estimate: Estimate,
    /// True if it was the same in all draws and worlds.
    certain: bool,
    share: Share,
}

impl Asking<'_> {
    fn in_full(&self) -> bool {
        self.depth == Detail::Full
    }

    /// Works out what drives a claim.
    fn answer(&self, claim: &NamedClaim, known: Known, control: Control<'_>) -> Result<Sensitivity, Stopped> {
        let (mut inputs, gap) = self.solved(known, control)?;
        let groups = self.redrawn(known, &mut inputs, control)?;
        let Known { index, estimate, certain, .. } = known;
        Ok(Sensitivity {
            parts: self.parts(known, control)?,
            claim: claim.clone(),
            estimate,
            draws: self.draws,
            certain,
            linear: matches!(self.task.questions[index].kind, QuestionKind::Gap(_)),
            inputs,
            groups,
            gap,
        })
    }

    /// Works out the effects of inputs that can be solved for, and the mean gap.
    fn solved(
        &self,
        Known { index, certain, share, .. }: Known,
        control: Control<'_>,
    ) -> Result<(Vec<InputEffect>, Option<MeanGap>), Stopped> {
        let &Self { task, drivers, kept, probabilities, run, draws: n, depth, .. } = self;
        let (question, plan) = (&task.questions[index], &task.plans[index]);
        let switches = &kept.switches[index];
        let curves = plan.solved.iter().zip(switches);
        let curves: Vec<Curve> =
            curves.map(|(solved, switches)| Curve::new(&solved.grid, switches, n)).collect();
        let gaps = &kept.gaps[index];
        let all = Run { draws: depth.moments(n), ..run };
        let ahead = gaps.is_ahead(probabilities);
        let is_gap = self.in_full() && matches!(question.kind, QuestionKind::Gap(_));
        let regret = |(solved, switches)| {
            is_gap.then(|| Regret::new(task.model, solved, switches, (gaps, ahead), n)).flatten()
        };
        let regrets: Vec<Option<Regret>> = plan.solved.iter().zip(switches).map(regret).collect();
        let known = (&curves[..], &regrets[..]);
        let (errors, of_gap) =
            moments((task, index), drivers, known, (all, certain, ahead), control.unseen())?;
        let gap = is_gap.then(|| value::mean_gap(gaps, probabilities, (n, of_gap)));
        let each = plan.solved.iter().zip(&regrets).zip(curves.iter().zip(&errors));
        let inputs = each.map(|((solved, regret), (curve, errors))| {
            let mut effect = effect(task.model, drivers, solved, (curve, errors), share);
            effect.regret = regret.as_ref().map(|regret| errors.regret(regret, n));
            effect
        });
        Ok((inputs.collect(), gap))
    }

    /// Draws groups of inputs again, and inputs that cannot be solved for, whose effects are added to the others.
    fn redrawn(
        &self,
        Known { index, estimate, certain, share }: Known,
        inputs: &mut Vec<InputEffect>,
        control: Control<'_>,
    ) -> Result<Vec<GroupEffect>, Stopped> {
        let (model, drivers) = (self.task.model, self.drivers);
        let (question, plan) = (&self.task.questions[index], &self.task.plans[index]);
        let mut shares = Vec::new();
        if certain || !self.in_full() && plan.redrawn.is_empty() {
            return Ok(shares);
        }
        let known = if self.in_full() { groups(self.scenario, model, &question.areas()) } else { Vec::new() };
        let alone = |(driver, _): &(usize, &str)| {
            let address = &model.inputs()[drivers[*driver].members[0]].address;
            model.inputs().iter().map(|input| input.address == *address).collect::<Vec<bool>>()
        };
        let groups: Vec<Vec<bool>> = known.iter().map(|group| group.members.clone()).collect();
        let singles: Vec<Vec<bool>> = plan.redrawn.iter().map(alone).collect();
        let asked = (question, estimate.probability);
        let (redrawn, worlds) = redraw(model, asked, (&groups, &singles), self.run, control.unseen())?;
        shares.extend(known.iter().zip(&redrawn).map(|(group, redrawn)| GroupEffect {
            id: group.id.clone(),
            name: group.name.clone(),
            first: share.of(redrawn.first),
            total: share.of(redrawn.total),
        }));
        if self.in_full() && self.probabilities.len() > 1 {
            let (first, total) = (share.of(worlds.first), share.of(worlds.total));
            let (id, name) = world_names();
            shares.push(GroupEffect { id, name, first, total });
        }
        for ((driver, why), redrawn) in plan.redrawn.iter().zip(&redrawn[known.len()..]) {
            inputs.push(InputEffect {
                redrawn: Some(redraw_reason(why)),
                first: share.of(redrawn.first),
                total: share.of(redrawn.total),
                flips: doubled(redrawn.total.measured),
                brier: redrawn.first.measured,
                ..empty_effect(model, &drivers[*driver])
            });
        }
        Ok(shares)
    }

    /// Works out the Shapley shares of the parts of all that is uncertain.
    fn parts(
        &self,
        Known { index, estimate, certain, share }: Known,
        control: Control<'_>,
    ) -> Result<Vec<ShapleyShare>, Stopped> {
        if !self.in_full() || certain || !share.is_reported() {
            return Ok(Vec::new());
        }
        let (model, question) = (self.task.model, &self.task.questions[index]);
        let known = shapley::parts(self.scenario, model, &question.areas());
        let asked = (question, estimate.probability);
        let due = shapley::shapley(model, asked, &known, self.run, control.unseen())?;
        let mut names: Vec<(String, String)> = known.into_iter().map(|part| (part.id, part.name)).collect();
        names.push(world_names());
        let equal = 1.0 / due.len() as f64;
        let named = names.into_iter().zip(due);
        let parts = named.filter_map(|((id, name), due)| {
            let Measured { value, mcse } = share.of(due)?;
            Some(ShapleyShare { id, name, share: Measured { value: equal + value, mcse } })
        });
        Ok(parts.collect())
    }
}
