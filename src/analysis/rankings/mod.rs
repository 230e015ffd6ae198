//! Whole rankings: the most frequent ones, expected ranks, and what majorities say.

mod entropy;
pub(crate) mod full;
pub(crate) mod majority;
