//! The exact engine: probabilities of orders integrated and not counted. Knows models and claims, nothing of how they are asked
//! for or shown.
//!
//! Once the numbers that areas share are known (weights, raters, shared inputs, shared errors of residuals), the areas are
//! independent, and each overall score is a sum of independent numbers times coefficients. Its characteristic function is a
//! product; a pair's probability is a Fourier series of two of those, and ranks and places of groups are sums over a grid of densities
//! and distribution functions that come from the same series. The shared numbers alone are averaged over, with scrambled Sobol' points;
//! worlds are summed over. Where nothing is shared, nothing is drawn at all; nor is it for a gap whose factors share nothing with each other
//! (`apart`, `product`), as where weights are independent: its characteristic function is a product of integrals over one or two numbers. Gaps between fixed scores
//! need none either (`fixed`): under most distributions of the weights their probabilities have closed forms.
//! Under gamma weights, as where all weightings are alike, gaps between uncertain scores are integrals that converge exponentially (`scaled`).

mod apart;
mod at_once;
mod cell;
mod claims;
mod control;
mod densities;
mod engine;
mod fixed;
mod form;
mod frame;
mod gap;
mod given;
mod integral;
mod joe_kuo;
mod layout;
mod nodes;
mod product;
mod rule;
mod scaled;
mod series;
mod shape;
mod sharing;
mod sobol;
mod spectrum;
mod split;
mod sums;
mod terms;
mod trust;
mod wave;
mod work;

pub use control::POINTS as CONTROLS;
pub use engine::Engine;
pub use integral::{Integral, Moments, PointAverages, REPLICATES};
pub use sobol::{MAX_DIMENSIONS, Sobol};
pub use split::NotIntegrable;
pub use work::{of_sampling, of_tables};
