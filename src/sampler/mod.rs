//! The sampler: random numbers, and a run over all instances on all threads. Knows no scenario and no statistics.

mod jobs;
mod run;
mod stream;

pub use jobs::{is_short, several, threads};
pub use run::{Run, sample};
pub use stream::{STREAM_VERSION, Stream};
