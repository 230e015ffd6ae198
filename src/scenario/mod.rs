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
mod changes;
mod claim;
pub mod correlation;
mod edit;
mod editable;
mod effects;
mod factor;
pub mod files;
mod json;
mod limit;
mod lint;
mod open;
mod path;
mod polytope;
mod read;
pub mod spread;
mod sweeps;
mod table;
mod target;
mod text_error;
mod touched;
mod value;
mod weights;
mod world;

pub use address::Address;
pub use assertion::{Assert, Side};
pub use builder::{Entry, FactorBuilder, ScenarioBuilder};
pub use changes::Changes;
pub use claim::{Claim, Marker, NamedClaim};
pub use edit::Edited;
pub use editable::Editable;
pub use effects::{Causes, Correlation, Discount, Residual, SharedInput, Strength};
pub use factor::{Factor, Scale, ValueFunction};
pub use files::{FileError, Files, FoundFile};
pub use lint::{LINTS, Lint};
pub use open::OpenError;
pub use path::{Path, Step};
pub use polytope::{Polytope, PolytopeError, Simplex};
pub use spread::{Spread, Width};
pub use sweeps::{SweepFile, SweepPlan};
pub use table::{AreasIn, NumberError, TableError, TableHints, TableScenario, from_table};
pub use target::Target;
pub use text_error::{AddressError, ClaimError, PathError, TextError, WithoutFactorError};
pub use value::{Resolved, Value};
pub use weights::{Constraint, WeightLaw, WeightMap, Weighting};
pub use world::{Chance, JointWorld, World, Written, joint_worlds};

use crate::error::Problems;
use read::Syntax;

/// A checked scenario.
///
/// ```
/// use headstart::Scenario;
///
/// let scenario = Scenario::from_ron(
///     "example.ron",
///     r#"Scenario(
///         title: "Which ripens first?",
///         groups: [(id: "apples", name: "Apples"), (id: "pears", name: "Pears")],
///         areas: [
///             (id: "gala", name: "Gala", group: "apples"),
///             (id: "comice", name: "Comice", group: "pears"),
///         ],
///         factors: [(
///             id: "warmth", name: "Warmth", weight: 1,
///             scores: [Normal(mean: 6, sd: 1), Triangular(min: 4, mode: 5, max: 9)],
///         )],
///     )"#,
/// )?;
/// assert_eq!(scenario.areas()[0].name, "Gala");
/// # Ok::<(), headstart::error::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    title: String,
    about: String,
    scale: Option<Scale>,
    /// At least one.
    groups: Vec<Group>,
    /// At least one, and at least one of each group.
    areas: Vec<Area>,
    worlds: Vec<World>,
    weight_law: WeightLaw,
    score_spread: Option<Spread>,
    weight_spread: Option<Spread>,
    inputs: Vec<SharedInput>,
    causes: Causes,
    /// Positive definite together; of numbers with one distribution each.
    correlations: Vec<Correlation>,
    discounts: Vec<Discount>,
    residual: Option<Residual>,
    /// At least one; each with a score for every area; in every joint world some weight is positive.
    factors: Vec<Factor>,
    claims: Vec<NamedClaim>,
    /// Their edits can be made.
    levers: Vec<Lever>,
    asserts: Vec<Assert>,
    /// The codes of the lints that are meant.
    allow: Vec<String>,
    changes: Changes,
}

/// A named set of areas.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What the file calls it.
    pub id: String,
    /// What people call it.
    pub name: String,
}

/// What is ordered.
#[doc(alias = "alternative")]
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// What the file calls it.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The index of its group.
    pub group: usize,
}

