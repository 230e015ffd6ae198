//! The reasons why a report or a saved run cannot be read again.

use crate::analysis::CountsError;
use crate::report::version::SCHEMA;
use crate::report::wording::number::thousands;

/// The reason why a text is not the JSON that is expected.
pub type JsonError = serde_json::Error;

/// The reason why what was saved of a run or of a sweep cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SavedError {
    /// The text is not what is saved.
    #[error("{0}")]
    NotSaved(JsonError),
    /// The text is no whole JSON, or other JSON.
    #[error("it is damaged: {0}")]
    Damaged(JsonError),
    /// The text is not the one that was written.
    #[error("the file is damaged or was edited (digest mismatch)")]
    Digest,
    /// The text belongs to another run.
    #[error("it belongs to another run, which differs in {}", differences.join(", "))]
    OtherRun {
        /// The names of what differs.
        differences: Vec<&'static str>,
    },
    /// The run is already longer than the one that is to go on from it.
    #[error("it is of {} draws, and {} are asked for", thousands(*saved), thousands(*asked))]
    TooLong {
        /// Number of draws made.
        saved: u64,
        /// Number of draws that are asked for.
        asked: u64,
    },
    /// The counts are not those of the scenario.
    #[error(transparent)]
    Counts(#[from] CountsError),
}

/// The reason why a text is no report that says how it was made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The text is in another format.
    #[error("it is not a headstart JSON or HTML report")]
    OtherFormat,
    /// The text holds more than a report does.
    #[error(
        "it holds over {most} values, more than are compared; make the report again with fewer points or claims"
    )]
    TooLarge {
        /// The most values that are compared.
        most: usize,
    },
    /// The text is no JSON.
    #[error("the JSON is incomplete or invalid: {0}")]
    Json(JsonError),
    /// The report measures time.
    #[error("it is of `bench`, which measures time: that is never twice the same")]
    Bench,
    /// The report has no `made`.
    #[error("it does not say how it was made, as one by a version before `verify`")]
    NotMade,
    /// The report has the form of another version.
    #[error(
        "it is written in report format {0}, and this version reads format {SCHEMA}; make the report again from its scenario"
    )]
    OtherSchema(u64),
    /// The text is other JSON.
    #[error("it is JSON, but no report of this program")]
    NoReport,
    /// The page has no `made`.
    #[error("it is a page, but does not say how it was made")]
    PageNotMade,
    /// The `made` of the report has another form.
    #[error("how it was made cannot be read: {0}")]
    Made(JsonError),
}
