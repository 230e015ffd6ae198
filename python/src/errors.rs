//! Errors of the library as exceptions of the package, with the problems of a scenario one by one.

use headstart::error::{Problem, Problems};
use headstart::request;
use headstart::scenario::OpenError;
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;

/// The text that the problems of a scenario are in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Written {
    /// Its author wrote it, and is shown its lines.
    ByHand,
    /// A program made it of a dictionary or a table: problems have paths alone.
    ByProgram,
}

/// Makes an exception of the package with one argument, its message.
fn exception(py: Python<'_>, name: &str, message: &str) -> PyErr {
    match py.import("headstart._errors").and_then(|errors| errors.getattr(name)?.call1((message,))) {
        Ok(raised) => PyErr::from_value(raised),
        Err(why) => why,
    }
}

/// Makes a `RequestError`.
pub fn request_error(py: Python<'_>, message: &str) -> PyErr {
    exception(py, "RequestError", message)
}

/// Makes a `ScenarioError`, with a `Problem` per problem.
pub fn scenario_error(py: Python<'_>, problems: &Problems, written: Written) -> PyErr {
    let made = || -> PyResult<Bound<'_, PyAny>> {
        let errors = py.import("headstart._errors")?;
        let class = errors.getattr("Problem")?;
        let problem = |problem: &Problem| {
            let (line, column) = problems.position(problem.span.start);
            let place = (written == Written::ByHand).then_some((line, column));
            let (code, path) = (problem.code.as_str(), problem.path.as_str());
            let (line, column) = (place.map(|place| place.0), place.map(|place| place.1));
            class.call1((code, &problem.message, path, line, column, &problem.help, &problem.label))
        };
        let listed = problems.problems().iter().map(problem).collect::<PyResult<Vec<_>>>()?;
        let text = match written {
            Written::ByHand => problems.render(false),
            Written::ByProgram => by_path(problems),
        };
        errors.getattr("ScenarioError")?.call1((text, listed))
    };
    match made() {
        Ok(raised) => PyErr::from_value(raised),
        Err(why) => why,
    }
}

/// The problems as text, each with its path in place of a line that nobody wrote.
fn by_path(problems: &Problems) -> String {
    let one = |problem: &Problem| {
        let place = if problem.path.is_empty() { String::new() } else { format!("{}: ", problem.path) };
        let label = if problem.label.is_empty() { String::new() } else { format!(" ({})", problem.label) };
        let help = problem.help.as_ref().map_or(String::new(), |help| format!("\n  help: {help}"));
        format!("error[{}]: {place}{}{label}{help}", problem.code.as_str(), problem.message)
    };
    problems.problems().iter().map(one).collect::<Vec<_>>().join("\n")
}

/// Makes the exception of an error of a request.
pub fn request_failure(py: Python<'_>, why: &request::Error) -> PyErr {
    match why {
        request::Error::Scenario(problems) => scenario_error(py, problems, Written::ByHand),
        why => request_error(py, &why.to_string()),
    }
}

/// Makes the exception of a scenario that cannot be opened.
pub fn open_failure(py: Python<'_>, why: OpenError) -> PyErr {
    match why {
        OpenError::Scenario(problems) => scenario_error(py, &problems, Written::ByHand),
        OpenError::File { path, error: headstart::scenario::FileError::Io(error) } => {
            match error.raw_os_error() {
                // With its number, so that Python makes a FileNotFoundError of it.
                Some(number) => {
                    let why = error.to_string();
                    let why = why.split(" (os error").next().unwrap_or_default().to_owned();
                    PyOSError::new_err((number, why, path.to_string_lossy().into_owned()))
                }
                None => PyOSError::new_err(format!("cannot read {}: {error}", path.display())),
            }
        }
        why => PyValueError::new_err(why.to_string()),
    }
}
