//! The families of distributions: one family a file, and [`Dist`], the closed set of them.
//! Knows nothing of scenarios, streams or files.
//!
//! Every family is drawn by its **quantile function** from one uniform number, so that a draw is a monotone
//! function of its uniform: that is what makes runs of two scenarios comparable draw by draw.

mod beta;
mod bits;
mod cells;
mod closeness;
mod conversions;
mod discrete;
mod dist;
mod exact;
mod exponential;
mod family;
mod gamma;
mod integral;
mod linear;
mod log_normal;
mod logit_normal;
mod mass;
mod metalog;
mod mixture;
mod normal;
mod normal_columns;
mod octaves;
mod parameter;
mod pert;
mod samples;
mod shown;
mod single;
mod special;
mod standard_normal;
mod student_t;
mod table;
mod triangular;
mod truncated;
mod uniform;
mod work;

pub use beta::Beta;
pub use bits::{probability, uniform_from_bits};
pub use cells::{Cells, Lookup, PIECE};
pub use discrete::Discrete;
pub use dist::{Dist, Mixture, Truncated};
pub use exact::Exact;
pub use exponential::Exponential;
pub use family::{FAMILIES, Family};
pub use gamma::Gamma;
pub(crate) use linear::as_decimal;
pub use log_normal::LogNormal;
pub use logit_normal::LogitNormal;
pub use mass::{Mass, within_given_rest};
pub use metalog::Metalog;
pub use normal::Normal;
pub use normal_columns::standard_quantile;
pub use octaves::{Octaves, Placed, ROWS};
pub use parameter::ParameterError;
pub use pert::Pert;
pub use samples::Samples;
pub use single::{Single, Table, Triangle, uniform};
pub use special::beta_tail;
pub use standard_normal::standard_cdf;
pub use student_t::StudentT;
pub(crate) use table::{NODES, interpolate};
pub use triangular::Triangular;
pub use uniform::Uniform;
pub use work::{TableWork, TableWorks};
