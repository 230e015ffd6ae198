//! The method by which a run has its probabilities: which engine, how precise, and whether the engines are set against each other.

use super::draws::{Draws, instances};
use super::keeping::Keeping;
use super::{Failure, interrupt, terminal};
use clap::{Args, ValueEnum};
use headstart::analysis::{
    Effort, Goal, Method as Had, POINTS, Part, Partial, Summary, Widest, cross_check, integrable,
    integrate_alone, integrate_on, summarize, summarize_precisely,
};
use headstart::exact::REPLICATES;
use headstart::report::Made;
use headstart::{Control, Scenario};

/// Arguments on the method.
#[derive(Args)]
pub struct How {
    /// How probabilities are had
    #[arg(long, value_enum, default_value_t = Method::Sample)]
    method: Method,
    #[arg(long, value_parser = points, conflicts_with = "precision", help = format!("With the exact engine, points a scramble: a power of two [default: {POINTS}]"))]
    points: Option<u64>,
    /// Use both engines, and report the largest difference between them in standard errors
    #[arg(long, conflicts_with = "precision")]
    cross_check: bool,
    /// Go on until every probability's 95% interval is narrower than this to each side, e.g. 0.001
    #[arg(long, value_name = "HALF_WIDTH", value_parser = half_width, conflicts_with = "instances")]
    precision: Option<f64>,
    /// With --precision, no more instances than this, or points where they are integrated
    #[arg(long, default_value = "1e9", value_parser = instances, requires = "precision")]
    max_instances: u64,
    /// Widen the intervals so that all pairs hold together, all ranks, and all claims
    #[arg(long)]
    simultaneous: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Method {
    /// By counting instances
    Sample,
    /// By integrating scores, over points of what areas share; an error where that cannot be
    Exact,
    /// By integrating where that can be, and else by counting
    Auto,
}

fn half_width(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(width) if (1e-9..0.5).contains(&width) => Ok(width),
        _ => Err("expected a number from 1e-9 to below 0.5, such as 0.001".into()),
    }
}

fn points(text: &str) -> Result<u64, String> {
    match text.parse::<u64>() {
        Ok(n) if n.is_power_of_two() && (2..=1 << 24).contains(&n) => Ok(n),
        _ => Err("expected a power of two from 2 to 16777216, such as 1024".into()),
    }
}

impl How {
    /// Records what it takes to have the probabilities again in the same way.
    pub fn made(&self, made: Made, draws: &Draws, summary: &Summary) -> Made {
        let made = match summary.partial {
            // What was stopped before its first points is what sampling gives.
            Some(_) if summary.method == Had::Sample => made.with("method", ["sample"]),
            Some(Partial { done, what: Part::PointsAScramble, .. }) => self.made_by(made, Some(done)),
            _ => self.made_by(made, self.points),
        };
        let made = made.with_flag("simultaneous", self.simultaneous);
        match self.precision {
            Some(width) => {
                draws.made(made, None).with("precision", [width]).with("max-instances", [self.max_instances])
            }
            None => draws.made(made, summary.run.instances),
        }
    }

    fn made_by(&self, made: Made, points: Option<u64>) -> Made {
        let method = match self.method {
            Method::Sample => "sample",
            Method::Exact => "exact",
            Method::Auto => "auto",
        };
        made.with("method", [method]).with_any("points", points).with_flag("cross-check", self.cross_check)
    }

    /// Returns true if nothing but sampling is asked for.
    pub fn samples(&self) -> bool {
        self.method == Method::Sample
    }

    /// The answer for a scenario.
    pub fn summarize(
        &self,
        scenario: &Scenario,
        draws: &Draws,
        keeping: Option<&mut Keeping>,
        terminal: &terminal::Options,
    ) -> Result<Summary, Failure> {
        let refuse = |why: &dyn std::fmt::Display| {
            Failure::Other(format!("the scenario cannot be integrated: {why}; use --method sample, or auto"))
        };
        // To find out takes tables, which a run that samples has no use for.
        let wanted = self.cross_check || !matches!(self.method, Method::Sample);
        if self.points.is_some() && !wanted {
            return Err(Failure::Other(
                "--points is for the exact engine: add --method exact, or auto".into(),
            ));
        }
        let is_auto = self.method == Method::Auto;
        // With auto it is found out after the instances are drawn, as much as they allow.
        if wanted && !is_auto {
            integrable(scenario).map_err(|why| refuse(&why))?;
        }
        let note = |why: &dyn std::fmt::Display| {
            terminal
                .complain(&format!("note: headstart sampled the scenario and did not integrate it: {why}\n"));
        };
        let run = draws.run_of(scenario)?;
        let stop = Some(interrupt::hear());
        let summary = if let Some(half_width) = self.precision {
            let goal = Goal { half_width, most: self.max_instances, together: self.simultaneous };
            let bar = draws.bar(0)?;
            let mut look = |instances: u64, widest: Option<&Widest>| {
                let of = |widest: &Widest| format!("{} \u{b1}{:.2e}", widest.what, widest.half_width);
                bar.next(instances, widest.map_or(String::new(), of));
            };
            let mut precisely = |exact: bool| {
                let advance = |n| bar.advance(n);
                let control = Control { stop, progress: Some(&advance), resume: None };
                summarize_precisely(scenario, run, (goal, exact), &mut look, control)
            };
            let summary = match precisely(wanted) {
                Err(why) if is_auto => {
                    note(&why);
                    precisely(false)
                }
                summary => summary,
            };
            bar.finish();
            summary.map_err(|why| refuse(&why))?
        } else {
            let bar = draws.bar(run.instances)?;
            let advance = |n| bar.advance(n);
            let control = Control { stop, progress: Some(&advance), resume: None };
            let mut summary = match keeping {
                Some(keeping) => keeping.summarize(scenario, run, control),
                None => summarize(scenario, run, control.anew()),
            };
            bar.finish();
            if wanted && summary.partial.is_none() {
                let points = self.points.unwrap_or(POINTS);
                let check = self.cross_check.then(|| {
                    let mut alone = summary.clone();
                    integrate_alone(scenario, run, points, &mut alone, Control::none())
                        .map(|()| cross_check(scenario, &summary, &alone))
                });
                let effort = match self.points {
                    None if is_auto => Effort::LikeSampling,
                    _ => Effort::Points(points),
                };
                let bar = draws.bar_of_points(points * (REPLICATES + 1))?;
                let advance = |n| bar.advance(n);
                let control = Control { stop, progress: Some(&advance), resume: None };
                let integrated = integrate_on(scenario, run, effort, &mut summary, control);
                bar.finish();
                match integrated.and(check.transpose()) {
                    Ok(check) => summary.cross_check = check,
                    Err(why) if is_auto => note(&why),
                    Err(why) => return Err(refuse(&why)),
                }
            }
            summary
        };
        Ok(if self.simultaneous && !summary.simultaneous { summary.simultaneous() } else { summary })
    }
}
