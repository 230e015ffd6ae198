//! A report that is made again, and compared with itself.

use crate::report::{JsonError, Provenance, ReportError, ReportWithProvenance, Style, VerifiedReport};
use crate::request::answer::Answer;
use crate::request::ask::{Request, Source};
use crate::request::error::Error;
use crate::request::write::{Format, View};

/// The reason why a report cannot be made again.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReproductionError {
    /// The text is no report that says how it was made.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The report is partial.
    #[error("it is a partial report, and an interrupted run cannot be reproduced")]
    Partial,
    /// The way in which it was made is none.
    #[error(transparent)]
    Request(#[from] Error),
    /// The new report cannot be laid out.
    #[error("it cannot be laid out: {0}")]
    Layout(#[from] std::io::Error),
    /// The new report is no text.
    #[error("it cannot be laid out: {0}")]
    Text(#[from] std::string::FromUtf8Error),
    /// The new report is no JSON.
    #[error("it cannot be laid out: {0}")]
    Json(#[from] JsonError),
}

/// A report that is to be made again.
///
/// ```
/// use headstart::Control;
/// use headstart::request::{Format, Reproduction, Request, Show, Source, View};
/// use headstart::report::Style;
///
/// let text = std::fs::read_to_string("scenarios/wheat.ron")?;
/// let source = Source::Text { name: "wheat.ron".into(), text };
/// let mut request = Request::new(source, Show::Run(Default::default()));
/// request.draws = 10_000;
/// let mut report = Vec::new();
/// let view = View::new(Style::plain(80));
/// request.prepare()?.answer(Control::none())?.write(&mut report, Format::Json, &view)?;
///
/// let (reproduction, request) = Reproduction::read("report.json", &String::from_utf8(report)?)?;
/// let verified = reproduction.compare(&request.prepare()?.answer(Control::none())?)?;
/// assert!(verified.is_same());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Reproduction {
    report: ReportWithProvenance,
}

impl Reproduction {
    /// Reads a report in JSON or HTML; returns it with the request that makes it again.
    ///
    /// # Errors
    /// Returns an error if the text is no report, is a partial report that cannot be made again, or does not say how it was made.
    pub fn read(name: &str, text: &str) -> Result<(Self, Request), ReproductionError> {
        let report = ReportWithProvenance::read(text)?;
        let is_fixed = report.made.command == "run" && !report.made.options.contains_key("precision");
        if report.is_partial && !is_fixed {
            return Err(ReproductionError::Partial);
        }
        let source = Source::Text { name: name.to_owned(), text: text.to_owned() };
        let request = Request::again(&report.made, source)?;
        let request = if report.is_page { request.as_page(&report.made) } else { request };
        Ok((Self { report }, request))
    }

    /// Returns how the report was made.
    #[must_use]
    pub fn made(&self) -> &Provenance {
        &self.report.made
    }

    /// Returns true if the request can have a partial answer, which nothing can be compared with.
    #[must_use]
    pub fn can_be_partial(&self) -> bool {
        matches!(self.report.made.command.as_str(), "run" | "sweep")
    }

    /// Compares the report with the answer to its request.
    ///
    /// # Errors
    /// Returns an error if the answer cannot be laid out as a report.
    pub fn compare(self, again: &Answer) -> Result<VerifiedReport, ReproductionError> {
        let format = if self.report.is_page { Format::Html } else { Format::Json };
        let (mut text, view) = (Vec::new(), View::new(Style::plain(80)));
        again.write(&mut text, format, &view)?;
        let again_report = ReportWithProvenance::read(&String::from_utf8(text)?)?;
        Ok(VerifiedReport::new(self.report, again_report, again.scenario.hash()))
    }
}
