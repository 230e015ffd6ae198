//! The truth of a claim in one draw, as its definition says: where a number has a few values, and what the quick ways must equal.

use crate::tally::{Circuit, Place};

/// Returns true if a claim holds where its lines have these values, the first of which are the areas. Lines that are no further apart than
/// `slack` tie.
pub fn holds(circuit: &Circuit, lines: &[f64], n_areas: usize, slack: f64) -> bool {
    let holds = |claim: &Circuit| holds(claim, lines, n_areas, slack);
    match circuit {
        Circuit::Before(one, other) => value(one, lines, slack) > value(other, lines, slack) + slack,
        Circuit::All(claims) => claims.iter().all(holds),
        Circuit::Any(claims) => claims.iter().any(holds),
        Circuit::Not(claim) => !holds(claim),
        Circuit::InTop { areas, k, at_least } => {
            let ahead = |i: usize| lines[..n_areas].iter().filter(|x| **x > lines[i] + slack).count();
            areas.iter().filter(|&&i| ahead(i) < *k).count() >= *at_least
        }
        Circuit::Most(a, b) => {
            let first = |&i: &usize| b.iter().filter(|&&j| lines[i] > lines[j] + slack).count();
            2 * a.iter().map(first).sum::<usize>() > a.len() * b.len()
        }
    }
}

/// The `k`-th greatest of the columns of a place.
fn value(place: &Place, lines: &[f64], slack: f64) -> f64 {
    let values = place.columns.iter().map(|&column| lines[column]);
    if place.k == 1 {
        return values.fold(f64::NEG_INFINITY, f64::max);
    }
    if place.k == place.columns.len() {
        return values.fold(f64::INFINITY, f64::min);
    }
    let ahead = |x: f64| place.columns.iter().filter(|&&column| lines[column] > x + slack).count();
    let level = |x: f64| place.columns.iter().filter(|&&column| lines[column] >= x - slack).count();
    // There is always one among numbers; lines that are none come before nothing.
    values.into_iter().find(|&x| ahead(x) < place.k && place.k <= level(x)).unwrap_or(f64::NAN)
}

#[cfg(test)]
pub mod random {
    //! Random claims and lines for the tests of the quick ways.

    use crate::tally::{Circuit, Place};
    use rand::rngs::SmallRng;
    use rand::seq::index;
    use rand::{Rng, RngExt};

    /// Some of the first `n`, in rising order.
    fn some(rng: &mut SmallRng, n: usize) -> Vec<usize> {
        let size = rng.random_range(1..=n);
        let mut columns = index::sample(rng, n, size).into_vec();
        columns.sort_unstable();
        columns
    }

    fn place(rng: &mut SmallRng, (n_areas, n_means): (usize, usize)) -> Place {
        if n_means > 0 && rng.random_bool(0.2) {
            return Place { columns: vec![n_areas + rng.random_range(0..n_means)], k: 1 };
        }
        let columns = some(rng, n_areas);
        let k = rng.random_range(1..=columns.len());
        Place { columns, k }
    }

    /// A claim over lines.
    pub fn circuit(rng: &mut SmallRng, lines: (usize, usize), depth: u32) -> Circuit {
        let n = lines.0;
        match rng.random_range(0..if depth > 0 { 6 } else { 3 }) {
            0 => Circuit::Before(place(rng, lines), place(rng, lines)),
            1 => {
                let areas = some(rng, n);
                let at_least = rng.random_range(1..=areas.len());
                Circuit::InTop { k: rng.random_range(1..=n), at_least, areas }
            }
            2 => Circuit::Most(some(rng, n), some(rng, n)),
            3 => Circuit::All((0..3).map(|_| circuit(rng, lines, depth - 1)).collect()),
            4 => Circuit::Any((0..3).map(|_| circuit(rng, lines, depth - 1)).collect()),
            _ => Circuit::Not(Box::new(circuit(rng, lines, depth - 1))),
        }
    }

    /// Lines at whole numbers, which tie at times, or anywhere.
    pub fn lines(rng: &mut impl Rng, n: usize, ties: bool) -> Vec<f64> {
        let line = |_| if ties { f64::from(rng.random_range(0..5_u8)) } else { rng.random::<f64>() };
        (0..n).map(line).collect()
    }
}
