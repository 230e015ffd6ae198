//! The digest of a report in JSON, which stands at its end and is of the whole of it: written, and looked at. Knows neither fields nor
//! what they mean.

use sha2::{Digest, Sha256};
use std::io::{Result, Write};

/// The place of a digest.
pub const NONE: &str = "\"digest\": \"\"";
/// So many bytes of a report are held back at least, in which that is; and at most.
const HELD: usize = 256;
const MOST_HELD: usize = 1 << 16;

/// Passes a report in JSON on, piece by piece, all but its end, which waits for the digest.
pub struct Seal<W> {
    out: W,
    hash: Sha256,
    dense: Dense,
    held: Vec<u8>,
}

impl<W: Write> Seal<W> {
    pub fn new(out: W) -> Self {
        Self { out, hash: Sha256::new(), dense: Dense::default(), held: Vec::new() }
    }

    /// Passes on what is held but the last `left` bytes.
    fn pass_on(&mut self, left: usize) -> Result<()> {
        let end = self.held.len().saturating_sub(left);
        let passed = &self.held[..end];
        self.out.write_all(passed)?;
        self.hash.update(self.dense.of(passed));
        self.held.drain(..end);
        Ok(())
    }

    /// Writes the end with the digest in the last place where there is none.
    pub fn finish(mut self) -> Result<W> {
        let end = std::mem::take(&mut self.held);
        self.hash.update(self.dense.of(&end));
        let digest = hexadecimal(self.hash);
        let place = end.windows(NONE.len()).rposition(|part| part == NONE.as_bytes());
        let (before, after) = end.split_at(place.map_or(end.len(), |at| at + NONE.len() - 1));
        for part in [before, digest.as_bytes(), after] {
            self.out.write_all(part)?;
        }
        Ok(self.out)
    }
}

impl<W: Write> Write for Seal<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() > MOST_HELD {
            self.pass_on(HELD)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.out.flush()
    }
}

/// Returns true if the last digest of a report in JSON is that of the report without it.
pub fn is_sealed(json: &str, stated: &str) -> bool {
    let (before, dense) = ("\"digest\":\"", Dense::default().of(json.as_bytes()));
    let seal = format!("{before}{stated}\"");
    let place = dense.windows(seal.len()).rposition(|part| part == seal.as_bytes());
    place.is_some_and(|at| {
        let (start, rest) = dense.split_at(at + before.len());
        hexadecimal(Sha256::new().chain_update(start).chain_update(&rest[stated.len()..])) == stated
    })
}

/// The SHA-256 of a text, in hexadecimal digits.
pub fn digest(text: &str) -> String {
    hexadecimal(Sha256::new().chain_update(text))
}

fn hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// JSON without the white space between its parts, piece by piece: whether the last byte was inside a text, and began an escape there.
#[derive(Default)]
struct Dense {
    inside: bool,
    escaped: bool,
}

impl Dense {
    fn of(&mut self, json: &[u8]) -> Vec<u8> {
        let keeps = |byte: &u8| {
            let kept = self.inside || !byte.is_ascii_whitespace();
            self.inside ^= *byte == b'"' && !self.escaped;
            self.escaped = self.inside && *byte == b'\\' && !self.escaped;
            kept
        };
        json.iter().copied().filter(keeps).collect()
    }
}
