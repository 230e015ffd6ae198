//! Scales: from numbers to places and to colours.

use super::kit::Colour;
use crate::report::wording::number::power_of_ten;

/// A straight scale from a range of numbers to a range of places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AxisScale {
    from: (f64, f64),
    to: (f64, f64),
}

impl AxisScale {
    /// From numbers to places; a range without width gets some.
    pub fn new((low, high): (f64, f64), to: (f64, f64)) -> Self {
        let wide = high - low > 1e-12 * low.abs().max(high.abs());
        let from = if wide { (low, high) } else { (low - 0.5, low + 0.5) };
        Self { from, to }
    }

    /// The place of a number.
    pub fn at(self, x: f64) -> f64 {
        self.to.0 + (x - self.from.0) / (self.from.1 - self.from.0) * (self.to.1 - self.to.0)
    }

    /// Round numbers in the range, about so many, and the decimals that they take.
    pub fn ticks(self, about: usize) -> (Vec<f64>, usize) {
        let (low, high) = self.from;
        let rough = (high - low) / about.max(1) as f64;
        let unit = power_of_ten(libm::log10(rough).floor() as i32);
        let step =
            [1.0, 2.0, 5.0, 10.0].map(|m| m * unit).into_iter().find(|step| *step >= rough).unwrap_or(unit);
        let first = (low / step - 1e-9).ceil() as i64;
        let last = (high / step + 1e-9).floor() as i64;
        let decimals = (-libm::log10(step).floor()).clamp(0.0, 12.0) as usize;
        ((first..=last).map(|k| k as f64 * step).collect(), decimals)
    }
}

/// The colours of a probability, from 0 to 1, around the white of one half: orange for less, blue for more, which people who tell
/// no red from green can tell apart. Blue goes darker than orange, so that the two are not the same in black and white either.
const DIVERGING: [Colour; 5] =
    [[236, 140, 38], [250, 204, 145], [246, 246, 246], [138, 184, 219], [14, 75, 143]];

/// The colours of ranks, first to last: from dark to light, so that they need no hue.
const SEQUENTIAL: [Colour; 4] = [[12, 44, 84], [34, 110, 161], [122, 184, 196], [233, 240, 214]];

/// The colour of a probability.
pub fn diverging(p: f64) -> Colour {
    between(&DIVERGING, p)
}

/// The colour of a rank, at a share of the way from the first to the last.
pub fn sequential(share: f64) -> Colour {
    between(&SEQUENTIAL, share)
}

fn between(stops: &[Colour], share: f64) -> Colour {
    let place = share.clamp(0.0, 1.0) * (stops.len() - 1) as f64;
    let index = (place as usize).min(stops.len() - 2);
    let part = place - index as f64;
    let mix = |channel: usize| {
        let (a, b) = (f64::from(stops[index][channel]), f64::from(stops[index + 1][channel]));
        (a + (b - a) * part).round() as u8
    };
    [mix(0), mix(1), mix(2)]
}

/// Black or white, whichever stands out more on a colour.
///
/// Source: relative luminance and contrast of the Web Content Accessibility Guidelines 2.2.
pub fn ink_on(colour: Colour) -> Colour {
    let linear = colour.map(|channel| {
        let x = f64::from(channel) / 255.0;
        if x <= 0.040_45 { x / 12.92 } else { libm::pow((x + 0.055) / 1.055, 2.4) }
    });
    let luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    let (on_white, on_black) = (1.05 / (luminance + 0.05), (luminance + 0.05) / 0.05);
    if on_white > on_black { [255, 255, 255] } else { [0, 0, 0] }
}

/// Colours of things that have no order, which people who see colours differently can tell apart.
///
/// Source: Okabe and Ito, Color Universal Design (2008), without black, white and yellow.
pub const KINDS: [Colour; 6] =
    [[0, 114, 178], [213, 94, 0], [0, 158, 115], [204, 121, 167], [86, 180, 233], [160, 110, 0]];

/// Colours of groups, which differ in lightness too.
pub const GROUPS: [Colour; 6] =
    [[14, 75, 143], [240, 156, 66], [0, 130, 95], [222, 160, 200], [95, 60, 40], [140, 200, 240]];

/// Strokes that go with kinds, for black and white.
pub const DASHES: [&str; 6] = ["", "7 3", "2 3", "10 3 2 3", "5 5", "12 4"];

/// Places for labels of given heights as near as can be to where they want to stand, without one upon another, between `low` and `high`.
/// Places and heights are of the middles; the result is in the order of the wishes.
pub fn apart(wishes: &[(f64, f64)], (low, high): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|&a, &b| wishes[a].0.total_cmp(&wishes[b].0));
    let mut places = vec![0.0; wishes.len()];
    let mut edge = low;
    for &index in &order {
        let (wish, height) = wishes[index];
        places[index] = (wish).max(edge + height / 2.0);
        edge = places[index] + height / 2.0;
    }
    let mut edge = high;
    for &index in order.iter().rev() {
        let height = wishes[index].1;
        places[index] = places[index].min(edge - height / 2.0);
        edge = places[index] - height / 2.0;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(
            AxisScale::new((0.0, 1.0), (0.0, 100.0)).ticks(5),
            (vec![0.0, 0.2, 0.4, 0.600_000_000_000_000_1, 0.8, 1.0], 1)
        );
        let (ticks, decimals) = AxisScale::new((-3.0, 47.0), (0.0, 100.0)).ticks(5);
        assert_eq!((ticks, decimals), (vec![0.0, 10.0, 20.0, 30.0, 40.0], 0));
        assert!(AxisScale::new((2.0, 2.0), (0.0, 10.0)).at(2.0) == 5.0);
    }

    #[test]
    fn labels_do_not_cover_each_other() {
        let wishes: Vec<(f64, f64)> = [5.0, 5.0, 6.0, 90.0, 99.0].map(|wish| (wish, 10.0)).to_vec();
        let mut places = apart(&wishes, (0.0, 100.0));
        places.sort_by(f64::total_cmp);
        assert!(places.windows(2).all(|two| two[1] - two[0] >= 10.0 - 1e-9), "{places:?}");
        assert!(places[0] >= 5.0 - 1e-9 && places[4] <= 95.0 + 1e-9, "{places:?}");
    }

    /// The ends of both scales are far apart in lightness, and any ink on them is read.
    #[test]
    fn colours_hold_in_black_and_white() {
        let grey = |[r, g, b]: Colour| 0.2126 * f64::from(r) + 0.7152 * f64::from(g) + 0.0722 * f64::from(b);
        assert!(grey(diverging(0.0)) - grey(diverging(1.0)) > 50.0);
        let ranks: Vec<f64> = (0..=10).map(|r| grey(sequential(f64::from(r) / 10.0))).collect();
        assert!(ranks.windows(2).all(|two| two[1] > two[0] + 5.0), "{ranks:?}");
        assert_eq!(ink_on([255, 255, 255]), [0, 0, 0]);
        assert_eq!(ink_on([14, 75, 143]), [255, 255, 255]);
    }
}
