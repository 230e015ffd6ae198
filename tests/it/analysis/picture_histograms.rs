//! Histograms for pictures.

use crate::support::*;
use headstart::distribution::standard_cdf;

/// Values far out are left out of the picture and counted: of a Pareto-like tail all beyond three widths of the middle 90 %.
#[test]
fn what_is_far_out_is_counted() {
    let summary = run(&one_factor(&["LogNormal(mu: 0, sigma: 2)"], &["1"], ""), 100_000);
    let bins = &summary.areas[0].histogram;
    let [q05, q95] = [-1.0, 1.0].map(|sign| libm::exp(sign * 2.0 * 1.644_853_626_951_472_2));
    let end = bins.low + bins.width * bins.shares.len() as f64;
    assert!((end / (q95 + 3.0 * (q95 - q05)) - 1.0).abs() < 0.1, "{end}");
    let p = 1.0 - standard_cdf(libm::log(end) / 2.0);
    assert!(
        (bins.beyond - p).abs() < BOUND * (p * (1.0 - p) / 1e5).sqrt(),
        "{} beyond, not {p}",
        bins.beyond
    );
    assert!((bins.shares.iter().sum::<f64>() + bins.beyond - 1.0).abs() < 1e-12);
    assert_eq!(
        (&summary.areas[1].histogram.shares[..], summary.areas[1].histogram.beyond),
        (&[1.0][..], 0.0)
    );
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
        // Two draws for the ends, where the error of a share is no normal one.
        assert!(
            (sum - p).abs() < BOUND * (p * (1.0 - p) / n as f64).sqrt() + 2.0 / n as f64,
            "{sum}, not {p}"
        );
    }
}
