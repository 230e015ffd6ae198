//! Ties of decimals are those of the decimals: against sums in whole numbers, and against the same model in whole numbers.

use crate::support::*;
use headstart::analysis::{
    CentralWeightTable, Detail, Summary, central_weights, explain, integrate, sensitivity, summarize,
};
use headstart::sampler::{Arithmetic, Run};
use headstart::{Control, Scenario};

const N: u64 = 20_000;

/// A small generator of choices.
struct Choices(u64);

impl Choices {
    fn pick(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    /// A decimal from 0 on, in thousandths, of a few digits.
    fn decimal(&mut self, most: u64) -> i128 {
        let unit = [1000, 500, 250, 100, 50, 10, 1][self.pick(7) as usize];
        i128::from(unit) * i128::from(self.pick(most * 1000 / unit + 1))
    }

    /// Some different decimals with their probabilities in hundredths, written as a distribution.
    fn values(&mut self, most: u64, least: i128) -> (Values, String) {
        let unit: u64 = [1000, 500, 200, 100, 50][self.pick(5) as usize];
        let n = 1 + self.pick(3);
        let mut values: Vec<i128> =
            (0..n).map(|_| least + i128::from(unit * self.pick(most * 1000 / unit))).collect();
        if self.pick(3) == 0 {
            let all: Vec<String> = values.iter().map(|x| text(*x)).collect();
            let p = 1.0 / values.len() as f64;
            return (values.into_iter().map(|x| (p, x)).collect(), format!("Samples([{}])", all.join(", ")));
        }
        values.sort_unstable();
        values.dedup();
        if let [value] = values[..] {
            return (vec![(1.0, value)], text(value));
        }
        let p: &[f64] = if values.len() == 2 { &[0.3, 0.7] } else { &[0.2, 0.5, 0.3] };
        let pairs: Vec<String> = values.iter().zip(p).map(|(x, p)| format!("({}, {p})", text(*x))).collect();
        (p.iter().copied().zip(values).collect(), format!("Discrete([{}])", pairs.join(", ")))
    }
}

/// Values in thousandths, each with its probability.
type Values = Vec<(f64, i128)>;

/// Thousandths as they are written.
fn text(thousandths: i128) -> String {
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    format!("{whole}.{rest:03}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A model of decimals: a weight in each of two worlds, one list of values a score, and what they are worth.
struct Decimals {
    n_areas: usize,
    /// Shape `[n_factors]`: in each world.
    weights: Vec<[Values; 2]>,
    /// Shape `[n_factors][n_areas]`.
    scores: Vec<Vec<Values>>,
    /// Shape `[n_factors]`: the worst and the best score.
    worth: Vec<Option<(i128, i128)>>,
    /// What is left of the areas of the second group, in thousandths.
    left: i128,
    /// The ends of the scale.
    scale: Option<(i128, i128)>,
    text: String,
}

/// The probability of the first world.
const WET: f64 = 0.25;

impl Decimals {
    fn new(seed: u64) -> Self {
        let mut choices = Choices(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1);
        let (n_areas, n_factors) = (2 + choices.pick(3) as usize, 1 + choices.pick(3) as usize);
        let scale = (choices.pick(2) == 0).then_some((1000, 10_000));
        let (mut weights, mut scores, mut worth, mut factors) =
            (Vec::new(), Vec::new(), Vec::new(), String::new());
        let mut combinations = 1;
        for k in 0..n_factors {
            let by_world = choices.pick(3) == 0;
            let mut weight = |choices: &mut Choices| {
                let least = [100, 50, 1000, 1][choices.pick(4) as usize];
                let (values, written) = choices.values(2, least);
                if values.len() * combinations > 400 {
                    return (vec![(1.0, least)], text(least));
                }
                combinations *= values.len();
                (values, written)
            };
            let (one, wet) = weight(&mut choices);
            let (other, dry) = if by_world { weight(&mut choices) } else { (one.clone(), wet.clone()) };
            let ends = (choices.pick(3) == 0).then(|| (choices.decimal(3), 4000 + choices.decimal(9)));
            let ends = if choices.pick(2) == 0 { ends.map(|(a, b)| (b, a)) } else { ends };
            let row: Vec<(Values, String)> = (0..n_areas)
                .map(|_| {
                    let (values, written) = choices.values(5, 1000);
                    if values.len() * combinations > 1500 {
                        let x = 1000 + choices.decimal(5);
                        return (vec![(1.0, x)], text(x));
                    }
                    combinations *= values.len();
                    (values, written)
                })
                .collect();
            let weight =
                if by_world { format!("ByWorld(\"w\", {{\"wet\": {wet}, \"dry\": {dry}}})") } else { wet };
            let value = ends.map_or(String::new(), |(worst, best)| {
                format!("value: Linear(worst: {}, best: {}),", text(worst), text(best))
            });
            let texts: Vec<&str> = row.iter().map(|(_, text)| text.as_str()).collect();
            factors +=
                &format!("(id: \"f{k}\", weight: {weight}, {value} scores: [{}]),\n", texts.join(", "));
            weights.push([one, other]);
            worth.push(ends);
            scores.push(row.into_iter().map(|(values, _)| values).collect());
        }
        let left = if choices.pick(4) == 0 { 100 * (1 + i128::from(choices.pick(9))) } else { 1000 };
        let areas: Vec<String> = (0..n_areas)
            .map(|i| {
                format!("(id: \"a{i}\", group: \"{}\")", if i < n_areas.div_ceil(2) { "x" } else { "y" })
            })
            .collect();
        let discounts = if left < 1000 {
            format!("discounts: [(id: \"d\", of: \"@y\", by: {})],", text(left))
        } else {
            String::new()
        };
        let text = format!(
            "Scenario(title: \"decimals\", {} {discounts} groups: [(id: \"x\"), (id: \"y\")], areas: [{}],
             worlds: [(id: \"w\", outcomes: [(\"wet\", {WET}), (\"dry\", {})])], factors: [{factors}])",
            if scale.is_some() { "scale: (min: 1, max: 10)," } else { "" },
            areas.join(", "),
            1.0 - WET
        );
        Self { n_areas, weights, scores, worth, left, scale, text }
    }

    /// The overall scores of a combination, all times the same whole number.
    fn scores_of(&self, weights: &[i128], scores: &[Vec<i128>]) -> Vec<i128> {
        let (low, high) = self.scale.unwrap_or((0, 1000));
        // Each worth is a fraction, of which this is the denominator.
        let below = |k: usize| self.worth[k].map_or(1000, |(worst, best)| (best - worst).abs());
        let all: i128 = (0..weights.len()).map(below).product();
        let total: i128 = weights.iter().sum();
        let of = |area: usize| -> i128 {
            let term = |k: usize| {
                let x = scores[k][area];
                let worth = match self.worth[k] {
                    None => x * 1000,
                    Some((worst, best)) => {
                        low * (best - worst).abs() + (high - low) * (x - worst) * (best - worst).signum()
                    }
                };
                weights[k] * worth * (all / below(k))
            };
            let sum: i128 = (0..weights.len()).map(term).sum();
            let floor = total * self.scale.map_or(0, |(low, _)| low) * all;
            let is_cut = area >= self.n_areas.div_ceil(2) && self.left < 1000;
            if is_cut { floor * 1000 + (sum - floor) * self.left } else { sum * 1000 }
        };
        (0..self.n_areas).map(of).collect()
    }

    /// Calls `f` with the probability and the overall scores of everything that can happen.
    fn each(&self, f: &mut dyn FnMut(f64, &[i128])) {
        for (world, p) in [WET, 1.0 - WET].into_iter().enumerate() {
            let mut lists: Vec<&Values> = self.weights.iter().map(|weight| &weight[world]).collect();
            lists.extend(self.scores.iter().flatten());
            let mut at = vec![0; lists.len()];
            loop {
                let chosen: Vec<(f64, i128)> = lists.iter().zip(&at).map(|(list, &n)| list[n]).collect();
                let q: f64 = chosen.iter().map(|(p, _)| p).product();
                let values: Vec<i128> = chosen.iter().map(|(_, x)| *x).collect();
                let (weights, scores) = values.split_at(self.weights.len());
                let scores: Vec<Vec<i128>> = scores.chunks(self.n_areas).map(<[i128]>::to_vec).collect();
                f(p * q, &self.scores_of(weights, &scores));
                let Some(next) = (0..lists.len()).find(|&n| at[n] + 1 < lists[n].len()) else { break };
                at[next] += 1;
                at[..next].fill(0);
            }
        }
    }

    /// Shape `[n_areas x n_areas]`, the probability of before; and that the mean of the first group is before that of the other, and the
    /// other way round.
    fn truth(&self) -> (Vec<f64>, [f64; 2]) {
        let (n, m) = (self.n_areas, self.n_areas.div_ceil(2));
        let (mut before, mut means) = (vec![0.0; n * n], [0.0; 2]);
        self.each(&mut |p, scores| {
            for i in 0..n {
                for j in 0..n {
                    before[i * n + j] += if scores[i] > scores[j] { p } else { 0.0 };
                }
            }
            let [x, y] = [&scores[..m], &scores[m..]].map(|side| side.iter().sum::<i128>());
            let (x, y) = (x * (n - m) as i128, y * m as i128);
            means[0] += if x > y { p } else { 0.0 };
            means[1] += if y > x { p } else { 0.0 };
        });
        (before, means)
    }
}

/// In errors, from a truth that is exact where it is certain.
fn off(found: f64, truth: f64, n: u64) -> f64 {
    let truth = if truth > 1.0 - 1e-12 { 1.0 } else { truth };
    let error = (truth * (1.0 - truth) / n as f64).sqrt();
    if (found - truth).abs() < 1e-12 { 0.0 } else { (found - truth).abs() / error }
}

/// How far a random model of decimals is off at most, in errors.
fn worst(seed: u64) -> f64 {
    let decimals = Decimals::new(seed);
    let scenario = parse(&decimals.text);
    let (before, means) = decimals.truth();
    let (n, mut worst) = (decimals.n_areas, 0.0_f64);
    for arithmetic in [Arithmetic::Auto, Arithmetic::Double] {
        let run = Run { draws: N, seed, arithmetic, ..Run::default() };
        let summary = summarize(&scenario, run, Control::none());
        for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).filter(|(i, j)| i != j) {
            let found = summary.order.before[i][j].unwrap().probability;
            worst = worst.max(off(found, before[i * n + j], N));
            let tie = 1.0 - before[i * n + j] - before[j * n + i];
            let tie = if tie < 1e-12 { 0.0 } else { tie };
            worst = worst.max(off(summary.order.tie[i][j].unwrap(), tie, N));
        }
        for (id, truth) in ["mean(x)<mean(y)", "mean(y)<mean(x)"].iter().zip(means) {
            if let Some(claim) = summary.order.claims.iter().find(|claim| claim.id == *id) {
                worst = worst.max(off(claim.estimate.probability, truth, N));
                let tie = 1.0 - means[0] - means[1];
                worst = worst.max(off(claim.tie, if tie < 1e-12 { 0.0 } else { tie }, N));
            }
        }
        assert!(worst <= BOUND, "seed {seed}, {arithmetic}: off by {worst} errors\n{}", decimals.text);
    }
    worst
}

#[test]
fn random_models_of_decimals_tie_as_their_decimals_do() {
    let models = std::env::var("TIES_MODELS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let worst = (0..models).map(worst).fold(0.0, f64::max);
    println!("{models} models, off by {worst:.2} errors at most");
}

/// A table with certain numbers, in thousandths: the weights, and the scores of two areas.
fn table(weights: &[i128], scores: &[[i128; 2]]) -> String {
    let factor = |(k, (w, [x, y])): (usize, (&i128, &[i128; 2]))| {
        format!("(id: \"f{k}\", weight: {}, scores: [{}, {}])", text(*w), text(*x), text(*y))
    };
    let factors: Vec<String> = weights.iter().zip(scores).enumerate().map(factor).collect();
    two_areas(&factors.join(", "), "")
}

fn two_areas(factors: &str, rest: &str) -> String {
    format!(
        "Scenario(title: \"two\", groups: [(id: \"x\"), (id: \"y\")], {rest}
         areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"y\")], factors: [{factors}])"
    )
}

/// The probabilities that the first area is before, and that it ties.
fn before_and_tie(summary: &Summary) -> (f64, f64) {
    (summary.order.before[0][1].unwrap().probability, summary.order.tie[0][1].unwrap())
}

#[track_caller]
fn assert_certain(text: &str, sign: i128) {
    let expected = (f64::from(u8::from(sign > 0)), f64::from(u8::from(sign == 0)));
    let scenario = parse(text);
    for arithmetic in [Arithmetic::Auto, Arithmetic::Double] {
        let run = Run { draws: 100, arithmetic, ..Run::default() };
        let mut summary = summarize(&scenario, run, Control::none());
        assert_eq!(before_and_tie(&summary), expected, "{arithmetic}: {text}");
        if integrate(&scenario, run, 64, &mut summary, Control::none()).is_ok() {
            assert_eq!(before_and_tie(&summary), expected, "integrated: {text}");
        }
    }
}

/// Tables of certain numbers, half of which tie: the last score makes up for the others.
#[test]
fn certain_tables_tie_exactly() {
    let mut choices = Choices(7);
    let (mut tied, mut tables) = (0, 0);
    while tables < 250 {
        let n = 2 + choices.pick(5) as usize;
        let weights: Vec<i128> = (0..n).map(|_| 1 + choices.decimal(2)).collect();
        let mut scores: Vec<[i128; 2]> = (0..n).map(|_| [choices.decimal(10), choices.decimal(10)]).collect();
        let gap = |scores: &[[i128; 2]]| -> i128 {
            weights.iter().zip(scores).map(|(w, [x, y])| w * (x - y)).sum()
        };
        if tables % 2 == 0 {
            let rest = gap(&scores) - weights[n - 1] * (scores[n - 1][0] - scores[n - 1][1]);
            let to = scores[n - 1][0] + rest / weights[n - 1];
            if rest % weights[n - 1] != 0 || to < 0 {
                continue;
            }
            scores[n - 1][1] = to;
        }
        let gap = gap(&scores);
        tied += usize::from(gap == 0);
        tables += 1;
        assert_certain(&table(&weights, &scores), gap.signum());
    }
    assert!(tied >= 125, "{tied}");
}

/// An edit that multiplies leaves a number that is a product, and a shared number with another on top is a sum.
#[test]
fn edited_and_added_numbers_tie_exactly() {
    let factors = "(id: \"f\", weight: 0.1, scores: [3, 1]), (id: \"g\", weight: 0.3, scores: [1, 3])";
    let edited = parse(&two_areas(factors, "")).with_edits(&["weight.f *= 3"]).unwrap().scenario;
    let summary = summarize(&edited, Run { draws: 100, ..Run::default() }, Control::none());
    assert_eq!(before_and_tie(&summary), (0.0, 1.0));
    let input = "inputs: [(id: \"u\", value: Discrete([(0.2, 0.5), (0.6, 0.5)]))],";
    let factors = "(id: \"f\", weight: 0.3, scores: [Relative(to: \"u\", by: 0.1), 0.3]), (id: \"g\", weight: 0.1, scores: [0.8, 0.8])";
    let summary = run(&parse(&two_areas(factors, input)), N);
    assert_near(summary.order.before[0][1].unwrap(), 0.5, "0.7 and 0.3");
    assert_near(summary.order.before[1][0].unwrap(), 0.0, "0.3 and 0.3");
}

/// What leaves one list of weights leaves exact ones.
#[test]
fn one_possible_weighting_is_exact() {
    let factors = "(id: \"f\", scores: [4, 8]), (id: \"g\", scores: [6, 5]), (id: \"h\", scores: [10, 9])";
    for law in [
        "Bounded({\"f\": 0.2, \"g\": 0.3, \"h\": 0.5})",
        "Constrained([AtLeast(\"f\", 0.2), AtLeast(\"g\", 0.3), AtLeast(\"h\", 0.5)])",
        "Constrained([AtMost(\"f\", 0.2), AtMost(\"g\", 0.3), AtMost(\"h\", 0.5)])",
    ] {
        assert_certain(&two_areas(factors, &format!("weights: {law},")), 0);
    }
    let factors = factors.replace("[4, 8]", "[4, 7.99]");
    assert_certain(&two_areas(&factors, "weights: Bounded({\"f\": 0.2, \"g\": 0.3, \"h\": 0.5}),"), 1);
}

/// Weights that are uncertain but always equal: what differs on one factor is made up for on others.
#[test]
fn weights_that_hang_together_leave_ties() {
    let rows = ["[1, 3]", "[2, 1]", "[3, 2]", "[5, 5]"];
    let with = |weight: &dyn Fn(usize) -> String| -> String {
        let factor = |(k, row): (usize, &&str)| format!("(id: \"f{k}\", {} scores: {row})", weight(k));
        rows.iter().enumerate().map(factor).collect::<Vec<_>>().join(", ")
    };
    let shared = with(&|k| {
        if k < 3 { "weight: Ref(\"u\"),".into() } else { "weight: Uniform(min: 1, max: 2),".into() }
    });
    let input = "inputs: [(id: \"u\", value: Uniform(min: 0.3, max: 1.9))],";
    assert_certain(&two_areas(&shared, input), 0);
    let equal = "weights: Constrained([Ratio(of: \"f0\", to: \"f1\", min: 1, max: 1), Ratio(of: \"f1\", to: \"f2\", min: 1, max: 1)]),";
    assert_certain(&two_areas(&with(&|_| String::new()), equal), 0);
    // The least difference is one.
    let apart = shared.replace("[3, 2]", "[3, 2.000001]");
    assert_certain(&two_areas(&apart, input), -1);
}

/// The same model in whole numbers, and in tenths of those; with raters, a shared number, discounts and shared errors if it is rich.
fn likert(unit: i128, weight: i128, rich: bool) -> Scenario {
    let score = |values: &[(i128, f64)]| {
        let pairs: Vec<String> = values.iter().map(|(x, p)| format!("({}, {p})", text(unit * x))).collect();
        format!("Discrete([{}])", pairs.join(", "))
    };
    let one = score(&[(1, 0.2), (2, 0.2), (3, 0.2), (4, 0.2), (5, 0.2)]);
    let other = score(&[(1, 0.1), (2, 0.2), (3, 0.4), (4, 0.2), (5, 0.1)]);
    let few = score(&[(2, 0.5), (4, 0.5)]);
    let (row, rest) = if rich {
        let x = |x: i128| text(unit * x);
        let rater = |a: i128, b: i128| format!("Raters([(2, {}), (1, {})])", x(a), x(b));
        let sum = |by: i128| format!("Relative(to: \"u\", by: {})", x(by));
        let scores = [sum(1), rater(2, 4), sum(2), one.clone(), rater(3, 1)].join(", ");
        let input = score(&[(1, 0.3), (3, 0.7)]);
        (
            format!("(id: \"k\", weight: {}, scores: [{scores}]),", text(2 * weight)),
            format!(
                "inputs: [(id: \"u\", value: {input})], shared_errors: (factor: 0.3, area: 0.2, group: 0.1),
                 discounts: [(id: \"d\", of: \"@y\", by: Discrete([(0.7, 0.5), (0.9, 0.5)]))],"
            ),
        )
    } else {
        (String::new(), String::new())
    };
    parse(&format!(
        "Scenario(title: \"likert\", {rest} groups: [(id: \"x\"), (id: \"y\")],
         areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"x\"), (id: \"c\", group: \"y\"), (id: \"d\", group: \"y\"), (id: \"e\", group: \"y\")],
         factors: [{row} (id: \"f\", weight: {}, scores: [{one}, {other}, {few}, {one}, {}]),
                   (id: \"g\", weight: {}, scores: [{other}, {few}, {one}, {}, {other}]),
                   (id: \"h\", weight: {}, scores: [{}, {one}, {other}, {few}, {one}])])",
        text(weight),
        text(3 * unit),
        text(2 * weight),
        text(2 * unit),
        text(3 * weight),
        text(3 * unit),
    ))
}

/// A change of the units of scores and weights changes nothing: not a count, not a share, not a reason.
#[test]
fn units_of_decimals_change_nothing() {
    for (unit, weight, rich) in
        [(100, 100, false), (700, 300, false), (10, 70, false), (100, 100, true), (700, 30, true)]
    {
        let [whole, decimal] = [likert(1000, 1000, rich), likert(unit, weight, rich)];
        let kinds = [Arithmetic::Double, Arithmetic::Single];
        for &arithmetic in if rich { &kinds[..1] } else { &kinds[..] } {
            let run = Run { draws: N, arithmetic, ..Run::default() };
            let [one, other] =
                [&whole, &decimal].map(|scenario| summarize(scenario, run, Control::none()).order);
            assert!(one == other, "{unit} {weight} {arithmetic}");
        }
        reasons_are_the_same(&whole, &decimal, &format!("{unit} {weight} {rich}"));
    }
}

fn reasons_are_the_same(whole: &Scenario, decimal: &Scenario, what: &str) {
    let run = Run { draws: 5_000, arithmetic: Arithmetic::Double, ..Run::default() };
    let claims = ["a before c", "mean(x)<mean(y)", "first(x)<first(y)"];
    let claims = claims.map(|claim| whole.proposition(claim).unwrap());
    let [one, other] = [whole, decimal]
        .map(|scenario| sensitivity(scenario, &claims, run, Detail::Full, Control::none()).unwrap());
    for (one, other) in one.iter().zip(&other) {
        assert_eq!(one.estimate, other.estimate);
        for (a, b) in one.inputs.iter().zip(&other.inputs) {
            let what = format!("{what}: {} of {}", a.address, one.claim.id);
            assert_eq!(a.first.is_some(), b.first.is_some(), "{what}");
            for (a, b) in [(a.first, b.first), (a.total, b.total)] {
                if let (Some(a), Some(b)) = (a, b) {
                    assert!((a.value - b.value).abs() < 1e-9, "{what}: {} and {}", a.value, b.value);
                }
            }
        }
    }
    let [one, other] =
        [whole, decimal].map(|scenario| explain(scenario, 0, 2, run, Control::none()).unwrap());
    assert_eq!(one.estimate, other.estimate);
    for (a, b) in one.factors.iter().zip(&other.factors) {
        assert_eq!(a.favours, b.favours, "{what}: factor {}", a.factor);
    }
    let [one, other] =
        [whole, decimal].map(|scenario| central_weights(scenario, run, Control::none()).unwrap());
    for (a, b) in one.iter().zip(&other) {
        let confidence =
            |central: &CentralWeightTable| central.favoured.as_ref().map(|favoured| favoured.confidence);
        assert_eq!((a.first, confidence(a)), (b.first, confidence(b)), "{what}");
    }
}

/// Continuous numbers do not tie, whatever stands beside them.
#[test]
fn continuous_scores_do_not_tie() {
    let factors =
        "(id: \"f\", weight: 0.1, scores: [Discrete([(1, 0.5), (2, 0.5)]), Uniform(min: 1, max: 2)]),
                   (id: \"g\", weight: 0.3, scores: [0.7, 0.7])";
    let summary = run(&parse(&two_areas(factors, "")), 200_000);
    assert_eq!(summary.order.tie[0][1], Some(0.0));
    assert_near(summary.order.before[0][1].unwrap(), 0.5, "half of it above all");
}
