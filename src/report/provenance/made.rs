//! The making of a report, as its last part: enough to make it again, and a digest by which an edit shows. Knows neither commands nor
//! options but as texts.

use crate::report::html::{made_element, made_of_page, page_lines, without_engine};
use crate::report::json::write::{parse, pretty};
use crate::report::provenance::error::ReportError;
use crate::report::provenance::seal::{NONE, Seal, digest, is_sealed};
use crate::report::version::SCHEMA;
use crate::scenario::Scenario;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;

/// The most values of a report that is compared; a sweep of 10,000 points has fewer.
const MOST_VALUES: usize = 3_000_000;

/// Command, options and scenario with which a report can be made again, letter by letter.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Provenance {
    /// The format of the report, as `schema` of JSON reports; the first format did not say so.
    #[serde(default = "first_schema")]
    pub schema: u32,
    /// The version of the program.
    pub version: String,
    /// The processor and the system that the program was built for.
    pub target: String,
    /// The command.
    pub command: String,
    /// Its options and the values of each; one that takes none has none.
    pub options: BTreeMap<String, Vec<String>>,
    /// The SHA-256 of the canonical text of the scenario.
    pub scenario_hash: String,
    /// That text, where the report does not hold it already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// The other scenario, where two are compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<OtherScenario>,
    /// The SHA-256 of the whole report with nothing here: of JSON without the white space between its parts, of a page as it is.
    pub digest: String,
}

fn first_schema() -> u32 {
    1
}

/// A scenario that another one is compared with.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OtherScenario {
    /// Name of the other scenario.
    pub name: String,
    /// Its canonical text.
    pub scenario: String,
}

/// The processor, the system and the C library that this program is built for, e.g. `x86_64-linux-gnu`.
#[must_use]
pub fn target() -> String {
    let library = if cfg!(target_env = "gnu") {
        "-gnu"
    } else if cfg!(target_env = "musl") {
        "-musl"
    } else if cfg!(target_env = "msvc") {
        "-msvc"
    } else {
        ""
    };
    format!("{}-{}{library}", std::env::consts::ARCH, std::env::consts::OS)
}

impl Provenance {
    /// By this program, by a command without options, of a scenario.
    #[must_use]
    pub fn new(command: &str, scenario: &Scenario) -> Self {
        Self {
            schema: SCHEMA,
            version: env!("CARGO_PKG_VERSION").into(),
            target: target(),
            command: command.into(),
            options: BTreeMap::new(),
            scenario_hash: scenario.hash(),
            scenario: Some(scenario.to_ron()),
            other: None,
            digest: String::new(),
        }
    }

    /// With an option and its values.
    #[must_use]
    pub fn with(mut self, option: &str, values: impl IntoIterator<Item = impl ToString>) -> Self {
        self.options.insert(option.into(), values.into_iter().map(|value| value.to_string()).collect());
        self
    }

    /// With an option and its value, if it has one.
    #[must_use]
    pub fn with_any(self, option: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(option, [value]),
            None => self,
        }
    }

    /// With an option that takes no value, if it is set.
    #[must_use]
    pub fn with_flag(self, option: &str, is_set: bool) -> Self {
        if is_set { self.with(option, [""; 0]) } else { self }
    }

    /// Puts it at the end of a report in JSON.
    ///
    /// # Panics
    /// If the report does not end as reports in JSON do.
    #[must_use]
    pub fn stamp_json(self, report: &str) -> String {
        // Fields of the report itself stand two spaces in.
        let holds = report.contains(
            "
  \"scenario\": \"",
        );
        let made = Self { scenario: self.scenario.filter(|_| !holds), ..self };
        // Every report is an object with fields, laid out over lines.
        let fields = report.trim_end().trim_end_matches('}').trim_end();
        let part = pretty(&made).trim_end().replace('\n', "\n  ");
        let mut seal = Seal::new(Vec::new());
        let written = write!(seal, "{fields},\n  \"made\": {part}\n}}\n").and_then(|()| seal.finish());
        let bytes = written.expect("memory can be written to");
        String::from_utf8(bytes).expect("what is written are texts")
    }

    /// Puts it at the end of a page.
    #[must_use]
    pub fn stamp_page(self, page: &str) -> String {
        let made = Self { scenario: None, ..self };
        let end = page.rfind("</main>").unwrap_or(page.len());
        let open = format!("{}{}{}", &page[..end], made_element(&pretty(&made)), &page[end..]);
        let at = open.rfind(NONE).map_or(open.len(), |at| at + NONE.len() - 1);
        format!("{}{}{}", &open[..at], digest(&open), &open[at..])
    }
}

/// Returns true if the last digest of a page is that of the page without it.
fn is_sealed_page(page: &str, stated: &str) -> bool {
    let before = NONE.trim_end_matches('"');
    page.rfind(&format!("{before}\"{stated}\"")).is_some_and(|at| {
        let at = at + before.len() + 1;
        digest(&format!("{}{}", &page[..at], &page[at + stated.len()..])) == stated
    })
}

/// A report that says how it was made.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReportWithProvenance {
    /// Provenance: how the report was made.
    pub made: Provenance,
    /// True if it is a page, and not JSON.
    pub is_page: bool,
    /// True if its digest fits, so that nobody has edited it.
    pub is_intact: bool,
    /// True if it is of something that was interrupted.
    pub is_partial: bool,
    /// Things that it holds, each with its place.
    holds: BTreeMap<Vec<PathStep>, String>,
}

