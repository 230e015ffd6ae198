//! An answer: what was found, of which scenario, and how it was made.

use crate::analysis::{
    CentralWeightTable, Difference, Explanation, LeverValue, Partial, PointTable, Rankings, ScenarioChange,
    Sensitivity, Summary, Throughput,
};
use crate::model::LaidOut;
use crate::report::Provenance;
use crate::request::extras::Extras;
use crate::request::made::of_comparison;
use crate::request::prepare::Prepared;
use crate::sampler::Run;
use crate::scenario::{LINTS_OF_DISTRIBUTIONS, Lint};

/// An answer to a request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Answer {
    /// The scenario as it was drawn, after edits and with the claims that were asked for.
    pub scenario: LaidOut,
    /// Settings of the run.
    pub run: Run,
    /// Result.
    pub found: Found,
    /// Provenance: how the answer was made, so that it can be made again.
    pub made: Provenance,
    /// Parts that a page of a run shows besides.
    pub extras: Extras,
}

/// Result of a request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Found {
    /// Probabilities, ranks, claims and overall scores.
    Run(Box<Summary>),
    /// One entry per claim.
    Sensitivity(Vec<Sensitivity>),
    /// One entry per area.
    CentralWeights(Vec<CentralWeightTable>),
    /// The reasons for an order of two areas.
    Explain(Box<Explanation>),
    /// Whole orders.
    Rankings(Box<Rankings>),
    /// The points of a sweep.
    Sweep(Swept),
    /// Effects of the levers, and their values against their spillover.
    Levers {
        /// One entry per lever, alone and with its spillover, and all together.
        compared: Vec<ScenarioChange>,
        /// One entry per lever.
        worth: Vec<LeverValue>,
    },
    /// The way from one scenario to another.
    Diff(Box<Difference>),
    /// The warnings about a scenario that has no problems.
    Check(Vec<Lint>),
    /// The scenario at its central numbers.
    Scenario(Box<PointTable>),
    /// Speed at which this machine draws the scenario.
    Throughput(Box<Throughput>),
}

/// The points of a sweep, and what was varied.
#[derive(Clone, Debug)]
pub struct Swept {
    /// Edits that are varied, in full.
    pub vary: Vec<String>,
    /// Number of values per range.
    pub n_points: usize,
    /// The beginnings of the edits.
    pub varied: Vec<String>,
    /// The claims that were asked for, all if there are none.
    pub claims: Vec<String>,
    /// The points.
    pub points: Vec<ScenarioChange>,
    /// Share of the sweep that was finished, if it was stopped.
    pub partial: Option<Partial>,
}

impl Answer {
    /// Makes an answer that is the same in every format.
    pub(super) fn new(scenario: LaidOut, run: Run, found: Found, made: Provenance) -> Self {
        Self { scenario, run, found, made, extras: Extras::NotAsked }
    }

    /// Makes an answer of the points of a sweep of a scenario.
    pub(super) fn of_sweep(scenario: LaidOut, run: Run, swept: Swept) -> Self {
        let made = of_comparison("sweep", &scenario, run, &swept.claims);
        let made = made.with("vary", &swept.vary).with("points", [swept.n_points]);
        Self::new(scenario, run, Found::Sweep(swept), made)
    }

    /// Returns true if it was stopped before all that was asked for was there.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.partial().is_some() || matches!(self.extras, Extras::Stopped)
    }

    /// Lists the codes of the warnings that a check did not look for, because that would have taken more than a moment.
    #[must_use]
    pub fn unseen_warnings(&self) -> Vec<&'static str> {
        let of_claims = !self.scenario.claims().is_empty() && !Prepared::looks_at_claims(&self.scenario);
        let of_distributions = !self.scenario.can_look_at_distributions();
        let distributions = LINTS_OF_DISTRIBUTIONS.into_iter().filter(|_| of_distributions);
        let mut unseen: Vec<_> = distributions.chain(of_claims.then_some("L009")).collect();
        unseen.retain(|code| !self.scenario.allows(code));
        unseen.sort_unstable();
        unseen
    }

    /// Returns what there is of it, if it was stopped.
    #[must_use]
    pub fn partial(&self) -> Option<Partial> {
        match &self.found {
            Found::Run(summary) => summary.partial,
            Found::Sweep(swept) => swept.partial,
            _ => None,
        }
    }
}
