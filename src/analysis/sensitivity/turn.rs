//! Which values of single numbers would make an order a coin, wherever they lie: also beyond what the scenario holds possible.

use super::curve::Curve;
use super::grid::{FINE, Grid};
use super::plan::{Plan, drivers};
use super::question::{Kind, Question};
use super::slope::World;
use super::tally::{Pivots, Task};
use crate::dist::{Dist, LogNormal, Uniform};
use crate::model::{Input, Model};
use crate::sampler::{Run, sample_in};
use crate::scenario::{Address, Claim, Marker, NamedClaim, Scenario, WeightLaw};
use std::sync::Arc;

/// A value of one number that would make an order a coin, were it certain.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Its address.
    pub address: String,
    /// Its mean as it stands; of several branches, that of the first.
    pub from: f64,
    /// Its standard deviation there.
    pub sd: f64,
    /// The value that makes the order a coin.
    pub to: f64,
    /// The ends of its 95 % interval; nothing where that goes beyond what was looked at.
    pub interval: [Option<f64>; 2],
    /// Whether the scenario holds that value possible.
    pub possible: bool,
}

impl Turn {
    /// How large the change is, in standard deviations.
    #[must_use]
    pub fn size(&self) -> f64 {
        (self.to - self.from).abs() / self.sd.max(f64::MIN_POSITIVE)
    }
}

/// So many times its mean is the most that a weight is set to.
pub const MOST_TIMES: f64 = 100.0;

/// More instances than this say no more than a reader wants to know.
const MOST_INSTANCES: u64 = 1 << 18;

/// The values of single uncertain numbers that make the order of two areas a coin, the smallest change first.
pub fn turns(scenario: &Scenario, model: &Model, (one, other): (usize, usize), run: Run) -> Vec<Turn> {
    let run = Run { instances: run.instances.min(MOST_INSTANCES), ..run };
    let claim = NamedClaim {
        id: String::new(),
        text: String::new(),
        claim: Claim::Before(Marker::Area(one), Marker::Area(other)),
    };
    let question = Question::new(scenario, model, &claim);
    debug_assert!(matches!(question.kind, Kind::Gap(_)));
    let drivers = drivers(model, FINE);
    let worlds: Vec<World> = (0..model.worlds().len()).map(|world| World::new(model, world)).collect();
    let mut plan = Plan::new(model, &worlds, &drivers, &question);
    plan.solved.retain_mut(|solved| {
        let members = &drivers[solved.driver].members;
        let input = &model.inputs()[members[0]];
        let latent = solved.paths.iter().flatten().any(|path| path.latent.is_some());
        let Some(over) = reach(scenario, input).filter(|_| !latent) else { return false };
        solved.grid = Arc::new(Grid::over(over));
        true
    });
    let task = Task::new(model, worlds, vec![question], vec![plan], false);
    let kept = sample_in::<f64, _>(model, run, &|| Pivots::new(&task), &|_| {});
    let mut turns = Vec::new();
    for (solved, switches) in task.plans[0].solved.iter().zip(&kept.switches[0]) {
        let Some(over) = &solved.grid.over else { continue };
        let dist = &model.inputs()[drivers[solved.driver].members[0]].dist;
        let (from, sd, (low, high)) = (dist.mean(), dist.variance().sqrt(), dist.support());
        let curve = Curve::new(&solved.grid, switches, run.instances);
        let turn = curve.crossings().into_iter().map(|crossing| {
            let to = over.quantile(crossing.quantile);
            Turn {
                address: drivers[solved.driver].address.clone(),
                from,
                sd,
                to,
                interval: crossing.interval.map(|u| (u > 0.0 && u < 1.0).then(|| over.quantile(u))),
                possible: low <= to && to <= high,
            }
        });
        let is_weight = matches!(over, Dist::LogNormal(_));
        let near = turn.filter(|turn| !is_weight || turn.to <= MOST_TIMES * turn.from);
        turns.extend(near.min_by(|a, b| a.size().total_cmp(&b.size())));
    }
    turns.sort_by(|a, b| a.size().total_cmp(&b.size()));
    turns
}

/// All that a number might be set to; nothing for one that no edit can set.
fn reach(scenario: &Scenario, input: &Input) -> Option<Dist> {
    /// How far numbers without bounds are looked at, in standard deviations.
    const FAR: f64 = 20.0;
    /// How wide weights are looked at, which are told apart by how many times their mean they are, and so by logarithms.
    const WIDE: f64 = 2.0;
    let dist = &input.dist;
    let (mean, sd) = (dist.mean(), dist.variance().sqrt());
    let around = |low: f64, high: f64| Uniform::new(low, high).ok().map(Dist::from);
    match &input.address {
        Address::Weight { .. } if *scenario.weight_law() == WeightLaw::Independent => {
            LogNormal::new(libm::log(mean), WIDE).ok().map(Dist::from)
        }
        Address::Score { factor, .. } => {
            let factor = scenario.factors().iter().find(|known| known.id == *factor)?;
            match (factor.value, scenario.scale()) {
                (None, Some(scale)) => {
                    around(scale.min.min(dist.quantile(1e-3)), scale.max.max(dist.quantile(0.999)))
                }
                _ => around(mean - FAR * sd, mean + FAR * sd),
            }
        }
        Address::Discount(_) => around(0.0, 1.0),
        Address::Input(_) => around(mean - FAR * sd, mean + FAR * sd),
        _ => None,
    }
}
