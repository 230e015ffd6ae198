//! The draws as columns, in parallel.

use crate::control::{Control, Stopped};
use crate::model::{DrawColumn, Subject};
use crate::sampler::{Run, sample_blocks};

/// Draws `run.draws` draws of a scenario from the draw `first` on, on all threads, and returns them as columns in pieces.
///
/// Shape of a piece: `[n_columns x n]`, column-major, with the columns of [`DrawColumn::all`] and at most 32,768 draws. The values are
/// those of a run in double precision, and of a Parquet file of draws.
///
/// # Errors
/// The run was stopped.
pub fn draw_columns<'a>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    first: u64,
    control: Control<'_>,
) -> Result<Vec<Vec<Vec<f64>>>, Stopped> {
    let scenario: &Subject<'a> = &scenario.into();
    let columns = DrawColumn::all(scenario);
    let empty = |n| columns.iter().map(|_| Vec::with_capacity(n)).collect();
    sample_blocks(
        scenario.model(),
        run,
        first,
        (&empty, &|piece: &mut Vec<Vec<f64>>, batch, rows| {
            for (values, column) in piece.iter_mut().zip(&columns) {
                values.extend_from_slice(&column.values(batch)[rows.clone()]);
            }
        }),
        control,
    )
}
