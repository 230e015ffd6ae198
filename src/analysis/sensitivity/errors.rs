//! Errors of what was counted where the joint worlds see the same draws: second moments of what a draw adds in all of
//! them together, against those that it would have if its world were drawn as well, which the counts know. Knows no scenario.

use super::curve::Curve;
use super::plan::{Solved, SolvedInWorld};
use super::question::{Question, QuestionKind};
use super::scratch::Scratch;
use super::solve::{BlockInWorld, GapLines};
use super::tally::SensitivitySetup;
use super::truths::Truths;
use crate::analysis::sensitivity::shape::Errors;
use crate::analysis::sensitivity::shape::{GapErrors, Held};
use crate::batch::{BLOCK, Batch, Column};
use crate::tally::Tally;

/// At so many quantiles it is looked at how the curves of two draws go together.
const NODES: usize = 32;

/// An input whose errors are asked for.
#[derive(Debug)]
pub struct Asked<'a> {
    solved: &'a Solved,
    /// Shape `[n_cells + 2]`, by the place of a switch: what it adds to twice the covariance with the centred curve.
    beyond: Vec<f64>,
    /// Addition to the mean density in the same shape, 0 where there is none.
    density: Vec<f64>,
    /// True for places between the 5 % and the 95 % quantile.
    inside: Vec<bool>,
    /// The curve at the nodes.
    curve: [f64; NODES],
    /// Quantiles at which the probability is reported.
    points: Vec<f64>,
    /// The most switches of a draw.
    most: f64,
    /// The mean gap at the values that change the choice, one per joint world; none where that is not asked.
    held: &'a [Held],
}

impl<'a> Asked<'a> {
    /// The errors of all that is reported of a curve, of its probabilities at some quantiles, and of a mean gap.
    pub fn new(
        solved: &'a Solved,
        curve: &Curve<'_>,
        density: Option<Vec<f64>>,
        points: Vec<f64>,
        held: &'a [Held],
    ) -> Self {
        let beyond: Vec<f64> = curve.beyond().into_iter().map(|beyond| 2.0 * beyond).collect();
        Self {
            solved,
            density: density.unwrap_or_else(|| vec![0.0; beyond.len()]),
            inside: curve.inside(),
            curve: std::array::from_fn(|k| curve.at((k as f64 + 0.5) / NODES as f64)),
            points,
            most: curve.most(),
            beyond,
            held,
        }
    }
}

/// The sum of what draws add.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    sum: f64,
    /// Of its square, all worlds together.
    squares: f64,
    /// Of the square in each world, times its probability.
    drawn: f64,
    /// Of the product with the part of the worlds in which the claim holds.
    with: f64,
}

impl Sum {
    fn add(&mut self, (value, drawn): (f64, f64), holds: f64) {
        self.sum += value;
        self.squares += value * value;
        self.drawn += drawn;
        self.with += value * holds;
    }

    fn merge(&mut self, later: &Self) {
        self.sum += later.sum;
        self.squares += later.squares;
        self.drawn += later.drawn;
        self.with += later.with;
    }

    fn variance(&self, n: f64) -> f64 {
        (self.squares / n - (self.sum / n) * (self.sum / n)).max(0.0)
    }

    /// The variance over that of drawn worlds, of which a draw has up to so many parts.
    fn ratio(&self, n: f64, most: f64) -> f64 {
        let drawn = most * self.drawn / n - (self.sum / n) * (self.sum / n);
        if drawn > 0.0 { self.variance(n) / drawn } else { 1.0 }
    }
}

#[derive(Clone, Debug, Default)]
struct Sums {
    spread: Sum,
    first: Sum,
    bar: Sum,
    gradient: Sum,
    points: Vec<Sum>,
    regret: Sum,
    common: f64,
}

/// Second moments of a question.
#[derive(Debug)]
pub struct Moments<'a> {
    task: &'a SensitivitySetup<'a>,
    question: usize,
    asked: &'a [Asked<'a>],
    /// True if the mean gap is above 0.
    is_ahead: bool,
    sums: Vec<Sums>,
    holds: f64,
    mean: Sum,
    lost: Sum,
    n: f64,
}

