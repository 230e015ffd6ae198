//! A request on its way through the command line: a bar while it is answered, then the files that are asked for, and what is printed.

use super::content::Content;
use super::exports::ExportTargets;
use super::failure::Failure;
use super::outcome::{Answer as Printed, ExitStatus};
use super::sampling::{Bar, SamplingOptions};
use super::{interrupt, terminal};
use headstart::Control;
use headstart::analysis::{RunTally, WidestInterval};
use headstart::report::Style;
use headstart::request::{Answer, Format, Prepared, Request, Show, Source, Told, View};
use std::rc::Rc;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A request about a scenario that is open already.
pub fn request(source: Source, sampling: &SamplingOptions, claims: &[String], show: Show) -> Request {
    let run = sampling.run();
    let mut request = Request::new(source, show);
    request.claims = claims.to_vec();
    request.draws = run.draws;
    request.seed = run.seed;
    request.threads = run.threads;
    request.arithmetic = run.arithmetic;
    request.max_memory = Some(sampling.max_memory());
    request
}

/// Makes a request ready, and says what could not be done in full.
pub fn prepare(request: Request, terminal: &terminal::Options) -> Result<Prepared, Failure> {
    let prepared = request.prepare()?;
    for warning in prepared.warnings() {
        terminal.complain(&format!("warning: {warning}\n"));
    }
    Ok(prepared)
}

/// True if the bar is hidden.
#[derive(Clone, Copy, Debug)]
pub struct Quiet(pub bool);

impl From<bool> for Quiet {
    fn from(quiet: bool) -> Self {
        Self(quiet)
    }
}

impl From<&SamplingOptions> for Quiet {
    fn from(sampling: &SamplingOptions) -> Self {
        Self(sampling.quiet())
    }
}

/// The bar of what is under way, one after the other.
struct Bars {
    quiet: Quiet,
    bar: Mutex<Option<Bar>>,
}

impl Bars {
    fn bar(&self) -> MutexGuard<'_, Option<Bar>> {
        self.bar.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn advance(&self, n: u64) {
        interrupt::begun(n);
        if let Some(bar) = &*self.bar() {
            bar.advance(n);
        }
    }

    /// Puts another bar in the place of the one that is there.
    fn next(&self, bar: Option<Bar>) {
        if let Some(done) = std::mem::replace(&mut *self.bar(), bar) {
            done.finish();
        }
    }

    fn told(&self, told: Told<'_>, terminal: &terminal::Options) -> Result<(), Failure> {
        match told {
            Told::Draws(n) => self.next(Some(Bar::of_draws(n, self.quiet.0)?)),
            Told::Points(n) => self.next(Some(Bar::of_points(n, self.quiet.0)?)),
            Told::Steps(n) => self.next(Some(Bar::of_steps(n, self.quiet.0)?)),
            Told::Look(draws, widest) => {
                let of = |widest: &WidestInterval| format!("{} \u{b1}{:.2e}", widest.what, widest.half_width);
                if let Some(bar) = &*self.bar() {
                    bar.next(draws, widest.map_or(String::new(), of));
                }
            }
            Told::NotIntegrated(why) => terminal
                .complain(&format!("note: headstart sampled the scenario and did not integrate it: {why}\n")),
        }
        Ok(())
    }
}

/// Answers a request that has partial results or, without, is left at once by Ctrl-C.
pub fn answer(
    prepared: Prepared,
    quiet: impl Into<Quiet>,
    can_be_partial: bool,
    terminal: &terminal::Options,
) -> Result<Answer, Failure> {
    let stop = can_be_partial.then(interrupt::hear);
    answer_under(prepared, quiet, Control { stop, ..Control::none() }, terminal)
}

/// Answers a request that can be stopped, and may go on from what was kept.
pub fn answer_under(
    prepared: Prepared,
    quiet: impl Into<Quiet>,
    control: Control<'_, RunTally>,
    terminal: &terminal::Options,
) -> Result<Answer, Failure> {
    let answer = under_bars(quiet, terminal, |advance, tell| {
        prepared.answer_and_tell(Control { progress: Some(advance), ..control }, tell)
    })?;
    interrupt::answered();
    answer.map_err(Failure::from)
}

/// Does a job under a progress bar; the job is given the functions that advance the bar and that show a message.
pub fn under_bars<T>(
    quiet: impl Into<Quiet>,
    terminal: &terminal::Options,
    job: impl FnOnce(&(dyn Fn(u64) + Sync), &mut dyn FnMut(Told<'_>)) -> T,
) -> Result<T, Failure> {
    let bars = Bars { quiet: quiet.into(), bar: Mutex::new(None) };
    let advance = |n| bars.advance(n);
    let mut failure = None;
    let done = job(&advance, &mut |told| failure = bars.told(told, terminal).err());
    bars.next(None);
    match failure {
        Some(failure) => Err(failure),
        None => Ok(done),
    }
}

/// Lays out an answer that goes to stdout alone.
pub fn written(answer: Answer, format: Format, view: View) -> Printed {
    let content = Content::pieces(move |out| answer.write(out, format, &view));
    Printed { content, end: ExitStatus::Fine, failures: Vec::new() }
}

/// Lays out an answer of a command that writes no files.
pub fn printed(answer: Answer, format: Format, terminal: &terminal::Options) -> Printed {
    write_outputs(answer, &ExportTargets::default(), (format, View::new(terminal.style())), |_, _| None)
}

/// Writes the files that are asked for, pictures by `draw`, and lays out what is printed.
pub fn write_outputs(
    answer: Answer,
    targets: &ExportTargets,
    (format, view): (Format, View),
    draw: impl Fn(&Answer, &str) -> Option<String>,
) -> Printed {
    interrupt::answered();
    let answer = Rc::new(answer);
    let write = |format: Format, view: &View| {
        let (answer, view) = (Rc::clone(&answer), view.clone());
        Content::pieces(move |out| answer.write(out, format, &view))
    };
    let mut plain = view.clone();
    plain.style = Style::plain(terminal::WIDTH);
    plain.sections = plain.sections.with_next(None);
    let plain = &plain;
    let failures = targets.write(|document| match document {
        "answer.txt" => Some(write(Format::Text, plain)),
        "answer.json" => Some(write(Format::Json, plain)),
        "answer.csv" => Some(write(Format::Csv, plain)),
        "answer.md" => Some(write(Format::Markdown, plain)),
        "report.html" => Some(write(Format::Html, plain)),
        picture => draw(&answer, picture).map(Content::from),
    });
    let end = if answer.is_stopped() { ExitStatus::Interrupted } else { ExitStatus::Fine };
    Printed { content: write(format, &view), end, failures }
}
