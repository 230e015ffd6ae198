//! Values of single numbers that would make an order a coin, wherever they lie: also beyond what the scenario holds possible.

use super::crossing::Crossing;
use super::curve::Curve;
use super::depth::MOST_SCREENED;
use super::effect::{crossings, moments};
use super::grid::{FINE, Grid};
use super::plan::{Driver, Plan, Solved};
use super::question::{Question, QuestionKind};
use super::tally::{Pivots, SensitivitySetup};
use crate::analysis::sensitivity::shape::World;
use crate::control::{Control, Stopped};
use crate::distribution::{Dist, LogNormal, Uniform};
use crate::model::{Input, Model, Source};
use crate::sampler::{Run, sample_with_precision};
use crate::scenario::{Address, Claim, Marker, NamedClaim, Resolved, Scenario, Value, WeightDistribution};
use std::sync::Arc;

/// A value of one number that would make an order a coin, were it certain.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SmallestChange {
    /// Its address; of a number that depends on a world, with the outcome in which it is meant.
    pub address: String,
    /// Its mean as it stands.
    pub from: f64,
    /// Its standard deviation there.
    pub sd: f64,
    /// The value that makes the order a coin.
    pub to: f64,
    /// The ends of its 95 % interval; nothing where that goes beyond what was looked at.
    pub interval: [Option<f64>; 2],
    /// True if the scenario holds that value possible.
    pub possible: bool,
}

impl SmallestChange {
    /// Returns how large the change is, in standard deviations.
    #[must_use]
    pub fn size(&self) -> f64 {
        (self.to - self.from).abs() / self.sd.max(f64::MIN_POSITIVE)
    }

    /// Takes the shortest decimal of the interval for the value: where the curve jumps however closely it is looked at, its values are
    /// all as good, and the numbers of a scenario are decimals, so that it is at one that draws tie.
    fn jumps(&mut self, input: &Input) {
        let [Some(low), Some(high)] = self.interval else { return };
        self.to = shortest_decimal(self.to, (low, high));
        self.possible = is_possible(input, self.to);
    }
}

/// Returns true if the scenario holds a value of a number possible.
fn is_possible(input: &Input, x: f64) -> bool {
    let (low, high) = input.dist.support();
    low <= x && x <= high
}

/// The number between two others with the fewest decimals, and of several that which is nearest to `x`; `x` itself if none has fewer than 16.
fn shortest_decimal(x: f64, (low, high): (f64, f64)) -> f64 {
    let mut scale = 1.0;
    for _ in 0..16 {
        let around = [(x * scale).floor() / scale, (x * scale).ceil() / scale];
        let inside = around.into_iter().filter(|y| low <= *y && *y <= high);
        if let Some(y) = inside.min_by(|a, b| (a - x).abs().total_cmp(&(b - x).abs())) {
            // No zero has a sign.
            return y + 0.0;
        }
        scale *= 10.0;
    }
    x
}

/// The distance to which numbers without bounds are looked at, in standard deviations.
pub const MAX_SDS: f64 = 20.0;

/// So many times its mean is the most that a weight is set to.
pub const MAX_TIMES: f64 = 100.0;

/// More draws than this say no more than a reader wants to know.
const MAX_DRAWS: u64 = 1 << 18;

/// So often is it looked closer at where a curve crosses one half.
const GLANCES: usize = 4;

