//! The first screen of a run: its size, its claims without repetition, sentences around names of every kind, and what is cut.

use crate::support::binary::{output, printed};
use crate::support::{load, one_factor, parse, run};
use headstart::Scenario;
use headstart::report::{Section, Sections, Style, markdown, run_text};

fn screen(scenario: &Scenario, draws: u64) -> String {
    run_text(scenario, &run(scenario, draws), &Sections::default(), Style::plain(80))
}

/// Lines of the table of claims below a heading: their numbers.
fn rows_below<'a>(text: &'a str, heading: &str) -> Vec<&'a str> {
    let lines = text.lines().skip_while(|line| !line.starts_with(heading)).skip(1);
    lines.take_while(|line| line.starts_with("  ")).filter(|line| line.ends_with('%')).collect()
}

#[test]
fn it_is_one_screen() {
    let text = printed(&["run", "scenarios/takeoff.ron", "-n", "100000"]);
    assert!(text.lines().count() <= 45, "{} lines", text.lines().count());
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert_eq!(text.lines().next(), Some("Will we get automated alignment research before an AI takeoff?"));
    assert!(
        text.contains("10 areas, 7 factors, 77 uncertain inputs; worlds: scheming 30%, honest 70%"),
        "{text}"
    );
    assert!(text.lines().last().unwrap().ends_with(" · seed 1 · 100,000 draws"), "{text}");
    assert!(!text.contains("Next"), "commands to type next are for a terminal");
    let own = text.find("Three capabilities areas").unwrap();
    let standard = text.find("Every area of AI capabilities").unwrap();
    assert!(own < standard && standard < text.find("P(row before column)").unwrap(), "{text}");
}

