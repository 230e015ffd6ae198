//! Dependence of overall scores on one column of the model, the others standing still. Times the sum of the weights, which
//! changes no order, an overall score is a product of sums: linear in each number that it has once in a product.

use super::multiple::common_multiple;
use crate::analysis::sensitivity::shape::Simple;
use crate::analysis::sensitivity::shape::Values;
use crate::analysis::sensitivity::shape::World;
use crate::batch::{BLOCK, Batch, Column, Grain};
use crate::model::{Affine, Derived, Model, Term};

/// Place where a column enters.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Through {
    Weight(usize),
    Score(usize),
    Residual,
    Discount(usize),
}

/// Dependence of a number of the model on a column.
#[derive(Clone, Debug)]
enum Dependence {
    /// It is that column, or a sum with that column times this.
    Constant(f64),
    /// It is worked out from it, in a way that differs from draw to draw (the index of the derived number).
    Derived(usize),
}

/// One way in which a column enters an area's overall score.
#[derive(Clone, Debug)]
pub struct Entry {
    through: Through,
    dependence: Dependence,
}

/// Why a claim does not depend on an input in a way that can be solved for.
pub const CHOICE: &str = "it chooses among others";
const TWICE: &str = "it enters one product twice";

impl World {
    /// Takes the joint worlds of a model apart.
    pub fn all(model: &Model) -> Vec<Self> {
        let (grains, twins) = (model.grains::<f64>(), model.twins());
        (0..model.worlds().len())
            .map(|world| {
                let of = world * model.n_areas()..(world + 1) * model.n_areas();
                Self::new(model, world, (&grains[of.clone()], &twins[of]))
            })
            .collect()
    }

    fn new(model: &Model, world: usize, (grains, twins): (&[Grain], &[usize])) -> Self {
        let areas = 0..model.n_areas();
        Self {
            grains: grains.to_vec(),
            parts: model.weighted(world).iter().map(|term| term.with_scores_of(twins)).collect(),
            residuals: areas.clone().map(|area| model.residual(world, area)).collect(),
            discounts: areas.map(|area| model.discounts(world, area).to_vec()).collect(),
            floor: model.floor(),
        }
    }

