//! Slopes of whole columns, for numbers that stand in one place as they are: what the quick way needs of the model.

use crate::analysis::sensitivity::shape::Simple;
use crate::analysis::sensitivity::shape::{Values, World};
use crate::batch::{Aligned, Batch, Column};
use crate::kernel::{Kernel, dispatch};

impl World {
    /// Adds `times` the slope in such a column, to nothing if it is the first.
    pub fn add_simple(&self, batch: &Batch, simple: &Simple, (times, first): (f64, bool), out: &mut Column) {
        let (number, unit, constant) = match *simple {
            Simple::Score(part, unit) => (self.parts[part].weight, times * unit, 0.0),
            // No negative zero is added to a slope, whose sign is looked at where it is zero.
            Simple::Weight(score) if score.column.is_none() || score.is_bare() => (score, times, 0.0),
            Simple::Weight(score) => (score, times * score.slope, times * score.offset),
        };
        dispatch(Line { number: Values::of(batch, number), unit, constant, first, out });
    }

    /// One over the weight of each part.
    pub fn inverses(&self, batch: &Batch, out: &mut Vec<Aligned>) {
        out.resize(self.parts.len(), Aligned::default());
        for (part, out) in self.parts.iter().zip(out) {
            dispatch(Invert { number: Values::of(batch, part.weight), out });
        }
    }
}

/// Adds a straight line in a number, or writes it.
struct Line<'a> {
    number: Values<'a>,
    unit: f64,
    constant: f64,
    first: bool,
    out: &'a mut Column,
}

impl Kernel for Line<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { number, unit, constant, first, out } = self;
        match (number, first) {
            (Values::Exact(x), true) => out.fill(unit * x + constant),
            (Values::Exact(x), false) => out.iter_mut().for_each(|slope| *slope += unit * x + constant),
            (Values::Drawn(x), true) => {
                out.iter_mut().zip(x).for_each(|(slope, x)| *slope = unit * x + constant);
            }
            (Values::Drawn(x), false) => {
                out.iter_mut().zip(x).for_each(|(slope, x)| *slope += unit * x + constant);
            }
        }
    }
}

/// Writes one over a number.
struct Invert<'a> {
    number: Values<'a>,
    out: &'a mut Column,
}

impl Kernel for Invert<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        match self.number {
            Values::Exact(x) => self.out.fill(1.0 / x),
            Values::Drawn(x) => self.out.iter_mut().zip(x).for_each(|(inverse, x)| *inverse = 1.0 / x),
        }
    }
}
