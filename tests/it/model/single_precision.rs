//! Single precision: every draw is the double one but for rounding, the kernels give what the clear loop gives, and no probability of the
//! shipped scenarios moves by a millionth.

use crate::support::*;
use headstart::analysis::{OrderSummary, compare, summarize};
use headstart::batch::BLOCK;
use headstart::distribution::{
    Beta, Discrete, Dist, Exponential, Gamma, LogNormal, Mixture, Normal, Pert, Single, StudentT, Triangular,
    Uniform, probability,
};
use headstart::model::{Model, Store};
use headstart::sampler::{Arithmetic, DrawPrecision, Run, Stream};
use headstart::{Control, Scenario};
use std::collections::HashMap;

fn families() -> Vec<Dist> {
    let near = || Triangular::new(0.0, 0.0, 2.0).unwrap().into();
    vec![
        Triangular::new(1.0, 2.5, 4.0).unwrap().into(),
        Triangular::new(1.0, 1.0, 4.0).unwrap().into(),
        Triangular::new(-1.0, 4.0, 4.0).unwrap().into(),
        Triangular::new(7.62, 9.12, 10.0).unwrap().into(),
        Uniform::new(-1.0, 4.0).unwrap().into(),
        Pert::new(1.0, 2.5, 4.0, 4.0).unwrap().into(),
        Pert::new(1.0, 4.0, 4.0, 4.0).unwrap().into(),
        Pert::new(1.0, 1.2, 4.0, 30.0).unwrap().into(),
        Beta::new(0.5, 0.5, 0.0, 1.0).unwrap().into(),
        Beta::new(0.05, 3.0, 0.0, 1.0).unwrap().into(),
        Beta::new(300.0, 0.06, 0.0, 1.0).unwrap().into(),
        Gamma::new(0.4, 3.0).unwrap().into(),
        Gamma::new(50.0, 0.1).unwrap().into(),
        Normal::new(3.0, 2.0).unwrap().into(),
        LogNormal::new(1.0, 0.7).unwrap().into(),
        Exponential::new(0.25).unwrap().into(),
        StudentT::new(1.0, 2.0, 3.0).unwrap().into(),
        Discrete::new(&[(1.0, 0.2), (3.0, 0.5), (4.0, 0.3)]).unwrap().into(),
        Mixture::new([(0.25, near()), (0.75, Uniform::new(10.0, 12.0).unwrap().into())]).unwrap().into(),
    ]
}

/// Random bits of all sizes: the ends, both sides of the median and of each octave, and those of a stream.
fn bits() -> Vec<u32> {
    let mut all: Vec<u32> = (0..31).flat_map(|n| [(1 << n) - 1, 1 << n, (1 << n) + 1]).collect();
    all.extend(all.clone().iter().map(|bits| bits | 1 << 31));
    let mut block = [0; BLOCK];
    for n in 0..64 {
        Stream::new(9, "some.address").fill_bits(n, &mut block);
        all.extend(block);
    }
    all
}

/// A draw lies within a millionth of the range from the quantile at its probability, or where the range has no ends, of
/// what holds 998 of 1,000 draws or of the draw itself; beside an atom it may be one of two values.
#[test]
fn draws_are_quantiles() {
    for dist in families() {
        let single = Single::new(&dist, 0.0);
        let (low, high) = dist.support();
        let low = if low.is_finite() { low } else { dist.quantile(1e-3) };
        let high = if high.is_finite() { high } else { dist.quantile(0.999) };
        for bits in bits() {
            let (drawn, p) = (f64::from(single.at(bits)), probability(bits));
            let exact = dist.quantile(p);
            let most = 1e-6 * (high - low).max(exact.abs());
            assert!((drawn - exact).abs() <= most, "{dist} at {p:e}: {drawn} for {exact}");
        }
    }
}

/// The two kinds of numbers draw from the same bits.
#[test]
fn double_draws_go_on_from_the_bits_of_single_ones() {
    let stream = Stream::new(4, "score.a.b");
    let (mut bits, mut uniforms) = ([0; BLOCK], [0.0; BLOCK]);
    for block in 0..100 {
        stream.fill_bits(block, &mut bits);
        stream.fill(block, &mut uniforms);
        for (&bits, &u) in bits.iter().zip(&uniforms) {
            assert!((probability(bits) - u).abs() <= 2.0_f64.powi(-31), "{bits:x} for {u}");
        }
    }
}

