//! Where a curve with a band crosses a level: by hand, of a parabola, and of random bands by definition.

use headstart::analysis::{BreakEven, CurvePoint, crossings};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// What the band of a curve says, by hand.
#[test]
fn crossings_of_a_known_band() {
    let curve = |ys: &[f64], reach: f64| -> Vec<CurvePoint> {
        let point = |(x, &y): (usize, &f64)| CurvePoint { x: x as f64, y, low: y - reach, high: y + reach };
        ys.iter().enumerate().map(point).collect()
    };
    let near = |x: f64, y: f64| (x - y).abs() < 1e-9;
    // A straight line through 1/2 at 2, with slope 0.1 and a reach of 0.05.
    let [BreakEven::Crosses { at, low, high, from_below, to_above }] =
        crossings(&curve(&[0.3, 0.4, 0.5, 0.6, 0.7], 0.05), 0.5)[..]
    else {
        panic!()
    };
    assert!(near(at, 2.0) && near(low, 1.5) && near(high, 2.5) && !from_below && !to_above);
    assert_eq!(crossings(&curve(&[0.3, 0.4, 0.2], 0.05), 0.5), [BreakEven::Never { above: false }]);
    // Within its error of one half at the end of the range, on either side of it.
    let [BreakEven::Unsettled { high, .. }] = crossings(&curve(&[0.3, 0.4, 0.48], 0.05), 0.5)[..] else {
        panic!()
    };
    assert!(near(high, 2.0));
    let [BreakEven::Crosses { to_above: true, from_below: false, .. }] =
        crossings(&curve(&[0.3, 0.4, 0.51], 0.05), 0.5)[..]
    else {
        panic!()
    };
    // Twice, and falling values in any order of the list.
    let mut twice = curve(&[0.2, 0.8, 0.2], 0.001);
    twice.reverse();
    assert_eq!(crossings(&twice, 0.5).len(), 2);
}

/// Points at uneven distances on a parabola, with an error that is a little more than a line misses of it: its second derivative is what its
/// differences say, so the band that is made wider by the bend ends where the parabola less that error comes to the level. With a little less
/// the line says nothing, and the interval is all between two points.
#[test]
fn the_band_of_a_parabola_ends_at_its_crossing() {
    let xs = [0.0, 0.5, 1.5, 3.0];
    for (sign, bend) in [(1.0, 1.0), (-1.0, 0.25)] {
        let parabola = |x: f64| sign * bend * x * x;
        let curve = |reach: f64| -> Vec<CurvePoint> {
            let point = |&x: &f64| CurvePoint {
                x,
                y: parabola(x),
                low: parabola(x) - reach,
                high: parabola(x) + reach,
            };
            xs.iter().map(point).collect()
        };
        for two in xs.windows(2) {
            let off = 2.0 * bend * (two[1] - two[0]) * (two[1] - two[0]) / 8.0;
            // At one of the sixteenths the band is not interpolated.
            for step in [3.0, 8.0, 13.0] {
                let truth = two[0] + (two[1] - two[0]) * step / 16.0;
                let level = parabola(truth) - sign * 1.01 * off;
                let found = crossings(&curve(1.01 * off), level);
                let high = match found[..] {
                    [BreakEven::Crosses { high, to_above: false, .. }] => high,
                    // Below the lowest point of the parabola its band comes to the level, and it does not.
                    [BreakEven::Unsettled { high, .. }] if sign * level < 0.0 => high,
                    _ => panic!("{found:?}"),
                };
                assert!((high - truth).abs() < 1e-12, "{truth}: {found:?}");
                let level = parabola(truth);
                let found = crossings(&curve(0.99 * off), level);
                let [BreakEven::Crosses { at, low, high, .. }] = found[..] else { panic!("{found:?}") };
                let share = (truth * truth - two[0] * two[0]) / (two[1] * two[1] - two[0] * two[0]);
                let straight = two[0] + (two[1] - two[0]) * share;
                assert!((at - straight).abs() < 1e-12, "{at}, not {straight}");
                assert!(low <= two[0] && two[1] <= high, "{truth}: {found:?}");
            }
        }
    }
}

