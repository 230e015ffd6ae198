//! What is kept of a run for sensitivities: for each question and input, where the question switches as that input alone is
//! moved. Memory does not grow with the instances.

use super::pair::Quick;
use super::plan::{Plan, Solved};
use super::question::{Kind, Question};
use super::slope::World;
use super::solve::There;
use crate::batch::{Aligned, BLOCK, Batch, Column};
use crate::model::Model;
use crate::tally::Tally;

/// What does not change during a run.
#[derive(Debug)]
pub struct Task<'a> {
    /// The model.
    pub model: &'a Model,
    /// Its joint worlds.
    pub worlds: Vec<World>,
    /// What is asked.
    pub questions: Vec<Question>,
    /// Shape `[n_questions]`.
    pub plans: Vec<Plan>,
    /// Shape `[n_questions][n_solved]`: the quick way to solve for thresholds, where there is one.
    quick: Vec<Vec<Option<Quick>>>,
    /// Whether it is worked out what the gap comes to as an input is held somewhere.
    with_gaps: bool,
}

impl<'a> Task<'a> {
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
            let is_gap = matches!(question.kind, Kind::Gap(_));
            let quick = |solved: &Solved| is_gap.then(|| Quick::new(&worlds, solved)).flatten();
            plan.solved.iter().map(quick).collect()
        };
        let quick = questions.iter().zip(&plans).map(quick).collect();
        Self { model, worlds, questions, plans, quick, with_gaps }
    }
}

/// What is kept for one question and one input. An instance counts in each joint world with that world's probability.
#[derive(Clone, Debug)]
pub struct Switches {
    /// Shape `[2 halves][n_cells + 2]`: switches from false to true as the input rises; place 0 stands for those that
    /// are true from the start.
    pub up: [Vec<f64>; 2],
    /// The same from true to false.
    pub down: [Vec<f64>; 2],
    /// The sum of G (1 - G), G being the probability of the claim as this input alone is drawn again, and of its square; left to
    /// the counts where the quick way finds them.
    pub spread: [f64; 2],
    /// The most switches of an instance, without the one that stands for a claim that is true from the start.
    pub most: usize,
    /// One a path, the worlds after one another: the sum of the slope of the gap in units of amenability.
    pub slopes: Vec<f64>,
    /// One a path that moves weights: the sums of the gap with the input held at each of [`NODES`] of its quantiles.
    pub nodes: Vec<[f64; NODES]>,
}

/// Quantiles at which the mean gap is worked out where it is no straight line: the middles of as many equal parts.
pub const NODES: usize = 16;

/// Sums of a gap in units of amenability.
#[derive(Clone, Debug, Default)]
pub struct Gaps {
    /// Shape `[n_worlds]`.
    pub by_world: Vec<f64>,
    /// Over the worlds, each with its probability: of the square, and of what is above 0.
    pub squares: f64,
    /// The same of what is above 0.
    pub above: f64,
}

impl Gaps {
    /// Whether it is above 0 on average.
    pub fn is_ahead(&self, probabilities: &[f64]) -> bool {
        self.by_world.iter().zip(probabilities).map(|(sum, p)| sum * p).sum::<f64>() > 0.0
    }
}

impl Switches {
    fn new(solved: &Solved, with_gaps: bool) -> Self {
        let empty = || vec![0.0; solved.grid.n_cells() + 2];
        let n_paths = if with_gaps { solved.paths.iter().map(Vec::len).sum() } else { 0 };
        Self {
            up: [empty(), empty()],
            down: [empty(), empty()],
            spread: [0.0; 2],
            most: 0,
            slopes: vec![0.0; n_paths],
            nodes: vec![[0.0; NODES]; n_paths],
        }
    }

    fn merge(&mut self, later: &Self) {
        let add = |sums: &mut [f64], more: &[f64]| sums.iter_mut().zip(more).for_each(|(a, b)| *a += b);
        for half in 0..2 {
            add(&mut self.up[half], &later.up[half]);
            add(&mut self.down[half], &later.down[half]);
        }
        add(&mut self.spread, &later.spread);
        add(&mut self.slopes, &later.slopes);
        self.nodes.iter_mut().zip(&later.nodes).for_each(|(sums, more)| add(sums, more));
        self.most = self.most.max(later.most);
    }
}

/// Sensitivities of questions.
#[derive(Debug)]
pub struct Pivots<'a> {
    task: &'a Task<'a>,
    /// Shape `[n_questions][n_solved]`.
    pub switches: Vec<Vec<Switches>>,
    /// Shape `[n_questions]`: of those that are about a gap.
    pub gaps: Vec<Gaps>,
    /// Working room: the steps of an instance, values of lines and where they cross.
    room: Room,
}

#[derive(Clone, Debug, Default)]
pub struct Room {
    pub steps: Vec<(f64, bool)>,
    pub crossings: Vec<f64>,
    pub lines: Vec<f64>,
    pub values: Vec<f64>,
    pub slopes: Vec<f64>,
    /// Shape `[n_areas]`.
    pub numerators: Vec<Aligned>,
    /// Shape `[n_parts]`: one over the weight of each part of a joint world.
    pub inverses: Vec<Aligned>,
    /// Shape `[n_areas]`.
    pub areas: Vec<Aligned>,
}

impl Room {
    /// For so many areas.
    pub fn of(n_areas: usize) -> Self {
        let columns = || vec![Aligned::default(); n_areas];
        Self { numerators: columns(), areas: columns(), ..Self::default() }
    }
}

impl<'a> Pivots<'a> {
    /// No instances yet.
    pub fn new(task: &'a Task<'a>) -> Self {
        let switches =
            |plan: &Plan| plan.solved.iter().map(|solved| Switches::new(solved, task.with_gaps)).collect();
        let n_areas = task.model.n_areas();
        Self {
            task,
            switches: task.plans.iter().map(switches).collect(),
            gaps: vec![
                Gaps { by_world: vec![0.0; task.worlds.len()], ..Gaps::default() };
                task.questions.len()
            ],
            room: Room::of(n_areas),
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
            let there = There { model: task.model, batch, world, totals: &totals, probability };
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
                    Kind::Gap(gap) => {
                        if task.with_gaps {
                            there.sum(gap, z, gaps);
                        }
                        there.gap(gap, z, all, (room, task.with_gaps));
                    }
                    Kind::Order { .. } => {
                        for ((solved, _), switches) in all {
                            let mut sink = |n: usize, steps: &[(f64, bool)]| {
                                there.keep(n, &solved.grid, steps, switches);
                            };
                            there.order(question, (solved, z), room, &mut sink);
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
