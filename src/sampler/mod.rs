//! The sampler: random numbers, and a run over all instances on all threads. Knows no scenario and no statistics.

mod draw;
mod jobs;
mod run;
mod stream;

pub use draw::Drawn;
pub use jobs::{is_short, several, threads};
pub use run::{Arithmetic, Run, sample, sample_in};
pub use stream::{STREAM_VERSION, Stream};
