//! The effect of one input on a claim, from the counts of its switches.

use super::crossing::{Crossing, crossed};
use super::curve::{Curve, Known};
use super::errors::{self, Moments};
use super::plan::{Driver, Solved};
use super::results::{
    BreakEvenValue, CURVE_QUANTILES, CurveSummary, InputEffect, OneWayPoint, REPORTED_RANGE,
};
use super::tally::SensitivitySetup;
use super::value::Regret;
use crate::analysis::interval::{Estimate, Measured};
use crate::analysis::sensitivity::shape::{Errors, GapErrors};
use crate::control::{Control, Stopped};
use crate::distribution::Dist;
use crate::model::{Model, Source};
use crate::sampler::{Run, sample_with_precision};

/// The errors of an input, and the quantiles that they have the errors of probabilities at.
pub struct Asked {
    errors: Errors,
    points: Vec<f64>,
    densities: Option<Vec<f64>>,
}

/// The errors of all inputs of a question, and of its gap, from a part of the draws of a run; those of drawn worlds where the claim is
/// certain. `regrets` is empty where they are not asked.
///
/// # Errors
/// It was stopped.
pub fn moments(
    (task, question): (&SensitivitySetup<'_>, usize),
    drivers: &[Driver],
    (curves, regrets): (&[Curve<'_>], &[Option<Regret>]),
    (run, certain, is_ahead): (Run, bool, bool),
    control: Control<'_>,
) -> Result<(Vec<Asked>, GapErrors), Stopped> {
    let plan = &task.plans[question];
    let inputs = || plan.solved.iter().zip(curves);
    let dist = |solved: &Solved| {
        let own = &task.model.inputs()[drivers[solved.driver].members[0]].dist;
        solved.grid.over.as_ref().unwrap_or(own).clone()
    };
    let points = |(solved, curve): (&Solved, &Curve<'_>)| {
        let found = crossed(curve, &dist(solved), &|_| 1.0);
        CURVE_QUANTILES
            .into_iter()
            .chain(found.into_iter().map(|crossing| crossing.quantile))
            .collect::<Vec<f64>>()
    };
    let densities = |(solved, curve): (&Solved, &Curve<'_>)| {
        let is_one = drivers[solved.driver].members.len() == 1;
        is_one.then(|| curve.densities(&dist(solved))).flatten()
    };
    let known: Vec<(Vec<f64>, Option<Vec<f64>>)> =
        inputs().map(|one| (points(one), densities(one))).collect();
    let asked = inputs().zip(&known).enumerate().map(|(index, ((solved, curve), (points, densities)))| {
        let held = regrets.get(index).and_then(Option::as_ref).map_or(&[][..], |regret| &regret.held);
        errors::Asked::new(solved, curve, densities.clone(), points.clone(), held)
    });
    let asked: Vec<errors::Asked<'_>> = asked.collect();
    let none = Moments::new(task, question, &asked, is_ahead);
    let kept = if certain {
        none
    } else {
        sample_with_precision::<f64, _>(
            task.model,
            run,
            &|| Moments::new(task, question, &asked, is_ahead),
            control,
        )?
    };
    let gap = kept.of_gap();
    let with = |(errors, (points, densities))| Asked { errors, points, densities };
    Ok((kept.errors().into_iter().zip(known).map(with).collect(), gap))
}

impl Asked {
    /// The value of learning the input, with its error over `n` draws.
    pub fn regret(&self, regret: &Regret, n: u64) -> Measured {
        regret.measured(self.errors.regret, n)
    }

    /// The variance of a probability over that of drawn worlds, at the nearest quantile at which that is known.
    fn wider(&self, u: f64) -> f64 {
        let near = (0..self.points.len())
            .min_by(|&a, &b| (self.points[a] - u).abs().total_cmp(&(self.points[b] - u).abs()));
        near.map_or(1.0, |at| self.errors.points[at])
    }
}

/// Lists where a curve crosses one half, with the errors that are known.
pub fn crossings(curve: &Curve<'_>, dist: &Dist, asked: &Asked) -> Vec<Crossing> {
    crossed(curve, dist, &|u| asked.wider(u))
}

/// Parts of the variance of a claim as shares of the whole.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    p: f64,
    mcse: f64,
    n: f64,
}

impl Share {
    /// Of a claim with this probability.
    pub fn new(estimate: &Estimate) -> Self {
        Self { p: estimate.probability, mcse: estimate.mcse, n: estimate.n() as f64 }
    }

    /// Returns true if shares are reported.
    pub fn is_reported(self) -> bool {
        self.p > REPORTED_RANGE[0] && self.p < REPORTED_RANGE[1]
    }

    /// A part as a share.
    ///
    /// The error is that of a ratio: that of the part less the share times the whole, which moves by 1 - 2 p times the error of p.
    pub fn of(self, part: Known) -> Option<Measured> {
        let whole = self.p * (1.0 - self.p);
        let Known { measured: Measured { value, mcse }, with } = part;
        let value = value / whole;
        let moves = value * (1.0 - 2.0 * self.p);
        let variance = mcse * mcse - 2.0 * moves * with / self.n + moves * moves * self.mcse * self.mcse;
        self.is_reported().then(|| Measured { value, mcse: variance.max(0.0).sqrt() / whole })
    }
}

/// Returns the name of the worlds in lists with groups of inputs.
pub fn world_names() -> (String, String) {
    ("world.*".into(), "the world".into())
}

/// Twice a number.
pub fn doubled(half: Measured) -> Measured {
    Measured { value: 2.0 * half.value, mcse: 2.0 * half.mcse }
}

/// An input of which nothing is known yet.
pub fn empty_effect(model: &Model, driver: &Driver) -> InputEffect {
    let nothing = Measured { value: 0.0, mcse: 0.0 };
    let dist = |&member: &usize| {
        let input = &model.inputs()[member];
        (input.branch.clone(), input.dist.clone())
    };
    InputEffect {
        address: driver.address.clone(),
        dists: driver.members.iter().map(dist).collect(),
        latent: model.inputs()[driver.members[0]].source == Source::Latent,
        curve: None,
        redrawn: None,
        first: None,
        total: None,
        flips: nothing,
        brier: nothing,
        regret: None,
    }
}

/// Works out what an input does, from its curve and the errors of that.
pub fn effect(
    model: &Model,
    drivers: &[Driver],
    solved: &Solved,
    (curve, asked): (&Curve<'_>, &Asked),
    share: Share,
) -> InputEffect {
    let driver = &drivers[solved.driver];
    let dist = &model.inputs()[driver.members[0]].dist;
    let Asked { errors, densities, .. } = asked;
    let (variance, spread) = (curve.variance(errors), curve.spread(errors));
    let break_even = crossings(curve, dist, asked).into_iter().map(|crossing| BreakEvenValue {
        quantile: crossing.quantile,
        value: crossing.value,
        interval: crossing.interval,
        jumps: crossing.jumps,
    });
    let points = CURVE_QUANTILES.iter().zip(&errors.points).map(|(&quantile, &wider)| OneWayPoint {
        quantile,
        value: dist.quantile(quantile),
        probability: curve.measured_at(quantile, wider),
    });
    InputEffect {
        curve: Some(CurveSummary {
            points: points.collect(),
            bar: curve.bar(errors),
            range: curve.range(),
            break_even: break_even.collect(),
            gradient: densities.as_ref().map(|densities| curve.gradient(densities, errors)),
        }),
        first: share.of(variance),
        total: share.of(spread),
        flips: doubled(spread.measured),
        brier: variance.measured,
        ..empty_effect(model, driver)
    }
}
