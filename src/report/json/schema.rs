//! The JSON Schema of the reports in JSON, made of the types that they are written from, so that the two cannot come apart.

use crate::report::json::comparison::ComparisonsJson;
use crate::report::json::report::RunJson;
use crate::report::json::scenario::{Checked, Shown};
use crate::report::version::SCHEMA;
use schemars::{JsonSchema, Schema, generate::SchemaSettings};

/// The JSON Schema (2020-12) of the report of a run.
#[must_use]
pub fn run_schema() -> String {
    schema::<RunJson>("The report of a run")
}

/// The JSON Schema (2020-12) of sweeps, levers and comparisons of scenarios.
#[must_use]
pub fn compared_schema() -> String {
    schema::<ComparisonsJson>("Changed scenarios against one as it stands")
}

/// The JSON Schema (2020-12) of a scenario as `show` prints it.
#[must_use]
pub fn show_schema() -> String {
    schema::<Shown>("A scenario as it is written")
}

/// The JSON Schema (2020-12) of what `check` finds.
#[must_use]
pub fn check_schema() -> String {
    schema::<Checked>("Problems and warnings of a scenario")
}

fn schema<T: JsonSchema>(title: &str) -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema: Schema = generator.into_root_schema_for::<T>();
    schema.insert("title".into(), title.into());
    schema.insert(
        "$comment".into(),
        format!("headstart {}, schema {SCHEMA}", env!("CARGO_PKG_VERSION")).into(),
    );
    crate::report::json::write::pretty(&schema)
}
