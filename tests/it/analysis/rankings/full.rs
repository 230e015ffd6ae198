//! Whole orders against enumeration, cycles against dice that have one, and bounds that hold.

use crate::support::*;
use headstart::analysis::{Rankings, RankingsAsked, rankings};
use headstart::model::Model;
use headstart::sampler::{Run, sample};
use headstart::tally::Frequent;
use headstart::{Control, Scenario};
use std::collections::HashMap;

const N: u64 = 200_000;

fn asked(scenario: &Scenario, draws: u64, top: usize) -> Rankings {
    let asked = RankingsAsked { top, threshold: 0.95 };
    rankings(scenario, Run { draws, ..Run::default() }, asked, Control::none()).unwrap()
}

fn discrete(values: &[(f64, f64)]) -> String {
    let values: Vec<String> = values.iter().map(|(x, p)| format!("({x}, {p})")).collect();
    format!("Discrete([{}])", values.join(", "))
}

/// Three areas with discrete scores, one of them with a world: every combination by hand.
#[test]
fn orders_of_three_areas_by_enumeration() {
    let a = [(1.0, 0.5), (4.0, 0.5)];
    let b = [(2.0, 0.3), (5.0, 0.7)];
    let (dry, wet) = ([(3.0, 0.6), (6.0, 0.4)], [(0.0, 0.25), (4.5, 0.75)]);
    let c = format!("ByWorld(\"w\", {{\"dry\": {}, \"wet\": {}}})", discrete(&dry), discrete(&wet));
    let scenario = one_factor(
        &[&discrete(&a), &discrete(&b)],
        &[&c],
        "worlds: [(id: \"w\", outcomes: [(\"dry\", 0.35), (\"wet\", 0.65)])]",
    );
    let mut truth: HashMap<Vec<usize>, f64> = HashMap::new();
    let (mut expected, mut shares) = ([0.0; 3], [[0.0; 3]; 3]);
    for (world, scores) in [(0.35, dry), (0.65, wet)] {
        for (x, p) in a {
            for (y, q) in b {
                for (z, r) in scores {
                    let mut order = vec![0, 1, 2];
                    order.sort_by(|&i, &j| [x, y, z][j].total_cmp(&[x, y, z][i]));
                    for (rank, &area) in order.iter().enumerate() {
                        expected[area] += world * p * q * r * (rank + 1) as f64;
                        shares[area][rank] += world * p * q * r;
                    }
                    *truth.entry(order).or_default() += world * p * q * r;
                }
            }
        }
    }
    let found = asked(&scenario, N, 10);
    assert_eq!(found.top.len(), truth.values().filter(|p| **p > 0.0).count());
    assert_eq!(found.others_at_most, 0.0);
    for order in &found.top {
        assert_near(order.estimate, truth[&order.areas], &format!("{:?}", order.areas));
    }
    assert!(found.top.windows(2).all(|two| two[0].estimate.probability >= two[1].estimate.probability));
    let bits = |p: &f64| if *p > 0.0 { -p * p.log2() } else { 0.0 };
    let entropy: f64 = truth.values().map(bits).sum();
    assert!(found.entropy[1] - found.entropy[0] < 1e-6);
    // Its gradient in each probability is below 5 bits here, and so is its error.
    assert!((found.entropy[0] - entropy).abs() < BOUND * 5.0 / (N as f64).sqrt());
    for (area, rank) in found.areas.iter().enumerate() {
        assert!((rank.expected.mean - expected[area]).abs() < BOUND * rank.expected.mcse);
        let entropy: f64 = shares[area].iter().map(bits).sum();
        assert!((rank.entropy.mean - entropy).abs() < BOUND * rank.entropy.mcse + 1e-4, "{area}");
        assert_eq!(rank.range, [0.05, 0.95].map(|p| reached(&shares[area], p)), "{area}");
    }
}

/// The first rank up to which there is so much, which lies far enough from any sum of shares for those that were counted.
fn reached(shares: &[f64], p: f64) -> usize {
    let mut sums = shares.iter().scan(0.0, |sum, share| {
        *sum += share;
        Some(*sum)
    });
    assert!(sums.clone().all(|sum| (sum - p).abs() > BOUND * 0.5 / (N as f64).sqrt()));
    sums.position(|sum| sum > p).unwrap() + 1
}

/// What sums to 5 % or 95 % but for rounding has reached it: ranks that are certain in each of two worlds.
#[test]
fn the_ends_of_a_range_belong_to_it() {
    let scenario = one_factor(
        &["ByWorld(\"w\", {\"a\": Exact(3), \"b\": Exact(1)})"],
        &["Exact(2)"],
        "worlds: [(id: \"w\", outcomes: [(\"a\", 0.05), (\"b\", 0.95)])]",
    );
    let found = asked(&scenario, 1_000, 3);
    assert_eq!([found.areas[0].range, found.areas[1].range], [[1, 2], [1, 1]]);
}

