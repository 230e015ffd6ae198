//! The command line: the only place that knows of arguments, files, terminals and progress bars. It uses the public
//! library and nothing else.

mod answering;
mod bench;
mod check;
mod checkpoint_file;
mod compare;
mod content;
mod explain;
mod exports;
mod failure;
mod files;
mod formats;
mod init;
mod interrupt;
mod merge;
mod method_options;
mod near_misses;
mod outcome;
mod page;
mod parts;
mod rankings;
mod run;
mod sampling;
mod schema;
mod selftest;
mod sensitivity;
mod shell;
mod show;
mod shown;
mod source;
mod sweeps;
mod terminal;
mod verify;

use clap::{CommandFactory, Parser, Subcommand};
use failure::Failure;
use headstart::sampler::missing_threads;
use outcome::{Answer, ExitStatus, Outcome};
use std::ffi::OsString;

/// Find out how likely each area is to come before each other area when every score and weight in your table is uncertain
#[derive(Parser)]
#[command(name = "headstart", version, max_term_width = 100, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    terminal: terminal::Options,
}

const EXAMPLES: &str = "Examples:
  headstart run scenarios/takeoff.ron
  headstart run scenarios/takeoff.ron --all-pairs --draws 1e7
  headstart run scenarios/takeoff.ron --format json > answer.json
  headstart run scenarios/takeoff.ron --export report.html --export matrix.svg
  headstart page scenarios/takeoff.ron -o page.html
  headstart sweep scenarios/takeoff.ron --vary 'weight.feedback_quality = 0..=5'
  headstart levers scenarios/takeoff.ron
  headstart rankings scenarios/takeoff.ron
  headstart init my-scenario.ron
  headstart show scenarios/takeoff-published.ron
  headstart check my-scenario.ron";

#[derive(Subcommand)]
enum Command {
    /// Run a scenario: pairwise, rank and claim probabilities
    #[command(after_help = "Examples:
  headstart run scenarios/takeoff.ron --draws 1e7 --seed 2
  headstart run scenarios/takeoff.ron --all-pairs --color always | less -R
  headstart run scenarios/takeoff.ron --method exact
  headstart run scenarios/takeoff.ron --precision 0.0005
  headstart run scenarios/takeoff.ron --format json -q | jq .claims
  headstart run scenarios/takeoff.ron --export answer.md --export report.html --export matrix.svg
  headstart run scenarios/takeoff.ron --export-dir pictures
  headstart run report.html
  headstart run scenarios/takeoff.ron -n 1e5 --samples draws.parquet")]
    Run(run::Options),
    /// Put the parts of a run together, as `run --shard` made them
    #[command(after_help = "Examples:
  headstart run scenarios/takeoff.ron -n 1e9 --shard 3/64 --out parts   # one of 64 parts, e.g. in a job array
  headstart merge parts --export report.json                            # the answer of the whole run, bit for bit")]
    Merge(merge::Options),
    /// Write a page in which readers change any number and see the answer change
    #[command(after_help = "Examples:
  headstart page scenarios/takeoff.ron -o page.html
  headstart page scenarios/takeoff.ron -o page.html --edit 'weight.insight *= 2' --draws 1e6
  headstart run page.html   # the page holds its scenario")]
    Page(page::Options),
    /// Show the table, the overall scores and every input distribution, without sampling
    #[command(after_help = "Examples:
  headstart show scenarios/takeoff-published.ron
  headstart show scenarios/takeoff.ron --format json            # inputs, and the addresses that --edit takes
  headstart show scenarios/takeoff.ron --expand --format json   # the scenario itself in JSON")]
    Show(show::Options),
    /// Check a scenario for errors and likely mistakes
    #[command(after_help = "Examples:
  headstart check my-scenario.ron
  headstart check - < my-scenario.ron
  headstart check my-scenario.json --format json   # problems with path, line and column")]
    Check(check::Options),
    /// Vary one or two numbers over a range and show where each claim flips
    #[command(after_help = "Examples:
  headstart sweep scenarios/takeoff.ron --vary 'weight.feedback_quality = 0..=5' --points 21
  headstart sweep scenarios/takeoff.ron --vary 'world.scheming.scheming = [0, 0.1, 0.3, 0.5, 1]' --format csv
  headstart sweep scenarios/takeoff.ron --vary 'weight.insight = 0..=5' --export sweep.svg
  headstart sweep scenarios/takeoff.ron --vary 'spread.score *= 0.5..=2' --claim 'ai_control before pre_training'
  headstart sweep scenarios/takeoff.ron --vary 'weight.insight = 0..=5' --vary 'residual = [0, 0.5, 1]'
  headstart sweep --file scenarios/takeoff-sweeps.ron --out sweeps   # many sweeps; a second call resumes where the first stopped")]
    Sweep(compare::SweepOptions),
    /// Compare interventions: effect on each claim, gain and spillover
    #[command(after_help = "Examples:
  headstart levers scenarios/takeoff.ron
  headstart levers scenarios/takeoff.ron --export levers.svg
  headstart levers scenarios/takeoff.ron --claim 'mean(safety)<mean(capabilities)' --format json")]
    Levers(compare::LeverOptions),
    /// Compare two scenarios and attribute the difference to each edit
    #[command(after_help = "Examples:
  headstart diff scenarios/takeoff.ron scenarios/takeoff-slow-evals-2.ron
  headstart diff scenarios/takeoff.ron scenarios/takeoff-eighths.ron --claim 'ai_control before post_training'")]
    Diff(compare::DiffOptions),
    /// Measure sampling speed on this machine, by stage and by thread, against a reference loop
    #[command(after_help = "Examples:
  headstart bench
  headstart bench my-scenario.ron --format json
  headstart bench my-scenario.ron --arithmetic double --threads 1")]
    Bench(bench::Options),
    /// List the most likely full rankings, expected ranks and areas without a clear order
    #[command(
        alias = "orders",
        after_help = "Examples:
  headstart rankings scenarios/takeoff.ron
  headstart rankings scenarios/takeoff.ron --top 20 --threshold 0.9 --format json"
    )]
    Rankings(rankings::Options),
    /// Find the inputs that drive a pair or a claim, and the ones worth researching
    #[command(after_help = "Examples:
  headstart sensitivity scenarios/takeoff.ron --pair ai_control post_training
  headstart sensitivity scenarios/takeoff.ron --claim 'mean(safety)<mean(capabilities)' --format json
  headstart sensitivity scenarios/takeoff.ron --all-pairs --format csv")]
    Sensitivity(sensitivity::Options),
    /// Explain why one area comes before another, and the smallest change that flips them
    #[command(after_help = "Examples:
  headstart explain scenarios/takeoff.ron dangerous_capability_evals post_training
  headstart explain scenarios/takeoff.ron ai_control pre_training --format json")]
    Explain(explain::Options),
    /// Write a commented example scenario, or build one from a CSV table
    #[command(after_help = "Examples:
  headstart init my-scenario.ron
  headstart init my-scenario.ron --from table.csv --groups 'Safety:5,Capabilities:5'
  headstart init my-scenario.ron --from table.md --areas-in rows   # a table pasted as Markdown, with one area per row
  headstart init - | headstart run -")]
    Init(init::Options),
    /// Reproduce a report and check that every number matches bit for bit
    #[command(after_help = "Examples:
  headstart run scenarios/takeoff.ron --export report.html && headstart verify report.html

