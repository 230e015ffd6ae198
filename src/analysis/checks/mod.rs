//! Checks of the program and of scenarios: known answers, the reference loop, throughput, warnings.

pub(crate) mod claim_warnings;
pub(crate) mod reference_loop;
pub(crate) mod selftest;
pub(crate) mod throughput;
