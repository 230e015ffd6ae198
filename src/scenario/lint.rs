//! Warnings: what is allowed in a scenario and is probably not what was meant.

use super::{Factor, Scenario, Value};
use crate::distribution::{Dist, TableWorks};
use std::collections::{BTreeMap, BTreeSet};

/// Something that is probably not what was meant.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Lint {
    /// By which it can be looked up and allowed, e.g. `L004`.
    pub code: &'static str,
    /// The address or id that it is about.
    pub place: String,
    /// Statement of what is odd, a sentence without a full stop.
    pub message: String,
    /// Remedy: what to write instead, or how to say that it is meant.
    pub remedy: String,
}

/// Every code, and what it is about.
pub const LINTS: [(&str, &str); 11] = [
    ("L001", "private mixtures that look like a world"),
    ("L002", "spreads clipped at the scale"),
    ("L003", "a factor that can change no order"),
    ("L004", "a factor that uses under a tenth of its scale in each world"),
    ("L005", "something declared and not used"),
    ("L006", "weights that are all alike"),
    ("L007", "a suspiciously narrow 90% range"),
    ("L008", "two factors that rank the areas alike"),
    ("L009", "a claim that is always or never true"),
    ("L010", "two things of the same name"),
    ("L011", "scores outside the range of their value function"),
];

/// The codes of those that need quantiles and means of distributions.
pub const LINTS_OF_DISTRIBUTIONS: [&str; 6] = ["L002", "L003", "L004", "L007", "L008", "L011"];

/// Time that tables may take for the sake of warnings.
const SECONDS: f64 = 0.5;

impl Scenario {
    /// Lists what is probably not what was meant, without the warnings that the scenario allows. The warning of claims (L009)
    /// takes draws, and is not among these.
    #[must_use]
    pub fn lints(&self) -> Vec<Lint> {
        let mut lints = Vec::new();
        let all = self.can_look_at_distributions();
        self.mixtures(&mut lints);
        if all {
            self.clipped(&mut lints);
            self.factors_alone(&mut lints);
        }
        self.unused(&mut lints);
        self.weights_alike(&mut lints);
        if all {
            self.narrow(&mut lints);
            self.factors_together(&mut lints);
        }
        self.names(&mut lints);
        lints.retain(|lint| !self.allows(lint.code));
        lints
    }

    /// Returns true if quantiles and means of all distributions are there in a moment. The [`LINTS_OF_DISTRIBUTIONS`]
    /// are looked for only then.
    #[must_use]
    pub fn can_look_at_distributions(&self) -> bool {
        let mut tables = TableWorks::default();
        self.dists().iter().filter_map(|(_, value)| value.dist()).all(|dist| {
            tables.add(dist);
            tables.total.seconds < SECONDS
        })
    }

    /// Returns true if the scenario says that a warning is meant.
    #[must_use]
    pub fn allows(&self, code: &str) -> bool {
        self.allow.iter().any(|allowed| allowed == code)
    }

    /// Every score with its address.
    fn scores(&self) -> impl Iterator<Item = (String, &Value)> {
        self.factors.iter().flat_map(move |factor| {
            let scores = self.areas.iter().zip(&factor.scores);
            scores.map(move |(area, score)| (format!("score.{}.{}", factor.id, area.id), score))
        })
    }

    /// Every distribution of the scenario with its address.
    fn dists(&self) -> Vec<(String, &Value)> {
        let weights = self.factors.iter().map(|factor| (format!("weight.{}", factor.id), &factor.weight));
        let mut all = Vec::new();
        for (address, value) in weights.chain(self.scores()) {
            value.visit(&mut |value| {
                if value.dist().is_some() {
                    all.push((address.clone(), value));
                }
            });
        }
        all
    }

    fn mixtures(&self, lints: &mut Vec<Lint>) {
        let mut alike: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (address, value) in self.dists() {
            if let Value::Written(Dist::Mixture(mixture)) = value {
                let probabilities: Vec<String> = mixture.parts().iter().map(|(p, _)| p.to_string()).collect();
                alike.entry(probabilities.join(", ")).or_default().push(address);
            }
        }
        for (probabilities, places) in alike.into_iter().filter(|(_, places)| places.len() > 1) {
            let n = places.len();
            lints.push(Lint {
                code: "L001",
                place: places[0].clone(),
                message: format!("{n} inputs are mixtures with the same probabilities ({probabilities}) but are drawn independently"),
                remedy: "if one fact about the world drives all of them, declare it under `worlds` and use ByWorld".into(),
            });
        }
    }

