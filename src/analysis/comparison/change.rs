//! The change of a scenario as data: what it does to claims and numbers of pairs, and what is asked of two scenarios.

use crate::analysis::interval::{Estimate, Expected};
use crate::scenario::{Claim, NamedClaim, Scenario};
use std::borrow::Cow;
use std::sync::Arc;

/// The effect of a change of a scenario on a claim.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ClaimChange {
    /// Id of the claim for other programs.
    pub id: Arc<str>,
    /// A sentence without a full stop.
    pub text: Arc<str>,
    /// Its probability before.
    pub from: Estimate,
    /// Its probability after.
    pub to: Estimate,
    /// The difference.
    pub change: Change,
}

/// A changed scenario against the one as it stands: a point of a sweep, a lever, another file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ScenarioChange {
    /// Name of the change.
    pub name: String,
    /// One value a number that is varied; none for a lever or a file.
    pub values: Vec<f64>,
    /// Effect on each claim.
    pub claims: Vec<ClaimChange>,
    /// Effect on the pairs of each two groups.
    pub pairs: Vec<PairsChange>,
    /// True if it is a point of a sweep that nobody asked for, and that tells where a claim crosses one half.
    pub is_between: bool,
}

impl ScenarioChange {
    /// Holds the words of its claims no second time where another one has the same.
    pub fn intern_claim_texts(&mut self, other: &Self) {
        for (claim, same) in self.claims.iter_mut().zip(&other.claims) {
            for (mine, theirs) in [(&mut claim.id, &same.id), (&mut claim.text, &same.text)] {
                if mine == theirs {
                    *mine = Arc::clone(theirs);
                }
            }
        }
    }
}

/// The effect of a change of a scenario on the number of pairs between two groups that have the area of the first ahead.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PairsChange {
    /// The index of the one group.
    pub a: usize,
    /// The index of the other.
    pub b: usize,
    /// Number of pairs.
    pub of: usize,
    /// Number that is expected to have the area of the one group ahead before, a tie counting half.
    pub from: Expected,
    /// And after.
    pub to: Expected,
    /// The difference.
    pub change: Change,
}

/// The difference of two probabilities, or of two expected numbers, on the same draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// After minus before.
    pub difference: f64,
    /// Its Monte Carlo standard error: 0 where no draw differs.
    pub mcse: f64,
    /// The ends of a 95 % interval, which always has some width.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// True if not one draw differs in any world.
    pub inert: bool,
}

impl Change {
    /// The mean of D, of which each draw contributes one between `-most` and `most`, from the sums of D and of its
    /// square over `n` draws.
    pub(crate) fn of((sum, squares): (f64, f64), most: f64, inert: bool, n: u64) -> Self {
        let (sum, squares) = if inert { (0.0, 0.0) } else { (sum, squares) };
        let Expected { mean, mcse, low, high } = Expected::of((sum, squares), (-most, most), n);
        Self { difference: mean, mcse, low, high, inert }
    }

    /// Returns true if the interval lies on one side of no difference.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// The effect of a scenario on the claims and the pairs of groups of another.
pub type Changes = (Vec<ClaimChange>, Vec<PairsChange>);

/// Scenarios to be compared two by two, all about the same areas.
pub struct Side<'a> {
    /// The scenario whose claims they are: the first, which is drawn beside all others.
    pub about: &'a Scenario,
    /// Number of scenarios.
    pub n: usize,
    /// Makes one, by its index. Each is made when it is needed, and let go, so that many take little memory.
    pub make: &'a (dyn Fn(usize) -> Cow<'a, Scenario> + Sync),
    /// Pairs of those that are compared.
    pub pairs: Vec<(usize, usize)>,
    /// The part that the others have in the bits of a pair.
    pub company: Company,
}

/// The part that other scenarios have in the bits of two that are compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Company {
    /// None: two scenarios have the bits of a comparison of these two alone.
    Alone,
    /// All are drawn in the same precision, so that steps add up to the whole way.
    Together,
}

/// A claim, and the words that all that is said of it shares.
#[derive(Debug)]
pub struct Asked {
    pub claim: NamedClaim,
    pub id: Arc<str>,
    pub text: Arc<str>,
}

impl Asked {
    /// Returns a claim that holds always, for what is counted as something else.
    pub fn no_claim() -> Claim {
        Claim::All(Vec::new())
    }
}
