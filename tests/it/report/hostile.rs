//! A scenario whose every name is hostile does no harm in any format.

use super::page::tree;
use super::pictures::texts;
use crate::support::binary::headstart;
use crate::support::{parse, root};
use headstart::analysis::{Vary, compare_all, lever_scenarios, points, summarize, sweep};
use headstart::report::{
    ComparedPoints, PageExtras, Sections, Style, compared_csv, compared_json, compared_text, csv,
    embedded_scenario, html, json, levers_svg, markdown, matrix_svg, ranks_svg, run_text, scores_svg,
    show_text, sweep_svg, sweep_text, worlds_svg,
};
use headstart::request::{Format, Request, Show, Source, View};
use headstart::sampler::Run;
use headstart::{Control, Scenario};
use std::path::Path;

/// What each name carries: markup, ends of markup, quotes, letters that turn the direction or hide, orders to a terminal, formulas of
/// spreadsheets, and marks of Markdown.
const NAMES: [&str; 10] = [
    "<script>alert(1)</script>",
    "]]></style></pre><img src=x onerror=alert(1)>",
    "\" onload=\"alert(1)",
    "' onclick='alert(1)",
    "\u{202e}desrever\u{202c} \u{2066}x\u{2069} \u{200b}\u{feff} \u{115f}\u{3164}\u{ffa0}\u{34f}\u{180e}",
    "\u{1b}[31mred\u{1b}[0m\u{1b}]0;title\u{7}\u{8}\u{9b}2J\r\n\u{0}",
    "=cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd",
    "| `code` | [link](javascript:alert(1)) **bold** <!-- | \\ https://evil.example/x www.evil.example me@evil.example",
    "&lt;b&gt; &amp; --> \u{5d0}\u{5d1} \u{1f600}",
];

fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        out += &match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() => format!("\\u{{{:x}}}", u32::from(c)),
            c => c.to_string(),
        };
    }
    out + "\""
}