    /// Lists the ways in which a column enters the overall score of an area.
    ///
    /// # Errors
    /// It enters in a way that is not linear.
    pub fn entries(&self, model: &Model, area: usize, column: usize) -> Result<Vec<Entry>, &'static str> {
        let mut entries = Vec::new();
        let mut enter = |through: Through, number: Affine| -> Result<bool, &'static str> {
            let dependence = dependence(model, number, column)?;
            let there = dependence.is_some();
            entries.extend(dependence.map(|dependence| Entry { through, dependence }));
            Ok(there)
        };
        let mut first = false;
        for (t, part) in self.parts.iter().enumerate() {
            let weight = enter(Through::Weight(t), part.weight)?;
            let score = enter(Through::Score(t), part.scores[area])?;
            if weight && score {
                return Err(TWICE);
            }
            first |= weight || score;
        }
        let residual = enter(Through::Residual, self.residuals[area])?;
        if residual && first {
            return Err(TWICE);
        }
        let mut before = first || residual;
        for (n, &share) in self.discounts[area].iter().enumerate() {
            let discount = enter(Through::Discount(n), share)?;
            if discount && before {
                return Err(TWICE);
            }
            before |= discount;
        }
        Ok(entries)
    }

    /// Returns the simple form where a column enters once and in the simplest way.
    pub fn simple(&self, area: usize, entries: &[Entry]) -> Option<Simple> {
        let [Entry { through, dependence: Dependence::Constant(1.0) }] = entries else { return None };
        if !self.discounts[area].is_empty() || !self.residuals[area].is_exactly(0.0) {
            return None;
        }
        match *through {
            Through::Score(t) => Some(Simple::Score(t, self.parts[t].scores[area].slope)),
            Through::Weight(t) => Some(Simple::Weight(self.parts[t].scores[area])),
            Through::Residual | Through::Discount(_) => None,
        }
    }

    /// Lists the ways in which a column enters the sum of the weights.
    pub fn weight_entries(&self, model: &Model, column: usize) -> Vec<Entry> {
        let entry = |(t, part): (usize, &Term)| {
            let dependence = dependence(model, part.weight, column).ok().flatten()?;
            Some(Entry { through: Through::Weight(t), dependence })
        };
        self.parts.iter().enumerate().filter_map(entry).collect()
    }

    /// Returns the distance from 0 beyond which a sum of numerators times coefficients is something else.
    pub fn slack(&self, gap: &[(usize, f64)]) -> f64 {
        let parts = gap.iter().map(|(_, c)| (1.0 / c.abs()).round().max(1.0) as usize);
        self.slack_of(gap.iter().map(|(area, _)| *area), parts.fold(1, common_multiple))
    }

    /// Returns the difference beyond which means of numerators differ, the numbers of areas in each having a common multiple.
    pub fn slack_of(&self, areas: impl Iterator<Item = usize>, parts: usize) -> f64 {
        let total = self.grains.first().map_or(0.0, |grain| grain.total);
        total * Grain::slack(areas.map(|area| self.grains[area]), parts)
    }

    /// The sums of the weights.
    pub fn totals(&self, batch: &Batch, out: &mut Column) {
        out.fill(0.0);
        for part in &self.parts {
            let weight = Values::of(batch, part.weight);
            for (n, sum) in out.iter_mut().enumerate() {
                *sum += weight.at(n);
            }
        }
    }

    /// The overall score of an area times the sum of the weights.
    pub fn numerator(&self, batch: &Batch, area: usize, totals: &Column, out: &mut Column) {
        self.undiscounted(batch, area, totals, out);
        for &share in &self.discounts[area] {
            let share = Values::of(batch, share);
            for (n, sum) in out.iter_mut().enumerate() {
                let floor = self.floor * totals[n];
                *sum = floor + (*sum - floor) * share.at(n);
            }
        }
    }

    /// Works out the overall scores before discounts.
    fn undiscounted(&self, batch: &Batch, area: usize, totals: &Column, out: &mut Column) {
        out.fill(0.0);
        for part in &self.parts {
            let number = part.scores[area];
            let (weight, score) = (Values::of(batch, part.weight), Values::of(batch, number));
            if number.column.is_none() || number.is_bare() {
                for (n, sum) in out.iter_mut().enumerate() {
                    *sum += weight.at(n) * score.at(n);
                }
            } else {
                for (n, sum) in out.iter_mut().enumerate() {
                    *sum += weight.at(n) * number.at(score.at(n));
                }
            }
        }
        if !self.residuals[area].is_exactly(0.0) {
            let residual = Values::of(batch, self.residuals[area]);
            for (n, sum) in out.iter_mut().enumerate() {
                *sum += totals[n] * residual.at(n);
            }
        }
    }

    /// Adds `times` the slope of [`World::numerator`] in `column`.
    pub fn add_slope(
        &self,
        (model, batch): (&Model, &Batch),
        (area, column): (usize, usize),
        entries: &[Entry],
        (totals, times): (&Column, f64),
        out: &mut Column,
    ) {
        let mut left: Column = [1.0; BLOCK];
        for &share in &self.discounts[area] {
            let share = Values::of(batch, share);
            left.iter_mut().enumerate().for_each(|(n, left)| *left *= share.at(n));
        }
        let residual = Values::of(batch, self.residuals[area]);
        for Entry { through, dependence } in entries {
            let of = |n: usize| dependence.at(model, batch, column, n);
            match *through {
                Through::Weight(t) => {
                    let number = self.parts[t].scores[area];
                    let score = Values::of(batch, number);
                    for (n, slope) in out.iter_mut().enumerate() {
                        let worth = number.value(|_| score.at(n));
                        let above = worth + residual.at(n) - self.floor;
                        *slope += times * of(n) * (self.floor + left[n] * above);
                    }
                }
                Through::Score(t) => {
                    let weight = Values::of(batch, self.parts[t].weight);
                    let unit = times * self.parts[t].scores[area].slope;
                    for (n, slope) in out.iter_mut().enumerate() {
                        *slope += unit * of(n) * left[n] * weight.at(n);
                    }
                }
                Through::Residual => {
                    for (n, slope) in out.iter_mut().enumerate() {
                        *slope += times * of(n) * left[n] * totals[n];
                    }
                }
                Through::Discount(discount) => {
                    let mut whole: Column = [0.0; BLOCK];
                    self.undiscounted(batch, area, totals, &mut whole);
                    for (n, slope) in out.iter_mut().enumerate() {
                        let others = self.discounts[area].iter().enumerate();
                        let others = others.filter(|(other, _)| *other != discount);
                        let others: f64 = others.map(|(_, &share)| Values::of(batch, share).at(n)).product();
                        *slope += times * of(n) * others * (whole[n] - self.floor * totals[n]);
                    }
                }
            }
        }
    }

    /// Adds the slope of the sum of the weights in `column`.
    pub fn add_total_slope(
        (model, batch): (&Model, &Batch),
        column: usize,
        entries: &[Entry],
        out: &mut Column,
    ) {
        for Entry { dependence, .. } in entries {
            for (n, slope) in out.iter_mut().enumerate() {
                *slope += dependence.at(model, batch, column, n);
            }
        }
    }
}

