//! The gap between means of areas at a point, and the probability that it is positive: a Fourier series, or a sum over its values where
//! those are finitely many.

use super::frame::Frame;
use super::series::{Stop, size_of_all, tail_bound};
use super::shape::Sides;
use super::split::Split;
use super::terms::{LANES, ONE, angles, multiply, stretch, total, turned};
use crate::kernel::{Kernel, dispatch};
use std::f64::consts::PI;

/// A gap as a sum of integrated numbers: what each is multiplied by, and what is certain.
#[derive(Clone, Debug, Default)]
pub struct PointGap {
    /// Indices of the numbers and their coefficients.
    pub cells: Vec<(usize, f64)>,
    /// The certain part, with the centres.
    pub constant: f64,
    /// The size of what that is made of.
    pub size: f64,
}

/// More values than this are not told apart.
const MOST_VALUES: usize = 1 << 14;

impl PointGap {
    /// Turns to the gap between the means of some areas and of others, in a world at a point.
    pub fn between(&mut self, split: &Split<'_>, frame: &Frame, world: usize, sides: Sides<'_>) {
        let n_areas = split.model.n_areas();
        self.cells.clear();
        (self.constant, self.size) = (0.0, 0.0);
        for (areas, sign) in sides.signed() {
            let share = sign / areas.len() as f64;
            for &area in areas {
                let law = world * n_areas + area;
                self.constant += share * frame.laws[law].constant;
                self.size += share.abs() * frame.laws[law].size;
                for &cell in &split.laws[law].cells {
                    let c = share * frame.coefficients[cell];
                    // What belongs to an area alone comes twice only if the area does.
                    let twice = sign < 0.0 && sides.one.contains(&area);
                    match self.cells.iter_mut().find(|(known, _)| twice && *known == cell) {
                        Some((_, sum)) => *sum += c,
                        None => self.cells.push((cell, c)),
                    }
                }
            }
        }
        self.cells.retain(|(_, c)| *c != 0.0);
    }

    /// The probability that the gap is positive and that it is zero, and how much the first may lack; nothing where it has too many
    /// values to go through.
    pub fn positive(&self, split: &Split<'_>, frame: &Frame, stop: Stop) -> Option<(f64, f64, f64)> {
        let cells = || self.cells.iter().map(|&(cell, c)| (&split.cells[cell].law, &frame.given[cell], c));
        if cells().all(|(law, ..)| law.atom_probability() > 0.0) {
            return self.by_values(split);
        }
        let (mut low, mut high) = (self.constant, self.constant);
        for (law, at, c) in cells() {
            let (reach, ..) = law.at(at);
            let ends = [reach.0, reach.1].map(|end| c * (end - law.centre()));
            low += ends[0].min(ends[1]);
            high += ends[0].max(ends[1]);
        }
        if low >= 0.0 || high <= 0.0 {
            return Some((f64::from(u8::from(low >= 0.0)), 0.0, 0.0));
        }
        let step = PI / high.max(-low);
        let (mut sum, mut block) = (0.5, 0);
        loop {
            sum += dispatch(GapBlock { gap: self, split, frame, step, block });
            block += 1;
            let size = |block: usize| -> f64 {
                let t = step * (2 * LANES * block) as f64;
                size_of_all(cells().map(|(law, at, c)| law.size(at, c * t)))
            };
            let left = tail_bound(block, &size);
            let end = step * (2 * LANES * (block + 1)) as f64;
            let spent = cells().any(|(law, at, c)| law.is_out_of_range(at, c * end));
            if spent || (Stop { fine_blocks: 0, ..stop }).is_there(left, block) {
                return Some((sum, 0.0, left));
            }
        }
    }

    /// The probabilities of a gap with finitely many values. What differs by rounding alone is taken for zero.
    fn by_values(&self, split: &Split<'_>) -> Option<(f64, f64, f64)> {
        let mut values = vec![(self.constant, 1.0)];
        let mut size = self.size;
        for &(cell, c) in &self.cells {
            let law = &split.cells[cell].law;
            let atoms = law.atoms()?;
            size += (c * law.centre()).abs();
            if values.len() * atoms.len() > MOST_VALUES {
                return None;
            }
            values =
                values.iter().flat_map(|(x, p)| atoms.iter().map(move |(y, q)| (x + c * y, p * q))).collect();
        }
        let zero = 1e-12 * size;
        let share =
            |holds: &dyn Fn(f64) -> bool| values.iter().filter(|(x, _)| holds(*x)).map(|(_, p)| p).sum();
        Some((share(&|x| x > zero), share(&|x| x.abs() <= zero), 0.0))
    }
}

struct GapBlock<'a> {
    gap: &'a PointGap,
    split: &'a Split<'a>,
    frame: &'a Frame,
    step: f64,
    block: usize,
}

impl Kernel for GapBlock<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let Self { gap, split, frame, step, block } = self;
        let (numbers, angles) = angles(block, step);
        let mut wave = turned(&angles, gap.constant);
        for &(cell, c) in &gap.cells {
            let (mut terms, law) = (ONE, &split.cells[cell].law);
            law.fill(&frame.given[cell], c, &angles, &mut terms);
            if law.is_even() {
                stretch(&mut wave, &terms[0]);
            } else {
                multiply(&mut wave, &terms);
            }
        }
        let mut sum = [0.0; LANES];
        for lane in 0..LANES {
            sum[lane] = wave[1][lane] * 2.0 / (PI * numbers[lane]);
        }
        total(&sum)
    }
}
