//! The pictures: as they were looked at, well formed whatever the scenario, and with every number and name in them.

use crate::support::{assert_golden, load, one_factor, parse, run, run_of};
use headstart::analysis::{Vary, compare_all, lever_scenarios, points, sweep};
use headstart::report::{
    Tornado, TornadoBar, levers_svg, matrix_svg, ranks_svg, scores_svg, sweep_svg, tornado_svg, worlds_svg,
};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

/// Every text of a picture, which has to be XML.
#[track_caller]
pub fn texts(svg: &str) -> Vec<String> {
    let tree = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{error}\n{svg}"));
    let found = tree.descendants().filter(roxmltree::Node::is_text);
    found.map(|node| node.text().unwrap().trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// Every picture that there can be of a scenario.
fn all(scenario: &Scenario) -> Vec<(&'static str, String)> {
    let summary = run(scenario, 2_000);
    let mut all = vec![
        ("matrix", matrix_svg(scenario, &summary, false)),
        ("matrix of all pairs", matrix_svg(scenario, &summary, true)),
        ("ranks", ranks_svg(scenario, &summary)),
        ("overall", scores_svg(scenario, &summary)),
    ];
    all.extend(worlds_svg(scenario, &summary).map(|svg| ("worlds", svg)));
    let changed = lever_scenarios(scenario).unwrap();
    if !changed.is_empty() {
        let compared = compare_all(scenario, changed, run_of(2_000), Control::none()).unwrap();
        all.push(("levers", levers_svg(scenario, &compared, run_of(2_000))));
    }
    all
}

/// What a picture is as a whole: named, described, no wider than it says, and with what it takes to make it again.
#[track_caller]
fn assert_sound(what: &str, svg: &str) {
    let tree = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{what}: {error}"));
    let picture = tree.root_element();
    assert_eq!(picture.attribute("role"), Some("img"), "{what}");
    for named in picture.attribute("aria-labelledby").unwrap().split(' ') {
        let named = tree.descendants().find(|node| node.attribute("id") == Some(named));
        assert!(named.and_then(|node| node.text()).is_some_and(|text| text.len() > 5), "{what}");
    }
    let width: f64 = picture.attribute("width").unwrap().parse().unwrap();
    let height: f64 = picture.attribute("height").unwrap().parse().unwrap();
    assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{what} has a place that is no number");
    for rect in tree.descendants().filter(|node| node.has_tag_name("rect") && node.attribute("x").is_some()) {
        let number = |name: &str| rect.attribute(name).unwrap().parse::<f64>().unwrap();
        assert!(number("x") >= -1.0 && number("x") + number("width") <= width + 1.0, "{what}: {rect:?}");
        assert!(number("y") >= -1.0 && number("y") + number("height") <= height + 1.0, "{what}: {rect:?}");
    }
    let all = texts(svg).join(" ");
    for part in ["scenario ", "seed 1", "draws", "largest standard error", "headstart"] {
        assert!(all.contains(part), "{what} has no {part} at its foot");
    }
}

/// Of each picture of the shipped scenario somebody has said that it is right: see also `readme`, which holds the others.
/// `BLESS=1` draws it anew.
#[test]
fn a_tornado_as_it_was_looked_at() {
    let scenario = load("takeoff");
    let bar = |label: &str, low: (f64, &str), high: (f64, &str), settled| TornadoBar {
        label: label.into(),
        low: (low.0, low.1.into()),
        high: (high.0, high.1.into()),
        settled,
    };
    let tornado = Tornado {
        about: "AI Control comes before Post-training".into(),
        base: 0.308,
        bars: vec![
            bar("score.insight.ai_control", (0.24, "5.04"), (0.38, "7.08"), true),
            bar("weight.scheming_risk[scheming]", (0.33, "0.53"), (0.29, "1.07"), true),
            bar("weight.feedback_quality", (0.47, "1.65"), (0.19, "3.35"), true),
            bar("score.economic_incentive.post_training", (0.309, "8.1"), (0.307, "9.9"), false),
        ],
        largest_mcse: 0.0005,
    };
    let svg = tornado_svg(&scenario, &tornado, Run::default());
    assert_sound("tornado", &svg);
    assert_golden("tests/golden/tornado.svg", &svg);
    let texts = texts(&svg);
    let place = |label: &str| texts.iter().position(|text| label.starts_with(text.as_str())).unwrap();
    assert!(place("weight.feedback_quality") < place("score.insight.ai_control"), "the widest is on top");
}

#[test]
fn the_matrix_has_the_number_of_each_cell() {
    let scenario = load("takeoff");
    let summary = run(&scenario, 20_000);
    let texts = texts(&matrix_svg(&scenario, &summary, true));
    let printed = headstart::report::markdown(&scenario, &summary, &headstart::report::Sections::all());
    for line in printed.lines().skip_while(|line| !line.contains("P(row before column)")).skip(4).take(10) {
        for cell in line.split('|').skip(2).map(str::trim).filter(|cell| !cell.is_empty()) {
            let cell = cell.replace("&lt;", "<").replace("&gt;", ">");
            assert!(texts.contains(&cell), "no {cell} in the picture");
        }
    }
}

/// What lies within its error of one half has a broken frame; the others have none.
#[test]
fn cells_that_are_not_settled_are_marked() {
    let even = one_factor(&["Uniform(min: 0, max: 1)"], &["Uniform(min: 0, max: 1)"], "");
    let svg = matrix_svg(&even, &run(&even, 1_000), false);
    assert!(svg.contains("stroke-dasharray") && texts(&svg).iter().any(|text| text.ends_with("%?")));
    let sure = one_factor(&["Uniform(min: 0, max: 1)"], &["Uniform(min: 0, max: 3)"], "");
    let svg = matrix_svg(&sure, &run(&sure, 1_000), false);
    assert!(!svg.contains("stroke-dasharray") && !texts(&svg).iter().any(|text| text.ends_with("%?")));
}

/// The bars of a histogram are the shares of its bins, each as tall as its share of the tallest.
#[test]
fn histograms_are_not_smoothed() {
    let scenario = one_factor(&["Discrete([(1, 0.25), (4, 0.75)])"], &["Exact(2)"], "");
    let summary = run(&scenario, 20_000);
    let bins = &summary.areas[0].histogram;
    assert!((bins.shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    assert!(bins.shares.len() <= 40);
    let full: Vec<f64> = bins.shares.iter().copied().filter(|share| *share > 0.0).collect();
    assert_eq!(full.len(), 2, "two values, and nothing between them");
    assert!((full[0] - 0.25).abs() < 5.0 * (0.25 * 0.75 / 20_000.0_f64).sqrt());
    let (low, high) = (bins.low, bins.low + bins.width * bins.shares.len() as f64);
    assert!(low <= 1.0 && high >= 4.0 && high - low < 3.3, "{low} to {high}");
}

/// Ties, certainty, one area, three groups, many worlds, all of the library.
#[test]
fn every_scenario_has_its_pictures() {
    let one = "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\")],
        factors: [(id: \"f\", weight: 1, scores: [Uniform(min: 0, max: 1)])])";
    let certain = one_factor(&["Exact(1)", "Exact(1)"], &["Exact(2)", "Exact(1)"], "");
    let three = "Scenario(title: \"t\", groups: [(id: \"a\"), (id: \"b\"), (id: \"c\")],
        areas: [(id: \"x\", group: \"a\"), (id: \"y\", group: \"b\"), (id: \"z\", group: \"c\")],
        worlds: [(id: \"u\", outcomes: [(\"p\", 0.5), (\"q\", 0.5)]), (id: \"v\", outcomes: [(\"p\", 0.2), (\"q\", 0.3), (\"r\", 0.5)])],
        factors: [(id: \"f\", weight: 1, scores: [Uniform(min: 0, max: 1), ByWorld(\"u\", {\"p\": 0, \"q\": 1}), ByWorld(\"v\", {\"p\": 0, \"q\": 1, \"r\": 0.5})])])";
    let mut scenarios = vec![("one area", parse(one)), ("certain", certain), ("three groups", parse(three))];
    let names = crate::support::library();
    scenarios.extend(names.iter().map(|name| (name.as_str(), load(name))));
    for (name, scenario) in scenarios {
        for (picture, svg) in all(&scenario) {
            assert_sound(&format!("{picture} of {name}"), &svg);
        }
    }
}

/// Fifty areas whose names have sixty characters: every name is there, or what of it fits four lines.
#[test]
fn long_names_and_many_areas_fit() {
    let name = |n: usize| format!("Area {n:02} of research with a name of exactly sixty characters.");
    assert_eq!(name(7).chars().count(), 60);
    for n in [2, 10, 50] {
        let area = |i: usize| {
            let group = if i.is_multiple_of(2) { "x" } else { "y" };
            format!("(id: \"a{i}\", name: \"{}\", group: \"{group}\")", name(i))
        };
        let areas: Vec<String> = (0..n).map(area).collect();
        let scores: Vec<String> = (0..n).map(|i| format!("Uniform(min: {i}, max: {})", 2 * i + 40)).collect();
        let scenario = parse(&format!(
            "Scenario(title: \"{}\", groups: [(id: \"x\", name: \"{}\"), (id: \"y\", name: \"{}\")], areas: [{}],
             factors: [(id: \"f\", weight: 1, scores: [{}])])",
            name(0),
            name(1),
            name(2),
            areas.join(", "),
            scores.join(", ")
        ));
        for (picture, svg) in all(&scenario) {
            assert_sound(&format!("{picture} of {n}"), &svg);
            let all = texts(&svg).join(" ");
            assert!((0..n).all(|i| all.contains(&format!("Area {i:02} of"))), "{picture} of {n}");
        }
    }
}

#[test]
fn a_sweep_marks_its_break_even() {
    // P(first before second) is 1/2 where x is 1/2.
    let scenario = one_factor(&["Uniform(min: 0, max: 1)"], &["Exact(0.3)"], "");
    let vary = |text: &str, n| vec![Vary::new(text, n).unwrap()];
    let run = run_of(20_000);
    for (text, n) in [("score.f.y0 = 0..=1", 11), ("score.f.y0 = [0.75, 0, 1, 0.25]", 0)] {
        let vary = vary(text, n);
        let swept = sweep(&scenario, &points(&scenario, &vary).unwrap(), run, Control::none()).unwrap();
        let svg = sweep_svg(&scenario, &swept, &[vary[0].edit.clone()], run);
        assert_sound(text, &svg);
        let texts = texts(&svg);
        if n > 0 {
            let marks: Vec<f64> =
                texts.iter().filter_map(|text| text.strip_prefix("0.").and(text.parse().ok())).collect();
            assert!(marks.iter().any(|mark| (mark - 0.5).abs() < 0.02), "{texts:?}");
        }
    }
    let both = [Vary::new("score.f.y0 = 0..=1", 3).unwrap(), Vary::new("weight.f *= [1, 2]", 2).unwrap()];
    let swept = sweep(&scenario, &points(&scenario, &both).unwrap(), run, Control::none()).unwrap();
    let svg = sweep_svg(&scenario, &swept, &both.clone().map(|vary| vary.edit), run);
    assert_sound("two numbers", &svg);
}
