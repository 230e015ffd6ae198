//! Amenabilities of whole blocks, one column after the other: the weighted sums of a model, and nothing of what they mean.

use super::{Cell, Model, Term};
use crate::batch::{BLOCK, Batch, Column};
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
    totals: Vec<Column>,
}

impl<'a> Scorer<'a> {
    /// Room to score the instances of a model.
    #[must_use]
    pub fn new(model: &'a Model) -> Self {
        let terms = &model.terms;
        let in_common = |a: &[Term], b: &[Term]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
        // Of worlds that have as much in common, the first: it has not taken those terms from a third.
        let longest = |world: usize| {
            let earlier = (0..world).map(|other| (other, in_common(&terms[world], &terms[other])));
            earlier.fold((0, 0), |best, next| if next.1 > best.1 { next } else { best })
        };
        let shared = (0..terms.len()).map(longest).collect();
        Self { model, shared, totals: vec![[0.0; BLOCK]; terms.len()] }
    }

    /// Works out the amenabilities of a batch from its inputs: in each world the weighted mean of the scores of
    /// each area, the terms added in the order of the factors.
    ///
    /// `draw` is called once an input, in their order, before the first use of each, so that a column is used while it
    /// is still in the nearest cache.
    pub fn score(&mut self, batch: &mut Batch, mut draw: impl FnMut(usize, &mut Column)) {
        let (inputs, amenabilities) = batch.parts_mut();
        let n_areas = self.model.n_areas;
        let mut drawn = 0;
        let mut ready = |cell: Cell, inputs: &mut [Column]| {
            if let Cell::Input(i) = cell {
                while drawn <= i {
                    draw(drawn, &mut inputs[drawn]);
                    drawn += 1;
                }
            }
        };
        for (world, terms) in self.model.terms.iter().enumerate() {
            let areas = world * n_areas..(world + 1) * n_areas;
            let n_shared = self.shared[world].1;
            if n_shared == 0 {
                self.totals[world].fill(0.0);
                amenabilities[areas.clone()].fill([0.0; BLOCK]);
            }
            for index in n_shared..=terms.len() {
                for later in (world + 1..self.shared.len()).filter(|_| index > n_shared) {
                    if self.shared[later] == (world, index) {
                        amenabilities.copy_within(areas.clone(), later * n_areas);
                        self.totals[later] = self.totals[world];
                    }
                }
                let Some(term) = terms.get(index) else { break };
                ready(term.weight, inputs);
                let (weight, one) = (Values::of(term.weight, inputs), Values::Exact(1.0));
                dispatch(Product { sums: &mut self.totals[world], weight, score: one, value: None });
                for (sums, &score) in amenabilities[areas.clone()].iter_mut().zip(&term.scores) {
                    ready(score, inputs);
                    let (weight, score) = (Values::of(term.weight, inputs), Values::of(score, inputs));
                    dispatch(Product { sums, weight, score, value: term.value });
                }
            }
            for sums in &mut amenabilities[areas] {
                dispatch(Quotient { sums, total: &self.totals[world] });
            }
        }
        // What no sum needs.
        while drawn < self.model.inputs.len() {
            draw(drawn, &mut inputs[drawn]);
            drawn += 1;
        }
    }
}

/// The values of a cell over a block.
#[derive(Clone, Copy)]
enum Values<'a> {
    Exact(f64),
    Drawn(&'a Column),
}

impl<'a> Values<'a> {
    fn of(cell: Cell, inputs: &'a [Column]) -> Self {
        match cell {
            Cell::Exact(x) => Self::Exact(x),
            Cell::Input(i) => Self::Drawn(&inputs[i]),
        }
    }
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
