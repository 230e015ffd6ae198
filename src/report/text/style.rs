//! The layout of text: columns and colours.

/// Layout of text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Colours that it shows.
    pub colours: Colours,
}

impl Style {
    /// Without colours, as in files.
    #[must_use]
    pub const fn plain(width: usize) -> Self {
        Self { width, colours: Colours::None }
    }
}

/// Colours that a terminal shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Colours {
    /// None: shades stand in for them.
    None,
    /// The 256 of the usual palette.
    Palette,
    /// All of them.
    True,
}