/// Pairs are those across two groups, and the screen says so; with other groups all pairs are meant. The direction and the runner-up are there.
#[test]
fn pairs_the_direction_and_the_runner_up_are_named() {
    let flat = |scenario: &Scenario, draws: u64| {
        screen(scenario, draws).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let two = flat(&load("takeoff"), 100_000);
    for said in [
        "Closest pair of two groups: Dangerous Capability Evals before Data generation, ",
        ", small enough to tell who leads each of the 25 pairs of two groups. ",
        "A higher amenability comes first.",
        "Most likely first: Agent scaffolding (78%), or ",
        ", or Training efficiency (21%). Last: ",
    ] {
        assert!(two.contains(said), "{said}: {two}");
    }
    let three = flat(&load("wheat"), 10_000);
    assert!(three.contains("Closest pair: ") && !three.contains("of two groups"), "{three}");
    // Nobody is named as the second of two that share the first place, or where two share the second.
    let firsts = |scenario: &Scenario| {
        let text = flat(scenario, 1_000);
        text.split("Most likely first: ").nth(1).unwrap().split(" Last: ").next().unwrap().to_owned()
    };
    let even = firsts(&one_factor(&["3", "3"], &["1"], ""));
    assert!(even.starts_with("x0 and x1 (") && !even.contains(", or "), "{even}");
    let second = firsts(&one_factor(&["Uniform(min: 0, max: 2)"], &["1", "1"], ""));
    assert!(!second.contains(", or "), "{second}");
}

/// Two rows of numbers that add up to one everywhere, or are equal, say the same.
#[test]
fn no_claim_is_told_twice() {
    for (scenario, n) in [
        (load("takeoff"), 4),
        (one_factor(&["Uniform(min: 0, max: 4)"], &["Exact(1)", "Exact(2)"], ""), 3),
        (one_factor(&["Uniform(min: 0, max: 4)"; 2], &["Exact(1)"], ""), 3),
        (one_factor(&["Uniform(min: 0, max: 4)"; 2], &["Uniform(min: 0, max: 5)"; 2], ""), 6),
    ] {
        let text = screen(&scenario, 20_000);
        let rows = rows_below(&text, "Standard claims");
        assert!(!rows.is_empty() && rows.len() <= n, "{text}");
        let numbers = |row: &&str| -> Vec<f64> {
            let cells = row.split_whitespace().filter(|cell| cell.ends_with('%'));
            cells.filter_map(|cell| cell.trim_end_matches('%').parse().ok()).collect()
        };
        let all: Vec<Vec<f64>> = rows.iter().map(numbers).filter(|row| !row.is_empty()).collect();
        for (i, one) in all.iter().enumerate() {
            for other in &all[..i] {
                let near = |x: f64, y: f64| (x - y).abs() < 0.051;
                let same = one.len() == other.len() && one.iter().zip(other).all(|(x, y)| near(*x, *y));
                let complement =
                    one.len() == other.len() && one.iter().zip(other).all(|(x, y)| near(x + y, 100.0));
                assert!(!same && !complement, "{text}");
            }
        }
    }
    // Between single areas the claims are the matrix.
    assert!(!screen(&load("wheat"), 5_000).contains("claims"));
}

/// With three worlds there is a column each, with more the lowest and the highest.
#[test]
fn worlds_have_columns() {
    let with = |outcomes: &str, branches: &str| {
        let score = format!("ByWorld(\"w\", {{{branches}}})");
        let worlds = format!("worlds: [(id: \"w\", outcomes: [{outcomes}])]");
        screen(&one_factor(&[&score, "Exact(1)"], &["Uniform(min: 0, max: 4)", "Exact(1.5)"], &worlds), 2_000)
    };
    let three = with("(\"a\", 0.5), (\"b\", 0.3), (\"c\", 0.2)", "\"a\": 1, \"b\": 2, \"c\": 3");
    assert!(three.contains("worlds: a 50%, b 30%, c 20%"), "{three}");
    let header = three.lines().find(|line| line.starts_with("Standard claims")).unwrap();
    assert_eq!(header.split_whitespace().skip(2).collect::<Vec<_>>(), ["all", "a", "b", "c"]);
    let five = with(
        "(\"a\", 0.2), (\"b\", 0.2), (\"c\", 0.2), (\"d\", 0.2), (\"e\", 0.2)",
        "\"a\": 1, \"b\": 2, \"c\": 3, \"d\": 1, \"e\": 4",
    );
    assert!(five.contains("5 worlds of 1 world variable"), "{five}");
    let header = five.lines().find(|line| line.starts_with("Standard claims")).unwrap();
    assert_eq!(header.split_whitespace().skip(2).collect::<Vec<_>>(), ["all", "lowest", "highest"]);
}

/// A scenario of two groups with these names, each of so many areas.
fn groups(names: [&str; 2], of: [usize; 2], words: &str) -> Scenario {
    let area = |group: usize, n: usize| {
        format!("(id: \"{}{n}\", name: \"{} {n}\", group: \"g{group}\")", ["x", "y"][group], names[group])
    };
    let areas: Vec<String> = (0..2).flat_map(|group| (0..of[group]).map(move |n| area(group, n))).collect();
    let scores = vec!["Uniform(min: 0, max: 1)"; of[0] + of[1]].join(", ");
    parse(&format!(
        "Scenario(title: \"t\", {words} groups: [(id: \"g0\", name: \"{}\"), (id: \"g1\", name: \"{}\")],
         areas: [{}], factors: [(id: \"f\", weight: 1, scores: [{scores}])])",
        names[0],
        names[1],
        areas.join(", ")
    ))
}

/// No verb is bent to a name: plural names, and names of sixty letters, read as singular ones do.
#[test]
fn sentences_suit_every_name() {
    let long = "Sixty letters of a name that never ends and so is wrapped it";
    assert_eq!(long.chars().count(), 60);
    for names in [["Apples", "Pears"], [long, "Fig"]] {
        let text = screen(&groups(names, [2, 2], ""), 2_000);
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(&format!("The first area of all belongs to {}", names[0])), "{text}");
        assert!(
            flat.contains(&format!("Every area of {} comes before every area of {}", names[1], names[0])),
            "{text}"
        );
        assert!(flat.contains(&format!("In most pairs, the area of {} comes first", names[0])), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        for bent in ["s is ", "s comes ", "s has ", "s was "] {
            assert!(
                !flat
                    .replace(&format!("of {} is above", names[0]), "")
                    // Here the verb goes with the area.
                    .replace(&format!("area of {} comes ", names[0]), "")
                    .contains(&format!("{}{bent}", names[0].trim_end_matches('s'))),
                "{text}"
            );
        }
    }
}

/// One group, one area, and two groups that are even.
#[test]
fn small_scenarios_have_a_screen() {
    let one = |n: usize| {
        let areas: Vec<String> = (0..n).map(|i| format!("(id: \"a{i}\", group: \"g\")")).collect();
        let scores: Vec<String> = (0..n).map(|i| format!("Uniform(min: {i}, max: {})", i + 2)).collect();
        let (areas, scores) = (areas.join(", "), scores.join(", "));
        screen(
            &parse(&format!(
                "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [{areas}], factors: [(id: \"f\", weight: 1, scores: [{scores}])])"
            )),
            5_000,
        )
    };
    let alone = one(1);
    assert!(alone.contains("There is only one area (a0), so there is nothing to order."), "{alone}");
    assert!(alone.starts_with("t\n1 area, 1 factor, 1 uncertain input\n"), "{alone}");
    assert!(!alone.contains("P(row before column)") && !alone.contains("claims"), "{alone}");
    let three = one(3);
    assert!(three.contains("The a2 area is more likely than not to come before each other area."), "{three}");
    assert!(three.contains("Most likely first: a2") && three.contains("Last: a0"), "{three}");
    let even = screen(&one_factor(&["4", "1"], &["3", "2"], ""), 2_000);
    assert!(even.contains("Neither group leads: 2 of 4 pairs each."), "{even}");
}

/// Words of a scenario stand in headings and sentences; fields and keys do not change.
#[test]
fn words_are_those_of_the_scenario() {
    let words =
        "words: (area: \"variety\", areas: \"varieties\", score: \"earliness\", before: \"ripens before\"),";
    let scenario = groups(["Early", "Late"], [2, 2], words);
    let summary = run(&scenario, 2_000);
    let text = run_text(&scenario, &summary, &Sections::all(), Style::plain(80));
    for said in [
        "4 varieties, ",
        "Every variety of Late ripens before",
        "The mean earliness of Early",
        "\nEarliness\n",
    ] {
        assert!(text.contains(said), "no {said} in {text}");
    }
    assert!(!text.contains("Overall score") && !text.contains(" areas"), "{text}");
    assert_eq!(parse(&scenario.to_ron()), scenario);
    let json = scenario.to_json();
    assert_eq!(Scenario::from_json("words.json", &json).unwrap(), scenario);
    assert!(!groups(["Early", "Late"], [2, 2], "").to_ron().contains("words"));
    // A variant takes the words of its base, and may replace each.
    let files = |_: &str, _: &std::path::Path| {
        Ok(headstart::scenario::FoundFile { path: "base.ron".into(), text: scenario.to_ron() })
    };
    let variant = |more: &str| {
        Scenario::load("v.ron", &format!("Variant(base: \"base.ron\", {more})"), &files).unwrap()
    };
    assert_eq!(variant("").words(), scenario.words());
    assert_eq!(variant("words: (score: \"lateness\")").words().score, "lateness");
    assert_eq!(variant("words: (score: \"lateness\")").words().area, "variety");
    let built = Scenario::builder("t").words(&[("score", "earliness")]).group("g", "G").area("a", "A", "g");
    let built =
        built.factor(headstart::scenario::FactorBuilder::new("f", [1.0]).weight(1.0)).build().unwrap();
    assert_eq!(built.words().score, "earliness");
    let refused = Scenario::from_ron("t.ron", &scenario.to_ron().replace("earliness", " ")).unwrap_err();
    assert!(refused.to_string().contains("the word `score` is empty"), "{refused}");
}

/// A matrix of more than twelve rows or columns is cut, and says so; all of it is a section away.
#[test]
fn large_matrices_are_cut() {
    let scenario = groups(["X", "Y"], [14, 3], "");
    let summary = run(&scenario, 500);
    let rows = |text: &str| text.lines().filter(|line| line.starts_with("X ")).count();
    let cut = run_text(&scenario, &summary, &Sections::default(), Style::plain(80));
    assert_eq!(rows(&cut), 12, "{cut}");
    let flat = cut.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("The matrix shows 12 of 14 rows and 3 of 3 columns, those with the highest mean overall score; --show all prints every one."), "{flat}");
    let whole = run_text(&scenario, &summary, &Sections::default().with_all_pairs(true), Style::plain(300));
    assert!(!whole.contains("The matrix shows"), "{whole}");
}

/// Sections that are named are printed, alone; unknown ones are refused with those there are.
#[test]
fn sections_are_what_is_asked_for() {
    let of = |show: &str| printed(&["run", "scenarios/wheat.ron", "-n", "2000", "--show", show]);
    let ranks = of("ranks");
    assert!(
        ranks.contains("Rank probabilities (1 = first)") && !ranks.contains("P(row before column)"),
        "{ranks}"
    );
    let both = of("answer,scores");
    assert!(both.contains("P(row before column)") && both.contains("\nOverall score\n"), "{both}");
    let all = of("all");
    for section in [
        "About",
        "Claims",
        "Rank probabilities (1 = first)",
        "Overall score",
        "World summer = dry",
        "Assertions",
        "Method",
    ] {
        assert!(all.contains(&format!("\n{section}")), "no {section} in {all}");
    }
    let wrong = output(&["run", "scenarios/wheat.ron", "--show", "rank"]);
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(
        wrong.status.code() == Some(2) && said.contains("unknown section `rank`; choose from answer, about"),
        "{said}"
    );
    for section in Section::OF_RUN {
        assert!(Sections::parse(section.name(), &Section::OF_RUN).unwrap().has(section));
    }
    let scenario = load("wheat");
    let post = markdown(&scenario, &run(&scenario, 2_000), &Sections::default());
    assert!(post.contains("| P(row before column) |") && !post.contains("Rank probabilities"), "{post}");
}

/// What never happened in a sample is a bound, and neither 0 nor 1.
#[test]
fn a_sampled_probability_is_never_certain() {
    let text =
        screen(&one_factor(&["Uniform(min: 0, max: 1)"; 2], &["Uniform(min: 2, max: 3)"; 2], ""), 100_000);
    assert!(text.contains("<0.004%") && text.contains(">99.996%"), "{text}");
    assert!(!text.contains(" 0%") && !text.contains(" 100%"), "{text}");
}

/// Assertions that are not met come before the answer.
#[test]
fn failed_assertions_come_first() {
    let scenario = one_factor(
        &["Uniform(min: 0, max: 1)"],
        &["Uniform(min: 0, max: 1)"],
        "asserts: [\"P(x0 before y0) > 0.9\"]",
    );
    let text = screen(&scenario, 5_000);
    let failed = text.find("FAILED: the assertion P(x0 before y0) > 0.9; found ").unwrap();
    assert!(
        failed < text.find("P(row before column)").unwrap() && text.contains("Assertion: not met."),
        "{text}"
    );
}
