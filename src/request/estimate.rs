//! Probabilities of an answer, looked up by what they are of.

use crate::analysis::{Estimate, OrderSummary};
use crate::request::answer::{Answer, Found};
use crate::scenario::{Claim, ClaimError, Marker};

/// The reason why an answer has no such probability.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EstimateError {
    /// The claim cannot be read.
    #[error(transparent)]
    Claim(#[from] ClaimError),
    /// The answer is one to another question.
    #[error("only a run has probabilities of claims")]
    NoRun,
    /// The scenario has fewer worlds.
    #[error("the answer has {n} worlds, and world {world} was asked for")]
    NoWorld {
        /// Index that was asked for.
        world: usize,
        /// Number of worlds.
        n: usize,
    },
    /// The run did not count it.
    #[error("the run did not count `{0}`; run again with this claim")]
    NotCounted(String),
}

impl Answer {
    /// Looks up the probability of a claim in the answer of a run: by its id, as `a before b` with ids or names, or in the syntax of a
    /// file; in a joint world by its index, or over all worlds.
    ///
    /// ```
    /// use headstart::Control;
    /// use headstart::request::{Request, Show, Source};
    ///
    /// let text = std::fs::read_to_string("scenarios/wheat.ron")?;
    /// let source = Source::Text { name: "wheat.ron".into(), text };
    /// let answer = Request::new(source, Show::Run(Default::default())).prepare()?.answer(Control::none())?;
    /// let alta_first = answer.estimate("alta before brava", None)?;
    /// assert!((alta_first.probability - 0.4281).abs() < 5.0 * alta_first.mcse);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the claim cannot be read or was not counted, or if the answer is not that of a run.
    pub fn estimate(&self, claim: &str, world: Option<usize>) -> Result<Estimate, EstimateError> {
        let Found::Run(summary) = &self.found else { return Err(EstimateError::NoRun) };
        let order = match world {
            None => &summary.order,
            Some(world) => match summary.worlds.get(world) {
                Some(found) => &found.order,
                None => return Err(EstimateError::NoWorld { world, n: summary.worlds.len() }),
            },
        };
        self.look_up(order, claim)
    }

    fn look_up(&self, order: &OrderSummary, text: &str) -> Result<Estimate, EstimateError> {
        if let Some(found) = order.claims.iter().find(|claim| claim.id == text) {
            return Ok(found.estimate);
        }
        let wanted = match self.scenario.proposition(text) {
            Ok(named) => named.claim,
            // In the syntax of a file it becomes the last claim, or is one that is there.
            Err(why) => {
                let with = self.scenario.with_claim(text).map_err(|_| why)?;
                with.claims().last().map(|named| named.claim.clone()).ok_or_else(|| not_counted(text))?
            }
        };
        if let Claim::Before(Marker::Area(one), Marker::Area(other)) = wanted {
            return order.before[one][other].ok_or_else(|| not_counted(text));
        }
        let counted = self.scenario.generated_claims().into_iter().chain(self.scenario.claims().to_vec());
        let same = counted.filter(|named| named.claim == wanted).map(|named| named.id);
        let ids: Vec<String> = same.collect();
        let found = order.claims.iter().find(|claim| ids.contains(&claim.id));
        found.map(|claim| claim.estimate).ok_or_else(|| not_counted(text))
    }
}

fn not_counted(text: &str) -> EstimateError {
    EstimateError::NotCounted(text.to_owned())
}
