//! Amenabilities of whole blocks, one column after the other: the weighted sums of a model, and nothing of what they mean.

use super::grid::Grid;
use super::plan::{Step, plan};
use super::sink::{Add, Draws, Put, Store};
use super::sums::{AddExact, AddProduct, Invert, MoveToGrid, Scale, ScaleToGrid};
use super::{Cell, Model};
use crate::batch::{Aligned, Batch, Column, Grain, Nearness};
use crate::kernel::dispatch;
use crate::real::Real;
use crate::scenario::ValueFunction;
use std::sync::Arc;

/// A model with what it takes to score blocks of instances one after the other.
#[derive(Clone, Debug)]
pub struct Scorer<'a, R: Real = f64> {
    model: &'a Model,
    /// Shape `[n_areas]`: how the sums of an area come about in all worlds.
    steps: Vec<Vec<Step>>,
    /// The same for the sums of the weights.
    total_steps: Vec<Step>,
    /// Shape `[n_worlds]`: one over the sums of the weights.
    shares: Vec<Aligned<R>>,
    /// What every instance has in common: exact weights, each once.
    constants: Vec<(f64, Aligned<R>)>,
    /// Shape `[n_columns]`: which columns of the block are drawn already.
    drawn: Vec<bool>,
    /// Shape `[n_columns]`: where the columns are that are kept.
    places: Vec<Option<usize>>,
    keeps_inputs: bool,
    plain: bool,
    /// What is taken off all scores.
    origin: f64,
    /// How near two amenabilities may be for rounding to decide their order, where that matters.
    nearness: Option<Arc<Nearness>>,
    /// Shape `[n_worlds x n_areas]`, or nothing where no area has one.
    grids: Vec<Option<Grid>>,
}

impl<'a, R: Real> Scorer<'a, R> {
    /// Room to score the instances of a model. If the inputs are not to be kept, a score that one area alone needs is added up as
    /// it is drawn.
    #[must_use]
    pub fn new(model: &'a Model, keeps_inputs: bool) -> Self {
        let n_columns = model.inputs.len() + model.derived.len();
        let plain = model.is_plain();
        // Inputs that are kept are measured from 0, and what reads them decides for itself.
        let (origin, nearness) = match (R::IS_SHORT, keeps_inputs) {
            (true, _) => (model.origin::<R>(), None),
            (false, true) => (0.0, None),
            (false, false) => (model.origin::<R>(), model.nearness().map(Arc::new)),
        };
        // What others are made of has to be kept.
        let keeps_inputs = keeps_inputs || !plain;
        let exact = |cell| match cell {
            Cell::Exact(x) => Some(x),
            Cell::Input(_) => None,
        };
        let mut weights: Vec<f64> =
            model.terms.iter().flatten().filter_map(|term| exact(term.weight)).collect();
        weights.sort_by(f64::total_cmp);
        weights.dedup();
        let constant = |x| {
            let mut column = Aligned::default();
            column.fill(R::nearest(x));
            (x, column)
        };
        let (twins, mut grids) = (model.twins(), model.grids::<R>());
        if grids.iter().all(Option::is_none) {
            grids.clear();
        }
        Self {
            model,
            steps: (0..model.n_areas).map(|area| plan(model, Some(area), &twins)).collect(),
            total_steps: plan(model, None, &twins),
            shares: vec![Aligned::default(); model.terms.len()],
            constants: weights.into_iter().map(constant).collect(),
            drawn: vec![false; n_columns],
            places: if keeps_inputs { (0..n_columns).map(Some).collect() } else { kept(model) },
            keeps_inputs,
            plain,
            origin,
            nearness,
            grids,
        }
    }

    /// A batch with room for what this scores.
    #[must_use]
    pub fn batch(&self) -> Batch<R> {
        let (n_areas, n_worlds) = (self.model.n_areas, self.model.worlds.len());
        let mut batch = if self.keeps_inputs {
            Batch::new(self.places.len(), n_areas, n_worlds)
        } else {
            Batch::without_inputs(self.places.iter().flatten().count(), n_areas, n_worlds)
        };
        batch.set_origin(self.origin);
        batch.set_nearness(self.nearness.clone());
        let grain = |grid: &Option<Grid>| grid.map_or_else(Grain::default, |grid| grid.grain);
        batch.set_grains(self.grids.iter().map(grain).collect());
        batch
    }

