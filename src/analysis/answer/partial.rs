//! The extent of something that was stopped before its end.

/// The part of what was asked for that there is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Partial {
    /// Amount that was done.
    pub done: u64,
    /// Amount that was asked for.
    pub of: u64,
    /// Of what.
    pub what: PartialUnit,
}

/// The units that runs and sweeps are made of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PartialUnit {
    /// Joint draws.
    Draws,
    /// Points of a sweep.
    Points,
    /// Points that each scramble of the exact engine has.
    PointsAScramble,
}

impl std::fmt::Display for PartialUnit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Draws => "draws",
            Self::Points => "points",
            Self::PointsAScramble => "points a scramble",
        })
    }
}
