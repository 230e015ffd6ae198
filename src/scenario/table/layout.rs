//! The areas, factors and weights of a sheet: which are its rows and which its columns, and where its weights are.

use super::error::TableError;
use super::grid::{Grid, weights_in_names};
use super::limit;
use super::number::{Mark, shortened};
use super::shape::{Area, AreasIn, Row, Table};
use super::sheet::{Line, Sheet};
use super::words::{in_parentheses, is_group, is_weight, listed};
use super::write;

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
const AREA_WORDS: [&str; 26] = [
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
    "vendor",
    "vendors",
    "supplier",
    "suppliers",
    "provider",
    "providers",
    "tool",
    "tools",
];

/// Finds the table in a sheet.
///
/// # Errors
/// Returns why it has no areas or no factors, or more than one reading.
pub fn table_of(sheet: Sheet, asked: Option<AreasIn>) -> Result<Table, TableError> {
    let Sheet { mut header, mut lines, mark, .. } = sheet;
    let kinds = name_groups(&mut header, &mut lines);
    let labels: Vec<&str> = lines.iter().map(|line| line.cells[0].as_str()).collect();
    let (areas_in, why) = match asked {
        Some(asked) => (asked, "--areas-in says".to_owned()),
        None => areas_in(&header, &labels)?,
    };
    let mut grid = Grid::of(&header, &lines, areas_in);
    grid.check_names()?;
    let groups = grid.take_groups()?;
    let scale = grid.take_scale(mark);
    let (weights, from) = grid.take_weights(mark)?;
    let [rows, columns] = match areas_in {
        AreasIn::Columns => ["factors", "areas"],
        AreasIn::Rows => ["areas", "factors"],
    };
    let mut found = vec![format!("The rows are {rows} and the columns {columns}, as {why}"), from];
    found.extend(kinds);
    found.extend(scale.map(|(min, max)| {
        format!("The scores are on a scale from {min} to {max}, as the names of the factors say")
    }));
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
    let rows = rows.map(|((Area { name, place, .. }, cells), weight)| Row {
        name,
        place,
        weight: weight.map(|shown| shown.value),
        weight_range: weight.and_then(|shown| shown.range),
        cells,
    });
    Ok(Table {
        areas: grid.areas,
        rows: rows.collect(),
        groups,
        mark,
        scale,
        has_weights,
        found,
        left_out: Vec::new(),
    })
}

/// Names the row or column `group` that has another name and the same few words for all areas; returns a note on it.
fn name_groups(header: &mut [String], lines: &mut [Line]) -> Option<String> {
    const KINDS: [&str; 6] = ["kind", "kinds", "type", "types", "category", "categories"];
    let is_kind = |name: &str| KINDS.contains(&name.trim().to_lowercase().as_str());
    if header.iter().any(|name| is_group(name)) || lines.iter().any(|line| is_group(&line.cells[0])) {
        return None;
    }
    let are_words = |cells: &mut dyn Iterator<Item = &String>| {
        let cells: Vec<&String> = cells.filter(|cell| !cell.is_empty()).collect();
        let distinct: std::collections::BTreeSet<&&String> = cells.iter().collect();
        distinct.len() < cells.len() && cells.iter().all(|cell| cell.starts_with(char::is_alphabetic))
    };
    let in_column =
        |n: &usize| is_kind(&header[*n]) && are_words(&mut lines.iter().map(|line| &line.cells[*n]));
    if let Some(n) = (1..header.len()).find(in_column) {
        let name = std::mem::replace(&mut header[n], "group".into());
        return Some(format!("The groups are in column `{}`", shortened(&name)));
    }
    let in_line = |line: &&mut Line| is_kind(&line.cells[0]) && are_words(&mut line.cells[1..].iter());
    let line = lines.iter_mut().find(in_line)?;
    let name = std::mem::replace(&mut line.cells[0], "group".into());
    Some(format!("The groups are in line {} (`{}`)", line.number, shortened(&name)))
}

/// Says how ranges were read, and what numbers without one get; without a full stop.
pub fn uncertainty(table: &Table) -> Vec<String> {
    let scores = || {
        table.rows.iter().flat_map(|row| &row.cells).map(|cell| (cell.text.as_str(), cell.number(table.mark)))
    };
    let ranges = scores().filter_map(|(text, shown)| Some((text, shown.ok()?.range?)));
    let ranges: Vec<_> = ranges.collect();
    let n_weights = table.rows.iter().filter(|row| row.weight_range.is_some()).count();
    let mut said = Vec::new();
    let example = ranges.first().map(|(text, range)| format!("`{}` is {range}", shortened(text)));
    let weight = || table.rows.iter().find_map(|row| Some(format!("a weight is {}", row.weight_range?)));
    if let Some(example) = example.or_else(weight) {
        said.push(format!(
            "{} read as hard limits: {example}; for 90% ranges write Interval(level: 0.9, low: 6, high: 8, shape: Normal) in the scenario",
            match ranges.len() + n_weights {
                1 => "1 range was".to_owned(),
                n => format!("{n} ranges were"),
            }
        ));
    }
    let n_bare = scores().count() - ranges.len() + table.rows.len() - n_weights;
    if n_bare > 0 {
        said.push(format!(
            "{} without a range: the placeholder `spread` puts ±{} around scores and ±50% around weights; replace it with your own",
            counted(n_bare, "number"),
            write::half_width(table)
        ));
    }
    said
}

/// Lists what was understood, as sentences without a full stop.
pub fn understood(table: &Table) -> Vec<String> {
    let weighted = table.rows.iter().map(|row| match row.weight {
        Some(weight) => match row.weight_range {
            Some(range) => format!("{} ({range})", row.name),
            None => format!("{} ({weight})", row.name),
        },
        None => row.name.clone(),
    });
    let mut said = table.found.clone();
    said.push(format!("{}: {}", counted(table.rows.len(), "factor"), listed(weighted)));
    let areas = table.areas.iter().map(|area| area.name.as_str());
    said.push(format!("{}: {}", counted(table.areas.len(), "area"), listed(areas)));
    said.extend(table.left_out.iter().cloned());
    said
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// Decides whether the areas are in rows or in columns, and what shows it.
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
