//! Totals and averages in a table: recognized by their numbers, and left out; refused where they do not agree with the rest.

use super::error::TableError;
use super::number::Shown;
use super::shape::{Cell, Row, Table};

/// Names that only a result has.
const RESULT_NAMES: [&str; 24] = [
    "total",
    "totals",
    "sum",
    "sums",
    "subtotal",
    "average",
    "averages",
    "avg",
    "mean",
    "means",
    "result",
    "results",
    "weighted",
    "total score",
    "average score",
    "mean score",
    "grand total",
    "weighted sum",
    "weighted total",
    "weighted average",
    "weighted mean",
    "weighted score",
    "summe",
    "moyenne",
];
/// Names that a result may have, and a factor too.
const PERHAPS: [&str; 8] =
    ["score", "overall", "overall score", "final score", "final", "ranking", "points", "durchschnitt"];

/// Leaves out the results of a table, and says so in it.
///
/// # Errors
/// Returns the place of a row or column that is named like a result and is none, or has no weight and is no result.
pub fn leave_out(table: &mut Table) -> Result<(), TableError> {
    if let Some(row) = table.rows.iter().find(|row| row.weight.is_some() && is_in(&row.name, &RESULT_NAMES)) {
        let (place, name) = (row.place.clone(), row.name.clone());
        return Err(TableError::ResultWithWeight { place, name });
    }
    areas(table)?;
    rows(table)?;
    if table.rows.is_empty() {
        return Err(TableError::NoFactorsBesideResults);
    }
    Ok(())
}

fn is_in(name: &str, names: &[&str]) -> bool {
    let name = name.trim().trim_end_matches(':').to_lowercase();
    names.contains(&name.as_str())
}

/// Returns true if a row may be a factor: it has a weight, or no row has and its name is not that of a result.
fn is_factor(table: &Table, row: &Row) -> bool {
    if table.has_weights { row.weight.is_some() } else { !is_in(&row.name, &RESULT_NAMES) }
}

/// Leaves out areas that are the mean or the sum of the others.
fn areas(table: &mut Table) -> Result<(), TableError> {
    let named: Vec<bool> = table.areas.iter().map(|area| is_in(&area.name, &RESULT_NAMES)).collect();
    let n_areas = table.areas.len();
    let mut results = Vec::new();
    for n in 0..n_areas {
        let is_last = n + 1 == n_areas && n_areas > 2;
        if !named[n] && !is_last {
            continue;
        }
        let others: Vec<usize> = (0..n_areas).filter(|&other| other != n && !named[other]).collect();
        let factors = table.rows.iter().filter(|row| is_factor(table, row));
        let mut lines = Vec::new();
        for row in factors {
            let shown = |&area: &usize| row.cells[area].number(table.mark);
            let all = || {
                Ok::<_, TableError>((shown(&n)?, others.iter().map(shown).collect::<Result<Vec<_>, _>>()?))
            };
            match all() {
                Ok((one, others)) => lines.push((one, others)),
                // It is refused with its place where a number is asked for.
                Err(_) if !named[n] => break,
                Err(why) => return Err(why),
            }
        }
        even_out(lines.iter_mut().map(|(one, _)| one));
        let ones = vec![1.0; others.len()];
        let agrees = |scale: f64| {
            let one = |(one, others): &(Shown, Vec<Shown>)| Sum::of(&ones, others).scaled(scale).shows(*one);
            !others.is_empty() && !lines.is_empty() && lines.iter().all(one)
        };
        let what = if agrees(1.0 / others.len() as f64) {
            "mean"
        } else if agrees(1.0) {
            "sum"
        } else if named[n] {
            let area = &table.areas[n];
            let (place, name) = (area.place.clone(), area.name.clone());
            return Err(TableError::AreaLikeResult { place, name });
        } else {
            continue;
        };
        // A column without such a name has to agree often, with areas that differ.
        let differ =
            lines.iter().any(|(_, others)| others.iter().any(|other| other.value != others[0].value));
        if named[n] || lines.len() > 2 && differ {
            results.push(n);
            let area = &table.areas[n];
            let text = format!("Left out {}, `{}`: the {what} of the areas", area.place, area.name);
            table.left_out.push(text);
        }
    }
    for &n in results.iter().rev() {
        table.areas.remove(n);
        table.rows.iter_mut().for_each(|row| drop(row.cells.remove(n)));
        if let Some(groups) = table.groups.as_mut() {
            groups.remove(n);
        }
    }
    Ok(())
}

