//! The sampler, the model and the tallies against the clear way to do it: one instance at a time, with another
//! implementation of the generators, and with nothing clever. The counts must be the same to the last one.

use super::support::*;
use headstart::Scenario;
use headstart::batch::BLOCK;
use headstart::scenario::{Claim, Marker};
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use rand_xoshiro::{SplitMix64, Xoshiro256PlusPlus};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

const LANES: usize = 16;

/// The uniform number of an input in an instance, by the words of the value contract.
struct Uniforms {
    seed: u64,
    blocks: HashMap<(String, u64), Vec<f64>>,
}

impl Uniforms {
    fn get(&mut self, address: &str, instance: u64) -> f64 {
        let (block, at) = (instance / BLOCK as u64, instance as usize % BLOCK);
        let seed = self.seed;
        self.blocks.entry((address.into(), block)).or_insert_with(|| draw_block(seed, address, block))[at]
    }
}

fn draw_block(seed: u64, address: &str, block: u64) -> Vec<f64> {
    let mut text = b"headstart stream".to_vec();
    text.extend(1_u32.to_le_bytes());
    text.extend(seed.to_le_bytes());
    text.extend(address.as_bytes());
    let key: Vec<u64> =
        Sha256::digest(&text).chunks(8).map(|word| u64::from_le_bytes(word.try_into().unwrap())).collect();
    let mut lanes: Vec<Xoshiro256PlusPlus> = (0..LANES as u64)
        .map(|lane| {
            let word = |key: u64| {
                // SplitMix64 adds this constant a step, so this start makes its next output number n.
                let n = block * LANES as u64 + lane;
                let start = key.wrapping_add(n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
                SplitMix64::from_seed(start.to_le_bytes()).next_u64()
            };
            let state: Vec<u8> = key.iter().flat_map(|&key| word(key).to_le_bytes()).collect();
            Xoshiro256PlusPlus::from_seed(state.try_into().unwrap())
        })
        .collect();
    (0..BLOCK)
        .map(|n| {
            let bits = lanes[n % LANES].next_u64();
            ((bits >> 12) as f64 + 0.5) / 2_f64.powi(52)
        })
        .collect()
}

/// The amenabilities of one instance in one joint world.
fn amenabilities(
    scenario: &Scenario,
    uniforms: &mut Uniforms,
    outcomes: &[usize],
    instance: u64,
) -> Vec<f64> {
    let mut value = |address: String, value: &headstart::scenario::Value| {
        value.resolve(outcomes).dist.quantile(uniforms.get(&address, instance))
    };
    let mut sums = vec![0.0; scenario.areas().len()];
    let mut total = 0.0;
    for factor in scenario.factors() {
        let weight = value(format!("weight.{}", factor.id), &factor.weight);
        total += weight;
        for ((sum, area), score) in sums.iter_mut().zip(scenario.areas()).zip(&factor.scores) {
            let score = value(format!("score.{}.{}", factor.id, area.id), score);
            *sum += weight * factor.value.map_or(score, |value| value.apply(score));
        }
    }
    sums.into_iter().map(|sum| sum / total).collect()
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

fn compare(scenario: &Scenario, instances: u64, seed: u64) {
    let summary = headstart::analysis::summarize(
        scenario,
        headstart::sampler::Run { instances, seed, threads: Some(2) },
        &|_| {},
    );
    let mut uniforms = Uniforms { seed, blocks: HashMap::new() };
    let joint = scenario.joint_worlds();
    let n = scenario.areas().len();
    let claims: Vec<_> = scenario.generated_claims().into_iter().chain(scenario.claims().to_vec()).collect();
    for (index, world) in joint.iter().enumerate() {
        let order = if scenario.worlds().is_empty() { &summary.order } else { &summary.worlds[index].order };
        let (mut before, mut ties, mut ranks) = (vec![0_u64; n * n], vec![0_u64; n * n], vec![0_u64; n * n]);
        let (mut held, mut ahead) = (vec![0_u64; claims.len()], HashMap::<usize, u64>::new());
        for instance in 0..instances {
            let x = amenabilities(scenario, &mut uniforms, &world.outcomes, instance);
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
        let share = |count: u64| count as f64 / instances as f64;
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
    compare(&parse(super::closed_form::JSMAA), 20_000, 4);
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
