//! The text reports: what a person reads in a terminal.

mod beside;
mod compare;
mod grid;
mod heat;
mod run;
mod show;

pub use compare::{compared_text, sweep_text};
pub use run::run_text;
pub use show::show_text;

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
fn heading(out: &mut String, text: &str) {
    let text = grid::harmless(text);
    out.push_str(&format!(
        "\n{text}\n{}\n",
        "─".repeat(unicode_width::UnicodeWidthStr::width(text.as_str()))
    ));
}
