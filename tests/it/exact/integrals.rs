//! Ranks and claims on several areas by the exact engine: within their stated bounds of closed forms whatever densities are like, or counted.

use crate::support::*;
use headstart::analysis::{Estimate, Summary, cross_check, integrate_alone, summarize};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

fn alone(scenario: &Scenario, draws: u64, points: u64) -> (Summary, Summary) {
    let run = Run { draws, threads: Some(1), ..Run::default() };
    let counted = summarize(scenario, run, Control::none());
    let mut summary = counted.clone();
    integrate_alone(scenario, run, points, &mut summary, Control::none()).unwrap();
    (counted, summary)
}

/// How often something was integrated and how often counted, and the largest deviation in parts of the stated bound.
#[derive(Debug, Default)]
struct Found {
    models: usize,
    integrated: usize,
    counted: usize,
    worst: f64,
    at: String,
}

impl Found {
    fn check(&mut self, estimate: Estimate, truth: f64, what: &dyn Fn() -> String) {
        if !estimate.is_integrated() {
            assert!(estimate.is_left(), "{}: {estimate:?}", what());
            self.counted += 1;
            return;
        }
        self.integrated += 1;
        let off = (estimate.probability - truth).abs();
        let bound = (estimate.high - estimate.probability).max(estimate.probability - estimate.low);
        // Truths have some fifteen digits.
        let share = off / (bound + 1e-13);
        if share > self.worst {
            (self.worst, self.at) = (share, format!("{}: {estimate:?} for {truth}", what()));
        }
    }

    /// One share in the first place is as likely as any other, of three or four areas alike, and so are the places of groups.
    fn alike(&mut self, score: &str, n_factors: usize, (x, y): (usize, usize)) {
        let n = x + y;
        let ids = |group: &str, n: usize| -> Vec<String> {
            (0..n).map(|i| format!("(id: \"{group}{i}\", group: \"{group}\")")).collect()
        };
        let factor =
            |k: usize| format!("(id: \"f{k}\", weight: {}, scores: [{}])", k + 1, vec![score; n].join(", "));
        let scenario = parse(&format!(
            "Scenario(title: \"alike\", groups: [(id: \"x\"), (id: \"y\")], areas: [{}], factors: [{}])",
            [ids("x", x), ids("y", y)].concat().join(", "),
            (0..n_factors).map(factor).collect::<Vec<_>>().join(", "),
        ));
        let run = Run { draws: 100, threads: Some(1), ..Run::default() };
        let mut summary = summarize(&scenario, run, Control::none());
        // What cannot be integrated at all is counted as a whole.
        if integrate_alone(&scenario, run, 2, &mut summary, Control::none()).is_err() {
            return;
        }
        self.models += 1;
        let name = || format!("{score} on {n_factors} factors");
        for (i, row) in summary.order.ranks.iter().enumerate() {
            for (rank, estimate) in row.iter().enumerate() {
                self.check(*estimate, 1.0 / n as f64, &|| format!("{}, rank {rank} of {i}", name()));
            }
        }
        for (i, row) in summary.order.before.iter().enumerate() {
            for (j, estimate) in row.iter().enumerate().filter(|(j, _)| *j != i) {
                self.check(estimate.unwrap(), 0.5, &|| format!("{}, {i} before {j}", name()));
            }
        }
        let first = claim(&summary, "first(x)<first(y)");
        self.check(first, x as f64 / n as f64, &|| format!("{}, first", name()));
        // All of the one group before all of the other: one in as many as there are ways to choose the places of a group.
        let ways: f64 = (0..x).map(|k| (n - k) as f64 / (x - k) as f64).product();
        let every = claim(&summary, "last(x)<first(y)");
        self.check(every, 1.0 / ways, &|| format!("{}, every", name()));
    }

    fn end(&self, integrated: usize) {
        println!("{self:?}");
        assert!(self.worst <= 1.0, "{} of the bound: {}", self.worst, self.at);
        assert!(self.integrated >= integrated && self.counted > 0, "{self:?}");
    }
}

fn beta(alpha: f64, beta: f64) -> String {
    format!("Beta(alpha: {alpha}, beta: {beta}, min: 0, max: 1)")
}

