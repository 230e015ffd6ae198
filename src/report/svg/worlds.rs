//! The claims by world: a line a claim from world to world.

use super::curves::{Axis, Curve, curves};
use super::kit::Form;
use super::picture::Picture;
use crate::analysis::Summary;
use crate::report::wording::findings;
use crate::report::wording::number::{percent, stated};
use crate::scenario::Scenario;

/// Draws the probability of each claim in each joint world; nothing for a scenario without worlds.
pub fn worlds(scenario: &Scenario, summary: &Summary, form: Form) -> Option<Picture> {
    // No more worlds than these stand side by side: the most probable ones.
    let most = form.pick(6, 4);
    let finding = findings::worlds(scenario, summary)?;
    let mut shown: Vec<usize> = (0..summary.worlds.len()).collect();
    let probability = |world: usize| summary.worlds[world].world.probability;
    shown.sort_by(|&a, &b| probability(b).total_cmp(&probability(a)));
    shown.truncate(most);
    shown.sort_unstable();
    let left_out = summary.worlds.len() - shown.len();
    let place = |index: usize| if shown.len() > 1 { index as f64 / (shown.len() - 1) as f64 } else { 0.5 };
    let claims: Vec<Curve> = findings::displayed_claims(&summary.order.claims)
        .map(|(claim, about)| {
            let estimates: Vec<_> =
                shown.iter().map(|&world| summary.worlds[world].order.claims[claim].estimate).collect();
            Curve {
                label: format!("{} {}", percent(&estimates[estimates.len() - 1]), about.text),
                points: estimates
                    .iter()
                    .enumerate()
                    .map(|(index, e)| (place(index), e.probability, e.low, e.high))
                    .collect(),
                start: if estimates.len() > 1 { percent(&estimates[0]) } else { String::new() },
                crossings: Vec::new(),
            }
        })
        .collect();
    let ticks = shown.iter().enumerate().map(|(index, &world)| {
        let world = &summary.worlds[world].world;
        (place(index), format!("{} (probability {})", world.title(scenario), stated(world.probability, 3)))
    });
    let axis = Axis { ticks: ticks.collect(), name: String::new() };
    let (drawing, size) = curves(&claims, &axis, form);
    let rest = match left_out {
        0 => String::new(),
        n => format!(" The {n} least probable of {} joint worlds are left out.", summary.worlds.len()),
    };
    let reading = format!("Probability of each claim in each joint world, on the same draws.{rest}");
    let said = findings::displayed_claims(&summary.order.claims).map(|(claim, about)| {
        let by_world = shown.iter().map(|&world| {
            let world = &summary.worlds[world];
            format!("{} where {}", percent(&world.order.claims[claim].estimate), world.world.title(scenario))
        });
        format!("{}: {}", about.text, by_world.collect::<Vec<_>>().join(", "))
    });
    Some(Picture {
        name: "worlds".into(),
        finding,
        words: format!("{reading} {}.", said.collect::<Vec<_>>().join("; ")),
        reading,
        drawing,
        size,
        foot: findings::provenance_line(scenario, summary.run, summary.largest_mcse()),
    })
}
