//! What is kept of instances.

mod instances;
mod large_counts;
mod order;
mod sums;
mod whole;
