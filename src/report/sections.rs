//! Sections of the reports for people: the one list that `--show`, the help and the docs are made of.

use crate::scenario::{JointWorld, Scenario};
use serde::de::{Deserialize, Deserializer, Error};
use std::fmt;
use std::str::FromStr;

/// A section of a report for people. JSON, CSV and pages always hold everything.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Section {
    /// The first screen.
    Answer,
    /// Every claim with its interval.
    Claims,
    /// Rank probabilities.
    Ranks,
    /// Overall scores.
    Scores,
    /// Claims, matrix, ranks and scores in each world.
    Worlds,
    /// The gap between two groups.
    Gap,
    /// Each assertion with its probability.
    Assertions,
    /// Dates at every threshold of the clock.
    Dates,
    /// Assumptions about how inputs depend on each other.
    Model,
    /// Method and precision.
    Method,
    /// The author's own words.
    About,
    /// Sobol indices and break-even values of inputs.
    Indices,
    /// Indices of groups of inputs, and their shares of the uncertainty.
    Groups,
    /// The distribution of every input.
    Inputs,
}

impl Section {
    /// Sections of the report of `run`, in the order of the report.
    pub const OF_RUN: [Self; 11] = [
        Self::Answer,
        Self::About,
        Self::Claims,
        Self::Ranks,
        Self::Scores,
        Self::Worlds,
        Self::Gap,
        Self::Assertions,
        Self::Dates,
        Self::Model,
        Self::Method,
    ];

    /// Sections of the report of `sensitivity`, in the order of the report.
    pub const OF_SENSITIVITY: [Self; 3] = [Self::Answer, Self::Indices, Self::Groups];

    /// Sections of the report of `show`.
    pub const OF_SHOW: [Self; 2] = [Self::Answer, Self::Inputs];

    /// Name of the section, as `--show` takes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Claims => "claims",
            Self::Ranks => "ranks",
            Self::Scores => "scores",
            Self::Worlds => "worlds",
            Self::Gap => "gap",
            Self::Assertions => "assertions",
            Self::Dates => "dates",
            Self::Model => "model",
            Self::Method => "method",
            Self::About => "about",
            Self::Indices => "indices",
            Self::Groups => "groups",
            Self::Inputs => "inputs",
        }
    }

    /// Content of the section, as a phrase for help and docs.
    #[must_use]
    pub const fn holds(self) -> &'static str {
        match self {
            Self::Answer => "the first screen: findings, claims, matrix, how sure",
            Self::Claims => "every claim with its 95% interval and its ties",
            Self::Ranks => "rank probabilities",
            Self::Scores => "overall scores: central value, mean, sd, quantiles",
            Self::Worlds => "claims, matrix, ranks and scores in each world",
            Self::Gap => "the gap between the two groups, and its modes",
            Self::Assertions => "each assertion with its probability",
            Self::Dates => "dates at every threshold of the clock, if there is one",
            Self::Model => "dependence, correlations achieved, residual, uncertain world probabilities",
            Self::Method => "sampling or integration, precision, cross-check, largest standard error",
            Self::About => "the author's note",
            Self::Indices => "break-even values and Sobol indices",
            Self::Groups => "groups of inputs, and sources of uncertainty (Shapley effects)",
            Self::Inputs => "the distribution of every input",
        }
    }

    /// Names these sections in one line of help, for `--show`.
    #[must_use]
    pub fn help(sections: &[Self]) -> String {
        let names: Vec<&str> = sections.iter().map(|section| section.name()).collect();
        format!("Sections to print, separated by commas: {}, or all", names.join(", "))
    }

    /// Lists these sections with what each holds, for the long help of `--show`.
    #[must_use]
    pub fn long_help(sections: &[Self]) -> String {
        let line = |section: &Self| format!("  {:<10}  {}", section.name(), section.holds());
        let mut lines: Vec<String> = sections.iter().map(line).collect();
        if sections.contains(&Self::Worlds) {
            lines.push("  worlds=NAME=OUTCOME  the same, of the worlds with that outcome alone".into());
        }
        format!("{}\n\n{}", Self::help(sections), lines.join("\n"))
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// Sections of a report that are shown, and how much of its matrix and lists.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sections {
    shown: u16,
    all_pairs: bool,
    top: usize,
    next: Option<String>,
    /// Outcomes that a world must have to be shown, each after the name of its world.
    outcomes: Vec<(String, String)>,
}

/// Number of inputs in a list where nothing else is asked for.
const TOP: usize = 12;

impl Default for Sections {
    /// Shows the first screen.
    fn default() -> Self {
        Self::of(&[Section::Answer])
    }
}

impl Sections {
    /// Returns these sections.
    #[must_use]
    pub fn of(sections: &[Section]) -> Self {
        Self {
            shown: sections.iter().fold(0, |shown, section| shown | section.bit()),
            all_pairs: false,
            top: TOP,
            next: None,
            outcomes: Vec::new(),
        }
    }

    /// Returns all sections of every report.
    #[must_use]
    pub fn all() -> Self {
        Self { shown: u16::MAX, ..Self::of(&[]) }
    }

