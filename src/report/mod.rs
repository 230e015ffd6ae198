//! Reports: what is shown. One pure writer a format, results in and text out; the only types that are serialized.
//! Knows neither files nor terminals.

mod compared_points;
mod html;
mod json;
mod provenance;
mod sections;
mod svg;
mod tables;
mod text;
mod version;
mod wording;

pub use crate::plain::Plain;
pub use compared_points::ComparedPoints;
#[cfg(feature = "page")]
pub use html::live_html;
pub use html::{PageExtras, diff_html, html, levers_html, rankings_html, sensitivity_html, sweep_html};
pub use json::comparison::{compared_json, diff_json, levers_json, write_compared_json};
pub use json::explanation::explain_json;
pub use json::report::{RunJson, json};
pub use json::scenario::{checked_json, problems_json, show_json};
pub use json::schema::{check_schema, compared_schema, run_schema, show_schema};
pub use json::screen::{change_json, published_json, screen_json};
pub use json::sensitivity::sensitivity_json;
pub use json::throughput::throughput_json;
pub use provenance::checkpoint::{SweepCheckpoint, point_from_json, point_json};
pub use provenance::embedded::embedded_scenario;
pub use provenance::error::{JsonError, ReportError, SavedError};
pub use provenance::made::{OtherScenario, Provenance, ReportDifference, ReportWithProvenance, target};
pub use provenance::run_part::{RunPart, Shard, ShardError};
pub use provenance::saved_run::RunCheckpoint;
pub use provenance::verified::VerifiedReport;
pub use sections::{Section, SectionError, Sections};
#[cfg(feature = "png")]
pub use svg::{PngError, png};
pub use svg::{
    Tornado, TornadoBar, diff_svg, levers_svg, matrix_svg, rankings_svg, ranks_svg, scores_svg, sweep_svg,
    tornado_svg, worlds_svg,
};
pub use tables::central_weights::{central_csv, central_json, central_text};
pub use tables::columns::draw_columns;
pub use tables::csv::{compared_csv, csv, write_compared_csv};
pub use tables::markdown::markdown;
pub use tables::rankings::{rankings_csv, rankings_json};
#[cfg(feature = "parquet")]
pub use tables::samples::{SamplesError, write_samples};
pub use tables::sensitivity::sensitivity_csv;
pub use text::{
    Colours, Style, checked_text, compared_text, diff_text, explain_text, levers_text, rankings_text,
    run_text, selftest_text, sensitivity_text, show_text, sweep_text, throughput_text,
};
pub use version::SCHEMA;
pub use wording::findings::closest_pair;
pub use wording::screen::quoted;
