//! Reports: what is shown. One pure writer a format, results in and text out; the only types that are serialized.
//! Knows neither files nor terminals.

mod csv;
mod json;
mod json_beside;
mod markdown;
mod number;
mod text;

pub use csv::csv;
pub use json::{Report, SCHEMA, json};
pub use markdown::markdown;
pub use text::{Style, run_text, show_text};
