//! Draws of a scenario as columns, for whoever reads Arrow.

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, Float64Array, RecordBatch, RecordBatchIterator};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use pyo3::exceptions::{PyIndexError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};
use std::sync::Arc;

/// A table of draws: one row per draw, one column of 64-bit floats per input and per overall score.
#[pyclass(frozen, module = "headstart._headstart")]
pub struct Draws {
    schema: Arc<Schema>,
    /// In the order of the draws.
    pieces: Vec<RecordBatch>,
}

fn arrow_error(why: &ArrowError) -> PyErr {
    PyRuntimeError::new_err(format!("cannot lay out the draws: {why}"))
}

impl Draws {
    /// Lays out pieces of columns, each `[n_columns x n]`, column-major.
    pub fn new(names: Vec<String>, pieces: Vec<Vec<Vec<f64>>>) -> PyResult<Self> {
        let fields = names.into_iter().map(|name| Field::new(name, DataType::Float64, false));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let laid_out = pieces.into_iter().map(|columns| {
            let columns = columns.into_iter().map(|values| Arc::new(Float64Array::from(values)) as ArrayRef);
            RecordBatch::try_new(Arc::clone(&schema), columns.collect())
        });
        let pieces = laid_out.collect::<Result<_, _>>().map_err(|why| arrow_error(&why))?;
        Ok(Self { schema, pieces })
    }
}

#[pymethods]
impl Draws {
    /// Number of draws.
    fn __len__(&self) -> usize {
        self.pieces.iter().map(RecordBatch::num_rows).sum()
    }

    /// Names of the columns: addresses of inputs, then `overall.` with the id of an area.
    #[getter]
    fn names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Return a column by its index, as the bytes of 64-bit floats in the order of the machine.
    fn column<'py>(&self, py: Python<'py>, index: usize) -> PyResult<Bound<'py, PyBytes>> {
        if index >= self.schema.fields().len() {
            return Err(PyIndexError::new_err("the table has fewer columns"));
        }
        PyBytes::new_with(py, 8 * self.__len__(), |bytes| {
            let floats = self.pieces.iter().filter_map(|piece| {
                piece.column(index).as_any().downcast_ref::<Float64Array>().map(Float64Array::values)
            });
            for (place, value) in bytes.chunks_exact_mut(8).zip(floats.flat_map(|values| values.iter())) {
                place.copy_from_slice(&value.to_ne_bytes());
            }
            Ok(())
        })
    }

    /// Return the schema of the table as a PyCapsule of the Arrow C data interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(&*self.schema).map_err(|why| arrow_error(&why))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// Return the table as a PyCapsule of the Arrow C stream interface; nothing is copied.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A producer need not follow the request.
        let _ = requested_schema;
        let pieces: Vec<Result<RecordBatch, ArrowError>> = self.pieces.iter().cloned().map(Ok).collect();
        let reader = RecordBatchIterator::new(pieces, Arc::clone(&self.schema));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }
}
