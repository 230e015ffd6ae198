//! A forward bound on the rounding of amenabilities, world by world: what their arithmetic adds to the numbers that were drawn, and how
//! far the drawn numbers themselves are distributed otherwise than stated.

use super::precision::{known, worth};
use super::range::Known;
use super::shares::{greatest, shares};
use super::{Cell, Derived, Model, Number, Source, Term};
use crate::batch::Grain;
use crate::distribution::{Dist, Mass, Single, uniform_from_bits};

/// What is known of a model for bounds on rounding.
pub(super) struct Rounding<'a> {
    pub model: &'a Model,
    /// Shape `[n_inputs + n_derived]`.
    pub columns: Vec<Known>,
    /// Shape `[n_inputs]`.
    pub masses: Vec<Mass>,
    /// Half the distance from 1 to the next number.
    unit: f64,
    origin: f64,
    /// Shape `[n_inputs]`: what is taken off where it is drawn.
    shifts: Vec<f64>,
    is_single: bool,
    /// Shape `[n_worlds x n_areas]`: what tells areas apart whose numbers are all fractions.
    grains: Vec<Grain>,
}

/// Inputs of which each alone, times a slope, moves a score whatever the others are; one list per way in which the score may come about.
pub(super) type Ways = Vec<Vec<(usize, f64)>>;

/// The same of one joint world.
pub(super) struct World<'r> {
    pub rounding: &'r Rounding<'r>,
    pub index: usize,
    /// Shape `[n_terms]`: the least and the greatest share of the weights.
    pub shares: Vec<(f64, f64)>,
    /// Shape `[n_areas]`: a bound on the rounding of an amenability.
    errors: Vec<f64>,
    /// Shape `[n_areas]`: how far an amenability may be from where it is measured from.
    extents: Vec<f64>,
    /// Shape `[n_areas]`: the product of the discounts, at least and at most.
    pub left: Vec<(f64, f64)>,
    /// Shape `[n_terms x n_areas]`.
    pub ways: Vec<Vec<Ways>>,
    /// Shape `[n_inputs]`: the areas that an input is part of, once per use; [`SHARED`] for all of them.
    pub users: Vec<Vec<usize>>,
    /// Shape `[n_areas + 1]`: the inputs of each area, and those of the weights.
    feeds: Vec<Vec<usize>>,
}

/// Stands for all areas.
pub(super) const SHARED: usize = usize::MAX;

impl<'a> Rounding<'a> {
    pub fn single(model: &'a Model) -> Self {
        // The least of 31 bits.
        let least = 0.5 / 2_147_483_648.0;
        Self::new(model, f64::from(f32::EPSILON) / 2.0, [least, 1.0 - least], true)
    }

    pub fn double(model: &'a Model) -> Self {
        Self::new(model, f64::EPSILON / 2.0, [0, u64::MAX].map(uniform_from_bits), false)
    }

    fn new(model: &'a Model, unit: f64, ends: [f64; 2], is_single: bool) -> Self {
        Self {
            model,
            columns: model.known_between(ends),
            masses: model.inputs.iter().map(|input| Mass::new(&input.dist)).collect(),
            unit,
            origin: if is_single { model.origin::<f32>() } else { model.origin::<f64>() },
            shifts: if is_single { model.shifts::<f32>(false) } else { model.shifts::<f64>(false) },
            is_single,
            grains: if is_single { model.grains::<f32>() } else { model.grains::<f64>() },
        }
    }