/// Families with densities that are smooth, jump, end steeply or have no bounds.
const SCORES: [&str; 24] = [
    "Uniform(min: 0, max: 1)",
    "Triangular(min: 1, mode: 1, max: 10)",
    "Triangular(min: 1, mode: 6, max: 10)",
    "Pert(min: 1, mode: 1, max: 10)",
    "Pert(min: 1, mode: 9.99, max: 10)",
    "Pert(min: 1, mode: 4, max: 10)",
    "LogitNormal(mu: 0, sigma: 2, min: 0, max: 1)",
    "LogitNormal(mu: 0, sigma: 3, min: 0, max: 1)",
    "LogitNormal(mu: 1, sigma: 0.7, min: 0, max: 1)",
    "BetaMean(mean: 9.9, concentration: 5, min: 1, max: 10)",
    "BetaMean(mean: 1.2, concentration: 3, min: 1, max: 10)",
    "Truncated(of: Normal(mean: 10, sd: 1), min: 1, max: 10)",
    "Truncated(of: Normal(mean: 5, sd: 1), min: 1, max: 10)",
    "Normal(mean: 0, sd: 1)",
    "LogNormal(mu: 0, sigma: 0.5)",
    "LogNormal(mu: 0, sigma: 2)",
    "Exponential(rate: 1)",
    "Gamma(shape: 0.05, scale: 1)",
    "Gamma(shape: 0.5, scale: 1)",
    "Gamma(shape: 3, scale: 1)",
    "StudentT(location: 0, scale: 1, df: 3)",
    "StudentT(location: 0, scale: 1, df: 30)",
    "Mixture([(0.5, Uniform(min: 0, max: 0.1)), (0.5, Uniform(min: 1.9, max: 2))])",
    "Interval(level: 0.9, low: 2, high: 7, shape: LogNormal)",
];

#[test]
fn ranks_of_areas_alike_are_within_their_bounds_or_counted() {
    let mut found = Found::default();
    for (score, n_factors) in [
        (beta(1.0, 3.0), 1),
        (beta(0.5, 0.5), 1),
        (beta(0.5, 0.5), 2),
        (beta(0.05, 0.05), 1),
        (beta(3.0, 0.3), 3),
        (beta(1.0, 1.0), 2),
        (beta(50.0, 0.05), 2),
        (beta(2.0, 5.0), 1),
        (SCORES[1].into(), 1),
        (SCORES[3].into(), 1),
        (SCORES[6].into(), 1),
        (SCORES[11].into(), 1),
        (SCORES[13].into(), 1),
        (SCORES[18].into(), 2),
    ] {
        found.alike(&score, n_factors, (2, 1));
    }
    found.end(60);
}

/// All families and shapes from .05 to 50, on one to three factors: minutes.
#[test]
#[ignore = "takes minutes"]
fn ranks_of_all_families_are_within_their_bounds_or_counted() {
    let shapes = [0.05, 0.1, 0.3, 0.5, 0.7, 1.0, 1.3, 2.0, 3.0, 8.0, 50.0];
    let betas = shapes.iter().flat_map(|a| shapes.iter().map(move |b| beta(*a, *b)));
    let gammas = shapes.iter().map(|shape| format!("Gamma(shape: {shape}, scale: 1)"));
    let mut found = Found::default();
    for score in SCORES.iter().map(|score| (*score).to_owned()).chain(gammas).chain(betas) {
        for n_factors in 1..=3 {
            found.alike(&score, n_factors, (2, 1));
        }
        found.alike(&score, 2, (2, 2));
    }
    found.end(1_000);
}

/// Powers of uniform numbers are drawn as by Luce: the first is i with a probability in proportion to its power, and so on
/// among those that are left.
///
/// Source: Plackett, The Analysis of Permutations, Applied Statistics 24 (1975).
#[test]
fn ranks_of_unlike_areas_are_those_of_luce() {
    let luce = |powers: &[f64], i: usize, rank: usize| -> f64 {
        fn go(left: &mut Vec<(usize, f64)>, i: usize, rank: usize) -> f64 {
            let total: f64 = left.iter().map(|(_, power)| power).sum();
            let mut sum = 0.0;
            for index in 0..left.len() {
                let next = left[index];
                if rank == 0 {
                    sum += if next.0 == i { next.1 / total } else { 0.0 };
                } else if next.0 != i {
                    left.remove(index);
                    sum += next.1 / total * go(left, i, rank - 1);
                    left.insert(index, next);
                }
            }
            sum
        }
        go(&mut powers.iter().copied().enumerate().collect(), i, rank)
    };
    let mut found = Found::default();
    for powers in [
        [1.0, 2.0, 3.0],
        [0.05, 0.3, 1.0],
        [0.5, 5.0, 50.0],
        [2.0, 2.5, 3.5],
        [4.0, 6.0, 9.0],
        [0.7, 1.0, 1.3],
    ] {
        let scores = powers.map(|power| beta(power, 1.0));
        let scenario = one_factor(&[&scores[0], &scores[1]], &[&scores[2]], "");
        let (_, summary) = alone(&scenario, 100, 2);
        for (i, row) in summary.order.ranks.iter().enumerate() {
            for (rank, estimate) in row.iter().enumerate() {
                found.check(*estimate, luce(&powers, i, rank), &|| format!("{powers:?}, rank {rank} of {i}"));
            }
        }
        let first = claim(&summary, "first(x)<first(y)");
        let truth = (powers[0] + powers[1]) / powers.iter().sum::<f64>();
        found.check(first, truth, &|| format!("{powers:?}, first"));
    }
    println!("{found:?}");
    assert!(found.worst <= 1.0, "{} of the bound: {}", found.worst, found.at);
}

