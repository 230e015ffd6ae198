//! Probabilities of gaps that are taken apart: their characteristic functions as sums over nodes and products, and series of those.

use super::apart::{MOST_WORK, SeparableGap, SeparableTerm};
use super::cell::CellLaw;
use super::form::product;
use super::frame::Frame;
use super::given::ConditionalState;
use super::rule::Rule;
use super::series::{Stop, size_of_all, tail_bound};
use super::split::Split;
use super::terms::{LANES, ONE, Terms, angles, multiply, stretch, total, turned};
use crate::kernel::{Kernel, dispatch};
use std::f64::consts::PI;

/// A panel of a rule may turn by no more than this.
const WIDEST_TURN: f64 = 6.0;

/// The most that a series may lack.
const ENOUGH: f64 = 1e-7;

impl SeparableGap<'_> {
    /// The probability that the gap is positive, and how much it may lack; nothing where it cannot be had well.
    pub fn positive(&mut self, stop: Stop) -> Option<(f64, f64)> {
        let Self { split, frame, pieces } = self;
        let (low, high) = range(split, frame, pieces);
        if low >= 0.0 || high <= 0.0 {
            return Some((f64::from(u8::from(low >= 0.0)), 0.0));
        }
        let step = PI / high.max(-low);
        let angle = |block: usize| step * (2 * LANES * block) as f64;
        let lacks = |frame: &mut Frame, pieces: &[SeparableTerm<'_>], block: usize| {
            tail_bound(block, |block| sizes(split, frame, pieces, angle(block)))
        };
        // Where the last block that is little enough work is not enough, none is worked out.
        let is_little = |block: &usize| work_at(pieces, angle(*block)).is_some_and(|work| work <= MOST_WORK);
        let blocks: Vec<usize> = (1..=stop.blocks).collect();
        let last = blocks.partition_point(is_little).max(1);
        if lacks(frame, pieces, last) > ENOUGH {
            return None;
        }
        let (mut sum, mut block) = (0.5, 0);
        loop {
            let end = angle(block + 1);
            sum += dispatch(Block { split, frame, pieces, step, block, end });
            block += 1;
            let left = lacks(frame, pieces, block);
            if (Stop { fine_blocks: 0, ..stop }).is_there(left, block) || !is_little(&(block + 1)) {
                return (left <= ENOUGH).then_some((sum, left));
            }
        }
    }
}

/// The least and the greatest gap; notes how far the panels of rules turn on the way.
fn range(split: &Split<'_>, frame: &mut Frame, pieces: &mut [SeparableTerm<'_>]) -> (f64, f64) {
    let (mut low, mut high) = (0.0, 0.0);
    for piece in pieces {
        let (a, b) = match piece {
            SeparableTerm::Own(cell, law, share, greatest) => {
                let (at, c) = (given(frame, law), *share * frame.sum(&cell.parts));
                *greatest = greatest.max(c.abs());
                let ((from, to), ..) = law.at(&at);
                ((c * from).min(c * to), (c * from).max(c * to))
            }
            SeparableTerm::Certain(part, share) => {
                let x = *share * frame.sum(std::slice::from_ref(part));
                (x, x)
            }
            SeparableTerm::Over(rules, turn, inner) => {
                let (mut ends, mut first) = ((f64::INFINITY, f64::NEG_INFINITY), (0.0, 0.0));
                for index in 0..rules[0].len() {
                    rules[0].place(split, index, frame);
                    let here = range(split, frame, inner);
                    if rules[0].starts_panel(index) {
                        first = here;
                    }
                    *turn = turn.max((here.0 - first.0).abs()).max((here.1 - first.1).abs());
                    ends = (ends.0.min(here.0), ends.1.max(here.1));
                }
                ends
            }
        };
        (low, high) = (low + a, high + b);
    }
    (low, high)
}

/// Returns how much work a block is with the rules for an angle; nothing where there are none so fine.
fn work_at(pieces: &[SeparableTerm<'_>], t: f64) -> Option<usize> {
    let of = |piece: &SeparableTerm<'_>| match piece {
        SeparableTerm::Own(_, law, _, greatest) => (greatest * t <= law.far()).then(|| piece.work()),
        SeparableTerm::Certain(..) => Some(1),
        SeparableTerm::Over(rules, turn, inner) => Some(fitting(rules, *turn, t)?.len() * work_at(inner, t)?),
    };
    pieces.iter().map(of).sum()
}

