//! A sweep: the curve of each claim over the number that is varied, or a heatmap where two are.

use super::curves::{Axis, Curve, curves};
use super::heat::{HeatCell, heat};
use super::kit::{Drawing, LABEL, Picture};
use super::scale::AxisScale;
use crate::analysis::{BreakEven, ScenarioChange, break_even};
use crate::report::wording::findings;
use crate::report::wording::number::{percent, with_error};
use crate::sampler::Run;
use crate::scenario::Scenario;

/// More claims than these make no picture: those that move the most are shown.
const MOST_CURVES: usize = 9;
const MOST_HEATMAPS: usize = 4;

/// Draws what the claims come to over a sweep.
pub fn sweep(scenario: &Scenario, points: &[ScenarioChange], varied: &[String], run: Run) -> Picture {
    let most = if varied.len() == 1 { MOST_CURVES } else { MOST_HEATMAPS };
    let claims = findings::most_moved(points, most);
    let n = points.first().map_or(0, |first| first.claims.len());
    let chosen = if claims.len() < n {
        format!(" The {} of {n} claims that move the most.", claims.len())
    } else {
        String::new()
    };
    let (drawing, size) =
        if varied.len() == 1 { lines(points, &claims, &varied[0]) } else { maps(points, &claims, varied) };
    let last = points.iter().rfind(|point| !point.is_between).unwrap_or(&points[0]);
    let reading = if varied.len() == 1 {
        format!(
            "Probability of each claim with its 95% band, all points on the same draws; dots with a number stand where a curve crosses 50%.{chosen}"
        )
    } else {
        format!(
            "Probability of each claim at each pair of values, all on the same draws; blue and bold above 50%; broken frames and “?” where the 95% interval holds 50%.{chosen}"
        )
    };
    let said = claims.iter().map(|&claim| {
        let at = |point: &ScenarioChange| format!("{} at {}", percent(&point.claims[claim].to), point.name);
        format!("{}: {} to {}", points[0].claims[claim].text, at(&points[0]), at(last))
    });
    Picture {
        name: "sweep".into(),
        finding: findings::sweep(points, varied),
        words: format!("{reading} {}.", said.collect::<Vec<_>>().join("; ")),
        reading,
        drawing,
        size,
        foot: findings::provenance_line(scenario, run, findings::largest_mcse(points)),
    }
}

fn lines(points: &[ScenarioChange], claims: &[usize], varied: &str) -> (Drawing, (f64, f64)) {
    let mut ordered: Vec<&ScenarioChange> = points.iter().collect();
    ordered.sort_by(|a, b| a.values[0].total_cmp(&b.values[0]));
    let (first, last) = (ordered[0].values[0], ordered[ordered.len() - 1].values[0]);
    let scale = AxisScale::new((first, last), (0.0, 1.0));
    let (ticks, decimals) = scale.ticks(6);
    let curve = |&claim: &usize| {
        let crossings = break_even(points, claim).into_iter().filter_map(|found| match found {
            BreakEven::Crosses { at, low, high, .. } => {
                Some((scale.at(at), with_error(at, (high - low) / 4.0)))
            }
            BreakEven::Never { .. } | BreakEven::Unsettled { .. } => None,
        });
        let estimates = ordered.iter().map(|point| (point.values[0], point.claims[claim].to));
        Curve {
            label: format!(
                "{} {}",
                percent(&ordered[ordered.len() - 1].claims[claim].to),
                points[0].claims[claim].text
            ),
            points: estimates.map(|(x, e)| (scale.at(x), e.probability, e.low, e.high)).collect(),
            start: percent(&ordered[0].claims[claim].to),
            crossings: crossings.collect(),
        }
    };
    let axis = Axis {
        ticks: ticks.iter().map(|&tick| (scale.at(tick), format!("{tick:.decimals$}"))).collect(),
        name: findings::varied(varied),
    };
    curves(&claims.iter().map(curve).collect::<Vec<_>>(), &axis)
}

fn maps(points: &[ScenarioChange], claims: &[usize], varied: &[String]) -> (Drawing, (f64, f64)) {
    let values = |which: usize| {
        let mut values: Vec<f64> =
            points.iter().filter(|point| !point.is_between).map(|point| point.values[which]).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        values
    };
    let (down, across) = (values(0), values(1));
    let texts = |values: &[f64]| values.iter().map(f64::to_string).collect::<Vec<String>>();
    let (mut out, mut size) = (Drawing::default(), (0.0, 0.0));
    for &claim in claims {
        let cell = |row: usize, column: usize| {
            let point = points.iter().find(|point| point.values[..] == [down[row], across[column]])?;
            let estimate = &point.claims[claim].to;
            Some(HeatCell {
                share: estimate.probability,
                text: percent(estimate),
                marked: !estimate.is_settled(),
            })
        };
        let (map, (width, height)) = heat(
            (&findings::varied(&varied[0]), &findings::varied(&varied[1])),
            &texts(&down),
            &texts(&across),
            &cell,
        );
        let lines = LABEL.bold().wrap(&points[0].claims[claim].text, 680.0, 3);
        out.lines((0.0, size.1 + 14.0), LABEL.bold(), &lines);
        size.1 += 14.0 + lines.len() as f64 * LABEL.leading();
        out.add((0.0, size.1), &map);
        size = (f64::max(size.0, width), size.1 + height + 12.0);
    }
    (out, size)
}
