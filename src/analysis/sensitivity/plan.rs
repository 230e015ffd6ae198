//! The inputs that a question depends on, and how it can be solved for each of them. Knows no draw.

use super::grid::{Grid, Parts};
use super::question::{Question, QuestionKind};
use super::slope::{CHOICE, Entry};
use crate::analysis::sensitivity::shape::World;
use crate::distribution::Dist;
use crate::model::{Input, Latent, Model, OwnPart, Source};
use std::sync::Arc;

/// The inputs that share one stream, such as the branches of a number that depends on a world.
#[derive(Clone, Debug)]
pub struct Driver {
    /// Their address.
    pub address: String,
    /// The inputs.
    pub members: Vec<usize>,
    /// Own part of the number, where correlations of it are stated.
    pub own: Option<OwnPart>,
    /// Grid on which thresholds are counted.
    pub grid: Arc<Grid>,
}

/// The independent numbers of a model that are drawn, one a stream; each with a grid of so many parts.
pub fn independent_inputs(model: &Model, parts: Parts) -> Vec<Driver> {
    let mut streams: Vec<(String, Vec<usize>)> = Vec::new();
    for (index, input) in model.inputs().iter().enumerate().filter(|(_, input)| !input.source.is_score()) {
        let address = input.address.to_string();
        match streams.iter_mut().find(|(known, _)| *known == address) {
            Some((_, members)) => members.push(index),
            None => streams.push((address, vec![index])),
        }
    }
    let own = model.own_parts();
    let driver = |(address, members): (String, Vec<usize>)| {
        let dists: Vec<&Dist> = members.iter().map(|&member| &model.inputs()[member].dist).collect();
        let grid = Arc::new(Grid::new(&dists, parts));
        let own = own.iter().find(|(of, _)| **of == model.inputs()[members[0]].address);
        Driver { address, grid, own: own.map(|(_, own)| own.clone()), members }
    };
    streams.into_iter().map(driver).collect()
}

/// The dependence of a question on a driver.
#[derive(Clone, Debug)]
pub struct Solved {
    /// The index of the driver.
    pub driver: usize,
    /// Grid on which its thresholds are counted.
    pub grid: Arc<Grid>,
    /// Shape `[n_worlds]`: what it moves there.
    pub paths: Vec<Vec<Path>>,
}

/// The dependence of a question on one column in a joint world.
#[derive(Clone, Debug)]
pub struct Path {
    /// The column that it is linear in.
    pub column: usize,
    /// Standard normal that is the driver, in the normal score of that column, if the column is a score that goes together with others.
    pub latent: Option<Latent>,
    /// The values of that score that have a probability of their own, in rising order.
    pub atoms: Vec<f64>,
    /// Area, its coefficient in the gap (1 in an order), how the column enters.
    pub areas: Vec<(usize, f64, Vec<Entry>)>,
    /// Entries of the column in the sum of the weights.
    pub total: Vec<Entry>,
}

/// The dependence of a question on a driver, in one joint world.
#[derive(Clone, Copy)]
pub struct SolvedInWorld<'a> {
    pub solved: &'a Solved,
    pub z: usize,
}

impl<'a> SolvedInWorld<'a> {
    /// Returns what the driver moves there.
    pub fn paths(self) -> &'a [Path] {
        &self.solved.paths[self.z]
    }

    /// Returns a column that it moves, with its grid.
    pub fn on_grid(self, path: &'a Path) -> PathOnGrid<'a> {
        PathOnGrid { path, grid: &self.solved.grid }
    }
}

/// A column that a driver moves, with the grid of the driver.
#[derive(Clone, Copy)]
pub struct PathOnGrid<'a> {
    pub path: &'a Path,
    pub grid: &'a Grid,
}

/// The dependence of a question on the drivers.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Those that it can be solved for.
    pub solved: Vec<Solved>,
    /// Those that it cannot be solved for, and why: their effect is found by drawing them again.
    pub redrawn: Vec<(usize, &'static str)>,
}

const TOGETHER: &str = "it moves several scores, each in its own way";

impl Plan {
    /// Works out how a question depends on each driver.
    pub fn new(model: &Model, worlds: &[World], drivers: &[Driver], question: &Question) -> Self {
        let mut plan = Self::default();
        for (index, driver) in drivers.iter().enumerate() {
            match paths(model, worlds, driver, question) {
                Ok(paths) if paths.iter().all(Vec::is_empty) => {}
                Ok(paths) => {
                    plan.solved.push(Solved { driver: index, grid: Arc::clone(&driver.grid), paths });
                }
                Err(why) => plan.redrawn.push((index, why)),
            }
        }
        plan
    }
}

/// Lists what a driver moves in each joint world.
fn paths(
    model: &Model,
    worlds: &[World],
    driver: &Driver,
    question: &Question,
) -> Result<Vec<Vec<Path>>, &'static str> {
    let moved = moved(model, driver);
    let one = |world: &World| -> Result<Vec<Path>, &'static str> {
        let mut paths = Vec::new();
        for &member in &driver.members {
            paths.extend(path(model, world, (member, None), question)?);
        }
        for (score, latent) in &moved {
            paths.extend(path(model, world, (*score, Some(latent.clone())), question)?);
        }
        let latent = paths.iter().any(|path| path.latent.is_some());
        if (latent || matches!(question.kind, QuestionKind::Order(_))) && paths.len() > 1 {
            return Err(TOGETHER);
        }
        Ok(paths)
    };
    worlds.iter().map(one).collect()
}

/// The scores that go together with others because of a driver, or that it is the own part of.
fn moved(model: &Model, driver: &Driver) -> Vec<(usize, Latent)> {
    if let Some(OwnPart { columns, latent }) = &driver.own {
        return columns.iter().map(|&column| (column, latent.clone())).collect();
    }
    let caused = model.inputs().iter().enumerate().filter(|(index, _)| !model.is_stated(*index));
    let of = |(score, input): (usize, &Input)| {
        let Source::Score(loadings) = &input.source else { return None };
        let is_it = |(index, loading): &&(usize, f64)| driver.members.contains(index) && *loading != 0.0;
        let &(it, loading) = loadings.iter().find(is_it)?;
        let rest = loadings.iter().filter(|(index, _)| *index != it).copied().collect();
        Some((score, Latent { rest, loading }))
    };
    caused.filter_map(of).collect()
}

fn path(
    model: &Model,
    world: &World,
    (column, latent): (usize, Option<Latent>),
    question: &Question,
) -> Result<Option<Path>, &'static str> {
    let mut areas = Vec::new();
    for area in question.areas() {
        let entries = world.entries(model, area, column)?;
        let coefficient = match &question.kind {
            QuestionKind::Gap(gap) => gap.iter().filter(|(one, _)| *one == area).map(|(_, c)| c).sum(),
            QuestionKind::Order(_) => 1.0,
        };
        if !entries.is_empty() && coefficient != 0.0 {
            areas.push((area, coefficient, entries));
        }
    }
    let total = world.weight_entries(model, column);
    let mut atoms = if latent.is_some() { model.inputs()[column].dist.atoms() } else { Vec::new() };
    atoms.sort_unstable_by(f64::total_cmp);
    Ok((!areas.is_empty()).then_some(Path { column, latent, atoms, areas, total }))
}

/// Why an input is drawn again, as a clause for people.
pub fn redraw_reason(why: &str) -> String {
    let what = if why == CHOICE { "a choice" } else { "no straight line" };
    format!("{why}, so it is {what} and there is no curve")
}
