//! From a spreadsheet to a scenario: a table of scores as a text that its author goes on writing.
//!
//! `sheet` finds the cells of the text, `number` reads them, `layout` and `grid` find areas, factors and weights (`shape`), `result` leaves out totals, `write`
//! makes the scenario. What cannot be read for certain is refused with its line.

mod error;
mod from_table;
mod grid;
mod ids;
mod layout;
mod number;
mod result;
mod shape;
mod sheet;
mod words;
mod write;

use super::limit;
use super::plain_numbers::PlainRange;
pub use error::{NumberError, TableError};
pub use from_table::{TableHints, TableScenario, from_table};
pub use ids::ids;
pub use shape::AreasIn;
