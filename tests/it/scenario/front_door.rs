//! The ways into the library: files, JSON, `serde` and the builder, with the problems of each and their paths.

use crate::support::{library, load, read, root, shipped};
use headstart::Scenario;
use headstart::distribution::{Dist, Normal, Triangular};
use headstart::error::Problems;
use headstart::scenario::{Entry, FactorBuilder, FileError, FoundFile, OpenError, SweepFile};

#[test]
fn a_file_is_opened_with_the_files_that_it_names() {
    for name in library() {
        let opened = Scenario::open(root().join(format!("scenarios/{name}.ron"))).unwrap();
        assert_eq!(opened, load(&name), "{name}");
    }
}

#[test]
fn a_file_that_cannot_be_opened_says_why() {
    let missing = root().join("scenarios/none.ron");
    let Err(OpenError::File { path, error: FileError::Io(error) }) = Scenario::open(&missing) else {
        panic!("opened")
    };
    assert_eq!((path, error.kind()), (missing, std::io::ErrorKind::NotFound));
    let folder = Scenario::open(root().join("scenarios"));
    assert!(matches!(folder, Err(OpenError::File { error: FileError::Directory, .. })));
    let Err(OpenError::Scenario(problems)) = Scenario::open(root().join("scenarios/takeoff-sweeps.ron"))
    else {
        panic!("opened")
    };
    assert_eq!(problems.problems()[0].message, "this is a file of sweeps, and no scenario");
}

/// Every shipped scenario has the hash of its JSON form, also where JSON is read by another parser and written again.
#[test]
fn shipped_scenarios_are_the_same_in_json() {
    for name in library() {
        let scenario = load(&name);
        let json = scenario.to_json();
        let read = Scenario::from_json("test.json", &json).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!((read.hash(), read.to_ron()), (scenario.hash(), scenario.to_ron()), "{name}");
        let plain: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_value(&scenario).unwrap(), plain, "{name}");
        let from_value: Scenario = serde_json::from_value(plain).unwrap();
        assert_eq!(from_value, scenario, "{name}");
        let in_ron = ron::to_string(&scenario).unwrap();
        assert_eq!(ron::from_str::<Scenario>(&in_ron).unwrap(), scenario, "{name}");
    }
}

/// What is written in every form that RON has: tuples, names with and without parentheses, maps and fields.
pub const EVERYTHING: &str = r#"Scenario(
    title: "a \"title\"\n", scale: (min: 0, max: 10),
    groups: [(id: "g"), (id: "h")],
    areas: [(id: "a", group: "g"), (id: "b", group: "h"), (id: "c", group: "h")],
    worlds: [
        (id: "w", outcomes: [("x", Beta(alpha: 2, beta: 3)), ("y", Rest)]),
        (id: "v", given: "w", outcomes: {"x": [("p", 0.5), ("q", 0.5)], "y": [("p", 1), ("q", 0)]}),
    ],
    weights: Constrained([AtLeast("f", 0.1), Ratio(of: "f", to: "k", min: 0.1), Prefer("a", "b")]),
    inputs: [(id: "i", value: Normal(mean: 0, sd: 1))],
    shared_errors: (factor: 0.3), residual: (sd: 0.5, all: 0.1),
    discounts: [(id: "d", of: "@h", by: ByWorld("w", {"x": 0.5, "y": Uniform(min: 0, max: 1)}))],
    spread: (score: Triangular(half_width: 1)),
    factors: [
        (id: "f", scores: [Exact(3), Discrete([(1, 0.5), (2, 0.5)]), Samples([1, 2, 3])]),
        (id: "k", scores: [
            Relative(to: "i", by: 3), Truncated(of: Normal(mean: 1, sd: 2), min: 0),
            Mixture([(0.5, Exact(1)), (0.5, Interval(level: 0.8, low: 1, high: 2, shape: LogNormal))]),
        ]),
    ],
    claims: [
        (id: "one", text: "t", holds: All([Not(Before(First("g"), Mean("h"))), Before(Nth(2, "h"), Area("a"))])),
        (id: "two", text: "t", holds: InTop(k: 2, group: "h", at_least: 1)),
    ],
    levers: [(id: "l", edits: ["residual *= 0.5"])],
    asserts: ["P(a before b) > 0"], allow: ["L002"],
)"#;

