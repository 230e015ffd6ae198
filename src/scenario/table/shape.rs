//! Areas, factors and weights of a sheet: which are its rows and which its columns, and where its weights are.

use super::error::TableError;
use super::grid::{Grid, weights_in_names};
use super::number::{Mark, Shown, number, shortened};
use super::sheet::Sheet;
use super::{AreasIn, limit};
use std::fmt::Display;

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
    /// Whether any row can have a weight.
    pub has_weights: bool,
    /// Where areas, factors and weights were found, as sentences.
    pub found: Vec<String>,
    /// What was left out, as sentences.
    pub left_out: Vec<String>,
}

/// An area.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// Where it is in the file: a line or a column.
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
    /// Where it is in the file: a line or a column.
    pub place: String,
    /// Its weight.
    pub weight: Option<f64>,
    /// One cell per area.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The scores of a row whose cells were read before.
    pub fn scores(&self, mark: Mark) -> impl Iterator<Item = f64> {
        self.cells
            .iter()
            .map(move |cell| cell.number(mark).expect("the cells of factors were read before").value)
    }
}

/// A cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The text in it.
    pub text: String,
    /// Where it is in the file.
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

/// Words for what is in the rows of a table, as its first cell has them.
const FACTOR_WORDS: [&str; 18] = [
    "factor",
    "factors",
    "criterion",
    "criteria",
    "criterions",
    "attribute",
    "attributes",
    "aspect",
    "aspects",
    "dimension",
    "dimensions",
    "objective",
    "objectives",
    "indicator",
    "indicators",
    "metric",
    "metrics",
    "consideration",
];
const AREA_WORDS: [&str; 18] = [
    "area",
    "areas",
    "option",
    "options",
    "alternative",
    "alternatives",
    "candidate",
    "candidates",
    "choice",
    "choices",
    "item",
    "items",
    "site",
    "sites",
    "project",
    "projects",
    "product",
    "products",
];
/// Names of the row or column with the weights.
const WEIGHT_NAMES: [&str; 21] = [
    "weight",
    "weights",
    "weighting",
    "weightings",
    "importance",
    "w",
    "wt",
    "%",
    "weight %",
    "weights %",
    "% weight",
    "importance %",
    "relative weight",
    "relative importance",
    "factor weight",
    "criterion weight",
    "criteria weight",
    "poids",
    "gewicht",
    "gewichtung",
    "peso",
];

impl Table {
    /// The table in a sheet.
    ///
    /// # Errors
    /// Returns why it has no areas or no factors, or more than one reading.
    pub fn of(sheet: Sheet, asked: Option<AreasIn>) -> Result<Self, TableError> {
        let Sheet { header, lines, mark, .. } = sheet;
        let labels: Vec<&str> = lines.iter().map(|line| line.cells[0].as_str()).collect();
        let (areas_in, why) = match asked {
            Some(asked) => (asked, "--areas-in says".to_owned()),
            None => areas_in(&header, &labels)?,
        };
        let mut grid = Grid::of(&header, &lines, areas_in);
        grid.check_names()?;
        let groups = grid.take_groups()?;
        let (weights, from) = grid.take_weights(mark)?;
        let [rows, columns] = match areas_in {
            AreasIn::Columns => ["factors", "areas"],
            AreasIn::Rows => ["areas", "factors"],
        };
        let found = vec![format!("The rows are {rows} and the columns {columns}, as {why}"), from];
        let has_weights = weights.is_some();
        let weights = weights.unwrap_or_else(|| vec![None; grid.rows.len()]);
        let n_areas = grid.areas.len();
        if n_areas == 0 {
            return Err(TableError::NoAreas);
        }
        if n_areas > limit::AREAS {
            return Err(TableError::TooManyAreas { n: n_areas });
        }
        if grid.rows.is_empty() {
            return Err(TableError::NoFactors);
        }
        let too_many = grid.rows.get(limit::FACTORS);
        if let Some((beyond, _)) = too_many {
            return Err(TableError::TooManyFactors { place: beyond.place.clone() });
        }
        let rows = grid.rows.into_iter().zip(weights);
        let rows = rows.map(|((Area { name, place, .. }, cells), weight)| Row { name, place, weight, cells });
        Ok(Self {
            areas: grid.areas,
            rows: rows.collect(),
            groups,
            mark,
            has_weights,
            found,
            left_out: Vec::new(),
        })
    }

