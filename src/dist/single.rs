//! Quantile functions in single precision, of 32 random bits each: closed forms for triangular and uniform numbers, and
//! one kind of table for all other families.
//!
//! The greatest of the 32 bits says on which side of the median the draw lies, and the others how far out: the probability
//! beyond it is t = n / 2^32 with n = `bits` without that bit, made odd. So both tails keep their digits, which numbers near 1
//! could not, and n as a floating-point number has the octave that a table is read at as its exponent.

use super::{Dist, Exponential, Gamma, LogNormal, Normal, StudentT};
use crate::real::Real;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// 2^32: what the probabilities of tails are counted in.
const WHOLE: f32 = 4_294_967_296.0;

/// Where a draw lies: whether above the median, and the probability beyond it in units of 2^-32, from 1 to 2^31.
#[inline(always)]
fn tail(bits: u32) -> (bool, f32) {
    (bits >> 31 != 0, (bits & 0x7fff_ffff | 1) as i32 as f32)
}

/// The probability that 32 bits stand for, in double precision.
#[must_use]
pub fn probability(bits: u32) -> f64 {
    let t = f64::from(bits & 0x7fff_ffff | 1) / f64::from(WHOLE);
    if bits >> 31 == 0 { t } else { 1.0 - t }
}

/// A distribution as it is drawn in single precision.
#[derive(Clone, Debug)]
pub enum Single {
    /// A triangular distribution.
    Triangular(Triangle),
    /// A uniform distribution.
    Uniform {
        /// The least value.
        min: f32,
        /// The greatest value.
        max: f32,
        /// The width over 2^32.
        step: f32,
    },
    /// Any other, as the place in a table times a width, and something added.
    Table {
        /// What is tabulated.
        cells: Arc<Cells>,
        /// What is added.
        base: f32,
        /// What a place is multiplied by.
        width: f32,
    },
}

/// A triangular distribution, seen from the end that is nearer to its mode.
#[derive(Clone, Copy, Debug)]
pub struct Triangle {
    /// All but the greatest bit 0; that one is set if the nearer end is the upper one.
    flip: u32,
    /// The probability between that end and the mode, in units of 2^-32; at most 2^31.
    limit: f32,
    /// The end, and the direction from there to the other.
    end: f32,
    direction: f32,
    width: f32,
    /// The width times its parts before and behind the mode, over 2^32.
    near: f32,
    far: f32,
}

impl Triangle {
    fn new(min: f64, mode: f64, max: f64) -> Self {
        let (width, whole) = (max - min, f64::from(WHOLE));
        let from_max = mode - min > max - mode;
        let short = if from_max { max - mode } else { mode - min };
        Self {
            flip: u32::from(from_max) << 31,
            limit: f32::nearest(short / width * whole),
            end: f32::nearest(if from_max { max } else { min }),
            direction: if from_max { -1.0 } else { 1.0 },
            width: f32::nearest(width),
            near: f32::nearest(width * short / whole),
            far: f32::nearest(width * (width - short) / whole),
        }
    }

    /// The inverse of the cdf.
    ///
    /// Source: Kotz and van Dorp, Beyond Beta (2004), eq. 1.7.
    #[must_use]
    #[inline(always)]
    pub fn at(self, bits: u32) -> f32 {
        let (beyond_median, t) = tail(bits ^ self.flip);
        #[expect(clippy::needless_bitwise_bool, reason = "a lazy one is a branch, and gives up vectors")]
        let before_mode = !beyond_median & (t < self.limit);
        // The probability up to the draw from the near end, or from it to the far end.
        let q = f32::select(beyond_median | before_mode, t, WHOLE - t);
        let step = (q * f32::select(before_mode, self.near, self.far)).sqrt();
        let place = f32::select(before_mode, step, self.width - step);
        self.end + self.direction * place
    }
}

/// Sixteen cells an octave, 32 octaves a side.
const CELL_BITS: u32 = 4;
const SIDE_BITS: u32 = 9;
const N_CELLS: usize = 2 << SIDE_BITS;

/// A cubic polynomial in s from -1/2 to 1/2 over the cell, from the constant term up; NaN where there is none that is close
/// enough.
#[derive(Clone, Copy, Debug)]
#[repr(align(16))]
struct Cell([f32; 4]);

/// Draws that are looked up together.
pub const PIECE: usize = 128;

/// Room to look up the places of some draws; it starts at a line of the cache.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct Lookup {
    found: [Cell; PIECE],
    /// The random bits of the draws.
    pub bits: [u32; PIECE],
    keys: [u32; PIECE],
    /// The places that were found.
    pub places: [f32; PIECE],
}

