//! Sensitivity from one ordinary run: what drives the probability of a claim, what would flip it, and which numbers are
//! worth estimating better.
//!
//! In each instance, and for each input, it is worked out where the claim switches as that input alone is moved (the
//! pivot). Those places are counted on a grid of the input's quantiles, and everything else is read from the counts.

pub(crate) mod central_weights;
mod crossing;
mod curve;
mod depth;
mod effect;
mod errors;
mod grid;
mod groups;
mod lookup;
mod multiple;
mod pair;
mod plan;
mod question;
mod results;
mod shape;
mod shapley;
mod simple;
mod slope;
mod solve;
mod tally;
pub(crate) mod turn;
mod value;

pub use depth::Depth;
pub use results::{
    BreakEvenValue, CurveSummary, GroupEffect, InputEffect, MeanGap, OneWayPoint, PartShare, SHOWN,
    Sensitivity, TOLD,
};
pub use turn::{MOST_SDS, MOST_TIMES, Turn};

use crate::analysis::answer::plan::order_plan;
use crate::analysis::interval::{Estimate, Measured};
use crate::control::{Control, Stopped};
use crate::model::Model;
use crate::sampler::{Run, sample, sample_in};
use crate::scenario::{NamedClaim, Scenario};
use crate::tally::{Order, OrderPlan};
use curve::Curve;
use effect::{Asked, Share, effect, moments, named, twice, world_names};
use grid::{COARSE, FINE};
use groups::{groups, redraw};
use plan::{Plan, Solved, because, drivers};
use question::{Kind, Question};
use shape::{Switches, World};
use tally::{Pivots, Task};

