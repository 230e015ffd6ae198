//! Amenabilities of whole blocks, one column after the other: the weighted sums of a model, and nothing of what they mean.

use super::{Cell, Model, Term};
use crate::batch::{Aligned, Batch, Column};
use crate::kernel::{Kernel, dispatch};
use crate::scenario::ValueFunction;

/// A model with what it takes to score blocks of instances one after the other.
#[derive(Clone, Debug)]
pub struct Scorer<'a> {
    model: &'a Model,
    /// Shape `[n_worlds]`: an earlier world that starts with the same terms, and how many those are. Their sums are
    /// worked out there.
    shared: Vec<(usize, usize)>,
    /// Shape `[n_worlds]`: the sums of the weights.
    totals: Vec<Aligned>,
    /// Shape `[n_inputs]`: which inputs of the block are drawn already.
    drawn: Vec<bool>,
    /// Shape `[n_inputs]`: the column of each input.
    columns: Vec<usize>,
    keeps_inputs: bool,
    plain: bool,
}

impl<'a> Scorer<'a> {
    /// Room to score the instances of a model. If the inputs are not to be kept, those of one area alone take turns with
    /// those of the next.
    #[must_use]
    pub fn new(model: &'a Model, keeps_inputs: bool) -> Self {
        let terms = &model.terms;
        let in_common = |a: &[Term], b: &[Term]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
        // Of worlds that have as much in common, the first: it has not taken those terms from a third.
        let longest = |world: usize| {
            let earlier = (0..world).map(|other| (other, in_common(&terms[world], &terms[other])));
            earlier.fold((0, 0), |best, next| if next.1 > best.1 { next } else { best })
        };
        let shared = (0..terms.len()).map(longest).collect();
        let n_columns = model.inputs.len() + model.derived.len();
        // Columns that others are made of cannot take turns.
        let plain = model.is_plain();
        let keeps_inputs = keeps_inputs || !plain;
        Self {
            model,
            shared,
            totals: vec![Aligned::ZERO; terms.len()],
            drawn: vec![false; n_columns],
            columns: if keeps_inputs { (0..n_columns).collect() } else { turns(model) },
            keeps_inputs,
            plain,
        }
    }

    /// A batch with room for what this scores.
    #[must_use]
    pub fn batch(&self) -> Batch {
        if self.keeps_inputs {
            return self.model.batch();
        }
        let n_columns = self.columns.iter().max().map_or(0, |last| last + 1);
        Batch::without_inputs(n_columns, self.model.n_areas, self.model.worlds.len())
    }

    /// Works out the amenabilities of a batch from its inputs: in each world the weighted mean of the scores of
    /// each area, the terms added in the order of the factors.
    ///
    /// `draw` is called once an input that has a stream, mostly just before its first use, so that a column is used while it is still in
    /// the nearest cache.
    pub fn score(&mut self, batch: &mut Batch, mut draw: impl FnMut(usize, &mut Column)) {
        let Self { model, shared, totals, drawn, columns, keeps_inputs, plain } = self;
        let (inputs, amenabilities) = batch.parts_mut();
        if !*plain {
            model.fill(inputs, &mut draw);
        }
        drawn.fill(!*plain);
        let mut inputs = Inputs { values: inputs, columns, drawn, draw };
        for (world, terms) in model.terms.iter().enumerate() {
            sum(totals, world, (1, shared, terms.len()), |sums, index| {
                let weight = inputs.get(terms[index].weight);
                dispatch(Product { sums, weight, score: Values::Exact(1.0), value: None });
            });
        }
        // Area by area, so that the sums of one stay in the nearest cache too.
        for area in 0..model.n_areas {
            for (world, terms) in model.terms.iter().enumerate() {
                let areas = &mut amenabilities[area..];
                sum(areas, world, (model.n_areas, shared, terms.len()), |sums, index| {
                    let Term { weight, scores, value } = &terms[index];
                    inputs.ready(scores[area]);
                    let (weight, score) = (inputs.get_drawn(*weight), inputs.get_drawn(scores[area]));
                    dispatch(Product { sums, weight, score, value: *value });
                });
            }
            for (world, total) in totals.iter().enumerate() {
                dispatch(Quotient { sums: &mut amenabilities[world * model.n_areas + area], total });
            }
        }
        // What no sum needs.
        let rest = if *keeps_inputs { model.inputs.len() } else { 0 };
        (0..rest).for_each(|input| inputs.ready(Cell::Input(input)));
        if !*plain {
            model.adjust(inputs.values, amenabilities);
        }
    }
}

