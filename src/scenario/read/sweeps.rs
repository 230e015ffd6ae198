//! Reads files of sweeps.

use super::effects::read_texts;
use super::limit;
use super::names::{read_id, read_named};
use super::node::Node;
use super::reader::{Fields, Reader};
use crate::error::{Code, Problem};
use crate::scenario::{SweepFile, SweepPlan};

/// Fields that the head of a file may state for all sweeps, and each sweep for itself.
const SHARED: [&str; 5] = ["scenario", "points", "claims", "draws", "seed"];
/// No more than a range takes.
const MOST_POINTS: u64 = 10_000;
/// Whole numbers up to here are exact.
const MOST: u64 = 1_000_000_000_000;

/// Reads `Sweeps(scenario: "file.ron", sweeps: [(id: "…", vary: […]), …])`.
pub fn read_sweeps(reader: &mut Reader, node: Node<'_>) -> Option<SweepFile> {
    let head = reader.fields(node, "a file of sweeps", &["sweeps"], &SHARED)?;
    let shared = read_shared(reader, &head);
    let nodes = reader.some_list(head.get("sweeps")?, "sweeps", limit::CLAIMS)?;
    let sweeps = read_named(reader, nodes, "sweeps", |reader, node, ids| {
        let fields = reader.fields(node, "a sweep", &["id", "vary"], &[&SHARED[..], &["edits"]].concat())?;
        let id = read_id(reader, fields.get("id"), "a sweep", ids);
        let texts = |reader: &mut Reader, key: &str| -> Option<Vec<String>> {
            let Some(node) = fields.get(key) else { return Some(Vec::new()) };
            Some(read_texts(reader, node, key)?.into_iter().map(|(text, _)| text).collect())
        };
        let (vary, edits) = (texts(reader, "vary"), texts(reader, "edits"));
        let own = read_shared(reader, &fields);
        if let (Some(vary), Some(at)) = (&vary, fields.get("vary"))
            && !(1..=2).contains(&vary.len())
        {
            let message = "a sweep varies one number or two";
            let problem = Problem::new(Code::WrongLength, at.span(), message);
            reader.report(problem.label(format!("these are {}", vary.len())));
        }
        let Some(scenario) = own.scenario.or_else(|| shared.scenario.clone()) else {
            let problem = Problem::new(Code::MissingField, node.head(), "this sweep has no scenario");
            reader.report(
                problem
                    .label("of what?")
                    .help("add `scenario: \"file.ron\"` here or at the head of the file"),
            );
            return None;
        };
        Some(SweepPlan {
            id: id?,
            scenario,
            edits: edits?,
            vary: vary?,
            points: own.points.or(shared.points),
            claims: own.claims.or_else(|| shared.claims.clone()).unwrap_or_default(),
            draws: own.draws.or(shared.draws),
            seed: own.seed.or(shared.seed),
        })
    })?;
    Some(SweepFile { sweeps })
}

struct Shared {
    scenario: Option<String>,
    points: Option<usize>,
    claims: Option<Vec<String>>,
    draws: Option<u64>,
    seed: Option<u64>,
}

fn read_shared(reader: &mut Reader, fields: &Fields<'_>) -> Shared {
    let count = |reader: &mut Reader, key: &str, most: u64| {
        fields.get(key).and_then(|node| reader.count(node, &format!("`{key}`"), most))
    };
    let (points, draws, seed) =
        (count(reader, "points", MOST_POINTS), count(reader, "draws", MOST), count(reader, "seed", MOST));
    let claims = fields.get("claims").and_then(|node| read_texts(reader, node, "claims"));
    Shared {
        scenario: fields.get("scenario").and_then(|node| reader.string(node, "the path of the scenario")),
        points: points.map(|n| n as usize),
        claims: claims.map(|claims| claims.into_iter().map(|(text, _)| text).collect()),
        draws,
        seed,
    }
}
