//! The CSV report: one number with its error a line, for tools that filter and plot. Everything is named by its id.

use super::harmless::harmless;
use crate::analysis::{
    Amenability, AreaSummary, Change, ClaimChange, Compared, Estimate, OrderSummary, Summary,
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
///
/// What has no error of its own has empty fields there.
#[must_use]
pub fn csv(scenario: &Scenario, summary: &Summary) -> String {
    let mut table = Table { scenario, lines: vec![HEADER.map(String::from)] };
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
        for (p, x) in quantiles {
            self.number("quantile", world, (id, &p.to_string()), *x, None);
        }
    }
}

/// Comparisons as CSV: one claim of one changed scenario a line. `values` are the numbers varied, separated by blanks.
#[must_use]
pub fn compared_csv(compared: &[Compared]) -> String {
    let header = ["name", "values", "claim", "from", "to", "change", "mcse", "low", "high"].map(String::from);
    let line = |one: &Compared, claim: &ClaimChange| {
        let values: Vec<String> = one.values.iter().map(f64::to_string).collect();
        let Change { difference, mcse, low, high, .. } = claim.change;
        let numbers = [claim.from.probability, claim.to.probability, difference, mcse, low, high];
        let [from, to, change, mcse, low, high] = numbers.map(|x| x.to_string());
        [one.name.clone(), values.join(" "), claim.id.clone(), from, to, change, mcse, low, high]
    };
    let lines = compared.iter().flat_map(|one| one.claims.iter().map(move |claim| line(one, claim)));
    written(std::iter::once(header).chain(lines))
}

/// Lines as CSV.
fn written<const N: usize>(lines: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in lines {
        let line = line.each_ref().map(|cell| tame(cell));
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
