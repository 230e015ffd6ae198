//! Reports that are made again.

use crate::errors::{request_error, request_failure};
use crate::work::{control, watched};
use headstart::Stopped;
use headstart::request::{Reproduction, ReproductionError};
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;

/// Differences that the text lists.
const SHOWN: usize = 20;

/// A place in a report, the value there, and the value there when the report is made again.
type Difference = (String, Option<String>, Option<String>);

/// Make a report again; return whether it is the same, the verdict as text, the number of values, and the differences.
#[pyfunction]
#[pyo3(signature = (text, name, threads = None, progress = None))]
pub fn verify(
    py: Python<'_>,
    text: &str,
    name: &str,
    threads: Option<usize>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<(bool, String, usize, Vec<Difference>)> {
    let refuse = |why: &ReproductionError| request_error(py, &format!("cannot verify {name}: {why}"));
    let (reproduction, mut request) = Reproduction::read(name, text).map_err(|why| refuse(&why))?;
    request.threads = threads;
    let (again, raised) = watched(py, progress, |news| {
        let advance = |n| news.advance(n);
        request.prepare()?.answer_and_tell(control(news, &advance), &mut |told| news.told(told))
    })?;
    if let Some(why) = raised {
        return Err(why);
    }
    let again = again.map_err(|why| request_failure(py, &why))?;
    if again.is_stopped() {
        return Err(PyKeyboardInterrupt::new_err(Stopped.to_string()));
    }
    let verified = reproduction.compare(&again).map_err(|why| refuse(&why))?;
    let differences = verified.differences().iter();
    let differences = differences.map(|one| (one.place.clone(), one.one.clone(), one.other.clone()));
    Ok((verified.is_same(), verified.text(name, SHOWN).into(), verified.n_values(), differences.collect()))
}