/// The values of single uncertain numbers that make the order of two areas a coin, the smallest change first; and the addresses of those that
/// were not tried.
///
/// Setting a number leaves all others as they are, whatever it has in common with them: so each is held at its own values, and not its
/// normal score, and the others keep what they have in common.
pub fn turns(
    scenario: &Scenario,
    model: &Model,
    (one, other): (usize, usize),
    run: Run,
    control: Control<'_>,
) -> Result<(Vec<SmallestChange>, Vec<String>), Stopped> {
    let run = Run { draws: run.draws.min(MAX_DRAWS), ..run };
    let claim = NamedClaim {
        id: String::new(),
        text: String::new(),
        claim: Claim::Before(Marker::Area(one), Marker::Area(other)),
    };
    let question = Question::new(scenario, model, &claim);
    debug_assert!(matches!(question.kind, QuestionKind::Gap(_)));
    let worlds = World::all(model);
    let numbers = numbers(scenario, model);
    let drivers: Vec<Driver> = numbers.iter().map(|(driver, _)| driver.clone()).collect();
    let mut plan = Plan::new(model, &worlds, &drivers, &question);
    let untried = untried(scenario, model, [one, other], (&drivers, &plan));
    for solved in &mut plan.solved {
        solved.grid = Arc::new(Grid::for_other_dist(numbers[solved.driver].1.clone()));
    }
    let mut turns = vec![None; numbers.len()];
    for glance in 0..GLANCES {
        let task =
            SensitivitySetup::new(model, worlds.clone(), vec![question.clone()], vec![plan.clone()], false);
        let kept = sample_with_precision::<f64, _>(model, run, &|| Pivots::new(&task), control)?;
        let solved = || task.plans[0].solved.iter().zip(&kept.switches[0]);
        let curves: Vec<Curve> =
            solved().map(|(solved, switches)| Curve::new(&solved.grid, switches, run.draws)).collect();
        let few = Run { draws: run.draws.min(MOST_SCREENED), ..run };
        let (errors, _) = moments((&task, 0), &drivers, (&curves, &[]), (few, false, false), control)?;
        let mut closer = Vec::new();
        for ((solved, curve), asked) in task.plans[0].solved.iter().zip(&curves).zip(&errors) {
            let over = solved.grid.over.as_ref().expect("each grid was made over a distribution above");
            let input = &model.inputs()[drivers[solved.driver].members[0]];
            let all = &numbers[solved.driver].1;
            let found = crossings(curve, over, asked);
            let Some((mut turn, part)) = nearest(input, (over, all), found) else { continue };
            if part.is_some() && glance + 1 == GLANCES {
                turn.jumps(input);
            }
            turns[solved.driver] = Some(turn);
            if let Some(part) = part.filter(|_| glance + 1 < GLANCES) {
                closer.push(Solved { grid: Arc::new(Grid::for_other_dist(part)), ..solved.clone() });
            }
        }
        if closer.is_empty() {
            break;
        }
        plan.solved = closer;
    }
    let mut turns: Vec<SmallestChange> = turns.into_iter().flatten().collect();
    turns.sort_by(|a, b| a.size().total_cmp(&b.size()));
    Ok((turns, untried))
}

/// The smallest change of a number to a value at which its curve crosses one half; and where that is to be looked at more closely, if the
/// cells of the grid are not small beside its interval.
fn nearest(
    input: &Input,
    (over, all): (&Dist, &Dist),
    found: Vec<Crossing>,
) -> Option<(SmallestChange, Option<Dist>)> {
    /// The part of the interval that a cell may have.
    const SMALL: f64 = 0.1;
    let (from, sd) = (input.dist.mean(), input.dist.variance().sqrt());
    let turn = |crossing: Crossing| {
        let to = crossing.value?;
        let possible = is_possible(input, to);
        Some((
            SmallestChange {
                address: input.to_string(),
                from,
                sd,
                to,
                interval: crossing.interval,
                possible,
            },
            crossing,
        ))
    };
    let is_weight = matches!(input.address, Address::Weight { .. });
    let near =
        found.into_iter().filter_map(turn).filter(|(turn, _)| !is_weight || turn.to <= MAX_TIMES * from);
    let (turn, crossing) = near.min_by(|a, b| a.0.size().total_cmp(&b.0.size()))?;
    let cell = 1.0 / FINE.0 as f64;
    let [below, above] =
        [-cell, cell].map(|step| over.quantile((crossing.quantile + step).clamp(1e-9, 1.0 - 1e-9)));
    let [from, to] = [turn.interval[0].unwrap_or(below), turn.interval[1].unwrap_or(above)];
    let is_rough = above - below > 2.0 * SMALL * (to - from);
    // Farther than the interval, so that its ends are seen from both sides; but no farther than the number can be set.
    let (least, most) = all.support();
    let [from, to] = [from.min(below), to.max(above)];
    let [from, to] = [(from - (to - from) / 2.0).max(least), (to + (to - from) / 2.0).min(most)];
    let closer = is_rough.then(|| Uniform::new(from, to).ok()).flatten();
    Some((turn, closer.map(Dist::from)))
}

/// The numbers of a scenario that an edit can set, one by one: of a number that depends on a world each branch. With all that each might be
/// set to.
fn numbers(scenario: &Scenario, model: &Model) -> Vec<(Driver, Dist)> {
    let number = |(index, input): (usize, &Input)| {
        let settable = input.source != Source::Latent && is_settable(scenario, model, input);
        let over = reach(scenario, input).filter(|_| settable)?;
        let grid = Arc::new(Grid::for_other_dist(over.clone()));
        Some((Driver { address: input.to_string(), members: vec![index], own: None, grid }, over))
    };
    model.inputs().iter().enumerate().filter_map(number).collect()
}

