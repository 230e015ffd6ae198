//! The asserts and claims that a text says.

use super::{Assert, Claim, Marker, NamedClaim, Scenario, Side};

impl Scenario {
    /// The assert that a text says: `P(area before area) < 0.5`, or the id of a claim in the parentheses.
    ///
    /// # Errors
    /// What is wrong with the text, as a sentence without a full stop.
    pub fn assert(&self, text: &str) -> Result<Assert, String> {
        let form = || "expected P(area before area) > 0.5, or P(claim) < 0.1".to_owned();
        let inner = text.trim().strip_prefix("P(").ok_or_else(form)?;
        let (claim, bound) = inner.rsplit_once(')').ok_or_else(form)?;
        let bound = bound.trim();
        let (side, number) = match (bound.strip_prefix('>'), bound.strip_prefix('<')) {
            (Some(number), _) => (Side::Above, number),
            (_, Some(number)) => (Side::Below, number),
            _ => return Err(form()),
        };
        let threshold: f64 = number.trim().parse().map_err(|_| form())?;
        if !(0.0..=1.0).contains(&threshold) {
            return Err(format!("a probability lies between 0 and 1, and this is {threshold}"));
        }
        let claim = self.proposition(claim.trim())?.claim;
        Ok(Assert { text: text.trim().to_owned(), claim, side, threshold })
    }

    /// The claim with an id, or the claim `area before area`.
    ///
    /// # Errors
    /// There is no such claim or area.
    pub fn proposition(&self, text: &str) -> Result<NamedClaim, String> {
        let known = self.generated_claims().into_iter().chain(self.claims.iter().cloned());
        if let Some(claim) = known.into_iter().find(|claim| claim.id == text) {
            return Ok(claim);
        }
        let Some((one, other)) = text.split_once(" before ") else {
            let known: Vec<&str> = self.claims.iter().map(|claim| claim.id.as_str()).collect();
            let help = super::read::suggest(text, &known, "the scenario's own are");
            return Err(format!(
                "there is no claim `{text}` ({help}); write the id of a claim, `area before area`, or a claim as in a file"
            ));
        };
        let area = |id: &str| {
            let found = self.areas.iter().position(|area| area.id == id.trim());
            found.ok_or_else(|| {
                let known: Vec<&str> = self.areas.iter().map(|area| area.id.as_str()).collect();
                let help = super::read::suggest(id.trim(), &known, "there are");
                format!("there is no area `{}` ({help})", id.trim())
            })
        };
        let (one, other) = (area(one)?, area(other)?);
        if one == other {
            return Err("nothing comes before itself".into());
        }
        Ok(NamedClaim {
            id: text.to_owned(),
            text: format!("{} comes before {}", self.areas[one].name, self.areas[other].name),
            claim: Claim::Before(Marker::Area(one), Marker::Area(other)),
        })
    }
}
