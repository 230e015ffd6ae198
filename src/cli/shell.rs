//! `headstart completions` and `headstart man`: what shells and `man` want to know of the command line.

use super::{Answer, Failure, Outcome, files};
use clap::{Args, Command};
use clap_complete::Shell;
use headstart::report::Plain;
use std::path::{Path, PathBuf};

/// Arguments of `completions`.
#[derive(Args)]
pub struct CompletionOptions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Arguments of `man`.
#[derive(Args)]
pub struct ManOptions {
    /// Directory for headstart.1 and one page per command
    dir: PathBuf,
}

/// Prints the completions.
#[expect(clippy::unnecessary_wraps, reason = "is called like the other commands")]
pub fn completions(options: &CompletionOptions, mut command: Command) -> Outcome {
    let mut out = Vec::new();
    clap_complete::generate(options.shell, &mut command, "headstart", &mut out);
    Ok(Answer::document(String::from_utf8_lossy(&out).into_owned()))
}

/// Writes the man pages.
pub fn man(options: &ManOptions, mut command: Command) -> Outcome {
    command.build();
    files::folder(&options.dir).map_err(Failure::other)?;
    let mut written = vec![page(&command, "headstart", &options.dir)?];
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        written.push(page(sub, &format!("headstart-{}", sub.get_name()), &options.dir)?);
    }
    Ok(Plain::lines(format!("wrote {}\n", written.join(", "))).into())
}

fn page(command: &Command, name: &str, folder: &Path) -> Result<String, Failure> {
    let mut out = Vec::new();
    let file = format!("{name}.1");
    let page = clap_mangen::Man::new(command.clone()).title(name.to_uppercase());
    page.render(&mut out).map_err(|error| Failure::Other(format!("cannot make {file}: {error}")))?;
    files::write(&folder.join(&file), String::from_utf8_lossy(&out).into_owned())?;
    Ok(file)
}
