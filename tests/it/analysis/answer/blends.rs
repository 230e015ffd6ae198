//! What is both counted and integrated: no less exact than either, with intervals that hold, for no more work than sampling.

use crate::support::source::{File, files};
use crate::support::*;
use headstart::analysis::{
    Effort, Event, Method, OrderSummary, PrecisionGoal, Summary, integrate, integrate_alone,
    integrate_resumable, summarize, summarize_until,
};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

fn drawn(scenario: &Scenario, draws: u64, seed: u64) -> Summary {
    summarize(scenario, Run { draws, seed, threads: Some(1), ..Run::default() }, Control::none())
}

/// Two areas with normal scores under weights w and 1 - w, w uniform: case M1 with scores for both.
fn uncertain_weights() -> (Scenario, f64) {
    let scenario = parse(
        "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")],
         areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"y\")], weights: Simplex, factors: [
         (id: \"f\", scores: [Normal(mean: 0.5, sd: 1), 0]), (id: \"g\", scores: [Normal(mean: -0.3, sd: 0.7071067811865476), 0])])",
    );
    (scenario, case("M1")["P"].as_f64().unwrap())
}

/// The first of five weights times a normal score exceeds a share: all weightings are alike in which that weight is a thousandth or more.
/// Then a share `s` of the rest, which is the weight less the thousandth, is exceeded with probability (1 - s)^4, averaged over the score. Such
/// weights are no gamma numbers, so that points are needed.
fn heavy_weight(share: f64) -> (Scenario, f64) {
    const SD: f64 = 0.1;
    const LEAST: f64 = 1e-3;
    let share = LEAST + (1.0 - LEAST) * share;
    let rest: Vec<String> = (2..6).map(|k| format!("(id: \"f{k}\", scores: [0, {share}])")).collect();
    let scenario = parse(&format!(
        "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")], weights: Bounded({{\"f1\": {LEAST}}}),
         areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"y\")],
         factors: [(id: \"f1\", scores: [Normal(mean: 1, sd: {SD}), {share}]), {}])",
        rest.join(", ")
    ));
    let (mut sum, mut total) = (0.0, 0.0);
    for k in -800..=800 {
        let z = f64::from(k) / 100.0;
        let density = (-0.5 * z * z).exp();
        // Whatever the score is, the weight is one at most.
        let of_rest = (share / (1.0 + SD * z).max(share) - LEAST) / (1.0 - LEAST);
        sum += density * (1.0 - of_rest).powi(4);
        total += density;
    }
    (scenario, sum / total)
}

/// Whatever is the more exact, what is counted or what is integrated, the interval holds the truth as often as it says: over many seeds within
/// three standard errors of their number.
#[test]
fn intervals_of_both_cover() {
    let seeds = thorough(80, 1_000);
    let (scenario, truth) = heavy_weight(0.15);
    for draws in [800, 4_000] {
        let (mut held, mut errors, mut weighted) = (0, [0.0; 2], 0);
        for seed in 0..seeds {
            let counted = drawn(&scenario, draws, seed);
            let mut summary = counted.clone();
            integrate(&scenario, counted.run, 64, &mut summary, Control::none()).unwrap();
            let before = |summary: &Summary| summary.order.before[0][1].unwrap();
            held += u32::from(before(&summary).low <= truth && truth <= before(&summary).high);
            let off = |summary: &Summary| (before(summary).probability - truth).powi(2);
            errors[0] += off(&summary);
            errors[1] += off(&counted);
            let Method::Exact(exact) = &summary.method else { panic!("sampled") };
            weighted += u64::from(exact.weighted > 0);
            let row: f64 = summary.order.ranks[0].iter().map(|rank| rank.probability).sum();
            assert!((row - 1.0).abs() < 1e-6, "{row}");
            let sum = before(&summary).probability
                + summary.order.before[1][0].unwrap().probability
                + summary.order.tie[0][1].unwrap();
            assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        }
        let share = f64::from(held) / seeds as f64;
        println!("{draws}: {share} cover, {weighted} weighted, {errors:?}");
        assert!((share - 0.95).abs() < 3.0 * (0.95 * 0.05 / seeds as f64).sqrt(), "{draws}: {share}");
        assert!(errors[0] < errors[1], "{errors:?}");
        assert!(weighted > seeds / 2, "{weighted} are weighted");
    }
}

/// A probability that about as many points carry as are enough is not integrated by those seeds alone that make it too small: what is
/// integrated holds the truth as often as what is counted.
#[test]
fn few_points_are_told_from_enough_by_points_of_their_own() {
    let seeds = thorough(40, 300);
    // About a tenth of 16 times 128 points, and some more in part.
    let (scenario, truth) = heavy_weight(0.44);
    let (mut held, mut integrated) = (0, 0);
    for seed in 0..seeds {
        let mut summary = drawn(&scenario, 100, seed);
        integrate_alone(&scenario, summary.run, 128, &mut summary, Control::none()).unwrap();
        let before = summary.order.before[0][1].unwrap();
        if before.is_integrated() {
            integrated += 1;
            held += u32::from(before.low <= truth && truth <= before.high);
        }
    }
    println!("{held} of {integrated}");
    assert!((seeds / 6..seeds - seeds / 6).contains(&integrated), "{integrated} are no test");
    let (n, held) = (integrated as f64, f64::from(held));
    assert!(held / n > 0.95 - 3.0 * (0.95 * 0.05 / n).sqrt(), "{held} of {n}");
}

/// Half-widths of everything that was counted.
fn widths(summary: &Summary) -> Vec<f64> {
    let all = summary.rankings().flat_map(OrderSummary::estimates);
    all.filter(|(event, _)| !matches!(event, Event::Ahead(..))).map(|(_, e)| e.half_width()).collect()
}

/// With `auto` nothing is wider than counted, but by the little that a cell of a table gives for the others; what is integrated depends on
/// counts alone, and grows with the draws.
#[test]
fn auto_is_no_less_exact_than_sampling() {
    let (mut integrated, mut left) = (0, 0);
    for name in ["takeoff-raters", "takeoff-simplex", "takeoff-published", "wheat"] {
        let scenario = load(name);
        let counted = drawn(&scenario, 200_000, 1);
        let auto = |threads: usize| {
            let mut summary = counted.clone();
            let run = Run { threads: Some(threads), ..counted.run };
            let done =
                integrate_resumable(&scenario, run, Effort::LikeSampling, &mut summary, Control::none());
            (summary, done.is_ok())
        };
        let (summary, done) = auto(1);
        assert_eq!(auto(2), (summary.clone(), done), "{name}");
        if !done {
            assert_eq!(summary, counted, "{name}");
            left += 1;
            continue;
        }
        integrated += 1;
        let (before, after) = (widths(&counted), widths(&summary));
        for (before, after) in before.iter().zip(&after) {
            assert!(*after < 1.5 * before + 1e-12, "{name}: {after} for {before}");
        }
        let mean = |widths: &[f64]| widths.iter().map(|x| x * x).sum::<f64>();
        assert!(mean(&after) <= 1.01 * mean(&before), "{name}: {} for {}", mean(&after), mean(&before));
    }
    assert!(integrated > 0, "{integrated} and {left}");
}

/// Where the series of a pair is slow its bound is wider than what is counted: the count stands, and says so.
#[test]
fn the_more_exact_of_two_is_taken() {
    let scenario = one_factor(
        &["Beta(alpha: 0.3, beta: 0.3, min: 0, max: 1)"],
        &["Beta(alpha: 3, beta: 0.3, min: 0, max: 1)"],
        "",
    );
    let counted = drawn(&scenario, 1_000_000, 1);
    let mut summary = counted.clone();
    integrate(&scenario, counted.run, 64, &mut summary, Control::none()).unwrap();
    let before = summary.order.before[0][1].unwrap();
    assert!(before.half_width() <= counted.order.before[0][1].unwrap().half_width(), "{before:?}");
    // By another program, to three digits.
    assert!((before.probability - 0.206).abs() < 0.002, "{before:?}");
}

/// A run that goes on until it is precise ends no worse than one that samples as far.
#[test]
fn precision_ends_no_worse_than_sampling() {
    let (scenario, _) = uncertain_weights();
    let slow = one_factor(
        &["Beta(alpha: 0.3, beta: 0.3, min: 0, max: 1)"],
        &["Beta(alpha: 3, beta: 0.3, min: 0, max: 1)"],
        "",
    );
    for (scenario, half_width) in [(scenario, 1e-4), (slow, 1e-4)] {
        let most = 1 << 18;
        let precisely = |exact: bool| {
            let goal = PrecisionGoal { half_width, most, together: false };
            let run = Run { threads: Some(1), ..Run::default() };
            summarize_until(&scenario, run, (goal, exact), &mut |_, _| {}, Control::none()).unwrap()
        };
        let (sampled, both) = (precisely(false), precisely(true));
        let [a, b] = [&sampled, &both].map(|summary| summary.precision.as_ref().unwrap().widest.half_width);
        assert!(b <= a, "{b} for {a}");
    }
}

/// What is integrated, and how far, is decided by counts and by no clock.
#[test]
fn nothing_is_decided_by_a_clock() {
    let mut seen = 0;
    for File { name, text } in files() {
        if ["exact/", "analysis/answer/"].iter().any(|room| name.starts_with(room)) {
            seen += 1;
            assert!(!text.contains("Instant") && !text.contains("SystemTime"), "{name}");
        }
    }
    assert!(seen > 30);
}
