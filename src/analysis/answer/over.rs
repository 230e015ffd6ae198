//! Averages over points laid over a summary that was counted: pairs, ranks, claims and moments.

use crate::analysis::answer::blend::{self, Widths};
use crate::analysis::answer::estimates::Event;

use crate::analysis::answer::shape::{AreaSummary, OrderSummary, PairsSummary};
use crate::analysis::interval::{Estimate, LEVEL, t_quantile};
use crate::exact::{Integral, Moments, PointAverages, REPLICATES};
use crate::scenario::Scenario;

/// A probability that fewer points carry stays counted: sixteen a scramble. Below that the averages of the scrambles are skewed: most lack
/// the few points that matter, and agree too well.
const CARRIERS: f64 = (16 * REPLICATES) as f64;

const THIN: &str = "too few points contribute to estimate its error";

/// Why a probability is counted that could be integrated.
const COARSE: &str = "counting is more exact there";

/// The use of what was counted where it is integrated too.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mix {
    /// Both are averaged, weighted by how exact they are.
    Weighted,
    /// The integral alone is taken.
    Alone,
}

/// Notes on how probabilities were had.
#[derive(Debug, Default)]
pub struct Notes {
    /// Events that had to be sampled, and why.
    pub sampled: Vec<(String, &'static str)>,
    /// Number that are averages of what was counted and what was integrated.
    pub weighted: usize,
}

/// Events that are left to counting, and why.
type Left = Vec<(Event, &'static str)>;

impl Notes {
    fn add(&mut self, n: usize, share: f64) {
        self.weighted += if share < 1.0 { n } else { 0 };
    }
}

/// Scales the ranks of an area so that they add up to one. How far that moves each is a part of its bound.
fn add_up_to_one(ranks: &mut [PointAverages]) {
    let sum: f64 = ranks.iter().map(|rank| rank.mean.max(0.0)).sum();
    if sum > 0.0 {
        for rank in ranks {
            let mean = rank.mean.max(0.0);
            rank.mean = mean / sum;
            rank.bound += (rank.mean - mean).abs();
        }
    }
}

/// A summary over which averages are laid.
pub struct Over<'a> {
    pub scenario: &'a Scenario,
    pub integral: &'a Integral<'a>,
    pub mix: Mix,
    /// Number of draws that were counted.
    pub draws: u64,
}

impl Over<'_> {
    /// Replaces what can be integrated where the joint worlds have these weights; notes what cannot, and why. `place` says where that
    /// is.
    pub fn order(&self, weights: &[f64], order: &mut OrderSummary, place: &str, notes: &mut Notes) {
        let mut left = Vec::new();
        self.pairs(weights, order, notes, &mut left);
        self.ranks(weights, order, notes, &mut left);
        for (index, claim) in order.claims.iter_mut().enumerate() {
            match self.claim(index, weights, &claim.estimate) {
                Ok((estimate, share, tie)) => {
                    notes.add(1, share);
                    claim.estimate = estimate;
                    claim.tie = share * tie + (1.0 - share) * claim.tie;
                }
                Err(why) => left.push((Event::Claim(index), why)),
            }
        }
        for pairs in &mut order.pairs {
            self.expected(weights, pairs);
            pairs.distribution.iter_mut().for_each(Estimate::leave);
        }
        for (event, estimate) in order.estimates_mut() {
            if left.iter().any(|(left, _)| *left == event) {
                estimate.leave();
            }
        }
        notes.sampled.extend(
            left.into_iter()
                .map(|(event, why)| (format!("{}{place}", order.name(self.scenario, event)), why)),
        );
    }

