//! A run: every block of draws drawn, scored and tallied, on as many threads as are given.
//!
//! The bits of the result do not depend on the threads: draws are cut into fixed chunks of blocks, each chunk is
//! tallied on its own, and the tallies are merged one after the other in the order of the chunks.

use super::draw::{BlockDrawer, DrawPrecision};
use super::stream::Stream;
use crate::batch::{BLOCK, Batch};
use crate::control::{Control, Stopped};
use crate::model::{Model, Scorer};
use crate::tally::Tally;
use crate::threads::on_threads;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Blocks a chunk, and chunks a thread between two merges: no more tallies than those are held at a time.
const CHUNK: u64 = 32;
const CHUNKS_A_THREAD: usize = 8;
/// Draws a chunk: a run can be gone on with after whole chunks alone.
pub const CHUNK_SIZE: u64 = CHUNK * BLOCK as u64;

/// Settings of a run: how much is drawn, and how.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Run {
    /// Number of joint draws of all inputs.
    pub draws: u64,
    /// Seed, the key of all streams.
    pub seed: u64,
    /// Number of threads; nothing for one per processor.
    pub threads: Option<usize>,
    /// In which numbers.
    pub arithmetic: Arithmetic,
}

/// The numbers that draws are made and scored in.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum Arithmetic {
    /// Single precision where rounding provably changes the order of two areas in fewer than one draw in 10,000, double precision
    /// otherwise: [`Model::suits_single`].
    #[default]
    Auto,
    /// 24 binary digits, 31 random bits a draw.
    Single,
    /// 53 binary digits, 52 random bits a draw.
    Double,
}

impl std::fmt::Display for Arithmetic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Auto => "auto",
            Self::Single => "single",
            Self::Double => "double",
        })
    }
}

impl Arithmetic {
    /// Single or double precision, as it is for a model.
    #[must_use]
    pub fn of(self, model: &Model) -> Self {
        match self {
            Self::Auto if model.suits_single() => Self::Single,
            Self::Auto => Self::Double,
            stated => stated,
        }
    }
}

impl Run {
    /// Returns the run with one draw where there are none, of which nothing can be said.
    #[must_use]
    pub fn at_least_one(self) -> Self {
        Self { draws: self.draws.max(1), ..self }
    }
}

impl Default for Run {
    /// A million draws from seed 1 on all processors.
    fn default() -> Self {
        Self { draws: 1_000_000, seed: 1, threads: None, arithmetic: Arithmetic::Auto }
    }
}

/// Draws all draws of a run and merges what `tally` keeps of them, in the precision that the run asks for.
///
/// # Errors
/// The run was stopped.
///
/// # Panics
/// Single precision is asked for and [`Model::overflows_single`]: a draw could be without numbers.
pub fn sample<T: Tally<f32> + Tally<f64>>(
    model: &Model,
    run: Run,
    tally: &(impl Fn() -> T + Sync),
    control: Control<'_>,
) -> Result<T, Stopped> {
    match run.arithmetic.of(model) {
        Arithmetic::Single => sample_with_precision::<f32, T>(model, run, tally, control),
        _ => sample_with_precision::<f64, T>(model, run, tally, control),
    }
}

/// Draws as [`sample`] does, in the precision of `R`, whatever the run asks for.
///
/// # Errors
/// The run was stopped.
pub fn sample_with_precision<R: DrawPrecision, T: Tally<R>>(
    model: &Model,
    run: Run,
    tally: &(impl Fn() -> T + Sync),
    control: Control<'_>,
) -> Result<T, Stopped> {
    let (kept, drawn) = run_chunks::<R, T>(model, run, Stretch::whole(run), tally, control.anew());
    if drawn < run.draws { Err(Stopped) } else { Ok(kept) }
}

/// Draws as [`sample`] does a run that may begin later and end early; returns how many draws the tally is of as well. It is bit
/// for bit that of a run of so many draws, and not of none.
pub fn sample_resumable<T: Tally<f32> + Tally<f64> + Clone>(
    model: &Model,
    run: Run,
    tally: &(impl Fn() -> T + Sync),
    control: Control<'_, T>,
) -> (T, u64) {
    let begun = control.resume.and_then(|resume| resume.begun);
    let stretch =
        begun.map_or_else(|| Stretch::whole(run), |(kept, draws)| Stretch::after(kept.clone(), draws, run));
    match run.arithmetic.of(model) {
        Arithmetic::Single => run_chunks::<f32, T>(model, run, stretch, tally, control),
        _ => run_chunks::<f64, T>(model, run, stretch, tally, control),
    }
}

