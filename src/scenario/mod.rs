//! The scenario: a weighted-factor model whose numbers are uncertain, as somebody wrote it down and as it was checked.
//! Knows neither arrays nor randomness.
//!
//! A [`Scenario`] exists only checked. [`Scenario::open`] reads a file, [`Scenario::from_ron`] and [`Scenario::from_json`] a text, and
//! [`Scenario::builder`] makes one part by part. Each reports every problem at once, and nothing that is later done with a scenario can
//! fail.

mod address;
mod alike;
mod assertion;
mod builder;
mod canonical;
mod central;
mod changes;
mod checked;
mod claim;
mod claim_text;
mod clock;
#[doc(hidden)]
pub mod correlation;
mod edit;
mod editable;
mod effects;
mod factor;
pub mod files;
mod history;
mod json;
mod limit;
mod lint;
mod open;
mod path;
mod plain_numbers;
mod polytope;
mod read;
mod spread;
mod statement;
mod suggest;
mod sweeps;
mod table;
mod target;
mod text_error;
mod touched;
mod value;
mod weighting;
mod weights;
mod words;
mod world;
mod world_names;

pub use address::Address;
pub use builder::{Entry, FactorBuilder, ScenarioBuilder};
pub use checked::{Area, Group, Lever, Scenario};
use claim_text::{ClaimText, is_in_words};
pub use clock::{
    AreaEntry, AreaField, AreaMap, Bounds, Clock, ClockField, DateTarget, Dated, DatedAssert, DatedClaim,
    Level, When, month_and_year, year_of,
};
pub use edit::{EditError, EditReason, Edited};
pub use editable::Editable;
pub use effects::{Correlation, Discount, Residual, SharedErrors, SharedInput, Strength};
pub use factor::{Factor, Scale, ValueFunction};
pub use files::{FileError, Files, FoundFile, ReadPolicy};
pub use history::Changes;
pub use lint::{LINTS, LINTS_OF_DISTRIBUTIONS, Lint};
pub use open::OpenError;
pub use path::{EditPath, EditStep};
pub use polytope::{Polytope, PolytopeError, Simplex};
pub use spread::{Spread, SpreadFamily, Width};
pub use statement::{Assert, Bound, Claim, Marker, NamedClaim};
pub use sweeps::{SweepFile, SweepPlan};
pub use table::{AreasIn, NumberError, TableError, TableHints, TableScenario, from_table, ids};
pub use target::Target;
pub use text_error::{AddressError, ClaimError, PathError, TextError, WithoutFactorError};
pub use value::{Resolved, Value};
pub use weighting::{WeightMap, WeightScheme};
pub use weights::{Constraint, WeightDistribution};
pub use words::Words;
pub use world::{JointWorld, OutcomeProbability, StatedProbability, WorldVariable, joint_worlds};

use crate::error::Problems;
use crate::plain::shortened;
use read::Syntax;
use std::path::Path;

impl Scenario {
    /// Reads and checks a scenario; `name` is what messages call the text, usually a path.
    ///
    /// # Errors
    /// Everything that is wrong with the text, each with its place.
    pub fn from_ron(name: &str, text: &str) -> Result<Self, Problems> {
        read::scenario(text, Syntax::Ron).map_err(|problems| Problems::new(name, text, problems))
    }

    /// Reads and checks a scenario, RON or JSON, that may name other files, as a variant names its base. A text that starts with a brace
    /// is JSON.
    ///
    /// `files` finds a file by its path and the path of the file that names it, at first `name`; [`Scenario::open`] finds them on disk, as
    /// far as a [`ReadPolicy`] admits.
    ///
    /// # Errors
    /// Everything that is wrong with the text, each with its place.
    pub fn load(name: impl AsRef<Path>, text: &str, files: &Files<'_>) -> Result<Self, Problems> {
        let name = name.as_ref();
        read::load(name, text, Some(files), Vec::new())
            .map_err(|problems| Problems::new(name.display().to_string(), text, problems))
    }

    /// Returns true if a text begins as a scenario does, RON or JSON. Other files that a scenario names by mistake are not shown.
    #[must_use]
    pub fn begins(text: &str) -> bool {
        read::begins(text)
    }

    /// The scenario with one more claim, in the syntax of the file or as `area before area`.
    ///
    /// # Errors
    /// Returns what is wrong with the claim.
    pub fn with_claim(&self, text: &str) -> Result<Self, ClaimError> {
        let with = self.with_any_claim(text)?;
        if with.dated.len() > self.dated.len() {
            return Err(ClaimError::Dated { text: shortened(text) });
        }
        Ok(with)
    }

    /// The scenario with one more claim as [`Self::with_claim`] has it, which may be about dates.
    ///
    /// # Errors
    /// Returns what is wrong with the claim.
    pub fn with_any_claim(&self, text: &str) -> Result<Self, ClaimError> {
        let named = match self.proposition(text) {
            Ok(named) if self.claims.contains(&named) => return Ok(self.clone()),
            Ok(named) if self.generated_claims().contains(&named) => return Ok(self.clone()),
            Ok(named) => named,
            // A claim in the syntax of the file starts with its kind.
            Err(why)
                if is_in_words(text)
                    || !text.contains('(')
                    || !text.trim_start().starts_with(|c: char| c.is_ascii_uppercase()) =>
            {
                return Err(why);
            }
            Err(_) => match read::claim(text, self)?.undated() {
                Ok(claim) => NamedClaim { id: text.to_owned(), text: text.to_owned(), claim },
                Err(claim) => {
                    let mut with = self.clone();
                    with.dated.push(DatedClaim::new(text.to_owned(), text.to_owned(), claim));
                    return Ok(with);
                }
            },
        };
        let mut with = self.clone();
        with.claims.push(named);
        Ok(with)
    }
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
