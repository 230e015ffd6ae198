//! Sweep files: many sweeps, each of a scenario, to be made one after the other.

/// A file of sweeps as it was written.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SweepFile {
    /// At least one.
    pub sweeps: Vec<SweepPlan>,
}

/// One sweep of a file; what it does not say itself it has from the head of the file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SweepPlan {
    /// Id of its results.
    pub id: String,
    /// The path of the scenario, from the folder of the file.
    pub scenario: String,
    /// Edits that are made first.
    pub edits: Vec<String>,
    /// Numbers that are varied: one or two edits with several values.
    pub vary: Vec<String>,
    /// Number of values that a range takes.
    pub points: Option<usize>,
    /// The claims, by id or in words; all if there are none.
    pub claims: Vec<String>,
    /// Number of joint draws.
    pub draws: Option<u64>,
    /// The seed.
    pub seed: Option<u64>,
}
