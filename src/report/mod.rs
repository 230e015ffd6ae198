//! Reports: what is shown. One pure writer a format, results in and text out; the only types that are serialized.
//! Knows neither files nor terminals.

mod caveat;
mod csv;
mod harmless;
mod html;
mod json;
mod json_beside;
mod json_compared;
mod markdown;
mod number;
#[cfg(feature = "parquet")]
mod samples;
mod schema;
mod svg;
mod text;
mod words;

pub use csv::{compared_csv, csv};
pub use harmless::harmless;
pub use html::{Beside, embedded, html};
pub use json::{Report, SCHEMA, json};
pub use json_compared::compared_json;
pub use markdown::markdown;
#[cfg(feature = "parquet")]
pub use samples::{SamplesError, write_samples};
pub use schema::{compared_schema, run_schema};
pub use svg::{
    Tornado, TornadoBar, amenability_svg, levers_svg, matrix_svg, ranks_svg, sweep_svg, tornado_svg,
    worlds_svg,
};
pub use text::{Colours, Style, compared_text, run_text, show_text, sweep_text};

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
