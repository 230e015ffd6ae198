//! The sampler, the model and the tallies against the clear way to do it: one draw at a time, with another
//! implementation of the generators, and with nothing clever. The counts must be the same to the last one.

use crate::support::*;
use headstart::batch::BLOCK;
use headstart::distribution::{Dist, Gamma, standard_cdf, standard_quantile};
use headstart::sampler::Arithmetic;
use headstart::scenario::correlation::correlated;
use headstart::scenario::{Claim, Marker, Value, WeightDistribution};
use headstart::{Control, Scenario};
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use rand_xoshiro::{SplitMix64, Xoshiro128Plus};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

const LANES: usize = 16;

/// The uniform number of an input in a draw, by the words of the value contract.
struct Uniforms {
    seed: u64,
    blocks: HashMap<(String, u64), Vec<f64>>,
}

impl Uniforms {
    fn get(&mut self, address: &str, draw: u64) -> f64 {
        let (block, at) = (draw / BLOCK as u64, draw as usize % BLOCK);
        let seed = self.seed;
        self.blocks.entry((address.into(), block)).or_insert_with(|| draw_block(seed, address, block))[at]
    }
}

fn draw_block(seed: u64, address: &str, block: u64) -> Vec<f64> {
    let mut text = b"headstart stream".to_vec();
    text.extend(3_u32.to_le_bytes());
    text.extend(seed.to_le_bytes());
    text.extend(address.as_bytes());
    let key: Vec<u64> =
        Sha256::digest(&text).chunks(8).map(|word| u64::from_le_bytes(word.try_into().unwrap())).collect();
    let generators = |key: [u64; 2]| -> Vec<Xoshiro128Plus> {
        let generator = |lane: u64| {
            let word = |key: u64| {
                // SplitMix64 adds this constant a step, so this start makes its next output number n.
                let n = block * LANES as u64 + lane;
                let start = key.wrapping_add(n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
                SplitMix64::from_seed(start.to_le_bytes()).next_u64()
            };
            let state: Vec<u8> = key.iter().flat_map(|&key| word(key).to_le_bytes()).collect();
            Xoshiro128Plus::from_seed(state.try_into().unwrap())
        };
        (0..LANES as u64).map(generator).collect()
    };
    let (mut leading, mut further) = (generators([key[0], key[1]]), generators([key[2], key[3]]));
    (0..BLOCK)
        .map(|n| {
            let (lead, more) = (leading[n % LANES].next_u32(), further[n % LANES].next_u32());
            (f64::from(lead) + (f64::from(more >> 12) + 0.5) / 2_f64.powi(20)) / 2_f64.powi(32)
        })
        .collect()
}

/// One draw in one joint world.
struct Draw<'a> {
    scenario: &'a Scenario,
    uniforms: &'a mut Uniforms,
    outcomes: &'a [usize],
    draw: u64,
}

