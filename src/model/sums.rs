//! Loops over columns that sums of weights times scores are made by. Knows no model.

use crate::batch::Column;
use crate::kernel::Kernel;
use crate::real::Real;

/// Adds weight times an exact score to each sum.
pub struct AddExact<'a, R> {
    pub sum: &'a mut Column<R>,
    pub w: &'a Column<R>,
    pub x: R,
}

impl<R: Real> Kernel for AddExact<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let x = self.x;
        for (sum, &w) in self.sum.iter_mut().zip(self.w) {
            *sum += w * x;
        }
    }
}

/// Adds weight times what a score is worth to each sum.
pub struct AddProduct<'a, R, W> {
    pub sum: &'a mut Column<R>,
    pub w: &'a Column<R>,
    pub x: &'a Column<R>,
    pub worth: W,
}

impl<R: Real, W: Fn(R) -> R> Kernel for AddProduct<'_, R, W> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let worth = self.worth;
        for (sum, (&w, &x)) in self.sum.iter_mut().zip(self.w.iter().zip(self.x)) {
            *sum += w * worth(x);
        }
    }
}

/// Replaces each total by one over it. A total that is too small for that counts as the least that is not: an order does not depend on
/// what all overall scores are scaled by, but on their being numbers.
pub struct Invert<'a, R>(pub &'a mut Column<R>);

impl<R: Real> Kernel for Invert<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let (one, least) = (R::nearest(1.0), R::LEAST);
        for total in self.0 {
            *total = one / R::select(*total > least, *total, least);
        }
    }
}

/// Multiplies each sum by its share.
pub struct ScaleColumn<'a, R> {
    pub sums: &'a mut Column<R>,
    pub share: &'a Column<R>,
}

impl<R: Real> Kernel for ScaleColumn<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (sum, &share) in self.sums.iter_mut().zip(self.share) {
            *sum *= share;
        }
    }
}

/// Moves each sum to the nearest step, and multiplies it by its share.
pub struct ScaleToGrid<'a, R> {
    pub sums: &'a mut Column<R>,
    pub share: &'a Column<R>,
    pub steps: f64,
}

impl<R: Real> Kernel for ScaleToGrid<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let steps = R::nearest(self.steps);
        for (sum, &share) in self.sums.iter_mut().zip(self.share) {
            *sum = (*sum * steps).whole() / steps * share;
        }
    }
}

/// Moves each sum that has been multiplied by its share to the nearest step.
pub struct MoveToGrid<'a, R> {
    pub sums: &'a mut Column<R>,
    pub share: &'a Column<R>,
    pub steps: f64,
}

impl<R: Real> Kernel for MoveToGrid<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let steps = R::nearest(self.steps);
        for (sum, &share) in self.sums.iter_mut().zip(self.share) {
            *sum = (*sum * steps / share).whole() / steps * share;
        }
    }
}
