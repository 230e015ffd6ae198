//! The parts of a checked scenario that a change touches, which are all that has to be checked again.

use std::collections::BTreeSet;

/// A part of a scenario by its indices.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Part {
    /// The weight of a factor.
    Weight(usize),
    /// The score of an area on a factor: the factor first.
    Score(usize, usize),
    /// A shared input.
    Input(usize),
    /// A discount.
    Discount(usize),
    /// The probabilities of a world.
    World(usize),
    /// The spread of the scores.
    ScoreSpread,
    /// The spread of the weights.
    WeightSpread,
    /// The residual.
    Residual,
    /// More than the other parts can say.
    Everything,
}

/// Parts of a scenario, in the order in which a file is read where that matters.
#[derive(Clone, Debug, Default)]
pub struct Touched(BTreeSet<Part>);

impl From<Part> for Touched {
    fn from(part: Part) -> Self {
        Self(BTreeSet::from([part]))
    }
}

impl FromIterator<Part> for Touched {
    fn from_iter<I: IntoIterator<Item = Part>>(parts: I) -> Self {
        Self(parts.into_iter().collect())
    }
}

impl Touched {
    /// Adds a part.
    pub fn insert(&mut self, part: Part) {
        self.0.insert(part);
    }

    /// Returns true if the part is among them.
    pub fn contains(&self, part: Part) -> bool {
        self.0.contains(&part)
    }

    /// Lists the scores among the parts by factor and area.
    pub fn scores(&self) -> impl Iterator<Item = (usize, usize)> {
        self.0.iter().filter_map(|part| if let Part::Score(k, i) = part { Some((*k, *i)) } else { None })
    }

    /// Returns true if one of the parts is of a kind.
    pub fn any(&self, is_of_kind: impl Fn(&Part) -> bool) -> bool {
        self.0.iter().any(is_of_kind)
    }
}
