//! What Python asks about a scenario.

use crate::scenario::Scenario;
use headstart::request::{Request, Show, Source};
use headstart::sampler::Arithmetic;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// Number of draws, seed, threads and arithmetic.
type Sampling = (u64, u64, Option<usize>, String);

/// A question about a scenario, as it was asked.
#[pyclass(frozen, module = "headstart._headstart")]
pub struct Asked {
    /// Name of the scenario in messages.
    pub name: String,
    /// What the library is asked.
    pub request: Request,
}

#[pymethods]
impl Asked {
    /// Make a question of one that is written as the library reads it from JSON; of `diff`, with the other scenario.
    #[new]
    #[pyo3(signature = (scenario, show, claims, sampling, other = None))]
    #[expect(clippy::needless_pass_by_value, reason = "arguments of Python are owned")]
    fn new(
        scenario: &Scenario,
        show: &str,
        claims: Vec<String>,
        sampling: Sampling,
        other: Option<&Scenario>,
    ) -> PyResult<Self> {
        let show = match other {
            Some(other) => Show::Diff { other: source(other) },
            None => serde_json::from_str(show)
                .map_err(|why| PyValueError::new_err(format!("cannot ask {show}: {why}")))?,
        };
        let mut request = Request::new(source(scenario), show);
        request.claims = claims;
        (request.draws, request.seed, request.threads) = (sampling.0, sampling.1, sampling.2);
        request.arithmetic = arithmetic(&sampling.3)?;
        Ok(Self { name: scenario.name.clone(), request })
    }
}

fn source(scenario: &Scenario) -> Source {
    Source::Open { name: scenario.name.clone(), scenario: Box::new(scenario.scenario.clone()) }
}

/// Reads the name of an arithmetic.
fn arithmetic(name: &str) -> PyResult<Arithmetic> {
    let all = [Arithmetic::Auto, Arithmetic::Single, Arithmetic::Double];
    all.into_iter().find(|known| known.to_string() == name).ok_or_else(|| {
        PyValueError::new_err(format!(
            "arithmetic: expected \"auto\", \"single\" or \"double\"; found {name:?}"
        ))
    })
}
