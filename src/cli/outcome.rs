//! The end of a command: what goes to stdout, and the exit code.

use super::content::Content;
use super::failure::Failure;
use headstart::report::Plain;

/// Outcome of a command: text for stdout, or a failure for stderr with exit code 2.
pub type Outcome = Result<Answer, Failure>;

/// Output for stdout.
pub struct Answer {
    pub content: Content<'static>,
    pub end: ExitStatus,
    /// Failures beside the output, such as a file that could not be written, which are exit code 2 too.
    pub failures: Vec<Failure>,
}

/// ExitStatus of a command that has an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ExitStatus {
    /// Exit code 0.
    Fine,
    /// Something that was asked to hold does not: exit code 1.
    Finding,
    /// The answer is partial: exit code 130.
    Interrupted,
    /// The scenario has problems, and the answer is a list of them: exit code 2.
    Refused,
}

impl From<Content<'static>> for Answer {
    fn from(content: Content<'static>) -> Self {
        Self { content, end: ExitStatus::Fine, failures: Vec::new() }
    }
}

/// A text of the command itself, which may name files and ids: only what is harmless goes to a terminal.
impl From<Plain> for Answer {
    fn from(text: Plain) -> Self {
        Content::Text(text.into()).into()
    }
}

impl Answer {
    /// Makes an answer of a document for programs, letter by letter.
    pub fn document(text: String) -> Self {
        Content::Text(text).into()
    }
}