/// The addresses of numbers that no edit sets alone, or that cannot be solved for. Of weights under one law none can be set, which goes without
/// saying.
fn untried(
    scenario: &Scenario,
    model: &Model,
    pair: [usize; 2],
    (drivers, plan): (&[Driver], &Plan),
) -> Vec<String> {
    let is_ours = |id: &String| pair.iter().any(|&area| scenario.areas()[area].id == *id);
    let is_number = |input: &&Input| match &input.address {
        Address::Weight { .. } => *scenario.weight_law() == WeightDistribution::Independent,
        Address::Score { area, .. } => input.source != Source::Latent && is_ours(area),
        Address::Discount(_) | Address::Input(_) => input.source != Source::Latent,
        _ => false,
    };
    let tried = |input: &&Input| drivers.iter().any(|driver| driver.address == input.to_string());
    let missed = model.inputs().iter().filter(is_number).filter(|input| !tried(input));
    let unsolved = plan.redrawn.iter().map(|(driver, _)| drivers[*driver].address.clone());
    missed.map(ToString::to_string).chain(unsolved).collect()
}

/// Returns true if an input is all that its address and branch name: and not one rater of several, or what is added to a shared number.
fn is_settable(scenario: &Scenario, model: &Model, input: &Input) -> bool {
    let factor = |id: &String| scenario.factors().iter().find(|factor| factor.id == *id);
    let value = match &input.address {
        Address::Weight { factor: id } => factor(id).map(|factor| &factor.weight),
        Address::Score { factor: id, area } => {
            let area = scenario.areas().iter().position(|known| known.id == *area);
            factor(id).zip(area).map(|(factor, area)| &factor.scores[area])
        }
        Address::Discount(id) => {
            scenario.discounts().iter().find(|known| known.id == *id).map(|discount| &discount.by)
        }
        Address::Input(_) => return true,
        _ => None,
    };
    let Some(value) = value else { return false };
    model.worlds().iter().any(|world| {
        let Resolved { value, branch } = value.resolve(&world.outcomes);
        let name =
            |(world, outcome): (usize, usize)| format!("[{}]", scenario.worlds()[world].outcomes[outcome]);
        let branch: String = branch.into_iter().map(name).collect();
        branch == input.branch && matches!(value, Value::Central { .. } | Value::Written(_))
    })
}

/// All that a number might be set to; nothing for one that no edit can set.
fn reach(scenario: &Scenario, input: &Input) -> Option<Dist> {
    /// Range of the weights that are looked at, in logarithms of multiples of their mean.
    const WIDE: f64 = 2.0;
    let dist = &input.dist;
    let (mean, sd) = (dist.mean(), dist.variance().sqrt());
    let around = |low: f64, high: f64| Uniform::new(low, high).ok().map(Dist::from);
    match &input.address {
        Address::Weight { .. } if *scenario.weight_law() == WeightDistribution::Independent => {
            LogNormal::new(libm::log(mean), WIDE).ok().map(Dist::from)
        }
        Address::Score { factor, .. } => {
            let factor = scenario.factors().iter().find(|known| known.id == *factor)?;
            match (factor.value, scenario.scale()) {
                (None, Some(scale)) => {
                    around(scale.min.min(dist.quantile(1e-3)), scale.max.max(dist.quantile(0.999)))
                }
                _ => around(mean - MAX_SDS * sd, mean + MAX_SDS * sd),
            }
        }
        Address::Discount(_) => around(0.0, 1.0),
        Address::Input(_) => around(mean - MAX_SDS * sd, mean + MAX_SDS * sd),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::shortest_decimal;

    #[test]
    fn the_shortest_decimal_lies_inside() {
        let near = |x: f64, by: f64| shortest_decimal(x, (x - by, x + by));
        assert_eq!(near(1.999_999_3, 1e-6), 2.0);
        assert_eq!(near(0.300_000_04, 1e-7), 0.3);
        assert!(near(-4e-7, 1e-6).is_sign_positive());
        assert_eq!(near(-0.333_333_35, 1e-7), -0.333_333_3);
        // The nearest integer is outside, and the one on the other side is not.
        assert_eq!(shortest_decimal(2.6, (1.9, 2.7)), 2.0);
        assert_eq!(shortest_decimal(0.1, (0.1, 0.1)), 0.1);
    }
}
