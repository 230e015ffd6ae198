//! The capability clock: from overall scores to dates and speedups, as functions of numbers. Knows no scenario and no randomness.

mod curve;
mod elementary;
mod feedback;

pub use curve::Shape;
pub use elementary::{exp, exp_m1, ln, ln_1p};
pub use feedback::Feedback;
