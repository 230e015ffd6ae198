//! Overall scores of whole blocks, one column after the other: the weighted sums of a model, and nothing of what they mean.

use super::affine::Affine;
use super::grid::Grid;
use super::handling::Handling;
use super::plan::{Addition, SumStep, plan};
use super::shape::Model;
use super::sink::{Add, InputDrawer, Put, Store};
use super::sums::{AddExact, AddProduct, Invert, MoveToGrid, ScaleColumn, ScaleToGrid};
use crate::batch::{Aligned, Batch, Column, Grain, Nearness};
use crate::kernel::dispatch;
use crate::real::Real;
use std::sync::Arc;

/// A model with what it takes to score blocks of draws one after the other.
#[derive(Clone, Debug)]
pub struct Scorer<'a, R: Real = f64> {
    model: &'a Model,
    /// Shape `[n_areas]`: the steps to the sums of an area in all worlds.
    steps: Vec<Vec<SumStep>>,
    /// The steps to the sums of the weights.
    total_steps: Vec<SumStep>,
    /// Shape `[n_worlds]`: one over the sums of the weights.
    shares: Vec<Aligned<R>>,
    /// The columns that every draw has in common: exact weights, each once.
    constants: Vec<(f64, Aligned<R>)>,
    /// Shape `[n_columns]`: true for the columns of the block that are drawn already.
    drawn: Vec<bool>,
    handling: Handling,
    plain: bool,
    /// The distance within which rounding decides the order of two overall scores, where that matters.
    nearness: Option<Arc<Nearness>>,
    /// Shape `[n_worlds x n_areas]`, or nothing where no area has one.
    grids: Vec<Option<Grid>>,
}

impl<'a, R: Real> Scorer<'a, R> {
    /// Makes room to score the draws of a model. If the inputs are not to be kept, a score that one area alone needs is added up
    /// as it is drawn.
    #[must_use]
    pub fn new(model: &'a Model, keeps_inputs: bool) -> Self {
        let nearness = if R::IS_SHORT || keeps_inputs { None } else { model.nearness() };
        let weights = model.terms.iter().flatten().filter_map(|term| term.weight.as_exact());
        let mut weights: Vec<f64> = weights.collect();
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
            drawn: vec![false; model.n_columns()],
            handling: model.handling::<R>(keeps_inputs),
            plain: model.is_plain(),
            nearness,
            grids,
        }
    }

    /// Returns what whoever draws for this has to take off each input, because it is a score that is added up as it is drawn;
    /// shape `[n_inputs]`.
    #[must_use]
    pub fn shifts(&self) -> &[f64] {
        &self.handling.shifts
    }

    /// Returns a batch with room for what this scores.
    #[must_use]
    pub fn batch(&self) -> Batch<R> {
        let (n_areas, n_worlds) = (self.model.n_areas, self.model.worlds.len());
        let Handling { keeps_all, origin, places, .. } = &self.handling;
        let mut batch = if *keeps_all {
            Batch::new(places.len(), n_areas, n_worlds)
        } else {
            Batch::without_inputs(places.iter().flatten().count(), n_areas, n_worlds)
        };
        batch.set_origin(*origin);
        batch.set_nearness(self.nearness.clone());
        let grain = |grid: &Option<Grid>| grid.map_or_else(Grain::default, |grid| grid.grain);
        batch.set_grains(self.grids.iter().map(grain).collect());
        batch
    }

    /// Works out the overall scores of a batch: in each world the weighted mean of the scores of each area, the terms added in
    /// the order of the factors.
    ///
    /// `draws` is asked once for each input that has a stream, mostly just when it is needed, so that a column is used while it
    /// is still in the nearest cache.
    pub fn score(&mut self, batch: &mut Batch<R>, drawer: &mut impl InputDrawer<R>) {
        let Self { model, steps, total_steps, shares, constants, drawn, handling, .. } = self;
        let (plain, grids, places) = (self.plain, &self.grids, &handling.places[..]);
        let (inputs, overall_scores) = batch.parts_mut();
        if !plain {
            model.fill(inputs, drawer);
        }
        drawn.fill(!plain);
        let mut inputs = Inputs { values: inputs, places, drawn, constants, origin: 0.0, drawer };
        for step in &*total_steps {
            inputs.take(step, &mut SumsOfWorlds { sums: shares, stride: 1 });
        }
        for total in &mut *shares {
            dispatch(Invert(total));
        }
        inputs.origin = handling.origin;
        // Area by area, so that the sums of one stay in the nearest cache too.
        for (area, steps) in steps.iter().enumerate() {
            let sums = &mut overall_scores[area..];
            for step in steps {
                inputs.take(step, &mut SumsOfWorlds { sums: &mut *sums, stride: model.n_areas });
            }
            for (world, share) in shares.iter().enumerate() {
                let place = world * model.n_areas;
                let sums = &mut sums[place];
                match grids.get(place + area).copied().flatten().filter(|grid| !grid.is_exact) {
                    Some(Grid { steps, .. }) => dispatch(ScaleToGrid { sums, share, steps }),
                    None => dispatch(ScaleColumn { sums, share }),
                }
            }
        }
        // What no sum needs.
        let rest = if handling.keeps_all { model.inputs.len() } else { 0 };
        (0..rest).for_each(|input| inputs.ready(input));
        if !plain {
            model.adjust(inputs.values, overall_scores);
            let discounted = |grid: &Option<Grid>| grid.filter(|grid| grid.is_discounted);
            for (place, grid) in grids.iter().enumerate() {
                if let Some(Grid { steps, .. }) = discounted(grid) {
                    let (sums, share) = (&mut overall_scores[place], &shares[place / model.n_areas]);
                    dispatch(MoveToGrid { sums, share, steps });
                }
            }
        }
    }
}

