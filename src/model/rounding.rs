//! A forward bound on the rounding of overall scores, world by world: what their arithmetic adds to the numbers that were drawn, and how
//! far the drawn numbers themselves are distributed otherwise than stated.

use super::affine::Affine;
use super::range::ValueRange;
use super::shape::{Derived, Model, Source, Term};
use super::shares::{Share, greatest, shares};
use crate::batch::Grain;
use crate::distribution::{Dist, Mass, Single, uniform_from_bits};

/// The facts about a model that bounds on rounding need.
pub(super) struct Rounding<'a> {
    pub model: &'a Model,
    /// Shape `[n_inputs + n_derived]`.
    pub columns: Vec<ValueRange>,
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

/// The facts about one joint world.
pub(super) struct World<'r> {
    pub rounding: &'r Rounding<'r>,
    pub index: usize,
    /// Shape `[n_terms]`: the shares of the weights.
    pub shares: Vec<Share>,
    /// Shape `[n_areas]`: a bound on the rounding of an overall score.
    errors: Vec<f64>,
    /// Shape `[n_areas]`: how far an overall score may be from where it is measured from.
    extents: Vec<f64>,
    /// Shape `[n_areas]`: the product of the discounts, at least and at most.
    pub left: Vec<(f64, f64)>,
    /// Shape `[n_terms x n_areas]`.
    pub ways: Vec<Vec<Ways>>,
    /// Shape `[n_inputs]`: the areas that an input is part of, once per use; [`SHARED`] for all of them.
    pub users: Vec<Vec<usize>>,
    /// Shape `[n_areas + 1]`: the inputs of each area, and those of the weights.
    pub feeds: Vec<Vec<usize>>,
}

/// Two areas of which one is compared with the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct AreaPair {
    pub one: usize,
    pub other: usize,
}

impl AreaPair {
    /// Returns both areas.
    pub fn both(self) -> [usize; 2] {
        [self.one, self.other]
    }

