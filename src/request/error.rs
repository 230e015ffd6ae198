//! The reasons for which a request has no answer.

use crate::analysis;
use crate::control::Stopped;
use crate::error::Problems;
use crate::exact::NotIntegrable;
use crate::report::problems_json;
use crate::request::parts_error::PartsError;
use crate::scenario::{AddressError, ClaimError, EditError, OpenError};

/// The reason for which a point of a sweep could not be kept, as who keeps it has it.
pub type KeepError = Box<dyn std::error::Error + Send + Sync>;

/// The reason for which a request has no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The scenario has problems.
    #[error(transparent)]
    Scenario(#[from] Problems),
    /// The scenario cannot be read.
    #[error(transparent)]
    Open(OpenError),
    /// A number of the request is none that can be asked for.
    #[error("{what}: expected {expected}")]
    Number {
        /// Name of the number.
        what: &'static str,
        /// Numbers that can be asked for.
        expected: &'static str,
    },
    /// The edits cannot be made.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// A claim cannot be read.
    #[error(transparent)]
    Claim(#[from] ClaimError),
    /// A claim of a run cannot be read.
    #[error("the claim `{claim}` cannot be read: {why}")]
    ClaimOfRun {
        /// The claim.
        claim: String,
        /// Reason.
        why: ClaimError,
    },
    /// An area that is asked about is not there.
    #[error(transparent)]
    Area(#[from] AddressError),
    /// A pattern names several areas where one is asked about.
    #[error("`{0}` is more than one area; name one")]
    SeveralAreas(String),
    /// An area is compared with itself.
    #[error("compare two different areas; name two areas")]
    SameArea,
    /// Points are asked for without the engine that they are for.
    #[error("--points needs --method exact or auto")]
    PointsAlone,
    /// The scenario cannot be integrated.
    #[error("--method exact cannot integrate this scenario: {0}; use --method sample or auto")]
    NotIntegrable(NotIntegrable),
    /// More than two numbers are varied.
    #[error("at most two numbers are varied at once")]
    VariesTooMuch,
    /// The scenario has a clock, and the command does not know it yet.
    #[error(
        "`{command}` does not know the clock of a scenario yet; add --edit \"drop clock\" to ask about the order alone, \
         or ask `headstart run`"
    )]
    Clock {
        /// The command.
        command: &'static str,
    },
    /// The scenario has no levers.
    #[error("{0} has no levers; add levers: [(id: \"…\", name: \"…\", edits: [\"score.… += 1\"])]")]
    NoLevers(String),
    /// Two scenarios cannot be compared.
    #[error("{one} against {other}: {why}")]
    Diff {
        /// Name of the one.
        one: String,
        /// Name of the other.
        other: String,
        /// Why.
        why: String,
    },
    /// A report is made by a command that makes none.
    #[error("this version has no command `{0}` that makes reports")]
    NoSuchCommand(String),
    /// A report is made with an option that none is made with.
    #[error("it was made with the option `{0}`, which no report is made with")]
    NoSuchOption(String),
    /// A report is made with a value that an option cannot have.
    #[error("invalid value '{value}' for '--{option}'")]
    NoSuchValue {
        /// The option.
        option: String,
        /// The value.
        value: String,
    },
    /// A request is answered in parts that has none.
    #[error("only a run with a number of draws has parts; give --draws, and leave out --precision")]
    NoParts,
    /// Parts are not those of one run.
    #[error(transparent)]
    Parts(#[from] PartsError),
    /// A point of a sweep could not be kept.
    #[error("{0}")]
    NotKept(KeepError),
    /// The tables of its distributions take too long.
    #[error(
        "the tables of {n} distributions would take about {takes} of one processor, and {most} are accepted; write fewer distinct \
         distributions, or such as need none: Triangular, Uniform, Normal"
    )]
    Tables {
        /// Number of distributions that need one.
        n: usize,
        /// Time that they take.
        takes: String,
        /// Time that is accepted.
        most: String,
    },
    /// The answer takes more memory than there may be.
    #[error(
        "the answer would take {takes} of memory, and {most} are allowed; use fewer --threads, fewer areas or worlds, or a larger \
         --max-memory"
    )]
    Memory {
        /// Memory that it takes.
        takes: String,
        /// Memory that is allowed.
        most: String,
    },
    /// The question has no answer.
    #[error(transparent)]
    Analysis(#[from] analysis::Error),
}

impl Error {
    /// Returns the problems of the scenario as a JSON report, as [`Show::Check`](crate::request::Show::Check) lays it out; nothing for
    /// another error.
    #[must_use]
    pub fn problems_json(&self) -> Option<String> {
        match self {
            Self::Scenario(problems) => Some(problems_json(problems)),
            _ => None,
        }
    }
}

impl From<OpenError> for Error {
    fn from(why: OpenError) -> Self {
        match why {
            OpenError::Scenario(problems) => Self::Scenario(problems),
            why => Self::Open(why),
        }
    }
}

impl From<Stopped> for Error {
    fn from(stopped: Stopped) -> Self {
        Self::Analysis(stopped.into())
    }
}
