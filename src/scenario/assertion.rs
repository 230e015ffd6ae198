//! The asserts and claims that a text says.

use super::{Assert, Bound, Claim, ClaimError, Marker, NamedClaim, Scenario};

impl Scenario {
    /// The assert that a text says: `P(area before area) < 0.5`, or the id of a claim in the parentheses.
    ///
    /// # Errors
    /// Returns what is wrong with the text.
    pub fn assert(&self, text: &str) -> Result<Assert, ClaimError> {
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
        let claim = self.proposition(claim.trim())?.claim;
        Ok(Assert { text: text.trim().to_owned(), claim, side, threshold })
    }

    /// The claim with an id, or the claim `area before area`.
    ///
    /// # Errors
    /// There is no such claim or area.
    pub fn proposition(&self, text: &str) -> Result<NamedClaim, ClaimError> {
        let known = self.generated_claims().into_iter().chain(self.claims.iter().cloned());
        if let Some(claim) = known.into_iter().find(|claim| claim.id == text) {
            return Ok(claim);
        }
        let Some((one, other)) = text.split_once(" before ") else {
            let known: Vec<&str> = self.claims.iter().map(|claim| claim.id.as_str()).collect();
            let help = super::read::suggest(text, &known, "the scenario's own are");
            return Err(ClaimError::UnknownClaim { text: text.to_owned(), help });
        };
        let area = |id: &str| {
            let found = self.areas.iter().position(|area| area.id == id.trim());
            found.ok_or_else(|| {
                let known: Vec<&str> = self.areas.iter().map(|area| area.id.as_str()).collect();
                let help = super::read::suggest(id.trim(), &known, "there are");
                ClaimError::UnknownArea { id: id.trim().to_owned(), help }
            })
        };
        let (one, other) = (area(one)?, area(other)?);
        if one == other {
            return Err(ClaimError::Itself);
        }
        Ok(NamedClaim {
            id: text.to_owned(),
            text: format!("{} comes before {}", self.areas[one].name, self.areas[other].name),
            claim: Claim::Before(Marker::Area(one), Marker::Area(other)),
        })
    }
}
