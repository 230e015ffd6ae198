//! The sampler: random numbers, and a run over all draws on all threads. Knows no scenario and no statistics.

mod blocks;
mod draw;
mod jobs;
mod run;
mod stream;

pub use crate::threads::missing_threads;
pub use blocks::blocks;
pub use draw::{BlockDrawer, DrawPrecision};
pub use jobs::{fits_one_thread, run_all, threads};
pub use run::{
    Arithmetic, CHUNK_SIZE, Run, sample, sample_blocks, sample_part, sample_resumable, sample_with_precision,
};
pub use stream::{STREAM_VERSION, Stream};