Exit status: 0 identical, 1 different, 2 unreadable.")]
    Verify(verify::Options),
    /// Check this build against closed forms and independent samplers (takes seconds)
    Selftest(selftest::Options),
    /// Print the JSON Schema of the reports
    #[command(after_help = "Examples:
  headstart schema > headstart.schema.json
  headstart schema compared")]
    Schema(schema::Options),
    /// Generate shell completions
    #[command(after_help = "Examples:
  headstart completions bash > ~/.local/share/bash-completion/completions/headstart
  headstart completions zsh > ~/.zfunc/_headstart
  headstart completions fish > ~/.config/fish/completions/headstart.fish
  headstart completions powershell >> $PROFILE")]
    Completions(shell::CompletionOptions),
    /// Write man pages, one per command
    #[command(after_help = "Examples:
  headstart man ~/.local/share/man/man1")]
    Man(shell::ManOptions),
}

/// Runs the command that the arguments ask for, the first of which is the program; returns the exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let typed: Vec<OsString> = arguments.into_iter().collect();
    let command = typed.get(1).map_or(String::new(), |word| word.to_string_lossy().into_owned());
    let arguments = Arguments::try_parse_from(typed).unwrap_or_else(|error| {
        let told = near_misses::told(&error, &command);
        told.map_or(error, |(kind, message)| Arguments::command().error(kind, message)).exit()
    });
    interrupt::watch();
    let terminal = &arguments.terminal;
    let outcome = answer(&arguments);
    if let Some((wanted, started)) = missing_threads() {
        let threads = if started == 1 { "thread" } else { "threads" };
        terminal.complain(&format!(
            "warning: {started} {threads} instead of {wanted} did the work, for the system starts no more; \
             the answer does not depend on it\n"
        ));
    }
    match outcome {
        Ok(Answer { content, end, mut failures }) => {
            failures.extend(terminal.print(content).err());
            for failure in &failures {
                failure.report_error(terminal);
            }
            match end {
                ExitStatus::Interrupted => interrupt::CODE,
                _ if !failures.is_empty() => 2,
                ExitStatus::Refused => 2,
                ExitStatus::Finding => 1,
                ExitStatus::Fine => 0,
            }
        }
        Err(failure) => {
            failure.report_error(terminal);
            2
        }
    }
}

/// Does what the arguments ask for.
fn answer(arguments: &Arguments) -> Outcome {
    let terminal = &arguments.terminal;
    match &arguments.command {
        Command::Run(options) => run::run(options, terminal),
        Command::Merge(options) => merge::run(options, terminal),
        Command::Page(options) => page::run(options, terminal),
        Command::Show(options) => show::run(options, terminal),
        Command::Check(options) => check::run(options, terminal),
        Command::Sweep(options) => compare::sweep_run(options, terminal),
        Command::Levers(options) => compare::levers_run(options, terminal),
        Command::Diff(options) => compare::diff_run(options, terminal),
        Command::Bench(options) => bench::run(options, terminal),
        Command::Rankings(options) => rankings::run(options, terminal),
        Command::Sensitivity(options) => sensitivity::run(options, terminal),
        Command::Explain(options) => explain::run(options, terminal),
        Command::Init(options) => init::run(options, terminal),
        Command::Verify(options) => verify::run(options, terminal),
        Command::Selftest(options) => selftest::run(options),
        Command::Schema(options) => schema::run(options),
        Command::Completions(options) => shell::completions(options, Arguments::command()),
        Command::Man(options) => shell::man(options, Arguments::command()),
    }
}

impl Failure {
    fn report_error(&self, terminal: &terminal::Options) {
        match self {
            Self::Scenario(problems) => terminal.explain(&problems.render(terminal.stderr_colour())),
            Self::Other(message) => terminal.complain(&format!("error: {message}\n")),
        }
    }
}
