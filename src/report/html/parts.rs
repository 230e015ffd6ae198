//! The parts of a page that programs read again: the scenario, and how the page was made.

use super::page::{Page, read_verbatim};

/// The element that holds the scenario.
pub(super) const SCENARIO: &str = "scenario";

/// The scenario that a page holds, as RON.
pub fn scenario_of_page(page: &str) -> Option<String> {
    read_verbatim(page, SCENARIO)
}

/// The element that holds how the page was made.
const MADE: &str = "made";

/// The part of a page that says how it was made, for programs.
pub fn made_element(made: &str) -> String {
    let mut page = Page::default();
    page.verbatim(MADE, "How this page was made, for headstart verify", made);
    page.tail()
}

/// Returns what [`made_element`] was made of, in a page.
pub fn made_of_page(page: &str) -> Option<String> {
    read_verbatim(page, MADE)
}

/// The lines of a page with their numbers, but for those on how it was made and on how much there is of it; and whether it is partial.
pub fn page_lines(page: &str) -> (Vec<(usize, &str)>, bool) {
    let made = page.find(&format!("<pre id=\"{MADE}\">")).unwrap_or(page.len());
    let end = page[made..].find("</pre>").map_or(page.len(), |n| made + n);
    let is_partial = page.contains(PARTIAL);
    let is_kept = |at: usize, line: &str| {
        let names_version = line.starts_with("<meta name=\"generator\"") || line.starts_with(PROGRAM);
        !names_version
            && !line.contains(PARTIAL)
            && !(made..end).contains(&at)
            && !line.contains("<pre id=\"made\">")
    };
    let (mut lines, mut at, mut n) = (Vec::new(), 0, 0);
    for line in page.split_inclusive('\n') {
        // Numbered without what is left out, so that the lines of two pages can be compared.
        if is_kept(at, line) {
            n += 1;
            lines.push((n, line.trim_end()));
        }
        at += line.len();
    }
    (lines, is_partial)
}

const PARTIAL: &str = "<strong>PARTIAL:</strong>";
const PROGRAM: &str = "<tr><th scope=\"row\">Program</th>";

/// Marks around what a page has besides its report.
pub(super) const OPEN: &str = "<!--page-->";
pub(super) const CLOSE: &str = "<!--/page-->\n";

/// Returns the report that a page holds, without the engine; another text stays as it is.
pub fn without_engine(page: &str) -> String {
    let mut parts = page.split(OPEN);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |report, part| report + part.split_once(CLOSE).map_or(part, |(_, rest)| rest))
}
