//! Pictures as SVG, written as text: one file a picture, on one small kit. Each states its finding, has its labels on its marks, and
//! says at its foot what it takes to make it again. Numbers stand in words in the description of each picture.

mod curves;
mod files;
mod heat;
mod intervals;
mod kit;
mod levers;
mod matrix;
mod ranks;
mod scale;
mod scores;
mod sweep;
mod tornado;
mod worlds;

pub use files::{levers_svg, matrix_svg, ranks_svg, scores_svg, sweep_svg, tornado_svg, worlds_svg};
pub(super) use files::{matrix_picture, place_picture};
pub(super) use kit::Picture;
pub(super) use levers::levers as levers_picture;
pub(super) use ranks::ranks as ranks_picture;
pub(super) use scale::{diverging, ink_on};
pub(super) use scores::overall as scores_picture;
pub(super) use tornado::tornado as tornado_picture;
pub use tornado::{Tornado, TornadoBar};
pub(super) use worlds::worlds as worlds_picture;
