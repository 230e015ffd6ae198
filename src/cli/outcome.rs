//! The end of a command: what goes to stdout, and the exit code.

use super::content::Content;
use super::failure::Failure;

/// What a command comes to: what goes to stdout, or what goes to stderr with exit code 2.
pub type Outcome = Result<Answer, Failure>;

/// What goes to stdout.
pub struct Answer {
    pub content: Content<'static>,
    pub end: End,
    /// What could not be done beside, which is exit code 2 too.
    pub failures: Vec<Failure>,
}

/// How a command that has an answer ends.
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
