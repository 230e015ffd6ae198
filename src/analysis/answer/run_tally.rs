//! The tallies of a run for its summary.

use crate::analysis::answer::plan::{all_claims, order_plan};
use crate::batch::Batch;
use crate::model::Model;
use crate::real::Real;
use crate::scenario::Scenario;
use crate::tally::{ExactSum, Histogram, Moments, Number, Order, OrderPlan, State, Tally};

/// The reason why a text holds no tallies of a run.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("its numbers are not those of such a run")]
#[non_exhaustive]
pub struct CountsError;

/// The tallies of a summary.
#[derive(Clone, Debug)]
pub struct RunTally {
    pub(crate) order: Order,
    /// The order without the residual, where there is one.
    pub(crate) without_residual: Option<Order>,
    pub(crate) moments: Moments,
    pub(crate) histogram: Histogram,
}

impl RunTally {
    /// No draws yet of a scenario, and of the model of it.
    #[must_use]
    pub fn new(scenario: &Scenario, model: &Model) -> Self {
        let plan = order_plan(scenario, model, &all_claims(scenario));
        let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
        let (n_areas, n_worlds) = (model.n_areas(), probabilities.len());
        // Its worlds come after those with it.
        let without = scenario.residual().map(|_| OrderPlan { first_world: n_worlds, ..plan.clone() });
        Self {
            order: Order::new(plan),
            without_residual: without.map(Order::new),
            moments: Moments::new(probabilities, &vec![0.0; n_areas]),
            histogram: Histogram::new(n_areas, n_worlds),
        }
    }

    /// The model that is drawn for a scenario in place of its own where it has a residual: the worlds without that come after those
    /// with it.
    pub(crate) fn drawn(scenario: &Scenario) -> Option<Model> {
        scenario.residual().map(|_| Model::together(&[scenario, &scenario.without_residual()]))
    }

    /// Writes every number of it, to the last bit, in hexadecimal digits.
    #[must_use]
    pub fn to_hex(&self) -> String {
        let mut words = Vec::new();
        self.clone().for_each_number(&mut |number| {
            words.push(match number {
                Number::Count(count) => format!("{count:x}"),
                Number::Wide(sum) => format!("{sum:x}"),
                Number::Sum(sum) => sum.to_hex(),
                Number::Bits(bits) => format!("{bits:x}"),
            });
        });
        words.join(" ")
    }

    /// Takes the numbers that [`Self::to_hex`] wrote, of tallies of the same scenario.
    ///
    /// # Errors
    /// Returns an error if the text does not have as many numbers, or has something else.
    pub fn from_hex(mut self, text: &str) -> Result<Self, CountsError> {
        let mut words = text.split(' ');
        let mut is_whole = true;
        self.for_each_number(&mut |number| {
            // Where the words end early, what is missing is no number.
            let word = words.next().unwrap_or("");
            let parse_hex = |word| u64::from_str_radix(word, 16).ok();
            let read = match number {
                Number::Count(count) => parse_hex(word).map(|read| *count = read),
                Number::Wide(sum) => u128::from_str_radix(word, 16).ok().map(|read| *sum = read),
                Number::Sum(sum) => ExactSum::from_hex(word).map(|read| *sum = read),
                Number::Bits(bits) => parse_hex(word).map(|read| *bits = read),
            };
            is_whole &= read.is_some();
        });
        if is_whole && words.next().is_none() { Ok(self) } else { Err(CountsError) }
    }
}

impl State for RunTally {
    fn for_each_number(&mut self, visit: &mut dyn FnMut(Number<'_>)) {
        self.order.for_each_number(visit);
        self.without_residual.iter_mut().for_each(|order| order.for_each_number(visit));
        self.moments.for_each_number(visit);
        self.histogram.for_each_number(visit);
    }
}

impl<R: Real> Tally<R> for RunTally {
    const READS_INPUTS: bool = false;
    const LOOKS: bool = true;

    fn look(&mut self, first: &Batch<R>) {
        self.histogram.look(first);
        self.moments = self.moments.clone().around(self.histogram.medians());
    }

    fn follow(&mut self, looked: &Self) {
        Tally::<R>::follow(&mut self.histogram, &looked.histogram);
        self.moments = looked.moments.clone();
    }

    fn record(&mut self, batch: &Batch<R>) {
        self.order.record(batch);
        self.without_residual.iter_mut().for_each(|order| order.record(batch));
        self.moments.record(batch);
        self.histogram.record(batch);
    }

    fn merge(&mut self, later: &Self) {
        Tally::<R>::merge(&mut self.order, &later.order);
        for (order, later) in self.without_residual.iter_mut().zip(&later.without_residual) {
            Tally::<R>::merge(order, later);
        }
        Tally::<R>::merge(&mut self.moments, &later.moments);
        Tally::<R>::merge(&mut self.histogram, &later.histogram);
    }
}