/// What drives each of some claims of a scenario, from one run; `progress` is told of its instances, and of those in which it is
/// worked out where claims switch.
///
/// ```
/// use headstart::{Control, Scenario, analysis::{Depth, sensitivity}, sampler::Run};
///
/// let text = std::fs::read_to_string("scenarios/takeoff.ron")?;
/// let scenario = Scenario::from_ron("takeoff.ron", &text)?;
/// let claim = scenario.proposition("ai_control before pre_training")?;
/// let run = Run { instances: 20_000, ..Run::default() };
/// let answer = &sensitivity(&scenario, &[claim], run, Depth::Curves, Control::default())?[0];
/// let strongest = answer.inputs.iter().max_by(|a, b| a.flips.value.total_cmp(&b.flips.value)).unwrap();
/// assert_eq!(strongest.address, "weight.compute_vs_labour");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// It was stopped.
pub fn sensitivity(
    scenario: &Scenario,
    claims: &[NamedClaim],
    run: Run,
    depth: Depth,
    control: Control<'_>,
) -> Result<Vec<Sensitivity>, Stopped> {
    let run = run.at_least_one();
    let in_full = depth == Depth::Full;
    let parts = if depth == Depth::Screen { COARSE } else { FINE };
    let model = Model::new(scenario);
    let worlds = World::all(&model);
    let drivers = drivers(&model, parts);
    let questions: Vec<Question> =
        claims.iter().map(|claim| Question::new(scenario, &model, claim)).collect();
    let plans = questions.iter().map(|question| Plan::new(&model, &worlds, &drivers, question)).collect();
    let task = Task::new(&model, worlds, questions, plans, in_full);
    let order = OrderPlan { groups: Vec::new(), ..order_plan(scenario, &model, claims) };
    let order = sample(&model, run, &|| Order::new(order.clone()), control)?;
    let n = depth.instances(run);
    let kept = sample_in::<f64, _>(&model, Run { instances: n, ..run }, &|| Pivots::new(&task), control)?;
    let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let answer = |(index, claim): (usize, &NamedClaim)| {
        let (question, plan) = (&task.questions[index], &task.plans[index]);
        let events = order.claims();
        let estimate = Estimate::of(events, index, &probabilities, run.instances);
        let counts =
            (0..probabilities.len()).filter(|&z| probabilities[z] > 0.0).map(|z| events.count(index, z));
        let certain =
            counts.clone().all(|count| count == 0) || counts.clone().all(|count| count == run.instances);
        let curves = plan.solved.iter().zip(&kept.switches[index]);
        let curves: Vec<Curve> =
            curves.map(|(solved, switches)| Curve::new(&solved.grid, switches, n)).collect();
        let ahead = kept.gaps[index].is_ahead(&probabilities);
        let all = Run { instances: depth.moments(n), ..run };
        let (errors, of_gap) =
            moments((&task, index), &drivers, &curves, (all, certain, ahead), control.unseen())?;
        let gap = (in_full && matches!(question.kind, Kind::Gap(_)))
            .then(|| value::mean_gap(&kept.gaps[index], &probabilities, (n, of_gap)));
        let share = Share::new(&estimate);
        let solved = |((solved, switches), (curve, errors)): ((&Solved, &Switches), (&Curve, &Asked))| {
            let mut effect = effect(&model, &drivers, solved, (curve, errors), share);
            let gaps = &kept.gaps[index];
            effect.regret = gap.and_then(|gap| value::regret(&model, solved, switches, (gaps, gap), n));
            effect
        };
        let each = plan.solved.iter().zip(&kept.switches[index]).zip(curves.iter().zip(&errors));
        let mut inputs: Vec<InputEffect> = each.map(solved).collect();
        let mut shares = Vec::new();
        if !certain && (in_full || !plan.redrawn.is_empty()) {
            let known = if in_full { groups(scenario, &model, &question.areas()) } else { Vec::new() };
            let alone = |(driver, _): &(usize, &str)| {
                let address = &model.inputs()[drivers[*driver].members[0]].address;
                model.inputs().iter().map(|input| input.address == *address).collect::<Vec<bool>>()
            };
            let groups: Vec<Vec<bool>> = known.iter().map(|group| group.members.clone()).collect();
            let singles: Vec<Vec<bool>> = plan.redrawn.iter().map(alone).collect();
            let (redrawn, worlds) =
                redraw(&model, (question, estimate.probability), (&groups, &singles), run, control.unseen())?;
            shares.extend(known.iter().zip(&redrawn).map(|(group, redrawn)| GroupEffect {
                id: group.id.clone(),
                name: group.name.clone(),
                first: share.of(redrawn.first),
                total: share.of(redrawn.total),
            }));
            if in_full && probabilities.len() > 1 {
                let (first, total) = (share.of(worlds.first), share.of(worlds.total));
                let (id, name) = world_names();
                shares.push(GroupEffect { id, name, first, total });
            }
            for ((driver, why), redrawn) in plan.redrawn.iter().zip(&redrawn[known.len()..]) {
                inputs.push(InputEffect {
                    redrawn: Some(because(why)),
                    first: share.of(redrawn.first),
                    total: share.of(redrawn.total),
                    flips: twice(redrawn.total.measured),
                    brier: redrawn.first.measured,
                    ..named(&model, &drivers[*driver])
                });
            }
        }
        let mut parts = Vec::new();
        if in_full && !certain && share.is_told() {
            let known = shapley::parts(scenario, &model, &question.areas());
            let due =
                shapley::shapley(&model, (question, estimate.probability), &known, run, control.unseen())?;
            let mut names: Vec<(String, String)> =
                known.into_iter().map(|part| (part.id, part.name)).collect();
            names.push(world_names());
            let equal = 1.0 / due.len() as f64;
            let named = names.into_iter().zip(due);
            parts.extend(named.filter_map(|((id, name), due)| {
                let Measured { value, mcse } = share.of(due)?;
                Some(PartShare { id, name, share: Measured { value: equal + value, mcse } })
            }));
        }
        Ok(Sensitivity {
            parts,
            claim: claim.clone(),
            estimate,
            instances: n,
            certain,
            linear: matches!(question.kind, Kind::Gap(_)),
            inputs,
            groups: shares,
            gap,
        })
    };
    claims.iter().enumerate().map(answer).collect()
}
