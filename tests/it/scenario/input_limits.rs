//! As much of anything as is accepted is accepted, and one more is refused, in one problem that says what the
//! bound is.

use headstart::Scenario;

/// So many times what `one` makes of each index.
fn list(n: usize, one: impl Fn(usize) -> String) -> String {
    (0..n).map(one).collect::<Vec<_>>().join(", ")
}

/// A scenario of so many areas of one group, and so many factors, `rest` between the areas and the factors.
fn table(n_areas: usize, n_factors: usize, score: &str, rest: &str) -> String {
    let areas = list(n_areas, |i| format!("(id: \"a{i}\", group: \"g\")"));
    let scores = list(n_areas, |_| score.into());
    let factors = list(n_factors, |k| format!("(id: \"f{k}\", weight: 1, scores: [{scores}])"));
    format!("Scenario(title: \"t\", groups: [(id: \"g\")], areas: [{areas}], {rest} factors: [{factors}])")
}

/// What is wrong with a text.
fn said(text: &str) -> Vec<String> {
    let Err(found) = Scenario::from_ron("t.ron", text) else { return Vec::new() };
    assert!(!found.problems().is_empty(), "refused without a word");
    found.problems().iter().map(|problem| problem.message.clone()).collect()
}

/// `most` of something are accepted, and the text with one more is refused in these words.
#[track_caller]
fn assert_bound(most: usize, of: impl Fn(usize) -> String, words: &str) {
    assert_eq!(said(&of(most)), [""; 0]);
    let found = said(&of(most + 1));
    assert!(found.len() == 1 && found[0].contains(words), "{found:?} and not: {words}");
}

fn one_score(score: &str) -> String {
    table(1, 1, score, "")
}

#[test]
fn bytes_of_a_file() {
    let of = |n: usize| {
        let text = one_score("1");
        format!("{text}{}", " ".repeat(n - text.len()))
    };
    assert_bound(4 << 20, of, "larger than the 4 MB that are accepted");
}

#[test]
fn distributions_in_each_other() {
    let of = |n: usize| one_score(&format!("{}Exact(1){}", "Mixture([(1, ".repeat(n), ")])".repeat(n)));
    assert_bound(8, of, "more than 8 deep");
    let of =
        |n: usize| one_score(&format!("{}Exact(1){}", "Truncated(of: ".repeat(n), ", min: 0)".repeat(n)));
    assert_bound(8, of, "more than 8 deep");
}

#[test]
fn claims_in_claims() {
    let claim = "Before(Area(\"a0\"), Area(\"a1\"))";
    // Ten claims, each the first of a list of at most 200, and what is left of n in the last.
    let of = |n: usize| {
        let lists = n.div_ceil(201);
        let parts = |i: usize| if i + 1 < lists { 200 } else { n - 201 * (lists - 1) - 1 };
        let claims = list(lists, |i| {
            let inner = list(parts(i), |_| claim.into());
            format!("(id: \"c{i}\", text: \"c\", holds: All([{inner}]))")
        });
        table(2, 1, "1", &format!("claims: [{claims}],"))
    };
    assert_bound(2_000, of, "too many claims inside claims (at most 2000)");
    // Those that follow are not spoken of.
    assert_eq!(said(&of(2_005)).len(), 1);
}

#[test]
fn edits_of_levers() {
    let lever =
        |i: usize, n: usize| format!("(id: \"l{i}\", edits: [{}])", list(n, |_| "\"weight.f0 *= 2\"".into()));
    let of = |n: usize| {
        let levers = list(n.div_ceil(125), |i| lever(i, (n - 125 * i).min(125)));
        table(2, 1, "1", &format!("levers: [{levers}],"))
    };
    assert_bound(1_000, of, "more than the 1000 edits");
    assert_eq!(said(&of(1_130)).len(), 1);
}

#[test]
fn scores_and_weights() {
    // With its weight, a factor has 200 numbers.
    let of = |n: usize| table(199, n / 200, "1", "");
    assert_eq!(said(&of(20_000)), [""; 0]);
    let found = said(&of(20_200));
    assert!(found[0].contains("too many scores and weights: 20200 (at most 20000)"), "{found:?}");
}

#[test]
fn numbers_that_are_correlated() {
    let uncertain = "Uniform(min: 0, max: 1)";
    let of = |between: &[&str]| {
        let stated = list(between.len(), |i| format!("(between: [{}], rank: 0.01)", between[i]));
        table(200, 3, uncertain, &format!("correlations: [{stated}],"))
    };
    let (f0, f1, f2) = ("\"score.f0.*\"", "\"score.f1.*\"", "\"score.f2.a0\", \"score.f2.a1\"");
    let both = "\"score.f0.*\", \"score.f1.*\"";
    assert_eq!(said(&of(&[f0, f1])), [""; 0]);
    assert_eq!(said(&of(&[both])), [""; 0]);
    for more in [vec![f0, f1, f2], vec!["\"score.f0.*\", \"score.f1.*\", \"score.f2.a0\""]] {
        let found = said(&of(&more));
        assert!(found.len() == 1 && found[0].contains("than the 400 that are accepted"), "{found:?}");
    }
}

