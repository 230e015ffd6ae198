//! Tables and paragraphs laid out for a terminal of a given width.

use super::Style;
pub use super::page::TextCell;
use super::page::{TextPage, pad_left};
use crate::plain::Plain;
use unicode_width::UnicodeWidthStr;

/// A table: one label per row, and cells set to the right under wrapped headers.
#[derive(Debug)]
pub struct TextTable {
    corner: Plain,
    headers: Vec<Plain>,
    rows: Vec<TextRow>,
    /// The most columns that a label takes before it is wrapped.
    widest_label: usize,
}

/// One row: its label, how far that is indented, and its cells; none in a heading among rows.
#[derive(Debug)]
struct TextRow {
    label: Plain,
    indent: usize,
    cells: Vec<TextCell>,
}

impl TextRow {
    fn width(&self) -> usize {
        self.label.width() + self.indent
    }

    /// The label on as many lines as it takes, those after the first one further in.
    fn lines(&self, width: usize) -> Vec<String> {
        if self.indent == 0 {
            return wrap(&self.label, width);
        }
        let (first, next) = (" ".repeat(self.indent), " ".repeat(2 * self.indent));
        let options = textwrap::Options::new(width.max(1)).initial_indent(&first).subsequent_indent(&next);
        textwrap::wrap(&self.label, options).into_iter().map(std::borrow::Cow::into_owned).collect()
    }
}

/// Columns a row's name may take before it is wrapped: the most, and what it is narrowed to for the table to fit.
const LABEL: usize = 30;
const NARROW_LABEL: usize = 16;
/// Columns a header may take; a single longer word may take more.
const HEADER: usize = 12;
const LONGEST_WORD: usize = 16;

impl TextTable {
    /// A table with the given headers.
    pub fn new(corner: &str, headers: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        Self {
            corner: Plain::line(corner),
            headers: headers.into_iter().map(Plain::line).collect(),
            rows: Vec::new(),
            widest_label: LABEL,
        }
    }

    /// The table with labels that take more columns before they are wrapped.
    pub fn with_long_labels(self) -> Self {
        Self { widest_label: usize::MAX, ..self }
    }

    /// Adds a row.
    pub fn row(&mut self, label: &str, cells: impl IntoIterator<Item = impl Into<TextCell>>) {
        self.push(label, 0, cells);
    }

    /// Adds a row below a heading.
    pub fn row_below(&mut self, label: &str, cells: impl IntoIterator<Item = impl Into<TextCell>>) {
        self.push(label, 2, cells);
    }

    /// Adds a heading among the rows.
    pub fn heading(&mut self, label: &str) {
        self.push(label, 0, [] as [TextCell; 0]);
    }

    fn push(&mut self, label: &str, indent: usize, cells: impl IntoIterator<Item = impl Into<TextCell>>) {
        let cells = cells.into_iter().map(Into::into).collect();
        self.rows.push(TextRow { label: Plain::line(label), indent, cells });
    }

    /// Writes the table; what does not fit the width beside the labels goes below, under labels of its own.
    pub fn write(&self, out: &mut TextPage, style: Style) {
        let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.headers.len())
            .map(|column| {
                let cells = widest(
                    &mut self.rows.iter().filter_map(|row| row.cells.get(column)).map(|c| c.text.width()),
                );
                let header = widest(&mut wrap_header(&self.headers[column]).iter().map(|line| line.width()));
                cells.max(header)
            })
            .collect();
        let beside = widths.iter().map(|width| width + 2).sum::<usize>();
        let corner = self.corner.width().min(NARROW_LABEL);
        let longest = self.rows.iter().map(TextRow::width).max().unwrap_or(0).max(corner);
        let room = style.width.saturating_sub(beside);
        // A table that does not fit in any way is cut into parts, and has room for whole names again.
        let label = longest.min(if room < NARROW_LABEL { LABEL } else { room.min(self.widest_label) });
        let mut start = 0;
        while start < widths.len() {
            let mut end = start + 1;
            let mut used = label + 2 + widths[start];
            while end < widths.len() && used + 2 + widths[end] <= style.width {
                used += 2 + widths[end];
                end += 1;
            }
            self.write_columns(out, style, label, &widths, start..end);
            start = end;
            if start < widths.len() {
                out.blank();
            }
        }
    }

    fn write_columns(
        &self,
        out: &mut TextPage,
        style: Style,
        label: usize,
        widths: &[usize],
        columns: std::ops::Range<usize>,
    ) {
        let headers: Vec<Vec<String>> = columns.clone().map(|c| wrap_header(&self.headers[c])).collect();
        // A corner that does not fit beside the headers stands on a line of its own.
        let fits = self.corner.width() <= label;
        if !fits {
            paragraph(out, style, "", &self.corner);
        }
        let height = headers.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            // Short headers stand on the line above the cells.
            let from_bottom = height - line;
            let corner = if fits && from_bottom == 1 { &*self.corner } else { "" };
            let mut text = pad_right(corner, label);
            for (header, column) in headers.iter().zip(columns.clone()) {
                let part = header.len().checked_sub(from_bottom).map_or("", |index| header[index].as_str());
                text += &format!("  {}", pad_left(part, widths[column]));
            }
            out.line(text);
        }
        for row in &self.rows {
            let lines = row.lines(label);
            for (index, part) in lines.iter().enumerate() {
                let is_last = index + 1 == lines.len();
                let cells = row.cells.iter().skip(columns.start).zip(widths[columns.clone()].iter().copied());
                let cells: Vec<_> = if is_last { cells.collect() } else { Vec::new() };
                out.cells(&pad_right(part, label), &cells, style);
            }
        }
    }
}

/// Writes a paragraph, wrapped, with `first` before its first line and as many blanks before the others.
pub fn paragraph(out: &mut TextPage, style: Style, first: &str, text: &str) {
    out.paragraph(style, first, text);
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    textwrap::wrap(text, width.max(1)).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// A header on as many lines as it takes.
fn wrap_header(text: &str) -> Vec<String> {
    let longest_word = text.split([' ', '-']).map(UnicodeWidthStr::width).max().unwrap_or(0);
    wrap(text, longest_word.clamp(HEADER, LONGEST_WORD))
}

fn pad_right(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