impl Draw<'_> {
    fn uniform(&mut self, address: &str) -> f64 {
        self.uniforms.get(address, self.draw)
    }

    fn normal(&mut self, address: &str) -> f64 {
        standard_quantile(self.uniform(address))
    }

    /// The number at an address; `group` is that of a score.
    fn number(&mut self, address: &str, dist: &Dist, group: Option<&str>) -> f64 {
        if let Some(exact) = dist.exact() {
            return exact;
        }
        for set in correlated(self.scenario.correlations()).unwrap() {
            if let Some(i) = set.members.iter().position(|member| member.to_string() == address) {
                let parts = set.members.iter().zip(&set.loadings[i]).filter(|(_, loading)| **loading != 0.0);
                let z = parts
                    .fold(0.0, |sum, (member, loading)| sum + loading * self.normal(&member.to_string()));
                return dist.quantile(standard_cdf(z));
            }
        }
        let shared_errors = self.scenario.shared_errors();
        if let (true, Some(group)) = (shared_errors.any(), group) {
            let [_, factor, area] = address.split('.').collect::<Vec<_>>()[..] else { panic!("{address}") };
            let mut z = 0.0;
            for (loading, address) in [
                (shared_errors.factor, format!("shared_error.factor.{factor}")),
                (shared_errors.area, format!("shared_error.area.{area}")),
                (shared_errors.group, format!("shared_error.group.{factor}.{group}")),
                (shared_errors.rest(), address.to_owned()),
            ] {
                if loading != 0.0 {
                    z += loading * self.normal(&address);
                }
            }
            return dist.quantile(standard_cdf(z));
        }
        dist.quantile(self.uniform(address))
    }

    fn value(&mut self, address: &str, value: &Value, group: Option<&str>) -> f64 {
        let shared = |this: &mut Self, input: usize| {
            let input = &this.scenario.inputs()[input];
            this.number(&format!("input.{}", input.id), &input.dist, None)
        };
        match value {
            Value::Central { dist, .. } | Value::Written(dist) => self.number(address, dist, group),
            Value::ByWorld { world, branches } => {
                self.value(address, &branches[self.outcomes[*world]], group)
            }
            Value::Ref(input) => shared(self, *input),
            Value::Relative { to, by } => shared(self, *to) + self.value(address, by, group),
            Value::Raters(raters) => {
                let factor = address.split('.').nth(1).unwrap();
                let total: f64 = raters.iter().map(|(weight, _)| weight).sum();
                let mut u = self.uniform(&format!("rater.{factor}"));
                let heard = raters.iter().position(|(weight, _)| {
                    u -= weight / total;
                    u <= 0.0
                });
                self.value(address, &raters[heard.unwrap_or(raters.len() - 1)].1, group)
            }
        }
    }

    fn weights(&mut self) -> Vec<f64> {
        let factors = self.scenario.factors();
        let address = |k: usize| format!("weight.{}", factors[k].id);
        let mut exponential = |k: usize| -(1.0 - self.uniforms.get(&address(k), self.draw)).ln();
        let n = factors.len();
        match self.scenario.weight_law() {
            WeightDistribution::Independent => {
                (0..n).map(|k| self.value(&address(k), &factors[k].weight, None)).collect()
            }
            WeightDistribution::Simplex => (0..n).map(exponential).collect(),
            WeightDistribution::Bounded(lower) => {
                let drawn: Vec<f64> = (0..n).map(exponential).collect();
                let (sum, free) = (drawn.iter().sum::<f64>(), 1.0 - lower.iter().sum::<f64>());
                (0..n).map(|k| lower[k] * sum + free * drawn[k]).collect()
            }
            WeightDistribution::Ranked(order) => {
                let mut weights = vec![0.0; n];
                let mut sum = 0.0;
                for (rank, &k) in order.iter().enumerate().rev() {
                    sum += exponential(k) / (rank + 1) as f64;
                    weights[k] = sum;
                }
                weights
            }
            WeightDistribution::Dirichlet { means, concentration } => {
                let total: f64 = means.iter().sum();
                let gamma = |k: usize| Gamma::new(concentration * means[k] / total, 1.0).unwrap();
                (0..n).map(|k| gamma(k).quantile(self.uniform(&address(k)))).collect()
            }
            WeightDistribution::Constrained(_, polytope) => {
                let mut u =
                    if polytope.simplices().len() > 1 { self.uniform("weights.simplex") } else { 0.0 };
                let last = polytope.simplices().len() - 1;
                let simplex = polytope.simplices().iter().position(|simplex| {
                    u -= simplex.share;
                    u <= 0.0
                });
                let mut weights = vec![0.0; n];
                for (v, &vertex) in polytope.simplices()[simplex.unwrap_or(last)].vertices.iter().enumerate()
                {
                    let e = -(1.0 - self.uniform(&format!("weights.{v}"))).ln();
                    for (weight, corner) in weights.iter_mut().zip(&polytope.vertices()[vertex]) {
                        *weight += e * corner;
                    }
                }
                weights
            }
        }
    }

    fn overall_scores(&mut self) -> Vec<f64> {
        let scenario = self.scenario;
        let weights = self.weights();
        let total: f64 = weights.iter().sum();
        let floor = scenario.scale().map_or(0.0, |scale| scale.min);
        let mut overall_scores = Vec::new();
        for (i, area) in scenario.areas().iter().enumerate() {
            let group = scenario.groups()[area.group].id.as_str();
            let mut sum = 0.0;
            for (factor, weight) in scenario.factors().iter().zip(&weights) {
                let score =
                    self.value(&format!("score.{}.{}", factor.id, area.id), &factor.scores[i], Some(group));
                sum += weight * factor.value.map_or(score, |value| value.apply(score));
            }
            let mut x = sum / total;
            if let Some(residual) = scenario.residual() {
                let rest = (1.0 - residual.all * residual.all - residual.group * residual.group).sqrt();
                for (loading, address) in [
                    (residual.all, "shared_error.residual".to_owned()),
                    (residual.group, format!("shared_error.residual.{group}")),
                    (rest, format!("residual.{}", area.id)),
                ] {
                    if loading != 0.0 {
                        x += loading * residual.sd * self.normal(&address);
                    }
                }
            }
            for discount in scenario.discounts().iter().filter(|discount| discount.areas.contains(&i)) {
                x = floor
                    + (x - floor) * self.value(&format!("discount.{}", discount.id), &discount.by, None);
            }
            overall_scores.push(x);
        }
        overall_scores
    }
}