    fn clipped(&self, lints: &mut Vec<Lint>) {
        let Some(scale) = self.scale else { return };
        let mut clipped: Vec<(f64, String)> = Vec::new();
        for (address, value) in self.scores() {
            value.visit(&mut |value| {
                if let Value::Central { number, dist } = value {
                    let (low, high) = dist.support();
                    let moved = dist.mean() - number;
                    if (low == scale.min || high == scale.max) && moved.abs() > 0.01 * (scale.max - scale.min)
                    {
                        clipped.push((moved, address.clone()));
                    }
                }
            });
        }
        clipped.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        if let Some((moved, place)) = clipped.first() {
            let n = clipped.len();
            lints.push(Lint {
                code: "L002",
                place: place.clone(),
                message: format!(
                    "{} at an end of the scale, so that its mean is not the number in the table; here the mean moves by {moved:+.2}",
                    if n == 1 {
                        "the spread of a score is cut off".to_owned()
                    } else {
                        format!("the spread of each of {n} scores is cut off")
                    }
                ),
                remedy: "run `headstart show` to see the shift; write a distribution, or use a BetaMean spread, which preserves the mean".into(),
            });
        }
    }

    fn factors_alone(&self, lints: &mut Vec<Lint>) {
        for factor in &self.factors {
            let exact = |value: &Value| value.dist().and_then(Dist::exact);
            let first = &factor.scores[0];
            let alike = factor.scores.iter().all(|score| {
                matches!((score, first), (Value::Ref(a), Value::Ref(b)) if a == b)
                    || exact(score).is_some() && exact(score) == exact(first)
            });
            if alike && self.areas.len() > 1 && self.discounts.is_empty() {
                lints.push(Lint {
                    code: "L003",
                    place: factor.id.clone(),
                    message: format!(
                        "every area has the same score on {}, so this factor cannot affect the order",
                        factor.name
                    ),
                    remedy: format!("`drop {}`, or score the areas apart", factor.id),
                });
            }
            let width = match (factor.value, self.scale) {
                (Some(value), _) => Some((value.best - value.worst).abs()),
                (None, scale) => scale.map(|scale| scale.max - scale.min),
            };
            let narrow =
                width.filter(|_| !alike).and_then(|width| Some((width, self.span(factor, 0.1 * width)?)));
            if let Some((width, span)) = narrow {
                lints.push(Lint {
                    code: "L004",
                    place: factor.id.clone(),
                    message: format!(
                        "the scores on {} span {span:.2} of {width}, under a tenth of the scale",
                        factor.name
                    ),
                    remedy:
                        "this factor barely affects the order; use more of the scale, or lower its weight"
                            .into(),
                });
            }
            if let Some(value) = factor.value {
                let (low, high) = (value.worst.min(value.best), value.worst.max(value.best));
                for (area, score) in self.areas.iter().zip(&factor.scores) {
                    let Some(dist) = score.dist() else { continue };
                    if dist.cdf(low) - dist.cdf(low.next_down()) < 1e-9
                        && (dist.cdf(low) > 0.05 || dist.survival(high) > 0.05)
                    {
                        lints.push(Lint {
                            code: "L011",
                            place: format!("score.{}.{}", factor.id, area.id),
                            message: format!(
                                "more than 5% of this distribution lies outside {low} to {high} and is extrapolated"
                            ),
                            remedy: "widen the value function's range, or truncate the score".into(),
                        });
                    }
                }
            }
        }
    }

