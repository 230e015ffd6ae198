//! Grids of overall scores: where all numbers are fractions, sums of weight times score are whole multiples of one step, and
//! rounding to those makes ties exact. Does not know who is compared.
//!
//! Each such sum is worked out in floating-point numbers and then moved to the nearest multiple. That is the true one, because a sum
//! is on a grid only if all that rounding can do to it is an eighth of a step.

use super::affine::Affine;
use super::fraction::{Fraction, common, product};
use super::shape::{Derived, Model, Term};
use crate::batch::Grain;
use crate::distribution::Dist;
use crate::real::Real;
use crate::scenario::ValueFunction;
use std::collections::HashMap;

/// The grid that the sums of an area in a joint world lie on: their whole multiples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// Steps a unit of weight times score.
    pub steps: f64,
    /// True if sums are exact as they are added up, so that there is nothing to move.
    pub is_exact: bool,
    /// True if the area has discounts, which act on what is moved first.
    pub is_discounted: bool,
    /// The numbers that tell two overall scores apart.
    pub grain: Grain,
}

/// The fraction that a number is a whole multiple of.
#[derive(Clone, Copy, Debug)]
struct Parts {
    /// It is a whole number of one over this.
    parts: u64,
    /// Its size, at most.
    size: f64,
    /// A bound on how far it may be off besides rounding.
    off: f64,
    /// True if binary numbers have it exactly.
    is_binary: bool,
}

/// The numbers of a model, each as what it is a whole multiple of, found when it is first asked for.
struct Columns<'a> {
    model: &'a Model,
    known: HashMap<usize, Option<Parts>>,
    fits_one_thread: bool,
}

impl Model {
    /// Shape `[n_worlds x n_areas]`, row-major: the grid of each area whose numbers are all fractions; the same for all areas of a
    /// world that have one.
    pub(super) fn grids<R: Real>(&self) -> Vec<Option<Grid>> {
        let mut columns = Columns { model: self, known: HashMap::new(), fits_one_thread: R::IS_SHORT };
        let world =
            |world: usize| self.world::<R>(world, &mut columns).unwrap_or_else(|| vec![None; self.n_areas]);
        (0..self.terms.len()).flat_map(world).collect()
    }

    /// Shape `[n_worlds x n_areas]`, row-major: what tells the overall scores of areas apart.
    #[must_use]
    pub fn grains<R: Real>(&self) -> Vec<Grain> {
        self.grids::<R>()
            .into_iter()
            .map(|grid| grid.map_or_else(Grain::default, |grid| grid.grain))
            .collect()
    }

    /// The grids of a world; nothing where the weights are no fractions.
    fn world<R: Real>(&self, world: usize, columns: &mut Columns<'_>) -> Option<Vec<Option<Grid>>> {
        let terms = &self.terms[world];
        let weights = terms.iter().map(|term| columns.drawn(term.weight)).collect::<Option<Vec<Parts>>>()?;
        let origin = Parts::exact(self.origin::<R>())?;
        let mut sums = Vec::new();
        for area in 0..self.n_areas {
            let place = world * self.n_areas + area;
            let sum = columns.sum(terms, &weights, area, origin);
            sums.push(sum.and_then(|sum| {
                let discounts = &self.discounts[place];
                if discounts.is_empty() {
                    Some(sum)
                } else {
                    let floor = Parts::exact(self.floors[world]).and_then(|floor| floor.plus(origin))?;
                    columns.discounted(sum, &weights, floor, discounts)
                }
            }));
        }
        let total: f64 = weights.iter().map(|weight| weight.size).sum();
        // Those before on a grid of so many parts, and then those with this one as well, if that is not too fine.
        let mut parts = 1;
        let mut on_grid = vec![false; self.n_areas];
        for area in 0..self.n_areas {
            let Some(sum) = sums[area] else { continue };
            let Some(finer) = common(parts, sum.parts) else { continue };
            let fine = |sum: &Sum| sum.is_told_apart::<R>(finer as f64, total, self.n_areas);
            let before = sums.iter().zip(&on_grid).filter(|(_, on)| **on);
            if fine(&sum) && before.filter_map(|(sum, _)| sum.as_ref()).all(fine) {
                (parts, on_grid[area]) = (finer, true);
            }
        }
        let grid = |area: usize| {
            let sum = sums[area].filter(|_| on_grid[area])?;
            let place = world * self.n_areas + area;
            let untouched = self.residuals[place].is_exactly(0.0);
            let grain = Grain {
                step: 1.0 / (parts as f64 * total),
                rounding: sum.rounding::<R>(self.n_areas),
                total,
            };
            let is_discounted = !self.discounts[place].is_empty();
            // A residual takes a sum off the grid.
            Some(Grid {
                steps: parts as f64,
                is_exact: sum.is_exact && parts.is_power_of_two(),
                is_discounted: is_discounted && untouched,
                grain: if untouched { grain } else { Grain::default() },
            })
        };
        Some((0..self.n_areas).map(grid).collect())
    }
}