/// Everything that is accepted reads back from its canonical text, which has its correlations in their order: hundreds of pairs from
/// lists of several numbers, pairs that overlap with what follows, and lists that an edit has made shorter.
#[test]
fn many_correlations_read_back() {
    let uncertain = "Uniform(min: 0, max: 1)";
    let with =
        |stated: &[String]| table(30, 30, uncertain, &format!("correlations: [{}],", stated.join(", ")));
    let between = |rank: f64, places: &[(usize, usize)]| {
        let addresses = list(places.len(), |n| format!("\"score.f{}.a{}\"", places[n].0, places[n].1));
        format!("(between: [{addresses}], rank: {rank})")
    };
    // Pairs that a longer list could swallow, which would then be cut in two: each takes the first pair of the list behind it.
    let overlapping: Vec<String> = (0..30)
        .flat_map(|k| {
            let lists: [&[usize]; 3] = [&[0, 1], &[0, 2], &[1, 2, 3, 4]];
            lists.map(|areas| between(0.01, &areas.iter().map(|&i| (k, i)).collect::<Vec<_>>()))
        })
        .collect();
    let strengths: Vec<String> = (0..15)
        .map(|k| between(0.01 + 0.01 * (k % 3) as f64, &(0..15).map(|i| (k, i)).collect::<Vec<_>>()))
        .collect();
    let whole: Vec<(usize, usize)> = (0..390).map(|n| (n / 30, n % 30)).collect();
    for (stated, n_pairs) in [
        (overlapping, 30 * 8),
        (strengths, 15 * 105),
        (vec![between(0.01, &whole)], 390 * 389 / 2),
        (vec!["(between: [\"score.f0.*\"], normal: 0.02)".to_owned()], 435),
    ] {
        let scenario = Scenario::from_ron("t.ron", &with(&stated)).unwrap();
        assert_eq!(scenario.correlations().len(), n_pairs);
        for scenario in [scenario.clone(), scenario.with_edits(&["drop f3"]).unwrap().scenario] {
            let text = scenario.to_ron();
            let again = Scenario::from_ron("t.ron", &text).unwrap_or_else(|why| panic!("{why}"));
            assert!(again == scenario, "{text}");
            assert_eq!(again.to_ron(), text);
        }
        let again = Scenario::from_json("t.json", &scenario.to_json()).unwrap_or_else(|why| panic!("{why}"));
        assert!(again == scenario);
    }
    // So few stay pair by pair, as hashes of scenarios are of that.
    let few = Scenario::from_ron("t.ron", &with(&[between(0.1, &[(0, 0), (0, 1), (0, 2)])])).unwrap();
    let pair = "(between: [\"score.f0.a0\", \"score.f0.a1\"], rank: 0.1), (between: [\"score.f0.a0\", \"score.f0.a2\"]";
    assert!(few.to_ron().contains(pair), "{}", few.to_ron());
}

#[test]
fn as_many_joint_worlds_as_are_accepted() {
    let world = |id: &str, n: usize| {
        let rest = if n > 1 { ", (\"rest\", Rest)" } else { "" };
        let outcomes = list(n - usize::from(n > 1), |i| format!("(\"o{i}\", 0.01)"));
        format!("(id: \"{id}\", outcomes: [{outcomes}{rest}])")
    };
    let of =
        |a: usize, b: usize| table(2, 1, "1", &format!("worlds: [{}, {}],", world("v", a), world("w", b)));
    assert_eq!(said(&of(32, 2)), [""; 0]);
    assert_eq!(said(&of(33, 2)), ["too many joint worlds: 66 (at most 64)"]);
}

/// A run counts, in each pair of joint worlds of which the first is not the later: which of two areas comes first,
/// what place each area has, what holds of each claim, twice, and the differences of two groups.
#[test]
fn as_many_counters_as_are_accepted() {
    let of = |sizes: &[usize], worlds: usize, claims: usize| {
        let groups = list(sizes.len(), |g| format!("(id: \"g{g}\")"));
        let areas = list(sizes.len(), |g| list(sizes[g], |i| format!("(id: \"a{g}_{i}\", group: \"g{g}\")")));
        let outcomes = list(worlds - 1, |i| format!("(\"o{i}\", 0.01)"));
        let claims = list(claims, |i| {
            format!("(id: \"c{i}\", text: \"c\", before: (Area(\"a0_0\"), Area(\"a0_1\")))")
        });
        let scores = list(sizes.iter().sum(), |_| "1".into());
        let text = format!(
            "Scenario(title: \"t\", groups: [{groups}], areas: [{areas}], claims: [{claims}],
             worlds: [(id: \"w\", outcomes: [{outcomes}, (\"rest\", Rest)])],
             factors: [(id: \"f\", weight: 1, scores: [{scores}])])"
        );
        Scenario::from_ron("t.ron", &text).map_err(|found| {
            assert_eq!(found.problems().len(), 1);
            let problem = &found.problems()[0];
            (problem.message.clone(), problem.label.clone())
        })
    };
    let most = 2_000_000;
    // Of 200 areas, and of each ordered pair of the three groups the product of their sizes and one more.
    let of_areas = 200 * 199 + 200 * 200 + 2 * (100 * 60 + 100 * 40 + 60 * 40 + 3);
    let generated = of(&[2, 2, 2], 2, 5).unwrap().generated_claims().len();
    for (worlds, stated) in [(5, 200), (6, 0), (7, 5), (64, 200)] {
        let expected = (of_areas + 2 * (generated + stated)) * (1..=worlds).sum::<usize>();
        match of(&[100, 60, 40], worlds, stated) {
            Ok(_) => assert!(expected <= most, "{expected} counters"),
            Err((message, label)) => {
                let words = format!("200 areas in {worlds} worlds exceed the counting limit");
                assert_eq!(message, words);
                assert_eq!(label, format!("{expected} counters, 2000000 at most"));
                assert!(expected > most);
            }
        }
    }
}
