//! Bad scenarios and what is said about them: every problem at once, each with its code, its place and a remedy.

use headstart::Scenario;
use headstart::error::{Code, Problems};

/// A good scenario, to be broken in one place.
pub const GOOD: &str = r#"Scenario(
    title: "t",
    scale: (min: 1, max: 10),
    groups: [(id: "a"), (id: "b")],
    areas: [(id: "p", group: "a"), (id: "q", group: "b")],
    worlds: [(id: "w", outcomes: [("x", 0.3), ("y", 0.7)])],
    spread: (score: Triangular(half_width: 1.5), weight: Triangular(relative: 0.5)),
    factors: [
        (id: "f", weight: 2, scores: [3, Triangular(min: 1, mode: 2, max: 4)]),
        (id: "g", weight: ByWorld("w", {"x": 1, "y": 0}), scores: [Exact(3), Normal(mean: 3, sd: 1)]),
    ],
    claims: [(id: "c", text: "C", before: (First("a"), Area("q")))],
)
"#;

fn problems(text: &str) -> Problems {
    Scenario::from_ron("bad.ron", text).expect_err("a bad scenario is refused")
}

/// One change each: what is replaced, by what, the code, the line, the marked text, and words of the message.
pub const CASES: &[Case] = &[
    ("title: \"t\"", "tilte: \"t\"", Code::UnknownField, 2, "tilte", "did you mean `title`?"),
    ("title: \"t\",", "", Code::MissingField, 1, "Scenario", "add `title: …`"),
    (
        "title: \"t\"",
        "title: 5",
        Code::WrongKind,
        2,
        "5",
        "expected the title as a text in quotes, found a number",
    ),
    (
        "title: \"t\"",
        "title: \"t\", title: \"u\"",
        Code::Duplicate,
        2,
        "title",
        "the field `title` appears twice",
    ),
    ("max: 10)", "max: 1)", Code::OutOfRange, 3, "(min: 1, max: 1)", "the scale is empty"),
    ("max: 10)", "max: inf)", Code::OutOfRange, 3, "inf", "must be a finite number"),
    ("(id: \"b\")]", "(id: \"a\")]", Code::Duplicate, 4, "\"a\"", "two groups have the id `a`"),
    (
        "(id: \"b\")]",
        "(id: \"b\"), (id: \"c\")]",
        Code::Empty,
        4,
        "(id: \"c\")",
        "no area belongs to the group `c`",
    ),
    ("(id: \"b\")]", "(id: \"B b\")]", Code::Id, 4, "\"B b\"", "for example \"b_b\""),
    ("max: 10)", "max: 1e308)", Code::OutOfRange, 3, "(min: 1, max: 1e308)", "too far from 1"),
    (
        "groups: [(id: \"a\"), (id: \"b\")]",
        "groups: []",
        Code::Empty,
        4,
        "[]",
        "expected at least one, found no groups",
    ),
    ("group: \"b\")]", "group: \"bb\")]", Code::UnknownName, 5, "\"bb\"", "unknown group `bb`"),
    ("(id: \"q\"", "(id: \"p\"", Code::Duplicate, 5, "\"p\"", "two areas have the id `p`"),
    (
        "(\"y\", 0.7)",
        "(\"y\", 0.6)",
        Code::Probability,
        6,
        "[(\"x\", 0.3), (\"y\", 0.6)]",
        "sum to 0.9, not 1",
    ),
    ("(\"y\", 0.7)", "(\"y\", 1.7)", Code::Probability, 6, "1.7", "a probability must be between 0 and 1"),
    ("(\"y\", 0.7)", "(\"x\", 0.7)", Code::Duplicate, 6, "\"x\"", "have the id `x`"),
    ("half_width: 1.5", "half_width: -1.5", Code::OutOfRange, 7, "-1.5", "cannot be negative"),
    ("half_width: 1.5", "half: 1.5", Code::UnknownField, 7, "half", "did you mean `half_width`?"),
    ("score: Triangular", "score: Triangle", Code::UnknownName, 7, "Triangle", "did you mean `Triangular`?"),
    (
        "relative: 0.5",
        "relative: 1.5",
        Code::OutOfRange,
        7,
        "Triangular(relative: 1.5)",
        "a weight cannot be negative",
    ),
    (
        "scores: [3, Tri",
        "scores: [3, 4, Tri",
        Code::WrongLength,
        9,
        "[3, 4, Triangular(min: 1, mode: 2, max: 4)]",
        "3 scores for 2 areas",
    ),
    (
        "[3, Triangular(min: 1, mode: 2, max: 4)]",
        "[3]",
        Code::WrongLength,
        9,
        "[3]",
        "the next would be that of `q`",
    ),
    ("scores: [3,", "scores: [11,", Code::OutOfRange, 9, "11", "the score 11 is outside the scale (1 to 10)"),
    ("scores: [3,", "scores: [1e999,", Code::OutOfRange, 9, "1e999", "must be a finite number"),
    ("scores: [3,", "scores: [NaN,", Code::OutOfRange, 9, "NaN", "must be a finite number"),
    ("scores: [3,", "scores: [\"3\",", Code::WrongKind, 9, "\"3\"", "found a text"),
    ("weight: 2,", "weight: -2,", Code::OutOfRange, 9, "-2", "the weight -2 is negative"),
    ("weight: 2,", "weight: 1e-200,", Code::OutOfRange, 9, "1e-200", "too far from 1"),
    (
        "weight: 2,",
        "weight: Normal(mean: 1, sd: 1),",
        Code::OutOfRange,
        9,
        "Normal(mean: 1, sd: 1)",
        "no lower bound",
    ),
    ("weight: 2,", "weight: 0,", Code::Weights, 8, "[", "all weights are 0 where w: y"),
    ("mode: 2", "mode: 0", Code::Parameter, 9, "0", "`min` is 1, above `mode`, which is 0"),
    ("mode: 2", "mode: 5", Code::Parameter, 9, "4", "`mode` is 5, above `max`, which is 4"),
    ("mode: 2, ", "", Code::MissingField, 9, "Triangular", "Triangular has no `mode`"),
    (
        "Triangular(min: 1, mode: 2, max: 4)",
        "Triangular(1, 2, 4)",
        Code::WrongKind,
        9,
        "Triangular",
        "write (min: …, mode: …, max: …)",
    ),
    ("sd: 1", "sd: 0", Code::Parameter, 10, "0", "must be greater than 0"),
    ("Normal(", "Nromal(", Code::UnknownName, 10, "Nromal", "did you mean `Normal`?"),
    ("ByWorld(\"w\"", "ByWorld(\"ww\"", Code::UnknownName, 10, "\"ww\"", "unknown world `ww`"),
    ("\"y\": 0}", "\"z\": 0, \"y\": 0}", Code::UnknownName, 10, "\"z\"", "unknown outcome `z`"),
    (", \"y\": 0}", "}", Code::MissingField, 10, "{\"x\": 1}", "missing value for outcome y of world `w`"),
    ("\"y\": 0}", "\"y\": 0, \"x\": 2}", Code::Duplicate, 10, "\"x\"", "have the id `x`"),
    (
        "\"x\": 1,",
        "\"x\": ByWorld(\"w\", {\"x\": 1, \"y\": 1}),",
        Code::Duplicate,
        10,
        "\"w\"",
        "inside a branch of the same world",
    ),
    ("Exact(3)", "Exact(30)", Code::OutOfRange, 10, "30", "is outside the scale"),
    ("weight: 2,", "", Code::MissingField, 9, "(", "the factor `f` has no `weight`"),
    (
        "weight: 2,",
        "weight: 2, value: Linear(worst: 3, best: 3),",
        Code::OutOfRange,
        9,
        "Linear(worst: 3, best: 3)",
        "the same",
    ),
    (
        "weight: 2,",
        "weight: 2, value: Log(worst: 3, best: 3),",
        Code::WrongKind,
        9,
        "Log(worst: 3, best: 3)",
        "a value function",
    ),
    ("scale: (", "weights: Simple, scale: (", Code::UnknownName, 3, "Simple", "did you mean `Simplex`"),
    (
        "Normal(mean: 3, sd: 1)",
        "Discrete([(3, 0.5), (4, 0.4)])",
        Code::Probability,
        10,
        "[(3, 0.5), (4, 0.4)]",
        "sum to 0.9",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Discrete([(3, -0.5), (4, 1.5)])",
        Code::Probability,
        10,
        "[(3, -0.5), (4, 1.5)]",
        "must lie between 0 and 1",
    ),
    ("Normal(mean: 3, sd: 1)", "Pert(min: 3, mode: 1, max: 6)", Code::Parameter, 10, "1", "above `mode`"),
    (
        "Normal(mean: 3, sd: 1)",
        "Pert(min: 3, mode: 4, max: 6, shape: 0)",
        Code::Parameter,
        10,
        "0",
        "greater than 0",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Pert(min: 3, mode: 4, max: 6, shape: 1e9)",
        Code::Parameter,
        10,
        "1e9",
        "from 0 to 99999",
    ),
    ("Normal(mean: 3, sd: 1)", "Beta(alpha: 0.01, beta: 2)", Code::Parameter, 10, "0.01", "from 0.05"),
    ("Normal(mean: 3, sd: 1)", "Beta(alpha: 2, beta: 2, min: 5, max: 5)", Code::Parameter, 10, "5", "empty"),
    (
        "Normal(mean: 3, sd: 1)",
        "BetaMean(mean: 12, concentration: 9)",
        Code::Parameter,
        10,
        "12",
        "between 1 and 10",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "BetaMean(mean: 2, concentration: 0)",
        Code::OutOfRange,
        10,
        "0",
        "greater than 0",
    ),
    ("Normal(mean: 3, sd: 1)", "Gamma(shape: -1, scale: 2)", Code::Parameter, 10, "-1", "from 0.05"),
    ("Normal(mean: 3, sd: 1)", "Gamma(shape: 1, scale: 0)", Code::Parameter, 10, "0", "greater than 0"),
    (
        "Normal(mean: 3, sd: 1)",
        "StudentT(location: 3, scale: 1, df: 2)",
        Code::Parameter,
        10,
        "2",
        "from 2.01",
    ),
    ("Normal(mean: 3, sd: 1)", "LogitNormal(mu: 0, sigma: -1)", Code::Parameter, 10, "-1", "greater than 0"),
    (
        "Normal(mean: 3, sd: 1)",
        "Mixture([(0.5, Exact(3)), (0.4, Exact(4))])",
        Code::Probability,
        10,
        "[(0.5, Exact(3)), (0.4, Exact(4))]",
        "sum to 0.9",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Mixture([(0.5, 3), (0.5, Exact(4))])",
        Code::WrongKind,
        10,
        "3",
        "write Exact(3)",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Mixture([(1, ByWorld(\"w\", {\"x\": 1, \"y\": 2}))])",
        Code::WrongKind,
        10,
        "ByWorld",
        "put ByWorld outside",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Mixture([])",
        Code::Empty,
        10,
        "[]",
        "expected at least one, found no values",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Samples([])",
        Code::Empty,
        10,
        "[]",
        "expected at least one, found no values",
    ),
    ("Normal(mean: 3, sd: 1)", "Samples([3, 40])", Code::OutOfRange, 10, "40", "outside the scale"),
    (
        "Normal(mean: 3, sd: 1)",
        "Truncated(of: Normal(mean: 3, sd: 1), min: 20)",
        Code::Parameter,
        10,
        "Truncated",
        "of the distribution lies between",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Truncated(of: Normal(mean: 3, sd: 1), min: 4, max: 2)",
        Code::Parameter,
        10,
        "2",
        "min <= max",
    ),
    ("Normal(mean: 3, sd: 1)", "Truncated(of: 3, min: 4)", Code::WrongKind, 10, "3", "write Exact(3)"),
    (
        "Normal(mean: 3, sd: 1)",
        "Interval(level: 80, low: 3, high: 5, shape: Normal)",
        Code::OutOfRange,
        10,
        "80",
        "between 0 and 1",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Interval(level: 0.8, low: 5, high: 3, shape: Normal)",
        Code::Parameter,
        10,
        "3",
        "low <= high",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Interval(level: 0.8, low: 3, high: 5, shape: Norml)",
        Code::UnknownName,
        10,
        "Norml",
        "did you mean `Normal`",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Interval(level: 0.8, low: -3, high: 5, shape: LogNormal)",
        Code::OutOfRange,
        10,
        "Interval(level: 0.8, low: -3, high: 5, shape: LogNormal)",
        "lies above 0",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Interval(level: 0.8, low: 1, high: 5, shape: LogitNormal)",
        Code::OutOfRange,
        10,
        "Interval(level: 0.8, low: 1, high: 5, shape: LogitNormal)",
        "not at its ends",
    ),
    ("Normal(mean: 3, sd: 1)", "Quantiles(points: [(0.5, 3)])", Code::Parameter, 10, "[(0.5, 3)]", "2 to 8"),
    (
        "Normal(mean: 3, sd: 1)",
        "Quantiles(points: [(0.5, 3), (0.4, 5)])",
        Code::Parameter,
        10,
        "[(0.5, 3), (0.4, 5)]",
        "rising",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Quantiles(points: [(0.1, 3), (0.9, 10)])",
        Code::Parameter,
        10,
        "[(0.1, 3), (0.9, 10)]",
        "between 1 and 10",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Quantiles(points: [(0.1, 2), (0.5, 2.1), (0.9, 9)])",
        Code::Parameter,
        10,
        "[(0.1, 2), (0.5, 2.1), (0.9, 9)]",
        "must lie between",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Discrete([(3, 0.5), (40, 0.5)])",
        Code::OutOfRange,
        10,
        "40",
        "outside the scale",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Discrete([3])",
        Code::WrongKind,
        10,
        "3",
        "a pair as in Discrete([(value, probability)",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "LogNormal(mu: 3, sigma: 90)",
        Code::Parameter,
        10,
        "90",
        "too large to compute with",
    ),
    ("Area(\"q\")", "Area(\"r\")", Code::UnknownName, 12, "\"r\"", "unknown area `r`"),
    ("Area(\"q\")", "First(\"a\")", Code::Duplicate, 12, "First(\"a\")", "compare two different areas"),
    ("Area(\"q\")", "Nth(2, \"b\")", Code::OutOfRange, 12, "2", "a whole number from 1 to 1"),
    (
        "before: (First(\"a\"), Area(\"q\"))",
        "",
        Code::MissingField,
        12,
        "(",
        "either a `before` or a `holds`",
    ),
    ("claims: [", "claims: [(", Code::Syntax, 12, "(", "is never closed"),
    ("Scenario(", "#![enable(implicit_some)]\nScenario(", Code::Syntax, 1, "#!", "extensions are not used"),
];

pub type Case = (&'static str, &'static str, Code, usize, &'static str, &'static str);

#[test]
fn one_mistake_one_message() {
    check_cases(CASES);
}

pub fn check_cases(cases: &[Case]) {
    for (from, to, code, line, marked, words) in cases {
        assert_eq!(GOOD.matches(from).count(), 1, "{from} stands once in the good scenario");
        let bad = GOOD.replace(from, to);
        let problems = problems(&bad);
        let [problem] = problems.problems() else { panic!("{to}: one problem\n{problems}") };
        assert_eq!(problem.code, *code, "{to}\n{problems}");
        let text = problems.render(false);
        assert!(text.contains(words), "{to}: says «{words}»\n{text}");
        if *line > 0 {
            assert_eq!(&bad[problem.span.clone()], *marked, "{to}\n{text}");
            assert_eq!(problems.position(problem.span.start).0, *line, "{to}\n{text}");
            assert!(text.contains(&format!("bad.ron:{line}:")), "{text}");
        }
    }
}

/// What people write who know other formats, and what it says to them.
#[test]
fn other_formats_are_recognised() {
    for (from, to, words) in [
        ("Scenario(\n", "# a comment\nScenario(\n", "starts with //"),
        ("title: \"t\"", "title: 't'", "double quotes"),
        ("(\"x\", 0.3)", "(\"x\", 30%)", "write it as a share, 0.3"),
        ("title: \"t\"", "title = \"t\"", "with a colon"),
    ] {
        let text = problems(&GOOD.replacen(from, to, 1)).render(false);
        assert!(text.contains(words), "{to}\n{text}");
    }
    let claim = |holds: &str| {
        GOOD.replace("claims: [", &format!("claims: [(id: \"n\", text: \"N\", holds: {holds}), "))
    };
    let list = |n: usize, of: &str| format!("All([{}])", format!("{of},").repeat(n));
    assert!(Scenario::from_ron("many.ron", &claim(&list(190, &list(8, "Most(\"a\", \"b\")")))).is_ok());
    let text = problems(&claim(&list(190, &list(190, "Most(\"a\", \"b\")")))).render(false);
    assert!(text.contains("too many claims inside claims"), "{text}");
}

/// Comments may stand anywhere between the tokens.
#[test]
fn comments_say_nothing() {
    let mut commented = String::new();
    let mut quoted = false;
    for c in GOOD.chars() {
        quoted ^= c == '"';
        if !quoted && "[{(:,)}]".contains(c) {
            commented += &format!(" /* before */ {c} // after, and \"quoted\"\n");
        } else {
            commented.push(c);
        }
    }
    let read =
        |text: &str| Scenario::from_ron("good.ron", text).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(read(GOOD), read(&commented));
}

#[test]
fn the_good_scenario_is_good() {
    assert!(Scenario::from_ron("good.ron", GOOD).is_ok());
}

#[test]
fn all_mistakes_at_once() {
    let mut bad = GOOD.to_owned();
    // All that do not stand in each other's way: each line broken once.
    let chosen = ["tilte: \"t\"", "(\"y\", 0.6)", "half_width: -1.5", "scores: [11,", "sd: 0", "Area(\"r\")"];
    let cases = chosen.map(|to| *CASES.iter().find(|case| case.1 == to).unwrap());
    for (from, to, ..) in cases {
        bad = bad.replace(from, to);
    }
    let problems = problems(&bad);
    let codes: Vec<Code> = problems.problems().iter().map(|problem| problem.code).collect();
    for (_, to, code, ..) in cases {
        assert!(codes.contains(&code), "{to}: {code:?} is among them\n{problems}");
    }
    assert!(codes.len() >= cases.len());
    let starts: Vec<usize> = problems.problems().iter().map(|problem| problem.span.start).collect();
    assert!(starts.is_sorted(), "in the order of the text");
}

#[test]
fn hostile_texts_are_refused() {
    let area = |i: usize| format!("(id: \"a{i}\", group: \"a\"),");
    let areas: String = (0..100_000).map(area).collect();
    let many_problems = format!("Scenario(groups: [{}])", "(id: 5),".repeat(190));
    let areas_200: String = (0..200).map(area).collect();
    let factor = |k: usize| format!("(id: \"f{k}\", weight: 1, scores: [{}]),", "5,".repeat(200));
    let factors: String = (0..100).map(factor).collect();
    let many_numbers =
        format!("Scenario(title: \"t\", groups: [(id: \"a\")], areas: [{areas_200}], factors: [{factors}])");
    let worlds: String =
        (0..7).map(|i| format!("(id: \"v{i}\", outcomes: [(\"x\", 0.5), (\"y\", 0.5)]),")).collect();
    for (text, words) in [
        (String::new(), "the file is empty"),
        (" \n// nothing but a comment".into(), "nothing but comments"),
        ("(".repeat(100_000), "nested too deeply"),
        ("[".repeat(100_000), "nested too deeply"),
        (format!("Scenario(title: {}1{})", "Not(".repeat(5_000), ")".repeat(5_000)), "nested too deeply"),
        ("x".repeat(5 << 20), "larger than"),
        ("\"a text\"".into(), "one `Scenario(...)`"),
        ("5".into(), "one `Scenario(...)`"),
        ("Scenario".into(), "takes named fields"),
        ("Scenario(1, 2)".into(), "takes named fields"),
        ("/* never closed".into(), "nothing but comments"),
        ("Scenario(title: \"never closed".into(), "this text is never closed"),
        ("'ü'".into(), "one `Scenario(...)`"),
        (GOOD.replace("(id: \"p\", group: \"a\"),", &areas), "(at most 200)"),
        (GOOD.replace("worlds: [", &format!("worlds: [{worlds}")), "(at most 6)"),
        (many_problems, "… and"),
        (many_numbers, "too many scores and weights: 20100 (at most 20000)"),
        (format!("Scenario({})", "a: 1, ".repeat(100_000)), "… and 975 more"),
    ] {
        let message = problems(&text).render(false);
        assert!(message.contains(words), "{words}:\n{}", &message[..message.len().min(2_000)]);
    }
}

/// Any text at all gets an answer: here the good one with every byte of it, in turn, cut off or replaced.
#[test]
fn broken_texts_never_panic() {
    for at in (0..GOOD.len()).filter(|&at| GOOD.is_char_boundary(at)) {
        let _ = Scenario::from_ron("cut.ron", &GOOD[..at]).map_err(|problems| problems.render(false));
        for other in ["“", "\u{a0}", "\u{feff}", "(", ")", "\"", ",", "9", "-", "é", "\0", "/*", "{"] {
            let text = format!("{}{other}{}", &GOOD[..at], &GOOD[at + 1..]);
            let _ = Scenario::from_ron("changed.ron", &text).map_err(|problems| problems.render(false));
        }
    }
}

#[test]
fn a_weight_beside_the_law_of_all_weights() {
    let text = GOOD.replace("scale: (", "weights: Simplex, scale: (");
    let problems = problems(&text);
    assert_eq!(problems.problems().len(), 2, "{problems}");
    for problem in problems.problems() {
        assert_eq!(problem.code, Code::Weights);
    }
    assert!(problems.render(false).contains("`weights` gives one distribution for all weights"));
}

/// Constraints that leave more than can be drawn from, and those that leave nothing.
#[test]
fn constraints_of_many_weights() {
    let n = 50;
    let factor = |k: usize| format!("(id: \"f{k}\", scores: [1])");
    let scenario = |constraints: &str| {
        format!(
            "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\")],\n weights: Constrained([{constraints}]),\n factors: [{}])",
            (0..n).map(factor).collect::<Vec<_>>().join(", ")
        )
    };
    let most: Vec<String> = (0..n).map(|k| format!("AtMost(\"f{k}\", 0.04)")).collect();
    let text = scenario(&most.join(", "));
    let problems = problems(&text);
    let [problem] = problems.problems() else { panic!("{problems}") };
    assert_eq!((problem.code, &text[problem.span.clone()]), (Code::TooMany, "Constrained"));
    let rendered = problems.render(false);
    assert!(
        rendered.contains(
            "no weights: the constraints are too complex: the set of weights takes more than 2000 vertices"
        ),
        "{rendered}"
    );
    assert!(rendered.contains("loosen or remove a constraint"), "{rendered}");
}
