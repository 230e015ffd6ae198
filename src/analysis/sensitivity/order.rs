//! Places where a claim about the order switches in the draws of a block, in one joint world. Between two neighbouring places
//! where lines cross it does not; where they do, its counts change by one.

use super::counted::{CountedClaim, Standing};
use super::holds::holds;
use super::lines::{Crossing, OrderBlock, STRIP, compared};
use super::pair::{Block, PairScratch, PairThresholds};
use super::plan::{Path, PathOnGrid, SolvedInWorld};
use super::question::OrderQuestion;
use super::scratch::Scratch;
use super::shape::Switches;
use super::solve::{BlockInWorld, GapLines, by_value};
use crate::batch::{Aligned, BLOCK, Column};
use crate::kernel::{Kernel, dispatch};
use std::cmp::Ordering;

impl BlockInWorld<'_> {
    /// Works out what all inputs have in common, from the numerators of the areas that the question hangs on.
    pub fn lay_out(&self, question: &OrderQuestion, room: &mut Scratch) {
        let (n_areas, len) = (self.model.n_areas(), self.batch.len());
        let Scratch { numerators, order, .. } = room;
        order.slack = self.world.slack_of(question.areas.iter().copied(), question.parts);
        for columns in [&mut order.lines, &mut order.slopes] {
            columns.resize(n_areas + question.means.len(), Aligned::default());
        }
        for &area in &question.areas {
            order.lines[area] = numerators[area];
        }
        OrderBlock::average(&mut order.lines, n_areas, &question.means);
        let mut standings = std::mem::take(&mut order.standings);
        standings.resize(BLOCK, Standing::default());
        order.held = [0; 2];
        for (n, standing) in standings.iter_mut().enumerate().take(len) {
            let pairs = &question.counted.pairs;
            question.counted.count(|p| compared(order.difference(pairs[p], n), order.slack), standing);
            order.held[n % 2] += usize::from(question.counted.holds(standing));
        }
        order.standings = standings;
        let OrderBlock { rivals, lines, slack, .. } = order;
        let lines: Vec<&Column> = lines.iter().map(|line| &**line).collect();
        rivals.record(&question.circuit, &question.signs, &lines, *slack);
    }

    /// Counts where the claim switches in one input.
    pub fn count_order(
        &self,
        question: &OrderQuestion,
        at: SolvedInWorld<'_>,
        quick: Option<&PairThresholds>,
        room: &mut Scratch,
        switches: &mut Switches,
    ) {
        let Some(quick) = quick else {
            let mut sink = |n: usize, steps: &[(f64, bool)]| self.keep(n, &at.solved.grid, steps, switches);
            return self.order(question, at, room, &mut sink);
        };
        let Self { batch, world, probability, .. } = *self;
        let Some(area) = quick.area(at.z) else {
            for (up, held) in switches.up.iter_mut().zip(room.order.held) {
                up[0] += probability * held as f64;
            }
            return;
        };
        let gaps = &room.order.rivals.gaps[area];
        let block = Block { batch, world, inverses: &room.inverses, gaps, probability };
        quick.record(block, at, &mut PairScratch::new(false), switches);
    }

    /// Finds where the claim switches in one input, draw by draw.
    pub fn order_steps(
        &self,
        question: &OrderQuestion,
        at: SolvedInWorld<'_>,
        room: &mut Scratch,
        sink: &mut impl FnMut(usize, &[(f64, bool)]),
    ) {
        // What moves an area alone moves it beside its rival. Where values have a probability of their own, ties count.
        let lone = match at.paths() {
            [path] if at.solved.grid.lookup.is_some() && path.latent.is_none() => match path.areas[..] {
                [(area, ..)] => question.signs[area].map(|sign| (area, sign)),
                _ => None,
            },
            _ => None,
        };
        let Some((area, sign)) = lone else { return self.order(question, at, room, sink) };
        let mut slopes = self.slopes(at.paths());
        for slope in slopes.iter_mut().flatten() {
            *slope *= sign;
        }
        let Scratch { order, steps, .. } = room;
        let lines = GapLines { gaps: &order.rivals.gaps[area], slack: 0.0, slopes: &slopes };
        self.gap_steps(lines, at, steps, sink);
    }

    /// Finds where the claim switches in one input, from what it hangs on: `sink` is called with the steps of each draw.
    pub fn order(
        &self,
        question: &OrderQuestion,
        at: SolvedInWorld<'_>,
        room: &mut Scratch,
        sink: &mut impl FnMut(usize, &[(f64, bool)]),
    ) {
        // One column at a time; a question about an order with raters draws those again.
        let Some(path) = at.paths().first() else {
            for (n, standing) in room.order.standings.iter().enumerate().take(self.batch.len()) {
                let steps: &[(f64, bool)] =
                    if question.counted.holds(standing) { &[(0.0, true)] } else { &[] };
                sink(n, steps);
            }
            return;
        };
        self.lay_out_slopes(question, path, room);
        let at = at.on_grid(path);
        if let Some(values) = &at.grid.values {
            self.order_by_value(question, at, values, room, sink);
        } else {
            self.order_by_crossing(&question.counted, at, room, sink);
        }
    }

    /// Works out the slopes of the lines in the column of an input.
    fn lay_out_slopes(&self, question: &OrderQuestion, path: &Path, room: &mut Scratch) {
        let slopes = &mut room.order.slopes;
        for &area in &question.areas {
            slopes[area].fill(0.0);
        }
        for (area, coefficient, entries) in &path.areas {
            let (to, times) = ((self.model, self.batch), (self.totals, *coefficient));
            self.world.add_slope(to, (*area, path.column), entries, times, &mut slopes[*area]);
        }
        OrderBlock::average(slopes, self.model.n_areas(), &question.means);
    }

    /// Of an input with a few values: whether it holds at each.
    fn order_by_value(
        &self,
        question: &OrderQuestion,
        PathOnGrid { path, grid }: PathOnGrid<'_>,
        values: &[f64],
        room: &mut Scratch,
        sink: &mut impl FnMut(usize, &[(f64, bool)]),
    ) {
        let (now, n_areas) = (self.batch.input(path.column), self.model.n_areas());
        let Scratch { order, steps, .. } = room;
        let mut lines = Vec::new();
        for n in 0..self.batch.len() {
            let at = |x: f64| {
                lines.clear();
                let all = order.lines.iter().zip(&order.slopes);
                lines.extend(all.map(|(line, slope)| line[n] + slope[n] * (x - now[n])));
                holds(&question.circuit, &lines, n_areas, order.slack)
            };
            steps.clear();
            by_value(values, &grid.edges, at, steps);
            sink(n, steps);
        }
    }

    /// Of any other input: the crossings of lines, one after another.
    fn order_by_crossing(
        &self,
        counted: &CountedClaim,
        on: PathOnGrid<'_>,
        room: &mut Scratch,
        sink: &mut impl FnMut(usize, &[(f64, bool)]),
    ) {
        let (low, high) = self.model.inputs()[on.path.column].dist.support();
        let now = self.batch.input(on.path.column);
        let Scratch { order, steps, .. } = room;
        let moves: Vec<bool> = order.slopes.iter().map(|slope| slope.iter().any(|x| *x != 0.0)).collect();
        let pairs = counted.pairs.iter().copied().enumerate();
        let moving: Vec<_> = pairs.filter(|(_, (i, j))| moves[*i] || moves[*j]).collect();
        let mut places = std::mem::take(&mut order.places);
        places.resize(moving.len().max(places.len()), [0.0; STRIP]);
        for from in (0..self.batch.len()).step_by(STRIP) {
            for ((_, (i, j)), out) in moving.iter().zip(&mut places) {
                let (lines, slopes) =
                    (strip(&order.lines, [*i, *j], from), strip(&order.slopes, [*i, *j], from));
                let now = &now[from..from + STRIP];
                dispatch(Cross { now, lines, slopes, out });
            }
            for n in from..(from + STRIP).min(self.batch.len()) {
                order.crossings.clear();
                for ((pair, (i, j)), places) in moving.iter().zip(&places) {
                    let at = places[n - from];
                    if at > low && at < high {
                        let at = on.snap(at);
                        let rises = order.slopes[*i][n] > order.slopes[*j][n];
                        let before = if rises { Ordering::Less } else { Ordering::Greater };
                        if at > low && at < high {
                            order.crossings.push(Crossing { at, pair: *pair, before });
                        }
                    }
                }
                self.walk(counted, on, n, order, steps);
                sink(n, steps);
            }
        }
        order.places = places;
    }

    /// Walks through the crossings of a draw from the lowest on, and notes those at which the claim changes.
    fn walk(
        &self,
        counted: &CountedClaim,
        on: PathOnGrid<'_>,
        n: usize,
        order: &mut OrderBlock,
        steps: &mut Vec<(f64, bool)>,
    ) {
        steps.clear();
        let mut standing = std::mem::take(&mut order.standing);
        standing.copy_from(&order.standings[n]);
        for crossing in &order.crossings {
            let stands = compared(order.difference(counted.pairs[crossing.pair], n), order.slack);
            counted.change(&mut standing, crossing.pair, (stands, crossing.before));
        }
        order.crossings.sort_unstable_by(|a, b| a.at.total_cmp(&b.at));
        let falls = on.path.latent.as_ref().is_some_and(|latent| latent.loading < 0.0);
        let first = counted.holds(&standing);
        let mut held = first;
        for group in order.crossings.chunk_by(|a, b| a.at == b.at) {
            for crossing in group {
                let change = (crossing.before, crossing.before.reverse());
                counted.change(&mut standing, crossing.pair, change);
            }
            let holds = counted.holds(&standing);
            if holds != held {
                let u = self.quantile(on, n, group[0].at, holds);
                steps.push((u, holds != falls));
                held = holds;
            }
        }
        // The lowest value of the driver is the highest of the column where that falls.
        if if falls { held } else { first } {
            steps.insert(0, (0.0, true));
        }
        order.standing = standing;
    }
}

/// The draws of two lines that are worked out at once.
fn strip(columns: &[Aligned], pair: [usize; 2], from: usize) -> [&[f64]; 2] {
    pair.map(|line| &columns[line][from..from + STRIP])
}

/// Crossings of two lines as the number of a column moves: infinite or no number where they do not cross.
struct Cross<'a> {
    now: &'a [f64],
    lines: [&'a [f64]; 2],
    slopes: [&'a [f64]; 2],
    out: &'a mut [f64; STRIP],
}

impl Kernel for Cross<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { now, lines: [one, other], slopes: [slope, other_slope], out } = self;
        for n in 0..STRIP {
            out[n] = now[n] - (one[n] - other[n]) / (slope[n] - other_slope[n]);
        }
    }
}
