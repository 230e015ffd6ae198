//! Quantile functions in single precision, of 31 random bits each: closed forms for triangular and uniform numbers, and
//! tables for all other families: of a polynomial an octave where they are smooth, of smaller cells where they are not.

use super::bits::WHOLE;
use super::cells::Cells;
use super::octaves::Octaves;
use super::{Dist, Exponential, Gamma, LogNormal, Mass, Normal, StudentT};
use crate::real::Real;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A distribution as it is drawn in single precision.
#[derive(Clone, Debug)]
pub enum Single {
    /// A triangular distribution.
    Triangular(Triangle),
    /// A uniform distribution.
    Uniform {
        /// The least value.
        min: f32,
        /// The width over 2^31.
        step: f32,
    },
    /// Any other, as the place in a table times a width, and something added.
    Table {
        /// Distribution that is tabulated, as a table.
        table: Table,
        /// Number that is added.
        base: f32,
        /// Factor of a place.
        width: f32,
    },
}

/// A quantile function as a table.
#[derive(Clone, Debug)]
pub enum Table {
    /// One polynomial an octave.
    Smooth(Arc<Octaves>),
    /// Smaller cells.
    Rough(Arc<Cells>),
}

impl Table {
    fn new(dist: Dist) -> Self {
        match Octaves::new(&dist) {
            Some(octaves) => Self::Smooth(Arc::new(octaves)),
            None => Self::Rough(Arc::new(Cells::new(dist))),
        }
    }

    /// Returns how far the distribution of its places is from the one that it is of, in probability.
    fn distortion(&self) -> f64 {
        match self {
            Self::Smooth(octaves) => octaves.distortion(),
            Self::Rough(cells) => cells.distortion(),
        }
    }

    /// The value at a draw, where places are stretched to a width and moved to a base.
    fn at(&self, bits: u32, base: f32, width: f32) -> f32 {
        match self {
            Self::Smooth(octaves) => octaves.placed(base, width).at(bits),
            Self::Rough(cells) => base + width * cells.at(bits),
        }
    }
}

/// A triangular distribution.
#[derive(Clone, Copy, Debug)]
pub struct Triangle {
    /// The probability below the mode, in units of 2^-31.
    limit: i32,
    min: f32,
    max: f32,
    /// The width times its parts below and above the mode, over 2^31.
    below: f32,
    above: f32,
}

impl Triangle {
    fn new(min: f64, mode: f64, max: f64) -> Self {
        let width = max - min;
        Self {
            // The greatest number where that is 2^31, which is not one: the draw there is the greatest value then.
            limit: ((mode - min) / width * WHOLE).round() as i32,
            min: f32::nearest(min),
            max: f32::nearest(max),
            below: f32::nearest(width * (mode - min) / WHOLE),
            above: f32::nearest(width * (max - mode) / WHOLE),
        }
    }

    /// The inverse of the cdf.
    ///
    /// Source: Kotz and van Dorp, Beyond Beta (2004), eq. 1.7.
    #[must_use]
    #[inline(always)]
    pub fn at(self, bits: u32) -> f32 {
        let m = (bits >> 1) as i32;
        let is_below = m < self.limit;
        // The probability from the end on the draw's side of the mode.
        let turned = i32::MAX & i32::from(!is_below).wrapping_neg();
        let q = (m ^ turned) as f32 + 0.5;
        let step = (q * f32::select(is_below, self.below, self.above)).sqrt();
        f32::select(is_below, self.min + step, self.max - step)
    }
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
type Slot = Arc<OnceLock<Table>>;

/// Tables that were made before, by what they are of: several inputs share one, and a scenario that is run again with one number
/// changed makes only what is new.
static MADE: Mutex<Option<HashMap<String, Slot>>> = Mutex::new(None);

/// Number of tables that are kept, of 2 or 16 KiB each; those in use stay besides.
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
                Self::Uniform { min: f32::nearest(min - off), step: f32::nearest((max - min) / WHOLE) }
            }
            _ => {
                let (standard, base, width) = dist.standard();
                let (base, width, key) =
                    (f32::nearest(base - off), f32::nearest(width), standard.to_string());
                if key.len() > LONGEST_KEPT {
                    return Self::Table { table: Table::new(standard), base, width };
                }
                let slot = {
                    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
                    let made = made.get_or_insert_default();
                    if made.len() >= MOST_KEPT {
                        made.clear();
                    }
                    Arc::clone(made.entry(key).or_default())
                };
                let table = slot.get_or_init(|| Table::new(standard)).clone();
                Self::Table { table, base, width }
            }
        }
    }

    /// A bound on how far the distribution of the draws is from the stated one: the greatest difference between the probabilities
    /// of a value below any number. `mass` is that of the distribution, which has a density; draws are measured from 0 or from `origin`.
    ///
    /// The 31 bits of a draw are one part of it.
    #[must_use]
    pub fn distortion(dist: &Dist, mass: &Mass, origin: f64) -> f64 {
        const ROUNDING: f64 = f32::EPSILON as f64 / 2.0;
        let (min, max) = dist.support();
        let bits = 1.0 / WHOLE;
        let off = match dist {
            // The ends are rounded, the square root or the product is, and so is the sum of both.
            Dist::Triangular(_) | Dist::Uniform(_) => {
                let size = min.abs().max(max.abs()).max((min - origin).abs()).max((max - origin).abs());
                mass.within(ROUNDING * (2.0 * size + 3.5 * (max - min)))
            }
            _ => match Self::new(dist, 0.0) {
                Self::Table { table, base, .. } => {
                    // A polynomial is rounded anew where it is stretched and moved.
                    let moved = f64::from(base).abs().max((f64::from(base) - origin).abs());
                    2.0 * table.distortion() + mass.within(4.0 * ROUNDING * moved)
                }
                _ => unreachable!("all other families are tabulated"),
            },
        };
        (off + bits).min(1.0)
    }

    /// The value at a draw.
    #[must_use]
    pub fn at(&self, bits: u32) -> f32 {
        match self {
            Self::Triangular(triangle) => triangle.at(bits),
            &Self::Uniform { min, step } => uniform((min, step), bits),
            &Self::Table { ref table, base, width } => table.at(bits, base, width),
        }
    }
}

/// The inverse of the cdf of a uniform distribution: the least value, and the width over 2^31.
#[must_use]
#[inline(always)]
pub fn uniform((min, step): (f32, f32), bits: u32) -> f32 {
    min + step * ((bits >> 1) as i32 as f32 + 0.5)
}
