//! Weights with linear constraints: the polytope of all that satisfy them, cut into simplices once, so that
//! points drawn from it are exactly uniform.

mod bits;
mod budget;
mod corners;
mod error;
mod pieces;
mod shape;

pub use error::PolytopeError;
pub use pieces::Simplex;
pub use shape::Polytope;