    pub fn worlds(&self) -> impl Iterator<Item = World<'_>> {
        (0..self.model.terms.len()).map(|index| World::new(self, index))
    }

    /// A bound on the rounding of an amenability as a share of the sizes of what is added up, the drawn numbers' own included.
    pub fn relative(&self) -> f64 {
        let most = self.model.terms.iter().map(Vec::len).max().unwrap_or(0);
        (most as f64 + 16.0) * self.unit
    }

    /// How far the distribution of each input as it is drawn may be from the stated one.
    pub fn distortions(&self) -> Vec<f64> {
        let model = self.model;
        let mut scores = Vec::new();
        for term in model.terms.iter().flatten() {
            for &score in &term.scores {
                feed(model, score, &mut scores);
            }
        }
        scores.sort_unstable();
        scores.dedup();
        let of = |(index, mass): (usize, &Mass)| {
            let (input, known) = (&model.inputs[index], self.columns[index]);
            let n_atoms = input.dist.atoms().len();
            if n_atoms > 0 {
                // Between two values the probability is cut where a draw can be.
                let is_finite = matches!(input.dist, Dist::Exact(_) | Dist::Discrete(_) | Dist::Samples(_));
                let cuts = if self.is_single { n_atoms as f64 / 2_147_483_648.0 } else { 0.0 };
                return if is_finite { cuts } else { 1.0 };
            }
            if !self.is_single {
                let off = self.shifts[index];
                // Measured from where they begin, numbers are rounded to a share of themselves.
                let from_0 = matches!(input.dist, Dist::LogNormal(_) | Dist::Gamma(_) | Dist::Exponential(_));
                if from_0 && off == 0.0 {
                    return 1e-12;
                }
                return mass.within(4.0 * self.unit * size(known.linear(1.0, -off)));
            }
            let origin = if scores.binary_search(&index).is_ok() { self.origin } else { 0.0 };
            match input.source {
                Source::Score(_) => 1.0,
                _ => Single::distortion(&input.dist, mass, origin),
            }
        };
        self.masses.iter().enumerate().map(of).collect()
    }
}

/// The inputs that a cell is made of.
fn feed(model: &Model, cell: Cell, out: &mut Vec<usize>) {
    let Cell::Input(column) = cell else { return };
    let Some(derived) = column.checked_sub(model.inputs.len()) else {
        out.push(column);
        if let Source::Score(parts) = &model.inputs[column].source {
            out.extend(parts.iter().map(|(latent, _)| *latent));
        }
        return;
    };
    let mut all = |columns: &mut dyn Iterator<Item = usize>| {
        columns.for_each(|column| feed(model, Cell::Input(column), out));
    };
    match &model.derived[derived] {
        Derived::Sum(terms, _) => all(&mut terms.iter().map(|(column, _)| *column)),
        Derived::Select(selector, options) => {
            let drawn = options.iter().filter_map(|option| match option {
                Number::Column(column) => Some(*column),
                Number::Exact(_) => None,
            });
            all(&mut std::iter::once(*selector).chain(drawn));
        }
        Derived::Weight { simplex, first, corners } => {
            let n = corners.first().map_or(0, Vec::len);
            all(&mut std::iter::once(*simplex).chain(*first..*first + n));
        }
    }
}

fn size(known: Known) -> f64 {
    known.low.abs().max(known.high.abs())
}