fn place(scenario: &Scenario, x: &[f64], marker: &Marker) -> f64 {
    let sorted = |group: usize| {
        let mut values: Vec<f64> = scenario.members(group).into_iter().map(|i| x[i]).collect();
        values.sort_by(|a, b| b.total_cmp(a));
        values
    };
    match marker {
        Marker::Area(i) => x[*i],
        Marker::First(g) => sorted(*g)[0],
        Marker::Last(g) => *sorted(*g).last().unwrap(),
        Marker::Nth(k, g) => sorted(*g)[k - 1],
        Marker::Mean(g) => {
            let members = scenario.members(*g);
            members.iter().map(|&i| x[i]).sum::<f64>() / members.len() as f64
        }
    }
}

fn holds(scenario: &Scenario, x: &[f64], claim: &Claim) -> bool {
    match claim {
        Claim::Before(one, other) => place(scenario, x, one) > place(scenario, x, other),
        Claim::All(all) => all.iter().all(|claim| holds(scenario, x, claim)),
        Claim::Any(any) => any.iter().any(|claim| holds(scenario, x, claim)),
        Claim::Not(claim) => !holds(scenario, x, claim),
        Claim::InTop { k, group, at_least } => {
            let rank = |i: usize| 1 + x.iter().filter(|&&other| other > x[i]).count();
            scenario.members(*group).into_iter().filter(|&i| rank(i) <= *k).count() >= *at_least
        }
        Claim::Most(a, b) => {
            let (a, b) = (scenario.members(*a), scenario.members(*b));
            let ahead: usize = a.iter().map(|&i| b.iter().filter(|&&j| x[i] > x[j]).count()).sum();
            2 * ahead > a.len() * b.len()
        }
    }
}

