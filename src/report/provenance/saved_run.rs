//! A run that is under way as a file: what was kept of its first draws, and of which run they are. A format of its own, for this
//! program alone.

use crate::analysis::RunTally;
use crate::model::Subject;
use crate::report::provenance::checkpoint::{seal, unseal};
use crate::report::provenance::error::SavedError;
use crate::report::provenance::origin::Origin;
use crate::sampler::Run;
use serde::{Deserialize, Serialize};

/// The number of the format.
const FORMAT: u32 = 2;

/// All that was kept of the first draws of a run.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RunCheckpoint {
    #[serde(flatten)]
    origin: Origin,
    /// Number of those draws.
    draws: u64,
    kept: String,
}

impl RunCheckpoint {
    /// Of the first `draws` of a run of a scenario.
    #[must_use]
    pub fn new<'a>(scenario: impl Into<Subject<'a>>, run: Run, kept: &RunTally, draws: u64) -> Self {
        let scenario: &Subject<'a> = &scenario.into();
        Self { origin: origin(scenario, run), draws, kept: kept.to_hex() }
    }

    /// As text.
    #[must_use]
    pub fn to_json(&self) -> String {
        seal(self)
    }

    /// From text: what was kept and of how many draws, for a run of a scenario to go on from.
    ///
    /// # Errors
    /// It is damaged, or of another run; the sentence says in what that differs.
    pub fn read<'a>(
        text: &str,
        scenario: impl Into<Subject<'a>>,
        run: Run,
    ) -> Result<(RunTally, u64), SavedError> {
        let scenario: &Subject<'a> = &scenario.into();
        let found: Self = unseal(text)?;
        let differences = found.origin.differences(&origin(scenario, run));
        if !differences.is_empty() {
            return Err(SavedError::OtherRun { differences });
        }
        if found.draws > run.draws {
            return Err(SavedError::TooLong { saved: found.draws, asked: run.draws });
        }
        let none = RunTally::new(scenario, scenario.model());
        let kept = none.from_hex(&found.kept)?;
        Ok((kept, found.draws))
    }
}

/// With the precision that the run is drawn in.
fn origin(scenario: &Subject<'_>, run: Run) -> Origin {
    let arithmetic = run.arithmetic.of(scenario.model());
    Origin::new(FORMAT, scenario, Run { arithmetic, ..run })
}
