//! With what probability does each thing come before each other thing, in a weighted-factor model whose every
//! number is uncertain?
pub mod dist;
pub mod error;
pub mod scenario;
pub use scenario::Scenario;
pub mod batch;
pub mod model;
pub mod sampler;
pub mod tally;
pub mod analysis;
pub mod report;
