//! Errors of short texts about a scenario: addresses, claims, assertions, and values as an edit has them.

use super::Address;
use crate::error::Problem;
use std::fmt;

/// The reason why a pattern of addresses names nothing.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// Nothing has the id.
    #[error("unknown {noun} `{id}`; {help}")]
    UnknownId {
        /// The kind of thing that is looked for, such as `factor`.
        noun: &'static str,
        /// The id that was written.
        id: String,
        /// The ids that there are, or the one that was probably meant.
        help: String,
    },
    /// The area of a score stands before its factor.
    #[error("the factor comes before the area; write {text}")]
    Swapped {
        /// The address that was meant.
        text: String,
    },
    /// A bracket is open at the end.
    #[error("`{text}` has no closing bracket")]
    OpenBracket {
        /// The address that was written.
        text: String,
    },
    /// Outcomes of several worlds are named at once.
    #[error("name one world")]
    SeveralWorlds,
    /// The text has the form of no address.
    #[error(
        "`{text}` is not an address; expected weight.<factor>, score.<factor>.<area>, \
         world.<world>.<outcome>, input.<id>, discount.<id>, spread.score, spread.weight, residual and \
         group.<area>"
    )]
    NoAddress {
        /// The text that was written.
        text: String,
    },
    /// An address names a number of a clock, and there is none.
    #[error("the scenario has no clock; add `clock: (…)`, or remove the address")]
    NoClock,
    /// The anchor of the clock has no overall score of its own.
    #[error(
        "the anchor has the mean of a group and no number; write a number in the clock of the file first"
    )]
    AnchorIsMean,
    /// Something else than a weight, a score or a shared input is to go together with others.
    #[error("only weights, scores and shared inputs can go together")]
    NotCorrelated,
    /// A certain number is to go together with others.
    #[error("{address} is certain, so it goes with nothing")]
    Certain {
        /// The address of the number.
        address: Address,
    },
}

/// The reason why a text is no claim, or no assertion.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ClaimError {
    /// The text has the form of no assertion.
    #[error("expected P(area before area) > 0.5, or P(claim) < 0.1")]
    Form,
    /// The threshold of an assertion lies outside 0 to 1.
    #[error("a probability lies between 0 and 1, and this is {threshold}")]
    Threshold {
        /// The number that was written.
        threshold: f64,
    },
    /// No claim has the id, and the text is no claim by itself.
    #[error(
        "unknown claim `{text}` ({help}); write the id of a claim, `area before area`, `area is first`, or a claim such as Before(First(\"a\"), First(\"b\"))"
    )]
    UnknownClaim {
        /// The text that was written.
        text: String,
        /// The claims that there are, or the one that was probably meant.
        help: String,
    },
    /// A claim is about dates.
    #[error(
        "the claim `{text}` is about dates, and only `headstart run` shows those; ask for a claim about the order"
    )]
    Dated {
        /// The text that was written.
        text: String,
    },
    /// Other words are used for a claim.
    #[error("unknown claim `{text}`; write `{instead}`")]
    OtherWords {
        /// The text that was written.
        text: String,
        /// The claim in words that was meant.
        instead: String,
    },
    /// A group is named where an area is wanted.
    #[error(
        "`{id}` is a group; write `first {id}`, `last {id}` or `mean {id}`, or in a file First(\"{id}\")"
    )]
    GroupForArea {
        /// The group that was written.
        id: String,
    },
    /// No area has the id.
    #[error("unknown area `{id}` ({help})")]
    UnknownArea {
        /// The id that was written.
        id: String,
        /// The areas that there are, or the one that was probably meant.
        help: String,
    },
    /// Several areas have the name.
    #[error("several areas are called `{name}`; write the id of one: {ids}")]
    SeveralAreas {
        /// The name that was written.
        name: String,
        /// The ids of the first two.
        ids: String,
    },
    /// The scenario has no other area.
    #[error("the scenario has one area alone, so nothing can be first or last")]
    Alone,
    /// An area is compared with itself.
    #[error("compare two different areas")]
    Itself,
    /// The text is a claim as in a file, with problems.
    #[error(transparent)]
    Text(#[from] TextError),
}

/// The problems of a short text that is read as a part of a file is. Their places are places of that text.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TextError {
    problems: Vec<Problem>,
}

impl TextError {
    /// Takes the problems of a text, at least one.
    pub(super) fn new(problems: Vec<Problem>) -> Self {
        debug_assert!(!problems.is_empty(), "a text without problems is no error");
        Self { problems }
    }

    /// Returns the problems, at least one.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            f.write_str(if index > 0 { "; " } else { "" })?;
            f.write_str(&problem.message)?;
            if let Some(help) = &problem.help {
                write!(f, "; {help}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for TextError {}

/// The reason why there is no way from one scenario to another.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("the {what} are not the same, so their claims cannot be compared: {}", self.differences())]
#[non_exhaustive]
pub struct PathError {
    /// The things that differ: `areas` or `groups`.
    pub what: &'static str,
    /// The ids that the first scenario alone has.
    pub only_first: Vec<String>,
    /// The ids that the second scenario alone has.
    pub only_second: Vec<String>,
}

impl PathError {
    fn differences(&self) -> String {
        let mut parts = Vec::new();
        if !self.only_first.is_empty() {
            parts.push(format!("only the first has {}", self.only_first.join(", ")));
        }
        if !self.only_second.is_empty() {
            parts.push(format!("only the second has {}", self.only_second.join(", ")));
        }
        if parts.is_empty() { "they stand in another order".into() } else { parts.join("; ") }
    }
}

/// The reason why a distribution of weights cannot do without a factor.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WithoutFactorError {
    /// Constraints on the weights would say something else without it.
    #[error("the constraints on the weights are about it as well; state new `weights` without it")]
    Constraints,
}
