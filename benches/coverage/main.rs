//! How often stated intervals contain the truth: `cargo bench --bench coverage` prints the table of docs/method.md.
//!
//! `-- --seeds 200` runs fewer seeds, and names select scenarios or parts: `-- --seeds 200 takeoff answers`.
//! Files of scenarios can be tried in place of those of the bench: `-- answers my.ron`.
//! `-- --numbers` also writes one line per number to stderr: its kind, name, runs, runs that contain the truth, and width.
//! The truth is a run of some million draws, whose own error is a thirtieth of the errors that are tested, or an integral.

mod scenarios;
mod stated;

use headstart::analysis::summarize;
use headstart::sampler::Run;
use headstart::{Control, Scenario};
use scenarios::{Case, cases};
use stated::{Cell, Numbers};
use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// The parts of the work, which can be selected by name.
const PARTS: [&str; 6] = ["answers", "integrals", "changes", "sweeps", "reasons", "drivers"];

type Truth = HashMap<(String, String), f64>;
/// What a long run says of a number.
struct Known {
    value: f64,
    /// Whether it is a probability, which may be rare.
    share: bool,
    /// The width of its own interval.
    width: f64,
}

type Cells = HashMap<(String, String), Cell>;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let (mut seeds, mut names, mut lists_numbers) = (2_000, Vec::new(), false);
    while let Some(argument) = arguments.next() {
        if argument == "--seeds" {
            let number = arguments.next().and_then(|number| number.parse().ok());
            seeds = number.expect("--seeds takes a number");
        } else if argument == "--numbers" {
            lists_numbers = true;
        } else {
            names.push(argument);
        }
    }
    let mut cases = cases();
    // Files of one's own are asked for what needs no claim or edit.
    let (files, names): (Vec<String>, Vec<String>) = names
        .into_iter()
        .partition(|name| std::path::Path::new(name).extension().is_some_and(|ending| ending == "ron"));
    if !files.is_empty() {
        cases = files.into_iter().map(scenarios::own).collect();
    }
    let known = |name: &String| PARTS.contains(&name.as_str()) || cases.iter().any(|case| case.name == *name);
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        panic!("unknown name {unknown}; use a part ({}) or a scenario", PARTS.join(", "));
    }
    let picked = |name: &str, all: &[&str]| {
        let mut asked = names.iter().filter(|asked| all.contains(&asked.as_str())).peekable();
        asked.peek().is_none() || asked.any(|asked| asked == name)
    };
    let all: Vec<&str> = cases.iter().map(|case| case.name).collect();
    let mut rows: BTreeMap<String, Vec<(String, Cell)>> = BTreeMap::new();
    for case in cases.iter().filter(|case| picked(case.name, &all)) {
        for part in PARTS.into_iter().filter(|part| picked(part, &PARTS)) {
            eprintln!("{} {part}", case.name);
            let few = |p: f64| p * (case.draws as f64) < 10.0;
            let truth = truth(case, part);
            // Integrals take a hundred times as long as draws.
            let seeds = if part == "integrals" { seeds / 4 } else { seeds };
            for ((kind, about), cell) in covered(case, part, seeds, &truth) {
                let is_change = kind.starts_with("changes");
                let is_rare = truth.get(&(kind.clone(), about.clone())).is_some_and(|known| {
                    let value = known.value;
                    known.share && few(value.min(1.0 - value)) || is_change && few(value.abs())
                });
                let row = if is_rare { format!("{kind}, under 10 draws expected") } else { kind };
                let about = format!("{} {about}", case.name);
                if lists_numbers {
                    eprintln!("{row}\t{about}\t{}\t{}\t{:.3}", cell.n, cell.held, cell.width());
                }
                rows.entry(row).or_default().push((about, cell));
            }
        }
    }
    print(&rows);
}

/// What one part states of a case with so many draws.
fn state(case: &Case, scenario: &Scenario, part: &str, run: Run, is_truth: bool) -> Numbers {
    let mut numbers = Numbers::default();
    match part {
        "answers" => stated::summary(&mut numbers, &summarize(scenario, run, Control::none())),
        "integrals" => {
            let run = Run { draws: 2_000, ..run };
            stated::integrated(&mut numbers, scenario, run, if is_truth { 8_192 } else { 64 });
        }
        "changes" => stated::changes(&mut numbers, scenario, case.edits, run),
        "sweeps" => {
            for &(vary, n) in case.sweeps {
                stated::swept(&mut numbers, scenario, (vary, n), run);
            }
            stated::levers(&mut numbers, scenario, run);
        }
        "reasons" => stated::reasons(&mut numbers, scenario, case.pair, run),
        "drivers" => stated::drivers(&mut numbers, scenario, case.claim, run),
        part => panic!("no part {part}"),
    }
    numbers
}

