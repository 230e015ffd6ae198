//! Pages: what they show besides an answer is drawn with it, stops with it, and what is missing is said.

use super::fronts::{FILE, answered, request, written};
use crate::support::binary::printed;
use crate::support::read;
use headstart::Control;
use headstart::report::ReportWithProvenance;
use headstart::request::{Extras, Format, Request, Source};
use serde_json::json as value;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

const MISSING: &str = "shows neither levers nor drivers";

#[test]
fn a_page_has_the_bits_of_its_command() {
    let asked = value!({"show": {"run": {"page": true}}});
    let ours = written(&answered(&asked), Format::Html);
    let arguments = ["run", FILE, "-n", "2000", "--seed", "3", "--format", "html", "-q"];
    assert_eq!(ours, printed(&arguments));
    assert!(ours.contains("What levers do") && ours.contains("What drives it") && !ours.contains(MISSING));
    // Other formats are the same with and without.
    let without = answered(&value!({"show": {"run": {}}}));
    assert!(matches!(without.extras, Extras::NotAsked));
    assert_eq!(written(&answered(&asked), Format::Json), written(&without, Format::Json));
}

/// A page that lacks them can be made again too.
#[test]
fn a_page_says_what_was_not_drawn() {
    let page = written(&answered(&value!({"show": {"run": {}}})), Format::Html);
    assert!(page.contains(MISSING) && !page.contains("What levers do"));
    let stamped = ReportWithProvenance::read(&page).unwrap();
    assert!(stamped.is_intact);
    let source = Source::Text { name: "report".into(), text: page.clone() };
    let again = Request::again(&stamped.made, source).unwrap().as_page(&stamped.made);
    assert_eq!(written(&again.prepare().unwrap().answer(Control::none()).unwrap(), Format::Html), page);
}

/// The flag is set at the first draws that come after those of the run.
#[test]
fn what_a_page_shows_besides_can_be_stopped() {
    let (stop, drawn) = (AtomicBool::new(false), AtomicU64::new(0));
    let progress = |n| {
        if drawn.fetch_add(n, Ordering::Relaxed) >= 2_000 {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let control = Control { stop: Some(&stop), progress: Some(&progress), resume: None };
    // One thread, so that no draws of what comes after are under way when the flag is set.
    let asked = value!({"show": {"run": {"page": true}}, "threads": 1});
    let prepared = request(&asked).unwrap().prepare().unwrap();
    let answer = prepared.answer(control).unwrap();
    assert!(answer.partial().is_none() && answer.is_stopped());
    assert!(written(&answer, Format::Html).contains(MISSING));
}

/// A lever that moves an area to another group changes what the claims are about.
#[test]
fn levers_that_cannot_be_compared_are_said() {
    let text = read("scenarios/wheat.ron");
    let scenario = headstart::Scenario::from_ron("wheat.ron", &text).unwrap();
    let (area, group) = (&scenario.areas()[0], scenario.groups().last().unwrap());
    assert_ne!(scenario.groups()[area.group].id, group.id, "another group");
    let lever = format!(
        "levers: [(id: \"move\", name: \"Move it\", edits: [\"group.{} = {}\"])],\n",
        area.id, group.id
    );
    let at = text.rfind(')').unwrap();
    let text = format!("{}    {lever})\n", text[..at].trim_end());
    let asked =
        value!({"source": {"text": {"name": "moved.ron", "text": text}}, "show": {"run": {"page": true}}});
    let page = written(&answered(&asked), Format::Html);
    assert!(page.contains("headstart did not compare the levers: "), "said");
    assert!(!page.contains("What levers do") && !page.contains(MISSING));
}
