//! The comparison of a report with the same report made again, and its text.

use crate::plain::Plain;
use crate::report::provenance::made::{ReportDifference, ReportWithProvenance, target};

/// Letters of a value that are shown.
const SHOWN: usize = 100;

/// A report that was made again, and what differs.
#[derive(Clone, Debug)]
pub struct VerifiedReport {
    found: ReportWithProvenance,
    again: ReportWithProvenance,
    /// The SHA-256 of the scenario that is in the report.
    hash: String,
    differences: Vec<ReportDifference>,
}

impl VerifiedReport {
    /// Compares a report with the same report made again; `hash` is that of the scenario that is in it.
    #[must_use]
    pub fn new(found: ReportWithProvenance, again: ReportWithProvenance, hash: String) -> Self {
        let differences = found.differences(&again);
        Self { found, again, hash, differences }
    }

    /// Returns true if every value is equal to the last bit and nobody has edited the report.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.found.is_intact && self.differences.is_empty()
    }

    /// Returns the number of values in the report.
    #[must_use]
    pub fn n_values(&self) -> usize {
        self.found.len()
    }

    /// Lists what differs, each with its place.
    #[must_use]
    pub fn differences(&self) -> &[ReportDifference] {
        &self.differences
    }

    /// Lays out the verdict on the report called `name` for a person, with at most `top` differences.
    #[must_use]
    pub fn text(&self, name: &str, top: usize) -> Plain {
        if self.is_same() {
            return Plain::lines(self.verdict(name));
        }
        let mut said = format!("{name}: differs\n");
        let made = &self.found.made;
        if self.hash != made.scenario_hash {
            said += &format!(
                "  the scenario in it is not the one that it was made of: its SHA-256 is {}…, and was {:.12}…\n",
                &self.hash[..12],
                made.scenario_hash
            );
        }
        for ReportDifference { place, one, other, .. } in self.differences.iter().take(top) {
            let [one, other] = [(one, other), (other, one)].map(|(text, beside)| match text {
                Some(text) => excerpt(text, beside.as_deref().unwrap_or_default()),
                None => "nothing".to_owned(),
            });
            said += &format!("  {place}: {one} in the file, {other} when reproduced\n");
        }
        if self.differences.len() > top {
            said += &format!("  … and {} more; --top N lists more of them\n", self.differences.len() - top);
        }
        said += &format!("  {}\n", self.why());
        Plain::lines(said)
    }

    fn verdict(&self, name: &str) -> String {
        let (made, now) = (&self.found.made, &self.again.made);
        let by = if made.version == now.version {
            String::new()
        } else {
            format!(", though headstart {} made it and this is {}", made.version, now.version)
        };
        format!("{name}: verified, all {} values identical{by}\n", self.n_values())
    }

    /// Why it differs, as far as that can be told.
    fn why(&self) -> String {
        let (made, now) = (&self.found.made, &self.again.made);
        if !self.found.is_intact {
            let what = if self.differences.is_empty() {
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
