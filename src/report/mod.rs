//! Reports: what is shown. One pure writer a format, results in and text out; the only types that are serialized.
//! Knows neither files nor terminals.

mod caveat;
mod central;
mod changed;
mod checkpoint;
mod csv;
mod csv_sensitivity;
mod harmless;
mod heavy;
mod html;
mod json;
mod json_beside;
mod json_compared;
mod json_explain;
mod json_method;
mod json_order;
mod json_sensitivity;
mod json_show;
mod json_throughput;
mod kept_run;
mod made;
mod markdown;
mod number;
mod orders;
mod origin;
#[cfg(feature = "parquet")]
mod samples;
mod schema;
mod seal;
mod svg;
mod text;
mod warnings;
mod words;
mod words_partial;

pub use central::{central_csv, central_json, central_text};
pub use checkpoint::{Checkpoint, point_from_json, point_json};
pub use csv::{compared_csv, csv, write_compared_csv};
pub use csv_sensitivity::sensitivity_csv;
pub use harmless::harmless;
pub use html::{Beside, embedded, html};
pub use json::{Report, SCHEMA, json};
pub use json_compared::{compared_json, diff_json, levers_json, write_compared_json};
pub use json_explain::explain_json;
pub use json_sensitivity::sensitivity_json;
pub use json_show::{checked_json, problems_json, show_json};
pub use json_throughput::throughput_json;
pub use kept_run::KeptRun;
pub use made::{Differing, Made, Other, Stamped, target};
pub use markdown::markdown;
pub use orders::{orders_csv, orders_json};
#[cfg(feature = "parquet")]
pub use samples::{SamplesError, write_samples};
pub use schema::{check_schema, compared_schema, run_schema, show_schema};
pub use svg::{
    Tornado, TornadoBar, amenability_svg, levers_svg, matrix_svg, ranks_svg, sweep_svg, tornado_svg,
    worlds_svg,
};
pub use text::{
    Colours, Style, compared_text, diff_text, explain_text, levers_text, orders_text, run_text,
    selftest_text, sensitivity_text, show_text, sweep_text, throughput_text,
};
pub use words::closest_pair;

use crate::scenario::Scenario;

/// Rows and columns of the matrix: the first group by the second, or all by all.
fn selection(scenario: &Scenario, all_pairs: bool) -> (Vec<usize>, Vec<usize>) {
    if all_pairs || scenario.groups().len() != 2 {
        let all: Vec<usize> = (0..scenario.areas().len()).collect();
        (all.clone(), all)
    } else {
        (scenario.members(0), scenario.members(1))
    }
}
