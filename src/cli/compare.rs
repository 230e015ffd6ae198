//! `headstart sweep`, `levers` and `diff`: a scenario against changed ones, on the same draws.

use super::content::Content;
use super::draws::Draws;
use super::exports::{Chosen, Exports};
use super::source::Source;
use super::sweeps::POINTS;
use super::swept::Swept;
use super::{Answer, End, Failure, Outcome, files, interrupt, terminal};
use clap::{Args, ValueEnum};
use headstart::analysis::{
    Compared, Part, Partial, Vary, add_between, against, diff, lever_ends, points, pulled, sweep_each,
    sweep_ends, worth, worth_runs,
};
use headstart::report::{
    Made, Other, Style, compared_csv, diff_json, diff_text, levers_json, levers_svg, levers_text, sweep_svg,
};
use headstart::sampler::Run;
use headstart::scenario::ClaimError;
use headstart::{Control, Scenario};
use std::fmt::Display;
use std::path::PathBuf;
use std::rc::Rc;

/// Arguments that all three have.
#[derive(Args)]
struct Asked {
    #[command(flatten)]
    draws: Draws,
    /// Only these claims, by id or in words such as 'ai_control before pre_training'; may be repeated
    #[arg(long, value_name = "CLAIM")]
    claim: Vec<String>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    exports: Exports,
}

/// Documents that can be written to files, beside the picture of a command.
const DOCUMENTS: [&str; 3] = ["answer.txt", "answer.json", "answer.csv"];
/// Plain text, for files.
const PLAIN: Style = Style::plain(terminal::WIDTH);

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// One claim of one changed scenario a line
    Csv,
}

/// Arguments of `sweep`.
#[derive(Args)]
pub struct SweepOptions {
    #[command(flatten)]
    source: Option<Source>,
    /// What is varied: 'weight.insight = 0..=5', '*= 0.5..=2' or a list '= [1, 2, 4]'; one or two of them
    #[arg(long, required_unless_present = "file", value_name = "EDIT")]
    vary: Vec<String>,
    /// How many values a range takes
    #[arg(long, default_value_t = POINTS)]
    points: usize,
    /// Also every pair of areas of two groups, as claims
    #[arg(long)]
    pairs: bool,
    /// A file of sweeps in place of a scenario, such as scenarios/sweeps/takeoff.ron
    #[arg(long, value_name = "SWEEPS", conflicts_with_all = ["scenario", "vary", "pairs", "edit", "claim"])]
    file: Option<String>,
    /// The folder for its results and finished points; what is there already of the same sweeps is not made again
    #[arg(long, value_name = "FOLDER", requires = "file")]
    out: Option<PathBuf>,
    #[command(flatten)]
    asked: Asked,
}

/// Arguments of `levers`.
#[derive(Args)]
pub struct LeverOptions {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    asked: Asked,
}

/// Arguments of `diff`.
#[derive(Args)]
pub struct DiffOptions {
    #[command(flatten)]
    source: Source,
    /// The scenario that it is compared with
    other: String,
    #[command(flatten)]
    asked: Asked,
}

