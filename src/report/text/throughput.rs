//! The speed at which a scenario is drawn, for people.

use super::grid::{TextTable, paragraph};
use super::page::TextPage;
use super::{Style, heading};
use crate::analysis::{Rate, Throughput};
use crate::scenario::Scenario;

/// The report of a bench.
#[must_use]
pub fn throughput_text(scenario: &Scenario, measured: &Throughput, style: Style) -> String {
    let mut out = TextPage::default();
    let Throughput { arithmetic, instructions, n_values, n_worlds, runs, stages, plain } = measured;
    paragraph(&mut out, style, "", scenario.title());
    let worlds = if *n_worlds == 1 { "one world".to_owned() } else { format!("{n_worlds} worlds") };
    let about = format!(
        "Each draw samples {n_values} values and is scored in {worlds}. Numbers have {arithmetic} precision; the processor's \
         instructions are {instructions}."
    );
    paragraph(&mut out, style, "", &about);

    heading(&mut out, "End-to-end runs");
    let mut table = TextTable::new("", ["draws/s", "slowest", "fastest", "values/s", "speed-up"]);
    let millions = |x: f64| format!("{} M", three_digits(x / 1e6));
    let row = |rate: &Rate| {
        [rate.median, rate.least, rate.most, rate.median * *n_values as f64].map(millions).to_vec()
    };
    for (n, rate) in runs {
        let ratio = plain.map_or("-".to_owned(), |plain| three_digits(rate.median / plain.median));
        table.row(
            &format!("{n} thread{}", if *n == 1 { "" } else { "s" }),
            row(rate).into_iter().chain([ratio]),
        );
    }
    if let Some(plain) = plain {
        table.row("reference loop, 1 thread", row(plain).into_iter().chain(["1".to_owned()]));
    }
    table.write(&mut out, style);
    let what = match plain {
        Some(_) => {
            "Reference loop: rand_distr, one draw at a time, counting pairs, ranks and moments only. Medians of seven runs."
        }
        None => "There is no reference loop, because inputs depend on each other. Medians of seven runs.",
    };
    paragraph(&mut out, style, "", what);

    heading(&mut out, "Stages on one thread");
    let total: f64 = stages.iter().map(|(_, ns)| ns).sum();
    let mut table = TextTable::new("", ["ns/draw", "share"]);
    for (stage, ns) in stages {
        table.row(stage, [three_digits(*ns), format!("{:.0}%", 100.0 * ns / total)]);
    }
    table.row("all of them", [three_digits(total), "100%".to_owned()]);
    table.write(&mut out, style);
    paragraph(
        &mut out,
        style,
        "",
        "Measured with warm buffers. End-to-end runs also start threads, merge and report.",
    );
    out.into()
}

/// A positive number with about three digits.
fn three_digits(x: f64) -> String {
    let decimals = match x {
        x if x >= 100.0 => 0,
        x if x >= 10.0 => 1,
        x if x >= 1.0 => 2,
        _ => 3,
    };
    format!("{x:.decimals$}")
}
