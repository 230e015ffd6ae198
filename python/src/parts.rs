//! Runs and sweeps in parts, which clusters make: each part is a text that goes from one process to another.

use crate::answer::Answer;
use crate::asked::Asked;
use crate::errors::{request_error, request_failure};
use crate::work::{control, watched};
use headstart::Control;
use headstart::report::{Shard, point_from_json, point_json};
use headstart::request::{Error, KeptPoints, Parts};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

fn shard((index, of): (u64, u64)) -> PyResult<Shard> {
    Shard::new(index, of).map_err(|why| PyValueError::new_err(why.to_string()))
}

/// Draw part `index` of `of` of a run; return it as a sealed text.
#[pyfunction]
pub fn run_part(py: Python<'_>, asked: &Asked, part: (u64, u64)) -> PyResult<String> {
    let shard = shard(part)?;
    let (part, raised) = watched(py, None, |news| {
        let advance = |n| news.advance(n);
        let prepared = asked.request.clone().prepare()?;
        let part = prepared.part(shard, control(news, &advance), &mut |told| news.told(told))?;
        Ok::<_, Error>(part.to_json())
    })?;
    match raised {
        Some(why) => Err(why),
        None => part.map_err(|why| request_failure(py, &why)),
    }
}

/// Make the points of part `index` of `of` of a sweep; return each with its index, as a sealed text.
#[pyfunction]
pub fn sweep_part(py: Python<'_>, asked: &Asked, part: (u64, u64)) -> PyResult<Vec<(usize, String)>> {
    let shard = shard(part)?;
    let (points, raised) = watched(py, None, |news| {
        let prepared = asked.request.clone().prepare()?.kept_by_point();
        let (n, mut made) = (prepared.n_points(), Vec::new());
        let share = shard.share(n as u64);
        let kept = KeptPoints {
            share: Some(share.start as usize..share.end as usize),
            begun: vec![None; n],
            keep: &mut |index, point| {
                made.push((index, point_json(point)));
                Ok(())
            },
        };
        prepared.answer_from(kept, Control { stop: Some(news.stop()), ..Control::none() })?;
        Ok::<_, Error>(made)
    })?;
    match raised {
        Some(why) => Err(why),
        None => points.map_err(|why| request_failure(py, &why)),
    }
}

/// Answer a sweep from its points.
#[pyfunction]
pub fn sweep_of(py: Python<'_>, asked: &Asked, points: Vec<(usize, String)>) -> PyResult<Answer> {
    let (answer, raised) = watched(py, None, |news| {
        let prepared = asked.request.clone().prepare()?;
        let warnings = prepared.warnings().to_vec();
        let mut begun = vec![None; prepared.n_points()];
        for (index, text) in points {
            let point = point_from_json(&text).map_err(|why| Error::NotKept(why.into()))?;
            if let Some(place) = begun.get_mut(index) {
                *place = Some(point);
            }
        }
        let kept = KeptPoints { share: None, begun, keep: &mut |_, _| Ok(()) };
        let answer = prepared.answer_from(kept, Control { stop: Some(news.stop()), ..Control::none() })?;
        Ok::<_, Error>(Answer::new(&asked.name, answer, warnings))
    })?;
    match raised {
        Some(why) => Err(why),
        None => answer.map_err(|why| request_failure(py, &why)),
    }
}

/// Merge the parts of a run, each with its name, into the answer of the whole.
#[pyfunction]
#[pyo3(signature = (parts, name, progress = None))]
pub fn merge(
    py: Python<'_>,
    parts: Vec<(String, String)>,
    name: &str,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Answer> {
    let refuse = |why: &dyn std::fmt::Display| request_error(py, &format!("cannot merge the parts: {why}"));
    let parts = Parts::read(parts).map_err(|why| refuse(&why))?;
    let request = parts.request().map_err(|why| refuse(&why))?;
    let (answer, raised) = watched(py, progress, |news| {
        let advance = |n| news.advance(n);
        let prepared = request.prepare()?;
        let warnings = prepared.warnings().to_vec();
        let answer =
            prepared.answer_from_parts(&parts, control(news, &advance), &mut |told| news.told(told))?;
        Ok::<_, Error>(Answer::new(name, answer, warnings))
    })?;
    match raised {
        Some(why) => Err(why),
        None => answer.map_err(|why| request_failure(py, &why)),
    }
}
