//! Places whose dates are reported: each area, and the first, the middle and the last of each group.

use crate::batch::{Aligned, BLOCK};
use crate::kernel::{Kernel, dispatch};
use crate::scenario::{Marker, Scenario};

/// The areas of each group.
#[derive(Clone, Debug)]
pub struct GroupPlaces {
    members: Vec<Vec<usize>>,
}

impl GroupPlaces {
    /// Those of a scenario.
    pub fn new(scenario: &Scenario) -> Self {
        Self { members: (0..scenario.groups().len()).map(|group| scenario.members(group)).collect() }
    }

    /// Returns the areas of each group.
    pub fn members(&self) -> &[Vec<usize>] {
        &self.members
    }

    /// Returns the middle place of a group: that of its median area, the earlier of two.
    pub fn middle(&self, group: usize) -> Marker {
        Marker::Nth(self.members[group].len().div_ceil(2), group)
    }

    /// Returns the places whose dates are reported.
    pub fn reported(&self, n_areas: usize) -> Vec<Marker> {
        let of_group = |group: usize| match self.members[group].len() {
            1 => Vec::new(),
            2 => vec![Marker::First(group), Marker::Last(group)],
            _ => vec![Marker::First(group), self.middle(group), Marker::Last(group)],
        };
        (0..n_areas).map(Marker::Area).chain((0..self.members.len()).flat_map(of_group)).collect()
    }

    /// Sorts columns draw by draw, the smallest numbers into the first one.
    pub fn sort(columns: &mut [Aligned]) {
        for end in (1..columns.len()).rev() {
            for at in 0..end {
                let (low, high) = columns.split_at_mut(at + 1);
                dispatch(Exchange { low: &mut low[at], high: &mut high[0] });
            }
        }
    }
}

struct Exchange<'a> {
    low: &'a mut Aligned,
    high: &'a mut Aligned,
}

impl Kernel for Exchange<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for draw in 0..BLOCK {
            let (a, b) = (self.low[draw], self.high[draw]);
            self.low[draw] = if a < b { a } else { b };
            self.high[draw] = if a < b { b } else { a };
        }
    }
}
