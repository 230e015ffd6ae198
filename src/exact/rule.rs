//! Quadrature rules for single shared numbers, and the columns that those make at the nodes.

use super::frame::Frame;
use super::nodes::{PANEL, at_score, edges, panel};
use super::split::Split;
use crate::distribution::{Dist, standard_quantile};
use std::sync::Arc;

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
        let edges = edges(-END, END, columns.iter().map(dist));
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

    /// Returns how many nodes there are.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Returns true if a panel starts at a node.
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
