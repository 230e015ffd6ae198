//! A request that is ready to be answered: its scenario as it will be drawn, and everything of it that could be refused.

use crate::analysis::{
    Detail, RankingsAsked, ScenarioChange, SweepPoints, Vary, clipping_warnings_levers,
    clipping_warnings_sweep, integrable, lever_scenarios, points,
};
use crate::model::{LaidOut, Model};
use crate::plain::shortened;
use crate::request::ask::{About, How, MethodAsked, Request, Show, Source};
use crate::request::error::Error;
use crate::request::open::edited;
use crate::sampler::{Arithmetic, Run};
use crate::scenario::{EditPath, NamedClaim, Scenario};

/// More draws would take months.
const MAX_DRAWS: u64 = 1_000_000_000_000;
const MOST_POINTS: u64 = 1 << 24;
const MOST_LISTED: usize = 100_000;
const MOST_THREADS: usize = 1024;

/// A request that is ready to be answered.
#[derive(Debug)]
pub struct Prepared {
    pub(super) scenario: LaidOut,
    pub(super) run: Run,
    pub(super) claims: Vec<String>,
    pub(super) task: Task,
    pub(super) warnings: Vec<String>,
}

/// Work that answers a request.
#[derive(Debug)]
pub(super) enum Task {
    Run(How),
    Sensitivity { claims: Vec<NamedClaim>, about: About },
    CentralWeights,
    Explain { areas: (usize, usize), ids: [String; 2] },
    Rankings(RankingsAsked),
    Sweep(Box<SweepTask>),
    Levers(Vec<(String, Scenario)>),
    Diff(Box<DiffTask>),
    Check,
    Scenario,
    Throughput(Vec<usize>),
}

#[derive(Debug)]
pub(super) struct SweepTask {
    pub vary: Vec<String>,
    /// The beginnings of the edits.
    pub varied: Vec<String>,
    pub n_points: usize,
    pub points: SweepPoints,
}

#[derive(Debug)]
pub(super) struct DiffTask {
    pub names: [String; 2],
    pub other: Scenario,
    /// The way there, if it is reported edit by edit.
    pub path: Option<EditPath>,
}

impl Prepared {
    /// Returns the scenario as it will be drawn.
    #[must_use]
    pub fn scenario(&self) -> &LaidOut {
        &self.scenario
    }

    /// Returns what will be drawn.
    #[must_use]
    pub fn run(&self) -> Run {
        self.run
    }

    /// Returns the scenario as arrays, which are laid out once.
    pub fn model(&self) -> &Model {
        self.scenario.model()
    }

    /// Returns the precision that the scenario will be drawn in.
    #[must_use]
    pub fn arithmetic(&self) -> Arithmetic {
        match self.run.arithmetic {
            Arithmetic::Auto => self.run.arithmetic.of(self.model()),
            stated => stated,
        }
    }

    /// Returns what edits, values and levers could not do in full, as sentences without a full stop.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Returns how many claims sensitivity is asked about, and 0 for another question.
    #[must_use]
    pub fn n_claims(&self) -> usize {
        match &self.task {
            Task::Sensitivity { claims, .. } => claims.len(),
            _ => 0,
        }
    }

    /// Finds out whether single precision has numbers for the scenario and for all points of a sweep, if it is asked for.
    fn fits(self) -> Result<Self, Error> {
        let overflows = || {
            let at_a_point = |scenario: Scenario| LaidOut::from(scenario).model().overflows_single();
            let swept = || match &self.task {
                Task::Sweep(task) => task.points.scenarios().any(at_a_point),
                _ => false,
            };
            self.model().overflows_single() || swept()
        };
        if self.run.arithmetic == Arithmetic::Single && overflows() {
            return Err(crate::analysis::Error::Overflows.into());
        }
        Ok(self)
    }
}

/// The depth in which sensitivity is asked about.
pub(super) fn depth(about: &About) -> Detail {
    match about {
        About::Claim(_) => Detail::Full,
        About::AllPairs => Detail::Screen,
    }
}

/// Keeps the claims of a comparison that are asked for, all if there are none.
pub(super) fn keep_asked(compared: &mut [ScenarioChange], asked: &[String]) {
    if !asked.is_empty() {
        for one in compared {
            one.claims.retain(|claim| asked.iter().any(|id| **id == *claim.id));
            // There may be thousands of points.
            one.claims.shrink_to_fit();
        }
    }
}

impl Request {
    /// Opens the scenario, makes the edits, adds the claims, and finds out whether the question can be asked.
    ///
    /// # Errors
    /// Whatever of the request cannot be.
    pub fn prepare(self) -> Result<Prepared, Error> {
        let run = self.run();
        if !(1..=MAX_DRAWS).contains(&run.draws) {
            let expected = "a whole number from 1 to 1e12, such as 1000000 or 1e6";
            return Err(Error::Number { what: "draws", expected });
        }
        let Self { source, edits, mut claims, max_memory, show, .. } = self;
        let (name, scenario) = source.open()?;
        let mut warnings = Vec::new();
        let scenario = edited(&scenario, &edits, &mut warnings)?;
        let (scenario, task) = match show {
            show @ (Show::Sweep { .. } | Show::Levers | Show::Diff { .. } | Show::Change { .. }) => {
                let comparison =
                    Comparison { name, edits: &edits, claims: &mut claims, warnings: &mut warnings };
                comparison.prepare(scenario, show)?
            }
            show => single(scenario, &claims, show)?,
        };
        Prepared { scenario: scenario.into(), run, claims, task, warnings }.affordable(max_memory)?.fits()
    }
}

