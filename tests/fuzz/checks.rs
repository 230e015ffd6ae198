//! What must hold of any text at all that the program is given. The fuzz targets look for texts that break it, and
//! `tests/it/scenario/fuzz.rs` checks the seeds and every text that once did.

use headstart::analysis::{Summary, Vary, claim_lints, point_table, points, summarize};
use headstart::error::Problems;
use headstart::model::Model;
use headstart::report::{
    RunPart, Sections, Style, SweepCheckpoint, csv, embedded_scenario, html, json, markdown, point_from_json,
    point_json, run_text, show_text,
};
use headstart::request::Request;
use headstart::sampler::Run;
use headstart::scenario::{AreasIn, SweepFile, TableHints, Value, from_table};
use headstart::{Control, Scenario};

/// A scenario is refused with marks that lie in the text, or says the same once it is written canonically, and its
/// answer is one.
pub fn scenario(text: &str) {
    let is_json = text.trim_start().starts_with('{');
    let read = if is_json { Scenario::from_json } else { Scenario::from_ron };
    match read("fuzz", text) {
        Ok(scenario) => accepted(&scenario),
        Err(problems) => explained(text, &problems),
    }
}

/// Edits, a line each, of one of the scenarios that are written below: each is refused in words, or makes a scenario.
pub fn edits(text: &str) {
    let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    let base = if first == "w" { WORLDS } else { PLAIN };
    let mut scenario = Scenario::from_ron("base.ron", base).expect("the scenario to be edited is a good one");
    for line in rest.lines().take(4) {
        let _ = scenario.targets(line);
        let _ = scenario.scaled_edit(line, 0.5);
        if let Ok(edited) = scenario.with_edits(&[line]) {
            scenario = edited.scenario;
        }
        if let Ok(vary) = Vary::new(line, 3) {
            let _ = points(&scenario, &[vary]);
        }
        if let Ok(claimed) = scenario.with_claim(line) {
            scenario = claimed;
        }
    }
    if is_small(&scenario) {
        holds(&draw(&scenario));
    }
}

/// A question as a page asks it, in JSON without its scenario, is refused in words, or has an answer.
pub fn requests(text: &str) {
    let Ok(serde_json::Value::Object(mut asked)) = serde_json::from_str(text) else { return };
    let source = serde_json::json!({"text": {"name": "base.ron", "text": PLAIN}});
    asked.insert("source".into(), source);
    asked.insert("draws".into(), 300.into());
    asked.insert("threads".into(), 1.into());
    let Ok(request) = serde_json::from_value::<Request>(asked.into()) else { return };
    match request.prepare() {
        Err(why) => assert!(!why.to_string().is_empty()),
        Ok(prepared) if is_small(prepared.scenario()) && prepared.cost().takes_longer_than(1.0) => {}
        Ok(prepared) if is_small(prepared.scenario()) => drop(prepared.answer(Control::none())),
        Ok(_) => {}
    }
}

/// What is kept of a sweep is refused, or is the same once it is written and read again.
pub fn checkpoint(text: &str) {
    if let Ok(checkpoint) = SweepCheckpoint::from_json(text) {
        let again = SweepCheckpoint::from_json(&checkpoint.to_json());
        assert_eq!(again.as_ref().ok(), Some(&checkpoint));
        assert!(checkpoint.differences(&checkpoint).is_empty());
    }
    if let Ok(part) = RunPart::read(text) {
        assert_eq!(RunPart::read(&part.to_json()).ok().as_ref(), Some(&part));
        let _ = part.chunks();
    }
    if let Ok(point) = point_from_json(text) {
        assert_eq!(point_from_json(&point_json(&point)).ok(), Some(point));
    }
}

/// The scenario that a report holds is read as any other.
pub fn report(text: &str) {
    if let Ok(Some(held)) = embedded_scenario(text) {
        scenario(&held);
    }
}

/// A table makes a scenario or is refused in words, and so does a file of sweeps.
pub fn tables(text: &str) {
    for areas_in in [None, Some(AreasIn::Rows), Some(AreasIn::Columns)] {
        let hints = TableHints { areas_in, ..TableHints::default() };
        if let Ok(made) = from_table("fuzz", text, &hints) {
            assert!(!made.understood.is_empty());
            scenario(&made.ron);
        }
    }
    if let Err(problems) = SweepFile::from_ron("fuzz.ron", text) {
        explained(text, &problems);
    }
}

fn explained(text: &str, problems: &Problems) {
    assert!(!problems.problems().is_empty());
    for problem in problems.problems() {
        assert!(!problem.message.is_empty());
        for span in problem.related.iter().map(|(span, _)| span).chain([&problem.span]) {
            assert!(text.get(span.clone()).is_some(), "{span:?} marks no text");
        }
    }
    assert!(!problems.render(true).is_empty());
}

