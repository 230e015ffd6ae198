//! Gaps between areas with fixed scores: only the weights are uncertain, so the probability of an order has a closed form or is an integral
//! over one variable. Knows nothing of points, nor of who asks.

mod atoms;
mod contour;
mod decimal;
mod gaps;
mod line;
mod pieces;
mod race;
mod series;
mod sign;
mod two;

pub use gaps::Fixed;
pub use sign::{GammaLaw, Sign, gamma};
