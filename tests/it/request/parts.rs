//! A run in parts has the bits of the whole, in whatever order they are merged, and parts that do not belong together are refused.

use crate::support::*;
use headstart::Control;
use headstart::analysis::{RunTally, tally_part};
use headstart::report::{RunPart, Shard, Style};
use headstart::request::{
    Answer, Format, MissingParts, Parts, PartsError, Prepared, Request, Show, Source, View,
};
use headstart::sampler::{Arithmetic, CHUNK_SIZE};
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// The items in a random order.
fn shuffled<T: Clone>(items: &[T], seed: u64) -> Vec<T> {
    let (mut items, mut rng) = (items.to_vec(), SplitMix64::seed_from_u64(seed));
    for last in (1..items.len()).rev() {
        items.swap(last, (rng.next_u64() % (last as u64 + 1)) as usize);
    }
    items
}

fn request(name: &str, arithmetic: Arithmetic, draws: u64) -> Request {
    let source = Source::Open { name: name.into(), scenario: Box::new(load(name)) };
    let mut request = Request::new(source, Show::Run(headstart::request::How::default()));
    (request.draws, request.seed, request.arithmetic) = (draws, 7, arithmetic);
    request
}

fn prepared(name: &str, arithmetic: Arithmetic, draws: u64) -> Prepared {
    request(name, arithmetic, draws).prepare().unwrap()
}

fn json(answer: &Answer) -> String {
    let mut out = Vec::new();
    answer.write(&mut out, Format::Json, &View::new(Style::plain(80))).unwrap();
    String::from_utf8(out).unwrap()
}

fn texts(prepared: &Prepared, of: u64) -> Vec<(String, String)> {
    let part = |index| {
        let shard = Shard::new(index, of).unwrap();
        let part = prepared.part(shard, Control::none(), &mut |_| {}).unwrap();
        (shard.to_string(), part.to_json())
    };
    (1..=of).map(part).collect()
}

fn merged(name: &str, arithmetic: Arithmetic, texts: Vec<(String, String)>) -> String {
    let parts = Parts::read(texts).unwrap();
    let request = parts.request().unwrap();
    assert_eq!(request.arithmetic, arithmetic, "{name}");
    let prepared = request.prepare().unwrap();
    json(&prepared.answer_from_parts(&parts, Control::none(), &mut |_| {}).unwrap())
}

/// 64 parts, the last of which ends within a chunk, in twenty orders: all that a run keeps is that of the whole, and so is the report.
#[test]
fn parts_in_any_order_make_the_whole() {
    let draws = 64 * CHUNK_SIZE + 12_345;
    for (name, arithmetic) in [
        ("takeoff", Arithmetic::Single),
        ("takeoff", Arithmetic::Double),
        ("takeoff-residual", Arithmetic::Double),
        ("takeoff-raters", Arithmetic::Auto),
    ] {
        let whole = prepared(name, arithmetic, draws);
        let (scenario, run) = (whole.scenario().clone(), whole.run());
        let kept = |chunks| tally_part(&scenario, run, chunks, Control::none()).unwrap();
        let all = kept(0..draws.div_ceil(CHUNK_SIZE)).to_hex();
        let shards: Vec<Shard> = (1..=64).map(|index| Shard::new(index, 64).unwrap()).collect();
        let parts: Vec<RunTally> = shards.iter().map(|shard| kept(shard.chunks(run))).collect();
        for seed in 0..20 {
            let mut order = shuffled(&parts, seed).into_iter();
            // Some are merged among themselves first.
            let (mut one, mut other) = (order.next().unwrap(), order.next().unwrap());
            for (n, part) in order.enumerate() {
                if (n as u64 + seed).is_multiple_of(3) { &mut one } else { &mut other }.merge_part(&part);
            }
            one.merge_part(&other);
            assert!(one.to_hex() == all, "{name}, {arithmetic}, order {seed}");
        }
        let report = json(&prepared(name, arithmetic, draws).answer(Control::none()).unwrap());
        let texts = texts(&whole, 64);
        for seed in 0..2 {
            assert!(merged(name, arithmetic, shuffled(&texts, seed)) == report, "{name}, {arithmetic}");
        }
    }
}

/// More parts than chunks: some have no draws.
#[test]
fn parts_without_draws_change_nothing() {
    let whole = prepared("wheat", Arithmetic::Auto, CHUNK_SIZE + 1);
    let report = json(&prepared("wheat", Arithmetic::Auto, CHUNK_SIZE + 1).answer(Control::none()).unwrap());
    for of in [1, 2, 3, 5] {
        assert!(merged("wheat", Arithmetic::Auto, texts(&whole, of)) == report, "{of} parts");
    }
}

/// Parts of an exact run are sampled, and integrated once they are merged.
#[test]
fn merged_parts_are_integrated_where_that_is_asked_for() {
    let exact = || {
        let mut request = request("takeoff", Arithmetic::Auto, 3 * CHUNK_SIZE);
        if let Show::Run(how) = &mut request.show {
            (how.method, how.points) = (headstart::request::MethodAsked::Exact, Some(32));
        }
        request.prepare().unwrap()
    };
    let report = json(&exact().answer(Control::none()).unwrap());
    assert!(report.contains("\"method\": \"exact\""));
    assert!(merged("takeoff", Arithmetic::Auto, texts(&exact(), 3)) == report);
}