#[test]
fn every_form_of_ron_has_one_in_json() {
    let scenario = Scenario::from_ron("test.ron", EVERYTHING).unwrap_or_else(|problems| panic!("{problems}"));
    let read = Scenario::from_json("test.json", &scenario.to_json()).unwrap_or_else(|p| panic!("{p}"));
    assert_eq!(read.to_ron(), scenario.to_ron());
    let json: serde_json::Value = serde_json::from_str(&scenario.to_json()).unwrap();
    assert_eq!(json["worlds"][0]["outcomes"][1], serde_json::json!(["y", "Rest"]));
    assert_eq!(json["weights"]["Constrained"][0], serde_json::json!({"AtLeast": ["f", 0.1]}));
    assert_eq!(json["factors"][0]["scores"][0], serde_json::json!({"Exact": 3}));
    assert_eq!(json["spread"], serde_json::json!({"score": {"Triangular": {"half_width": 1}}}));
}

/// A base may be in JSON as well, and a file of sweeps.
#[test]
fn other_files_may_be_json() {
    let base = shipped("takeoff");
    let files = |path: &str, _: &std::path::Path| {
        assert_eq!(path, "base.json");
        Ok(FoundFile { path: path.into(), text: base.to_json() })
    };
    let variant = r#"{"Variant": {"base": "base.json", "title": "t", "edits": ["weight.insight *= 2"]}}"#;
    let read = Scenario::load("variant.json", variant, &files).unwrap();
    let edited = base.with_edits(&["weight.insight *= 2"]).unwrap().scenario;
    assert_eq!(read.factors(), edited.factors());
    let sweeps =
        r#"{"Sweeps": {"scenario": "t.ron", "sweeps": [{"id": "s", "vary": ["weight.f = 0..=5"]}]}}"#;
    assert_eq!(SweepFile::from_ron("sweeps.json", sweeps).unwrap().sweeps[0].vary, ["weight.f = 0..=5"]);
}

/// What each problem marks, and its path.
fn marked<'t>(text: &'t str, problems: &Problems) -> Vec<(String, &'t str, String)> {
    let of =
        |p: &headstart::error::Problem| (p.code.as_str().to_owned(), &text[p.span.clone()], p.path.clone());
    problems.problems().iter().map(of).collect()
}

/// Mistakes in a scenario: what is replaced, by what; the code, and the path, which are those of the same mistake in either syntax.
const MISTAKES: [(&str, &str, &str, &str, &str); 11] = [
    ("id: \"one\"", "id: \"One\"", "\"id\": \"one\"", "\"id\": \"One\"", "E014 claims[0].id"),
    ("Exact(3)", "Exact(30)", "{\"Exact\": 3}", "{\"Exact\": 30}", "E009 factors[0].scores[0].Exact"),
    ("(2, 0.5)", "(2, 0.4)", "[2, 0.5]", "[2, 0.4]", "E010 factors[0].scores[1].Discrete"),
    ("sd: 2", "sd: -2", "\"sd\": 2", "\"sd\": -2", "E008 factors[1].scores[1].Truncated.of.Normal.sd"),
    ("to: \"i\"", "to: \"j\"", "\"to\": \"i\"", "\"to\": \"j\"", "E005 factors[1].scores[0].Relative.to"),
    ("by: 3", "by: 3, bi: 1", "\"by\": 3", "\"by\": 3, \"bi\": 1", "E002 factors[1].scores[0].Relative.bi"),
    ("(\"p\", 1)", "(\"p\", 2)", "[\"p\", 1]", "[\"p\", 2]", "E010 worlds[1].outcomes.y[0][1]"),
    (
        "Area(\"a\")",
        "Area(\"z\")",
        "{\"Area\": \"a\"}",
        "{\"Area\": \"z\"}",
        "E005 claims[0].holds.All[1].Before[1].Area",
    ),
    ("Rest", "Rust", "\"Rest\"", "\"Rust\"", "E005 worlds[0].outcomes[1][1]"),
    ("all: 0.1", "all: 1.5", "\"all\": 0.1", "\"all\": 1.5", "E009 residual.all"),
    ("residual *= 0.5", "residual /= 0.5", "residual *= 0.5", "residual /= 0.5", "E015 levers[0].edits[0]"),
];

