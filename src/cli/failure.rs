//! The reasons for which a command has no result.

use headstart::error::Problems;
use headstart::scenario::OpenError;
use headstart::{Stopped, analysis, request};

/// The reason for which there is no result.
pub enum Failure {
    /// A scenario with problems, each with its place.
    Scenario(Problems),
    /// Anything else, as a sentence.
    Other(String),
}

/// The reason why a text is no value of an option: what is expected in its place.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("expected {0}")]
pub struct Expected(pub &'static str);

impl Failure {
    /// Returns the failure that an error of the library is.
    pub fn other(error: impl std::fmt::Display) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<analysis::Error> for Failure {
    fn from(why: analysis::Error) -> Self {
        Self::Other(why.to_string())
    }
}

impl From<Stopped> for Failure {
    fn from(why: Stopped) -> Self {
        Self::Other(why.to_string())
    }
}

impl From<OpenError> for Failure {
    fn from(why: OpenError) -> Self {
        match why {
            OpenError::Scenario(problems) => Self::Scenario(problems),
            why => Self::Other(why.to_string()),
        }
    }
}

impl From<request::Error> for Failure {
    fn from(why: request::Error) -> Self {
        match why {
            request::Error::Scenario(problems) => Self::Scenario(problems),
            why => Self::Other(why.to_string()),
        }
    }
}