impl<'a> Moments<'a> {
    /// No draws yet.
    pub fn new(
        task: &'a SensitivitySetup<'a>,
        question: usize,
        asked: &'a [Asked<'a>],
        is_ahead: bool,
    ) -> Self {
        let sums = |one: &Asked| Sums { points: vec![Sum::default(); one.points.len()], ..Sums::default() };
        Self {
            task,
            question,
            asked,
            is_ahead,
            sums: asked.iter().map(sums).collect(),
            holds: 0.0,
            mean: Sum::default(),
            lost: Sum::default(),
            n: 0.0,
        }
    }

    /// Returns what is known of the errors of each input.
    pub fn errors(&self) -> Vec<Errors> {
        let n = self.n;
        let covariance = |sum: &Sum| sum.with / n - sum.sum / n * (self.holds / n);
        let errors = |(sums, asked): (&Sums, &Asked)| {
            // As for every probability, with one more draw in which it is 0, and one in which it is 1.
            let point = |sum: &Sum| {
                let wide = (sum.sum + 1.0) / (n + 2.0);
                ((sum.squares + 1.0) / (n + 2.0) - wide * wide) / (wide * (1.0 - wide))
            };
            Errors {
                spread: sums.spread.ratio(n, 1.0),
                spread_with: covariance(&sums.spread),
                first: sums.first.ratio(n, asked.most),
                first_with: covariance(&sums.first),
                common: sums.common / (n / 2.0).floor().max(1.0),
                bar: sums.bar.ratio(n, 1.0),
                gradient: sums.gradient.ratio(n, asked.most),
                points: sums.points.iter().map(point).collect(),
                regret: sums.regret.variance(n),
            }
        };
        self.sums.iter().zip(self.asked).map(errors).collect()
    }

    /// Returns what is known of the errors of the gap.
    pub fn of_gap(&self) -> GapErrors {
        GapErrors { mean: self.mean.variance(self.n), lost: self.lost.variance(self.n) }
    }

    /// The gap in units of overall score.
    fn gap(&mut self, gap: &[(usize, f64)], batch: &Batch, holds: &Column) {
        for (n, &holds) in holds[..batch.len()].iter().enumerate() {
            let (mut mean, mut above) = (0.0, 0.0);
            for (z, world) in self.task.model.worlds().iter().enumerate() {
                let d: f64 = gap.iter().map(|(area, c)| c * batch.overall(z, *area)[n]).sum();
                mean += world.probability * d;
                above += world.probability * d.max(0.0);
            }
            let lost = if self.is_ahead { above - mean } else { above };
            self.mean.add((mean, 0.0), holds);
            self.lost.add((lost, 0.0), holds);
        }
    }
}

/// A block in one joint world, as far as it is known.
struct Laid {
    z: usize,
    totals: Column,
    gaps: Column,
    /// Size up to which a gap is none but for rounding.
    slack: f64,
    room: Scratch,
}

impl Laid {
    fn new(task: &SensitivitySetup<'_>, question: &Question, batch: &Batch, z: usize) -> Self {
        let (world, mut totals) = (&task.worlds[z], [0.0; BLOCK]);
        world.totals(batch, &mut totals);
        let mut room = Scratch::of(task.model.n_areas());
        for area in question.areas() {
            world.numerator(batch, area, &totals, &mut room.numerators[area]);
        }
        let (gaps, slack) = match &question.kind {
            QuestionKind::Gap(gap) => {
                let slack = world.slack(gap);
                (BlockInWorld::gaps(gap, slack, &room), slack)
            }
            QuestionKind::Order(_) => ([0.0; BLOCK], 0.0),
        };
        Self { z, totals, gaps, slack, room }
    }
}

/// Additions of the draws of a block for one input.
struct Added {
    spread: [(f64, f64); BLOCK],
    first: [(f64, f64); BLOCK],
    bar: [(f64, f64); BLOCK],
    gradient: [(f64, f64); BLOCK],
    /// Shape `[BLOCK][n_points]`.
    points: Vec<f64>,
    regret: Column,
    /// The rise of the curve at each node.
    rises: Vec<[f64; NODES]>,
}

impl Added {
    fn new(n_points: usize) -> Box<Self> {
        let nothing = [(0.0, 0.0); BLOCK];
        Box::new(Self {
            spread: nothing,
            first: nothing,
            bar: nothing,
            gradient: nothing,
            points: vec![0.0; BLOCK * n_points],
            regret: [0.0; BLOCK],
            rises: vec![[0.0; NODES]; BLOCK],
        })
    }

    /// Adds the steps of a draw in a joint world of this probability.
    fn add(&mut self, asked: &Asked<'_>, n: usize, p: f64, steps: &[(f64, bool)]) {
        let n_points = asked.points.len();
        let mut share = 0.0;
        for &(u, rises) in steps {
            let sign = if rises { 1.0 } else { -1.0 };
            share += sign * (1.0 - u);
            let place = asked.solved.grid.place(u);
            let add = |to: &mut (f64, f64), x: f64| {
                to.0 += p * sign * x;
                to.1 += p * x * x;
            };
            add(&mut self.first[n], asked.beyond[place]);
            add(&mut self.gradient[n], asked.density[place]);
            add(&mut self.bar[n], f64::from(u8::from(asked.inside[place])));
            let points = &mut self.points[n * n_points..][..n_points];
            for (sum, _) in points.iter_mut().zip(&asked.points).filter(|(_, at)| u <= **at) {
                *sum += p * sign;
            }
            // The first node that is not below.
            let node = (u * NODES as f64 - 0.5).ceil().max(0.0) as usize;
            if let Some(rise) = self.rises[n].get_mut(node) {
                *rise += p * sign;
            }
        }
        let spread = (share * (1.0 - share)).max(0.0);
        self.spread[n].0 += p * spread;
        self.spread[n].1 += p * spread * spread;
    }

