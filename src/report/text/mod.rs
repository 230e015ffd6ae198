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
mod shares;
mod show;
mod spoken;
mod sweep;
mod throughput;

use crate::report::wording::changed::Changed;
use crate::scenario::Scenario;

pub use compare::compared_text;
pub use diff::diff_text;
pub use explain::explain_text;
pub(super) use grid::{Cell, Grid, paragraph};
pub use levers::levers_text;
pub use orders::orders_text;
pub use run::run_text;
pub use selftest::selftest_text;
pub use sensitivity::sensitivity_text;
pub(super) use shares::share;
pub use show::show_text;
pub(super) use spoken::short;
pub use sweep::sweep_text;
pub use throughput::throughput_text;

/// Writes the title of a scenario, and what was changed.
pub(super) fn title(out: &mut String, scenario: &Scenario, changed: Option<&Changed>, style: Style) {
    paragraph(out, style, "", scenario.title());
    for line in changed.into_iter().filter_map(Changed::variant) {
        paragraph(out, style, "", &line);
    }
    for line in changed.into_iter().filter_map(Changed::changes) {
        paragraph(out, style, "CHANGED: ", &line);
    }
}

/// How text is laid out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Which colours it shows.
    pub colours: Colours,
}

impl Style {
    /// Without colours, as in files.
    #[must_use]
    pub const fn plain(width: usize) -> Self {
        Self { width, colours: Colours::None }
    }
}

/// Which colours a terminal shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Colours {
    /// None: shades stand in for them.
    None,
    /// The 256 of the usual palette.
    Palette,
    /// All of them.
    True,
}

/// Writes a heading with a line under it.
pub(super) fn heading(out: &mut String, text: &str) {
    let text = grid::harmless(text);
    out.push_str(&format!(
        "\n{text}\n{}\n",
        "─".repeat(unicode_width::UnicodeWidthStr::width(text.as_str()))
    ));
}
