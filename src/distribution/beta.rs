//! The beta distribution on given bounds.

use super::ParameterError;
use super::parameter::{range, within};
use super::shown::shown;
use super::special::{GREATEST_SHAPE, LEAST_SHAPE, incomplete_beta, inverse, ln_beta};
use super::table::{QuantileTable, Tables, Tail};
use crate::real::Real;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

/// The beta distribution with shapes `alpha` and `beta`, stretched over `min..max`.
#[derive(Clone, Debug, PartialEq)]
pub struct Beta {
    /// Finite, and the minimum below the maximum.
    min: f64,
    max: f64,
    shape: Arc<Shape>,
}

impl Beta {
    /// The beta distribution with shapes `alpha` and `beta` on `min..max`.
    ///
    /// # Errors
    /// A parameter that is infinite or NaN, a shape outside 0.05 to 100,000, an empty range.
    pub fn new(alpha: f64, beta: f64, min: f64, max: f64) -> Result<Self, ParameterError> {
        within("alpha", alpha, LEAST_SHAPE, GREATEST_SHAPE)?;
        within("beta", beta, LEAST_SHAPE, GREATEST_SHAPE)?;
        range("min", min, "max", max)?;
        Ok(Self { min, max, shape: Shape::shared(alpha, beta) })
    }

    /// The inverse of the cdf, from a table whose error is under 1e-9 of the range and, in probability, under 1e-9
    /// or what the last digit of the value stands for.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        match place(self.shape.tables(), p) {
            (y, false) => self.min + (self.max - self.min) * y,
            (y, true) => self.max - (self.max - self.min) * y,
        }
    }

    /// Replaces each probability by the quantile at it.
    pub fn quantiles(&self, column: &mut [f64]) {
        let (tables, sides) = self.shape.tables();
        let width = self.max - self.min;
        // From the end that the places of a side are measured from.
        let [below, above] =
            sides.each_ref().map(|side| if side.from_max { (self.max, -width) } else { (self.min, width) });
        let value = move |y: f64, is_upper: bool| {
            f64::select(is_upper, above.0, below.0) + f64::select(is_upper, above.1, below.1) * y
        };
        tables.quantiles(column, value, |p| self.quantile(p));
    }

    /// Returns the same distribution on 0..1.
    pub(super) fn on_unit(&self) -> Self {
        Self { min: 0.0, max: 1.0, shape: Arc::clone(&self.shape) }
    }

    /// The quantile on 0..1, and its distance from 1, both with all their digits.
    pub(super) fn unit_quantile(&self, p: f64) -> (f64, f64) {
        match place(self.shape.tables(), p) {
            (y, false) => (y, 1.0 - y),
            (y, true) => (1.0 - y, y),
        }
    }

    /// The probability of a value on 0..1 that is closer to 1 than `distance`.
    pub(super) fn unit_upper(&self, distance: f64) -> f64 {
        self.shape.upper().probability(distance)
    }

    /// Works out the table beforehand, which the first draw would do.
    pub fn prepare(&self) {
        self.shape.tables();
    }

    /// The probability of a value at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        let Shape { alpha, beta, ln_beta, .. } = *self.shape;
        incomplete_beta((alpha, beta), ln_beta, self.distances(x))
    }

    /// The probability of a value above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        let (Shape { alpha, beta, ln_beta, .. }, (below, above)) = (&*self.shape, self.distances(x));
        incomplete_beta((*beta, *alpha), *ln_beta, (above, below))
    }

    /// Returns the distances of `x` from both ends, as shares of the range.
    fn distances(&self, x: f64) -> (f64, f64) {
        let width = self.max - self.min;
        ((x - self.min) / width, (self.max - x) / width)
    }

    /// min + (max - min) alpha / (alpha + beta).
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.min + (self.max - self.min) * self.shape.alpha / (self.shape.alpha + self.shape.beta)
    }

    /// (max - min)^2 alpha beta / ((alpha + beta)^2 (alpha + beta + 1)).
    #[must_use]
    pub fn variance(&self) -> f64 {
        let (a, b) = (self.shape.alpha, self.shape.beta);
        let width = self.max - self.min;
        width * width * (a / (a + b)) * (b / (a + b)) / (a + b + 1.0)
    }

    /// The two shapes.
    pub(super) fn shapes(&self) -> (f64, f64) {
        (self.shape.alpha, self.shape.beta)
    }

    /// The least and the greatest value.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }

    /// The mean: there is not always one mode.
    #[must_use]
    pub fn central(&self) -> f64 {
        self.mean()
    }
}

