//! The answer to the main question: probabilities of orders, ranks and claims with their errors, sampled or integrated.

pub(crate) mod blend;
pub(crate) mod central;
pub(crate) mod correlation;
pub(crate) mod cross_check;
pub(crate) mod estimates;
pub(crate) mod gap;
pub(crate) mod integrated;
pub(crate) mod order_shape;
pub(crate) mod over;
pub(crate) mod part;
pub(crate) mod partial;
pub(crate) mod plan;
pub(crate) mod precision;
pub(crate) mod run_tally;
pub(crate) mod shape;
pub(crate) mod summary;
pub(crate) mod supplements;
pub(crate) mod undecided;
