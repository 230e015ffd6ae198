//! What a model's areas have in common and what each has alone: the shared numbers are conditioned on, and given those an
//! amenability is a sum of independent numbers times coefficients. Knows nothing of how it is integrated.

use super::cell::{Cell, CellLaw};
use super::given::Given;
use super::sharing::{below, importance, shared};
use super::sobol::MOST_DIMENSIONS;
use super::spectrum::{Spectra, shape};
use crate::model::{Derived, Input, Model, Number, Source};
use crate::scenario::Address;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Why a model cannot be integrated.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Refusal(pub String);

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A model split into shared numbers and those of one area alone.
#[derive(Debug)]
pub struct Split<'a> {
    pub model: &'a Model,
    /// What the points of the cube are made of, one address a dimension.
    pub dimensions: Vec<Address>,
    /// The shared inputs with their dimensions.
    pub drawn: Vec<(usize, usize)>,
    /// Shared columns that are worked out from those, in order.
    pub worked_out: Vec<usize>,
    /// Shape `[n_worlds]`.
    pub weights: Vec<Vec<Number>>,
    /// The numbers that are integrated, each of one area.
    pub cells: Vec<Cell>,
    /// Shape `[n_worlds * n_areas]`, row-major.
    pub laws: Vec<Law>,
}

/// A weight times a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub weight: Weight,
    pub number: Number,
    pub factor: f64,
    /// The column that selects it, and the value at which it does.
    pub when: Option<(usize, f64)>,
}

/// What a part is weighted with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Weight {
    /// The weight of its factor.
    Factor(Number),
    /// All weights of a joint world.
    Total(usize),
}

/// What an area's amenability is in a joint world, given the shared numbers: all of it times the sum of the weights.
#[derive(Debug, Default)]
pub struct Law {
    /// Indices of the numbers that are its own, in rising order.
    pub cells: Vec<usize>,
    /// The law of the area in an earlier world that starts with the same numbers, and how many those are.
    pub shared: Option<(usize, usize)>,
    /// What is certain.
    pub parts: Vec<Part>,
    pub discounts: Vec<Number>,
}

impl<'a> Split<'a> {
    /// Splits a model.
    ///
    /// # Errors
    /// What of it cannot be integrated.
    pub fn new(model: &'a Model) -> Result<Self, Refusal> {
        let shared = shared(model);
        let mut builder = Builder {
            model,
            shared,
            spectra: Spectra::default(),
            given: HashMap::new(),
            cells: Vec::new(),
            known: HashMap::new(),
            wanted: BTreeSet::new(),
        };
        let n_worlds = model.worlds().len();
        let mut laws: Vec<Law> = Vec::new();
        let mut weights = Vec::new();
        for world in 0..n_worlds {
            let weighted = model.weighted(world);
            for term in &weighted {
                builder.want(term.weight);
            }
            for area in 0..model.n_areas() {
                laws.push(builder.law(world, area)?);
            }
            weights.push(weighted.into_iter().map(|term| term.weight).collect());
        }
        let n_areas = model.n_areas();
        for index in n_areas..laws.len() {
            let in_common = |other: usize| {
                let (a, b): (&Law, &Law) = (&laws[index], &laws[other]);
                (other, a.cells.iter().zip(&b.cells).take_while(|(a, b)| a == b).count())
            };
            // Of those laws with as much in common, the first: it has not taken them from another.
            let earlier = (index % n_areas..index).step_by(n_areas).map(in_common);
            let longest = earlier.fold((0, 0), |best, next| if next.1 > best.1 { next } else { best });
            laws[index].shared = (longest.1 > 0).then_some(longest);
        }
        let Builder { cells, shared, wanted, .. } = builder;
        let mut needed = vec![false; shared.len()];
        for column in wanted {
            below(model, column, &mut |column| needed[column] = true);
        }
        let (mut dimensions, mut drawn, mut worked_out): (Vec<Address>, _, _) =
            (Vec::new(), Vec::new(), Vec::new());
        let inputs = model.inputs();
        for column in (0..shared.len()).filter(|&column| needed[column]) {
            let Some(input) = inputs.get(column).filter(|input| !input.source.is_score()) else {
                worked_out.push(column);
                continue;
            };
            // Branches of one number sit at the same quantile.
            let place =
                dimensions.iter().position(|address| *address == input.address).unwrap_or_else(|| {
                    dimensions.push(input.address.clone());
                    dimensions.len() - 1
                });
            drawn.push((column, place));
        }
        // The first dimensions are the most even together, so what matters most comes first.
        let importance = importance(model);
        let mut order: Vec<usize> = (0..dimensions.len()).collect();
        let of = |place: usize| {
            let of_place = drawn.iter().filter(|(_, dimension)| *dimension == place);
            of_place.map(|&(column, _): &(usize, usize)| importance[column]).fold(0.0, f64::max)
        };
        order.sort_by(|&a, &b| of(b).total_cmp(&of(a)));
        for (_, dimension) in &mut drawn {
            let place = order.iter().position(|place| place == dimension);
            *dimension = place.expect("each dimension has its place in the order");
        }
        let dimensions: Vec<Address> = order.iter().map(|&place| dimensions[place].clone()).collect();
        if dimensions.len() > MOST_DIMENSIONS {
            return Err(Refusal(format!(
                "the areas share {} numbers, and points are made for at most {MOST_DIMENSIONS}",
                dimensions.len()
            )));
        }
        Ok(Self { model, dimensions, drawn, worked_out, weights, cells, laws })
    }
}

