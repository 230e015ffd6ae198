//! Claims in words: `a before b`, `a is first` and `a is last`, the same in files, options and asserts.

use super::suggest::suggest;
use super::{Area, Claim, ClaimError, Marker};
use crate::plain::shortened;

/// The areas that words can name, by id or by name.
#[derive(Clone, Copy)]
pub(super) struct ClaimText<'a> {
    /// The areas of the scenario.
    pub areas: &'a [Area],
}

impl ClaimText<'_> {
    /// Returns the claim that words say and a sentence for it, or nothing if the text has the form of no such claim.
    ///
    /// # Errors
    /// Returns an error if a name is unknown or belongs to several areas, or if an area is compared with itself.
    pub fn read(&self, text: &str) -> Option<Result<(Claim, String), ClaimError>> {
        let text = text.trim();
        if let Some((one, other)) = text.split_once(" before ") {
            return Some(self.before(one, other));
        }
        let (area, is_first) = match (text.strip_suffix(" is first"), text.strip_suffix(" is last")) {
            (Some(area), _) => (area, true),
            (None, Some(area)) => (area, false),
            (None, None) => return None,
        };
        Some(self.area(area).and_then(|area| self.end(area, is_first)))
    }

    fn before(&self, one: &str, other: &str) -> Result<(Claim, String), ClaimError> {
        let (one, other) = (self.area(one)?, self.area(other)?);
        if one == other {
            return Err(ClaimError::Itself);
        }
        let text = format!("{} before {}", self.areas[one].name, self.areas[other].name);
        Ok((Claim::Before(Marker::Area(one), Marker::Area(other)), text))
    }

    /// The claim that an area comes before all others, or after all others.
    fn end(&self, area: usize, is_first: bool) -> Result<(Claim, String), ClaimError> {
        let pair = |other| {
            let (one, other) = if is_first { (area, other) } else { (other, area) };
            Claim::Before(Marker::Area(one), Marker::Area(other))
        };
        let mut pairs: Vec<Claim> = (0..self.areas.len()).filter(|&other| other != area).map(pair).collect();
        let claim = match pairs.len() {
            0 => return Err(ClaimError::Alone),
            1 => pairs.remove(0),
            _ => Claim::All(pairs),
        };
        let place = if is_first { "First" } else { "Last" };
        Ok((claim, format!("{place} of all areas: {}", self.areas[area].name)))
    }

    /// Returns the area with an id, or the only one with a name in whatever case.
    pub fn area(&self, text: &str) -> Result<usize, ClaimError> {
        let text = text.trim();
        if let Some(area) = self.areas.iter().position(|area| area.id == text) {
            return Ok(area);
        }
        let named = |area: &Area| area.name.to_lowercase() == text.to_lowercase();
        let mut found = self.areas.iter().enumerate().filter(|(_, area)| named(area)).map(|(index, _)| index);
        match (found.next(), found.next()) {
            (Some(area), None) => Ok(area),
            (Some(one), Some(other)) => Err(ClaimError::SeveralAreas {
                name: shortened(text),
                ids: [one, other].map(|area| self.areas[area].id.clone()).join(", "),
            }),
            (None, _) => {
                let known: Vec<&str> = self.areas.iter().map(|area| area.id.as_str()).collect();
                let help = suggest(text, &known, "the areas are");
                Err(ClaimError::UnknownArea { id: shortened(text), help })
            }
        }
    }
}

/// Returns true if a text has the form of a claim in words.
pub(super) fn is_in_words(text: &str) -> bool {
    text.contains(" before ") || text.ends_with(" is first") || text.ends_with(" is last")
}
