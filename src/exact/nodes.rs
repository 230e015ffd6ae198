//! Nodes and weights: panels of eight on the normal score of a number.

use crate::distribution::{Dist, standard_cdf, standard_quantile};

/// Nodes and weights on -1..1, of the positive side.
///
/// Source: Abramowitz and Stegun (1964), table 25.4, n = 8.
const GAUSS: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
    (0.960_289_856_497_536_3, 0.101_228_536_290_376_26),
];

/// Nodes a panel.
pub const PANEL: usize = 2 * GAUSS.len();

/// The nodes of a panel in rising order, with their weights.
pub fn panel(from: f64, to: f64) -> [(f64, f64); PANEL] {
    let (middle, half) = (f64::midpoint(from, to), (to - from) / 2.0);
    std::array::from_fn(|index| {
        let (side, (x, w)) = if index < GAUSS.len() {
            (-half, GAUSS[GAUSS.len() - 1 - index])
        } else {
            (half, GAUSS[index - GAUSS.len()])
        };
        (middle + side * x, half * w)
    })
}

/// The normal scores between two ends at which the quantile function of a distribution is not smooth, with the ends.
pub fn edges<'a>(low: f64, high: f64, dists: impl Iterator<Item = &'a Dist>) -> Vec<f64> {
    let mut edges = vec![low, high];
    for dist in dists {
        for x in dist.knots() {
            let places = [dist.cdf(x.next_down()), dist.cdf(x)].map(standard_quantile);
            edges.extend(places.into_iter().filter(|z| *z > low && *z < high));
        }
    }
    edges.sort_by(f64::total_cmp);
    edges.dedup_by(|a, b| *a - *b < 1e-9);
    edges
}

/// The quantile at a normal score, as the sampler has it.
pub fn at_score(dist: &Dist, z: f64) -> f64 {
    const LEAST: f64 = f64::EPSILON / 2.0;
    dist.quantile(standard_cdf(z).clamp(LEAST, 1.0 - LEAST))
}