#[test]
fn problems_have_the_same_paths_in_both_syntaxes() {
    let json = Scenario::from_ron("test.ron", EVERYTHING).unwrap().to_json();
    for (from, to, json_from, json_to, expected) in MISTAKES {
        assert!(EVERYTHING.contains(from) && json.contains(json_from), "{from} {json_from}\n{json}");
        let in_ron = EVERYTHING.replacen(from, to, 1);
        let in_json = json.replacen(json_from, json_to, 1);
        let ron_problems = Scenario::from_ron("test.ron", &in_ron).unwrap_err();
        let json_problems = Scenario::from_json("test.json", &in_json).unwrap_err();
        for (problems, text) in [(&ron_problems, &in_ron), (&json_problems, &in_json)] {
            // The others follow from the first, as names of a world that could not be read do.
            let (code, _, path) = &marked(text, problems)[0];
            assert_eq!(format!("{code} {path}"), expected, "{problems}");
        }
        let messages = |problems: &Problems| problems.problems()[0].message.clone();
        assert_eq!(messages(&ron_problems), messages(&json_problems));
    }
}

#[test]
fn problems_of_json_mark_its_own_text() {
    let text = r#"{
  "title": "t",
  "groups": [{"id": "g"}],
  "areas": [{"id": "a", "group": "h"}, {"id": "b", "group": "g"}],
  "factors": [{"id": "f", "weight": {"Normal": {"mean": 1}}, "scores": [1, null]}]
}"#;
    let problems = Scenario::from_json("test.json", text).unwrap_err();
    let found = marked(text, &problems);
    let expected = [
        ("E005", "\"h\"", "areas[0].group"),
        ("E003", "\"Normal\"", "factors[0].weight"),
        ("E004", "null", "factors[0].scores[1]"),
    ];
    assert_eq!(
        found,
        expected.map(|(code, mark, path)| (code.to_owned(), mark, path.to_owned())),
        "{problems}"
    );
    let shown = problems.to_string();
    assert!(shown.contains("test.json:4:34") && shown.contains("add `\"sd\": …`"), "{shown}");
}

