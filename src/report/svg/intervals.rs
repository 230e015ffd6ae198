//! Rows of marks on one axis: dots with error bars, or bars from one end to another.

use super::kit::{Anchor, Colour, DEEP_BLUE, Drawing, Form, LABEL, NOTE};
use super::scale::AxisScale;

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Name of its subject.
    pub label: String,
    /// The mark.
    pub mark: Mark,
    /// Its number, at the right.
    pub number: String,
}

/// Mark that is drawn in a row.
#[derive(Clone, Debug)]
pub enum Mark {
    /// A value and the ends of its interval.
    Dot { at: f64, low: f64, high: f64, colour: Colour },
    /// From the base to two ends, each with a text beside it.
    Bars { ends: [(f64, String); 2], base: f64 },
}

const LOW_END: Colour = [236, 140, 38];
const HIGH_END: Colour = DEEP_BLUE;

/// Draws rows on one axis over a range, in units that a tick is written with, with a strong line at `base`; returns the room that
/// it takes too. Labels are next to the marks in a file, and above them in a column.
pub fn rows(
    rows: &[Row],
    (range, base): ((f64, f64), f64),
    tick: &dyn Fn(f64, usize) -> String,
    form: Form,
) -> (Drawing, (f64, f64)) {
    let mut out = Drawing::default();
    let inside = form.room();
    let numbers = rows.iter().map(|row| NOTE.width(&row.number)).fold(0.0, f64::max);
    let ends = |which: usize| {
        let texts = rows.iter().filter_map(|row| match &row.mark {
            Mark::Bars { ends, .. } => Some(NOTE.width(&ends[which].1) + 6.0),
            Mark::Dot { .. } => None,
        });
        texts.fold(0.0, f64::max)
    };
    let side = ends(0).max(ends(1));
    let beside = form.pick(230.0, inside);
    let (left, right) = (form.pick(beside + 16.0, 10.0), inside - numbers - 14.0);
    let scale = AxisScale::new(range, (left + side, right - side));
    let labels: Vec<Vec<String>> = rows.iter().map(|row| LABEL.wrap(&row.label, beside, 4)).collect();
    let texts = labels.iter().map(|lines| lines.len() as f64 * LABEL.leading());
    let heights: Vec<f64> = texts.map(|text| form.pick((text + 6.0).max(24.0), text + 19.0)).collect();
    let bottom = heights.iter().sum::<f64>() + 2.0;
    let (ticks, decimals) = scale.ticks(5);
    let (mut y, mut places) = (0.0, Vec::new());
    for height in &heights {
        let marks = form.pick(*height, 17.0);
        places.push((y, y + height - marks, y + height));
        y += height;
    }
    // Lines of the axis do not run through labels that stand above the marks.
    let lines: Vec<(f64, f64)> = match form {
        Form::File => vec![(0.0, bottom)],
        Form::Column => places.iter().map(|&(_, top, end)| (top, end)).collect(),
    };
    for (top, end) in lines {
        for &at in &ticks {
            out.rule((scale.at(at), top), (scale.at(at), end), false);
        }
        out.rule((scale.at(base), top), (scale.at(base), end), true);
    }
    for &at in &ticks {
        out.text((scale.at(at), bottom + 13.0), NOTE.at(Anchor::Middle), &tick(at, decimals));
    }
    let ruler = Ruler { scale, range, thick: form.pick(16.0, 13.0) };
    for ((row, lines), (start, top, end)) in rows.iter().zip(&labels).zip(places) {
        let middle = f64::midpoint(top, end);
        match form {
            Form::File => out.label((beside, middle), LABEL.at(Anchor::End), lines),
            Form::Column => out.lines((0.0, start + LABEL.size), LABEL, lines),
        }
        match &row.mark {
            Mark::Dot { at, low, high, colour } => ruler.dot(&mut out, middle, [*at, *low, *high], *colour),
            Mark::Bars { ends, base } => ruler.bars(&mut out, middle, ends, *base),
        }
        number(&mut out, (inside, middle), &row.number);
    }
    (out, (inside, bottom + 18.0))
}

/// The axis on which marks are drawn.
struct Ruler {
    scale: AxisScale,
    range: (f64, f64),
    /// Thickness of a bar.
    thick: f64,
}

impl Ruler {
    /// Draws a value with its interval, or an arrow towards a value beyond the axis.
    fn dot(&self, out: &mut Drawing, middle: f64, [at, low, high]: [f64; 3], colour: Colour) {
        let (from, to) = (self.scale.at(low), self.scale.at(high));
        let (least, most) = (self.scale.at(self.range.0), self.scale.at(self.range.1));
        if self.scale.at(at) < least - 1.0 || self.scale.at(at) > most + 1.0 {
            let (edge, way) = if at < self.range.0 { (least, -1.0) } else { (most, 1.0) };
            let head = [-4.0, 0.0, 4.0].map(|up: f64| (edge + way * (8.0 - up.abs() * 1.5), middle + up));
            out.path(&head, colour, 1.5, "");
            out.path(&[(edge - way * 18.0, middle), (edge + way * 8.0, middle)], colour, 1.5, "");
            return;
        }
        out.path(&[(from, middle), (to, middle)], colour, 1.5, "");
        for x in [from, to] {
            out.path(&[(x, middle - 4.0), (x, middle + 4.0)], colour, 1.5, "");
        }
        out.dot((self.scale.at(at), middle), 4.0, colour);
    }

    /// Draws bars from a base to two ends.
    fn bars(&self, out: &mut Drawing, middle: f64, ends: &[(f64, String); 2], base: f64) {
        let (mut left, mut right) = (f64::INFINITY, f64::NEG_INFINITY);
        for ((end, _), colour) in ends.iter().zip([LOW_END, HIGH_END]) {
            let (from, to) = (self.scale.at(end.min(base)), self.scale.at(end.max(base)));
            let thick = self.thick;
            out.bar((from, middle - thick / 2.0), ((to - from).max(1.0), thick), colour);
            (left, right) = (left.min(from), right.max(to));
        }
        let turned = ends[0].0 > ends[1].0;
        let (at_left, at_right) = if turned { (&ends[1].1, &ends[0].1) } else { (&ends[0].1, &ends[1].1) };
        out.text((left - 5.0, middle + 4.0), NOTE.at(Anchor::End), at_left);
        out.text((right + 5.0, middle + 4.0), NOTE, at_right);
    }
}

fn number(out: &mut Drawing, (x, middle): (f64, f64), text: &str) {
    out.text((x, middle + 4.0), NOTE.at(Anchor::End), text);
}
