//! From a spreadsheet to a scenario: a table of factors by areas as text that somebody goes on writing.

use super::limit;
use super::read::plain_id;
use std::collections::BTreeSet;

/// The text of a scenario made from a table in CSV: a row a factor, its name in the first column, a column `weight`
/// if there are weights (a row without one is left out), and a column an area. A row named `group` says which group each area belongs to; without it
/// `groups` says how many areas, in their order, belong to each group, or all areas are in one.
///
/// # Errors
/// What is wrong with the table, as a sentence without a full stop.
pub fn from_table(title: &str, csv: &str, groups: &[(String, usize)]) -> Result<String, String> {
    let table = Table::read(csv)?;
    let groups = table.groups_of_areas(groups)?;
    let mut out = String::new();
    let text = |raw: &str| ron::to_string(raw).unwrap_or_default();
    let mut ids = Ids::default();
    let group_names: Vec<&String> = groups.iter().fold(Vec::new(), |mut names, group| {
        if !names.contains(&group) {
            names.push(group);
        }
        names
    });
    let group_ids: Vec<String> = group_names.iter().map(|name| ids.make(name)).collect();
    let mut ids = Ids::default();
    let area_ids: Vec<String> = table.areas.iter().map(|name| ids.make(name)).collect();
    let (min, max) = table.scale();
    out += "// Question: say here what you want to know the order of.\n// Source:   say where the numbers come from.\nScenario(\n";
    out += &format!("    title: {},\n", text(title));
    out += &format!(
        "    // The range that scores can have; guessed from the table.\n    scale: (min: {min}, max: {max}),\n"
    );
    out += "    groups: [\n";
    for (id, name) in group_ids.iter().zip(&group_names) {
        out += &format!("        (id: {}, name: {}),\n", text(id), text(name));
    }
    out += "    ],\n    areas: [\n";
    for ((id, name), group) in area_ids.iter().zip(&table.areas).zip(&groups) {
        let group = group_names.iter().position(|name| *name == group).map_or("", |n| group_ids[n].as_str());
        out += &format!("        (id: {}, name: {}, group: {}),\n", text(id), text(name), text(group));
    }
    let half_width = (max - min) / 6.0;
    out += &format!(
        "    ],\n    // How uncertain each number is: a guess to be argued with. Without this line all numbers are certain.\n    \
         spread: (score: Triangular(half_width: {half_width}), weight: Triangular(relative: 0.5)),\n    factors: [\n"
    );
    let mut ids = Ids::default();
    for row in &table.rows {
        let scores: Vec<String> = row.scores.iter().map(f64::to_string).collect();
        out += &format!(
            "        (\n            id: {}, name: {}, weight: {},\n            scores: [{}],\n        ),\n",
            text(&ids.make(&row.factor)),
            text(&row.factor),
            row.weight,
            scores.join(", ")
        );
    }
    out += "    ],\n)\n";
    if !table.left_out.is_empty() {
        out +=
            &format!("// Rows of the table without a weight were left out: {}\n", table.left_out.join(", "));
    }
    Ok(out)
}

/// Ids, each given once.
#[derive(Default)]
struct Ids(BTreeSet<String>);

impl Ids {
    fn make(&mut self, name: &str) -> String {
        let plain = plain_id(name);
        let plain = if plain.is_empty() { "x".to_owned() } else { plain };
        let numbered = |n: usize| if n == 1 { plain.clone() } else { format!("{plain}_{n}") };
        // One of so many is free.
        let id =
            (1..=self.0.len() + 1).map(numbered).find(|id| !self.0.contains(id)).unwrap_or(plain.clone());
        self.0.insert(id.clone());
        id
    }
}

struct Row {
    factor: String,
    weight: f64,
    scores: Vec<f64>,
}

struct Table {
    areas: Vec<String>,
    /// One an area, if there is such a row.
    groups: Option<Vec<String>>,
    rows: Vec<Row>,
    /// The rows without a weight, which are sums or notes.
    left_out: Vec<String>,
}

