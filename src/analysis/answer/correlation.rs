//! Correlations as they come out: the rank correlation that stated ones have in the draws.

use crate::analysis::interval::Measured;
use crate::batch::Batch;
use crate::control::Control;
use crate::distribution::Dist;
use crate::model::Model;
use crate::sampler::{Run, sample_with_precision};
use crate::scenario::{Address, Correlation, Scenario};
use crate::tally::Tally;

/// A stated correlation, and what it comes to.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SampledCorrelation {
    /// Correlation that was stated.
    pub stated: Correlation,
    /// The rank correlation (Spearman's rho) in the draws; nothing if one of the two numbers is not drawn, because its factor has no
    /// weight in any world or because it is certain.
    pub rank: Option<Measured>,
}

/// Draws that are looked at: enough for two digits and a half, and no more, since each costs a cdf.
const DRAWS: u64 = 100_000;

/// The rank correlation of each stated pair, over the first draws of a run. Of a number with several branches
/// the first is looked at.
pub fn achieved(scenario: &Scenario, model: &Model, run: Run) -> Vec<SampledCorrelation> {
    let stated = scenario.correlations();
    if stated.is_empty() {
        return Vec::new();
    }
    let place = |address: &Address| {
        let is_it = |input: &crate::model::Input| input.address == *address && input.source.is_score();
        model.inputs().iter().position(is_it)
    };
    let places: Vec<Option<(usize, usize)>> =
        stated.iter().map(|c| Some((place(&c.one)?, place(&c.other)?))).collect();
    let pair = |(i, j): (usize, usize)| Pair {
        columns: [i, j],
        dists: [i, j].map(|index| &model.inputs()[index].dist),
        sums: [0.0; TERMS],
    };
    let pairs: Vec<Pair<'_>> = places.iter().copied().flatten().map(pair).collect();
    let draws = run.draws.min(DRAWS);
    let tally = || Ranks { pairs: pairs.clone() };
    let kept = if pairs.is_empty() {
        tally()
    } else {
        sample_with_precision::<f64, _>(model, Run { draws, ..run }, &tally, Control::none())
            .expect("nothing stops it")
    };
    let mut drawn = kept.pairs.iter().map(|pair| correlation(&pair.sums, draws as f64));
    let achieved = stated.iter().zip(&places).map(|(stated, place)| SampledCorrelation {
        stated: stated.clone(),
        rank: place.map(|_| drawn.next().expect("each pair that has columns was drawn")),
    });
    achieved.collect()
}

/// The terms that are summed: powers of x times powers of y.
const POWERS: [(i32, i32); TERMS] =
    [(1, 0), (0, 1), (2, 0), (1, 1), (0, 2), (2, 2), (3, 1), (1, 3), (4, 0), (0, 4)];
const TERMS: usize = 10;

/// The correlation of ranks whose terms add up to these sums, and its standard error by the delta method: that of the mean of
/// `x y - rho (x^2 + y^2) / 2` in standard units.
fn correlation(sums: &[f64; TERMS], n: f64) -> Measured {
    let [x, y, xx, xy, yy, xxyy, xxxy, xyyy, xxxx, yyyy] = sums.map(|sum| sum / n);
    let (vx, vy) = (xx - x * x, yy - y * y);
    let unit = (vx * vy).sqrt();
    let rho = (xy - x * y) / unit;
    let mixed = (xxxy / vx + xyyy / vy) / unit;
    let squares = xxxx / (vx * vx) + yyyy / (vy * vy) + 2.0 * xxyy / (unit * unit);
    let mean = xy / unit - rho / 2.0 * (xx / vx + yy / vy);
    let variance = xxyy / (unit * unit) - rho * mixed + rho * rho / 4.0 * squares - mean * mean;
    Measured { value: rho, mcse: (variance.max(0.0) / n).sqrt() }
}

/// Sums of ranks and their products, the ranks as cdfs around 1/2; atoms take the middle of what they cover.
struct Ranks<'a> {
    pairs: Vec<Pair<'a>>,
}

/// Two columns, and their sums.
#[derive(Clone)]
struct Pair<'a> {
    columns: [usize; 2],
    dists: [&'a Dist; 2],
    sums: [f64; TERMS],
}

fn rank(dist: &Dist, x: f64) -> f64 {
    f64::midpoint(dist.cdf(x), 1.0 - dist.survival(x.next_down())) - 0.5
}

impl Tally for Ranks<'_> {
    fn record(&mut self, batch: &Batch) {
        for Pair { columns, dists, sums } in &mut self.pairs {
            let [one, other] = columns.map(|column| batch.input(column));
            for (x, y) in one.iter().zip(other).take(batch.len()) {
                let (x, y) = (rank(dists[0], *x), rank(dists[1], *y));
                for (sum, (i, j)) in sums.iter_mut().zip(POWERS) {
                    *sum += whole_power(x, i) * whole_power(y, j);
                }
            }
        }
    }

    fn merge(&mut self, later: &Self) {
        for (pair, more) in self.pairs.iter_mut().zip(&later.pairs) {
            for (sum, more) in pair.sums.iter_mut().zip(&more.sums) {
                *sum += more;
            }
        }
    }
}

/// A power by multiplication, so that all targets give the same bits.
fn whole_power(x: f64, n: i32) -> f64 {
    (0..n).fold(1.0, |product, _| product * x)
}