    /// What was understood, as sentences without a full stop.
    pub fn understood(&self) -> Vec<String> {
        let weighted = self.rows.iter().map(|row| match row.weight {
            Some(weight) => format!("{} ({weight})", row.name),
            None => row.name.clone(),
        });
        let mut said = self.found.clone();
        said.push(format!("{}: {}", counted(self.rows.len(), "factor"), listed(weighted)));
        let areas = self.areas.iter().map(|area| area.name.as_str());
        said.push(format!("{}: {}", counted(self.areas.len(), "area"), listed(areas)));
        said.extend(self.left_out.iter().cloned());
        said
    }
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// Some names, and how many more there are.
pub fn listed(names: impl ExactSizeIterator<Item = impl Display>) -> String {
    const MOST: usize = 12;
    let n = names.len();
    let mut shown: Vec<String> = names.take(MOST).map(|name| shortened(&name.to_string())).collect();
    if n > MOST {
        shown.push(format!("and {} more", n - MOST));
    }
    shown.join(", ")
}

/// Whether the areas are in rows or in columns, and what shows it.
fn areas_in(header: &[String], labels: &[&str]) -> Result<(AreasIn, String), TableError> {
    let corner = header[0].as_str();
    let words: Vec<String> = corner.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let named = match (has(&FACTOR_WORDS), has(&AREA_WORDS)) {
        (true, false) => Some(AreasIn::Columns),
        (false, true) => Some(AreasIn::Rows),
        _ => None,
    };
    let columns = || header[1..].iter().map(String::as_str);
    let rows = || labels.iter().copied();
    let shown = [
        (columns().find(|name| is_weight(name)), "column", AreasIn::Columns),
        (rows().find(|name| is_group(name)), "row", AreasIn::Columns),
        (rows().find(|name| is_weight(name)), "row", AreasIn::Rows),
        (columns().find(|name| is_group(name)), "column", AreasIn::Rows),
    ];
    let shown: Vec<(AreasIn, String)> = shown
        .into_iter()
        .filter_map(|(name, what, areas)| Some((areas, format!("the {what} `{}`", shortened(name?)))))
        .collect();
    let stated = |areas| (areas, format!("the first cell `{}` says", shortened(corner)));
    let agrees = |areas: AreasIn| shown.iter().any(|(other, _)| *other == areas);
    match (named, agrees(AreasIn::Columns), agrees(AreasIn::Rows)) {
        (Some(areas), true, true) | (Some(areas), false, false) => Ok(stated(areas)),
        (Some(AreasIn::Columns) | None, true, false) | (Some(AreasIn::Rows) | None, false, true) => {
            Ok((shown[0].0, format!("{} shows", shown[0].1)))
        }
        (Some(_), ..) => Err(TableError::Direction {
            one: format!("the first cell `{}`", shortened(corner)),
            other: shown[0].1.clone(),
        }),
        (None, true, true) => {
            let other = shown.iter().find(|(areas, _)| *areas != shown[0].0);
            let other = other.map_or(String::new(), |(_, other)| other.clone());
            Err(TableError::Direction { one: shown[0].1.clone(), other })
        }
        (None, false, false) => {
            let weighted = labels.iter().any(|name| in_parentheses(name).is_some());
            let doubtful = columns().any(|name| in_parentheses(name).is_some());
            if weighted && !doubtful && weights_in_names(labels, Mark::Point).is_some() {
                return Ok((AreasIn::Columns, "the weights behind the names of the rows show".into()));
            }
            Err(TableError::NoDirection)
        }
    }
}

/// Whether a name is that of the weights.
pub fn is_weight(name: &str) -> bool {
    let name = name.trim().trim_end_matches(':').to_lowercase();
    let name = match name.split_once('(') {
        // A unit, as in `Weight (kg)`, is not of an importance.
        Some((before, inside)) if !inside.contains(char::is_alphabetic) => {
            let percent = if inside.contains('%') && !before.trim().is_empty() { " %" } else { "" };
            format!("{}{percent}", before.trim())
        }
        _ => name,
    };
    WEIGHT_NAMES.contains(&name.as_str())
}

/// Whether a name is that of the groups.
pub fn is_group(name: &str) -> bool {
    ["group", "groups"].contains(&name.to_lowercase().as_str())
}

/// A name and the text in parentheses at its end.
pub fn in_parentheses(name: &str) -> Option<(&str, &str)> {
    let (before, inside) = name.strip_suffix(')')?.rsplit_once('(')?;
    (!before.trim().is_empty()).then_some((before.trim(), inside.trim()))
}
