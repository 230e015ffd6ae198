//! JSON as text: reports written, and what this program wrote read again.

use crate::report::provenance::error::JsonError;
use serde::Serialize;
use std::io::Write;

/// Why a report can always be written.
const PLAIN: &str = "reports hold no maps but of texts and no types of others";

/// A report as text.
pub(crate) fn pretty(report: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(report).expect(PLAIN);
    text.push('\n');
    text
}

/// Writes JSON piece by piece.
pub(crate) fn write_pretty(mut out: impl Write, report: &impl Serialize) -> std::io::Result<()> {
    serde_json::to_writer_pretty(&mut out, report)?;
    out.write_all(b"\n")
}

/// Writes a report on one line.
pub(crate) fn line(report: &impl Serialize) -> String {
    serde_json::to_string(report).expect(PLAIN)
}

/// Any value of JSON.
pub(crate) type Json = serde_json::Value;

/// Reads again what this program has written itself.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    serde_json::from_str(text)
}

/// The schema of a report and the scenario in it, if the text is one that has them.
pub(crate) fn scenario_of(report: &str) -> (Option<u64>, Option<String>) {
    /// The rest is passed over, and takes no memory.
    #[derive(serde::Deserialize)]
    struct Held {
        schema: Option<u64>,
        scenario: Option<String>,
        made: Option<Box<Held>>,
    }
    let Ok(Held { schema, scenario, made }) = parse(report) else { return (None, None) };
    let (schema_of_making, scenario_of_making) =
        made.map_or((None, None), |made| (made.schema, made.scenario));
    (schema.or(schema_of_making), scenario.or(scenario_of_making))
}
