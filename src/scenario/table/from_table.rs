//! A scenario from the text of a table.

use super::error::TableError;
use super::shape::{AreasIn, Table};
use super::sheet::Sheet;
use super::words::listed;
use super::{layout, result, write};

/// Statements of the author of a table about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableHints {
    /// The groups and the number of areas in each, in the order of the areas. Empty: a row or column `group` says it, or all areas are in
    /// one group.
    pub groups: Vec<(String, usize)>,
    /// Direction of the areas. Without it, a weight row or column or the first cell of the table decides.
    pub areas_in: Option<AreasIn>,
}

/// A scenario made from a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableScenario {
    /// The text of the scenario.
    pub ron: String,
    /// Notes on the reading of the table, and on everything that was left out, with its place; one sentence each, without a full stop.
    pub understood: Vec<String>,
}

/// Makes a scenario from a table in CSV (comma, semicolon or tab) or Markdown: one factor per row and one area per column, or the other
/// way round, with the weights in a row or a column of their own or in parentheses behind the names of the factors.
///
/// # Errors
/// Returns what is wrong with the table: everything that has more than one reading is refused.
pub fn from_table(title: &str, text: &str, hints: &TableHints) -> Result<TableScenario, TableError> {
    let sheet = Sheet::read(text)?;
    let mut understood = vec![format!("The table is {}", sheet.form)];
    understood.extend(sheet.notes.iter().cloned());
    let mut table = layout::table_of(sheet, hints.areas_in)?;
    result::leave_out(&mut table)?;
    let groups = groups(&table, &hints.groups)?;
    understood.extend(layout::understood(&table));
    understood.extend(layout::uncertainty(&table));
    let ron = write::scenario(title, &table, &groups);
    Ok(TableScenario { ron, understood })
}

/// The group of each area.
fn groups(table: &Table, counts: &[(String, usize)]) -> Result<Vec<String>, TableError> {
    let n = table.areas.len();
    match &table.groups {
        Some(_) if !counts.is_empty() => {
            return Err(TableError::GroupsTwice);
        }
        Some(groups) => return Ok(groups.clone()),
        None if counts.is_empty() => return Ok(vec!["All".into(); n]),
        None => {}
    }
    let named = |(name, n): &(String, usize)| std::iter::repeat_n(name.clone(), *n);
    let groups: Vec<String> = counts.iter().flat_map(named).take(10_000).collect();
    if groups.len() == n {
        return Ok(groups);
    }
    let areas = listed(table.areas.iter().map(|area| area.name.as_str()));
    Err(TableError::GroupSizes { stated: groups.len(), n, areas })
}
