//! The one form of a model's numbers: a column times a slope, and an offset.

/// The number that leaves every other as it is when it is added, to the last bit: 0 itself would make a positive zero of a negative one.
const NOTHING: f64 = -0.0;

/// A number of a model: certain, or a straight line in a column of the batch.
///
/// Two are equal if all their bits are.
#[derive(Clone, Copy, Debug)]
pub struct Affine<C = usize> {
    /// The column; a certain number has none.
    pub column: Option<C>,
    /// The amount that one unit of the column adds; 0 for a certain number.
    pub slope: f64,
    /// The number where the column is 0; of a certain number, the number.
    pub offset: f64,
}

impl<C> Affine<C> {
    /// Returns a certain number.
    #[must_use]
    pub const fn exact(x: f64) -> Self {
        Self { column: None, slope: 0.0, offset: x }
    }

    /// Returns a column as it is.
    #[must_use]
    pub const fn bare(column: C) -> Self {
        Self { column: Some(column), slope: 1.0, offset: NOTHING }
    }

    /// Returns the number, if it is certain.
    #[must_use]
    pub fn as_exact(&self) -> Option<f64> {
        if self.column.is_none() { Some(self.offset) } else { None }
    }

    /// Returns true if this is the certain number `x`.
    #[must_use]
    pub fn is_exactly(&self, x: f64) -> bool {
        self.as_exact() == Some(x)
    }

    /// Returns true if this is a column as it is.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.column.is_some() && self.slope == 1.0 && self.offset.to_bits() == NOTHING.to_bits()
    }

    /// Returns the number where its column is `x`: `x` itself, to the last bit, for a column as it is.
    #[must_use]
    #[inline(always)]
    pub fn at(&self, x: f64) -> f64 {
        self.offset + self.slope * x
    }

    /// Returns the number in terms of other columns.
    #[must_use]
    pub fn map<D>(self, to: impl FnOnce(C) -> D) -> Affine<D> {
        Affine { column: self.column.map(to), slope: self.slope, offset: self.offset }
    }
}

impl<C: Copy> Affine<C> {
    /// Returns the number, of which `value_of` says what its column is.
    #[must_use]
    #[inline(always)]
    pub fn value(&self, value_of: impl FnOnce(C) -> f64) -> f64 {
        self.column.map_or(self.offset, |column| self.at(value_of(column)))
    }
}

impl<C: PartialEq> PartialEq for Affine<C> {
    fn eq(&self, other: &Self) -> bool {
        let bits = |number: &Self| (number.slope.to_bits(), number.offset.to_bits());
        self.column == other.column && bits(self) == bits(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A column as it is has the bits of the column; a line of slope 1 through 0 is another number, as it makes 0 of -0.
    #[test]
    fn a_bare_column_keeps_every_bit() {
        let bare = Affine::bare(3);
        for x in [-0.0, 0.0, 1.5, -2.25, f64::MIN_POSITIVE, f64::INFINITY, 1e300] {
            assert_eq!(bare.value(|_| x).to_bits(), x.to_bits());
        }
        let line = Affine { column: Some(3), slope: 1.0, offset: 0.0 };
        assert!(bare.is_bare() && !line.is_bare() && bare != line);
        assert_eq!(line.at(-0.0).to_bits(), 0.0_f64.to_bits());
        assert_eq!((bare.as_exact(), Affine::<usize>::exact(2.0).as_exact()), (None, Some(2.0)));
        assert_eq!(Affine { column: Some(1), slope: -2.0, offset: 7.0 }.map(|c| c + 4).value(|_| 3.0), 1.0);
    }
}
