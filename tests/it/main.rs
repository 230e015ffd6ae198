//! The promises of the program, a room for each of the library, in one binary.

// What the suite judges by may differ in a last bit between targets.
#![allow(clippy::disallowed_methods)]

mod analysis;
mod cli;
mod clock;
mod distribution;
mod exact;
mod house;
mod model;
mod report;
mod request;
mod sampler;
mod scenario;
mod support;
mod tally;
mod web;