/// Texts that are no JSON, what is marked, and a part of the message.
#[test]
fn what_is_no_json_is_marked_where_it_begins() {
    for (text, mark, says) in [
        ("{\"title\": \"t\"", "{", "never closed"),
        ("{\"title\": \"t\",}", ",", "follows the last value"),
        ("{\"title\": [1, 2,]}", ",", "follows the last value"),
        ("{\"title\" \"t\"}", "\"title\"", "has a colon"),
        ("{title: \"t\"}", "title", "double quotes"),
        ("{\"title\": \"t\" \"about\": 1}", "\"", "comma is missing"),
        ("{\"title\": 'tt'}", "'", "double quotes"),
        ("{\"title\": \"t\n\"}", "\"", "does not end on its line"),
        ("{\"title\": \"\\q\"}", "\"\\q\"", "escape"),
        ("{\"title\": \"t", "\"", "never closed"),
        ("{\"weight\": .5}", ".5", "is not a number"),
        ("{\"weight\": 01}", "01", "is not a number"),
        ("{\"weight\": NaN}", "NaN", "a value of JSON"),
        ("{\"weight\": Simplex}", "Simplex", "a value of JSON"),
        ("{ // note\n}", "//", "no comments"),
        ("{\"a\": [1, 2}", "[", "never closed"),
        ("{} {}", "{", "unexpected text"),
        ("{\"a\":", ":", "the text ends"),
    ] {
        let problems = Scenario::from_json("test.json", text).unwrap_err();
        let found = &problems.problems()[0];
        assert_eq!((&text[found.span.clone()], found.code.as_str()), (mark, "E001"), "{text}\n{problems}");
        assert!(found.message.contains(says), "{text}: {}", found.message);
        // Standard JSON says the same.
        assert!(serde_json::from_str::<serde_json::Value>(text).is_err(), "{text}");
    }
    let deep = format!("{{\"a\": {}{}}}", "[".repeat(300), "]".repeat(300));
    assert_eq!(Scenario::from_json("deep.json", &deep).unwrap_err().problems()[0].code.as_str(), "E013");
    let long = "{\"title\": \"t\", \"title\": \"t\"}";
    let problems = Scenario::from_json("twice.json", long).unwrap_err();
    assert!(problems.problems().iter().any(|p| p.message == "the field `title` appears twice"), "{problems}");
}

/// Whatever is broken in a file, what is wrong is said of places in its text.
#[test]
fn broken_json_is_refused_or_read() {
    let text = Scenario::from_ron("test.ron", EVERYTHING).unwrap().to_json();
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    for (n, &at) in places.iter().enumerate() {
        let bad = ["", "}", "]", "\"", ",", ":", "x", "-", "\\", "{", "null"][n % 11];
        let end = places.get(n + 1).copied().unwrap_or(text.len());
        let broken = if n % 2 == 0 {
            format!("{}{bad}{}", &text[..at], &text[end..])
        } else {
            format!("{}{bad}{}", &text[..at], &text[at..])
        };
        if let Err(problems) = Scenario::from_json("broken.json", &broken) {
            assert!(!problems.problems().is_empty());
            for problem in problems.problems() {
                assert!(
                    broken
                        .get(problem.span.clone())
                        .is_some_and(|marked| !marked.is_empty() || broken.is_empty())
                );
            }
            assert!(!problems.to_string().is_empty());
        }
        if n % 50 == 0 {
            let cut = Scenario::from_json("cut.json", &text[..at]).unwrap_err();
            assert!(!cut.to_string().is_empty());
        }
    }
}

/// A number in JSON has the bits that it has in RON.
#[test]
fn numbers_of_json_are_those_of_ron() {
    for number in ["0.1", "1e-7", "123456789012345678", "5E+2", "0.30000000000000004"] {
        let text = |number: &str| {
            shipped("wheat").to_json().replacen("\"about\"", &format!("\"x\": {number}, \"about\""), 1)
        };
        let problems = Scenario::from_json("x.json", &text(number)).unwrap_err();
        assert_eq!(problems.problems()[0].path, "x");
        let built = |number: f64| {
            let factor = FactorBuilder::new("f", [number, 2.0]).weight(1.0);
            Scenario::builder("t")
                .group("g", "G")
                .area("a", "A", "g")
                .area("b", "B", "g")
                .factor(factor)
                .build()
        };
        let exact: f64 = number.parse().unwrap();
        let score = built(exact).unwrap().factors()[0].scores[0].clone();
        assert_eq!(score.dist().unwrap().exact().unwrap().to_bits(), exact.to_bits());
    }
}

fn two_areas() -> headstart::scenario::ScenarioBuilder {
    Scenario::builder("t").scale(0.0, 10.0).group("g", "G").area("a", "A", "g").area("b", "B", "g")
}

