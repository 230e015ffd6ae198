//! The output of a command: a text, or one that is so long that it is written piece by piece and never held.

use std::io::{Result, Write};

/// Writes something.
type Writes<'a> = dyn FnOnce(&mut dyn Write) -> Result<()> + 'a;

/// Output that goes to stdout or into a file.
pub enum Content<'a> {
    /// A text.
    Text(String),
    /// Function that writes it.
    Pieces(Box<Writes<'a>>),
}

impl From<String> for Content<'_> {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<'a> Content<'a> {
    /// Makes the output that a function writes.
    pub fn pieces(write: impl FnOnce(&mut dyn Write) -> Result<()> + 'a) -> Self {
        Self::Pieces(Box::new(write))
    }

    /// Writes it.
    pub fn write(self, out: &mut dyn Write) -> Result<()> {
        match self {
            Self::Text(text) => out.write_all(text.as_bytes()),
            Self::Pieces(write) => write(out),
        }
    }
}
