//! Runs and sweeps in parts, each made by a command of its own.

use crate::support::binary::{folder, output, printed, text};
use crate::support::read;

const RUN: [&str; 6] = ["run", "scenarios/takeoff.ron", "-n", "200000", "-q", "--seed=5"];

#[test]
fn merged_parts_print_what_the_run_prints() {
    let folder = folder("parts");
    let out = folder.join("out").to_string_lossy().into_owned();
    let part = |shard: &str| output(&[&RUN[..], &["--shard", shard, "--out", &out]].concat());
    for shard in ["3/3", "1/3"] {
        let done = part(shard);
        assert!(done.status.success() && text(&done.stdout).ends_with(&format!("part {shard}, written\n")));
    }
    let early = output(&["merge", &out]);
    assert_eq!((early.status.code(), &early.stdout[..]), (Some(2), &b""[..]));
    assert!(text(&early.stderr).contains("1 of 3 parts is missing; make them with: sbatch --array=2"));
    assert!(part("2/3").status.success());
    let again = part("2/3");
    assert!(text(&again.stdout).ends_with("part 2/3, there already\n"));
    for format in ["json", "text", "csv", "md"] {
        assert!(
            printed(&["merge", &out, "--format", format])
                == printed(&[&RUN[..], &["--format", format]].concat())
        );
    }
    // The page has the levers and the drivers that a page has.
    assert!(printed(&["merge", &out, "--format=html"]) == printed(&[&RUN[..], &["--format=html"]].concat()));
    let report = folder.join("report.json").to_string_lossy().into_owned();
    printed(&["merge", &out, "--export", &report]);
    assert!(text(&output(&["verify", &report]).stdout).contains("verified"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_part_of_another_run_is_no_part_that_is_there() {
    let folder = folder("parts-other");
    let out = folder.to_string_lossy().into_owned();
    let part = |more: &[&str]| output(&[&RUN[..], &["--shard=1/2", "--out", &out], more].concat());
    assert!(part(&[]).status.success());
    let [file] =
        &std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>()[..]
    else {
        panic!("one file")
    };
    assert_eq!(file.file_name().unwrap(), "1-of-2.part.json");
    let before = std::fs::read(file).unwrap();
    let other = part(&["--edit=weight.insight = 1"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(text(&other.stderr).contains("differs in the scenario"), "{}", text(&other.stderr));
    assert!(std::fs::read(file).unwrap() == before);
    std::fs::write(file, &before[..before.len() / 2]).unwrap();
    let damaged = part(&[]);
    assert!(text(&damaged.stderr).contains("remove it"), "{}", text(&damaged.stderr));
    let precise = output(&["run", "scenarios/wheat.ron", "--precision=0.01", "--shard=1/2", "--out", &out]);
    assert_eq!(precise.status.code(), Some(2));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_sweep_in_parts_writes_what_the_sweep_writes() {
    let folder = folder("parts-sweep");
    std::fs::write(folder.join("takeoff.ron"), read("scenarios/takeoff.ron")).unwrap();
    let file = folder.join("sweeps.ron").to_string_lossy().into_owned();
    let sweeps = "Sweeps(scenario: \"takeoff.ron\", points: 7, draws: 3000, sweeps: [
        (id: \"weight\", vary: [\"weight.insight = 0..=4\"]), (id: \"world\", vary: [\"world.scheming.scheming = [0, 1]\"]),
    ])";
    std::fs::write(&file, sweeps).unwrap();
    let [whole, parts] = ["whole", "parts"].map(|name| folder.join(name).to_string_lossy().into_owned());
    printed(&["sweep", "--file", &file, "--out", &whole]);
    for shard in ["2/3", "3/3", "1/3"] {
        let said = printed(&["sweep", "--file", &file, "--out", &parts, "--shard", shard]);
        assert!(said.contains(&format!("weight: part {shard}, ")), "{said}");
    }
    let said = printed(&["sweep", "--file", &file, "--out", &parts]);
    assert!(
        said.contains("7 points, 7 of them made before") && said.contains("2 points, 2 of them made before"),
        "{said}"
    );
    for name in ["weight.json", "weight.txt", "weight.csv", "world.json"] {
        let [one, other] = [&whole, &parts].map(|folder| std::fs::read(format!("{folder}/{name}")).unwrap());
        assert!(one == other, "{name}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
