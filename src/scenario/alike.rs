//! Scenarios that are drawn alike: what they differ in needs no new draws.

use super::Scenario;

impl Scenario {
    /// Returns the scenario without levers and asserts, which change no answer and would be checked anew with every edit.
    #[must_use]
    pub fn bare(&self) -> Self {
        Self { levers: Vec::new(), asserts: Vec::new(), dated_asserts: Vec::new(), ..self.clone() }
    }

    /// Returns the scenario with the words of another (title, words for reports, claims, levers, asserts, changes) and, where both have the same worlds, with
    /// its probabilities of their outcomes. Two scenarios whose forms with the words of a third are equal come to the same
    /// overall scores in each joint world of each draw.
    #[must_use]
    pub fn with_words_of(&self, other: &Self) -> Self {
        let mut with = self.clone();
        with.title.clone_from(&other.title);
        with.about.clone_from(&other.about);
        with.words.clone_from(&other.words);
        with.claims.clone_from(&other.claims);
        with.levers.clone_from(&other.levers);
        with.asserts.clone_from(&other.asserts);
        with.dated.clone_from(&other.dated);
        with.dated_asserts.clone_from(&other.dated_asserts);
        with.targets.clone_from(&other.targets);
        with.allow.clone_from(&other.allow);
        with.changes.clone_from(&other.changes);
        let same_worlds = self.worlds.len() == other.worlds.len()
            && self.worlds.iter().zip(&other.worlds).all(|(one, other)| {
                one.id == other.id && one.outcomes == other.outcomes && one.given == other.given
            });
        if same_worlds {
            with.worlds.clone_from(&other.worlds);
        }
        with
    }
}