/// With weights that are averaged over, what is steep at some points only: against counts, and what must hold of ranks.
#[test]
fn ranks_over_points_are_those_of_counts_and_add_up() {
    let steep = [beta(0.3, 0.3), beta(1.0, 3.0), beta(2.0, 1.0), beta(0.7, 4.0)];
    let smooth = ["Pert(min: 0, mode: 0.4, max: 1)", "Normal(mean: 0.5, sd: 0.2)"].map(str::to_owned);
    for (scores, law) in [
        ([&steep[0], &steep[1], &steep[2]], "Simplex"),
        ([&steep[1], &steep[3], &smooth[0]], "Simplex"),
        ([&smooth[0], &smooth[1], &steep[2]], "Dirichlet(concentration: 1.5)"),
        ([&smooth[0], &smooth[1], &smooth[1]], "Simplex"),
    ] {
        let factor = |k: usize| {
            let turned = [scores[k % 3], scores[(k + 1) % 3], scores[(k + 2) % 3]];
            let weight = if law.starts_with("Dirichlet") { "weight: 1, " } else { "" };
            format!("(id: \"f{k}\", {weight}scores: [{}, {}, {}])", turned[0], turned[1], turned[2])
        };
        let scenario = parse(&format!(
            "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")], weights: {law}, areas: [
             (id: \"a\", group: \"x\"), (id: \"b\", group: \"x\"), (id: \"c\", group: \"y\")],
             factors: [{}, {}, {}])",
            factor(0),
            factor(1),
            factor(2)
        ));
        let (counted, summary) = alone(&scenario, 200_000, 64);
        let check = cross_check(&scenario, &counted, &summary);
        assert!(!check.is_inconsistent(), "{scores:?}: {check:?}");
        let ranks = &summary.order.ranks;
        let bound = ranks.iter().flatten().map(Estimate::half_width).fold(0.0, f64::max);
        for i in 0..3 {
            let row: f64 = ranks[i].iter().map(|rank| rank.probability).sum();
            let column: f64 = ranks.iter().map(|row| row[i].probability).sum();
            assert!((row - 1.0).abs() < 3.0 * bound + 1e-9, "{scores:?}: row {i}: {row}");
            assert!((column - 1.0).abs() < 3.0 * bound + 1e-9, "{scores:?}: column {i}: {column}");
        }
    }
}

/// Far from zero no digits are lost, and the error of a standard deviation is that over seeds: with weights w and 1 - w, w uniform, the
/// variance is a third of each score's and a twelfth of the square of their distance.
#[test]
fn standard_deviations_far_from_zero_have_their_error() {
    let seeds = thorough(60, 200);
    let far = one_factor(&["Normal(mean: 1e8, sd: 1)"], &["Normal(mean: 1e8, sd: 2)"], "");
    let (_, summary) = alone(&far, 100, 2);
    for (area, sd) in summary.areas.iter().zip([1.0, 2.0]) {
        assert!((area.overall.sd - sd).abs() < 1e-9, "{:?}", area.overall);
        assert_eq!(area.sd_mcse, Some(0.0));
    }
    let mixed = parse(
        "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")], weights: Simplex,
         areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"y\")], factors: [
         (id: \"f\", scores: [Normal(mean: 1000003, sd: 1), 0]), (id: \"g\", scores: [Normal(mean: 1000000, sd: 2), 0])])",
    );
    let truth = (5.0_f64 / 3.0 + 9.0 / 12.0).sqrt();
    let (mut sum, mut squares) = (0.0, 0.0);
    for seed in 0..seeds {
        let run = Run { draws: 100, seed, threads: Some(1), ..Run::default() };
        let mut summary = summarize(&mixed, run, Control::none());
        integrate_alone(&mixed, run, 32, &mut summary, Control::none()).unwrap();
        let z = (summary.areas[0].overall.sd - truth) / summary.areas[0].sd_mcse.unwrap();
        (sum, squares) = (sum + z, squares + z * z);
    }
    // Of Student's t with 15 degrees of freedom.
    let (n, variance, fourth) = (seeds as f64, 15.0 / 13.0, 675.0 / 143.0);
    assert!((sum / n).abs() < BOUND * (variance / n).sqrt(), "mean {}", sum / n);
    let off = (squares / n - variance).abs();
    assert!(off < BOUND * ((fourth - variance * variance) / n).sqrt(), "square {}", squares / n);
}
