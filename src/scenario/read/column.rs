//! Reads samples from the column of a table that stands beside the scenario.

use super::limit;
use super::node::Node;
use super::number::{built, count_values};
use super::reader::Reader;
use super::role::{Role, check_in_range, check_size};
use crate::distribution::{Dist, Samples};
use crate::error::{Code, Problem};
use crate::plain::{cut, shortened};
use crate::scenario::FileError;
use crate::scenario::files::no_files;
use crate::scenario::suggest::suggest;

/// Letters of the names of columns that a message shows.
const COLUMNS_SHOWN: usize = 100;

/// `Samples(file: "table.csv", column: "name")`: the column of a table that stands beside the scenario.
pub fn read_column(reader: &mut Reader, node: Node<'_>, role: Role) -> Option<Dist> {
    let fields = reader.fields(node, "Samples", &["file", "column"], &[])?;
    let path = fields.get("file").and_then(|n| reader.string(n, "the file"));
    let column = fields.get("column").and_then(|n| reader.string(n, "the column"));
    let (path, column) = (path?, column?);
    // Nobody reads more than the first complaint of too many.
    count_values(reader, node, 0)?;
    let text = match reader.files {
        _ if reader.tables > limit::BYTES_OF_TABLES => Err(ColumnError::TooMuchBefore),
        files => {
            let files = files.unwrap_or(&no_files);
            files(&path, &reader.name).map(|found| found.text).map_err(ColumnError::File)
        }
    };
    reader.tables += text.as_ref().map_or(0, String::len);
    let values = text.and_then(|text| column_values(&text, &column));
    let refuse = |why: ColumnError| {
        Problem::new(Code::Base, node.head(), format!("no samples from `{}`: {why}", shortened(&path)))
    };
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

/// The reason why a column gives no samples.
#[derive(Debug, thiserror::Error)]
enum ColumnError {
    #[error("the tables that were read before it are as much as is accepted")]
    TooMuchBefore,
    #[error("{0}")]
    File(FileError),
    #[error("{0}")]
    Csv(#[from] csv::Error),
    #[error("unknown column `{name}`; {help}")]
    UnknownColumn { name: String, help: String },
    // What stands there may be of a file that was never meant to be shown.
    #[error("line {line}: expected a number in the column")]
    NotANumber { line: u64 },
    #[error("line {line}: the number in the column is not finite")]
    NotFinite { line: u64 },
    #[error("it has more than the {} values that are accepted", limit::VALUES)]
    TooMany,
}

/// The numbers of a column of a table in CSV.
fn column_values(text: &str, column: &str) -> Result<Vec<f64>, ColumnError> {
    let mut table = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = table.headers()?.clone();
    let names: Vec<&str> = header.iter().collect();
    let index = names.iter().position(|name| *name == column);
    let index = index.ok_or_else(|| ColumnError::UnknownColumn {
        name: cut(column, COLUMNS_SHOWN),
        help: cut(&suggest(column, &names, "there are"), COLUMNS_SHOWN),
    })?;
    let mut values = Vec::new();
    for line in table.records() {
        let line = line?;
        let field = line.get(index).unwrap_or("");
        let place = line.position().map_or(0, csv::Position::line);
        let value: f64 = field.parse().map_err(|_| ColumnError::NotANumber { line: place })?;
        if !value.is_finite() {
            return Err(ColumnError::NotFinite { line: place });
        }
        values.push(value);
        if values.len() > limit::VALUES {
            return Err(ColumnError::TooMany);
        }
    }
    Ok(values)
}
