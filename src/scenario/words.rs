//! The words that reports use for the things of a scenario. Display only: ids, fields, options and JSON keys never change.

/// Words of a scenario for reports.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Words {
    /// Noun for one area, such as `variety`.
    pub area: String,
    /// Noun for several areas, such as `varieties`.
    pub areas: String,
    /// Noun for the overall score, such as `earliness`.
    pub score: String,
    /// Verb between an area and one that follows it, such as `ripens before`.
    pub before: String,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            area: "area".into(),
            areas: "areas".into(),
            score: "overall score".into(),
            before: "comes before".into(),
        }
    }
}

impl Words {
    /// Returns `1 area` or `3 areas`.
    #[must_use]
    pub fn count(&self, n: usize) -> String {
        format!("{n} {}", if n == 1 { &self.area } else { &self.areas })
    }

    /// Returns the noun for the overall score with its first letter in upper case, for headings.
    #[must_use]
    pub fn score_heading(&self) -> String {
        let mut letters = self.score.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    }

    /// Lists the words that differ from the default ones, each with its field.
    pub(super) fn stated(&self) -> Vec<(&'static str, &str)> {
        let usual = Self::default();
        let all = [
            ("area", &self.area, usual.area),
            ("areas", &self.areas, usual.areas),
            ("score", &self.score, usual.score),
            ("before", &self.before, usual.before),
        ];
        all.into_iter()
            .filter(|(_, word, usual)| *word != usual)
            .map(|(key, word, _)| (key, &word[..]))
            .collect()
    }
}
