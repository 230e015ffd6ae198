//! What is said about mistakes in laws of weights, dependence, worlds, discounts, raters, asserts and tables.

use super::messages::{Case, check_cases};
use headstart::Scenario;
use headstart::error::Code;

/// Put before the list of factors, which is on line 8 of the good scenario.
macro_rules! before_factors {
    ($text:literal) => {
        concat!($text, " factors: [")
    };
}

pub const CASES: &[Case] = &[
    (
        "factors: [",
        before_factors!("weights: Dirichle(concentration: 3),"),
        Code::UnknownName,
        8,
        "Dirichle",
        "did you mean `Dirichlet`",
    ),
    ("factors: [", before_factors!("weights: 5,"), Code::WrongKind, 8, "5", "the law of the weights"),
    (
        "factors: [",
        before_factors!("shared_errors: (factor: 1.5),"),
        Code::OutOfRange,
        8,
        "1.5",
        "lies between -1 and 1",
    ),
    (
        "factors: [",
        before_factors!("shared_errors: (factor: 0.8, area: 0.8),"),
        Code::OutOfRange,
        8,
        "(factor: 0.8, area: 0.8)",
        "squares of the loadings sum to 1.280",
    ),
    (
        "factors: [",
        before_factors!("shared_errors: (grop: 0.5),"),
        Code::UnknownField,
        8,
        "grop",
        "did you mean `group`",
    ),
    (
        "factors: [",
        before_factors!("residual: (sd: 0),"),
        Code::OutOfRange,
        8,
        "0",
        "`sd` must be greater than 0",
    ),
    (
        "factors: [",
        before_factors!("residual: (sd: 1, group: 2),"),
        Code::OutOfRange,
        8,
        "2",
        "between -1 and 1",
    ),
    (
        "factors: [",
        before_factors!("inputs: [(id: \"i\", value: \"x\")],"),
        Code::WrongKind,
        8,
        "\"x\"",
        "an input as a distribution",
    ),
    (
        "factors: [",
        before_factors!("inputs: [(id: \"i\", value: Norml(mean: 1, sd: 1))],"),
        Code::UnknownName,
        8,
        "Norml",
        "did you mean `Normal`",
    ),
    (
        "factors: [",
        before_factors!("discounts: [(id: \"d\", of: \"@c\", by: 0)],"),
        Code::UnknownName,
        8,
        "\"@c\"",
        "unknown group `c`",
    ),
    (
        "factors: [",
        before_factors!("discounts: [(id: \"d\", of: \"r\", by: 0)],"),
        Code::UnknownName,
        8,
        "\"r\"",
        "unknown area `r`",
    ),
    (
        "factors: [",
        before_factors!("discounts: [(id: \"d\", of: \"*\", by: 1.5)],"),
        Code::OutOfRange,
        8,
        "1.5",
        "a share lies between 0 and 1",
    ),
    (
        "factors: [",
        before_factors!("discounts: [(id: \"d\", of: \"*\", by: Normal(mean: 0.5, sd: 0.1))],"),
        Code::OutOfRange,
        8,
        "Normal(mean: 0.5, sd: 0.1)",
        "can lie outside 0 to 1",
    ),
    (
        "factors: [",
        before_factors!("correlations: [(between: [\"score.f.p\", \"score.f.z\"], rank: 0.5)],"),
        Code::UnknownName,
        8,
        "\"score.f.z\"",
        "unknown area `z`",
    ),
    (
        "factors: [",
        before_factors!("correlations: [(between: [\"score.f.p\", \"score.g.p\"], rank: 0.5)],"),
        Code::UnknownName,
        8,
        "\"score.g.p\"",
        "is certain",
    ),
    (
        "factors: [",
        before_factors!("correlations: [(between: [\"score.f.p\"], rank: 0.5)],"),
        Code::WrongLength,
        8,
        "[\"score.f.p\"]",
        "between different numbers",
    ),
    (
        "factors: [",
        before_factors!("correlations: [(between: [\"score.f.p\", \"score.f.q\"])],"),
        Code::MissingField,
        8,
        "(",
        "either a `rank` or a `normal`",
    ),
    (
        "factors: [",
        before_factors!("correlations: [(between: [\"score.f.p\", \"score.f.q\"], rank: 1.5)],"),
        Code::OutOfRange,
        8,
        "1.5",
        "between -1 and 1",
    ),
    (
        "factors: [",
        before_factors!("correlations: [(between: [\"score.f.p\", \"world.w.x\"], rank: 0.5)],"),
        Code::UnknownName,
        8,
        "\"world.w.x\"",
        "only weights, scores and shared inputs",
    ),
    (
        "factors: [",
        before_factors!(
            "correlations: [(between: [\"score.f.p\", \"score.f.q\", \"weight.f\"], rank: -0.9)],"
        ),
        Code::OutOfRange,
        8,
        "[",
        "are inconsistent",
    ),
    (
        "factors: [",
        before_factors!(
            "shared_errors: (area: 0.5), correlations: [(between: [\"score.f.p\", \"score.f.q\"], rank: 0.5)],"
        ),
        Code::Duplicate,
        8,
        "[",
        "have shared errors",
    ),
    (
        "factors: [",
        before_factors!("asserts: [\"P(p before q) > 2\"],"),
        Code::Claim,
        8,
        "\"P(p before q) > 2\"",
        "between 0 and 1",
    ),
    (
        "factors: [",
        before_factors!("asserts: [\"p before q\"],"),
        Code::Claim,
        8,
        "\"p before q\"",
        "expected P(",
    ),
    (
        "factors: [",
        before_factors!("asserts: [\"P(p before z) > 0.5\"],"),
        Code::Claim,
        8,
        "\"P(p before z) > 0.5\"",
        "unknown area `z`",
    ),
    (
        "factors: [",
        before_factors!("asserts: [\"P(nothing) > 0.5\"],"),
        Code::Claim,
        8,
        "\"P(nothing) > 0.5\"",
        "unknown claim `nothing`",
    ),
    (
        "factors: [",
        before_factors!("levers: [(id: \"l\", edits: [\"weight.z *= 2\"])],"),
        Code::Edit,
        8,
        "\"weight.z *= 2\"",
        "unknown factor `z`",
    ),
    (
        "factors: [",
        before_factors!("allow: [\"L999\"],"),
        Code::UnknownName,
        8,
        "\"L999\"",
        "unknown warning `L999`",
    ),
    // Values.
    ("Normal(mean: 3, sd: 1)", "Ref(\"i\")", Code::UnknownName, 10, "\"i\"", "unknown input `i`"),
    (
        "Normal(mean: 3, sd: 1)",
        "Relative(to: \"i\", by: 1)",
        Code::UnknownName,
        10,
        "\"i\"",
        "unknown input `i`",
    ),
    (
        "Normal(mean: 3, sd: 1)",
        "Raters([(5, 3), (0, 4)])",
        Code::OutOfRange,
        10,
        "0",
        "the weight of a rater must be greater than 0",
    ),
    ("Normal(mean: 3, sd: 1)", "Raters([3])", Code::WrongKind, 10, "3", "a rater as (weight, value)"),
    (
        "Normal(mean: 3, sd: 1)",
        "Raters([(1, ByWorld(\"w\", {\"x\": 1, \"y\": 2}))])",
        Code::WrongKind,
        10,
        "ByWorld",
        "cannot be used inside Raters",
    ),
    ("Normal(mean: 3, sd: 1)", "Raters([])", Code::Empty, 10, "[]", "expected at least one, found no raters"),
    ("weight: 2", "weight: Raters([(1, 2), (1, 3)])", Code::WrongKind, 9, "Raters", "only as a score"),
    ("weight: 2", "weight: Relative(to: \"i\", by: 1)", Code::WrongKind, 9, "Relative", "only as a score"),
    (
        "Normal(mean: 3, sd: 1)",
        "Samples(file: \"none.csv\", column: \"c\")",
        Code::Base,
        10,
        "Samples",
        "no samples from `none.csv`: this text may name no other file",
    ),
    // Worlds.
    (
        "(\"y\", 0.7)",
        "(\"y\", Rest), (\"z\", Rest)",
        Code::Probability,
        6,
        "[(\"x\", 0.3), (\"y\", Rest), (\"z\", Rest)]",
        "only one outcome can have the rest",
    ),
    (
        "(\"y\", 0.7)",
        "(\"y\", Beta(alpha: 2, beta: 2))",
        Code::Probability,
        6,
        "[(\"x\", 0.3), (\"y\", Beta(alpha: 2, beta: 2))]",
        "has to be the rest",
    ),
    (
        "(\"y\", 0.7)",
        "(\"y\", Normal(mean: 0.7, sd: 0.1))",
        Code::Probability,
        6,
        "Normal(mean: 0.7, sd: 0.1)",
        "between 0 and 1",
    ),
    (
        "outcomes: [(\"x\", 0.3), (\"y\", 0.7)]",
        "given: \"v\", outcomes: {}",
        Code::UnknownName,
        6,
        "\"v\"",
        "unknown world before this one `v`",
    ),
];

