//! A run: every block of instances drawn, scored and tallied, on as many threads as are given. The only place that
//! knows of threads.
//!
//! The bits of the result do not depend on the threads: instances are cut into fixed chunks of blocks, each chunk is
//! tallied on its own, and the tallies are merged one after the other in the order of the chunks.

use super::stream::Stream;
use crate::batch::{BLOCK, Batch};
use crate::model::{Input, Model, Scorer};
use crate::tally::Tally;
use rayon::prelude::*;
use std::sync::{Mutex, PoisonError};

/// Blocks a chunk, and chunks a thread between two merges: no more tallies than those are held at a time.
const CHUNK: u64 = 16;
const CHUNKS_A_THREAD: usize = 8;

/// What is to be drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Run {
    /// How many joint draws of all inputs.
    pub instances: u64,
    /// What all streams are keyed by.
    pub seed: u64,
    /// How many threads; nothing for one a processor.
    pub threads: Option<usize>,
}

impl Run {
    /// The same with one instance where there are none, of which nothing can be said.
    #[must_use]
    pub fn at_least_one(self) -> Self {
        Self { instances: self.instances.max(1), ..self }
    }
}

impl Default for Run {
    /// A million instances from seed 1 on all processors.
    fn default() -> Self {
        Self { instances: 1_000_000, seed: 1, threads: None }
    }
}

/// Draws all instances of a run and merges what `tally` keeps of them.
///
/// `progress` is called from any thread with the number of instances that it has just finished.
pub fn sample<T: Tally>(
    model: &Model,
    run: Run,
    tally: &(impl Fn() -> T + Sync),
    progress: &(dyn Fn(u64) + Sync),
) -> T {
    let streams: Vec<Stream> =
        model.inputs().iter().map(|input| Stream::new(run.seed, &input.address.to_string())).collect();
    let inputs = model.inputs();
    let n_chunks = run.instances.div_ceil(CHUNK * BLOCK as u64);
    let sampler = Sampler { inputs, streams, instances: run.instances };
    // Working room that no chunk is using: no more than one a thread, each used for all of the run.
    let rooms: Mutex<Vec<(Batch, Scorer<'_>)>> = Mutex::default();
    let idle = || rooms.lock().unwrap_or_else(PoisonError::into_inner);
    let work = || {
        // Tables first, side by side, and not one draw waiting for the table of another.
        inputs.par_iter().for_each(|input| input.dist.prepare());
        let mut merged = tally();
        let wave = (rayon::current_num_threads() * CHUNKS_A_THREAD) as u64;
        let mut start = 0;
        while start < n_chunks {
            let chunks = start..n_chunks.min(start + wave);
            let tallies: Vec<T> = chunks
                .into_par_iter()
                .map(|chunk| {
                    let mut kept = tally();
                    let mut room = idle().pop().unwrap_or_else(|| {
                        let scorer = Scorer::new(model, T::READS_INPUTS);
                        (scorer.batch(), scorer)
                    });
                    progress(sampler.chunk(chunk, (&mut room.0, &mut room.1), &mut kept));
                    idle().push(room);
                    kept
                })
                .collect();
            for later in &tallies {
                merged.merge(later);
            }
            start += wave;
        }
        merged
    };
    match run.threads.map(|n| rayon::ThreadPoolBuilder::new().num_threads(n).build()) {
        Some(Ok(pool)) => pool.install(work),
        // Where no pool of that size can be had, the usual one gives the same bits.
        _ => work(),
    }
}

struct Sampler<'a> {
    inputs: &'a [Input],
    /// One an input.
    streams: Vec<Stream>,
    instances: u64,
}

impl Sampler<'_> {
    /// Draws, scores and tallies the blocks of a chunk; returns how many instances those are.
    fn chunk(
        &self,
        chunk: u64,
        (batch, scorer): (&mut Batch, &mut Scorer<'_>),
        tally: &mut impl Tally,
    ) -> u64 {
        let start = chunk * CHUNK * BLOCK as u64;
        let end = self.instances.min(start + CHUNK * BLOCK as u64);
        let mut instance = start;
        while instance < end {
            batch.set_len((end - instance).min(BLOCK as u64) as usize);
            let block = instance / BLOCK as u64;
            scorer.score(batch, |index, column| {
                self.streams[index].draw(block, column, &self.inputs[index].dist);
            });
            tally.record(batch);
            instance += BLOCK as u64;
        }
        end - start
    }
}
