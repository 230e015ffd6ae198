//! The cells of a table as rows of factors, out of which its groups and weights are taken.

use super::PlainRange;
use super::error::TableError;
use super::number::{Mark, Shown, number, shortened};
use super::shape::{Area, AreasIn, Cell};
use super::sheet::{Line, place};
use super::words::{in_parentheses, is_group, is_weight};
use std::collections::BTreeSet;

/// The names without the numbers in parentheses at their ends, and those numbers; nothing if they are no weights: none, years, ranges alone,
/// or what tells the names apart.
pub fn weights_in_names(names: &[&str], mark: Mark) -> Option<Vec<(String, Option<Shown>)>> {
    let split = names.iter().map(|name| {
        let found = in_parentheses(name).and_then(|(name, inside)| Some((name, number(inside, mark).ok()?)));
        found.map_or_else(|| ((*name).to_owned(), None), |(name, weight)| (name.to_owned(), Some(weight)))
    });
    let split: Vec<(String, Option<Shown>)> = split.collect();
    let weights = || split.iter().filter_map(|(_, weight)| *weight);
    let is_year = |shown: Shown| shown.decimals == 0 && (1900.0..2100.0).contains(&shown.value);
    let distinct: BTreeSet<&String> = split.iter().map(|(name, _)| name).collect();
    if weights().all(|shown| shown.range.is_some()) {
        return None;
    }
    (weights().next().is_some() && !weights().all(is_year) && distinct.len() == split.len()).then_some(split)
}

/// The names without the range in parentheses that all of them end in, and that range: the scale of the scores.
fn scale_in_names(names: &[&str], mark: Mark) -> Option<(Vec<String>, (f64, f64))> {
    let split = |name: &&str| {
        let (name, inside) = in_parentheses(name)?;
        match number(inside, mark).ok()?.range? {
            PlainRange::Uniform { min, max } => Some((name.to_owned(), (min, max))),
            PlainRange::Triangular { .. } => None,
        }
    };
    let split: Vec<(String, (f64, f64))> = names.iter().map(split).collect::<Option<_>>()?;
    let (_, scale) = *split.first()?;
    let distinct: BTreeSet<&String> = split.iter().map(|(name, _)| name).collect();
    (distinct.len() == split.len() && split.iter().all(|(_, other)| *other == scale))
        .then(|| (split.into_iter().map(|(name, _)| name).collect(), scale))
}

/// The weight of each row, if it has one.
type Weights = Vec<Option<Shown>>;

/// The cells of a table with one factor per row; weights and groups are among its areas and rows until they are taken out.
pub struct Grid {
    /// The areas.
    pub areas: Vec<Area>,
    /// The rows: their names and cells.
    pub rows: Vec<(Area, Vec<Cell>)>,
}

impl Grid {
    /// The cells of a sheet, turned if its areas are in rows.
    pub fn of(header: &[String], lines: &[Line], areas_in: AreasIn) -> Self {
        let column = |(n, name): (usize, &String)| {
            let place = format!("column `{}`", shortened(name));
            Area { name: name.clone(), place, number: n + 2 }
        };
        let row = |line: &Line| {
            let place = format!("line {}", line.number);
            Area { name: line.cells[0].clone(), place, number: line.number }
        };
        let cell = |line: &Line, n: usize| Cell {
            text: line.cells[n].clone(),
            place: place(line.number, &header[n]),
            beyond: (n >= line.n_written).then_some((line.number, line.n_written, header.len())),
        };
        let columns = header[1..].iter().enumerate().map(column);
        let places = 1..header.len();
        match areas_in {
            AreasIn::Columns => Self {
                areas: columns.collect(),
                rows: lines
                    .iter()
                    .map(|line| (row(line), places.clone().map(|n| cell(line, n)).collect()))
                    .collect(),
            },
            AreasIn::Rows => Self {
                areas: lines.iter().map(row).collect(),
                rows: columns
                    .zip(places)
                    .map(|(name, n)| (name, lines.iter().map(|line| cell(line, n)).collect()))
                    .collect(),
            },
        }
    }

    /// Refuses rows and columns without a name, or with that of another one.
    pub fn check_names(&self) -> Result<(), TableError> {
        for names in [self.areas.iter().collect::<Vec<_>>(), self.rows.iter().map(|(row, _)| row).collect()] {
            let mut seen = std::collections::BTreeMap::new();
            for Area { name, place, number } in names {
                if name.is_empty() {
                    return Err(TableError::Unnamed { place: place.clone() });
                }
                if let Some(first) = seen.insert(name, number) {
                    let what = if place.starts_with("line") { "lines" } else { "columns" };
                    let (first, second, name) = (*first, *number, shortened(name));
                    return Err(TableError::SameName { what, first, second, name });
                }
            }
        }
        Ok(())
    }

