//! Requests: one question about one scenario, and its answer. What a command does to a scenario stands here once, for the command
//! line and for every other front.

mod answer;
mod ask;
mod compare;
mod cost;
mod error;
mod estimate;
mod extras;
mod made;
mod open;
mod parts;
mod parts_error;
mod prepare;
mod remake;
mod reproduction;
mod run;
mod told;
mod write;

pub use answer::{Answer, Found, Swept};
pub use ask::{About, How, MethodAsked, POINTS_OF_RANGE, PrecisionAsked, Request, Show, Source};
pub use compare::KeptPoints;
pub use cost::Cost;
pub use error::{Error, KeepError};
pub use estimate::EstimateError;
pub use extras::Extras;
pub use open::{LARGEST_REPORT, open_named_scenario, open_scenario, read_scenario};
pub use parts::Parts;
pub use parts_error::{MissingParts, PartsError};
pub use prepare::Prepared;
pub use reproduction::{Reproduction, ReproductionError};
pub use told::Told;
pub use write::{Format, View};
