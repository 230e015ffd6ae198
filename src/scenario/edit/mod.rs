//! Edits: one change to a scenario, `<address> = <value>`, `+= x`, `*= x`, or `drop <factor>`. A lever, a variant, a
//! sweep point and the command line all make the same edits.

mod apply;
mod clock;
mod edited;
mod error;
mod scaled;
mod text;
mod trial;
mod value;

pub(super) use apply::spread_refusal;
pub use edited::Edited;
pub use error::{EditError, EditReason};
pub(super) use trial::Trial;
pub(super) use value::Move;

use super::touched::{Part, Touched};
use super::{NamedClaim, Scenario, read};
use crate::plain::shortened;

impl Scenario {
    /// Makes edits, one after the other, and checks what each touches as if it had been written so.
    ///
    /// An edit of the group of an area, and one that drops a factor, touches what claims, levers and the law of the
    /// weights refer to: after such an edit the whole scenario is read again from its canonical text.
    ///
    /// # Errors
    /// Returns the first edit that cannot be made, and why.
    pub fn with_edits<S: AsRef<str>>(&self, edits: &[S]) -> Result<Edited, EditError> {
        self.with_edits_and(edits, Self::check)
    }

    /// Makes edits as [`Self::with_edits`] does, and reads the whole scenario again after each. Of a scenario that was
    /// checked, the result is the same; one that was not checked is checked with its first edit.
    ///
    /// # Errors
    /// Returns the first edit that cannot be made, and why.
    #[doc(hidden)]
    pub fn with_edits_read_again<S: AsRef<str>>(&self, edits: &[S]) -> Result<Edited, EditError> {
        self.with_edits_and(edits, |scenario, _| {
            *scenario = scenario.checked_again()?;
            Ok(())
        })
    }

    fn with_edits_and<S: AsRef<str>>(
        &self,
        edits: &[S],
        check: impl Fn(&mut Self, &Touched) -> Result<(), EditReason>,
    ) -> Result<Edited, EditError> {
        let mut edited = Edited::of(self.clone());
        for edit in edits {
            let edit = edit.as_ref();
            let made = edited.make(edit).and_then(|touched| check(&mut edited.scenario, &touched));
            made.map_err(|reason| EditError { edit: shortened(edit.trim()), reason })?;
        }
        Ok(edited)
    }

    /// Checks what was touched of a scenario that was checked before.
    pub(super) fn check(&mut self, touched: &Touched) -> Result<(), EditReason> {
        if touched.contains(Part::Everything) {
            *self = self.checked_again()?;
            return Ok(());
        }
        read::recheck(self, touched).map_err(|problems| EditReason::invalid(&problems))?;
        // As in the canonical text, which has no claims that were asked for in words.
        self.claims.sort_by_key(NamedClaim::is_asked);
        Ok(())
    }

    /// Warns of edits that move numbers to the ends of the scale, where they stop: nothing if none does.
    ///
    /// # Errors
    /// The first edit that cannot be made, and why.
    pub fn stopped<S: AsRef<str>>(&self, edits: &[S]) -> Result<Option<String>, EditError> {
        let Edited { warnings, moved, .. } = self.bare().with_edits(edits)?;
        Ok((!warnings.is_empty()).then(|| {
            let n = warnings.len();
            format!("{n} of the {moved} numbers that it moves would leave their range, and stop at its end")
        }))
    }

    /// The scenario that its own canonical text says.
    pub(super) fn checked_again(&self) -> Result<Self, EditReason> {
        // Claims that were asked for in words have those for ids, which no file could have.
        let (asked, written): (Vec<NamedClaim>, Vec<NamedClaim>) =
            self.claims.iter().cloned().partition(NamedClaim::is_asked);
        let text = Self { claims: written, ..self.clone() }.to_ron();
        let mut checked = read::again(&text).map_err(|problems| EditReason::invalid(&problems))?;
        checked.claims.extend(asked);
        Ok(checked)
    }

    /// The scenario after one edit, not checked again.
    pub(super) fn edited(&self, edit: &str) -> Result<Edited, EditReason> {
        let mut edited = Edited::of(self.clone());
        edited.make(edit)?;
        Ok(edited)
    }
}
