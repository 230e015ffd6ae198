//! The grid on which the thresholds of an input are counted: the quantiles at which a claim switches. Knows no claim.

use super::lookup::Lookup;
use crate::distribution::{Dist, standard_cdf, standard_quantile};

/// Equal parts of the quantiles of an input that has more than a few values, and how often the first and the last of them are
/// halved towards the ends: an unbounded input has all of its far values there.
pub type Parts = (usize, i32);

pub const FINE: Parts = (160, 16);

/// Parts where many claims are asked about, from fewer draws.
pub const COARSE: Parts = (40, 6);

/// An input with so many values at most is counted value by value.
const MOST_VALUES: usize = 160;

/// A grid over the quantiles of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Probabilities in rising order, from 0 to 1: the ends of the cells.
    pub edges: Vec<f64>,
    /// The values, where there are few: one a cell.
    pub values: Option<Vec<f64>>,
    /// Distribution that the quantiles are of, if not the input's own.
    pub over: Option<Dist>,
    /// Places by value, where one distribution without atoms has all of the quantiles.
    pub lookup: Option<Lookup>,
    /// Values that have a probability of their own, in rising order, where there are others as well.
    atoms: Vec<f64>,
}

impl Grid {
    /// A grid for inputs that share a stream, of so many parts.
    pub fn new(dists: &[&Dist], parts: Parts) -> Self {
        if let [dist] = dists
            && let Some(values) = few_values(dist)
        {
            let edges = std::iter::once(0.0).chain(values.iter().map(|x| dist.cdf(*x))).collect();
            return Self { values: Some(values), ..Self::plain(edges) };
        }
        let mut atoms: Vec<f64> = dists.iter().flat_map(|dist| dist.atoms()).collect();
        atoms.sort_unstable_by(f64::total_cmp);
        // The branches of a world may differ, and then there is no one place for a value.
        let alike = dists.windows(2).all(|two| two[0] == two[1]);
        Self { atoms, ..Self::smooth(dists.first().filter(|_| alike).copied(), parts) }
    }

    /// A grid over the quantiles of a distribution that the input might have in place of its own.
    pub fn for_other_dist(dist: Dist) -> Self {
        let grid = Self::smooth(Some(&dist), FINE);
        Self { over: Some(dist), ..grid }
    }

    fn plain(edges: Vec<f64>) -> Self {
        Self { edges, values: None, over: None, lookup: None, atoms: Vec::new() }
    }

    fn smooth(dist: Option<&Dist>, (parts, halvings): Parts) -> Self {
        let ends = (0..=halvings).rev().map(|k| libm::ldexp(1.0, -k) / parts as f64);
        let lower: Vec<f64> = std::iter::once(0.0).chain(ends).collect();
        let middle = (2..parts - 1).map(|part| part as f64 / parts as f64);
        let upper = lower.iter().rev().map(|u| 1.0 - u);
        let edges: Vec<f64> = lower.iter().copied().chain(middle).chain(upper).collect();
        match dist.and_then(|dist| Lookup::new(dist, &edges)) {
            Some((lookup, edges)) => Self { lookup: Some(lookup), ..Self::plain(edges) },
            None => Self::plain(edges),
        }
    }

    /// A threshold, or the value with a probability of its own that it is off by rounding alone.
    #[inline]
    pub fn snapped(&self, threshold: f64) -> f64 {
        snapped(&self.atoms, threshold)
    }

    /// Returns the number of cells.
    pub fn n_cells(&self) -> usize {
        self.edges.len() - 1
    }

    /// The place of a switch at the quantile `u`: 0 where it is below all values, the number of cells and one more where it
    /// is above all, and `b` in the cell that ends at `edges[b]`.
    pub fn place(&self, u: f64) -> usize {
        if self.values.is_none() && u >= 1.0 {
            return self.n_cells() + 1;
        }
        self.edges.partition_point(|edge| *edge < u)
    }
}

/// A threshold, or that of some values in rising order which it is off by rounding alone.
#[inline]
pub fn snapped(atoms: &[f64], threshold: f64) -> f64 {
    const CLOSE: f64 = 1e-12;
    if !threshold.is_finite() {
        return threshold;
    }
    let near = atoms.partition_point(|atom| *atom < threshold);
    let around = atoms[near.saturating_sub(1)..].iter().take(2);
    let close = |atom: &&f64| (**atom - threshold).abs() <= CLOSE * (1.0 + threshold.abs());
    around.copied().find(|atom| close(&atom)).unwrap_or(threshold)
}

