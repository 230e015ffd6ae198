//! A point of a sweep has the bits of that point alone, whatever it is made with and whichever points are made again.

use crate::support::*;
use headstart::analysis::{ScenarioChange, Sweep, SweepPoints, Vary, add_between, points, sweep, sweep_each};
use headstart::request::{Error, Request, Show, Source};
use headstart::sampler::{Arithmetic, Run};
use headstart::{Control, Scenario};

fn points_of(scenario: &Scenario, vary: &[&str], n: usize) -> SweepPoints {
    let vary: Vec<Vary> = vary.iter().map(|vary| Vary::new(vary, n).unwrap()).collect();
    points(scenario, &vary).unwrap()
}

/// Every point alone, and every second one, are those of all.
#[track_caller]
fn assert_alike(scenario: &Scenario, points: &SweepPoints, run: Run) -> Vec<ScenarioChange> {
    let all = sweep(scenario, points, run, Control::none()).unwrap();
    let n = all.len();
    let halves = (0..2).map(|rest| (0..n).filter(|index| index % 2 == rest).collect());
    let subsets: Vec<Vec<usize>> = (0..n).map(|index| vec![index]).chain(halves).collect();
    for which in subsets {
        let some = sweep(scenario, &points.only(&which), run, Control::none()).unwrap();
        let expected: Vec<ScenarioChange> = which.iter().map(|&index| all[index].clone()).collect();
        assert!(some == expected, "points {which:?} of {}", scenario.to_ron());
    }
    all
}

/// Points that single precision suits beside points that it does not: with a residual, with a number that is hardly uncertain, with
/// scores that heap up at another place, and with scores that are worth something else.
#[test]
fn points_have_the_bits_that_they_have_alone() {
    let takeoff = shipped("takeoff");
    let heaps = one_factor(
        &["Gamma(shape: 0.1, scale: 2)", "Uniform(min: 0, max: 2)"],
        &["Gamma(shape: 0.2, scale: 1)", "Beta(alpha: 0.2, beta: 0.1, min: 0, max: 3)"],
        "scale: (min: 0, max: 10)",
    );
    let narrow =
        one_factor(&["Uniform(min: 5, max: 6)"], &["Uniform(min: 5, max: 6)"], "scale: (min: 0, max: 10)");
    let cases: [(&Scenario, &[&str]); 6] = [
        (&takeoff, &["weight.insight = 0..=5", "residual = [0, 0.5]"]),
        (&takeoff, &["spread.score *= [1, 1e-7, 2]", "weight.insight = [0, 1]"]),
        (&heaps, &["score.f.x1 += [0, 1, 1, 2]", "score.f.y1 *= [1, 2, 3]"]),
        (&heaps, &["score.f.x0 *= [1, 1e-9, 2]", "score.f.y1 += [0, 1, 2]"]),
        (&heaps, &["residual = [0, 1e-14, 0.3]"]),
        (&narrow, &["score.f.x0 *= [1, 1e-10, 0.5]", "score.f.y0 += [0, 0.3, 5]"]),
    ];
    for (scenario, vary) in cases {
        for arithmetic in [Arithmetic::Auto, Arithmetic::Double] {
            for (draws, threads) in [(2_500, 2), (40_000, 1)] {
                let run = Run { draws, threads: Some(threads), arithmetic, ..Run::default() };
                assert_alike(scenario, &points_of(scenario, vary, 3), run);
            }
        }
    }
}

/// Points that are added between others do not depend on what they are added to.
#[test]
fn points_between_have_the_bits_that_they_have_alone() {
    let scenario = shipped("takeoff");
    let points = points_of(&scenario, &["residual = [0, 0.5]", "weight.insight = 0..=5"], 5);
    let run = Run { draws: 20_000, ..Run::default() };
    let mut compared = sweep(&scenario, &points, run, Control::none()).unwrap();
    add_between(
        &Sweep { scenario: &scenario, points: &points, run },
        &mut compared,
        &|_| {},
        Control::none(),
    )
    .unwrap();
    let between = compared.iter().filter(|point| point.is_between);
    let mut n = 0;
    for point in between {
        let vary: Vec<String> = ["residual", "weight.insight"]
            .iter()
            .zip(&point.values)
            .map(|(edit, x)| format!("{edit} = [{x}]"))
            .collect();
        let alone = points_of(&scenario, &[&vary[0], &vary[1]], 2);
        let alone = sweep(&scenario, &alone, run, Control::none()).unwrap();
        assert_eq!((&alone[0].claims, &alone[0].pairs), (&point.claims, &point.pairs), "{}", point.name);
        n += 1;
    }
    assert!(n > 0, "no point was added");
}

/// Single precision is asked for of all points: one that it has no numbers for is an error before the first is made.
#[test]
fn single_precision_is_for_all_points_or_an_error() {
    let scenario = one_factor(&["Uniform(min: 0, max: 1)"], &["Uniform(min: 0, max: 1)"], "");
    let vary = ["score.f.x0 *= [1, 2, 1e38]"];
    let run = Run { draws: 100, arithmetic: Arithmetic::Single, ..Run::default() };
    let prepared = |arithmetic: Arithmetic| {
        let source = Source::Open { name: "it".into(), scenario: Box::new(scenario.clone()) };
        let vary = vary.iter().map(ToString::to_string).collect();
        let mut request = Request::new(source, Show::Sweep { vary, points: 3, pairs: false });
        request.arithmetic = arithmetic;
        request.prepare()
    };
    let why = prepared(Arithmetic::Single).unwrap_err();
    assert!(matches!(&why, Error::Analysis(_)), "{why:?}");
    assert!(why.to_string().contains("single precision"), "{why}");
    prepared(Arithmetic::Double).unwrap();
    prepared(Arithmetic::Auto).unwrap();
    let mut finished = Vec::new();
    let swept =
        sweep_each(&scenario, &points_of(&scenario, &vary, 3), run, Control::none(), &mut |index, _| {
            finished.push(index);
            Ok::<_, headstart::analysis::Error>(())
        });
    assert!(swept.is_err() && finished.is_empty());
}
