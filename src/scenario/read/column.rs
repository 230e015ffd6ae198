//! Reads samples from the column of a table that stands beside the scenario.

use super::distribution::{built, count_values};
use super::limit;
use super::node::Node;
use super::reader::{Reader, suggest};
use super::value::{Role, check_in_range, check_size};
use crate::distribution::{Dist, Samples};
use crate::error::{Code, Problem};

/// `Samples(file: "table.csv", column: "name")`: the column of a table that stands beside the scenario.
pub fn read_column(reader: &mut Reader, node: Node<'_>, role: Role) -> Option<Dist> {
    let fields = reader.fields(node, "Samples", &["file", "column"], &[])?;
    let path = fields.get("file").and_then(|n| reader.string(n, "the file"));
    let column = fields.get("column").and_then(|n| reader.string(n, "the column"));
    let (path, column) = (path?, column?);
    // Nobody reads more than the first complaint of too many.
    count_values(reader, node, 0)?;
    let text = match reader.files {
        _ if reader.tables > limit::BYTES_OF_TABLES => {
            Err("the tables that were read before it are as much as is accepted".into())
        }
        Some(files) => files(&path, &reader.name).map(|(_, text)| text),
        None => Err("there are no other files to read from".into()),
    };
    reader.tables += text.as_ref().map_or(0, String::len);
    let values = text.and_then(|text| column_values(&text, &column));
    let refuse =
        |why: String| Problem::new(Code::Base, node.head(), format!("no samples from `{path}`: {why}"));
    let values = match values {
        Ok(values) => values,
        Err(why) => {
            reader.report(refuse(why).label("this column"));
            return None;
        }
    };
    count_values(reader, node, values.len())?;
    check_size(reader, node, &values)?;
    for value in &values {
        check_in_range(reader, node, *value, role)?;
    }
    built(reader, node, "Samples", Some(&fields), Samples::new(&values).map(Dist::from))
}

/// The numbers of a column of a table in CSV.
fn column_values(text: &str, column: &str) -> Result<Vec<f64>, String> {
    let mut table = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = table.headers().map_err(|error| error.to_string())?.clone();
    let names: Vec<&str> = header.iter().collect();
    let index = names.iter().position(|name| *name == column);
    let index = index
        .ok_or_else(|| format!("there is no column `{column}`; {}", suggest(column, &names, "there are")))?;
    let mut values = Vec::new();
    for line in table.records() {
        let line = line.map_err(|error| error.to_string())?;
        let field = line.get(index).unwrap_or("");
        let place = line.position().map_or(0, csv::Position::line);
        let value: f64 =
            field.parse().map_err(|_| format!("line {place}: expected a number, found `{field}`"))?;
        if !value.is_finite() {
            return Err(format!("line {place}: `{field}` is not finite"));
        }
        values.push(value);
        if values.len() > limit::VALUES {
            return Err(format!("it has more than the {} values that are accepted", limit::VALUES));
        }
    }
    Ok(values)
}
