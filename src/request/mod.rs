//! Requests: one question about one scenario, and its answer. What a command does to a scenario stands here once, for the command
//! line and for every other front.

mod answer;
mod ask;
mod error;
mod made;
mod prepare;
mod remake;
mod run;
mod write;

pub use answer::{Answer, Found, Swept};
pub use ask::{About, How, MethodAsked, POINTS_OF_RANGE, PrecisionAsked, Request, Show, Source};
pub use error::Error;
pub use prepare::{Prepared, keep_asked};
pub use run::Told;
pub use write::{Format, View};
