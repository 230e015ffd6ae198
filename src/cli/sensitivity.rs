//! `headstart sensitivity`: what drives a claim, and what would flip it.

use super::draws::Draws;
use super::exports::{Chosen, Exports};
use super::source::Source;
use super::{Answer, Failure, Outcome, terminal};
use clap::{Args, ValueEnum};
use headstart::Scenario;
use headstart::analysis::{Depth, central_weights, sensitivity};
use headstart::report::{
    Made, Style, Tornado, central_csv, central_json, central_text, sensitivity_csv, sensitivity_json,
    sensitivity_text, tornado_svg,
};
use headstart::scenario::NamedClaim;

/// Arguments of `sensitivity`.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    draws: Draws,
    /// The pair of areas that is asked about, by their ids
    #[arg(long, num_args = 2, value_names = ["A", "B"], conflicts_with = "all_pairs")]
    pair: Vec<String>,
    /// Or a claim, by its id, as 'a before b' or in the syntax of a file
    #[arg(long, value_name = "CLAIM", conflicts_with_all = ["pair", "all_pairs"])]
    claim: Option<String>,
    /// Or every pair of areas: what drives each, from the first eighth of the instances, 125,000 at most
    #[arg(long)]
    all_pairs: bool,
    /// Or which weights favour each area: central weights and confidence factors
    #[arg(long, conflicts_with_all = ["pair", "claim", "all_pairs"])]
    central_weights: bool,
    /// How many inputs to show, those that matter most; JSON and CSV have all
    #[arg(long, default_value_t = 12)]
    top: usize,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    exports: Exports,
}

/// Documents that can be written to files.
const DOCUMENTS: [&str; 4] = ["answer.txt", "answer.json", "answer.csv", "tornado.svg"];

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: everything
    Json,
    /// One input of one claim a line
    Csv,
}

/// Runs the scenario and lays out what drives its claims.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let scenario = options.source.read(terminal)?;
    let run = options.draws.run_of(&scenario)?;
    if options.central_weights {
        let chosen = options.exports.chosen(&DOCUMENTS[..3])?;
        let bar = options.draws.bar(run.instances)?;
        let central = bar.over(|control| central_weights(&scenario, run, control))?;
        let write = |format, style| match format {
            Format::Text => central_text((&scenario, run), &central, style),
            Format::Json => {
                let made = options.draws.made(Made::new("sensitivity", &scenario), run.instances);
                made.with_flag("central-weights", true).stamp_json(&central_json(&scenario, &central, run))
            }
            Format::Csv => central_csv((&scenario, run), &central),
        };
        return Ok(options.deliver(&chosen, terminal, write, String::new));
    }
    let (scenario, claims) = options.asked(scenario)?;
    // A picture is of one claim.
    let documents = if claims.len() == 1 { &DOCUMENTS[..] } else { &DOCUMENTS[..3] };
    let chosen = options.exports.chosen(documents)?;
    let depth = if options.all_pairs { Depth::Screen } else { Depth::Full };
    let bar = options.draws.bar(run.instances + depth.instances(run))?;
    let answers = bar.over(|control| sensitivity(&scenario, &claims, run, depth, control))?;
    let write = |format, style| match format {
        Format::Text => sensitivity_text(&scenario, &answers, run, options.top, style),
        Format::Json => {
            let made = options.draws.made(Made::new("sensitivity", &scenario), run.instances);
            let made = match &claims[..] {
                [claim] if !options.all_pairs => made.with("claim", [&claim.id]),
                _ => made.with_flag("all-pairs", true),
            };
            made.stamp_json(&sensitivity_json(&scenario, &answers, run))
        }
        Format::Csv => sensitivity_csv((&scenario, run), &answers),
    };
    let draw = || {
        let found = answers.first();
        found.map_or(String::new(), |found| tornado_svg(&scenario, &Tornado::of(&scenario, found), run))
    };
    Ok(options.deliver(&chosen, terminal, write, draw))
}

impl Options {
    /// Writes the files that are asked for, and lays out the answer.
    fn deliver(
        &self,
        chosen: &Chosen,
        terminal: &terminal::Options,
        write: impl Fn(Format, Style) -> String,
        draw: impl Fn() -> String,
    ) -> Answer {
        let plain = Style::plain(terminal::WIDTH);
        let failures = chosen.write(|document| {
            Some(match document {
                "answer.txt" => write(Format::Text, plain),
                "answer.json" => write(Format::Json, plain),
                "answer.csv" => write(Format::Csv, plain),
                _ => draw(),
            })
        });
        Answer { failures, ..write(self.format, terminal.style()).into() }
    }

    /// Returns what is asked about.
    fn asked(&self, scenario: Scenario) -> Result<(Scenario, Vec<NamedClaim>), Failure> {
        let areas = scenario.areas();
        let pair = |i: usize, j: usize| {
            let text = format!("{} before {}", areas[i].id, areas[j].id);
            scenario.proposition(&text).map_err(Failure::other)
        };
        if self.all_pairs {
            let n = areas.len();
            let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
            let claims = pairs.map(|(i, j)| pair(i, j)).collect::<Result<_, _>>()?;
            return Ok((scenario, claims));
        }
        let text = match (&self.pair[..], &self.claim) {
            ([one, other], _) => format!("{one} before {other}"),
            (_, Some(claim)) => claim.clone(),
            _ => {
                return Err(Failure::Other(
                    "say what is asked about: --pair A B, --claim CLAIM, --all-pairs or --central-weights"
                        .into(),
                ));
            }
        };
        if let Ok(claim) = scenario.proposition(&text) {
            return Ok((scenario, vec![claim]));
        }
        let with = scenario.with_claim(&text).map_err(Failure::other)?;
        let claim = with.claims().last().cloned().into_iter().collect();
        Ok((with, claim))
    }
}