impl Table {
    fn read(csv: &str) -> Result<Self, String> {
        let mut lines =
            csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(csv.as_bytes());
        let header: Vec<String> = match lines.headers() {
            Ok(header) => header.iter().map(str::to_owned).collect(),
            Err(error) => return Err(format!("the table cannot be read: {error}")),
        };
        let weight = header.iter().position(|name| name.eq_ignore_ascii_case("weight"));
        let columns: Vec<usize> = (1..header.len()).filter(|column| Some(*column) != weight).collect();
        if columns.is_empty() {
            return Err(
                "the table has no areas: expected a header such as `factor,weight,One area,Another`".into()
            );
        }
        if columns.len() > limit::AREAS {
            let (n, most) = (columns.len(), limit::AREAS);
            return Err(format!(
                "the table has {n} areas, a column each, more than the {most} that are accepted"
            ));
        }
        let mut table = Self {
            areas: columns.iter().map(|c| header[*c].clone()).collect(),
            groups: None,
            left_out: Vec::new(),
            rows: Vec::new(),
        };
        for (n, line) in lines.records().enumerate() {
            let line_number = n + 2;
            let line = line.map_err(|error| format!("the table cannot be read: {error}"))?;
            let field = |column: usize| line.get(column).unwrap_or("");
            if line.iter().all(str::is_empty) {
                continue;
            }
            if line.len() != header.len() {
                let (found, wanted) = (line.len(), header.len());
                return Err(format!("line {line_number} has {found} columns, the header {wanted}"));
            }
            if field(0).eq_ignore_ascii_case("group") {
                table.groups = Some(columns.iter().map(|c| field(*c).to_owned()).collect());
                continue;
            }
            if weight.is_some_and(|column| field(column).is_empty()) {
                table.left_out.push(field(0).to_owned());
                continue;
            }
            let number = |column: usize| -> Result<f64, String> {
                let text = field(column);
                let number: f64 = text.parse().map_err(|_| {
                    format!(
                        "line {line_number}, column `{}`: expected a number, found `{text}`",
                        header[column]
                    )
                })?;
                if number.is_finite() {
                    Ok(number)
                } else {
                    Err(format!("line {line_number}: `{text}` is not finite"))
                }
            };
            if table.rows.len() == limit::FACTORS {
                let most = limit::FACTORS;
                return Err(format!(
                    "line {line_number}: the table has more than the {most} factors, a line each, that are accepted"
                ));
            }
            table.rows.push(Row {
                factor: field(0).to_owned(),
                weight: weight.map_or(Ok(1.0), number)?,
                scores: columns.iter().map(|c| number(*c)).collect::<Result<_, _>>()?,
            });
        }
        if table.rows.is_empty() {
            return Err("the table has no factors: expected a line such as `Cost,1,4,7`".into());
        }
        Ok(table)
    }

    fn groups_of_areas(&self, counts: &[(String, usize)]) -> Result<Vec<String>, String> {
        if let Some(groups) = &self.groups {
            return Ok(groups.clone());
        }
        if counts.is_empty() {
            return Ok(vec!["All".into(); self.areas.len()]);
        }
        let groups: Vec<String> =
            counts.iter().flat_map(|(name, n)| std::iter::repeat_n(name.clone(), *n)).take(10_000).collect();
        if groups.len() == self.areas.len() {
            return Ok(groups);
        }
        Err(format!(
            "the groups have {} areas together, and the table has {}",
            groups.len(),
            self.areas.len()
        ))
    }

    /// A usual range that holds all scores.
    fn scale(&self) -> (f64, f64) {
        let scores = || self.rows.iter().flat_map(|row| row.scores.iter().copied());
        let low = scores().fold(f64::INFINITY, f64::min);
        let high = scores().fold(f64::NEG_INFINITY, f64::max);
        let usual = [(0.0, 1.0), (1.0, 5.0), (1.0, 10.0), (0.0, 10.0), (0.0, 100.0)];
        let fits = usual.into_iter().find(|(min, max)| *min <= low && high <= *max);
        fits.unwrap_or(if low < high { (low, high) } else { (low, low + 1.0) })
    }
}