    /// Returns how far apart the central scores on a factor are at most, in any world; nothing if the scores reach over more than `enough` anywhere,
    /// with what their spreads hold possible.
    fn span(&self, factor: &Factor, enough: f64) -> Option<f64> {
        let is_by_world = |score: &Value| matches!(score, Value::ByWorld { .. });
        let mut worlds = self.joint_worlds();
        if !factor.scores.iter().any(is_by_world) {
            worlds.truncate(1);
        }
        let mut most = 0.0_f64;
        for world in worlds.iter().filter(|world| world.probability > 0.0) {
            let scores = || factor.scores.iter().map(|score| score.resolve(&world.outcomes).value);
            let over = |ends: &mut dyn Iterator<Item = [f64; 2]>| {
                let [low, high] = ends.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], [a, b]| {
                    [low.min(a), high.max(b)]
                });
                high - low
            };
            let span = over(&mut scores().map(|score| [self.central(score); 2]));
            if span >= enough || over(&mut scores().map(|score| self.reach(score))) >= enough {
                return None;
            }
            most = most.max(span);
        }
        Some(most)
    }

    /// Returns the range where nine of ten draws of a score are, or more.
    fn reach(&self, score: &Value) -> [f64; 2] {
        let ends = |dist: &Dist| [dist.quantile(0.05), dist.quantile(0.95)];
        let shared = |input: usize| ends(&self.inputs[input].dist);
        match score {
            Value::Central { dist, .. } | Value::Written(dist) => ends(dist),
            Value::Ref(input) => shared(*input),
            Value::Relative { to, by } => {
                let ([a, b], [c, d]) = (shared(*to), self.reach(by));
                [a + c, b + d]
            }
            Value::ByWorld { branches: values, .. } => self.reach_of(&mut values.iter()),
            Value::Raters(raters) => self.reach_of(&mut raters.iter().map(|(_, value)| value)),
        }
    }

    fn reach_of(&self, values: &mut dyn Iterator<Item = &Value>) -> [f64; 2] {
        values
            .map(|value| self.reach(value))
            .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], [a, b]| [low.min(a), high.max(b)])
    }

    fn unused(&self, lints: &mut Vec<Lint>) {
        let (mut worlds, mut inputs) = (BTreeSet::new(), BTreeSet::new());
        let weights = self.factors.iter().map(|factor| &factor.weight);
        let scores = self.factors.iter().flat_map(|factor| &factor.scores);
        for value in weights.chain(scores).chain(self.discounts.iter().map(|discount| &discount.by)) {
            value.visit(&mut |value| match value {
                Value::ByWorld { world, .. } => {
                    worlds.insert(*world);
                }
                Value::Ref(input) | Value::Relative { to: input, .. } => {
                    inputs.insert(*input);
                }
                _ => {}
            });
        }
        worlds.extend(self.worlds.iter().filter_map(|world| world.given));
        let mut unused = |kind: &str, id: &str| {
            lints.push(Lint {
                code: "L005",
                place: id.to_owned(),
                message: format!("the {kind} `{id}` is never used"),
                remedy: "remove it, or refer to it".into(),
            });
        };
        for (_, world) in self.worlds.iter().enumerate().filter(|(n, _)| !worlds.contains(n)) {
            unused("world", &world.id);
        }
        for (_, input) in self.inputs.iter().enumerate().filter(|(n, _)| !inputs.contains(n)) {
            unused("input", &input.id);
        }
    }

    fn weights_alike(&self, lints: &mut Vec<Lint>) {
        let weights: Vec<f64> = self.factors.iter().map(|factor| self.central(&factor.weight)).collect();
        let own = self.weight_law == super::WeightDistribution::Independent;
        if own && weights.len() > 2 && weights.iter().all(|weight| *weight == weights[0]) {
            lints.push(Lint {
                code: "L006",
                place: "weight.*".into(),
                message: format!("all {} weights are {}", weights.len(), weights[0]),
                remedy: "if you have no information about the weights, use `weights: Simplex`".into(),
            });
        }
    }

    fn narrow(&self, lints: &mut Vec<Lint>) {
        let Some(scale) = self.scale else { return };
        for (address, value) in self.scores() {
            let Value::Written(dist) = value else { continue };
            let width = dist.quantile(0.95) - dist.quantile(0.05);
            if dist.exact().is_none() && width < 0.02 * (scale.max - scale.min) {
                lints.push(Lint {
                    code: "L007",
                    place: address,
                    message: format!("the 90% range of {dist:.4} is only {width:.3} wide"),
                    remedy: "judgements are rarely this precise; widen the distribution, or write Exact(x)"
                        .into(),
                });
            }
        }
    }

    fn factors_together(&self, lints: &mut Vec<Lint>) {
        if self.areas.len() < 4 {
            return;
        }
        let ranks = |k: usize| -> Vec<usize> {
            let scores: Vec<f64> = self.factors[k].scores.iter().map(|score| self.central(score)).collect();
            scores.iter().map(|x| scores.iter().filter(|y| *y > x).count()).collect()
        };
        let all: Vec<Vec<usize>> = (0..self.factors.len()).map(ranks).collect();
        for (k, one) in all.iter().enumerate() {
            let apart = one.iter().collect::<BTreeSet<_>>().len() > 2;
            for (l, other) in all.iter().enumerate().skip(k + 1) {
                if apart && one == other {
                    let (one, other) = (&self.factors[k], &self.factors[l]);
                    lints.push(Lint {
                        code: "L008",
                        place: other.id.clone(),
                        message: format!("{} and {} rank the areas alike", one.name, other.name),
                        remedy:
                            "if they measure the same thing, it is counted twice; drop one or split the weight"
                                .into(),
                    });
                }
            }
        }
    }

    fn names(&self, lints: &mut Vec<Lint>) {
        let areas = self.areas.iter().map(|area| ("areas", &area.name));
        let groups = self.groups.iter().map(|group| ("groups", &group.name));
        let factors = self.factors.iter().map(|factor| ("factors", &factor.name));
        let mut seen = BTreeSet::new();
        for (kind, name) in areas.chain(groups).chain(factors) {
            if !seen.insert((kind, name)) {
                lints.push(Lint {
                    code: "L010",
                    place: name.clone(),
                    message: format!("two {kind} have the name `{name}`"),
                    remedy: "give them different names so that reports are unambiguous".into(),
                });
            }
        }
    }
}