/// The truth of each number. Certain numbers are left out.
fn truth(case: &Case, part: &str) -> HashMap<(String, String), Known> {
    let draws = match part {
        "sweeps" => 1 << 20,
        "drivers" | "reasons" => 1 << 21,
        _ => 1 << 23,
    };
    let run = Run { draws, seed: u64::MAX, ..Run::default() };
    let numbers = state(case, &case.scenario, part, run, true);
    let is_uncertain = |stated: &stated::Stated| {
        if stated.share { stated.value > 0.0 && stated.value < 1.0 } else { stated.low < stated.high }
    };
    let known = numbers.0.into_iter().filter(is_uncertain);
    let width = |stated: &stated::Stated| stated.high - stated.low;
    let known = known.map(|stated| {
        let known = Known { value: stated.value, share: stated.share, width: width(&stated) };
        ((stated.kind, stated.about), known)
    });
    let mut known: HashMap<_, _> = known.collect();
    if part == "reasons" {
        let exact = |value| Known { value, share: false, width: 0.0 };
        let jumps = case.jumps.iter();
        known.extend(jumps.map(|&(at, value)| (("single changes".into(), at.to_owned()), exact(value))));
    }
    known
}

/// How often the intervals contain the truths.
///
/// A number is left out if the long run does not know it four times as well, such as a value at which a curve jumps.
fn covered(case: &Case, part: &str, seeds: u64, truth: &HashMap<(String, String), Known>) -> Cells {
    let (next, all) = (AtomicU64::new(0), Mutex::new(Cells::new()));
    let plain: Truth = truth.iter().map(|(key, known)| (key.clone(), known.value)).collect();
    let work = || {
        let mut cells = Cells::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds {
                break;
            }
            let run = Run { draws: case.draws, seed, threads: Some(1), ..Run::default() };
            let mut numbers = state(case, &case.scenario, part, run, false);
            if part == "answers" {
                let found = summarize(&case.scenario, run, Control::none());
                stated::together(&mut numbers, &found, &plain);
            }
            for stated in numbers.0 {
                let key = (stated.kind.clone(), stated.about.clone());
                let truth = if stated.kind.ends_with("all together") { Some(&0.0) } else { plain.get(&key) };
                if let Some(&truth) = truth {
                    cells.entry(key).or_default().add(&stated, truth);
                }
            }
        }
        let mut all = all.lock().expect("no thread panics");
        for (key, cell) in cells {
            all.entry(key).or_default().merge(&cell);
        }
    };
    let n_threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(work);
        }
    });
    let mut all = all.into_inner().expect("no thread panics");
    if part != "integrals" {
        all.retain(|key, cell| {
            let known = truth.get(key).filter(|known| !known.share && known.width.is_finite());
            known.is_none_or(|known| 4.0 * known.width <= cell.stated_width())
        });
    }
    all
}

fn print(rows: &BTreeMap<String, Vec<(String, Cell)>>) {
    println!("| kind | numbers | covered | least | most | width | lowest |\n|---|---|---|---|---|---|---|");
    for (kind, cells) in rows {
        // What few runs state, such as an order that is rarely among the first, is stated where it is large.
        let most = cells.iter().map(|(_, cell)| cell.n).max().unwrap_or(0);
        let often = cells.iter().filter(|(_, cell)| cell.n * 10 >= most * 9);
        let mut shares: Vec<(f64, &str)> =
            often.clone().map(|(about, cell)| (cell.coverage(), about.as_str())).collect();
        shares.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut widths: Vec<f64> =
            often.map(|(_, cell)| cell.width()).filter(|width| width.is_finite()).collect();
        widths.sort_by(f64::total_cmp);
        let [Some(least), Some(most)] = [shares.first(), shares.last()] else { continue };
        let mean = shares.iter().map(|share| share.0).sum::<f64>() / shares.len() as f64;
        let width = widths.get(widths.len() / 2).map_or("–".into(), |width| format!("{width:.2}"));
        println!(
            "| {kind} | {} | {:.1} | {:.1} | {:.1} | {width} | {} |",
            shares.len(),
            100.0 * mean,
            100.0 * least.0,
            100.0 * most.0,
            least.1
        );
    }
}
