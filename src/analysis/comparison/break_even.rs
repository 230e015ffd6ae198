//! Crossings of a level by a curve that is known at some points, each with an interval; and how sure they are. Knows not what
//! the curve is of.

use crate::analysis::comparison::change::ScenarioChange;

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

/// A crossing of a level by a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BreakEven {
    /// Nowhere in the range: all points are settled on this side.
    Never {
        /// True if the curve is above the level.
        above: bool,
    },
    /// Somewhere between `low` and `high`, most probably at `at`.
    Crosses {
        /// Place where the line through the points crosses.
        at: f64,
        /// The ends of a 95 % interval: where the band of the curve's intervals begins and ceases to hold the level.
        low: f64,
        /// The upper end.
        high: f64,
        /// True if the interval goes on below the range.
        from_below: bool,
        /// True if it goes on above the range.
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

/// Lists where a claim crosses one half along a sweep of one number, for each time that it does. The points may have some among them
/// that were added to tell ([`add_between`](crate::analysis::add_between)).
#[must_use]
pub fn break_even(points: &[ScenarioChange], claim: usize) -> Vec<BreakEven> {
    crossings(&curve(points, claim), LEVEL)
}

/// The level that a sweep asks for: where a claim is as likely as not.
pub(crate) const LEVEL: f64 = 0.5;

/// The probability of a claim along the number that is varied last.
pub(crate) fn curve<'a>(
    points: impl IntoIterator<Item = &'a ScenarioChange>,
    claim: usize,
) -> Vec<CurvePoint> {
    let point = |point: &ScenarioChange| {
        let to = &point.claims[claim].to;
        CurvePoint {
            x: point.values.last().copied().unwrap_or(0.0),
            y: to.probability,
            low: to.low,
            high: to.high,
        }
    };
    points.into_iter().map(point).collect()
}

/// Lists where a curve crosses a level, for each time that it does.
///
/// The interval is an inverted band: the values at which the interval of the curve holds the level. At the true crossing it
/// does so in 95 of 100 runs, so the interval holds the true crossing as often. Between two points the band is a straight line,
/// made wider by as much as the curve may be bent there, which the second differences around tell. Where that is more than the
/// sampling error, the line says nothing: all that is known is that a curve which rises or falls from one point to the next crosses
/// somewhere between them.
#[must_use]
pub fn crossings(curve: &[CurvePoint], level: f64) -> Vec<BreakEven> {
    let curve = sorted_by_value(curve);
    // The ends of the range are known as they are, whatever is known of the lines that start there.
    let mut pieces: Vec<CurvePoint> = curve.first().copied().into_iter().collect();
    for cell in cells(&curve) {
        let Cell { from, to, bend, .. } = &cell;
        let steps = 16;
        let at = |step: usize| {
            let share = step as f64 / steps as f64;
            let point = cell.line(if step == steps { to.x } else { from.x + (to.x - from.x) * share });
            let (low, high) = if cell.is_rough() {
                (from.low.min(to.low), from.high.max(to.high))
            } else {
                // No more than the line is off in the middle, and not at all at the ends.
                let off = bend * (to.x - from.x) * (to.x - from.x) / 2.0 * share * (1.0 - share);
                (point.low - off, point.high + off)
            };
            CurvePoint { low, high, ..point }
        };
        pieces.extend((0..=steps).map(at));
        // And so is each point between them.
        pieces.push(*to);
    }
    unsettled_ranges(&pieces, level)
}

/// The values at which a curve has to be known as well, so that the line between its points is off by less than a tenth of the
/// sampling error wherever it or its band crosses a level; none once that is so. `round` counts how often that was asked.
pub(crate) fn wanted(curve: &[CurvePoint], level: f64, round: usize) -> Vec<f64> {
    /// The part of the sampling error that the line may be off by.
    const SMALL: f64 = 0.1;
    /// Cells that are so small a part of the range are not cut: a curve that jumps there does jump.
    const LEAST: f64 = 1e-5;
    /// In so many rounds it is looked for curves that meet the level between two points on the same side of it.
    const DIPS: usize = 4;
    let curve = sorted_by_value(curve);
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else { return Vec::new() };
    let least = LEAST * (last.x - first.x);
    let cells = cells(&curve);
    let mut all = Vec::new();
    for cell in cells.iter().filter(|cell| cell.is_rough() && cell.to.x - cell.from.x > least) {
        let Cell { from, to, .. } = cell;
        let between = from.low.min(to.low) <= level && level <= from.high.max(to.high);
        let middle = cell.line(f64::midpoint(from.x, to.x));
        let reach = middle.y - middle.low + cell.off();
        if between || (round < DIPS && (middle.y - level).abs() <= reach) {
            let share = (level - from.y) / (to.y - from.y);
            // A line hits a curve better than the middle does, but not a jump.
            let hits = round.is_multiple_of(2) && (0.05..=0.95).contains(&share);
            all.push(if hits { cell.bent(from.x + (to.x - from.x) * share) } else { middle.x });
        }
    }
    for found in crossings(&curve, level) {
        let places = match found {
            BreakEven::Never { .. } => continue,
            BreakEven::Crosses { at, low, high, .. } => [low, at, high],
            BreakEven::Unsettled { low, high } => [low, low, high],
        };
        for x in places {
            let Some(cell) = cells.iter().find(|cell| cell.from.x <= x && x <= cell.to.x) else { continue };
            let off = cell.bend / 2.0 * (x - cell.from.x) * (cell.to.x - x);
            if !cell.is_rough() && off > SMALL * cell.reach() && cell.to.x - cell.from.x > least {
                all.push(cell.bent(x));
            }
        }
    }
    all.sort_by(f64::total_cmp);
    all.dedup_by(|a, b| (*a - *b).abs() <= least / 4.0);
    all
}

