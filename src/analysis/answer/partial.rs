//! What is known of something that was stopped before its end.

/// How much there is of what was asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Partial {
    /// How much was done.
    pub done: u64,
    /// How much was asked for.
    pub of: u64,
    /// Of what.
    pub what: Part,
}

/// What runs and sweeps are made of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Part {
    /// Joint draws.
    Instances,
    /// Points of a sweep.
    Points,
    /// Points that each scramble of the exact engine has.
    PointsAScramble,
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Instances => "instances",
            Self::Points => "points",
            Self::PointsAScramble => "points a scramble",
        })
    }
}
