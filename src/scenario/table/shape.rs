//! A table as data: areas, factors with their cells, and weights.

use super::PlainRange;
use super::error::TableError;
use super::number::{Mark, Shown, number, shortened};

/// Direction in which a table has its areas.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AreasIn {
    /// One area per row, one factor per column.
    Rows,
    /// One area per column, one factor per row.
    Columns,
}

/// A table with one factor per row, whatever it was in the file.
#[derive(Debug)]
pub struct Table {
    /// The areas.
    pub areas: Vec<Area>,
    /// The rows: factors, and results until they are left out.
    pub rows: Vec<Row>,
    /// The group of each area, if the table says it.
    pub groups: Option<Vec<String>>,
    /// The decimal mark of its numbers.
    pub mark: Mark,
    /// The scale of the scores, if the names of the factors say it.
    pub scale: Option<(f64, f64)>,
    /// True if any row can have a weight.
    pub has_weights: bool,
    /// Notes on where areas, factors and weights were found, as sentences.
    pub found: Vec<String>,
    /// Notes on what was left out, as sentences.
    pub left_out: Vec<String>,
}

/// An area.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// Place in the file: a line or a column.
    pub place: String,
    /// The number of that line or column.
    pub number: usize,
}

impl Area {
    /// The place with the name, which the place of a column has in it.
    pub fn named_place(&self) -> String {
        if self.place.starts_with("line") {
            format!("{} (`{}`)", self.place, shortened(&self.name))
        } else {
            self.place.clone()
        }
    }
}

/// A row of a table with one factor per row.
#[derive(Clone, Debug)]
pub struct Row {
    /// The name, without a weight in parentheses.
    pub name: String,
    /// Place in the file: a line or a column.
    pub place: String,
    /// Its weight.
    pub weight: Option<f64>,
    /// The range of which the weight is the middle, if one was written.
    pub weight_range: Option<PlainRange>,
    /// One cell per area.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The scores of a row whose cells were read before.
    pub fn scores(&self, mark: Mark) -> impl Iterator<Item = Shown> {
        self.cells.iter().map(move |cell| cell.number(mark).expect("the cells of factors were read before"))
    }
}

/// A cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The text in it.
    pub text: String,
    /// Place in the file.
    pub place: String,
    /// The line ends before it: the cells in the line and those in the header.
    pub beyond: Option<(usize, usize, usize)>,
}

impl Cell {
    /// The number in the cell.
    ///
    /// # Errors
    /// Returns the place, and what is wrong there.
    pub fn number(&self, mark: Mark) -> Result<Shown, TableError> {
        if let Some((line, found, expected)) = self.beyond {
            return Err(TableError::ShortLine { line, found, expected });
        }
        if self.text.is_empty() {
            return Err(TableError::NoNumber { place: self.place.clone() });
        }
        let place = || self.place.clone();
        let shown = number(&self.text, mark).map_err(|error| TableError::Number { place: place(), error })?;
        if shown.percent {
            return Err(TableError::Percent { place: place(), cell: shortened(&self.text) });
        }
        Ok(shown)
    }
}
