//! Sweeps: the probabilities of the claims as one number of a scenario, or two, takes one value after the other.

use crate::analysis::comparison::break_even::{LEVEL, curve, wanted};
use crate::analysis::comparison::change::ScenarioChange;
use crate::analysis::comparison::compare::{compare_each, sort_by_index, whole};
use crate::analysis::error::Error;
use crate::control::Control;
use crate::model::LaidOut;
use crate::sampler::{Arithmetic, Run};
use crate::scenario::Scenario;
use std::borrow::Cow;

/// A number to be varied: an edit with several values, e.g. `weight.insight = 0..=5`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Vary {
    /// The address and the operator, e.g. `weight.insight =`.
    pub edit: String,
    /// The values, in their order.
    pub values: Vec<f64>,
}

/// The most points of a sweep, and the most bytes of scenarios that are read for them, about so many of which a number takes.
const MOST_POINTS: usize = 10_000;
const MOST_BYTES: usize = 1 << 30;
const BYTES_A_NUMBER: usize = 200;

impl Vary {
    /// Reads `<address> = a..=b`, `+= a..=b` or `*= a..=b`, which take `points` values at equal distances, or a list of values
    /// `[a, b, c]` in place of the range.
    ///
    /// # Errors
    /// What is wrong with the text, as a sentence without a full stop.
    pub fn new(text: &str, points: usize) -> Result<Self, Error> {
        let form = || Error::NoRange(text.to_owned());
        let at = text.find('=').ok_or_else(form)?;
        let (edit, range) = (text[..=at].trim().to_owned(), text[at + 1..].trim());
        let number = |text: &str| -> Result<f64, Error> {
            let text = text.trim();
            let x: f64 = text.parse().map_err(|_| Error::NoNumber(text.to_owned()))?;
            if x.is_finite() { Ok(x) } else { Err(Error::NotFinite(text.to_owned())) }
        };
        let values = if let Some((from, to)) = range.split_once("..=") {
            let (from, to) = (number(from)?, number(to)?);
            if !(2..=MOST_POINTS).contains(&points) {
                return Err(Error::RangePoints { most: MOST_POINTS });
            }
            let last = (points - 1) as f64;
            (0..points).map(|n| from + (to - from) * (n as f64 / last)).collect()
        } else if let Some(list) = range.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
            list.split(',').map(number).collect::<Result<Vec<f64>, Error>>()?
        } else if let Some(instead) = plain_range(range) {
            return Err(Error::OtherRange { found: range.to_owned(), instead });
        } else {
            return Err(form());
        };
        Ok(Self { edit, values })
    }
}

/// A range in other words, as a sweep takes it.
fn plain_range(text: &str) -> Option<String> {
    ["..", " to ", "\u{2013}", "-"].iter().find_map(|sign| {
        let (from, to) = text.split_once(sign)?;
        let [from, to] = [from, to].map(|end| end.trim().parse::<f64>().ok().filter(|end| end.is_finite()));
        Some(format!("{}..={}", from?, to?))
    })
}

/// The points of a sweep: every combination of the values of what is varied, the last fastest. A point is made into a scenario when it is
/// needed, so that many take little memory.
#[derive(Clone, Debug)]
pub struct SweepPoints {
    /// The scenario that is edited.
    bare: Scenario,
    /// One entry per number that is varied: the beginning of its edit.
    edits: Vec<String>,
    /// One entry per point: a value per number that is varied. The scenario can take each.
    values: Vec<Vec<f64>>,
}

impl SweepPoints {
    /// Returns one entry per point: a value per number that is varied.
    #[must_use]
    pub fn values(&self) -> &[Vec<f64>] {
        &self.values
    }

    /// Returns the scenario at each point.
    pub fn scenarios(&self) -> impl Iterator<Item = Scenario> {
        (0..self.values.len()).map(|index| self.scenario(index))
    }

    /// Returns the scenario at one of them.
    ///
    /// # Panics
    /// Where there are fewer points.
    #[must_use]
    pub fn scenario(&self, index: usize) -> Scenario {
        self.at(&self.values[index]).expect("each point was made once when the points were listed")
    }

    /// Some of them, by their indices.
    #[must_use]
    pub fn only(&self, which: &[usize]) -> Self {
        Self { values: which.iter().map(|&index| self.values[index].clone()).collect(), ..self.clone() }
    }

    /// Points at other values, those of them that the scenario can take and that a run has numbers for.
    fn elsewhere(&self, values: impl IntoIterator<Item = Vec<f64>>, run: Run) -> Self {
        let suits = |scenario: Scenario| {
            run.arithmetic != Arithmetic::Single || !LaidOut::from(scenario).model().overflows_single()
        };
        let possible = values.into_iter().filter(|values| self.at(values).is_ok_and(suits));
        Self { values: possible.collect(), ..self.clone() }
    }

    fn at(&self, values: &[f64]) -> Result<Scenario, Error> {
        let edits: Vec<String> =
            self.edits.iter().zip(values).map(|(edit, x)| format!("{edit} {x}")).collect();
        Ok(self.bare.with_edits(&edits).map_err(Error::Edit)?.scenario)
    }
}

