//! Reports: what is shown. One pure writer a format, results in and text out; the only types that are serialized.
//! Knows neither files nor terminals.

mod central;
mod csv;
mod csv_sensitivity;
mod json;
mod json_beside;
mod json_compared;
mod json_explain;
mod json_sensitivity;
mod markdown;
mod number;
mod text;

pub use central::{central_csv, central_json, central_text};
pub use csv::{compared_csv, csv};
pub use csv_sensitivity::sensitivity_csv;
pub use json::{Report, SCHEMA, json};
pub use json_compared::compared_json;
pub use json_explain::explain_json;
pub use json_sensitivity::sensitivity_json;
pub use markdown::markdown;
pub use text::{Style, compared_text, explain_text, run_text, sensitivity_text, show_text, sweep_text};
