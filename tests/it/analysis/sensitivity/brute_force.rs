//! Sensitivities against brute force: every number held at a value, or drawn again, and the whole model scored anew.

use super::asking::asked;
use crate::support::*;
use headstart::Scenario;
use headstart::analysis::{CURVE_QUANTILES, Detail, Measured, Sensitivity};
use headstart::batch::{BLOCK, Batch};
use headstart::model::{Model, Source};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use std::collections::BTreeMap;

/// Whether a claim holds where the areas have these overall scores.
type Truth<'a> = &'a dyn Fn(&[f64]) -> bool;

/// Uniform numbers, one column an address.
type Uniforms = BTreeMap<String, Vec<f64>>;

struct Brute<'a> {
    model: Model,
    truth: Truth<'a>,
    batch: Batch,
}

impl Brute<'_> {
    fn addresses(&self) -> Vec<String> {
        let drawn = self.model.inputs().iter().filter(|input| !matches!(input.source, Source::Score(_)));
        drawn.map(|input| input.address.to_string()).collect()
    }

    fn uniforms(&self, rng: &mut Xoshiro256PlusPlus) -> Uniforms {
        let mut all = Uniforms::new();
        for address in self.addresses() {
            let column =
                || (0..BLOCK).map(|_| (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64 + 1e-17).collect();
            all.entry(address).or_insert_with(column);
        }
        all
    }

    /// In each draw the part of the worlds in which the claim holds, and whether it does in each.
    fn score<'a>(&mut self, of: &dyn Fn(&str) -> &'a [f64]) -> Vec<Vec<bool>> {
        for (index, input) in self.model.inputs().iter().enumerate() {
            if !matches!(input.source, Source::Score(_)) {
                self.batch.input_mut(index).copy_from_slice(of(&input.address.to_string()));
                input.dist.quantiles(self.batch.input_mut(index));
            }
        }
        self.model.score(&mut self.batch);
        let worlds = 0..self.model.worlds().len();
        let truths = |n: usize| -> Vec<bool> {
            let there = |z: usize| -> Vec<f64> {
                (0..self.model.n_areas()).map(|area| self.batch.overall(z, area)[n]).collect()
            };
            worlds.clone().map(|z| (self.truth)(&there(z))).collect()
        };
        (0..BLOCK).map(truths).collect()
    }

    fn whole(&self, truths: &[bool]) -> f64 {
        let worlds = self.model.worlds().iter().zip(truths);
        worlds.map(|(world, holds)| if *holds { world.probability } else { 0.0 }).sum()
    }
}

/// A mean with its error.
#[derive(Clone, Copy, Default)]
struct Mean {
    n: f64,
    sum: f64,
    squares: f64,
}

impl Mean {
    fn add(&mut self, x: f64) {
        self.n += 1.0;
        self.sum += x;
        self.squares += x * x;
    }

    fn measured(self) -> Measured {
        let mean = self.sum / self.n;
        Measured { value: mean, mcse: ((self.squares / self.n - mean * mean).max(0.0) / self.n).sqrt() }
    }
}

#[track_caller]
fn agree(ours: Measured, theirs: Measured, what: &str) {
    // What was seen in no draw of theirs may still happen in some of ours.
    let error = ours.mcse.hypot(theirs.mcse).max(thorough(1e-4, 2e-5));
    let off = (ours.value - theirs.value).abs();
    assert!(
        off <= BOUND * error,
        "{what}: {} and {} are {:.1} errors apart",
        ours.value,
        theirs.value,
        off / error
    );
}

