//! The clock of a block of draws in one joint world: the columns that dates are worked out from.

use crate::batch::{Aligned, BLOCK, Batch, Column};
use crate::clock::{Feedback, Shape, ln};
use crate::kernel::{Kernel, dispatch};
use crate::model::{Affine, ClockNumbers};
use crate::scenario::{AreaField, Clock, ClockField, Level};

/// Twice the logit of 0.9: from 10 % to 90 %.
const RISE: f64 = 4.394_449_154_672_439;

/// Works out each number of a column with the instructions that there are.
struct Each<'a, F> {
    out: &'a mut Column,
    f: F,
}

impl<F: Fn(usize) -> f64> Kernel for Each<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (draw, x) in self.out.iter_mut().enumerate() {
            *x = (self.f)(draw);
        }
    }
}

/// Fills a column with what `f` gives for each draw.
pub fn each(out: &mut Column, f: impl Fn(usize) -> f64) {
    dispatch(Each { out, f });
}

/// Returns the number of a draw.
#[inline(always)]
fn at(number: Affine, batch: &Batch, draw: usize) -> f64 {
    number.value(
        #[inline(always)]
        |column| batch.input(column)[draw],
    )
}

/// The clock of a block in one joint world. Dates are years from the start of the clock, which has the digits that calendar years lack.
#[derive(Clone, Debug)]
pub struct Frame {
    span: f64,
    /// Logits of capability that a year adds, before feedback.
    rate: Aligned,
    /// Date of the anchor.
    date: Aligned,
    /// Time of the anchor in logits.
    base: Aligned,
    /// Logits that a point of the overall score is worth.
    slope: Aligned,
    /// Overall score of the anchor.
    anchor: Aligned,
    /// Months that a point of the overall score is worth, without feedback.
    pub months: Aligned,
    ceiling: f64,
    feedback: Option<Affine>,
}

impl Frame {
    /// Room for a block.
    pub fn new(clock: &Clock) -> Self {
        let empty = Aligned::default;
        Self {
            span: clock.until - clock.start,
            rate: empty(),
            date: empty(),
            base: empty(),
            slope: empty(),
            anchor: empty(),
            months: empty(),
            ceiling: clock.ceiling.unwrap_or(f64::INFINITY),
            feedback: None,
        }
    }

    fn feedback_at(&self, batch: &Batch, draw: usize) -> Feedback {
        let share = self.feedback.map_or(0.0, |share| at(share, batch, draw));
        Feedback::new(share, self.ceiling)
    }

    /// Works out the columns of a block in a world. `group` lists the areas whose mean is the anchor's overall score, if they are.
    pub fn fill(
        &mut self,
        batch: &Batch,
        world: usize,
        (clock, numbers): (&Clock, &ClockNumbers),
        group: Option<&[usize]>,
    ) {
        let number =
            |field: ClockField| numbers.number(field).expect("a clock has all numbers that are not optional");
        let (doubling, rise, per_point) =
            (number(ClockField::Doubling), number(ClockField::Rise), number(ClockField::PerPoint));
        let (automated, date) = (number(ClockField::Automated), number(ClockField::Date));
        let (start, is_dated) = (clock.start, clock.is_dated);
        each(&mut self.rate, |i| 12.0 * RISE / (at(doubling, batch, i) * at(rise, batch, i)));
        each(&mut self.slope, |i| at(per_point, batch, i) * RISE / at(rise, batch, i));
        each(&mut self.months, |i| at(per_point, batch, i) * at(doubling, batch, i));
        each(&mut self.date, |i| {
            let x = at(date, batch, i);
            if is_dated { x - start } else { x }
        });
        match group {
            None => {
                let score = number(ClockField::Amenability);
                each(&mut self.anchor, |i| at(score, batch, i));
            }
            Some(areas) => {
                let n = areas.len() as f64;
                self.anchor.fill(0.0);
                for &area in areas {
                    let overall = batch.overall(world, area);
                    for (sum, x) in self.anchor.iter_mut().zip(overall) {
                        *sum += x;
                    }
                }
                let origin = batch.origin();
                self.anchor.iter_mut().for_each(|sum| *sum = *sum / n + origin);
            }
        }
        self.feedback = numbers.number(ClockField::Feedback).filter(|share| !share.is_exactly(0.0));
        let mut base = Aligned::default();
        each(&mut base, |i| {
            let share = at(automated, batch, i);
            ln(share / (1.0 - share))
        });
        if self.feedback.is_some() {
            let anchor = base;
            for i in 0..BLOCK {
                base[i] = self.feedback_at(batch, i).time(anchor[i]);
            }
        }
        self.base = base;
    }

