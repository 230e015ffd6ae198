//! A request out of a report: what it takes to make that again.

use crate::plain::shortened;
use crate::report::Provenance;
use crate::request::ask::{About, How, MethodAsked, PrecisionAsked, Request, Show, Source};
use crate::request::error::Error;
use crate::sampler::{Arithmetic, Run};
use std::str::FromStr;

/// Commands that make reports, with their options. Files come from strangers: nothing in one may have anything else done.
const COMMANDS: [(&str, &[&str]); 7] = [
    ("run", &["method", "points", "cross-check", "simultaneous", "precision", "max-draws", "no-drivers"]),
    ("sweep", &["vary", "points", "claim"]),
    ("levers", &["claim"]),
    ("diff", &["claim", "at-once"]),
    ("rankings", &["top", "threshold"]),
    ("sensitivity", &["claim", "all-pairs", "central-weights"]),
    ("explain", &["areas"]),
];
const DRAWS: [&str; 3] = ["draws", "seed", "arithmetic"];

/// The options that a report was made with.
struct Options<'a>(&'a Provenance);

impl Options<'_> {
    fn all(&self, option: &str) -> Vec<String> {
        self.0.options.get(option).cloned().unwrap_or_default()
    }

    /// The value of an option that has one at most.
    fn one<T: FromStr>(&self, option: &str) -> Result<Option<T>, Error> {
        let Some(values) = self.0.options.get(option) else { return Ok(None) };
        let [value] = &values[..] else { return Err(invalid(option, &values.join(", "))) };
        value.parse().map(Some).map_err(|_| invalid(option, value))
    }

    fn is_set(&self, option: &str) -> bool {
        self.0.options.contains_key(option)
    }

    /// Refuses what no report of the command is made with.
    fn check(&self) -> Result<(), Error> {
        let Provenance { command, options, .. } = self.0;
        let known = COMMANDS.iter().find(|(known, _)| known == command);
        let (_, known) = known.ok_or_else(|| Error::NoSuchCommand(shortened(command)))?;
        match options
            .keys()
            .find(|option| !known.contains(&option.as_str()) && !DRAWS.contains(&option.as_str()))
        {
            Some(option) => Err(Error::NoSuchOption(shortened(option))),
            None => Ok(()),
        }
    }

    fn arithmetic(&self) -> Result<Arithmetic, Error> {
        let all = [Arithmetic::Auto, Arithmetic::Single, Arithmetic::Double];
        match self.one::<String>("arithmetic")? {
            None => Ok(Arithmetic::Auto),
            Some(name) => {
                let found = all.into_iter().find(|known| known.to_string() == name);
                found.ok_or_else(|| invalid("arithmetic", &name))
            }
        }
    }

    fn how(&self) -> Result<How, Error> {
        let method = match self.one::<String>("method")?.as_deref() {
            None | Some("sample") => MethodAsked::Sample,
            Some("exact") => MethodAsked::Exact,
            Some("auto") => MethodAsked::Auto,
            Some(other) => return Err(invalid("method", other)),
        };
        let precision = match (self.one("precision")?, self.one("max-draws")?) {
            (Some(half_width), Some(max_draws)) => Some(PrecisionAsked { half_width, max_draws }),
            (None, None) => None,
            _ => return Err(invalid("precision", "")),
        };
        Ok(How {
            method,
            points: self.one("points")?,
            cross_check: self.is_set("cross-check"),
            precision,
            simultaneous: self.is_set("simultaneous"),
            page: false,
        })
    }

    fn show(&self) -> Result<Show, Error> {
        Ok(match self.0.command.as_str() {
            "run" => Show::Run(self.how()?),
            "sweep" => {
                let points = self.one("points")?.ok_or_else(|| invalid("points", ""))?;
                Show::Sweep { vary: self.all("vary"), points, pairs: false }
            }
            "levers" => Show::Levers,
            "diff" => {
                let other = self.0.other.clone().ok_or_else(|| invalid("other", ""))?;
                let other = Source::Text { name: other.name, text: other.scenario };
                if self.is_set("at-once") { Show::Change { other } } else { Show::Diff { other } }
            }
            "rankings" => Show::Rankings {
                top: self.one("top")?.ok_or_else(|| invalid("top", ""))?,
                threshold: self.one("threshold")?.ok_or_else(|| invalid("threshold", ""))?,
            },
            "explain" => match &self.all("areas")[..] {
                [a, b] => Show::Explain { a: a.clone(), b: b.clone() },
                other => return Err(invalid("areas", &other.join(", "))),
            },
            "sensitivity" if self.is_set("central-weights") => Show::CentralWeights,
            "sensitivity" if self.is_set("all-pairs") => Show::Sensitivity(About::AllPairs),
            "sensitivity" => {
                let claim = self.one("claim")?.ok_or_else(|| invalid("claim", ""))?;
                Show::Sensitivity(About::Claim(claim))
            }
            other => return Err(Error::NoSuchCommand(shortened(other))),
        })
    }
}

fn invalid(option: &str, value: &str) -> Error {
    Error::NoSuchValue { option: option.to_owned(), value: shortened(value) }
}

impl Request {
    /// Reads how a report was made, and asks for it again of its scenario.
    ///
    /// # Errors
    /// No report is made in this way.
    pub fn again(made: &Provenance, source: Source) -> Result<Self, Error> {
        let options = Options(made);
        options.check()?;
        let is_compared = matches!(made.command.as_str(), "sweep" | "levers" | "diff");
        Ok(Self {
            claims: if is_compared { options.all("claim") } else { Vec::new() },
            // How many there are to be is found out where a precision is asked for.
            draws: options.one("draws")?.unwrap_or(Run::default().draws),
            seed: options.one("seed")?.unwrap_or(Run::default().seed),
            arithmetic: options.arithmetic()?,
            ..Self::new(source, options.show()?)
        })
    }

    /// Asks for a page again that was made in this way: with the effect of levers and its drivers, if it has them.
    #[must_use]
    pub fn as_page(mut self, made: &Provenance) -> Self {
        if let Show::Run(how) = &mut self.show {
            how.page = !made.options.contains_key("no-drivers");
        }
        self
    }
}