    /// Returns the sections with a matrix of all areas by all, in full.
    #[must_use]
    pub fn with_all_pairs(self, all_pairs: bool) -> Self {
        Self { all_pairs, ..self }
    }

    /// Returns the sections with lists of so many inputs.
    #[must_use]
    pub fn with_top(self, top: usize) -> Self {
        Self { top, ..self }
    }

    /// Returns the sections with commands to type next, about this source: a file, and its edits as options.
    #[must_use]
    pub fn with_next(self, source: Option<String>) -> Self {
        Self { next: source, ..self }
    }

    /// Returns true if a section is shown.
    #[must_use]
    pub const fn has(&self, section: Section) -> bool {
        self.shown & section.bit() != 0
    }

    /// Returns true if all sections are shown, so that nothing is cut.
    #[must_use]
    pub const fn is_all(&self) -> bool {
        self.shown == u16::MAX
    }

    /// Returns true if the matrix is of all areas by all, and not of the first group by the second.
    #[must_use]
    pub const fn all_pairs(&self) -> bool {
        self.all_pairs
    }

    /// Returns how many inputs a list holds.
    #[must_use]
    pub const fn top(&self) -> usize {
        self.top
    }

    /// Returns the source that commands to type next are about.
    #[must_use]
    pub fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// Returns true if a world is among those that are shown: all, unless `worlds=NAME=OUTCOME` chose some.
    #[must_use]
    pub fn shows_world(&self, scenario: &Scenario, world: &JointWorld) -> bool {
        let has = |(name, outcome): &(String, String)| {
            world.named(scenario).any(|(of, with)| of == name && with == outcome)
        };
        self.outcomes.iter().all(has)
    }

    /// Checks that the scenario has the worlds that are to be shown.
    ///
    /// # Errors
    /// Returns an error if a world or an outcome has another name.
    pub fn check(&self, scenario: &Scenario) -> Result<(), SectionError> {
        for (name, outcome) in &self.outcomes {
            let named = |world: &&crate::scenario::WorldVariable| {
                world.id == *name && world.outcomes.contains(outcome)
            };
            if !scenario.worlds().iter().any(|world| named(&world)) {
                let all = scenario.worlds().iter();
                let known = all.flat_map(|world| {
                    world.outcomes.iter().map(|with| format!("worlds={}={with}", world.id))
                });
                return Err(SectionError {
                    name: format!("worlds={name}={outcome}"),
                    known: known.collect(),
                });
            }
        }
        Ok(())
    }

    /// Reads names from a list such as `claims,ranks` or `all`, each one of `known`; `worlds=NAME=OUTCOME` is the worlds with that outcome.
    ///
    /// ```
    /// use headstart::report::{Section, Sections};
    ///
    /// let sections = Sections::parse("claims, ranks", &Section::OF_RUN)?;
    /// assert!(sections.has(Section::Ranks) && !sections.has(Section::Answer));
    /// # Ok::<(), headstart::report::SectionError>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if a name is not one of `known`.
    pub fn parse(text: &str, known: &[Section]) -> Result<Self, SectionError> {
        let (mut chosen, mut outcomes, mut all) = (Vec::new(), Vec::new(), false);
        for name in text.split(',').map(str::trim) {
            if name == "all" {
                all = true;
                continue;
            }
            let word = name.split('=').next().unwrap_or(name).trim();
            let section = known.iter().find(|section| section.name() == word);
            let section = *section.ok_or_else(|| SectionError::new(name, known))?;
            match (section, name.split_once('=').map(|(_, world)| world.split_once('='))) {
                (_, None) => {}
                (Section::Worlds, Some(Some((world, outcome)))) => {
                    outcomes.push((world.trim().to_owned(), outcome.trim().to_owned()));
                }
                _ => return Err(SectionError::new(name, known)),
            }
            chosen.push(section);
        }
        let sections = if all { Self::all() } else { Self::of(&chosen) };
        Ok(Self { outcomes, ..sections })
    }
}

impl FromStr for Sections {
    type Err = SectionError;

    fn from_str(text: &str) -> Result<Self, SectionError> {
        let known: Vec<Section> =
            Section::OF_RUN.into_iter().chain([Section::Indices, Section::Groups, Section::Inputs]).collect();
        Self::parse(text, &known)
    }
}

impl<'de> Deserialize<'de> for Sections {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// A name that no section and no world has.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SectionError {
    name: String,
    known: Vec<String>,
}

impl SectionError {
    fn new(name: &str, known: &[Section]) -> Self {
        let mut known: Vec<String> = known.iter().map(|section| section.name().to_owned()).collect();
        if known.iter().any(|known| known == Section::Worlds.name()) {
            known.push("worlds=NAME=OUTCOME".into());
        }
        known.push("all".into());
        Self { name: name.into(), known }
    }
}

impl fmt::Display for SectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.known.is_empty() {
            return write!(f, "unknown section `{}`; the scenario has no worlds, so leave it out", self.name);
        }
        write!(f, "unknown section `{}`; choose from {}", self.name, self.known.join(", "))
    }
}

impl std::error::Error for SectionError {}
