//! What the self test says that it looked at, and what it found.

use crate::support::*;
use headstart::Control;
use headstart::analysis::{cross_check, integrate_alone, selftest, summarize};
use headstart::sampler::Run;
use std::collections::HashSet;

const SEED: u64 = 5;

/// Eight known answers by both engines, the sixteen shipped scenarios, and nine families: each is as it
/// should be and says what it found.
#[test]
fn the_self_test_looks_at_everything() {
    let checks = selftest(SEED, Control::none()).unwrap();
    assert!(checks.iter().all(|check| check.passes), "{checks:?}");
    let names: HashSet<&str> = checks.iter().map(|check| check.what.as_str()).collect();
    assert_eq!((checks.len(), names.len()), (2 * 8 + 16 + 9, 41));
    let number = |text: &str| text.parse::<f64>().unwrap();
    let mut different = 0;
    for check in &checks {
        if let Some((found, truth)) = check.found.split_once(" against ") {
            let (found, truth) = (number(found), number(truth));
            let error = (truth * (1.0 - truth) / 200_000.0).sqrt();
            assert!((found - truth).abs() < BOUND * error, "{check:?}");
            if check.what.ends_with("sampled") {
                // So many draws, to the last digit that is shown.
                assert!(
                    (found * 200_000.0 - (found * 200_000.0).round()).abs() < 1e-6
                        || truth == 0.428_137_657_406
                );
                different += u32::from(found != truth);
            } else if !check.what.starts_with("all weightings") {
                assert!((found - truth).abs() < 1e-8, "{check:?}");
            }
        } else if let Some((distance, most)) = check.found.split_once(" (limit ") {
            let distance = number(distance.rsplit(' ').next().unwrap());
            // Smaller than 0.3 it is once in ten to the fourteenth times.
            assert!(distance > 0.3 && distance < number(most.trim_end_matches(')')), "{check:?}");
        } else {
            assert!(
                check.found.starts_with("at most ") && check.found.contains(" probabilities ("),
                "{check:?}"
            );
            let compared = check.found.split(" apart in ").nth(1).and_then(|rest| rest.split(' ').next());
            assert!(number(compared.expect("it says in how many")) > 50.0, "{check:?}");
        }
    }
    // Whatever is shared, in every way that comes with the program, both engines have met.
    for name in library() {
        // A clock adds dates, and the order stays that of the scenario without one.
        if load(&name).clock().is_some() {
            continue;
        }
        assert!(names.contains(&format!("both engines on {name}.ron")[..]), "{name}");
    }
    assert!(different >= 6, "what is sampled is not what is known to all digits");
    let found = |what: &str| &checks.iter().find(|check| check.what == what).unwrap().found;
    // What is sampled is of the seed.
    let run = Run { draws: 200_000, seed: SEED, ..Run::default() };
    let known = parse(
        "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")],
         areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"y\")],
         factors: [(id: \"f\", weight: 1, scores: [Exponential(rate: 1), Exponential(rate: 3)])])",
    );
    let sampled = summarize(&known, run, Control::none()).order.before[0][1].unwrap().probability;
    assert_eq!(found("exponentials, sampled"), &format!("{sampled:.12} against 0.750000000000"));
    let wheat = shipped("wheat");
    let counted = summarize(&wheat, run, Control::none());
    let mut integrated = counted.clone();
    integrate_alone(&wheat, run, 64, &mut integrated, Control::none()).unwrap();
    let check = cross_check(&wheat, &counted, &integrated);
    let apart = format!("at most {:.1} standard errors apart in {} ", check.largest, check.compared);
    assert!(found("both engines on wheat.ron").starts_with(&apart), "{apart}");
}
