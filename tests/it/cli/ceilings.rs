//! Scenarios that are accepted and heavy: what they take is said before it is spent, and any of them gives way to a signal.

use crate::support::binary::{folder, headstart, output, text};
use crate::support::{library, load};
use headstart::request::{Cost, Request, Show, Source};
use std::path::{Path, PathBuf};

fn list(n: usize, one: impl Fn(usize) -> String) -> String {
    (0..n).map(one).collect::<Vec<_>>().join(", ")
}

/// A scenario of two groups with so many areas and factors.
fn table((n_areas, n_factors): (usize, usize), rest: &str, score: &dyn Fn(usize) -> String) -> String {
    let areas = list(n_areas, |i| format!("(id: \"a{i}\", group: \"g{}\")", i % 2));
    let factor = |k: usize| {
        let scores = list(n_areas, |i| score(k * n_areas + i));
        format!("(id: \"f{k}\", weight: 1, scores: [{scores}])")
    };
    let factors = list(n_factors, factor);
    format!(
        "Scenario(title: \"t\", groups: [(id: \"g0\"), (id: \"g1\")], areas: [{areas}], {rest} factors: [{factors}])"
    )
}

fn uniform(_: usize) -> String {
    "Uniform(min: 0, max: 1)".into()
}

/// Scenarios that took minutes to check, or did not hear a signal.
fn heavy() -> [(&'static str, String); 6] {
    let correlated = "correlations: [(between: [\"score.*.*\"], rank: 0.3)],";
    let place = |n: usize| format!("Nth({}, \"g{}\")", 1 + n % 99, n % 2);
    let before = |n: usize| format!("Before({}, {})", place(2 * n), place(2 * n + 1));
    let claims = list(100, |c| {
        format!("(id: \"c{c}\", text: \"c\", holds: Any([{}]))", list(18, |n| before(7 * c + n)))
    });
    let worlds = list(6, |w| format!("(id: \"w{w}\", outcomes: [(\"x\", 0.5), (\"y\", 0.5)])"));
    let by_world = |n: usize| {
        let w = n / 20 % 6;
        format!("ByWorld(\"w{w}\", {{\"x\": Uniform(min: 0, max: 1), \"y\": Uniform(min: 0, max: 2)}})")
    };
    let truncated = |n: usize| {
        let beta = format!("Beta(alpha: {}, beta: 2)", 1.0 + n as f64 / 1_000.0);
        format!("Truncated(of: {beta}, min: 0.01, max: 0.99)")
    };
    let mixture = |n: usize| {
        let beta = format!("Beta(alpha: {}, beta: 2)", 1.0 + n as f64 / 1_000.0);
        format!("Truncated(of: Mixture([(0.5, {beta}), (0.5, Uniform(min: 0, max: 1))]), min: 0.01)")
    };
    let logit = |n: usize| format!("LogitNormal(mu: 0, sigma: {})", 1.0 + n as f64 / 20_000.0);
    [
        ("correlated", table((40, 10), correlated, &uniform)),
        ("claims", table((200, 20), &format!("claims: [{claims}],"), &uniform)),
        ("worlds", table((20, 6), &format!("worlds: [{worlds}],"), &by_world)),
        ("truncated", table((100, 8), "", &truncated)),
        ("mixtures", table((50, 4), "scale: (min: 0, max: 1),", &mixture)),
        ("logit", table((200, 50), "", &logit)),
    ]
}

fn written(folder: &Path, name: &str, scenario: &str) -> (PathBuf, String) {
    let path = folder.join(format!("{name}.ron"));
    std::fs::write(&path, scenario).unwrap();
    let shown = path.to_string_lossy().into_owned();
    (path, shown)
}

/// `check` accepts each, draws and tabulates nothing for it, and says on stderr what a run takes.
#[test]
fn check_says_what_a_run_takes() {
    let folder = folder("ceilings");
    for (name, scenario) in heavy() {
        let (_, path) = written(&folder, name, &scenario);
        let checked = output(&["check", &path]);
        assert!(checked.status.success(), "{name}: {}", text(&checked.stderr));
        let said = text(&checked.stderr);
        let cost = said.lines().find(|line| line.starts_with("cost: a run of 1000000 draws takes "));
        let cost = cost.unwrap_or_else(|| panic!("{name}: {said}"));
        assert!(cost.contains(" to ") && cost.contains(" MB") | cost.contains(" GB"), "{cost}");
    }
    let small = output(&["check", "scenarios/wheat.ron"]);
    assert!(text(&small.stderr).contains("takes 0.1 s to "), "{}", text(&small.stderr));
    std::fs::remove_dir_all(folder).unwrap();
}

/// Wide edits change so many numbers that they are refused by name, in levers and in variants.
#[test]
fn edits_of_too_many_numbers_are_refused() {
    let folder = folder("edits");
    let edit = "\"score.*.* *= 2\"";
    let levers = |n: usize| {
        format!(
            "levers: [{}],",
            list(n, |l| format!("(id: \"l{l}\", edits: [{}])", list(5, |_| edit.into())))
        )
    };
    // 100 edits of 2,000 numbers each are accepted, and 105 are not.
    let (_, few) = written(&folder, "few", &table((100, 20), &levers(20), &uniform));
    assert!(output(&["check", &few]).status.success());
    let (_, many) = written(&folder, "many", &table((100, 20), &levers(21), &uniform));
    let (_, base) = written(&folder, "base", &table((100, 20), "", &uniform));
    let variant = format!("Variant(base: \"base.ron\", edits: [{}])", list(101, |_| edit.into()));
    let (_, variant) = written(&folder, "variant", &variant);
    assert!(output(&["check", &base]).status.success());
    for (path, whose) in [(many, "the edits of the levers"), (variant, "the edits of this variant")] {
        let refused = output(&["check", &path]);
        assert_eq!(refused.status.code(), Some(2), "{whose}");
        let said = text(&refused.stderr);
        assert!(
            said.contains(&format!("{whose} change more than the 200000 numbers that are accepted")),
            "{said}"
        );
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// What a run of each shipped scenario takes is known to within a factor of six, and follows from what is counted: draws and threads.
#[test]
fn costs_of_shipped_scenarios_are_narrow() {
    let cost = |name: &str, draws: u64, threads: usize| {
        let source = Source::Open { name: name.into(), scenario: Box::new(load(name)) };
        let mut request = Request::new(source, Show::Check);
        (request.draws, request.threads) = (draws, Some(threads));
        request.prepare().unwrap().cost()
    };
    for name in library() {
        let (one, twice, spread) =
            (cost(&name, 1 << 32, 1), cost(&name, 1 << 33, 1), cost(&name, 1 << 33, 2));
        for (range, what) in [(&one.seconds, "seconds"), (&one.bytes, "bytes")] {
            assert!(range.end() / range.start() < 6.0, "{name}: {range:?} {what}");
        }
        let ratio = |a: &Cost, b: &Cost| a.seconds.start() / b.seconds.start();
        assert!((ratio(&twice, &one) - 2.0).abs() < 0.1, "{name}");
        assert!((ratio(&twice, &spread) - 2.0).abs() < 0.1, "{name}");
    }
}

/// Warnings that are not looked for are named, those of claims too.
#[test]
fn warnings_that_are_not_looked_for_are_named() {
    let folder = folder("unseen");
    let heavy = heavy();
    let said = |name: &str| {
        let (_, scenario) = heavy.iter().find(|(of, _)| *of == name).unwrap();
        let (_, path) = written(&folder, name, scenario);
        text(&output(&["check", &path]).stderr)
    };
    let note = "note: it would take more than a moment to look for the warnings ";
    assert!(said("claims").contains(&format!("{note}L009\n")), "{}", said("claims"));
    assert!(said("truncated").contains(&format!("{note}L002, L003, ")), "{}", said("truncated"));
    assert!(!text(&output(&["check", "scenarios/takeoff.ron"]).stderr).contains("note:"));
    std::fs::remove_dir_all(folder).unwrap();
}

/// Mixtures of mixtures whose tables would take an hour are refused by every command, with the reason.
#[test]
fn tables_that_take_minutes_are_refused() {
    fn nested(depth: usize, n: usize) -> String {
        if depth == 0 {
            return format!("Beta(alpha: {}, beta: 2)", 1.0 + n as f64 / 100.0);
        }
        format!("Mixture([{}])", list(3, |i| format!("({}, {})", 1.0 / 3.0, nested(depth - 1, 3 * n + i))))
    }
    let folder = folder("tables");
    let scenario = table((40, 1), "", &|n| nested(6, n));
    let (_, path) = written(&folder, "nested", &scenario);
    for command in [&["check", &path][..], &["run", &path, "-n", "10"], &["rankings", &path]] {
        let refused = output(command);
        assert_eq!(refused.status.code(), Some(2), "{command:?}");
        let said = text(&refused.stderr);
        assert!(said.contains("the tables of 40 distributions would take about "), "{said}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// Memory is refused before it is spent, in every question that draws.
#[test]
fn memory_is_bounded() {
    for command in ["run", "rankings", "levers"] {
        let refused = output(&[command, "scenarios/takeoff.ron", "-n", "1000", "--max-memory", "1M"]);
        assert_eq!(refused.status.code(), Some(2), "{command}");
        let said = text(&refused.stderr);
        assert!(said.contains("of memory, and 1 MB are allowed; use fewer --threads"), "{said}");
        assert!(refused.stdout.is_empty());
    }
    for wrong in ["0", "-1", "many", "1.5G", "99999999999T"] {
        let refused = output(&["run", "scenarios/wheat.ron", &format!("--max-memory={wrong}")]);
        assert_eq!(refused.status.code(), Some(2), "{wrong}");
        assert!(text(&refused.stderr).contains("a number of bytes, such as 500M or 4G"), "{wrong}");
    }
    for right in ["4G", "500MiB", "123456789"] {
        let made = output(&["run", "scenarios/wheat.ron", "-n", "1000", "--max-memory", right]);
        assert!(made.status.success(), "{right}: {}", text(&made.stderr));
    }
    // Threads that would hold gigabytes of counters.
    let folder = folder("memory");
    let (_, path) = written(&folder, "worlds", &heavy()[2].1);
    let refused = output(&["run", &path, "--threads", "1024", "--max-memory", "2G"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        text(&refused.stderr).contains(" of memory, and 2.1 GB are allowed"),
        "{}",
        text(&refused.stderr)
    );
    std::fs::remove_dir_all(folder).unwrap();
}

/// Seventeen numbers have 136 correlations, of which a text lists a hundred; JSON has all.
#[test]
fn long_lists_are_cut() {
    let folder = folder("lists");
    let scenario = table((17, 1), "correlations: [(between: [\"score.*.*\"], rank: 0.3)],", &uniform);
    let (_, path) = written(&folder, "correlated", &scenario);
    let run = |format: &str| {
        text(&output(&["run", &path, "-n", "1000", "-q", "--show", "all", "--format", format]).stdout)
    };
    for format in ["text", "md"] {
        let said = run(format);
        assert_eq!(said.matches("requested rank 0.3").count(), 100, "{format}");
        assert!(said.contains("and 36 more, which are listed in JSON"), "{format}");
    }
    let found: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(found["correlations"].as_array().unwrap().len(), 136);
    std::fs::remove_dir_all(folder).unwrap();
}

/// A report that no command makes is refused before its numbers are laid out.
#[test]
fn a_report_of_millions_of_values_is_refused() {
    let folder = folder("values");
    let path = folder.join("big.json");
    std::fs::write(&path, format!("{{\"x\": [{}0]}}", "0,".repeat(3_000_001))).unwrap();
    let refused = output(&["verify", &path.to_string_lossy()]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("it holds over 3000000 values"), "{}", text(&refused.stderr));
    std::fs::remove_dir_all(folder).unwrap();
}

#[cfg(unix)]
mod signals {
    use super::{folder, headstart, heavy, text, written};
    use std::io::{BufRead, BufReader};
    use std::process::{Child, Command};
    use std::time::{Duration, Instant};

    /// More than the two seconds that a part of an answer may take to lay out, on a machine that is busy.
    const SOON: Duration = Duration::from_secs(10);

    fn interrupt(child: &Child) {
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    }

    /// Whatever is under way, and whichever method finds it, a signal ends it, and a run says before that it will take minutes.
    #[test]
    fn anything_gives_way() {
        let folder = folder("deaf");
        for (name, scenario) in heavy() {
            let (_, path) = written(&folder, name, &scenario);
            let run = ["run", &path, "-n", "1e10", "-q"];
            let commands: [&[&str]; 4] = [
                &run,
                &[&run[..], &["--method", "exact"]].concat(),
                &[&run[..], &["--format", "html"]].concat(),
                &["sweep", &path, "--vary", "residual = 0..=1", "-q"],
            ];
            for (index, command) in commands.into_iter().enumerate() {
                let child = headstart(command).spawn().unwrap();
                std::thread::sleep(Duration::from_millis(50 + 250 * index as u64));
                let sent = Instant::now();
                interrupt(&child);
                let output = child.wait_with_output().unwrap();
                // A question that has no answer has ended before.
                let code = output.status.code();
                assert!(matches!(code, None | Some(2 | 130)), "{command:?}: {code:?}");
                assert!(sent.elapsed() < SOON, "{command:?} took {:?}", sent.elapsed());
            }
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    /// A run of minutes says so where no bar shows it, and a part of it is whole.
    #[test]
    fn a_long_run_says_what_it_takes() {
        let mut child = headstart(&["run", "scenarios/takeoff.ron", "-n", "1e12"]).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        assert!(first.starts_with("note: this run takes ") && first.contains(" to "), "{first}");
        std::thread::sleep(Duration::from_millis(300));
        interrupt(&child);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130));
        assert!(text(&output.stdout).contains("PARTIAL: interrupted after "));
    }
}