/// The first rule whose panels turn little enough at an angle; those of the next ones are half as wide each time.
fn fitting(rules: &[Rule], turn: f64, t: f64) -> Option<&Rule> {
    const NARROWER: f64 = 0.55;
    let mut turn = turn * t;
    rules.iter().find(|_| {
        let fits = turn <= WIDEST_TURN;
        turn *= NARROWER;
        fits
    })
}

/// About the greatest size of the characteristic function from an angle on.
fn sizes(split: &Split<'_>, frame: &mut Frame, pieces: &[SeparableTerm<'_>], t: f64) -> f64 {
    size_of_all(pieces.iter().map(|piece| match piece {
        SeparableTerm::Own(cell, law, share, _) => {
            law.size(&given(frame, law), *share * frame.sum(&cell.parts) * t)
        }
        SeparableTerm::Certain(..) => 1.0,
        SeparableTerm::Over(rules, _, inner) => {
            let rule = &rules[0];
            let mut sum = 0.0;
            for index in 0..rule.len() {
                let weight = rule.place(split, index, frame);
                sum += weight * sizes(split, frame, inner, t);
            }
            sum
        }
    }))
}

/// Returns where a number is that is given in part.
fn given(frame: &Frame, law: &CellLaw) -> ConditionalState {
    let mut at = ConditionalState::default();
    if let CellLaw::Given { given, known, .. } = law {
        given.set_point(frame.combined(known), &mut at);
    }
    at
}

/// Eight terms of the series.
struct Block<'a, 'b> {
    split: &'a Split<'a>,
    frame: &'a mut Frame,
    pieces: &'a [SeparableTerm<'b>],
    step: f64,
    block: usize,
    end: f64,
}

impl Kernel for Block<'_, '_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let (numbers, angles) = angles(self.block, self.step);
        let wave = wave(self.split, self.frame, self.pieces, &angles, self.end);
        let mut sum = [0.0; LANES];
        for lane in 0..LANES {
            sum[lane] = wave[1][lane] * 2.0 / (PI * numbers[lane]);
        }
        total(&sum)
    }
}

/// The characteristic function of pieces together.
fn wave(
    split: &Split<'_>,
    frame: &mut Frame,
    pieces: &[SeparableTerm<'_>],
    angles: &[f64; LANES],
    end: f64,
) -> Terms {
    let (mut wave, mut certain) = (ONE, 0.0);
    for piece in pieces {
        match piece {
            SeparableTerm::Own(cell, law, share, _) => {
                let c = *share * frame.sum(&cell.parts);
                certain += c * law.centre();
                dispatch(Own { law, at: &given(frame, law), c, angles, wave: &mut wave });
            }
            SeparableTerm::Certain(part, share) => certain += *share * frame.sum(std::slice::from_ref(part)),
            SeparableTerm::Over(rules, turn, inner) => {
                let Some(rule) = fitting(rules, *turn, end).or(rules.last()) else { continue };
                let mut sum = [[0.0; LANES]; 2];
                for index in 0..rule.len() {
                    let weight = rule.place(split, index, frame);
                    let [re, im] = self::wave(split, frame, inner, angles, end);
                    for lane in 0..LANES {
                        sum[0][lane] += weight * re[lane];
                        sum[1][lane] += weight * im[lane];
                    }
                }
                for lane in 0..LANES {
                    [wave[0][lane], wave[1][lane]] =
                        product([wave[0][lane], wave[1][lane]], [sum[0][lane], sum[1][lane]]);
                }
            }
        }
    }
    if certain != 0.0 {
        dispatch(Turn { angles, certain, wave: &mut wave });
    }
    wave
}

/// Multiplies with the characteristic function of a number of one area.
struct Own<'a> {
    law: &'a CellLaw,
    at: &'a ConditionalState,
    c: f64,
    angles: &'a [f64; LANES],
    wave: &'a mut Terms,
}

impl Kernel for Own<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let mut terms = ONE;
        if self.c == 0.0 {
            return;
        }
        self.law.fill(self.at, self.c, self.angles, &mut terms);
        if self.law.is_even() {
            stretch(self.wave, &terms[0]);
        } else {
            multiply(self.wave, &terms);
        }
    }
}

/// Multiplies with that of what is certain.
struct Turn<'a> {
    angles: &'a [f64; LANES],
    certain: f64,
    wave: &'a mut Terms,
}

impl Kernel for Turn<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        multiply(self.wave, &turned(self.angles, self.certain));
    }
}
