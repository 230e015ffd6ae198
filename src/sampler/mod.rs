//! The sampler: random numbers, and a run over all instances on all threads. Knows no scenario and no statistics.

mod blocks;
mod run;
mod stream;

pub use blocks::blocks;
pub use run::{Run, sample};
pub use stream::{STREAM_VERSION, Stream};
