//! Scenarios: read from files, texts and what Python made; edited; and drawn.

use crate::draws::Draws;
use crate::errors::{Written, open_failure, request_error, scenario_error};
use crate::work::{control, watched};
use headstart::model::DrawColumn;
use headstart::report::draw_columns;
use headstart::request::open_scenario;
use headstart::sampler::{Arithmetic, Run};
use headstart::scenario::{self, FileError, OpenError, ReadPolicy};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::path::{Path, PathBuf};

/// Values of the largest table of draws, 16 GB.
const MOST_VALUES: u64 = 2_000_000_000;

/// Id and name, and the id of the group of an area.
type Named = (String, String);

/// A checked scenario.
#[pyclass(frozen, eq, module = "headstart._headstart")]
#[derive(Clone, PartialEq)]
pub struct Scenario {
    pub name: String,
    pub scenario: headstart::Scenario,
}

/// Make one id per name, all different; `kind` begins those that would begin with a digit.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "arguments of Python are owned")]
pub fn ids(names: Vec<String>, kind: &str) -> Vec<String> {
    scenario::ids(&names.iter().map(String::as_str).collect::<Vec<_>>(), kind)
}

#[pymethods]
impl Scenario {
    /// Open a scenario file, or a report that holds a scenario. It may name files in or below its folder, and in or below those allowed.
    #[staticmethod]
    #[expect(clippy::needless_pass_by_value, reason = "arguments of Python are owned")]
    fn open(py: Python<'_>, path: PathBuf, allow_read: Vec<PathBuf>) -> PyResult<Self> {
        let allow = |policy: ReadPolicy, folder: PathBuf| {
            policy.allow(&folder).map_err(|error| open_failure(py, OpenError::File { path: folder, error }))
        };
        let policy = allow_read.into_iter().try_fold(ReadPolicy::default(), allow)?;
        let scenario = open_scenario(&path, &policy).map_err(|why| open_failure(py, why))?;
        Ok(Self { name: path.to_string_lossy().into_owned(), scenario })
    }

    /// Read a scenario from RON or JSON. It may name files in or below a folder; without one it may name none.
    #[staticmethod]
    #[pyo3(signature = (text, name, folder = None, by_hand = true))]
    fn from_text(
        py: Python<'_>,
        text: &str,
        name: String,
        folder: Option<PathBuf>,
        by_hand: bool,
    ) -> PyResult<Self> {
        let written = if by_hand { Written::ByHand } else { Written::ByProgram };
        let policy = ReadPolicy::default();
        let place = folder.map(|folder| folder.join("scenario"));
        let files = |path: &str, from: &Path| match &place {
            Some(place) if from == Path::new(&name) => policy.read(path, place),
            Some(_) => policy.read(path, from),
            None => {
                let remedy = "unless `folder` says where they are";
                Err(FileError::NamesNone("a text", remedy))
            }
        };
        let read = headstart::Scenario::load(&name, text, &files);
        let scenario = read.map_err(|problems| scenario_error(py, &problems, written))?;
        Ok(Self { name, scenario })
    }

    /// Name in messages.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// Question that the scenario asks.
    #[getter]
    fn title(&self) -> &str {
        self.scenario.title()
    }

    /// Note of its author.
    #[getter]
    fn about(&self) -> &str {
        self.scenario.about()
    }

    /// SHA-256 of its canonical text.
    #[getter]
    fn hash(&self) -> String {
        self.scenario.hash()
    }

    /// Areas: id, name, and id of the group.
    #[getter]
    fn areas(&self) -> Vec<(String, String, String)> {
        let groups = self.scenario.groups();
        let area =
            |area: &scenario::Area| (area.id.clone(), area.name.clone(), groups[area.group].id.clone());
        self.scenario.areas().iter().map(area).collect()
    }

    /// Groups: id and name.
    #[getter]
    fn groups(&self) -> Vec<Named> {
        self.scenario.groups().iter().map(|group| (group.id.clone(), group.name.clone())).collect()
    }

    /// Factors: id and name.
    #[getter]
    fn factors(&self) -> Vec<Named> {
        self.scenario.factors().iter().map(|factor| (factor.id.clone(), factor.name.clone())).collect()
    }

    /// Levers: id and name.
    #[getter]
    fn levers(&self) -> Vec<Named> {
        self.scenario.levers().iter().map(|lever| (lever.id.clone(), lever.name.clone())).collect()
    }

    /// Text of the scenario in RON, every field in its fixed order.
    fn to_ron(&self) -> String {
        self.scenario.to_ron()
    }

    /// Text of the scenario in JSON.
    fn to_json(&self) -> String {
        self.scenario.to_json()
    }

    /// Return the scenario after edits, and what they could not do in full.
    #[expect(clippy::needless_pass_by_value, reason = "arguments of Python are owned")]
    fn edit(&self, py: Python<'_>, edits: Vec<String>) -> PyResult<(Self, Vec<String>)> {
        let edited = self.scenario.with_named_edits(&edits);
        let edited = edited.map_err(|why| request_error(py, &why.to_string()))?;
        Ok((Self { name: self.name.clone(), scenario: edited.scenario }, edited.warnings))
    }

    /// Draw a table of inputs and overall scores, from the draw `first` on.
    #[pyo3(signature = (draws, seed, first = 0, threads = None, progress = None))]
    fn draws(
        &self,
        py: Python<'_>,
        draws: u64,
        seed: u64,
        first: u64,
        threads: Option<usize>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Draws> {
        let laid_out = headstart::model::LaidOut::from(self.scenario.clone());
        let columns = DrawColumn::all(&laid_out);
        let names: Vec<String> = columns.iter().map(|column| column.name().to_owned()).collect();
        if draws == 0 || draws.saturating_mul(names.len() as u64) > MOST_VALUES {
            let most = MOST_VALUES / names.len() as u64;
            return Err(PyValueError::new_err(format!(
                "expected 1 to {most} draws of {} columns at once; take more in parts with `first`",
                names.len()
            )));
        }
        if first.checked_add(draws).is_none_or(|end| end > 1 << 40) {
            return Err(PyValueError::new_err(
                "expected draws before the draw 2^40; choose a smaller `first`",
            ));
        }
        let run = Run { draws, seed, threads, arithmetic: Arithmetic::Double };
        let (pieces, raised) = watched(py, progress, |news| {
            news.begin_draws(draws);
            let advance = |n| news.advance(n);
            draw_columns(&laid_out, run, first, control(news, &advance))
        })?;
        match (pieces, raised) {
            (_, Some(why)) => Err(why),
            (Ok(pieces), None) => Draws::new(names, pieces),
            (Err(stopped), None) => Err(request_error(py, &stopped.to_string())),
        }
    }

    fn __getnewargs__(&self) -> (String, String) {
        (self.to_ron(), self.name.clone())
    }

    /// Return the scenario of a text that another one wrote.
    #[new]
    fn new(py: Python<'_>, ron: &str, name: String) -> PyResult<Self> {
        let read = headstart::Scenario::from_ron(&name, ron);
        let scenario = read.map_err(|problems| scenario_error(py, &problems, Written::ByHand))?;
        Ok(Self { name, scenario })
    }
}
