//! Bounds on how far ranks and claims about places may be off at a point: for series that end, and for what a finer grid would change. And what
//! must hold of ranks whatever a model is like. Knows nothing of how they are worked out.

use super::layout::Layout;

/// Grids with so many points are tried one after the other: the first is taken for which the end of the series, and a grid of twice as many
/// points, change no rank or claim by more than those two numbers say.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    pub points: usize,
    pub cut: f64,
    pub finer: f64,
}

const fn grid(points: usize, cut: f64, finer: f64) -> Grid {
    Grid { points, cut, finer }
}

/// The choice where there is something to average over: a few points are enough, and the last has to do.
pub const GRIDS: [Grid; 6] = [
    grid(32, 1e-5, 1e-6),
    grid(48, 1e-5, 1e-6),
    grid(64, 1e-5, 1e-6),
    grid(96, 1e-5, 1e-6),
    grid(128, 1e-5, 5e-6),
    grid(256, WORST, WORST),
];
/// The choice where there is nothing to average over.
pub const FINE_GRIDS: [Grid; 5] = [
    grid(64, 1e-11, 1e-11),
    grid(128, 1e-11, 1e-11),
    grid(256, 1e-11, 1e-11),
    grid(512, 1e-10, 1e-10),
    grid(1024, WORST, WORST),
];

/// The error beyond which nothing is worked out at all.
const WORST: f64 = 1e-2;

/// A finer grid may change more at points that were not looked at, and so may a still finer one.
pub const CARE: f64 = 2.0;

/// Returns how far the ranks of a world are from what must hold, at most, with `before` the probabilities of pairs if those are at hand: an area
/// has one rank; but for ties a rank has one area; and the expected number of areas before an area is the sum of the probabilities that
/// each of them is.
pub fn discrepancy(layout: Layout, values: &[f64], has_pairs: bool) -> f64 {
    let n = layout.n_areas;
    let rank = |i: usize, rank: usize| values[layout.rank(i, rank)];
    let before = |i: usize, j: usize| {
        let pair = layout.pair(i.min(j), i.max(j));
        if i < j { values[pair] } else { 1.0 - values[pair] - values[layout.tie(pair)] }
    };
    let mut most = 0.0_f64;
    for i in 0..n {
        let (mut row, mut column, mut expected) = (-1.0, -1.0, 0.0);
        for r in 0..n {
            row += rank(i, r);
            column += rank(r, i);
            expected += r as f64 * rank(i, r);
        }
        most = most.max(row.abs()).max(column.abs());
        if has_pairs {
            expected -= (0..n).filter(|&j| j != i).map(|j| before(j, i)).sum::<f64>();
            most = most.max(expected.abs());
        }
    }
    most
}
