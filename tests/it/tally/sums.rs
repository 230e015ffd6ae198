//! Moments and histograms of the overall scores, and what is read from them.

use super::draws::{Draw, blocks, copied, probabilities, tallied};
use headstart::real::Real;
use headstart::tally::{Histogram, Moments, Piece, Pieces, Tally};

const N_AREAS: usize = 3;

/// Mean and variance of numbers that have weights, by their definitions.
fn mean_and_variance(numbers: &[(f64, f64)]) -> (f64, f64) {
    let total: f64 = numbers.iter().map(|(_, weight)| weight).sum();
    let mean = numbers.iter().map(|(x, weight)| weight * x).sum::<f64>() / total;
    (mean, numbers.iter().map(|(x, weight)| weight * (x - mean) * (x - mean)).sum::<f64>() / total)
}

/// Sums of whole numbers and of quarters of them are exact in both precisions, so that only the divisions round.
fn near(one: f64, other: f64) {
    assert!((one - other).abs() <= 1e-10 * other.abs().max(1.0), "{one} is not {other}");
}

fn check_moments(moments: &Moments, n_worlds: usize, draws: &[Draw]) {
    let p = probabilities(n_worlds);
    for area in 0..N_AREAS {
        let (mut all, mut pooled) = (Vec::new(), Vec::new());
        for world in 0..n_worlds {
            let numbers: Vec<(f64, f64)> = draws.iter().map(|x| (x[world][area], p[world])).collect();
            let (mean, variance) = mean_and_variance(&numbers);
            near(moments.in_world(world, area).0, mean);
            near(moments.in_world(world, area).1, variance);
            all.extend(numbers);
        }
        for draw in draws {
            pooled.push(((0..n_worlds).map(|world| p[world] * draw[world][area]).sum(), 1.0));
        }
        let (mean, variance) = mean_and_variance(&all);
        near(moments.overall(area).0, mean);
        near(moments.overall(area).1, variance);
        near(moments.mcse(area), (mean_and_variance(&pooled).1 / draws.len() as f64).sqrt());
    }
}

fn moments<R: Real>(n_worlds: usize) {
    let (origin, centres) = (2_000.0, vec![2_003.0, 2_000.0, 1_990.0]);
    let new = || Moments::new(probabilities(n_worlds), &centres);
    let check = |moments: &Moments, draws: &[Draw]| {
        check_moments(&copied(moments.clone(), new()), n_worlds, draws);
    };
    tallied(&blocks::<R>((N_AREAS, n_worlds), 15, origin), new, check);
}

#[test]
fn moments_are_summed() {
    for n_worlds in 1..=4 {
        moments::<f64>(n_worlds);
        moments::<f32>(n_worlds);
    }
}

/// Every value has the bin that it lies in, and that bin knows as much of it as it says: of whole numbers, which come again and again, their
/// own ends, and of others those of the bin.
fn check_histogram(histogram: &Histogram, n_worlds: usize, draws: &[Draw], repeats: bool) {
    for (world, area) in (0..n_worlds).flat_map(|world| (0..N_AREAS).map(move |area| (world, area))) {
        let Pieces { pieces, are_values } = histogram.pieces(world, area);
        assert_eq!(are_values, repeats);
        assert_eq!(pieces.iter().map(|piece| piece.count).sum::<u64>(), draws.len() as u64);
        assert!(pieces.windows(2).all(|two| two[0].high <= two[1].low));
        let last = pieces.len() - 1;
        for (at, Piece { low, high, count }) in pieces.iter().copied().enumerate() {
            // A value on an end, as far as single precision tells, counts in either of two bins.
            let within = |by: f64| {
                let inside = move |x: &f64| (low - by <= *x || at == 0) && (*x <= high + by || at == last);
                draws.iter().map(|x| x[world][area]).filter(inside)
            };
            if repeats && count > 0 {
                assert_eq!(within(0.0).count() as u64, count, "{low} to {high}");
                assert_eq!(within(0.0).fold(f64::INFINITY, f64::min), low);
                assert_eq!(within(0.0).fold(f64::NEG_INFINITY, f64::max), high);
            } else if !repeats {
                let (least, most) = (within(-1e-5).count() as u64, within(1e-5).count() as u64);
                assert!((least..=most).contains(&count), "{low} to {high}: {count}, not {least} to {most}");
            }
        }
    }
}

fn histograms<R: Real>(n_worlds: usize, repeats: bool) {
    let mut blocks = blocks::<R>((N_AREAS, n_worlds), 15, 100.0);
    if !repeats {
        // Something between 0 and 1 more, which is never the same twice and falls between the edges of bins.
        let mut n = 0.0;
        for (batch, draws) in &mut blocks {
            let len = batch.len();
            for (column, x) in batch.parts_mut().1.iter_mut().enumerate() {
                for (at, x) in x.iter_mut().enumerate() {
                    n += 1.0;
                    let more = (n * 0.618_033_988_749_894_9_f64).fract();
                    let moved: f64 = (*x + R::nearest(more)).into();
                    *x = R::nearest(moved);
                    if at < len {
                        draws[at][column / N_AREAS][column % N_AREAS] = Into::<f64>::into(*x) + 100.0;
                    }
                }
            }
        }
    }
    let new = || {
        let mut histogram = Histogram::new(N_AREAS, n_worlds);
        histogram.look(&blocks[5].0);
        histogram
    };
    let check = |histogram: &Histogram, x: &[Draw]| {
        // The numbers of it say where the bins lie, so that it is restored from nothing.
        let restored = copied(histogram.clone(), Histogram::new(N_AREAS, n_worlds));
        assert_eq!(restored, *histogram);
        check_histogram(&restored, n_worlds, x, repeats);
    };
    tallied(&blocks, new, check);
}

#[test]
fn histograms_are_counted() {
    for n_worlds in 1..=4 {
        histograms::<f64>(n_worlds, true);
        histograms::<f32>(n_worlds, true);
        histograms::<f64>(n_worlds, false);
        histograms::<f32>(n_worlds, false);
    }
}
