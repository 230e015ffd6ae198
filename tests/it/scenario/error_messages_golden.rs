//! Every mistake of the tests and what is said of it, in one file to be read: `tests/golden/mistakes.txt`.

use super::messages::{CASES, GOOD};
use super::messages_language;
use crate::support::assert_golden;
use headstart::Scenario;

/// What is written in place of what in the good scenario: slips of the hand, and what other formats have.
const SLIPS: &[(&str, &str)] = &[
    // Comments and quotes.
    ("Scenario(\n", "# a comment\nScenario(\n"),
    ("    title: \"t\",", "    title: \"t\", # a comment"),
    ("    title: \"t\",", "    -- a comment\n    title: \"t\","),
    ("    title: \"t\",", "    /* a comment\n    title: \"t\","),
    ("title: \"t\"", "title: 't'"),
    ("title: \"t\"", "title: 'a title'"),
    ("title: \"t\"", "title: “t”"),
    ("title: \"t\"", "title: t"),
    ("title: \"t\"", "title: \"t"),
    ("title: \"t\"", "title: t\""),
    ("title: \"t\"", "title: \"a \"quoted\" word\""),
    ("title: \"t\"", "title: \"C:\\data\""),
    ("title: \"t\"", "title: \"C:\\étude\""),
    ("title: \"t\"", "\"title\": \"t\""),
    // Between values.
    ("title: \"t\",", "title: \"t\""),
    ("title: \"t\",", "title: \"t\";"),
    ("title: \"t\",", "title: \"t\",,"),
    ("title: \"t\"", "title = \"t\""),
    ("title: \"t\"", "title \"t\""),
    ("title: \"t\"", "title: "),
    ("(id: \"a\"), (id: \"b\")", "(id: \"a\") (id: \"b\")"),
    ("scores: [3, Tri", "scores: [3 Tri"),
    ("mode: 2, max: 4", "mode: 2 max: 4"),
    // Parentheses.
    ("max: 10),", "max: 10,"),
    ("max: 10),", "max: 10)),"),
    ("max: 10),", "max: 10],"),
    ("(id: \"b\")],", "(id: \"b\"),"),
    ("(\"y\", 0.7)])],", "(\"y\", 0.7)],"),
    ("(First(\"a\"), Area(\"q\")))],\n)", "(First(\"a\"), Area(\"q\")))],\n"),
    ("(First(\"a\"), Area(\"q\")))],\n)\n", "(First(\"a\"), Area(\"q\")))],\n))\n"),
    ("(First(\"a\"), Area(\"q\")))],\n)\n", "(First(\"a\"), Area(\"q\")))],\n)\nScenario()\n"),
    ("groups: [(id: \"a\"), (id: \"b\")]", "groups: {\"a\", \"b\"}"),
    ("groups: [(id: \"a\"), (id: \"b\")]", "groups: [\"a\", \"b\"]"),
    ("groups: [(id: \"a\"), (id: \"b\")]", "groups: [{id: \"a\"}, {id: \"b\"}]"),
    ("groups: [(id: \"a\"), (id: \"b\")]", "groups: ((id: \"a\"), (id: \"b\"))"),
    ("groups: [(id: \"a\"), (id: \"b\")]", "groups: \"a\""),
    ("{\"x\": 1, \"y\": 0}", "(x: 1, y: 0)"),
    ("{\"x\": 1, \"y\": 0}", "{x: 1, y: 0}"),
    ("{\"x\": 1, \"y\": 0}", "{\"x\": 1, \"y\" 0}"),
    ("{\"x\": 1, \"y\": 0}", "{}"),
    // Numbers.
    ("(\"x\", 0.3)", "(\"x\", 30%)"),
    ("(\"x\", 0.3)", "(\"x\", 30)"),
    ("(\"x\", 0.3)", "(\"x\", 0,3)"),
    ("(\"x\", 0.3)", "(\"x\", 3/10)"),
    ("(\"x\", 0.3)", "(\"x\")"),
    ("(\"x\", 0.3)", "(\"x\": 0.3)"),
    ("(\"x\", 0.3), (\"y\", 0.7)", "\"x\", \"y\""),
    ("(\"x\", 0.3), (\"y\", 0.7)", "(\"x\", Rest), (\"y\", Rest)"),
    ("(\"x\", 0.3), (\"y\", 0.7)", "(\"x\", Uniform(min: 0, max: 1)), (\"y\", 0.7)"),
    ("(\"x\", 0.3), (\"y\", 0.7)", "(\"x\", Uniform(min: 0, max: 2)), (\"y\", Rest)"),
    ("scores: [3,", "scores: [3.5.1,"),
    ("scores: [3,", "scores: [1_000,"),
    ("scores: [3,", "scores: [three,"),
    ("scores: [3,", "scores: [-,"),
    ("scores: [3,", "scores: [null,"),
    ("scores: [3,", "scores: [true,"),
    ("scores: [3,", "scores: [(3),"),
    ("scores: [3,", "scores: [[3],"),
    ("scores: [3,", "scores: [2..4,"),
    ("scores: [3,", "scores: [3±1,"),
    ("scores: [3,", "scores: [3 +- 1,"),
    ("scores: [3,", "scores: [Some(3),"),
    ("weight: 2,", "weight: 2kg,"),
    ("weight: 2,", "weight: None,"),
    ("weight: 2,", "weights: 2,"),
    // Families and claims.
    ("Triangular(min: 1, mode: 2, max: 4)", "triangular(min: 1, mode: 2, max: 4)"),
    ("Triangular(min: 1, mode: 2, max: 4)", "Triangular(min: 1, most_likely: 2, max: 4)"),
    ("Triangular(min: 1, mode: 2, max: 4)", "Triangular(low: 1, mode: 2, high: 4)"),
    ("Triangular(min: 1, mode: 2, max: 4)", "Triangular"),
    ("Triangular(min: 1, mode: 2, max: 4)", "Triangular()"),
    ("Triangular(min: 1, mode: 2, max: 4)", "Triangular{min: 1, mode: 2, max: 4}"),
    ("Normal(mean: 3, sd: 1)", "Normal(3, 1)"),
    ("Normal(mean: 3, sd: 1)", "N(3, 1)"),
    ("Normal(mean: 3, sd: 1)", "Normal(mean: 3, sigma: 1)"),
    ("Normal(mean: 3, sd: 1)", "Normal(mean: \"3\", sd: 1)"),
    ("Normal(mean: 3, sd: 1)", "Normal(mean: Exact(3), sd: 1)"),
    ("Normal(mean: 3, sd: 1)", "LogNormal(mean: 3, sd: 1)"),
    ("Normal(mean: 3, sd: 1)", "Lognormal(mu: 1, sigma: 1)"),
    ("Normal(mean: 3, sd: 1)", "Poisson(rate: 3)"),
    ("Normal(mean: 3, sd: 1)", "Exact(value: 3)"),
    ("Normal(mean: 3, sd: 1)", "Samples(3, 4)"),
    ("Normal(mean: 3, sd: 1)", "Samples(file: \"draws.csv\", column: \"x\")"),
    ("Normal(mean: 3, sd: 1)", "Discrete({3: 0.5, 4: 0.5})"),
    ("Normal(mean: 3, sd: 1)", "Mixture([(Exact(3), 0.5), (Exact(4), 0.5)])"),
    ("Normal(mean: 3, sd: 1)", "Ref(\"base\")"),
    ("Normal(mean: 3, sd: 1)", "Relative(to: \"base\", by: 1)"),
    ("Normal(mean: 3, sd: 1)", "Raters([3, 4])"),
    ("Normal(mean: 3, sd: 1)", "Raters([(0, 3), (1, 4)])"),
    ("Normal(mean: 3, sd: 1)", "ByWorld(\"w\", {\"x\": 3})"),
    ("Normal(mean: 3, sd: 1)", "ByWorld(w, {\"x\": 3, \"y\": 4})"),
    ("Normal(mean: 3, sd: 1)", "ByWorld(world: \"w\", {\"x\": 3, \"y\": 4})"),
    ("Area(\"q\")", "\"q\""),
    ("Area(\"q\")", "q"),
    ("Area(\"q\")", "Area(q)"),
    ("Area(\"q\")", "area(\"q\")"),
    ("Area(\"q\")", "Nth(\"b\", 1)"),
    ("Area(\"q\")", "Group(\"b\")"),
    ("before: (First(\"a\"), Area(\"q\"))", "before: [First(\"a\"), Area(\"q\")]"),
    ("before: (First(\"a\"), Area(\"q\"))", "before: First(\"a\")"),
    ("before: (First(\"a\"), Area(\"q\"))", "holds: Any([])"),
    ("before: (First(\"a\"), Area(\"q\"))", "holds: All(Most(\"a\", \"b\"), Most(\"b\", \"a\"))"),
    ("before: (First(\"a\"), Area(\"q\"))", "holds: \"p after q\""),
    ("before: (First(\"a\"), Area(\"q\"))", "holds: InTop(k: 5, group: \"a\", at_least: 1)"),
    ("before: (First(\"a\"), Area(\"q\"))", "before: (First(\"a\"), Area(\"q\")), holds: Most(\"a\", \"b\")"),
    // The whole.
    ("Scenario(", "scenario("),
    ("Scenario(", "Model("),
    ("Scenario(", "Sweeps("),
    ("Scenario(", "Variant("),
    ("    title: \"t\",", "    titel: \"t\",\n    title: \"t\","),
    ("group: \"a\"", "groups: \"a\""),
    ("group: \"a\"", "group: a"),
    ("group: \"a\"", "group: 1"),
    ("(id: \"p\", group: \"a\")", "(\"p\", \"a\")"),
    ("(id: \"p\", group: \"a\")", "(name: \"p\", group: \"a\")"),
    ("(id: \"p\", group: \"a\")", "(id: \"AI control\", group: \"a\")"),
    ("(id: \"p\", group: \"a\")", "(id: \"9\", group: \"a\")"),
    ("scale: (min: 1, max: 10)", "scale: (1, 10)"),
    ("scale: (min: 1, max: 10)", "scale: [1, 10]"),
    ("scale: (min: 1, max: 10)", "scale: 10"),
    ("scale: (min: 1, max: 10)", "scale: (min: 10, max: 1)"),
    ("score: Triangular(half_width: 1.5)", "score: 1.5"),
    ("score: Triangular(half_width: 1.5)", "score: Triangular(1.5)"),
    ("score: Triangular(half_width: 1.5)", "score: Triangular(half_width: 1.5, relative: 0.1)"),
    ("score: Triangular(half_width: 1.5)", "scores: Triangular(half_width: 1.5)"),
    ("score: Triangular(half_width: 1.5)", "score: Normal(half_width: 1.5)"),
    ("score: Triangular(half_width: 1.5)", "score: BetaMean(concentration: -2)"),
    ("scale: (", "levers: [(id: \"l\", edits: [\"score.f.p =+ 1\"])], scale: ("),
    ("scale: (", "levers: [(id: \"l\", edits: [\"score.f.z += 1\"])], scale: ("),
    ("scale: (", "levers: [(id: \"l\", edits: [\"weight.f -= 1\"])], scale: ("),
    ("scale: (", "levers: [(id: \"l\", edits: \"weight.f *= 2\")], scale: ("),
    ("scale: (", "levers: [(id: \"l\", edits: [\"f *= 2\"])], scale: ("),
    ("scale: (", "asserts: [\"p before q > 0.5\"], scale: ("),
    ("scale: (", "asserts: [\"P(p before q) = 0.5\"], scale: ("),
    ("scale: (", "asserts: [\"P(p before q) > 50%\"], scale: ("),
    ("scale: (", "allow: [\"L999\"], scale: ("),
    ("scale: (", "shared_errors: 0.5, scale: ("),
    ("scale: (", "residual: 0.5, scale: ("),
    ("scale: (", "inputs: [\"base\"], scale: ("),
    ("scale: (", "weights: Ranked([\"f\"]), scale: ("),
    ("scale: (", "weights: Constrained([]), scale: ("),
    // What may stand elsewhere.
    ("(\"x\", 0.3)", "(\"x\", ByWorld(\"w\", {\"x\": 0.3, \"y\": 0.7}))"),
    ("(\"x\", 0.3)", "(\"x\", Normal(mean: 0.3, sd: 0.1))"),
    ("(\"x\", 0.3)", "(\"x\", -0.3)"),
    ("(\"x\", 0.3)", "(\"x\", \"a third\")"),
    ("(\"x\", 0.3)", "(\"x\", Beta(alpha: 1, beta: 2))"),
    ("(\"x\", 0.3), (\"y\", 0.7)", "(\"x\", 0.9), (\"y\", 0.4), (\"z\", Rest)"),
    ("(\"x\", 0.3), (\"y\", 0.7)", "(\"x\", 0.9), (\"y\", 0.4)"),
    ("(\"x\", 0.3), (\"y\", 0.7)", "(\"x\", 0.9), (\"y\", 0.9)"),
    ("(\"x\", 0.3), (\"y\", 0.7)", ""),
    ("title: \"t\"", "title: b\"t\""),
    ("title: \"t\"", "title: [\"a title\", \"in several parts\", \"of a list\"]"),
    ("title: \"t\"", "title: r\"t"),
    ("id: \"c\", text", "id: \"Claim\", text"),
    ("id: \"c\", text", "id: \"c(p, q)\", text"),
    (
        "id: \"c\", text",
        "id: \"a-claim-of-which-the-id-is-a-whole-sentence-that-goes-on-and-on-and-on-until-it-has-more-than-100-letters\", text",
    ),
    ("id: \"p\"", "id: \"p before q\""),
    ("id: \"p\"", "id: \"___\""),
    ("scale: (", "inputs: [(id: \"i\", value: [3])], scale: ("),
    ("scale: (", "inputs: [(id: \"i\", value: \"3\")], scale: ("),
    ("scale: (", "inputs: [(id: \"i\", value: inf)], scale: ("),
];

