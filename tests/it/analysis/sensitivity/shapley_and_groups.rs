//! Shares of parts and groups of numbers that go together, against closed forms and against brute force from the definitions.

use super::asking;
use crate::support::*;
use headstart::Scenario;
use headstart::analysis::{Detail, Measured, Sensitivity};
use headstart::distribution::{standard_cdf, standard_quantile};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

fn asked(scenario: &Scenario, claim: &str) -> Sensitivity {
    asking::asked(scenario, claim, 250_000, Detail::Full)
}

#[track_caller]
fn near(measured: Measured, truth: f64, error: f64, what: &str) {
    let Measured { value, mcse } = measured;
    assert!(mcse > 0.0 && mcse < 0.01, "{what}: an error of {mcse}");
    let off = (value - truth).abs() / mcse.hypot(error);
    assert!(off < BOUND, "{what}: {value} is {off:.1} errors from {truth}");
}

/// What is due to each of some players, where `takes(set)` is what knowing a set of them takes away: the mean over all orders.
fn shapley(players: usize, takes: &dyn Fn(usize) -> f64) -> Vec<f64> {
    fn rankings(left: &[usize], known: usize, takes: &dyn Fn(usize) -> f64, due: &mut [f64]) {
        for (n, &player) in left.iter().enumerate() {
            let more = known | 1 << player;
            let rest: Vec<usize> = [&left[..n], &left[n + 1..]].concat();
            let times = (1..=rest.len()).product::<usize>() as f64;
            due[player] += times * (takes(more) - takes(known));
            rankings(&rest, more, takes, due);
        }
    }
    let mut due = vec![0.0; players];
    rankings(&(0..players).collect::<Vec<_>>(), 0, takes, &mut due);
    let all = (1..=players).product::<usize>() as f64;
    due.iter().map(|sum| sum / all).collect()
}

/// A gap that is a sum of standard normals that go together, each times a coefficient.
struct Normals {
    coefficients: Vec<f64>,
    correlations: Vec<Vec<f64>>,
}

impl Normals {
    fn independent(coefficients: Vec<f64>) -> Self {
        let n = coefficients.len();
        let row = |i: usize| (0..n).map(|j| f64::from(u8::from(i == j))).collect();
        Self { coefficients, correlations: (0..n).map(row).collect() }
    }

    /// What knowing some of them takes away of the variance of the gap, as a share.
    fn of_gap(&self, known: &[usize]) -> f64 {
        let covariance =
            |i: usize| self.correlations[i].iter().zip(&self.coefficients).map(|(r, c)| r * c).sum::<f64>();
        // The regression on those that are known, by elimination.
        let n = known.len();
        let mut rows: Vec<Vec<f64>> = known
            .iter()
            .map(|&i| known.iter().map(|&j| self.correlations[i][j]).chain([covariance(i)]).collect())
            .collect();
        for k in 0..n {
            for i in 0..n {
                if i != k {
                    let times = rows[i][k] / rows[k][k];
                    let pivot = rows[k].clone();
                    for (x, y) in rows[i].iter_mut().zip(&pivot).skip(k) {
                        *x -= times * y;
                    }
                }
            }
        }
        let explained: f64 = (0..n).map(|k| covariance(known[k]) * rows[k][n] / rows[k][k]).sum();
        let whole: f64 = (0..self.coefficients.len()).map(|i| self.coefficients[i] * covariance(i)).sum();
        explained / whole
    }

    /// The same of the variance of its sign, whose mean is 0: two gaps with the correlation r have the same sign with the probability
    /// 1/2 + asin(r) / pi.
    fn of_sign(&self, known: &[usize]) -> f64 {
        self.of_gap(known).clamp(-1.0, 1.0).asin() / std::f64::consts::FRAC_PI_2
    }

    /// The share of a group alone, and what is left while only it is unknown.
    fn group(&self, members: &[usize]) -> [f64; 2] {
        let others: Vec<usize> = (0..self.coefficients.len()).filter(|i| !members.contains(i)).collect();
        [self.of_sign(members), 1.0 - self.of_sign(&others)]
    }

    fn shapley(&self, players: &[&[usize]]) -> Vec<f64> {
        shapley(players.len(), &|set| {
            let known = (0..players.len()).filter(|player| set >> player & 1 == 1);
            self.of_sign(&known.flat_map(|player| players[player]).copied().collect::<Vec<_>>())
        })
    }
}