/// Runs a sweep.
pub fn sweep_run(options: &SweepOptions, terminal: &terminal::Options) -> Outcome {
    if let (Some(file), Some(out)) = (&options.file, &options.out) {
        return super::sweeps::run(file, out, &options.asked.draws, terminal);
    }
    if options.file.is_some() {
        return Err(Failure::Other(
            "a file of sweeps needs a folder for what comes of it: add --out FOLDER".into(),
        ));
    }
    let Some(source) = &options.source else {
        return Err(Failure::Other("name a scenario, or a file of sweeps with --file".into()));
    };
    let mut asked = options.asked.claim.clone();
    let scenario = source.read(terminal)?;
    if options.pairs {
        asked.extend(pair_claims(&scenario));
    }
    let scenario = with_claims(scenario, &asked).map_err(Failure::other)?;
    if options.vary.len() > 2 {
        return Err(Failure::Other("at most two numbers are varied at once".into()));
    }
    let vary: Vec<Vary> =
        options.vary.iter().map(|text| Vary::new(text, options.points)).collect::<Result<_, _>>()?;
    let varied: Vec<String> = vary.iter().map(|vary| vary.edit.clone()).collect();
    let points = points(&scenario, &vary)?;
    let ends = sweep_ends(&scenario, &varied, points.values().iter().map(Vec::as_slice));
    warn_of_ends(&ends, terminal);
    let chosen = options.asked.exports.chosen(&documents("sweep.svg"))?;
    let run = options.asked.draws.run_of(&scenario)?;
    let bar = options.asked.draws.bar(run.instances.saturating_mul(points.values().len() as u64))?;
    let of = points.values().len() as u64;
    let mut finished = vec![None; points.values().len()];
    let advance = |n| bar.advance(n);
    let control = Control { stop: Some(interrupt::hear()), progress: Some(&advance), resume: None };
    sweep_each(&scenario, &points, run, control, &mut |index, mut point| {
        keep_asked(std::slice::from_mut(&mut point), &asked);
        finished[index] = Some(point);
        Ok::<_, Failure>(())
    })?;
    let done = finished.iter().flatten().count() as u64;
    let partial = (done < of).then_some(Partial { done, of, what: Part::Points });
    let mut compared: Vec<Compared> = finished.into_iter().flatten().collect();
    if partial.is_none() {
        let keep = |point: &mut Compared| keep_asked(std::slice::from_mut(point), &asked);
        add_between(&scenario, &points, run, &mut compared, &keep, control)?;
    }
    bar.finish();
    let swept = Rc::new(Swept {
        points: compared,
        vary: options.vary.clone(),
        n_points: options.points,
        claims: asked,
        scenario,
        run,
        varied,
        partial,
    });
    let write = |format, style| {
        let swept = Rc::clone(&swept);
        Content::pieces(move |out| swept.write(out, format, style))
    };
    let draw = || partial.is_none().then(|| sweep_svg(&swept.scenario, &swept.points, &swept.varied, run));
    let answer = options.asked.deliver(&chosen, terminal, write, draw);
    Ok(if partial.is_some() { Answer { end: End::Interrupted, ..answer } } else { answer })
}

/// Records how a sweep of a scenario is made.
pub fn made_sweep(
    (scenario, run): (&Scenario, Run),
    vary: &[String],
    points: usize,
    claims: &[String],
) -> Made {
    let made = made_of("sweep", (scenario, run), claims);
    made.with("vary", vary).with("points", [points])
}

/// Records how a comparison of a scenario with changed ones is made, by a command that keeps these claims.
fn made_of(command: &str, (scenario, run): (&Scenario, Run), claims: &[String]) -> Made {
    let made = Made::new(command, scenario).with("instances", [run.instances]).with("seed", [run.seed]);
    let made = made.with("arithmetic", [run.arithmetic]);
    if claims.is_empty() { made } else { made.with("claim", claims) }
}

/// Says where numbers stop at an end of the scale.
pub fn warn_of_ends(ends: &[String], terminal: &terminal::Options) {
    for end in ends {
        terminal.complain(&format!("warning: {end}\n"));
    }
}

/// Every pair of an area of one group and an area of another, as claims.
fn pair_claims(scenario: &Scenario) -> Vec<String> {
    let areas = scenario.areas();
    let pairs = areas.iter().flat_map(|one| areas.iter().map(move |other| (one, other)));
    let pairs = pairs.filter(|(one, other)| one.group < other.group);
    pairs.map(|(one, other)| format!("{} before {}", one.id, other.id)).collect()
}

/// The scenario with the claims that are asked for in words.
pub fn with_claims(scenario: Scenario, claims: &[String]) -> Result<Scenario, ClaimError> {
    claims.iter().try_fold(scenario, |scenario, claim| scenario.with_claim(claim))
}

/// Keeps the claims that are asked for, all if there are none.
pub fn keep_asked(compared: &mut [Compared], asked: &[String]) {
    if !asked.is_empty() {
        for one in compared {
            one.claims.retain(|claim| asked.iter().any(|id| **id == *claim.id));
            // There may be thousands of points.
            one.claims.shrink_to_fit();
        }
    }
}

