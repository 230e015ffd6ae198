//! The checked scenario as data, and what it consists of.

use super::{
    Assert, Changes, Clock, Correlation, DateTarget, DatedAssert, DatedClaim, Discount, Factor, JointWorld,
    NamedClaim, Residual, Scale, SharedErrors, SharedInput, Spread, Value, WeightDistribution, Words,
    WorldVariable, joint_worlds,
};

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
    pub(super) title: String,
    pub(super) about: String,
    pub(super) words: Words,
    pub(super) scale: Option<Scale>,
    /// At least one.
    pub(super) groups: Vec<Group>,
    /// At least one, and at least one of each group.
    pub(super) areas: Vec<Area>,
    pub(super) worlds: Vec<WorldVariable>,
    pub(super) weight_law: WeightDistribution,
    pub(super) score_spread: Option<Spread>,
    pub(super) weight_spread: Option<Spread>,
    pub(super) inputs: Vec<SharedInput>,
    pub(super) shared_errors: SharedErrors,
    /// Positive definite together; of numbers with one distribution each.
    pub(super) correlations: Vec<Correlation>,
    pub(super) discounts: Vec<Discount>,
    pub(super) residual: Option<Residual>,
    /// At least one; each with a score for every area; in every joint world some weight is positive.
    pub(super) factors: Vec<Factor>,
    pub(super) claims: Vec<NamedClaim>,
    pub(super) clock: Option<Clock>,
    /// None without a clock.
    pub(super) dated: Vec<DatedClaim>,
    pub(super) dated_asserts: Vec<DatedAssert>,
    pub(super) targets: Vec<DateTarget>,
    /// Their edits can be made.
    pub(super) levers: Vec<Lever>,
    pub(super) asserts: Vec<Assert>,
    /// The codes of the warnings that are meant.
    pub(super) allow: Vec<String>,
    pub(super) changes: Changes,
}

/// A named set of areas.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Group {
    /// Id in the file.
    pub id: String,
    /// Name for people.
    pub name: String,
}

/// One of the things that are ordered.
#[doc(alias = "alternative")]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Area {
    /// Id in the file.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// The index of its group.
    pub group: usize,
}

/// An intervention that somebody could make: edits, and what that spill over onto the others.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Lever {
    /// Id in the file.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Edits that it makes.
    pub edits: Vec<String>,
    /// Edits that it makes besides.
    pub spillover: Vec<String>,
}

impl Scenario {
    /// The question that the scenario asks.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns what a reader should know of it; may be empty.
    #[must_use]
    pub fn about(&self) -> &str {
        &self.about
    }

    /// Words for reports: the nouns for an area and for the overall score, and the verb between two areas.
    ///
    /// ```
    /// use headstart::Scenario;
    ///
    /// let scenario = Scenario::from_ron(
    ///     "wheat.ron",
    ///     r#"Scenario(
    ///         title: "Which ripens first?",
    ///         words: (score: "earliness"),
    ///         groups: [(id: "wheat")],
    ///         areas: [(id: "alta", group: "wheat"), (id: "brava", group: "wheat")],
    ///         factors: [(id: "warmth", weight: 1, scores: [Exact(6), Exact(5)])],
    ///     )"#,
    /// )?;
    /// assert_eq!(scenario.words().score, "earliness");
    /// assert_eq!(scenario.words().area, "area");
    /// # Ok::<(), headstart::error::Problems>(())
    /// ```
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
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
    pub fn worlds(&self) -> &[WorldVariable] {
        &self.worlds
    }

    /// Returns what the weights are together.
    #[must_use]
    pub fn weight_law(&self) -> &WeightDistribution {
        &self.weight_law
    }

    /// Returns what a bare number becomes where a score stands; nothing means that it is exact.
    #[must_use]
    pub fn score_spread(&self) -> Option<Spread> {
        self.score_spread
    }

    /// Returns what a bare number becomes where a weight stands; nothing means that it is exact.
    #[must_use]
    pub fn weight_spread(&self) -> Option<Spread> {
        self.weight_spread
    }

    /// The factors, at least one.
    #[must_use]
    pub fn factors(&self) -> &[Factor] {
        &self.factors
    }

    /// Returns how many distributions its scores and weights are.
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

    /// Returns what the scores have in common.
    #[must_use]
    pub fn shared_errors(&self) -> SharedErrors {
        self.shared_errors
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

    /// Returns what the factors miss, if that is modelled.
    #[must_use]
    pub fn residual(&self) -> Option<Residual> {
        self.residual
    }

    /// Returns the scenario without a residual.
    #[must_use]
    pub fn without_residual(&self) -> Self {
        Self { residual: None, ..self.clone() }
    }

    /// Returns the scenario without what it asserts of its answer.
    #[must_use]
    pub fn without_asserts(&self) -> Self {
        Self { asserts: Vec::new(), dated_asserts: Vec::new(), ..self.clone() }
    }

    /// The interventions.
    #[must_use]
    pub fn levers(&self) -> &[Lever] {
        &self.levers
    }

    /// Returns what the scenario asserts of its answer.
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

    /// Returns what was changed.
    #[must_use]
    pub fn changes(&self) -> &Changes {
        &self.changes
    }
}
