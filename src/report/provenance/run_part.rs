//! A part of a run as a file: what was kept of some of its draws, and how to ask for the run. A format of its own, for this program
//! alone.

use crate::analysis::{CountsError, RunTally};
use crate::model::Subject;
use crate::report::provenance::checkpoint::{seal, unseal};
use crate::report::provenance::error::SavedError;
use crate::report::provenance::made::Provenance;
use crate::report::provenance::origin::{Origin, differing};
use crate::sampler::{CHUNK_SIZE, Run};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The number of the format.
const FORMAT: u32 = 1;

/// A part of a run that is drawn in several: its number, and how many there are.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Shard {
    index: u64,
    of: u64,
}

/// The reason why a text is no part of a run.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("expected a part and the number of parts, such as 3/64")]
pub struct ShardError;

/// Most parts of a run.
const MOST: u64 = 1_000_000;

impl Shard {
    /// Returns the part with a number from 1 to `of`.
    ///
    /// # Errors
    /// Returns an error if there is no such part.
    pub fn new(index: u64, of: u64) -> Result<Self, ShardError> {
        if (1..=MOST).contains(&of) && (1..=of).contains(&index) {
            Ok(Self { index, of })
        } else {
            Err(ShardError)
        }
    }

    /// Returns the number of the part, from 1.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Returns the number of parts.
    #[must_use]
    pub fn of(&self) -> u64 {
        self.of
    }

    /// Returns the items of the part, of `n` items that all parts share.
    #[must_use]
    pub fn share(&self, n: u64) -> Range<u64> {
        let end = |parts: u64| (u128::from(n) * u128::from(parts) / u128::from(self.of)) as u64;
        end(self.index - 1)..end(self.index)
    }

    /// Returns the chunks of a run that the part has.
    #[must_use]
    pub fn chunks(&self, run: Run) -> Range<u64> {
        self.share(run.draws.div_ceil(CHUNK_SIZE))
    }
}

impl std::str::FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, ShardError> {
        let (index, of) = text.split_once('/').ok_or(ShardError)?;
        let number = |text: &str| text.parse().map_err(|_| ShardError);
        Self::new(number(index)?, number(of)?)
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

/// All that was kept of a part of a run.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RunPart {
    #[serde(flatten)]
    origin: Origin,
    /// Command and options that ask for the whole run.
    made: Provenance,
    /// Draws of the whole run.
    draws: u64,
    shard: Shard,
    kept: String,
}

impl RunPart {
    /// Keeps the tally of a part of a run; `made` asks for the whole.
    #[must_use]
    pub fn new<'a>(
        scenario: impl Into<Subject<'a>>,
        run: Run,
        made: Provenance,
        (shard, kept): (Shard, &RunTally),
    ) -> Self {
        let scenario: &Subject<'a> = &scenario.into();
        Self { origin: origin(scenario, run), made, draws: run.draws, shard, kept: kept.to_hex() }
    }

    /// As text, with a digest.
    #[must_use]
    pub fn to_json(&self) -> String {
        seal(self)
    }

    /// From text, if that is as it was written.
    ///
    /// # Errors
    /// Returns an error if the text is no part of a run, or is damaged.
    pub fn read(text: &str) -> Result<Self, SavedError> {
        let part: Self = unseal(text)?;
        Shard::new(part.shard.index, part.shard.of).map_err(|_| CountsError)?;
        Ok(part)
    }

    /// Returns how the whole run is asked for.
    #[must_use]
    pub fn made(&self) -> &Provenance {
        &self.made
    }

    /// Returns which part it is.
    #[must_use]
    pub fn shard(&self) -> Shard {
        self.shard
    }

    /// Returns the chunks that it has.
    #[must_use]
    pub fn chunks(&self) -> Range<u64> {
        self.shard.share(self.n_chunks())
    }

    /// Returns the chunks of the whole run.
    #[must_use]
    pub fn n_chunks(&self) -> u64 {
        self.draws.div_ceil(CHUNK_SIZE)
    }

    /// Lists in what another part is of another run, in words; nothing if both are of one.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        let parts = [
            ("the number of draws", self.draws == other.draws),
            ("how the run is asked for", self.made == other.made || self.draws != other.draws),
        ];
        let differences = self.origin.differences(&other.origin);
        // The scenario and the seed are in how it is asked for, too.
        if differences.is_empty() { differing(&parts) } else { differences }
    }

    /// Returns what was kept, for a run of a scenario.
    ///
    /// # Errors
    /// Returns an error if the part is of another run or another program, or if its counts are not those of its draws.
    pub fn tally<'a>(&self, scenario: impl Into<Subject<'a>>, run: Run) -> Result<RunTally, SavedError> {
        let scenario: &Subject<'a> = &scenario.into();
        let mut differences = self.origin.differences(&origin(scenario, run));
        differences.extend(differing(&[("the number of draws", self.draws == run.draws)]));
        if !differences.is_empty() {
            return Err(SavedError::OtherRun { differences });
        }
        let kept = RunTally::new(scenario, scenario.model()).from_hex(&self.kept)?;
        let chunks = self.chunks();
        let draws = run.draws.min(chunks.end * CHUNK_SIZE).saturating_sub(chunks.start * CHUNK_SIZE);
        if kept.n() == draws { Ok(kept) } else { Err(CountsError.into()) }
    }
}

/// With the precision that the run is drawn in.
fn origin(scenario: &Subject<'_>, run: Run) -> Origin {
    let arithmetic = run.arithmetic.of(scenario.model());
    Origin::new(FORMAT, scenario, Run { arithmetic, ..run })
}