/// Compares everything that is said of each input with brute force; returns the answer and how many inputs were solved for.
fn check(scenario: &Scenario, claim: &str, truth: Truth<'_>) -> (Sensitivity, usize) {
    let answer = asked(scenario, claim, 60_000, Detail::Curves);
    let model = Model::new(scenario);
    let mut brute = Brute { batch: model.batch(), model, truth };
    let p = answer.estimate.probability;
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(7);
    let draws: Vec<(Uniforms, Uniforms)> =
        (0..thorough(5, 12)).map(|_| (brute.uniforms(&mut rng), brute.uniforms(&mut rng))).collect();
    let bases: Vec<_> = draws.iter().map(|(a, _)| brute.score(&|of| &a[of])).collect();
    let mut solved = 0;
    let mut addresses = brute.addresses();
    addresses.sort();
    addresses.dedup();
    for address in &addresses {
        let (mut flips, mut shared, mut held) =
            (Mean::default(), Mean::default(), [Mean::default(); CURVE_QUANTILES.len()]);
        for ((a, b), base) in draws.iter().zip(&bases) {
            let again = brute.score(&|of| if of == address { &b[of] } else { &a[of] });
            let others = brute.score(&|of| if of == address { &a[of] } else { &b[of] });
            for n in 0..BLOCK {
                let changed: Vec<bool> = base[n].iter().zip(&again[n]).map(|(x, y)| x != y).collect();
                flips.add(brute.whole(&changed));
                shared.add((brute.whole(&base[n]) - p) * (brute.whole(&others[n]) - p));
            }
            for (mean, u) in held.iter_mut().zip(CURVE_QUANTILES) {
                let fixed = [u; BLOCK];
                let there = brute.score(&|of| if of == address { &fixed } else { &a[of] });
                for truths in &there {
                    mean.add(brute.whole(truths));
                }
            }
        }
        let Some(effect) = answer.inputs.iter().find(|input| input.address == *address) else {
            assert_eq!(flips.sum, 0.0, "{claim} depends on {address}");
            continue;
        };
        agree(effect.flips, flips.measured(), &format!("{claim}: {address} flips"));
        // Two standard errors of p, times how far a conditional probability is from it at most, is what centring costs.
        let mut share = shared.measured();
        share.mcse += answer.estimate.mcse.powi(2);
        agree(effect.brier, share, &format!("{claim}: {address} alone"));
        if let Some(curve) = &effect.curve {
            solved += 1;
            for (point, mean) in curve.points.iter().zip(held) {
                let what = format!("{claim}: {address} at {}", point.quantile);
                agree(point.probability, mean.measured(), &what);
            }
        }
    }
    (answer, solved)
}

fn before(i: usize, j: usize) -> impl Fn(&[f64]) -> bool {
    move |x| x[i] > x[j]
}

/// Two areas a group, three factors, with `factors` and whatever else.
fn small(rows: [&str; 3], rest: &str) -> Scenario {
    let factor = |(k, row): (usize, &&str)| format!("(id: \"f{k}\", {row})");
    let factors: Vec<String> = rows.iter().enumerate().map(factor).collect();
    parse(&format!(
        "Scenario(title: \"test\", scale: (min: 0, max: 10), groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"g\"), (id: \"c\", group: \"h\"), (id: \"d\", group: \"h\")],
         spread: (score: Triangular(half_width: 2), weight: Triangular(relative: 0.5)), factors: [{}], {rest})",
        factors.join(", ")
    ))
}

const ROWS: [&str; 3] = [
    "weight: 1, scores: [5, 6, 4, 5]",
    "weight: 2, scores: [3, Uniform(min: 2, max: 8), 6, 5]",
    "weight: Uniform(min: 0, max: 2), scores: [7, 4, Normal(mean: 5, sd: 2), Beta(alpha: 2, beta: 2, min: 0, max: 10)]",
];

/// The shipped model: a world, weights whose gaps change their sign, and a factor that is absent in one world.
#[test]
fn pairs_of_the_shipped_model() {
    let scenario = shipped("takeoff");
    for (i, j) in [(4, 6), (3, 5), (7, 6)] {
        let areas = scenario.areas();
        let claim = format!("{} before {}", areas[i].id, areas[j].id);
        let (_, solved) = check(&scenario, &claim, &before(i, j));
        assert_eq!(solved, 21, "seven weights and fourteen scores");
    }
}