    fn record(&self, asked: &Asked<'_>, holds: &[f64], sums: &mut Sums) {
        let n_points = asked.points.len();
        for (n, &holds) in holds.iter().enumerate() {
            sums.spread.add(self.spread[n], holds);
            sums.first.add(self.first[n], holds);
            sums.bar.add(self.bar[n], holds);
            sums.gradient.add(self.gradient[n], holds);
            sums.regret.add((self.regret[n], 0.0), holds);
            for (sum, &y) in sums.points.iter_mut().zip(&self.points[n * n_points..]) {
                sum.add((y, 0.0), holds);
            }
        }
        for two in self.rises[..holds.len()].chunks_exact(2) {
            let [a, b] = [&two[0], &two[1]].map(|rises| centred(rises, &asked.curve));
            let common = a.iter().zip(&b).map(|(a, b)| a * b).sum::<f64>() / NODES as f64;
            sums.common += common * common;
        }
    }
}

/// A curve at the nodes, less another one, about its mean.
fn centred(rises: &[f64; NODES], less: &[f64; NODES]) -> [f64; NODES] {
    let mut curve = [0.0; NODES];
    let (mut y, mut sum) = (0.0, 0.0);
    for k in 0..NODES {
        y += rises[k];
        curve[k] = y - less[k];
        sum += curve[k];
    }
    curve.map(|y| y - sum / NODES as f64)
}

impl Tally for Moments<'_> {
    fn record(&mut self, batch: &Batch) {
        let (task, question) = (self.task, &self.task.questions[self.question]);
        let worlds = task.model.worlds();
        let possible = (0..worlds.len()).filter(|&z| worlds[z].probability > 0.0);
        let mut laid: Vec<Laid> = possible.map(|z| Laid::new(task, question, batch, z)).collect();
        let mut holds: Column = [0.0; BLOCK];
        let mut truths: Truths = [false; BLOCK];
        for Laid { z, .. } in &laid {
            question.truths(batch, *z, &mut truths);
            let p = worlds[*z].probability;
            holds.iter_mut().zip(truths).for_each(|(sum, holds)| *sum += if holds { p } else { 0.0 });
        }
        self.holds += holds[..batch.len()].iter().sum::<f64>();
        self.n += batch.len() as f64;
        if let QuestionKind::Gap(gap) = &question.kind {
            self.gap(gap, batch, &holds);
        }
        if let QuestionKind::Order(order) = &question.kind {
            for Laid { z, totals, room, .. } in &mut laid {
                let (world, probability) = (&task.worlds[*z], worlds[*z].probability);
                BlockInWorld { model: task.model, batch, world, totals, probability }.lay_out(order, room);
            }
        }
        for (asked, sums) in self.asked.iter().zip(&mut self.sums) {
            let mut added = Added::new(asked.points.len());
            for Laid { z, totals, gaps, slack, room } in &mut laid {
                let (world, p) = (&task.worlds[*z], worlds[*z].probability);
                let there = BlockInWorld { model: task.model, batch, world, totals, probability: p };
                let at = SolvedInWorld { solved: asked.solved, z: *z };
                match &question.kind {
                    QuestionKind::Gap(_) => {
                        let paths = at.paths();
                        let slopes = there.slopes(paths);
                        if let Some(held) = asked.held.get(*z) {
                            there.add_held(held, paths, gaps, &slopes, &mut added.regret);
                        }
                        let mut sink = |n: usize, steps: &[(f64, bool)]| added.add(asked, n, p, steps);
                        let lines = GapLines { gaps, slack: *slack, slopes: &slopes };
                        there.gap_steps(lines, at, &mut room.steps, &mut sink);
                    }
                    QuestionKind::Order(order) => {
                        let mut sink = |n: usize, steps: &[(f64, bool)]| added.add(asked, n, p, steps);
                        there.order_steps(order, at, room, &mut sink);
                    }
                }
            }
            added.record(asked, &holds[..batch.len()], sums);
        }
    }

    fn merge(&mut self, later: &Self) {
        for (sums, later) in self.sums.iter_mut().zip(&later.sums) {
            sums.spread.merge(&later.spread);
            sums.first.merge(&later.first);
            sums.bar.merge(&later.bar);
            sums.gradient.merge(&later.gradient);
            sums.regret.merge(&later.regret);
            sums.points.iter_mut().zip(&later.points).for_each(|(sum, more)| sum.merge(more));
            sums.common += later.common;
        }
        self.mean.merge(&later.mean);
        self.lost.merge(&later.lost);
        self.holds += later.holds;
        self.n += later.n;
    }
}