const SDS: [[f64; 2]; 3] = [[1.0, 0.8], [1.5, 0.6], [0.7, 1.2]];

/// x against y on three factors that count alike; every score is a normal with the mean 5, and its standard deviation above.
fn linear(rest: &str) -> Scenario {
    let factor = |(k, [x, y]): (usize, &[f64; 2])| {
        format!(
            "(id: \"f{k}\", weight: Exact(1), scores: [Normal(mean: 5, sd: {x}), Normal(mean: 5, sd: {y})])"
        )
    };
    let factors: Vec<String> = SDS.iter().enumerate().map(factor).collect();
    parse(&format!(
        "Scenario(title: \"test\", groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")], factors: [{}], {rest})",
        factors.join(", ")
    ))
}

/// Compares groups, and parts with Shapley shares, with the truth.
fn compare(answer: &Sensitivity, normals: &Normals, groups: &[(&str, &[usize])], parts: &[(&str, &[usize])]) {
    for (id, members) in groups {
        let group = answer.groups.iter().find(|group| group.id == *id).unwrap();
        let [first, total] = normals.group(members);
        near(group.first.unwrap(), first, 0.0, &format!("{id} alone"));
        near(group.total.unwrap(), total, 0.0, &format!("{id}, all others known"));
    }
    let players: Vec<&[usize]> = parts.iter().map(|(_, members)| *members).collect();
    assert_eq!(answer.parts.len(), parts.len());
    for ((part, (id, _)), truth) in answer.parts.iter().zip(parts).zip(normals.shapley(&players)) {
        assert_eq!(part.id, *id);
        near(part.share, truth, 0.0, id);
    }
    let sum: f64 = answer.parts.iter().map(|part| part.share.value).sum();
    assert!((sum - 1.0).abs() < 1e-9, "the shares add up to {sum}");
}

/// Shared errors are numbers of their own, and what is left of each score another: all of them independent.
#[test]
fn shares_with_shared_errors() {
    let (factor, area, group) = (0.3, 0.5, 0.6_f64);
    let own = (1.0 - factor * factor - area * area - group * group).sqrt();
    let answer = asked(&linear("shared_errors: (factor: 0.3, area: 0.5, group: 0.6)"), "x before y");
    // The own parts of x, those of y, and then the biases of factors, of areas, and of groups on factors.
    let of = |side: usize, times: f64| SDS.map(|sds| [times, -times][side] * sds[side]);
    let factors = SDS.map(|[x, y]| factor * (x - y));
    let areas = [0, 1].map(|side| of(side, area).iter().sum::<f64>());
    let all = [of(0, own), of(1, own), factors, of(0, group), of(1, group)].concat();
    let normals = Normals::independent([&all[..], &areas].concat());
    let shared_errors: Vec<usize> = (6..17).collect();
    let groups: [(&str, &[usize]); 4] = [
        ("score.*.x", &[0, 1, 2]),
        ("score.*.y", &[3, 4, 5]),
        ("score.f1.*", &[1, 4]),
        ("shared_error.*", &shared_errors),
    ];
    compare(&answer, &normals, &groups, &[groups[0], groups[1], ("else", &shared_errors)]);
}

/// Stated correlations within an area and across both: to know a score is to know what it says of others, and what is told of a
/// single one is what it has beyond all others. In which order they are listed matters to nothing.
#[test]
fn shares_with_stated_correlations() {
    let (a, b, c) = ("score.f0.x", "score.f1.x", "score.f2.y");
    let between =
        |one: &str, other: &str, r: f64| format!("(between: [\"{one}\", \"{other}\"], normal: {r})");
    let mut correlations = Normals::independent(vec![0.0; 6]).correlations;
    for (i, j, r) in [(0, 1, 0.6), (1, 5, -0.4), (0, 5, 0.2)] {
        (correlations[i][j], correlations[j][i]) = (r, r);
    }
    let coefficients = [0, 1].map(|side| SDS.map(|sds| [1.0, -1.0][side] * sds[side])).concat();
    let normals = Normals { coefficients, correlations };
    let (x, y): (&[usize], &[usize]) = (&[0, 1, 2], &[3, 4, 5]);
    let groups = [
        ("score.*.x", x),
        ("score.*.y", y),
        ("score.f0.*", &[0, 3]),
        ("score.f1.*", &[1, 4]),
        ("score.f2.*", &[2, 5]),
    ];
    for listed in [
        [between(a, b, 0.6), between(b, c, -0.4), between(a, c, 0.2)],
        [between(c, b, -0.4), between(a, c, 0.2), between(b, a, 0.6)],
    ] {
        let scenario = linear(&format!("correlations: [{}]", listed.join(", ")));
        let answer = asked(&scenario, "x before y");
        compare(&answer, &normals, &groups, &groups[..2]);
        // As a gap, and as an order of one pair.
        own_parts(&answer, &normals);
        own_parts(&asked(&scenario, "All([Before(Area(\"x\"), Area(\"y\"))])"), &normals);
    }
}