/// A column for each input: one of its own for what several areas need, such as a weight; for the rest, the same columns
/// for each area.
fn turns(model: &Model) -> Vec<usize> {
    let (mut areas, mut own) = (vec![None; model.inputs.len()], vec![false; model.inputs.len()]);
    for term in model.terms.iter().flatten() {
        if let Cell::Input(weight) = term.weight {
            own[weight] = true;
        }
        for (area, &score) in term.scores.iter().enumerate() {
            if let Cell::Input(score) = score {
                own[score] |= *areas[score].get_or_insert(area) != area;
            }
        }
    }
    let n_own = own.iter().filter(|&&own| own).count();
    let (mut next_own, mut next) = (0, vec![n_own; model.n_areas]);
    let columns = own.iter().zip(areas).map(|(&own, area)| {
        let next = if own { &mut next_own } else { &mut next[area.unwrap_or(0)] };
        *next += 1;
        *next - 1
    });
    columns.collect()
}

/// Adds up the terms of a world, those that it does not take from an earlier one; `add` adds one term. `columns` has the sums
/// of each world, one every `stride`.
fn sum(
    columns: &mut [Aligned],
    world: usize,
    (stride, shared, n_terms): (usize, &[(usize, usize)], usize),
    mut add: impl FnMut(&mut Column, usize),
) {
    let n_shared = shared[world].1;
    if n_shared == 0 {
        columns[world * stride].fill(0.0);
    }
    for index in n_shared..=n_terms {
        for later in (world + 1..shared.len()).filter(|_| index > n_shared) {
            if shared[later] == (world, index) {
                columns.copy_within(world * stride..=world * stride, later * stride);
            }
        }
        if index < n_terms {
            add(&mut columns[world * stride], index);
        }
    }
}

/// The inputs of a block, drawn when they are asked for.
struct Inputs<'a, D> {
    values: &'a mut [Aligned],
    /// Shape `[n_inputs]`: where the values of each are.
    columns: &'a [usize],
    /// Shape `[n_inputs]`.
    drawn: &'a mut [bool],
    draw: D,
}

impl<D: FnMut(usize, &mut Column)> Inputs<'_, D> {
    fn ready(&mut self, cell: Cell) {
        if let Cell::Input(i) = cell
            && !self.drawn[i]
        {
            (self.draw)(i, &mut self.values[self.columns[i]]);
            self.drawn[i] = true;
        }
    }

    fn get(&mut self, cell: Cell) -> Values<'_> {
        self.ready(cell);
        self.get_drawn(cell)
    }

    fn get_drawn(&self, cell: Cell) -> Values<'_> {
        match cell {
            Cell::Exact(x) => Values::Exact(x),
            Cell::Input(i) => Values::Drawn(&self.values[self.columns[i]]),
        }
    }
}

/// The values of a cell over a block.
#[derive(Clone, Copy)]
enum Values<'a> {
    Exact(f64),
    Drawn(&'a Column),
}

/// Adds weight times what the score is worth to each sum.
struct Product<'a> {
    sums: &'a mut Column,
    weight: Values<'a>,
    score: Values<'a>,
    /// What drawn scores are worth.
    value: Option<ValueFunction>,
}

impl Kernel for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { sums, weight, score, value } = self;
        match (weight, score, value) {
            (Values::Exact(w), Values::Exact(x), _) => sums.iter_mut().for_each(|sum| *sum += w * x),
            (Values::Drawn(w), Values::Exact(x), _) => add(sums, w, |w| w * x),
            (Values::Exact(w), Values::Drawn(x), None) => add(sums, x, |x| w * x),
            (Values::Drawn(w), Values::Drawn(x), None) => add_products(sums, w, x, |x| x),
            (Values::Exact(w), Values::Drawn(x), Some(value)) => add(sums, x, |x| w * value.apply(x)),
            (Values::Drawn(w), Values::Drawn(x), Some(value)) => add_products(sums, w, x, |x| value.apply(x)),
        }
    }
}

#[inline(always)]
fn add(sums: &mut Column, x: &Column, of: impl Fn(f64) -> f64) {
    for (sum, &x) in sums.iter_mut().zip(x) {
        *sum += of(x);
    }
}

#[inline(always)]
fn add_products(sums: &mut Column, w: &Column, x: &Column, worth: impl Fn(f64) -> f64) {
    for (sum, (w, &x)) in sums.iter_mut().zip(w.iter().zip(x)) {
        *sum += w * worth(x);
    }
}

/// Divides each sum by its total.
struct Quotient<'a> {
    sums: &'a mut Column,
    total: &'a Column,
}

impl Kernel for Quotient<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (sum, total) in self.sums.iter_mut().zip(self.total) {
            *sum /= total;
        }
    }
}