fn compare(scenario: &Scenario, draws: u64, seed: u64) {
    let summary = headstart::analysis::summarize(
        scenario,
        headstart::sampler::Run { draws, seed, threads: Some(2), arithmetic: Arithmetic::Double },
        Control::none(),
    );
    let mut uniforms = Uniforms { seed, blocks: HashMap::new() };
    let joint = scenario.joint_worlds();
    let n = scenario.areas().len();
    let claims: Vec<_> = scenario.generated_claims().into_iter().chain(scenario.claims().to_vec()).collect();
    for (index, world) in joint.iter().enumerate() {
        let order = if scenario.worlds().is_empty() { &summary.order } else { &summary.worlds[index].order };
        let (mut before, mut ties, mut ranks) = (vec![0_u64; n * n], vec![0_u64; n * n], vec![0_u64; n * n]);
        let (mut held, mut ahead) = (vec![0_u64; claims.len()], HashMap::<usize, u64>::new());
        for draw in 0..draws {
            let outcomes = &world.outcomes;
            let x = Draw { scenario, uniforms: &mut uniforms, outcomes, draw }.overall_scores();
            for i in 0..n {
                for j in 0..n {
                    before[i * n + j] += u64::from(x[i] > x[j]);
                    ties[i * n + j] += u64::from(x[i] == x[j]);
                }
                ranks[i * n + x.iter().filter(|&&other| other > x[i]).count()] += 1;
            }
            for (count, claim) in held.iter_mut().zip(&claims) {
                *count += u64::from(holds(scenario, &x, &claim.claim));
            }
            let (a, b) = (scenario.members(0), scenario.members(1));
            *ahead.entry(a.iter().map(|&i| b.iter().filter(|&&j| x[i] > x[j]).count()).sum()).or_default() +=
                1;
        }
        let share = |count: u64| count as f64 / draws as f64;
        for i in 0..n {
            for j in 0..n {
                assert_eq!(order.ranks[i][j].probability, share(ranks[i * n + j]), "rank {j} of {i}");
                if i != j {
                    assert_eq!(order.before[i][j].unwrap().probability, share(before[i * n + j]), "{i} {j}");
                    assert_eq!(order.tie[i][j].unwrap(), share(ties[i * n + j]), "tie {i} {j}");
                }
            }
        }
        for (index, count) in held.into_iter().enumerate() {
            let claim = &order.claims[index];
            assert_eq!(claim.estimate.probability, share(count), "{}", claim.id);
        }
        for (u, estimate) in order.pairs[0].distribution.iter().enumerate() {
            assert_eq!(estimate.probability, share(ahead.get(&u).copied().unwrap_or(0)), "{u} pairs ahead");
        }
    }
}

#[test]
fn the_shipped_scenarios() {
    compare(&shipped("takeoff-published"), 5_000, 1);
    compare(&shipped("takeoff"), 3_000, 7);
    compare(&shipped("wheat"), 40_001, 2);
    compare(&parse(JSMAA), 20_000, 4);
}

/// A scenario in which everything acts on the scores that can.
fn everything(rest: &str) -> Scenario {
    parse(&format!(
        r#"Scenario(
            title: "everything", scale: (min: 1, max: 10),
            groups: [(id: "a"), (id: "b")],
            areas: [(id: "a1", group: "a"), (id: "a2", group: "a"), (id: "b1", group: "b"), (id: "b2", group: "b")],
            worlds: [
                (id: "w", outcomes: [("x", 0.25), ("y", 0.75)]),
                (id: "v", given: "w", outcomes: {{"x": [("p", 0.5), ("q", 0.5)], "y": [("p", Beta(alpha: 2, beta: 8)), ("q", Rest)]}}),
            ],
            spread: (score: Pert(half_width: 2)),
            inputs: [(id: "base", value: Normal(mean: 4, sd: 1)), (id: "extra", value: Uniform(min: 1, max: 3))],
            discounts: [
                (id: "veto", of: "@a", by: ByWorld("v", {{"p": 0, "q": 1}})),
                (id: "drag", of: "b1", by: Uniform(min: 0.5, max: 1)),
            ],
            {rest}
            factors: [
                (id: "f", {{WEIGHT}} scores: [Relative(to: "base", by: Normal(mean: 0, sd: 1)), Relative(to: "base", by: Exact(1)), 5, Ref("base")]),
                (id: "g", {{WEIGHT}} scores: [ByWorld("w", {{"x": 3, "y": 4}}), 6, Raters([(5, 3), (1, Exact(7))]), Raters([(5, 6), (1, Exact(2))])]),
                (id: "h", {{WEIGHT}} scores: [3, 4, Mixture([(0.5, Exact(2)), (0.5, Beta(alpha: 2, beta: 3, min: 1, max: 10))]), Gamma(shape: 3, scale: 1)]),
            ],
        )"#
    )
    .replace("{WEIGHT}", if rest.contains("weights: ") { "" } else { "weight: Triangular(min: 0.5, mode: 1, max: 2)," }))
}