/// Random bands, from their definition: straight between sixteenths of a piece, where they are wider by what a curve of the second
/// derivative at its ends is off. Each stretch in which one holds the level is found, and the middle one of the crossings in it.
#[test]
fn stretches_of_random_bands() {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(11);
    let mut uniform = || (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
    let level = 0.5;
    // The part of 0..=1 in which a line from `a` to `b` is not above 0.
    let below = |a: f64, b: f64| match (a <= 0.0, b <= 0.0) {
        (true, true) => (0.0, 1.0),
        (true, false) => (0.0, a / (a - b)),
        (false, true) => (a / (a - b), 1.0),
        (false, false) => (1.0, 0.0),
    };
    for n in (2..=7).cycle().take(600) {
        let mut x = -2.0;
        let mut point = |_| {
            x += 0.25 + uniform();
            let y = 0.3 + 0.4 * uniform();
            // Wide ones, and so narrow ones that the level lies between two sixteenths.
            let mut reach = || 0.15 * uniform().powi(6);
            CurvePoint { x, y, low: y - reach(), high: y + reach() }
        };
        let curve: Vec<CurvePoint> = (0..n).map(&mut point).collect();
        let width = |i: usize| curve[i + 1].x - curve[i].x;
        let slope = |i: usize| (curve[i + 1].y - curve[i].y) / width(i);
        let second = |i: usize| (slope(i) - slope(i - 1)).abs() / f64::midpoint(width(i), width(i - 1));
        let (mut holds, mut crosses): (Vec<(f64, f64)>, Vec<f64>) = (Vec::new(), Vec::new());
        for (i, two) in curve.windows(2).enumerate() {
            // The points of the piece and those beside them.
            let around = (i.saturating_sub(1)..(i + 3).min(n - 1)).map(|i| second(i.clamp(1, n - 2)));
            let bend = if n == 2 { 0.0 } else { around.fold(0.0, f64::max) };
            let line = |a: f64, b: f64, share: f64| a * (1.0 - share) + b * share;
            let off = |share: f64| bend / 2.0 * width(i) * width(i) * share * (1.0 - share);
            let reach = (two[0].high - two[0].low + two[1].high - two[1].low) / 4.0;
            // Where the line is off by more than the band is wide, all between the points counts.
            let is_rough = off(0.5) > reach;
            for step in 0..16 {
                let ends = [f64::from(step) / 16.0, f64::from(step + 1) / 16.0];
                let [(low, high), (next_low, next_high)] = ends.map(|share| {
                    if is_rough {
                        return (two[0].low.min(two[1].low), two[0].high.max(two[1].high));
                    }
                    let wider = off(share);
                    (
                        line(two[0].low, two[1].low, share) - wider,
                        line(two[0].high, two[1].high, share) + wider,
                    )
                });
                let (a, b) = (below(low - level, next_low - level), below(level - high, level - next_high));
                let (from, to) = (a.0.max(b.0), a.1.min(b.1));
                if from <= to {
                    let [from, to] = [from, to].map(|t| line(two[0].x, two[1].x, line(ends[0], ends[1], t)));
                    // A point that is settled is so, whatever is known of the lines that meet there.
                    let goes_on = step > 0 || (two[0].low <= level && level <= two[0].high);
                    match holds.last_mut() {
                        Some(last) if goes_on && from - last.1 < 1e-12 => last.1 = to,
                        _ => holds.push((from, to)),
                    }
                }
            }
            if (two[0].y > level) != (two[1].y > level) {
                crosses.push(two[0].x + (level - two[0].y) / slope(i));
            }
        }
        let stretch = |&(low, high): &(f64, f64)| {
            let within: Vec<f64> = crosses.iter().copied().filter(|x| (low..=high).contains(x)).collect();
            let is_open = |end: &CurvePoint| end.low <= level && level <= end.high;
            let from_below = low <= curve[0].x && is_open(&curve[0]);
            let to_above = high >= curve[n - 1].x - 1e-12 && is_open(&curve[n - 1]);
            match within.get(within.len() / 2) {
                Some(&at) => BreakEven::Crosses { at, low, high, from_below, to_above },
                None => BreakEven::Unsettled { low, high },
            }
        };
        let mut expected: Vec<BreakEven> = holds.iter().map(stretch).collect();
        if expected.is_empty() {
            expected.push(BreakEven::Never { above: curve[0].y > level });
        }
        // In any order of the list, and with a point twice.
        let given: Vec<CurvePoint> = curve.iter().rev().chain(&curve[1..2]).copied().collect();
        let found = crossings(&given, level);
        let parts = |one: &BreakEven| match *one {
            BreakEven::Never { above } => (0, vec![], [above, false]),
            BreakEven::Unsettled { low, high } => (1, vec![low, high], [false; 2]),
            BreakEven::Crosses { at, low, high, from_below, to_above } => {
                (2, vec![low, at, high], [from_below, to_above])
            }
        };
        assert_eq!(found.len(), expected.len(), "{found:?} {expected:?}");
        for (ours, theirs) in found.iter().map(parts).zip(expected.iter().map(parts)) {
            assert_eq!((ours.0, ours.2), (theirs.0, theirs.2), "{found:?} {expected:?}");
            assert!(
                ours.1.iter().zip(&theirs.1).all(|(a, b)| (a - b).abs() < 1e-9),
                "{found:?} {expected:?}"
            );
        }
    }
}
