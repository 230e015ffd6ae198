//! Values at points of the shared numbers, and sums of those.

use crate::tally::Sums;

/// The values at a point.
#[derive(Clone, Debug)]
pub struct Point {
    /// Shape `[n_worlds x layout]`, row-major.
    pub values: Vec<f64>,
    pub off: Off,
}

/// A bound on how far what comes out may be off, at a point or summed over points.
#[derive(Clone, Copy, Debug, Default)]
pub struct Off {
    /// The most that the series of pairs and means lack.
    pub left: f64,
    /// The greatest probability beyond what numbers are taken to reach: that of two areas, and that of all.
    pub outside: f64,
    pub outside_of_all: f64,
    /// The most that ranks and claims about places lack for series that are cut.
    pub cut: f64,
    /// A bound on how far the ranks are from what must hold.
    pub discrepancy: f64,
}

impl Off {
    fn add(&mut self, other: &Self) {
        self.left += other.left;
        self.outside += other.outside;
        self.outside_of_all += other.outside_of_all;
        self.cut += other.cut;
        self.discrepancy += other.discrepancy;
    }
}

/// PointSums over points.
#[derive(Clone, Debug)]
pub struct PointSums {
    /// Shape `[n_worlds x layout]`, row-major.
    pub values: Vec<Sums>,
    pub off: Off,
    pub n: u64,
}

impl PointSums {
    /// No points yet, of so many numbers.
    pub fn new(len: usize) -> Self {
        Self { values: vec![Sums::default(); len], off: Off::default(), n: 0 }
    }

    pub fn add(&mut self, point: &Point) {
        self.values.iter_mut().zip(&point.values).for_each(|(sums, x)| sums.add(*x));
        self.off.add(&point.off);
        self.n += 1;
    }

    pub fn merge(&mut self, later: &Self) {
        self.values.iter_mut().zip(&later.values).for_each(|(sums, more)| sums.merge(*more));
        self.off.add(&later.off);
        self.n += later.n;
    }
}
