//! The draws as a Parquet file: every input and every overall score, streamed in bounded memory.
//!
//! Nothing is compressed: of a number drawn at random nearly every bit is news, and a dictionary of them is longer than they are.

use crate::control::{Control, Stopped};
use crate::model::{DrawColumn, Subject};
use crate::sampler::{Run, blocks};
use crate::scenario::Scenario;
use parquet::basic::{Repetition, Type as Physical};
use parquet::data_type::{DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::io::Write;
use std::sync::Arc;

/// Why the draws could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SamplesError {
    /// They could not be put into the file.
    #[error("{0}")]
    Parquet(#[from] ParquetError),
    /// The run was stopped.
    #[error("interrupted before all draws were written")]
    Stopped(#[from] Stopped),
}

/// About how many bytes are held until they are written: a row group.
const HELD: usize = 16 << 20;

/// Draws a run once more, one block after the other, and writes each as a row: its number, the inputs by their
/// addresses, and the overall score of each area, in each joint world where there are several.
///
/// Memory does not grow with the draws but for
/// about a hundred bytes a column and row group, which the format keeps for its last lines.
///
/// # Errors
/// `out` refuses, or it was stopped.
pub fn write_samples<'a, W: Write + Send>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    out: W,
    control: Control<'_>,
) -> Result<(), SamplesError> {
    let scenario: &Subject<'a> = &scenario.into();
    let model = scenario.model();
    let drawn = DrawColumn::all(scenario);
    let names: Vec<&str> = drawn.iter().map(DrawColumn::name).collect();

    let mut writer = SerializedFileWriter::new(out, schema(&names)?, Arc::new(properties(scenario, run)))?;
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); names.len()];
    let group = (HELD / (8 * (names.len() + 1))).max(1);
    let mut first = 0;
    blocks::<SamplesError>(model, run, &mut |batch| {
        let (filled, len) = (columns[0].len(), batch.len());
        for (column, drawn) in columns.iter_mut().zip(&drawn) {
            column.extend_from_slice(&drawn.values(batch)[..len]);
        }
        if filled + len >= group {
            first = flush(&mut writer, &mut columns, first)?;
        }
        control.advance(len as u64);
        Ok(control.go_on()?)
    })?;
    if !columns[0].is_empty() {
        flush(&mut writer, &mut columns, first)?;
    }
    writer.close()?;
    Ok(())
}

/// Writes what is held as a row group whose first row has this number; returns the number of the next.
fn flush<W: Write + Send>(
    writer: &mut SerializedFileWriter<W>,
    columns: &mut [Vec<f64>],
    first: i64,
) -> Result<i64, ParquetError> {
    let next = first + columns[0].len() as i64;
    let numbers: Vec<i64> = (first..next).collect();
    let mut group = writer.next_row_group()?;
    if let Some(mut column) = group.next_column()? {
        column.typed::<Int64Type>().write_batch(&numbers, None, None)?;
        column.close()?;
    }
    for values in columns {
        if let Some(mut column) = group.next_column()? {
            column.typed::<DoubleType>().write_batch(values, None, None)?;
            column.close()?;
        }
        values.clear();
    }
    group.close()?;
    Ok(next)
}

fn schema(names: &[&str]) -> Result<Arc<Type>, ParquetError> {
    let column = |name: &str, physical: Physical| {
        Ok::<_, ParquetError>(Arc::new(
            Type::primitive_type_builder(name, physical).with_repetition(Repetition::REQUIRED).build()?,
        ))
    };
    let mut fields = vec![column("draw", Physical::INT64)?];
    for name in names {
        fields.push(column(name, Physical::DOUBLE)?);
    }
    Ok(Arc::new(Type::group_type_builder("draws").with_fields(fields).build()?))
}

/// Returns the properties of the file, which say what it takes to make it again.
fn properties(scenario: &Scenario, run: Run) -> WriterProperties {
    let facts = [
        ("headstart", env!("CARGO_PKG_VERSION").to_owned()),
        ("scenario_hash", scenario.hash()),
        ("seed", run.seed.to_string()),
        ("draws", run.draws.to_string()),
        ("scenario", scenario.to_ron()),
    ];
    let facts = facts.map(|(key, value)| KeyValue::new(key.to_owned(), value));
    WriterProperties::builder()
        .set_dictionary_enabled(false)
        .set_created_by(format!("headstart {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(facts.to_vec()))
        .build()
}
