//! Control: every question gives way to a flag, before it begins and in the middle, and says so.

use super::fronts::request;
use crate::support::read;
use headstart::analysis::Error as AnalysisError;
use headstart::request::{Error, KeptPoints, Prepared};
use headstart::{Control, Stopped};
use serde_json::{Value, json as value};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// More draws than any machine makes while the tests run.
const DRAWS: u64 = 1_000_000_000_000;

/// The questions that have no partial answer.
fn whole_or_nothing() -> Vec<Value> {
    let other = read("scenarios/takeoff.ron").replace("weight: 1.5", "weight: 1.25");
    vec![
        value!("levers"),
        value!("central-weights"),
        value!({"explain": {"a": "ai_control", "b": "pre_training"}}),
        value!({"rankings": {"top": 3, "threshold": 0.95}}),
        value!({"sensitivity": {"claim": "ai_control before pre_training"}}),
        value!({"sensitivity": "all-pairs"}),
        value!({"diff": {"other": {"text": {"name": "other", "text": other}}}}),
    ]
}

fn prepared(show: &Value, draws: u64) -> Prepared {
    request(&value!({"show": show, "draws": draws})).unwrap().prepare().unwrap()
}

#[track_caller]
fn assert_stopped(answer: Result<headstart::request::Answer, Error>, show: &Value) {
    match answer {
        Err(Error::Analysis(AnalysisError::Stopped(Stopped))) => {}
        // What two scenarios cannot be compared for, names them.
        Err(Error::Diff { why, .. }) => assert_eq!(why, Stopped.to_string()),
        Err(why) => panic!("{show}: {why}"),
        Ok(_) => panic!("{show} has an answer"),
    }
}

#[test]
fn a_flag_that_is_set_stops_every_question() {
    let stop = AtomicBool::new(true);
    for show in whole_or_nothing() {
        let control = Control { stop: Some(&stop), ..Control::none() };
        assert_stopped(prepared(&show, DRAWS).answer(control), &show);
    }
}

/// Without a look at the flag the draws would take months.
#[test]
fn a_flag_that_is_set_on_the_way_stops_every_question() {
    for show in whole_or_nothing() {
        let stop = AtomicBool::new(false);
        let progress = |_| stop.store(true, Ordering::Relaxed);
        let control = Control { stop: Some(&stop), progress: Some(&progress), resume: None };
        assert_stopped(prepared(&show, DRAWS).answer(control), &show);
    }
}

/// The parts after the last progress look at the flag as well: with few draws the flag is set at each call of progress in turn.
#[test]
fn every_part_of_an_answer_looks_at_the_flag() {
    let at_call = |show: &Value, at: u64| {
        let (stop, calls) = (AtomicBool::new(false), AtomicU64::new(0));
        let progress = |_| {
            if calls.fetch_add(1, Ordering::Relaxed) == at {
                stop.store(true, Ordering::Relaxed);
            }
        };
        let control = Control { stop: Some(&stop), progress: Some(&progress), resume: None };
        // Two chunks, and one thread, so that a part always has more to draw than it has begun.
        let request = request(&value!({"show": show, "draws": 70_000, "threads": 1})).unwrap();
        let answer = request.prepare().unwrap().answer(control);
        (answer.is_err(), calls.into_inner())
    };
    for show in [value!({"explain": {"a": "ai_control", "b": "pre_training"}}), value!("levers")] {
        let (_, calls) = at_call(&show, u64::MAX);
        assert!(calls > 1, "{show}");
        for at in 0..calls {
            assert!(at_call(&show, at).0 || at + 1 == calls, "{show} at {at} of {calls}");
        }
    }
}

#[test]
fn a_point_that_cannot_be_kept_ends_the_sweep() {
    let show = value!({"sweep": {"vary": ["weight.insight = [1, 2, 3]"]}});
    let sweep = || prepared(&show, 1_000).kept_by_point();
    let mut kept = vec![None; sweep().n_points()];
    assert_eq!(kept.len(), 3);
    let mut keep = |index: usize, point: &_| {
        kept[index] = Some(headstart::analysis::ScenarioChange::clone(point));
        Ok(())
    };
    let whole = KeptPoints { share: None, begun: vec![None; 3], keep: &mut keep };
    sweep().answer_from(whole, Control::none()).unwrap();
    // What is known is not made again.
    let mut again = Vec::new();
    let mut keep = |index: usize, _: &_| {
        again.push(index);
        Ok(())
    };
    let first_known = vec![kept[0].clone(), None, kept[2].clone()];
    sweep()
        .answer_from(KeptPoints { share: None, begun: first_known, keep: &mut keep }, Control::none())
        .unwrap();
    assert_eq!(again, [1]);
    let mut refuse = |_: usize, _: &_| Err("the disk is full".into());
    let begun = vec![None; 3];
    let why = sweep()
        .answer_from(KeptPoints { share: None, begun, keep: &mut refuse }, Control::none())
        .unwrap_err();
    assert!(matches!(&why, Error::NotKept(why) if why.to_string() == "the disk is full"), "{why}");
}
