//! A heatmap: rows by columns of coloured cells, each with its number.

use super::kit::{Anchor, Drawing, Font, Form, Ink, LABEL, NOTE};
use super::scale::{diverging, ink_on};

/// One cell.
#[derive(Clone, Debug)]
pub struct HeatCell {
    /// Share that its colour stands for, from 0 to 1.
    pub share: f64,
    /// Its number.
    pub text: String,
    /// Number of fewer digits, for a cell that is narrow.
    pub short: String,
    /// True if it is marked as not settled.
    pub marked: bool,
}

/// The widest a cell gets.
const WIDEST: f64 = 110.0;
/// The narrowest a cell gets in a column of a page: one line of a slanted name.
const NARROWEST: f64 = 17.0;

/// Draws a heatmap, with what the rows and the columns are (which may be nothing); returns the room that it takes too.
pub fn heat(
    (down, across): (&str, &str),
    rows: &[String],
    columns: &[String],
    cell: &dyn Fn(usize, usize) -> Option<HeatCell>,
    form: Form,
) -> (Drawing, (f64, f64)) {
    let mut out = Drawing::default();
    let most = form.pick(170.0, 100.0);
    let down = &NOTE.wrap(down, most, 1)[0];
    let labels: Vec<Vec<String>> = rows.iter().map(|name| LABEL.wrap(name, most, 4)).collect();
    let beside =
        labels.iter().flatten().map(|line| LABEL.width(line)).fold(NOTE.width(down), f64::max) + 10.0;
    let all =
        || (0..rows.len()).flat_map(|row| (0..columns.len()).filter_map(move |column| cell(row, column)));
    let widest = |text: &dyn Fn(&HeatCell) -> &str| {
        all().map(|cell| LABEL.bold().width(&marked(text(&cell), cell.marked))).fold(0.0, f64::max)
    };
    let text = widest(&|cell| &cell.text) + 16.0;
    let room = form.room() - beside;
    let n = columns.len() as f64;
    let names = Names::of(columns, form, |names| match form {
        Form::File => (room / n).clamp(text, WIDEST.max(text)),
        Form::Column => ((room - names.beyond()) / (n - 0.5)).min(room / n).clamp(NARROWEST, WIDEST),
    });
    let places = Places::new(beside, names.width, (text, widest(&|cell| &cell.short)), form);

    let mut y = if across.is_empty() { 0.0 } else { NOTE.leading() };
    if !across.is_empty() {
        let across = &NOTE.wrap(across, room, 1)[0];
        out.text((beside, NOTE.size), NOTE, across);
    }
    let right = names.write(&mut out, beside, &mut y);
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

/// Writes a number with the mark of what is not settled.
fn marked(text: &str, is_marked: bool) -> String {
    if is_marked { format!("{text}?") } else { text.to_owned() }
}

/// The names of columns: upright where they fit in a few lines, and slanted where they do not.
struct Names {
    /// The width of a column.
    width: f64,
    lines: Vec<Vec<String>>,
    /// The angle from upright lines, or nothing where they are upright.
    slant: Option<f64>,
}

impl Names {
    /// Lays names out over columns whose width follows from how they would stand slanted.
    fn of(columns: &[String], form: Form, width: impl Fn(&Self) -> f64) -> Self {
        let (degrees, most) = form.pick((45.0_f64, 150.0), (60.0, 110.0));
        let slanted = columns.iter().map(|name| LABEL.wrap(name, most, 2)).collect();
        let slanted = Self { width: 0.0, lines: slanted, slant: Some(degrees) };
        let width = width(&slanted);
        let upright: Vec<Vec<String>> = columns.iter().map(|name| LABEL.wrap(name, width - 6.0, 9)).collect();
        let whole = upright.iter().zip(columns).all(|(lines, name)| {
            lines.len() <= 4 && name.split([' ', '-', '/']).all(|word| LABEL.width(word) + 4.0 <= width - 6.0)
        });
        if whole { Self { width, lines: upright, slant: None } } else { Self { width, ..slanted } }
    }

    /// The longest line, and its reach to the right and upwards.
    fn reach(&self) -> (f64, f64) {
        let long = self.lines.iter().flatten().map(|line| LABEL.width(line)).fold(0.0, f64::max);
        let angle = self.slant.unwrap_or(0.0).to_radians();
        (long * libm::cos(angle), long * libm::sin(angle))
    }

    /// Reach of a slanted name beyond the middle of its column.
    fn beyond(&self) -> f64 {
        self.reach().0 + LABEL.leading()
    }

    /// Writes the names below `y`, which moves below them; returns the room that is taken at the right.
    fn write(&self, out: &mut Drawing, beside: f64, y: &mut f64) -> f64 {
        let middle = |column: usize| beside + (column as f64 + 0.5) * self.width;
        let right = beside + self.width * self.lines.len() as f64;
        let Some(degrees) = self.slant else {
            let height = self.lines.iter().map(Vec::len).max().unwrap_or(0) as f64;
            *y += height * LABEL.leading() + 4.0;
            for (column, lines) in self.lines.iter().enumerate() {
                let top = *y - 6.0 - (lines.len() as f64 - 1.0) * LABEL.leading();
                out.lines((middle(column), top), LABEL.at(Anchor::Middle), lines);
            }
            return right;
        };
        let (sin, cos) = libm::sincos(degrees.to_radians());
        let most = self.lines.iter().map(Vec::len).max().unwrap_or(1) as f64;
        *y += self.reach().1 + (most - 1.0) * LABEL.leading() * cos + LABEL.leading() + 2.0;
        for (column, lines) in self.lines.iter().enumerate() {
            for (line, text) in lines.iter().enumerate() {
                // Lines above the last one stand up and left of it.
                let up = (lines.len() - 1 - line) as f64 * LABEL.leading();
                out.turned_text(
                    (middle(column) - up * sin + 3.0, *y - 6.0 - up * cos),
                    -degrees,
                    LABEL,
                    text,
                );
            }
        }
        right.max(middle(self.lines.len() - 1) + self.beyond())
    }
}

/// The places of the cells, and how their numbers are written.
#[derive(Clone, Copy)]
struct Places {
    beside: f64,
    width: f64,
    /// Font of the numbers; nothing where cells are too narrow for any.
    font: Option<Font>,
    is_short: bool,
}

impl Places {
    /// Finds the largest font in which the numbers fit, or else their short forms; `text` has the room about it in it.
    fn new(beside: f64, width: f64, (text, short): (f64, f64), form: Form) -> Self {
        if form == Form::File || text - 8.0 <= width {
            return Self { beside, width, font: Some(LABEL), is_short: false };
        }
        let sizes = [12.0, 11.0, 10.0, 9.0];
        let size = sizes.into_iter().find(|size| short * size / LABEL.size + 3.0 <= width);
        Self { beside, width, font: size.map(|size| LABEL.sized(size)), is_short: true }
    }

    /// Draws a cell of a row, which begins at `y` and has a height.
    fn write_cell(self, out: &mut Drawing, column: usize, (y, height): (f64, f64), cell: Option<HeatCell>) {
        let width = self.width;
        let x = self.beside + column as f64 * width;
        let middle = (x + width / 2.0, y + height / 2.0 + 0.36 * LABEL.size);
        let Some(cell) = cell else {
            out.text(middle, LABEL.at(Anchor::Middle).ink(Ink::Muted), "–");
            return;
        };
        let fill = diverging(cell.share);
        out.rect((x + 0.5, y + 0.5), (width - 1.0, height - 1.0), fill);
        if cell.marked {
            out.broken_frame((x + 2.0, y + 2.0), (width - 4.0, height - 4.0));
        }
        let Some(font) = self.font else { return };
        let text = marked(if self.is_short { &cell.short } else { &cell.text }, cell.marked);
        // In black and white too it is seen on which side of one half a cell is.
        let font = if cell.share > 0.5 { font.bold() } else { font };
        out.text(middle, font.at(Anchor::Middle).ink(Ink::On(ink_on(fill))), &text);
    }
}
