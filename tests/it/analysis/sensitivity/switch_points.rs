//! Where claims switch as one number moves: several times, far out, at values with a probability of their own, through causes, and in
//! one cell of the grid.

use super::asking::{asked, input};
use crate::support::*;
use headstart::analysis::{Detail, Measured};
use headstart::distribution::{standard_cdf, standard_quantile};

/// Within five errors, which are what they have to be but for chance and for the width of a cell.
#[track_caller]
fn near(ours: Measured, value: f64, mcse: f64, what: &str) {
    assert!((ours.mcse / mcse - 1.0).abs() < 0.04, "{what}: an error of {}, not {mcse}", ours.mcse);
    assert!((ours.value - value).abs() <= BOUND * mcse, "{what}: {}, not {value} +- {mcse}", ours.value);
}

/// Three uniform numbers, one between the others: on with the one and off with the other. At u it holds with u (1 - u), and given the
/// others, d apart, with d, where d is nothing in half of all cases and else has the density 1 - d.
#[test]
fn a_number_between_two_others() {
    const N: u64 = 40_000;
    let n = N as f64;
    let flat = "Uniform(min: 0, max: 1)";
    let scenario = one_factor(&[flat], &[flat, flat], "");
    let claim = "All([Before(Area(\"x0\"), Area(\"y0\")), Before(Area(\"y1\"), Area(\"x0\"))])";
    let answer = asked(&scenario, claim, N, Detail::Curves);
    assert_near(answer.estimate, 1.0 / 6.0, "p");
    let effect = input(&answer, "score.f.x0");
    near(effect.flips, 1.0 / 6.0, 2.0 * ((1.0 / 60.0 - 1.0 / 144.0) / n).sqrt(), "flips");
    // A switch at s adds s (1 - s) (1 - 2 s) / 3, and the two of a draw have opposite signs; the mean is twice the variance.
    near(effect.brier, 1.0 / 180.0, ((1.0 / 1890.0 - 1.0 / 8_100.0) / n).sqrt(), "the variance");
    let curve = effect.curve.as_ref().unwrap();
    // It holds at the one quantile or at the other, and with 0.05 squared at both.
    near(curve.bar, 0.0, ((2.0 * 0.0475 - 2.0 * 0.0025) / n).sqrt(), "the bar");
    // As many switches go up as down in every draw.
    let gradient = curve.gradient.unwrap();
    assert!(gradient.value.abs() < 1e-9 && gradient.mcse < 1e-6, "{gradient:?}");
    for point in &curve.points {
        let truth = point.quantile * (1.0 - point.quantile);
        assert!((point.probability.value - truth).abs() < BOUND * point.probability.mcse, "{point:?}");
    }
}

/// A switch where the number cannot be is none: what is beyond its support makes no error larger.
#[test]
fn crossings_beyond_what_a_number_can_be() {
    const N: u64 = 20_000;
    let falls = "Triangular(min: 0, mode: 0, max: 1)";
    let flat = "Uniform(min: 0, max: 1)";
    for (third, claim) in [
        ("Exact(5)", "All([Before(Area(\"x0\"), Area(\"y0\")), Before(Area(\"y1\"), Area(\"x0\"))])"),
        ("Exact(-5)", "All([Before(Area(\"x0\"), Area(\"y0\")), Before(Area(\"x0\"), Area(\"y1\"))])"),
    ] {
        let answer = asked(&one_factor(&[falls], &[flat, third], ""), claim, N, Detail::Curves);
        let gradient = input(&answer, "score.f.x0").curve.as_ref().unwrap().gradient.unwrap();
        // The mean of the density 2 (1 - y), and of its square, at a uniform y.
        near(gradient, 1.0, (1.0 / 3.0 / N as f64).sqrt(), third);
    }
}

type Cdf<'a> = &'a dyn Fn(f64) -> f64;

