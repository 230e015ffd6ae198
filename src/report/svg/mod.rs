//! Pictures as SVG, written as text: one file a picture, on one small kit. Each states its finding, has its labels on its marks, and
//! says at its foot what it takes to make it again. Numbers stand in words in the description of each picture.

mod columns;
mod curves;
mod files;
mod heat;
mod intervals;
mod kit;
mod levers;
mod matrix;
mod picture;
#[cfg(feature = "png")]
mod png;
mod rankings;
mod ranks;
mod scale;
mod scores;
mod sweep;
mod tornado;
mod worlds;

pub(super) use columns::{
    lever_columns, matrix_column, rankings_column, ranks_column, scores_column, sweep_columns,
    tornado_column, worlds_column,
};
pub use files::{
    diff_svg, levers_svg, matrix_svg, rankings_svg, ranks_svg, scores_svg, sweep_svg, tornado_svg, worlds_svg,
};
pub(super) use picture::{DARK, Picture};
#[cfg(feature = "png")]
pub use png::{PngError, png};
pub(super) use scale::{diverging, ink_on};
pub use tornado::{Tornado, TornadoBar};
