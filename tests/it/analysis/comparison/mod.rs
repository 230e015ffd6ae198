//! Changed scenarios on the same draws.

mod break_even;
mod comparisons;
mod levers;
mod sweeps;
