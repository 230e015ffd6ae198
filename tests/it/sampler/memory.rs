//! Memory: what it grows with, and what not. Where the system says how much a program has had.
#![cfg(target_os = "linux")]

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

/// The most that a program has had in memory so far, in KiB; nothing once it has ended.
fn peak_so_far(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

/// The most that the program has in memory with these arguments and this on stdin, in KiB. It cannot end before nearly all that it prints
/// is read, and is looked at after each piece.
fn peak(arguments: &[&str], scenario: &str) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_headstart"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(scenario.as_bytes()).unwrap();
    let mut printed = child.stdout.take().unwrap();
    let (mut piece, mut most, mut n_bytes) = (vec![0; 1 << 14], 0, 0);
    loop {
        let n = printed.read(&mut piece).unwrap();
        most = most.max(peak_so_far(&child).unwrap_or(0));
        n_bytes += n;
        if n == 0 {
            break;
        }
    }
    assert!(child.wait().unwrap().success() && n_bytes > 1 << 18 && most > 0);
    most
}

/// A point of a sweep takes the memory of its numbers, 17 for each claim and each two groups, and no scenario and no text.
#[test]
fn sweeps_keep_numbers_alone() {
    let scenario = r#"Scenario(
        title: "t", spread: (score: Triangular(half_width: 1)),
        groups: [(id: "x"), (id: "y")],
        areas: [(id: "a", group: "x"), (id: "b", group: "x"), (id: "c", group: "y"), (id: "d", group: "y")],
        factors: [(id: "f", weight: 2, scores: [1, 2, 3, 4]), (id: "g", weight: 1, scores: [4, 3, 2, 1])],
    )"#;
    let (claims, pairs) = (7, 1);
    // As much again for vectors that grow by doubling, as much for names, and as much for what a point is told apart by before it is
    // drawn. A scenario in memory would be that much once more.
    let bound = 4 * 8 * 17 * (claims + pairs);
    for format in ["json", "csv"] {
        let sweep = |points: &str| {
            let arguments =
                ["sweep", "-", "--vary", "weight.g = 1..=3", "--quiet", "--threads", "1", "-n", "64"];
            peak(&[&arguments[..], &["--points", points, "--format", format]].concat(), scenario)
        };
        // So many that what the allocator holds in reserve, which is another amount each time, is little of it.
        let (few, many) = (sweep("1000"), sweep("9000"));
        let each = many.saturating_sub(few) * 1024 / 8000;
        assert!(each <= bound, "{each} bytes a point as {format}: {few} KiB for 1,000, {many} KiB for 9,000");
    }
}

/// Draws take none: once all threads have chunks to do, four times as many leave the most that was had within what the allocator
/// holds in reserve.
#[test]
fn runs_keep_no_draws() {
    let lines = |line: &dyn Fn(usize) -> String| (0..50).map(line).collect::<Vec<_>>().join(", ");
    let scenario = format!(
        r#"Scenario(title: "t", spread: (score: Triangular(half_width: 1)), groups: [(id: "x")],
            areas: [{}], factors: [(id: "f", weight: 1, scores: [{}])])"#,
        lines(&|i| format!(r#"(id: "a{i}", group: "x")"#)),
        lines(&|i| format!("{}", i % 7)),
    );
    let run = |n| peak(&["run", "-", "--quiet", "--threads", "1", "--format", "json", "-n", n], &scenario);
    let (few, many) = (run("1.5e6"), run("6e6"));
    // A number of each draw would be 18,000 KiB, and of each area's 900,000.
    assert!(many < few + 4_000, "{few} KiB for 1,500,000, {many} KiB for 6,000,000");
}
