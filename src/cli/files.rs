//! Reading scenarios from files and from stdin, with a bound on what is read.

use super::Failure;
use headstart::Scenario;
use std::io::Read;

/// More than this is no scenario, and is not read.
const LARGEST: u64 = 4 << 20;

/// Reads and checks the scenario at `path`, or on stdin if that is `-`.
pub fn scenario(path: &str) -> Result<Scenario, Failure> {
    let name = if path == "-" { "stdin" } else { path };
    let text = text(path).map_err(|why| Failure::Other(format!("cannot read {name}: {why}")))?;
    Scenario::from_ron(name, &text).map_err(Failure::Scenario)
}

fn text(path: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let size = if path == "-" {
        std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        if std::path::Path::new(path).is_dir() {
            return Err("it is a directory, not a scenario file".into());
        }
        std::fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    let size = size.map_err(|error| error.to_string())?;
    if size as u64 > LARGEST {
        return Err(format!("it is larger than the {LARGEST} bytes that are accepted"));
    }
    // Some editors put a mark before the text that says that it is UTF-8.
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        format!("it is not UTF-8 text: byte {} is not valid; save it as UTF-8", valid + 1)
    })?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}
