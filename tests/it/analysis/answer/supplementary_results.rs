//! What stands beside the answer: asserts, uncertain probabilities, correlations in the draws, what edits change, which weights favour
//! an area. Each worked out a second time, from the definition and from what the same draws were, or by an integral.

use crate::support::*;
use headstart::analysis::{
    Error, LEVEL, Verdict, bounded_interval, central_weights, compare, explain, point_table, unit_interval,
    unresolved_runs,
};
use headstart::batch::Batch;
use headstart::distribution::standard_cdf;
use headstart::model::Model;
use headstart::sampler::{Run, sample_with_precision};
use headstart::tally::Tally;
use headstart::{Control, Scenario};

fn near(ours: f64, truth: f64, what: &str) {
    assert!((ours - truth).abs() <= 1e-9 * truth.abs().max(1e-3), "{what}: {ours}, not {truth}");
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let n = values.clone().count() as f64;
    values.sum::<f64>() / n
}

/// An assert holds where the whole interval is on its side, fails where all of it is on the other.
#[test]
fn verdicts_need_the_whole_interval() {
    let asserts = |side: char| {
        let text = |p: f64| format!("\"P(x0 before y0) {side} {p}\"");
        let asserts = [0.6, 0.7, 0.8].map(text).join(", ");
        let scenario =
            one_factor(&["Uniform(min: 0, max: 1)"], &["Exact(0.3)"], &format!("asserts: [{asserts}]"));
        run(&scenario, 10_000).asserts
    };
    let verdicts = |side: char| asserts(side).iter().map(|assert| assert.verdict).collect::<Vec<_>>();
    assert_eq!(verdicts('>'), [Verdict::Holds, Verdict::Unsettled, Verdict::Fails]);
    assert_eq!(verdicts('<'), [Verdict::Fails, Verdict::Unsettled, Verdict::Holds]);
    for assert in asserts('>') {
        assert_near(assert.estimate, 0.7, &assert.text);
    }
}

