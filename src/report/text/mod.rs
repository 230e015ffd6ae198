//! The text reports: what a person reads in a terminal.

mod beside;
mod chart;
mod compare;
mod diff;
mod explain;
mod grid;
mod heat;
mod levers;
mod methods;
mod orders;
mod run;
mod selftest;
mod sensitivity;
mod show;
mod sweep;
mod throughput;

use crate::scenario::WeightLaw;
pub use compare::compared_text;
pub use diff::diff_text;
pub use explain::explain_text;
pub(super) use grid::{Cell, Grid, paragraph};
pub use levers::levers_text;
pub use orders::orders_text;
pub use run::run_text;
pub use selftest::selftest_text;
pub use sensitivity::sensitivity_text;
pub(super) use sensitivity::share;
pub use show::show_text;
pub use sweep::sweep_text;
pub use throughput::throughput_text;

/// How text is laid out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether it shows colours.
    pub colour: bool,
}

/// Writes a heading with a line under it.
pub(super) fn heading(out: &mut String, text: &str) {
    let text = grid::harmless(text);
    out.push_str(&format!(
        "\n{text}\n{}\n",
        "─".repeat(unicode_width::UnicodeWidthStr::width(text.as_str()))
    ));
}

/// What a law makes of the weights, as a clause; nothing where each factor has its own.
fn weight_law(law: &WeightLaw) -> Option<&'static str> {
    match law {
        WeightLaw::Independent => None,
        WeightLaw::Simplex => Some("all weightings are taken to be equally likely"),
        WeightLaw::Ranked(_) => {
            Some("all weightings with the stated order of factors are taken to be equally likely")
        }
        WeightLaw::Dirichlet { .. } => Some("the weightings are spread around the stated one"),
        WeightLaw::Bounded(_) => {
            Some("all weightings above the stated least shares are taken to be equally likely")
        }
        WeightLaw::Constrained(..) => {
            Some("all weightings that satisfy the stated constraints are taken to be equally likely")
        }
    }
}
