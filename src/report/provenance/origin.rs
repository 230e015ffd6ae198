//! Identity of the run that something is kept of, so that no other run goes on from it.

use crate::report::provenance::made::target;
use crate::sampler::Run;
use crate::scenario::Scenario;
use serde::{Deserialize, Serialize};

/// All that has to be the same for bits to be.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct Origin {
    format: u32,
    version: String,
    target: String,
    scenario_hash: String,
    seed: u64,
    arithmetic: String,
}

impl Origin {
    /// A run of a scenario, kept in a format with this number.
    pub fn new(format: u32, scenario: &Scenario, run: Run) -> Self {
        Self {
            format,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            target: target(),
            scenario_hash: scenario.hash(),
            seed: run.seed,
            arithmetic: run.arithmetic.to_string(),
        }
    }

    /// Lists what is not the same, in words.
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        let parts = [
            ("the format", self.format == other.format),
            ("the version of the program", self.version == other.version),
            ("the target of the program", self.target == other.target),
            ("the scenario", self.scenario_hash == other.scenario_hash),
            ("the seed", self.seed == other.seed),
            ("the precision of the arithmetic", self.arithmetic == other.arithmetic),
        ];
        differing(&parts)
    }
}

/// The names of the parts that are not the same.
pub(crate) fn differing(parts: &[(&'static str, bool)]) -> Vec<&'static str> {
    parts.iter().filter(|(_, same)| !same).map(|(what, _)| *what).collect()
}
