//! Truth of claims about dates in the draws of a block, one bit per draw.

use super::frame::Frame;
use super::level::LevelDates;
use super::places::GroupPlaces;
use crate::batch::{Aligned, BLOCK, Batch};
use crate::model::ClockNumbers;
use crate::scenario::{Claim, Dated, Level, Marker, Scenario};
use crate::tally::Bits;

/// Returns the draws of a block in which a claim holds in a joint world, of a scenario whose clock has this start.
pub fn truth_of(
    claim: &Dated,
    (scenario, start): (&Scenario, f64),
    batch: &Batch,
    (levels, world): (&[LevelDates], usize),
    clock: (&Frame, &ClockNumbers),
) -> Bits {
    Facts { scenario, batch, levels, world, start, clock }.of(claim)
}

/// Years by which a date may be off for rounding: one that falls on the date of a claim by what the scenario states does so.
const ROUNDING: f64 = 1e-9;

/// Facts that claims are worked out from: the overall scores of a block, and its dates at each level.
struct Facts<'a> {
    scenario: &'a Scenario,
    batch: &'a Batch,
    levels: &'a [LevelDates],
    world: usize,
    /// Start of the clock.
    start: f64,
    clock: (&'a Frame, &'a ClockNumbers),
}

fn bits(holds: impl Fn(usize) -> bool) -> Bits {
    let mut bits = Bits::NONE;
    for draw in 0..BLOCK {
        bits.0[draw / 64] |= u64::from(holds(draw)) << (draw % 64);
    }
    bits
}

impl Facts<'_> {
    fn level(&self, level: Level) -> &LevelDates {
        let found = self.levels.iter().find(|dates| dates.level == level);
        found.expect("dates are worked out at every level of a claim")
    }

    /// Returns the draws in which a claim holds.
    fn of(&self, claim: &Dated) -> Bits {
        match claim {
            Dated::Order(claim) => self.of_order(claim),
            Dated::Before { one, other, at, by } => {
                let dates = self.level(*at);
                let (one, other) = (dates.of(one, self.world), dates.of(other, self.world));
                let by = by / 12.0;
                if by == 0.0 {
                    bits(|i| one[i] < other[i])
                } else {
                    // What is never reached is before nothing.
                    bits(|i| one[i] < f64::INFINITY && one[i] + by <= other[i] + ROUNDING)
                }
            }
            Dated::Reached { place, at, on } => {
                let dates = self.level(*at).of(place, self.world);
                let on = on - self.start + ROUNDING;
                bits(|i| dates[i] <= on)
            }
            Dated::Speedup { place, at_least, on } => {
                let speedups = self.speedups(place, on - self.start);
                bits(|i| speedups[i] >= *at_least)
            }
            Dated::All(all) => all.iter().fold(Bits::ALL, |bits, claim| bits & self.of(claim)),
            Dated::Any(any) => any.iter().fold(Bits::NONE, |bits, claim| bits | self.of(claim)),
            Dated::Not(claim) => !self.of(claim),
        }
    }

    /// Returns the speedups of a place on a date.
    fn speedups(&self, place: &Marker, on: f64) -> Aligned {
        let (frame, numbers) = self.clock;
        let of = |area: usize| {
            let mut out = Aligned::default();
            frame.speedups(self.batch, (self.world, area), (on, numbers), &mut out);
            out
        };
        let all =
            |group: usize| -> Vec<Aligned> { self.scenario.members(group).into_iter().map(of).collect() };
        let sorted = |group: usize| {
            let mut all = all(group);
            GroupPlaces::sort(&mut all);
            all
        };
        match *place {
            Marker::Area(area) => of(area),
            Marker::Last(group) => sorted(group)[0],
            Marker::First(group) => *sorted(group).last().expect("a group has areas"),
            Marker::Nth(k, group) => {
                let all = sorted(group);
                all[all.len() - k]
            }
            Marker::Mean(group) => {
                let all = all(group);
                let (mut sum, n) = (Aligned::default(), all.len() as f64);
                for column in &all {
                    sum.iter_mut().zip(column.iter()).for_each(|(sum, x)| *sum += x);
                }
                sum.iter_mut().for_each(|sum| *sum /= n);
                sum
            }
        }
    }

    fn of_order(&self, claim: &Claim) -> Bits {
        match claim {
            Claim::Before(one, other) => bits(|i| self.score(one, i) > self.score(other, i)),
            Claim::All(all) => all.iter().fold(Bits::ALL, |bits, claim| bits & self.of_order(claim)),
            Claim::Any(any) => any.iter().fold(Bits::NONE, |bits, claim| bits | self.of_order(claim)),
            Claim::Not(claim) => !self.of_order(claim),
            Claim::InTop { k, group, at_least } => {
                let (members, n) = (self.scenario.members(*group), self.batch.n_areas());
                bits(|i| {
                    let ahead = |area: usize| {
                        (0..n).filter(|&other| self.area(other, i) > self.area(area, i)).count()
                    };
                    members.iter().filter(|&&area| ahead(area) < *k).count() >= *at_least
                })
            }
            Claim::Most(a, b) => {
                let (a, b) = (self.scenario.members(*a), self.scenario.members(*b));
                bits(|i| {
                    let ahead = |one: usize| {
                        b.iter().filter(|&&other| self.area(one, i) > self.area(other, i)).count()
                    };
                    2 * a.iter().map(|&one| ahead(one)).sum::<usize>() > a.len() * b.len()
                })
            }
        }
    }

    fn area(&self, area: usize, draw: usize) -> f64 {
        self.batch.overall(self.world, area)[draw]
    }

    /// Returns the overall score of a place in a draw.
    fn score(&self, place: &Marker, draw: usize) -> f64 {
        let sorted = |group: usize| {
            let mut scores: Vec<f64> =
                self.scenario.members(group).into_iter().map(|area| self.area(area, draw)).collect();
            scores.sort_by(|a, b| b.total_cmp(a));
            scores
        };
        match *place {
            Marker::Area(area) => self.area(area, draw),
            Marker::First(group) => sorted(group)[0],
            Marker::Last(group) => *sorted(group).last().expect("a group has areas"),
            Marker::Nth(k, group) => sorted(group)[k - 1],
            Marker::Mean(group) => {
                let scores = sorted(group);
                scores.iter().sum::<f64>() / scores.len() as f64
            }
        }
    }
}
