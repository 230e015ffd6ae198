//! The results of a sensitivity analysis, as data alone.

use crate::analysis::interval::{Estimate, Measured};
use crate::distribution::Dist;
use crate::scenario::NamedClaim;

/// Indices are reported only where the probability lies between these: elsewhere they are about the rare cases alone.
pub const REPORTED_RANGE: [f64; 2] = [0.02, 0.98];

/// The quantiles at which curves are reported.
pub const CURVE_QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// The sensitivity of a claim: what drives it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Sensitivity {
    /// The claim.
    pub claim: NamedClaim,
    /// Its probability.
    pub estimate: Estimate,
    /// In how many draws it was worked out where it switches.
    pub draws: u64,
    /// True if it was the same in all draws and worlds.
    pub certain: bool,
    /// True if it is about a gap, whose sign is solved for; otherwise each crossing of two areas is.
    pub linear: bool,
    /// One an input that it depends on, in the order of the model.
    pub inputs: Vec<InputEffect>,
    /// Groups of inputs, and the worlds, with their shares.
    pub groups: Vec<GroupEffect>,
    /// Whose uncertainty it is: shares of the variance that add up to one, of parts that do not overlap.
    #[doc(alias = "Shapley effects")]
    pub parts: Vec<ShapleyShare>,
    /// The gap, if it is about one.
    pub gap: Option<MeanGap>,
}

/// The effect of one input on a claim.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct InputEffect {
    /// Its address.
    pub address: String,
    /// Its distribution, or those of its branches, with what stands behind the address.
    pub dists: Vec<(String, Dist)>,
    /// True if it is a standard normal that numbers are made of, or a residual: what several have in common, or the own part of one,
    /// which is what is left of it once those that it is correlated with, or the causes that it shares, are known.
    pub latent: bool,
    /// Effect of holding it at each of its values; nothing if that cannot be solved for.
    pub curve: Option<CurveSummary>,
    /// Why there is no curve.
    pub redrawn: Option<String>,
    /// The share of the variance of the claim that is gone once this input is known; nothing near 0 and 1.
    #[doc(alias = "first-order Sobol index")]
    pub first: Option<Measured>,
    /// The share that is left while only this input is unknown.
    #[doc(alias = "total Sobol index")]
    pub total: Option<Measured>,
    /// The probability that drawing it again changes the truth of the claim.
    pub flips: Measured,
    /// Worth of learning it under the Brier loss.
    pub brier: Measured,
    /// Worth of learning it in units of overall score, to who has to say which comes first.
    pub regret: Option<Measured>,
}

/// The curve of a probability over one input.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CurveSummary {
    /// At [`CURVE_QUANTILES`].
    pub points: Vec<OneWayPoint>,
    /// P(at its 95 % quantile) - P(at its 5 % quantile).
    pub bar: Measured,
    /// The lowest and the highest probability that it can bring about.
    pub range: [f64; 2],
    /// Values at which the probability is one half.
    pub break_even: Vec<BreakEvenValue>,
    /// By how much one unit more of it, everywhere, moves the probability at the margin.
    pub gradient: Option<Measured>,
}

/// A point of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct OneWayPoint {
    /// The quantile of the input.
    pub quantile: f64,
    /// Its value there; of several branches, that of the first.
    pub value: f64,
    /// The probability there.
    pub probability: Measured,
}

/// A value of an input at which the probability is one half.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakEvenValue {
    /// The quantile of the input.
    pub quantile: f64,
    /// Its value there: of an input that jumps past one half the first value on the other side. Nothing where it lies beyond all
    /// values at which the probability is known, and only the end of the interval is.
    pub value: Option<f64>,
    /// The ends of its 95 % interval; nothing where that goes beyond what the input can be.
    pub interval: [Option<f64>; 2],
    /// True if the input has no value at which the probability is one half: it passes one half after the one end of the interval and
    /// up to the other.
    pub jumps: bool,
}

/// The share of a group of inputs.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GroupEffect {
    /// Id for other programs.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// The share of the variance that is gone once all of it is known.
    pub first: Option<Measured>,
    /// The share that is left while only it is unknown.
    pub total: Option<Measured>,
}

/// The share of a part of all that is uncertain.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ShapleyShare {
    /// Id for other programs.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Share of the variance that knowing it takes away, on average over all orders in which the parts may become known.
    pub share: Measured,
}

/// The mean gap of a question.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct MeanGap {
    /// Its mean.
    pub mean: Measured,
    /// Worth of learning everything.
    pub everything: Measured,
    /// Its standard deviation over draws and worlds.
    pub sd: f64,
}
