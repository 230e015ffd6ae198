//! Single numbers, against arithmetic of 40 digits.

use super::{area, data, drawn, scenario, threshold, two, year};
use headstart::clock::{Feedback, Shape};
use headstart::scenario::Marker;
use serde_json::Value;

/// A number, or a text that holds one.
fn number(value: &Value) -> f64 {
    match value.as_str() {
        Some("inf") => f64::INFINITY,
        Some(text) => text.parse().unwrap(),
        None => value.as_f64().unwrap(),
    }
}

fn shape(case: &Value) -> Shape {
    let of = |key: &str| number(&case[key]);
    Shape {
        left: Shape::left(of("human"), of("ai_speed"), of("supply")),
        parallel: of("parallel"),
        staff: of("staff"),
        compute: of("compute_share"),
        elasticity: of("elasticity"),
        supply: of("supply"),
    }
}

fn near(found: f64, wanted: f64, case: &Value) {
    assert!((found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0), "{found} and not {wanted} in {case}");
}

#[test]
fn speedups_are_those_of_forty_digits() {
    let all = data("fixed");
    let cases = all["speedup"]["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 16);
    for case in cases {
        near(shape(case).speedup(number(&case["x"])), number(&case["speedup"]), case);
    }
}

#[test]
fn crossings_are_those_of_forty_digits() {
    let all = data("fixed");
    let cases = all["crossing"]["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 16);
    for case in cases {
        let x = shape(case).crossing(number(&case["threshold"]));
        match case["x"].as_str() {
            Some("never") => assert_eq!(x, f64::INFINITY, "{case}"),
            Some("from_start") => assert_eq!(x, f64::NEG_INFINITY, "{case}"),
            _ => near(x, number(&case["x"]), case),
        }
    }
}

/// Dates of whole scenarios, read from text: all but those with pauses and compute.
#[test]
fn dates_are_those_of_forty_digits() {
    let all = data("fixed");
    let mut n = 0;
    for case in all["dates"]["cases"].as_array().unwrap() {
        let (clock, of) = (&case["clock"], case["area"].as_object().unwrap());
        if of.keys().any(|key| !matches!(key.as_str(), "lag" | "human")) {
            continue;
        }
        n += 1;
        let text = |key: &str| clock[key].as_str().unwrap();
        let feedback = clock.get("feedback").map_or(String::new(), |share| {
            let ceiling = clock.get("ceiling").map_or(String::new(), |c| format!(", ceiling: {}", number(c)));
            format!(", feedback: (share: {}{ceiling})", number(share))
        });
        let by_area: String =
            of.iter().map(|(key, value)| format!(", {key}: {{\"a\": {}}}", number(value))).collect();
        let fields = format!(
            "start: {}, until: 2200, thresholds: [{}], anchor: (amenability: {}, automated: {}, after: {}), \
             doubling: {}, rise: {}, per_point: {}{feedback}{by_area}",
            text("start"),
            case["threshold"],
            text("amenability"),
            text("automated"),
            text("after"),
            text("doubling"),
            text("rise"),
            text("per_point"),
        );
        let scores = format!("Exact({}), Exact(5)", case["amenability"].as_str().unwrap());
        let scenario = scenario(&two(&scores, &fields));
        let dates = drawn(&scenario, 1024);
        let place = area(&dates.thresholds[0], &scenario, "a");
        let (_, estimate) = place.quantiles[2];
        if case["date"] == "never" {
            assert_eq!(year(estimate.date), f64::INFINITY, "{case}");
        } else {
            let wanted = number(&case["date"]);
            assert!((year(estimate.date) - wanted).abs() < 1e-9, "{:?} in {case}", estimate.date);
        }
    }
    assert_eq!(n, 9);
}

/// The way from a capability to its time and back again, with a ceiling and without.
#[test]
fn feedback_can_be_inverted() {
    for share in [0.0, 0.1, 0.5, 1.0] {
        for ceiling in [1.5, 20.0, 1e4, f64::INFINITY] {
            let feedback = Feedback::new(share, ceiling);
            for n in -80..=60 {
                let x = f64::from(n) * 0.25;
                let back = feedback.capability(feedback.time(x));
                // Near the divergence a time tells capabilities apart no better than this.
                let scale = if ceiling.is_infinite() { 1e-12 * (1.0 + x.exp()) } else { 1e-11 * ceiling };
                assert!((back - x).abs() <= scale + 1e-9, "{share} {ceiling}: {x} {back}");
                // Near the divergence differences have too few digits.
                if x > 6.0 {
                    continue;
                }
                let h = 1e-5;
                let slope = (feedback.time(x + h) - feedback.time(x - h)) / (2.0 * h);
                assert!((slope * feedback.speed(x) - 1.0).abs() < 1e-5, "{share} {ceiling}: {x}");
            }
        }
    }
}

/// The published table with every number exact, and a clock.
fn exact_takeoff(clock: &str) -> String {
    let text = crate::support::read("scenarios/takeoff.ron");
    let line =
        |start: &str| text.lines().find(|line| line.trim_start().starts_with(start)).unwrap().to_owned();
    let weight = text.lines().find(|line| line.contains("ByWorld(\"scheming\"")).unwrap();
    let from = weight.find("weight: ByWorld").unwrap();
    let text = text.replace(&line("spread:"), "");
    let text = text.replace(&weight[from..], "weight: 0.4,");
    text.replacen("Scenario(", &format!("Scenario(clock: ({clock}),"), 1)
}

/// World 1 of the seed document: the third area of capabilities is ten times as fast in 2030, the third of safety in 2032.
#[test]
fn world_one_has_its_dates() {
    let world = &data("worlds")["world_1"];
    let text = |key: &str| world["clock"][key].as_str().unwrap();
    let fields = format!(
        "start: 2026, until: 2100, thresholds: [10], anchor: (amenability: {}, automated: 0.9, after: {}), doubling: {}, \
         rise: {}, per_point: {}",
        text("amenability"),
        text("after"),
        text("doubling"),
        text("rise"),
        text("per_point")
    );
    let scenario = scenario(&exact_takeoff(&fields));
    let dates = drawn(&scenario, 1024);
    for (id, wanted) in world["dates@10"].as_object().unwrap() {
        let found = year(area(&dates.thresholds[0], &scenario, id).quantiles[2].1.date);
        assert!((found - number(wanted)).abs() < 1e-9, "{id}: {found} and not {wanted}");
    }
    let third = |group: usize| {
        let place = Marker::Nth(3, group);
        let places = &dates.thresholds[0].places;
        year(places.iter().find(|of| of.place == place).unwrap().quantiles[2].1.date)
    };
    assert!((third(0) - 2032.0).abs() < 1e-9 && (third(1) - 2030.0).abs() < 1e-9);
}

#[test]
fn years_between_thresholds_are_those_of_forty_digits() {
    let all = data("worlds");
    let between = &all["time_between_thresholds"];
    let years = |human: &str, low: f64, high: f64| {
        let fields = format!(
            "start: 2026, until: 2046, thresholds: [2, 10, 30], anchor: (amenability: 6.22, automated: 0.9, after: 4), \
             doubling: 6, rise: 14, per_point: 0, human: {human}"
        );
        let scenario = scenario(&two("Exact(5), Exact(6)", &fields));
        let dates = drawn(&scenario, 1024);
        let at = |k: f64| year(area(threshold(&dates, k), &scenario, "a").quantiles[2].1.date);
        at(high) - at(low)
    };
    near(years("0", 2.0, 10.0), number(&between["2x to 10x"]), between);
    near(years("0.02", 2.0, 10.0), number(&between["2x to 10x, human .02"]), between);
    near(years("0.02", 10.0, 30.0), number(&between["10x to 30x, human .02"]), between);
}
