//! A run in parts: each drawn by itself, and all of them merged into the answer of the whole.

use crate::analysis::{RunTally, tally_part};
use crate::control::{Control, Resume};
use crate::report::{RunPart, Shard};
use crate::request::answer::Answer;
use crate::request::ask::{Request, Source};
use crate::request::error::Error;
use crate::request::made::of_whole_run;
use crate::request::parts_error::{MissingParts, PartsError};
use crate::request::prepare::{Prepared, Task};
use crate::request::told::{Tell, Told};
use crate::sampler::CHUNK_SIZE;

/// The parts of one run, none of them missing.
#[derive(Clone, Debug)]
pub struct Parts(Vec<(String, RunPart)>);

impl Parts {
    /// Reads parts, each with its name and its text.
    ///
    /// # Errors
    /// Returns an error if a part is damaged, if two are of different runs or have draws in common, or if some are missing.
    pub fn read(texts: impl IntoIterator<Item = (String, String)>) -> Result<Self, PartsError> {
        let read = |(name, text): (String, String)| match RunPart::read(&text) {
            Ok(part) => Ok((name, part)),
            Err(why) => Err(PartsError::Unreadable { name, why }),
        };
        let mut parts: Vec<(String, RunPart)> = texts.into_iter().map(read).collect::<Result<_, _>>()?;
        let Some((first, part)) = parts.first() else { return Err(PartsError::None) };
        for (other, found) in &parts[1..] {
            let differences = part.differences(found);
            if !differences.is_empty() {
                return Err(PartsError::Mixed { one: first.clone(), other: other.clone(), differences });
            }
        }
        parts.sort_by_key(|(_, part)| (part.chunks().start, part.chunks().end, part.shard().index()));
        let parts = Self(parts);
        parts.check_overlaps()?;
        match parts.missing() {
            Some(missing) => Err(PartsError::Missing(missing)),
            None => Ok(parts),
        }
    }

    fn check_overlaps(&self) -> Result<(), PartsError> {
        let drawn: Vec<&(String, RunPart)> =
            self.0.iter().filter(|(_, part)| !part.chunks().is_empty()).collect();
        let twice = self.0.windows(2).filter(|two| two[0].1.shard() == two[1].1.shard());
        let across = drawn.windows(2).filter(|two| two[0].1.chunks().end > two[1].1.chunks().start);
        let names = twice.map(|two| (&two[0].0, &two[1].0)).chain(across.map(|two| (&two[0].0, &two[1].0)));
        match names.into_iter().next() {
            Some((one, other)) => Err(PartsError::Overlapping { one: one.clone(), other: other.clone() }),
            None => Ok(()),
        }
    }

    fn missing(&self) -> Option<MissingParts> {
        let (_, any) = self.0.first()?;
        let of = any.shard().of();
        if self.0.iter().all(|(_, part)| part.shard().of() == of) {
            let mut there = self.0.iter().map(|(_, part)| part.shard().index()).peekable();
            let is_missing = |index: &u64| there.next_if_eq(index).is_none();
            let missing: Vec<u64> = (1..=of).filter(is_missing).collect();
            return (!missing.is_empty()).then_some(MissingParts::Shards { missing, of });
        }
        let mut next = 0;
        for (_, part) in &self.0 {
            let chunks = part.chunks();
            if chunks.start > next {
                return Some(MissingParts::Draws {
                    first: next * CHUNK_SIZE,
                    end: chunks.start * CHUNK_SIZE,
                });
            }
            next = next.max(chunks.end);
        }
        let end = any.n_chunks();
        (next < end).then_some(MissingParts::Draws { first: next * CHUNK_SIZE, end: end * CHUNK_SIZE })
    }

    /// Returns the request for the whole run.
    ///
    /// # Errors
    /// Returns an error if the run is asked for in no way that this version knows.
    #[expect(clippy::missing_panics_doc, reason = "there is at least one part")]
    pub fn request(&self) -> Result<Request, Error> {
        let (name, part) = self.0.first().expect("there is at least one part");
        let made = part.made();
        let text = made.scenario.clone().unwrap_or_default();
        Request::again(made, Source::Text { name: format!("the scenario in {name}"), text })
    }

    /// Merges what the parts have kept.
    fn merged(&self, prepared: &Prepared) -> Result<RunTally, PartsError> {
        let mut merged: Option<RunTally> = None;
        for (name, part) in &self.0 {
            let kept = part.tally(prepared.scenario(), prepared.run());
            let kept = kept.map_err(|why| PartsError::Unreadable { name: name.clone(), why })?;
            match &mut merged {
                Some(merged) => merged.merge_part(&kept),
                None => merged = Some(kept),
            }
        }
        merged.ok_or(PartsError::None)
    }
}

impl Prepared {
    /// Draws a part of a run.
    ///
    /// # Errors
    /// Returns an error if the request is no run, decides on its draws as it goes, or was stopped.
    pub fn part(&self, shard: Shard, control: Control<'_>, tell: Tell<'_>) -> Result<RunPart, Error> {
        let Task::Run(how) = &self.task else { return Err(Error::NoParts) };
        if how.precision.is_some() {
            return Err(Error::NoParts);
        }
        if self.scenario.clock().is_some() {
            return Err(Error::Clock { command: "run --shard" });
        }
        let chunks = shard.chunks(self.run);
        let end = self.run.draws.min(chunks.end * CHUNK_SIZE);
        tell(Told::Draws(end.saturating_sub(chunks.start * CHUNK_SIZE)));
        let kept = tally_part(&self.scenario, self.run, chunks, control)?;
        let made = of_whole_run(&self.scenario, self.run, how);
        Ok(RunPart::new(&self.scenario, self.run, made, (shard, &kept)))
    }

    /// Answers a run from its parts.
    ///
    /// # Errors
    /// Returns an error if a part is not of this run, or if the run has no answer.
    pub fn answer_from_parts(
        self,
        parts: &Parts,
        control: Control<'_>,
        tell: Tell<'_>,
    ) -> Result<Answer, Error> {
        let (merged, draws) = (parts.merged(&self)?, self.run.draws);
        let resume = Some(Resume { begun: Some((&merged, draws)), keep: &|_, _| {} });
        self.answer_and_tell(Control { stop: control.stop, progress: control.progress, resume }, tell)
    }
}
