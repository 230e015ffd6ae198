//! The page: well formed, complete without a network and without scripts, and the scenario in it runs to the same answer.

use crate::support::binary::{folder, printed};
use crate::support::{assert_golden, load, one_factor, run};
use headstart::Scenario;
use headstart::report::{PageExtras, Tornado, TornadoBar, embedded_scenario, html, json};
use headstart::sampler::Run;

/// A page without its first line is XML too, so that its parts can be looked up.
pub fn tree(page: &str) -> roxmltree::Document<'_> {
    let text = page.strip_prefix("<!doctype html>\n").expect("a page says that it is HTML");
    roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Read once by somebody, as the golden reports are. `BLESS=1` writes it anew.
#[test]
fn a_page_as_it_was_looked_at() {
    let page = printed(&["run", "scenarios/wheat.ron", "-n", "10000", "--seed", "2", "--format", "html"]);
    assert_golden("tests/golden/wheat.html", &page);
}

#[test]
fn it_needs_no_network_and_no_script() {
    let scenario = load("takeoff");
    let page = html(&scenario, &run(&scenario, 2_000), &PageExtras::default());
    let tree = tree(&page);
    for node in tree.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        assert!(!["script", "img", "iframe", "object", "embed", "base", "form"].contains(&name), "{name}");
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(!key.starts_with("on"), "{key}");
            if matches!(key, "src" | "href") {
                assert!(value.starts_with('#') || value == "data:,", "{name} {key} {value}");
            }
        }
    }
    assert!(!page.contains("url(") && !page.contains("@import"));
}

/// Tables have captions and headers with a scope; pictures have a name; each id is there once, and each link has its end.
#[test]
fn the_page_is_accessible() {
    let scenario = load("takeoff");
    let bars = vec![TornadoBar {
        label: "x".into(),
        low: (0.1, "1".into()),
        high: (0.4, "2".into()),
        settled: true,
    }];
    let tornado = Tornado { about: "y".into(), base: 0.2, bars, largest_mcse: 0.001 };
    let beside = PageExtras {
        tornadoes: vec![(tornado.clone(), Run::default()), (tornado, Run::default())],
        ..PageExtras::default()
    };
    let page = html(&scenario, &run(&scenario, 2_000), &beside);
    let tree = tree(&page);
    let elements = || tree.descendants().filter(roxmltree::Node::is_element);
    let named = |name: &'static str| elements().filter(move |node| node.tag_name().name() == name);
    assert_eq!(named("h1").count(), 1);
    assert_eq!(tree.root_element().attribute("lang"), Some("en"));
    assert!(named("table").count() > 5);
    for table in named("table") {
        assert!(table.children().any(|node| node.has_tag_name("caption")));
    }
    for header in named("th") {
        assert!(matches!(header.attribute("scope"), Some("col" | "row")));
    }
    let svg = |node: &roxmltree::Node<'_, '_>| node.tag_name().name() == "svg";
    assert!(
        elements().filter(svg).count() >= 7,
        "matrix, ranks, overall score, worlds, two worlds, two tornadoes"
    );
    for picture in elements().filter(svg) {
        assert_eq!(picture.attribute("role"), Some("img"));
    }
    let ids: Vec<&str> = elements().filter_map(|node| node.attribute("id")).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "an id is there twice");
    for link in named("a") {
        assert!(ids.contains(&&link.attribute("href").unwrap()[1..]));
    }
}

/// A matrix is drawn once, with its numbers in its cells, and its table is folded.
#[test]
fn tables_that_a_picture_shows_are_folded() {
    let scenario = load("takeoff");
    let page = html(&scenario, &run(&scenario, 20_000), &PageExtras::default());
    let tree = tree(&page);
    let captions = tree.descendants().filter(|node| node.has_tag_name("caption"));
    for caption in captions {
        let text = caption.text().unwrap_or_default();
        let is_folded = caption.ancestors().any(|node| node.has_tag_name("details"));
        let is_drawn = ["P(row before column)", "Rank probabilities", "Amenability"]
            .iter()
            .any(|start| text.starts_with(start));
        assert!(is_folded || !is_drawn, "{text} is shown beside its picture");
    }
    // One matrix over all worlds, and one in each of two.
    assert_eq!(page.matches("<title id=\"matrix-").count(), 3);
    let matrix = page.split("<title id=\"matrix-").nth(1).unwrap().split("</svg>").next().unwrap();
    assert_eq!(matrix.matches("%</text>").count(), 25, "a number in each cell");
}

/// Pictures of a page are as wide as a telephone, and only those that cannot be are scrolled by themselves.
#[test]
fn pictures_of_a_page_fit_a_telephone() {
    for name in crate::support::library() {
        let scenario = load(&name);
        let page = html(&scenario, &run(&scenario, 1_000), &PageExtras::default());
        for picture in tree(&page).descendants().filter(|node| node.has_tag_name("svg")) {
            let width: f64 = picture.attribute("width").unwrap().parse().unwrap();
            assert!(width <= 375.0, "{name}: {width}");
            for text in picture.descendants().filter(|node| node.has_tag_name("text")) {
                let size: f64 = text.attribute("font-size").unwrap().parse().unwrap();
                assert!(size >= 9.0, "{name}: {text:?}");
            }
        }
    }
}