impl Default for Lookup {
    fn default() -> Self {
        Self { found: [Cell([0.0; 4]); PIECE], bits: [0; PIECE], keys: [0; PIECE], places: [0.0; PIECE] }
    }
}

/// A quantile function as a table of `Cell`s, those above the median after those below.
#[derive(Debug)]
pub struct Cells {
    cells: Box<[Cell; N_CELLS]>,
    /// What it was made of, for the few places that no cell has.
    dist: Dist,
}

/// How far a cell may be off between its nodes, as a share of the range: with the rounding of single precision that stays under
/// a millionth.
const TOLERANCE: f64 = 2e-7;

impl Cells {
    /// Tabulates a quantile function.
    fn new(dist: Dist) -> Self {
        dist.prepare();
        let (low, high) = dist.support();
        let low = if low.is_finite() { low } else { dist.quantile(1e-3) };
        let high = if high.is_finite() { high } else { dist.quantile(0.999) };
        let mut cells = Box::new([Cell([f32::NAN; 4]); N_CELLS]);
        for (index, cell) in cells.iter_mut().enumerate() {
            let (upper, key) = (index >> SIDE_BITS != 0, index % (1 << SIDE_BITS));
            let at = |s: f64| {
                let octave = f64::from(1_u32 << (key >> CELL_BITS));
                let part = (key % (1 << CELL_BITS)) as f64 + s + 0.5;
                let t = octave * (1.0 + part / f64::from(1 << CELL_BITS)) / f64::from(WHOLE);
                let t = t.min(0.5);
                dist.quantile(if upper { 1.0 - t } else { t })
            };
            let fitted = interpolate(NODES.map(at));
            let close = [0.0, 0.46, -0.46].into_iter().all(|s| {
                let (x, tabulated) = (at(s), f64::from(horner(&fitted, s as f32)));
                (tabulated - x).abs() <= TOLERANCE * (high - low).max(x.abs())
            });
            if close {
                *cell = fitted;
            }
        }
        Self { cells, dist }
    }

    /// The cell of a draw, and the place in it.
    #[inline(always)]
    fn find(bits: u32) -> (u32, f32) {
        const ONE: u32 = 0x3f80_0000;
        const MANTISSA: u32 = 23;
        let (_, t) = tail(bits);
        let key = (t.to_bits() - ONE) >> (MANTISSA - CELL_BITS);
        let rest = t.to_bits() << CELL_BITS & ((1 << MANTISSA) - 1);
        (key | (bits >> 31) << SIDE_BITS, f32::from_bits(ONE | rest) - 1.5)
    }

    /// The place of a draw.
    #[must_use]
    pub fn at(&self, bits: u32) -> f32 {
        let (key, s) = Self::find(bits);
        let place = horner(&self.cells[key as usize % N_CELLS], s);
        if place.is_nan() { self.solve(bits) } else { place }
    }

    #[cold]
    fn solve(&self, bits: u32) -> f32 {
        f32::nearest(self.dist.quantile(probability(bits)))
    }

    /// The places of some draws.
    ///
    /// In three passes: which cell and where in it, from the bits; a copy of the cell; the polynomial. Only the second
    /// one has to go through the numbers one by one.
    #[inline(always)]
    pub fn look_up(&self, Lookup { found, bits, keys, places }: &mut Lookup) {
        for n in 0..PIECE {
            (keys[n], places[n]) = Self::find(bits[n]);
        }
        for n in 0..PIECE {
            found[n] = self.cells[keys[n] as usize % N_CELLS];
        }
        let mut any_nan = false;
        for n in 0..PIECE {
            places[n] = horner(&found[n], places[n]);
            any_nan |= places[n].is_nan();
        }
        // A cell that is empty makes NaN, and nothing else does.
        if any_nan {
            for (place, &bits) in places.iter_mut().zip(&*bits) {
                if place.is_nan() {
                    *place = self.solve(bits);
                }
            }
        }
    }
}

#[inline(always)]
fn horner(Cell(c): &Cell, s: f32) -> f32 {
    ((c[3] * s + c[2]) * s + c[1]) * s + c[0]
}

/// Half the extrema of the Chebyshev polynomial of degree 3, the ends among them, so that neighbours join.
const NODES: [f64; 4] = [-0.5, -0.25, 0.25, 0.5];

