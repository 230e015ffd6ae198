//! Claims about dates.

use crate::scenario::{Bound, Claim, Marker};

/// A degree that an area reaches on a date.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Level {
    /// Research is so many times as fast as today.
    Times(f64),
    /// So large a share is automated of what can be automated.
    Automated(f64),
}

/// A date of a claim.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum When {
    /// A decimal year.
    On(f64),
    /// Date at which a place reaches a level; the last date of the clock if it never does.
    Moment(Marker, Level),
}

/// A proposition about dates, true or false in every draw.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Dated {
    /// A claim about the order of overall scores.
    Order(Claim),
    /// One place reaches a level before the other does, by so many months or more.
    Before {
        /// Place that comes first.
        one: Marker,
        /// Place that comes later, or never.
        other: Marker,
        /// Level of both.
        at: Level,
        /// Months between the two; 0 for any time.
        by: f64,
    },
    /// A place reaches a level on a date or before.
    Reached {
        /// Place that reaches it.
        place: Marker,
        /// Level that it reaches.
        at: Level,
        /// Date, as a decimal year.
        on: f64,
    },
    /// A place is at least so many times as fast as today on a date; of a group, the mean of its areas' speedups or that of a place in it.
    Speedup {
        /// Place that has the speedup.
        place: Marker,
        /// Least speedup.
        at_least: f64,
        /// Date, as a decimal year.
        on: f64,
    },
    /// Every one of them holds.
    All(Vec<Dated>),
    /// At least one of them holds.
    Any(Vec<Dated>),
    /// It does not hold.
    Not(Box<Dated>),
}

/// A claim about dates with what it is called.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DatedClaim {
    /// Id for files and other programs.
    pub id: String,
    /// A sentence without a full stop.
    pub text: String,
    /// Claim that it names.
    pub claim: Dated,
    /// Id of the claim, of either kind, that is given: the probability is that of the draws in which it holds.
    pub given: Option<String>,
}

/// Somebody else's probability of a claim about dates.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DateTarget {
    /// Id of the claim.
    pub claim: String,
    /// The people who say it.
    pub who: String,
    /// Their probability.
    pub says: f64,
}

/// An assertion about dates: a probability that has to lie on one side of a number.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DatedAssert {
    /// As written, e.g. `P(median_first) > 0.8`.
    pub text: String,
    /// Claim that has the probability.
    pub claim: Dated,
    /// On which side it has to lie.
    pub side: Bound,
    /// Probability that the side is of.
    pub threshold: f64,
}

impl DatedAssert {
    /// Returns an assertion.
    pub(in crate::scenario) fn new(text: String, claim: Dated, side: Bound, threshold: f64) -> Self {
        Self { text, claim, side, threshold }
    }
}

impl DatedClaim {
    /// Returns a claim.
    pub(in crate::scenario) fn new(id: String, text: String, claim: Dated) -> Self {
        Self { id, text, claim, given: None }
    }
}

impl Dated {
    /// Returns the claim about overall scores that it is, if it says nothing of dates.
    pub(in crate::scenario) fn undated(self) -> Result<Claim, Self> {
        let several = |all: &[Self]| -> Option<Vec<Claim>> {
            all.iter().map(|claim| claim.clone().undated().ok()).collect()
        };
        match &self {
            Self::Order(claim) => Ok(claim.clone()),
            Self::All(all) => several(all).map(Claim::All).ok_or(self),
            Self::Any(any) => several(any).map(Claim::Any).ok_or(self),
            Self::Not(claim) => match claim.as_ref().clone().undated() {
                Ok(claim) => Ok(Claim::Not(Box::new(claim))),
                Err(_) => Err(self),
            },
            _ => Err(self),
        }
    }

    /// Returns the levels whose dates it takes, each once.
    #[must_use]
    pub fn levels(&self) -> Vec<Level> {
        let mut levels = Vec::new();
        self.add_levels(&mut levels);
        levels
    }

    fn add_levels(&self, levels: &mut Vec<Level>) {
        match self {
            Self::Order(_) | Self::Speedup { .. } => {}
            Self::Before { at, .. } | Self::Reached { at, .. } => {
                if !levels.contains(at) {
                    levels.push(*at);
                }
            }
            Self::All(all) | Self::Any(all) => all.iter().for_each(|claim| claim.add_levels(levels)),
            Self::Not(claim) => claim.add_levels(levels),
        }
    }
}