    /// Works out the amenabilities of a batch: in each world the weighted mean of the scores of each area, the terms added in
    /// the order of the factors.
    ///
    /// `draws` is asked once for each input that has a stream, mostly just when it is needed, so that a column is used while it
    /// is still in the nearest cache.
    pub fn score(&mut self, batch: &mut Batch<R>, draws: &mut impl Draws<R>) {
        let Self { model, steps, total_steps, shares, constants, drawn, places, .. } = self;
        let (keeps_inputs, plain, grids) = (self.keeps_inputs, self.plain, &self.grids);
        let (inputs, amenabilities) = batch.parts_mut();
        if !plain {
            model.fill(inputs, draws);
        }
        drawn.fill(!plain);
        let mut inputs = Inputs { values: inputs, places, drawn, constants, origin: 0.0, draws };
        for step in &*total_steps {
            inputs.take(step, shares, 1);
        }
        for total in &mut *shares {
            dispatch(Invert(total));
        }
        inputs.origin = self.origin;
        // Area by area, so that the sums of one stay in the nearest cache too.
        for (area, steps) in steps.iter().enumerate() {
            let sums = &mut amenabilities[area..];
            for step in steps {
                inputs.take(step, sums, model.n_areas);
            }
            for (world, share) in shares.iter().enumerate() {
                let place = world * model.n_areas;
                let sums = &mut sums[place];
                match grids.get(place + area).copied().flatten().filter(|grid| !grid.is_exact) {
                    Some(Grid { steps, .. }) => dispatch(ScaleToGrid { sums, share, steps }),
                    None => dispatch(Scale { sums, share }),
                }
            }
        }
        // What no sum needs.
        let rest = if keeps_inputs { model.inputs.len() } else { 0 };
        (0..rest).for_each(|input| inputs.ready(input));
        if !plain {
            model.adjust(inputs.values, amenabilities);
            let discounted = |grid: &Option<Grid>| grid.filter(|grid| grid.is_discounted);
            for (place, grid) in grids.iter().enumerate() {
                if let Some(Grid { steps, .. }) = discounted(grid) {
                    let (sums, share) = (&mut amenabilities[place], &shares[place / model.n_areas]);
                    dispatch(MoveToGrid { sums, share, steps });
                }
            }
        }
    }
}

/// Where the columns are that are needed more than once: weights, and scores of several areas.
pub(super) fn kept(model: &Model) -> Vec<Option<usize>> {
    let (mut areas, mut kept) = (vec![None; model.inputs.len()], vec![false; model.inputs.len()]);
    for term in model.terms.iter().flatten() {
        if let Cell::Input(weight) = term.weight {
            kept[weight] = true;
        }
        for (area, &score) in term.scores.iter().enumerate() {
            if let Cell::Input(score) = score {
                // Scenarios that are laid out together may differ in what the same score is worth.
                let use_of_it = (area, term.factor, term.value);
                let first = *areas[score].get_or_insert(use_of_it);
                kept[score] |= first != use_of_it;
            }
        }
    }
    let mut n = 0;
    let place = |kept: bool| {
        n += usize::from(kept);
        kept.then(|| n - 1)
    };
    kept.into_iter().map(place).collect()
}

/// The inputs of a block, drawn when they are asked for.
struct Inputs<'a, R, D> {
    values: &'a mut [Aligned<R>],
    places: &'a [Option<usize>],
    drawn: &'a mut [bool],
    constants: &'a [(f64, Aligned<R>)],
    /// What is taken off all scores.
    origin: f64,
    draws: &'a mut D,
}

