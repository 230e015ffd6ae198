//! The overall scores: a histogram an area with its quantiles, and nothing smoothed.

use super::kit::{Anchor, Colour, Drawing, Form, INK, LABEL, NOTE};
use super::picture::Picture;
use super::scale::{AxisScale, GROUPS};
use crate::analysis::{Bins, Summary};
use crate::report::wording::findings;
use crate::report::wording::number::{quantile_error, with_error};
use crate::scenario::Scenario;

/// The height of the whiskers of a histogram and of the gap below them.
const BELOW: f64 = 14.0;
/// Less than this would print as nothing.
const LEAST_BEYOND: f64 = 5e-5;

/// The overall score of each area as a histogram over its quantiles; the areas from the highest mean to the lowest.
pub fn overall(scenario: &Scenario, summary: &Summary, form: Form) -> Picture {
    let beside = form.pick(180.0, 104.0);
    let tall = form.pick(30.0, 24.0);
    let mut order: Vec<usize> = (0..summary.areas.len()).collect();
    let mean = |area: usize| summary.areas[area].overall.mean;
    order.sort_by(|&a, &b| mean(b).total_cmp(&mean(a)));
    let bins = || summary.areas.iter().map(|area| &area.histogram);
    let low = bins().map(|bins| bins.low).fold(f64::INFINITY, f64::min);
    let high =
        bins().map(|bins| bins.low + bins.width * bins.shares.len() as f64).fold(f64::NEG_INFINITY, f64::max);
    let right = form.room() - 44.0;
    let scale = AxisScale::new((low, high), (beside + 14.0, right));
    let (ticks, decimals) = scale.ticks(form.pick(8, 5));

    let mut out = Drawing::default();
    let rows: Vec<Vec<String>> =
        order.iter().map(|&area| LABEL.wrap(&scenario.areas()[area].name, beside, 3)).collect();
    let heights: Vec<f64> =
        rows.iter().map(|lines| (tall + BELOW).max(lines.len() as f64 * LABEL.leading() + 4.0)).collect();
    let bottom = heights.iter().sum::<f64>() + 4.0;
    for tick in &ticks {
        out.rule((scale.at(*tick), 0.0), (scale.at(*tick), bottom), false);
        out.text((scale.at(*tick), bottom + 14.0), NOTE.at(Anchor::Middle), &format!("{tick:.decimals$}"));
    }
    let mut y = 0.0;
    let mut said = Vec::new();
    for ((&area, lines), height) in order.iter().zip(&rows).zip(&heights) {
        let drawn = &summary.areas[area];
        let base = y + height - BELOW;
        out.label((beside, y + height / 2.0), LABEL.at(Anchor::End), lines);
        let colour = GROUPS[scenario.areas()[area].group % GROUPS.len()];
        histogram(&mut out, &drawn.histogram, scale, (base, tall), colour);
        let [(_, q05), (_, q25), (_, q50), (_, q75), (_, q95)] = drawn.overall.quantiles[..] else {
            continue;
        };
        let line = base + 4.5;
        out.path(&[(scale.at(q05), line), (scale.at(q95), line)], INK, 1.0, "");
        out.path(&[(scale.at(q25), line), (scale.at(q75), line)], INK, 4.0, "");
        out.dot((scale.at(q50), line), 3.5, INK);
        let digits = |at: usize| quantile_error(drawn.quantile_intervals[at], drawn.overall.sd);
        let texts = [(q05, 0), (q50, 2), (q95, 4)].map(|(x, at)| with_error(x, digits(at).max(0.005)));
        out.text((right + 6.0, line + 3.0), NOTE, &texts[1]);
        said.push(format!(
            "{}: median {}, 90% between {} and {}",
            scenario.areas()[area].name,
            texts[1],
            texts[0],
            texts[2]
        ));
        y += height;
    }
    let groups: Vec<String> = scenario.groups().iter().map(|group| group.name.clone()).collect();
    let end = if groups.len() > 1 {
        key(&mut out, &groups, bottom + 22.0, (beside + 14.0, form.room()))
    } else {
        bottom + 18.0
    };
    let reading = reading(&scenario.words().score, bins().map(|bins| bins.beyond).fold(0.0, f64::max));
    Picture {
        name: "scores".into(),
        finding: findings::overall(scenario, summary),
        words: format!("{reading} {}.", said.join("; ")),
        reading,
        drawing: out,
        size: (form.room(), end),
        foot: findings::provenance_line(scenario, summary.run, summary.largest_mcse()),
    }
}

/// Explains how to read the picture, whose histograms leave out at most this share of the draws of an area.
fn reading(score: &str, beyond: f64) -> String {
    let mut reading = format!(
        "Distribution of each area's {score}, scaled to equal height. Dot and number: median; thick bar: middle 50%; thin bar: middle 90%."
    );
    if beyond >= LEAST_BEYOND {
        reading += &format!(
            " Long tails are cut off: they hold up to {:.2}% of the draws of an area.",
            100.0 * beyond
        );
    }
    reading
}

/// Draws a histogram upon a base.
fn histogram(out: &mut Drawing, bins: &Bins, scale: AxisScale, (base, most): (f64, f64), colour: Colour) {
    let tallest = bins.shares.iter().copied().fold(0.0, f64::max);
    for (bin, share) in bins.shares.iter().enumerate() {
        let start = bins.low + bin as f64 * bins.width;
        let (from, to) = (scale.at(start), scale.at(start + bins.width));
        let tall = share / tallest * (most - 4.0);
        // An exact overall score is a line.
        if tall > 0.02 {
            out.bar((from, base - tall), ((to - from).max(1.5), tall), colour);
        }
    }
}

/// Draws which colour is which group; returns where that ends.
fn key(out: &mut Drawing, names: &[String], mut y: f64, (left, most): (f64, f64)) -> f64 {
    let mut x = left;
    for (index, name) in names.iter().enumerate() {
        let name = &NOTE.wrap(name, (most - left - 16.0).min(260.0), 1)[0];
        let width = 16.0 + NOTE.width(name) + 14.0;
        if x + width > most && x > left {
            x = left;
            y += NOTE.leading() + 2.0;
        }
        out.bar((x, y), (11.0, 11.0), GROUPS[index % GROUPS.len()]);
        out.text((x + 16.0, y + 9.5), NOTE, name);
        x += width;
    }
    y + 14.0
}
