//! What comes out at points of the shared numbers, and sums of that.

/// What comes out at a point.
#[derive(Clone, Debug)]
pub struct Point {
    /// Shape `[n_worlds x layout]`, row-major.
    pub values: Vec<f64>,
    pub off: Off,
}

/// How far what comes out may be off, at a point or summed over points.
#[derive(Clone, Copy, Debug, Default)]
pub struct Off {
    /// What the series of pairs and means lack, at most.
    pub left: f64,
    /// The greatest probability beyond what numbers are taken to reach: that of two areas, and that of all.
    pub outside: f64,
    pub outside_of_all: f64,
    /// What ranks and claims about places lack for series that are cut, at most.
    pub cut: f64,
    /// How far the ranks are from what must hold.
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

/// Sums over points.
#[derive(Clone, Debug)]
pub struct Sums {
    /// Shape `[n_worlds x layout]`, row-major: of the values, and of their squares.
    pub values: Vec<f64>,
    pub squares: Vec<f64>,
    pub off: Off,
    pub n: u64,
}

impl Sums {
    /// No points yet, of so many numbers.
    pub fn new(len: usize) -> Self {
        Self { values: vec![0.0; len], squares: vec![0.0; len], off: Off::default(), n: 0 }
    }

    pub fn add(&mut self, point: &Point) {
        for ((sum, square), x) in self.values.iter_mut().zip(&mut self.squares).zip(&point.values) {
            *sum += x;
            *square += x * x;
        }
        self.off.add(&point.off);
        self.n += 1;
    }

    pub fn merge(&mut self, later: &Self) {
        self.values.iter_mut().zip(&later.values).for_each(|(sum, more)| *sum += more);
        self.squares.iter_mut().zip(&later.squares).for_each(|(sum, more)| *sum += more);
        self.off.add(&later.off);
        self.n += later.n;
    }
}
