//! The inputs that drive claims, on a page.

use super::opening::{finished, opening};
use super::page::{HtmlTable, Page};
use crate::analysis::{InputEffect, Sensitivity};
use crate::model::Subject;
use crate::report::svg::{Tornado, tornado_column};
use crate::report::text::{INDICES, break_even_of, hundredths, share, short};
use crate::report::wording::number::percent_and_interval;
use crate::sampler::Run;
use crate::scenario::Scenario;

/// Inputs that the table of a single claim lists.
const MOST_INPUTS: usize = 1_000;
/// Inputs that the table of each of several claims lists.
const MOST_OF_SEVERAL: usize = 12;

/// The report of sensitivities as a page: a tornado and a table for each claim.
#[must_use]
pub fn sensitivity_html<'a>(scenario: impl Into<Subject<'a>>, run: Run, found: &[Sensitivity]) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let mut top = opening(scenario, run, None);
    let mut page = Page::default();
    if let [claim] = found {
        let said = format!("{}: {}.", claim.claim.text, percent_and_interval(&claim.estimate));
        top.paragraph("answer", &said);
    }
    let most = if found.len() == 1 { MOST_INPUTS } else { MOST_OF_SEVERAL };
    for (n, claim) in found.iter().enumerate() {
        let title = format!("What drives “{}”", claim.claim.text);
        page.section_as(&format!("claim-{}", n + 1), &title, &claim.claim.text);
        if found.len() > 1 {
            page.paragraph("", &format!("Probability {}.", percent_and_interval(&claim.estimate)));
        }
        drivers(&mut page, scenario, (claim, run), most);
    }
    finished(page, &top, scenario, run, "sensitivity")
}

/// Shows the inputs that move a claim.
fn drivers(page: &mut Page, scenario: &Scenario, (found, run): (&Sensitivity, Run), most: usize) {
    if found.certain {
        let always = if found.estimate.probability > 0.5 { "true" } else { "false" };
        page.paragraph("", &format!("It was {always} in all draws, so no single input flips it."));
        return;
    }
    let tornado = Tornado::of(scenario, found);
    if !tornado.bars.is_empty() {
        page.picture(tornado_column(scenario, &tornado, run));
    }
    let mut inputs: Vec<&InputEffect> = found.inputs.iter().collect();
    inputs.sort_by(|a, b| b.flips.value.total_cmp(&a.flips.value));
    let headers = ["at 5%", "at 95%", "break-even", "flip rate"].into_iter().chain(INDICES);
    let mut table = HtmlTable::numbers("Input", headers);
    for input in inputs.iter().take(most) {
        table.row(&short(scenario, input), cells(input));
    }
    page.table(
        "Probability at the 5% and the 95% quantile of each input, and how much the input matters",
        &table,
    );
    if inputs.len() > most {
        let n = inputs.len() - most;
        page.paragraph("", &format!("{n} inputs with a lower flip rate are left out; --format csv has all."));
    }
    page.paragraph(
        "note",
        "Break-even: the value of the input that makes the probability 50% (95% interval). Flip rate: the probability that redrawing this \
         input alone reverses the order. First-order and total: Sobol indices, the share of the variance that this input explains alone, \
         and the share that remains if only this input is unknown.",
    );
}

/// The numbers of an input; what is not known is an empty cell.
fn cells(input: &InputEffect) -> [String; 6] {
    let curve = input.curve.as_ref();
    let at = |end: usize| curve.map_or(String::new(), |curve| share(curve.points[end].probability));
    let last = curve.map_or(0, |curve| curve.points.len() - 1);
    let crossings = curve.map_or(String::new(), |curve| {
        let values: Vec<String> = curve.break_even.iter().map(|found| break_even_of(input, found)).collect();
        if values.is_empty() { "none".into() } else { values.join(", ") }
    });
    let [first, total] = [input.first, input.total].map(|index| index.map_or(String::new(), hundredths));
    [at(0), at(last), crossings, share(input.flips), first, total]
}
