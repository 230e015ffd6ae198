//! Curves of probabilities side by side, each with its band and its label at its end.

use super::kit::{Anchor, Colour, Drawing, Form, LABEL, NOTE};
use super::scale::{DASHES, KINDS, apart};

/// A probability along the picture.
#[derive(Clone, Debug)]
pub struct Curve {
    /// Text at its end.
    pub label: String,
    /// Place from 0 to 1, probability, and the ends of its interval; from left to right.
    pub points: Vec<(f64, f64, f64, f64)>,
    /// Number at its first point, or nothing.
    pub start: String,
    /// Crossings of one half: the place, and the text there.
    pub crossings: Vec<(f64, String)>,
}

/// The axis below the picture: a place from 0 to 1 and the text, and the name of it all.
#[derive(Clone, Debug)]
pub struct Axis {
    pub ticks: Vec<(f64, String)>,
    pub name: String,
}

/// The room of the labels at the right of a file.
const RIGHT: f64 = 262.0;

/// Draws the curves over an axis; returns the room that it takes too. Their labels stand at their ends in a file, and in a column below
/// the axis, each with a letter that stands at the end.
pub fn curves(curves: &[Curve], axis: &Axis, form: Form) -> (Drawing, (f64, f64)) {
    let mut out = Drawing::default();
    let inside = form.room();
    let starts = match form {
        Form::File => curves.iter().map(|curve| NOTE.width(&curve.start)).fold(0.0, f64::max),
        Form::Column => 0.0,
    };
    let left = 40.0 + if starts > 0.0 { starts + 14.0 } else { 0.0 };
    let right = inside - form.pick(RIGHT, 40.0);
    let room = form.pick(RIGHT - 24.0, inside - 50.0);
    let below: Vec<Vec<String>> = curves.iter().map(|curve| NOTE.wrap(&curve.below(form), room, 4)).collect();
    let labels: Vec<Vec<String>> = match form {
        Form::File => below.clone(),
        Form::Column => (0..curves.len()).map(|index| vec![letter(index)]).collect(),
    };
    let heights: Vec<f64> = labels.iter().map(|lines| lines.len() as f64 * NOTE.leading() + 3.0).collect();
    let height = heights.iter().sum::<f64>().max(form.pick(300.0, 240.0));
    let frame = Frame { left, right, top: 8.0, height, bottom: 8.0 + height, form };
    let mut end = frame.axis(&mut out, axis);
    frame.curves(&mut out, curves, &labels, &heights);
    frame.crossings(&mut out, curves);
    if form == Form::Column {
        end += 10.0;
        for (index, lines) in below.iter().enumerate() {
            let (colour, dash) = stroke(index);
            out.path(&[(2.0, end + 8.0), (24.0, end + 8.0)], colour, 2.0, dash);
            out.text((30.0, end + 12.0), NOTE.bold(), &letter(index));
            out.lines((46.0, end + 12.0), NOTE, lines);
            end += lines.len() as f64 * NOTE.leading() + 4.0;
        }
    }
    (out, (inside, end + 4.0))
}

/// The colour and the dashes of a curve.
fn stroke(index: usize) -> (Colour, &'static str) {
    (KINDS[index % KINDS.len()], DASHES[(index + index / KINDS.len()) % DASHES.len()])
}

fn letter(index: usize) -> String {
    char::from(b'A' + (index % 26) as u8).to_string()
}

impl Curve {
    /// The text of its label: a column has its first number in it.
    fn below(&self, form: Form) -> String {
        let start = if form == Form::Column && !self.start.is_empty() {
            format!("{} to ", self.start)
        } else {
            String::new()
        };
        format!("{start}{}", self.label)
    }
}

/// The place of the curves in a picture.
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    height: f64,
    bottom: f64,
    form: Form,
}

impl Frame {
    /// The place of a number from 0 to 1 along the axis.
    fn at_x(&self, x: f64) -> f64 {
        self.left + x * (self.right - self.left)
    }

    /// The place of a probability.
    fn at_y(&self, p: f64) -> f64 {
        self.bottom - p * self.height
    }

