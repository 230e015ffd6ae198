//! The draws themselves, for whoever wants all of them and not a tally: block after block, in order, in one thread.

use super::draw::{BlockDrawer, DrawPrecision};
use super::run::Run;
use super::stream::Stream;
use crate::batch::{BLOCK, Batch};
use crate::model::{Model, Scorer};

/// Draws and scores the blocks of a run one after the other and hands out each, inputs and all; the numbers are those of
/// [`super::sample`] in double precision.
///
/// # Errors
/// The first error of `each`, after which nothing more is drawn.
pub fn blocks<E>(model: &Model, run: Run, each: &mut dyn FnMut(&Batch) -> Result<(), E>) -> Result<(), E> {
    let inputs = model.inputs();
    let streams: Vec<Stream> =
        inputs.iter().map(|input| Stream::new(run.seed, &input.address.to_string())).collect();
    let mut scorer = Scorer::new(model, true);
    let curves: Vec<_> =
        inputs.iter().zip(scorer.shifts()).map(|(input, off)| f64::curve(&input.dist, *off)).collect();
    let mut batch = scorer.batch();
    for block in 0..run.draws.div_ceil(BLOCK as u64) {
        let left = run.draws - block * BLOCK as u64;
        batch.set_len(left.min(BLOCK as u64) as usize);
        scorer.score(&mut batch, &mut BlockDrawer::<f64> { streams: &streams, curves: &curves, block });
        each(&batch)?;
    }
    Ok(())
}
