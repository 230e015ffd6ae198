//! The split of a model into what its areas have in common and what each has alone: the shared numbers are conditioned on, and given those an
//! overall score is a sum of independent numbers times coefficients. Knows nothing of how it is integrated.

use super::cell::{CellLaw, OwnInput};
use super::given::ConditionalForm;
use super::shape::{Choice, Weight, WeightedTerm};
use super::sharing::{below, importance, shared};
use super::sobol::MAX_DIMENSIONS;
use super::spectrum::{Spectra, shape};
use crate::model::{Affine, Derived, Input, Model, Source};
use crate::scenario::Address;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// The reason why a model cannot be integrated.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct NotIntegrable(pub String);

impl std::fmt::Display for NotIntegrable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A model split into shared numbers and those of one area alone.
#[derive(Debug)]
pub struct Split<'a> {
    pub model: &'a Model,
    /// The numbers that the points of the cube are made of, one address per dimension.
    pub dimensions: Vec<Address>,
    /// The shared inputs with their dimensions.
    pub drawn: Vec<(usize, usize)>,
    /// Shared columns that are worked out from those, in order.
    pub worked_out: Vec<usize>,
    /// Shape `[n_worlds]`.
    pub weights: Vec<Vec<Affine>>,
    /// The numbers that are integrated, each of one area.
    pub cells: Vec<OwnInput>,
    /// Shape `[n_worlds * n_areas]`, row-major.
    pub laws: Vec<AreaSum>,
}

/// An area's overall score in a joint world, given the shared numbers: all of it times the sum of the weights.
#[derive(Debug, Default)]
pub struct AreaSum {
    /// Indices of the numbers that are its own, in rising order.
    pub cells: Vec<usize>,
    /// The law of the area in an earlier world that starts with the same numbers, and how many those are.
    pub shared: Option<(usize, usize)>,
    /// The terms that are certain.
    pub parts: Vec<WeightedTerm>,
    pub discounts: Vec<Affine>,
}

impl<'a> Split<'a> {
    /// Splits a model.
    ///
    /// # Errors
    /// Returns an error that says what of it cannot be integrated.
    pub fn new(model: &'a Model) -> Result<Self, NotIntegrable> {
        let mut builder = Builder {
            model,
            shared: shared(model),
            tables: Tables::default(),
            cells: Vec::new(),
            known: HashMap::new(),
            wanted: BTreeSet::new(),
        };
        let (n_areas, n_worlds) = (model.n_areas(), model.worlds().len());
        let mut laws: Vec<AreaSum> = Vec::new();
        let mut weights = Vec::new();
        for world in 0..n_worlds {
            let weighted = model.weighted(world);
            for term in weighted {
                builder.add_dimension(term.weight);
            }
            for area in 0..n_areas {
                laws.push(builder.area_sum(world, area)?);
            }
            weights.push(weighted.iter().map(|term| term.weight).collect());
        }
        for index in n_areas..laws.len() {
            let common_precision = |other: usize| {
                let (a, b): (&AreaSum, &AreaSum) = (&laws[index], &laws[other]);
                (other, a.cells.iter().zip(&b.cells).take_while(|(a, b)| a == b).count())
            };
            // Of those laws with as much in common, the first: it has not taken them from another.
            let earlier = (index % n_areas..index).step_by(n_areas).map(common_precision);
            let longest = earlier.fold((0, 0), |best, next| if next.1 > best.1 { next } else { best });
            laws[index].shared = (longest.1 > 0).then_some(longest);
        }
        let Builder { cells, shared, wanted, .. } = builder;
        let mut needed = vec![false; shared.len()];
        for column in wanted {
            below(model, column, &mut |column| needed[column] = true);
        }
        let Cube { dimensions, drawn, worked_out } = Cube::new(model, &needed);
        if dimensions.len() > MAX_DIMENSIONS {
            return Err(NotIntegrable(format!(
                "the areas share {} numbers, and points are made for at most {MAX_DIMENSIONS}",
                dimensions.len()
            )));
        }
        Ok(Self { model, dimensions, drawn, worked_out, weights, cells, laws })
    }
}

/// The cube of shared numbers; the fields are those of [`Split`].
struct Cube {
    dimensions: Vec<Address>,
    drawn: Vec<(usize, usize)>,
    worked_out: Vec<usize>,
}

