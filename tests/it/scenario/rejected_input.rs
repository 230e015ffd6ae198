//! What is refused is refused once and in words that fit, and what lies next to it is accepted.

use headstart::Scenario;
use headstart::scenario::{Claim, Marker, WeightDistribution};

/// A good scenario but for its title, the first score, the weight of the first factor, and more that it has.
struct Of {
    title: &'static str,
    first: &'static str,
    weight: &'static str,
    more: &'static str,
}

const GOOD: Of = Of { title: "\"t\"", first: "1", weight: "2", more: "" };

impl Of {
    fn text(&self) -> String {
        let Self { title, first, more, .. } = self;
        // A law that makes the weights wants none.
        let weight = |w: &str| if w.is_empty() { String::new() } else { format!("weight: {w}, ") };
        let (f, g) = (weight(self.weight), weight(if self.weight.is_empty() { "" } else { "1" }));
        format!(
            "Scenario(title: {title}, groups: [(id: \"x\"), (id: \"y\")],
                areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"x\"), (id: \"c\", group: \"x\"),
                    (id: \"d\", group: \"y\")],
                worlds: [(id: \"w\", outcomes: [(\"one\", 0.4), (\"two\", 0.6)])],
                {more}
                factors: [(id: \"f\", {f}scores: [{first}, 2, 3, 4]), (id: \"g\", {g}scores: [4, 3, 2, 1])])"
        )
    }

    fn read(&self) -> Result<Scenario, Vec<String>> {
        Scenario::from_ron("t.ron", &self.text())
            .map_err(|found| found.problems().iter().map(|problem| problem.message.clone()).collect())
    }

    #[track_caller]
    fn good(&self) -> Scenario {
        self.read().unwrap_or_else(|found| panic!("{found:?}"))
    }

    /// All that is said of it.
    #[track_caller]
    fn refused(&self, messages: &[&str]) {
        assert_eq!(self.read().expect_err("this is refused"), messages, "{}", self.text());
    }
}

fn more(more: &'static str) -> Of {
    Of { more, ..GOOD }
}

fn law(more: &'static str) -> Of {
    Of { weight: "", more, ..GOOD }
}

fn first(first: &'static str) -> Of {
    Of { first, ..GOOD }
}

fn title(title: &'static str) -> Of {
    Of { title, ..GOOD }
}

/// A text may be raw, and a name that starts like a raw text is none.
#[test]
fn raw_texts_are_read_and_names_like_them_are_not() {
    assert_eq!(title("r\"C:\\data\"").good().title(), "C:\\data");
    assert_eq!(title("r#\"a \"b\" c\"#").good().title(), "a \"b\" c");
    assert_eq!(title("\"#![enable(x)]\"").good().title(), "#![enable(x)]");
    for (text, found) in [
        ("rest", "`rest`"),
        ("r", "`r`"),
        ("'t'", "single quotes, where RON has double quotes"),
        // A letter that begins a name in RON and is none of an alphabet.
        ("℘", "something else"),
    ] {
        title(text).refused(&[&format!("expected the title as a text in quotes, found {found}")]);
    }
}

/// Of a short value all is marked, of a long one its name.
#[test]
fn marks_of_what_is_of_the_wrong_kind() {
    for (text, marked) in [
        ("[1111111111, 2222222222, 3333333333, 44]", "[1111111111, 2222222222, 3333333333, 44]"),
        ("[1111111111, 2222222222, 3333333333, 444]", "["),
    ] {
        let text = title(text).text();
        let found = Scenario::from_ron("t.ron", &text).unwrap_err();
        assert_eq!(&text[found.problems()[0].span.clone()], marked);
    }
}

#[test]
fn claims_are_read_as_written_or_refused() {
    let read = |claim: &str| {
        let of = GOOD.good();
        let n = of.claims().len();
        of.with_claim(claim).map(|with| with.claims()[n].claim.clone()).map_err(|error| error.to_string())
    };
    let marker = |text: &str| read(&format!("Before({text}, Area(\"a\"))"));
    for (text, expected) in [
        ("First(\"x\")", Marker::First(0)),
        ("Last(\"x\")", Marker::Last(0)),
        ("Mean(\"x\")", Marker::Mean(0)),
        ("Nth(3, \"x\")", Marker::Nth(3, 0)),
        ("Nth(1, \"y\")", Marker::Nth(1, 1)),
    ] {
        assert_eq!(marker(text), Ok(Claim::Before(expected, Marker::Area(0))));
    }
    let place = |most: usize| format!("the place in the group must be a whole number from 1 to {most}");
    assert_eq!(marker("Nth(4, \"x\")"), Err(place(3)));
    assert_eq!(marker("Nth(2, \"y\")"), Err(place(1)));
    assert_eq!(
        read("InTop(k: 3, group: \"x\", at_least: 3)"),
        Ok(Claim::InTop { k: 3, group: 0, at_least: 3 })
    );
    assert_eq!(
        read("InTop(k: 3, group: \"y\", at_least: 2)"),
        Err("`at_least` must be a whole number from 1 to 1".into())
    );
    more("claims: [(id: \"c\", text: \"t\", befor: (Area(\"a\"), Area(\"d\")))],")
        .refused(&["a claim has no field `befor`"]);
    more("claims: [(id: \"c\", text: \"t\")],").refused(&["a claim has either a `before` or a `holds`"]);
}

/// The id of a claim may be what the command line calls it; no other id may.
#[test]
fn ids_are_what_the_command_line_can_call() {
    for id in ["a before b", "Most(\\\"x\\\", \\\"y\\\")"] {
        let with = |what: &str| {
            let text = GOOD.text();
            match what {
                "claim" => text.replace(
                    "factors: [",
                    &format!("claims: [(id: \"{id}\", text: \"t\", holds: Most(\"x\", \"y\"))], factors: ["),
                ),
                _ => text.replace("id: \"g\"", &format!("id: \"{id}\"")),
            }
        };
        assert!(Scenario::from_ron("t.ron", &with("claim")).is_ok(), "{id}");
        let found = Scenario::from_ron("t.ron", &with("factor")).unwrap_err();
        assert!(found.problems()[0].message.starts_with("an id is a lower-case letter"), "{found:?}");
    }
    for id in ["A claim", "a(b)"] {
        let claim = format!("claims: [(id: \"{id}\", text: \"t\", holds: Most(\"x\", \"y\"))], factors: [");
        assert!(Scenario::from_ron("t.ron", &GOOD.text().replace("factors: [", &claim)).is_err());
    }
}

/// What a file may not have an edit may not have either.
#[test]
fn edits_may_not_say_what_a_file_may_not() {
    let why = |edit: &str| GOOD.good().with_edits(&[edit]).unwrap_err().to_string();
    let why = why("weight.f = Uniform(min: 1, min: 1, max: 2)");
    assert!(why.contains("the field `min` appears twice"), "{why}");
}

#[test]
fn impossible_distributions_are_refused() {
    first("Samples([two])").refused(&["expected a value as a number, found `two`"]);
    let level = |level: &str| {
        let message = format!("the level of an interval lies between 0 and 1, and this is {level}");
        let text = first("HERE").text();
        let text = text.replace("HERE", &format!("Interval(level: {level}, low: 1, high: 2, shape: Normal)"));
        let found = Scenario::from_ron("t.ron", &text).unwrap_err();
        assert!(found.problems().len() == 1 && found.problems()[0].message == message, "{found:?}");
    };
    level("0");
    level("1");
    // There is no scale, and that of the weights has no end.
    let unscaled = "an interval of the shape LogitNormal needs a scale";
    let interval = "Interval(level: 0.8, low: 1, high: 2, shape: LogitNormal)";
    first(interval).refused(&[unscaled]);
    Of { weight: interval, ..GOOD }.refused(&[unscaled]);
    // Without a scale a mean is one between 0 and 1.
    let beta = "BetaMean(mean: 0.25, concentration: 8)";
    for of in [first(beta), Of { weight: beta, ..GOOD }] {
        let scenario = of.good();
        let factor = &scenario.factors()[0];
        let value = if of.first == beta { &factor.scores[0] } else { &factor.weight };
        let dist = value.dist().unwrap();
        assert_eq!(dist.support(), (0.0, 1.0));
        assert!((dist.mean() - 0.25).abs() < 1e-12);
    }
    first("Discrete([(1, 0.5), (2, 0.4)])").refused(&["Discrete: the probabilities sum to 0.9, not to 1"]);
}

/// A spread may have no width, and a weight of 0 stays what it is under any.
#[test]
fn spreads_without_width_are_accepted() {
    let scenario = more("spread: (score: Normal(sd: 0), weight: Uniform(half_width: 0.5)),").good();
    assert_eq!(scenario.factors()[0].scores[1].dist().unwrap().exact(), Some(2.0));
    let absent = Of { weight: "0", more: "spread: (weight: Uniform(half_width: 0.5)),", ..GOOD };
    assert_eq!(absent.good().factors()[0].weight.dist().unwrap().exact(), Some(0.0));
}

#[test]
fn impossible_shares_are_refused() {
    for by in ["Uniform(min: 0.5, max: 1.5)", "Uniform(min: -0.5, max: 0.5)"] {
        let discounts = format!("discounts: [(id: \"s\", of: \"a\", by: {by})], factors: [");
        let found = Scenario::from_ron("t.ron", &GOOD.text().replace("factors: [", &discounts)).unwrap_err();
        let message = &found.problems()[0].message;
        assert!(
            message.starts_with("this share, ") && message.ends_with("can lie outside 0 to 1"),
            "{message}"
        );
    }
}

#[test]
fn raters_of_a_row_need_equal_weights() {
    let row = "Raters([(1, 1), (2, 3)]), Raters([(1, 2), (3, 2)]), 3, 4";
    let with = |row: &str| Scenario::from_ron("t.ron", &GOOD.text().replace("1, 2, 3, 4", row));
    assert!(with(&row.replace("(3, 2)", "(2, 2)")).is_ok());
    let found = with(row).unwrap_err();
    assert_eq!(found.problems()[0].message, "the raters of a row have the same weights in every cell");
}

#[test]
fn impossible_correlations_are_refused() {
    let of = |between: &str, shared_errors: &str| {
        let more = format!("{shared_errors} correlations: [(between: [{between}], rank: 0.5)], factors: [");
        let text = GOOD.text().replace("factors: [", &more);
        let text = text.replace("weight: 2", "weight: Uniform(min: 1, max: 2)");
        let text = text.replace("1, 2, 3, 4", "Uniform(min: 1, max: 2), Uniform(min: 1, max: 2), 3, 4");
        Scenario::from_ron("t.ron", &text).map_err(|found| {
            assert_eq!(found.problems().len(), 1);
            found.problems()[0].message.clone()
        })
    };
    assert!(of("\"score.f.a\", \"weight.f\"", "").is_ok());
    let different = "a correlation is between different numbers";
    for between in
        ["\"score.f.a\", \"score.f.a\"", "\"score.f.a\"", "\"score.f.a\", \"score.f.b\", \"score.f.a\""]
    {
        assert_eq!(of(between, "").unwrap_err(), different);
    }
    let shared_errors = "shared_errors: (group: 0.5),";
    let twice = "scores have shared errors, so their correlations follow from those";
    for between in
        ["\"score.f.a\", \"weight.f\"", "\"weight.f\", \"score.f.a\"", "\"score.f.a\", \"score.f.b\""]
    {
        assert_eq!(of(between, shared_errors).unwrap_err(), twice);
    }
}

#[test]
fn impossible_worlds_are_refused() {
    let of = |row: &str| {
        let text = GOOD.text().replace("(\"one\", 0.4), (\"two\", 0.6)", row);
        let found = Scenario::from_ron("t.ron", &text).unwrap_err();
        assert_eq!(found.problems().len(), 1);
        (found.problems()[0].message.clone(), found.problems()[0].help.clone().unwrap())
    };
    let sum = |sum: &str| format!("the outcome probabilities sum to {sum}, not 1");
    assert_eq!(
        of("(\"one\", 0.9), (\"two\", 0.3), (\"three\", 0.1)"),
        (sum("1.3"), "lower some of them".into())
    );
    assert_eq!(of("(\"one\", 0.9), (\"two\", 0.3)"), (sum("1.2"), "for example 0.1 for `two`".into()));
    Of { weight: "ByWorld(\"w\", {\"one\": 1, \"two\": -1})", ..GOOD }
        .refused(&["the weight -1 is negative"]);
    Of { weight: "ByWorld(\"w\", {\"one\": 1, \"one\": 2, \"two\": 1})", ..GOOD }
        .refused(&["two values here have the id `one`"]);
}

/// The weights are what the law says they are on average.
#[test]
fn laws_of_weights() {
    let weights = |of: Of| -> Vec<f64> {
        let scenario = of.good();
        scenario.factors().iter().map(|factor| factor.weight.dist().unwrap().exact().unwrap()).collect()
    };
    let near = |ours: &[f64], truth: &[f64]| {
        assert!(
            ours.len() == truth.len() && ours.iter().zip(truth).all(|(x, y)| (x - y).abs() < 1e-12),
            "{ours:?} against {truth:?}"
        );
    };
    // Stated as 2 and 1.
    near(&weights(more("weights: Dirichlet(concentration: 7),")), &[2.0 / 3.0, 1.0 / 3.0]);
    // What is left over the bounds is shared alike.
    near(&weights(law("weights: Bounded({\"f\": 0.3, \"g\": 0.1}),")), &[0.6, 0.4]);
    near(&weights(law("weights: Bounded({\"f\": 0.25, \"g\": 0.75}),")), &[0.25, 0.75]);
    near(&weights(law("weights: Constrained([AtLeast(\"f\", 0.5)]),")), &[0.75, 0.25]);
    near(
        &weights(law("weights: Constrained([Ratio(of: \"f\", to: \"g\", min: 3, max: 3)]),")),
        &[0.75, 0.25],
    );
    near(
        &weights(law("weights: Constrained([Ratio(of: \"f\", to: \"g\", min: 0, max: 1)]),")),
        &[0.25, 0.75],
    );
}

#[test]
fn laws_that_are_none() {
    let ratio = "a ratio is of two different factors, from at least 0 up";
    law("weights: Constrained([Ratio(of: \"f\", to: \"g\", min: -1)]),").refused(&[ratio]);
    law("weights: Constrained([Ratio(of: \"f\", to: \"g\", min: 2, max: 1)]),").refused(&[ratio]);
    // What is left where one could not be read is not judged.
    law("weights: Constrained([AtLeast(\"f\", 0.9), AtMost(\"f\", 0.1), AtLeast(\"zzz\", 0.1)]),")
        .refused(&["unknown factor `zzz`"]);
    law("weights: Constrained([Order([\"f\", \"zzz\"])]),").refused(&["unknown factor `zzz`"]);
    law("weights: Bounded({\"f\": 0.9, \"g\": 0.9, \"zzz\": 0.1}),").refused(&["unknown factor `zzz`"]);
    law("weights: Bounded({\"f\": 0.9, \"f\": 0.8, \"g\": 0.9}),").refused(&["two bounds have the id `f`"]);
    law("weights: Ranked([\"f\"]),").refused(&["an order has at least two factors"]);
    // The only factor there is has its order.
    let one = "Scenario(title: \"t\", groups: [(id: \"x\")], areas: [(id: \"a\", group: \"x\")],
        weights: Ranked([\"f\"]), factors: [(id: \"f\", scores: [1])])";
    assert_eq!(Scenario::from_ron("t.ron", one).unwrap().weight_law(), &WeightDistribution::Ranked(vec![0]));
}

/// Names much like one that there is are taken for it; others are answered with what there is, up to 20.
#[test]
fn names_much_alike_are_suggested() {
    let help = |n: usize, name: &str| {
        let groups: Vec<String> = (0..n).map(|i| format!("(id: \"g{i}\")")).collect();
        let areas: Vec<String> = (0..n).map(|i| format!("(id: \"a{i}\", group: \"g{i}\")")).collect();
        let scores = vec!["1"; n + 1].join(", ");
        let text = format!(
            "Scenario(title: \"t\", groups: [{}], areas: [{}, (id: \"z\", group: \"{name}\")],
                factors: [(id: \"f\", weight: 1, scores: [{scores}])])",
            groups.join(", "),
            areas.join(", ")
        );
        let found = Scenario::from_ron("t.ron", &text).unwrap_err();
        found.problems()[0].help.clone().unwrap()
    };
    let known = |n: usize| (0..n).map(|i| format!("g{i}")).collect::<Vec<_>>().join(", ");
    assert_eq!(help(20, "xyz"), format!("there are {}", known(20)));
    assert_eq!(help(21, "xyz"), format!("there are {}, …", known(20)));
    assert_eq!(help(22, "xyz"), format!("there are {}, …", known(20)));
    // What is longer than an id can be is like none.
    let long = |n: usize| {
        let id = "k".repeat(98);
        let text = format!(
            "Scenario(title: \"t\", groups: [(id: \"{id}\")], areas: [(id: \"a\", group: \"{}\")],
                factors: [(id: \"f\", weight: 1, scores: [1])])",
            "k".repeat(n)
        );
        let found = Scenario::from_ron("t.ron", &text).map_err(|found| found.problems()[0].help.clone());
        (id, found.map(|_| ()).unwrap_err().unwrap())
    };
    let (id, short) = long(100);
    assert_eq!(short, format!("did you mean `{id}`?"));
    let (id, too_long) = long(101);
    assert_eq!(too_long, format!("there are {id}"));
}

/// Nobody reads more than so many.
#[test]
fn a_thousand_problems_are_enough() {
    let text = format!("Scenario({})", (0..1_200).map(|i| format!("a{i}: 1, ")).collect::<String>());
    assert_eq!(Scenario::from_ron("t.ron", &text).unwrap_err().problems().len(), 1_000);
    let text = GOOD.text().replace("4, 3, 2, 1", &vec!["x"; 1_200].join(", "));
    assert!(Scenario::from_ron("t.ron", &text).unwrap_err().problems().len() <= 1_000);
}