fn accepted(scenario: &Scenario) {
    let text = scenario.to_ron();
    let again =
        Scenario::from_ron("again.ron", &text).unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    assert_eq!(again.to_ron(), text, "the canonical text is its own");
    let json = scenario.to_json();
    let again =
        Scenario::from_json("again.json", &json).unwrap_or_else(|problems| panic!("{problems}\n{json}"));
    assert_eq!(again.to_ron(), text, "the JSON form says the same");
    let _ = (scenario.lints(), scenario.editable());
    answered(scenario);
}

/// Draws a small scenario and holds the answer to what every answer is.
pub fn answered(scenario: &Scenario) {
    if !is_small(scenario) {
        return;
    }
    let one = draw(scenario);
    holds(&one);
    let _ = claim_lints(scenario);
    let style = Style::plain(80);
    let shown = show_text(scenario, &Model::new(scenario), &point_table(scenario), true, style);
    let page = html(scenario, &one, &headstart::report::PageExtras::default());
    assert_eq!(embedded_scenario(&page).unwrap().as_deref(), Some(scenario.to_ron().as_str()));
    let value: serde_json::Value = serde_json::from_str(&json(scenario, &one)).expect("JSON");
    assert_eq!(value["scenario"], scenario.to_ron());
    let texts = [
        shown,
        run_text(scenario, &one, &Sections::all().with_all_pairs(true), style),
        markdown(scenario, &one, &Sections::all()),
        csv(scenario, &one),
    ];
    // Where a name of the scenario may be such a word itself there is nothing to look for.
    let written = scenario.to_ron().to_lowercase();
    if !written.contains("nan") && !written.contains("inf") {
        for text in texts {
            assert!(!has_no_number(&text), "{text}");
        }
    }
}

fn draw(scenario: &Scenario) -> Summary {
    summarize(scenario, Run { draws: 300, threads: Some(1), ..Run::default() }, Control::none())
}

/// Probabilities lie between 0 and 1, what excludes each other and is everything sums to one, and every number is one.
pub fn holds(summary: &Summary) {
    let rankings = summary.worlds.iter().map(|world| &world.order).chain(&summary.without_residual);
    for order in rankings.chain([&summary.order]) {
        let n = order.before.len();
        let claims = order.claims.iter().map(|claim| claim.estimate);
        let before = order.before.iter().flatten().flatten().copied();
        let pairs = order.pairs.iter().flat_map(|pairs| &pairs.distribution).copied();
        for estimate in claims.chain(before).chain(order.ranks.iter().flatten().copied()).chain(pairs) {
            let p = estimate.probability;
            assert!((0.0..=1.0).contains(&p) && estimate.mcse >= 0.0, "{estimate:?}");
            assert!((0.0..=p).contains(&estimate.low) && (p..=1.0).contains(&estimate.high), "{estimate:?}");
        }
        let probability =
            |i: usize, j: usize| order.before[i][j].map_or(0.0, |estimate| estimate.probability);
        for i in 0..n {
            for j in (0..n).filter(|&j| j != i) {
                let sum = probability(i, j) + probability(j, i) + order.tie[i][j].unwrap_or(0.0);
                assert!((sum - 1.0).abs() < 1e-9, "{i} before, after or beside {j}: {sum}");
            }
            let sum: f64 = order.ranks[i].iter().map(|rank| rank.probability).sum();
            assert!((sum - 1.0).abs() < 1e-9, "the ranks of {i} sum to {sum}");
        }
    }
    let areas = summary.worlds.iter().flat_map(|world| &world.areas).chain(&summary.areas);
    for area in areas {
        let overall = &area.overall;
        let numbers = [overall.mean, overall.sd, area.mcse, area.resolution];
        let quantiles = overall.quantiles.iter().chain(&area.quantile_intervals);
        let all = numbers.into_iter().chain(quantiles.flat_map(|(one, other)| [*one, *other]));
        assert!(all.clone().all(f64::is_finite), "{:?}", all.collect::<Vec<_>>());
        let quantiles: Vec<f64> = overall.quantiles.iter().map(|(_, x)| *x).collect();
        assert!(overall.sd >= 0.0 && quantiles.is_sorted(), "{overall:?}");
    }
}

/// Whether a word is what a number is called that is none.
fn has_no_number(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| word.eq_ignore_ascii_case("nan") || word.eq_ignore_ascii_case("inf"))
}

/// Whether it is drawn in a few milliseconds.
fn is_small(scenario: &Scenario) -> bool {
    let factors = scenario.factors().iter();
    let values = factors.flat_map(|factor| factor.scores.iter().chain([&factor.weight]));
    values.map(Value::n_dists).sum::<usize>() <= 80
        && scenario.joint_worlds().len() <= 8
        && scenario.claims().len() <= 40
        && scenario.groups().len() <= 6
        && scenario.inputs().len() + scenario.discounts().len() <= 20
        && scenario.to_ron().len() <= 20_000
}

const PLAIN: &str = include_str!("plain.ron");
const WORLDS: &str = include_str!("worlds.ron");