    /// A claim with the share of it that is integrated, and the probability that it hangs on a tie by the integral.
    pub fn claim(
        &self,
        claim: usize,
        weights: &[f64],
        counted: &Estimate,
    ) -> Result<(Estimate, f64, f64), &'static str> {
        let (average, tie) = self.integral.claim(claim, weights)?;
        let share = self.share(&[(counted, average)], false)?;
        Ok((blend::estimate(share, counted, average), share, tie))
    }

    /// The share of the integral in probabilities that are to have one; why it is nothing. Few points do where `few` are enough.
    fn share(&self, all: &[(&Estimate, PointAverages)], few: bool) -> Result<f64, &'static str> {
        if !few && all.iter().any(|(_, average)| average.carriers < CARRIERS) {
            return Err(THIN);
        }
        if self.mix == Mix::Alone {
            return Ok(1.0);
        }
        let widths: Vec<Widths> =
            all.iter().map(|(counted, average)| Widths::of(counted, *average)).collect();
        let share = Widths::together(&widths).share();
        if share > 0.0 { Ok(share) } else { Err(COARSE) }
    }

    /// Both directions of a pair and their tie have one share, so that they add up to one.
    fn pairs(&self, weights: &[f64], order: &mut OrderSummary, notes: &mut Notes, left: &mut Left) {
        let n = order.before.len();
        for (i, j) in (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))) {
            let (Some(before), Some(after)) = (order.before[i][j], order.before[j][i]) else { continue };
            let averages = [(i, j), (j, i)].map(|(i, j)| self.integral.before(i, j, weights));
            match self.share(&[(&before, averages[0]), (&after, averages[1])], false) {
                Ok(share) => {
                    notes.add(2, share);
                    order.before[i][j] = Some(blend::estimate(share, &before, averages[0]));
                    order.before[j][i] = Some(blend::estimate(share, &after, averages[1]));
                    let tie = self.integral.tie(i, j, weights).clamp(0.0, 1.0);
                    for (i, j) in [(i, j), (j, i)] {
                        order.tie[i][j] =
                            order.tie[i][j].map(|counted| share * tie + (1.0 - share) * counted);
                    }
                }
                Err(why) => left.extend([(i, j), (j, i)].map(|(i, j)| (Event::Before(i, j), why))),
            }
        }
    }

    /// All ranks of an order have one share, so that they add up to one. What few points carry among them is no surer than its count.
    fn ranks(&self, weights: &[f64], order: &mut OrderSummary, notes: &mut Notes, left: &mut Left) {
        let n = order.ranks.len();
        let cells = || (0..n).flat_map(move |i| (0..n).map(move |rank| (i, rank)));
        let averages: Result<Vec<PointAverages>, &str> =
            cells().map(|(i, rank)| self.integral.rank(i, rank, weights)).collect();
        let share = averages.and_then(|mut averages| {
            averages.chunks_exact_mut(n.max(1)).for_each(add_up_to_one);
            let all: Vec<(&Estimate, PointAverages)> = order.ranks.iter().flatten().zip(averages).collect();
            // Where no cell is carried by enough points the table is not either.
            let any = all.iter().any(|(_, average)| average.carriers >= CARRIERS);
            let share = self.share(&all, any)?;
            Ok((share, all.into_iter().map(|(_, average)| average).collect::<Vec<_>>()))
        });
        match share {
            Ok((share, averages)) => {
                notes.add(averages.len(), share);
                for (rank, average) in order.ranks.iter_mut().flatten().zip(averages) {
                    *rank = if average.carriers < CARRIERS {
                        blend::estimate_of_few(share, rank, average)
                    } else {
                        blend::estimate(share, rank, average)
                    };
                }
            }
            Err(why) => left.extend(cells().map(|(i, rank)| (Event::Rank(i, rank), why))),
        }
    }

    fn expected(&self, weights: &[f64], pairs: &mut PairsSummary) {
        let (a, b) = (self.scenario.members(pairs.a), self.scenario.members(pairs.b));
        let average = self.integral.expected(&a, &b, weights);
        if average.carriers < CARRIERS {
            return;
        }
        let share = match self.mix {
            Mix::Alone => 1.0,
            Mix::Weighted => Widths::from_errors(pairs.mcse, average.mcse, average.bound).share(),
        };
        // Both are spread around the same number, each by its share.
        let spread = share * t_quantile(1.0 - LEVEL / 2.0) * average.mcse;
        let reach = [pairs.expected - pairs.low, pairs.high - pairs.expected]
            .map(|counted| libm::hypot(spread, (1.0 - share) * counted) + share * average.bound);
        let found = blend::number(share, (pairs.expected, pairs.mcse), (average.mean, average.mcse));
        // What the average may be off besides is no standard error, but has nowhere else to stand.
        (pairs.expected, pairs.mcse) = (found.0, found.1 + share * average.bound);
        (pairs.low, pairs.high) = ((found.0 - reach[0]).max(0.0), (found.0 + reach[1]).min(pairs.of as f64));
    }

    /// Means and standard deviations.
    pub fn areas(&self, weights: &[f64], areas: &mut [AreaSummary]) {
        for (i, area) in areas.iter_mut().enumerate() {
            let Moments { mean, mcse, sd, sd_mcse } = self.integral.moments(i, weights);
            let counted = (area.overall.mean, area.mcse);
            let share = match self.mix {
                Mix::Weighted if !area.is_heavy => Widths::from_errors(area.mcse, mcse, 0.0).share(),
                // A few draws made most of the spread, and its error says too little.
                Mix::Alone | Mix::Weighted => 1.0,
            };
            area.is_heavy = false;
            (area.overall.mean, area.mcse) = blend::number(share, counted, (mean, mcse));
            // That of a count is at least about that of a normal number; with longer tails it is more.
            let counted = area.overall.sd / (2.0 * self.draws as f64).sqrt();
            if self.mix == Mix::Alone || sd_mcse <= counted {
                (area.overall.sd, area.sd_mcse) = (sd, Some(sd_mcse));
            }
        }
    }
}
