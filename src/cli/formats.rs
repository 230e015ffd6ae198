//! The formats that commands print in.

use clap::ValueEnum;
use headstart::request::Format;

/// Formats of a comparison, and of full rankings.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum CompareFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// One claim of one changed scenario a line
    Csv,
}

impl From<CompareFormat> for Format {
    fn from(format: CompareFormat) -> Self {
        match format {
            CompareFormat::Text => Self::Text,
            CompareFormat::Json => Self::Json,
            CompareFormat::Csv => Self::Csv,
        }
    }
}
