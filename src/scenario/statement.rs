//! Claims, which are propositions about the order, each true or false in every draw; and asserts: what a scenario says its answer
//! is, so that a run can tell whether it still is.

/// A place in the order: where some area or group stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Marker {
    /// Place of an area (its index).
    Area(usize),
    /// Place of the first of a group.
    First(usize),
    /// Place of the last of a group.
    Last(usize),
    /// Place of the `k`-th of a group, `k` from 1.
    Nth(usize, usize),
    /// Place that an area with the mean overall score of a group would have.
    Mean(usize),
}

/// A proposition about the order.
///
/// "Before" is strict. [`Claim::Not`] is the plain negation, so it holds where its claim fails by a tie.
#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    /// The one comes strictly before the other.
    Before(Marker, Marker),
    /// Every one of them holds.
    All(Vec<Claim>),
    /// At least one of them holds.
    Any(Vec<Claim>),
    /// It does not hold.
    Not(Box<Claim>),
    /// At least `at_least` areas of the group have a rank of at most `k`.
    InTop {
        /// The worst rank that counts, from 1.
        k: usize,
        /// The group.
        group: usize,
        /// Number of its areas that it takes.
        at_least: usize,
    },
    /// Of all pairs of an area of the first group and an area of the second, more than half have the area of
    /// the first group strictly before the other.
    Most(usize, usize),
}

/// A claim with what it is called.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct NamedClaim {
    /// Id for files and other programs.
    pub id: String,
    /// A sentence without a full stop.
    pub text: String,
    /// Claim that it names.
    pub claim: Claim,
}

/// A probability that has to lie on one side of a number.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Assert {
    /// As written, e.g. `P(ai_control before agent_scaffolding) < 0.5`.
    pub text: String,
    /// Claim that has the probability.
    pub claim: Claim,
    /// On which side it has to lie.
    pub side: Bound,
    /// Probability that the side is of.
    pub threshold: f64,
}

/// A side of a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Bound {
    /// Above it.
    Above,
    /// Below it.
    Below,
}
