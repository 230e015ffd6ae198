//! Changed scenarios on the same draws.

mod break_even;
mod company;
mod comparisons;
mod levers;
mod sweeps;
