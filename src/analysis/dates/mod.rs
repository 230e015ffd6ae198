//! Dates: when areas reach a speedup, in which order, and with what probability by a year.

mod frame;
mod level;
mod places;
mod quantile;
mod shape;
mod summary;
mod tally;
mod truth;

pub(super) use frame::Frame;
pub(super) use level::LevelDates;
pub(super) use places::GroupPlaces;
pub use shape::{DateEstimate, Dates, Instant, Lead, PlaceDates, ThresholdDates};
pub use summary::dates;
pub(super) use tally::dated_standard_claims;
pub(super) use truth::truth_of;