/// Draws some chunks of a run and merges what `tally` keeps of them. Tallies of all chunks of a run, merged in any order, are that of
/// the run where the tally does not depend on the order.
///
/// # Errors
/// The run was stopped.
pub fn sample_part<T: Tally<f32> + Tally<f64>>(
    model: &Model,
    run: Run,
    chunks: Range<u64>,
    tally: &(impl Fn() -> T + Sync),
    control: Control<'_>,
) -> Result<T, Stopped> {
    let end = run.draws.min(chunks.end * CHUNK_SIZE);
    let stretch = Stretch { begun: None, chunks };
    let (kept, drawn) = match run.arithmetic.of(model) {
        Arithmetic::Single => run_chunks::<f32, T>(model, run, stretch, tally, control.anew()),
        _ => run_chunks::<f64, T>(model, run, stretch, tally, control.anew()),
    };
    if drawn < end { Err(Stopped) } else { Ok(kept) }
}

/// The chunks of a run that are drawn, and the tally that they are merged into, if there is one.
struct Stretch<T> {
    begun: Option<T>,
    chunks: Range<u64>,
}

impl<T> Stretch<T> {
    fn whole(run: Run) -> Self {
        Self { begun: None, chunks: 0..run.draws.div_ceil(CHUNK_SIZE) }
    }

    /// Rest of a run after so many draws: whole chunks, or all of them.
    fn after(kept: T, draws: u64, run: Run) -> Self {
        let end = run.draws.div_ceil(CHUNK_SIZE);
        let start = if draws == run.draws { end } else { draws / CHUNK_SIZE };
        Self { begun: Some(kept), chunks: start..end }
    }
}

/// Draws, scores and tallies a stretch of a run, chunk by chunk; returns the draw after its last one as well.
fn run_chunks<R: DrawPrecision, T: Tally<R>>(
    model: &Model,
    run: Run,
    stretch: Stretch<T>,
    tally: &(impl Fn() -> T + Sync),
    control: Control<'_, T>,
) -> (T, u64) {
    assert!(
        !R::IS_SHORT || !model.overflows_single(),
        "numbers of the model may be larger than single precision holds"
    );
    let Stretch { begun, chunks: Range { start: first_chunk, end: n_chunks } } = stretch;
    let work = || {
        let sampler = Sampler::<R>::new(model, run, T::READS_INPUTS);
        let looked = T::LOOKS.then(|| {
            let mut looked = tally();
            sampler.in_room(|room| {
                sampler.block(0, BLOCK, room);
                looked.look(&room.batch);
            });
            looked
        });
        let empty = || {
            let mut empty = tally();
            if let Some(looked) = &looked {
                empty.follow(looked);
            }
            empty
        };
        let mut merged = begun.unwrap_or_else(empty);
        let wave = (rayon::current_num_threads() * CHUNKS_A_THREAD) as u64;
        let mut start = first_chunk;
        while start < n_chunks {
            let chunks = start..n_chunks.min(start + wave);
            let (first, end) = (chunks.start, chunks.end);
            let record = |chunk: u64| {
                // The first chunk is drawn in any case, and no other is finished once the run is stopped.
                let goes_on = || chunk == 0 || !control.is_stopped();
                let mut kept = empty();
                let drawn = sampler.in_room(|room| sampler.chunk(chunk, room, &mut kept, &goes_on))?;
                control.advance(drawn);
                Some(kept)
            };
            let tallies: Vec<Option<T>> = chunks.into_par_iter().map(record).collect();
            // What comes after a chunk that was not begun is no longer the beginning of the run.
            for later in tallies.iter().map_while(Option::as_ref) {
                if start > first && (start + 1) * CHUNK_SIZE > run.draws {
                    // What is no whole chunk cannot be gone on from.
                    control.keep(&merged, start * CHUNK_SIZE);
                }
                merged.merge(later);
                start += 1;
            }
            // Said again of a run that was stopped just here: only now is it known to be the last.
            if start * CHUNK_SIZE <= run.draws {
                control.keep(&merged, start * CHUNK_SIZE);
            }
            if start < end {
                break;
            }
        }
        (merged, run.draws.min(start * CHUNK_SIZE))
    };
    on_threads(run.threads, work)
}

/// Makes an empty table for so many draws, and adds rows of a block to it.
type Table<'a, T> = (&'a (dyn Fn(usize) -> T + Sync), &'a (dyn Fn(&mut T, &Batch, Range<usize>) + Sync));

