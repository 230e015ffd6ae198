//! Any scenario of the language, made of random choices: what is accepted runs, says the same once it is written canonically, and has an
//! answer that is one.

use crate::support::random::made_of;
use crate::support::{checks, thorough};
use headstart::Scenario;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::Cell;

/// The same scenarios each time.
fn for_each_text(cases: u32, check: impl Fn(&Scenario, &str)) -> (u32, u32) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let (accepted, refused) = (Cell::new(0), Cell::new(0));
    runner
        .run(&proptest::collection::vec(any::<u32>(), 40..400), |choices| {
            let text = made_of(&choices);
            match Scenario::from_ron("generated.ron", &text) {
                Ok(scenario) => {
                    accepted.set(accepted.get() + 1);
                    check(&scenario, &text);
                }
                Err(problems) => {
                    refused.set(refused.get() + 1);
                    prop_assert!(
                        !problems.render(false).contains("this file is not valid RON"),
                        "{}\n{}",
                        problems,
                        text
                    );
                }
            }
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    (accepted.get(), refused.get())
}

/// See `checks::scenario` for what is checked.
#[test]
fn what_is_accepted_has_an_answer() {
    let (accepted, refused) = for_each_text(thorough(80, 400), |_, text| checks::scenario(text));
    assert!(2 * accepted > refused, "{accepted} accepted, {refused} refused");
}

/// A text as its numbers and what stands between them.
fn in_numbers(text: &str) -> (Vec<f64>, String) {
    let is_of_number = |c: char| c.is_ascii_alphanumeric() || "+-._".contains(c);
    let (mut numbers, mut rest) = (Vec::new(), String::new());
    for part in text.split_inclusive(|c: char| !is_of_number(c)) {
        let word = part.trim_end_matches(|c: char| !is_of_number(c));
        match word.parse::<f64>() {
            Ok(number) => {
                numbers.push(number);
                rest.push('#');
            }
            Err(_) => rest.push_str(word),
        }
        rest.push_str(&part[word.len()..]);
    }
    (numbers, rest)
}

/// An edit leaves the decimal of few digits that is within four units of rounding, so that two of them may move a number of many digits by
/// eight; the logarithms of numbers four times as large are up to 1.4 larger.
fn assert_same_to_rounding(one: &str, other: &str, text: &str) {
    let ((numbers, rest), (others, other_rest)) = (in_numbers(one), in_numbers(other));
    assert_eq!(rest, other_rest, "{text}");
    assert!(!numbers.is_empty() && numbers.len() == others.len(), "{text}");
    for (x, y) in numbers.into_iter().zip(others) {
        assert!((x - y).abs() <= 8.0 * f64::EPSILON * x.abs().max(1.4), "{x} for {y}: {text}");
    }
}

/// An edit that is undone leaves nothing but rounding, and what an edit makes is what its text says.
#[test]
fn edits_come_back() {
    let undone = Cell::new(0);
    for_each_text(thorough(50, 200), |scenario, text| {
        assert_eq!(&scenario.with_edits::<&str>(&[]).unwrap().scenario, scenario);
        if let Ok(edited) = scenario.with_edits(&["weight.* *= 4", "weight.* *= 0.25"]) {
            assert_same_to_rounding(&edited.scenario.to_ron(), &scenario.to_ron(), text);
            undone.set(undone.get() + 1);
        }
        if let Ok(edited) = scenario.with_edits(&["score.f0.a0 = 3", "residual = 0.5"]) {
            let again = Scenario::from_ron("edited.ron", &edited.scenario.to_ron()).unwrap();
            assert_eq!(again, edited.scenario, "{text}");
        }
    });
    assert!(undone.get() > thorough(5, 20), "{}", undone.get());
}