/// An intervention that somebody could make: edits, and what they spill onto the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// What the file calls it.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it does.
    pub edits: Vec<String>,
    /// What it does besides.
    pub spill: Vec<String>,
}

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
    /// `files` finds a file by its path and the name of the file that names it; [`Scenario::open`] finds them on disk.
    ///
    /// # Errors
    /// Everything that is wrong with the text, each with its place.
    pub fn load(name: &str, text: &str, files: &Files<'_>) -> Result<Self, Problems> {
        read::load(name, text, Some(files), Vec::new())
            .map_err(|problems| Problems::new(name, text, problems))
    }

    /// The scenario with one more claim, in the syntax of the file or as `area before area`.
    ///
    /// # Errors
    /// Returns what is wrong with the claim.
    pub fn with_claim(&self, text: &str) -> Result<Self, ClaimError> {
        let named = match self.proposition(text) {
            Ok(named) if self.claims.contains(&named) => return Ok(self.clone()),
            Ok(named) if self.generated_claims().contains(&named) => return Ok(self.clone()),
            Ok(named) => named,
            // A claim in the syntax of the file starts with its kind.
            Err(why) if !text.trim_start().starts_with(|c: char| c.is_ascii_uppercase()) => return Err(why),
            Err(_) => {
                NamedClaim { id: text.to_owned(), text: text.to_owned(), claim: read::claim(text, self)? }
            }
        };
        let mut with = self.clone();
        with.claims.push(named);
        Ok(with)
    }

    /// The question that the scenario asks.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What a reader should know of it; may be empty.
    #[must_use]
    pub fn about(&self) -> &str {
        &self.about
    }

    /// The range of the scores, if one is declared.
    #[must_use]
    pub fn scale(&self) -> Option<Scale> {
        self.scale
    }

    /// The groups, at least one.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The areas, at least one of each group.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The worlds; may be none.
    #[must_use]
    pub fn worlds(&self) -> &[World] {
        &self.worlds
    }

    /// What the weights are together.
    #[must_use]
    pub fn weight_law(&self) -> &WeightLaw {
        &self.weight_law
    }

    /// What a bare number becomes where a score stands; nothing means that it is exact.
    #[must_use]
    pub fn score_spread(&self) -> Option<Spread> {
        self.score_spread
    }

    /// What a bare number becomes where a weight stands; nothing means that it is exact.
    #[must_use]
    pub fn weight_spread(&self) -> Option<Spread> {
        self.weight_spread
    }

    /// The factors, at least one.
    #[must_use]
    pub fn factors(&self) -> &[Factor] {
        &self.factors
    }

    /// How many distributions its scores and weights are.
    #[must_use]
    pub fn n_numbers(&self) -> usize {
        let factors = self.factors.iter();
        factors.flat_map(|factor| factor.scores.iter().chain([&factor.weight])).map(Value::n_dists).sum()
    }

    /// The inputs that several numbers share.
    #[must_use]
    pub fn inputs(&self) -> &[SharedInput] {
        &self.inputs
    }

    /// What the scores have in common.
    #[must_use]
    pub fn causes(&self) -> Causes {
        self.causes
    }

    /// The stated correlations.
    #[must_use]
    pub fn correlations(&self) -> &[Correlation] {
        &self.correlations
    }

    /// The discounts.
    #[must_use]
    pub fn discounts(&self) -> &[Discount] {
        &self.discounts
    }

    /// What the factors miss, if that is modelled.
    #[must_use]
    pub fn residual(&self) -> Option<Residual> {
        self.residual
    }

    /// The same scenario without a residual.
    #[must_use]
    pub fn without_residual(&self) -> Self {
        Self { residual: None, ..self.clone() }
    }

    /// The same scenario without what it asserts of its answer.
    #[must_use]
    pub fn without_asserts(&self) -> Self {
        Self { asserts: Vec::new(), ..self.clone() }
    }

    /// The interventions.
    #[must_use]
    pub fn levers(&self) -> &[Lever] {
        &self.levers
    }

    /// What the scenario asserts of its answer.
    #[must_use]
    pub fn asserts(&self) -> &[Assert] {
        &self.asserts
    }

    /// The claims that the scenario states, without those that every scenario gets.
    #[must_use]
    pub fn claims(&self) -> &[NamedClaim] {
        &self.claims
    }

    /// The indices of the areas of a group.
    #[must_use]
    pub fn members(&self, group: usize) -> Vec<usize> {
        (0..self.areas.len()).filter(|&i| self.areas[i].group == group).collect()
    }

    /// All combinations of outcomes of the worlds, the last world fastest; a single one with no outcomes if there
    /// are no worlds.
    #[must_use]
    pub fn joint_worlds(&self) -> Vec<JointWorld> {
        joint_worlds(&self.worlds)
    }

    /// The pairs of groups that claims are generated for: the first and the second where there are two, every
    /// ordered pair where there are more, none where there is one.
    #[must_use]
    pub fn group_pairs(&self) -> Vec<(usize, usize)> {
        let n = self.groups.len();
        if n == 2 {
            return vec![(0, 1)];
        }
        (0..n).flat_map(|a| (0..n).filter(move |&b| b != a).map(move |b| (a, b))).collect()
    }

    /// SHA-256 of the canonical text, in hexadecimal: comments, layout and the order of fields do not change it.
    #[must_use]
    pub fn hash(&self) -> String {
        use sha2::{Digest, Sha256};
        Sha256::digest(self.to_ron().as_bytes())
            .iter()
            .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
    }
}
