//! The exact engine.

mod engine;
mod fixed_scores;
mod integrals;
