//! Sweep files: many sweeps, each of a scenario, to be made one after the other.

use super::read;
use crate::error::Problems;

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

impl SweepFile {
    /// Reads and checks a file of sweeps; `name` is what messages call it.
    ///
    /// ```
    /// use headstart::scenario::SweepFile;
    ///
    /// let text = r#"Sweeps(
    ///     scenario: "takeoff.ron",
    ///     sweeps: [(id: "feedback", vary: ["weight.feedback_quality = 0..=5"], points: 21)],
    /// )"#;
    /// assert_eq!(SweepFile::from_ron("sweeps.ron", text)?.sweeps[0].points, Some(21));
    /// # Ok::<(), headstart::error::Problems>(())
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with the text, each with its place.
    pub fn from_ron(name: &str, text: &str) -> Result<Self, Problems> {
        read::sweeps(text).map_err(|problems| Problems::new(name, text, problems))
    }
}
