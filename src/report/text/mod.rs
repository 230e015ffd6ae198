//! The text reports: what a person reads in a terminal.

mod beside;
mod chart;
mod compare;
mod diff;
mod explain;
mod grid;
mod heading;
mod heat;
mod levers;
mod methods;
mod rankings;
mod run;
mod selftest;
mod sensitivity;
mod shares;
mod show;
mod spoken;
mod style;
mod sweep;
mod throughput;

pub use compare::compared_text;
pub use diff::diff_text;
pub use explain::explain_text;
pub(super) use grid::{TextCell, TextTable, paragraph};
pub(super) use heading::{heading, title};
pub use levers::levers_text;
pub use rankings::rankings_text;
pub use run::run_text;
pub use selftest::selftest_text;
pub use sensitivity::sensitivity_text;
pub(super) use shares::share;
pub use show::show_text;
pub(super) use spoken::short;
pub use style::{Colours, Style};
pub use sweep::sweep_text;
pub use throughput::throughput_text;
