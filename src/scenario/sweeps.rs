//! Sweep files: many sweeps, each of a scenario, to be made one after the other.

/// A file of sweeps as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepFile {
    /// At least one.
    pub sweeps: Vec<SweepPlan>,
}

/// One sweep of a file; what it does not say itself it has from the head of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepPlan {
    /// What its results are called.
    pub id: String,
    /// The path of the scenario, from the folder of the file.
    pub scenario: String,
    /// What is changed first.
    pub edits: Vec<String>,
    /// What is varied: one or two edits with several values.
    pub vary: Vec<String>,
    /// How many values a range takes.
    pub points: Option<usize>,
    /// The claims, by id or in words; all if there are none.
    pub claims: Vec<String>,
    /// How many joint draws.
    pub instances: Option<u64>,
    /// The seed.
    pub seed: Option<u64>,
}