impl Model {
    /// Returns a batch with room for a block of this model's draws.
    #[must_use]
    pub fn batch(&self) -> Batch {
        Batch::new(self.n_columns(), self.n_areas, self.worlds.len())
    }

    /// Works out the overall scores of a batch from its inputs: in each world the weighted mean of the scores of
    /// each area, the terms added in the order of the factors.
    pub fn score(&self, batch: &mut Batch) {
        Scorer::new(self, true).score(batch, &mut ());
    }
}

/// The sums of an area in all worlds, or those of the weights: one every `stride`.
struct SumsOfWorlds<'a, R> {
    sums: &'a mut [Aligned<R>],
    stride: usize,
}

impl<R> SumsOfWorlds<'_, R> {
    fn of(&mut self, world: usize) -> &mut Column<R> {
        &mut self.sums[world * self.stride]
    }
}

/// The inputs of a block, drawn when they are asked for.
struct Inputs<'a, R, D> {
    values: &'a mut [Aligned<R>],
    places: &'a [Option<usize>],
    drawn: &'a mut [bool],
    constants: &'a [(f64, Aligned<R>)],
    /// The number that is taken off all scores.
    origin: f64,
    drawer: &'a mut D,
}

impl<R: Real, D: InputDrawer<R>> Inputs<'_, R, D> {
    /// InputDrawer an input that is kept, if it is not drawn yet.
    fn ready(&mut self, input: usize) {
        if let Some(place) = self.places[input]
            && !self.drawn[input]
        {
            self.drawer.draw(input, Store(&mut self.values[place]));
            self.drawn[input] = true;
        }
    }

    /// Takes a step.
    fn take(&mut self, step: &SumStep, sums: &mut SumsOfWorlds<'_, R>) {
        let origin = self.origin;
        match step {
            SumStep::Clear(world) => sums.of(*world).fill(R::default()),
            SumStep::Copy { from, to } => {
                let (from, to) = (from * sums.stride, to * sums.stride);
                sums.sums.copy_within(from..=from, to);
            }
            SumStep::Add { score, to } => {
                for Addition { weight, .. } in to {
                    if let Some(weight) = weight.column {
                        self.ready(weight);
                    }
                }
                let measured = Measured { score: *score, origin };
                let Some(input) = score.column else {
                    let x = R::nearest(score.offset - origin);
                    return self.add(to, sums, |sum, w| dispatch(AddExact { sum, w, x }));
                };
                let Some(place) = self.places[input] else {
                    return self.draw_and_add(measured, to, sums);
                };
                self.ready(input);
                let x = &self.values[place];
                if score.is_bare() {
                    let off = R::nearest(origin);
                    self.add(to, sums, |sum, w| dispatch(AddProduct { sum, w, x, worth: move |x| x - off }));
                } else {
                    let worth = measured.line();
                    self.add(to, sums, |sum, w| dispatch(AddProduct { sum, w, x, worth }));
                }
            }
        }
    }

    /// Adds something to each of some sums.
    fn add(
        &self,
        to: &[Addition],
        sums: &mut SumsOfWorlds<'_, R>,
        mut add: impl FnMut(&mut Column<R>, &Column<R>),
    ) {
        for &Addition { world, weight } in to {
            add(sums.of(world), weight_of(self.values, self.places, self.constants, weight));
        }
    }

    /// InputDrawer a score and adds it to each of some sums as it is drawn.
    fn draw_and_add(&mut self, measured: Measured, to: &[Addition], sums: &mut SumsOfWorlds<'_, R>) {
        let Self { values, places, constants, drawer, .. } = self;
        let weight = |weight| weight_of(values, places, constants, weight);
        match *to {
            [Addition { world, weight: w }] => {
                measured.draw_into(*drawer, [sums.of(world)], [weight(w)]);
            }
            [Addition { world: one, weight: w }, Addition { world: other, weight: v }] => {
                let both = sums.sums.get_disjoint_mut([one * sums.stride, other * sums.stride]);
                let [one, other] = both.expect("worlds of a step differ, and each has its sum");
                measured.draw_into(*drawer, [&mut **one, &mut **other], [weight(w), weight(v)]);
            }
            _ => {
                let mut column = Aligned::<R>::default();
                drawer.draw(measured.input(), Store(&mut column));
                for &Addition { world, weight: w } in to {
                    let (sum, w, x) = (sums.of(world), weight(w), &*column);
                    if measured.score.is_bare() {
                        dispatch(AddProduct { sum, w, x, worth: |x| x });
                    } else {
                        dispatch(AddProduct { sum, w, x, worth: measured.line() });
                    }
                }
            }
        }
    }
}