    /// Returns the pair with the areas in the other order.
    pub fn swapped(self) -> Self {
        Self { one: self.other, other: self.one }
    }
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
            shifts: if is_single { model.handling::<f32>(false) } else { model.handling::<f64>(false) }
                .shifts,
            is_single,
            grains: if is_single { model.grains::<f32>() } else { model.grains::<f64>() },
        }
    }

    pub fn worlds(&self) -> impl Iterator<Item = World<'_>> {
        (0..self.model.terms.len()).map(|index| World::new(self, index))
    }

    /// A bound on the rounding of an overall score as a share of the sizes of what is added up, the drawn numbers' own included.
    pub fn relative(&self) -> f64 {
        let most = self.model.terms.iter().map(Vec::len).max().unwrap_or(0);
        (most as f64 + 16.0) * self.unit
    }

    /// Returns how far the distribution of each input as it is drawn may be from the stated one.
    pub fn distortions(&self) -> Vec<f64> {
        let model = self.model;
        let mut scores = Vec::new();
        for term in model.terms.iter().flatten() {
            for &score in &term.scores {
                feed(model, score.column, &mut scores);
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
                return mass.within(4.0 * self.unit * known.linear(1.0, -off).size());
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

/// Adds the inputs that a column is made of.
fn feed(model: &Model, column: Option<usize>, out: &mut Vec<usize>) {
    let Some(column) = column else { return };
    let Some(derived) = model.derived_at(column) else {
        out.push(column);
        if let Source::Score(parts) = &model.inputs[column].source {
            out.extend(parts.iter().map(|(latent, _)| *latent));
        }
        return;
    };
    let mut all = |columns: &mut dyn Iterator<Item = usize>| {
        columns.for_each(|column| feed(model, Some(column), out));
    };
    match derived {
        Derived::Sum(terms, _) => all(&mut terms.iter().map(|(column, _)| *column)),
        Derived::Select(selector, options) => {
            let drawn = options.iter().filter_map(|option| option.column);
            all(&mut std::iter::once(*selector).chain(drawn));
        }
        Derived::Weight { simplex, first, corners } => {
            let n = corners.first().map_or(0, Vec::len);
            all(&mut std::iter::once(*simplex).chain(*first..*first + n));
        }
    }
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
            feed(model, term.weight.column, &mut of_weights);
        }
        for area in 0..n {
            let (mut fed, mut shared): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
            for term in terms {
                feed(model, term.scores[area].column, &mut fed);
            }
            feed(model, model.residuals[index * n + area].column, &mut fed);
            for discount in &model.discounts[index * n + area] {
                feed(model, discount.column, &mut shared);
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
            let discounts =
                model.discounts[index * n + area].iter().map(|&discount| ValueRange::of(columns, discount));
            discounts.fold((1.0, 1.0), |(least, most): (f64, f64), known| {
                (least * known.low.max(0.0), most * known.size().max(1.0))
            })
        };
        let ways = |term: &Term| {
            term.scores.iter().map(|score| ways(model, score.column, score.slope.abs())).collect()
        };
        let mut world = Self {
            rounding,
            index,
            shares: shares(model, columns, terms),
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

    /// Returns how far the worth of a score may be from where it is measured from.
    fn extent(&self, term: &Term, area: usize) -> f64 {
        ValueRange::of(&self.rounding.columns, term.scores[area]).linear(1.0, -self.rounding.origin).size()
    }

    /// Returns what is rounded on the way from the numbers drawn to the worth of a score, in units of rounding.
    fn before(&self, term: &Term, area: usize) -> f64 {
        let Rounding { columns, origin, .. } = self.rounding;
        let score = term.scores[area];
        let Some(column) = score.column else { return 0.0 };
        let drawn = columns[column].size();
        let parts = self.rounding.model.linear(score.column);
        let made = if column < self.rounding.model.inputs.len() {
            0.0
        } else {
            let sizes: f64 = parts.iter().map(|&(column, c)| c.abs() * columns[column].size()).sum();
            (parts.len() as f64 + 1.0) * sizes.max(drawn)
        };
        let slope = score.slope.abs();
        let valued = if score.is_bare() {
            0.0
        } else {
            (score.offset - origin).abs() + score.offset.abs() + 3.0 * slope * drawn
        };
        slope * (made + drawn + origin.abs()) + valued
    }

    /// A bound on the rounding of an overall score, what is common to all areas left out.
    fn error(&self, area: usize) -> f64 {
        let Rounding { model, columns, unit, origin, .. } = self.rounding;
        let n_terms = self.terms().len();
        let weighted = self.greatest(|k, term| {
            let of_weight = match term.weight.column {
                None => 1.0,
                Some(column) if column < model.inputs.len() => 0.0,
                column => model.linear(column).len().max(n_terms) as f64 + 2.0,
            };
            // One product, the sums from there on, the share, and what is taken off.
            let steps = (n_terms - k.max(1)) as f64 + 4.0 + of_weight;
            steps * self.extent(term, area) + self.before(term, area)
        });
        let place = self.index * model.n_areas + area;
        let residual = ValueRange::of(columns, model.residuals[place]).size();
        let mut total = weighted;
        if !model.residuals[place].is_exactly(0.0) {
            // The sum of the weights is no longer common to all areas.
            let parts = model.linear(model.residuals[place].column);
            let sizes: f64 = parts.iter().map(|&(column, c)| c.abs() * columns[column].size()).sum();
            total += (n_terms as f64 + 3.0) * self.extents[area] + 6.0 * sizes.max(residual);
        }
        let floor = (model.floors[self.index] - origin).abs();
        for &discount in &model.discounts[place] {
            let most = ValueRange::of(columns, discount).size().max(1.0);
            total = most * total + 4.0 * (floor + most * (floor + self.extents[area] + residual));
            total += (n_terms as f64 + 3.0) * most * self.extents[area];
        }
        1.02 * unit * total
    }

    /// A bound on the rounding of the gap between two areas.
    pub fn gap_error(&self, pair: AreaPair) -> f64 {
        self.errors[pair.one] + self.errors[pair.other]
    }

    /// The part of the rounding of an overall score that does not shrink with its distance from where it is measured from.
    pub fn absolute(&self, area: usize) -> f64 {
        let Rounding { model, columns, unit, origin, .. } = self.rounding;
        let place = self.index * model.n_areas + area;
        let is_shifted = |column: usize| *origin == 0.0 || self.rounding.shifts.get(column) == Some(origin);
        let drawn = self.greatest(|_, term| match term.scores[area].column {
            None => 0.0,
            Some(column) => {
                let is_plain = column < model.inputs.len() && term.scores[area].is_bare();
                if is_plain && is_shifted(column) { 0.0 } else { 4.0 * self.before(term, area) }
            }
        });
        // What is of the other sign than the rest makes a sum smaller than what was added up.
        let ends = || {
            self.terms().iter().map(|term| ValueRange::of(columns, term.scores[area]).linear(1.0, -origin))
        };
        let against =
            ends().map(|x| x.high).fold(0.0, f64::max).min(ends().map(|x| -x.low).fold(0.0, f64::max));
        let plain = unit * drawn + 2.0 * self.rounding.relative() * against;
        if model.discounts[place].is_empty() && model.residuals[place].is_exactly(0.0) {
            return plain;
        }
        plain.max(self.errors[area])
    }

    /// Returns true if the overall scores of two areas are moved to a grid, so that ties are exact.
    pub fn is_exact(&self, pair: AreaPair) -> bool {
        let grains = &self.rounding.grains[self.index * self.rounding.model.n_areas..];
        pair.both().into_iter().all(|area| grains[area].step > 0.0)
    }

    /// Returns how far apart numbers are that two overall scores are rounded to: twice the unit of rounding at most, and half as far mostly.
    pub fn grain(&self, pair: AreaPair) -> f64 {
        self.rounding.unit * self.extents[pair.one].max(self.extents[pair.other])
    }
}

/// Returns the inputs that alone move the column of a score.
fn ways(model: &Model, column: Option<usize>, slope: f64) -> Ways {
    let parts = model.linear(column);
    if let [(column, c)] = parts[..]
        && let Some(Derived::Select(_, options)) = model.derived_at(column)
    {
        let way = |option: &Affine| match option.column {
            None => vec![Vec::new()],
            column => ways(model, column, slope * c.abs()),
        };
        return options.iter().flat_map(way).collect();
    }
    let inputs = parts.into_iter().filter(|(column, c)| *column < model.inputs.len() && *c != 0.0);
    vec![inputs.map(|(column, c)| (column, slope * c.abs())).collect()]
}
