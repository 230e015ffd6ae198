//! What the post and its commenters say of the model, each as a sentence that is asked of the shipped scenarios.

use crate::support::*;
use headstart::analysis::{ScenarioChange, Summary, compare_all, lever_scenarios, point_table};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

const N: u64 = 60_000;
const MEAN: &str = "mean(safety)<mean(capabilities)";
const FIRST: &str = "first(safety)<first(capabilities)";
const EVERY: &str = "last(capabilities)<first(safety)";
const MOST: &str = "most(capabilities<safety)";

fn edited(edit: &str) -> Scenario {
    shipped("takeoff").with_edits(&[edit]).unwrap().scenario
}

/// The probability of a claim.
fn p(summary: &Summary, id: &str) -> f64 {
    claim(summary, id).probability
}

/// How many of the 25 pairs have safety first, as expected.
fn pairs(summary: &Summary) -> f64 {
    summary.order.pairs[0].expected
}

fn area(scenario: &Scenario, id: &str) -> usize {
    scenario.areas().iter().position(|area| area.id == id).unwrap()
}

/// By how much edits of the shipped model move the expected number of pairs, each with its error.
fn moved(edits: &[String]) -> Vec<(f64, f64)> {
    let takeoff = shipped("takeoff");
    let changed = edits.iter().map(|edit| (edit.clone(), edited(edit))).collect();
    let compared =
        compare_all(&takeoff, changed, Run { draws: N, ..Run::default() }, Control::none()).unwrap();
    compared.iter().map(|one| (one.pairs[0].change.difference, one.pairs[0].change.mcse)).collect()
}

const FACTORS: [&str; 7] = [
    "task_length",
    "insight",
    "data_availability",
    "feedback_quality",
    "compute_vs_labour",
    "scheming_risk",
    "economic_incentive",
];

/// "Most capabilities areas come before safety": most pairs in nearly all draws, on average too; but not every one before
/// every one. These are three claims with very different probabilities.
#[test]
fn most_capabilities_areas_come_before_safety_areas() {
    let summary = run(&shipped("takeoff"), N);
    assert!(p(&summary, MOST) > 0.98 && p(&summary, MEAN) < 0.01);
    assert!((0.05..0.15).contains(&p(&summary, EVERY)));
}

/// "Only pre-training is an exception, because of compute": it comes after some safety area, after more of them than any
/// other capabilities area; and without the compute factor it does so far less often.
#[test]
fn only_pre_training_is_an_exception_because_of_compute() {
    let takeoff = shipped("takeoff");
    let behind = |summary: &Summary, j: usize| -> f64 {
        (0..5).map(|i| summary.order.before[i][j].unwrap().probability).sum()
    };
    let summary = run(&takeoff, N);
    let pre = area(&takeoff, "pre_training");
    assert!(p(&summary, "pre_training_after_a_safety_area") > 0.85);
    assert!((5..10).filter(|&j| j != pre).all(|j| behind(&summary, j) < behind(&summary, pre)));
    let without = run(&edited("drop compute_vs_labour"), N);
    assert!(p(&without, "pre_training_after_a_safety_area") < 0.2);
    assert!(behind(&without, pre) < 0.1 * behind(&summary, pre));
}

/// "Removing scheming does not change the conclusion."
#[test]
fn removing_scheming_does_not_change_the_conclusion() {
    let summary = run(&edited("drop scheming_risk"), N);
    assert!(p(&summary, MOST) > 0.98 && p(&summary, MEAN) < 0.02 && p(&summary, FIRST) < 0.02);
}

/// "Feedback quality moves the result most": dropping it moves more pairs than dropping any other factor, and it alone turns the
/// conclusion.
#[test]
fn feedback_quality_moves_the_result_most() {
    let drops = moved(&FACTORS.map(|factor| format!("drop {factor}")));
    let (feedback, error) = drops[3];
    for (k, (other, other_error)) in drops.iter().enumerate().filter(|(k, _)| *k != 3) {
        let apart = BOUND * (error * error + other_error * other_error).sqrt();
        assert!(feedback.abs() - other.abs() > apart, "{}: {other} against {feedback}", FACTORS[k]);
        assert!(p(&run(&edited(&format!("drop {}", FACTORS[k])), N), MEAN) < 0.5);
    }
    assert!(p(&run(&load("takeoff-no-feedback"), N), MEAN) > 0.5);
}