impl Cube {
    /// The cube of the shared columns that are needed, what matters most first: the first dimensions are the most even together.
    fn new(model: &Model, needed: &[bool]) -> Self {
        let (mut dimensions, mut drawn, mut worked_out): (Vec<Address>, Vec<(usize, usize)>, _) =
            (Vec::new(), Vec::new(), Vec::new());
        for column in (0..needed.len()).filter(|&column| needed[column]) {
            let Some(input) = model.inputs().get(column).filter(|input| !input.source.is_score()) else {
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
        let importance = importance(model);
        let mut order: Vec<usize> = (0..dimensions.len()).collect();
        let of = |place: usize| {
            let of_place = drawn.iter().filter(|(_, dimension)| *dimension == place);
            of_place.map(|&(column, _)| importance[column]).fold(0.0, f64::max)
        };
        order.sort_by(|&a, &b| of(b).total_cmp(&of(a)));
        for (_, dimension) in &mut drawn {
            let place = order.iter().position(|place| place == dimension);
            *dimension = place.expect("each dimension has its place in the order");
        }
        let dimensions = order.iter().map(|&place| dimensions[place].clone()).collect();
        Self { dimensions, drawn, worked_out }
    }
}

struct Builder<'a> {
    model: &'a Model,
    /// Shape `[n_columns]`: true if a column is known given the shared numbers.
    shared: Vec<bool>,
    tables: Tables,
    cells: Vec<OwnInput>,
    /// By column: the cells that have it.
    known: HashMap<usize, Vec<usize>>,
    /// The shared columns that are asked for.
    wanted: BTreeSet<usize>,
}

/// The terms that an overall score is made of.
#[derive(Default)]
struct Expanded {
    /// Those with numbers of the area alone, by column.
    own: Vec<(usize, WeightedTerm)>,
    /// Those that are certain given the shared numbers.
    certain: Vec<WeightedTerm>,
}

impl Builder<'_> {
    fn add_dimension(&mut self, number: Affine) {
        self.wanted.extend(number.column);
    }

    fn area_sum(&mut self, world: usize, area: usize) -> Result<AreaSum, NotIntegrable> {
        let model = self.model;
        let discounts = model.discounts(world, area);
        for &discount in discounts {
            self.add_dimension(discount);
        }
        let mut terms = Expanded::default();
        for term in model.weighted(world) {
            let score = term.scores[area];
            terms.certain.push(WeightedTerm::certain(Weight::Factor(term.weight), score.offset));
            self.expand(score, WeightedTerm::certain(Weight::Factor(term.weight), 1.0), &mut terms)?;
        }
        let residual = model.residual(world, area);
        terms.certain.push(WeightedTerm::certain(Weight::Total(world), residual.offset));
        self.expand(residual, WeightedTerm::certain(Weight::Total(world), 1.0), &mut terms)?;
        let Expanded { mut own, mut certain } = terms;
        certain.retain(|term| !term.number.is_exactly(0.0));
        let mut sum = AreaSum { parts: certain, discounts: discounts.to_vec(), ..AreaSum::default() };
        own.sort_by_key(|(column, _)| *column);
        let mut rest = &own[..];
        while let Some(&(column, _)) = rest.first() {
            let (same, later) = rest.split_at(rest.partition_point(|(other, _)| *other == column));
            rest = later;
            let parts: Vec<WeightedTerm> = same.iter().map(|(_, term)| *term).collect();
            let cell = self.cell(column, parts, &sum.discounts)?;
            sum.cells.push(cell);
        }
        sum.cells.sort_unstable();
        let on_atoms = |&cell: &usize| self.cells[cell].law.atom_probability();
        if sum.cells.iter().all(|cell| on_atoms(cell) > 0.0)
            && sum.cells.iter().any(|cell| on_atoms(cell) < 1.0)
        {
            return Err(NotIntegrable(format!(
                "every score of area {} mixes a point mass with a density",
                area + 1
            )));
        }
        Ok(sum)
    }

