//! What is told of a claim and what is not: by how much is asked for, by how much is known, and why.

use super::asking::{asked, input};
use crate::support::*;
use headstart::Scenario;
use headstart::analysis::{BreakEvenValue, Detail, Measured};

/// Two areas on one certain factor, in worlds `s` and `t`.
fn in_worlds(p: &str, x: &str, y: &str) -> Scenario {
    let q = 1.0 - p.parse::<f64>().unwrap();
    one_factor(&[x], &[y], &format!("worlds: [(id: \"w\", outcomes: [(\"s\", {p}), (\"t\", {q:?})])]"))
}

/// Groups and parts are told where everything is asked for, and worlds among them where there are several.
#[test]
fn how_much_is_told() {
    let raters = |worlds: &str| {
        one_factor(
            &["Raters([(5, 7), (1, 4)])"],
            &[worlds],
            "spread: (score: Uniform(half_width: 2)),
             worlds: [(id: \"w\", outcomes: [(\"s\", 0.5), (\"t\", 0.5)])]",
        )
    };
    let scenario = raters("ByWorld(\"w\", {\"s\": 5, \"t\": 4.5})");
    let some = asked(&scenario, "x0 before y0", 5_000, Detail::Curves);
    assert!(some.groups.is_empty() && some.parts.is_empty() && some.gap.is_none());
    assert!(some.inputs.iter().all(|input| input.regret.is_none()));
    let all = asked(&scenario, "x0 before y0", 5_000, Detail::Full);
    assert_eq!(all.groups.last().unwrap().id, "world.*");
    assert_eq!(all.parts.last().unwrap().id, "world.*");
    let plain = asked(
        &one_factor(&["Raters([(5, 7), (1, 4)])"], &["5"], "spread: (score: Uniform(half_width: 2))"),
        "x0 before y0",
        5_000,
        Detail::Full,
    );
    assert!(plain.groups.iter().all(|group| group.id != "world.*") && plain.groups.len() > 2);
    assert!(plain.parts.iter().all(|part| part.id != "world.*") && plain.parts.len() > 1);
    // A rater is drawn again whatever is asked for, and then has shares: known, he takes the more away the more he says.
    for answer in [&some, &all, &plain] {
        let rater = input(answer, "rater.f");
        assert_eq!(
            rater.redrawn.as_deref(),
            Some("it chooses among others, so it is a choice and there is no curve")
        );
        let whole = answer.estimate.probability * (1.0 - answer.estimate.probability);
        for (share, part) in
            [(rater.first.unwrap(), rater.brier.value), (rater.total.unwrap(), 0.5 * rater.flips.value)]
        {
            assert!((share.value - part / whole).abs() < 1e-12 && share.mcse > 0.0, "{share:?}");
        }
    }
}

/// What can be otherwise only in a world that never is is certain, and shares are told strictly between 2 % and 98 %.
#[test]
fn where_shares_are_told() {
    let never =
        in_worlds("0.0", "Uniform(min: 2, max: 3)", "ByWorld(\"w\", {\"s\": Exact(2.5), \"t\": Exact(1)})");
    assert!(asked(&never, "x0 before y0", 1_000, Detail::Full).certain);
    for (p, told) in [("0.02", false), ("0.03", true), ("0.97", true), ("0.98", false)] {
        let scenario =
            in_worlds(p, "Uniform(min: 2, max: 3)", "ByWorld(\"w\", {\"s\": Exact(1), \"t\": Exact(4)})");
        let answer = asked(&scenario, "x0 before y0", 1_000, Detail::Full);
        assert_eq!(answer.estimate.probability, p.parse::<f64>().unwrap());
        assert!(!answer.certain && !answer.groups.is_empty());
        assert_eq!(
            answer.groups.iter().all(|group| group.first.is_some() && group.total.is_some()),
            told,
            "{p}"
        );
        assert_eq!(!answer.parts.is_empty(), told, "{p}");
    }
}

/// The values of one input at which a claim is a coin.
fn break_even(scenario: &Scenario, claim: &str, n: u64, address: &str) -> Vec<BreakEvenValue> {
    let answer = asked(scenario, claim, n, Detail::Curves);
    input(&answer, address).curve.as_ref().unwrap().break_even.clone()
}

/// With few values it jumps past one half to the first one on the other side, unless one between is not told from it; the interval goes
/// out to where it is on either side by more than its error. Worlds that decide alone leave none.
#[test]
fn break_even_among_few_values() {
    let three = "Discrete([(1, 0.25), (2, 0.5), (3, 0.25)])";
    let coin = in_worlds("0.5", three, "ByWorld(\"w\", {\"s\": Exact(1.5), \"t\": Exact(2.5)})");
    let exactly =
        BreakEvenValue { quantile: 0.75, value: Some(2.0), interval: [Some(1.0), Some(3.0)], jumps: false };
    assert_eq!(break_even(&coin, "x0 before y0", 100, "score.f.x0"), [exactly]);
    assert_eq!(break_even(&coin, "y0 before x0", 100, "score.f.x0"), [exactly]);
    // 0.3 and 0.7 in every draw: with one more at 0 and one at 1 the error is soon less than 0.2.
    let worlds = "worlds: [(id: \"w\", outcomes: [(\"s\", 0.3), (\"t\", 0.4), (\"u\", 0.3)])]";
    let thirds = "ByWorld(\"w\", {\"s\": Exact(0.5), \"t\": Exact(1.5), \"u\": Exact(2.5)})";
    let scenario = one_factor(&["Discrete([(1, 0.5), (2, 0.5)])"], &[thirds], worlds);
    let [open] = break_even(&scenario, "x0 before y0", 4, "score.f.x0")[..] else {
        panic!("it crosses once")
    };
    assert!(!open.jumps && open.interval == [None, None], "{open:?}");
    let jump =
        BreakEvenValue { quantile: 1.0, value: Some(2.0), interval: [Some(1.0), Some(2.0)], jumps: true };
    assert_eq!(break_even(&scenario, "x0 before y0", 20, "score.f.x0"), [jump]);
}

/// Uniform numbers against each other: the curve is a straight line, and the interval 1.96 standard errors of one half over its slope to
/// either side, as far as the input goes.
#[test]
fn the_interval_of_a_break_even() {
    let flat = "Uniform(min: 0, max: 1)";
    for (y, address, truth, n) in [
        (flat, "score.f.x0", 0.5, 10_000),
        (flat, "score.f.y0", 0.5, 10_000),
        ("Uniform(min: 0, max: 1.92)", "score.f.x0", 0.96, 1_000),
        ("Uniform(min: -0.92, max: 1)", "score.f.x0", 0.04, 1_000),
    ] {
        let scenario = one_factor(&[flat], &[y], "");
        let [found] = break_even(&scenario, "x0 before y0", n, address)[..] else {
            panic!("{y}: it crosses once")
        };
        let slope = if y == flat { 1.0 } else { 1.0 / 1.92 };
        let error = 0.5 / (n as f64).sqrt() / slope;
        let value = found.value.unwrap();
        assert!((value - truth).abs() < BOUND * error, "{found:?}");
        for (end, sign) in found.interval.into_iter().zip([-1.0, 1.0]) {
            let expected = value + sign * 1.96 * error;
            assert_eq!(end.is_some(), (0.0..1.0).contains(&expected), "{found:?} {expected}");
            assert!(end.is_none_or(|end| (end - expected).abs() < 0.6 * error), "{found:?}: {expected}");
        }
    }
}

/// Where there are values with a probability of their own there is no density, and so no gradient.
#[test]
fn no_gradient_at_values_with_a_probability() {
    let mixed = "Mixture([(0.5, Exact(0.5)), (0.5, Uniform(min: 0, max: 1))])";
    let answer =
        asked(&one_factor(&[mixed], &["Uniform(min: 0, max: 1)"], ""), "x0 before y0", 1_000, Detail::Curves);
    let gradient = |address: &str| input(&answer, address).curve.as_ref().unwrap().gradient;
    assert!(gradient("score.f.x0").is_none() && gradient("score.f.y0").is_some());
}

/// The density of a narrow number is high: one unit is many of its widths.
#[test]
fn the_gradient_of_a_narrow_number() {
    let narrow = "Uniform(min: 5, max: 5.0001)";
    let answer = asked(&one_factor(&[narrow], &[narrow], ""), "x0 before y0", 1_000, Detail::Curves);
    for (address, truth) in [("score.f.x0", 1e4), ("score.f.y0", -1e4)] {
        let Measured { value, .. } = input(&answer, address).curve.as_ref().unwrap().gradient.unwrap();
        assert!((value / truth - 1.0).abs() < 1e-3, "{address}: {value}");
    }
}

/// Why a number has no curve: it multiplies itself, or moves several scores through their quantiles.
#[test]
fn why_there_is_no_curve() {
    let two_factors = |rest: &str| {
        parse(&format!(
            "Scenario(title: \"test\", scale: (min: 0, max: 10), groups: [(id: \"g\"), (id: \"h\")],
             areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")], inputs: [(id: \"i\", value: Uniform(min: 0.3, max: 0.9))],
             factors: [
                (id: \"a\", weight: 1, scores: [Uniform(min: 2, max: 8), Uniform(min: 1, max: 8)]),
                (id: \"b\", weight: 1, scores: [{rest})"
        ))
    };
    let other = "Uniform(min: 2, max: 8), Uniform(min: 1, max: 8)])]";
    let discount = |id: &str, by: &str| format!("(id: \"{id}\", of: \"x\", by: {by})");
    let (one, two) = (discount("one", "Ref(\"i\")"), discount("two", "Ref(\"i\")"));
    let cases = [
        (format!("Ref(\"i\"), Exact(2)])], discounts: [{one}]"), "input.i", "it enters one product twice"),
        (format!("{other}, discounts: [{one}, {two}]"), "input.i", "it enters one product twice"),
        (
            format!("{other}, shared_errors: (area: 0.5)"),
            "shared_error.area.x",
            "it moves several scores, each in its own way",
        ),
    ];
    for (rest, address, why) in &cases {
        let answer = asked(&two_factors(rest), "x before y", 2_000, Detail::Curves);
        let said = format!("{why}, so it is no straight line and there is no curve");
        let effect = input(&answer, address);
        assert_eq!(effect.redrawn.as_ref(), Some(&said));
        assert!(effect.curve.is_none() && effect.flips.value > 0.0 && effect.first.is_some(), "{effect:?}");
    }
    // In one discount alone it is a straight line.
    let answer =
        asked(&two_factors(&format!("{other}, discounts: [{one}]")), "x before y", 2_000, Detail::Curves);
    assert!(input(&answer, "input.i").curve.is_some());
}