impl fmt::Display for Beta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [alpha, beta] = [self.shape.alpha, self.shape.beta].map(|x| shown(x, f));
        write!(
            f,
            "Beta(alpha: {alpha}, beta: {beta}, min: {}, max: {})",
            shown(self.min, f),
            shown(self.max, f)
        )
    }
}

/// The two shapes and the tables on 0..1, shared by all distributions that have them.
struct Shape {
    alpha: f64,
    beta: f64,
    ln_beta: f64,
    tables: OnceLock<(Tables, [TailSide; 2])>,
}

impl Shape {
    /// The one in use with these shapes, or a new one.
    fn shared(alpha: f64, beta: f64) -> Arc<Self> {
        static IN_USE: Mutex<Option<HashMap<[u64; 2], Weak<Shape>>>> = Mutex::new(None);
        let mut in_use = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
        let in_use = in_use.get_or_insert_default();
        let key = [alpha, beta].map(f64::to_bits);
        if let Some(shape) = in_use.get(&key).and_then(Weak::upgrade) {
            return shape;
        }
        // Now and then, so that thousands of shapes are not gone through for each new one.
        if in_use.len() == in_use.capacity() {
            in_use.retain(|_, shape| shape.strong_count() > 0);
        }
        let shape = Arc::new(Self { alpha, beta, ln_beta: ln_beta(alpha, beta), tables: OnceLock::new() });
        in_use.insert(key, Arc::downgrade(&shape));
        shape
    }

    fn lower(&self) -> BetaTail {
        BetaTail { a: self.alpha, b: self.beta, ln_beta: self.ln_beta, far: false }
    }

    fn upper(&self) -> BetaTail {
        BetaTail { a: self.beta, b: self.alpha, ln_beta: self.ln_beta, far: false }
    }

    fn tables(&self) -> &(Tables, [TailSide; 2]) {
        self.tables.get_or_init(|| {
            let sides = [(self.lower(), false), (self.upper(), true)].map(|(mut tail, upper)| {
                tail.far = tail.a >= 1.0 && tail.place(0.5, None) > 0.999;
                TailSide { from_max: upper != tail.far, tail }
            });
            (Tables::new(sides.each_ref().map(|side| QuantileTable::new(&side.tail, 1.0))), sides)
        })
    }
}

impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "alpha: {}, beta: {}", self.alpha, self.beta)
    }
}

impl PartialEq for Shape {
    fn eq(&self, other: &Self) -> bool {
        (self.alpha, self.beta) == (other.alpha, other.beta)
    }
}

/// The distance of the quantile at `p` from one end, and whether that is the upper one.
#[inline(always)]
fn place((tables, sides): &(Tables, [TailSide; 2]), p: f64) -> (f64, bool) {
    let (upper, t) = if p < 0.5 { (0, p) } else { (1, 1.0 - p) };
    let (side, table) = (&sides[upper], &tables.tails[upper]);
    (table.place(t).unwrap_or_else(|| side.tail.place(t, None)), side.from_max)
}

/// A tail, whose places are distances from the maximum or else from the minimum.
struct TailSide {
    tail: BetaTail,
    from_max: bool,
}

/// The tail at 0 of the beta distribution on 0..1, its places by their distance from there; or, where `far`, from 1:
/// a distribution that nearly all lies near 1 keeps its digits there.
struct BetaTail {
    a: f64,
    b: f64,
    ln_beta: f64,
    far: bool,
}

impl BetaTail {
    fn density(&self, y: f64, rest: f64) -> f64 {
        libm::exp((self.a - 1.0) * libm::log(y) + (self.b - 1.0) * libm::log(rest) - self.ln_beta)
    }
}

impl Tail for BetaTail {
    fn place(&self, t: f64, guess: Option<f64>) -> f64 {
        if t <= 0.0 {
            return if self.far { 1.0 } else { 0.0 };
        }
        let mean = if self.far { self.b } else { self.a } / (self.a + self.b);
        let start = guess.filter(|y| (f64::MIN_POSITIVE..1.0).contains(y)).unwrap_or(mean);
        if self.far {
            // The probability rises with the reciprocal of the distance.
            let tail = |y: f64| (self.probability(1.0 / y), self.density(1.0 - 1.0 / y, 1.0 / y) / (y * y));
            1.0 / inverse(t, 1.0 / start, (1.0, f64::INFINITY), tail)
        } else {
            inverse(t, start, (0.0, 1.0), |y| (self.probability(y), self.density(y, 1.0 - y)))
        }
    }

    fn probability(&self, place: f64) -> f64 {
        if self.far {
            1.0 - incomplete_beta((self.b, self.a), self.ln_beta, (place, 1.0 - place))
        } else {
            incomplete_beta((self.a, self.b), self.ln_beta, (place, 1.0 - place))
        }
    }
}
