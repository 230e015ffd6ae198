//! Correlations as they come out: the rank correlation that stated ones have in the draws.

use crate::analysis::interval::Measured;
use crate::batch::{Aligned, Batch, Column};
use crate::control::Control;
use crate::distribution::Dist;
use crate::kernel::{Kernel, dispatch};
use crate::model::Model;
use crate::sampler::{Run, sample_with_precision};
use crate::scenario::{Address, Correlation, Scenario};
use crate::tally::Tally;

/// A stated correlation, and the achieved one.
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
/// The most draws times pairs.
const WORK: u64 = 100_000_000;

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
    let pairs: Vec<(usize, usize)> = places.iter().copied().flatten().collect();
    let draws = run.draws.min(DRAWS).min(WORK / (pairs.len() as u64).max(1));
    let tally = || RankSums::new(model, &pairs);
    let kept = if pairs.is_empty() {
        tally()
    } else {
        sample_with_precision::<f64, _>(model, Run { draws, ..run }, &tally, Control::none())
            .expect("nothing stops it")
    };
    let mut drawn = kept.correlations(draws as f64).into_iter();
    let achieved = stated.iter().zip(&places).map(|(stated, place)| SampledCorrelation {
        stated: stated.clone(),
        rank: place.map(|_| drawn.next().expect("each pair that has columns was drawn")),
    });
    achieved.collect()
}

/// Sums over draws of powers of the ranks of one column: of the first, second and fourth.
type Own = [f64; 3];
/// Sums over draws of products of the ranks of two columns: x y, x^2 y^2, x^3 y and x y^3.
type Joint = [f64; 4];

/// The correlation of two columns of ranks with these sums, and its standard error by the delta method: that of the mean of
/// `x y - rho (x^2 + y^2) / 2` in standard units.
fn correlation(owns: [&Own; 2], joint: &Joint, n: f64) -> Measured {
    let [[x, xx, xxxx], [y, yy, yyyy]] = owns.map(|own| own.map(|sum| sum / n));
    let [xy, xxyy, xxxy, xyyy] = joint.map(|sum| sum / n);
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
struct RankSums<'a> {
    members: Vec<Member<'a>>,
    /// Two members.
    pairs: Vec<(usize, usize)>,
    /// Shape `[n_members]`.
    owns: Vec<Own>,
    /// Shape `[n_pairs]`.
    joints: Vec<Joint>,
    /// Shape `[n_members]`: the ranks in a block, 0 beyond its draws.
    ranks: Vec<Aligned>,
}

/// A column of which correlations are stated.
struct Member<'a> {
    column: usize,
    dist: &'a Dist,
    has_atoms: bool,
}

impl Member<'_> {
    fn rank(&self, x: f64) -> f64 {
        let up_to = self.dist.cdf(x);
        let below = if self.has_atoms { 1.0 - self.dist.survival(x.next_down()) } else { up_to };
        f64::midpoint(up_to, below) - 0.5
    }
}

impl<'a> RankSums<'a> {
    fn new(model: &'a Model, pairs: &[(usize, usize)]) -> Self {
        let mut columns: Vec<usize> = pairs.iter().flat_map(|&(one, other)| [one, other]).collect();
        columns.sort_unstable();
        columns.dedup();
        let place = |column: usize| columns.binary_search(&column).expect("every column of a pair is listed");
        let pairs: Vec<_> = pairs.iter().map(|&(one, other)| (place(one), place(other))).collect();
        let member = |&column: &usize| {
            let dist = &model.inputs()[column].dist;
            Member { column, dist, has_atoms: !dist.atoms().is_empty() }
        };
        Self {
            members: columns.iter().map(member).collect(),
            owns: vec![Own::default(); columns.len()],
            joints: vec![Joint::default(); pairs.len()],
            ranks: vec![Aligned::default(); columns.len()],
            pairs,
        }
    }

    /// The correlation of each pair over `n` draws.
    fn correlations(&self, n: f64) -> Vec<Measured> {
        let of = |(&(one, other), joint)| correlation([&self.owns[one], &self.owns[other]], joint, n);
        self.pairs.iter().zip(&self.joints).map(of).collect()
    }
}

