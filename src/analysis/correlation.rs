//! Correlations as they come out: the rank correlation that stated ones have in the draws.

use crate::batch::Batch;
use crate::dist::Dist;
use crate::model::Model;
use crate::sampler::{Run, sample_in};
use crate::scenario::{Address, Correlation, Scenario};
use crate::tally::Tally;

/// A stated correlation, and what it comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Achieved {
    /// What was stated.
    pub stated: Correlation,
    /// The rank correlation (Spearman's rho) in the draws.
    pub rank: f64,
    /// Its Monte Carlo standard error.
    pub mcse: f64,
}

/// Draws that are looked at: enough for two digits and a half, and no more, since each costs a cdf.
const INSTANCES: u64 = 100_000;

/// The rank correlation of each stated pair, over the first instances of a run. Of a number with several branches
/// the first is looked at.
pub fn achieved(scenario: &Scenario, model: &Model, run: Run) -> Vec<Achieved> {
    let stated = scenario.correlations();
    if stated.is_empty() {
        return Vec::new();
    }
    let place = |address: &Address| {
        let is_it = |input: &crate::model::Input| input.address == *address && input.source.is_score();
        model.inputs().iter().position(is_it)
    };
    let pairs: Vec<(usize, usize)> =
        stated.iter().filter_map(|c| Some((place(&c.one)?, place(&c.other)?))).collect();
    let dists =
        pairs.iter().map(|&(i, j)| (&model.inputs()[i].dist, &model.inputs()[j].dist)).collect::<Vec<_>>();
    let instances = run.instances.min(INSTANCES);
    let tally = || Ranks { pairs: &pairs, dists: &dists, sums: vec![[0.0; 6]; pairs.len()] };
    let kept = sample_in::<f64, _>(model, Run { instances, ..run }, &tally, &|_| {});
    let n = instances as f64;
    let correlation = |[x, y, xx, yy, xy, xxyy]: &[f64; 6]| {
        let (mx, my) = (x / n, y / n);
        let (vx, vy) = (xx / n - mx * mx, yy / n - my * my);
        let rho = (xy / n - mx * my) / (vx * vy).sqrt();
        // The delta method for a product of centred ranks.
        let product = (xxyy / n - (xy / n) * (xy / n)).max(0.0);
        (rho, (product / n / (vx * vy)).sqrt())
    };
    stated
        .iter()
        .zip(&kept.sums)
        .map(|(stated, sums)| {
            let (rank, mcse) = correlation(sums);
            Achieved { stated: stated.clone(), rank, mcse }
        })
        .collect()
}

/// Sums of ranks and their products, the ranks as cdfs around 1/2; atoms take the middle of what they cover.
struct Ranks<'a> {
    pairs: &'a [(usize, usize)],
    dists: &'a [(&'a Dist, &'a Dist)],
    /// Of x, y, x^2, y^2, xy, (xy)^2.
    sums: Vec<[f64; 6]>,
}

fn rank(dist: &Dist, x: f64) -> f64 {
    f64::midpoint(dist.cdf(x), 1.0 - dist.survival(x.next_down())) - 0.5
}

impl Tally for Ranks<'_> {
    fn record(&mut self, batch: &Batch) {
        for ((&(i, j), (one, other)), sums) in self.pairs.iter().zip(self.dists).zip(&mut self.sums) {
            for (x, y) in batch.input(i).iter().zip(batch.input(j)).take(batch.len()) {
                let (x, y) = (rank(one, *x), rank(other, *y));
                for (sum, term) in sums.iter_mut().zip([x, y, x * x, y * y, x * y, x * y * x * y]) {
                    *sum += term;
                }
            }
        }
    }

    fn merge(&mut self, later: &Self) {
        for (sums, more) in self.sums.iter_mut().zip(&later.sums) {
            for (sum, more) in sums.iter_mut().zip(more) {
                *sum += more;
            }
        }
    }
}
