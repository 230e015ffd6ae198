//! The other formats say what the JSON says, and files are written whole or not at all.

use crate::support::assert_golden;
use crate::support::binary::{folder, output};
use serde_json::Value;

/// The same number, up to the last bit, which the reader of JSON does not keep.
#[track_caller]
fn assert_same(csv: f64, json: &Value) {
    let json = json.as_f64().unwrap();
    assert!((csv - json).abs() <= 2.0 * f64::EPSILON * csv.abs(), "{csv} is not {json}");
}

#[test]
fn csv_holds_what_json_holds() {
    let run = |format| {
        let output = output(&["run", "scenarios/takeoff.ron", "-n", "5000", "--format", format]);
        String::from_utf8(output.stdout).unwrap()
    };
    let json: Value = serde_json::from_str(&run("json")).unwrap();
    let table = run("csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let lines: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let find = |quantity: &str, world: &str, a: &str, b: &str| -> &csv::StringRecord {
        let of =
            |line: &&csv::StringRecord| [&line[0], &line[1], &line[2], &line[3]] == [quantity, world, a, b];
        let found: Vec<_> = lines.iter().filter(of).collect();
        assert_eq!(found.len(), 1, "{quantity} {world} {a} {b}");
        found[0]
    };
    let number = |text: &str| text.parse::<f64>().unwrap();
    let ids: Vec<&str> =
        json["areas"].as_array().unwrap().iter().map(|area| area["id"].as_str().unwrap()).collect();
    for (world, order) in [("", &json), ("scheming=honest", &json["worlds"][1])] {
        for (i, a) in ids.iter().enumerate() {
            for (j, b) in ids.iter().enumerate() {
                let rank = find("rank", world, a, &(j + 1).to_string());
                assert_same(number(&rank[4]), &order["ranks"]["probability"][i][j]);
                if i != j {
                    let line = find("before", world, a, b);
                    for (column, key) in [(4, "probability"), (5, "mcse"), (6, "low"), (7, "high")] {
                        assert_same(number(&line[column]), &order["before"][key][i][j]);
                    }
                }
            }
        }
        for claim in order["claims"].as_array().unwrap() {
            let line = find("claim", world, claim["id"].as_str().unwrap(), "");
            assert_same(number(&line[4]), &claim["probability"]);
            assert_same(number(&line[7]), &claim["high"]);
        }
        let pairs = find("pairs", world, "safety", "capabilities");
        assert_same(number(&pairs[4]), &order["pairs"][0]["expected"]);
    }
    for (area, id) in json["areas"].as_array().unwrap().iter().zip(ids) {
        assert_same(number(&find("mean", "", id, "")[4]), &area["overall"]["mean"]);
        assert_same(number(&find("quantile", "", id, "0.95")[4]), &area["overall"]["quantiles"][4][1]);
    }
}

/// Read once by somebody, as the golden reports are.
#[test]
fn markdown_as_it_was_read() {
    let output = output(&["run", "scenarios/wheat.ron", "-n", "10000", "--seed", "2", "--format", "md"]);
    assert_golden("tests/golden/wheat.md", &String::from_utf8(output.stdout).unwrap());
}

#[test]
fn exports_are_the_formats() {
    let folder = folder("exports");
    let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let endings = [("txt", "text"), ("json", "json"), ("csv", "csv"), ("md", "md")];
    let mut arguments = vec!["run".to_owned(), "scenarios/wheat.ron".into(), "-n".into(), "1000".into()];
    for (ending, _) in endings {
        arguments.extend(["--export".into(), file(&format!("answer.{ending}"))]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert!(output(&arguments).status.success());
    for (ending, format) in endings {
        let printed = output(&["run", "scenarios/wheat.ron", "-n", "1000", "--format", format]).stdout;
        assert_eq!(std::fs::read(folder.join(format!("answer.{ending}"))).unwrap(), printed, "{ending}");
    }
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
    assert_eq!(left.len(), endings.len(), "nothing else is left behind");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_failed_export_leaves_the_old_file() {
    let folder = folder("failed");
    let old = folder.join("answer.json");
    std::fs::write(&old, "old").unwrap();
    let missing = folder.join("no-such-folder/answer.json").to_string_lossy().into_owned();
    let is_folder = folder.join("folder.json");
    std::fs::create_dir(&is_folder).unwrap();
    for (bad, words) in [
        (missing.as_str(), "cannot write"),
        (&is_folder.to_string_lossy(), "cannot write"),
        ("answer.xlsx", ".txt, .json, .csv, .md, .html, matrix.svg"),
    ] {
        let output = output(&["run", "scenarios/wheat.ron", "-n", "1000", "--export", bad]);
        assert_eq!(output.status.code(), Some(2), "{bad}");
        assert!(output.stdout.is_empty(), "{bad}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(words), "{bad}");
    }
    // A scenario with problems touches no file.
    let old_name = old.to_string_lossy().into_owned();
    let output = output(&["run", "README.md", "--export", &old_name]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&old).unwrap(), "old");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn init_writes_a_scenario_that_runs() {
    let folder = folder("init");
    let file = folder.join("mine.ron").to_string_lossy().into_owned();
    assert!(output(&["init", &file]).status.success());
    assert_eq!(std::fs::read(&file).unwrap(), output(&["init", "-"]).stdout);
    assert!(output(&["check", &file]).status.success());
    assert!(output(&["run", &file, "-n", "1000"]).status.success());
    let again = output(&["init", &file]);
    assert_eq!(again.status.code(), Some(2), "a file that is there is not written over");
    assert!(String::from_utf8_lossy(&again.stderr).contains("already exists"));
    std::fs::remove_dir_all(folder).unwrap();
}