    /// Draws the lines of probabilities and the axis; returns where that ends.
    fn axis(&self, out: &mut Drawing, axis: &Axis) -> f64 {
        for percent in [0, 25, 50, 75, 100] {
            let y = self.at_y(f64::from(percent) / 100.0);
            out.rule((self.left, y), (self.right, y), percent == 50);
            out.text((34.0, y + 4.0), NOTE.at(Anchor::End), &format!("{percent}%"));
        }
        let room = (self.right - self.left) / (axis.ticks.len().max(2) - 1) as f64;
        let mut end = self.bottom + 16.0;
        for (index, (x, text)) in axis.ticks.iter().enumerate() {
            out.rule((self.at_x(*x), self.bottom), (self.at_x(*x), self.bottom + 4.0), true);
            let mut lines = NOTE.wrap(text, room.clamp(30.0, 150.0) - 4.0, 4);
            let last = index > 0 && index + 1 == axis.ticks.len();
            let mut anchor = Anchor::Middle;
            if last && room > 60.0 && lines.len() > 1 {
                // It ends where the axis does, and has half the room beside the one before.
                (lines, anchor) = (NOTE.wrap(text, room.min(300.0) / 2.0 - 4.0, 6), Anchor::End);
            }
            let half = lines.iter().map(|line| NOTE.width(line)).fold(0.0, f64::max) / 2.0;
            let x = self.at_x(*x);
            // In the middle of its place, but inside the picture.
            let x = if anchor == Anchor::Middle { x.min(self.form.room() - half).max(half) } else { x };
            out.lines((x, self.bottom + 16.0), NOTE.at(anchor), &lines);
            end = f64::max(end, self.bottom + 16.0 + (lines.len() - 1) as f64 * NOTE.leading());
        }
        if !axis.name.is_empty() {
            end += NOTE.leading() + 2.0;
            let lines = NOTE.wrap(&axis.name, self.right - self.left, 3);
            out.lines((f64::midpoint(self.left, self.right), end), NOTE.at(Anchor::Middle), &lines);
            end += (lines.len() - 1) as f64 * NOTE.leading();
        }
        end
    }

    /// Draws the curves with their bands, and their labels, which are wrapped into lines.
    fn curves(&self, out: &mut Drawing, curves: &[Curve], labels: &[Vec<String>], heights: &[f64]) {
        for (index, curve) in curves.iter().enumerate() {
            let colour = KINDS[index % KINDS.len()];
            let upper = curve.points.iter().map(|&(x, _, _, high)| (self.at_x(x), self.at_y(high)));
            let lower = curve.points.iter().rev().map(|&(x, _, low, _)| (self.at_x(x), self.at_y(low)));
            out.band(&upper.chain(lower).collect::<Vec<_>>(), colour);
        }
        let ends: Vec<f64> =
            curves.iter().map(|curve| curve.points.last().map_or(self.bottom, |p| self.at_y(p.1))).collect();
        let wishes: Vec<(f64, f64)> = ends.iter().copied().zip(heights.iter().copied()).collect();
        let places = apart(&wishes, (self.top - 8.0, self.bottom + 8.0));
        let begins: Vec<(f64, f64)> = curves
            .iter()
            .map(|curve| (curve.points.first().map_or(self.bottom, |p| self.at_y(p.1)), NOTE.leading()))
            .collect();
        let begins = apart(&begins, (self.top - 8.0, self.bottom + 8.0));
        for (index, (curve, lines)) in curves.iter().zip(labels).enumerate() {
            let (colour, dash) = stroke(index);
            let line: Vec<(f64, f64)> =
                curve.points.iter().map(|&(x, p, _, _)| (self.at_x(x), self.at_y(p))).collect();
            out.path(&line, colour, 2.0, dash);
            if line.len() <= 25 {
                for &place in &line {
                    out.dot(place, 3.0, colour);
                }
            }
            // From the end of the curve to its label.
            out.path(&[(self.right + 3.0, ends[index]), (self.right + 16.0, places[index])], colour, 1.0, "");
            out.label((self.right + 20.0, places[index]), self.form.pick(NOTE, NOTE.bold()), lines);
            if self.form == Form::File && !curve.start.is_empty() {
                out.text((self.left - 8.0, begins[index] + 4.0), NOTE.at(Anchor::End), &curve.start);
            }
        }
    }

    /// Draws where curves cross one half.
    fn crossings(&self, out: &mut Drawing, curves: &[Curve]) {
        // Last, so that they stand upon the curves, each a step below the one before where two are near.
        let mut taken: Vec<(f64, f64, &str)> = Vec::new();
        for (index, curve) in curves.iter().enumerate() {
            for (x, text) in &curve.crossings {
                let place = (self.at_x(*x), self.at_y(0.5));
                out.dot(place, 4.5, KINDS[index % KINDS.len()]);
                // Curves that are one another's mirror cross at one place.
                if taken.iter().any(|(x, _, there)| there == text && (x - place.0).abs() < 2.0) {
                    continue;
                }
                let mut y = place.1 - 8.0;
                let near = |y: f64, taken: &[(f64, f64, &str)]| {
                    let close = |&(x, other, _): &(f64, f64, &str)| {
                        (x - place.0).abs() < LABEL.width(text) && (other - y).abs() < 12.0
                    };
                    taken.iter().any(close)
                };
                while near(y, &taken) {
                    y -= LABEL.leading();
                }
                taken.push((place.0, y, text));
                out.text((place.0, y), LABEL.bold().at(Anchor::Middle), text);
            }
        }
    }
}
