//! What drives a claim.

mod asking;
mod brute_force;
mod closed_forms;
mod depth;
mod enumerated;
mod errors;
mod fixed_inputs;
mod input_kinds;
mod pair_of_distributions;
mod shapley_and_groups;
mod smallest_change;
mod switch_points;
