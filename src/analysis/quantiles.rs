//! Quantiles of overall scores, read from histograms, with their intervals.

use super::interval::{Z95, wilson};
use crate::tally::{Histogram, Piece, Pieces};

/// A quantile that was read from a histogram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantile {
    /// The quantile itself.
    pub value: f64,
    /// The ends of its 95 % interval.
    pub interval: (f64, f64),
    /// Width of the widest bin that it lies in: it is off by less than that for being read from bins.
    pub resolution: f64,
}

/// The distribution of an area's overall score, over all worlds or in one.
pub struct Distribution {
    /// Those of the worlds that have a weight.
    worlds: Vec<World>,
    /// Places where a bin with values begins or ends, in rising order.
    edges: Vec<f64>,
    /// Number of draws.
    n: f64,
}

/// All that is known in one world.
struct World {
    weight: f64,
    pieces: Vec<Piece>,
    are_values: bool,
    /// For each piece, how many values there are in those before.
    before: Vec<u64>,
}

impl World {
    fn new(weight: f64, Pieces { pieces, are_values }: Pieces) -> Self {
        let mut sum = 0;
        let below = |piece: &Piece| {
            sum += piece.count;
            sum - piece.count
        };
        let before = pieces.iter().map(below).collect();
        Self { weight, pieces, are_values, before }
    }

    /// Returns how many values are at most `x`, or if it does not count itself below it, as if they lay evenly in their bins.
    fn count(&self, x: f64, inclusive: bool) -> f64 {
        let begun = |piece: &Piece| if inclusive { piece.low <= x } else { piece.low < x };
        let Some(last) = self.pieces.partition_point(begun).checked_sub(1) else { return 0.0 };
        let Piece { low, high, count } = self.pieces[last];
        let share = if x >= high { 1.0 } else { (x - low) / (high - low) };
        self.before[last] as f64 + count as f64 * share
    }

    /// The bin with values that `x` lies in.
    fn piece(&self, x: f64) -> Option<usize> {
        let last = self.pieces.partition_point(|piece| piece.low <= x).checked_sub(1)?;
        (x <= self.pieces[last].high && self.pieces[last].count > 0).then_some(last)
    }

    /// By how many values a count at `x` may be off, because it is not known how they lie in their bin: none where its neighbours say
    /// that they lie evenly, and all of them where these say nothing of the kind.
    fn slack(&self, at: usize) -> f64 {
        let piece = self.pieces[at];
        let own = piece.count as f64;
        if piece.low >= piece.high {
            return 0.0;
        }
        if self.are_values {
            return own;
        }
        let width = piece.high - piece.low;
        let like = |neighbour: Option<&Piece>| {
            neighbour.map_or(0.0, |piece| piece.count as f64 * width / (piece.high - piece.low))
        };
        let all = [like(at.checked_sub(1).map(|at| &self.pieces[at])), own, like(self.pieces.get(at + 1))];
        let (least, most) = all.iter().fold((f64::INFINITY, 0.0_f64), |(a, b), &x| (a.min(x), b.max(x)));
        // A density that goes evenly from one neighbour to the other is off by a sixteenth of that.
        let uneven = (most - least - NOISE * most.sqrt()).max(0.0) / (least + 1.0);
        own * (uneven / 4.0).min(1.0)
    }
}

/// Counts that differ by so many of their standard errors are those of different densities.
const NOISE: f64 = 3.0;