/// One number decides an order alone, and the claim holds between two of its values: that is where the curve is 1.
#[test]
fn numbers_without_bounds() {
    let normal = |x: f64| standard_cdf(x);
    let shifted = |x: f64| standard_cdf(x - 3.0);
    let exponential = |x: f64| if x > 0.0 { 1.0 - (-x).exp() } else { 0.0 };
    let between = "All([Before(Area(\"x0\"), Area(\"y0\")), Before(Area(\"y1\"), Area(\"x0\"))])";
    let outside = "Not(All([Before(Area(\"x0\"), Area(\"y0\")), Before(Area(\"y1\"), Area(\"x0\"))]))";
    let above = "All([Before(Area(\"x0\"), Area(\"y0\")), Before(Area(\"x0\"), Area(\"y1\"))])";
    let below = "All([Before(Area(\"y0\"), Area(\"x0\")), Before(Area(\"y1\"), Area(\"x0\"))])";
    let cases: [(&str, Cdf<'_>, f64, f64); 6] = [
        ("Normal(mean: 0, sd: 1)", &normal, 0.0, 1.0),
        ("Normal(mean: 0, sd: 1)", &normal, -1.0, 0.0),
        ("Normal(mean: 3, sd: 1)", &shifted, 2.0, 2.5),
        ("Normal(mean: 0, sd: 1)", &normal, -1.5, -0.5),
        ("Exponential(rate: 1)", &exponential, 0.5, 2.0),
        ("Exponential(rate: 1)", &exponential, -1.0, 2.0),
    ];
    for (dist, cdf, low, high) in cases {
        let scenario = one_factor(&[dist], &[&format!("Exact({low:?})"), &format!("Exact({high:?})")], "");
        let (from, to) = (cdf(low), cdf(high));
        for (claim, holds) in [
            (between, &(|u: f64| from < u && u < to) as &dyn Fn(f64) -> bool),
            (outside, &|u| u < from || to < u),
            (above, &|u| u > to),
            (below, &|u| u < from),
        ] {
            let truth = if claim == between || claim == outside {
                to - from
            } else if claim == above {
                to
            } else {
                from
            };
            let answer = asked(&scenario, claim, 300, Detail::Curves);
            let Some(effect) = answer.inputs.first() else { panic!("{dist}: {claim}") };
            let off = (effect.flips.value - 2.0 * truth * (1.0 - truth)).abs();
            assert!(
                off <= BOUND * effect.flips.mcse + 1e-9,
                "{dist} between {low} and {high}, {claim}: {effect:?}"
            );
            assert!(effect.flips.mcse < 5e-3, "it is the same in all draws: {:?}", effect.flips);
            // In the cell of a switch it is a straight line.
            let far = |u: f64| (u - from).abs() > 0.02 && (u - to).abs() > 0.02;
            for point in effect.curve.as_ref().unwrap().points.iter().filter(|point| far(point.quantile)) {
                let truth = f64::from(u8::from(holds(point.quantile)));
                assert!(
                    (point.probability.value - truth).abs() < 1e-9,
                    "{dist} between {low} and {high}, {claim}: {point:?}"
                );
            }
        }
    }
}

/// Where one number decides alone, all of its variance is p (1 - p), but for the cell in which the claim switches, over which the curve is
/// a straight line. The switch is the same in each draw, so the error is what the cell hides, and at most that of the second order besides.
#[test]
fn a_switch_in_one_cell() {
    for (depth, draws, cells) in [
        (Detail::Screen, 32, 40.0),
        (Detail::Screen, 320, 40.0),
        (Detail::Curves, 4, 160.0),
        (Detail::Curves, 40_000, 160.0),
    ] {
        // The middle of a cell.
        for share in [0.1, 0.5, 0.9] {
            let (s, h) = (share + 0.5 / cells, 1.0 / cells);
            let scenario = one_factor(&["Uniform(min: 0, max: 1)"], &[&format!("Exact({s})")], "");
            let answer = asked(&scenario, "x0 before y0", draws, depth);
            let (p, n, effect) = (1.0 - s, answer.draws as f64, input(&answer, "score.f.x0"));
            let what = format!("{depth:?}, {draws} draws, {s}");
            assert!((effect.brier.value - (p * s - h / 6.0)).abs() < 2e-4, "{what}: {:?}", effect.brier);
            let second = 2.0 * (p * s - h * h / 12.0) / n;
            // The ends of cells are those of 4,094 steps.
            let (least, most) = (0.95 * h / 12.0, 1.05 * h / 12.0 + 1.003 * second);
            assert!((least..=most).contains(&effect.brier.mcse), "{what}: {:?}, not {most}", effect.brier);
            // The same in each draw, and all that is not known of it is where in its cell it switches.
            assert!((effect.flips.value - 2.0 * p * s).abs() < 2e-4, "{what}: {:?}", effect.flips);
        }
    }
}

/// The value with a probability of its own ties with what it is compared with, but for how sums are rounded: it comes neither before nor
/// after.
#[test]
fn values_with_a_probability_that_tie() {
    for (atoms, tie, shift) in [
        ([-3.0, -2.0, -1.0, 0.0], 0.0, 0.0),
        ([0.1, 0.3, 0.7, 0.9], 0.7, 0.0),
        ([0.1, 0.3, 0.7, 0.9], 0.9, 0.0),
        ([0.1, 0.3, 0.7, 0.9], 0.1, 0.0),
        ([5000.1, 5000.3, 5000.7, 5000.9], 5000.7, 5000.0),
    ] {
        let parts: Vec<String> = atoms.iter().map(|atom| format!("(0.125, Exact({atom:?}))")).collect();
        let flat = format!("Uniform(min: {:?}, max: {:?})", shift - 4.0, shift + 4.0);
        let dist = format!("Mixture([{}, (0.5, {flat})])", parts.join(", "));
        // 0.1 + 0.2 is 0.3, and in binary not.
        let scenario = parse(&format!(
            "Scenario(title: \"test\", groups: [(id: \"g\"), (id: \"h\")],
             areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")], factors: [
                (id: \"a\", weight: Exact(1), scores: [{dist}, Exact({tie:?})]),
                (id: \"b\", weight: Exact(1), scores: [Exact(0.1), Exact(0.3)]),
                (id: \"c\", weight: Exact(1), scores: [Exact(0.2), Exact(0)]),
             ])"
        ));
        let rank = atoms.iter().position(|atom| *atom == tie).unwrap() as f64;
        let below = 0.125 * rank + 0.5 * (tie - shift + 4.0) / 8.0;
        for (claim, p) in [
            ("x before y", 1.0 - below - 0.125),
            ("y before x", below),
            ("All([Before(Area(\"x\"), Area(\"y\"))])", 1.0 - below - 0.125),
            ("All([Before(Area(\"y\"), Area(\"x\"))])", below),
        ] {
            let flips = input(&asked(&scenario, claim, 500, Detail::Curves), "score.a.x").flips;
            assert!(
                (flips.value - 2.0 * p * (1.0 - p)).abs() < 1e-9,
                "{claim} at {tie}: {flips:?}, not of {p}"
            );
        }
    }
}

/// What never holds holds nowhere: where all switches are beyond what an input can be, its curve is flat to its ends.
#[test]
fn switches_above_all_values() {
    let mixed = "Mixture([(0.5, Exact(0.5)), (0.5, Uniform(min: 0, max: 1))])";
    for (claim, level) in [("x0 before y0", 0.0), ("y0 before x0", 1.0)] {
        let scenario = one_factor(&[mixed], &["Uniform(min: 2, max: 3)"], "");
        for claim in [
            claim.to_owned(),
            format!("All([Before(Area(\"{}\"), Area(\"{}\"))])", &claim[..2], &claim[10..]),
        ] {
            let answer = asked(&scenario, &claim, 500, Detail::Curves);
            for effect in &answer.inputs {
                let curve = effect.curve.as_ref().unwrap();
                assert_eq!(curve.range, [level; 2], "{claim}: {}", effect.address);
                assert!(curve.break_even.is_empty());
            }
        }
    }
}

/// A cause may weigh either way. x, with a loading c on the cause of its area, against y, uniform from below all of x to above: a quarter is
/// below, a quarter above, and between them at z the normal score of x exceeds an independent one with Phi(c z / sqrt(2 - c^2)).
#[test]
fn shared_errors_that_weigh_either_way() {
    const N: u64 = 10_000;
    for loading in [0.6, -0.6_f64] {
        let scenario = one_factor(
            &["Uniform(min: 0, max: 1)"],
            &["Mixture([(0.5, Uniform(min: 0, max: 1)), (0.25, Exact(-1)), (0.25, Exact(2))])"],
            &format!("shared_errors: (area: {loading:?})"),
        );
        for claim in [
            "x0 before y0",
            "All([Before(Area(\"x0\"), Area(\"y0\"))])",
            "Not(Before(Area(\"x0\"), Area(\"y0\")))",
        ] {
            let answer = asked(&scenario, claim, N, Detail::Curves);
            for (address, c) in [("shared_error.area.x0", loading), ("score.f.x0", 0.8)] {
                let effect = input(&answer, address);
                assert!(effect.latent);
                for point in &effect.curve.as_ref().unwrap().points {
                    let z = standard_quantile(point.quantile);
                    let before = 0.25 + 0.5 * standard_cdf(c * z / (2.0 - c * c).sqrt());
                    let truth = if claim.starts_with("Not") { 1.0 - before } else { before };
                    let off = (point.probability.value - truth).abs();
                    assert!(
                        off < BOUND * point.probability.mcse,
                        "{claim}, {address}, {loading}: {point:?}, not {truth}"
                    );
                }
            }
        }
    }
}

/// What two scores have in common cancels where only their own parts can tell them apart: the own part of one decides as if it were all.
#[test]
fn an_error_that_both_share_cancels() {
    let flat = "Uniform(min: 0, max: 1)";
    let answer = asked(
        &one_factor(&[flat], &[flat], "shared_errors: (factor: 0.9)"),
        "x0 before y0",
        10_000,
        Detail::Curves,
    );
    for (address, sign) in [("score.f.x0", 1.0), ("score.f.y0", -1.0)] {
        for point in &input(&answer, address).curve.as_ref().unwrap().points {
            let truth = 0.5 + sign * (point.quantile - 0.5);
            assert!(
                (point.probability.value - truth).abs() < BOUND * point.probability.mcse,
                "{address}: {point:?}"
            );
        }
    }
}
