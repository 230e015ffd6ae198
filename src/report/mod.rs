//! Reports: what is shown. One pure writer a format, results in and text out; the only types that are serialized.
//! Knows neither files nor terminals.

mod central;
mod checkpoint;
mod csv;
mod csv_sensitivity;
mod json;
mod json_beside;
mod json_compared;
mod json_explain;
mod json_method;
mod json_sensitivity;
mod json_throughput;
mod markdown;
mod number;
mod orders;
mod text;

pub use central::{central_csv, central_json, central_text};
pub use checkpoint::{Checkpoint, point_from_json, point_json};
pub use csv::{compared_csv, csv};
pub use csv_sensitivity::sensitivity_csv;
pub use json::{Report, SCHEMA, json};
pub use json_compared::{compared_json, diff_json, levers_json};
pub use json_explain::explain_json;
pub use json_sensitivity::sensitivity_json;
pub use json_throughput::throughput_json;
pub use markdown::markdown;
pub use orders::{orders_csv, orders_json};
pub use text::{
    Style, compared_text, diff_text, explain_text, levers_text, orders_text, run_text, selftest_text,
    sensitivity_text, show_text, sweep_text, throughput_text,
};
