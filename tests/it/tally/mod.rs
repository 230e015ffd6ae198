//! What is kept of draws.

mod draws;
mod large_counts;
mod order;
mod sums;
mod whole;