/// The author's words and the answer come before anything else.
#[test]
fn it_opens_with_the_answer() {
    let scenario = load("takeoff");
    let page = html(&scenario, &run(&scenario, 20_000), &PageExtras::default());
    let place = |words: &str| page.find(words).unwrap_or_else(|| panic!("no {words}"));
    let body = place("<h1>");
    let answer = body
        + page[body..].find("Of the 25 pairs, 22 favour AI capabilities and 3 favour AI safety.").unwrap();
    assert!(answer < place("From the author:") && place("From the author:") < place("<nav"));
    assert!(place("<nav") < place("<table"));
    assert!(page.contains(&scenario.hash()));
}

/// Claims of the author stand first, in the lead too, and what is generated and says the same is left out.
#[test]
fn claims_of_the_author_come_first() {
    let page = printed(&["run", "scenarios/takeoff.ron", "-n", "2000", "-q", "--format", "html"]);
    let own = "Three capabilities areas come before the first safety area";
    let lead = page.split("<p class=\"answer\">").nth(1).unwrap();
    assert!(lead.starts_with(&format!("{own}: 6")), "{}", &lead[..200]);
    let claims = page.split("id=\"claims\"").nth(1).unwrap().split("</table>").next().unwrap();
    let row = |text: &str| claims.find(text).unwrap_or_else(|| panic!("no {text} in {claims}"));
    assert!(row(own) < row("Every area of AI capabilities"));
    assert!(page.contains(&format!("<h2 id=\"drivers\">What drives “{own}”</h2>")), "the first own claim");
    assert!(page.contains("<a href=\"#drivers\">What drives it</a>"));
    let mine = "claims: [(id: \"mine\", text: \"Mine\", before: (First(\"x\"), First(\"y\")))]";
    let of = |more: &str| {
        let scenario = one_factor(&["Uniform(min: 0, max: 4)"; 2], &["Exact(1)", "Exact(2)"], more);
        html(&scenario, &run(&scenario, 1_000), &PageExtras::default())
    };
    let generated = "The first area of all belongs to";
    assert!(of("").contains(generated) && !of(mine).contains(generated) && of(mine).contains("Mine."));
}

/// A number of the table that is uncertain has its range below it, in small letters.
#[test]
fn the_table_shows_ranges() {
    let scenario = one_factor(&["Uniform(min: 0, max: 4)"], &["Exact(1)"], "");
    let page = html(&scenario, &run(&scenario, 1_000), &PageExtras::default());
    let table = page.split("id=\"table\"").nth(1).unwrap().split("</table>").next().unwrap();
    // Quantiles of a uniform distribution.
    let cell = table.split("<small>").nth(1).expect("a range").split("</small>").next().unwrap();
    let ends: Vec<f64> = cell.split(" to ").map(|end| end.parse().unwrap()).collect();
    assert!((ends[0] - 0.2).abs() < 0.01 && (ends[1] - 3.8).abs() < 0.01, "{cell}");
    assert_eq!(table.matches("<small>").count(), 1, "exact numbers have none: {table}");
    // Without worlds nothing is said of them.
    assert!(!page.contains("No world is drawn") && page.contains("stochastic multicriteria acceptability"));
    let with = load("takeoff");
    assert!(html(&with, &run(&with, 1_000), &PageExtras::default()).contains("No world is drawn"));
}

#[test]
fn a_report_runs_again() {
    for name in ["takeoff", "wheat", "takeoff-raters", "takeoff-residual", "takeoff-veto", "takeoff-simplex"]
    {
        let scenario = load(name);
        let summary = run(&scenario, 100);
        for report in [html(&scenario, &summary, &PageExtras::default()), json(&scenario, &summary)] {
            let text = embedded_scenario(&report).unwrap().expect("a report holds its scenario");
            let again =
                Scenario::from_ron("report", &text).unwrap_or_else(|problems| panic!("{name}: {problems}"));
            assert_eq!(again.hash(), scenario.hash(), "{name}");
        }
    }
    assert_eq!(embedded_scenario("Scenario(title: \"x\")").unwrap(), None);
    assert_eq!(embedded_scenario("<!doctype html><p>nothing</p>").unwrap(), None);
    assert_eq!(embedded_scenario("{\"scenario\": 5}").unwrap(), None);
    assert_eq!(embedded_scenario("{").unwrap(), None);
    assert_eq!(embedded_scenario("").unwrap(), None);
    assert_eq!(embedded_scenario("ééééééé").unwrap(), None);

    let folder = folder("page");
    let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (page, answer) = (file("report.html"), file("answer.json"));
    let wheat = ["run", "scenarios/wheat.ron", "-n", "5000"];
    let text = printed(&[&wheat[..], &["--export", &page, "--export", &answer]].concat());
    for report in [&page, &answer] {
        assert_eq!(printed(&["run", report, "-n", "5000"]), text);
        // And a report of the report is the report.
        let again = printed(&["run", report, "-n", "5000", "--format", "html"]);
        assert_eq!(again, std::fs::read_to_string(&page).unwrap());
    }
    std::fs::remove_dir_all(folder).unwrap();
}