/// The values of a distribution that has a few only.
fn few_values(dist: &Dist) -> Option<Vec<f64>> {
    let mut whole = dist;
    while let Dist::Truncated(truncated) = whole {
        whole = truncated.of();
    }
    if !matches!(whole, Dist::Discrete(_) | Dist::Samples(_)) {
        return None;
    }
    let mut values = dist.atoms();
    values.dedup();
    (values.len() <= MOST_VALUES).then_some(values)
}

/// The probability of a value below a threshold, or at most it.
pub fn below(dist: &Dist, threshold: f64, or_at: bool) -> f64 {
    // Most have no atoms, and then it makes no difference.
    let strictly = match dist {
        Dist::Discrete(_) | Dist::Samples(_) | Dist::Mixture(_) | Dist::Truncated(_) if !or_at => {
            threshold.next_down()
        }
        _ => threshold,
    };
    dist.cdf(strictly)
}

/// The quantile of the standard normal that a score with a threshold at the quantile `u` switches at, where the rest of its
/// normal score and the loading are given; as a quantile.
pub fn through_normal(u: f64, rest: f64, loading: f64) -> f64 {
    if u <= 0.0 {
        return if loading > 0.0 { 0.0 } else { 1.0 };
    }
    if u >= 1.0 {
        return if loading > 0.0 { 1.0 } else { 0.0 };
    }
    standard_cdf((standard_quantile(u) - rest) / loading)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A place is the cell whose ends a quantile lies between.
    #[test]
    fn places_are_cells() {
        // Two branches that differ, so that no values have a place.
        let normal = |mean| Dist::from(crate::distribution::Normal::new(mean, 1.0).unwrap());
        let grid = Grid::new(&[&normal(0.0), &normal(1.0)], FINE);
        assert!(grid.lookup.is_none() && grid.edges.windows(2).all(|two| two[0] < two[1]));
        assert!(grid.edges.contains(&0.05) && grid.edges.contains(&0.5));
        for n in 0..200_000 {
            let u = (f64::from(n) + 0.5) / 200_000.0;
            for u in [u, u * 1e-5, 1.0 - u * 1e-5] {
                let place = grid.place(u);
                assert!(grid.edges[place - 1] <= u && u <= grid.edges[place], "{u}: {place}");
            }
        }
        assert_eq!((grid.place(0.0), grid.place(1.0)), (0, grid.n_cells() + 1));
    }

    /// Every threshold lies between the edges of its place, and the edges are near those of the general grid.
    #[test]
    fn places_by_value_are_cells() {
        let dists = [
            Dist::from(crate::distribution::Triangular::new(2.0, 3.0, 6.0).unwrap()),
            Dist::from(crate::distribution::Uniform::new(-1.0, 1.0).unwrap()),
            Dist::from(crate::distribution::Normal::new(5.0, 2.0).unwrap()),
            Dist::from(crate::distribution::LogNormal::new(0.0, 0.7).unwrap()),
        ];
        for dist in &dists {
            let grid = Grid::new(&[dist], FINE);
            let lookup = grid.lookup.as_ref().expect("a moderate distribution has a table");
            for n in 0..100_000 {
                let u = (f64::from(n) + 0.5) / 100_000.0;
                let place = lookup.place(lookup.step(dist.quantile(u)));
                let (from, to) = (grid.edges[place.saturating_sub(1)], grid.edges[place.min(grid.n_cells())]);
                assert!(from - 1e-9 <= u && u <= to + 1e-9, "{dist:?} {u}: {place} from {from} to {to}");
            }
            let (low, high) = dist.support();
            assert_eq!(lookup.place(lookup.step(low)), 0);
            assert_eq!(lookup.place(lookup.step(high)), grid.n_cells() + 1);
            assert_eq!(lookup.place(lookup.step(f64::NEG_INFINITY)), 0);
            assert_eq!(lookup.place(lookup.step(f64::INFINITY)), grid.n_cells() + 1);
            let total: f64 = (0..grid.n_cells())
                .map(|c| (grid.edges[c + 1] - grid.edges[c]) * lookup.spreads[c + 1][0])
                .sum();
            assert!((total - 1.0 / 6.0).abs() < 1e-12, "the integral of u (1 - u): {total}");
            let squares: f64 = (0..grid.n_cells())
                .map(|c| (grid.edges[c + 1] - grid.edges[c]) * lookup.spreads[c + 1][1])
                .sum();
            assert!((squares - 1.0 / 30.0).abs() < 1e-12, "the integral of its square: {squares}");
        }
        // So much in so little of all that it can be.
        let far = Dist::from(crate::distribution::LogNormal::new(0.0, 4.0).unwrap());
        assert!(Grid::new(&[&far], FINE).lookup.is_none());
    }
}