/// Pulls every lever of a scenario.
pub fn levers_run(options: &LeverOptions, terminal: &terminal::Options) -> Outcome {
    let scenario = options.asked.with_claims(options.source.read(terminal)?)?;
    if scenario.levers().is_empty() {
        let message = format!(
            "{} has no levers; add levers: [(id: \"…\", name: \"…\", edits: [\"score.… += 1\"])]",
            options.source.scenario
        );
        return Err(Failure::Other(message));
    }
    let asked = &options.asked;
    let changed = pulled(&scenario)?;
    warn_of_ends(&lever_ends(&scenario), terminal);
    let chosen = asked.exports.chosen(&documents("levers.svg"))?;
    let run = asked.draws.run_of(&scenario)?;
    let runs = changed.len() as u64 + worth_runs(&scenario);
    let bar = asked.draws.bar(run.instances.saturating_mul(runs))?;
    let (mut compared, mut worth) = bar.over(|control| {
        let compared = against(&scenario, changed, run, control)?;
        Ok::<_, Failure>((compared, worth(&scenario, run, control)?))
    })?;
    keep_asked(&mut compared, &asked.claim);
    if !asked.claim.is_empty() {
        for nothing in worth.iter_mut().filter_map(|lever| lever.worth_nothing.as_mut()) {
            nothing.retain(|one| asked.claim.contains(&one.claim));
        }
    }
    let write = |format, style| match format {
        Format::Text => levers_text((&scenario, run), &compared, &worth, style),
        Format::Json => {
            let made = made_of("levers", (&scenario, run), &asked.claim);
            made.stamp_json(&levers_json(&scenario, run, &compared, &worth))
        }
        Format::Csv => compared_csv((&scenario, run), &[], (&compared, None)),
    };
    Ok(asked.deliver(&chosen, terminal, write, || Some(levers_svg(&scenario, &compared, run))))
}

/// Compares two scenarios.
pub fn diff_run(options: &DiffOptions, terminal: &terminal::Options) -> Outcome {
    let scenario = options.asked.with_claims(options.source.read(terminal)?)?;
    // Edits are made in both, so that only what differs between the files is seen.
    let (name, other) = files::other_scenario(&options.other)?;
    let other = options.source.edited(&other, terminal)?;
    let asked = &options.asked;
    let failure = |why: &dyn Display| {
        Failure::Other(format!("{} against {}: {why}", options.source.scenario, options.other))
    };
    let path = scenario.path_to(&other).map_err(|why| failure(&why))?;
    let chosen = asked.exports.chosen(&documents("diff.svg"))?;
    let run = asked.draws.run_of(&scenario)?;
    let bar = asked.draws.bar(run.instances.saturating_mul(path.steps.len() as u64 + 1))?;
    let found = bar.over(|control| diff(&scenario, (&name, &other), path, run, control));
    let mut found = found.map_err(|why| failure(&why))?;
    keep_asked(std::slice::from_mut(&mut found.total), &asked.claim);
    for step in &mut found.steps {
        keep_asked(std::slice::from_mut(&mut step.effect), &asked.claim);
    }
    let effects = found.steps.iter().map(|step| &step.effect).chain([&found.total]);
    let effects: Vec<Compared> = effects.cloned().collect();
    let write = |format, style| match format {
        Format::Text => diff_text((&scenario, run), &found, style),
        Format::Json => {
            let other = Other { name: name.clone(), scenario: other.to_ron() };
            let made = made_of("diff", (&scenario, run), &asked.claim);
            Made { other: Some(other), ..made }.stamp_json(&diff_json(&scenario, run, &found))
        }
        Format::Csv => compared_csv((&scenario, run), &[], (&effects, None)),
    };
    Ok(asked.deliver(&chosen, terminal, write, || Some(levers_svg(&scenario, &effects, run))))
}

impl Asked {
    /// The scenario with the claims that are asked for in words.
    fn with_claims(&self, scenario: Scenario) -> Result<Scenario, Failure> {
        with_claims(scenario, &self.claim).map_err(Failure::other)
    }

    /// Writes the files that are asked for, and lays out the answer.
    fn deliver<C: Into<Content<'static>>>(
        &self,
        chosen: &Chosen,
        terminal: &terminal::Options,
        write: impl Fn(Format, Style) -> C,
        draw: impl Fn() -> Option<String>,
    ) -> Answer {
        let failures = chosen.write(|document| match document {
            "answer.txt" => Some(write(Format::Text, PLAIN).into()),
            "answer.json" => Some(write(Format::Json, PLAIN).into()),
            "answer.csv" => Some(write(Format::Csv, PLAIN).into()),
            _ => draw().map(Content::from),
        });
        let content = write(self.format, terminal.style()).into();
        Answer { content, end: End::Fine, failures }
    }
}

/// Lists what a command can write to files.
fn documents(picture: &str) -> Vec<&str> {
    DOCUMENTS.into_iter().chain([picture]).collect()
}
