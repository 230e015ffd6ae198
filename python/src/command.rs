//! The command line, with which the package gives the command `headstart`: the files of the program, compiled once more.

use pyo3::prelude::*;
use std::ffi::OsString;

#[path = "../../src/cli/mod.rs"]
mod cli;

/// Run the command line with these arguments, the first of which is the program; return the exit code.
#[pyfunction]
pub fn command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| cli::main(arguments))
}