/// Columns hold what one draw after the other gives.
#[test]
fn columns_are_draws() {
    for dist in families() {
        let (single, stream) = (f32::curve(&dist, 0.5), Stream::new(4, "score.a.b"));
        let (mut bits, mut column) = ([0; BLOCK], [0.0; BLOCK]);
        for block in [0, 7] {
            stream.fill_bits(block, &mut bits);
            f32::draw(&stream, block, &single, Store(&mut column));
            assert_eq!(column.map(f32::to_bits), bits.map(|bits| single.at(bits).to_bits()), "{dist}");
        }
    }
}

fn in_numbers(scenario: &Scenario, draws: u64, arithmetic: Arithmetic) -> OrderSummary {
    let run = Run { draws, seed: 11, arithmetic, ..Run::default() };
    summarize(scenario, run, Control::none()).order
}

/// Counts of the pairs against a loop over draws in single precision with nothing clever.
#[test]
fn the_kernels_equal_the_clear_loop() {
    let pert = read("scenarios/takeoff.ron").replace("Triangular(", "Pert(");
    for scenario in [shipped("takeoff-published"), shipped("takeoff"), parse(&pert)] {
        let (draws, middle) = (3_000, 5.5);
        let order = in_numbers(&scenario, draws, Arithmetic::Single);
        let model = Model::new(&scenario);
        assert!(model.suits_single());
        let mut drawn: HashMap<String, Vec<f32>> = HashMap::new();
        for input in model.inputs() {
            let address = input.address.to_string();
            let off = if address.starts_with("score") { middle } else { 0.0 };
            let (single, stream) = (Single::new(&input.dist, off), Stream::new(11, &address));
            let mut bits = [0; BLOCK];
            let blocks = 0..draws.div_ceil(BLOCK as u64);
            let values = blocks.flat_map(|block| {
                stream.fill_bits(block, &mut bits);
                bits.map(|bits| single.at(bits))
            });
            drawn.insert(input.to_string(), values.collect());
        }
        let n = scenario.areas().len();
        let mut before = vec![0.0; n * n];
        for world in scenario.joint_worlds() {
            let branch: String = match scenario.worlds().first() {
                Some(first) => format!("[{}]", first.outcomes[world.outcomes[0]]),
                None => String::new(),
            };
            for draw in 0..draws as usize {
                let number = |address: String, exact: Option<f64>| match exact {
                    Some(x) => x as f32,
                    None => {
                        drawn.get(&format!("{address}{branch}")).unwrap_or_else(|| &drawn[&address])[draw]
                    }
                };
                let exact = |value: &headstart::scenario::Value| {
                    value.resolve(&world.outcomes).value.dist().and_then(Dist::exact)
                };
                let present = scenario.factors().iter().filter(|factor| exact(&factor.weight) != Some(0.0));
                let weights: Vec<(&str, f32)> = present
                    .map(|factor| {
                        (factor.id.as_str(), number(format!("weight.{}", factor.id), exact(&factor.weight)))
                    })
                    .collect();
                let share = 1.0 / weights.iter().fold(0.0, |sum, (_, w)| sum + w);
                let overall = |area: &str| {
                    let score = |factor: &str| drawn[&format!("score.{factor}.{area}")][draw];
                    weights.iter().fold(0.0, |sum: f32, (factor, w)| sum + w * score(factor)) * share
                };
                let x: Vec<f32> = scenario.areas().iter().map(|area| overall(&area.id)).collect();
                for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))) {
                    before[i * n + j] += if x[i] > x[j] { world.probability } else { 0.0 };
                }
            }
        }
        for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).filter(|(i, j)| i != j) {
            let (counted, share) =
                (order.before[i][j].unwrap().probability, before[i * n + j] / draws as f64);
            // Sums of shares of worlds, which are rounded; a single count would be off by far more.
            assert!((counted - share).abs() < 1e-9, "{i} before {j}: {counted} for {share}");
        }
    }
}

