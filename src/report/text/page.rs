//! A report on its way to a terminal. Every text goes through [`Plain`] on its way in, and there is no other way in.

use super::style::{Colours, Style};
use crate::plain::Plain;
use anstyle::Style as Paint;
use unicode_width::UnicodeWidthStr;

/// One cell: its text, and how it is painted where there is colour.
#[derive(Clone, Debug, Default)]
pub struct TextCell {
    pub text: Plain,
    paint: Option<Paint>,
}

impl TextCell {
    /// A cell that is painted.
    pub fn painted(text: impl AsRef<str>, paint: Paint) -> Self {
        Self { text: Plain::line(text), paint: Some(paint) }
    }
}

impl<T: AsRef<str>> From<T> for TextCell {
    fn from(text: T) -> Self {
        Self { text: Plain::line(text), paint: None }
    }
}

/// A report, line after line.
#[derive(Debug, Default)]
pub struct TextPage {
    text: String,
}

impl TextPage {
    /// Writes a line, without blanks at its end.
    pub fn line(&mut self, text: impl AsRef<str>) {
        self.text.push_str(Plain::line(text).trim_end());
        self.blank();
    }

    /// Ends the line; writes an empty one where it has ended.
    pub fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Writes a line of a name and cells, each as wide as its column, painted where there is colour.
    pub fn cells(&mut self, name: &str, cells: &[(&TextCell, usize)], style: Style) {
        let mut line = Plain::line(name).to_string();
        for (cell, width) in cells {
            let padded = pad_left(&cell.text, *width);
            line += "  ";
            line += &match cell.paint {
                Some(paint) if style.colours != Colours::None => format!("{paint}{padded}{paint:#}"),
                _ => padded,
            };
        }
        self.text.push_str(line.trim_end());
        self.blank();
    }

    /// Writes a heading with a line under it.
    pub fn heading(&mut self, text: &str) {
        let text = Plain::line(text);
        self.blank();
        self.line(&*text);
        self.line("─".repeat(text.width()));
    }

    /// Writes a paragraph, wrapped, with `first` before its first line and as many blanks before the others.
    pub fn paragraph(&mut self, style: Style, first: &str, text: &str) {
        let first = Plain::line(first);
        let indent = " ".repeat(first.width());
        let options =
            textwrap::Options::new(style.width.max(40)).initial_indent(&first).subsequent_indent(&indent);
        self.text.push_str(&textwrap::fill(&Plain::line(text), options));
        self.blank();
    }
}

impl From<TextPage> for String {
    fn from(page: TextPage) -> Self {
        page.text
    }
}

/// Writes blanks before a text, up to a width.
pub fn pad_left(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}
