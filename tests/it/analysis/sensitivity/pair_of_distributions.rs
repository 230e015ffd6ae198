//! Two numbers of known laws, one against the other: all that is said of either, and its error, against integrals of those laws.

use crate::support::*;
use headstart::Control;
use headstart::analysis::{CURVE_QUANTILES, Detail, Measured, Z95, sensitivity};
use headstart::distribution::{standard_cdf, standard_quantile};
use headstart::sampler::Run;

struct Law {
    text: &'static str,
    cdf: fn(f64) -> f64,
    quantile: fn(f64) -> f64,
    density: fn(f64) -> f64,
}

const FLAT: Law = Law {
    text: "Uniform(min: 0, max: 1)",
    cdf: |x| x.clamp(0.0, 1.0),
    quantile: |u| u,
    density: |x| f64::from(u8::from((0.0..=1.0).contains(&x))),
};
/// Its density falls to nothing at 1.
const FALLS: Law = Law {
    text: "Triangular(min: 0, mode: 0, max: 1)",
    cdf: |x| 1.0 - (1.0 - x.clamp(0.0, 1.0)).powi(2),
    quantile: |u| 1.0 - (1.0 - u).sqrt(),
    density: |x| if (0.0..=1.0).contains(&x) { 2.0 * (1.0 - x) } else { 0.0 },
};
const WIDE: Law = Law {
    text: "Uniform(min: -0.4, max: 1.6)",
    cdf: |x| (x / 2.0 + 0.2).clamp(0.0, 1.0),
    quantile: |u| 2.0 * u - 0.4,
    density: |x| if (-0.4..=1.6).contains(&x) { 0.5 } else { 0.0 },
};
const NORMAL: Law = Law {
    text: "Normal(mean: 0, sd: 1)",
    cdf: standard_cdf,
    quantile: standard_quantile,
    density: |x| (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt(),
};

const N: u64 = 60_000;
const POINTS: usize = 2_000;

fn quantiles(points: usize) -> impl Iterator<Item = f64> {
    (0..points).map(move |k| (k as f64 + 0.5) / points as f64)
}

/// The mean over a law.
fn mean(law: &Law, f: impl Fn(f64) -> f64) -> f64 {
    quantiles(POINTS).map(|u| f((law.quantile)(u))).sum::<f64>() / POINTS as f64
}

/// The mean over two independent laws.
fn mean_of_two(x: &Law, y: &Law, f: impl Fn(f64, f64) -> f64) -> f64 {
    const POINTS: usize = 300;
    let row = |u: f64| quantiles(POINTS).map(|v| f((x.quantile)(u), (y.quantile)(v))).sum::<f64>();
    quantiles(POINTS).map(row).sum::<f64>() / (POINTS * POINTS) as f64
}

/// Within five errors, which are what they have to be but for chance and for the width of a cell.
#[track_caller]
fn near(ours: Measured, value: f64, mcse: f64, what: &str) {
    assert!((ours.mcse - mcse).abs() < 0.04 * mcse + 1e-8, "{what}: an error of {}, not {mcse}", ours.mcse);
    assert!(
        (ours.value - value).abs() <= BOUND * mcse + 1e-8,
        "{what}: {}, not {value} +- {mcse}",
        ours.value
    );
}

#[test]
fn one_number_against_another() {
    for (x, y) in [(&FLAT, &FALLS), (&FALLS, &FLAT), (&FLAT, &WIDE), (&WIDE, &FALLS), (&NORMAL, &FALLS)] {
        check(x, y);
    }
}

#[expect(clippy::too_many_lines, reason = "all that is known of one pair stands together")]
fn check(x: &Law, y: &Law) {
    let n = N as f64;
    let scenario = one_factor(&[x.text], &[y.text], "");
    let claim = scenario.proposition("x0 before y0").unwrap();
    let run = Run { draws: N, ..Run::default() };
    let answer = sensitivity(&scenario, &[claim], run, Detail::Full, Control::none()).unwrap().remove(0);
    let p = mean(x, y.cdf);
    let whole = p * (1.0 - p);
    assert_near(answer.estimate, p, "p");
    let (mean_x, mean_y) = (mean(x, |x| x), mean(y, |y| y));
    let ahead = mean_x - mean_y;
    let variance_of = |law: &Law, center: f64| mean(law, |x| (x - center) * (x - center));
    let sd = (variance_of(x, mean_x) + variance_of(y, mean_y)).sqrt();
    let gap = answer.gap.unwrap();
    let pair = format!("{} against {}", x.text, y.text);
    let above = mean_of_two(x, y, |x, y| (x - y).max(0.0));
    near(gap.mean, ahead, sd / n.sqrt(), &format!("{pair}: the gap"));
    // What is lost is the gap where its sign is not that of the mean, and 0 elsewhere.
    let lost = mean_of_two(x, y, |x, y| ((y - x) * ahead.signum()).max(0.0).powi(2));
    let everything = above - ahead.max(0.0);
    let off = (lost - everything * everything).sqrt() / n.sqrt();
    near(gap.everything, everything, off, &format!("{pair}: everything"));
    assert!((gap.sd / sd - 1.0).abs() < 0.03, "{pair}: {} is not {sd}", gap.sd);
    // The share of a part is of the whole, p (1 - p), which is off by 1 - 2 p times what p is: it is off by what the part is less that much
    // of its own size, the two having a covariance. What is known without draws is left out.
    let skew = 1.0 - 2.0 * p;
    let share = |ours: Option<Measured>, (part, known): (f64, f64), (mcse, with): (f64, f64), what: &str| {
        let moves = (part - known) / whole * skew;
        let variance = mcse * mcse + (moves * moves * whole - 2.0 * moves * with) / n;
        near(ours.unwrap(), part / whole, variance.sqrt() / whole, what);
    };
    assert_eq!((answer.inputs.len(), answer.parts.len()), (2, 2));
    assert!(
        answer.groups.iter().all(|group| group.id != "world.*"),
        "expected at least one, found no worlds"
    );
    let mut takes = [0.0; 2];
    for (side, own, other) in [(0, x, y), (1, y, x)] {
        let effect =
            answer.inputs.iter().find(|input| input.address == ["score.f.x0", "score.f.y0"][side]).unwrap();
        let what = |of: &str| format!("{pair}: {of} of {}", effect.address);
        let sign = [1.0, -1.0][side];
        let curve = |value: f64| if side == 0 { (other.cdf)(value) } else { 1.0 - (other.cdf)(value) };
        let variance = mean(own, |value| (curve(value) - p).powi(2));
        let g = |other: f64| if side == 0 { 1.0 - (own.cdf)(other) } else { (own.cdf)(other) };
        let spread = mean(other, |value| g(value) * (1.0 - g(value)));
        let squares = mean(other, |value| (g(value) * (1.0 - g(value))).powi(2));
        let flips = ((squares - spread * spread) / n).sqrt();
        near(effect.flips, 2.0 * spread, 2.0 * flips, &what("flips"));
        let with = mean(other, |value| g(value) * g(value) * (1.0 - g(value))) - spread * p;
        share(effect.total, (spread, 0.0), (flips, with), &what("the total share"));
        // From each quantile on, the integral of the curve about its mean: what a switch there adds.
        let mut from = vec![0.0; POINTS + 1];
        for (k, u) in quantiles(POINTS).enumerate().collect::<Vec<_>>().into_iter().rev() {
            from[k] = from[k + 1] + (curve((own.quantile)(u)) - p) / POINTS as f64;
        }
        let beyond = |value: f64| sign * from[((own.cdf)(value) * POINTS as f64).round() as usize];
        let added = mean(other, |value| beyond(value).powi(2)) - variance * variance;
        // Straight lines over the 160 cells hide little of so smooth a curve.
        let hidden = quantiles(160).map(|u| {
            let rise = curve((own.quantile)(u + 0.5 / 160.0)) - curve((own.quantile)(u - 0.5 / 160.0));
            rise * rise / 12.0 / 160.0
        });
        let error = (4.0 * added / n).sqrt() + hidden.sum::<f64>();
        let with = 2.0 * (mean(other, |value| beyond(value) * g(value)) - variance * p);
        near(effect.brier, variance, error, &what("the variance"));
        share(effect.first, (variance, 0.0), (error, with), &what("the first share"));
        takes[side] = variance;
        let told = effect.curve.as_ref().unwrap();
        for (point, u) in told.points.iter().zip(CURVE_QUANTILES) {
            let value = (own.quantile)(u);
            assert!((point.value - value).abs() < 1e-9);
            let error = (curve(value) * (1.0 - curve(value)) / n).sqrt();
            assert!(
                (point.probability.value - curve(value)).abs() <= BOUND * error + 1e-9,
                "{}",
                what("a point")
            );
        }
        let bar = curve((own.quantile)(0.95)) - curve((own.quantile)(0.05));
        near(told.bar, bar, (bar.abs() * (1.0 - bar.abs()) / n).sqrt(), &what("the bar"));
        let ends = [0.0, 1.0].map(|u| curve((own.quantile)(u)));
        for (end, truth) in told.range.into_iter().zip([ends[0].min(ends[1]), ends[0].max(ends[1])]) {
            assert!((end - truth).abs() < BOUND * 0.5 / n.sqrt(), "{}", what("the range"));
        }
        let density = mean(other, own.density);
        let densities = mean(other, |value| (own.density)(value).powi(2));
        near(
            told.gradient.unwrap(),
            sign * density,
            ((densities - density * density).max(0.0) / n).sqrt(),
            &what("the gradient"),
        );
        // What it is worth to know this number alone.
        let known = |value: f64| if side == 0 { value - mean_y } else { mean_x - value };
        let worth = mean(own, |value| known(value).max(0.0)) - ahead.max(0.0);
        // The gap moves with its mean alone, by half of the interval of that.
        let towards = |value: f64| -ahead.signum() * known(value);
        let reach = Z95 * sd / n.sqrt();
        let more = mean(own, |value| (towards(value) + reach).max(0.0) - towards(value).max(0.0));
        let (regret, error) = (effect.regret.unwrap(), more / Z95);
        if worth > 10.0 * reach * reach {
            near(regret, worth, error, &what("the regret"));
        } else {
            // Where there is next to nothing to be known, the error hangs on where the curve is seen.
            assert!(
                (regret.value - worth).abs() <= BOUND * error + 1e-8,
                "{}: {regret:?}",
                what("the regret")
            );
        }
        // The same from drawing it again.
        let group =
            answer.groups.iter().find(|group| group.id == ["score.*.x0", "score.*.y0"][side]).unwrap();
        let both = mean(own, |value| {
            let c = curve(value);
            (c * (1.0 - p).powi(2) + (1.0 - c) * p * p).powi(2)
        });
        share(
            group.first,
            (variance, 0.0),
            (((both - variance * variance) / n).sqrt(), skew * variance),
            &what("the first share, drawn again,"),
        );
        let again = 0.5 * (2.0 * spread * (1.0 - 2.0 * spread) / n).sqrt();
        share(
            group.total,
            (spread, 0.0),
            (again, 0.5 * skew * spread),
            &what("the total share, drawn again,"),
        );
    }
    for (side, part) in answer.parts.iter().enumerate() {
        assert_eq!(part.id, ["score.*.x0", "score.*.y0"][side]);
        // Half of what it takes away alone, and half of what it takes away last.
        let due = 0.5 * (takes[side] + whole - takes[1 - side]);
        let sums = mean_of_two(x, y, |a, b| {
            let deviation = if a > b { 1.0 - p } else { p };
            let (one, other) = ((y.cdf)(a), 1.0 - (x.cdf)(b));
            0.25 * deviation * deviation * (one * (1.0 - other) + other * (1.0 - one))
        });
        let beyond = due - 0.5 * whole;
        let error = ((sums - beyond * beyond) / n).sqrt();
        let what = format!("{pair}: the part of {}", part.id);
        share(Some(part.share), (due, 0.5 * whole), (error, skew * beyond), &what);
    }
}