/// The order of the probabilities of two summaries, each with its name.
fn probabilities(order: &OrderSummary) -> Vec<(String, f64)> {
    let pairs = order.before.iter().flatten().flatten().enumerate();
    let ranks = order.ranks.iter().flatten().enumerate();
    let claims = order.claims.iter();
    pairs
        .map(|(n, e)| (format!("pair {n}"), e.probability))
        .chain(ranks.map(|(n, e)| (format!("rank {n}"), e.probability)))
        .chain(claims.map(|claim| (claim.id.clone(), claim.estimate.probability)))
        .collect()
}

/// Both kinds of numbers draw from the same bits, so that they differ only in the draws that rounding decides: few enough for a
/// bias of a millionth to show. `bound` on their share gives the bound on the difference, 5 standard errors of as many
/// draws that change sides.
fn differ_by_less_than_a_millionth(scenario: &Scenario, draws: u64) {
    let (single, double) = (
        probabilities(&in_numbers(scenario, draws, Arithmetic::Single)),
        probabilities(&in_numbers(scenario, draws, Arithmetic::Double)),
    );
    let most = 1e-6 + BOUND * (1e-6 / draws as f64).sqrt();
    for ((name, one), (_, other)) in single.into_iter().zip(double) {
        assert!((one - other).abs() <= most, "{name}: {one} and {other}");
    }
}

#[test]
fn single_precision_moves_no_probability_by_a_millionth() {
    differ_by_less_than_a_millionth(&shipped("takeoff"), thorough(1_000_000, 6_000_000));
    let pert = parse(&read("scenarios/takeoff.ron").replace("Triangular(", "Pert("));
    differ_by_less_than_a_millionth(&pert, thorough(700_000, 4_000_000));
    let residual = shipped("takeoff").with_edits(&["residual = 0.5"]).unwrap().scenario;
    differ_by_less_than_a_millionth(&residual, thorough(300_000, 1_000_000));
    let shared_errors = parse(
        &read("scenarios/takeoff.ron")
            .replace("    spread:", "    shared_errors: (group: 0.5),\n    spread:"),
    );
    differ_by_less_than_a_millionth(&shared_errors, thorough(100_000, 300_000));
}

/// Two areas whose scores lie far from zero: what single precision can tell apart has a limit.
fn far_away(offset: f64) -> Scenario {
    parse(&format!(
        r#"Scenario(title: "far", groups: [(id: "a"), (id: "b")], areas: [(id: "x", group: "a"), (id: "y", group: "b")],
            factors: [
                (id: "f", weight: Triangular(min: 1, mode: 2, max: 3), scores: [Normal(mean: {offset}, sd: 1), Normal(mean: {offset}, sd: 1)]),
                (id: "g", weight: 1, scores: [Triangular(min: 0, mode: 1, max: 2), Normal(mean: 1, sd: 1)]),
            ])"#
    ))
}