/// Every text of it is hostile; ids cannot be.
pub fn scenario() -> Scenario {
    let name = |n: usize| literal(NAMES[n % NAMES.len()]);
    let areas: Vec<String> = (0..NAMES.len())
        .map(|i| format!("(id: \"a{i}\", name: {}, group: \"{}\")", name(i), ["x", "y"][i % 2]))
        .collect();
    let scores: Vec<String> =
        (0..NAMES.len()).map(|i| format!("Uniform(min: {i}, max: {})", i + 9)).collect();
    let claims: Vec<String> = (0..NAMES.len())
        .map(|i| format!("(id: \"c{i}\", text: {}, before: (Area(\"a{i}\"), First(\"y\")))", name(i)))
        .collect();
    let levers: Vec<String> = (0..NAMES.len())
        .map(|i| format!("(id: \"l{i}\", name: {}, edits: [\"score.f.a{i} += 1\"])", name(i)))
        .collect();
    parse(&format!(
        "Scenario(title: {}, about: {}, groups: [(id: \"x\", name: {}), (id: \"y\", name: {})], areas: [{}],
         worlds: [(id: \"w\", outcomes: [(\"p\", 0.5), (\"q\", 0.5)])],
         factors: [(id: \"f\", name: {}, weight: 1, scores: [{}]), (id: \"g\", name: {}, weight: 1, scores: [{}])],
         claims: [{}], levers: [{}])",
        name(0),
        literal(&NAMES.join(" ")),
        name(1),
        name(8),
        areas.join(", "),
        name(2),
        scores.join(", "),
        name(5),
        (0..NAMES.len()).map(|i| format!("ByWorld(\"w\", {{\"p\": {i}, \"q\": 5}})")).collect::<Vec<_>>().join(", "),
        claims.join(", "),
        levers.join(", "),
    ))
}

/// No letter that steers a terminal or turns what follows.
#[track_caller]
fn assert_plain(what: &str, text: &str) {
    for (n, c) in text.chars().enumerate() {
        let steers = c.is_control() && c != '\n'
            || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{9b}'
                | '\u{115f}' | '\u{3164}' | '\u{ffa0}' | '\u{34f}' | '\u{180e}');
        assert!(!steers, "{what} has {c:?} at {n}");
    }
}

fn run_of() -> Run {
    Run { draws: 2_000, ..Run::default() }
}

#[test]
fn hostile_names_are_escaped_in_text() {
    let scenario = scenario();
    let summary = summarize(&scenario, run_of(), Control::none());
    let style = Style::plain(80);
    assert_plain("run", &run_text(&scenario, &summary, &Sections::all().with_all_pairs(true), style));
    let model = headstart::model::Model::new(&scenario);
    assert_plain("show", &show_text(&scenario, &model, &summary.point, true, style));
    assert_plain("expanded", &scenario.to_ron());
    let compared =
        compare_all(&scenario, lever_scenarios(&scenario).unwrap(), run_of(), Control::none()).unwrap();
    assert_plain("levers", &compared_text(&scenario, run_of(), &compared, "What each lever does", style));
    let vary = [Vary::new("weight.f = [1, 2]", 2).unwrap()];
    let swept = sweep(&scenario, &points(&scenario, &vary).unwrap(), run_of(), Control::none()).unwrap();
    assert_plain(
        "sweep",
        &sweep_text(&scenario, run_of(), ComparedPoints::new(&swept, &["weight.f =".into()], None), style),
    );
}

#[test]
fn hostile_names_come_back_from_json() {
    let scenario = scenario();
    let summary = summarize(&scenario, run_of(), Control::none());
    let compared =
        compare_all(&scenario, lever_scenarios(&scenario).unwrap(), run_of(), Control::none()).unwrap();
    for text in [
        json(&scenario, &summary),
        compared_json(&scenario, run_of(), ComparedPoints::new(&compared, &[], None)),
    ] {
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let title = value.pointer("/manifest/title").or(value.get("title"));
        assert_eq!(title.unwrap(), NAMES[0], "JSON keeps the letters");
        assert!(!text.chars().any(|c| c < ' ' && c != '\n'));
    }
}

/// A spreadsheet takes a cell that starts with one of these for a formula.
#[test]
fn hostile_names_start_no_formula_in_csv() {
    let scenario = scenario();
    let summary = summarize(&scenario, run_of(), Control::none());
    let compared =
        compare_all(&scenario, lever_scenarios(&scenario).unwrap(), run_of(), Control::none()).unwrap();
    let with_claim = scenario.with_claim("Not(Before(Area(\"a0\"), Area(\"a1\")))").unwrap();
    let claimed = summarize(&with_claim, run_of(), Control::none());
    for table in [
        csv(&scenario, &summary),
        compared_csv(&scenario, run_of(), ComparedPoints::new(&compared, &[], None)),
        csv(&with_claim, &claimed),
    ] {
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        for record in reader.records() {
            for field in &record.unwrap() {
                assert_plain("csv", field);
                let formula =
                    field.starts_with(['=', '+', '-', '@', '\t', '\r']) && field.parse::<f64>().is_err();
                assert!(!formula, "{field}");
            }
        }
    }
    assert!(
        compared_csv(&scenario, run_of(), ComparedPoints::new(&compared, &[], None))
            .contains("'=cmd|'/C calc'!A0")
    );
}

#[test]
fn hostile_names_are_escaped_in_markdown() {
    let scenario = scenario();
    let summary = summarize(&scenario, run_of(), Control::none());
    let text = markdown(&scenario, &summary, &Sections::all().with_all_pairs(true));
    assert_plain("markdown", &text);
    let link = ["://", "www.", "me@evil"].into_iter().find(|link| text.contains(link));
    assert_eq!(link, None, "an address of the web is a link in Markdown");
    assert!(text.contains("https&#58;&#47;/evil.example/x www&#46;evil&#46;example me&#64;evil.example"));
    assert!(!text.contains('<') && !text.replace("\\]", "").contains("]("), "no markup of HTML, no link");
    // A bar that a name has does not make a cell.
    let unescaped = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
    let of_matrix = text.lines().skip_while(|line| !line.contains("P(row before column)"));
    let rows: Vec<&str> = of_matrix.filter(|line| line.starts_with('|')).take(NAMES.len() + 2).collect();
    for line in rows {
        assert_eq!(unescaped(line), NAMES.len() + 2, "{line}");
    }
    for (n, c) in text.char_indices().filter(|(_, c)| *c == '`') {
        let fence = text[n..].starts_with("`, seed") || text[..n].ends_with("scenario ");
        assert!(fence || text[..n].ends_with('\\'), "a bare {c} in …{}", &text[n.saturating_sub(20)..n]);
    }
}

#[test]
fn hostile_names_are_escaped_in_pictures() {
    let scenario = scenario();
    let summary = summarize(&scenario, run_of(), Control::none());
    let compared =
        compare_all(&scenario, lever_scenarios(&scenario).unwrap(), run_of(), Control::none()).unwrap();
    let vary = [Vary::new("weight.f = [1, 2]", 2).unwrap()];
    let swept = sweep(&scenario, &points(&scenario, &vary).unwrap(), run_of(), Control::none()).unwrap();
    let pictures = [
        matrix_svg(&scenario, &summary, true),
        ranks_svg(&scenario, &summary),
        scores_svg(&scenario, &summary),
        worlds_svg(&scenario, &summary).unwrap(),
        levers_svg(&scenario, &compared, run_of()),
        sweep_svg(&scenario, &swept, &["weight.f =".into()], run_of()),
    ];
    for svg in pictures {
        assert_plain("picture", &svg);
        texts(&svg);
        let tree = roxmltree::Document::parse(&svg).unwrap();
        for node in tree.descendants().filter(roxmltree::Node::is_element) {
            let name = node.tag_name().name();
            let known = [
                "svg", "style", "title", "desc", "rect", "g", "text", "line", "polyline", "polygon", "circle",
            ];
            assert!(known.contains(&name), "{name}");
            assert!(node.attributes().all(|attribute| !attribute.name().starts_with("on")));
        }
    }
}

#[test]
fn hostile_names_are_escaped_in_html() {
    let scenario = scenario();
    let summary = summarize(&scenario, run_of(), Control::none());
    let compared =
        compare_all(&scenario, lever_scenarios(&scenario).unwrap(), run_of(), Control::none()).unwrap();
    let beside = PageExtras { levers: Some((compared, run_of())), ..PageExtras::default() };
    let page = html(&scenario, &summary, &beside);
    assert_plain("page", &page);
    assert_harmless(&page);
    // What is hostile comes back letter by letter all the same.
    let again = parse(&embedded_scenario(&page).unwrap().unwrap());
    assert_eq!(again, scenario);
    assert_eq!(again.areas()[1].name, NAMES[1]);
    // The browser's test reads the same scenario from a file.
    let path = root().join("tests/data/hostile.ron");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, scenario.to_ron()).unwrap();
    }
    assert_eq!(crate::support::read("tests/data/hostile.ron"), scenario.to_ron());
    let output = headstart(&["check"]).arg(&path).output().unwrap();
    assert!(output.status.success());
    assert_plain("check", &String::from_utf8(output.stdout).unwrap());
    assert_plain("warnings", &String::from_utf8(output.stderr).unwrap());
}

