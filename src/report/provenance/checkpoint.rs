//! Finished points of a sweep as files, and what they are points of: written so that a sweep can go on after an interruption,
//! and read back to the last bit. A format of its own, for this program alone.

use crate::analysis::{Basis, Change, ClaimChange, Estimate, Expected, PairsChange, ScenarioChange};
use crate::report::json::write::{parse, pretty};
use crate::report::provenance::error::SavedError;
use crate::report::provenance::origin::{Origin, differing};
use crate::report::provenance::seal::digest;
use crate::sampler::Run;
use crate::scenario::Scenario;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The number of the format.
const FORMAT: u32 = 3;

/// Something with its digest, so that it is read as it was written or not at all.
#[derive(Debug, Deserialize, Serialize)]
struct Sealed<T> {
    /// The SHA-256 of the content as JSON on one line.
    digest: String,
    content: T,
}

impl<T: Serialize> Sealed<T> {
    fn new(content: T) -> Self {
        // Numbers and texts always serialize.
        Self { digest: digest(&crate::report::json::write::line(&content)), content }
    }
}

/// As text, with a digest.
pub(crate) fn seal<T: Serialize>(content: &T) -> String {
    pretty(&Sealed::new(content))
}

/// From text, if that is as it was written.
pub(crate) fn unseal<T: Serialize + DeserializeOwned>(text: &str) -> Result<T, SavedError> {
    let found: Sealed<T> = parse(text).map_err(SavedError::Damaged)?;
    let whole = Sealed::new(found.content);
    if whole.digest == found.digest { Ok(whole.content) } else { Err(SavedError::Digest) }
}

/// The sweep that the points of a checkpoint are of.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SweepCheckpoint {
    #[serde(flatten)]
    origin: Origin,
    draws: u64,
    varied: Vec<String>,
    points: Vec<Vec<f64>>,
    claims: Vec<String>,
}

impl SweepCheckpoint {
    /// Of a sweep of a scenario: what is varied, its points and the claims that are kept, all if there are none.
    #[must_use]
    pub fn new(
        scenario: &Scenario,
        run: Run,
        varied: &[String],
        points: Vec<Vec<f64>>,
        claims: &[String],
    ) -> Self {
        Self {
            origin: Origin::new(FORMAT, scenario, run),
            draws: run.draws,
            varied: varied.to_vec(),
            points,
            claims: claims.to_vec(),
        }
    }

    /// As text.
    #[must_use]
    pub fn to_json(&self) -> String {
        pretty(self)
    }

    /// From text.
    ///
    /// # Errors
    /// It is no checkpoint.
    pub fn from_json(text: &str) -> Result<Self, SavedError> {
        parse(text).map_err(SavedError::NotSaved)
    }

    /// In what another one is not the same, in words; nothing if points of the one are points of the other.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        let parts = [
            ("the number of draws", self.draws == other.draws),
            ("what is varied", self.varied == other.varied && self.points == other.points),
            ("the claims", self.claims == other.claims),
        ];
        [self.origin.differences(&other.origin), differing(&parts)].concat()
    }
}

#[derive(Debug, Deserialize, Serialize)]
struct Point {
    name: String,
    values: Vec<f64>,
    claims: Vec<PointClaim>,
    pairs: Vec<PointPairs>,
}

#[derive(Debug, Deserialize, Serialize)]
struct PointClaim {
    id: String,
    text: String,
    from: PointEstimate,
    to: PointEstimate,
    change: PointChange,
}

#[derive(Debug, Deserialize, Serialize)]
struct PointPairs {
    a: usize,
    b: usize,
    of: usize,
    /// Mean, standard error, and the ends of the interval.
    from: (f64, f64, f64, f64),
    to: (f64, f64, f64, f64),
    change: PointChange,
}

#[derive(Debug, Deserialize, Serialize)]
struct PointEstimate {
    probability: f64,
    mcse: f64,
    low: f64,
    high: f64,
    n: u64,
}

#[derive(Debug, Deserialize, Serialize)]
struct PointChange {
    difference: f64,
    mcse: f64,
    low: f64,
    high: f64,
    inert: bool,
}

impl From<&Estimate> for PointEstimate {
    fn from(estimate: &Estimate) -> Self {
        let &Estimate { probability, mcse, low, high, .. } = estimate;
        Self { probability, mcse, low, high, n: estimate.n() }
    }
}

impl From<PointEstimate> for Estimate {
    fn from(PointEstimate { probability, mcse, low, high, n }: PointEstimate) -> Self {
        Self::new(probability, mcse, (low, high), Basis::counted(n))
    }
}

impl From<&Change> for PointChange {
    fn from(&Change { difference, mcse, low, high, inert }: &Change) -> Self {
        Self { difference, mcse, low, high, inert }
    }
}

impl From<PointChange> for Change {
    fn from(PointChange { difference, mcse, low, high, inert }: PointChange) -> Self {
        Self { difference, mcse, low, high, inert }
    }
}

/// A finished point as text.
#[must_use]
pub fn point_json(point: &ScenarioChange) -> String {
    let claim = |ClaimChange { id, text, from, to, change }: &ClaimChange| PointClaim {
        id: id.to_string(),
        text: text.to_string(),
        from: from.into(),
        to: to.into(),
        change: change.into(),
    };
    let mean = |&Expected { mean, mcse, low, high }: &Expected| (mean, mcse, low, high);
    let pairs = |PairsChange { a, b, of, from, to, change }: &PairsChange| PointPairs {
        a: *a,
        b: *b,
        of: *of,
        from: mean(from),
        to: mean(to),
        change: change.into(),
    };
    seal(&Point {
        name: point.name.clone(),
        values: point.values.clone(),
        claims: point.claims.iter().map(claim).collect(),
        pairs: point.pairs.iter().map(pairs).collect(),
    })
}

/// A finished point from text, equal to what was written.
///
/// # Errors
/// It is no finished point, or not as it was written.
pub fn point_from_json(text: &str) -> Result<ScenarioChange, SavedError> {
    let point: Point = unseal(text)?;
    let claim = |PointClaim { id, text, from, to, change }| ClaimChange {
        id: id.into(),
        text: text.into(),
        from: from.into(),
        to: to.into(),
        change: change.into(),
    };
    let expected = |(mean, mcse, low, high)| Expected { mean, mcse, low, high };
    let pairs = |PointPairs { a, b, of, from, to, change }| PairsChange {
        a,
        b,
        of,
        from: expected(from),
        to: expected(to),
        change: change.into(),
    };
    Ok(ScenarioChange {
        name: point.name,
        values: point.values,
        claims: point.claims.into_iter().map(claim).collect(),
        pairs: point.pairs.into_iter().map(pairs).collect(),
        is_between: false,
    })
}
