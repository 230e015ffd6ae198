//! Bounds on the share of all weights that each weight has, whatever is drawn.

use super::range::ValueRange;
use super::shape::{Derived, Model, Term};
use std::collections::BTreeMap;

/// The share that a term can have of the weights.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub least: f64,
    pub most: f64,
}

/// Returns the share that each term can have of the weights.
pub(super) fn shares(model: &Model, columns: &[ValueRange], terms: &[Term]) -> Vec<Share> {
    let weights: Vec<ValueRange> = terms.iter().map(|term| ValueRange::of(columns, term.weight)).collect();
    let [low, high] =
        [weights.iter().map(|w| w.low.max(0.0)).sum::<f64>(), weights.iter().map(|w| w.high).sum()];
    let share = |w: &ValueRange| {
        let own = (w.low.max(0.0), w.high);
        // Sums and differences are rounded themselves.
        let others = ((low - own.0 - 1e-12 * low).max(0.0), high - own.1 + 1e-12 * high);
        let of = |own: f64, others: f64| if own > 0.0 { own / (own + others) } else { 0.0 };
        Share { least: of(own.0, others.1), most: of(own.1, others.0).max(0.0) }
    };
    let mut shares: Vec<Share> = weights.iter().map(share).collect();
    // Weights that are made of the same numbers have between them the shares that each of those gives them.
    if let Some(generators) = generators(model, terms) {
        for (k, share) in shares.iter_mut().enumerate() {
            let given = generators.iter().filter_map(|(_, parts)| {
                let total: f64 = parts.iter().sum();
                (total > 0.0).then(|| parts[k] / total)
            });
            let (least, most) = given.fold((f64::INFINITY, 0.0_f64), |(a, b), x| (a.min(x), b.max(x)));
            *share = Share { least: share.least.max(least.min(1.0)), most: share.most.min(most) };
        }
    }
    shares
}

/// Returns non-negative numbers of which all weights are sums: each with its input, and what it adds per unit to each weight. What is certain
/// has no input; a vertex of a polytope has none that is its own.
pub(super) fn generators(model: &Model, terms: &[Term]) -> Option<Vec<(Option<usize>, Vec<f64>)>> {
    let mut found: BTreeMap<Option<usize>, Vec<f64>> = BTreeMap::new();
    let mut vertices: Vec<(Option<usize>, Vec<f64>)> = Vec::new();
    for (k, term) in terms.iter().enumerate() {
        if let Some(Derived::Weight { corners, .. }) =
            term.weight.column.and_then(|column| model.derived_at(column))
        {
            let flat: Vec<f64> = corners.iter().flatten().copied().collect();
            vertices.resize(flat.len(), (None, vec![0.0; terms.len()]));
            vertices.iter_mut().zip(flat).for_each(|((_, vertex), weight)| vertex[k] = weight);
            continue;
        }
        let parts: Vec<(Option<usize>, f64)> = match term.weight.as_exact() {
            Some(x) => vec![(None, x)],
            None => {
                model.linear(term.weight.column).into_iter().map(|(column, c)| (Some(column), c)).collect()
            }
        };
        for (column, c) in parts {
            if c < 0.0 || column.is_some_and(|column| column >= model.inputs.len()) {
                return None;
            }
            found.entry(column).or_insert_with(|| vec![0.0; terms.len()])[k] += c;
        }
    }
    if vertices.is_empty() {
        return Some(found.into_iter().collect());
    }
    // Weights of a polytope are all of it.
    found.is_empty().then_some(vertices)
}

/// Returns the greatest mean of some values, whatever their shares are.
pub(super) fn greatest(values: &[f64], shares: &[Share]) -> f64 {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
    let mut sum: f64 = values.iter().zip(shares).map(|(value, share)| value * share.least).sum();
    let mut rest = 1.0 - shares.iter().map(|share| share.least).sum::<f64>();
    for k in order {
        let more = rest.min(shares[k].most - shares[k].least).max(0.0);
        sum += more * values[k];
        rest -= more;
    }
    // Shares that add up to less than one but for rounding.
    sum + rest.max(0.0) * values.iter().copied().fold(0.0, f64::max)
}
