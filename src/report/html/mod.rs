//! The report as one HTML file: it reads without a network and without scripts, prints, and holds the scenario that it is of, so that the
//! program can run it again.

mod answer;
mod model;
mod page;
mod parts;
mod report;

pub(super) use parts::{made_element, made_of_page, page_lines, scenario_of_page};
pub use report::{PageExtras, html};