/// Leaves out rows that are the mean or the sum of the factors, and shorter rows below them.
fn rows(table: &mut Table) -> Result<(), TableError> {
    let (mut kept, mut left_out) = (Vec::new(), Vec::new());
    let n_rows = table.rows.len();
    for (n, row) in table.rows.iter().enumerate() {
        let filled = row.cells.iter().filter(|cell| !cell.text.is_empty()).count();
        let ends_early = filled < row.cells.len();
        let has_result = !left_out.is_empty();
        if !table.has_weights || row.weight.is_none() {
            let is_named = is_in(&row.name, &RESULT_NAMES);
            if ends_early && has_result {
                left_out
                    .push(format!("Left out {}, `{}`: a shorter row below a result", row.place, row.name));
                continue;
            }
            let is_doubtful = !is_named && !table.has_weights;
            // Where no factor has a weight, the last row may be one of them.
            let is_last = n + 1 == n_rows || table.rows[n + 1..].iter().all(|row| !is_factor(table, row));
            let may_be =
                is_last && n > 1 && !ends_early && (row.cells.len() > 2 || is_in(&row.name, &PERHAPS));
            if !is_doubtful || may_be {
                let factors: Vec<&Row> = table
                    .rows
                    .iter()
                    .enumerate()
                    .filter(|(other, row)| *other != n && is_factor(table, row))
                    .map(|(_, row)| row)
                    .collect();
                match result(table, row, &factors) {
                    Ok(what) => {
                        left_out.push(format!(
                            "Left out {}, `{}`: the {what} of the factors",
                            row.place, row.name
                        ));
                        continue;
                    }
                    Err(why) if !is_doubtful => return Err(why),
                    Err(_) => {}
                }
            }
        }
        kept.push(Row { weight: row.weight.or(Some(1.0)), ..row.clone() });
    }
    table.rows = kept;
    table.left_out.extend(left_out);
    // What is no number is refused here, in the order of the file.
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let empty: Vec<&Cell> =
        cells.clone().filter(|cell| cell.text.is_empty() && cell.beyond.is_none()).collect();
    if let [_, _, ..] = empty[..] {
        let places = super::words::listed(empty.iter().map(|cell| cell.place.as_str()));
        return Err(TableError::NoNumbers { n: empty.len(), places });
    }
    cells.map(|cell| cell.number(table.mark)).collect::<Result<Vec<_>, _>>().map(drop)
}

/// Recognizes the result of the factors that a row is.
///
/// # Errors
/// Returns where it is none.
fn result(table: &Table, row: &Row, factors: &[&Row]) -> Result<&'static str, TableError> {
    let reason = if table.has_weights { "has no weight" } else { "is named like a result" };
    let remedy = if table.has_weights {
        "give it a weight if it is a factor, or remove it"
    } else {
        "rename it if it is a factor, or remove it"
    };
    let refuse = |found: String| {
        let (place, name) = (row.place.clone(), row.name.clone());
        TableError::NoResult { place, name, reason, found, remedy }
    };
    if factors.is_empty() {
        return Err(refuse("no factor is beside it".into()));
    }
    if let Some(cell) = row.cells.iter().find(|cell| cell.text.is_empty()) {
        return Err(refuse(format!("has no number in {}", cell.place)));
    }
    let mut shown: Vec<Shown> =
        row.cells.iter().map(|cell| cell.number(table.mark)).collect::<Result<_, _>>()?;
    even_out(shown.iter_mut());
    let weights: Vec<f64> = factors.iter().map(|factor| factor.weight.unwrap_or(1.0)).collect();
    let ones = vec![1.0; weights.len()];
    let (total, n) = (weights.iter().sum::<f64>(), factors.len() as f64);
    let kinds = [
        ("weighted mean", &weights, 1.0 / total),
        ("weighted sum", &weights, 1.0),
        ("weighted sum", &weights, 0.01),
        ("mean", &ones, 1.0 / n),
        ("sum", &ones, 1.0),
    ];
    let kinds = if table.has_weights { &kinds[..] } else { &kinds[3..] };
    let columns = (0..row.cells.len()).map(|area| {
        factors.iter().map(|factor| factor.cells[area].number(table.mark)).collect::<Result<Vec<_>, _>>()
    });
    let columns: Vec<Vec<Shown>> = columns.collect::<Result<_, _>>()?;
    for (what, weights, scale) in kinds {
        let agrees =
            |(column, shown): (&Vec<Shown>, &Shown)| Sum::of(weights, column).scaled(*scale).shows(*shown);
        if scale.is_finite() && columns.iter().zip(&shown).all(agrees) {
            return Ok(what);
        }
    }
    let (what, weights, scale) = kinds[0];
    let off = columns
        .iter()
        .zip(&shown)
        .position(|(column, shown)| !Sum::of(weights, column).scaled(scale).shows(*shown));
    let area = off.unwrap_or(0);
    let found = Sum::of(weights, &columns[area]).scaled(scale).value;
    Err(refuse(format!(
        "is neither the mean nor the sum of the factors: it has {} for `{}`, and their {what} is {found:.4}",
        row.cells[area].text, table.areas[area].name
    )))
}

/// A weighted sum, and how far it may be off because the numbers in it were rounded.
#[derive(Clone, Copy, Debug)]
struct Sum {
    value: f64,
    slack: f64,
}

impl Sum {
    fn of(weights: &[f64], numbers: &[Shown]) -> Self {
        let terms = || weights.iter().zip(numbers);
        // A number with one digit behind the point or none is taken to be meant as it stands.
        let unit = |shown: &Shown| if shown.decimals > 1 { half_unit(*shown) } else { 0.0 };
        Self {
            value: terms().map(|(weight, shown)| weight * shown.value).sum(),
            slack: terms().map(|(weight, shown)| weight * unit(shown)).sum(),
        }
    }

    fn scaled(self, scale: f64) -> Self {
        Self { value: self.value * scale, slack: self.slack * scale }
    }

    /// Returns true if it is a number, to the digits that are shown of that.
    fn shows(self, shown: Shown) -> bool {
        let rounding = 1e-9 * self.value.abs().max(shown.value.abs());
        (self.value - shown.value).abs() <= half_unit(shown) + self.slack + rounding
    }
}

/// Takes the results of a table to have as many digits each as the one that shows the most: sheets leave zeros at the end out.
fn even_out<'a>(shown: impl Iterator<Item = &'a mut Shown>) {
    let all: Vec<&mut Shown> = shown.collect();
    let most = all.iter().map(|one| one.decimals).max().unwrap_or(0);
    for one in all {
        one.decimals = most;
    }
}

/// Half a unit of the last digit of a number.
fn half_unit(shown: Shown) -> f64 {
    let digits = shown.decimals.clamp(0, 15);
    (0..digits).fold(0.5, |unit, _| unit / 10.0)
}
