//! The answer about an order as data: pairs, ranks, claims and assertions.

use crate::analysis::interval::{Estimate, Expected};

/// Everything that depends on the order alone.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OrderSummary {
    /// Shape `[n_areas x n_areas]`: i strictly before j; nothing on the diagonal.
    pub before: Vec<Vec<Option<Estimate>>>,
    /// Shape `[n_areas x n_areas]`: the probability that i and j tie.
    pub tie: Vec<Vec<Option<f64>>>,
    /// Shape `[n_areas x n_areas]`: exactly r areas are strictly before area i.
    pub ranks: Vec<Vec<Estimate>>,
    /// Shape `[n_areas]`: no area is after area i, which is the last one, or shares the last place.
    pub last: Vec<Estimate>,
    /// The claims that every scenario gets, then those that it states.
    pub claims: Vec<ClaimSummary>,
    /// One entry per pair of groups.
    pub pairs: Vec<PairsSummary>,
}

/// A claim and its probability.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ClaimSummary {
    /// Id for other programs.
    pub id: String,
    /// A sentence without a full stop.
    pub text: String,
    /// True if it always has the probability of another one, so that reports for people leave it out.
    pub redundant: bool,
    /// Probability.
    pub estimate: Estimate,
    /// Probability that its truth hangs on a tie.
    pub tie: f64,
}

/// The pairs of an area of one group and an area of another.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PairsSummary {
    /// The index of the one group.
    pub a: usize,
    /// The index of the other.
    pub b: usize,
    /// Number of pairs.
    pub of: usize,
    /// Number of them that is expected to have the area of the one group ahead, a tie counting half.
    pub expected: f64,
    /// The Monte Carlo standard error of that.
    pub mcse: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Shape `[of + 1]`: exactly u pairs have it strictly ahead.
    pub distribution: Vec<Estimate>,
}

impl PairsSummary {
    /// The expected number with its error.
    #[must_use]
    pub fn number(&self) -> Expected {
        Expected { mean: self.expected, mcse: self.mcse, low: self.low, high: self.high }
    }
}

/// An assert of the scenario, and whether it holds.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AssertSummary {
    /// As written.
    pub text: String,
    /// The probability that it is about.
    pub estimate: Estimate,
    /// Verdict on whether that lies where it should.
    pub verdict: Verdict,
}

/// The verdict on an assert.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Verdict {
    /// The whole interval lies on the side that is asserted.
    Holds,
    /// The whole interval lies on the other side.
    Fails,
    /// The interval has the number inside: more draws would tell.
    Unsettled,
}
