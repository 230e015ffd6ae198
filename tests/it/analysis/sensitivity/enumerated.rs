//! Sensitivities of models with few values against all that can happen, written out: every number, and every error of one.

use crate::support::*;
use headstart::Control;
use headstart::analysis::{CURVE_QUANTILES, Detail, Measured, Sensitivity, sensitivity};
use headstart::sampler::Run;

const N: u64 = 20_000;

/// The values of the scores of four areas, each with its probability.
type Scores = [&'static [(f64, f64)]; 4];

/// Where many tie, and where the probabilities are lopsided.
const TIES: Scores = [
    &[(1.0, 0.25), (2.0, 0.5), (4.0, 0.25)],
    &[(2.0, 0.6), (3.0, 0.4)],
    &[(1.0, 0.3), (2.0, 0.3), (3.0, 0.4)],
    &[(0.0, 0.2), (2.0, 0.7), (5.0, 0.1)],
];

/// Everything that can happen: the probability, and which value each area has.
fn all(scores: &Scores) -> Vec<(f64, [usize; 4])> {
    let mut all = vec![(1.0, [0; 4])];
    for (area, values) in scores.iter().enumerate() {
        let longer = |(p, at): &(f64, [usize; 4])| {
            let (p, mut at) = (*p, *at);
            let one = move |(k, value): (usize, &(f64, f64))| {
                at[area] = k;
                (p * value.1, at)
            };
            values.iter().enumerate().map(one).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

fn asked(scores: &Scores, claim: &str, depth: Detail) -> Sensitivity {
    let score = |values: &&[(f64, f64)]| format!("Discrete({values:?})");
    let scores: Vec<String> = scores.iter().map(score).collect();
    let scenario = parse(&format!(
        "Scenario(title: \"test\", groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"g\"), (id: \"c\", group: \"h\"), (id: \"d\", group: \"h\")],
         factors: [(id: \"f\", weight: Exact(1), scores: [{}])])",
        scores.join(", ")
    ));
    let scenario =
        if scenario.proposition(claim).is_ok() { scenario } else { scenario.with_claim(claim).unwrap() };
    let named = scenario.proposition(claim).unwrap_or_else(|_| scenario.claims().last().unwrap().clone());
    sensitivity(&scenario, &[named], Run { draws: N, ..Run::default() }, depth, Control::none())
        .unwrap()
        .remove(0)
}

/// Within five errors, which are what they have to be but for chance.
#[track_caller]
fn near(ours: Measured, value: f64, mcse: f64, what: &str) {
    near_by(ours, value, (mcse, 0.12), what);
}

/// The same where the error is known but for a share of it.
#[track_caller]
fn near_by(ours: Measured, value: f64, (mcse, share): (f64, f64), what: &str) {
    assert!((ours.mcse - mcse).abs() < share * mcse + 1e-8, "{what}: an error of {}, not {mcse}", ours.mcse);
    assert!(
        (ours.value - value).abs() <= BOUND * mcse + 1e-8,
        "{what}: {}, not {value} +- {mcse}",
        ours.value
    );
}

fn check(scores: &Scores, claim: &str, truth: &dyn Fn(&[f64]) -> bool) -> Sensitivity {
    let n = N as f64;
    let all = all(scores);
    let values = |at: &[usize; 4]| -> [f64; 4] { std::array::from_fn(|area| scores[area][at[area]].0) };
    let p: f64 = all.iter().filter(|(_, at)| truth(&values(at))).map(|(p, _)| p).sum();
    let answer = asked(scores, claim, Detail::Curves);
    assert_near(answer.estimate, p, claim);
    for (area, id) in ["a", "b", "c", "d"].into_iter().enumerate() {
        let its = scores[area];
        // Whether the claim holds at each value of this one, once all others are known.
        let rows: Vec<(f64, Vec<bool>)> = all
            .iter()
            .filter(|(_, at)| at[area] == 0)
            .map(|(p, at)| {
                let there = |k: usize| {
                    let mut values = values(at);
                    values[area] = its[k].0;
                    truth(&values)
                };
                (p / its[0].1, (0..its.len()).map(there).collect())
            })
            .collect();
        let curve: Vec<f64> =
            (0..its.len()).map(|k| rows.iter().filter(|(_, row)| row[k]).map(|(p, _)| p).sum()).collect();
        let address = format!("score.f.{id}");
        let Some(effect) = answer.inputs.iter().find(|input| input.address == address) else {
            assert!(
                rows.iter().all(|(_, row)| row.iter().all(|holds| *holds == row[0])),
                "{claim}: {address}"
            );
            continue;
        };
        let what = |of: &str| format!("{claim}: {of} of {address}");
        // G (1 - G) in each row: drawn twice, it is on both sides with twice that.
        let spreads: Vec<(f64, f64)> = rows
            .iter()
            .map(|(p, row)| {
                let g: f64 = row.iter().zip(its).filter(|(holds, _)| **holds).map(|(_, (_, w))| w).sum();
                (*p, g * (1.0 - g))
            })
            .collect();
        let spread: f64 = spreads.iter().map(|(p, x)| p * x).sum();
        let squares: f64 = spreads.iter().map(|(p, x)| p * x * x).sum();
        near(
            effect.flips,
            2.0 * spread,
            2.0 * ((squares - spread * spread).max(0.0) / n).sqrt(),
            &what("flips"),
        );
        let mean: f64 = curve.iter().zip(its).map(|(c, (_, w))| c * w).sum();
        let variance: f64 = curve.iter().zip(its).map(|(c, (_, w))| w * (c - mean) * (c - mean)).sum();
        // The covariance of the means of two halves of the rows: to first order each row adds twice its own covariance with the curve; to
        // second order two rows add what they have in common beyond the curve.
        let apart = |row: &[bool]| -> Vec<f64> {
            let less = |k: usize| f64::from(u8::from(row[k])) - curve[k];
            let center: f64 = its.iter().enumerate().map(|(k, (_, w))| w * less(k)).sum();
            (0..its.len()).map(|k| less(k) - center).collect()
        };
        let apart: Vec<(f64, Vec<f64>)> = rows.iter().map(|(p, row)| (*p, apart(row))).collect();
        let along = |a: &[f64], b: &[f64]| -> f64 {
            its.iter().zip(a).zip(b).map(|(((_, w), a), b)| w * a * b).sum()
        };
        let first: f64 = apart.iter().map(|(p, row)| p * (2.0 * along(row, &curve)).powi(2)).sum();
        let with = |a: &[f64]| -> f64 { apart.iter().map(|(p, b)| p * along(a, b).powi(2)).sum() };
        let two: f64 = apart.iter().map(|(p, a)| p * with(a)).sum();
        let error = (first / n + 4.0 * two / (n * n)).sqrt();
        // It grows with the variance itself, which is known as well as that alone.
        if error > 1e-5 {
            near_by(effect.brier, variance, (error, 0.12 + error / variance), &what("the variance"));
        } else {
            let Measured { value, mcse } = effect.brier;
            let is_known = (value - variance).abs() <= BOUND * mcse + 1e-9 && mcse < 1e-4;
            assert!(is_known, "{}", what("a variance that is the same in all draws"));
        }
        let told = effect.curve.as_ref().unwrap();
        let at = |u: f64| {
            let up_to = |k: usize| its[..=k].iter().map(|(_, w)| w).sum::<f64>();
            (0..its.len()).find(|&k| u < up_to(k) + 1e-9).unwrap()
        };
        for (point, u) in told.points.iter().zip(CURVE_QUANTILES) {
            assert_eq!(point.value, its[at(u)].0, "{}", what("a point"));
            let truth = curve[at(u)];
            let error = (truth * (1.0 - truth) / n).sqrt().max(1.5 / n);
            near(point.probability, truth, error, &what("a point"));
        }
        let [least, greatest] = told.range;
        let reach = |fold: fn(f64, f64) -> f64, end: f64| curve.iter().copied().fold(end, fold);
        assert!((least - reach(f64::min, 1.0)).abs() < BOUND * 0.5 / n.sqrt(), "{}", what("the range"));
        assert!((greatest - reach(f64::max, 0.0)).abs() < BOUND * 0.5 / n.sqrt(), "{}", what("the range"));
        assert!(told.gradient.is_none(), "there is no density");
    }
    answer
}

fn greatest(x: &[f64]) -> f64 {
    x.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

fn least(x: &[f64]) -> f64 {
    x.iter().copied().fold(f64::INFINITY, f64::min)
}

/// Two areas, and two means: what is linear.
#[test]
fn gaps_of_few_values() {
    for (claim, truth) in [
        ("a before c", &(|x: &[f64]| x[0] > x[2]) as &dyn Fn(&[f64]) -> bool),
        ("d before b", &|x| x[3] > x[1]),
        ("mean(g)<mean(h)", &|x| x[0] + x[1] > x[2] + x[3]),
    ] {
        assert!(check(&TIES, claim, truth).linear, "{claim}");
    }
}

/// Claims of every kind about the order, where many areas tie: before is strictly before.
#[test]
fn orders_of_few_values() {
    let ahead = |x: &[f64], i: usize| x.iter().filter(|y| **y > x[i]).count();
    let top = |x: &[f64], k: usize| (0..2).filter(|&i| ahead(x, i) < k).count();
    let second = |x: &[f64]| x[2].min(x[3]);
    for (claim, truth) in [
        (
            "first(g)<first(h)",
            &(|x: &[f64]| greatest(&x[..2]) > greatest(&x[2..])) as &dyn Fn(&[f64]) -> bool,
        ),
        ("last(h)<first(g)", &|x| least(&x[2..]) > greatest(&x[..2])),
        ("first(g)<last(h)", &|x| greatest(&x[..2]) > least(&x[2..])),
        ("Before(Nth(2, \"h\"), First(\"g\"))", &|x| second(x) > greatest(&x[..2])),
        ("most(g<h)", &|x| {
            (0..2).flat_map(|i| (2..4).map(move |j| (i, j))).filter(|&(i, j)| x[i] > x[j]).count() > 2
        }),
        ("InTop(k: 1, group: \"g\", at_least: 1)", &|x| top(x, 1) >= 1),
        ("InTop(k: 2, group: \"g\", at_least: 2)", &|x| top(x, 2) >= 2),
        ("InTop(k: 3, group: \"g\", at_least: 2)", &|x| top(x, 3) >= 2),
        ("Not(Before(Area(\"a\"), Area(\"c\")))", &|x| x[0] <= x[2]),
        // Between two others: it switches twice.
        ("All([Before(Area(\"a\"), Area(\"c\")), Before(Area(\"d\"), Area(\"a\"))])", &|x| {
            x[0] > x[2] && x[3] > x[0]
        }),
        ("Any([Before(Area(\"a\"), Area(\"c\")), Not(Before(Area(\"b\"), Area(\"d\")))])", &|x| {
            x[0] > x[2] || x[1] <= x[3]
        }),
        ("All([Before(Mean(\"g\"), Mean(\"h\")), Before(Area(\"d\"), Area(\"a\"))])", &|x| {
            x[0] + x[1] > x[2] + x[3] && x[3] > x[0]
        }),
    ] {
        assert!(!check(&TIES, claim, truth).linear, "{claim}");
    }
}
