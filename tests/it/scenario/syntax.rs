//! Texts that are no RON: what is marked as the mistake, and what is said of it.

use headstart::Scenario;

const GOOD: &str = "Scenario(
    title: \"t\",
    groups: [
        (id: \"a\"),
    ],
    areas: [(id: \"p\", group: \"a\"), (id: \"q\", group: \"a\")],
    factors: [
        (id: \"f\", weight: 2, scores: [3, 0.5]),
    ],
)
";

/// What is written in place of what in the good text, and what is said. The mark is at «», what goes with it
/// at ‹›, and the text ends at a ‖.
const BROKEN: &[(&[(&str, &str)], &str)] = &[
    (&[("[3,", "[«-»,")], "this sign has no number"),
    (&[("[3,", "[3 «+» 4,")], "this file is not valid RON"),
    (&[("[3,", "[+ «x»,")], "this file is not valid RON"),
    (&[("[3,", "[a«.b.c»,")], "this file is not valid RON"),
    (&[("[3,", "[«1.2.3»,")], "this is not a number"),
    (&[("[3, 0.5]", "[«3» 0.5]")], "a comma is missing"),
    (&[("[3, 0.5]", "[«3» 10]")], "a comma is missing"),
    (&[("(id: \"p\"", "(«:» \"p\"")], "this file is not valid RON"),
    (&[("(id: \"p\"", "(id:«:» \"p\"")], "this file is not valid RON"),
    // Quotes.
    (&[("\"t\"", "«'»'")], "text must be in double quotes"),
    (&[("\"t\",", "‹\"›t,"), ("\"a\"", "\"«a»\"")], "a closing quote is missing before this"),
    (&[("[3,", "[«\"»3,")], "this text is never closed"),
    (&[("\"t\"", "\"a \\\"b\\\"«\"»c\"")], "this quote ends the text"),
    (&[("\"t\"", "\"a \\\\\\\"b«\"»c\"")], "this quote ends the text"),
    // Brackets.
    (&[("0.5]),\n    ],\n)\n", "0.5]),\n    ],\n)\n«)»\n")], "unmatched closing )"),
    (&[("[3, 0.5])", "«[»3, 0.5‹)›")], "this [ is never closed"),
    (&[("areas: [(id: \"p\",", "areas: [«(»id: \"p\"‖")], "this ( is never closed"),
    (&[("[3,", "[3, «{»\"x\":‖")], "this { is never closed"),
    (&[("areas: [(", "areas: [«(»‖")], "this ( is never closed"),
    (&[("factors: [", "factors: «[»"), ("0.5]),\n", "0.5]),\n‖")], "this [ is never closed"),
    // One that is open where a line starts no further in than its own is the mistake.
    (
        &[("groups: [", "groups: «[»"), ("    ],\n    areas", "    areas"), ("    ],\n)\n", "    ],\n‹)›\n")],
        "this [ is never closed",
    ),
    (
        &[("groups: [", "groups: «[»"), ("    ],\n    areas: [(", "\n    // more\n\n    areas: [(‖")],
        "this [ is never closed",
    ),
    (&[("factors: [", "factors: «[»"), ("0.5]),\n", "0.5]),\n    {\n")], "this [ is never closed"),
    (
        &[
            ("Scenario(", "Scenario«(»"),
            ("    ],\n    areas", "    ],\nScenario(\n    areas"),
            ("0.5]),", "0.5]),‖"),
        ],
        "this ( is never closed",
    ),
];

/// The text without marks, and what stood between the two.
fn between(text: &str, [open, close]: [char; 2]) -> (String, Option<std::ops::Range<usize>>) {
    let place = text.find(open).map(|start| start..text.find(close).unwrap() - open.len_utf8());
    (text.replace([open, close], ""), place)
}

#[test]
fn the_mistake_is_marked() {
    for (changes, message) in BROKEN {
        let text = changes.iter().fold(GOOD.to_owned(), |text, (what, by)| {
            assert!(text.contains(what), "{what}");
            text.replacen(what, by, 1)
        });
        let text = text.split('‖').next().unwrap();
        let marks = text.replace(['‹', '›'], "");
        let related = text.replace(['«', '»'], "");
        let (text, mark) = between(&marks, ['«', '»']);
        let (_, related) = between(&related, ['‹', '›']);
        let found = Scenario::from_ron("t.ron", &text).expect_err(&text);
        let [problem] = found.problems() else { panic!("{found:?}") };
        let places = problem.related.iter().map(|(place, _)| place.clone()).collect::<Vec<_>>();
        let expected = (*message, mark.unwrap(), related.into_iter().collect::<Vec<_>>());
        assert_eq!((problem.message.as_str(), problem.span.clone(), places), expected, "{text}");
    }
    assert!(Scenario::from_ron("t.ron", GOOD).is_ok());
}
