//! Claims in words: `a before b`, `a is first` and `a is last`, the same in files, options and asserts. A group stands there as `first group`,
//! `last group` or `mean group`.

use super::suggest::suggest;
use super::{Area, Claim, ClaimError, Group, Marker};
use crate::plain::shortened;

/// The areas and groups that words can name, by id or by name.
#[derive(Clone, Copy)]
pub(super) struct ClaimText<'a> {
    /// The areas of the scenario.
    pub areas: &'a [Area],
    /// Its groups.
    pub groups: &'a [Group],
}

/// A place of a group.
type Place = fn(usize) -> Marker;

/// The words for places of a group.
const PLACES: [(&str, Place); 3] = [("first", Marker::First), ("last", Marker::Last), ("mean", Marker::Mean)];

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
        if let (Err(_), Some(group)) = (self.area(area), self.group(area)) {
            return Some(self.group_end(group, is_first));
        }
        Some(self.area(area).and_then(|area| self.end(area, is_first)))
    }

    fn before(&self, one: &str, other: &str) -> Result<(Claim, String), ClaimError> {
        let ((one, said), (other, of)) = (self.marker(one)?, self.marker(other)?);
        if one == other {
            return Err(ClaimError::Itself);
        }
        Ok((Claim::Before(one, other), format!("{said} before {of}")))
    }

    /// Returns an area, or a place of a group, and words for it.
    fn marker(&self, text: &str) -> Result<(Marker, String), ClaimError> {
        let why = match self.area(text) {
            Ok(area) => return Ok((Marker::Area(area), self.areas[area].name.clone())),
            Err(why) => why,
        };
        let (word, group) = text.trim().split_once(' ').unwrap_or_default();
        let place = PLACES.iter().find(|(place, _)| word.eq_ignore_ascii_case(place));
        match (place, self.group(group)) {
            (Some((place, marker)), Some(group)) => {
                Ok((marker(group), format!("{place} of {}", self.groups[group].name)))
            }
            _ => Err(why),
        }
    }

    /// The claim that an area comes before all others, or after all others.
    fn end(&self, area: usize, is_first: bool) -> Result<(Claim, String), ClaimError> {
        let others = (0..self.areas.len()).filter(|&other| other != area);
        let claim = at_end(&Marker::Area(area), others.map(Marker::Area), is_first)?;
        let place = if is_first { "First" } else { "Last" };
        Ok((claim, format!("{place} of all areas: {}", self.areas[area].name)))
    }

    /// The claim that the first area of all, or the last one, belongs to a group.
    fn group_end(&self, group: usize, is_first: bool) -> Result<(Claim, String), ClaimError> {
        let (place, marker): (_, fn(usize) -> Marker) =
            if is_first { ("first", Marker::First) } else { ("last", Marker::Last) };
        let others = (0..self.groups.len()).filter(|&other| other != group);
        let claim = at_end(&marker(group), others.map(marker), is_first)?;
        Ok((claim, format!("The {place} area of all belongs to {}", self.groups[group].name)))
    }

    /// Returns the group with an id, or with a name in whatever case.
    fn group(&self, text: &str) -> Option<usize> {
        let text = text.trim();
        let has_id = self.groups.iter().position(|group| group.id == text);
        let named = |group: &Group| group.name.to_lowercase() == text.to_lowercase();
        has_id.or_else(|| self.groups.iter().position(named))
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
            (None, _) if self.group(text).is_some() => Err(ClaimError::GroupForArea { id: shortened(text) }),
            (None, _) => {
                let known: Vec<&str> = self.areas.iter().map(|area| area.id.as_str()).collect();
                let help = suggest(text, &known, "the areas are");
                Err(ClaimError::UnknownArea { id: shortened(text), help })
            }
        }
    }
}

/// The claim that one place comes before all others, or after all others.
fn at_end(one: &Marker, others: impl Iterator<Item = Marker>, is_first: bool) -> Result<Claim, ClaimError> {
    let pair = |other| {
        let one = one.clone();
        if is_first { Claim::Before(one, other) } else { Claim::Before(other, one) }
    };
    let mut pairs: Vec<Claim> = others.map(pair).collect();
    match pairs.len() {
        0 => Err(ClaimError::Alone),
        1 => Ok(pairs.remove(0)),
        _ => Ok(Claim::All(pairs)),
    }
}

/// Returns true if a text has the form of a claim in words.
pub(super) fn is_in_words(text: &str) -> bool {
    text.contains(" before ") || text.ends_with(" is first") || text.ends_with(" is last")
}

/// Other words for a claim, each with those that claims are made of.
const BEFORE: [&str; 9] = [
    " beats ",
    " comes before ",
    " is before ",
    " is ahead of ",
    " is better than ",
    " better than ",
    " wins against ",
    " outranks ",
    " > ",
];
const FIRST: [&str; 9] = [
    " is the best",
    " is best",
    " comes first",
    " wins",
    " is the first",
    " is top",
    " is on top",
    " is number one",
    " ranks first",
];
const LAST: [&str; 6] =
    [" is the worst", " is worst", " comes last", " loses", " is the last", " ranks last"];

/// Returns the claim in words that other words mean; nothing if they are none of those.
pub(super) fn in_our_words(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('.');
    if let Some((one, other)) = BEFORE.iter().find_map(|word| text.split_once(word)) {
        return Some(format!("{} before {}", one.trim(), other.trim()));
    }
    let ended = |words: &[&str], place: &str| {
        let area = words.iter().find_map(|word| text.strip_suffix(word))?;
        Some(format!("{} is {place}", area.trim()))
    };
    ended(&FIRST, "first").or_else(|| ended(&LAST, "last"))
}
