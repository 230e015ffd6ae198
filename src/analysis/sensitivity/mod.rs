//! Sensitivity from one ordinary run: what drives the probability of a claim, what would flip it, and which numbers are
//! worth estimating better.
//!
//! In each draw, and for each input, it is worked out where the claim switches as that input alone is moved (the
//! pivot). Those places are counted on a grid of the input's quantiles, and everything else is read from the counts.

pub(crate) mod central_weights;
mod counted;
mod crossing;
mod curve;
mod depth;
mod effect;
mod errors;
mod grid;
mod groups;
mod holds;
mod lines;
mod lookup;
mod multiple;
mod order;
mod pair;
mod per_claim;
mod plan;
mod question;
mod results;
mod rival;
mod scratch;
mod shape;
mod shapley;
mod simple;
mod slope;
mod solve;
mod tally;
mod truths;
pub(crate) mod turn;
mod value;

pub use depth::Detail;
pub use per_claim::{n_draws_of_sensitivity, sensitivity};
pub use results::{
    BreakEvenValue, CURVE_QUANTILES, CurveSummary, GroupEffect, InputEffect, MeanGap, OneWayPoint,
    REPORTED_RANGE, Sensitivity, ShapleyShare,
};
pub use turn::{MAX_SDS, MAX_TIMES, SmallestChange};
