//! The worth of learning an input before choosing which comes first, in units of overall score: the regret that one is spared.
//! Knows no order.

use super::plan::{Path, Solved};
use super::results::MeanGap;
use crate::analysis::interval::{Measured, Z95};
use crate::analysis::sensitivity::shape::GapErrors;
use crate::analysis::sensitivity::shape::{Gaps, Held, HeldPath, NODES, Switches};
use crate::distribution::Dist;
use crate::model::Model;

/// The mean gap from its sums over `n` draws.
pub fn mean_gap(gaps: &Gaps, probabilities: &[f64], (n, errors): (u64, GapErrors)) -> MeanGap {
    let n = n as f64;
    let mean: f64 = gaps.by_world.iter().zip(probabilities).map(|(sum, p)| p * sum / n).sum();
    let variance = (gaps.squares / n - mean * mean).max(0.0);
    let above = gaps.above / n;
    // What is lost is 0 where the sign is that of the mean, and the gap elsewhere.
    let lost = if mean > 0.0 { above - mean } else { above };
    MeanGap {
        mean: Measured { value: mean, mcse: (errors.mean / n).sqrt() },
        everything: Measured { value: lost, mcse: (errors.lost / n).sqrt() },
        sd: variance.sqrt(),
    }
}

/// The value of learning one input: E max(0, E[D | x]) - max(0, E D).
pub struct Regret {
    value: f64,
    /// Of each part of the input's values: its probability, and the mean gap in favour of the other choice.
    parts: Vec<(f64, f64)>,
    /// One per joint world: the mean gap where the choice changes, or in the part where it is nearest to that.
    pub held: Vec<Held>,
}

impl Regret {
    /// From the sums of `n` draws; nothing where E[D | x] is not known.
    ///
    /// The mean gap is a straight line in a score, and in a weight a smooth curve, known at some of its quantiles.
    pub fn new(
        model: &Model,
        solved: &Solved,
        switches: &Switches,
        (gaps, ahead): (&Gaps, bool),
        n: u64,
    ) -> Option<Self> {
        const POINTS: usize = 400;
        if solved.paths.iter().flatten().any(|path| path.latent.is_some()) {
            return None;
        }
        let edges: Vec<f64> = match &solved.grid.values {
            Some(_) => solved.grid.edges.clone(),
            None => (0..=POINTS).map(|k| k as f64 / POINTS as f64).collect(),
        };
        let (mut kept, mut sum, mut parts) = (0.0, 0.0, Vec::new());
        for two in edges.windows(2) {
            let (width, u) = (two[1] - two[0], f64::midpoint(two[0], two[1]));
            let there = gap_at(model, solved, switches, (gaps, n), u);
            kept += width * there.max(0.0);
            sum += width * there;
            parts.push((width, if ahead { -there } else { there }, u));
        }
        let mut against: Vec<(f64, f64)> =
            parts.iter().filter(|part| part.1 > 0.0).map(|part| (part.2, part.0)).collect();
        // The mean of the same curve, so that what never changes the choice is worth exactly nothing.
        let value = if against.is_empty() { 0.0 } else { kept - sum.max(0.0) };
        if against.is_empty() {
            let nearest = parts.iter().max_by(|a, b| a.1.total_cmp(&b.1));
            against.extend(nearest.map(|part| (part.2, part.0)));
        }
        let total: f64 = against.iter().map(|(_, width)| width).sum();
        for (_, width) in &mut against {
            *width /= total;
        }
        let held = solved.paths.iter().map(|paths| held(model, paths, &against)).collect();
        let parts = parts.into_iter().map(|(width, gap, _)| (width, gap)).collect();
        Some(Self { value, parts, held })
    }

    /// The value with its error, from the variance of the mean gap where the choice changes.
    ///
    /// Where the curve is hardly on the other side, its error also moves the ends of that range. So the error is that of the curve
    /// moved as a whole by half of its 95 % interval.
    pub fn measured(&self, variance: f64, n: u64) -> Measured {
        let reach = Z95 * (variance / n as f64).sqrt();
        let more = |(width, gap): &(f64, f64)| width * ((gap + reach).max(0.0) - gap.max(0.0));
        Measured { value: self.value, mcse: self.parts.iter().map(more).sum::<f64>() / Z95 }
    }
}

/// The mean gap with an input held at a quantile.
fn gap_at(model: &Model, solved: &Solved, switches: &Switches, (gaps, n): (&Gaps, u64), u: f64) -> f64 {
    let size = n as f64;
    let mut index = 0;
    let mut total = 0.0;
    for (z, paths) in solved.paths.iter().enumerate() {
        let p = model.worlds()[z].probability;
        let here = gaps.by_world[z] / size;
        let mut moved = here;
        for path in paths {
            let dist = &model.inputs()[path.column].dist;
            let x = dist.quantile(u);
            moved += if path.total.is_empty() {
                switches.slopes[index] / size * (x - dist.mean())
            } else {
                let (right, share) = between_nodes(dist, x);
                let [a, b] = [right - 1, right].map(|k| switches.nodes[index][k] / size);
                share.map_or(b, |share| a + (b - a) * share) - here
            };
            index += 1;
        }
        total += p * moved;
    }
    total
}

/// The mean of the gap over quantiles with their weights, as a sum over draws in one joint world.
fn held(model: &Model, paths: &[Path], quantiles: &[(f64, f64)]) -> Held {
    let mut gap: f64 = quantiles.iter().map(|(_, weight)| weight).sum();
    let path = |path: &Path| {
        let dist = &model.inputs()[path.column].dist;
        if path.total.is_empty() {
            let moves = quantiles.iter().map(|(u, weight)| weight * (dist.quantile(*u) - dist.mean()));
            return HeldPath::Slope(moves.sum());
        }
        let mut nodes = [0.0; NODES];
        for (u, weight) in quantiles {
            let (right, share) = between_nodes(dist, dist.quantile(*u));
            let share = share.unwrap_or(1.0);
            nodes[right - 1] += weight * (1.0 - share);
            nodes[right] += weight * share;
            gap -= weight;
        }
        HeldPath::Nodes(nodes)
    };
    let paths = paths.iter().map(path).collect();
    Held { gap, paths }
}

/// The node to the right of a value of a curve that is straight between nodes and beyond the ends, and the share of the way there
/// from the node before; nothing where both are one.
fn between_nodes(dist: &Dist, x: f64) -> (usize, Option<f64>) {
    let node = |k: usize| dist.quantile((k as f64 + 0.5) / NODES as f64);
    let right = (1..NODES - 1).find(|&k| node(k) >= x).unwrap_or(NODES - 1);
    let (a, b) = (node(right - 1), node(right));
    (right, (b > a).then(|| (x - a) / (b - a)))
}
