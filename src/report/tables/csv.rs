//! The CSV report: one number with its error a line, for tools that filter and plot. Everything is named by its id.

use crate::analysis::{
    AreaSummary, ClaimChange, Estimate, OrderSummary, OverallScore, PairsChange, Partial, Summary,
};
use crate::model::Subject;
use crate::plain::Plain;
use crate::report::compared_points::ComparedPoints;
use crate::report::wording::changed::Changed;
use crate::sampler::Run;
use crate::scenario::Scenario;
use std::io::{Error, Result, Write};

/// The header. `a` and `b` name what the quantity is about; an empty world is all of them together.
const HEADER: [&str; 8] = ["quantity", "world", "a", "b", "estimate", "mcse", "low", "high"];

/// The report of a run as CSV, with these quantities:
///
/// | quantity | `a` | `b` | estimate |
/// |---|---|---|---|
/// | `before` | area | area | P(a strictly before b) |
/// | `tie` | area | area | P(a and b tie) |
/// | `rank` | area | rank from 1 | P(a has that rank) |
/// | `claim` | claim | | P(it holds) |
/// | `pairs` | group | group | how many pairs are expected to have the area of a ahead |
/// | `mean`, `sd` | area | | of its overall score |
/// | `quantile` | area | probability | of its overall score |
/// | `changed` | `edit`, `claim`, `seed` … | what was changed before the run | |
/// | `heavy_tail` | area | | 1; only if a few extreme draws make up most of the spread, so that mean and sd are unreliable |
/// | `date` | place `@` speedup | probability | quantile of its date as a decimal year, `start` or `never` |
/// | `start`, `never` | place `@` speedup | | P(it is there from the start), P(it never is) |
/// | `neither` | area `@` speedup | area | P(neither ever reaches the speedup) |
/// | `lead` | group `@` speedup | group: probability | quantile of the months between their middle areas |
/// | `months_a_point` | | probability | quantile of what a point of the overall score is worth |
/// | `partial` | `draws` or `points a scramble` | how many were asked for | how many there are; only if the run was stopped |
///
/// What has no error of its own has empty fields there.
#[must_use]
pub fn csv<'a>(scenario: impl Into<Subject<'a>>, summary: &Summary) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let mut table = Table { scenario, lines: vec![HEADER.map(String::from)] };
    if let Some(Partial { done, of, what }) = summary.partial {
        table.number("partial", "", (&what.to_string(), &of.to_string()), done as f64, None);
    }
    for (kind, what) in Changed::of(scenario, summary.run).into_iter().flat_map(|changed| changed.rows()) {
        let [world, estimate, mcse, low, high] = [(); 5].map(|()| String::new());
        table.lines.push(["changed".into(), world, kind.into(), what, estimate, mcse, low, high]);
    }
    table.order("", &summary.order);
    for (i, drawn) in summary.areas.iter().enumerate() {
        table.overall("", i, drawn);
    }
    for world in &summary.worlds {
        let outcomes = world.world.named(scenario);
        let name =
            outcomes.map(|(world, outcome)| format!("{world}={outcome}")).collect::<Vec<_>>().join(" ");
        table.order(&name, &world.order);
        for (i, drawn) in world.areas.iter().enumerate() {
            table.overall(&name, i, drawn);
        }
    }
    if let Some(dates) = &summary.dates {
        table.dates(dates);
    }
    written(table.lines.into_iter())
}

/// The table so far.
pub(super) struct Table<'a> {
    /// Scenario that it is about.
    pub(super) scenario: &'a Scenario,
    lines: Vec<[String; 8]>,
}

impl Table<'_> {
    /// Writes a number that has no interval.
    pub(super) fn number(
        &mut self,
        quantity: &str,
        world: &str,
        (a, b): (&str, &str),
        value: f64,
        mcse: Option<f64>,
    ) {
        let mcse = mcse.map_or(String::new(), |mcse| mcse.to_string());
        let texts = [quantity, world, a, b].map(String::from);
        let [quantity, world, a, b] = texts;
        self.lines.push([quantity, world, a, b, value.to_string(), mcse, String::new(), String::new()]);
    }

    /// Writes a probability with its interval.
    pub(super) fn estimate(&mut self, quantity: &str, world: &str, about: (&str, &str), estimate: &Estimate) {
        self.number(quantity, world, about, estimate.probability, Some(estimate.mcse));
        self.ends(estimate.low, estimate.high);
    }

    /// Writes what is no number in every draw, with the ends of its interval.
    pub(super) fn words(&mut self, quantity: &str, (a, b): (&str, &str), [value, low, high]: [String; 3]) {
        let [quantity, world, a, b, mcse] = [quantity, "", a, b, ""].map(String::from);
        self.lines.push([quantity, world, a, b, value, mcse, low, high]);
    }

    /// The interval of the last number.
    fn ends(&mut self, low: f64, high: f64) {
        let line = self.lines.last_mut().expect("a number comes before its interval");
        (line[6], line[7]) = (low.to_string(), high.to_string());
    }

    fn order(&mut self, world: &str, order: &OrderSummary) {
        let areas = self.scenario.areas();
        for (i, one) in areas.iter().enumerate() {
            for (j, other) in areas.iter().enumerate() {
                let about = (one.id.as_str(), other.id.as_str());
                if let Some(before) = &order.before[i][j] {
                    self.estimate("before", world, about, before);
                }
                if let Some(tie) = order.tie[i][j] {
                    self.number("tie", world, about, tie, None);
                }
            }
        }
        for (area, ranks) in areas.iter().zip(&order.ranks) {
            for (rank, estimate) in ranks.iter().enumerate() {
                self.estimate("rank", world, (&area.id, &(rank + 1).to_string()), estimate);
            }
        }
        for claim in &order.claims {
            self.estimate("claim", world, (&claim.id, ""), &claim.estimate);
        }
        for pairs in &order.pairs {
            let groups = self.scenario.groups();
            let about = (groups[pairs.a].id.as_str(), groups[pairs.b].id.as_str());
            self.number("pairs", world, about, pairs.expected, Some(pairs.mcse));
            self.ends(pairs.low, pairs.high);
        }
    }

    fn overall(&mut self, world: &str, area: usize, drawn: &AreaSummary) {
        let id = self.scenario.areas()[area].id.as_str();
        let OverallScore { mean, sd, quantiles } = &drawn.overall;
        self.number("mean", world, (id, ""), *mean, Some(drawn.mcse));
        self.number("sd", world, (id, ""), *sd, drawn.sd_mcse);
        if drawn.is_heavy {
            self.number("heavy_tail", world, (id, ""), 1.0, None);
        }
        for ((p, x), (low, high)) in quantiles.iter().zip(&drawn.quantile_intervals) {
            self.number("quantile", world, (id, &p.to_string()), *x, None);
            self.ends(*low, *high);
        }
    }
}

