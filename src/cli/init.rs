//! `headstart init`: a scenario to start from.

use super::{Failure, Outcome, files};
use clap::Args;
use headstart::Scenario;
use headstart::scenario::from_table;
use std::path::Path;

/// Arguments of `init`.
#[derive(Args)]
pub struct Options {
    /// The file to write, which must not exist yet, or - for stdout
    #[arg(default_value = "scenario.ron")]
    file: String,
    /// Make it from a table in CSV instead: a row a factor, a column `weight`, a column an area, a row `group` if there
    /// are groups
    #[arg(long, value_name = "TABLE")]
    from: Option<String>,
    /// With --from, the groups and how many areas each has, in the order of the columns, e.g. 'Safety:5,Capabilities:5'
    #[arg(long, requires = "from", value_delimiter = ',', value_parser = group)]
    groups: Vec<(String, usize)>,
}

fn group(text: &str) -> Result<(String, usize), String> {
    let form = || "expected a name and a number, such as Safety:5".to_owned();
    let (name, n) = text.rsplit_once(':').ok_or_else(form)?;
    Ok((name.trim().to_owned(), n.trim().parse().map_err(|_| form())?))
}

const TEMPLATE: &str = include_str!("template.ron");

/// Writes the scenario, but over no file that is there.
pub fn run(options: &Options) -> Outcome {
    let text = match &options.from {
        None => TEMPLATE.to_owned(),
        Some(table) => from(table, &options.groups)?,
    };
    if options.file == "-" {
        return Ok(text.into());
    }
    let path = Path::new(&options.file);
    if path.exists() {
        let message = format!("{} is there already, and is left as it is; name another file", options.file);
        return Err(Failure::Other(message));
    }
    files::write(path, text)?;
    Ok(format!("wrote {0}; change it, then: headstart check {0}, headstart run {0}\n", options.file).into())
}

/// A scenario from a table; one that could not be read again is not written.
fn from(table: &str, groups: &[(String, usize)]) -> Result<String, Failure> {
    let refuse = |why: String| Failure::Other(format!("no scenario from {table}: {why}"));
    let title = Path::new(table).file_stem().map_or("Scenario".into(), |stem| stem.to_string_lossy());
    let text = from_table(&title, &files::text(table).map_err(refuse)?, groups).map_err(refuse)?;
    Scenario::from_ron("the scenario made of the table", &text).map_err(Failure::Scenario)?;
    Ok(text)
}
