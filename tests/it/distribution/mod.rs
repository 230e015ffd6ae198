//! The families of distributions.

mod columns;
mod families;
mod laws;
mod precision;
mod tables;
mod transforms;
