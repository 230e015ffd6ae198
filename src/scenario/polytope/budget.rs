//! The limits of the work that a polytope may take.

use super::error::PolytopeError;

/// More vertices than this are refused, those on the way to the last constraint included.
pub const MOST_VERTICES: usize = 2_000;

/// More simplices than this are refused.
pub const MOST_SIMPLICES: usize = 50_000;

/// More elementary steps than this are refused; a step is a nanosecond or less.
pub const MOST_STEPS: usize = 400_000_000;

/// A counter of the work, which ends it.
#[derive(Default)]
pub struct Budget {
    steps: usize,
}

impl Budget {
    /// Counts steps.
    ///
    /// # Errors
    /// There are more than a polytope may take.
    pub fn spend(&mut self, steps: usize) -> Result<(), PolytopeError> {
        self.steps += steps;
        if self.steps > MOST_STEPS {
            return Err(PolytopeError::TooComplex { what: "steps", most: MOST_STEPS });
        }
        Ok(())
    }
}
