//! The model: a scenario as arrays, and overall scores from inputs. Knows no randomness.

mod affine;
mod build;
mod column;
mod company;
mod derive;
mod draw_column;
mod fraction;
mod grid;
mod handling;
mod laid_out;
mod near;
mod origin;
mod plan;
mod precision;
mod range;
mod redraw;
mod rounding;
mod score;
mod shape;
mod shares;
mod sink;
mod stated;
mod sums;
mod twins;
mod view;
mod work;

pub use affine::Affine;
pub use draw_column::DrawColumn;
pub use laid_out::{LaidOut, Subject};
pub use redraw::Redraw;
pub use score::Scorer;
pub use shape::{Derived, Input, Model, Source, Term};
pub use sink::{InputDrawer, Put, Store};
pub use stated::{Latent, OwnPart};
pub use work::ModelWork;