/// Whole files.
const FILES: &[&str] = &[
    "",
    "\n\n",
    "// nothing but a comment\n",
    "{\"title\": \"t\", \"groups\": []}",
    "title: \"t\"\ngroups:\n  - id: a\n",
    "[scenario]\ntitle = \"t\"\n",
    "factor,weight,p,q\nf,1,2,3\n",
    "<html><body></body></html>\n",
    "Scenario",
    "Scenario()",
    "Scenario(title: \"t\")\"u\"",
    "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\")], worlds: [
        (id: \"w\", outcomes: [(\"x\", 0.5), (\"y\", 0.5)]),
        (id: \"v\", given: \"w\", outcomes: {\"x\": [(\"s\", 0.5), (\"t\", 0.5)], \"y\": [(\"t\", 0.5), (\"s\", 0.5)]})],
    factors: [(id: \"f\", weight: 1, scores: [1])])",
    "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\")], worlds: [
        (id: \"w\", outcomes: [(\"x\", 0.5), (\"y\", 0.5)]),
        (id: \"v\", given: \"w\", outcomes: {\"x\": [(\"s\", 0.5), (\"t\", 0.5)]})],
    factors: [(id: \"f\", weight: 1, scores: [1])])",
    "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\")], worlds: [
        (id: \"w\", outcomes: [(\"x\", 0.5), (\"y\", 0.5)]),
        (id: \"v\", given: \"w\", outcomes: [(\"s\", 0.5), (\"t\", 0.5)])],
    factors: [(id: \"f\", weight: 1, scores: [1])])",
    "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\")], worlds: [
        (id: \"v\", given: \"w\", outcomes: {\"x\": [(\"s\", 0.5), (\"t\", 0.5)]}),
        (id: \"w\", outcomes: [(\"x\", 0.5), (\"y\", 0.5)])],
    factors: [(id: \"f\", weight: 1, scores: [1])])",
    "Scenario(title: \"t\", groups: [], areas: [], factors: [])",
];

fn said(bad: &str) -> String {
    match Scenario::from_ron("bad.ron", bad) {
        Ok(_) => "IT IS ACCEPTED\n".into(),
        Err(problems) => problems.render(false),
    }
}

#[test]
fn all_mistakes_can_be_read() {
    let tables = CASES.iter().chain(messages_language::CASES);
    let slips = SLIPS.iter().copied().chain(tables.map(|case| (case.0, case.1)));
    let mut text = String::from(
        "What is said of each mistake. Written by the tests; read it as somebody who made the mistake.\n",
    );
    let mut n = 0;
    for (from, to) in slips {
        assert_eq!(GOOD.matches(from).count().min(1), 1, "{from} stands in the good scenario");
        text +=
            &format!("\n════ {}\n     → {}\n{}", shown(from), shown(to), said(&GOOD.replacen(from, to, 1)));
        n += 1;
    }
    for file in FILES {
        text += &format!("\n════ the file {}\n{}", shown(file), said(file));
        n += 1;
    }
    assert!(n >= 150);
    assert_golden("tests/golden/mistakes.txt", &text);
    assert!(!text.contains("IT IS ACCEPTED"));
}

/// Letters of two, three and four bytes at each place of a file, with and without a sign that means something before them: what is
/// marked is text, and it can be laid out.
#[test]
fn long_letters_stand_anywhere() {
    const PUT: [&str; 10] = ["é", "€", "𝛼", "\\é", "'€", "\"𝛼", "+é", "±", "“€", "/é"];
    let mut n_refused = 0;
    for (at, _) in GOOD.char_indices() {
        for put in PUT {
            let bad = format!("{}{put}{}", &GOOD[..at], &GOOD[at..]);
            let Err(problems) = Scenario::from_ron("bad.ron", &bad) else { continue };
            n_refused += 1;
            for problem in problems.problems() {
                let marked = problem.related.iter().map(|(span, _)| span).chain([&problem.span]);
                marked.for_each(|span| assert!(bad.get(span.clone()).is_some(), "{span:?} in {bad}"));
            }
            assert!(!problems.render(false).is_empty());
        }
    }
    assert!(n_refused > GOOD.len());
}

fn shown(text: &str) -> String {
    text.replace('\n', "⏎")
}