struct Builder<'a> {
    model: &'a Model,
    /// Shape `[n_columns]`: whether a column is known given the shared numbers.
    shared: Vec<bool>,
    spectra: Spectra,
    given: Tables,
    cells: Vec<Cell>,
    /// By column: the cells that have it.
    known: HashMap<usize, Vec<usize>>,
    /// The shared columns that are asked for.
    wanted: BTreeSet<usize>,
}

impl Builder<'_> {
    fn want(&mut self, number: Number) {
        if let Number::Column(column) = number {
            self.wanted.insert(column);
        }
    }

    fn law(&mut self, world: usize, area: usize) -> Result<Law, Refusal> {
        let discounts = self.model.discounts(world, area);
        for &discount in &discounts {
            self.want(discount);
        }
        let mut law = Law { discounts, ..Law::default() };
        let mut own: Vec<(usize, Part)> = Vec::new();
        for term in self.model.weighted(world) {
            let weight = Weight::Factor(term.weight);
            match (term.scores[area], term.value) {
                (Number::Exact(x), _) => law.parts.push(certain(weight, x)),
                (Number::Column(column), value) => {
                    let slope = value.map_or(1.0, |value| value.slope());
                    law.parts.extend(value.map(|value| certain(weight, value.apply(0.0))));
                    self.expand(column, (weight, slope, None), (&mut own, &mut law.parts))?;
                }
            }
        }
        let total = Weight::Total(world);
        match self.model.residual(world, area) {
            Number::Exact(x) => law.parts.push(certain(total, x)),
            Number::Column(column) => self.expand(column, (total, 1.0, None), (&mut own, &mut law.parts))?,
        }
        law.parts.retain(|part| part.number != Number::Exact(0.0));
        own.sort_by_key(|(column, _)| *column);
        let mut rest = &own[..];
        while let Some(&(column, _)) = rest.first() {
            let (same, later) = rest.split_at(rest.partition_point(|(other, _)| *other == column));
            rest = later;
            let parts: Vec<Part> = same.iter().map(|(_, part)| part.clone()).collect();
            let cell = self.cell(column, parts, &law.discounts)?;
            law.cells.push(cell);
        }
        law.cells.sort_unstable();
        let on_atoms = |&cell: &usize| self.cells[cell].law.on_atoms();
        if law.cells.iter().all(|cell| on_atoms(cell) > 0.0)
            && law.cells.iter().any(|cell| on_atoms(cell) < 1.0)
        {
            return Err(Refusal(format!(
                "every score of area number {} stands on single values with some probability and not with all of it, as in a mixture of a number and a distribution",
                area + 1
            )));
        }
        Ok(law)
    }

    /// A column as what is certain given the shared numbers, and numbers of the area alone.
    fn expand(
        &mut self,
        column: usize,
        (weight, factor, when): (Weight, f64, Option<(usize, f64)>),
        (own, parts): (&mut Vec<(usize, Part)>, &mut Vec<Part>),
    ) -> Result<(), Refusal> {
        if let Some((selector, _)) = when {
            self.wanted.insert(selector);
        }
        if self.shared[column] {
            self.wanted.insert(column);
            parts.push(Part { weight, number: Number::Column(column), factor, when });
            return Ok(());
        }
        if let Some(input) = self.model.inputs().get(column) {
            if let Source::Score(loadings) = &input.source {
                self.wanted
                    .extend(loadings.iter().map(|(latent, _)| *latent).filter(|&latent| self.shared[latent]));
            }
            own.push((column, Part { weight, number: Number::Exact(1.0), factor, when }));
            return Ok(());
        }
        match &self.model.derived()[column - self.model.inputs().len()] {
            Derived::Sum(terms, constant) => {
                parts.push(Part { weight, number: Number::Exact(*constant), factor, when });
                for &(column, coefficient) in terms {
                    self.expand(column, (weight, factor * coefficient, when), (own, parts))?;
                }
            }
            Derived::Select(selector, options) => {
                if when.is_some() {
                    return Err(Refusal("raters are chosen among raters".into()));
                }
                for (index, option) in options.iter().enumerate() {
                    let when = Some((*selector, index as f64));
                    match *option {
                        Number::Exact(_) => {
                            self.wanted.insert(*selector);
                            parts.push(Part { weight, number: *option, factor, when });
                        }
                        Number::Column(column) => {
                            self.expand(column, (weight, factor, when), (own, parts))?;
                        }
                    }
                }
            }
            Derived::Weight { .. } => return Err(Refusal("a score is made as weights are".into())),
        }
        Ok(())
    }

    /// The cell of a column with its coefficient, which several worlds may have in common.
    fn cell(&mut self, column: usize, parts: Vec<Part>, discounts: &[Number]) -> Result<usize, Refusal> {
        let alike = self.known.entry(column).or_default();
        let same =
            |&&index: &&usize| self.cells[index].parts == parts && self.cells[index].discounts == discounts;
        if let Some(index) = alike.iter().find(same) {
            return Ok(*index);
        }
        let input = &self.model.inputs()[column];
        let law = match alike.first() {
            Some(&index) => self.cells[index].law.clone(),
            None => cell_law(&self.shared, (&mut self.spectra, &mut self.given), input)?,
        };
        if law.outside() > WORST || law.error() > WORST {
            return Err(Refusal(format!("the tails of {} are too heavy to be integrated", input.address)));
        }
        let index = self.cells.len();
        alike.push(index);
        let like = |cell: &Cell| cell.law.is_like(&law) && cell.parts == parts && cell.discounts == discounts;
        let alike = self.cells.iter().position(like).unwrap_or(index);
        self.cells.push(Cell { law, parts, discounts: discounts.to_vec(), alike });
        Ok(index)
    }
}