impl<R: Real, D: Draws<R>> Inputs<'_, R, D> {
    /// Draws an input that is kept, if it is not drawn yet.
    fn ready(&mut self, input: usize) {
        if let Some(place) = self.places[input]
            && !self.drawn[input]
        {
            self.draws.draw(input, Store(&mut self.values[place]));
            self.drawn[input] = true;
        }
    }

    /// Takes a step; `sums` has the sums of each world, one every `stride`.
    fn take(&mut self, step: &Step, sums: &mut [Aligned<R>], stride: usize) {
        let origin = self.origin;
        match step {
            Step::Clear(world) => sums[world * stride].fill(R::default()),
            Step::Copy { from, to } => sums.copy_within(from * stride..=from * stride, to * stride),
            Step::Add { score, value, to } => {
                for (_, weight) in to {
                    if let Cell::Input(weight) = *weight {
                        self.ready(weight);
                    }
                }
                match *score {
                    Cell::Exact(x) => self.add(to, sums, stride, |sum, w| {
                        dispatch(AddExact { sum, w, x: R::nearest(x - origin) });
                    }),
                    Cell::Input(input) if self.places[input].is_none() => {
                        self.draw_and_add(input, *value, to, sums, stride);
                    }
                    Cell::Input(input) => {
                        self.ready(input);
                        let place = self.places[input].expect("what is not kept was added as it was drawn");
                        let x = &self.values[place];
                        self.add(to, sums, stride, |sum, w| match value {
                            None => {
                                let off = R::nearest(origin);
                                dispatch(AddProduct { sum, w, x, worth: move |x| x - off });
                            }
                            Some(value) => dispatch(AddProduct { sum, w, x, worth: worth(*value, origin) }),
                        });
                    }
                }
            }
        }
    }

    /// Adds something to each of some sums.
    fn add(
        &self,
        to: &[(usize, Cell)],
        sums: &mut [Aligned<R>],
        stride: usize,
        mut add: impl FnMut(&mut Column<R>, &Column<R>),
    ) {
        for &(world, weight) in to {
            add(&mut sums[world * stride], weight_of(self.values, self.places, self.constants, weight));
        }
    }

    /// Draws a score and adds it to each of some sums as it is drawn.
    fn draw_and_add(
        &mut self,
        input: usize,
        value: Option<ValueFunction>,
        to: &[(usize, Cell)],
        sums: &mut [Aligned<R>],
        stride: usize,
    ) {
        let Self { values, places, constants, draws, origin, .. } = self;
        let weight = |weight| weight_of(values, places, constants, weight);
        match *to {
            [(world, w)] => {
                let (sums, weights) = ([&mut *sums[world * stride]], [weight(w)]);
                add_drawn(*draws, input, (value, *origin), sums, weights);
            }
            [(one, w), (other, v)] => {
                let both = sums.get_disjoint_mut([one * stride, other * stride]);
                let [one, other] = both.expect("worlds of a step differ, and each has its sum");
                add_drawn(
                    *draws,
                    input,
                    (value, *origin),
                    [&mut **one, &mut **other],
                    [weight(w), weight(v)],
                );
            }
            _ => {
                let mut column = Aligned::<R>::default();
                draws.draw(input, Store(&mut column));
                for &(world, w) in to {
                    let (sum, w, x) = (&mut *sums[world * stride], weight(w), &*column);
                    match value {
                        None => dispatch(AddProduct { sum, w, x, worth: |x| x }),
                        Some(value) => dispatch(AddProduct { sum, w, x, worth: worth(value, *origin) }),
                    }
                }
            }
        }
    }
}

fn add_drawn<R: Real, const N: usize>(
    draws: &mut impl Draws<R>,
    input: usize,
    (value, origin): (Option<ValueFunction>, f64),
    sums: [&mut Column<R>; N],
    weights: [&Column<R>; N],
) {
    match value {
        None => draws.draw(input, Add { sums, weights, worth: |x| x }),
        Some(value) => draws.draw(input, Add { sums, weights, worth: worth(value, origin) }),
    }
}

/// The column of a weight, which is drawn.
fn weight_of<'a, R>(
    values: &'a [Aligned<R>],
    places: &[Option<usize>],
    constants: &'a [(f64, Aligned<R>)],
    weight: Cell,
) -> &'a Column<R> {
    match weight {
        Cell::Input(input) => &values[places[input].expect("weights are kept")],
        Cell::Exact(x) => {
            let found = constants.binary_search_by(|(constant, _)| constant.total_cmp(&x));
            &constants[found.expect("each exact weight has its column")].1
        }
    }
}

/// What a score is worth, measured from an origin, in the arithmetic of the columns.
fn worth<R: Real>(value: ValueFunction, origin: f64) -> impl Fn(R) -> R + Copy {
    let (offset, slope) = (R::nearest(value.apply(0.0) - origin), R::nearest(value.slope()));
    #[inline(always)]
    move |x| offset + slope * x
}

impl<R: Real> Draws<R> for () {
    /// Nothing is drawn: the columns hold what they are to hold.
    fn draw(&mut self, _: usize, _: impl Put<R>) {}
}