/// What doubling a factor does: every factor in which capabilities have the higher scores makes more pairs theirs, and compute,
/// in which safety has, gives safety more than any other; task length, whose gap is about 0 on average, gives it some.
#[test]
fn doubling_a_factor_helps_those_who_score_higher_on_it() {
    let doubled = moved(&FACTORS.map(|factor| format!("weight.{factor} *= 2")));
    for (factor, (pairs, error)) in FACTORS.iter().zip(&doubled) {
        let for_safety = matches!(*factor, "compute_vs_labour" | "task_length");
        assert!((*pairs > BOUND * error) == for_safety, "{factor}: {pairs}");
        assert!((*pairs < -BOUND * error) != for_safety, "{factor}: {pairs}");
    }
    assert!(doubled.iter().all(|(pairs, _)| *pairs <= doubled[4].0));
}

/// "The scheming weight was halved because scheming is uncertain": the full weight in a world of one half has the same mean, and
/// so the same mean overall score of each area at central numbers.
#[test]
fn halving_the_weight_of_scheming_says_one_half() {
    let world = edited("world.scheming.scheming = 0.5");
    let halved = load("takeoff-published");
    let [one, other] = [&world, &halved].map(|scenario| {
        let scheming = scenario.factors().iter().find(|factor| factor.id == "scheming_risk").unwrap();
        scenario.central(&scheming.weight)
    });
    assert!((one - other).abs() < 1e-12 && (one - 0.4).abs() < 1e-12);
}

/// "Scheming is bimodal; alignment may be on par": the two worlds have very different answers, but even where AIs are honest
/// capabilities come first in most pairs; as a veto on safety where they scheme it matters more.
#[test]
fn scheming_is_bimodal() {
    let summary = run(&shipped("takeoff"), N);
    let [scheming, honest] = [0, 1].map(|world| &summary.worlds[world].order);
    let of = |order: &headstart::analysis::OrderSummary, id: &str| {
        order.claims.iter().find(|claim| claim.id == id).unwrap().estimate.probability
    };
    assert!(of(scheming, EVERY) > 3.0 * of(honest, EVERY));
    assert!(of(honest, MOST) > 0.98);
    let veto = run(&load("takeoff-veto"), N);
    assert!(p(&veto, EVERY) > 2.0 * p(&summary, EVERY));
}

/// "Feedback gets worse for capabilities as models get stronger: evaluations get slower": by 2 points capabilities stay ahead,
/// by 4 points too, but then safety is ahead on average in one of five draws, and has most of the pairs in one of four.
#[test]
fn slow_evaluations_help_safety() {
    let [none, two, four] =
        [shipped("takeoff"), load("takeoff-slow-evals-2"), load("takeoff-slow-evals-4")].map(|s| run(&s, N));
    assert!(pairs(&none) < pairs(&two) && pairs(&two) < pairs(&four));
    assert!(p(&two, MOST) > 0.93 && (0.7..0.8).contains(&p(&four, MOST)));
    assert!((0.17..0.23).contains(&p(&four, MEAN)));
}

/// Slow evaluations do nothing to training efficiency, where capability is held constant, nor to pre-training: their order
/// against every safety area is the same in every draw.
#[test]
fn slow_evaluations_leave_two_areas_alone() {
    let takeoff = shipped("takeoff");
    let ids = [
        "interpretability",
        "alignment_theory",
        "scalable_oversight",
        "ai_control",
        "dangerous_capability_evals",
    ];
    let claims =
        ids.iter().flat_map(|id| ["pre_training", "training_efficiency"].map(|j| format!("{id} before {j}")));
    let asked = claims.fold(takeoff, |scenario, claim| scenario.with_claim(&claim).unwrap());
    let slow = vec![("slow".to_owned(), load("takeoff-slow-evals-4"))];
    let compared: Vec<ScenarioChange> =
        compare_all(&asked, slow, Run { draws: N, ..Run::default() }, Control::none()).unwrap();
    let pairs: Vec<_> = compared[0].claims.iter().filter(|claim| claim.id.contains(" before ")).collect();
    assert_eq!(pairs.len(), 10);
    assert!(pairs.iter().all(|claim| claim.change.inert));
}