/// Tables of numbers that are given in part, by the shape of their distribution and the part that is not known.
type Tables = HashMap<([u64; 3], u64), Arc<Given>>;

/// The law of an input once the shared columns are known.
fn cell_law(
    shared: &[bool],
    (spectra, tables): (&mut Spectra, &mut Tables),
    input: &Input,
) -> Result<CellLaw, Refusal> {
    let whole = spectra.of(&input.dist);
    let Source::Score(loadings) = &input.source else { return Ok(CellLaw::Alone(whole)) };
    let (known, own): (Vec<(usize, f64)>, Vec<_>) = loadings.iter().partition(|(latent, _)| shared[*latent]);
    if known.is_empty() {
        return Ok(CellLaw::Alone(whole));
    }
    let sd = own.iter().map(|(_, loading)| loading * loading).sum::<f64>().sqrt();
    let key = shape(&input.dist).map(|shape| (shape, sd.to_bits()));
    if let Some(given) = key.and_then(|key| tables.get(&key)) {
        return Ok(CellLaw::Given { given: given.clone(), known, whole });
    }
    let Some(given) = Given::new(&input.dist, sd) else {
        return Err(Refusal(format!("{} goes together with others and has too many values", input.address)));
    };
    let given = Arc::new(given);
    if let Some(key) = key {
        tables.insert(key, given.clone());
    }
    Ok(CellLaw::Given { given, known, whole })
}

/// A number is refused where its characteristic function or its reach cannot be had better than this.
const WORST: f64 = 1e-5;

fn certain(weight: Weight, x: f64) -> Part {
    Part { weight, number: Number::Exact(x), factor: 1.0, when: None }
}
