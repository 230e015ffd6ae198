//! A run that is under way as a file: what was kept of its first instances, and of which run they are. A format of its own, for this
//! program alone.

use super::checkpoint::{seal, unseal};
use super::made::target;
use super::number::thousands;
use crate::analysis::Kept;
use crate::model::Model;
use crate::sampler::Run;
use crate::scenario::Scenario;
use serde::{Deserialize, Serialize};

/// The number of the format.
const FORMAT: u32 = 1;

/// What was kept of the first instances of a run.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct KeptRun {
    format: u32,
    version: String,
    target: String,
    scenario_hash: String,
    seed: u64,
    arithmetic: String,
    /// How many instances it is of.
    instances: u64,
    kept: String,
}

impl KeptRun {
    /// Of the first `instances` of a run of a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario, run: Run, kept: &Kept, instances: u64) -> Self {
        Self {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            target: target(),
            scenario_hash: scenario.hash(),
            seed: run.seed,
            arithmetic: run.arithmetic.of(&Model::new(scenario)).to_string(),
            instances,
            kept: kept.to_text(),
        }
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
        let none = Kept::none(scenario, &Model::new(scenario));
        let wanted = Self::new(scenario, run, &none, found.instances);
        let parts = [
            ("the format", found.format == wanted.format),
            ("the version of the program", found.version == wanted.version),
            ("the target of the program", found.target == wanted.target),
            ("the scenario", found.scenario_hash == wanted.scenario_hash),
            ("the seed", found.seed == wanted.seed),
            ("the precision of the arithmetic", found.arithmetic == wanted.arithmetic),
        ];
        let differs: Vec<&str> = parts.iter().filter(|(_, same)| !same).map(|(what, _)| *what).collect();
        if !differs.is_empty() {
            return Err(format!("it is of another run, which differs in {}", differs.join(", ")));
        }
        if found.instances > run.instances {
            let [more, asked] = [found.instances, run.instances].map(thousands);
            return Err(format!("it is of {more} instances, and {asked} are asked for"));
        }
        Ok((none.with_text(&found.kept)?, found.instances))
    }
}
