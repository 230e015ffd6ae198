//! The report as one HTML file: it reads without a network and without scripts, prints, and holds the scenario that it is of, so that the
//! program can run it again.

mod answer;
mod comparison;
#[cfg(feature = "page")]
mod live;
mod model;
mod opening;
mod page;
mod parts;
mod rankings;
mod report;
mod sensitivity;

pub use comparison::{diff_html, levers_html, sweep_html};
#[cfg(feature = "page")]
pub use live::live_html;
pub(super) use parts::{made_element, made_of_page, page_lines, scenario_of_page, without_engine};
pub use rankings::rankings_html;
pub use report::{PageExtras, html};
pub use sensitivity::sensitivity_html;