/// Makes a question about one scenario ready.
fn single(scenario: Scenario, claims: &[String], show: Show) -> Result<(Scenario, Task), Error> {
    Ok(match show {
        Show::Run(how) => {
            let scenario = claims_of_run(scenario, claims)?;
            how.check(&scenario)?;
            (scenario, Task::Run(how))
        }
        Show::Sensitivity(about) => {
            let (scenario, claims) = asked_about(with_claims(scenario, claims)?, &about)?;
            (scenario, Task::Sensitivity { claims, about })
        }
        Show::CentralWeights => (scenario, Task::CentralWeights),
        Show::Explain { a, b } => {
            let areas = (area(&scenario, &a)?, area(&scenario, &b)?);
            if areas.0 == areas.1 {
                return Err(Error::SameArea);
            }
            (scenario, Task::Explain { areas, ids: [a, b] })
        }
        Show::Rankings { top, threshold } => {
            let asked = RankingsAsked { top, threshold };
            (scenario, Task::Rankings(check_rankings(asked)?))
        }
        Show::Check => (with_claims(scenario, claims)?, Task::Check),
        Show::Scenario => (with_claims(scenario, claims)?, Task::Scenario),
        Show::Throughput { on_threads } => (scenario, Task::Throughput(check_threads(on_threads)?)),
        Show::Sweep { .. } | Show::Levers | Show::Diff { .. } | Show::Change { .. } => {
            unreachable!("these are comparisons")
        }
    })
}

/// A question about changed scenarios, which is not ready yet.
struct Comparison<'a> {
    /// Name of the scenario.
    name: String,
    edits: &'a [String],
    claims: &'a mut Vec<String>,
    warnings: &'a mut Vec<String>,
}

impl Comparison<'_> {
    fn prepare(self, scenario: Scenario, show: Show) -> Result<(Scenario, Task), Error> {
        let Self { name, edits, claims, warnings } = self;
        if let Show::Sweep { pairs: true, .. } = show {
            claims.extend(pair_claims(&scenario));
        }
        let scenario = with_claims(scenario, claims)?;
        Ok(match show {
            Show::Sweep { vary, points, .. } => {
                let task = SweepTask::new(&scenario, vary, points, warnings)?;
                (scenario, Task::Sweep(Box::new(task)))
            }
            Show::Diff { other } => {
                let (names, other) = both(name, other, edits, warnings)?;
                both_have_clocks(&names, &scenario, &other)?;
                let path = scenario.path_to(&other).map_err(|why| between(&names, &why))?;
                (scenario, Task::Diff(Box::new(DiffTask { names, other, path: Some(path) })))
            }
            Show::Change { other } => {
                let (names, other) = both(name, other, edits, warnings)?;
                both_have_clocks(&names, &scenario, &other)?;
                (scenario, Task::Diff(Box::new(DiffTask { names, other, path: None })))
            }
            _ => {
                if scenario.levers().is_empty() {
                    return Err(Error::NoLevers(name));
                }
                let changed = lever_scenarios(&scenario)?;
                warnings.extend(clipping_warnings_levers(&scenario));
                (scenario, Task::Levers(changed))
            }
        })
    }
}

/// The names of both scenarios, and the other one. Edits are made in both, so that only what differs between the sources is seen.
fn both(
    name: String,
    other: Source,
    edits: &[String],
    warnings: &mut Vec<String>,
) -> Result<([String; 2], Scenario), Error> {
    let (called, other) = other.open()?;
    Ok(([name, called], edited(&other, edits, warnings)?))
}

/// Refuses to compare a scenario that has a clock with one that has none: claims about dates are about one of them only.
fn both_have_clocks(names: &[String; 2], one: &Scenario, other: &Scenario) -> Result<(), Error> {
    if one.clock().is_some() == other.clock().is_some() {
        return Ok(());
    }
    Err(between(names, &"only one of them has a clock; give both a clock, or compare a copy without it"))
}

/// The reason for which two scenarios cannot be compared.
pub(super) fn between([one, other]: &[String; 2], why: &impl ToString) -> Error {
    Error::Diff { one: one.clone(), other: other.clone(), why: why.to_string() }
}

/// The scenario with the claims that are asked for in words.
fn with_claims(scenario: Scenario, claims: &[String]) -> Result<Scenario, Error> {
    let added = claims.iter().try_fold(scenario, |scenario, claim| scenario.with_claim(claim));
    added.map_err(Error::Claim)
}

