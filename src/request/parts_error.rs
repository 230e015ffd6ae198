//! The reasons why parts are not the parts of one run, and what is missing of it.

use crate::report::SavedError;

/// The reason why parts are not the parts of one run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PartsError {
    /// There are none.
    #[error("no parts are there; make the first with `run --shard 1/N`")]
    None,
    /// A part cannot be read.
    #[error("cannot read the part {name}: {why}; remove it, and make it again")]
    Unreadable {
        /// Name of the part.
        name: String,
        /// The reason.
        why: SavedError,
    },
    /// Two parts are of different runs.
    #[error("{one} and {other} are of different runs, which differ in {}; keep the parts of each run apart", differences.join(", "))]
    Mixed {
        /// Name of the one part.
        one: String,
        /// Name of the other.
        other: String,
        /// The names of what differs.
        differences: Vec<&'static str>,
    },
    /// Two parts have the same draws.
    #[error("{one} and {other} have draws in common; remove one of them")]
    Overlapping {
        /// Name of the one part.
        one: String,
        /// Name of the other.
        other: String,
    },
    /// Some parts are missing.
    #[error("{0}")]
    Missing(MissingParts),
}

/// Parts that are missing of a run.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum MissingParts {
    /// Some of equal parts, by number.
    Shards {
        /// Their numbers, ascending.
        missing: Vec<u64>,
        /// Number of parts.
        of: u64,
    },
    /// Draws, where the parts are those of several divisions: the first stretch.
    Draws {
        /// The first of them, from 0.
        first: u64,
        /// The draw after them.
        end: u64,
    },
}

impl MissingParts {
    /// Returns the option with which Slurm makes the parts that are missing, such as `--array=3,7-9`.
    #[must_use]
    pub fn array(&self) -> Option<String> {
        let Self::Shards { missing, .. } = self else { return None };
        let mut runs: Vec<(u64, u64)> = Vec::new();
        for &part in missing {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == part => *last = part,
                _ => runs.push((part, part)),
            }
        }
        let shown = |(first, last): (u64, u64)| {
            if first == last { first.to_string() } else { format!("{first}-{last}") }
        };
        Some(format!("--array={}", runs.into_iter().map(shown).collect::<Vec<_>>().join(",")))
    }
}

impl std::fmt::Display for MissingParts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self, self.array()) {
            (Self::Shards { missing, of }, Some(array)) => {
                let verb = if missing.len() == 1 { "is" } else { "are" };
                write!(f, "{} of {of} parts {verb} missing; make them with: sbatch {array}", missing.len())
            }
            (Self::Draws { first, end }, _) => {
                write!(f, "no part has the draws {} to {end}; make the parts that have them", first + 1)
            }
            _ => Ok(()),
        }
    }
}
