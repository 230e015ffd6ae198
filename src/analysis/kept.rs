//! What is kept of the instances of a run for its summary.

use super::plan::{all_claims, order_plan};
use crate::batch::Batch;
use crate::model::Model;
use crate::real::Real;
use crate::scenario::Scenario;
use crate::tally::{Histogram, Moments, Number, Order, State, Tally};

/// What is kept for a summary.
#[derive(Clone, Debug)]
pub struct Kept {
    pub(super) order: Order,
    pub(super) moments: Moments,
    pub(super) histogram: Histogram,
}

impl Kept {
    /// No instances yet of a scenario, and of the model of it.
    #[must_use]
    pub fn none(scenario: &Scenario, model: &Model) -> Self {
        let plan = order_plan(scenario, model, &all_claims(scenario));
        let ranges = model.amenability_ranges();
        let centres = ranges.iter().map(|(low, high)| f64::midpoint(*low, *high)).collect();
        let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
        let histogram = Histogram::new(&ranges, probabilities.len());
        Self { order: Order::new(plan), moments: Moments::new(probabilities, centres), histogram }
    }

    /// Every number of it, to the last bit, in hexadecimal digits.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut words = Vec::new();
        self.clone().each(&mut |number| {
            words.push(match number {
                Number::Count(count) => format!("{count:x}"),
                Number::Wide(sum) => format!("{sum:x}"),
                Number::Real(sum) => format!("{:x}", sum.to_bits()),
            });
        });
        words.join(" ")
    }

    /// With the numbers of a text, of one that was made alike.
    ///
    /// # Errors
    /// The text is no such one.
    pub fn with_text(mut self, text: &str) -> Result<Self, String> {
        let mut words = text.split(' ');
        let mut is_whole = true;
        self.each(&mut |number| {
            let word = words.next().unwrap_or_default();
            let of = |word| u64::from_str_radix(word, 16).ok();
            let read = match number {
                Number::Count(count) => of(word).map(|read| *count = read),
                Number::Wide(sum) => u128::from_str_radix(word, 16).ok().map(|read| *sum = read),
                Number::Real(sum) => of(word).map(|read| *sum = f64::from_bits(read)),
            };
            is_whole &= read.is_some();
        });
        if is_whole && words.next().is_none() {
            Ok(self)
        } else {
            Err("its numbers are not those of such a run".into())
        }
    }
}

impl State for Kept {
    fn each(&mut self, visit: &mut dyn FnMut(Number<'_>)) {
        self.order.each(visit);
        self.moments.each(visit);
        self.histogram.each(visit);
    }
}

impl<R: Real> Tally<R> for Kept {
    const READS_INPUTS: bool = false;

    fn record(&mut self, batch: &Batch<R>) {
        self.order.record(batch);
        self.moments.record(batch);
        self.histogram.record(batch);
    }

    fn merge(&mut self, later: &Self) {
        Tally::<R>::merge(&mut self.order, &later.order);
        Tally::<R>::merge(&mut self.moments, &later.moments);
        Tally::<R>::merge(&mut self.histogram, &later.histogram);
    }
}
