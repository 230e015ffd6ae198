//! The way from one scenario to another: its edits make what they say, and their effects add up.

use crate::support::*;
use headstart::Control;
use headstart::analysis::diff;
use headstart::sampler::Run;

fn small() -> Run {
    Run { draws: 4_000, ..Run::default() }
}

/// From the shipped model to every variant of it: the way ends there, each edit makes its step, and the effects add up to the
/// difference of the two.
#[test]
fn a_way_ends_where_it_should() {
    let takeoff = shipped("takeoff");
    let mut seen = 0;
    for name in library().iter().filter(|name| name.starts_with("takeoff-")) {
        let other = load(name);
        let path = takeoff.path_to(&other).unwrap();
        let mut before = takeoff.clone();
        for step in &path.steps {
            if step.is_edit {
                let made = before.with_edits(&[&step.text]).unwrap_or_else(|why| panic!("{name}: {why}"));
                let same = made.scenario.with_words_of(&step.scenario).to_ron()
                    == step.scenario.with_words_of(&step.scenario).to_ron();
                // What is added may be off in the last bit.
                assert!(same || step.text.contains("+="), "{name}: {}", step.text);
                seen += 1;
            }
            before = step.scenario.clone();
        }
        let found = diff(&takeoff, (name, &other), path, small(), Control::none()).unwrap();
        let there = run_small(&other);
        for (index, claim) in found.total.claims.iter().enumerate() {
            let sum: f64 = found.steps.iter().map(|step| step.effect.claims[index].change.difference).sum();
            assert!((sum - claim.change.difference).abs() < 1e-9, "{name}: {}", claim.id);
            let alone = there.order.claims.iter().find(|other| *other.id == *claim.id).unwrap();
            // A factor that is added last is summed last, which may turn what nearly ties.
            let off = (alone.estimate.probability - claim.to.probability).abs();
            assert!(off < 1e-9, "{name}: {} is off by {off}", claim.id);
        }
    }
    assert!(seen > 20);
}

fn run_small(scenario: &headstart::Scenario) -> headstart::analysis::Summary {
    headstart::analysis::summarize(scenario, small(), Control::none())
}

/// Slow evaluations are one edit in words that can be read.
#[test]
fn moved_scores_are_told_together() {
    let path = shipped("takeoff").path_to(&load("takeoff-slow-evals-2")).unwrap();
    let texts: Vec<&str> = path.steps.iter().map(|step| step.text.as_str()).collect();
    assert_eq!(texts, ["score.feedback_quality.{post_training, data_generation, agent_scaffolding} += -2"]);
}

/// Identical scenarios differ by exactly nothing; other words and other levers make no difference.
#[test]
fn nothing_differs_from_itself() {
    let takeoff = shipped("takeoff");
    let path = takeoff.path_to(&parse(&takeoff.to_ron())).unwrap();
    assert!(path.steps.is_empty() && path.left_out.is_empty());
    let found = diff(&takeoff, ("itself", &takeoff), path, small(), Control::none()).unwrap();
    assert!(found.total.claims.iter().all(|claim| claim.change.inert && claim.change.difference == 0.0));
    assert!(found.total.pairs.iter().all(|pairs| pairs.change.inert && pairs.change.difference == 0.0));
}

/// What cannot be compared is named: areas that are not the same; and an area in another group, while all else goes on.
#[test]
fn what_cannot_be_compared_is_named() {
    let takeoff = shipped("takeoff");
    let why = takeoff.path_to(&shipped("wheat")).unwrap_err().to_string();
    assert!(why.contains("cannot be compared") && why.contains("only the second has alta"), "{why}");
    let moved = takeoff.with_edits(&["group.ai_control = capabilities", "weight.insight = 2"]).unwrap();
    let path = takeoff.path_to(&moved.scenario).unwrap();
    assert_eq!(path.left_out, ["group.ai_control = capabilities"]);
    assert_eq!(path.steps.len(), 1);
    assert_eq!(path.steps[0].text, "weight.insight = 2");
}

/// A new shared input is a step in words, which changes nothing; and what refers to it is an edit that can be made after that.
#[test]
fn new_shared_inputs_come_before_what_refers_to_them() {
    let scenario =
        |score: &str, rest: &str| one_factor(&[score, "Uniform(min: 0, max: 1)"], &["Exact(0.5)"], rest);
    let before = scenario("Uniform(min: 0, max: 1)", "");
    let after = scenario("Ref(\"i\")", "inputs: [(id: \"i\", value: Uniform(min: 0.4, max: 1))]");
    let path = before.path_to(&after).unwrap();
    let texts: Vec<(&str, bool)> = path.steps.iter().map(|step| (step.text.as_str(), step.is_edit)).collect();
    assert_eq!(texts, [("new shared inputs: i", false), ("score.f.x0 = Ref(\"i\")", true)]);
    let made = path.steps[0].scenario.with_edits(&[texts[1].0]).unwrap().scenario;
    assert_eq!(made.to_ron(), path.steps[1].scenario.to_ron());
    let found = diff(&before, ("after", &after), path, small(), Control::none()).unwrap();
    assert!(found.steps[0].effect.claims.iter().all(|claim| claim.change.inert));
}

/// Scenarios whose worlds and shared inputs are called otherwise, or stand in another order, share no step about what refers to them: the
/// way says that in words, and ends where it should.
#[test]
fn ways_between_other_worlds_and_inputs_end() {
    let inputs = |ids: &[&str]| {
        let one = |id: &&str| format!("(id: \"{id}\", value: Uniform(min: 0.2, max: 0.8))");
        format!("inputs: [{}],", ids.iter().map(one).collect::<Vec<_>>().join(", "))
    };
    let discount = |by: &str| format!("discounts: [(id: \"d\", of: \"x0\", by: {by})],");
    let world = |id: &str| format!("(id: \"{id}\", outcomes: [(\"yes\", 0.3), (\"no\", 0.7)])");
    let by_world = |id: &str| format!("ByWorld(\"{id}\", {{\"yes\": 0.5, \"no\": 1}})");
    let with = |score: &str, rest: String| one_factor(&[score, "Exact(3)"], &["Exact(0.5)"], &rest);
    let worlds = |ids: &[&str]| {
        format!("worlds: [{}],", ids.iter().map(|id| world(id)).collect::<Vec<_>>().join(", "))
    };
    let all = [
        with("Exact(1)", inputs(&["a"]) + &discount("Ref(\"a\")")),
        with("Exact(1)", inputs(&["x", "y", "b"]) + &discount("Ref(\"b\")")),
        with("Exact(1)", discount("0.5")),
        with("Exact(1)", worlds(&["v", "w"]) + &discount(&by_world("w"))),
        with("Exact(1)", worlds(&["w"]) + &discount(&by_world("w"))),
        with(&by_world("w"), worlds(&["v", "w"])),
        with(&by_world("w"), inputs(&["a"]) + &worlds(&["v", "w"]) + &discount("Ref(\"a\")")),
        with("Ref(\"b\")", inputs(&["a", "b"]) + &worlds(&["v"]) + &discount(&by_world("v"))),
    ];
    for before in &all {
        for after in &all {
            let path = before.path_to(after).unwrap();
            match path.steps.last() {
                Some(last) => {
                    let there = after.with_words_of(&last.scenario);
                    assert_eq!(last.scenario.to_ron(), there.to_ron());
                }
                None => assert_eq!(before.to_ron(), after.to_ron()),
            }
            for step in &path.steps {
                assert_eq!(parse(&step.scenario.to_ron()).to_ron(), step.scenario.to_ron(), "{}", step.text);
            }
        }
    }
}