/// Returns the dependence of a number on a column, if there is any.
fn dependence(model: &Model, number: Affine, column: usize) -> Result<Option<Dependence>, &'static str> {
    let Some(at) = number.column else { return Ok(None) };
    if at == column {
        return Ok(Some(Dependence::Constant(1.0)));
    }
    let n_inputs = model.inputs().len();
    let Some(index) = at.checked_sub(n_inputs) else { return Ok(None) };
    match &model.derived()[index] {
        Derived::Sum(terms, _) => {
            let mut any = false;
            for (term, _) in terms {
                any |= dependence(model, Affine::bare(*term), column)?.is_some();
            }
            let plain = terms.iter().all(|(term, _)| *term < n_inputs);
            let constant = || terms.iter().filter(|(term, _)| *term == column).map(|(_, c)| c).sum();
            Ok(any.then(|| if plain { Dependence::Constant(constant()) } else { Dependence::Derived(index) }))
        }
        Derived::Select(selector, _) if *selector == column => Err(CHOICE),
        Derived::Select(_, options) => {
            let mut any = false;
            for option in options {
                any |= dependence(model, *option, column)?.is_some();
            }
            Ok(any.then_some(Dependence::Derived(index)))
        }
        Derived::Weight { simplex, .. } if *simplex == column => Err(CHOICE),
        Derived::Weight { first, corners, .. } => {
            let n = corners.first().map_or(0, Vec::len);
            Ok((*first..*first + n).contains(&column).then_some(Dependence::Derived(index)))
        }
    }
}

impl Dependence {
    #[inline]
    fn at(&self, model: &Model, batch: &Batch, column: usize, n: usize) -> f64 {
        match self {
            Self::Constant(c) => *c,
            Self::Derived(index) => derivative(model, batch, (model.inputs().len() + index, column), n),
        }
    }
}

/// The derivative of the column `at` in `column`, in one draw.
fn derivative(model: &Model, batch: &Batch, (at, column): (usize, usize), n: usize) -> f64 {
    if at == column {
        return 1.0;
    }
    let Some(index) = at.checked_sub(model.inputs().len()) else { return 0.0 };
    match &model.derived()[index] {
        Derived::Sum(terms, _) => {
            terms.iter().map(|(term, c)| c * derivative(model, batch, (*term, column), n)).sum()
        }
        Derived::Select(selector, options) => match options[batch.input(*selector)[n] as usize].column {
            None => 0.0,
            Some(option) => derivative(model, batch, (option, column), n),
        },
        Derived::Weight { simplex, first, corners } => {
            let corners = &corners[batch.input(*simplex)[n] as usize];
            column.checked_sub(*first).and_then(|vertex| corners.get(vertex)).copied().unwrap_or(0.0)
        }
    }
}