impl<'r> World<'r> {
    fn new(rounding: &'r Rounding<'r>, index: usize) -> Self {
        let (model, columns) = (rounding.model, &rounding.columns);
        let terms = &model.terms[index];
        let n = model.n_areas;
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); model.inputs.len()];
        let mut feeds = Vec::new();
        let mut of_weights: Vec<usize> = Vec::new();
        for term in terms {
            feed(model, term.weight, &mut of_weights);
        }
        for area in 0..n {
            let (mut fed, mut shared): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
            for term in terms {
                feed(model, term.scores[area], &mut fed);
            }
            feed(model, model.residuals[index * n + area], &mut fed);
            for &discount in &model.discounts[index * n + area] {
                feed(model, discount, &mut shared);
            }
            let used =
                fed.iter().map(|&input| (input, area)).chain(shared.iter().map(|&input| (input, SHARED)));
            for (input, user) in used {
                users[input].push(user);
            }
            feeds.push([fed, shared].concat());
        }
        for &input in &of_weights {
            users[input].push(SHARED);
        }
        feeds.push(of_weights);
        for fed in &mut feeds {
            fed.sort_unstable();
            fed.dedup();
        }
        let left = |area: usize| {
            let discounts = model.discounts[index * n + area].iter().map(|&cell| known(columns, cell));
            discounts.fold((1.0, 1.0), |(least, most): (f64, f64), known| {
                (least * known.low.max(0.0), most * size(known).max(1.0))
            })
        };
        let ways = |term: &Term| {
            let slope = term.value.map_or(1.0, |value| value.slope()).abs();
            term.scores.iter().map(|&score| ways(model, score, slope)).collect()
        };
        let mut world = Self {
            rounding,
            index,
            shares: shares(rounding, terms),
            errors: Vec::new(),
            extents: Vec::new(),
            left: (0..n).map(left).collect(),
            ways: terms.iter().map(ways).collect(),
            users,
            feeds,
        };
        world.extents = (0..n).map(|area| world.greatest(|_, term| world.extent(term, area))).collect();
        world.errors = (0..n).map(|area| world.error(area)).collect();
        world
    }

    pub fn terms(&self) -> &'r [Term] {
        &self.rounding.model.terms[self.index]
    }

    /// The greatest weighted mean of a number per term, whatever the weights are.
    fn greatest(&self, of: impl Fn(usize, &Term) -> f64) -> f64 {
        let values: Vec<f64> = self.terms().iter().enumerate().map(|(k, term)| of(k, term)).collect();
        greatest(&values, &self.shares)
    }

    /// How far the worth of a score may be from where it is measured from.
    fn extent(&self, term: &Term, area: usize) -> f64 {
        size(worth(&self.rounding.columns, term, area).linear(1.0, -self.rounding.origin))
    }

    /// What is rounded on the way from the numbers drawn to the worth of a score, in units of rounding.
    fn before(&self, term: &Term, area: usize) -> f64 {
        let Rounding { columns, origin, .. } = self.rounding;
        let Cell::Input(column) = term.scores[area] else { return 0.0 };
        let drawn = size(columns[column]);
        let parts = self.rounding.model.linear(term.scores[area]);
        let made = if column < self.rounding.model.inputs.len() {
            0.0
        } else {
            let sizes: f64 = parts.iter().map(|&(column, c)| c.abs() * size(columns[column])).sum();
            (parts.len() as f64 + 1.0) * sizes.max(drawn)
        };
        let valued = term.value.map_or(0.0, |value| {
            (value.apply(0.0) - origin).abs() + value.apply(0.0).abs() + 3.0 * value.slope().abs() * drawn
        });
        term.value.map_or(1.0, |value| value.slope().abs()) * (made + drawn + origin.abs()) + valued
    }

    /// A bound on the rounding of an amenability, what is common to all areas left out.
    fn error(&self, area: usize) -> f64 {
        let Rounding { model, columns, unit, origin, .. } = self.rounding;
        let n_terms = self.terms().len();
        let weighted = self.greatest(|k, term| {
            let of_weight = match term.weight {
                Cell::Exact(_) => 1.0,
                Cell::Input(column) if column < model.inputs.len() => 0.0,
                cell @ Cell::Input(_) => model.linear(cell).len().max(n_terms) as f64 + 2.0,
            };
            // One product, the sums from there on, the share, and what is taken off.
            let steps = (n_terms - k.max(1)) as f64 + 4.0 + of_weight;
            steps * self.extent(term, area) + self.before(term, area)
        });
        let place = self.index * model.n_areas + area;
        let residual = size(known(columns, model.residuals[place]));
        let mut total = weighted;
        if model.residuals[place] != Cell::Exact(0.0) {
            // What is common to all areas in the sum of the weights is no longer so.
            let parts = model.linear(model.residuals[place]);
            let sizes: f64 = parts.iter().map(|&(column, c)| c.abs() * size(columns[column])).sum();
            total += (n_terms as f64 + 3.0) * self.extents[area] + 6.0 * sizes.max(residual);
        }
        let floor = (model.floors[self.index] - origin).abs();
        for &discount in &model.discounts[place] {
            let most = size(known(columns, discount)).max(1.0);
            total = most * total + 4.0 * (floor + most * (floor + self.extents[area] + residual));
            total += (n_terms as f64 + 3.0) * most * self.extents[area];
        }
        1.02 * unit * total
    }

    /// A bound on the rounding of the gap between two areas.
    pub fn gap_error(&self, (i, j): (usize, usize)) -> f64 {
        self.errors[i] + self.errors[j]
    }

    /// The part of the rounding of an amenability that does not shrink with its distance from where it is measured from.
    pub fn absolute(&self, area: usize) -> f64 {
        let Rounding { model, columns, unit, origin, .. } = self.rounding;
        let place = self.index * model.n_areas + area;
        let is_shifted = |cell: Cell| {
            *origin == 0.0 || matches!(cell, Cell::Input(i) if self.rounding.shifts.get(i) == Some(origin))
        };
        let drawn = self.greatest(|_, term| match term.scores[area] {
            Cell::Exact(_) => 0.0,
            Cell::Input(column) => {
                let is_plain = column < model.inputs.len() && term.value.is_none();
                if is_plain && is_shifted(term.scores[area]) { 0.0 } else { 4.0 * self.before(term, area) }
            }
        });
        // What is of the other sign than the rest makes a sum smaller than what was added up.
        let ends = || self.terms().iter().map(|term| worth(columns, term, area).linear(1.0, -origin));
        let against =
            ends().map(|x| x.high).fold(0.0, f64::max).min(ends().map(|x| -x.low).fold(0.0, f64::max));
        let plain = unit * drawn + 2.0 * self.rounding.relative() * against;
        if model.discounts[place].is_empty() && model.residuals[place] == Cell::Exact(0.0) {
            return plain;
        }
        plain.max(self.errors[area])
    }

    /// How far rounding may move the probability that one of two areas comes before the other: by how probable it is that they are as
    /// near as their gap is rounded, and by what is wrong with the distributions of the inputs.
    pub fn moved(&self, pair: (usize, usize), distortions: &[f64]) -> f64 {
        let near = self.pair(pair).near();
        if near == 0.0 && !self.is_exact(pair) {
            return 0.0;
        }
        let mut fed = self.feeds[self.feeds.len() - 1].clone();
        fed.extend(self.feeds[pair.0].iter().chain(&self.feeds[pair.1]));
        fed.sort_unstable();
        fed.dedup();
        (near + fed.iter().map(|&input| distortions[input]).sum::<f64>()).min(1.0)
    }

    /// Returns true if the overall scores of two areas are moved to a grid, so that ties are exact.
    pub fn is_exact(&self, (i, j): (usize, usize)) -> bool {
        let grains = &self.rounding.grains[self.index * self.rounding.model.n_areas..];
        grains[i].step > 0.0 && grains[j].step > 0.0
    }

    /// How far apart numbers are that two amenabilities are rounded to: twice the unit of rounding at most, and half as far mostly.
    pub fn grain(&self, pair: (usize, usize)) -> f64 {
        self.rounding.unit * self.extents[pair.0].max(self.extents[pair.1])
    }
}

/// The inputs that alone move a score of an area.
fn ways(model: &Model, score: Cell, slope: f64) -> Ways {
    let parts = model.linear(score);
    if let [(column, c)] = parts[..]
        && let Some(Derived::Select(_, options)) =
            column.checked_sub(model.inputs.len()).map(|derived| &model.derived[derived])
    {
        let way = |option: &Number| match option {
            Number::Exact(_) => vec![Vec::new()],
            Number::Column(column) => ways(model, Cell::Input(*column), slope * c.abs()),
        };
        return options.iter().flat_map(way).collect();
    }
    let inputs = parts.into_iter().filter(|(column, c)| *column < model.inputs.len() && *c != 0.0);
    vec![inputs.map(|(column, c)| (column, slope * c.abs())).collect()]
}
