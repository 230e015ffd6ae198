//! The scenario: a weighted-factor model whose numbers are uncertain, as somebody wrote it down and as it was checked.
//! Knows neither arrays nor randomness.
//!
//! A [`Scenario`] exists only checked: it is made from RON text by [`Scenario::from_ron`], which reports every
//! problem of the text at once, and nothing that is later done with it can fail.

mod address;
mod canonical;
mod claim;
mod read;
pub mod spread;
mod value;

pub use address::Address;
pub use claim::{Claim, Marker, NamedClaim};
pub use spread::{Spread, Width};
pub use value::{Resolved, Value};

use crate::error::Problems;

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
    /// At least one; each with a score for every area; in every joint world some weight is positive.
    factors: Vec<Factor>,
    claims: Vec<NamedClaim>,
}

/// The range of the scores.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The least score, finite.
    pub min: f64,
    /// The greatest score, finite and above the least.
    pub max: f64,
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

/// A state of the world that all areas share: in each instance exactly one outcome holds.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// What the file calls it.
    pub id: String,
    /// The outcomes, at least one; their probabilities sum to one.
    pub outcomes: Vec<Outcome>,
}

/// One way that the world can be.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What the file calls it.
    pub id: String,
    /// How probable it is, 0..=1.
    pub probability: f64,
}

/// What areas are scored on.
#[doc(alias = "criterion")]
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// What the file calls it.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// How much it counts, nowhere negative.
    pub weight: Value,
    /// What its scores are worth; nothing if they are on the scale themselves.
    pub value: Option<ValueFunction>,
    /// One score an area, in the order of the areas.
    pub scores: Vec<Value>,
}

/// What the weights are together.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum WeightLaw {
    /// Each factor has a weight of its own, independent of the others.
    #[default]
    Independent,
    /// Uniform over all weightings: over all weights that are not negative and sum to one. The inputs underneath are
    /// independent exponentials, one a factor, whose sum the weighted mean divides by.
    ///
    /// Source: Devroye, Non-Uniform Random Variate Generation (1986), section V.2.
    Simplex,
}

/// What a score in natural units is worth: linear, and going on beyond the two ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueFunction {
    /// The score that is worth the least: the lower end of the scale, or 0 where there is none.
    pub worst: f64,
    /// The score that is worth the most: the upper end of the scale, or 1 where there is none.
    pub best: f64,
    /// What a score of 0 is worth.
    offset: f64,
    /// What one unit of score adds.
    slope: f64,
}

impl ValueFunction {
    /// What a score is worth.
    #[must_use]
    pub fn apply(&self, score: f64) -> f64 {
        self.offset + self.slope * score
    }

    /// What one unit of score adds.
    #[must_use]
    pub fn slope(&self) -> f64 {
        self.slope
    }

    /// The line through the two ends; `worst` and `best` differ.
    fn new(worst: f64, best: f64, scale: Option<Scale>) -> Self {
        let (low, high) = scale.map_or((0.0, 1.0), |scale| (scale.min, scale.max));
        let slope = (high - low) / (best - worst);
        Self { worst, best, offset: low - slope * worst, slope }
    }
}

/// One outcome of each world, all at once; worlds are independent of each other.
#[derive(Clone, Debug, PartialEq)]
pub struct JointWorld {
    /// The index of the outcome of each world, in the order of the worlds.
    pub outcomes: Vec<usize>,
    /// The product of their probabilities.
    pub probability: f64,
}

impl Scenario {
    /// Reads and checks a scenario; `name` is what messages call the text, usually a path.
    ///
    /// # Errors
    /// Everything that is wrong with the text, each with its place.
    pub fn from_ron(name: &str, text: &str) -> Result<Self, Problems> {
        read::scenario(text).map_err(|problems| Problems::new(name, text, problems))
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
    pub fn weight_law(&self) -> WeightLaw {
        self.weight_law
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
        let mut joint = vec![JointWorld { outcomes: Vec::new(), probability: 1.0 }];
        for world in &self.worlds {
            let with = |so_far: &JointWorld, (index, outcome): (usize, &Outcome)| JointWorld {
                outcomes: so_far.outcomes.iter().copied().chain([index]).collect(),
                probability: so_far.probability * outcome.probability,
            };
            joint = joint
                .iter()
                .flat_map(|so_far| {
                    world.outcomes.iter().enumerate().map(move |outcome| with(so_far, outcome))
                })
                .collect();
        }
        joint
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
