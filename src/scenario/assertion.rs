//! The asserts and claims that a text says.

use super::claim_text::{ClaimText, in_our_words};
use super::{Assert, Bound, ClaimError, DatedAssert, NamedClaim, Scenario};
use crate::plain::shortened;

impl Scenario {
    /// The assert that a text says: `P(area before area) < 0.5`, or the id of a claim in the parentheses.
    ///
    /// # Errors
    /// Returns what is wrong with the text.
    pub fn assert(&self, text: &str) -> Result<Assert, ClaimError> {
        let (claim, side, threshold) = parts(text)?;
        let claim = self.proposition(claim)?.claim;
        Ok(Assert { text: text.trim().to_owned(), claim, side, threshold })
    }

    /// The assert about dates that a text says: one whose parentheses hold the id of such a claim.
    pub(super) fn dated_assert(&self, text: &str) -> Option<DatedAssert> {
        let (id, side, threshold) = parts(text).ok()?;
        let named = self.dated.iter().find(|named| named.id == id && named.given.is_none())?;
        Some(DatedAssert::new(text.trim().to_owned(), named.claim.clone(), side, threshold))
    }

    /// Returns the area with an id, or the only one with a name in whatever case.
    ///
    /// # Errors
    /// Returns an error if the name is unknown or belongs to several areas.
    pub fn area_named(&self, text: &str) -> Result<usize, ClaimError> {
        self.claim_text().area(text)
    }

    fn claim_text(&self) -> ClaimText<'_> {
        ClaimText { areas: &self.areas, groups: &self.groups }
    }

    /// The claim with an id, or the claim in words: `area before area`, `area is first`, `area is last`, and with `first group` for an area.
    ///
    /// # Errors
    /// There is no such claim or area.
    pub fn proposition(&self, text: &str) -> Result<NamedClaim, ClaimError> {
        let known = self.generated_claims().into_iter().chain(self.claims.iter().cloned());
        // The ids of generated claims, such as `first(a)<first(b)`, may be spaced out.
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if let Some(claim) = known.into_iter().find(|claim| claim.id == text || claim.id == bare) {
            return Ok(claim);
        }
        let Some(claim) = self.claim_text().read(text) else {
            if let Some(instead) = in_our_words(text) {
                return Err(ClaimError::OtherWords { text: shortened(text), instead: shortened(&instead) });
            }
            if self.dated.iter().any(|named| named.id == text) {
                return Err(ClaimError::Dated { text: shortened(text) });
            }
            let known: Vec<&str> = self.claims.iter().map(|claim| claim.id.as_str()).collect();
            let help = super::suggest::suggest(text, &known, "the claims of the scenario are");
            return Err(ClaimError::UnknownClaim { text: shortened(text), help });
        };
        let (claim, sentence) = claim?;
        Ok(NamedClaim { id: text.to_owned(), text: sentence, claim })
    }
}

/// The claim in the parentheses of an assert, the side and the threshold.
fn parts(text: &str) -> Result<(&str, Bound, f64), ClaimError> {
    let form = || ClaimError::Form;
    let inner = text.trim().strip_prefix("P(").ok_or_else(form)?;
    let (claim, bound) = inner.rsplit_once(')').ok_or_else(form)?;
    let bound = bound.trim();
    let (side, number) = match (bound.strip_prefix('>'), bound.strip_prefix('<')) {
        (Some(number), _) => (Bound::Above, number),
        (_, Some(number)) => (Bound::Below, number),
        _ => return Err(form()),
    };
    let threshold: f64 = number.trim().parse().map_err(|_| form())?;
    if !(0.0..=1.0).contains(&threshold) {
        return Err(ClaimError::Threshold { threshold });
    }
    Ok((claim.trim(), side, threshold))
}