const DRAWS: u64 = 5 * CHUNK_SIZE + 99;

fn refused(texts: Vec<(String, String)>) -> PartsError {
    Parts::read(texts).map(drop).expect_err("the set is refused")
}

#[test]
fn damaged_parts_are_refused() {
    let whole = texts(&prepared("wheat", Arithmetic::Auto, DRAWS), 3);
    for place in 0..3 {
        let text = &whole[place].1;
        let with = |damaged: String| {
            let mut set = whole.clone();
            set[place].1 = damaged;
            refused(set)
        };
        let digits: Vec<usize> =
            text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
        for n in 0..6 {
            let at = digits[digits.len() * n / 6 + place];
            let other = if &text[at..=at] == "1" { "2" } else { "1" };
            let found = with(format!("{}{other}{}", &text[..at], &text[at + 1..]));
            assert!(matches!(found, PartsError::Unreadable { .. }), "{found}");
        }
        for cut in [0, text.len() / 2, text.len() - 3] {
            assert!(matches!(with(text[..cut].to_owned()), PartsError::Unreadable { .. }));
        }
    }
}

#[test]
fn parts_of_different_runs_are_refused() {
    type Change = fn(&mut Request);
    let whole = texts(&prepared("wheat", Arithmetic::Auto, DRAWS), 3);
    let others: [(Change, &str); 6] = [
        (|request| request.seed = 8, "the seed"),
        (|request| request.draws += 1, "the number of draws"),
        (|request| request.arithmetic = Arithmetic::Double, "the precision of the arithmetic"),
        (|request| request.edits = vec!["weight.soil = 5".into()], "the scenario"),
        (|request| request.claims = vec!["alta is first".into()], "the scenario"),
        (
            |request| {
                if let Show::Run(how) = &mut request.show {
                    how.simultaneous = true;
                }
            },
            "how the run is asked for",
        ),
    ];
    for (change, what) in others {
        let mut request = request("wheat", Arithmetic::Auto, DRAWS);
        change(&mut request);
        let other = texts(&request.prepare().unwrap(), 3);
        for place in 0..3 {
            let mut set = whole.clone();
            set[place] = other[place].clone();
            let found = refused(set);
            let PartsError::Mixed { differences, .. } = &found else { panic!("{found}") };
            assert!(differences.contains(&what), "{found}");
        }
    }
}

#[test]
fn parts_with_draws_in_common_are_refused_and_missing_ones_listed() {
    let run = prepared("wheat", Arithmetic::Auto, DRAWS);
    let (thirds, halves) = (texts(&run, 3), texts(&run, 2));
    for place in 0..3 {
        let mut set = thirds.clone();
        set.push(("a copy".into(), thirds[place].1.clone()));
        assert!(matches!(refused(set), PartsError::Overlapping { .. }));
        for half in &halves {
            let set = [&thirds[..], std::slice::from_ref(half)].concat();
            assert!(matches!(refused(set), PartsError::Overlapping { .. }));
        }
    }
    // Halves and thirds of six chunks meet in the middle of one.
    let found = refused(vec![thirds[0].clone(), halves[1].clone()]);
    let PartsError::Missing(MissingParts::Draws { first, end }) = found else { panic!("{found}") };
    assert_eq!((first, end), (2 * CHUNK_SIZE, 3 * CHUNK_SIZE));
    let sixths = texts(&run, 6);
    let mixed = vec![halves[1].clone(), sixths[2].clone(), thirds[0].clone()];
    assert_eq!(merged("wheat", Arithmetic::Auto, mixed), merged("wheat", Arithmetic::Auto, thirds));
    for (there, array) in
        [(vec![0, 4], "--array=2-4,6"), (vec![1, 2, 3, 4, 5], "--array=1"), (vec![5], "--array=1-5")]
    {
        let found = refused(there.into_iter().map(|n| sixths[n].clone()).collect());
        assert!(found.to_string().ends_with(&format!("sbatch {array}")), "{found}");
    }
    assert!(matches!(refused(Vec::new()), PartsError::None));
}

/// A part whose counts are not those of its draws, though its digest fits.
#[test]
fn counts_of_other_draws_are_refused() {
    let run = prepared("wheat", Arithmetic::Auto, DRAWS);
    let read: Vec<RunPart> = texts(&run, 3).iter().map(|(_, text)| RunPart::read(text).unwrap()).collect();
    let short = tally_part(run.scenario(), run.run(), 4..6, Control::none()).unwrap();
    let [first, second] = [1, 2].map(|index| Shard::new(index, 3).unwrap());
    let forged = RunPart::new(run.scenario(), run.run(), read[0].made().clone(), (first, &short));
    assert!(forged.tally(run.scenario(), run.run()).is_err());
    assert!(read[1].tally(run.scenario(), run.run()).is_ok());
    assert!(read[1].tally(run.scenario(), headstart::sampler::Run { seed: 1, ..run.run() }).is_err());
    assert_eq!(second.to_string().parse(), Ok(second));
    for text in ["", "3", "0/3", "4/3", "1/0", "a/3", "1/3/5", "-1/3", "1/1000001"] {
        assert!(text.parse::<Shard>().is_err(), "{text}");
    }
}
