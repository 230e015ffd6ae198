//! Whole rankings: the most frequent ones, expected ranks, and what majorities say.

pub(crate) mod majority;
pub(crate) mod orders;
