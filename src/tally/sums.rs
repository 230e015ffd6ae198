//! Sums and sums of squares, and the mean and the error that those give.

/// The sum of some numbers and that of their squares. How many numbers there are is kept once for all sums over the same draws.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sums {
    /// The sum.
    pub sum: f64,
    /// The sum of the squares.
    pub squares: f64,
}

impl Sums {
    /// Adds a number.
    #[inline(always)]
    pub fn add(&mut self, x: f64) {
        self.sum += x;
        self.squares += x * x;
    }

    /// Adds the sums of later numbers.
    #[inline(always)]
    pub fn merge(&mut self, later: Self) {
        self.sum += later.sum;
        self.squares += later.squares;
    }

    /// Returns the mean and the variance of `n` numbers.
    #[must_use]
    pub fn moments(&self, n: f64) -> (f64, f64) {
        let mean = self.sum / n;
        (mean, (self.squares / n - mean * mean).max(0.0))
    }

    /// Returns the mean of `n` numbers and its Monte Carlo standard error.
    #[must_use]
    pub fn mean(&self, n: u64) -> (f64, f64) {
        let n = n as f64;
        let (mean, variance) = self.moments(n);
        (mean, (variance / n).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_give_mean_variance_and_error() {
        let (mut one, mut later) = (Sums::default(), Sums::default());
        for x in [1.0, 2.0] {
            one.add(x);
        }
        for x in [3.0, 6.0] {
            later.add(x);
        }
        one.merge(later);
        assert_eq!(one, Sums { sum: 12.0, squares: 50.0 });
        assert_eq!(one.moments(4.0), (3.0, 3.5));
        assert_eq!(one.mean(4), (3.0, (3.5_f64 / 4.0).sqrt()));
    }
}
