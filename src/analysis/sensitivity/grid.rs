//! Where the thresholds of an input are counted: at which of its quantiles a claim switches. Knows no claim.

use crate::dist::{Dist, standard_cdf, standard_quantile};

/// Equal parts of the quantiles of an input that has more than a few values: a multiple of 20, so that 5 % is the end of one.
const PARTS: usize = 160;

/// The first and the last of them are halved towards the ends so often: an unbounded input has all of its far values there.
const HALVINGS: usize = 16;

/// Cells that the halved parts make in all, and all cells.
const END: usize = HALVINGS + 1;
pub const CELLS: usize = PARTS - 2 + 2 * END;

/// An input with so many values at most is counted value by value.
const MOST_VALUES: usize = 160;

/// A grid over the quantiles of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Probabilities in rising order, from 0 to 1: the ends of the cells.
    pub edges: Vec<f64>,
    /// The values, where there are few: one a cell.
    pub values: Option<Vec<f64>>,
    /// What the quantiles are of, if not of the input's own distribution.
    pub over: Option<Dist>,
    /// Values that have a probability of their own, in rising order, where there are others as well.
    atoms: Vec<f64>,
}

impl Grid {
    /// A grid for inputs that share a stream.
    pub fn new<'a>(dists: impl Iterator<Item = &'a Dist>) -> Self {
        let dists: Vec<&Dist> = dists.collect();
        if let [dist] = dists[..]
            && let Some(values) = few_values(dist)
        {
            let edges = std::iter::once(0.0).chain(values.iter().map(|x| dist.cdf(*x)));
            return Self { edges: edges.collect(), values: Some(values), over: None, atoms: Vec::new() };
        }
        let mut atoms: Vec<f64> = dists.iter().flat_map(|dist| dist.atoms()).collect();
        atoms.sort_unstable_by(f64::total_cmp);
        Self { atoms, ..Self::smooth(None) }
    }

    /// A grid over the quantiles of a distribution that the input might have in place of its own.
    pub fn over(dist: Dist) -> Self {
        Self::smooth(Some(dist))
    }

    fn smooth(over: Option<Dist>) -> Self {
        let ends = (0..END as i32).rev().map(|k| 0.5_f64.powi(k) / PARTS as f64);
        let lower: Vec<f64> = std::iter::once(0.0).chain(ends).collect();
        let middle = (2..PARTS - 1).map(|part| part as f64 / PARTS as f64);
        let upper = lower.iter().rev().map(|u| 1.0 - u);
        Self {
            edges: lower.iter().copied().chain(middle).chain(upper).collect(),
            values: None,
            over,
            atoms: Vec::new(),
        }
    }

    /// A threshold, or the value with a probability of its own that it is off by rounding alone.
    #[inline]
    pub fn snapped(&self, threshold: f64) -> f64 {
        const CLOSE: f64 = 1e-12;
        let near = self.atoms.partition_point(|atom| *atom < threshold);
        let around = self.atoms[near.saturating_sub(1)..].iter().take(2);
        let close = |atom: &&f64| (**atom - threshold).abs() <= CLOSE * (1.0 + threshold.abs());
        around.copied().find(|atom| close(&atom)).unwrap_or(threshold)
    }

    /// How many cells there are.
    pub fn n_cells(&self) -> usize {
        self.edges.len() - 1
    }

    /// The place of a switch at the quantile `u`: 0 where it is below all values, the number of cells and one more where it
    /// is above all, and `b` in the cell that ends at `edges[b]`.
    #[inline(always)]
    pub fn place(&self, u: f64) -> usize {
        if self.values.is_some() {
            return self.edges.partition_point(|edge| *edge < u);
        }
        place(u) as usize
    }
}

/// The same on the grid of an input that has more than a few values. Numbers that every processor picks one of without a
/// branch, so that whole columns are placed at a time.
#[inline(always)]
pub fn place(u: f64) -> u64 {
    const MANTISSA: u32 = 52;
    const BIAS: u64 = 1023;
    const WHOLE: f64 = (1_u64 << MANTISSA) as f64;
    let parts = PARTS as f64;
    let (from_low, from_high) = (u * parts, (1.0 - u) * parts);
    // Towards the ends by the exponent of the distance: the last part is the cell `END`, that of half its width the one before.
    let halved =
        |distance: f64| (distance.to_bits() >> MANTISSA).max(BIAS - END as u64) - (BIAS - END as u64);
    let low = halved(from_low) + 1;
    let high = CELLS as u64 - halved(from_high);
    // Half more, to the nearest whole number, which adding 2^52 leaves in the last digits.
    let middle = (from_low + 0.5 + WHOLE).to_bits() & 0xffff;
    let inside = middle + (END as u64 - 1);
    let place = if from_low < 1.0 { low } else { inside };
    let place = if from_high < 1.0 { high } else { place };
    let place = if u <= 0.0 { 0 } else { place };
    if u >= 1.0 { CELLS as u64 + 1 } else { place }
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
        let grid = Grid::new([Dist::from(crate::dist::Normal::new(0.0, 1.0).unwrap())].iter());
        assert_eq!(grid.edges.len(), CELLS + 1);
        assert!(grid.edges.windows(2).all(|two| two[0] < two[1]));
        assert!(grid.edges.contains(&0.05) && grid.edges.contains(&0.5));
        for n in 0..200_000 {
            let u = (f64::from(n) + 0.5) / 200_000.0;
            for u in [u, u * 1e-5, 1.0 - u * 1e-5] {
                let place = grid.place(u);
                assert!(grid.edges[place - 1] <= u && u <= grid.edges[place], "{u}: {place}");
            }
        }
        assert_eq!((grid.place(0.0), grid.place(1.0)), (0, CELLS + 1));
    }
}