/// No markup of a name is markup of the page.
#[track_caller]
fn assert_harmless(page: &str) {
    for node in tree(page).descendants().filter(roxmltree::Node::is_element) {
        assert!(!["script", "img", "b"].contains(&node.tag_name().name()));
        assert!(node.attributes().all(|attribute| !attribute.name().starts_with("on")));
    }
}

/// The pages of the other commands, asked through the library.
#[test]
fn hostile_names_are_escaped_in_every_page() {
    let shows = [
        Show::Levers,
        Show::Rankings { top: 3, threshold: 0.9 },
        Show::Sweep { vary: vec!["weight.f = [1, 2]".into()], points: 2, pairs: true },
        Show::Sweep {
            vary: vec!["weight.f = [1, 2]".into(), "weight.g = [1, 2]".into()],
            points: 2,
            pairs: false,
        },
        Show::Diff { other: source(scenario().with_edits(&["weight.f *= 2"]).unwrap().scenario) },
    ];
    for show in shows {
        let mut request = Request::new(source(scenario()), show.clone());
        request.draws = 2_000;
        let answer = request.prepare().unwrap().answer(Control::none()).unwrap();
        let mut page = Vec::new();
        answer.write(&mut page, Format::Html, &View::new(Style::plain(80))).unwrap();
        let page = String::from_utf8(page).unwrap();
        assert_plain(&format!("{show:?}"), &page);
        assert_harmless(&page);
        assert_eq!(parse(&embedded_scenario(&page).unwrap().unwrap()).areas()[1].name, NAMES[1]);
    }
}

fn source(scenario: Scenario) -> Source {
    Source::Open { name: NAMES[0].into(), scenario: Box::new(scenario) }
}

/// A file that is wrong and hostile is explained in harmless words.
#[test]
fn hostile_names_are_escaped_in_errors() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wrong-hostile.ron");
    for name in NAMES {
        let text = format!(
            "Scenario(title: {name:?}, // {name}\n groups: [(id: \"{}\")])",
            name.replace(['"', '\\'], "")
        );
        std::fs::write(&path, text).unwrap();
        let output = headstart(&["run", "--color", "never"]).arg(&path).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        // What has no width hides nothing in an excerpt.
        let shown = String::from_utf8(output.stderr).unwrap().replace(['\u{200b}', '\u{feff}'], "");
        assert_plain("messages", &shown);
        let edit = name.replace('\0', "");
        let output = headstart(&["run", "scenarios/wheat.ron", "--edit", &edit]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert_plain("edits", &String::from_utf8(output.stderr).unwrap());
    }
}
