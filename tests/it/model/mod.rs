//! A scenario as arrays: the language, ties, rounding.

mod edges;
mod invariances;
mod language;
mod numbers;
mod rounding;
mod single_precision;
mod ties;
