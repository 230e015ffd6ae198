//! Every tally against the same counted draw by draw: in both precisions, on few and many joint worlds, with ties, in
//! blocks that are not full, and merged.

use headstart::batch::{BLOCK, Batch};
use headstart::real::Real;
use headstart::tally::{ExactSum, Number, State, Tally};
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// How many draws of each block count: one alone, all but one of a word, all of one, parts of others, none and all.
const LENGTHS: [usize; 6] = [1, 63, 64, 201, 0, BLOCK];

/// The overall scores of a draw: `[world][area]`.
pub type Draw = Vec<Vec<f64>>;

/// What the worlds' probabilities are: sums of few powers of two, so that no sum of whole numbers is rounded.
pub fn probabilities(n_worlds: usize) -> Vec<f64> {
    let all: [&[f64]; 4] = [&[1.0], &[0.25, 0.75], &[0.5, 0.125, 0.375], &[0.125, 0.5, 0.25, 0.125]];
    all[n_worlds - 1].to_vec()
}

/// Blocks of whole numbers from 0 to `most`, measured from `origin`, in which each area is as in the world before in half of the
/// draws. Those that do not count are full of other numbers.
pub fn blocks<R: Real>(
    (n_areas, n_worlds): (usize, usize),
    most: u64,
    origin: f64,
) -> Vec<(Batch<R>, Vec<Draw>)> {
    let mut rng = SplitMix64::seed_from_u64(most);
    let mut block = |len: usize| {
        let mut batch = Batch::new(0, n_areas, n_worlds);
        batch.set_len(len);
        batch.set_origin(origin);
        let mut draws = Vec::new();
        for at in 0..BLOCK {
            let mut worlds: Draw = Vec::new();
            for world in 0..n_worlds {
                let mut x: Vec<f64> = (0..n_areas).map(|_| (rng.next_u64() % (most + 1)) as f64).collect();
                for area in 0..n_areas {
                    if world > 0 && rng.next_u64().is_multiple_of(2) {
                        x[area] = worlds[world - 1][area];
                    }
                    batch.parts_mut().1[world * n_areas + area][at] = R::nearest(x[area]);
                }
                worlds.push(x);
            }
            if at < len {
                worlds.iter_mut().flatten().for_each(|x| *x += origin);
                draws.push(worlds);
            }
        }
        (batch, draws)
    };
    LENGTHS.map(&mut block).into()
}

/// What a tally keeps of some blocks must pass: of all one after the other, merged into one of none, and of two parts merged.
pub fn tallied<R: Real, T: Tally<R>>(
    blocks: &[(Batch<R>, Vec<Draw>)],
    new: impl Fn() -> T,
    check: impl Fn(&T, &[Draw]),
) {
    let draws: Vec<Draw> = blocks.iter().flat_map(|(_, draws)| draws.clone()).collect();
    let record = |blocks: &[(Batch<R>, _)]| {
        let mut tally = new();
        for (batch, _) in blocks {
            tally.record(batch);
        }
        tally
    };
    for at in [0, 3] {
        let mut merged = record(&blocks[..at]);
        merged.merge(&record(&blocks[at..]));
        check(&merged, &draws);
    }
}

/// A new tally with the numbers of another: where all of them are shown, it is that one.
pub fn copied<T: State>(mut from: T, mut new: T) -> T {
    let mut numbers = Vec::new();
    from.for_each_number(&mut |number| {
        numbers.push(match number {
            Number::Count(n) => (*n, 0, ExactSum::default()),
            Number::Wide(n) => (0, *n, ExactSum::default()),
            Number::Sum(sum) => (0, 0, sum.clone()),
            Number::Bits(bits) => (*bits, 0, ExactSum::default()),
        });
    });
    let mut numbers = numbers.into_iter();
    new.for_each_number(&mut |number| {
        let (count, wide, exact) = numbers.next().unwrap();
        match number {
            Number::Count(n) => *n = count,
            Number::Wide(n) => *n = wide,
            Number::Sum(sum) => *sum = exact,
            Number::Bits(bits) => *bits = count,
        }
    });
    new
}