/// A drawn score, measured from an origin. A column as it is has that taken off already where it is drawn into sums.
#[derive(Clone, Copy)]
struct Measured {
    score: Affine,
    origin: f64,
}

impl Measured {
    /// The input that is the score's column.
    fn input(self) -> usize {
        self.score.column.expect("a score that is drawn has a column")
    }

    /// The score as a function of its column, in the arithmetic of the columns.
    fn line<R: Real>(self) -> impl Fn(R) -> R + Copy {
        let (offset, slope) = (R::nearest(self.score.offset - self.origin), R::nearest(self.score.slope));
        #[inline(always)]
        move |x| offset + slope * x
    }

    /// InputDrawer the score and adds it times weights to sums.
    fn draw_into<R: Real, const N: usize>(
        self,
        drawer: &mut impl InputDrawer<R>,
        sums: [&mut Column<R>; N],
        weights: [&Column<R>; N],
    ) {
        if self.score.is_bare() {
            drawer.draw(self.input(), Add { sums, weights, worth: |x| x });
        } else {
            drawer.draw(self.input(), Add { sums, weights, worth: self.line() });
        }
    }
}

/// The column of a weight, which is drawn.
fn weight_of<'a, R>(
    values: &'a [Aligned<R>],
    places: &[Option<usize>],
    constants: &'a [(f64, Aligned<R>)],
    weight: Affine,
) -> &'a Column<R> {
    if let Some(input) = weight.column {
        return &values[places[input].expect("weights are kept")];
    }
    let found = constants.binary_search_by(|(constant, _)| constant.total_cmp(&weight.offset));
    &constants[found.expect("each exact weight has its column")].1
}

impl<R: Real> InputDrawer<R> for () {
    /// Nothing is drawn: the columns hold what they are to hold.
    fn draw(&mut self, _: usize, _: impl Put<R>) {}
}