/// The points of a sweep of a scenario.
///
/// # Errors
/// A value that the scenario cannot take, or more points than are accepted.
pub fn points(scenario: &Scenario, vary: &[Vary]) -> Result<SweepPoints, Error> {
    let n: usize = vary.iter().map(|vary| vary.values.len()).product();
    if n > MOST_POINTS {
        return Err(Error::TooManyPoints { n, most: MOST_POINTS });
    }
    let most = MOST_BYTES / bytes(scenario);
    if n > most {
        return Err(Error::TooLarge { n, most });
    }
    let mut all = vec![Vec::new()];
    for Vary { values, .. } in vary {
        let longer = |point: &Vec<f64>| -> Vec<Vec<f64>> {
            values.iter().map(|value| point.iter().copied().chain([*value]).collect()).collect()
        };
        all = all.iter().flat_map(longer).collect();
    }
    let edits = vary.iter().map(|vary| vary.edit.clone()).collect();
    let points = SweepPoints { bare: scenario.bare(), edits, values: all };
    points.values.iter().try_for_each(|values| points.at(values).map(drop))?;
    Ok(points)
}

/// Works out the probabilities of the claims at each point against the scenario as it stands, on the same draws.
///
/// # Errors
/// A point whose claims are not those of the scenario, or it was stopped.
pub fn sweep(
    scenario: &Scenario,
    points: &SweepPoints,
    run: Run,
    control: Control<'_>,
) -> Result<Vec<ScenarioChange>, Error> {
    let mut all = Vec::new();
    sweep_each(scenario, points, run, control, &mut |index, point| {
        all.push((index, point));
        Ok::<_, Error>(())
    })?;
    whole(all, points.values.len())
}

/// The bytes that a scenario takes, about.
fn bytes(scenario: &Scenario) -> usize {
    scenario.to_ron().len().max(BYTES_A_NUMBER * scenario.n_numbers()).max(1)
}

/// Makes a [`sweep`] and calls `finished` with each point and its index as soon as it is done. Once it is stopped, no more points are
/// finished.
///
/// # Errors
/// A point whose claims are not those of the scenario, and the first that `finished` returns.
pub fn sweep_each<E: From<Error>>(
    scenario: &Scenario,
    points: &SweepPoints,
    run: Run,
    control: Control<'_>,
    finished: &mut dyn FnMut(usize, ScenarioChange) -> Result<(), E>,
) -> Result<(), E> {
    let name = |values: &[f64]| values.iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
    let make = |index: usize| Cow::Owned(points.scenario(index));
    let n = points.values.len();
    compare_each(scenario, (n, &make), run, control, &mut |index, (claims, pairs)| {
        let values = points.values[index].clone();
        finished(index, ScenarioChange { name: name(&values), values, claims, pairs, is_between: false })
    })
}

/// In so many rounds at most points are added to a sweep: a jump is found to a hundred-thousandth of the range before.
const ROUNDS: usize = 20;
/// So many points are added at most, or as many as there are.
const MOST_BETWEEN: usize = 500;

/// A sweep of a scenario: its points, and what is drawn at each.
#[derive(Clone, Copy, Debug)]
pub struct Sweep<'a> {
    /// The scenario as it stands.
    pub scenario: &'a Scenario,
    /// The points.
    pub points: &'a SweepPoints,
    /// Run at each point.
    pub run: Run,
}

/// Adds points to those of a sweep, on the same draws, where claims cross one half as the last number is varied: until the line
/// between two points is off by less than the sampling error there. `keep` is called with each first, to take away from it what is not
/// asked about. Once it is stopped, no more are added.
///
/// # Errors
/// A point whose claims are not those of the scenario.
pub fn add_between(
    sweep: &Sweep<'_>,
    compared: &mut Vec<ScenarioChange>,
    keep: &dyn Fn(&mut ScenarioChange),
    control: Control<'_>,
) -> Result<(), Error> {
    let &Sweep { scenario, points, run } = sweep;
    let most = compared.len() + compared.len().max(MOST_BETWEEN);
    for round in 0..ROUNDS {
        let mut missing = points.elsewhere(missing(compared, round), run);
        missing.values.truncate(most.saturating_sub(compared.len()));
        if missing.values.is_empty() || control.is_stopped() {
            break;
        }
        let mut found = Vec::new();
        sweep_each(scenario, &missing, run, control.unseen(), &mut |index, mut point| {
            keep(&mut point);
            found.push((index, ScenarioChange { is_between: true, ..point }));
            Ok::<_, Error>(())
        })?;
        compared.extend(sort_by_index(found));
    }
    Ok(())
}

/// The values of points that are to be added, none twice.
fn missing(compared: &[ScenarioChange], round: usize) -> Vec<Vec<f64>> {
    let mut rows: Vec<(&[f64], Vec<&ScenarioChange>)> = Vec::new();
    for point in compared {
        let start = point.values.split_last().map_or(&[][..], |(_, rest)| rest);
        match rows.iter_mut().find(|(known, _)| *known == start) {
            Some((_, row)) => row.push(point),
            None => rows.push((start, vec![point])),
        }
    }
    let mut all = Vec::new();
    for (start, row) in rows {
        let claims = 0..row.first().map_or(0, |point| point.claims.len());
        let mut values: Vec<f64> =
            claims.flat_map(|claim| wanted(&curve(row.iter().copied(), claim), LEVEL, round)).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        values.retain(|x| row.iter().all(|point| point.values.last() != Some(x)));
        all.extend(values.into_iter().map(|x| start.iter().copied().chain([x]).collect()));
    }
    all
}