/// A probability that is uncertain moves the claims between its 5 % and its 95 % quantile, and the others of its row keep their
/// proportions. Exact scores, so that the claims are sums of probabilities.
#[test]
fn uncertain_probabilities_of_outcomes() {
    let scenario = one_factor(
        &["ByWorld(\"w\", {\"a\": Exact(1), \"b\": Exact(-1), \"c\": Exact(1)})"],
        &["ByWorld(\"v\", {\"s\": Exact(0), \"t\": Exact(2)})"],
        "worlds: [
            (id: \"w\", outcomes: [(\"a\", Uniform(min: 0.2, max: 0.4)), (\"b\", 0.3), (\"c\", Rest)]),
            (id: \"v\", given: \"w\", outcomes: {
                \"a\": [(\"s\", 0.5), (\"t\", 0.5)], \"b\": [(\"s\", 0.1), (\"t\", 0.9)],
                \"c\": [(\"s\", Beta(alpha: 1, beta: 1)), (\"t\", Rest)] }),
         ]",
    );
    let summary = run(&scenario, 1_000);
    // x before y: in a or c, where s.
    let truth = |a: f64, c: f64, s_in_c: f64| a * 0.5 + c * s_in_c;
    let index = summary.order.claims.iter().position(|claim| claim.id == "first(x)<first(y)").unwrap();
    near(summary.order.claims[index].estimate.probability, truth(0.3, 0.4, 0.5), "as it stands");
    let [w, v] = &summary.chances[..] else { panic!("{:?}", summary.chances) };
    assert_eq!((w.address.as_str(), v.address.as_str()), ("world.w.a", "world.v.s[c]"));
    for (end, p) in [0.21, 0.39].into_iter().enumerate() {
        near(w.range[end], p, "a quantile");
        near(w.claims[index][end].probability, truth(p, (1.0 - p) * 4.0 / 7.0, 0.5), "with that");
    }
    for (end, p) in [0.05, 0.95].into_iter().enumerate() {
        near(v.range[end], p, "a quantile");
        near(v.claims[index][end].probability, truth(0.3, 0.4, p), "with that");
    }
}

/// The columns of two inputs.
struct Columns([usize; 2], Vec<[f64; 2]>);

impl Tally for Columns {
    fn record(&mut self, batch: &Batch) {
        let [i, j] = self.0.map(|column| batch.input(column));
        self.1.extend(i.iter().zip(j).take(batch.len()).map(|(x, y)| [*x, *y]));
    }

    fn merge(&mut self, later: &Self) {
        self.1.extend_from_slice(&later.1);
    }
}

/// The rank correlation in the draws is the ordinary one of their ranks, and its error is that of what each draw moves it by. Of few draws, whose
/// means are not 0, and of more than go together on a thread.
#[test]
fn correlations_in_the_draws() {
    let scenario = one_factor(
        &["Discrete([(1, 0.2), (2, 0.5), (3, 0.3)])"],
        &["Normal(mean: 2, sd: 3)"],
        "correlations: [(between: [\"score.f.x0\", \"score.f.y0\"], rank: 0.6)]",
    );
    let model = Model::new(&scenario);
    let column = |address: &str| {
        let is_it =
            |input: &headstart::model::Input| input.address.to_string() == address && input.source.is_score();
        model.inputs().iter().position(is_it).unwrap()
    };
    let columns = ["score.f.x0", "score.f.y0"].map(column);
    for draws in [7, 60, 70_000] {
        let run = Run { draws, ..Run::default() };
        let drawn =
            sample_with_precision::<f64, _>(&model, run, &|| Columns(columns, Vec::new()), Control::none())
                .unwrap()
                .1;
        // An atom has the middle of the ranks that it takes.
        let ranks = drawn.iter().map(|[x, y]| {
            let of_x = [0.1, 0.45, 0.85][*x as usize - 1] - 0.5;
            (of_x, standard_cdf((y - 2.0) / 3.0) - 0.5)
        });
        let (mx, my) = (mean(ranks.clone().map(|r| r.0)), mean(ranks.clone().map(|r| r.1)));
        let covariance = mean(ranks.clone().map(|(x, y)| (x - mx) * (y - my)));
        let scale = (mean(ranks.clone().map(|(x, _)| (x - mx).powi(2)))
            * mean(ranks.clone().map(|(_, y)| (y - my).powi(2))))
        .sqrt();
        let (vx, vy) = (
            mean(ranks.clone().map(|(x, _)| (x - mx).powi(2))),
            mean(ranks.clone().map(|(_, y)| (y - my).powi(2))),
        );
        // What the correlation changes by where there is one draw more, by its definition.
        let rho = covariance / scale;
        let moved: Vec<f64> =
            ranks.map(|(x, y)| x * y / scale - rho / 2.0 * (x * x / vx + y * y / vy)).collect();
        let middle = mean(moved.iter().copied());
        let spread = mean(moved.iter().map(|x| (x - middle).powi(2)));
        let achieved = &headstart::analysis::summarize(&scenario, run, Control::none()).correlations[0];
        let rank = achieved.rank.unwrap();
        near(rank.value, rho, "the correlation");
        near(rank.mcse, (spread / draws as f64).sqrt(), "its error");
    }
}

/// Three worlds of one number, as in `estimate_formulas`: x is before y where that is above 0.5, 0.8 or 0.3.
fn three_worlds() -> Scenario {
    one_factor(
        &["Uniform(min: 0, max: 1)"],
        &["ByWorld(\"w\", {\"a\": Exact(0.5), \"b\": Exact(0.8), \"c\": Exact(0.3)})"],
        "worlds: [(id: \"w\", outcomes: [(\"a\", 0.3), (\"b\", 0.5), (\"c\", 0.2)])]",
    )
}

/// How many of some draws have x before y in each of the three worlds.
fn happened(scenario: &Scenario, draws: u64) -> Vec<usize> {
    let before = |world: &headstart::analysis::WorldSummary| {
        (world.order.before[0][1].unwrap().probability * draws as f64).round() as usize
    };
    run(scenario, draws).worlds.iter().map(before).collect()
}

/// What an edit changes, from what each draw comes to before and after: mean, error, and the interval with a draw more at
/// either end; for claims and for pairs, of other probabilities and of another number.
#[test]
fn changes_from_their_draws() {
    let scenario = three_worlds();
    for draws in [5_u64, 40, 3_000] {
        let weighted = |weights: [f64; 3], counts: &[usize], k: usize| -> f64 {
            weights.iter().zip(counts).map(|(w, count)| if k < *count { *w } else { 0.0 }).sum()
        };
        for (edit, weights) in
            [("world.w.a = 0.65", [0.65, 0.25, 0.1]), ("score.f.y0[b] = Exact(0.6)", [0.3, 0.5, 0.2])]
        {
            let edited = scenario.with_edits(&[edit]).unwrap_or_else(|why| panic!("{why}")).scenario;
            // The greatest numbers first, so that each count is of the first so many.
            let (from, to) = (happened(&scenario, draws), happened(&edited, draws));
            let change = |k: usize| weighted(weights, &to, k) - weighted([0.3, 0.5, 0.2], &from, k);
            let changes: Vec<f64> = (0..draws as usize).map(change).collect();
            let difference = mean(changes.iter().copied());
            let squares = mean(changes.iter().map(|x| x * x));
            let size = draws as f64;
            // Where the probabilities alone differ, a change is at most what they differ by; else it is at most 1.
            let most = if edit.starts_with("world") { 0.35 } else { 1.0 };
            let run = Run { draws, ..Run::default() };
            let compared = headstart::analysis::compare_all(
                &scenario,
                vec![(String::new(), edited.clone())],
                run,
                Control::none(),
            )
            .unwrap()
            .remove(0);
            let claim = compared.claims.iter().find(|claim| *claim.id == *"first(x)<first(y)").unwrap();
            for (change, what) in [(claim.change, "a claim"), (compared.pairs[0].change, "a pair")] {
                let what = format!("{what}, {draws} draws, {edit}");
                near(change.difference, difference, &what);
                near(change.mcse.powi(2) * size, squares - difference * difference, &what);
                let variance = squares - difference * difference;
                let (low, high) = bounded_interval((-most, most), difference, variance, size, LEVEL);
                near(change.low, low, &what);
                near(change.high, high, &what);
                assert_eq!(change.inert, squares == 0.0, "{what}");
                assert_eq!(change.is_settled(), change.low > 0.0 || change.high < 0.0);
            }
            let of = |weights, counts: &[usize]| {
                let values: Vec<f64> = (0..draws as usize).map(|k| weighted(weights, counts, k)).collect();
                let mean_of = mean(values.iter().copied());
                (mean_of, (mean(values.iter().map(|y| (y - mean_of).powi(2))) / size).sqrt())
            };
            for (expected, (mean, mcse)) in [
                (compared.pairs[0].from, of([0.3, 0.5, 0.2], &from)),
                (compared.pairs[0].to, of(weights, &to)),
            ] {
                near(expected.mean, mean, "an expected number of pairs");
                near(expected.mcse.powi(2), mcse.powi(2), "its error");
            }
            near(claim.from.probability, of([0.3, 0.5, 0.2], &from).0, "before");
            near(claim.to.probability, of(weights, &to).0, "after");
        }
    }
    let other = one_factor(&["1", "2"], &["3"], "");
    assert!(compare(&scenario, &other, Run::default(), Control::none()) == Err(Error::OtherAreas));
}

/// A tie is half a pair ahead, in changes as in counts.
#[test]
fn ties_of_pairs_count_half() {
    let scenario = one_factor(&["Exact(1)", "Exact(2)"], &["Exact(1)", "Exact(0)"], "");
    let edited = scenario.with_edits(&["score.f.x0 = Exact(0)"]).unwrap().scenario;
    let run = Run { draws: 100, ..Run::default() };
    let compared =
        headstart::analysis::compare_all(&scenario, vec![(String::new(), edited)], run, Control::none())
            .unwrap()
            .remove(0);
    let pairs = &compared.pairs[0];
    assert_eq!((pairs.of, pairs.from.mean, pairs.to.mean, pairs.change.difference), (4, 3.5, 2.5, -1.0));
    assert_eq!((pairs.from.mcse, pairs.to.mcse, pairs.change.mcse), (0.0, 0.0, 0.0));
    let pairs = &crate::support::run(&scenario, 100).order.pairs[0];
    assert_eq!((pairs.of, pairs.expected, pairs.mcse), (4, 3.5, 0.0));
    // One pair in all of 100 draws, of four that could be: the same interval as of a share that never varies.
    let share = |difference: f64| (difference + 4.0) / 8.0;
    let (low, high) = unit_interval(share(-1.0), 0.0, 100.0, LEVEL);
    near(share(compared.pairs[0].change.low), low, "its lower end");
    near(share(compared.pairs[0].change.high), high, "its upper end");
}

/// The error of an expected number of pairs, over worlds, from what each draw comes to.
#[test]
fn errors_of_expected_pairs() {
    let scenario = one_factor(
        &["Uniform(min: 0, max: 1)", "Exact(0.6)"],
        &["ByWorld(\"w\", {\"a\": Exact(0.5), \"b\": Exact(0.8)})"],
        "worlds: [(id: \"w\", outcomes: [(\"a\", 0.25), (\"b\", 0.75)])]",
    );
    for draws in [9_u64, 500] {
        let summary = run(&scenario, draws);
        let count = |z: usize| {
            let before = summary.worlds[z].order.before[0][2].unwrap().probability;
            (before * draws as f64).round() as usize
        };
        let (a, b) = (count(0), count(1));
        // The second is ahead in the one world and behind in the other.
        let value = |k: usize| 0.25 * (1.0 + f64::from(u8::from(k < a))) + 0.75 * f64::from(u8::from(k < b));
        let values: Vec<f64> = (0..draws as usize).map(value).collect();
        let expected = mean(values.iter().copied());
        let pairs = &summary.order.pairs[0];
        near(pairs.expected, expected, "the number of pairs");
        near(
            pairs.mcse.powi(2),
            mean(values.iter().map(|x| (x - expected).powi(2))) / draws as f64,
            "its error",
        );
    }
}

/// Two humps are apart where Ashman's D is above 2; what is improbable makes none.
#[test]
fn humps_are_as_far_apart_as_ashman_says() {
    let gap = |a: (f64, f64), b: (f64, f64), p: f64| {
        let normal = |(mean, sd): (f64, f64)| format!("Normal(mean: {mean}, sd: {sd})");
        let scenario = one_factor(
            &["Exact(0)"],
            &[&format!("ByWorld(\"w\", {{\"a\": {}, \"b\": {}}})", normal(a), normal(b))],
            &format!("worlds: [(id: \"w\", outcomes: [(\"a\", {p}), (\"b\", Rest)])]"),
        );
        run(&scenario, 50_000).gap.unwrap().humps
    };
    // D = sqrt(2) |a - b| / sqrt(s^2 + t^2).
    let spread = (1.0_f64 + 0.25).sqrt() * 2.0_f64.sqrt();
    for (times, humps) in [(0.95, false), (1.05, true)] {
        for sign in [-1.0, 1.0] {
            assert_eq!(gap((3.0, 1.0), (3.0 + sign * times * spread, 0.5), 0.4), humps, "{times} {sign}");
        }
    }
    assert!(gap((0.0, 1.0), (9.0, 1.0), 0.02) && !gap((0.0, 1.0), (9.0, 1.0), 0.005));
}

/// The probability of an outcome that makes an order a coin, and its error: the order is a straight line in it.
#[test]
fn outcomes_that_turn_an_order() {
    let normal = |mean: f64| format!("Normal(mean: {mean}, sd: 1)");
    let scenario = one_factor(
        &[&format!(
            "ByWorld(\"w\", {{\"a\": {}, \"b\": {}, \"c\": {}}})",
            normal(1.0),
            normal(-0.5),
            normal(-0.2)
        )],
        &["Exact(0)"],
        "worlds: [(id: \"w\", outcomes: [(\"a\", 0.2), (\"b\", 0.5), (\"c\", 0.3)]), (id: \"v\", outcomes: [(\"s\", 1), (\"t\", 0)])]",
    );
    let n = 200_000;
    let why = explain(&scenario, 0, 1, Run { draws: n, ..Run::default() }, Control::none()).unwrap();
    let [a, b] = &why.outcomes[..] else { panic!("{:?}", why.outcomes) };
    let p = [1.0, -0.5, -0.2].map(standard_cdf);
    for (turn, outcome, from, with, (one, other), shares) in
        [(a, "a", 0.2, p[0], (p[1], p[2]), (0.625, 0.375)), (b, "b", 0.5, p[1], (p[0], p[2]), (0.4, 0.6))]
    {
        let without = shares.0 * one + shares.1 * other;
        let truth = (0.5 - without) / (with - without);
        assert_eq!((turn.address.as_str(), turn.from), (format!("world.w.{outcome}").as_str(), from));
        assert!((turn.to - truth).abs() < BOUND * turn.mcse, "{turn:?}, not {truth}");
        // To first order it moves by the error of the probability there, which is one half, over the slope. One number is drawn for
        // all outcomes, so where the least probable of two happens the other does too.
        let all = [(truth, with), ((1.0 - truth) * shares.0, one), ((1.0 - truth) * shares.1, other)];
        let products = all.iter().flat_map(|(v, p)| all.iter().map(move |(w, q)| v * w * p.min(*q)));
        let variance = products.sum::<f64>() - 0.25;
        let error = (variance / n as f64).sqrt() / (with - without).abs();
        assert!((turn.mcse / error - 1.0).abs() < 0.02, "{turn:?}, not {error}");
    }
}

/// Which weights favour an area, by integrals over the weight of the first factor, w, which is uniform: the area of normal scores is first
/// where w X > (1 - w) t, and t is another in each of two worlds.
#[test]
fn weights_that_favour_an_area() {
    let scenario = parse(
        "Scenario(title: \"test\", groups: [(id: \"g\")], areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"g\"), (id: \"z\", group: \"g\")],
         weights: Simplex, worlds: [(id: \"v\", outcomes: [(\"s\", 0.25), (\"t\", 0.75)])],
         factors: [
            (id: \"a\", scores: [Normal(mean: 1, sd: 1), Exact(0), Exact(-9)]),
            (id: \"b\", scores: [Exact(0), ByWorld(\"v\", {\"s\": Exact(1), \"t\": Exact(2)}), Exact(-9)]),
         ])",
    );
    // More than two chunks.
    let n = 100_000.0;
    let central =
        central_weights(&scenario, Run { draws: 100_000, ..Run::default() }, Control::none()).unwrap();
    let first = |w: f64, t: f64| standard_cdf(1.0 - (1.0 - w) * t / w);
    let integral = |f: &dyn Fn(f64) -> f64| mean((0..20_000).map(|i| f((f64::from(i) + 0.5) / 20_000.0)));
    let worlds = [(0.25, 1.0), (0.75, 2.0)];
    let over = |f: &dyn Fn(f64, f64) -> f64| -> f64 {
        worlds.iter().map(|(p, t)| p * integral(&|w| f(w, *t))).sum()
    };
    for (area, wins) in [(0, &first as &dyn Fn(f64, f64) -> f64), (1, &|w, t| 1.0 - first(w, t))] {
        let truth = over(wins);
        let there = &central[area];
        assert!(
            (there.first.value - truth).abs() < BOUND * (truth * (1.0 - truth) / n).sqrt(),
            "{there:?}, not {truth}"
        );
        // The worlds share their draws, and where an area is first in the one that is against it, it is first in both.
        let square_of = |one: f64, other: f64| 0.0625 * one + 0.5625 * other + 0.375 * one.min(other);
        let square = |w: f64| square_of(wins(w, 1.0), wins(w, 2.0));
        let error = ((integral(&square) - truth * truth) / n).sqrt();
        assert!((there.first.mcse / error - 1.0).abs() < 0.03, "{there:?}, not {error}");
        let favoured = there.favoured.as_ref().unwrap();
        let weight = over(&|w, t| w * wins(w, t)) / truth;
        let error = (integral(&|w| (w - weight).powi(2) * square(w)) / n).sqrt() / truth;
        assert!((favoured.weights[0].value - weight).abs() < BOUND * error, "{favoured:?}, not {weight}");
        assert!((favoured.weights[1].value - (1.0 - weight)).abs() < BOUND * error, "{favoured:?}");
        for weight in &favoured.weights {
            assert!((weight.mcse / error - 1.0).abs() < 0.03, "{favoured:?}, not {error}");
        }
        let [one, other] = worlds.map(|(_, t)| {
            let own = integral(&|w| w * wins(w, t)) / integral(&|w| wins(w, t));
            wins(own, t)
        });
        let sure = 0.25 * one + 0.75 * other;
        let error = ((square_of(one, other) - sure * sure) / n).sqrt();
        // Its own weights are sampled too, each with an error of 0.001 at most, and the probability is steep in them at most by 6.
        assert!(
            (favoured.confidence.value - sure).abs() < BOUND * (error + 0.002),
            "{favoured:?}, not {sure}"
        );
        assert!((favoured.confidence.mcse / error - 1.0).abs() < 0.03, "{favoured:?}, not {error}");
    }
    assert!(central[2].favoured.is_none() && central[2].first.value == 0.0);
}

/// Areas that share their place, at every length: a run of areas none of which is before another as surely as is asked.
#[test]
fn runs_of_areas_that_are_alike() {
    let estimate = headstart::analysis::Estimate::of_sums(1.0, 1.0, 2);
    let before = |p: &[[f64; 4]; 4]| {
        let row = |(i, row): (usize, &[f64; 4])| {
            let cell = |(j, p): (usize, &f64)| {
                (i != j).then_some(headstart::analysis::Estimate { probability: *p, ..estimate })
            };
            row.iter().enumerate().map(cell).collect()
        };
        p.iter().enumerate().map(row).collect::<Vec<Vec<_>>>()
    };
    let p =
        before(&[[0.0, 0.5, 0.8, 0.95], [0.5, 0.0, 0.6, 0.95], [0.2, 0.4, 0.0, 0.7], [0.05, 0.05, 0.3, 0.0]]);
    assert_eq!(unresolved_runs(&p, &[0, 1, 2, 3], 0.9), [vec![0, 1, 2], vec![2, 3]]);
    assert_eq!(
        unresolved_runs(&p, &[0, 1, 2, 3], 0.8),
        [vec![0, 1], vec![1, 2], vec![2, 3]],
        "as surely is surely enough"
    );
    assert_eq!(unresolved_runs(&p, &[0, 1, 2, 3], 0.5), [[0; 0]; 0], "no two");
    assert_eq!(unresolved_runs(&p, &[0, 1, 2, 3], 1.0), [vec![0, 1, 2, 3]]);
    assert_eq!(unresolved_runs(&p, &[3, 2, 0, 1], 0.75), [vec![3, 2], vec![0, 1]]);
}

/// The table of points with a value function, a discount from the floor of the scale, and worlds: by hand.
#[test]
fn points_after_a_discount() {
    let scenario = parse(
        "Scenario(title: \"test\", scale: (min: 1, max: 10), groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"g\"), (id: \"z\", group: \"h\")],
         worlds: [(id: \"w\", outcomes: [(\"s\", 0.25), (\"t\", 0.75)])],
         discounts: [(id: \"d\", of: \"{x,z}\", by: Exact(0.5)), (id: \"e\", of: \"x\", by: Triangular(min: 0.1, mode: 0.2, max: 0.6))],
         factors: [
            (id: \"a\", weight: 1, scores: [Triangular(min: 2, mode: 4, max: 9), Exact(3), Exact(2)]),
            (id: \"b\", weight: ByWorld(\"w\", {\"s\": 6, \"t\": 2}), value: Linear(worst: 20, best: 0), scores: [5, 10, Uniform(min: 0, max: 4)]),
         ])",
    );
    let table = point_table(&scenario);
    assert_eq!(table.weights, [1.0, 3.0]);
    near(table.total_weight(), 4.0, "all weights");
    // From 20 to 0 the scale goes up from 1 to 10: 5 is worth 7.75, 10 is 5.5, 2 is 9.1.
    for (scores, truth) in table.scores.iter().zip([[4.0, 3.0, 2.0], [7.75, 5.5, 9.1]]) {
        scores.iter().zip(truth).for_each(|(ours, truth)| near(*ours, truth, "a score"));
    }
    let x = (4.0 + 3.0 * 7.75) / 4.0;
    let z = (2.0 + 3.0 * 9.1) / 4.0;
    let truth = [1.0 + (x - 1.0) * 0.5 * 0.2, (3.0 + 3.0 * 5.5) / 4.0, 1.0 + (z - 1.0) * 0.5];
    table.overall_scores.iter().zip(truth).for_each(|(ours, truth)| near(*ours, truth, "an overall score"));
    // The mean of (2, 4, 9) is 5: a quarter of the 1 that it is more, after both discounts.
    near(table.moved[0], 0.25 * 0.5 * 0.2, "what the mean moves");
    near(table.groups[0], f64::midpoint(truth[0], truth[1]), "a group");
    near(table.group_score(&scenario, 1, 0), f64::midpoint(7.75, 5.5), "the score of a group");
}

/// Levers make edits of other sizes, by number and by distribution.
#[test]
fn sizes_of_edits() {
    let scenario = three_worlds();
    let scaled = |edit: &str, times: f64| scenario.scaled_edit(edit, times);
    assert_eq!(scaled("weight.f *= 4", 0.5), Ok(Some("weight.f *= 2".into())));
    assert_eq!(scaled("weight.f *= 4", -1.0), Ok(Some("weight.f *= 0.25".into())));
    assert_eq!(scaled("score.f.x0 += -2", 1.5), Ok(Some("score.f.x0 += -3".into())));
    for edit in ["weight.f *= 0", "weight.f *= -2", "weight.f = 2", " drop f"] {
        assert!(scaled(edit, 2.0).unwrap_err().to_string().contains("does not come in sizes"), "{edit}");
    }
    assert!(scaled("score.f.x0 += Nonsense(1)", 2.0).is_err());
}