/// Every score of the linear model: what it has beyond all others, drawn again, known and held.
fn own_parts(answer: &Sensitivity, normals: &Normals) {
    assert_eq!(answer.inputs.len(), 6);
    for (index, effect) in answer.inputs.iter().map(|effect| {
        let (factor, area) = effect.address.strip_prefix("score.f").unwrap().split_once('.').unwrap();
        (factor.parse::<usize>().unwrap() + if area == "x" { 0 } else { 3 }, effect)
    }) {
        let others: Vec<usize> = (0..6).filter(|i| *i != index).collect();
        let left = 1.0 - normals.of_gap(&others);
        near(
            effect.total.unwrap(),
            1.0 - normals.of_sign(&others),
            0.0,
            &format!("{} again", effect.address),
        );
        let alone = left.asin() / std::f64::consts::FRAC_PI_2;
        near(effect.first.unwrap(), alone, 0.0, &format!("{} alone", effect.address));
        let sign = normals.coefficients[index].signum();
        for point in &effect.curve.as_ref().unwrap().points {
            let moved = sign * (left / (1.0 - left)).sqrt() * standard_quantile(point.quantile);
            let what = format!("{} at {}", effect.address, point.quantile);
            near(point.probability, standard_cdf(moved), 0.0, &what);
        }
    }
}

/// Independent uniform numbers of one draw, and the normal ones of the same probabilities.
struct Drawn {
    uniform: [f64; 20],
    normal: [f64; 20],
}

