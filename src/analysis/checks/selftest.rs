//! Questions that the program knows the answer to: closed forms by both engines, both engines against each other, and the families against
//! the samplers of `rand_distr`.

use crate::analysis::answer::cross_check::{APART, cross_check};
use crate::analysis::answer::integrated::{POINTS, integrate_alone};
use crate::analysis::answer::summary::summarize;
use crate::control::{Control, Stopped};
use crate::distribution::{
    Beta, Dist, Exponential, Gamma, LogNormal, Normal, ParameterError, Pert, StudentT, Triangular, Uniform,
};
use crate::sampler::Run;
use crate::scenario::{FileError, FoundFile, Scenario};
use rand_distr::Distribution;
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::SeedableRng;

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Check {
    /// Name of the check.
    pub what: String,
    /// Result, against what it should be.
    pub found: String,
    /// True if that is as it should be.
    pub passes: bool,
}

/// A model of one pair with a known answer: what it is, its scores and other fields, P(first before second).
type Known = (&'static str, &'static str, &'static str, f64);

/// Sources: exact rationals for the triangulars; the normal integral; integrals of powers for the rest; worlds summed by hand.
const KNOWN: [Known; 7] = [
    (
        "triangulars",
        "Triangular(min: 1, mode: 1, max: 2.5), Triangular(min: 1, mode: 2, max: 3.5)",
        "",
        119.0 / 810.0,
    ),
    ("normals", "Normal(mean: 5.5, sd: 0.35), Normal(mean: 5.8, sd: 0.33)", "", 0.266_429_369_538_681),
    ("betas", "Beta(alpha: 2, beta: 5), Beta(alpha: 3, beta: 3)", "", 0.196_969_696_969_697),
    ("exponentials", "Exponential(rate: 1), Exponential(rate: 3)", "", 0.75),
    (
        "log-normals",
        "LogNormal(mu: 0, sigma: 0.5), LogNormal(mu: 0.2, sigma: 0.3)",
        "",
        0.365_800_294_479_950_66,
    ),
    (
        "discrete numbers",
        "Discrete([(1, 0.2), (2, 0.5), (3, 0.3)]), Discrete([(1, 0.1), (2, 0.4), (3, 0.3), (4, 0.2)])",
        "",
        0.2,
    ),
    (
        "a shared world",
        "ByWorld(\"w\", {\"a\": Normal(mean: 6, sd: 0.5), \"b\": Normal(mean: 5, sd: 0.5)}), \
         ByWorld(\"w\", {\"a\": Normal(mean: 5.5, sd: 0.5), \"b\": Normal(mean: 5.4, sd: 0.5)})",
        "worlds: [(id: \"w\", outcomes: [(\"a\", 0.3), (\"b\", 0.7)])]",
        0.428_137_657_405_623,
    ),
];

/// The weights that decide between two areas, all weightings alike: one minus a half to the fourth.
const WEIGHTS: &str = "Scenario(title: \"weights\", groups: [(id: \"x\"), (id: \"y\")],
    areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"y\")], weights: Simplex, factors: [
    (id: \"f1\", scores: [1, 0.5]), (id: \"f2\", scores: [0, 0.5]), (id: \"f3\", scores: [0, 0.5]),
    (id: \"f4\", scores: [0, 0.5]), (id: \"f5\", scores: [0, 0.5])])";

const DRAWS: u64 = 200_000;

/// Looks at everything; takes seconds. Progress is of checks.
///
/// # Errors
/// It was stopped.
pub fn selftest(seed: u64, control: Control<'_>) -> Result<Vec<Check>, Stopped> {
    let mut checks = Vec::new();
    for (what, scores, rest, truth) in KNOWN {
        let text = format!(
            "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")], areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"y\")],
             factors: [(id: \"f\", weight: 1, scores: [{scores}])], {rest})"
        );
        known(&mut checks, &KnownAnswer { what, text: &text, truth }, seed, control)?;
    }
    let weights = KnownAnswer { what: "all weightings alike", text: WEIGHTS, truth: 0.0625 };
    known(&mut checks, &weights, seed, control)?;
    for scenario in SHIPPED {
        checks.push(shipped(scenario, seed, control));
        control.advance(1);
        control.go_on()?;
    }
    for (what, ours, theirs) in families().into_iter().flatten() {
        checks.push(family(what, &ours, &*theirs, seed));
        control.advance(1);
        control.go_on()?;
    }
    Ok(checks)
}

/// A scenario whose answer is known.
struct KnownAnswer<'a> {
    what: &'a str,
    text: &'a str,
    /// P(first before second).
    truth: f64,
}

/// A known answer by both engines.
fn known(
    checks: &mut Vec<Check>,
    answer: &KnownAnswer<'_>,
    seed: u64,
    control: Control<'_>,
) -> Result<(), Stopped> {
    by_both_engines(checks, answer, seed, control);
    control.advance(1);
    control.go_on()
}

fn by_both_engines(checks: &mut Vec<Check>, answer: &KnownAnswer<'_>, seed: u64, control: Control<'_>) {
    let &KnownAnswer { what, text, truth } = answer;
    let run = Run { draws: DRAWS, seed, ..Run::default() };
    let mut check = |engine: &str, found: Option<f64>, within: f64| {
        let found = found.unwrap_or(f64::NAN);
        checks.push(Check {
            what: format!("{what}, {engine}"),
            found: format!("{found:.12} against {truth:.12}"),
            passes: (found - truth).abs() <= within,
        });
    };
    let Ok(scenario) = Scenario::from_ron(what, text) else {
        return check("read", None, 0.0);
    };
    let mut summary = summarize(&scenario, run, control.unseen());
    let before = summary.order.before[0][1];
    let error = (truth * (1.0 - truth) / DRAWS as f64).sqrt();
    check("sampled", before.map(|e| e.probability), APART * error);
    if integrate_alone(&scenario, run, POINTS, &mut summary, control.unseen()).is_err() {
        return check("integrated", None, 0.0);
    }
    let before = summary.order.before[0][1];
    let within = before.map_or(0.0, |e| APART * e.mcse + (if e.mcse > 0.0 { 0.0 } else { 1e-8 }));
    check("integrated", before.map(|e| e.probability), within);
}

/// The scenarios that come with the program, by file and text.
macro_rules! shipped {
    ($($name:literal),* $(,)?) => { [$(($name, include_str!(concat!("../../../scenarios/", $name)))),*] };
}
const SHIPPED: [(&str, &str); 16] = shipped![
    "takeoff.ron",
    "takeoff-eighths.ron",
    "takeoff-equal-weights.ron",
    "takeoff-group-bias.ron",
    "takeoff-no-feedback.ron",
    "takeoff-no-scheming.ron",
    "takeoff-published.ron",
    "takeoff-quantity.ron",
    "takeoff-raters.ron",
    "takeoff-residual.ron",
    "takeoff-simplex.ron",
    "takeoff-slow-evals-2.ron",
    "takeoff-slow-evals-4.ron",
    "takeoff-two-factors.ron",
    "takeoff-veto.ron",
    "wheat.ron",
];

/// Points a scramble for each of those: enough for what is not rare.
const FEW_POINTS: u64 = 64;

/// Both engines on a scenario that comes with the program.
fn shipped((name, text): (&str, &str), seed: u64, control: Control<'_>) -> Check {
    let what = format!("both engines on {name}");
    let beside = |path: &str, _: &std::path::Path| {
        let found = SHIPPED.into_iter().find(|(name, _)| *name == path);
        found
            .map(|(name, text)| FoundFile { path: name.into(), text: text.to_owned() })
            .ok_or_else(|| FileError::Refused("it does not come with the program".into()))
    };
    let scenario = match Scenario::load(name, text, &beside) {
        Ok(scenario) => scenario,
        Err(problems) => return Check { what, found: problems.to_string(), passes: false },
    };
    let run = Run { draws: DRAWS, seed, ..Run::default() };
    let counted = summarize(&scenario, run, control.unseen());
    let mut integrated = counted.clone();
    if let Err(why) = integrate_alone(&scenario, run, FEW_POINTS, &mut integrated, control.unseen()) {
        return Check { what, found: why.to_string(), passes: false };
    }
    let check = cross_check(&scenario, &counted, &integrated);
    let found = format!(
        "at most {:.1} standard errors apart in {} probabilities ({})",
        check.largest, check.compared, check.what
    );
    Check { what, found, passes: !check.is_inconsistent() && check.compared >= 6 }
}

/// A family of ours and a sampler of theirs.
type Pair = (&'static str, Dist, Box<dyn Fn(&mut SplitMix64) -> f64>);

/// Each family that `rand_distr` has too.
fn families() -> [Option<Pair>; 9] {
    fn pair<D: Distribution<f64> + 'static, E>(
        what: &'static str,
        ours: Result<impl Into<Dist>, ParameterError>,
        theirs: Result<D, E>,
    ) -> Option<Pair> {
        let theirs = theirs.ok()?;
        Some((what, ours.ok()?.into(), Box::new(move |rng| theirs.sample(rng))))
    }
    [
        pair("Triangular", Triangular::new(1.0, 2.0, 4.0), rand_distr::Triangular::new(1.0, 4.0, 2.0)),
        pair("Uniform", Uniform::new(-3.0, 7.5), rand_distr::Uniform::new(-3.0, 7.5)),
        pair("Normal", Normal::new(5.0, 0.3), rand_distr::Normal::new(5.0, 0.3)),
        pair("LogNormal", LogNormal::new(0.2, 0.3), rand_distr::LogNormal::new(0.2, 0.3)),
        pair("Exponential", Exponential::new(2.5), rand_distr::Exp::new(2.5)),
        pair("Pert", Pert::new(7.0, 8.5, 10.0, 4.0), rand_distr::Pert::new(7.0, 10.0).with_mode(8.5)),
        pair("Beta", Beta::new(2.0, 5.0, 0.0, 1.0), rand_distr::Beta::new(2.0, 5.0)),
        pair("Gamma", Gamma::new(2.5, 2.0), rand_distr::Gamma::new(2.5, 2.0)),
        pair("StudentT", StudentT::new(0.0, 1.0, 9.0), rand_distr::StudentT::new(9.0)),
    ]
}

/// The greatest distance between the cdf of ours and the values of theirs, as Kolmogorov and Smirnov have it; times the root of the
/// number of values it exceeds 2.5 once in 130,000 times.
fn family(what: &str, ours: &Dist, theirs: &dyn Fn(&mut SplitMix64) -> f64, seed: u64) -> Check {
    const VALUES: usize = 20_000;
    let mut rng = SplitMix64::seed_from_u64(seed);
    let mut values: Vec<f64> = (0..VALUES).map(|_| theirs(&mut rng)).collect();
    values.sort_by(f64::total_cmp);
    let n = VALUES as f64;
    let off = |(rank, &x): (usize, &f64)| {
        let p = ours.cdf(x);
        (p - rank as f64 / n).abs().max((rank as f64 + 1.0) / n - p)
    };
    let distance = values.iter().enumerate().map(off).fold(0.0, f64::max) * n.sqrt();
    Check {
        what: format!("{what} against the draws of rand_distr"),
        found: format!("Kolmogorov-Smirnov statistic {distance:.2} (limit 2.5)"),
        passes: distance < 2.5,
    }
}
