//! Whole rankings: the most frequent ones, expected ranks, and what majorities say.

pub(crate) mod full;
pub(crate) mod majority;