/// Claims about more than a gap: every crossing is solved for.
#[test]
fn claims_about_the_order() {
    let scenario = small(ROWS, "");
    let greatest = |x: &[f64]| x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let least = |x: &[f64]| x.iter().copied().fold(f64::INFINITY, f64::min);
    let first = |x: &[f64]| greatest(&x[..2]) > greatest(&x[2..]);
    let every = |x: &[f64]| least(&x[2..]) > greatest(&x[..2]);
    let one = |x: &[f64]| greatest(&x[..2]) > least(&x[2..]);
    let most = |x: &[f64]| {
        (0..2).flat_map(|i| (2..4).map(move |j| (i, j))).filter(|&(i, j)| x[i] > x[j]).count() > 2
    };
    let mean = |x: &[f64]| x[0] + x[1] > x[2] + x[3];
    let top = |x: &[f64]| (0..2).any(|i| x.iter().filter(|y| **y > x[i]).count() < 1);
    let both = |x: &[f64]| x[0] > x[2] && x[1] <= x[3];
    let claims: [(&str, Truth<'_>, bool); 7] = [
        ("first(g)<first(h)", &first, false),
        ("last(h)<first(g)", &every, false),
        ("first(g)<last(h)", &one, false),
        ("most(g<h)", &most, false),
        ("mean(g)<mean(h)", &mean, true),
        ("InTop(k: 1, group: \"g\", at_least: 1)", &top, false),
        ("All([Before(Area(\"a\"), Area(\"c\")), Not(Before(Area(\"b\"), Area(\"d\")))])", &both, false),
    ];
    for (claim, truth, linear) in claims {
        let (answer, solved) = check(&scenario, claim, truth);
        assert_eq!((answer.linear, solved), (linear, 15), "{claim}");
    }
}

/// Weights that are uncertain, or a shared input, over scores that are exact.
#[test]
fn uncertain_weights_of_exact_scores() {
    let scenario = small(
        [
            "weight: 1, scores: [5, Exact(6), 4, Exact(5)]",
            "weight: Uniform(min: 1, max: 3), scores: [Exact(3), Exact(5), 6, Exact(4)]",
            "weight: Ref(\"i\"), value: Linear(worst: 10, best: 0), scores: [7, Exact(4), Exact(5), Exact(6)]",
        ],
        "inputs: [(id: \"i\", value: Uniform(min: 0.5, max: 3))]",
    );
    check(&scenario, "a before d", &before(0, 3));
    check(&scenario, "b before d", &before(1, 3));
    check(&scenario, "first(g)<first(h)", &|x| x[0].max(x[1]) > x[2].max(x[3]));
}

/// Means and middle places inside of joined claims, where a rater, who cannot be solved for, is drawn again.
#[test]
fn means_and_middle_places_with_raters() {
    let scenario = parse(
        "Scenario(title: \"test\", scale: (min: 0, max: 10), groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"g\"), (id: \"c\", group: \"g\"),
                 (id: \"d\", group: \"h\"), (id: \"e\", group: \"h\")],
         spread: (score: Triangular(half_width: 2)), factors: [
            (id: \"f0\", weight: 1, scores: [Raters([(5, 7), (1, 4)]), 6, Raters([(5, 3), (1, 8)]), 5, 6]),
            (id: \"f1\", weight: 1, scores: [4, 5, 6, 5, 5]),
         ])",
    );
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let means = |x: &[f64]| mean(&x[..3]) > mean(&x[3..]) || x[0] > x[4] && x[1] > x[3];
    let second = |x: &[f64]| {
        let mut group = [x[0], x[1], x[2]];
        group.sort_by(f64::total_cmp);
        group[1] > x[3].max(x[4])
    };
    let claims: [(&str, Truth<'_>); 2] = [
        (
            "Any([Before(Mean(\"g\"), Mean(\"h\")), All([Before(Area(\"a\"), Area(\"e\")), Before(Area(\"b\"), Area(\"d\"))])])",
            &means,
        ),
        ("Before(Nth(2, \"g\"), First(\"h\"))", &second),
    ];
    for (claim, truth) in claims {
        let (answer, _) = check(&scenario, claim, truth);
        assert!(answer.inputs.iter().any(|input| input.redrawn.is_some()), "{claim}: a rater is drawn again");
    }
}

/// Values, atoms and ties: what is discrete is counted value by value.
#[test]
fn discrete_numbers_match_redrawing_value_by_value() {
    let scenario = small(
        [
            "weight: Exact(1), scores: [Discrete([(3, 0.25), (5, 0.5), (6, 0.25)]), Exact(4), Discrete([(4, 0.5), (5, 0.5)]), Exact(5)]",
            "weight: Exact(1), scores: [Samples([1, 2, 3, 3, 7]), Exact(4), Exact(3), Discrete([(2, 0.1), (3, 0.9)])]",
            "weight: Discrete([(1, 0.5), (2, 0.5)]), scores: [Exact(3), Exact(4), Exact(4), Mixture([(0.4, Exact(3)), (0.6, Uniform(min: 2, max: 4))])]",
        ],
        "",
    );
    check(&scenario, "a before c", &before(0, 2));
    check(&scenario, "a before d", &before(0, 3));
    let first = |x: &[f64]| x[0].max(x[1]) > x[2].max(x[3]);
    check(&scenario, "first(g)<first(h)", &first);
}

/// Branches of worlds share a stream; two worlds make four joint ones.
#[test]
fn world_branches_match_redrawing() {
    let scenario = small(
        [
            "weight: ByWorld(\"w\", {\"x\": 1, \"y\": Uniform(min: 0, max: 3)}), scores: [5, 6, 4, 5]",
            "weight: 2, scores: [ByWorld(\"w\", {\"x\": 3, \"y\": 6}), 5, ByWorld(\"v\", {\"s\": 2, \"t\": 5}), 5]",
            "weight: ByWorld(\"v\", {\"s\": 0, \"t\": 1}), scores: [7, 4, 5, 5]",
        ],
        "worlds: [(id: \"w\", outcomes: [(\"x\", 0.3), (\"y\", 0.7)]), (id: \"v\", outcomes: [(\"s\", 0.6), (\"t\", 0.4)])]",
    );
    let (answer, _) = check(&scenario, "a before c", &before(0, 2));
    let split = answer.inputs.iter().find(|input| input.address == "score.f1.a").unwrap();
    assert_eq!(split.dists.len(), 2, "both branches are one input");
    check(&scenario, "first(g)<first(h)", &|x| x[0].max(x[1]) > x[2].max(x[3]));
}

/// Laws of weights are pivoted on what the weights are made of.
#[test]
fn laws_of_weights() {
    let rows = ["scores: [5, 6, 4, 5]", "scores: [3, 5, 6, 5]", "scores: [7, 4, 5, 5]"];
    for law in [
        "weights: Simplex",
        "weights: Ranked([\"f1\", \"f0\", \"f2\"])",
        "weights: Bounded({\"f0\": 0.2})",
        "weights: Constrained([Order([\"f1\", \"f0\"]), AtLeast(\"f2\", 0.1), AtMost(\"f1\", 0.6)])",
    ] {
        let scenario = small(rows, law);
        check(&scenario, "a before c", &before(0, 2));
        check(&scenario, "first(g)<first(h)", &|x| x[0].max(x[1]) > x[2].max(x[3]));
    }
    check(&small(ROWS_PLAIN, "weights: Dirichlet(concentration: 20)"), "a before c", &before(0, 2));
}

const ROWS_PLAIN: [&str; 3] =
    ["weight: 1, scores: [5, 6, 4, 5]", "weight: 2, scores: [3, 5, 6, 5]", "weight: 1, scores: [7, 4, 5, 5]"];

/// What goes together: shared inputs, shared errors, raters; and what acts on areas.
#[test]
fn what_goes_together() {
    let shared = small(
        [
            "weight: 1, scores: [Ref(\"base\"), 6, Relative(to: \"base\", by: Uniform(min: -2, max: 1)), 5]",
            "weight: 2, scores: [3, 5, Ref(\"base\"), 5]",
            "weight: 1, scores: [7, 4, 5, 5]",
        ],
        "inputs: [(id: \"base\", value: Normal(mean: 5, sd: 1))]",
    );
    let (answer, _) = check(&shared, "a before c", &before(0, 2));
    assert!(answer.inputs.iter().any(|input| input.address == "input.base" && input.curve.is_some()));
    for rest in [
        "shared_errors: (factor: 0.3, area: 0.5, group: 0.5)",
        "residual: (sd: 0.5, group: 0.5)",
        "discounts: [(id: \"trust\", of: \"@g\", by: Uniform(min: 0.7, max: 1)), (id: \"cut\", of: \"{a,c}\", by: Uniform(min: 0.8, max: 1))]",
        "residual: (sd: 0.5), discounts: [(id: \"trust\", of: \"@g\", by: Uniform(min: 0.7, max: 1))]",
    ] {
        let scenario = small(ROWS_PLAIN, rest);
        check(&scenario, "a before c", &before(0, 2));
        check(&scenario, "first(g)<first(h)", &|x| x[0].max(x[1]) > x[2].max(x[3]));
    }
    let raters = small(
        [
            "weight: 1, scores: [Raters([(5, 7), (1, 4)]), 6, Raters([(5, 3), (1, 8)]), 5]",
            "weight: 2, scores: [3, 5, 6, 5]",
            "weight: 1, scores: [7, 4, 5, 5]",
        ],
        "",
    );
    let (answer, _) = check(&raters, "a before c", &before(0, 2));
    let heard = answer.inputs.iter().find(|input| input.address == "rater.f0").unwrap();
    assert!(heard.curve.is_none() && heard.redrawn.as_ref().unwrap().contains("chooses"));
    check(&raters, "first(g)<first(h)", &|x| x[0].max(x[1]) > x[2].max(x[3]));
}

/// Two sizes that are drawn once each, both of which move one score, and one of them another.
#[test]
fn two_uncertain_sizes_on_one_score() {
    let edits = ["score.f0.{a,d} += Uniform(min: -1, max: 3)", "score.f0.a += Normal(mean: 0, sd: 1)"];
    let scenario = small(ROWS_PLAIN, "").with_edits(&edits).unwrap_or_else(|why| panic!("{why}")).scenario;
    let (_, solved) = check(&scenario, "a before c", &before(0, 2));
    assert_eq!(solved, 3 + 6 + 2, "the weights, the scores of both, and both sizes");
    check(&scenario, "first(g)<first(h)", &|x| x[0].max(x[1]) > x[2].max(x[3]));
}

/// Scores in natural units, where a greater one may be worth less, and weights beside exact zeros.
#[test]
fn natural_units_match_redrawing() {
    let scenario = small(
        [
            "weight: 1, value: Linear(worst: 4, best: 0), scores: [Uniform(min: 0, max: 4), 2, Normal(mean: 1, sd: 1), 1]",
            "weight: 2, scores: [3, 5, 6, 5]",
            "weight: 0, scores: [7, 4, 5, 5]",
        ],
        "",
    );
    let (answer, _) = check(&scenario, "a before c", &before(0, 2));
    let score = answer.inputs.iter().find(|input| input.address == "score.f0.a").unwrap();
    assert!(score.curve.as_ref().unwrap().bar.value < 0.0, "more is worse there");
    assert!(
        answer.inputs.iter().all(|input| !input.address.contains("f2")),
        "what has no weight matters to nothing"
    );
}
