//! Answers, in every format that the library has of them.

use crate::asked::Asked;
use crate::errors::{request_error, request_failure};
use crate::scenario::Scenario;
use crate::work::{control, watched};
use headstart::analysis::PartialUnit;
use headstart::report::{
    Section, Sections, Style, Tornado, diff_svg, levers_svg, matrix_svg, rankings_svg, ranks_svg, scores_svg,
    sweep_svg, tornado_svg, worlds_svg,
};
use headstart::request::{self, Extras, Format, Found, View};
use pyo3::exceptions::{PyKeyboardInterrupt, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// An answer of the library.
#[pyclass(frozen, module = "headstart._headstart")]
pub struct Answer {
    name: String,
    answer: request::Answer,
    warnings: Vec<String>,
}

/// Answer a question while Python waits. Ctrl-C leaves a partial answer where there can be one.
#[pyfunction]
#[pyo3(signature = (asked, progress = None))]
pub fn ask(py: Python<'_>, asked: &Asked, progress: Option<&Bound<'_, PyAny>>) -> PyResult<Answer> {
    let (answer, raised) = watched(py, progress, |news| {
        let advance = |n| news.advance(n);
        let prepared = asked.request.clone().prepare()?;
        let warnings = prepared.warnings().to_vec();
        let answer = prepared.answer_and_tell(control(news, &advance), &mut |told| news.told(told))?;
        Ok((answer, warnings))
    })?;
    let leaves_partial = |why: &PyErr, answer: &request::Answer| {
        why.is_instance_of::<PyKeyboardInterrupt>(py) && answer.partial().is_some()
    };
    match (answer, raised) {
        (Ok((answer, _)), Some(why)) if !leaves_partial(&why, &answer) => Err(why),
        (Ok((answer, warnings)), _) => Ok(Answer::new(&asked.name, answer, warnings)),
        (Err(_), Some(why)) => Err(why),
        (Err(why), None) => Err(request_failure(py, &why)),
    }
}

/// Render a picture in SVG as PNG; return its bytes.
#[pyfunction]
#[cfg(feature = "png")]
pub fn png<'py>(py: Python<'py>, svg: &str) -> PyResult<Bound<'py, PyBytes>> {
    let rendered = headstart::report::png(svg).map_err(|why| PyValueError::new_err(why.to_string()))?;
    Ok(PyBytes::new(py, &rendered))
}

/// Refuse to render a picture: this build has no renderer.
#[pyfunction]
#[cfg(not(feature = "png"))]
pub fn png<'py>(py: Python<'py>, svg: &str) -> PyResult<Bound<'py, PyBytes>> {
    let _ = (py, svg);
    Err(PyValueError::new_err(
        "this wheel was built without PNG; save the picture as SVG, or build with maturin --features png",
    ))
}

