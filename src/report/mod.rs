//! Reports: what is shown. One pure writer a format, results in and text out; the only types that are serialized.
//! Knows neither files nor terminals.

mod json;
mod number;
mod text;

pub use json::{Report, SCHEMA, json};
pub use text::{Style, run_text, show_text};