    /// The groups of the areas, where a row says them; that of the weights is left empty.
    pub fn take_groups(&mut self) -> Result<Option<Vec<String>>, TableError> {
        let Some(row) = self.rows.iter().position(|(row, _)| is_group(&row.name)) else { return Ok(None) };
        let (_, cells) = self.rows.remove(row);
        let areas = self.areas.iter().zip(&cells).filter(|(area, _)| !is_weight(&area.name));
        let groups = areas.map(|(_, cell)| {
            if cell.text.is_empty() {
                Err(TableError::NoGroup { place: cell.place.clone() })
            } else {
                Ok(cell.text.clone())
            }
        });
        groups.collect::<Result<_, _>>().map(Some)
    }

    /// The scale of the scores, if the names of all rows end in it; then they do so no longer.
    pub fn take_scale(&mut self, mark: Mark) -> Option<(f64, f64)> {
        let names: Vec<&str> = self.rows.iter().map(|(row, _)| row.name.as_str()).collect();
        let (names, scale) = scale_in_names(&names, mark)?;
        for ((row, _), name) in self.rows.iter_mut().zip(names) {
            row.name = name;
        }
        Some(scale)
    }

    /// The weight of each row, if the table has weights, and where they are.
    pub fn take_weights(&mut self, mark: Mark) -> Result<(Option<Weights>, String), TableError> {
        let found: Vec<usize> = (0..self.areas.len()).filter(|&n| is_weight(&self.areas[n].name)).collect();
        if let [one, other, ..] = found[..] {
            let [one, other] = [one, other].map(|n| self.areas[n].name.clone());
            return Err(TableError::TwoWeights { one, other });
        }
        if let [n] = found[..] {
            let place = self.areas.remove(n).named_place();
            let cells: Vec<Cell> = self.rows.iter_mut().map(|(_, cells)| cells.remove(n)).collect();
            let weight = |cell: &Cell| {
                if cell.text.is_empty() {
                    return Ok(None);
                }
                let number = number(&cell.text, mark).map(Some);
                number.map_err(|error| TableError::Number { place: cell.place.clone(), error })
            };
            let weights = cells.iter().map(weight).collect::<Result<Vec<_>, _>>()?;
            if !weights.is_empty() && weights.iter().all(Option::is_none) {
                return Err(TableError::NoWeights { place });
            }
            let places: Vec<&str> = cells.iter().map(|cell| cell.place.as_str()).collect();
            return Ok((Some(checked(&weights, &places)?), format!("The weights are in {place}")));
        }
        let names: Vec<&str> = self.rows.iter().map(|(row, _)| row.name.as_str()).collect();
        let Some(split) = weights_in_names(&names, mark) else {
            return Ok((None, "No weights were found, so each factor has the weight 1".into()));
        };
        for ((row, _), (name, _)) in self.rows.iter_mut().zip(&split) {
            row.name.clone_from(name);
        }
        let weights: Vec<Option<Shown>> = split.iter().map(|(_, weight)| *weight).collect();
        let places: Vec<&str> = self.rows.iter().map(|(row, _)| row.place.as_str()).collect();
        let from = "The weights are the numbers in parentheses behind the names of the factors";
        Ok((Some(checked(&weights, &places)?), from.into()))
    }
}

/// Weights that can be compared with each other: none below 0, and all or none in percent.
fn checked(weights: &[Option<Shown>], places: &[&str]) -> Result<Weights, TableError> {
    let mut first: Option<(bool, &str)> = None;
    for (weight, place) in weights.iter().zip(places).filter_map(|(weight, place)| Some(((*weight)?, *place)))
    {
        let lowest = weight.range.map_or(weight.value, |range| range.ends()[0]);
        if lowest < 0.0 {
            return Err(TableError::NegativeWeight { place: place.to_owned(), weight: lowest });
        }
        let (percent, other) = *first.get_or_insert((weight.percent, place));
        if percent != weight.percent {
            return Err(TableError::WeightsInPercent { one: other.to_owned(), other: place.to_owned() });
        }
    }
    Ok(weights.to_vec())
}