/// The sum of an area.
#[derive(Clone, Copy, Debug)]
struct Sum {
    parts: u64,
    n: usize,
    /// The sizes of its terms added up, and how far it is off besides rounding, at most.
    size: f64,
    off: f64,
    /// The greatest size of a score.
    reach: f64,
    is_exact: bool,
}

impl Sum {
    /// The digits that one operation keeps.
    fn epsilon<R: Real>() -> f64 {
        if R::IS_SHORT { f64::from(f32::EPSILON) } else { f64::EPSILON }
    }

    /// Returns how far a sum may be off, at most: one rounding a term, and some for the numbers themselves.
    fn error<R: Real>(&self) -> f64 {
        const OWN: usize = 40;
        (self.n + OWN) as f64 * Self::epsilon::<R>() * self.size + self.off
    }

    /// Returns true if sums can be moved to a grid of so many parts, where weights add up to `total` at most. In single precision means of any areas
    /// have to be told apart as well, or else the model is left to double precision.
    fn is_told_apart<R: Real>(&self, parts: f64, total: f64, n_areas: usize) -> bool {
        let means = (n_areas * n_areas) as f64 * self.rounding::<R>(n_areas) * parts * total;
        8.0 * self.error::<R>() * parts <= 1.0 && (!R::IS_SHORT || means <= 1.0)
    }

    /// Returns how far means of overall scores may be off, at most, with something to spare.
    fn rounding<R: Real>(&self, n_areas: usize) -> f64 {
        const OWN: usize = 8;
        // Double precision is also what sums are solved in that are not moved to their grid.
        let before = if R::IS_SHORT { 0 } else { self.n + 40 };
        4.0 * (before + n_areas + OWN) as f64 * Self::epsilon::<R>() * self.reach
    }
}

impl Parts {
    fn exact(x: f64) -> Option<Self> {
        let fraction = Fraction::written(x)?;
        let is_binary = fraction.parts.is_power_of_two();
        Some(Self { parts: fraction.parts, size: x.abs(), off: 0.0, is_binary })
    }

    /// Either of two numbers.
    fn or(self, other: Self) -> Option<Self> {
        Some(Self {
            parts: common(self.parts, other.parts)?,
            size: self.size.max(other.size),
            off: self.off.max(other.off),
            is_binary: self.is_binary && other.is_binary,
        })
    }

    /// The sum of two numbers.
    fn plus(self, other: Self) -> Option<Self> {
        Some(Self { size: self.size + other.size, off: self.off + other.off, ..self.or(other)? })
    }

    fn times(self, other: Self) -> Option<Self> {
        Some(Self {
            parts: product(self.parts, other.parts)?,
            size: self.size * other.size,
            off: self.off * other.size + self.size * other.off,
            is_binary: self.is_binary && other.is_binary,
        })
    }
}

