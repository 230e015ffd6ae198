//! The file that `headstart page` writes: one file, of a bounded size, that is also the report of its run.

use super::engine::bytes;
use crate::support::binary::{folder, printed};
use crate::support::{read, root};
use headstart::report::embedded_scenario;
use std::process::Command;

fn size(path: &str) -> u64 {
    std::fs::metadata(root().join(path)).unwrap().len()
}

/// What a reader has to load: 1.7 MB at most, of which the script and the style are 60 kB.
#[test]
fn a_page_stays_small() {
    let own = size("src/report/html/live/page.js") + size("src/report/html/live/page.css");
    assert!(own <= 60_000, "script and style are {own} bytes");
    let engine = size("src/report/html/live/engine.wasm.lzma");
    assert!(engine <= 1_050_000, "the engine is {engine} bytes");
    assert!(bytes().starts_with(b"\0asm"));
}

#[test]
fn a_page_is_the_report_of_its_run_too() {
    let folder = folder("web-page");
    let page = folder.join("page.html");
    let report = folder.join("report.html");
    let [page, report] = [&page, &report].map(|path| path.to_str().unwrap());
    printed(&["page", "scenarios/takeoff.ron", "-q", "-n", "2000", "-o", page]);
    printed(&["run", "scenarios/takeoff.ron", "-q", "-n", "2000", "--export", report]);
    let text = std::fs::read_to_string(page).unwrap();
    // Without what is between the marks it is the report, letter by letter.
    let mut rest = text.as_str();
    let mut without = String::new();
    while let Some((before, after)) = rest.split_once("<!--page-->") {
        without += before;
        rest = after.split_once("<!--/page-->\n").unwrap().1;
    }
    assert_eq!(without + rest, std::fs::read_to_string(report).unwrap());
    assert!(printed(&["verify", page]).contains("verified"));
    assert_eq!(
        printed(&["run", page, "-n", "2000", "-q"]),
        printed(&["run", "scenarios/takeoff.ron", "-n", "2000", "-q"])
    );
    assert!(embedded_scenario(&text).unwrap().is_some());
    assert!(text.contains("Content-Security-Policy") && text.contains("default-src 'none'"));
    for outside in ["http://", "https://", "//cdn"] {
        let code = read("src/report/html/live/page.js").replace("http://www.w3.org/", "");
        assert!(!code.contains(outside), "{outside}");
    }
}

/// Names of strangers end no script and open no element.
#[test]
fn hostile_names_stay_texts() {
    let page = folder("web-hostile").join("page.html");
    printed(&["page", "tests/data/hostile.ron", "-q", "-n", "2000", "-o", page.to_str().unwrap()]);
    let text = std::fs::read_to_string(page).unwrap();
    let start = text.find("id=\"published\">").unwrap() + "id=\"published\">".len();
    let data = &text[start..start + text[start..].find("</script>").unwrap()];
    assert!(!data.contains('<') && !data.contains('>'));
    let published: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(published["screen"]["title"], published["shown"]["title"]);
    assert_eq!(text.matches("<script").count(), 4);
}

#[test]
fn a_page_overwrites_nothing_by_a_slip() {
    let run = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_headstart")).args(arguments).current_dir(root()).output();
        let output = output.unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, why) = run(&["page", "scenarios/wheat.ron", "-o", "scenarios/wheat.ron"]);
    assert_eq!(code, Some(2));
    assert!(why.contains("expected a file that ends in .html"), "{why}");
}