#[test]
fn one_mistake_one_message() {
    check_cases(CASES);
}

/// Three factors without weights of their own, and a law in `weights`.
fn law(law: &str) -> Result<Scenario, String> {
    let text = format!(
        "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"g\")],
         weights: {law}, factors: [(id: \"a\", scores: [1, 2]), (id: \"b\", scores: [3, 2]), (id: \"c\", scores: [1, 1])])"
    );
    Scenario::from_ron("law.ron", &text).map_err(|problems| problems.render(false))
}

#[test]
fn laws_that_cannot_be() {
    for (text, words) in [
        ("Ranked([\"a\", \"z\"])", "unknown factor `z`"),
        ("Ranked([\"a\", \"a\"])", "two places in this order have the id `a`"),
        ("Ranked([\"a\"])", "an order has at least two factors"),
        ("Ranked(\"a\")", "as a list"),
        ("Bounded({\"a\": 0.6, \"b\": 0.5})", "sum to 1.1, which is more than the whole"),
        ("Bounded({\"a\": 1.6})", "lies between 0 and 1"),
        ("Bounded({\"z\": 0.1})", "unknown factor `z`"),
        ("Bounded([0.1])", "as a map"),
        ("Constrained([])", "expected at least one, found no constraints"),
        ("Constrained([AtLest(\"a\", 0.1)])", "did you mean `AtLeast`"),
        ("Constrained([AtLeast(\"a\", 0.6), AtLeast(\"b\", 0.6)])", "this constraint contradicts the others"),
        ("Constrained([Ratio(of: \"a\", to: \"a\", min: 1)])", "two different factors"),
        ("Constrained([Ratio(of: \"a\", to: \"b\", min: 3, max: 2)])", "from at least 0 up"),
        ("Constrained([Ratio(of: \"a\", to: \"b\")])", "has no `min`"),
        ("Constrained([Prefer(\"x\", \"z\")])", "unknown area `z`"),
        (
            "Constrained([Order([\"a\", \"b\"]), Ratio(of: \"b\", to: \"a\", min: 2), AtLeast(\"a\", 0.1)])",
            "this constraint contradicts the others",
        ),
        ("Dirichlet(concentration: 3)", "` has no `weight`"),
        ("Simplex(3)", ""),
    ] {
        match law(text) {
            Ok(_) => assert!(words.is_empty(), "{text} is refused"),
            Err(message) => assert!(message.contains(words), "{text}\n{message}"),
        }
    }
    for fine in
        ["Ranked([\"a\", \"b\", \"c\"])", "Ranked([\"c\", \"a\"])", "Constrained([Prefer(\"x\", \"y\")])"]
    {
        assert!(law(fine).is_ok(), "{fine}");
    }
    let dirichlet = |weight: &str, concentration: &str| {
        let text = format!(
            "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"x\", group: \"g\")],
             weights: Dirichlet(concentration: {concentration}), factors: [(id: \"a\", weight: {weight}, scores: [1]), (id: \"b\", weight: 1, scores: [1])])"
        );
        Scenario::from_ron("law.ron", &text).map_err(|problems| problems.render(false))
    };
    assert!(dirichlet("2", "5").is_ok());
    assert!(dirichlet("0", "5").unwrap_err().contains("greater than 0"));
    assert!(dirichlet("Uniform(min: 1, max: 2)", "5").unwrap_err().contains("as a number"));
    assert!(dirichlet("2", "0.01").unwrap_err().contains("this law makes no weights"));
}

fn four_areas(rest: &str, factors: &str) -> Scenario {
    crate::support::parse(&format!(
        "Scenario(title: \"t\", scale: (min: 0, max: 10), groups: [(id: \"g\")], areas: [
            (id: \"a\", group: \"g\"), (id: \"b\", group: \"g\"), (id: \"c\", group: \"g\"), (id: \"d\", group: \"g\")],
         {rest} factors: [{factors}])"
    ))
}

/// Every warning on a scenario that has what it looks for, and nothing on one that has not.
#[test]
fn every_lint_is_said_where_it_applies_and_nowhere_else() {
    let scenario = four_areas;
    let good = "(id: \"f\", weight: 2, scores: [1, 4, 7, 9]), (id: \"h\", weight: 1, scores: [7, 2, 3, 5]),";
    let codes = |scenario: &Scenario| -> Vec<&str> {
        scenario
            .lints()
            .iter()
            .map(|lint| lint.code)
            .chain(headstart::analysis::claim_lints(scenario).iter().map(|lint| lint.code))
            .collect()
    };
    assert_eq!(codes(&scenario("spread: (score: Triangular(half_width: 0.5)),", good)), [""; 0]);
    let mixture = "Mixture([(0.3, Exact(2)), (0.7, Uniform(min: 3, max: 8))])";
    for (code, rest, factors) in [
        ("L001", "", format!("{good} (id: \"m\", weight: 3, scores: [1, {mixture}, {mixture}, 4]),")),
        ("L002", "spread: (score: Triangular(half_width: 3)),", good.to_owned()),
        ("L003", "", format!("{good} (id: \"m\", weight: 3, scores: [2, 2, 2, 2]),")),
        ("L004", "", format!("{good} (id: \"m\", weight: 3, scores: [2, 2.5, 2.1, 2]),")),
        ("L005", "worlds: [(id: \"w\", outcomes: [(\"x\", 1)])],", good.to_owned()),
        ("L005", "inputs: [(id: \"i\", value: Normal(mean: 0, sd: 1))],", good.to_owned()),
        (
            "L006",
            "",
            good.replace("weight: 2", "weight: 1") + "(id: \"m\", weight: 1, scores: [4, 3, 9, 1]),",
        ),
        ("L007", "", format!("{good} (id: \"m\", weight: 3, scores: [1, Normal(mean: 5, sd: 0.01), 9, 4]),")),
        ("L008", "", format!("{good} (id: \"m\", weight: 3, scores: [2, 3, 5, 8]),")),
        ("L009", "claims: [(id: \"c\", text: \"t\", before: (Area(\"d\"), Area(\"a\")))],", good.to_owned()),
        ("L010", "", format!("{good} (id: \"m\", name: \"f\", weight: 3, scores: [2, 9, 1, 8]),")),
        (
            "L011",
            "",
            format!(
                "{good} (id: \"m\", weight: 3, value: Linear(worst: 0, best: 1), scores: [0, 1, Normal(mean: 1, sd: 0.3), 0.5]),"
            ),
        ),
    ] {
        let odd = scenario(rest, &factors);
        assert_eq!(codes(&odd), [code], "{factors}");
        assert_eq!(codes(&scenario(&format!("{rest} allow: [\"{code}\"],"), &factors)), [""; 0]);
    }
    for name in crate::support::library() {
        let shipped = crate::support::load(&name);
        assert_eq!(codes(&shipped), [""; 0], "{name} has nothing odd that it does not allow");
    }
}

/// What is odd about a factor beside another one with nothing odd: the places, and the codes with what is said.
fn oddities(rest: &str, factor: &str) -> Vec<(String, String)> {
    let factors = format!("(id: \"m\", {factor}), (id: \"h\", weight: 1, scores: [7, 4, 3, 5])");
    let lints = four_areas(rest, &factors).lints();
    lints.into_iter().map(|lint| (lint.place, format!("{}: {}", lint.code, lint.message))).collect()
}

#[track_caller]
fn none(rest: &str, factor: &str) {
    assert_eq!(oddities(rest, factor), [], "{factor}");
}

#[track_caller]
fn one(rest: &str, factor: &str, place: &str, message: &str) {
    assert_eq!(oddities(rest, factor), [(place.to_owned(), message.to_owned())], "{factor}");
}

/// Where warnings of scores begin, what they are about, and the numbers that they tell: each on both sides of its bound.
#[test]
fn lints_of_scores_tell_how_much() {
    // The means of (0, 1, 4) and (5.5, 8.5, 10) are 5/3 and 8.
    one(
        "spread: (score: Triangular(half_width: 3)),",
        "weight: 3, scores: [8.5, 1, 5, 6]",
        "score.m.b",
        "L002: the spread of each of 2 scores is cut off at an end of the scale, so that its mean is not the number in the table; here the mean moves by +0.67",
    );
    // A hundredth of the scale is 0.1: the mean of (8.4, 9.4, 10) is 0.133 lower than 9.4, that of (8.2, 9.2, 10) 0.067 than 9.2.
    one(
        "spread: (score: Triangular(half_width: 1)),",
        "weight: 3, scores: [9.4, 2, 5, 6]",
        "score.m.a",
        "L002: the spread of a score is cut off at an end of the scale, so that its mean is not the number in the table; here the mean moves by -0.13",
    );
    none("spread: (score: Triangular(half_width: 1)),", "weight: 3, scores: [9.2, 2, 5, 6]");
    let inputs =
        "inputs: [(id: \"i\", value: Normal(mean: 2, sd: 1)), (id: \"j\", value: Normal(mean: 8, sd: 1))],";
    one(
        "inputs: [(id: \"i\", value: Normal(mean: 2, sd: 1))],",
        "weight: 3, scores: [Ref(\"i\"), Ref(\"i\"), Ref(\"i\"), Ref(\"i\")]",
        "m",
        "L003: every area has the same score on m, so this factor cannot affect the order",
    );
    none(inputs, "weight: 3, scores: [Ref(\"i\"), Ref(\"i\"), Ref(\"i\"), Ref(\"j\")]");
    none("", "weight: 3, scores: [1, 1, 1, 3]");
    one(
        "",
        "weight: 3, scores: [2, 2.5, 2.1, 2]",
        "m",
        "L004: the scores on m span 0.50 of 10, under a tenth of the scale",
    );
    none("", "weight: 3, scores: [2, 3, 2, 2]");
    // What counts is the range of the value function where there is one.
    one(
        "",
        "weight: 3, value: Linear(worst: 18, best: -2), scores: [2, 3.5, 2, 3]",
        "m",
        "L004: the scores on m span 1.50 of 20, under a tenth of the scale",
    );
    none("", "weight: 3, value: Linear(worst: 18, best: -2), scores: [2, 4, 2, 3]");
    // 90 % of a uniform range are a fiftieth of the scale, 0.2, at a width of 0.2222.
    one(
        "",
        "weight: 3, scores: [1, Uniform(min: 5, max: 5.22), 9, 4]",
        "score.m.b",
        "L007: the 90% range of Uniform(min: 5, max: 5.22) is only 0.198 wide",
    );
    none("", "weight: 3, scores: [1, Uniform(min: 5, max: 5.23), 9, 4]");
    none("", "weight: 3, scores: [1, Exact(5), 9, 4]");
    // A twentieth outside of 0 to 4, at either end.
    for (score, is_odd) in [
        ("Uniform(min: 0, max: 4.2)", false),
        ("Uniform(min: 0, max: 4.3)", true),
        ("Uniform(min: -0.2, max: 4)", false),
        ("Uniform(min: -0.3, max: 4)", true),
    ] {
        for value in ["worst: 0, best: 4", "worst: 4, best: 0"] {
            let factor = format!("weight: 3, value: Linear({value}), scores: [{score}, 3, 1, 2]");
            if is_odd {
                let message =
                    "L011: more than 5% of this distribution lies outside 0 to 4 and is extrapolated";
                one("", &factor, "score.m.a", message);
            } else {
                none("", &factor);
            }
        }
    }
}

/// The same of what is declared, of private coins, and of several factors.
#[test]
fn lints_of_the_whole_tell_how_much() {
    let given = "worlds: [(id: \"w\", outcomes: [(\"x\", 0.5), (\"y\", 0.5)]),
        (id: \"v\", given: \"w\", outcomes: {\"x\": [(\"s\", 0.5), (\"t\", 0.5)], \"y\": [(\"s\", 0.1), (\"t\", 0.9)]})],";
    none(given, "weight: 3, scores: [ByWorld(\"v\", {\"s\": 1, \"t\": 8}), 5, 9, 4]");
    none(given, "weight: ByWorld(\"v\", {\"s\": 1, \"t\": 3}), scores: [1, 5, 9, 4]");
    one(
        given,
        "weight: 3, scores: [ByWorld(\"w\", {\"x\": 1, \"y\": 8}), 5, 9, 4]",
        "v",
        "L005: the world `v` is never used",
    );
    let discounts = "inputs: [(id: \"i\", value: Uniform(min: 0.5, max: 1))], discounts: [(id: \"d\", of: \"a\", by: Ref(\"i\"))],";
    none(discounts, "weight: 3, scores: [1, 5, 9, 4]");
    one(
        "inputs: [(id: \"i\", value: Uniform(min: 0.5, max: 1))],",
        "weight: 3, scores: [1, 5, 9, 4]",
        "i",
        "L005: the input `i` is never used",
    );
    let mixture = |p: f64| format!("Mixture([({p}, Exact(2)), ({}, Uniform(min: 3, max: 8))])", 1.0 - p);
    let mixtures = |p: f64, q: f64| format!("weight: 3, scores: [1, {}, {}, 4]", mixture(p), mixture(q));
    one(
        "",
        &mixtures(0.25, 0.25),
        "score.m.b",
        "L001: 2 inputs are mixtures with the same probabilities (0.25, 0.75) but are drawn independently",
    );
    none("", &mixtures(0.25, 0.5));
    // Two ranks are too few to be alike by more than chance; equal scores share one.
    let named = |one: &str, other: &str| {
        let factors =
            format!("(id: \"m\", weight: 3, scores: [{one}]), (id: \"h\", weight: 1, scores: [{other}])");
        let lints = four_areas("", &factors).lints();
        lints.into_iter().map(|lint| (lint.place, lint.message)).collect::<Vec<_>>()
    };
    assert_eq!(named("1, 1, 9, 9", "2, 2, 5, 5"), []);
    assert_eq!(
        named("1, 1, 5, 9", "2, 2, 5, 6"),
        [("h".to_owned(), "m and h rank the areas alike".to_owned())]
    );
    assert_eq!(named("1, 2, 5, 9", "2, 2, 5, 6"), []);
    let alike = "(id: \"f\", weight: 4, scores: [1, 4, 7, 9]), (id: \"k\", weight: 4, scores: [7, 2, 3, 5])";
    assert_eq!(four_areas("", alike).lints(), [], "two weights alike are no habit");
    let third = four_areas("", &format!("{alike}, (id: \"l\", weight: 4, scores: [2, 9, 1, 8])")).lints();
    assert_eq!(third[0].message, "all 3 weights are 4");
    let never = four_areas(
        "claims: [(id: \"c\", text: \"t\", before: (Area(\"d\"), Area(\"a\")))],",
        "(id: \"f\", weight: 4, scores: [9, 4, 7, 1])",
    );
    assert_eq!(
        headstart::analysis::claim_lints(&never)[0].message,
        "the claim `c` holds in none of 20000 draws"
    );
    let always = four_areas(
        "claims: [(id: \"c\", text: \"t\", before: (Area(\"a\"), Area(\"d\")))],",
        "(id: \"f\", weight: 4, scores: [9, 4, 7, 1])",
    );
    assert_eq!(
        headstart::analysis::claim_lints(&always)[0].message,
        "the claim `c` holds in all of 20000 draws"
    );
}
