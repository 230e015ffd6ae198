//! Files beside what is printed: which documents a command can write, and which were asked for.

use super::content::Content;
use super::{Failure, files};
use clap::Args;
use std::path::{Path, PathBuf};

/// Arguments of the commands that write files.
#[derive(Args)]
#[command(next_help_heading = "Output")]
pub struct Exports {
    /// Also write the result to FILE; the name selects the format, e.g. answer.json or matrix.png (repeatable)
    #[arg(long, short = 'o', visible_alias = "output", value_name = "FILE")]
    export: Vec<PathBuf>,
    /// Write all reports and charts to a directory
    #[arg(long, value_name = "DIR")]
    export_dir: Option<PathBuf>,
}

/// The documents that were asked for, each with its place.
#[derive(Default)]
pub struct ExportTargets<'a>(Vec<(PathBuf, &'a str)>);

/// True if pictures can be rendered as PNG.
const PNG: bool = cfg!(feature = "png");

impl Exports {
    /// Returns true if a document is asked for.
    pub fn asks_for(&self, document: &str) -> bool {
        self.export_dir.is_some() || self.export.iter().any(|path| names(path, document))
    }

    /// Returns which of the documents that a command can write were asked for, and where each goes; a place that cannot be written to is
    /// refused here, before anything is drawn.
    ///
    /// A picture is named by the end of the name before `.svg` or `.png`, another document by its ending alone.
    pub fn requested_exports<'a>(&self, documents: &[&'a str]) -> Result<ExportTargets<'a>, Failure> {
        let one = |path: &PathBuf| match documents.iter().find(|document| names(path, document)) {
            Some(document) => Ok((path.clone(), *document)),
            None => Err(Failure::Other(format!(
                "cannot export {}: expected a file that ends in {}",
                files::shown(path),
                listed(documents)
            ))),
        };
        let mut targets = self.export.iter().map(one).collect::<Result<Vec<_>, _>>()?;
        if let Some(folder) = &self.export_dir {
            files::folder(folder).map_err(Failure::other)?;
            targets.extend(documents.iter().map(|document| (folder.join(document), *document)));
        }
        targets.iter().try_for_each(|(path, _)| files::check_writable(path))?;
        Ok(ExportTargets(targets))
    }
}

impl ExportTargets<'_> {
    /// Writes each document; nothing stands for one that there is none of. What could not be written is no reason to lose the
    /// others, or what is printed: it is returned, with the reason.
    pub fn write<'a, C: Into<Content<'a>>>(&self, content: impl Fn(&str) -> Option<C>) -> Vec<Failure> {
        let written = |(path, document): &(PathBuf, &str)| match content(document) {
            Some(picture) if is_png(path) => {
                rendered(path, picture.into()).and_then(|png| files::write(path, png)).err()
            }
            Some(content) => files::write(path, content).err(),
            None => Some(Failure::Other(format!(
                "{} is not written: a partial result has no such picture",
                files::shown(path)
            ))),
        };
        self.0.iter().filter_map(written).collect()
    }
}

fn is_png(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "png")
}

/// Renders a picture as PNG.
#[cfg(feature = "png")]
fn rendered<'a>(path: &Path, picture: Content<'_>) -> Result<Content<'a>, Failure> {
    let mut svg = Vec::new();
    picture.write(&mut svg).expect("memory can be written to");
    let svg = String::from_utf8(svg).expect("a picture is a text");
    let failure = |why| Failure::Other(format!("cannot write {}: {why}", files::shown(path)));
    let png = headstart::report::png(&svg).map_err(failure)?;
    Ok(Content::pieces(move |out| out.write_all(&png)))
}

/// Nothing is named so without the feature that renders pictures.
#[cfg(not(feature = "png"))]
#[allow(clippy::unnecessary_wraps, reason = "as the one that renders pictures")]
fn rendered<'a>(_: &Path, picture: Content<'a>) -> Result<Content<'a>, Failure> {
    Ok(picture)
}

/// Returns true if a file with this name is to hold that document.
fn names(path: &Path, document: &str) -> bool {
    let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    match document.rsplit_once('.') {
        Some((picture, "svg")) => {
            name.ends_with(document) || PNG && name.ends_with(&format!("{picture}.png"))
        }
        Some((_, ending)) => path.extension().is_some_and(|given| given == ending),
        None => false,
    }
}

/// The endings of documents, as a list in words.
fn listed(documents: &[&str]) -> String {
    let is_picture = |document: &str| document.strip_suffix(".svg").is_some();
    let ending = |document: &&str| match document.rsplit_once('.') {
        Some((_, "svg")) => (*document).to_owned(),
        _ => format!(".{}", document.rsplit('.').next().unwrap_or(document)),
    };
    let endings: Vec<String> = documents.iter().map(ending).collect();
    let has_pictures = PNG && documents.iter().any(|document| is_picture(document));
    let png = if has_pictures { "; pictures also end in .png" } else { "" };
    let listed = match &endings[..] {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => endings.join(""),
    };
    listed + png
}
