//! The clock of a scenario, and what the scenario says of dates.

use super::{Clock, DateTarget, Dated, DatedAssert, DatedClaim};
use crate::scenario::Scenario;

impl Scenario {
    /// Returns the clock, if the scenario has one.
    #[must_use]
    pub fn clock(&self) -> Option<&Clock> {
        self.clock.as_ref()
    }

    /// Returns the claims about dates that the scenario states.
    #[must_use]
    pub fn dated_claims(&self) -> &[DatedClaim] {
        &self.dated
    }

    /// Returns the claim that is given for a claim about dates, if one is.
    #[must_use]
    pub fn given(&self, named: &DatedClaim) -> Option<Dated> {
        let id = named.given.as_ref()?;
        let dated = self.dated.iter().find(|other| other.id == *id).map(|other| other.claim.clone());
        let order = || self.claims.iter().find(|other| other.id == *id);
        dated.or_else(|| order().map(|other| Dated::Order(other.claim.clone())))
    }

    /// Returns what others say of claims about dates.
    #[must_use]
    pub fn date_targets(&self) -> &[DateTarget] {
        &self.targets
    }

    /// Returns the assertions about dates.
    #[must_use]
    pub fn dated_asserts(&self) -> &[DatedAssert] {
        &self.dated_asserts
    }
}
