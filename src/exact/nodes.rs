//! Nodes and weights: panels of eight on the normal score of a number.

use super::frame::Frame;
use super::split::Split;
use crate::distribution::{Dist, standard_cdf, standard_quantile};
use std::sync::Arc;

/// Nodes and weights on -1..1, of the positive side.
///
/// Source: Abramowitz and Stegun (1964), table 25.4, n = 8.
const GAUSS: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
    (0.960_289_856_497_536_3, 0.101_228_536_290_376_26),
];

/// Nodes a panel.
pub const PANEL: usize = 2 * GAUSS.len();

/// The nodes of a panel in rising order, with their weights.
pub fn panel(from: f64, to: f64) -> [(f64, f64); PANEL] {
    let (middle, half) = (f64::midpoint(from, to), (to - from) / 2.0);
    std::array::from_fn(|index| {
        let (side, (x, w)) = if index < GAUSS.len() {
            (-half, GAUSS[GAUSS.len() - 1 - index])
        } else {
            (half, GAUSS[index - GAUSS.len()])
        };
        (middle + side * x, half * w)
    })
}

/// The normal scores between two ends at which the quantile function of a distribution is not smooth, with the ends.
pub fn edges<'a>((low, high): (f64, f64), dists: impl Iterator<Item = &'a Dist>) -> Vec<f64> {
    let mut edges = vec![low, high];
    for dist in dists {
        for x in dist.knots() {
            let places = [dist.cdf(x.next_down()), dist.cdf(x)].map(standard_quantile);
            edges.extend(places.into_iter().filter(|z| *z > low && *z < high));
        }
    }
    edges.sort_by(f64::total_cmp);
    edges.dedup_by(|a, b| *a - *b < 1e-9);
    edges
}

/// The quantile at a normal score, as the sampler has it.
pub fn at_score(dist: &Dist, z: f64) -> f64 {
    const LEAST: f64 = f64::EPSILON / 2.0;
    dist.quantile(standard_cdf(z).clamp(LEAST, 1.0 - LEAST))
}

/// Nodes of one shared number, and the columns that it makes there.
#[derive(Clone, Debug)]
pub struct Rule {
    weights: Vec<f64>,
    /// Shape `[n_nodes x n_columns]`, row-major.
    values: Vec<f64>,
    columns: Vec<usize>,
    /// Nodes a panel.
    panel: usize,
}

/// Normal scores are taken within this: 1e-13 is beyond.
const END: f64 = 7.5;
/// Panels are no wider than this at first, and then half and half again.
const WIDEST: f64 = 2.4;
const N_RULES: i32 = 7;

impl Rule {
    /// Ever finer rules for a shared number; a single one where it has finitely many values.
    pub fn of(split: &Split<'_>, dimension: usize) -> Arc<[Self]> {
        let of = |(column, place): &(usize, usize)| (*place == dimension).then_some(*column);
        let columns: Vec<usize> = split.drawn.iter().filter_map(of).collect();
        let dist = |column: &usize| &split.model.inputs()[*column].dist;
        let rule = |nodes: Vec<(f64, f64)>, panel: usize| {
            let total: f64 = nodes.iter().map(|(_, w)| w).sum();
            let values = nodes.iter().flat_map(|(z, _)| columns.iter().map(|c| at_score(dist(c), *z)));
            let values = values.collect();
            let weights = nodes.iter().map(|(_, w)| w / total).collect();
            Self { weights, values, columns: columns.clone(), panel }
        };
        let edges = edges((-END, END), columns.iter().map(dist));
        if let [column] = columns[..]
            && let Dist::Discrete(d) = dist(&column)
        {
            let mut below = 0.0;
            let nodes = d.pairs().map(|(_, p)| {
                below += p;
                (standard_quantile(below - p / 2.0), p)
            });
            return [rule(nodes.collect(), 1)].into();
        }
        let rules = (0..N_RULES).map(|finer| {
            let widest = WIDEST / f64::from(1 << finer);
            let parts = edges.windows(2).flat_map(|ends| {
                let n = ((ends[1] - ends[0]) / widest).ceil().max(1.0);
                let step = (ends[1] - ends[0]) / n;
                (0..n as usize)
                    .map(move |k| panel(ends[0] + step * k as f64, ends[0] + step * (k + 1) as f64))
            });
            let nodes = parts.flatten().map(|(z, w)| (z, w * libm::exp(-0.5 * z * z)));
            rule(nodes.collect(), PANEL)
        });
        rules.collect()
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether a panel starts at a node.
    pub fn starts_panel(&self, index: usize) -> bool {
        index.is_multiple_of(self.panel)
    }

    /// Moves a point to a node; returns its weight.
    pub fn place(&self, split: &Split<'_>, index: usize, frame: &mut Frame) -> f64 {
        let n = self.columns.len();
        frame.place(split, &self.columns, &self.values[index * n..][..n]);
        self.weights[index]
    }
}
