//! Places where the probability of a claim is one half as one number is held at its values. Knows no draw.

use super::curve::Curve;
use crate::analysis::comparison::break_even::{BreakEven, CurvePoint, crossings};
use crate::distribution::Dist;

/// A place where a probability is one half, or passes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The quantile of the input.
    pub quantile: f64,
    /// The value there: of an input that jumps past one half the first on the other side. Nothing where it lies beyond all values
    /// that are known, and only the bound is.
    pub value: Option<f64>,
    /// The ends of its 95 % interval; nothing where it may lie outside of all that the input can be.
    pub interval: [Option<f64>; 2],
    /// True if the input has no value at which it is one half: it is below at one and above at the next.
    pub jumps: bool,
}

/// Lists where the curve over the values of a distribution crosses one half; `wider` has the variance at a quantile over that of drawn
/// worlds.
pub fn crossed(curve: &Curve<'_>, dist: &Dist, wider: &dyn Fn(f64) -> f64) -> Vec<Crossing> {
    let band = curve.band(dist, wider);
    if let Some(values) = curve.values() {
        return by_value(curve, values, &band);
    }
    let known: Vec<CurvePoint> = band.iter().filter(|point| point.x.is_finite()).copied().collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else { return Vec::new() };
    let found = crossings(&known, 0.5);
    let mut all = Vec::new();
    // Beyond the last value that is known there is no curve to be followed.
    let beyond =
        |end: &CurvePoint, known: &CurvePoint| end.x.is_infinite() && (end.y > 0.5) != (known.y > 0.5);
    if beyond(&band[0], first) {
        let bound = found.iter().find_map(|one| match one {
            BreakEven::Unsettled { low, high } if *low <= first.x => Some(*high),
            _ => None,
        });
        let interval = [None, Some(bound.unwrap_or(first.x))];
        all.push(Crossing { quantile: 0.0, value: None, interval, jumps: false });
    }
    for one in &found {
        if let BreakEven::Crosses { at, low, high, from_below, to_above } = *one {
            let interval = [(!from_below).then_some(low), (!to_above).then_some(high)];
            all.push(smooth(dist, (at, low, high), interval));
        }
    }
    if beyond(&band[band.len() - 1], last) {
        let bound = found.iter().find_map(|one| match one {
            BreakEven::Unsettled { low, high } if *high >= last.x => Some(*low),
            _ => None,
        });
        let interval = [Some(bound.unwrap_or(last.x)), None];
        all.push(Crossing { quantile: 1.0, value: None, interval, jumps: false });
    }
    all
}

/// A crossing at a value, which the distribution may not have.
fn smooth(dist: &Dist, (at, low, high): (f64, f64, f64), interval: [Option<f64>; 2]) -> Crossing {
    /// Values that are further apart than by this probability have others between them.
    const NOTHING: f64 = 1e-9;
    let quantile = dist.cdf(at);
    let plain = Crossing { quantile, value: Some(at), interval, jumps: false };
    if !matches!(dist, Dist::Discrete(_) | Dist::Samples(_) | Dist::Mixture(_) | Dist::Truncated(_)) {
        return plain;
    }
    let (below, above) = (dist.quantile(quantile), dist.quantile((quantile + NOTHING).min(1.0)));
    if above - below < 0.5 * (high - low) || above <= at || below >= at {
        return plain;
    }
    let interval = [Some(below.min(low)), Some(above.max(high))];
    Crossing { value: Some(above), interval, jumps: true, ..plain }
}

/// Lists where a claim passes one half from one value of a few to the next.
fn by_value(curve: &Curve<'_>, values: &[f64], band: &[CurvePoint]) -> Vec<Crossing> {
    let is_above = |at: usize| band[at].y > 0.5;
    let is_clear = |at: usize, above: bool| if above { band[at].low > 0.5 } else { band[at].high < 0.5 };
    let mut all = Vec::new();
    let mut from = 1;
    while let Some(at) = (from..band.len()).find(|&at| is_above(at - 1) != is_above(at)) {
        let low = (0..at).rev().find(|&low| is_clear(low, is_above(at - 1)));
        let high = (at..band.len()).find(|&high| is_clear(high, is_above(at)));
        let interval = [low.map(|low| values[low]), high.map(|high| values[high])];
        // Those that are not told from one half.
        let between = low.map_or(0, |low| low + 1)..high.unwrap_or(band.len());
        let near = between.min_by(|&a, &b| (band[a].y - 0.5).abs().total_cmp(&(band[b].y - 0.5).abs()));
        let it = near.unwrap_or(at);
        let (quantile, value) = (curve.edge(it + 1), Some(values[it]));
        all.push(Crossing { quantile, value, interval, jumps: near.is_none() });
        // What lies between is one crossing, however often it is seen to.
        from = high.map_or(band.len(), |high| high.max(at) + 1);
    }
    all
}
