//! A sweep: the curve of each claim over the number that is varied, or a heatmap where two are.

use super::curves::{Axis, Curve, curves};
use super::heat::{HeatCell, heat};
use super::kit::{Drawing, Form, LABEL};
use super::picture::Picture;
use super::scale::AxisScale;
use crate::analysis::{BreakEven, ScenarioChange, break_even};
use crate::report::wording::number::{percent, short_percent, with_error};
use crate::report::wording::{comparison, findings};
use crate::sampler::Run;
use crate::scenario::Scenario;

/// More claims than these make no picture: those that move the most are shown.
const MOST_CURVES: usize = 9;
const MOST_HEATMAPS: usize = 4;

/// Draws the probabilities of the claims over a sweep.
pub fn sweep(scenario: &Scenario, points: &[ScenarioChange], varied: &[String], run: Run) -> Picture {
    let most = if varied.len() == 1 { MOST_CURVES } else { MOST_HEATMAPS };
    let claims = comparison::most_moved(points, most);
    let drawn = if varied.len() == 1 {
        lines(points, &claims, &varied[0], Form::File)
    } else {
        maps(points, &claims, varied)
    };
    let foot = findings::provenance_line(scenario, run, comparison::largest_mcse(points));
    picture(points, (&claims, varied), drawn, foot)
}

/// Draws the probabilities of the claims over a sweep, in columns: all curves in one picture, or a heatmap per claim.
pub fn sweep_columns(points: &[ScenarioChange], varied: &[String]) -> Vec<Picture> {
    if let [varied_alone] = varied {
        let claims = comparison::most_moved(points, MOST_CURVES);
        let drawn = lines(points, &claims, varied_alone, Form::Column);
        return vec![picture(points, (&claims, varied), drawn, String::new())];
    }
    let one = |(index, claim): (usize, usize)| {
        let drawn = map(points, claim, varied, Form::Column);
        let whole = picture(points, (&[claim], varied), drawn, String::new());
        // The first says how to read them all.
        let reading = if index == 0 { whole.reading } else { String::new() };
        Picture { finding: points[0].claims[claim].text.to_string(), reading, ..whole }
    };
    comparison::most_moved(points, MOST_HEATMAPS).into_iter().enumerate().map(one).collect()
}

/// Makes a picture of what is drawn of some claims.
fn picture(
    points: &[ScenarioChange],
    (claims, varied): (&[usize], &[String]),
    (drawing, size): (Drawing, (f64, f64)),
    foot: String,
) -> Picture {
    let n = points.first().map_or(0, |first| first.claims.len());
    let chosen = if claims.len() < n && claims.len() > 1 {
        format!(" The {} of {n} claims that move the most.", claims.len())
    } else {
        String::new()
    };
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
        finding: comparison::sweep(points, varied),
        words: format!("{reading} {}.", said.collect::<Vec<_>>().join("; ")),
        reading,
        drawing,
        size,
        foot,
    }
}

fn lines(points: &[ScenarioChange], claims: &[usize], varied: &str, form: Form) -> (Drawing, (f64, f64)) {
    let mut ordered: Vec<&ScenarioChange> = points.iter().collect();
    ordered.sort_by(|a, b| a.values[0].total_cmp(&b.values[0]));
    let (first, last) = (ordered[0].values[0], ordered[ordered.len() - 1].values[0]);
    let scale = AxisScale::new((first, last), (0.0, 1.0));
    let (ticks, decimals) = scale.ticks(form.pick(6, 5));
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
        name: comparison::varied(varied),
    };
    curves(&claims.iter().map(curve).collect::<Vec<_>>(), &axis, form)
}

/// Draws the heatmap of each claim below the one before.
fn maps(points: &[ScenarioChange], claims: &[usize], varied: &[String]) -> (Drawing, (f64, f64)) {
    let (mut out, mut size) = (Drawing::default(), (0.0, 0.0));
    for &claim in claims {
        let (map, (width, height)) = map(points, claim, varied, Form::File);
        let lines = LABEL.bold().wrap(&points[0].claims[claim].text, 680.0, 3);
        out.lines((0.0, size.1 + 14.0), LABEL.bold(), &lines);
        size.1 += 14.0 + lines.len() as f64 * LABEL.leading();
        out.add((0.0, size.1), &map);
        size = (f64::max(size.0, width), size.1 + height + 12.0);
    }
    (out, size)
}

/// Draws the heatmap of a claim over two numbers.
fn map(points: &[ScenarioChange], claim: usize, varied: &[String], form: Form) -> (Drawing, (f64, f64)) {
    let values = |which: usize| {
        let mut values: Vec<f64> =
            points.iter().filter(|point| !point.is_between).map(|point| point.values[which]).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        values
    };
    let (down, across) = (values(0), values(1));
    let texts = |values: &[f64]| values.iter().map(f64::to_string).collect::<Vec<String>>();
    let cell = |row: usize, column: usize| {
        let point = points.iter().find(|point| point.values[..] == [down[row], across[column]])?;
        let estimate = &point.claims[claim].to;
        Some(HeatCell {
            share: estimate.probability,
            text: percent(estimate),
            short: short_percent(estimate),
            marked: !estimate.is_settled(),
        })
    };
    let sides = (comparison::varied(&varied[0]), comparison::varied(&varied[1]));
    heat((&sides.0, &sides.1), &texts(&down), &texts(&across), &cell, form)
}