impl Tally for RankSums<'_> {
    fn record(&mut self, batch: &Batch) {
        for ((member, own), ranks) in self.members.iter().zip(&mut self.owns).zip(&mut self.ranks) {
            ranks.fill(0.0);
            let column = batch.input(member.column);
            for (rank, &x) in ranks.iter_mut().zip(column).take(batch.len()) {
                *rank = member.rank(x);
            }
            dispatch(AddPowers { ranks, own });
        }
        for (&(one, other), joint) in self.pairs.iter().zip(&mut self.joints) {
            dispatch(AddProducts { columns: [&self.ranks[one], &self.ranks[other]], joint });
        }
    }

    fn merge(&mut self, later: &Self) {
        let owns = self.owns.iter_mut().flatten().zip(later.owns.iter().flatten());
        let joints = self.joints.iter_mut().flatten().zip(later.joints.iter().flatten());
        owns.chain(joints).for_each(|(sum, more)| *sum += more);
    }
}

/// Sums that are taken side by side.
const LANES: usize = 8;

struct AddPowers<'a> {
    ranks: &'a Column,
    own: &'a mut Own,
}

impl Kernel for AddPowers<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let mut sums = [[0.0; LANES]; 3];
        for ranks in self.ranks.as_chunks::<LANES>().0 {
            for (lane, &x) in ranks.iter().enumerate() {
                let square = x * x;
                sums[0][lane] += x;
                sums[1][lane] += square;
                sums[2][lane] += square * square;
            }
        }
        add_lanes(self.own, &sums);
    }
}

struct AddProducts<'a> {
    columns: [&'a Column; 2],
    joint: &'a mut Joint,
}

impl Kernel for AddProducts<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let mut sums = [[0.0; LANES]; 4];
        let [one, other] = self.columns.map(|column| column.as_chunks::<LANES>().0);
        for (xs, ys) in one.iter().zip(other) {
            for lane in 0..LANES {
                let (x, y) = (xs[lane], ys[lane]);
                let xy = x * y;
                sums[0][lane] += xy;
                sums[1][lane] += xy * xy;
                sums[2][lane] += xy * (x * x);
                sums[3][lane] += xy * (y * y);
            }
        }
        add_lanes(self.joint, &sums);
    }
}

#[inline(always)]
fn add_lanes<const N: usize>(totals: &mut [f64; N], sums: &[[f64; LANES]; N]) {
    for (total, lanes) in totals.iter_mut().zip(sums) {
        *total += lanes.iter().sum::<f64>();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The correlation of ranks that were summed as columns is that of the plain formula, and its error that of the plain sums.
    #[test]
    fn sums_are_those_of_the_formula() {
        let x = |n: usize| ((n * 37 + 11) % 1_024) as f64 / 1_024.0 - 0.5;
        let y = |n: usize| 0.6 * x(n) + 0.4 * x(n * n + 5);
        let columns: [Column; 2] = [std::array::from_fn(x), std::array::from_fn(y)];
        let (mut owns, mut joint) = ([Own::default(); 2], Joint::default());
        for (ranks, own) in columns.iter().zip(&mut owns) {
            dispatch(AddPowers { ranks, own });
        }
        dispatch(AddProducts { columns: [&columns[0], &columns[1]], joint: &mut joint });
        let n = columns[0].len() as f64;
        let got = correlation([&owns[0], &owns[1]], &joint, n);
        let mean = |f: &dyn Fn(f64, f64) -> f64| {
            columns[0].iter().zip(&columns[1]).map(|(x, y)| f(*x, *y)).sum::<f64>() / n
        };
        let (mx, my) = (mean(&|x, _| x), mean(&|_, y| y));
        let (vx, vy) = (mean(&|x, _| (x - mx) * (x - mx)), mean(&|_, y| (y - my) * (y - my)));
        let rho = mean(&|x, y| (x - mx) * (y - my)) / (vx * vy).sqrt();
        assert!((got.value - rho).abs() < 1e-12, "{} {rho}", got.value);
        let part = |x: f64, y: f64| x * y / (vx * vy).sqrt() - rho / 2.0 * (x * x / vx + y * y / vy);
        let centre = mean(&part);
        let variance = mean(&|x, y| (part(x, y) - centre) * (part(x, y) - centre));
        assert!((got.mcse - (variance / n).sqrt()).abs() < 1e-12, "{} {variance}", got.mcse);
    }
}
