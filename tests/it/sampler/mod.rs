//! Draws, threads, and how runs go.

mod bit_stability;
mod kernels;
mod memory;
mod reference_kernel;
mod run_control;
