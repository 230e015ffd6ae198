//! The numbers of a clock in one joint world, as columns of a model.

use super::affine::Affine;
use crate::scenario::{AreaField, ClockField};

/// The numbers of a clock in one joint world.
#[derive(Clone, Debug, PartialEq)]
pub struct ClockNumbers<C = usize> {
    /// In the order of [`ClockField::ALL`]; nothing where a field is absent.
    pub(super) single: Vec<Option<Affine<C>>>,
    /// Shape `[n_fields x n_areas]`, in the order of [`AreaField::ALL`].
    pub(super) by_area: Vec<Vec<Affine<C>>>,
}

impl<C: Copy> ClockNumbers<C> {
    /// Returns a number that all areas share, if the clock has it.
    #[must_use]
    pub fn number(&self, field: ClockField) -> Option<Affine<C>> {
        self.single[field as usize]
    }

    /// Returns a number of an area.
    #[must_use]
    pub fn of_area(&self, field: AreaField, area: usize) -> Affine<C> {
        self.by_area[field as usize][area]
    }

    /// Returns the numbers in terms of other columns.
    pub(super) fn map<D>(&self, to: impl Fn(C) -> D) -> ClockNumbers<D> {
        ClockNumbers {
            single: self.single.iter().map(|number| number.map(|number| number.map(&to))).collect(),
            by_area: self.by_area.iter().map(|all| all.iter().map(|x| x.map(&to)).collect()).collect(),
        }
    }
}
