//! Moments and histograms of the amenabilities, and what is read from them.

use super::{Instance, blocks, copied, probabilities, tallied};
use headstart::real::Real;
use headstart::tally::{Histogram, Moments, Number, State};

const N_AREAS: usize = 3;
/// Bins of a histogram.
const BINS: usize = 1_024;

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

fn check_moments(moments: &Moments, n_worlds: usize, instances: &[Instance]) {
    let p = probabilities(n_worlds);
    for area in 0..N_AREAS {
        let (mut all, mut pooled) = (Vec::new(), Vec::new());
        for world in 0..n_worlds {
            let numbers: Vec<(f64, f64)> = instances.iter().map(|x| (x[world][area], p[world])).collect();
            let (mean, variance) = mean_and_variance(&numbers);
            near(moments.in_world(world, area).0, mean);
            near(moments.in_world(world, area).1, variance);
            all.extend(numbers);
        }
        for instance in instances {
            pooled.push(((0..n_worlds).map(|world| p[world] * instance[world][area]).sum(), 1.0));
        }
        let (mean, variance) = mean_and_variance(&all);
        near(moments.overall(area).0, mean);
        near(moments.overall(area).1, variance);
        near(moments.mcse(area), (mean_and_variance(&pooled).1 / instances.len() as f64).sqrt());
    }
}

fn moments<R: Real>(n_worlds: usize) {
    let (origin, centres) = (2_000.0, vec![2_003.0, 2_000.0, 1_990.0]);
    let new = || Moments::new(probabilities(n_worlds), centres.clone());
    let check = |moments: &Moments, instances: &[Instance]| {
        check_moments(&copied(moments.clone(), new()), n_worlds, instances);
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

/// The ranges of three areas: about two of the numbers from 100 to 115 fall out of the first on each side, all in the second, and
/// the third has no width.
const RANGES: [(f64, f64); 3] = [(101.5, 113.5), (99.0, 131.0), (107.0, 107.0)];

fn bin((low, high): (f64, f64), x: f64) -> usize {
    let place = (x - low) / (high - low) * BINS as f64;
    place.clamp(0.0, BINS as f64 - 1.0) as usize
}

fn check_histogram(histogram: &Histogram, n_worlds: usize, instances: &[Instance]) {
    for world in 0..n_worlds {
        let weights: Vec<f64> = (0..n_worlds).map(|z| if z == world { 3.0 } else { 0.0 }).collect();
        for (area, &range) in RANGES.iter().enumerate().take(2) {
            let mut counts = vec![0.0; BINS];
            for x in instances {
                counts[bin(range, x[world][area])] += 3.0;
            }
            let width = (range.1 - range.0) / BINS as f64;
            assert_eq!(histogram.bin_width(area), width);
            assert_eq!(histogram.weighted(area, &weights), (range.0, width, counts));
        }
    }
    // Over the worlds: the number that so many are at most, as far as bins tell.
    let p = probabilities(n_worlds);
    let mut sorted: Vec<(f64, f64)> =
        instances.iter().flat_map(|x| (0..n_worlds).map(|world| (x[world][1], p[world]))).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    for share in [0.0, 0.013, 0.5, 0.77, 1.0] {
        let mut below = 0.0;
        let total = instances.len() as f64;
        let wanted = sorted.iter().find(|(_, weight)| {
            below += weight;
            below >= share * total
        });
        let found = histogram.quantile(1, &p, share);
        let off = found - wanted.unwrap().0;
        assert!((0.0..=histogram.bin_width(1)).contains(&off), "{share}: {found}");
    }
    let last = histogram.quantile(2, &p, 1.0);
    assert!((last - 107.0).abs() < 1e-9, "no width: {last}");
}

#[test]
fn histograms_are_counted() {
    for n_worlds in 1..=4 {
        let new = || Histogram::new(&RANGES, n_worlds);
        let check = |histogram: &Histogram, x: &[Instance]| {
            check_histogram(&copied(histogram.clone(), new()), n_worlds, x);
        };
        tallied(&blocks::<f64>((N_AREAS, n_worlds), 15, 100.0), new, check);
        tallied(&blocks::<f32>((N_AREAS, n_worlds), 15, 100.0), new, check);
    }
}

/// Straight lines within a bin, and nothing between the last bin that has any and the end: of three numbers in the first bin and
/// one in the third, by hand.
#[test]
fn quantiles_are_read_from_bins() {
    let mut histogram = Histogram::new(&[(10.0, 10.0 + BINS as f64)], 1);
    let mut counts = [3, 0, 1].into_iter();
    histogram.each(&mut |number| {
        if let Number::Count(count) = number {
            *count = counts.next().unwrap_or(0);
        }
    });
    for (p, expected) in [(0.0, 10.0), (0.25, 10.0 + 1.0 / 3.0), (0.75, 11.0), (0.875, 12.5), (1.0, 13.0)] {
        near(histogram.quantile(0, &[1.0], p), expected);
        near(histogram.quantile(0, &[0.1], p), expected);
    }
    near(histogram.quantile(0, &[1.0], 1.0 + 1e-9), 13.0);
    near(histogram.quantile(0, &[0.0], 0.5), 10.0);
}