impl Columns<'_> {
    /// A number, or the column that it is a line in.
    fn drawn(&mut self, number: Affine) -> Option<Parts> {
        match number.column {
            None => Parts::exact(number.offset),
            Some(column) => self.column(column),
        }
    }

    fn column(&mut self, column: usize) -> Option<Parts> {
        if let Some(known) = self.known.get(&column) {
            return *known;
        }
        let model = self.model;
        let parts = match model.derived_at(column) {
            None => self.dist(&model.inputs[column].dist),
            Some(derived) => match derived {
                Derived::Sum(terms, constant) => {
                    terms.iter().try_fold(Parts::exact(*constant)?, |sum, &(column, c)| {
                        sum.plus(self.column(column)?.times(Parts::exact(c)?)?)
                    })
                }
                Derived::Select(_, options) => {
                    let mut options = options.iter().map(|option| self.drawn(*option));
                    let first = options.next()??;
                    options.try_fold(first, |one, other| one.or(other?))
                }
                Derived::Weight { .. } => None,
            },
        };
        self.known.insert(column, parts);
        parts
    }

    /// A distribution all of whose values are fractions.
    fn dist(&self, dist: &Dist) -> Option<Parts> {
        let values = values(dist)?;
        let mut all = values.iter().map(|x| Parts::exact(*x));
        let first = all.next()??;
        let mut all = all.try_fold(first, |one, other| one.or(other?))?;
        // Tables may be off: in single precision all are drawn from one, in double precision mixtures.
        let is_tabulated = !matches!(dist, Dist::Exact(_) | Dist::Discrete(_) | Dist::Samples(_));
        let share = if self.fits_one_thread {
            4e-7
        } else if is_tabulated {
            4e-10
        } else {
            0.0
        };
        all.off = 2.0 * share * all.size;
        Some(all)
    }

    /// Returns what a score is worth, measured from an origin.
    fn worth(&mut self, term: &Term, area: usize, origin: Parts) -> Option<Parts> {
        let score = self.drawn(term.scores[area])?;
        let worth = match (term.scores[area].column, term.value) {
            (Some(_), Some(value)) => {
                let [offset, slope] = line(value)?;
                let [at_0, unit] = [offset, slope].map(|x| Parts {
                    parts: x.parts,
                    size: x.value().abs(),
                    off: 0.0,
                    is_binary: false,
                });
                score.times(unit)?.plus(at_0)?
            }
            _ => score,
        };
        worth.plus(origin)
    }

    /// The sum of an area before discounts.
    fn sum(&mut self, terms: &[Term], weights: &[Parts], area: usize, origin: Parts) -> Option<Sum> {
        let mut sum = Sum { parts: 1, n: terms.len(), size: 0.0, off: 0.0, reach: 0.0, is_exact: true };
        for (term, weight) in terms.iter().zip(weights) {
            let worth = self.worth(term, area, origin)?;
            let made = weight.times(worth)?;
            sum.parts = common(sum.parts, made.parts)?;
            sum.size += made.size;
            sum.off += made.off;
            sum.reach = sum.reach.max(worth.size);
            // Tables in single precision have the values themselves, where those are so few digits.
            sum.is_exact &= made.is_binary && (self.fits_one_thread || made.off == 0.0);
        }
        Some(sum)
    }

    /// The sum of an area after discounts, of the share that they leave above the floor, which is measured from the origin too.
    fn discounted(&mut self, sum: Sum, weights: &[Parts], floor: Parts, discounts: &[Affine]) -> Option<Sum> {
        let mut sum = Sum { is_exact: false, ..sum };
        for weight in weights {
            let lost = weight.times(floor)?;
            sum.parts = common(sum.parts, lost.parts)?;
            sum.size += 2.0 * lost.size;
        }
        sum.reach += 2.0 * floor.size;
        for &discount in discounts {
            let left = self.drawn(discount)?;
            sum.parts = product(sum.parts, left.parts)?;
            sum.off += sum.size * left.off;
            let grown = left.size.max(1.0);
            (sum.size, sum.off, sum.reach) = (sum.size * grown, sum.off * grown, sum.reach * grown);
            sum.n += 4;
        }
        Some(sum)
    }
}

/// All values of a distribution, if those are finitely many.
fn values(dist: &Dist) -> Option<Vec<f64>> {
    fn is_finite(dist: &Dist) -> bool {
        match dist {
            Dist::Exact(_) | Dist::Discrete(_) | Dist::Samples(_) => true,
            Dist::Truncated(truncated) => is_finite(truncated.of()),
            Dist::Mixture(mixture) => mixture.parts().iter().all(|(_, part)| is_finite(part)),
            _ => false,
        }
    }
    is_finite(dist).then(|| dist.atoms())
}

/// Returns what a score of 0 is worth, and what one unit of score adds, as fractions.
fn line(value: ValueFunction) -> Option<[Fraction; 2]> {
    // What the ends are worth are the ends of the scale, but for rounding.
    let size = value.apply(0.0).abs() + value.slope().abs() * value.worst.abs().max(value.best.abs());
    let [low, high] =
        [value.worst, value.best].map(|end| Fraction::of(value.apply(end), 8.0 * f64::EPSILON * size));
    let [worst, best] = [value.worst, value.best].map(Fraction::written);
    let slope = high?.minus(low?)?.over(best?.minus(worst?)?)?;
    Some([low?.minus(slope.times(worst?)?)?, slope])
}

/// Returns what a certain score is worth: the nearest number to the fraction that it is, if it is one.
pub fn worth_of(value: ValueFunction, x: f64) -> f64 {
    let exact = || {
        let [offset, slope] = line(value)?;
        Some(offset.plus(slope.times(Fraction::written(x)?)?)?.value())
    };
    exact().unwrap_or_else(|| value.apply(x))
}

/// Returns what a computed number is the nearest number to the fraction of, if it is one but for rounding.
pub fn rounded(x: f64) -> f64 {
    Fraction::of(x, 0.0).map_or(x, Fraction::value)
}
