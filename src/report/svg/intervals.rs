//! Rows of marks on one axis: dots with error bars, or bars from one end to another.

use super::kit::{Anchor, Colour, Drawing, LABEL, MARGIN, NOTE, WIDTH};
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

const BESIDE: f64 = 230.0;
const LOW_END: Colour = [236, 140, 38];
const HIGH_END: Colour = [14, 75, 143];

/// Draws rows on one axis over `range`, in units that a tick is written with, with a strong line at `base`; returns the room that
/// it takes too.
pub fn rows(
    rows: &[Row],
    range: (f64, f64),
    base: f64,
    tick: &dyn Fn(f64, usize) -> String,
) -> (Drawing, (f64, f64)) {
    let mut out = Drawing::default();
    let inside = WIDTH - 2.0 * MARGIN;
    let numbers = rows.iter().map(|row| NOTE.width(&row.number)).fold(0.0, f64::max);
    let ends = |which: usize| {
        let texts = rows.iter().filter_map(|row| match &row.mark {
            Mark::Bars { ends, .. } => Some(NOTE.width(&ends[which].1) + 6.0),
            Mark::Dot { .. } => None,
        });
        texts.fold(0.0, f64::max)
    };
    let side = ends(0).max(ends(1));
    let (left, right) = (BESIDE + 16.0, inside - numbers - 14.0);
    let scale = AxisScale::new(range, (left + side, right - side));
    let labels: Vec<Vec<String>> = rows.iter().map(|row| LABEL.wrap(&row.label, BESIDE, 4)).collect();
    let heights: Vec<f64> =
        labels.iter().map(|lines| (lines.len() as f64 * LABEL.leading() + 6.0).max(24.0)).collect();
    let bottom = heights.iter().sum::<f64>() + 2.0;
    let (ticks, decimals) = scale.ticks(5);
    for &at in &ticks {
        out.rule((scale.at(at), 0.0), (scale.at(at), bottom), false);
        out.text((scale.at(at), bottom + 13.0), NOTE.at(Anchor::Middle), &tick(at, decimals));
    }
    out.rule((scale.at(base), 0.0), (scale.at(base), bottom), true);
    let ruler = Ruler { scale, range };
    let mut y = 0.0;
    for ((row, lines), height) in rows.iter().zip(&labels).zip(&heights) {
        let middle = y + height / 2.0;
        out.label((BESIDE, middle), LABEL.at(Anchor::End), lines);
        match &row.mark {
            Mark::Dot { at, low, high, colour } => ruler.dot(&mut out, middle, [*at, *low, *high], *colour),
            Mark::Bars { ends, base } => ruler.bars(&mut out, middle, ends, *base),
        }
        number(&mut out, (inside, middle), &row.number);
        y += height;
    }
    (out, (inside, bottom + 18.0))
}

/// The axis on which marks are drawn.
struct Ruler {
    scale: AxisScale,
    range: (f64, f64),
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
            out.rect((from, middle - 8.0), ((to - from).max(1.0), 16.0), colour);
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