/// Eight areas that are alike have 40,320 orders, of which fewer are listed, and sometimes two tie. Of the others it is known what they have
/// together, so that their entropy lies between that of one order and that of all; and that none has more than the last one listed.
#[test]
fn entropies_of_what_is_not_listed() {
    let area = "Mixture([(0.1, Exact(0.5)), (0.9, Uniform(min: 0, max: 1))])";
    let scenario = one_factor(&[area; 7], &[area], "");
    let found = asked(&scenario, 20_000, 4_500);
    assert!(found.top.len() == 4_500 && (0.15..0.3).contains(&found.tied), "{}", found.tied);
    let last = found.top[4_499].estimate.probability;
    assert!(found.others_at_most > 0.0 && found.others_at_most <= last);
    let bits = |p: f64| -p * p.log2();
    // One more is counted than is listed, and here it has what the others have at most.
    let listed = || found.top.iter().map(|order| order.estimate.probability).chain([found.others_at_most]);
    let rest = 1.0 - listed().sum::<f64>() - found.tied;
    let low = listed().map(bits).sum::<f64>() + bits(rest) + bits(found.tied);
    assert!(rest > 0.1 && (found.entropy[0] - low).abs() < 1e-9, "{:?}, not {low}", found.entropy);
    assert!((found.entropy[1] - low - rest * 40_320_f64.log2()).abs() < 1e-9);
}

/// The error of an expected rank in worlds that share their draws is what seeds differ by.
#[test]
fn errors_of_expected_ranks() {
    let scenario = shipped("takeoff");
    let (mut values, mut errors) = (Vec::new(), Vec::new());
    for seed in 0..thorough(100, 200) {
        let run = Run { draws: 300, seed, threads: Some(1), ..Run::default() };
        let found =
            rankings(&scenario, run, RankingsAsked { top: 1, threshold: 0.9 }, Control::none()).unwrap();
        values.push(found.areas[5].expected.mean);
        errors.push(found.areas[5].expected.mcse);
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let sd = (values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)).sqrt();
    let claimed = errors.iter().sum::<f64>() / n;
    assert!((sd / claimed - 1.0).abs() < BOUND / (2.0 * (n - 1.0)).sqrt(), "{sd} against {claimed}");
}

/// Three dice of which each beats the next in five cases of nine; and three areas in an order.
#[test]
fn cycles_of_three_dice_are_found() {
    let die = |sides: [f64; 3]| discrete(&sides.map(|x| (x, 1.0 / 3.0)));
    let dice = [die([2.0, 4.0, 9.0]), die([1.0, 6.0, 8.0]), die([3.0, 5.0, 7.0])];
    let scenario = one_factor(&[&dice[0], &dice[1]], &[&dice[2]], "");
    let found = asked(&scenario, N, 3);
    let [cycle] = &found.cycles[..] else { panic!("{:?}", found.cycles) };
    assert!(cycle.settled && cycle.areas == [0, 1, 2] && cycle.within == [0, 1, 2], "{cycle:?}");
    assert_eq!(
        found.alike,
        [vec![0, 1, 2]].map(|mut run| {
            run.sort_by(|&i, &j| found.areas[i].expected.mean.total_cmp(&found.areas[j].expected.mean));
            run
        })
    );
    assert!(asked(&shipped("takeoff"), 20_000, 3).cycles.is_empty());
}

/// Runs of areas that cannot be told apart: one far ahead, two close, one far behind.
#[test]
fn areas_that_cannot_be_told_apart() {
    let scenario = one_factor(
        &["Normal(mean: 20, sd: 1)", "Normal(mean: 10, sd: 1)"],
        &["Normal(mean: 10.5, sd: 1)", "Exact(0)"],
        "",
    );
    assert_eq!(asked(&scenario, 20_000, 1).alike, [vec![2, 1]]);
}

/// Where all tie there is no full ranking, and that is said.
#[test]
fn ties_have_no_whole_order() {
    let found = asked(&one_factor(&["Exact(1)", "Exact(1)"], &["Exact(1)"], ""), 1_000, 3);
    assert!(found.top.is_empty() && found.tied == 1.0 && found.others_at_most == 0.0);
    assert!(found.areas.iter().all(|rank| rank.expected.mean == 1.0 && rank.entropy.mean == 0.0));
}

/// Memory is bounded, and so is what that costs: whatever is kept, the weight of each order is short by no more than what was
/// taken off. Against a tally that keeps all.
#[test]
fn a_bounded_summary_keeps_its_bound() {
    let scenario = shipped("takeoff");
    let model = Model::new(&scenario);
    let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let kept = |most: usize, threads| {
        let run = Run { draws: 60_000, seed: 5, threads: Some(threads), ..Run::default() };
        sample(&model, run, &|| Frequent::new(10, probabilities.clone(), most), Control::none()).unwrap()
    };
    let all = kept(1 << 20, 2);
    assert_eq!(all.taken(), 0.0);
    let truth: HashMap<_, _> = all.rankings().into_iter().collect();
    assert!(truth.len() > 5_000);
    for most in [10, 300] {
        let few = kept(most, 2);
        let rankings = few.rankings();
        assert!(rankings.len() <= most && few.taken() > 0.0 && few.taken() <= 60_000.0 / most as f64);
        let found: HashMap<_, _> = rankings.iter().cloned().collect();
        for (order, weight) in &truth {
            let low = found.get(order).copied().unwrap_or(0.0);
            assert!(low <= weight + 1e-6 && *weight <= low + few.taken() + 1e-6);
        }
        assert_eq!(kept(most, 1).rankings(), rankings, "threads change no bit");
    }
}

/// The bound on what is not listed holds: no order of a longer list that is beyond the shorter one has more.
#[test]
fn what_is_not_listed_is_bounded() {
    let scenario = shipped("takeoff");
    let (short, long) = (asked(&scenario, 50_000, 5), asked(&scenario, 50_000, 50));
    assert_eq!(short.top[..], long.top[..5]);
    assert!(long.top[5..].iter().all(|order| order.estimate.probability <= short.others_at_most));
    assert!(short.entropy[0] < short.entropy[1]);
}