/// The polynomial through the values at the nodes, by its even and its odd part.
fn interpolate([a, b, c, d]: [f64; 4]) -> Cell {
    let (outer, inner) = (f64::midpoint(a, d), f64::midpoint(b, c));
    let (wide, narrow) = (d - a, (c - b) * 2.0);
    // Even: p(1/2) = outer, p(1/4) = inner. Odd: the slopes between opposite nodes are wide and narrow.
    let square = (outer - inner) * 16.0 / 3.0;
    let cube = (wide - narrow) * 16.0 / 3.0;
    Cell([outer - square / 4.0, wide - cube / 4.0, square, cube].map(|x| x as f32))
}

impl Dist {
    /// The distribution as a standard one, times a width, with something added; the standard one has a table that all
    /// which are alike but for those can share.
    fn standard(&self) -> (Self, f64, f64) {
        let made = |dist: Result<Self, super::ParameterError>, base: f64, width: f64| match dist {
            Ok(dist) => (dist, base, width),
            // What stands here has been accepted with the same shape before.
            Err(_) => (self.clone(), 0.0, 1.0),
        };
        let (min, max) = self.support();
        match self {
            Self::Pert(d) => (d.as_beta().on_unit().into(), min, max - min),
            Self::Beta(d) => (d.on_unit().into(), min, max - min),
            Self::Normal(d) => made(Normal::new(0.0, 1.0).map(Into::into), d.mean(), d.variance().sqrt()),
            Self::LogNormal(d) => {
                let (mu, sigma) = d.parameters();
                made(LogNormal::new(0.0, sigma).map(Into::into), 0.0, libm::exp(mu))
            }
            Self::Exponential(d) => made(Exponential::new(1.0).map(Into::into), 0.0, d.mean()),
            Self::Gamma(d) => {
                let (shape, scale) = d.parameters();
                made(Gamma::new(shape, 1.0).map(Into::into), 0.0, scale)
            }
            Self::StudentT(d) => {
                let (location, scale, df) = d.parameters();
                made(StudentT::new(0.0, 1.0, df).map(Into::into), location, scale)
            }
            _ => (self.clone(), 0.0, 1.0),
        }
    }
}

/// A table that is made by whoever needs it first.
type Slot = Arc<OnceLock<Arc<Cells>>>;

/// Tables that were made before, by what they are of: several inputs share one, and a scenario that is run again with one number
/// changed makes only what is new.
static MADE: Mutex<Option<HashMap<String, Slot>>> = Mutex::new(None);

/// How many are kept, of 16 KiB each; those in use stay besides.
const MOST_KEPT: usize = 256;

/// Distributions that take a longer text, such as long lists of samples, are not kept.
const LONGEST_KEPT: usize = 500;

impl Single {
    /// A distribution as it is drawn in single precision, with `off` taken off each draw.
    #[must_use]
    pub fn new(dist: &Dist, off: f64) -> Self {
        match dist {
            Dist::Triangular(d) => {
                let (min, max) = d.support();
                Self::Triangular(Triangle::new(min - off, d.central() - off, max - off))
            }
            Dist::Uniform(d) => {
                let (min, max) = d.support();
                let step = f32::nearest((max - min) / f64::from(WHOLE));
                Self::Uniform { min: f32::nearest(min - off), max: f32::nearest(max - off), step }
            }
            _ => {
                let (standard, base, width) = dist.standard();
                let (base, width, key) =
                    (f32::nearest(base - off), f32::nearest(width), standard.to_string());
                if key.len() > LONGEST_KEPT {
                    return Self::Table { cells: Arc::new(Cells::new(standard)), base, width };
                }
                let slot = {
                    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
                    let made = made.get_or_insert_default();
                    if made.len() >= MOST_KEPT {
                        made.clear();
                    }
                    Arc::clone(made.entry(key).or_default())
                };
                let cells = Arc::clone(slot.get_or_init(|| Arc::new(Cells::new(standard))));
                Self::Table { cells, base, width }
            }
        }
    }

    /// The value at a draw.
    #[must_use]
    pub fn at(&self, bits: u32) -> f32 {
        match self {
            Self::Triangular(triangle) => triangle.at(bits),
            &Self::Uniform { min, max, step } => uniform((min, max, step), bits),
            Self::Table { cells, base, width } => base + width * cells.at(bits),
        }
    }
}

/// The inverse of the cdf of a uniform distribution, from the end that is nearer.
#[must_use]
#[inline(always)]
pub fn uniform((min, max, step): (f32, f32, f32), bits: u32) -> f32 {
    let (beyond_median, t) = tail(bits);
    f32::select(beyond_median, max, min) + f32::select(beyond_median, -step, step) * t
}