/// A curve from its lowest value to its highest, with none of them twice.
fn sorted_by_value(curve: &[CurvePoint]) -> Vec<CurvePoint> {
    let mut curve = curve.to_vec();
    curve.sort_by(|a, b| a.x.total_cmp(&b.x));
    curve.dedup_by(|a, b| a.x == b.x);
    curve
}

/// The stretch between two neighbouring points of a curve.
struct Cell {
    from: CurvePoint,
    to: CurvePoint,
    /// The largest size of the second derivative that is seen around it.
    bend: f64,
    /// The second derivative in it, with its sign, from its two ends.
    turn: f64,
}

fn cells(curve: &[CurvePoint]) -> Vec<Cell> {
    // An inflection hides the bend on one side of it, so more points are looked at than the two next ones.
    let bend = |index: usize| {
        let around = index.saturating_sub(1)..(index + 3).min(curve.len().saturating_sub(1));
        around.map(|index| second_difference(curve, index).abs()).fold(0.0, f64::max)
    };
    // With two points alone nothing is known of it.
    let bend = |index: usize| if curve.len() == 2 { 0.0 } else { bend(index) };
    let turn =
        |index: usize| f64::midpoint(second_difference(curve, index), second_difference(curve, index + 1));
    let cell = |(index, two): (usize, &[CurvePoint])| Cell {
        from: two[0],
        to: two[1],
        bend: bend(index),
        turn: turn(index),
    };
    curve.windows(2).enumerate().map(cell).collect()
}

impl Cell {
    /// Returns what a straight line has at a value, its band included.
    fn line(&self, x: f64) -> CurvePoint {
        let share = (x - self.from.x) / (self.to.x - self.from.x);
        let line = |a: f64, b: f64| a + (b - a) * share;
        let Self { from, to, .. } = self;
        CurvePoint { x, y: line(from.y, to.y), low: line(from.low, to.low), high: line(from.high, to.high) }
    }

    /// Returns where a curve that is bent like this has what the line has at a value.
    fn bent(&self, x: f64) -> f64 {
        let Self { from, to, turn, .. } = self;
        let (h, rise) = (to.x - from.x, to.y - from.y);
        let bent = x - turn / 2.0 * (x - from.x) * (x - to.x) * h / rise;
        // Where that leads astray the line is as good.
        if bent > from.x + 0.02 * h && bent < to.x - 0.02 * h { bent } else { x }
    }

    /// Returns how far the line is off at most: an eighth of the second derivative times the square of its length.
    fn off(&self) -> f64 {
        self.bend * (self.to.x - self.from.x) * (self.to.x - self.from.x) / 8.0
    }

    /// The sampling error in the middle: half of the width of the band.
    fn reach(&self) -> f64 {
        let middle = self.line(f64::midpoint(self.from.x, self.to.x));
        ((middle.high - middle.low) / 2.0).max(1e-12)
    }

    /// Returns true if the line is off by more than the sampling error.
    fn is_rough(&self) -> bool {
        self.off() > self.reach()
    }
}

/// The second derivative about a point, from its neighbours; at an end that of the next point.
fn second_difference(curve: &[CurvePoint], index: usize) -> f64 {
    let last = curve.len().saturating_sub(2).max(1);
    let index = index.clamp(1, last);
    let Some([a, b, c]) = curve.get(index - 1..).and_then(|rest| rest.first_chunk::<3>()) else { return 0.0 };
    let slope = |one: &CurvePoint, other: &CurvePoint| (other.y - one.y) / (other.x - one.x);
    2.0 * (slope(b, c) - slope(a, b)) / (c.x - a.x)
}

/// The stretches of a curve in which its band holds the level, and whether it crosses there.
fn unsettled_ranges(curve: &[CurvePoint], level: f64) -> Vec<BreakEven> {
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
