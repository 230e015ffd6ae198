//! Every report at every width of a terminal.

use super::hostile;
use crate::support::*;
use headstart::report::{Colours, Sections, Style};
use headstart::request::{Answer, Format, How, Request, Show, Source, View};
use headstart::{Control, Scenario};

fn answered(scenario: &Scenario, show: Show) -> Answer {
    let source = Source::Open { name: "scenario".into(), scenario: Box::new(scenario.clone()) };
    let mut request = Request::new(source, show);
    request.draws = 1_000;
    request.prepare().unwrap().answer(Control::none()).unwrap()
}

fn shows(scenario: &Scenario) -> Vec<Show> {
    let ids: Vec<&str> = scenario.areas().iter().map(|area| area.id.as_str()).collect();
    let [weight, other_weight] = [0, 1].map(|k| format!("weight.{} = [1, 2, 3]", scenario.factors()[k].id));
    let mut shows = vec![
        Show::Run(How::default()),
        Show::Explain { a: ids[0].into(), b: ids[1].into() },
        Show::Explain { a: ids[ids.len() - 1].into(), b: ids[0].into() },
        Show::Rankings { top: 5, threshold: 0.9 },
        Show::Sensitivity(headstart::request::About::Claim(format!("{} before {}", ids[0], ids[1]))),
        Show::CentralWeights,
        Show::Sweep { vary: vec![weight.clone()], points: 3, pairs: false },
        Show::Sweep { vary: vec![weight, other_weight], points: 3, pairs: true },
        Show::Scenario,
        Show::Check,
        Show::Throughput { on_threads: vec![1] },
    ];
    if !scenario.levers().is_empty() {
        shows.push(Show::Levers);
    }
    let other = scenario.with_edits(&[format!("weight.{} *= 2", scenario.factors()[0].id)]).unwrap().scenario;
    let other = Source::Open { name: "other".into(), scenario: Box::new(other) };
    shows.push(Show::Diff { other });
    shows
}

/// It never panics; and what has room for its longest words fits.
#[test]
fn every_report_is_laid_out_at_every_width() {
    let long =
        "A name of many words that wraps, and of onewordthatisfartoolongforanycolumnofatable, 寿司と刺身";
    let wide = Scenario::from_ron(
        "wide.ron",
        &format!(
            "Scenario(title: {long:?}, groups: [(id: \"g\", name: {long:?}), (id: \"h\")],
             areas: [(id: \"a\", name: {long:?}, group: \"g\"), (id: \"b\", group: \"h\"), (id: \"c\", group: \"h\")],
             worlds: [(id: \"w\", outcomes: [(\"a_long_outcome_of_a_world\", 0.5), (\"q\", 0.5)])], spread: (score: Triangular(half_width: 1)),
             factors: [(id: \"f\", name: {long:?}, weight: Uniform(min: 1, max: 2), scores: [1, 1.5, 2]),
                       (id: \"g\", weight: 1, scores: [2, 1.5, 1])],
             levers: [(id: \"l\", name: {long:?}, edits: [\"score.f.a += 1\"], spillover: [\"score.f.b += 0.5\"])])"
        ),
    )
    .unwrap_or_else(|problems| panic!("{problems}"));
    let sections = [Sections::default(), Sections::all().with_all_pairs(true)];
    for scenario in [shipped("takeoff"), hostile::scenario(), wide] {
        for show in shows(&scenario) {
            let answer = answered(&scenario, show.clone());
            for width in 20..=300 {
                let mut view = View::new(Style { width, colours: [Colours::None, Colours::True][width % 2] });
                view.sections = sections[usize::from(width % 3 == 0)].clone();
                let mut text = Vec::new();
                answer.write(&mut text, Format::Text, &view).unwrap();
                assert!(!text.is_empty(), "{show:?} at {width}");
            }
        }
    }
}
