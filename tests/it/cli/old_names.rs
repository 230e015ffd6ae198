//! Names that commands and options had before, and those that other tools have.

use crate::support::binary::{output, printed, text};

/// The old names give the same bytes.
#[test]
fn old_names_of_commands_and_options_stay() {
    let wheat = "scenarios/wheat.ron";
    for (old, new) in [
        (&["run", wheat, "--instances", "2000", "-q"][..], &["run", wheat, "--draws", "2000", "-q"][..]),
        (&["orders", wheat, "-n", "2000", "-q"], &["rankings", wheat, "-n", "2000", "-q"]),
        (
            &["rankings", wheat, "-n", "2000", "--confidence", "0.9"],
            &["rankings", wheat, "-n", "2000", "--threshold", "0.9"],
        ),
        (&["run", wheat, "-n", "2000", "--json"], &["run", wheat, "-n", "2000", "--format", "json"]),
    ] {
        assert_eq!(printed(old), printed(new), "{old:?}");
    }
    let twice = output(&["run", wheat, "--json", "--format", "csv"]);
    assert_eq!(twice.status.code(), Some(2), "one format at a time");
}

#[test]
fn near_misses_are_answered_with_the_right_command() {
    for (asked, right) in [
        ("plot", "headstart run SCENARIO --export matrix.svg"),
        ("compare", "headstart diff SCENARIO OTHER"),
        ("validate", "headstart check SCENARIO"),
    ] {
        let refused = output(&[asked, "scenarios/wheat.ron"]);
        let said = text(&refused.stderr);
        assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0), "{said}");
        assert!(said.contains(&format!("unknown command `{asked}`; use `{right}`")), "{said}");
    }
}

/// Slips of the hand are answered with what to type.
#[test]
fn slips_are_answered_with_what_to_type() {
    let wheat = "scenarios/wheat.ron";
    for (typed, right) in [
        (&[wheat][..], "use `headstart run scenarios/wheat.ron`"),
        (&["page", wheat, "page2.html"], "add `-o page2.html`"),
        (&["run", wheat, "--html"], "write a page with `--export report.html`"),
        (&["explain", wheat, "--claim", "x"], "`headstart sensitivity SCENARIO --claim CLAIM`"),
        (&["sweep", wheat, "--vary", "weight.warmth = 0..10"], "write 0..=10"),
        (&["sweep", wheat, "--vary", "weight.warmth = 0-10"], "write 0..=10"),
        (&["run", wheat, "--claim", "Alta is best"], "unknown claim `Alta is best`; write `Alta is first`"),
        (&["run", wheat, "--claim", "Alta beats Brava"], "write `Alta before Brava`"),
        (&["explain", wheat, "Altaa", "brava"], "did you mean `alta`?"),
    ] {
        let refused = output(typed);
        let said = text(&refused.stderr);
        assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0), "{typed:?}: {said}");
        assert!(said.contains(right), "{typed:?}: {said}");
    }
    let asked = ["run", wheat, "-n", "2000", "-q", "--claim"];
    for right in ["Alta is first", "Alta before Brava"] {
        assert!(output(&[&asked[..], &[right]].concat()).status.success(), "{right}");
    }
}

/// Areas are named by their names too where a command takes two of them.
#[test]
fn areas_of_commands_may_be_named_by_their_names() {
    let takeoff = "scenarios/takeoff.ron";
    let ask = |a: &str, b: &str| printed(&["explain", takeoff, a, b, "-n", "2000", "-q"]);
    assert_eq!(ask("AI Control", "data generation"), ask("ai_control", "data_generation"));
}
