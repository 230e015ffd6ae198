//! The tornado: how far each input moves a probability, the widest on top.

use super::intervals::{Mark, Row, rows};
use super::kit::Form;
use super::picture::Picture;
use crate::analysis::{CurveSummary, InputEffect, OneWayPoint, Sensitivity, Z95};
use crate::report::text::short;
use crate::report::wording::findings;
use crate::report::wording::number::with_error;
use crate::sampler::Run;
use crate::scenario::Scenario;

/// The effects of inputs on one probability.
#[derive(Clone, Debug, PartialEq)]
pub struct Tornado {
    /// Claim that the probability is of, as a sentence without a full stop.
    pub about: String,
    /// The probability as the scenario stands.
    pub base: f64,
    /// One an input, in any order.
    pub bars: Vec<TornadoBar>,
    /// The largest standard error of the probabilities.
    pub largest_mcse: f64,
}

/// The effect of one input on it.
#[derive(Clone, Debug, PartialEq)]
pub struct TornadoBar {
    /// Name of the input.
    pub label: String,
    /// The probability where the input is low, and what it is there, e.g. `3.1`.
    pub low: (f64, String),
    /// Value and text where it is high.
    pub high: (f64, String),
    /// True if the two probabilities can be told apart.
    pub settled: bool,
}

impl Tornado {
    /// Returns how far the inputs of a claim move its probability: from their 5 % to their 95 % quantiles.
    #[must_use]
    pub fn of(scenario: &Scenario, found: &Sensitivity) -> Self {
        let curves = found.inputs.iter().filter_map(|input| Some((input, input.curve.as_ref()?)));
        let bar = |(input, curve): (&InputEffect, &CurveSummary)| {
            let end = |point: &OneWayPoint| {
                // Of what several numbers have in common only the quantile says something.
                let at = if input.latent {
                    format!("{:.0}%", 100.0 * point.quantile)
                } else {
                    with_error(point.value, 0.01)
                };
                (point.probability.value, at)
            };
            let points = &curve.points;
            let (low, high) = (end(points.first()?), end(points.last()?));
            let settled = curve.bar.value.abs() > Z95 * curve.bar.mcse;
            Some(TornadoBar { label: short(scenario, input), low, high, settled })
        };
        let points = || curves.clone().flat_map(|(_, curve)| &curve.points);
        Self {
            about: found.claim.text.clone(),
            base: found.estimate.probability,
            bars: curves.clone().filter_map(bar).collect(),
            largest_mcse: points().map(|point| point.probability.mcse).fold(found.estimate.mcse, f64::max),
        }
    }
}

/// Draws how far each input moves a probability.
#[must_use]
pub fn tornado(scenario: &Scenario, data: &Tornado, run: Run, form: Form) -> Picture {
    // More rows than these tell nothing more.
    let most = form.pick(20, 10);
    let reach = |bar: &TornadoBar| (bar.high.0 - bar.low.0).abs();
    let mut bars: Vec<&TornadoBar> = data.bars.iter().collect();
    bars.sort_by(|a, b| reach(b).total_cmp(&reach(a)));
    let left_out = bars.len().saturating_sub(most);
    bars.truncate(most);
    let ends = || bars.iter().flat_map(|bar| [bar.low.0, bar.high.0]).chain([data.base]);
    let range = (100.0 * ends().fold(1.0, f64::min), 100.0 * ends().fold(0.0, f64::max));
    let row = |bar: &&TornadoBar| {
        let moved = 100.0 * (bar.high.0 - bar.low.0);
        let number = if bar.settled { format!("{moved:+.1}") } else { format!("({moved:+.1})") };
        let ends = [&bar.low, &bar.high].map(|(p, at)| (100.0 * p, at.clone()));
        Row { label: bar.label.clone(), mark: Mark::Bars { ends, base: 100.0 * data.base }, number }
    };
    let panel: Vec<Row> = bars.iter().map(row).collect();
    let (drawing, size) =
        rows(&panel, (range, 100.0 * data.base), &|at, decimals| format!("{at:.decimals$}%"), form);
    let finding = bars.first().map_or_else(
        || format!("No input moves “{}”", data.about),
        |bar| {
            format!(
                "{} moves “{}” the most: {} at {}, {} at {}",
                bar.label,
                data.about,
                share(bar.low.0, data.largest_mcse),
                bar.low.1,
                share(bar.high.0, data.largest_mcse),
                bar.high.1
            )
        },
    );
    let rest = if left_out == 0 {
        String::new()
    } else {
        format!(" The {left_out} inputs that move it least are left out.")
    };
    let reading = format!(
        "Each bar: the probability if one input is at its 5% quantile (orange) or its 95% quantile (blue), while all others vary; \
         beside its ends, the value of the input. Strong line: the probability now. At the right: the change from orange to blue in \
         percentage points, in parentheses if it may be sampling error.{rest}"
    );
    let said = panel.iter().map(|row| format!("{} {}", row.label, row.number)).collect::<Vec<_>>().join("; ");
    Picture {
        name: "tornado".into(),
        finding,
        words: format!("{reading} {said}."),
        reading,
        drawing,
        size,
        foot: findings::provenance_line(scenario, run, data.largest_mcse),
    }
}

/// A probability of the table in percent, which is never printed as 0 or 100.
fn share(p: f64, mcse: f64) -> String {
    let least = (3.0 * mcse).max(1e-6);
    if p < least {
        format!("<{}", with_error(100.0 * least, 100.0 * least) + "%")
    } else if p > 1.0 - least {
        format!(">{}%", with_error(100.0 - 100.0 * least, 100.0 * least))
    } else {
        format!("{}%", with_error(100.0 * p, 100.0 * mcse.max(1e-5)))
    }
}
