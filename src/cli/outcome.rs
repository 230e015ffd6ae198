//! The end of a command: what goes to stdout, and the exit code.

use super::content::Content;
use super::failure::Failure;

/// Outcome of a command: text for stdout, or a failure for stderr with exit code 2.
pub type Outcome = Result<Answer, Failure>;

/// Output for stdout.
pub struct Answer {
    pub content: Content<'static>,
    pub end: End,
    /// Failures beside the output, such as a file that could not be written, which are exit code 2 too.
    pub failures: Vec<Failure>,
}

/// End of a command that has an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum End {
    /// Exit code 0.
    Fine,
    /// Something that was asked to hold does not: exit code 1.
    Finding,
    /// The answer is partial: exit code 130.
    Interrupted,
    /// The scenario has problems, and the answer is a list of them: exit code 2.
    Refused,
}

impl From<String> for Answer {
    fn from(text: String) -> Self {
        Self { content: text.into(), end: End::Fine, failures: Vec::new() }
    }
}
