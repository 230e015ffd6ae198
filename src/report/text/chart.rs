//! Line charts of probabilities for a terminal: curves in dots of two by four a character, named by letters at their right
//! end, so that it takes no colour to read them.

use super::Style;
use super::page::TextPage;
use crate::report::wording::number::short;
use unicode_width::UnicodeWidthStr;

/// A curve and where it crosses one half.
pub struct ChartCurve {
    /// Name: a letter or two.
    pub letter: String,
    /// Values and probabilities, by rising value.
    pub points: Vec<(f64, f64)>,
    /// The values at which it crosses one half.
    pub crossings: Vec<f64>,
}

/// Lines of the chart; odd, so that one half has a line of its own.
const HEIGHT: usize = 13;
/// The dots of a character: which bit each has, by row and column.
const DOTS: [[u32; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

/// Writes curves from 0 to 100 % over the width of the terminal, with a mark under each crossing of one half.
pub fn chart(out: &mut TextPage, style: Style, curves: &[ChartCurve]) {
    let xs = || curves.iter().flat_map(|curve| curve.points.iter().map(|point| point.0));
    let (from, to) = (xs().fold(f64::INFINITY, f64::min), xs().fold(f64::NEG_INFINITY, f64::max));
    // A curve needs two points.
    if from >= to || from.is_nan() || !(to - from).is_finite() {
        return;
    }
    let mut ends = vec![String::new(); HEIGHT];
    for curve in curves {
        if let Some((_, p)) = curve.points.last() {
            ends[line_of(*p) / 4].push_str(&curve.letter);
        }
    }
    let beside = ends.iter().map(|end| end.width()).max().unwrap_or(0) + 1;
    let width = style.width.saturating_sub(LABEL + beside).max(10);
    let mut canvas = Canvas { width, dots: vec![0; width * HEIGHT] };
    let column = |x: f64| ((x - from) / (to - from) * (2 * width - 1) as f64).round() as usize;
    for curve in curves {
        for two in curve.points.windows(2) {
            let [(x, p), (y, q)] = [two[0], two[1]];
            canvas.line((column(x), line_of(p)), (column(y), line_of(q)));
        }
    }
    for (row, end) in ends.iter().enumerate() {
        let label = match row {
            0 => "100%",
            3 => "75%",
            6 => "50%",
            9 => "25%",
            12 => "0%",
            _ => "",
        };
        let edge = if label.is_empty() { '│' } else { '┤' };
        let line = format!("{label:>width$} {edge}{} {end}", canvas.row(row), width = LABEL - 2);
        out.line(line);
    }
    let marks: Vec<(usize, &str)> = curves
        .iter()
        .flat_map(|curve| curve.crossings.iter().map(|x| (column(*x) / 2, curve.letter.as_str())))
        .collect();
    axis(out, width, &marks);
    ticks(out, width, (from, to));
}

/// Columns to the left of the chart.
const LABEL: usize = 6;

/// The line of dots of a probability, from the top.
fn line_of(p: f64) -> usize {
    ((1.0 - p.clamp(0.0, 1.0)) * (4 * HEIGHT - 1) as f64).round() as usize
}

/// The axis with a mark at each crossing, and under each mark whose it is.
fn axis(out: &mut TextPage, width: usize, marks: &[(usize, &str)]) {
    let mut line = vec!['─'; width];
    for (column, _) in marks {
        line[*column] = '▲';
    }
    out.line(format!("{}└{}", " ".repeat(LABEL - 1), line.iter().collect::<String>()));
    let mut left = marks.to_vec();
    left.sort_unstable();
    while !left.is_empty() {
        let (mut text, mut later) = (" ".repeat(LABEL), Vec::new());
        for (column, letter) in left {
            let at = LABEL + column;
            // Names that would run into each other go one below the other.
            if text.width() <= at && (text.width() < at || column == 0 || text.ends_with(' ')) {
                text += &" ".repeat(at - text.width());
                text += letter;
            } else {
                later.push((column, letter));
            }
        }
        out.line(text);
        left = later;
    }
}

/// The values at the ends, and in the middle where there is room.
fn ticks(out: &mut TextPage, width: usize, (from, to): (f64, f64)) {
    let [first, middle, last] = [from, f64::midpoint(from, to), to].map(|x| short(x, to - from));
    let mut text = format!("{}{first}", " ".repeat(LABEL));
    for (label, end) in [(middle, LABEL + width / 2), (last, LABEL + width)] {
        let centred = if end < LABEL + width { label.width() / 2 } else { label.width() };
        let at = end.saturating_sub(centred);
        if text.width() < at {
            text += &" ".repeat(at - text.width());
            text += &label;
        }
    }
    out.line(&text);
}

struct Canvas {
    width: usize,
    /// Shape `[HEIGHT x width]`, row-major: the dots of each character.
    dots: Vec<u32>,
}

impl Canvas {
    fn dot(&mut self, x: usize, y: usize) {
        self.dots[y / 4 * self.width + x / 2] |= DOTS[y % 4][x % 2];
    }

    /// Every dot on the way from one to another, both included.
    fn line(&mut self, (x, y): (usize, usize), (to_x, to_y): (usize, usize)) {
        let steps = x.abs_diff(to_x).max(y.abs_diff(to_y)).max(1);
        for step in 0..=steps {
            let share = step as f64 / steps as f64;
            let between = |a: usize, b: usize| (a as f64 + (b as f64 - a as f64) * share).round() as usize;
            self.dot(between(x, to_x), between(y, to_y));
        }
    }

    /// A line of characters; that of one half is dashed where no curve is.
    fn row(&self, row: usize) -> String {
        let empty = if row == HEIGHT / 2 { '┄' } else { ' ' };
        let cells = &self.dots[row * self.width..(row + 1) * self.width];
        let cell = |dots: &u32| match dots {
            0 => empty,
            dots => char::from_u32(0x2800 + dots).unwrap_or(empty),
        };
        cells.iter().map(cell).collect()
    }
}
