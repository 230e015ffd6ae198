//! The formats that commands print in.

use clap::{Args, ValueEnum};
use headstart::request::Format;

/// The option that stands for the format JSON.
#[derive(Args)]
pub struct Json {
    /// Print JSON; the same as `--format json`
    #[arg(long, conflicts_with = "format", help_heading = "Output")]
    json: bool,
}

impl Json {
    /// Returns JSON if the option is given, and otherwise the format that was chosen.
    pub fn or<F>(&self, json: F, format: F) -> F {
        if self.json { json } else { format }
    }
}

/// Formats of a comparison, and of full rankings.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum CompareFormat {
    /// Human-readable report
    Text,
    /// For programs
    Json,
    /// CSV, one row per claim and scenario
    Csv,
    /// Self-contained HTML page with charts; it embeds the scenario, so every command accepts it
    Html,
}

impl From<CompareFormat> for Format {
    fn from(format: CompareFormat) -> Self {
        match format {
            CompareFormat::Text => Self::Text,
            CompareFormat::Json => Self::Json,
            CompareFormat::Csv => Self::Csv,
            CompareFormat::Html => Self::Html,
        }
    }
}
