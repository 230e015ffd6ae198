//! The gap between two groups, and whether the worlds pull it into separate humps.

use crate::batch::{BLOCK, Batch, Column};
use crate::control::Control;
use crate::model::Model;
use crate::real::Real;
use crate::sampler::{Run, sample};
use crate::scenario::Scenario;
use crate::tally::Tally;

/// The mean overall score of the second group less that of the first, in each joint world.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GroupGap {
    /// One entry per joint world: mean and standard deviation there.
    pub worlds: Vec<(f64, f64)>,
    /// True if the worlds lie so far apart that the gap has more than one hump.
    pub humps: bool,
}

/// Draws that are looked at: enough to tell humps apart.
const DRAWS: u64 = 50_000;

/// The gap of a scenario with two groups and with worlds, over the first draws of a run.
pub fn gap(scenario: &Scenario, model: &Model, run: Run) -> Option<GroupGap> {
    if scenario.groups().len() != 2 || model.worlds().len() < 2 {
        return None;
    }
    let groups = [scenario.members(0), scenario.members(1)];
    let n_worlds = model.worlds().len();
    let draws = run.draws.min(DRAWS);
    let tally = || Gaps { groups: &groups, sums: vec![(0.0, 0.0); n_worlds] };
    let kept = sample(model, Run { draws, ..run }, &tally, Control::none()).expect("nothing stops it");
    let n = draws as f64;
    let moments =
        |(sum, squares): (f64, f64)| (sum / n, (squares / n - (sum / n) * (sum / n)).max(0.0).sqrt());
    let worlds: Vec<(f64, f64)> = kept.sums.into_iter().map(moments).collect();
    let mut likely: Vec<(f64, f64)> = worlds
        .iter()
        .zip(model.worlds())
        .filter(|(_, world)| world.probability > 0.01)
        .map(|(moments, _)| *moments)
        .collect();
    likely.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Source: Ashman, Bird and Zepf, Astronomical Journal 108 (1994): two humps are apart where D > 2.
    let apart = |two: &[(f64, f64)]| {
        let (a, b) = (two[0], two[1]);
        2.0 * (b.0 - a.0) * (b.0 - a.0) > 4.0 * (a.1 * a.1 + b.1 * b.1)
    };
    Some(GroupGap { worlds, humps: likely.windows(2).any(apart) })
}

/// Sums of the gap and of its square, one pair a joint world.
struct Gaps<'a> {
    groups: &'a [Vec<usize>; 2],
    sums: Vec<(f64, f64)>,
}

impl<R: Real> Tally<R> for Gaps<'_> {
    const READS_INPUTS: bool = false;

    fn record(&mut self, batch: &Batch<R>) {
        for (world, (sum, squares)) in self.sums.iter_mut().enumerate() {
            let mut gaps: Column<R> = [R::default(); BLOCK];
            for (group, sign) in self.groups.iter().zip([-1.0, 1.0]) {
                let share = R::nearest(sign / group.len() as f64);
                for &area in group {
                    for (gap, &x) in gaps.iter_mut().zip(batch.overall(world, area)) {
                        *gap += share * x;
                    }
                }
            }
            for &gap in &gaps[..batch.len()] {
                let gap: f64 = gap.into();
                *sum += gap;
                *squares += gap * gap;
            }
        }
    }

    fn merge(&mut self, later: &Self) {
        for (sums, more) in self.sums.iter_mut().zip(&later.sums) {
            sums.0 += more.0;
            sums.1 += more.1;
        }
    }
}