impl Distribution {
    /// That of an area where the worlds have the given weights, of so many draws.
    pub fn new(histogram: &Histogram, area: usize, weights: &[f64], n: u64) -> Self {
        let weighted = weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0);
        let worlds: Vec<World> =
            weighted.map(|(world, weight)| World::new(*weight, histogram.pieces(world, area))).collect();
        let full = worlds.iter().flat_map(|world| &world.pieces).filter(|piece| piece.count > 0);
        let mut edges: Vec<f64> = full.flat_map(|piece| [piece.low, piece.high]).collect();
        edges.sort_unstable_by(f64::total_cmp);
        edges.dedup();
        Self { worlds, edges, n: n as f64 }
    }

    /// The probability of at most `x`, or if it does not count itself of less.
    fn probability(&self, x: f64, inclusive: bool) -> f64 {
        let total: f64 = self.worlds.iter().map(|world| world.weight).sum();
        let sum: f64 = self.worlds.iter().map(|world| world.weight * world.count(x, inclusive)).sum();
        sum / self.n / total
    }

    /// The least value that is not exceeded with probability `p`.
    pub fn value(&self, p: f64) -> f64 {
        let next = self.edges.partition_point(|edge| self.probability(*edge, true) < p);
        let end = self.edges[next.min(self.edges.len() - 1)];
        let Some(start) = next.checked_sub(1).map(|before| self.edges[before]) else { return end };
        let (below, before) = (self.probability(start, true), self.probability(end, false));
        if p >= before || before <= below {
            end
        } else {
            start + (end - start) * ((p - below) / (before - below))
        }
    }

    /// A quantile with its interval: between those order statistics that the share of values below it can be at.
    pub fn quantile(&self, p: f64) -> Quantile {
        let value = self.value(p);
        let size = self.effective(p, value);
        let (low, high) = wilson(p, size, Z95);
        let low = self.stretched(self.value(low), low, -1.0).min(value);
        let high = self.stretched(self.value(high), high, 1.0).max(value);
        let widths = self.within(value).map(|(world, at)| {
            let piece = world.pieces[at];
            piece.high - piece.low
        });
        Quantile { value, interval: (low, high), resolution: widths.fold(0.0, f64::max) }
    }

    /// The number of plain draws that would know the share of values up to `x` as well. Worlds share their draws; as far as their counts
    /// tell it varies no more than if whatever is at most `x` in one world were so in all that have more of it.
    fn effective(&self, p: f64, x: f64) -> f64 {
        let shares: Vec<(f64, f64)> =
            self.worlds.iter().map(|world| (world.weight, world.count(x, true) / self.n)).collect();
        let mut variance = 0.0;
        for (w, one) in &shares {
            for (v, other) in &shares {
                variance += w * v * (one.min(*other) - one * other);
            }
        }
        // Two more draws, one on each side, for what no count has seen.
        let alone = p * (1.0 - p);
        let variance = (self.n * variance + 2.0 * alone) / (self.n + 2.0);
        self.n * (alone / variance).max(1.0)
    }

    /// An end of an interval, moved outwards as far as it is not known how values lie in its bin.
    fn stretched(&self, end: f64, p: f64, sign: f64) -> f64 {
        let total: f64 = self.worlds.iter().map(|world| world.weight).sum();
        let slack: f64 = self.within(end).map(|(world, at)| world.weight * world.slack(at)).sum();
        if slack <= 0.0 {
            return end;
        }
        let moved = self.value((p + sign * slack / self.n / total).clamp(0.0, 1.0));
        let edges = self.within(end).map(|(world, at)| world.pieces[at]);
        if sign < 0.0 {
            moved.max(edges.map(|piece| piece.low).fold(f64::INFINITY, f64::min))
        } else {
            moved.min(edges.map(|piece| piece.high).fold(f64::NEG_INFINITY, f64::max))
        }
    }

    /// The bins that `x` lies in.
    fn within(&self, x: f64) -> impl Iterator<Item = (&World, usize)> {
        self.worlds.iter().filter_map(move |world| Some((world, world.piece(x)?)))
    }

    /// The probabilities of parts of one width from `low` on; the last ends at `low + n * width` and has what lies there.
    pub fn parts(&self, low: f64, width: f64, n: usize) -> Vec<f64> {
        let upto = |part: usize| match part {
            0 => self.probability(low, false),
            part => self.probability(low + part as f64 * width, part == n),
        };
        (0..n).map(|part| (upto(part + 1) - upto(part)).max(0.0)).collect()
    }

    /// The least and the greatest value, as far as bins tell.
    pub fn ends(&self) -> (f64, f64) {
        (self.edges[0], self.edges[self.edges.len() - 1])
    }
}
