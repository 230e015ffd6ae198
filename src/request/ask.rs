//! A request as data: a scenario, what is changed of it, how it is drawn, and one question about it.

use crate::sampler::{Arithmetic, Run};
use crate::scenario::Scenario;
use serde::Deserialize;

/// The number of values that a range of a sweep takes where nothing else is asked for.
pub const POINTS_OF_RANGE: usize = 11;

/// A question about a scenario.
///
/// ```
/// use headstart::Control;
/// use headstart::request::{Found, Request, Show, Source};
///
/// let text = std::fs::read_to_string("scenarios/wheat.ron")?;
/// let source = Source::Text { name: "wheat.ron".into(), text };
/// let mut request = Request::new(source, Show::Run(Default::default()));
/// request.draws = 100_000;
/// let answer = request.prepare()?.answer(Control::none())?;
/// let Found::Run(summary) = &answer.found else { panic!("a run was asked for") };
/// assert_eq!(summary.run.draws, 100_000);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Request {
    /// The scenario that is asked about.
    pub source: Source,
    /// The edits that are made first, such as `weight.insight *= 2`.
    #[serde(default)]
    pub edits: Vec<String>,
    /// The claims that are asked for besides those of the file; of comparisons, the only ones that are kept.
    #[serde(default)]
    pub claims: Vec<String>,
    /// The number of draws.
    #[serde(default = "draws")]
    pub draws: u64,
    /// The seed.
    #[serde(default = "seed")]
    pub seed: u64,
    /// The number of threads, one a processor if there is none; the answer does not depend on it.
    #[serde(default)]
    pub threads: Option<usize>,
    /// The precision of the numbers that are drawn.
    #[serde(default, with = "ArithmeticName")]
    pub arithmetic: Arithmetic,
    /// The most memory in bytes that the answer may take by an estimate, if there is a bound.
    #[serde(default)]
    pub max_memory: Option<u64>,
    /// The question.
    pub show: Show,
}

fn draws() -> u64 {
    Run::default().draws
}

fn seed() -> u64 {
    Run::default().seed
}

#[derive(Deserialize)]
#[serde(remote = "Arithmetic", rename_all = "kebab-case")]
enum ArithmeticName {
    Auto,
    Single,
    Double,
}

impl Request {
    /// Asks about a scenario as it stands, with a million draws from seed 1.
    #[must_use]
    pub fn new(source: Source, show: Show) -> Self {
        Self {
            source,
            edits: Vec::new(),
            claims: Vec::new(),
            draws: draws(),
            seed: seed(),
            threads: None,
            arithmetic: Arithmetic::Auto,
            max_memory: None,
            show,
        }
    }

    /// Returns what is to be drawn.
    #[must_use]
    pub fn run(&self) -> Run {
        Run { draws: self.draws, seed: self.seed, threads: self.threads, arithmetic: self.arithmetic }
    }
}

/// The scenario of a request.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Source {
    /// The text of a file, or of a report that holds one.
    #[serde(rename_all = "kebab-case")]
    Text {
        /// Name of the text in messages.
        name: String,
        /// The text.
        text: String,
    },
    /// Another source with edits, which are made before those of the request.
    #[serde(rename_all = "kebab-case")]
    Edited {
        /// The source.
        source: Box<Source>,
        /// The edits.
        edits: Vec<String>,
    },
    /// A scenario that is open already.
    #[serde(skip)]
    Open {
        /// Name of the scenario in messages.
        name: String,
        /// The scenario.
        scenario: Box<Scenario>,
    },
}

/// A question.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Show {
    /// Ordering probabilities, ranks, claims and overall scores.
    Run(How),
    /// The numbers that drive claims.
    Sensitivity(About),
    /// The weights that favour each area.
    CentralWeights,
    /// The reasons for which one area comes before another.
    #[serde(rename_all = "kebab-case")]
    Explain {
        /// The id of the one area.
        a: String,
        /// The id of the other.
        b: String,
    },
    /// Whole orders, cycles, and areas that cannot be told apart.
    #[serde(rename_all = "kebab-case")]
    Rankings {
        /// Number of orders that are listed.
        top: usize,
        /// Probability above which one area counts as clearly ahead of another.
        threshold: f64,
    },
    /// The claims as one number, or two, takes one value after the other.
    #[serde(rename_all = "kebab-case")]
    Sweep {
        /// Edits that are varied, such as `weight.insight = 0..=5`.
        vary: Vec<String>,
        /// Number of values of a range.
        #[serde(default = "points_of_range")]
        points: usize,
        /// True if every pair of areas of two groups is a claim too.
        #[serde(default)]
        pairs: bool,
    },
    /// Effects of the interventions on the claims.
    Levers,
    /// The warnings about the scenario. Problems are the error [`Error::Scenario`](crate::request::Error::Scenario), which has the same
    /// report.
    Check,
    /// The scenario at its central numbers, the distribution of each input, and the addresses that edits take.
    Scenario,
    /// Speed at which this machine draws the scenario.
    #[serde(rename_all = "kebab-case")]
    Throughput {
        /// The numbers of threads to measure.
        on_threads: Vec<usize>,
    },
    /// Differences of another scenario, edit by edit.
    #[serde(rename_all = "kebab-case")]
    Diff {
        /// The other scenario.
        other: Source,
    },
    /// Differences of another scenario, all of them at once.
    #[serde(rename_all = "kebab-case")]
    Change {
        /// The other scenario.
        other: Source,
    },
}

fn points_of_range() -> usize {
    POINTS_OF_RANGE
}

/// Question whose drivers are asked about.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum About {
    /// A claim, by its id, as `a before b` or in the syntax of a file.
    Claim(String),
    /// Every pair of areas, from fewer draws.
    AllPairs,
}

/// The way in which the probabilities of a run are found.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct How {
    /// Counted, integrated, or both.
    pub method: MethodAsked,
    /// Points a scramble, a power of two, where they are integrated.
    pub points: Option<u64>,
    /// True if both engines are set against each other.
    pub cross_check: bool,
    /// Precision of every probability, if one is asked for; then the number of draws follows from it.
    pub precision: Option<PrecisionAsked>,
    /// True if the intervals of all pairs, of all ranks and of all claims hold together.
    pub simultaneous: bool,
    /// True if it will be written as a page, which also shows the effect of levers and the drivers of a claim.
    pub page: bool,
}

/// The method that is asked for.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MethodAsked {
    /// Draws are counted.
    #[default]
    Sample,
    /// Scores are integrated; an error where that cannot be.
    Exact,
    /// Scores are integrated where that can be, and else draws are counted.
    Auto,
}

/// The precision that is asked for.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct PrecisionAsked {
    /// Bound on half of the width of every 95% interval.
    pub half_width: f64,
    /// The most draws, or points that are averaged over.
    pub max_draws: u64,
}

impl PrecisionAsked {
    /// Asks for intervals that are narrower than this to each side, with no more than so many draws.
    #[must_use]
    pub fn new(half_width: f64, max_draws: u64) -> Self {
        Self { half_width, max_draws }
    }
}
