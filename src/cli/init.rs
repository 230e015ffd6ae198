//! `headstart init`: a scenario to start from.

use super::failure::Expected;
use super::{Answer, Failure, Outcome, files, terminal};
use clap::{Args, ValueEnum};
use headstart::Scenario;
use headstart::report::Plain;
use headstart::scenario::{AreasIn, TableHints, TableScenario, from_table};
use std::path::{Path, PathBuf};

/// Arguments of `init`.
#[derive(Args)]
pub struct Options {
    /// File to create (`-` prints to stdout); an existing file is never overwritten
    #[arg(default_value = "scenario.ron")]
    file: PathBuf,
    /// Build the scenario from a table of scores in CSV or Markdown: one factor per row and one area per column, or the other way round;
    /// weights in a row or column `weight` or in parentheses behind the names, and groups in one `group`
    #[arg(long, value_name = "TABLE")]
    from: Option<PathBuf>,
    /// With --from: where the areas are [default: decided by the weights or the first cell of the table]
    #[arg(long, requires = "from", value_enum, value_name = "WHERE")]
    areas_in: Option<Axis>,
    /// With --from: group names and sizes in the order of the areas, e.g. 'Safety:5,Capabilities:5'
    #[arg(long, requires = "from", value_delimiter = ',', value_parser = group)]
    groups: Vec<(String, usize)>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Axis {
    /// One area per row
    Rows,
    /// One area per column
    Columns,
}

fn group(text: &str) -> Result<(String, usize), Expected> {
    let form = Expected("a name and a number, such as Safety:5");
    let (name, n) = text.rsplit_once(':').ok_or(form)?;
    Ok((name.trim().to_owned(), n.trim().parse().map_err(|_| form)?))
}

const TEMPLATE: &str = include_str!("template.ron");

/// Writes the scenario, but over no file that is there.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let text = match &options.from {
        None => TEMPLATE.to_owned(),
        Some(table) => from(table, options, terminal)?,
    };
    if files::is_stdin(&options.file) {
        return Ok(Answer::document(text));
    }
    let (path, shown) = (&options.file, files::shown(&options.file));
    if path.exists() {
        let message = format!("{shown} already exists and was not changed; choose another name");
        return Err(Failure::Other(message));
    }
    files::write(path, text)?;
    let text = format!("wrote {shown}; change it, then: headstart check {shown}, headstart run {shown}\n");
    Ok(Plain::lines(text).into())
}

/// A scenario from a table, after what was understood of it on stderr; one that could not be read again is not written.
fn from(table: &Path, options: &Options, terminal: &terminal::Options) -> Result<String, Failure> {
    let refuse =
        |why: String| Failure::Other(format!("cannot make a scenario from {}: {why}", files::shown(table)));
    let title = table.file_stem().map_or("Scenario".into(), |stem| stem.to_string_lossy());
    let areas_in = options.areas_in.map(|axis| match axis {
        Axis::Rows => AreasIn::Rows,
        Axis::Columns => AreasIn::Columns,
    });
    let hints = TableHints { groups: options.groups.clone(), areas_in };
    let text = files::text(table).map_err(|why| refuse(why.to_string()))?;
    let TableScenario { ron, understood } =
        from_table(&title, &text, &hints).map_err(|why| refuse(why.to_string()))?;
    Scenario::from_ron("the scenario made of the table", &ron).map_err(Failure::Scenario)?;
    for line in understood {
        terminal.complain(&format!("{line}.\n"));
    }
    Ok(ron)
}