/// Comparisons as CSV: one claim of one changed scenario a line, and one line for the pairs of each two groups, whose numbers are
/// expected ones. Lines named `changed` say what was changed before the run. What is varied has a column each, named as the beginning of its edit. If not all was done that was asked for, the first
/// line is named `partial`, its claim is `points`, and it is from how many there are to how many were finished.
#[must_use]
pub fn compared_csv<'a>(scenario: impl Into<Subject<'a>>, run: Run, compared: ComparedPoints<'_>) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    in_memory(|out| write_compared_csv(out, scenario, run, compared))
}

/// Writes the comparison line by line.
///
/// # Errors
/// It cannot be written.
pub fn write_compared_csv<'a>(
    out: &mut dyn Write,
    scenario: impl Into<Subject<'a>>,
    run: Run,
    compared: ComparedPoints<'_>,
) -> Result<()> {
    let ComparedPoints { points, varied, partial } = compared;
    let scenario: &Subject<'a> = &scenario.into();
    let mut writer = Lines(csv::Writer::from_writer(out));
    let numbers = ["claim", "from", "to", "change", "mcse", "low", "high"];
    writer.line(std::iter::once("name").chain(varied.iter().map(String::as_str)).chain(numbers))?;
    for (kind, what) in Changed::of(scenario, run).into_iter().flat_map(|changed| changed.rows()) {
        let what = format!("{kind}: {what}");
        let values = varied.iter().map(|_| "");
        let cells = [what.as_str(), "", "", "", "", "", ""];
        writer.line(std::iter::once("changed").chain(values).chain(cells))?;
    }
    if let Some(Partial { done, of, .. }) = partial {
        let (of, done) = (of.to_string(), done.to_string());
        let values = varied.iter().map(|_| "");
        let cells = ["points", &of, &done, "", "", "", ""];
        writer.line(std::iter::once("partial").chain(values).chain(cells))?;
    }
    for one in points.iter().filter(|one| !one.is_between) {
        let claim = |claim: &ClaimChange| {
            (claim.id.to_string(), claim.from.probability, claim.to.probability, claim.change)
        };
        let pairs =
            |pairs: &PairsChange| (pairs_id(scenario, pairs), pairs.from.mean, pairs.to.mean, pairs.change);
        for (id, from, to, change) in one.claims.iter().map(claim).chain(one.pairs.iter().map(pairs)) {
            let numbers = [from, to, change.difference, change.mcse, change.low, change.high];
            let values = one.values.iter().map(f64::to_string);
            let named = std::iter::once(one.name.clone()).chain(values).chain([id]);
            writer.line(named.chain(numbers.map(|x| x.to_string())))?;
        }
    }
    writer.0.flush()
}

/// Returns the id of the pairs of two groups: `pairs(a<b)`.
pub(crate) fn pairs_id(scenario: &Scenario, pairs: &PairsChange) -> String {
    let groups = scenario.groups();
    format!("pairs({}<{})", groups[pairs.a].id, groups[pairs.b].id)
}

/// Lines as CSV.
pub(crate) fn written<L: AsRef<[String]>>(lines: impl Iterator<Item = L>) -> String {
    in_memory(|out| {
        let mut writer = Lines(csv::Writer::from_writer(out));
        for line in lines {
            writer.line(line.as_ref())?;
        }
        writer.0.flush()
    })
}

/// Returns what is written, as a text.
fn in_memory(write: impl FnOnce(&mut Vec<u8>) -> Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("memory can be written to, and all lines have the length of the header");
    String::from_utf8(bytes).expect("what is written are texts")
}

/// Lines on their way to where they are written, all of one length.
struct Lines<W: Write>(csv::Writer<W>);

impl<W: Write> Lines<W> {
    fn line(&mut self, cells: impl IntoIterator<Item = impl AsRef<str>>) -> Result<()> {
        let cells = cells.into_iter().map(|cell| escape_formula(cell.as_ref()));
        self.0.write_record(cells).map_err(Error::from)
    }
}

/// A cell that no spreadsheet takes for a formula: texts that would start one, and no numbers, get an apostrophe before them.
fn escape_formula(text: &str) -> String {
    let text = Plain::line(text);
    if text.trim_start().starts_with(['=', '+', '-', '@']) && text.parse::<f64>().is_err() {
        format!("'{text}")
    } else {
        text.into()
    }
}
