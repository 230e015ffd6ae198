//! Ways to the same answer, and the program asked of itself.

mod cross_checks;
mod differential;
mod reference_loop;
mod self_test;
