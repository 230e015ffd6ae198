//! What intervals decide: asserts, changes, and probabilities that are to be on one side of one half.

use crate::support::*;
use headstart::Control;
use headstart::analysis::{Basis, Change, Estimate, LEVEL, Verdict, Z95, summarize};
use headstart::sampler::Run;

/// Each draw contributes exactly one half where one of two worlds that are as probable has the event and
/// the other has not. Then an end has one draw more, with all or with nothing: its distance from one half has about one unit of 1 / 2n
/// as its mean and as its standard deviation.
#[test]
fn an_event_of_one_world_in_two_is_nearly_certain_to_have_one_half() {
    let by_world = "ByWorld(\"w\", {\"a\": Exact(1), \"b\": Exact(-1)})";
    let scenario = one_factor(
        &[by_world],
        &["Exact(0)"],
        "worlds: [(id: \"w\", outcomes: [(\"a\", 0.5), (\"b\", 0.5)])]",
    );
    for n in [10_u64, 1_000] {
        let size = n as f64;
        let reach = f64::midpoint(1.0, Z95) / (size + 1.0);
        let counted = first_before_second(&scenario, n);
        for estimate in [counted, Estimate::of_sums(size / 2.0, size / 4.0, n)] {
            assert_eq!((estimate.probability, estimate.mcse), (0.5, 0.0));
            assert!((estimate.low + estimate.high - 1.0).abs() < 1e-12, "{estimate:?}");
            assert!(((estimate.high - 0.5) / reach - 1.0).abs() < 3.0 / size, "{estimate:?}, not {reach}");
        }
    }
}

/// What is not so in a world that is hardly possible is no certainty; sums that lack a whole for rounding
/// alone are one.
#[test]
fn certainty_is_neither_made_nor_lost_by_rounding() {
    let scenario = one_factor(
        &["ByWorld(\"w\", {\"a\": Exact(1), \"b\": Exact(-1)})"],
        &["Exact(0)"],
        "worlds: [(id: \"w\", outcomes: [(\"a\", Rest), (\"b\", 1e-17)])]",
    );
    let order = run(&scenario, 1_000).order;
    let [first, second] = [(0, 1), (1, 0)].map(|(i, j)| order.before[i][j].unwrap().probability);
    assert!(first < 1.0 && first > 1.0 - 1e-15 && second > 0.0 && second < 1e-15, "{first} and {second}");
    let whole = 1e6 * (1.0 - 1e-13);
    assert!(whole < 1e6);
    assert_eq!(Estimate::of_sums(whole, whole, 1_000_000).probability, 1.0);
    assert!(Estimate::of_sums(1e6 * (1.0 - 1e-11), whole, 1_000_000).probability < 1.0);
}

/// What is asserted of a certainty holds or fails, but that it lies above 0 or below 1, of which nothing that
/// is counted is certain where it was never, or always, so.
#[test]
fn an_interval_that_reaches_the_number_decides_nothing() {
    let asserts = [
        ("P(x0 before y0) > 0.5", Verdict::Holds),
        ("P(x0 before y0) < 0.5", Verdict::Fails),
        ("P(y0 before x0) < 0.5", Verdict::Holds),
        ("P(y0 before x0) > 0.5", Verdict::Fails),
        ("P(y0 before x0) > 0", Verdict::Unsettled),
        ("P(y0 before x0) < 0", Verdict::Unsettled),
        ("P(x0 before y0) > 1", Verdict::Unsettled),
        ("P(x0 before y0) < 1", Verdict::Unsettled),
    ];
    let texts: Vec<String> = asserts.iter().map(|(text, _)| format!("\"{text}\"")).collect();
    let scenario = one_factor(&["Exact(1)"], &["Exact(0)"], &format!("asserts: [{}]", texts.join(", ")));
    let summary = summarize(&scenario, Run { draws: 1_000, ..Run::default() }, Control::none());
    for (found, (text, verdict)) in summary.asserts.iter().zip(asserts) {
        assert_eq!((found.text.as_str(), found.verdict), (text, verdict));
    }
    assert_eq!(summary.asserts.len(), 8);
}

/// A probability is settled once its interval lies on one side of one half, and a change once its own lies on
/// one side of none.
#[test]
fn an_interval_has_to_leave_the_middle() {
    for (low, high, settled) in
        [(0.1, 0.4, true), (0.1, 0.5, false), (0.4, 0.6, false), (0.5, 0.9, false), (0.6, 0.9, true)]
    {
        let estimate = Estimate::new(f64::midpoint(low, high), 0.1, (low, high), Basis::counted(100));
        assert_eq!(estimate.is_settled(), settled, "{low} to {high}");
        let change = Change {
            difference: estimate.probability - 0.5,
            mcse: 0.1,
            low: low - 0.5,
            high: high - 0.5,
            inert: false,
        };
        assert_eq!(change.is_settled(), settled, "{low} to {high}");
    }
}

/// An interval that was widened tells at which level, and is not widened again for the same.
#[test]
fn an_interval_tells_its_level() {
    let estimate = Estimate::of_sums(500.0, 500.0, 2_000);
    assert_eq!(estimate.level, LEVEL);
    let wide = estimate.at_level(0.01);
    assert_eq!(wide.level, 0.01);
    assert!(wide.low < estimate.low && estimate.high < wide.high);
    assert_eq!(wide.at_level(0.01), wide);
    let back = wide.at_level(LEVEL);
    assert!((back.low - estimate.low).abs() < 1e-12 && (back.high - estimate.high).abs() < 1e-12);
}

/// A probability of an outcome that is written as uncertain, and is certain, leaves nothing to the other.
#[test]
fn an_uncertain_outcome_that_is_certain_leaves_nothing_to_others() {
    let scenario = one_factor(
        &["ByWorld(\"w\", {\"a\": Exact(1), \"b\": Exact(-1)})"],
        &["Exact(0)"],
        "worlds: [(id: \"w\", outcomes: [(\"a\", Discrete([(1, 1)])), (\"b\", Rest)])]",
    );
    let summary = run(&scenario, 100);
    let [chance] = &summary.chances[..] else { panic!("{:?}", summary.chances) };
    assert_eq!(chance.range, [1.0, 1.0]);
    for claim in &chance.claims {
        assert!(claim.iter().all(|end| end.probability == 0.0 || end.probability == 1.0), "{claim:?}");
    }
}
