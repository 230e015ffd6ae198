//! The reasons for which constraints make no polytope that can be drawn from.

/// Why constraints make no polytope that can be drawn from.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PolytopeError {
    /// No weights satisfy the constraints.
    #[error("no weights satisfy constraint {} together with those before it", .constraint + 1)]
    Empty {
        /// The index of the first constraint that cannot hold together with those before it; of a later one
        /// for which that is true as well where finding the first would take too long.
        constraint: usize,
    },
    /// The polytope takes more pieces or more time than is reasonable.
    #[error("the constraints are too complex: the set of weights takes more than {most} {what}")]
    TooComplex {
        /// Things that are too many: `vertices`, `simplices` or `steps`.
        what: &'static str,
        /// The most that is accepted.
        most: usize,
    },
    /// The polytope is so thin that its volume is lost to rounding.
    #[error("the constraints leave a set of weights that is too thin to draw from")]
    TooThin,
    /// A coefficient is infinite or NaN.
    #[error("constraint {} has a coefficient that is not a finite number", .constraint + 1)]
    NotFinite {
        /// The index of the constraint.
        constraint: usize,
    },
    /// A constraint has not one coefficient a factor.
    #[error("constraint {} has {found} coefficients for {expected} factors", .constraint + 1)]
    WrongLength {
        /// The index of the constraint.
        constraint: usize,
        /// Number of factors.
        expected: usize,
        /// Number of coefficients.
        found: usize,
    },
    /// There is nothing to weigh.
    #[error("the scenario has no factors to weigh")]
    NoFactors,
}
