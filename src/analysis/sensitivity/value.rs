//! The worth of learning an input before choosing which comes first, in units of amenability: the regret that one is spared.
//! Knows no order.

use super::plan::Solved;
use super::results::MeanGap;
use crate::analysis::interval::Measured;
use crate::analysis::sensitivity::shape::GapErrors;
use crate::analysis::sensitivity::shape::{Gaps, NODES, Switches};
use crate::model::Model;

/// The mean gap from its sums over `n` instances.
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

/// E max(0, E[D | x]) - max(0, E D) for one input; nothing where E[D | x] is not known.
///
/// The mean gap is a straight line in a score, and in a weight a smooth curve, known at some of its quantiles.
pub fn regret(
    model: &Model,
    solved: &Solved,
    switches: &Switches,
    (gaps, mean): (&Gaps, MeanGap),
    n: u64,
) -> Option<Measured> {
    const POINTS: usize = 400;
    let size = n as f64;
    if solved.paths.iter().flatten().any(|path| path.latent.is_some()) {
        return None;
    }
    let edges: Vec<f64> = match &solved.grid.values {
        Some(_) => solved.grid.edges.clone(),
        None => (0..=POINTS).map(|k| k as f64 / POINTS as f64).collect(),
    };
    let at = |u: f64| -> f64 {
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
                    let node = |k: usize| {
                        (dist.quantile((k as f64 + 0.5) / NODES as f64), switches.nodes[index][k] / size)
                    };
                    along(x, &node) - here
                };
                index += 1;
            }
            total += p * moved;
        }
        total
    };
    let (mut kept, mut sum, mut against, mut widest) = (0.0, 0.0, 0.0, 0.0_f64);
    let ahead = mean.mean.value > 0.0;
    for two in edges.windows(2) {
        let (width, there) = (two[1] - two[0], at(f64::midpoint(two[0], two[1])));
        kept += width * there.max(0.0);
        sum += width * there;
        if (there > 0.0) != ahead {
            against += width;
            widest = widest.max(there.abs());
        }
    }
    // The mean of the same curve, so that what never changes the choice is worth exactly nothing.
    let value = if against == 0.0 { 0.0 } else { kept - sum.max(0.0) };
    let mcse = against * (mean.sd * mean.sd + widest * widest).sqrt() / size.sqrt();
    Some(Measured { value, mcse })
}

/// A curve through nodes in rising order of x, with straight lines between them and beyond the ends.
fn along(x: f64, node: &dyn Fn(usize) -> (f64, f64)) -> f64 {
    let right = (1..NODES - 1).find(|&k| node(k).0 >= x).unwrap_or(NODES - 1);
    let ((a, fa), (b, fb)) = (node(right - 1), node(right));
    if b > a { fa + (fb - fa) * ((x - a) / (b - a)) } else { fb }
}