#[test]
fn what_single_precision_cannot_tell_apart_is_drawn_in_double() {
    let suits = |scenario: &Scenario| Model::new(scenario).suits_single();
    // The farthest that is still drawn in single precision, and what that costs: no more than is stated.
    let farthest = (0..100).map(|n| far_away(1.2_f64.powi(n))).take_while(suits).last().unwrap();
    let (bound, draws) = (Model::new(&farthest).single_moves(), thorough(4_000_000, 10_000_000));
    assert!(bound > 1e-5 && bound <= 1e-4, "{bound}");
    let [single, double] = [Arithmetic::Single, Arithmetic::Double]
        .map(|arithmetic| probabilities(&in_numbers(&farthest, draws, arithmetic)));
    for ((name, one), (_, other)) in single.into_iter().zip(double) {
        let most = bound + BOUND * (bound / draws as f64).sqrt();
        assert!((one - other).abs() <= most, "{name}: {one} and {other}");
    }
    assert!(!suits(&far_away(1e4)));
    let weights = |weight: &str| {
        parse(&format!(
            r#"Scenario(title: "w", groups: [(id: "a"), (id: "b")], areas: [(id: "x", group: "a"), (id: "y", group: "b")],
                factors: [(id: "f", weight: {weight}, scores: [Normal(mean: 1, sd: 1), Normal(mean: 0, sd: 1)])])"#
        ))
    };
    assert!(suits(&weights("1e10")) && suits(&weights("1e-10")));
    assert!(!suits(&weights("1e30")) && !suits(&weights("1e-30")));
    assert!(!suits(&weights("Gamma(shape: 0.05, scale: 1)")), "draws of 1e-190 are no zeros");
    assert!(!suits(&weights("Triangular(min: 1e-20, mode: 2e-20, max: 3e-20)")));
    // What comes in lumps may tie in double precision and not in single, or the other way round.
    let two = |f: &str, g: &str, more: &str| {
        parse(&format!(
            r#"Scenario(title: "t", {more} groups: [(id: "a"), (id: "b")], areas: [(id: "x", group: "a"), (id: "y", group: "b")],
                factors: [(id: "f", {f}), (id: "g", {g})])"#
        ))
    };
    let lumps = |w: &str, v: &str| {
        suits(&two(
            &format!("weight: {w}, scores: [Discrete([(0, 0.5), (3, 0.5)]), 0]"),
            &format!("weight: {v}, scores: [0, Discrete([(0, 0.5), (1, 0.5)])]"),
            "",
        ))
    };
    // Numbers near 0.37 are 3e-8 apart in single precision, and sums are off by several of that: too near to steps of 1e-7.
    assert!(!lumps("0.1234567", "0.3703701") && !lumps("0.123456789", "0.370370367"));
    // But for sums that it has exactly, or that lie on decimals far enough apart to tell which one is meant.
    assert!(lumps("0.1", "0.3") && lumps("0.12345", "0.37035") && lumps("1", "3"));
    // What is rounded before it is worth little, or beside a floor, is rounded by as much.
    let far = "weight: 1, value: Linear(worst: 999990, best: 1000010), scores: [Normal(mean: 1e6, sd: 1), Normal(mean: 1e6, sd: 1)]";
    let near = "weight: 1, value: Linear(worst: -10, best: 10), scores: [Normal(mean: 0, sd: 1), Normal(mean: 0, sd: 1)]";
    let plain = "weight: 1, scores: [Normal(mean: 1, sd: 3), Normal(mean: 1, sd: 3)]";
    assert!(
        !suits(&two(far, "weight: 1, scores: [0, 0]", ""))
            && suits(&two(near, "weight: 1, scores: [0, 0]", ""))
    );
    let discount =
        |by: &str| format!(r#"scale: (min: 1, max: 10), discounts: [(id: "d", of: "*", by: {by})],"#);
    assert!(suits(&two(plain, plain, &discount("0.5"))) && !suits(&two(plain, plain, &discount("0.001"))));
    // What two areas have in common does not tell them apart.
    let shared = |own: f64| {
        parse(&format!(
            r#"Scenario(title: "s", groups: [(id: "a"), (id: "b")], areas: [(id: "x", group: "a"), (id: "y", group: "b")],
                inputs: [(id: "base", value: Normal(mean: 4, sd: 1))],
                factors: [(id: "f", weight: 1, scores: [
                    Relative(to: "base", by: Normal(mean: 0, sd: {own})), Relative(to: "base", by: Normal(mean: 0, sd: {own}))])])"#
        ))
    };
    assert!(suits(&shared(1.0)) && !suits(&shared(1e-3)));
}

/// A score that is worth the same in two ways, and a scale that starts elsewhere: scenarios side by side are what each is alone.
#[test]
fn scenarios_side_by_side_are_what_each_is_alone() {
    let scenario = |scale: &str, value: &str, x: &str| {
        parse(&format!(
            r#"Scenario(title: "t", scale: {scale}, groups: [(id: "a"), (id: "b")], areas: [(id: "x", group: "a"), (id: "y", group: "b")],
                discounts: [(id: "d", of: "x", by: 0.5)],
                factors: [(id: "f", weight: 1, {value} scores: [{x}, Exact(2.2)])])"#
        ))
    };
    let normal = "Normal(mean: 3.6, sd: 1)";
    let first = scenario("(min: 0, max: 10)", "", normal);
    for other in [
        scenario("(min: 0, max: 10)", "value: Linear(worst: 0, best: 10),", normal),
        scenario("(min: 1, max: 10)", "", normal),
        scenario("(min: 1, max: 10)", "", "Exact(4)"),
    ] {
        let run = Run { draws: 50_000, ..Run::default() };
        let changes = compare(&first, &other, run, Control::none()).unwrap();
        for (change, scenario) in [(changes[0].from, &first), (changes[0].to, &other)] {
            let alone = summarize(scenario, run, Control::none()).order.claims[0].estimate;
            assert_eq!(change.probability, alone.probability);
        }
    }
}
