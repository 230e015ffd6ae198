//! Probabilities of orders: how likely each area is to come before each other area in a weighted-factor model whose scores and weights are
//! uncertain.
//!
//! A [`Scenario`] is such a model: areas in groups, scored on weighted factors, every number of it certain or a
//! distribution. [`analysis::summarize`] draws it by the million and answers with the probability of each order,
//! and with the error of each probability:
//!
//! ```
//! use headstart::{Control, Scenario, analysis::summarize, sampler::Run};
//!
//! let text = std::fs::read_to_string("scenarios/wheat.ron")?;
//! let scenario = Scenario::from_ron("wheat.ron", &text)?;
//! let summary = summarize(&scenario, Run { draws: 100_000, ..Run::default() }, Control::default());
//!
//! let alta_before_brava = summary.order.before[0][1].unwrap();
//! // The header of the scenario has the closed form.
//! assert!((alta_before_brava.probability - 0.4281).abs() < 5.0 * alta_before_brava.mcse);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! To read the library from the start: [`scenario`] (a file, checked), [`distribution`] (the families of distributions), [`model`] (the
//! scenario as arrays), [`sampler`] (random numbers and runs), [`tally`] (counts and sums of draws), [`exact`] (numerical integration),
//! [`analysis`] (questions and their answers), [`report`] (the formats of answers), [`request`] (all of it in one call); and [`error`], the
//! problems of a file. In its field the method is stochastic multicriteria acceptability analysis (SMAA).

pub mod analysis;
#[doc(hidden)]
pub mod batch;
#[doc(hidden)]
pub mod clock;
mod control;
pub mod distribution;
pub mod error;
pub mod exact;
#[doc(hidden)]
pub mod kernel;
pub mod model;
mod plain;
#[doc(hidden)]
pub mod real;
pub mod report;
pub mod request;
pub mod sampler;
pub mod scenario;
pub mod tally;
mod threads;

pub use control::{Control, Resume, Stopped};
pub use scenario::Scenario;