#[pymethods]
impl Answer {
    /// Question that it answers, as the command is called.
    #[getter]
    fn kind(&self) -> &'static str {
        match &self.answer.found {
            Found::Run(_) => "run",
            Found::Sensitivity(_) => "sensitivity",
            Found::CentralWeights(_) => "central-weights",
            Found::Explain(_) => "explain",
            Found::Rankings(_) => "rankings",
            Found::Sweep(_) => "sweep",
            Found::Levers { .. } => "levers",
            Found::Diff(_) => "diff",
            Found::Check(_) => "check",
            Found::Scenario(_) => "show",
            _ => "bench",
        }
    }

    /// Scenario as it was drawn.
    #[getter]
    fn scenario(&self) -> Scenario {
        Scenario { name: self.name.clone(), scenario: (*self.answer.scenario).clone() }
    }

    /// What edits, values and levers could not do in full.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.warnings.clone()
    }

    /// Share that was finished of an answer that was stopped: done, of how many, and the unit.
    #[getter]
    fn partial(&self) -> Option<(u64, u64, &'static str)> {
        self.answer.partial().map(|partial| {
            let unit = match partial.what {
                PartialUnit::Draws => "draws",
                PartialUnit::Points => "points",
                _ => "points per scramble",
            };
            (partial.done, partial.of, unit)
        })
    }

    /// Lay the answer out as "json", "csv" or "markdown".
    fn document(&self, format: &str) -> PyResult<String> {
        let format = match format {
            "json" => Format::Json,
            "csv" => Format::Csv,
            "markdown" => Format::Markdown,
            other => return Err(PyValueError::new_err(format!("unknown format {other:?}"))),
        };
        self.write(format, Sections::default(), 80)
    }

    /// Lay the answer out for a person, in so many columns, with these sections.
    fn text(&self, sections: &str, width: usize, all_pairs: bool, top: usize) -> PyResult<String> {
        let known: &[Section] = match &self.answer.found {
            Found::Run(_) => &Section::OF_RUN,
            Found::Sensitivity(_) => &Section::OF_SENSITIVITY,
            _ => &Section::OF_SHOW,
        };
        let sections =
            Sections::parse(sections, known).map_err(|why| PyValueError::new_err(why.to_string()))?;
        self.write(Format::Text, sections.with_all_pairs(all_pairs).with_top(top), width)
    }

    /// Lay the answer out as a page; that of a run has the effect of levers and the drivers of a claim, and answers back if it is `live`.
    #[pyo3(signature = (live = false, progress = None))]
    fn page(&self, py: Python<'_>, live: bool, progress: Option<&Bound<'_, PyAny>>) -> PyResult<String> {
        if live && !matches!(self.answer.found, Found::Run(_)) {
            return Err(PyValueError::new_err("only the answer of a run has a page that answers back"));
        }
        if live && self.answer.partial().is_some() {
            return Err(PyValueError::new_err(
                "this run was stopped; a page that answers back takes a whole one",
            ));
        }
        let mut answer = self.answer.clone();
        let (answer, raised) = watched(py, progress, move |news| {
            let advance = |n| news.advance(n);
            answer.draw_page(control(news, &advance), &mut |told| news.told(told));
            answer
        })?;
        match raised {
            Some(why) if matches!(answer.extras, Extras::Stopped) => return Err(why),
            _ => {}
        }
        let whole = Self { name: String::new(), answer, warnings: Vec::new() };
        whole.write(if live { Format::Page } else { Format::Html }, Sections::default(), 80)
    }

    /// Names of the pictures that there are of the answer.
    #[getter]
    fn pictures(&self) -> Vec<&'static str> {
        match &self.answer.found {
            Found::Run(_) if self.answer.scenario.worlds().is_empty() => vec!["matrix", "ranks", "scores"],
            Found::Run(_) => vec!["matrix", "ranks", "scores", "worlds"],
            Found::Sensitivity(found) if found.len() == 1 => vec!["tornado"],
            Found::Sweep(swept) if swept.partial.is_none() => vec!["sweep"],
            Found::Levers { .. } => vec!["levers"],
            Found::Diff(_) => vec!["diff"],
            Found::Rankings(_) => vec!["rankings"],
            _ => Vec::new(),
        }
    }

    /// Draw a picture as SVG.
    fn svg(&self, picture: &str) -> PyResult<String> {
        let (scenario, run) = (&self.answer.scenario, self.answer.run);
        let known = self.pictures();
        if !known.contains(&picture) {
            let known = if known.is_empty() {
                "there are none".into()
            } else {
                format!("choose from {}", known.join(", "))
            };
            return Err(PyValueError::new_err(format!(
                "unknown picture {picture:?} of this answer; {known}"
            )));
        }
        Ok(match &self.answer.found {
            Found::Run(summary) => match picture {
                "matrix" => matrix_svg(scenario, summary, true),
                "ranks" => ranks_svg(scenario, summary),
                "scores" => scores_svg(scenario, summary),
                _ => worlds_svg(scenario, summary).unwrap_or_default(),
            },
            Found::Sensitivity(found) => tornado_svg(scenario, &Tornado::of(scenario, &found[0]), run),
            Found::Sweep(swept) => sweep_svg(scenario, &swept.points, &swept.varied, run),
            Found::Levers { compared, .. } => levers_svg(scenario, compared, run),
            Found::Diff(found) => diff_svg(scenario, found, run),
            Found::Rankings(found) => rankings_svg(scenario, found),
            _ => String::new(),
        })
    }

    /// Look up the probability of a claim, over all worlds or in one: probability, standard error, and the ends of its 95% interval.
    #[pyo3(signature = (claim, world = None))]
    fn estimate(&self, py: Python<'_>, claim: &str, world: Option<usize>) -> PyResult<(f64, f64, f64, f64)> {
        let found = self.answer.estimate(claim, world).map_err(|why| request_error(py, &why.to_string()))?;
        Ok((found.probability, found.mcse, found.low, found.high))
    }
}

impl Answer {
    /// Keeps an answer of the library, with what could not be done in full.
    pub fn new(name: &str, answer: request::Answer, warnings: Vec<String>) -> Self {
        Self { name: name.to_owned(), answer, warnings }
    }

    fn write(&self, format: Format, sections: Sections, width: usize) -> PyResult<String> {
        let mut view = View::new(Style::plain(width));
        view.sections = sections;
        let mut out = Vec::new();
        self.answer.write(&mut out, format, &view).map_err(|why| PyValueError::new_err(why.to_string()))?;
        String::from_utf8(out).map_err(|why| PyValueError::new_err(why.to_string()))
    }
}
