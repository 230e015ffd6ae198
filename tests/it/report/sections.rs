//! Sections of `run`: one world alone, and names that no section has.

use crate::support::binary::{output, text};
use crate::support::{load, run};
use headstart::report::{Section, Sections, Style, markdown, run_text};

#[test]
fn one_world_alone_is_shown() {
    let scenario = load("takeoff");
    let summary = run(&scenario, 2_000);
    let shown = |sections: &str| {
        let sections = Sections::parse(sections, &Section::OF_RUN).unwrap();
        sections.check(&scenario).unwrap();
        [run_text(&scenario, &summary, &sections, Style::plain(80)), markdown(&scenario, &summary, &sections)]
    };
    for (both, one) in shown("worlds").iter().zip(shown("worlds=scheming=honest")) {
        let parts: Vec<&str> = both.split("World scheming = ").collect();
        assert_eq!(parts.len(), 3, "two worlds");
        // What is shown of the one is what is shown of it beside the other.
        let alone: Vec<&str> = one.split("World scheming = ").collect();
        assert_eq!(alone.len(), 2, "one world");
        assert!(parts[2].starts_with("honest") && alone[1] == parts[2], "{one}");
    }
    let spaced = shown("worlds = scheming = honest");
    assert_eq!(spaced, shown("worlds=scheming=honest"));
    // Everything else may be shown beside it.
    assert!(shown("all,worlds=scheming=honest")[0].contains("Rank probabilities (1 = first)"));
}

#[test]
fn unknown_sections_and_worlds_are_refused() {
    let said = |scenario: &str, show: &str| {
        let output = output(&["run", scenario, "-n", "1000", "--show", show]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{show}");
        text(&output.stderr)
    };
    let takeoff = "scenarios/takeoff.ron";
    let known = "choose from worlds=scheming=scheming, worlds=scheming=honest";
    for show in ["worlds=scheming=sometimes", "worlds=weather=honest", "ranks,worlds=scheming="] {
        assert!(said(takeoff, show).contains(known), "{show}: {}", said(takeoff, show));
    }
    for show in ["worlds=scheming", "ranks=scheming=honest", "rank", "", "all=1=2", "worlds="] {
        let said = said(takeoff, show);
        assert!(said.contains("unknown section") && said.contains("worlds=NAME=OUTCOME"), "{show}: {said}");
    }
    let none = said("scenarios/wheat.ron", "worlds=scheming=honest");
    assert!(none.contains("unknown section") || none.contains("choose from worlds="), "{none}");
}

#[test]
fn help_lists_what_show_takes() {
    let sections: [(&str, &[Section]); 2] =
        [("run", &Section::OF_RUN), ("sensitivity", &Section::OF_SENSITIVITY)];
    for (command, sections) in sections {
        for help in ["-h", "--help"] {
            let help = text(&output(&[command, help]).stdout);
            let of_show = help.split("--show").nth(1).unwrap();
            for section in sections {
                assert!(of_show.contains(section.name()), "{command}: {}", section.name());
            }
        }
    }
}
