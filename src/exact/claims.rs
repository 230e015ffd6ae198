//! Claims as what is integrated for them, where that can be. Knows claims as circuits over columns.

use super::densities::Ranked;
use crate::tally::{Circuit, OrderPlan, Place};

/// A claim as what is integrated for it.
#[derive(Clone, Debug, PartialEq)]
pub enum Integrand {
    /// It holds or fails for certain.
    Certain(bool),
    /// The mean of some areas lies above the mean of others.
    Means(Vec<usize>, Vec<usize>),
    /// A place comes before another, of areas that they do not share.
    Places(Ranked, Ranked),
    /// Another claim fails; what hangs on a tie there does not hang on it less.
    Not(Box<Integrand>),
}

impl Integrand {
    /// Returns true if the claim is about places.
    pub fn needs_places(&self) -> bool {
        matches!(self.without_negations().0, Self::Places(..))
    }

    /// The claim without negations, and whether there is an odd number of those.
    pub fn without_negations(&self) -> (&Self, bool) {
        match self {
            Self::Not(claim) => {
                let (inner, negated) = claim.without_negations();
                (inner, !negated)
            }
            claim => (claim, false),
        }
    }
}

/// Returns what a claim is integrated as, or why it cannot be.
pub fn integrand(claim: &Circuit, plan: &OrderPlan) -> Result<Integrand, &'static str> {
    match claim {
        Circuit::Before(one, other) => before(one, other, plan),
        Circuit::Not(claim) => Ok(Integrand::Not(Box::new(integrand(claim, plan)?))),
        Circuit::All(claims) | Circuit::Any(claims) => match &claims[..] {
            [claim] => integrand(claim, plan),
            _ => Err("it combines several claims"),
        },
        Circuit::InTop { areas, k, at_least } => {
            // The last of so many is among the first k: no more than k less so many of the others are before it.
            let others: Vec<usize> = (0..plan.n_areas).filter(|i| !areas.contains(i)).collect();
            if *at_least == 0 {
                Ok(Integrand::Certain(true))
            } else if *at_least > areas.len() || at_least > k {
                Ok(Integrand::Certain(false))
            } else if k - at_least >= others.len() {
                Ok(Integrand::Certain(true))
            } else {
                let one = Ranked { areas: areas.clone(), k: *at_least };
                Ok(Integrand::Places(one, Ranked { areas: others, k: k - at_least + 1 }))
            }
        }
        Circuit::Most(..) => Err("it counts pairs, whose number depends on the full ranking"),
    }
}

fn before(one: &Place, other: &Place, plan: &OrderPlan) -> Result<Integrand, &'static str> {
    let single = |place: &Place| match place.columns[..] {
        [column] if column < plan.n_areas => Some(vec![column]),
        [column] => Some(plan.means[column - plan.n_areas].clone()),
        _ => None,
    };
    if let (Some(one), Some(other)) = (single(one), single(other)) {
        return Ok(Integrand::Means(one, other));
    }
    if one.columns.iter().chain(&other.columns).any(|&column| column >= plan.n_areas) {
        return Err("it sets a mean against a place in a group");
    }
    let (mut one, mut other) = (
        Ranked { areas: one.columns.clone(), k: one.k },
        Ranked { areas: other.columns.clone(), k: other.k },
    );
    // An area is never before itself.
    if let [area] = one.areas[..]
        && other.areas.contains(&area)
    {
        other.areas.retain(|other| *other != area);
        other.k -= 1;
    } else if let [area] = other.areas[..]
        && one.areas.contains(&area)
    {
        one.areas.retain(|one| *one != area);
    }
    if one.areas.iter().any(|area| other.areas.contains(area)) {
        return Err("the places that it compares share areas");
    }
    if other.k == 0 || one.k > one.areas.len() || other.k > other.areas.len() {
        return Ok(Integrand::Certain(false));
    }
    Ok(Integrand::Places(one, other))
}
