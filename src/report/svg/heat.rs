//! A heatmap: rows by columns of coloured cells, each with its number.

use super::kit::{Anchor, Drawing, Ink, LABEL, MARGIN, NOTE, WIDTH};
use super::scale::{diverging, ink_on};

/// One cell.
#[derive(Clone, Debug)]
pub struct HeatCell {
    /// Share that its colour stands for, from 0 to 1.
    pub share: f64,
    /// Its number.
    pub text: String,
    /// True if it is marked as not settled.
    pub marked: bool,
}

/// The widest a cell gets, and the room that names have beside and, slanted, above.
const WIDEST: f64 = 110.0;
const BESIDE: f64 = 170.0;
const SLANTED: f64 = 150.0;

/// Draws a heatmap, with what the rows and the columns are (which may be nothing); returns the room that it takes too.
pub fn heat(
    (down, across): (&str, &str),
    rows: &[String],
    columns: &[String],
    cell: &dyn Fn(usize, usize) -> Option<HeatCell>,
) -> (Drawing, (f64, f64)) {
    let mut out = Drawing::default();
    let down = &NOTE.wrap(down, BESIDE, 1)[0];
    let labels: Vec<Vec<String>> = rows.iter().map(|name| LABEL.wrap(name, BESIDE, 4)).collect();
    let beside =
        labels.iter().flatten().map(|line| LABEL.width(line)).fold(NOTE.width(down), f64::max) + 10.0;
    let widest = |row: usize| (0..columns.len()).filter_map(move |column| cell(row, column));
    let text =
        (0..rows.len()).flat_map(widest).map(|c| LABEL.bold().width(&c.text)).fold(0.0, f64::max) + 16.0;
    let room = WIDTH - 2.0 * MARGIN - beside;
    let width = (room / columns.len() as f64).clamp(text, WIDEST.max(text));

    let mut y = if across.is_empty() { 0.0 } else { NOTE.leading() };
    if !across.is_empty() {
        let across = &NOTE.wrap(across, WIDTH - 2.0 * MARGIN - beside, 1)[0];
        out.text((beside, NOTE.size), NOTE, across);
    }
    let places = Places { beside, width };
    let right = places.write_names(&mut out, columns, &mut y);
    if !down.is_empty() {
        out.text((beside - 10.0, y - 6.0), NOTE.at(Anchor::End), down);
    }
    for (row, lines) in labels.iter().enumerate() {
        let height = (lines.len() as f64 * LABEL.leading() + 6.0).max(30.0);
        out.label((beside - 10.0, y + height / 2.0), LABEL.at(Anchor::End), lines);
        for column in 0..columns.len() {
            places.write_cell(&mut out, column, (y, height), cell(row, column));
        }
        y += height;
    }
    (out, (right, y))
}

/// The places of the columns: the room of the names of rows beside them, and their width.
#[derive(Clone, Copy)]
struct Places {
    beside: f64,
    width: f64,
}

impl Places {
    /// Writes the names of the columns below `y`, which moves below them; returns the room that is taken at the right.
    fn write_names(self, out: &mut Drawing, columns: &[String], y: &mut f64) -> f64 {
        let Self { beside, width } = self;
        // Names stand over the columns where they fit in a few lines, and slanted where they do not.
        let upright: Vec<Vec<String>> = columns.iter().map(|name| LABEL.wrap(name, width - 6.0, 9)).collect();
        let whole = upright.iter().zip(columns).all(|(lines, name)| {
            lines.len() <= 4 && name.split([' ', '-', '/']).all(|word| LABEL.width(word) + 4.0 <= width - 6.0)
        });
        let mut right = beside + width * columns.len() as f64;
        if whole {
            let height = upright.iter().map(Vec::len).max().unwrap_or(0) as f64;
            *y += height * LABEL.leading() + 4.0;
            for (column, lines) in upright.iter().enumerate() {
                let x = beside + (column as f64 + 0.5) * width;
                let top = *y - 6.0 - (lines.len() as f64 - 1.0) * LABEL.leading();
                out.lines((x, top), LABEL.at(Anchor::Middle), lines);
            }
        } else {
            let slant = std::f64::consts::FRAC_1_SQRT_2;
            let slanted: Vec<Vec<String>> = columns.iter().map(|name| LABEL.wrap(name, SLANTED, 2)).collect();
            let long = |lines: &Vec<String>| lines.iter().map(|line| LABEL.width(line)).fold(0.0, f64::max);
            let height = slanted.iter().map(long).fold(0.0, f64::max) * slant;
            *y += height + LABEL.leading() + 2.0;
            for (column, lines) in slanted.iter().enumerate() {
                let x = beside + (column as f64 + 0.5) * width;
                for (line, text) in lines.iter().enumerate() {
                    // Lines above the last one stand up and left of it.
                    let up = (lines.len() - 1 - line) as f64 * LABEL.leading() * slant;
                    out.turned_text((x - up + 3.0, *y - 6.0 - up), -45.0, LABEL, text);
                }
                right = right.max(x + long(lines) * slant + LABEL.leading());
            }
        }
        right
    }

    /// Draws a cell of a row, which begins at `y` and has a height.
    fn write_cell(self, out: &mut Drawing, column: usize, (y, height): (f64, f64), cell: Option<HeatCell>) {
        let width = self.width;
        let x = self.beside + column as f64 * width;
        let middle = (x + width / 2.0, y + height / 2.0 + 0.36 * LABEL.size);
        let Some(HeatCell { share, text, marked }) = cell else {
            out.text(middle, LABEL.at(Anchor::Middle).ink(Ink::Muted), "–");
            return;
        };
        let fill = diverging(share);
        out.rect((x + 0.5, y + 0.5), (width - 1.0, height - 1.0), fill);
        if marked {
            out.broken_frame((x + 2.0, y + 2.0), (width - 4.0, height - 4.0));
        }
        let text = if marked { format!("{text}?") } else { text };
        // In black and white too it is seen on which side of one half a cell is.
        let font = if share > 0.5 { LABEL.bold() } else { LABEL };
        out.text(middle, font.at(Anchor::Middle).ink(Ink::On(ink_on(fill))), &text);
    }
}