fn claims_of_run(scenario: Scenario, claims: &[String]) -> Result<Scenario, Error> {
    claims.iter().try_fold(scenario, |scenario, claim| {
        let refuse = |why| Error::ClaimOfRun { claim: shortened(claim), why };
        scenario.with_any_claim(claim).map_err(refuse)
    })
}

fn area(scenario: &Scenario, id: &str) -> Result<usize, Error> {
    if let Ok(area) = scenario.area_named(id) {
        return Ok(area);
    }
    match scenario.area_pattern(id).map_err(Error::Area)?[..] {
        [area] => Ok(area),
        _ => Err(Error::SeveralAreas(shortened(id))),
    }
}

fn check_threads(threads: Vec<usize>) -> Result<Vec<usize>, Error> {
    if threads.is_empty() || !threads.iter().all(|n| (1..=MOST_THREADS).contains(n)) {
        return Err(Error::Number { what: "threads", expected: "whole numbers from 1 to 1024" });
    }
    Ok(threads)
}

fn check_rankings(asked: RankingsAsked) -> Result<RankingsAsked, Error> {
    if !(1..=MOST_LISTED).contains(&asked.top) {
        return Err(Error::Number { what: "top", expected: "a whole number from 1 to 100000" });
    }
    if !(asked.threshold > 0.5 && asked.threshold < 1.0) {
        return Err(Error::Number {
            what: "threshold",
            expected: "a number between 0.5 and 1, such as 0.95",
        });
    }
    Ok(asked)
}

/// The claims that are asked about, and the scenario with them.
fn asked_about(scenario: Scenario, about: &About) -> Result<(Scenario, Vec<NamedClaim>), Error> {
    match about {
        About::AllPairs => {
            let areas = scenario.areas();
            let pairs = (0..areas.len()).flat_map(|i| (i + 1..areas.len()).map(move |j| (i, j)));
            let claim = |(i, j): (usize, usize)| {
                scenario.proposition(&format!("{} before {}", areas[i].id, areas[j].id))
            };
            let claims = pairs.map(claim).collect::<Result<_, _>>().map_err(Error::Claim)?;
            Ok((scenario, claims))
        }
        About::Claim(text) => {
            if let Ok(claim) = scenario.proposition(text) {
                return Ok((scenario, vec![claim]));
            }
            let with = scenario.with_claim(text).map_err(Error::Claim)?;
            let claim = with.claims().last().cloned().into_iter().collect();
            Ok((with, claim))
        }
    }
}

/// Every pair of an area of one group and an area of another, as claims.
fn pair_claims(scenario: &Scenario) -> Vec<String> {
    let areas = scenario.areas();
    let pairs = areas.iter().flat_map(|one| areas.iter().map(move |other| (one, other)));
    let pairs = pairs.filter(|(one, other)| one.group < other.group);
    pairs.map(|(one, other)| format!("{} before {}", one.id, other.id)).collect()
}

impl SweepTask {
    fn new(
        scenario: &Scenario,
        texts: Vec<String>,
        n_points: usize,
        warnings: &mut Vec<String>,
    ) -> Result<Self, Error> {
        if texts.len() > 2 {
            return Err(Error::VariesTooMuch);
        }
        let vary: Vec<Vary> = texts.iter().map(|text| Vary::new(text, n_points)).collect::<Result<_, _>>()?;
        let varied: Vec<String> = vary.iter().map(|vary| vary.edit.clone()).collect();
        let points = points(scenario, &vary)?;
        warnings.extend(clipping_warnings_sweep(
            scenario,
            &varied,
            points.values().iter().map(Vec::as_slice),
        ));
        Ok(Self { vary: texts, varied, n_points, points })
    }
}

impl How {
    /// Finds out whether a scenario can be answered in this way.
    fn check(&self, scenario: &Scenario) -> Result<(), Error> {
        if self.points.is_some_and(|n| !n.is_power_of_two() || !(2..=MOST_POINTS).contains(&n)) {
            let expected = "a power of two from 2 to 16777216, such as 1024";
            return Err(Error::Number { what: "points", expected });
        }
        if let Some(asked) = self.precision {
            if !(1e-9..0.5).contains(&asked.half_width) {
                let expected = "a number from 1e-9 to below 0.5, such as 0.001";
                return Err(Error::Number { what: "precision", expected });
            }
            if self.points.is_some() || self.cross_check {
                let expected = "no points and no cross-check beside it";
                return Err(Error::Number { what: "precision", expected });
            }
        }
        if self.points.is_some() && !self.integrates() {
            return Err(Error::PointsAlone);
        }
        // With auto it is found out after the draws are made, as much as they allow.
        if self.integrates() && self.method != MethodAsked::Auto {
            integrable(scenario).map_err(Error::NotIntegrable)?;
        }
        Ok(())
    }

    /// Returns true if anything is to be integrated.
    pub(super) fn integrates(&self) -> bool {
        // To find out takes tables, which a run that samples has no use for.
        self.cross_check || self.method != MethodAsked::Sample
    }
}