/// A step on the way to a thing in a report.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum PathStep {
    Field(String),
    Index(usize),
}

/// A difference between two reports.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct ReportDifference {
    /// Place: the path in JSON, such as `claims[3].probability`, or the line of a page.
    pub place: String,
    /// Thing that the one has there, if any.
    pub one: Option<String>,
    /// Thing that the other has there.
    pub other: Option<String>,
}

impl ReportWithProvenance {
    /// Reads a report.
    ///
    /// # Errors
    /// It is none, or does not say how it was made.
    pub fn read(text: &str) -> Result<Self, ReportError> {
        let text = text.trim_start();
        if text.starts_with('{') {
            return Self::read_json(text);
        }
        if text.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
            return Self::read_page(text);
        }
        Err(ReportError::OtherFormat)
    }

    fn read_json(text: &str) -> Result<Self, ReportError> {
        // Each takes some hundred bytes, in both reports.
        if text.bytes().filter(|byte| *byte == b',').nth(MOST_VALUES).is_some() {
            return Err(ReportError::TooLarge { most: MOST_VALUES });
        }
        let value: Value = parse(text).map_err(ReportError::Json)?;
        let known = value.get("schema").is_some();
        if known && value.get("plain_loop").is_some() {
            return Err(ReportError::Bench);
        }
        if let Some(other) =
            value.get("schema").and_then(Value::as_u64).filter(|schema| *schema != u64::from(SCHEMA))
        {
            return Err(ReportError::OtherSchema(other));
        }
        let none = if known { ReportError::NotMade } else { ReportError::NoReport };
        let made = Provenance::deserialize(value.get("made").ok_or(none)?).map_err(ReportError::Made)?;
        let is_intact = is_sealed(text, &made.digest);
        let is_partial = value.pointer("/manifest/partial").is_some();
        let mut holds = BTreeMap::new();
        collect(&value, &mut Vec::new(), &mut holds);
        // How it was made is not what it says.
        holds.retain(|way, _| match &way[..] {
            [PathStep::Field(first), ..] if first == "made" => false,
            [PathStep::Field(first), PathStep::Field(second), ..] if first == "manifest" => {
                second != "version" && second != "partial"
            }
            _ => true,
        });
        Ok(Self { made, is_page: false, is_intact, is_partial, holds })
    }

    fn read_page(text: &str) -> Result<Self, ReportError> {
        // A page that answers back holds the report of its run, and the engine is no part of what was found.
        let text = &without_engine(text);
        let made = made_of_page(text).ok_or(ReportError::PageNotMade)?;
        let made: Provenance = parse(&made).map_err(ReportError::Made)?;
        if made.schema != SCHEMA {
            return Err(ReportError::OtherSchema(made.schema.into()));
        }
        let is_intact = is_sealed_page(text, &made.digest);
        let (lines, is_partial) = page_lines(text);
        let holds = lines.into_iter().map(|(n, line)| (vec![PathStep::Index(n)], line.to_owned()));
        Ok(Self { made, is_page: true, is_intact, is_partial, holds: holds.collect() })
    }

    /// Returns the number of things that it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.holds.len()
    }

    /// Returns true if it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.holds.is_empty()
    }

    /// Lists what is not the same in another one, to the last bit of each number.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<ReportDifference> {
        // What was asked for explains the rest.
        let first =
            |way: &&Vec<PathStep>| !matches!(&way[..], [PathStep::Field(name), ..] if name == "manifest");
        let ways = self.holds.keys().chain(other.holds.keys().filter(|way| !self.holds.contains_key(*way)));
        let there = |way: &Vec<PathStep>| (self.holds.get(way), other.holds.get(way));
        let mut differ: Vec<&Vec<PathStep>> =
            ways.filter(|way| matches!(there(way), (one, other) if one != other)).collect();
        differ.sort_by_key(first);
        let place = |way: &[PathStep]| if self.is_page { line(way) } else { path(way) };
        let differ = differ.into_iter().map(|way| ReportDifference {
            place: place(way),
            one: self.holds.get(way).cloned(),
            other: other.holds.get(way).cloned(),
        });
        differ.collect()
    }
}

/// Every number, text and emptiness of a value, each with the way to it.
fn collect(value: &Value, way: &mut Vec<PathStep>, holds: &mut BTreeMap<Vec<PathStep>, String>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (name, value) in fields {
                way.push(PathStep::Field(name.clone()));
                collect(value, way, holds);
                way.pop();
            }
        }
        Value::Array(values) if !values.is_empty() => {
            for (index, value) in values.iter().enumerate() {
                way.push(PathStep::Index(index));
                collect(value, way, holds);
                way.pop();
            }
        }
        // Numbers are written with all their digits, so their texts are equal where their bits are.
        plain => drop(holds.insert(way.clone(), plain.to_string())),
    }
}

fn path(way: &[PathStep]) -> String {
    let mut out = String::new();
    for step in way {
        match step {
            PathStep::Field(name) if out.is_empty() => out += name,
            PathStep::Field(name) => out += &format!(".{name}"),
            PathStep::Index(index) => out += &format!("[{index}]"),
        }
    }
    out
}

fn line(way: &[PathStep]) -> String {
    match way {
        [PathStep::Index(n)] => format!("line {n}"),
        _ => String::new(),
    }
}
