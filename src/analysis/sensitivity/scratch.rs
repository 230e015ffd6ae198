//! Working room of one thread.

use super::lines::OrderBlock;
use crate::batch::Aligned;

/// Columns and lists that are filled anew for each block and each question.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// The steps of a draw.
    pub steps: Vec<(f64, bool)>,
    /// Shape `[n_areas]`.
    pub numerators: Vec<Aligned>,
    /// Shape `[n_parts]`: one over the weight of each part of a joint world.
    pub inverses: Vec<Aligned>,
    /// Lines of a question about an order.
    pub order: OrderBlock,
}

impl Scratch {
    /// For so many areas.
    pub fn of(n_areas: usize) -> Self {
        Self { numerators: vec![Aligned::default(); n_areas], ..Self::default() }
    }
}
