//! The ranks: a bar an area, cut at the probability of each rank.

use super::kit::{Anchor, Drawing, Form, Ink, LABEL, NOTE};
use super::picture::Picture;
use super::scale::{ink_on, sequential};
use crate::analysis::Summary;
use crate::report::wording::findings;
use crate::report::wording::number::percent;
use crate::scenario::Scenario;

/// A part of a bar that is worth a number.
const WORTH: f64 = 0.03;

/// The probabilities of the ranks of each area as stacked bars; the areas in the order of their mean rank.
pub fn ranks(scenario: &Scenario, summary: &Summary, form: Form) -> Picture {
    let beside = form.pick(180.0, 104.0);
    let ranks = &summary.order.ranks;
    let n = ranks.len();
    let mean = |area: usize| -> f64 {
        ranks[area].iter().enumerate().map(|(rank, e)| (rank + 1) as f64 * e.probability).sum()
    };
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| mean(a).total_cmp(&mean(b)));
    let mut out = Drawing::default();
    let x0 = beside + 10.0;
    let bar = form.room() - x0;
    let mut y = legend(&mut out, n, (x0, bar));
    let mut words = Vec::new();
    for area in order {
        let name = &scenario.areas()[area].name;
        let lines = LABEL.wrap(name, beside, 4);
        let height = (lines.len() as f64 * LABEL.leading() + 4.0).max(26.0);
        out.label((beside, y + height / 2.0), LABEL.at(Anchor::End), &lines);
        let mut from = 0.0;
        for (rank, estimate) in ranks[area].iter().enumerate() {
            let share = estimate.probability;
            let colour = colour(rank, n);
            let (left, width) = (x0 + from * bar, share * bar);
            if width >= 0.05 {
                // A gap between parts that can afford it.
                out.rect(
                    (left, y + 1.5),
                    (if width > 2.0 { width - 0.7 } else { width }, height - 3.0),
                    colour,
                );
            }
            let texts = [format!("{}: {}", rank + 1, percent(estimate)), (rank + 1).to_string()];
            let fits = |text: &&String| NOTE.width(text) + 4.0 < width;
            if share >= WORTH
                && let Some(text) = texts.iter().find(fits)
            {
                let font = NOTE.at(Anchor::Middle).ink(Ink::On(ink_on(colour)));
                out.text((left + width / 2.0, y + height / 2.0 + 4.0), font, text);
            }
            from += share;
        }
        words.push(format!("{name} has rank {:.1} on average", mean(area)));
        y += height;
    }
    let ties = summary.order.tie.iter().flatten().flatten().any(|&tie| tie > 0.0);
    let ties = if ties { " Areas that tie share the better rank." } else { "" };
    let reading = format!(
        "Each bar shows how likely each rank of an area is, from first (1, dark) to last; areas are sorted by mean rank.{ties}"
    );
    Picture {
        name: "ranks".into(),
        finding: findings::ranks(scenario, &summary.order),
        words: format!("{reading} {}.", words.join("; ")),
        reading,
        drawing: out,
        size: (form.room(), y),
        foot: findings::provenance_line(scenario, summary.run, summary.largest_mcse()),
    }
}

fn colour(rank: usize, n: usize) -> [u8; 3] {
    sequential(rank as f64 / (n.max(2) - 1) as f64)
}

/// Draws which shade is which rank; returns where that ends.
fn legend(out: &mut Drawing, n: usize, (x, width): (f64, f64)) -> f64 {
    let step = (width / n as f64).min(26.0);
    out.text((x - 10.0, 13.0), NOTE.at(Anchor::End), "rank");
    for rank in 0..n {
        let colour = colour(rank, n);
        out.rect((x + rank as f64 * step, 2.0), (step - 0.7, 15.0), colour);
        let text = (rank + 1).to_string();
        if NOTE.width(&text) + 2.0 < step {
            let font = NOTE.at(Anchor::Middle).ink(Ink::On(ink_on(colour)));
            out.text((x + (rank as f64 + 0.5) * step, 13.0), font, &text);
        }
    }
    24.0
}
