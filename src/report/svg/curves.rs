//! Curves of probabilities side by side, each with its band and its label at its end.

use super::kit::{Anchor, Drawing, LABEL, MARGIN, NOTE, WIDTH};
use super::scale::{DASHES, KINDS, apart};

/// A probability along the picture.
#[derive(Clone, Debug)]
pub struct Curve {
    /// What stands at its end.
    pub label: String,
    /// Place from 0 to 1, probability, and the ends of its interval; from left to right.
    pub points: Vec<(f64, f64, f64, f64)>,
    /// What its first point comes to, or nothing.
    pub start: String,
    /// Where it crosses one half: the place, and what stands there.
    pub crossings: Vec<(f64, String)>,
}

/// What stands below the picture: a place from 0 to 1 and the text, and what it is all about.
#[derive(Clone, Debug)]
pub struct Axis {
    pub ticks: Vec<(f64, String)>,
    pub name: String,
}

/// The room of the labels at the right, and of the numbers at the left.
const RIGHT: f64 = 262.0;

/// Draws the curves over an axis; returns the room that it takes too.
pub fn curves(curves: &[Curve], axis: &Axis) -> (Drawing, (f64, f64)) {
    let mut out = Drawing::default();
    let inside = WIDTH - 2.0 * MARGIN;
    let starts = curves.iter().map(|curve| NOTE.width(&curve.start)).fold(0.0, f64::max);
    let left = 40.0 + if starts > 0.0 { starts + 14.0 } else { 0.0 };
    let right = inside - RIGHT;
    let labels: Vec<Vec<String>> =
        curves.iter().map(|curve| NOTE.wrap(&curve.label, RIGHT - 24.0, 4)).collect();
    let heights: Vec<f64> = labels.iter().map(|lines| lines.len() as f64 * NOTE.leading() + 3.0).collect();
    let height = heights.iter().sum::<f64>().max(300.0);
    let (top, bottom) = (8.0, 8.0 + height);
    let (at_x, at_y) = (|x: f64| left + x * (right - left), |p: f64| bottom - p * height);

    for percent in [0, 25, 50, 75, 100] {
        let y = at_y(f64::from(percent) / 100.0);
        out.rule((left, y), (right, y), percent == 50);
        out.text((34.0, y + 4.0), NOTE.at(Anchor::End), &format!("{percent}%"));
    }
    let room = (right - left) / (axis.ticks.len().max(2) - 1) as f64;
    let mut end = bottom + 16.0;
    for (index, (x, text)) in axis.ticks.iter().enumerate() {
        out.rule((at_x(*x), bottom), (at_x(*x), bottom + 4.0), true);
        let mut lines = NOTE.wrap(text, room.clamp(30.0, 150.0) - 4.0, 4);
        let last = index > 0 && index + 1 == axis.ticks.len();
        let mut anchor = Anchor::Middle;
        if last && room > 60.0 && lines.len() > 1 {
            // It ends where the axis does, and has half the room beside the one before.
            (lines, anchor) = (NOTE.wrap(text, room.min(300.0) / 2.0 - 4.0, 6), Anchor::End);
        }
        out.lines((at_x(*x), bottom + 16.0), NOTE.at(anchor), &lines);
        end = f64::max(end, bottom + 16.0 + (lines.len() - 1) as f64 * NOTE.leading());
    }
    if !axis.name.is_empty() {
        end += NOTE.leading() + 2.0;
        let lines = NOTE.wrap(&axis.name, right - left, 3);
        out.lines((f64::midpoint(left, right), end), NOTE.at(Anchor::Middle), &lines);
        end += (lines.len() - 1) as f64 * NOTE.leading();
    }

    for (index, curve) in curves.iter().enumerate() {
        let colour = KINDS[index % KINDS.len()];
        let upper = curve.points.iter().map(|&(x, _, _, high)| (at_x(x), at_y(high)));
        let lower = curve.points.iter().rev().map(|&(x, _, low, _)| (at_x(x), at_y(low)));
        out.band(&upper.chain(lower).collect::<Vec<_>>(), colour);
    }
    let ends: Vec<f64> =
        curves.iter().map(|curve| curve.points.last().map_or(bottom, |p| at_y(p.1))).collect();
    let wishes: Vec<(f64, f64)> = ends.iter().copied().zip(heights).collect();
    let places = apart(&wishes, (top - 8.0, bottom + 8.0));
    let begins: Vec<(f64, f64)> = curves
        .iter()
        .map(|curve| (curve.points.first().map_or(bottom, |p| at_y(p.1)), NOTE.leading()))
        .collect();
    let begins = apart(&begins, (top - 8.0, bottom + 8.0));
    for (index, (curve, lines)) in curves.iter().zip(&labels).enumerate() {
        let (colour, dash) =
            (KINDS[index % KINDS.len()], DASHES[(index + index / KINDS.len()) % DASHES.len()]);
        let line: Vec<(f64, f64)> = curve.points.iter().map(|&(x, p, _, _)| (at_x(x), at_y(p))).collect();
        out.path(&line, colour, 2.0, dash);
        if line.len() <= 25 {
            for &place in &line {
                out.dot(place, 3.0, colour);
            }
        }
        // From the end of the curve to its label.
        out.path(&[(right + 3.0, ends[index]), (right + 16.0, places[index])], colour, 1.0, "");
        out.label((right + 20.0, places[index]), NOTE, lines);
        if !curve.start.is_empty() {
            out.text((left - 8.0, begins[index] + 4.0), NOTE.at(Anchor::End), &curve.start);
        }
    }
    // Last, so that they stand upon the curves, each a step below the one before where two are near.
    let mut taken: Vec<(f64, f64, &str)> = Vec::new();
    for (index, curve) in curves.iter().enumerate() {
        for (x, text) in &curve.crossings {
            let place = (at_x(*x), at_y(0.5));
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
    (out, (inside, end + 4.0))
}
