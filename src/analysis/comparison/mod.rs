//! Comparisons of changed scenarios on the same draws: sweeps, levers, differences, break-even values.

pub(crate) mod break_even;
pub(crate) mod change;
pub(crate) mod compare;
pub(crate) mod dated;
pub(crate) mod diff;
pub(crate) mod lever_value;
pub(crate) mod levers;
pub(crate) mod paired;
pub(crate) mod scale_ends;
pub(crate) mod sweep;
