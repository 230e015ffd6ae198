//! The draws as Parquet: read back, they are the draws of the run.
#![cfg(feature = "parquet")]

use crate::support::binary::{folder, headstart};
use crate::support::{load, parse};
use headstart::analysis::summarize;
use headstart::model::DrawColumn;
use headstart::report::{draw_columns, write_samples};
use headstart::sampler::Run;
use headstart::{Control, Scenario};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use std::collections::BTreeMap;

/// The columns of a file by their names.
fn columns(bytes: Vec<u8>) -> (BTreeMap<String, Vec<f64>>, usize) {
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    let mut columns: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for row in reader.get_row_iter(None).unwrap() {
        for (name, field) in row.unwrap().get_column_iter() {
            let x = match field {
                Field::Double(x) => *x,
                Field::Long(n) => *n as f64,
                other => panic!("{name} is {other:?}"),
            };
            columns.entry(name.clone()).or_default().push(x);
        }
    }
    (columns, reader.num_row_groups())
}

fn written(scenario: &Scenario, draws: u64) -> Vec<u8> {
    let mut out = Vec::new();
    let run = Run { draws, ..Run::default() };
    write_samples(scenario, run, &mut out, Control::none()).unwrap();
    out
}

/// The share of the rows in which one column is above another is the probability of the report, world by world.
#[test]
fn rows_are_the_draws_of_the_run() {
    let n = 30_000;
    let scenario = load("takeoff");
    let (columns, groups) = columns(written(&scenario, n));
    assert!(groups > 1, "more than one row group");
    let summary = summarize(&scenario, Run { draws: n, ..Run::default() }, Control::none());
    assert_eq!(columns["draw"], (0..n).map(|i| i as f64).collect::<Vec<f64>>());
    assert_eq!(columns.len(), 1 + 77 + 2 * 10, "the number, the inputs, ten areas in two worlds");
    for (world, name) in summary.worlds.iter().zip(["scheming=scheming", "scheming=honest"]) {
        for (i, one) in scenario.areas().iter().enumerate() {
            for (j, other) in scenario.areas().iter().enumerate().filter(|(j, _)| *j != i) {
                let column = |id: &str| &columns[&format!("overall.{id}[{name}]")];
                let before = column(&one.id).iter().zip(column(&other.id)).filter(|(a, b)| a > b).count();
                let share = before as f64 / n as f64;
                let reported = world.order.before[i][j].unwrap().probability;
                assert!((share - reported).abs() < 1e-3, "{share} is not {reported}");
            }
        }
    }
}

/// The overall score of each row is the weighted mean of its inputs.
#[test]
fn rows_hang_together() {
    let scenario = parse(
        "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"g\")],
         factors: [
             (id: \"f\", weight: Uniform(min: 1, max: 2), scores: [Normal(mean: 3, sd: 1), Exact(2)]),
             (id: \"h\", weight: 1.5, scores: [Triangular(min: 0, mode: 1, max: 4), Beta(alpha: 2, beta: 3)]),
         ])",
    );
    let (columns, _) = columns(written(&scenario, 1_500));
    assert_eq!(columns["draw"].len(), 1_500, "the last block is cut where the run ends");
    let cell = |name: &str, n: usize| columns[name][n];
    for n in 0..1_500 {
        let at = |name: &str| cell(name, n);
        let w = at("weight.f");
        let mean = (w * at("score.f.a") + 1.5 * at("score.h.a")) / (w + 1.5);
        assert!((mean - at("overall.a")).abs() < 1e-5 * mean.abs().max(1.0));
        let mean = (w * 2.0 + 1.5 * at("score.h.b")) / (w + 1.5);
        assert!((mean - at("overall.b")).abs() < 1e-5);
    }
}

/// The file says what it is of, and its scenario is one.
#[test]
fn the_file_can_be_made_again() {
    let scenario = load("wheat");
    let reader = SerializedFileReader::new(bytes::Bytes::from(written(&scenario, 10))).unwrap();
    let facts = reader.metadata().file_metadata().key_value_metadata().unwrap();
    let fact = |key: &str| facts.iter().find(|fact| fact.key == key).unwrap().value.clone().unwrap();
    assert_eq!(fact("scenario_hash"), scenario.hash());
    assert_eq!(fact("seed"), "1");
    assert_eq!(parse(&fact("scenario")), scenario);
}

#[test]
fn from_the_command_line() {
    let folder = folder("samples");
    let file = folder.join("draws.parquet");
    let run = |file: &std::path::Path| {
        let arguments = ["run", "scenarios/wheat.ron", "-n", "2000", "-q", "--samples"];
        headstart(&arguments).arg(file).output().unwrap()
    };
    assert!(run(&file).status.success());
    assert_eq!(columns(std::fs::read(&file).unwrap()).0["draw"].len(), 2_000);
    let refused = run(&folder.join("no-such-folder/draws.parquet"));
    assert_eq!(refused.status.code(), Some(2));
    assert!(refused.stdout.is_empty());
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing else is left behind");
    std::fs::remove_dir_all(folder).unwrap();
}

/// Draws in parallel, from any draw on, are those of the file.
#[test]
fn columns_from_any_draw_on_are_those_of_the_file() {
    let scenario = load("takeoff");
    let (columns, _) = columns(written(&scenario, 70_000));
    let names: Vec<String> = DrawColumn::all(&scenario).iter().map(|one| one.name().to_owned()).collect();
    assert_eq!(names.len() + 1, columns.len());
    for (first, draws) in [(0, 70_000), (0, 1), (1_000, 100), (32_767, 2), (65_000, 5_000)] {
        let run = Run { draws, threads: Some(2), ..Run::default() };
        let pieces = draw_columns(&scenario, run, first, Control::none()).unwrap();
        for (n, name) in names.iter().enumerate() {
            let found: Vec<f64> = pieces.iter().flat_map(|piece| piece[n].iter().copied()).collect();
            let (start, end) = (first as usize, (first + draws) as usize);
            assert_eq!(found, columns[name][start..end], "{name} from {first}");
        }
    }
    let stop = std::sync::atomic::AtomicBool::new(true);
    let stopped = Control { stop: Some(&stop), ..Control::none() };
    assert!(draw_columns(&scenario, Run { draws: 9, ..Run::default() }, 0, stopped).is_err());
}
