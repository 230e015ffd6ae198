//! Output to the terminal: colours, width, and pipes that close early.

use super::Failure;
use super::content::Content;
use anstream::{AutoStream, ColorChoice};
use clap::{Args, ValueEnum};
use headstart::report::{Colours, Plain, Style};
use std::io::{BufWriter, ErrorKind, IsTerminal, Write};

/// Options of every command.
#[derive(Args)]
pub struct Options {
    /// When to use colour; `auto` checks the terminal and NO_COLOR
    #[arg(long, global = true, help_heading = "Output", value_enum, default_value_t = Colour::Auto)]
    color: Colour,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

/// Columns where there is no terminal, and the fewest and the most that are used.
pub const WIDTH: usize = 80;
const NARROWEST: usize = 40;
const WIDEST: usize = 200;

/// Returns true if stdout is a terminal.
pub fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Returns true if stderr is a terminal.
pub fn is_watched() -> bool {
    std::io::stderr().is_terminal()
}

impl Options {
    fn choice(&self, stream: &impl anstream::stream::RawStream) -> bool {
        match self.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => AutoStream::choice(stream) != ColorChoice::Never,
        }
    }

    /// Returns the colours that stdout shows: all where COLORTERM says so; otherwise the usual palette, if that is not too much for TERM.
    fn colours(&self, stdout: &impl anstream::stream::RawStream) -> Colours {
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        let (term, more) = (variable("TERM"), variable("COLORTERM"));
        match self.color {
            _ if !self.choice(stdout) => Colours::None,
            _ if more == "truecolor" || more == "24bit" => Colours::True,
            Colour::Auto if !(term.is_empty() || term.contains("256") || !more.is_empty()) => Colours::None,
            _ => Colours::Palette,
        }
    }

    /// Returns the layout of what goes to stdout.
    pub fn style(&self) -> Style {
        let stdout = std::io::stdout();
        let width = if stdout.is_terminal() {
            terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0))
        } else {
            WIDTH
        };
        Style { width: width.clamp(NARROWEST, WIDEST), colours: self.colours(&stdout) }
    }

    /// Returns true if stderr shows colours.
    pub fn stderr_colour(&self) -> bool {
        self.choice(&std::io::stderr())
    }

    /// Writes a result to stdout, whole. A reader that has had enough is no error.
    #[expect(clippy::unused_self, reason = "stands beside `complain` and is called like it")]
    pub fn print(&self, result: Content) -> Result<(), Failure> {
        let mut stdout = BufWriter::new(std::io::stdout().lock());
        match result.write(&mut stdout).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::Other(format!("cannot write the result to stdout: {error}")))
            }
            _ => Ok(()),
        }
    }

    /// Writes a message to stderr, without letters of names and files that would steer the terminal; if that fails there is nobody
    /// left to tell.
    pub fn complain(&self, message: &str) {
        self.explain(&Plain::lines(message));
    }

    /// Writes a message to stderr that is painted already.
    #[expect(clippy::unused_self, reason = "stands beside `print` and is called like it")]
    pub fn explain(&self, message: &str) {
        let _ = std::io::stderr().lock().write_all(message.as_bytes());
    }
}
