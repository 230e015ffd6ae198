//! Where a curve that is known at some points, each with an interval, crosses a level; and how sure that is. Knows not what
//! the curve is of.

use super::compare::Compared;

/// A curve at one value of what is varied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// The value.
    pub x: f64,
    /// The estimate there.
    pub y: f64,
    /// The ends of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Where a curve crosses a level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BreakEven {
    /// Nowhere in the range: all points are settled on this side.
    Never {
        /// Whether the curve is above the level.
        above: bool,
    },
    /// Somewhere between `low` and `high`, most probably at `at`.
    Crosses {
        /// Where the line through the points crosses.
        at: f64,
        /// The ends of a 95 % interval: where the band of the curve's intervals begins and ceases to hold the level.
        low: f64,
        /// The upper end.
        high: f64,
        /// Whether the interval goes on below the range.
        from_below: bool,
        /// Whether it goes on above the range.
        to_above: bool,
    },
    /// Between these values the curve is not told from the level, and is not seen to cross it.
    Unsettled {
        /// The lower one.
        low: f64,
        /// The upper one.
        high: f64,
    },
}

/// Where a claim crosses one half along a sweep of one number, for each time that it does.
#[must_use]
pub fn break_even(points: &[Compared], claim: usize) -> Vec<BreakEven> {
    let point = |point: &Compared| {
        let to = &point.claims[claim].to;
        CurvePoint {
            x: point.values.last().copied().unwrap_or(0.0),
            y: to.probability,
            low: to.low,
            high: to.high,
        }
    };
    crossings(&points.iter().map(point).collect::<Vec<_>>(), 0.5)
}

/// Where a curve crosses a level, for each time that it does.
///
/// The interval is an inverted band: the values at which the interval of the curve holds the level. At the true crossing it
/// does so in 95 of 100 runs, so the interval holds the true crossing as often. Between two points the band is a straight line,
/// made wider by as much as the curve may be bent there, which its second differences at the two ends tell.
#[must_use]
pub fn crossings(curve: &[CurvePoint], level: f64) -> Vec<BreakEven> {
    let mut curve = curve.to_vec();
    curve.sort_by(|a, b| a.x.total_cmp(&b.x));
    curve.dedup_by(|a, b| a.x == b.x);
    let bends: Vec<f64> = (0..curve.len()).map(|index| bend(&curve, index)).collect();
    let mut pieces = Vec::new();
    for (index, two) in curve.windows(2).enumerate() {
        let h = two[1].x - two[0].x;
        // A line through two points is off by no more than an eighth of the second derivative times their distance squared;
        // with two points alone nothing is known of it.
        let off = if curve.len() == 2 { 0.0 } else { bends[index].max(bends[index + 1]) * h * h / 8.0 };
        let steps = 16;
        let at = |step: usize| {
            let share = step as f64 / steps as f64;
            let line = |a: f64, b: f64| a + (b - a) * share;
            // No more than the line is off in the middle, and not at all at the ends.
            let off = off * 4.0 * share * (1.0 - share);
            CurvePoint {
                x: if step == steps { two[1].x } else { two[0].x + h * share },
                y: line(two[0].y, two[1].y),
                low: line(two[0].low, two[1].low) - off,
                high: line(two[0].high, two[1].high) + off,
            }
        };
        pieces.extend((usize::from(index > 0)..=steps).map(at));
    }
    if pieces.is_empty() {
        pieces.clone_from(&curve);
    }
    stretches(&pieces, level)
}

/// The size of the second derivative about a point, from its neighbours; at an end that of the next point.
fn bend(curve: &[CurvePoint], index: usize) -> f64 {
    let last = curve.len().saturating_sub(2).max(1);
    let index = index.clamp(1, last);
    let Some([a, b, c]) = curve.get(index - 1..).and_then(|rest| rest.first_chunk::<3>()) else { return 0.0 };
    let slope = |one: &CurvePoint, other: &CurvePoint| (other.y - one.y) / (other.x - one.x);
    (2.0 * (slope(b, c) - slope(a, b)) / (c.x - a.x)).abs()
}

/// The stretches of a curve in which its band holds the level, and whether it crosses there.
fn stretches(curve: &[CurvePoint], level: f64) -> Vec<BreakEven> {
    let holds = |point: &CurvePoint| point.low <= level && level <= point.high;
    // Where a straight line from one point to the next comes to the level.
    let meets = |a: (f64, f64), b: (f64, f64)| a.0 + (b.0 - a.0) * ((level - a.1) / (b.1 - a.1));
    let mut found = Vec::new();
    let mut index = 0;
    while index < curve.len() {
        let jumps = index > 0 && side(&curve[index - 1], level) * side(&curve[index], level) < 0;
        if !holds(&curve[index]) && !jumps {
            index += 1;
            continue;
        }
        // From the last settled point before to the first one after.
        let mut end = index;
        while end < curve.len() && holds(&curve[end]) {
            end += 1;
        }
        let entry = (index > 0).then(|| {
            let (a, b) = (&curve[index - 1], &curve[index]);
            let bound = |point: &CurvePoint| if side(a, level) > 0 { point.low } else { point.high };
            meets((a.x, bound(a)), (b.x, bound(b)))
        });
        let exit = (end < curve.len()).then(|| {
            let (a, b) = (&curve[end - 1], &curve[end]);
            let bound = |point: &CurvePoint| if side(b, level) > 0 { point.low } else { point.high };
            meets((a.x, bound(a)), (b.x, bound(b)))
        });
        let (first, last) = (curve[0].x, curve[curve.len() - 1].x);
        let (low, high) = (entry.unwrap_or(first), exit.unwrap_or(last));
        let around = &curve[index.saturating_sub(1)..(end + 1).min(curve.len())];
        let crossing = |two: &[CurvePoint]| {
            ((two[0].y > level) != (two[1].y > level))
                .then(|| meets((two[0].x, two[0].y), (two[1].x, two[1].y)))
        };
        let all: Vec<f64> = around.windows(2).filter_map(crossing).collect();
        found.push(match all.get(all.len() / 2) {
            Some(&at) => BreakEven::Crosses {
                at,
                low: low.min(at),
                high: high.max(at),
                from_below: entry.is_none(),
                to_above: exit.is_none(),
            },
            None => BreakEven::Unsettled { low, high },
        });
        index = end.max(index + 1);
    }
    if found.is_empty() {
        found.push(BreakEven::Never { above: curve.first().is_some_and(|point| point.y > level) });
    }
    found
}

/// On which side of a level a point is settled: 1 above, -1 below, 0 on neither.
fn side(point: &CurvePoint, level: f64) -> i32 {
    i32::from(point.low > level) - i32::from(point.high < level)
}