    /// Adds a number's column times its slope as what is certain given the shared numbers, and numbers of the area alone; `like` has the
    /// weight, the factor so far, and the choice.
    fn expand(
        &mut self,
        number: Affine,
        like: WeightedTerm,
        terms: &mut Expanded,
    ) -> Result<(), NotIntegrable> {
        let Some(column) = number.column else { return Ok(()) };
        let like = WeightedTerm { factor: like.factor * number.slope, ..like };
        self.wanted.extend(like.when.map(|when| when.selector));
        if self.shared[column] {
            self.wanted.insert(column);
            terms.certain.push(WeightedTerm { number: Affine::bare(column), ..like });
            return Ok(());
        }
        let model = self.model;
        if let Some(input) = model.inputs().get(column) {
            if let Source::Score(loadings) = &input.source {
                self.wanted
                    .extend(loadings.iter().map(|(latent, _)| *latent).filter(|&latent| self.shared[latent]));
            }
            terms.own.push((column, WeightedTerm { number: Affine::exact(1.0), ..like }));
            return Ok(());
        }
        match &model.derived()[column - model.inputs().len()] {
            Derived::Sum(parts, constant) => {
                terms.certain.push(WeightedTerm { number: Affine::exact(*constant), ..like });
                for &(column, coefficient) in parts {
                    let like = WeightedTerm { factor: like.factor * coefficient, ..like };
                    self.expand(Affine::bare(column), like, terms)?;
                }
            }
            Derived::Select(selector, options) => {
                if like.when.is_some() {
                    return Err(NotIntegrable("raters are chosen among raters".into()));
                }
                for (index, option) in options.iter().enumerate() {
                    let when = Some(Choice { selector: *selector, index: index as f64 });
                    let like = WeightedTerm { when, ..like };
                    if option.column.is_none() {
                        self.wanted.insert(*selector);
                        terms.certain.push(WeightedTerm { number: *option, ..like });
                    } else {
                        self.expand(*option, like, terms)?;
                    }
                }
            }
            Derived::Weight { .. } => return Err(NotIntegrable("a score is made as weights are".into())),
        }
        Ok(())
    }

    /// The cell of a column with its coefficient, which several worlds may have in common.
    fn cell(
        &mut self,
        column: usize,
        parts: Vec<WeightedTerm>,
        discounts: &[Affine],
    ) -> Result<usize, NotIntegrable> {
        let alike = self.known.entry(column).or_default();
        let same =
            |&&index: &&usize| self.cells[index].parts == parts && self.cells[index].discounts == discounts;
        if let Some(index) = alike.iter().find(same) {
            return Ok(*index);
        }
        let input = &self.model.inputs()[column];
        let law = match alike.first() {
            Some(&index) => self.cells[index].law.clone(),
            None => self.tables.cell_law(&self.shared, input)?,
        };
        if law.outside() > WORST || law.error() > WORST {
            return Err(NotIntegrable(format!(
                "the tails of {} are too heavy to be integrated",
                input.address
            )));
        }
        let index = self.cells.len();
        alike.push(index);
        let like =
            |cell: &OwnInput| cell.law.is_like(&law) && cell.parts == parts && cell.discounts == discounts;
        let alike = self.cells.iter().position(like).unwrap_or(index);
        self.cells.push(OwnInput { law, parts, discounts: discounts.to_vec(), alike });
        Ok(index)
    }
}

/// Tables of numbers.
#[derive(Default)]
struct Tables {
    spectra: Spectra,
    /// Those of numbers that are given in part, by the shape of their distribution and the part that is not known.
    given: HashMap<([u64; 3], u64), Arc<ConditionalForm>>,
}

impl Tables {
    /// The law of an input once the shared columns are known.
    fn cell_law(&mut self, shared: &[bool], input: &Input) -> Result<CellLaw, NotIntegrable> {
        let whole = self.spectra.of(&input.dist);
        let Source::Score(loadings) = &input.source else { return Ok(CellLaw::Alone(whole)) };
        let (known, own): (Vec<(usize, f64)>, Vec<_>) =
            loadings.iter().partition(|(latent, _)| shared[*latent]);
        if known.is_empty() {
            return Ok(CellLaw::Alone(whole));
        }
        let sd = own.iter().map(|(_, loading)| loading * loading).sum::<f64>().sqrt();
        let key = shape(&input.dist).map(|shape| (shape, sd.to_bits()));
        if let Some(given) = key.and_then(|key| self.given.get(&key)) {
            return Ok(CellLaw::Given { given: given.clone(), known, whole });
        }
        let Some(given) = ConditionalForm::new(&input.dist, sd) else {
            return Err(NotIntegrable(format!(
                "{} goes together with others and has too many values",
                input.address
            )));
        };
        let given = Arc::new(given);
        if let Some(key) = key {
            self.given.insert(key, given.clone());
        }
        Ok(CellLaw::Given { given, known, whole })
    }
}

/// A number is refused where its characteristic function or its reach cannot be had better than this.
const WORST: f64 = 1e-5;
