//! The sampler: random numbers, and a run over all instances on all threads. Knows no scenario and no statistics.

mod blocks;
mod draw;
mod jobs;
mod run;
mod stream;

pub use blocks::blocks;
pub use draw::{Drawn, OfBlock};
pub use jobs::{is_short, several, threads};
pub use run::{A_CHUNK, Arithmetic, Run, sample, sample_in, sample_on};
pub use stream::{STREAM_VERSION, Stream};
