//! The Python extension: scenarios, requests, answers and draws of the library, and the command line. Adds nothing to either: every
//! number that Python shows is in an answer of the library.

mod answer;
mod asked;
mod command;
mod draws;
mod errors;
mod parts;
mod scenario;
mod verify;
mod work;

use pyo3::prelude::*;

/// The extension of the package `headstart`, which is its interface.
#[pymodule]
mod _headstart {
    #[pymodule_export]
    use crate::answer::{Answer, ask, png};
    #[pymodule_export]
    use crate::asked::Asked;
    #[pymodule_export]
    use crate::command::command;
    #[pymodule_export]
    use crate::draws::Draws;
    #[pymodule_export]
    use crate::parts::{merge, run_part, sweep_of, sweep_part};
    #[pymodule_export]
    use crate::scenario::{Scenario, ids};
    #[pymodule_export]
    use crate::verify::verify;
    use crate::work;
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        work::remember_process();
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
