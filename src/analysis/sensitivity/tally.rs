//! The tally of a run for sensitivities: for each question and input, where the question switches as that input alone is
//! moved. Memory does not grow with the draws.

use super::pair::PairThresholds;
use super::plan::{Plan, Solved, SolvedInWorld};
use super::question::{Question, QuestionKind};
use super::scratch::Scratch;
use super::solve::BlockInWorld;
use crate::analysis::sensitivity::shape::Gaps;
use crate::analysis::sensitivity::shape::Switches;
use crate::analysis::sensitivity::shape::World;
use crate::batch::{BLOCK, Batch, Column};
use crate::model::Model;
use crate::tally::Tally;

/// All that does not change during a run.
#[derive(Debug)]
pub struct SensitivitySetup<'a> {
    /// The model.
    pub model: &'a Model,
    /// Its joint worlds.
    pub worlds: Vec<World>,
    /// Questions that are asked.
    pub questions: Vec<Question>,
    /// Shape `[n_questions]`.
    pub plans: Vec<Plan>,
    /// Shape `[n_questions][n_solved]`: the quick way to solve for thresholds, where there is one.
    quick: Vec<Vec<Option<PairThresholds>>>,
    /// True if it is worked out what the gap comes to as an input is held somewhere.
    with_gaps: bool,
}

impl<'a> SensitivitySetup<'a> {
    /// Sensitivities of questions to be worked out; `with_gaps` says whether the values of information
    /// are.
    pub fn new(
        model: &'a Model,
        worlds: Vec<World>,
        questions: Vec<Question>,
        plans: Vec<Plan>,
        with_gaps: bool,
    ) -> Self {
        let quick = |(question, plan): (&Question, &Plan)| {
            let quick = |solved: &Solved| PairThresholds::new(&worlds, solved, &question.kind);
            plan.solved.iter().map(quick).collect()
        };
        let quick = questions.iter().zip(&plans).map(quick).collect();
        Self { model, worlds, questions, plans, quick, with_gaps }
    }
}

/// Sensitivities of questions.
#[derive(Debug)]
pub struct Pivots<'a> {
    task: &'a SensitivitySetup<'a>,
    /// Shape `[n_questions][n_solved]`.
    pub switches: Vec<Vec<Switches>>,
    /// Shape `[n_questions]`: of those that are about a gap.
    pub gaps: Vec<Gaps>,
    /// Working room: the steps of a draw, values of lines and where they cross.
    room: Scratch,
}

impl<'a> Pivots<'a> {
    /// No draws yet.
    pub fn new(task: &'a SensitivitySetup<'a>) -> Self {
        let empty = |solved: &Solved| {
            let n_paths = if task.with_gaps { solved.paths.iter().map(Vec::len).sum() } else { 0 };
            Switches::new(solved.grid.n_cells(), n_paths)
        };
        let switches = |plan: &Plan| plan.solved.iter().map(empty).collect();
        let n_areas = task.model.n_areas();
        Self {
            task,
            switches: task.plans.iter().map(switches).collect(),
            gaps: vec![
                Gaps { by_world: vec![0.0; task.worlds.len()], ..Gaps::default() };
                task.questions.len()
            ],
            room: Scratch::of(n_areas),
        }
    }
}

impl Tally for Pivots<'_> {
    fn record(&mut self, batch: &Batch) {
        let Self { task, switches, gaps, room, .. } = self;
        for (z, world) in task.worlds.iter().enumerate() {
            let probability = task.model.worlds()[z].probability;
            if probability == 0.0 {
                continue;
            }
            let mut totals: Column = [0.0; BLOCK];
            world.totals(batch, &mut totals);
            world.inverses(batch, &mut room.inverses);
            let there = BlockInWorld { model: task.model, batch, world, totals: &totals, probability };
            let mut known = vec![false; task.model.n_areas()];
            let questions = task.questions.iter().zip(&task.plans).zip(&task.quick);
            for (((question, plan), quick), (switches, gaps)) in
                questions.zip(switches.iter_mut().zip(&mut *gaps))
            {
                for area in question.areas() {
                    if !std::mem::replace(&mut known[area], true) {
                        world.numerator(batch, area, &totals, &mut room.numerators[area]);
                    }
                }
                let all = plan.solved.iter().zip(quick).zip(switches);
                match &question.kind {
                    QuestionKind::Gap(gap) => {
                        if task.with_gaps {
                            there.sum(gap, z, gaps);
                        }
                        there.gap(gap, z, all, task.with_gaps, room);
                    }
                    QuestionKind::Order(order) => {
                        there.lay_out(order, room);
                        for ((solved, quick), switches) in all {
                            let at = SolvedInWorld { solved, z };
                            there.count_order(order, at, quick.as_ref(), room, switches);
                        }
                    }
                }
            }
        }
    }

    fn merge(&mut self, later: &Self) {
        for (all, more) in self.switches.iter_mut().zip(&later.switches) {
            all.iter_mut().zip(more).for_each(|(switches, more)| switches.merge(more));
        }
        for (sums, more) in self.gaps.iter_mut().zip(&later.gaps) {
            sums.by_world.iter_mut().zip(&more.by_world).for_each(|(a, b)| *a += b);
            sums.squares += more.squares;
            sums.above += more.above;
        }
    }
}
