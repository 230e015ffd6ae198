//! A run that is under way as a file: what was kept of its first instances, and of which run they are. A format of its own, for this
//! program alone.

use crate::analysis::Kept;
use crate::model::Model;
use crate::report::provenance::checkpoint::{seal, unseal};
use crate::report::provenance::origin::Origin;
use crate::report::wording::number::thousands;
use crate::sampler::Run;
use crate::scenario::Scenario;
use serde::{Deserialize, Serialize};

/// The number of the format.
const FORMAT: u32 = 1;

/// All that was kept of the first instances of a run.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct KeptRun {
    #[serde(flatten)]
    origin: Origin,
    /// Number of those instances.
    instances: u64,
    kept: String,
}

impl KeptRun {
    /// Of the first `instances` of a run of a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario, run: Run, kept: &Kept, instances: u64) -> Self {
        Self { origin: origin(scenario, run), instances, kept: kept.to_text() }
    }

    /// As text.
    #[must_use]
    pub fn to_json(&self) -> String {
        seal(self)
    }

    /// From text: what was kept and of how many instances, for a run of a scenario to go on from.
    ///
    /// # Errors
    /// It is damaged, or of another run; the sentence says in what that differs.
    pub fn read(text: &str, scenario: &Scenario, run: Run) -> Result<(Kept, u64), String> {
        let found: Self = unseal(text)?;
        let differences = found.origin.differences(&origin(scenario, run));
        if !differences.is_empty() {
            return Err(format!("it is of another run, which differs in {}", differences.join(", ")));
        }
        if found.instances > run.instances {
            let [more, asked] = [found.instances, run.instances].map(thousands);
            return Err(format!("it is of {more} instances, and {asked} are asked for"));
        }
        let none = Kept::none(scenario, &Model::new(scenario));
        Ok((none.with_text(&found.kept)?, found.instances))
    }
}

/// With the precision that the run is drawn in.
fn origin(scenario: &Scenario, run: Run) -> Origin {
    let arithmetic = run.arithmetic.of(&Model::new(scenario));
    Origin::new(FORMAT, scenario, Run { arithmetic, ..run })
}
