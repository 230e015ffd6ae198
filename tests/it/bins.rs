//! Histograms for pictures.

use super::support::*;
use headstart::dist::standard_cdf;

/// Of 1,024 counted from 10 to 2,058, as so rare a value is never drawn at either end, those from the 101st to the 925th hold something: 825,
/// which are 33 times 25, and no fewer than 21 of which go together for there to be at most 40.
#[test]
fn neighbours_go_together() {
    let rare = 1e-13;
    let half = 0.5 - rare;
    let x = format!("Discrete([(10, {rare}), (211, {half}), (1859, {half}), (2058, {rare})])");
    let summary = run(&one_factor(&[&x], &["1"], ""), 1_000);
    let bins = &summary.areas[0].histogram;
    assert_eq!((bins.low, bins.width, bins.shares.len()), (210.0, 50.0, 33));
    let (first, last) = (bins.shares[0], bins.shares[32]);
    assert_eq!((first + last, first > 0.4, last > 0.4), (1.0, true, true));
    assert_eq!(summary.areas[1].histogram.shares, [1.0]);
}

/// The shares up to the end of each are those of the distribution.
#[test]
fn shares_are_those_of_the_distribution() {
    let n = 100_000;
    let summary = run(&one_factor(&["Normal(mean: 3, sd: 2)"], &["1"], ""), n);
    let bins = &summary.areas[0].histogram;
    assert!(
        (20..=40).contains(&bins.shares.len()) && bins.shares[0] > 0.0 && *bins.shares.last().unwrap() > 0.0
    );
    let (mut sum, mut end) = (0.0, bins.low);
    for share in &bins.shares {
        (sum, end) = (sum + share, end + bins.width);
        let p = standard_cdf((end - 3.0) / 2.0);
        // Two instances for the ends, where the error of a share is no normal one.
        assert!(
            (sum - p).abs() < BOUND * (p * (1.0 - p) / n as f64).sqrt() + 2.0 / n as f64,
            "{sum}, not {p}"
        );
    }
}
