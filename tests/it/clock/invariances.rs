//! Invariances of any clock.

use super::{PLAIN, area, drawn, scenario, threshold, two, year};
use crate::support::read;
use headstart::analysis::{Dates, summarize};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

const DRAWS: u64 = 50_000;

fn takeoff_clock() -> Scenario {
    scenario(&read("scenarios/takeoff-clock.ron"))
}

/// With a clock the order has the bits that it has without.
#[test]
fn a_clock_changes_no_bit_of_the_order() {
    let with = takeoff_clock();
    let without = with.with_edits(&["drop clock"]).unwrap().scenario;
    assert!(without.clock().is_none() && without.dated_claims().is_empty());
    let run = Run { draws: DRAWS, ..Run::default() };
    let [one, other] = [&with, &without].map(|scenario| summarize(scenario, run, Control::none()));
    assert_eq!(one.order, other.order);
    assert_eq!(one.areas, other.areas);
    assert_eq!(one.worlds, other.worlds);
}

/// Before, after, tie and neither are all that there is.
#[test]
fn outcomes_of_each_pair_add_up_to_one() {
    let scenario = takeoff_clock();
    let dates = drawn(&scenario, DRAWS);
    for at in &dates.thresholds {
        for i in 0..scenario.areas().len() {
            for j in 0..i {
                let [before, after] =
                    [(i, j), (j, i)].map(|(i, j)| at.order.before[i][j].unwrap().probability);
                let sum = before + after + at.order.tie[i][j].unwrap() + at.neither[i][j].unwrap();
                assert!((sum - 1.0).abs() < 1e-12, "{i} {j} at {}: {sum}", at.at);
            }
        }
    }
}

/// Areas with like shapes and lags: the order of dates is that of overall scores, as long as both have one.
#[test]
fn alike_areas_reach_everything_in_the_order_of_their_scores() {
    for feedback in
        ["", ", feedback: (share: 0.5, ceiling: 50)", ", feedback: (share: Uniform(min: 0, max: 1))"]
    {
        let fields = format!(
            "start: 1900, until: 9000, thresholds: [2, 3, 10, 30], anchor: (amenability: 6.45, automated: 0.9, after: 400), \
             doubling: Uniform(min: 4, max: 9), rise: Uniform(min: 8, max: 24), per_point: Uniform(min: 1, max: 4){feedback}"
        );
        let scenario = scenario(&two("Uniform(min: 4, max: 8), Uniform(min: 3.5, max: 7.5)", &fields));
        let dates = drawn(&scenario, DRAWS);
        let with = scenario.with_any_claim(
            "Any([All([Before(Area(\"a\"), Area(\"b\")), Before(first: Area(\"b\"), second: Area(\"a\"), at: 10)]), \
             All([Before(Area(\"b\"), Area(\"a\")), Before(first: Area(\"a\"), second: Area(\"b\"), at: 10)])])",
        );
        let against = drawn(&with.unwrap(), DRAWS).claims[0].estimate.probability;
        assert_eq!(against, 0.0, "{feedback}");
        let before: Vec<f64> =
            dates.thresholds.iter().map(|at| at.order.before[0][1].unwrap().probability).collect();
        assert!(before.windows(2).all(|two| two[0] == two[1]), "{before:?}");
    }
}

/// Quantiles of an area in years.
fn dates_of(dates: &Dates, scenario: &Scenario, id: &str, k: f64) -> Vec<f64> {
    area(threshold(dates, k), scenario, id).quantiles.iter().map(|(_, of)| year(of.date)).collect()
}

/// Dates fall in the score, and rise in the human share, the threshold and the lag.
#[test]
fn dates_move_the_right_way() {
    let at = |edit: &str, k: f64| {
        let base = scenario(&two("Exact(6), Exact(5)", &format!("{PLAIN}, human: 0.02, lag: 1")));
        let edited = base.with_edits(&[edit]).unwrap().scenario;
        dates_of(&drawn(&edited, 1024), &edited, "a", k)[2]
    };
    let base = at("clock.lag.a += 0", 10.0);
    assert!(at("score.f.a = Exact(6.5)", 10.0) < base);
    assert!(at("clock.human.a = 0.05", 10.0) > base && at("clock.human.a = 0.2", 10.0).is_infinite());
    assert!((at("clock.lag.a += 6", 10.0) - base - 0.5).abs() < 1e-9);
    assert!(at("clock.lag.a += 0", 3.0) < base);
}

/// A clock that is twice as slow, with lags and dates that are twice as far away, has the same orders.
#[test]
fn a_slower_clock_changes_no_order() {
    let clock = |c: f64| {
        let fields = format!(
            "start: 2026, until: {}, thresholds: [3, 10], anchor: (amenability: 6, automated: 0.9, after: {}), doubling: {}, \
             rise: 14, per_point: Uniform(min: 1, max: 3), lag: {{\"a\": {}}}",
            2026.0 + 16.0 * c,
            8.0 * c,
            6.0 * c,
            4.0 * c
        );
        scenario(&two("Uniform(min: 4, max: 8), Uniform(min: 4, max: 8)", &fields))
    };
    let [one, other] = [1.0, 2.0].map(|c| drawn(&clock(c), DRAWS));
    for (one, other) in one.thresholds.iter().zip(&other.thresholds) {
        assert_eq!(one.order.before, other.order.before);
        assert_eq!(one.neither, other.neither);
    }
}

/// Equal lags shift all dates and no order.
#[test]
fn lags_of_all_areas_change_no_order() {
    let base =
        scenario(&two("Uniform(min: 4, max: 8), Uniform(min: 4, max: 8)", &PLAIN.replace("2046", "9000")));
    let later = base.with_edits(&["clock.lag += 7"]).unwrap().scenario;
    let [one, other] = [&base, &later].map(|scenario| drawn(scenario, DRAWS));
    assert_eq!(one.thresholds[1].order.before, other.thresholds[1].order.before);
}

/// Threads change no bit.
#[test]
fn dates_have_the_same_bits_for_any_number_of_threads() {
    let scenario = takeoff_clock();
    let run = |threads| Run { draws: 100_000, threads: Some(threads), ..Run::default() };
    let [one, three] =
        [1, 3].map(|n| headstart::analysis::dates(&scenario, run(n), Control::none()).unwrap().unwrap());
    assert_eq!(one, three);
}

/// A clock survives its canonical text, and JSON.
#[test]
fn a_clock_reads_back_from_its_own_text() {
    for name in ["takeoff-clock", "takeoff-access-1"] {
        let path = crate::support::root().join(format!("scenarios/{name}.ron"));
        let scenario = Scenario::open(&path).unwrap();
        let again = Scenario::from_ron("again.ron", &scenario.to_ron()).unwrap();
        assert_eq!(again, scenario, "{name}");
        assert_eq!(Scenario::from_json("again.json", &scenario.to_json()).unwrap(), scenario, "{name}");
    }
}
