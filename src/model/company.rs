//! Scenarios that are laid out beside others, which may change how numbers are drawn and added up.

use super::shape::{Input, Model};
use crate::real::Real;
use std::collections::HashMap;

impl Model {
    /// Returns true if the scenarios of another model, all of which are laid out in this one too, have the same bits in both: what the
    /// sampler takes off each number, where that is done, and which differences are left undecided.
    #[must_use]
    pub fn scores_like<R: Real>(&self, part: &Self) -> bool {
        let (all, alone) = (self.handling::<R>(false), part.handling::<R>(false));
        if (all.keeps_all, all.origin) != (alone.keeps_all, alone.origin) {
            return false;
        }
        let mut places: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, Input { address, branch, .. }) in self.inputs.iter().enumerate() {
            places.entry((address, branch)).or_default().push(index);
        }
        let is_handled_alike = |(index, input): (usize, &Input)| {
            let alike = places.get(&(&input.address, &input.branch)).into_iter().flatten();
            let same = alike.copied().find(|&other| self.inputs[other] == *input);
            // Normal scores name columns by their indices; a model with any keeps all columns as they are.
            all.keeps_all || same.is_some_and(|other| all.shifts[other] == alone.shifts[index])
        };
        part.inputs.iter().enumerate().all(is_handled_alike) && (R::IS_SHORT || self.decides_like(part))
    }

    /// Returns true if double precision leaves the same differences undecided as in another model.
    fn decides_like(&self, part: &Self) -> bool {
        let [all, alone] = [self, part].map(|model| model.nearness().map(|nearness| nearness.relative()));
        all == alone
    }
}