#[test]
fn the_builder_makes_what_a_file_makes() {
    let triangular = Dist::from(Triangular::new(1.0, 2.0, 4.0).unwrap());
    let built = two_areas()
        .about("made by a program")
        .world("w", &[("x", 0.25), ("y", 0.75)])
        .input("i", Dist::from(Normal::new(0.0, 1.0).unwrap()))
        .field("shared_errors", "{\"area\": 0.5}")
        .factor(
            FactorBuilder::new("f", [Entry::from(triangular), Entry::relative("i", 3.0)])
                .name("F")
                .weight(Entry::by_world("w", [("x", 1.0), ("y", 0.5)])),
        )
        .factor(
            FactorBuilder::new("k", [Entry::raters([(1.0, 2.0)]), Entry::raters([(1.0, 4.0)])])
                .weight(1.0)
                .linear_value(0.0, 5.0),
        )
        .lever("l", &["score.f.a += 1"], &[])
        .assertion("P(a before b) > 0")
        .build()
        .unwrap_or_else(|problems| panic!("{problems}"));
    let written = r#"Scenario(
        title: "t", about: "made by a program", scale: (min: 0, max: 10), groups: [(id: "g", name: "G")],
        areas: [(id: "a", name: "A", group: "g"), (id: "b", name: "B", group: "g")],
        worlds: [(id: "w", outcomes: [("x", 0.25), ("y", 0.75)])],
        inputs: [(id: "i", value: Normal(mean: 0, sd: 1))],
        shared_errors: (area: 0.5),
        factors: [
            (
                id: "f", name: "F", weight: ByWorld("w", {"x": 1, "y": 0.5}),
                scores: [Triangular(min: 1, mode: 2, max: 4), Relative(to: "i", by: 3)],
            ),
            (id: "k", weight: 1, value: Linear(worst: 0, best: 5), scores: [Raters([(1, 2)]), Raters([(1, 4)])]),
        ],
        levers: [(id: "l", edits: ["score.f.a += 1"])], asserts: ["P(a before b) > 0"],
    )"#;
    assert_eq!(
        built,
        Scenario::from_ron("test.ron", written).unwrap_or_else(|problems| panic!("{problems}"))
    );
}

#[test]
fn the_builder_says_what_is_wrong_where() {
    let factor = |scores: [f64; 2]| FactorBuilder::new("f", scores).weight(1.0);
    for (builder, expected) in [
        (two_areas(), "E003 "),
        (two_areas().factor(factor([1.0, 11.0])), "E009 factors[0].scores[1]"),
        (two_areas().factor(factor([f64::NAN, 1.0])), "E009 factors[0].scores[0]"),
        (two_areas().factor(factor([1.0, 2.0])).factor(factor([1.0, 2.0])), "E006 factors[1].id"),
        (two_areas().area("c", "C", "x").factor(factor([1.0, 2.0])), "E005 areas[2].group"),
        (two_areas().factor(FactorBuilder::new("f", [1.0, 2.0])), "E003 factors[0]"),
        (two_areas().field("weigths", "\"Simplex\"").factor(factor([1.0, 2.0])), "E002 weigths"),
    ] {
        let problems = builder.build().unwrap_err();
        let found: Vec<String> =
            problems.problems().iter().map(|p| format!("{} {}", p.code.as_str(), p.path)).collect();
        assert_eq!(found, [expected], "{problems}");
    }
}

/// `serde` in front of the reader passes its problems on.
#[test]
fn serde_reports_the_problems_of_a_scenario() {
    let text = shipped("wheat").to_json().replacen("\"group\": \"", "\"group\": \"x", 1);
    let error = serde_json::from_str::<Scenario>(&text).unwrap_err().to_string();
    assert!(error.contains("error[E005]") && error.contains("unknown group"), "{error}");
    let doubled = read("scenarios/wheat.ron");
    assert!(serde_json::from_str::<Scenario>(&doubled).is_err());
}
