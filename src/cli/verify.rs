//! `headstart verify`: a report is made again and compared to the last bit.

use super::{Answer, End, Failure, Outcome, files};
use clap::Args;
use headstart::report::{Differing, Made, Stamped, harmless, target};

/// Arguments of `verify`.
#[derive(Args)]
pub struct Options {
    /// The report: JSON or a page that headstart wrote
    report: String,
    /// How many threads, one a processor by default
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// How many differences to list
    #[arg(long, default_value_t = 20)]
    top: usize,
}

/// Commands that reports are made by. Files come from strangers: nothing in one may have another one written.
const COMMANDS: [&str; 7] = ["run", "sweep", "levers", "diff", "orders", "sensitivity", "explain"];
const OPTIONS: [&str; 15] = [
    "instances",
    "seed",
    "arithmetic",
    "method",
    "points",
    "cross-check",
    "simultaneous",
    "precision",
    "max-instances",
    "vary",
    "claim",
    "top",
    "confidence",
    "central-weights",
    "all-pairs",
];
/// Stands among the options for what is not one: the areas that are asked about.
const AREAS: &str = "areas";
/// Letters of a value that are shown.
const SHOWN: usize = 100;

/// Makes it again and says what is not the same.
pub fn run(options: &Options, again: &dyn Fn(Vec<String>) -> Result<Outcome, clap::Error>) -> Outcome {
    let path = &options.report;
    let refuse = |why: String| Failure::Other(format!("cannot verify {path}: {why}"));
    let text = files::report(path).map_err(&refuse)?;
    let found = Stamped::read(&text).map_err(&refuse)?;
    let is_fixed = found.made.command == "run" && !found.made.options.contains_key("precision");
    if found.is_partial && !is_fixed {
        return Err(refuse(
            "it is partial, and what was interrupted cannot be interrupted at the same place".into(),
        ));
    }
    let arguments = arguments(options, &found).map_err(&refuse)?;
    let hash = files::scenario(path)?.hash();
    let again = again(arguments).map_err(|error| {
        let why = error.to_string();
        refuse(why.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned())
    })??;
    if again.end == End::Interrupted {
        return Ok(Answer { end: End::Interrupted, ..String::new().into() });
    }
    let again = Stamped::read(&again.content.text()?).map_err(&refuse)?;
    let differences = found.differences(&again);
    let made = &found.made;
    if found.is_intact && differences.is_empty() {
        let by = if made.version == again.made.version {
            String::new()
        } else {
            format!(", though headstart {} made it and this is {}", made.version, again.made.version)
        };
        let n = found.len();
        return Ok(format!("{path}: equal, all {n} numbers, texts and lines of it{by}\n").into());
    }
    let mut said = format!("{path}: differs\n");
    if hash != made.scenario_hash {
        said += &format!(
            "  the scenario in it is not the one that it was made of: its SHA-256 is {}…, and was {:.12}…\n",
            &hash[..12],
            made.scenario_hash
        );
    }
    for Differing { place, one, other } in differences.iter().take(options.top) {
        let [one, other] = [(one, other), (other, one)].map(|(text, beside)| match text {
            Some(text) => excerpt(text, beside.as_deref().unwrap_or_default()),
            None => "nothing".to_owned(),
        });
        said += &format!("  {place}: {one} in the file, {other} when it is made again\n");
    }
    if differences.len() > options.top {
        said += &format!("  … and {} more; --top N lists more of them\n", differences.len() - options.top);
    }
    said += &format!("  {}\n", why(&found, &again.made, differences.is_empty()));
    let said: Vec<String> = said.lines().map(harmless).collect();
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

/// The command line that makes a report.
fn arguments(options: &Options, found: &Stamped) -> Result<Vec<String>, String> {
    let Made { command, options: given, .. } = &found.made;
    if !COMMANDS.contains(&command.as_str()) {
        return Err(format!("this version has no command `{command}` that makes reports"));
    }
    let mut words = vec!["headstart".to_owned(), command.clone(), "--quiet".into()];
    words.push(format!("--format={}", if found.is_page { "html" } else { "json" }));
    words.extend(options.threads.map(|n| format!("--threads={n}")));
    for (option, values) in given.iter().filter(|(option, _)| *option != AREAS) {
        if !OPTIONS.contains(&option.as_str()) {
            return Err(format!("it was made with the option `{option}`, which no report is made with"));
        }
        if values.is_empty() {
            words.push(format!("--{option}"));
        }
        words.extend(values.iter().map(|value| format!("--{option}={value}")));
    }
    words.extend(["--".to_owned(), options.report.clone()]);
    words.extend(found.made.other.is_some().then(|| options.report.clone()));
    words.extend(given.get(AREAS).into_iter().flatten().cloned());
    Ok(words)
}

/// Why it differs, as far as that can be told.
fn why(found: &Stamped, now: &Made, is_same: bool) -> String {
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
        "why: it is as this version wrote it, so this ought not to be; please report it".into()
    }
}