    /// Works out the dates at which an area reaches a level: 0 from the start, infinite for never.
    pub fn dates(
        &self,
        batch: &Batch,
        (world, area): (usize, usize),
        (level, numbers): (Level, &ClockNumbers),
        out: &mut Column,
    ) {
        let lag = numbers.of_area(AreaField::Lag, area);
        let overall = batch.overall(world, area);
        let origin = batch.origin();
        let gain = |i: usize| self.slope[i] * (overall[i] + origin - self.anchor[i]);
        match crossing(batch, area, level, numbers) {
            Crossing::Exact(x) => each(out, |i| x - gain(i)),
            Crossing::Column(x) => each(out, |i| x[i] - gain(i)),
        }
        if let Some(share) = self.feedback {
            let ceiling = self.ceiling;
            if let Some(share) = share.as_exact() {
                let feedback = Feedback::new(share, ceiling);
                let x = *out;
                each(out, |i| feedback.time(x[i]));
            } else {
                let x = *out;
                each(out, |i| Feedback::new(at(share, batch, i), ceiling).time(x[i]));
            }
        }
        let y = *out;
        let span = self.span;
        each(out, |i| {
            let date = self.date[i] + (y[i] - self.base[i]) / self.rate[i] + at(lag, batch, i) / 12.0;
            if date > span {
                f64::INFINITY
            } else if date <= 0.0 {
                0.0
            } else {
                date
            }
        });
    }

    /// Works out how many times as fast as today an area is on a date, in years from the start of the clock.
    pub fn speedups(
        &self,
        batch: &Batch,
        (world, area): (usize, usize),
        (on, numbers): (f64, &ClockNumbers),
        out: &mut Column,
    ) {
        let (lag, human) = (numbers.of_area(AreaField::Lag, area), numbers.of_area(AreaField::Human, area));
        let (overall, origin) = (batch.overall(world, area), batch.origin());
        each(out, |i| {
            let time = self.base[i] + (on - at(lag, batch, i) / 12.0 - self.date[i]) * self.rate[i];
            let capability = self.feedback_at(batch, i).capability(time);
            let x = capability + self.slope[i] * (overall[i] + origin - self.anchor[i]);
            Shape { left: at(human, batch, i), ..Shape::default() }.speedup(x)
        });
    }
}

/// The capability at which an area reaches a level, in the draws of a block.
enum Crossing {
    Exact(f64),
    Column(Box<Column>),
}

/// Works out the capability at which an area reaches a level.
fn crossing(batch: &Batch, area: usize, level: Level, numbers: &ClockNumbers) -> Crossing {
    let k = match level {
        Level::Times(k) => k,
        Level::Automated(share) => return Crossing::Exact(ln(share / (1.0 - share))),
    };
    let human = numbers.of_area(AreaField::Human, area);
    let at_human = |human: f64| Shape { left: human, ..Shape::default() }.crossing(k);
    if let Some(human) = human.as_exact() {
        return Crossing::Exact(at_human(human));
    }
    let mut x = Box::new([0.0; BLOCK]);
    each(&mut x, |i| at_human(at(human, batch, i)));
    Crossing::Column(x)
}