/// Draws `run.draws` draws from the draw `first` on, in double precision and on all threads, and returns a table per chunk, in order.
///
/// `empty` makes the table of a chunk, and `record` is called with its blocks, in order, and the rows of each block that count.
///
/// # Errors
/// The run was stopped.
pub fn sample_blocks<T: Send>(
    model: &Model,
    run: Run,
    first: u64,
    (empty, record): Table<'_, T>,
    control: Control<'_>,
) -> Result<Vec<T>, Stopped> {
    let (size, end) = (BLOCK as u64, first + run.draws);
    let work = || {
        let sampler = Sampler::<f64>::new(model, run, true);
        let chunk = |chunk: u64| {
            control.go_on()?;
            let (start, stop) = (first.max(chunk * CHUNK_SIZE), end.min((chunk + 1) * CHUNK_SIZE));
            let mut table = empty((stop - start) as usize);
            sampler.in_room(|room| {
                for block in start / size..stop.div_ceil(size) {
                    let origin = block * size;
                    sampler.block(block, BLOCK, room);
                    let rows = (start.max(origin) - origin) as usize..(stop - origin).min(size) as usize;
                    record(&mut table, &room.batch, rows);
                }
            });
            control.advance(stop - start);
            Ok(table)
        };
        (first / CHUNK_SIZE..end.div_ceil(CHUNK_SIZE)).into_par_iter().map(chunk).collect()
    };
    on_threads(run.threads, work)
}

/// Working room for one block at a time.
struct Room<'a, R: DrawPrecision> {
    batch: Batch<R>,
    scorer: Scorer<'a, R>,
}

impl<'a, R: DrawPrecision> Room<'a, R> {
    fn new(model: &'a Model, keeps_inputs: bool) -> Self {
        let scorer = Scorer::new(model, keeps_inputs);
        Self { batch: scorer.batch(), scorer }
    }
}

/// A model with what it takes to draw any block of a run.
struct Sampler<'a, R: DrawPrecision> {
    model: &'a Model,
    keeps_inputs: bool,
    /// One per input.
    curves: Vec<R::Curve>,
    /// One per input.
    streams: Vec<Stream>,
    draws: u64,
    /// Working room that no chunk is using: no more than one per thread, each used for all of the run.
    idle: Mutex<Vec<Room<'a, R>>>,
}

impl<'a, R: DrawPrecision> Sampler<'a, R> {
    fn new(model: &'a Model, run: Run, keeps_inputs: bool) -> Self {
        let inputs = model.inputs();
        let streams = inputs.iter().map(|input| Stream::new(run.seed, &input.address.to_string())).collect();
        let room = Room::new(model, keeps_inputs);
        // Tables first, side by side, and not one draw waiting for the table of another.
        let shifted = inputs.par_iter().zip(room.scorer.shifts());
        let curves = shifted.map(|(input, off)| R::curve(&input.dist, *off)).collect();
        Self { model, keeps_inputs, curves, streams, draws: run.draws, idle: Mutex::new(vec![room]) }
    }

    /// Does something in working room that nothing else is using.
    fn in_room<T>(&self, work: impl FnOnce(&mut Room<'a, R>) -> T) -> T {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let free = idle().pop();
        let mut room = free.unwrap_or_else(|| Room::new(self.model, self.keeps_inputs));
        let done = work(&mut room);
        idle().push(room);
        done
    }

    /// Draws and scores a block, of which so many draws count.
    fn block(&self, block: u64, len: usize, Room { batch, scorer }: &mut Room<'_, R>) {
        batch.set_len(len);
        scorer.score(batch, &mut BlockDrawer::<R> { streams: &self.streams, curves: &self.curves, block });
    }

    /// Draws, scores and tallies the blocks of a chunk while it goes on; returns how many draws those are.
    fn chunk(
        &self,
        chunk: u64,
        room: &mut Room<'_, R>,
        tally: &mut impl Tally<R>,
        goes_on: &dyn Fn() -> bool,
    ) -> Option<u64> {
        let start = chunk * CHUNK_SIZE;
        let end = self.draws.min(start + CHUNK_SIZE);
        let mut draw = start;
        while draw < end {
            if !goes_on() {
                return None;
            }
            let len = (end - draw).min(BLOCK as u64) as usize;
            self.block(draw / BLOCK as u64, len, room);
            tally.record(&room.batch);
            draw += BLOCK as u64;
        }
        Some(end - start)
    }
}
