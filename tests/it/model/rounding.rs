//! What rounding may decide: the bound on single precision holds for random models of the whole language, and what double precision cannot
//! tell apart is counted, said, and inside the intervals.

use crate::support::*;
use headstart::analysis::{OrderSummary, Summary, summarize};
use headstart::distribution::{
    Beta, Dist, Exponential, Gamma, LogNormal, LogitNormal, Mass, Metalog, Mixture, Normal, Pert, StudentT,
    Triangular, Truncated, Uniform,
};
use headstart::model::Model;
use headstart::report::{Sections, Style, run_text};
use headstart::sampler::{Arithmetic, Run};
use headstart::{Control, Scenario};

fn in_numbers(scenario: &Scenario, draws: u64, arithmetic: Arithmetic) -> Summary {
    summarize(scenario, Run { draws, seed: 5, arithmetic, ..Run::default() }, Control::none())
}

/// Random choices that are the same everywhere: SplitMix64.
struct Choices {
    state: u64,
    tame: bool,
}

impl Choices {
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn pick(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// Between two numbers, to four digits.
    fn between(&mut self, low: f64, high: f64) -> f64 {
        let x = low + (high - low) * (self.pick(10_001) as f64 / 10_000.0);
        format!("{x:.4e}").parse().unwrap()
    }

    /// Over several powers of ten.
    fn shape(&mut self) -> f64 {
        libm::pow(10.0, self.between(-1.3, 1.5)).max(0.05)
    }

    /// A distribution of any family, of a width that is about `width`, from about `from` on.
    fn dist(&mut self, (from, width): (f64, f64), depth: u32) -> String {
        let ends = [self.between(0.0, 1.0), self.between(0.0, 1.0), self.between(0.0, 1.0)];
        let mut ends = ends.map(|x| from + width * x);
        ends.sort_by(f64::total_cmp);
        let [min, mode, mut max] = ends;
        max += width / 8.0;
        match self.pick(if self.tame {
            7
        } else if depth == 0 {
            14
        } else {
            12
        }) {
            0 | 1 => format!("Triangular(min: {min}, mode: {mode}, max: {max})"),
            2 => format!("Uniform(min: {min}, max: {max})"),
            3 => format!("Pert(min: {min}, mode: {mode}, max: {max}, shape: {})", self.between(0.5, 30.0)),
            4 => {
                let least = if self.tame { 1.0 } else { 0.05 };
                let (alpha, beta) = (self.shape().max(least), self.shape().max(least));
                format!("Beta(alpha: {alpha}, beta: {beta}, min: {min}, max: {max})")
            }
            5 => format!("Normal(mean: {mode}, sd: {})", width * self.between(0.1, 0.5)),
            6 => {
                format!("StudentT(location: {mode}, scale: {}, df: {})", width * 0.2, self.between(2.1, 20.0))
            }
            7 => format!("LogNormal(mu: {}, sigma: {})", libm::log(1.0 + from.abs()), self.between(0.1, 3.0)),
            8 => format!("Gamma(shape: {}, scale: {})", self.shape(), width * self.between(0.1, 1.0)),
            9 => format!("Exponential(rate: {})", self.between(0.5, 4.0) / width),
            10 => {
                let (mu, sigma) = (self.between(-2.0, 2.0), self.between(0.2, 6.0));
                format!("LogitNormal(mu: {mu}, sigma: {sigma}, min: {min}, max: {max})")
            }
            11 => {
                let (low, middle) = (self.between(-0.4, -0.2) * width, self.between(-0.02, 0.02) * width);
                let high = self.between(0.2, 0.4) * width;
                format!(
                    "Metalog(points: [(0.1, {}), (0.5, {}), (0.9, {})])",
                    mode + low,
                    mode + middle,
                    mode + high
                )
            }
            12 => format!("Truncated(of: {}, min: {})", self.dist((min, max - min), 1), min - width * 0.1),
            _ => {
                let (one, other) = (self.dist((from, width), 1), self.dist((from, width * 1e-3), 1));
                format!("Mixture([(0.4, {one}), (0.6, {other})])")
            }
        }
    }

    fn weight(&mut self) -> String {
        match self.pick(5) {
            0 => self.between(0.5, 10.0).to_string(),
            1 => format!("Gamma(shape: {}, scale: 1)", self.shape()),
            2 => format!("LogNormal(mu: 0, sigma: {})", self.between(0.1, 1.0)),
            _ => format!(
                "Triangular(min: {}, mode: 2, max: {})",
                self.between(0.0, 1.9),
                self.between(3.0, 9.0)
            ),
        }
    }

    /// A model with two to four areas.
    fn model(&mut self) -> String {
        let (n_areas, n_factors) = (2 + self.pick(3), 1 + self.pick(4));
        let far = [0.0, 1.0, 1.0, 1.0, 1.0, 100.0, -1e4][self.pick(7) as usize];
        let place = (far, [1.0, 9.0, 9.0, 9.0, 1e-2][self.pick(5) as usize]);
        // Half of the models have tame families alone.
        self.tame = self.pick(2) == 0;
        let shared = self.pick(3) == 0;
        let law = self.pick(6);
        let weighted = law > 2;
        let factors: Vec<String> = (0..n_factors)
            .map(|k| {
                let alike = self.dist(place, 0);
                let scores: Vec<String> = (0..n_areas)
                    .map(|_| match self.pick(6) {
                        0 => self.between(place.0, place.0 + place.1).to_string(),
                        1 if shared => format!("Relative(to: \"i\", by: {})", self.dist(place, 0)),
                        2 if shared => "Ref(\"i\")".into(),
                        3 | 4 => alike.clone(),
                        _ => self.dist(place, 0),
                    })
                    .collect();
                let value = match self.pick(4) {
                    0 => format!("value: Linear(worst: {}, best: {}),", place.0 + place.1, place.0),
                    _ => String::new(),
                };
                let weight = if weighted { format!("weight: {},", self.weight()) } else { String::new() };
                format!("(id: \"f{k}\", {weight} {value} scores: [{}])", scores.join(", "))
            })
            .collect();
        let ids: Vec<String> = (0..n_factors).map(|k| format!("\"f{k}\"")).collect();
        let law = match law {
            0 => "weights: Simplex,".to_owned(),
            1 => format!("weights: Ranked([{}]),", ids.join(", ")),
            2 => {
                let mean =
                    ids.iter().map(|id| format!("{id}: {}", 1.0 / n_factors as f64)).collect::<Vec<_>>();
                format!(
                    "weights: Dirichlet(mean: {{{}}}, concentration: {}),",
                    mean.join(", "),
                    self.between(1.0, 40.0)
                )
            }
            _ => String::new(),
        };
        let more = match self.pick(5) {
            0 => format!("residual: {},", self.between(0.01, 0.5)),
            1 => "scale: (min: 0, max: 10), discounts: [(id: \"d\", of: \"a0\", by: 0.5)],".into(),
            _ => String::new(),
        };
        let inputs = if shared {
            format!("inputs: [(id: \"i\", value: {})],", self.dist(place, 0))
        } else {
            String::new()
        };
        let areas: Vec<String> = (0..n_areas)
            .map(|i| format!("(id: \"a{i}\", group: \"{}\")", if i == 0 { "x" } else { "y" }))
            .collect();
        format!(
            "Scenario(title: \"t\", {more} {law} {inputs} groups: [(id: \"x\"), (id: \"y\")], areas: [{}], factors: [{}])",
            areas.join(", "),
            factors.join(", ")
        )
    }
}

/// The greatest difference of two orders in pairs, and in what compares several pairs as a share of their number.
fn apart(one: &OrderSummary, other: &OrderSummary) -> f64 {
    let n = one.before.len();
    let pairs = one.before.iter().flatten().flatten().zip(other.before.iter().flatten().flatten());
    let pairs = pairs.map(|(a, b)| (a.probability - b.probability).abs());
    let ranks = one.ranks.iter().flatten().zip(other.ranks.iter().flatten());
    let ranks = ranks.map(|(a, b)| (a.probability - b.probability).abs() / (n - 1) as f64);
    let claims = one.claims.iter().zip(&other.claims);
    let all = (n * (n - 1) / 2) as f64;
    let claims = claims.map(|(a, b)| (a.estimate.probability - b.estimate.probability).abs() / all);
    pairs.chain(ranks).chain(claims).fold(0.0, f64::max)
}

/// Both kinds of numbers draw from the same bits, so that they differ in the draws that rounding decides and in no others. `ROUNDINGS` is
/// how many models are tried in place of a few dozens.
#[test]
fn single_precision_moves_no_pair_by_more_than_is_stated() {
    let n_models = std::env::var("ROUNDINGS").map_or(24, |n| n.parse().unwrap());
    let mut choices = Choices { state: 18, tame: false };
    let (mut drawn, mut bounded, mut suited, mut worst) = (0, 0, 0, (0.0, String::new()));
    while drawn < n_models {
        let text = choices.model();
        let Ok(scenario) = Scenario::from_ron("test.ron", &text) else { continue };
        let model = Model::new(&scenario);
        if model.overflows_single() {
            continue;
        }
        drawn += 1;
        let (bound, n) = (model.single_moves(), 20_000);
        assert!((0.0..=1.0).contains(&bound), "{bound}: {text}");
        bounded += u32::from(bound < 0.01);
        suited += u32::from(model.suits_single());
        let [single, double] =
            [Arithmetic::Single, Arithmetic::Double].map(|arithmetic| in_numbers(&scenario, n, arithmetic));
        let undecided = double.undecided.as_ref().map_or(0.0, |undecided| undecided.share);
        let off = apart(&single.order, &double.order);
        let most = bound + undecided + BOUND * (bound.max(1.0 / n as f64) / n as f64).sqrt();
        if off / most > worst.0 {
            worst = (off / most, text.clone());
        }
        assert!(off <= most, "{off} for at most {most}: {text}");
        if model.suits_single() {
            assert!(bound <= 1e-4, "{bound}: {text}");
        }
    }
    eprintln!(
        "{drawn} models, {bounded} bounded below 1 %, {suited} suited; worst {:.3} of the bound: {}",
        worst.0, worst.1
    );
    assert!(bounded >= drawn / 3 && suited >= drawn / 12, "{bounded} and {suited} of {drawn}");
}

/// No interval of any length has more than is said; and not much less than that, somewhere.
#[test]
fn intervals_have_no_more_than_their_mass() {
    let uniform = |min, max| Dist::from(Uniform::new(min, max).unwrap());
    let points = [(0.1, 1.0), (0.5, 2.0), (0.9, 4.0)];
    let dists: Vec<Dist> = vec![
        Triangular::new(1.0, 2.5, 4.0).unwrap().into(),
        uniform(-1.0, 4.0),
        Pert::new(1.0, 1.2, 4.0, 30.0).unwrap().into(),
        Beta::new(0.3, 2.0, 0.0, 3.0).unwrap().into(),
        Beta::new(2.0, 0.3, -3.0, 0.0).unwrap().into(),
        Beta::new(0.5, 0.7, 0.0, 1.0).unwrap().into(),
        Beta::new(1.0, 0.6, 0.0, 1.0).unwrap().into(),
        Beta::new(40.0, 3.0, 0.0, 1.0).unwrap().into(),
        Gamma::new(0.2, 3.0).unwrap().into(),
        Gamma::new(1.0, 3.0).unwrap().into(),
        Gamma::new(50.0, 0.1).unwrap().into(),
        Normal::new(3.0, 2.0).unwrap().into(),
        LogNormal::new(1.0, 0.7).unwrap().into(),
        LogNormal::new(0.0, 4.0).unwrap().into(),
        Exponential::new(0.25).unwrap().into(),
        StudentT::new(1.0, 2.0, 3.0).unwrap().into(),
        LogitNormal::new(0.5, 0.8, 0.0, 10.0).unwrap().into(),
        LogitNormal::new(0.0, 5.0, 0.0, 1.0).unwrap().into(),
        Metalog::new(&points, None, None).unwrap().into(),
        Metalog::new(&points, Some(0.0), None).unwrap().into(),
        Truncated::new(Normal::new(0.0, 1.0).unwrap().into(), Some(0.5), Some(2.0)).unwrap().into(),
        Mixture::new([(0.9, uniform(0.0, 0.01)), (0.1, uniform(0.0, 1e3))]).unwrap().into(),
    ];
    for dist in dists {
        let mass = Mass::new(&dist);
        for length in [1e-12, 1e-9, 1e-6, 1e-4, 1e-2, 0.5] {
            let most = mass.within(length);
            let mut found = 0.0_f64;
            for step in -700..=700 {
                let p = 1.0 / (1.0 + libm::exp(-f64::from(step) / 20.0));
                let start = dist.quantile(p);
                for start in [start, start - length, start - length / 2.0] {
                    let above = dist.survival(start) - dist.survival(start + length);
                    let below = dist.cdf(start + length) - dist.cdf(start);
                    found = found.max(if p < 0.5 { below } else { above });
                }
            }
            // Ends of intervals and differences of probabilities are rounded themselves.
            assert!(found <= most * (1.0 + 1e-5) + 1e-13, "{dist} in {length}: {found:e} above {most:e}");
            assert!(most <= 8.0 * found + 1e-14, "{dist} in {length}: {most:e} far above {found:e}");
        }
    }
}

/// Where a density has no bound at one place, numbers are measured from there, and nothing is lost.
#[test]
fn heaps_at_one_place_are_told_apart() {
    let beta = |alpha: f64, beta: f64| format!("Beta(alpha: {alpha}, beta: {beta}, min: -2, max: 7)");
    for (alpha, beta_shape) in [(3.0, 0.05), (0.05, 3.0), (1.9, 0.11)] {
        let score = beta(alpha, beta_shape);
        let scenario = one_factor(&[&score], &[&score], "");
        assert!(!Model::new(&scenario).suits_single());
        let summary = in_numbers(&scenario, 400_000, Arithmetic::Auto);
        assert_eq!(summary.order.tie[0][1], Some(0.0), "{score}");
        assert_near(summary.order.before[0][1].unwrap(), 0.5, &score);
        // Its overall score is what it was.
        let dist = Beta::new(alpha, beta_shape, -2.0, 7.0).unwrap();
        let area = &summary.areas[0];
        assert!((area.overall.mean - dist.mean()).abs() < BOUND * area.mcse, "{score}");
    }
    // A bare score near the end of the scale: the probability integrated over the quantiles of the other.
    let spread = "scale: (min: 1, max: 10), spread: (score: BetaMean(concentration: 2)),";
    let scenario = one_factor(&["9.5"], &["9.6"], spread);
    let [one, other] = [9.5, 9.6].map(|mean| {
        let share = (mean - 1.0) / 9.0;
        Beta::new(2.0 * share, 2.0 * (1.0 - share), -9.0, 0.0).unwrap()
    });
    let n = 200_000;
    let truth: f64 =
        (0..n).map(|k| other.cdf(one.quantile((f64::from(k) + 0.5) / f64::from(n)))).sum::<f64>()
            / f64::from(n);
    let summary = in_numbers(&scenario, 1_000_000, Arithmetic::Auto);
    assert_near(summary.order.before[0][1].unwrap(), truth, "near the end");
    assert_eq!(summary.order.tie[0][1], Some(0.0));
    // A narrow bulk beside a far tail, and a narrow number far from 0.
    let mixed = "Mixture([(0.99, Uniform(min: 0, max: 0.01)), (0.01, Uniform(min: 0, max: 1e5))])";
    let text = |score: &str| {
        format!(
            "Scenario(title: \"t\", groups: [(id: \"x\"), (id: \"y\")], areas: [(id: \"x\", group: \"x\"), (id: \"y\", group: \"y\")],
             factors: [(id: \"f\", weight: 1, scores: [{score}, {score}]), (id: \"g\", weight: 1, scores: [10000, 10000])])"
        )
    };
    let far = one_factor(&["Normal(mean: 1e9, sd: 1e-6)"; 1], &["Normal(mean: 1e9, sd: 1e-6)"; 1], "");
    for scenario in [parse(&text(mixed)), far] {
        assert!(!Model::new(&scenario).suits_single());
        let summary = in_numbers(&scenario, 400_000, Arithmetic::Auto);
        assert_near(summary.order.before[0][1].unwrap(), 0.5, "bulk and tail");
        assert!(summary.order.tie[0][1].unwrap() < 1e-5);
    }
}

/// Two heaps are too many: draws in which both areas lie in the one that loses its digits are undecided, and the interval covers both orders.
#[test]
fn what_cannot_be_told_apart_is_counted_and_said() {
    let score = "Beta(alpha: 0.05, beta: 0.05)";
    let scenario = one_factor(&[score], &[score, score], "");
    let summary = in_numbers(&scenario, 100_000, Arithmetic::Auto);
    // Half of the draws of each lie in the upper half, and of those a share (1e-15 2)^0.05 of about a sixth within rounding of 1.
    let tie = summary.order.tie[0][1].unwrap();
    assert!(tie > 2e-3 && tie < 2e-2, "{tie}");
    let undecided = summary.undecided.as_ref().unwrap();
    assert!((undecided.share - tie).abs() < 5e-3);
    let before = summary.order.before[0][1].unwrap();
    assert!(before.low <= 0.5 && 0.5 <= before.high && before.high - before.low > tie);
    assert!(before.at_level(0.001).high > before.high);
    for row in &summary.order.ranks {
        assert!(row.iter().all(|rank| rank.low <= 1.0 / 3.0 && 1.0 / 3.0 <= rank.high));
    }
    let first = claim(&summary, "first(x)<first(y)");
    assert!(first.low <= 1.0 / 3.0 && 1.0 / 3.0 <= first.high);
    let text = run_text(&scenario, &summary, &Sections::all().with_all_pairs(true), Style::plain(400));
    assert!(text.contains("too close for double precision to tell apart in"), "{text}");
    // What may really tie is said to tie.
    let dice = one_factor(&["Discrete([(1, 0.5), (2, 0.5)])"], &["Discrete([(1, 0.5), (2, 0.5)])"], "");
    let summary = in_numbers(&dice, 10_000, Arithmetic::Auto);
    assert!(summary.undecided.is_none() && summary.order.tie[0][1].unwrap() > 0.4);
}

/// Single precision that is asked for where it does not suit says by how much, and has no draw without numbers; where there could be
/// one, it is refused.
#[test]
fn single_precision_that_does_not_suit_says_so() {
    let scenario = |weight: &str| {
        parse(&format!(
            "Scenario(title: \"t\", groups: [(id: \"x\"), (id: \"y\")], areas: [(id: \"x\", group: \"x\"), (id: \"y\", group: \"y\")],
             factors: [(id: \"f\", weight: {weight}, scores: [Uniform(min: 0, max: 1), Uniform(min: 0, max: 1)])])"
        ))
    };
    let rare = scenario("Gamma(shape: 0.05, scale: 1)");
    assert!(!Model::new(&rare).suits_single() && !Model::new(&rare).overflows_single());
    let summary = in_numbers(&rare, 100_000, Arithmetic::Single);
    assert!(summary.areas.iter().all(|area| area.overall.mean.is_finite()));
    let (one, other) = (summary.order.before[0][1].unwrap(), summary.order.before[1][0].unwrap());
    for before in [one, other] {
        assert!(before.low <= 0.5 && 0.5 <= before.high, "{before:?}");
    }
    // None of the two has more than its half but for chance.
    assert!((one.probability - other.probability).abs() < BOUND * 2.0 * one.mcse.max(other.mcse));
    let text = run_text(&rare, &summary, &Sections::all().with_all_pairs(true), Style::plain(400));
    assert!(text.contains("Single precision does not suit this scenario"), "{text}");
    assert!(Model::new(&scenario("1e38")).overflows_single());
}