/// Shapley shares by brute force: `truth(set, a, b)` is whether the claim holds where the numbers of a set of players are those of `a`
/// and all others are drawn from `b`, given those. The mean over batches, with its error.
fn brute_force(players: usize, truth: &dyn Fn(usize, &Drawn, &Drawn) -> bool) -> Vec<(f64, f64)> {
    const BATCHES: usize = 50;
    const DRAWS: usize = 8_000;
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(11);
    let mut drawn = || {
        let uniform = std::array::from_fn(|_| ((rng.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64);
        Drawn { uniform, normal: uniform.map(standard_quantile) }
    };
    let sets = 1 << players;
    let mut both = vec![[0.0; BATCHES]; sets];
    let mut held = [0.0; BATCHES];
    for batch in 0..BATCHES {
        for _ in 0..DRAWS {
            let (a, b) = (drawn(), drawn());
            if truth(sets - 1, &a, &b) {
                held[batch] += 1.0 / DRAWS as f64;
                for (set, both) in both.iter_mut().enumerate() {
                    both[batch] += f64::from(u8::from(truth(set, &a, &b))) / DRAWS as f64;
                }
            }
        }
    }
    let p = held.iter().sum::<f64>() / BATCHES as f64;
    // P(both) - p P(one of them), where each has the probability p.
    let takes = |set: usize, batch: usize| (both[set][batch] - p * held[batch]) / (p * (1.0 - p));
    let batches: Vec<Vec<f64>> =
        (0..BATCHES).map(|batch| shapley(players, &|set| takes(set, batch))).collect();
    let summed = |player: usize| {
        let shares = || batches.iter().map(|shares| shares[player]);
        let mean = shares().sum::<f64>() / BATCHES as f64;
        let squares: f64 = shares().map(|share| (share - mean).powi(2)).sum();
        (mean, (squares / (BATCHES * (BATCHES - 1)) as f64).sqrt())
    };
    (0..players).map(summed).collect()
}

/// Weights, scores of x and of y, and a world, under `rest`.
fn crooked(rest: &str) -> Scenario {
    parse(&format!(
        "Scenario(title: \"test\", groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")],
         worlds: [(id: \"w\", outcomes: [(\"s\", 0.4), (\"t\", 0.6)])],
         factors: [
            (id: \"a\", weight: Uniform(min: 1, max: 3), scores: [Uniform(min: 2, max: 8), Exact(5)]),
            (id: \"b\", weight: Exact(1), scores: [ByWorld(\"w\", {{\"s\": Exact(3), \"t\": Exact(6)}}), Uniform(min: 3, max: 7)]),
            (id: \"c\", weight: Uniform(min: 0, max: 2), scores: [Uniform(min: 3, max: 8), Uniform(min: 2, max: 7)]),
         ], {rest})"
    ))
}

/// Whether x is before y there: two weights, the scores a.x, b.y, c.x and c.y as uniform numbers, and that of the world.
fn is_before([wa, wc, ax, by, cx, cy, world]: [f64; 7]) -> bool {
    let bx = if world < 0.4 { 3.0 } else { 6.0 };
    (1.0 + 2.0 * wa) * (6.0 * ax - 3.0) + bx - 3.0 - 4.0 * by + 2.0 * wc * (1.0 + 5.0 * cx - 5.0 * cy) > 0.0
}

fn compare_parts(answer: &Sensitivity, ids: &[&str], truths: &[(f64, f64)]) {
    assert_eq!(answer.parts.iter().map(|part| &part.id[..]).collect::<Vec<_>>(), ids);
    for (part, (truth, error)) in answer.parts.iter().zip(truths) {
        assert!(*error < 0.005 && truth.abs() > 0.02, "the reference says something of {}", part.id);
        near(part.share, *truth, *error, &part.id);
    }
}

#[test]
fn brute_force_with_a_stated_correlation() {
    let r = 2.0 * (std::f64::consts::PI * 0.7 / 6.0).sin();
    let s = (1.0 - r * r).sqrt();
    let truths = brute_force(4, &|known, a, b| {
        let of = |player: usize, number: usize| {
            if known >> player & 1 == 1 { a.uniform[number] } else { b.uniform[number] }
        };
        // The scores a.x and b.y: one of two that are known says something of the other.
        let one = a.normal[2];
        let other = r * one + s * a.normal[3];
        let (ax, by) = match known >> 1 & 3 {
            3 => (one, other),
            1 => (one, r * one + s * b.normal[3]),
            2 => (r * other + s * b.normal[3], other),
            _ => (b.normal[2], r * b.normal[2] + s * b.normal[3]),
        };
        let (ax, by) = (standard_cdf(ax), standard_cdf(by));
        is_before([of(0, 0), of(0, 1), ax, by, of(1, 4), of(2, 5), of(3, 6)])
    });
    for listed in ["\"score.a.x\", \"score.b.y\"", "\"score.b.y\", \"score.a.x\""] {
        let answer =
            asked(&crooked(&format!("correlations: [(between: [{listed}], rank: 0.7)]")), "x before y");
        compare_parts(&answer, &["weights", "score.*.x", "score.*.y", "world.*"], &truths);
    }
}

#[test]
fn brute_force_with_shared_errors() {
    let (of_factor, of_area, of_group) = (0.5, 0.4, 0.5_f64);
    let rest = (1.0 - of_factor * of_factor - of_area * of_area - of_group * of_group).sqrt();
    let truths = brute_force(5, &|known, a, b| {
        let side = |player: usize| if known >> player & 1 == 1 { a } else { b };
        let of = |player: usize, number: usize| side(player).uniform[number];
        // Numbers 7 to 9 are biases of factors, 10 and 11 of areas, 12 to 17 of groups on factors.
        let score = |k: usize, area: usize, own: usize| {
            let shared_errors = [(of_factor, 7 + k), (of_area, 10 + area), (of_group, 12 + 2 * k + area)];
            let caused: f64 = shared_errors.iter().map(|(c, number)| c * side(3).normal[*number]).sum();
            standard_cdf(caused + rest * side(1 + area).normal[own])
        };
        let scores = [score(0, 0, 2), score(1, 1, 3), score(2, 0, 4), score(2, 1, 5)];
        is_before([of(0, 0), of(0, 1), scores[0], scores[1], scores[2], scores[3], of(4, 6)])
    });
    let answer = asked(&crooked("shared_errors: (factor: 0.5, area: 0.4, group: 0.5)"), "x before y");
    compare_parts(&answer, &["weights", "score.*.x", "score.*.y", "else", "world.*"], &truths);
}
