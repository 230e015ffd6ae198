//! How runs go: where they can be gone on from, what they say on the way, and several of them side by side.

use crate::support::*;
use headstart::batch::{BLOCK, Batch};
use headstart::model::Model;
use headstart::real::Real;
use headstart::sampler::{
    Arithmetic, CHUNK_SIZE, Run, blocks, fits_one_thread, run_all, sample, sample_resumable,
    sample_with_precision, threads,
};
use headstart::tally::Tally;
use headstart::{Control, Resume, Stopped};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

/// How many draws there were, and the sum of all overall scores in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Seen {
    n: u64,
    first: f64,
    sum: f64,
}

impl<R: Real> Tally<R> for Seen {
    const READS_INPUTS: bool = false;

    fn record(&mut self, batch: &Batch<R>) {
        for at in 0..batch.len() {
            let x: f64 = batch.overall(0, 0)[at].into();
            if self.n == 0 {
                self.first = x;
            }
            self.n += 1;
            self.sum += x;
        }
    }

    fn merge(&mut self, later: &Self) {
        let first = if self.n == 0 { later.first } else { self.first };
        *self = Self { n: self.n + later.n, first, sum: self.sum + later.sum };
    }
}

fn model() -> Model {
    Model::new(&one_factor(&["Uniform(min: 0, max: 1)"], &["Exact(0)"], ""))
}

/// A run can be gone on from after whole chunks: told of are the ends of waves of eight chunks a thread, and the last whole chunk,
/// with what is known of just so many draws; and what is gone on from there has the bits of the whole.
#[test]
fn where_a_run_can_be_gone_on_from() {
    let model = model();
    for (draws, told) in [
        (1, vec![]),
        (CHUNK_SIZE - 1, vec![]),
        (CHUNK_SIZE, vec![1]),
        (CHUNK_SIZE + 1, vec![1]),
        (3 * CHUNK_SIZE, vec![3]),
        (4 * CHUNK_SIZE - 1, vec![3]),
        (8 * CHUNK_SIZE, vec![8]),
        (8 * CHUNK_SIZE + 1, vec![8]),
        (9 * CHUNK_SIZE, vec![8, 9]),
        (10 * CHUNK_SIZE - 1, vec![8, 9]),
    ] {
        let run = Run { draws, threads: Some(1), ..Run::default() };
        let go = |begun: Option<(Seen, u64)>| {
            let progress = AtomicU64::new(0);
            let told: Mutex<Vec<(Seen, u64)>> = Mutex::default();
            let keep = |seen: &Seen, n: u64| told.lock().unwrap().push((*seen, n));
            let begun = begun.as_ref().map(|(seen, n)| (seen, *n));
            let add = |n| {
                progress.fetch_add(n, Ordering::Relaxed);
            };
            let resume = Some(Resume { begun, keep: &keep });
            let control = Control { stop: None, progress: Some(&add), resume };
            let (seen, n) = sample_resumable(&model, run, &Seen::default, control);
            assert_eq!(n, draws);
            (seen, progress.into_inner(), told.into_inner().unwrap())
        };
        let (whole, progress, between) = go(None);
        assert_eq!((whole.n, progress), (draws, draws));
        assert_eq!(between.iter().map(|(_, n)| n / CHUNK_SIZE).collect::<Vec<_>>(), told, "{draws}");
        for (known, n) in between {
            assert_eq!((known.n, n % CHUNK_SIZE), (n, 0));
            let (again, progress, _) = go(Some((known, n)));
            assert_eq!((again, progress), (whole, draws - n), "from {n} to {draws}");
        }
    }
}

/// All draws, block after block, are those of a run in double precision; an error ends them.
#[test]
fn blocks_are_those_of_a_run() {
    let model = model();
    for draws in [1, BLOCK as u64, 3 * BLOCK as u64 + 1] {
        let run = Run { draws, ..Run::default() };
        let (mut seen, mut lens) = (Seen::default(), Vec::new());
        let mut each = |batch: &Batch| -> Result<(), ()> {
            lens.push(batch.len() as u64);
            seen.record(batch);
            Ok(())
        };
        blocks(&model, run, &mut each).unwrap();
        assert_eq!(
            seen,
            sample_with_precision::<f64, Seen>(&model, run, &Seen::default, Control::none()).unwrap()
        );
        let (last, full) = lens.split_last().unwrap();
        assert!(full.iter().all(|&len| len == BLOCK as u64) && *last == (draws - 1) % BLOCK as u64 + 1);
    }
    let mut left = 2;
    let mut each = |_: &Batch| {
        left -= 1;
        if left == 0 { Err("enough") } else { Ok(()) }
    };
    assert_eq!(blocks(&model, Run::default(), &mut each), Err("enough"));
    assert_eq!(left, 0, "no block after the error");
}

