//! What is kept of the instances of a run for its summary.

use crate::batch::Batch;
use crate::model::Model;
use crate::real::Real;
use crate::tally::{Histogram, Moments, Order, OrderPlan, Tally};

/// What is kept for a summary.
#[derive(Clone, Debug)]
pub struct Kept {
    pub(super) order: Order,
    pub(super) moments: Moments,
    pub(super) histogram: Histogram,
}

impl Kept {
    /// No instances yet.
    pub(super) fn new(model: &Model, plan: OrderPlan) -> Self {
        let ranges = model.amenability_ranges();
        let centres = ranges.iter().map(|(low, high)| f64::midpoint(*low, *high)).collect();
        let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
        let histogram = Histogram::new(&ranges, probabilities.len());
        Self { order: Order::new(plan), moments: Moments::new(probabilities, centres), histogram }
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
