//! Levers, sweeps and differences of a scenario without claims: which area is first is the question.

use crate::support::*;
use headstart::analysis::{ScenarioChange, Vary, compare_all, diff, lever_scenarios, points, sweep};
use headstart::report::{ComparedPoints, Style, compared_text, diff_text, sweep_text};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

const RUN: Run =
    Run { draws: 20_000, seed: 1, threads: None, arithmetic: headstart::sampler::Arithmetic::Auto };
const STYLE: Style = Style::plain(100);

/// Three areas of one group; a lever lifts the last.
fn three(rest: &str) -> Scenario {
    parse(&format!(
        "Scenario(title: \"test\", groups: [(id: \"g\", name: \"G\")],
         areas: [(id: \"a\", name: \"A\", group: \"g\"), (id: \"b\", name: \"B\", group: \"g\"), (id: \"c\", name: \"C\", group: \"g\")],
         factors: [(id: \"f\", weight: Exact(1), scores: [Uniform(min: 0, max: 1), Uniform(min: 0, max: 1), Uniform(min: 0, max: 1)])],
         levers: [(id: \"up\", name: \"Up\", edits: [\"score.f.c += 0.5\"])], {rest})"
    ))
}

/// Each of three alike is first with a third; one that is lifted by a half with (0.5 + the integral of x^2 from 0.5 to 1) = 19/24.
fn check(one: &ScenarioChange) {
    let ids: Vec<&str> = one.claims.iter().map(|claim| &*claim.id).collect();
    assert_eq!(ids, ["first(a)", "first(b)", "first(c)"]);
    for (claim, truth) in one.claims.iter().zip([5.0 / 48.0, 5.0 / 48.0, 19.0 / 24.0]) {
        assert_near(claim.from, 1.0 / 3.0, &claim.text);
        assert_near(claim.to, truth, &claim.text);
        assert!(!claim.change.inert && claim.change.is_settled());
    }
}

#[test]
fn which_area_is_first_is_the_question_without_claims() {
    let scenario = three("");
    let lifted = scenario.with_edits(&["score.f.c += 0.5"]).unwrap().scenario;
    let compared = compare_all(&scenario, lever_scenarios(&scenario).unwrap(), RUN, Control::none()).unwrap();
    check(&compared[0]);
    let text = compared_text(&scenario, RUN, &compared, "Effect of each lever", STYLE);
    assert!(text.contains("First of all areas: C") && !text.contains("No effect"), "{text}");

    let path = scenario.path_to(&lifted).unwrap();
    let found = diff(&scenario, ("lifted", &lifted), path, RUN, Control::none()).unwrap();
    check(&found.total);
    assert!(!diff_text(&scenario, RUN, &found, STYLE).contains("(no effect"));

    let all = points(&scenario, &[Vary::new("score.f.c += [0, 0.5]", 2).unwrap()]).unwrap();
    let swept = sweep(&scenario, &all, RUN, Control::none()).unwrap();
    check(&swept[1]);
    let text =
        sweep_text(&scenario, RUN, ComparedPoints::new(&swept, &["score.f.c +=".to_owned()], None), STYLE);
    assert!(text.contains("First of all areas: A"), "{text}");
}

/// Where there is a claim it alone is asked about, and a single area comes before nobody.
#[test]
fn a_claim_of_its_own_is_the_only_one() {
    let stated = three("claims: [(id: \"own\", text: \"Own\", before: (Area(\"a\"), Area(\"b\")))]");
    let compared = compare_all(&stated, lever_scenarios(&stated).unwrap(), RUN, Control::none()).unwrap();
    assert_eq!(compared[0].claims.len(), 1);
    let alone = parse(
        "Scenario(title: \"test\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\")],
         factors: [(id: \"f\", weight: Exact(1), scores: [Uniform(min: 0, max: 1)])])",
    );
    assert!(three("").first_claims().len() == 3 && alone.first_claims().is_empty());
}
