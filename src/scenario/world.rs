//! Worlds: states of the world that all areas share.

use crate::distribution::Dist;

/// A state of the world that all areas share: in each draw exactly one outcome holds.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WorldVariable {
    /// Id in the file.
    pub id: String,
    /// The ids of the outcomes, at least one.
    pub outcomes: Vec<String>,
    /// The index of an earlier world that the probabilities depend on.
    pub given: Option<usize>,
    /// One row an outcome of that world, or a single row; shape of a row `[n_outcomes]`, its sum one.
    pub chances: Vec<Vec<OutcomeProbability>>,
}

/// The probability of an outcome.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OutcomeProbability {
    /// The probability, 0..=1; of an uncertain one its mean, which is all that a probability depends on.
    pub probability: f64,
    /// Form in which it is written.
    pub written: StatedProbability,
}

/// The form in which a probability is written.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StatedProbability {
    /// As a number.
    Number,
    /// As what the others leave.
    Rest,
    /// As a distribution on 0..1.
    Uncertain(Dist),
}

/// One outcome of each world, all at once.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct JointWorld {
    /// The index of the outcome of each world, in the order of the worlds.
    pub outcomes: Vec<usize>,
    /// The product of their probabilities, each given the outcomes before it.
    pub probability: f64,
}

impl WorldVariable {
    /// The row of probabilities where the worlds before this one have these outcomes.
    #[must_use]
    pub fn row(&self, before: &[usize]) -> &[OutcomeProbability] {
        &self.chances[self.given.map_or(0, |world| before[world])]
    }
}

/// All combinations of outcomes of worlds, the last world fastest; a single one with no outcomes if there are none.
#[must_use]
pub fn joint_worlds(worlds: &[WorldVariable]) -> Vec<JointWorld> {
    let mut joint = vec![JointWorld { outcomes: Vec::new(), probability: 1.0 }];
    for world in worlds {
        let with = |so_far: &JointWorld| -> Vec<JointWorld> {
            let row = world.row(&so_far.outcomes).iter().enumerate();
            row.map(|(index, chance)| JointWorld {
                outcomes: so_far.outcomes.iter().copied().chain([index]).collect(),
                probability: so_far.probability * chance.probability,
            })
            .collect()
        };
        joint = joint.iter().flat_map(with).collect();
    }
    joint
}