/// "Quantity over quality is an eighth factor; it favours data generation, AI control and dangerous capability evaluations":
/// these three move towards the first rank, and no other area does.
#[test]
fn quantity_favours_three_areas() {
    let (without, with) = (run(&shipped("takeoff"), N), run(&load("takeoff-quantity"), N));
    let rank = |summary: &Summary, area: usize| -> f64 {
        summary.order.ranks[area].iter().enumerate().map(|(r, p)| r as f64 * p.probability).sum()
    };
    let favoured = ["data_generation", "ai_control", "dangerous_capability_evals"];
    for (index, area) in shipped("takeoff").areas().iter().enumerate() {
        let gained = rank(&without, index) - rank(&with, index) > 0.05;
        assert_eq!(gained, favoured.contains(&area.id.as_str()), "{}", area.id);
    }
}

/// Read as equally weighted, as a commenter did at first, the conclusion is stronger.
#[test]
fn equal_weights_make_the_conclusion_stronger() {
    let (stated, equal) = (run(&shipped("takeoff"), N), run(&load("takeoff-equal-weights"), N));
    assert!(p(&equal, EVERY) > 4.0 * p(&stated, EVERY) && pairs(&equal) < 0.25 * pairs(&stated));
}

/// "Feedback and developers' incentives are the biggest factors": with these two alone every capabilities area comes before
/// every safety area.
#[test]
fn two_factors_alone_leave_no_doubt() {
    assert!(p(&run(&load("takeoff-two-factors"), N), EVERY) > 0.99);
}

/// "The weights are the weak point": under all weightings alike capabilities are still ahead, but in fewer draws.
#[test]
fn the_conclusion_holds_for_nearly_all_weightings() {
    let simplex = run(&load("takeoff-simplex"), N);
    assert!(p(&simplex, MOST) > 0.96);
    assert!(p(&simplex, MOST) < p(&run(&load("takeoff-published"), N), MOST));
}

/// One pair flips on the rounding of the table alone: without scheming, at central numbers, Dangerous Capability Evals and
/// Post-training; and with two factors alone the eighths make Post-training and Agent scaffolding tie.
#[test]
fn rounding_flips_one_pair_and_hides_a_tie() {
    let point = |scenario: &Scenario, id: &str| point_table(scenario).overall_scores[area(scenario, id)];
    let gap = |scenario: &Scenario| {
        let without = scenario.with_edits(&["drop scheming_risk"]).unwrap().scenario;
        point(&without, "dangerous_capability_evals") - point(&without, "post_training")
    };
    let (rounded, eighths) = (shipped("takeoff"), load("takeoff-eighths"));
    assert!(gap(&rounded) * gap(&eighths) < 0.0, "{} and {}", gap(&rounded), gap(&eighths));
    let two = |scenario: &Scenario| {
        let drop = FACTORS.iter().filter(|f| !matches!(**f, "feedback_quality" | "economic_incentive"));
        let edits: Vec<String> = drop.map(|factor| format!("drop {factor}")).collect();
        let alone = scenario.with_edits(&edits).unwrap().scenario;
        point(&alone, "post_training") - point(&alone, "agent_scaffolding")
    };
    assert!(two(&rounded).abs() > 1e-6 && two(&eighths).abs() < 1e-12);
}

/// Documentation is nearly inert, since data has a weight of 0.2: of all levers it moves the fewest pairs; better feedback moves
/// the most.
#[test]
fn documentation_is_nearly_inert() {
    let takeoff = shipped("takeoff");
    let run = Run { draws: N, ..Run::default() };
    let compared = compare_all(&takeoff, lever_scenarios(&takeoff).unwrap(), run, Control::none()).unwrap();
    let moved = |starts: &str| {
        let one = compared.iter().find(|one| one.name.starts_with(starts)).unwrap();
        one.pairs[0].change.difference
    };
    let alone = compared.iter().filter(|one| !one.name.contains("spillover"));
    for one in alone {
        let pairs = one.pairs[0].change.difference;
        assert!(pairs >= moved("Documentation") && pairs <= moved("Better feedback"), "{}", one.name);
    }
}