#[test]
fn what_a_run_is() {
    let run = |draws, threads| Run { draws, threads, ..Run::default() };
    assert_eq!(run(0, None).at_least_one(), run(1, None));
    assert_eq!(run(2, Some(3)).at_least_one(), run(2, Some(3)));
    assert_eq!([Some(0), Some(1), Some(5)].map(|n| threads(run(1, n))), [1, 1, 5]);
    assert!(threads(run(1, None)) >= 1);
    let names = [Arithmetic::Auto, Arithmetic::Single, Arithmetic::Double].map(|one| one.to_string());
    assert_eq!(names, ["auto", "single", "double"]);
    // Fewer than 64 blocks a thread, one that is begun being one.
    let block = BLOCK as u64;
    for (draws, n, short) in [
        (63 * block, 1, true),
        (63 * block + 1, 1, false),
        (64 * block, 1, false),
        (127 * block, 2, true),
        (127 * block + 1, 2, false),
        (1, 1, true),
    ] {
        assert_eq!(fits_one_thread(run(draws, Some(n))), short, "{draws} on {n}");
    }
}

/// Short runs are made side by side, as many at a time as there are threads and each without threads of its own; long ones one after the
/// other, with all. Either way all are told of in their order, and after an error nothing more is begun.
#[test]
fn several_runs_are_those_of_each_alone() {
    for (draws, at_once) in [(1, 3), (10_000_000, 1)] {
        let run = Run { draws, threads: Some(3), seed: 7, ..Run::default() };
        let (under_way, begun) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let job = |index: usize, run: Run| {
            let now = under_way.fetch_add(1, Ordering::SeqCst) + 1;
            assert!(now <= at_once, "{now} at once");
            if at_once == 1 {
                assert_eq!(run.threads, Some(3));
            } else {
                assert_eq!((run.threads, rayon::current_num_threads()), (None, 3));
            }
            assert_eq!((run.draws, run.seed), (draws, 7));
            begun.lock().unwrap().push(index);
            under_way.fetch_sub(1, Ordering::SeqCst);
            index * index
        };
        let mut told = Vec::new();
        let mut finished = |index, made| -> Result<(), usize> {
            assert!(begun.lock().unwrap().iter().all(|&begun| begun / at_once <= index / at_once));
            told.push((index, made));
            if index == 4 { Err(index) } else { Ok(()) }
        };
        assert_eq!(run_all(4, run, &job, &mut finished), Ok(()));
        assert_eq!(run_all(0, run, &job, &mut finished), Ok(()));
        begun.lock().unwrap().clear();
        assert_eq!(run_all(11, run, &job, &mut finished), Err(4));
        let squares = |n: usize| (0..n).map(|index| (index, index * index));
        assert_eq!(told, squares(4).chain(squares(5)).collect::<Vec<_>>());
        assert_eq!(begun.lock().unwrap().len(), if at_once == 1 { 5 } else { 6 }, "no wave after the error");
    }
}

/// Once it is to stop, nothing but the first chunk is begun.
#[test]
fn a_run_that_is_to_stop() {
    for threads in [1, 2] {
        let run = Run { draws: 20 * CHUNK_SIZE, threads: Some(threads), ..Run::default() };
        let stop = AtomicBool::new(true);
        let control = Control { stop: Some(&stop), ..Control::none() };
        let (seen, n) = sample_resumable(&model(), run, &Seen::default, control);
        assert_eq!((seen.n, n), (CHUNK_SIZE, CHUNK_SIZE));
        // What cannot be partial has no result, unless all of it was drawn.
        let control = Control { stop: Some(&stop), ..Control::none() };
        assert_eq!(sample::<Seen>(&model(), run, &Seen::default, control), Err(Stopped));
        let one = Run { draws: CHUNK_SIZE, ..run };
        assert_eq!(sample::<Seen>(&model(), one, &Seen::default, control), Ok(seen));
    }
}

/// What is drawn in single and in double precision, and which of them it is where nothing is asked for.
#[test]
fn the_arithmetic_that_is_asked_for() {
    let far = Model::new(&one_factor(&["Normal(mean: 1e6, sd: 1e-6)"], &["Exact(1e6)"], ""));
    for (model, auto) in [(model(), Arithmetic::Single), (far, Arithmetic::Double)] {
        assert_eq!(Arithmetic::Auto.of(&model), auto);
        let run = |arithmetic| Run { draws: 3_000, arithmetic, ..Run::default() };
        let single = sample_with_precision::<f32, Seen>(
            &model,
            run(Arithmetic::Auto),
            &Seen::default,
            Control::none(),
        )
        .unwrap();
        let double = sample_with_precision::<f64, Seen>(
            &model,
            run(Arithmetic::Auto),
            &Seen::default,
            Control::none(),
        )
        .unwrap();
        assert_ne!(single, double);
        for (asked, expected) in [(Arithmetic::Single, single), (Arithmetic::Double, double)] {
            assert_eq!(asked.of(&model), asked);
            assert_eq!(
                sample::<Seen>(&model, run(asked), &Seen::default, Control::none()).unwrap(),
                expected
            );
        }
        let expected = if auto == Arithmetic::Single { single } else { double };
        assert_eq!(
            sample::<Seen>(&model, run(Arithmetic::Auto), &Seen::default, Control::none()).unwrap(),
            expected
        );
    }
}