#[test]
fn everything_that_acts_on_scores() {
    for rest in [
        "",
        "shared_errors: (factor: 0.3, area: 0.4, group: 0.5),",
        "residual: (sd: 0.7),",
        "residual: (sd: 0.7, all: 0.3, group: 0.6), shared_errors: (group: 0.9),",
        r#"correlations: [(between: ["score.f.b1", "score.g.a2", "score.h.a1"], rank: 0.6), (between: ["weight.f", "weight.g"], normal: -0.5)],"#,
        r#"correlations: [(between: ["input.base", "score.h.*"], rank: 0.4)],"#,
        "weights: Simplex,",
        r#"weights: Ranked(["g", "h", "f"]),"#,
        r#"weights: Bounded({"f": 0.2, "h": 0.5}),"#,
        r#"weights: Constrained([Order(["f", "g"]), AtMost("f", 0.6), Ratio(of: "g", to: "h", min: 0.5, max: 4)]),"#,
        r#"weights: Constrained([Prefer("b1", "a1")]),"#,
        r#"weights: Ranked(["h", "f"]),"#,
    ] {
        compare(&everything(rest), if rest.is_empty() { 1_100 } else { thorough(250, 2_500) }, 3);
    }
    let dirichlet = everything("").to_ron();
    let weight = "weight: Triangular(min: 0.5, mode: 1, max: 2)";
    assert!(dirichlet.contains(weight));
    let dirichlet = dirichlet
        .replace(weight, "weight: 2")
        .replace("    spread:", "    weights: Dirichlet(concentration: 9),\n    spread:");
    compare(&parse(&dirichlet), thorough(300, 2_500), 3);
}

/// Many ties, three groups, and claims of every kind.
#[test]
fn a_scenario_full_of_ties() {
    let scenario = parse(
        r#"Scenario(
            title: "ties",
            groups: [(id: "a"), (id: "b"), (id: "c")],
            areas: [
                (id: "a1", group: "a"), (id: "a2", group: "a"), (id: "a3", group: "a"),
                (id: "b1", group: "b"), (id: "b2", group: "b"),
                (id: "c1", group: "c"),
            ],
            worlds: [(id: "w", outcomes: [("x", 0.25), ("y", 0.75)]), (id: "v", outcomes: [("x", 0.5), ("y", 0.5)])],
            factors: [
                (id: "f", weight: 1, scores: [1, Uniform(min: 0, max: 2), 1, 1, Triangular(min: 0, mode: 1, max: 1), 2]),
                (id: "g", weight: ByWorld("w", {"x": 0, "y": 2}), scores: [
                    ByWorld("v", {"x": 1, "y": 2}), 1, Normal(mean: 1, sd: 0.5), 1, 2, ByWorld("v", {"x": 1, "y": 1})]),
            ],
            claims: [
                (id: "in_top", text: "t", holds: InTop(k: 2, group: "a", at_least: 1)),
                (id: "not", text: "t", holds: Not(Before(First("a"), Last("b")))),
                (id: "any", text: "t", holds: Any([Before(Nth(2, "a"), Mean("b")), Most("c", "a")])),
                (id: "all", text: "t", holds: All([Before(Area("c1"), First("a")), Not(Before(Mean("a"), Mean("b")))])),
            ],
        )"#,
    );
    compare(&scenario, 2_000, 3);
    let summary = run(&scenario, 2_000);
    assert!(summary.order.tie[0][3].unwrap() > 0.1, "there are ties to be counted");
}
