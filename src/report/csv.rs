//! The CSV report: one number with its error a line, for tools that filter and plot. Everything is named by its id.

use super::harmless::harmless;
use crate::analysis::{
    Amenability, AreaSummary, Change, ClaimChange, Compared, Estimate, OrderSummary, PairsChange, Partial,
    Summary,
};
use crate::scenario::Scenario;

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
/// | `mean`, `sd` | area | | of its amenability |
/// | `quantile` | area | probability | of its amenability |
/// | `partial` | `instances` | how many were asked for | how many were drawn; only if the run was stopped |
///
/// What has no error of its own has empty fields there.
#[must_use]
pub fn csv(scenario: &Scenario, summary: &Summary) -> String {
    let mut table = Table { scenario, lines: vec![HEADER.map(String::from)] };
    if let Some(Partial { done, of, .. }) = summary.partial {
        table.number("partial", "", ("instances", &of.to_string()), done as f64, None);
    }
    table.order("", &summary.order);
    for (i, drawn) in summary.areas.iter().enumerate() {
        table.amenability("", i, drawn);
    }
    for world in &summary.worlds {
        let outcomes = world.world.named(scenario);
        let name =
            outcomes.map(|(world, outcome)| format!("{world}={outcome}")).collect::<Vec<_>>().join(" ");
        table.order(&name, &world.order);
        for (i, drawn) in world.areas.iter().enumerate() {
            table.amenability(&name, i, drawn);
        }
    }
    written(table.lines.into_iter())
}

struct Table<'a> {
    scenario: &'a Scenario,
    lines: Vec<[String; 8]>,
}

impl Table<'_> {
    fn number(&mut self, quantity: &str, world: &str, (a, b): (&str, &str), value: f64, mcse: Option<f64>) {
        let mcse = mcse.map_or(String::new(), |mcse| mcse.to_string());
        let texts = [quantity, world, a, b].map(String::from);
        let [quantity, world, a, b] = texts;
        self.lines.push([quantity, world, a, b, value.to_string(), mcse, String::new(), String::new()]);
    }

    fn estimate(&mut self, quantity: &str, world: &str, about: (&str, &str), estimate: &Estimate) {
        self.number(quantity, world, about, estimate.probability, Some(estimate.mcse));
        if let Some(line) = self.lines.last_mut() {
            line[6] = estimate.low.to_string();
            line[7] = estimate.high.to_string();
        }
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
        }
    }

    fn amenability(&mut self, world: &str, area: usize, drawn: &AreaSummary) {
        let id = self.scenario.areas()[area].id.as_str();
        let Amenability { mean, sd, quantiles } = &drawn.amenability;
        self.number("mean", world, (id, ""), *mean, Some(drawn.mcse));
        self.number("sd", world, (id, ""), *sd, None);
        for ((p, x), (low, high)) in quantiles.iter().zip(&drawn.quantile_intervals) {
            self.number("quantile", world, (id, &p.to_string()), *x, None);
            if let Some(line) = self.lines.last_mut() {
                (line[6], line[7]) = (low.to_string(), high.to_string());
            }
        }
    }
}

/// Comparisons as CSV: one claim of one changed scenario a line, and one line for the pairs of each two groups, whose numbers are
/// expected ones. What is varied has a column each, named as the beginning of its edit.
#[must_use]
pub fn compared_csv(scenario: &Scenario, varied: &[String], compared: &[Compared]) -> String {
    let header = ["claim", "from", "to", "change", "mcse", "low", "high"].map(String::from);
    let header = std::iter::once("name".to_owned()).chain(varied.iter().cloned()).chain(header);
    let line = |one: &Compared, id: String, from: f64, to: f64, change: &Change| -> Vec<String> {
        let numbers = [from, to, change.difference, change.mcse, change.low, change.high];
        let values = one.values.iter().map(f64::to_string);
        let named = std::iter::once(one.name.clone()).chain(values).chain([id]);
        named.chain(numbers.map(|x| x.to_string())).collect()
    };
    let lines = compared.iter().flat_map(|one| {
        let claims = one.claims.iter().map(move |ClaimChange { id, from, to, change, .. }| {
            line(one, id.clone(), from.probability, to.probability, change)
        });
        let pairs = one.pairs.iter().map(move |pairs| {
            line(one, pairs_id(scenario, pairs), pairs.from.mean, pairs.to.mean, &pairs.change)
        });
        claims.chain(pairs)
    });
    written(std::iter::once(header.collect()).chain(lines))
}

/// What the pairs of two groups are called: `pairs(a<b)`.
pub(super) fn pairs_id(scenario: &Scenario, pairs: &PairsChange) -> String {
    let groups = scenario.groups();
    format!("pairs({}<{})", groups[pairs.a].id, groups[pairs.b].id)
}

/// Lines as CSV.
pub(super) fn written<L: AsRef<[String]>>(lines: impl Iterator<Item = L>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in lines {
        let line: Vec<String> = line.as_ref().iter().map(|cell| tame(cell)).collect();
        // Writing to memory cannot fail, and all lines have the length of the header.
        let _ = writer.write_record(&line);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula: texts that would start one, and no numbers, get an apostrophe before them.
fn tame(text: &str) -> String {
    let text = harmless(text);
    if text.trim_start().starts_with(['=', '+', '-', '@']) && text.parse::<f64>().is_err() {
        format!("'{text}")
    } else {
        text
    }
}
