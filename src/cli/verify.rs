//! `headstart verify`: a report is made again and compared to the last bit.

use super::answering::{Quiet, answer, prepare};
use super::content::Content;
use super::{Answer, End, Failure, Outcome, files, terminal};
use clap::Args;
use headstart::report::{Provenance, ReportDifference, ReportWithProvenance, Style, sanitize, target};
use headstart::request::{Format, Request, Source, View};

/// Arguments of `verify`.
#[derive(Args)]
pub struct Options {
    /// Report to verify: JSON or HTML written by headstart
    report: String,
    /// Number of threads [default: all processors]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Number of differences to list
    #[arg(long, default_value_t = 20)]
    top: usize,
}

/// Letters of a value that are shown.
const SHOWN: usize = 100;

/// Makes it again and says what is not the same.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let path = &options.report;
    let refuse = |why: String| Failure::Other(format!("cannot verify {path}: {why}"));
    let text = files::report(path).map_err(|why| refuse(why.to_string()))?;
    let found = ReportWithProvenance::read(&text).map_err(|why| refuse(why.to_string()))?;
    let is_fixed = found.made.command == "run" && !found.made.options.contains_key("precision");
    if found.is_partial && !is_fixed {
        return Err(refuse("it is a partial report, and an interrupted run cannot be reproduced".into()));
    }
    let source = Source::Text { name: path.clone(), text };
    let request = Request::again(&found.made, source).map_err(|why| refuse(why.to_string()))?;
    let mut request = if found.is_page { request.as_page(&found.made) } else { request };
    request.threads = options.threads.map(usize::from);
    let prepared = prepare(request, terminal)?;
    let hash = prepared.scenario().hash();
    let can_be_partial = matches!(found.made.command.as_str(), "run" | "sweep");
    let again = answer(prepared, Quiet(true), can_be_partial, terminal)?;
    if again.is_stopped() {
        return Ok(Answer { end: End::Interrupted, ..String::new().into() });
    }
    let format = if found.is_page { Format::Html } else { Format::Json };
    let view = View::new(Style::plain(terminal::WIDTH));
    let again = Content::pieces(|out| again.write(out, format, &view)).text()?;
    let again = ReportWithProvenance::read(&again).map_err(|why| refuse(why.to_string()))?;
    let differences = found.differences(&again);
    let made = &found.made;
    if found.is_intact && differences.is_empty() {
        let by = if made.version == again.made.version {
            String::new()
        } else {
            format!(", though headstart {} made it and this is {}", made.version, again.made.version)
        };
        let n = found.len();
        return Ok(format!("{path}: verified, all {n} values identical{by}\n").into());
    }
    let mut said = format!("{path}: differs\n");
    if hash != made.scenario_hash {
        said += &format!(
            "  the scenario in it is not the one that it was made of: its SHA-256 is {}…, and was {:.12}…\n",
            &hash[..12],
            made.scenario_hash
        );
    }
    for ReportDifference { place, one, other, .. } in differences.iter().take(options.top) {
        let [one, other] = [(one, other), (other, one)].map(|(text, beside)| match text {
            Some(text) => excerpt(text, beside.as_deref().unwrap_or_default()),
            None => "nothing".to_owned(),
        });
        said += &format!("  {place}: {one} in the file, {other} when reproduced\n");
    }
    if differences.len() > options.top {
        said += &format!("  … and {} more; --top N lists more of them\n", differences.len() - options.top);
    }
    said += &format!("  {}\n", why(&found, &again.made, differences.is_empty()));
    let said: Vec<String> = said.lines().map(sanitize).collect();
    Ok(Answer { end: End::Finding, ..(said.join("\n") + "\n").into() })
}

/// So much of a text as is shown: from its start, or from shortly before where it parts from another one.
fn excerpt(text: &str, beside: &str) -> String {
    let alike = text.chars().zip(beside.chars()).take_while(|(one, other)| one == other).count();
    let start = if alike + SHOWN / 4 > SHOWN { alike - SHOWN / 4 } else { 0 };
    let mut shown: String = text.chars().skip(start).take(SHOWN).collect();
    if start > 0 {
        shown.insert(0, '…');
    }
    shown
}

/// Why it differs, as far as that can be told.
fn why(found: &ReportWithProvenance, now: &Provenance, is_same: bool) -> String {
    let made = &found.made;
    if !found.is_intact {
        let what = if is_same {
            "no number differs; its order, what it says of how it was made, or its digest was"
        } else {
            "it was"
        };
        format!("why: {what} edited after it was written, for the digest does not fit")
    } else if made.version != now.version {
        format!(
            "why: it is as headstart {} wrote it, and this is headstart {}; see what the changelog calls value-breaking",
            made.version, now.version
        )
    } else if made.target != target() {
        format!(
            "why: it is as it was written on {}, and this is {}, which ought to be the same",
            made.target,
            target()
        )
    } else {
        "reason unknown: the file was written by this version and is unmodified; please report this as a fault, with the file".into()
    }
}
