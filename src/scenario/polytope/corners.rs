//! The vertices of the polytope: the simplex, cut with one constraint after the other.

use super::bits::Bits;
use super::budget::{Budget, MOST_VERTICES};
use super::error::PolytopeError;
use std::cmp::Ordering;

/// A sum of terms that is below this part of the sum of their sizes counts as 0.
///
/// The test is relative to the terms of the sum, so neither the size of a row nor that of a weight matters.
/// Rounding is far below it (1e-16 a term, and vertices keep the relative precision of each coordinate),
/// while numbers that people write down differ by more; between the two it leaves a factor of 1e6 to either
/// side. What is cut off or kept in error is a sliver of about this thickness.
const TOLERANCE: f64 = 1e-10;

/// Vertices are ordered as they are on a grid of this many steps first, so that rounding rarely changes their
/// order.
const GRID: f64 = (1_u64 << 30) as f64;

/// The terms of a constraint that are not 0, each with its factor.
type Terms = Vec<(usize, f64)>;

/// The vertices and what is on what.
pub(super) struct Corners {
    /// Each sums to one; the greatest first, the first factor deciding first.
    pub(super) vertices: Vec<Vec<f64>>,
    /// For each constraint, those of the simplex included, the vertices that lie on it.
    pub(super) faces: Vec<Bits>,
    /// Of the affine hull.
    pub(super) dimension: usize,
}

/// A vertex under way.
struct Corner {
    weights: Vec<f64>,
    /// The constraints on which it lies: `k` for a weight of factor k that is 0, and after those one a row.
    tight: Bits,
}

/// Cuts the simplex with the rows by the double description method. A cut keeps the vertices on its right
/// side and adds one on each edge that it crosses; two vertices share an edge if no third lies on all
/// constraints on which both lie, which holds for degenerate polytopes too.
///
/// The rows are taken in the order of their coefficients, so it does not matter in which order they are
/// given, and orders of factors make few vertices on the way. Rows that leave nothing are reported as the
/// last of `rows`, which is true of it though perhaps of an earlier one as well.
///
/// Source: Motzkin, Raiffa, Thompson and Thrall, The Double Description Method (1953); Fukuda and Prodon,
/// Double Description Method Revisited (1996), the combinatorial test of adjacency.
pub(super) fn corners(n: usize, rows: &[Vec<f64>], budget: &mut Budget) -> Result<Corners, PolytopeError> {
    if n > MOST_VERTICES {
        return Err(PolytopeError::TooComplex { what: "vertices", most: MOST_VERTICES });
    }
    let bound = n + rows.len();
    let unit = |k: usize| Corner {
        weights: (0..n).map(|i| f64::from(u8::from(i == k))).collect(),
        tight: Bits::of(bound, |i| i < n && i != k),
    };
    let mut corners: Vec<Corner> = (0..n).map(unit).collect();
    let mut dimension = n - 1;
    budget.spend(bound * n)?;
    let mut sorted: Vec<&Vec<f64>> = rows.iter().collect();
    sorted.sort_by(|a, b| first_difference(a.iter().zip(*b).map(|(a, b)| a.total_cmp(b))));
    sorted.dedup();
    for (c, row) in sorted.into_iter().enumerate() {
        let row: Terms = row.iter().copied().enumerate().filter(|(_, term)| *term != 0.0).collect();
        budget.spend(corners.len() * (row.len() + 1))?;
        let sides: Vec<Ordering> = corners.iter().map(|corner| side(&row, &corner.weights).0).collect();
        if sides.iter().all(|side| side.is_lt()) {
            return Err(PolytopeError::Empty { constraint: rows.len() - 1 });
        }
        for (corner, side) in corners.iter_mut().zip(&sides) {
            if side.is_eq() {
                corner.tight.insert(n + c);
            }
        }
        if sides.iter().all(|side| side.is_ge()) {
            continue;
        }
        let cut = Cut { row: &row, bit: n + c, sides: &sides };
        let new = crossings(&corners, &cut, dimension, budget)?;
        let flat = sides.iter().all(|side| side.is_le());
        let mut sides = sides.into_iter();
        corners.retain(|_| sides.next().is_some_and(Ordering::is_ge));
        corners.extend(new);
        if flat {
            budget.spend(4 * bound * corners.len())?;
            dimension = height(&faces(&corners, bound), corners.len(), budget)?;
        }
    }
    corners.sort_by(|a, b| order(&a.weights, &b.weights));
    let faces = faces(&corners, bound);
    Ok(Corners { vertices: corners.into_iter().map(|corner| corner.weights).collect(), faces, dimension })
}

/// On which side of a row the weights lie, and how far from it.
fn side(row: &Terms, weights: &[f64]) -> (Ordering, f64) {
    let (mut sum, mut size) = (0.0, 0.0);
    for &(k, coefficient) in row {
        let term = coefficient * weights[k];
        sum += term;
        size += term.abs();
    }
    let side = if sum.abs() <= TOLERANCE * size {
        Ordering::Equal
    } else if sum > 0.0 {
        Ordering::Greater
    } else {
        Ordering::Less
    };
    (side, sum.abs())
}

/// A row that cuts a polytope.
struct Cut<'a> {
    row: &'a Terms,
    /// The index of its bit.
    bit: usize,
    /// The side of the row on which each corner lies.
    sides: &'a [Ordering],
}

/// Finds the points in which a cut crosses the edges of a polytope of this dimension.
fn crossings(
    corners: &[Corner],
    cut: &Cut<'_>,
    dimension: usize,
    budget: &mut Budget,
) -> Result<Vec<Corner>, PolytopeError> {
    let Cut { row, bit, sides } = *cut;
    let on = |side: Ordering| (0..corners.len()).filter(move |&i| sides[i] == side);
    let room = MOST_VERTICES - sides.iter().filter(|side| side.is_ge()).count();
    let mut new = Vec::new();
    for p in on(Ordering::Greater) {
        for m in on(Ordering::Less) {
            let (inside, outside) = (&corners[p], &corners[m]);
            let mut tight = inside.tight.and(&outside.tight);
            budget.spend(tight.words())?;
            // An edge lies on at least one constraint less than the polytope has dimensions.
            if tight.count() + 1 < dimension {
                continue;
            }
            budget.spend(corners.len() * tight.words())?;
            if (0..corners.len()).any(|i| i != p && i != m && tight.within(&corners[i].tight)) {
                continue;
            }
            if new.len() == room {
                return Err(PolytopeError::TooComplex { what: "vertices", most: MOST_VERTICES });
            }
            tight.insert(bit);
            let (up, down) = (side(row, &inside.weights).1, side(row, &outside.weights).1);
            // Sums of what is not negative keep the relative precision of each weight.
            let (of_inside, of_outside) = (down / (up + down), up / (up + down));
            let mut weights: Vec<f64> = inside
                .weights
                .iter()
                .zip(&outside.weights)
                .map(|(a, b)| of_inside * a + of_outside * b)
                .collect();
            let sum: f64 = weights.iter().sum();
            for weight in &mut weights {
                *weight /= sum;
            }
            budget.spend(4 * weights.len())?;
            new.push(Corner { weights, tight });
        }
    }
    Ok(new)
}

/// For each constraint the corners on it.
fn faces(corners: &[Corner], bound: usize) -> Vec<Bits> {
    (0..bound).map(|c| Bits::of(corners.len(), |i| corners[i].tight.has(c))).collect()
}

/// The dimension: how many steps it takes from the whole to a vertex, each step from a face to a facet of it.
/// A proper face with the most vertices is a facet.
fn height(faces: &[Bits], n_vertices: usize, budget: &mut Budget) -> Result<usize, PolytopeError> {
    let mut face = Bits::of(n_vertices, |_| true);
    let mut steps = 0;
    while face.count() > 1 {
        budget.spend(faces.len() * (face.words() + 16))?;
        let size = face.count();
        let proper = faces.iter().map(|other| face.and(other)).filter(|part| part.count() < size);
        let Some(facet) = proper.max_by_key(Bits::count) else { break };
        face = facet;
        steps += 1;
    }
    Ok(steps)
}

/// The greater weight of the first factor that tells two vertices apart comes first.
fn order(a: &[f64], b: &[f64]) -> Ordering {
    let coarse = |weight: &f64| (weight * GRID).round();
    let on_grid = a.iter().zip(b).map(|(a, b)| coarse(b).total_cmp(&coarse(a)));
    let exactly = a.iter().zip(b).map(|(a, b)| b.total_cmp(a));
    first_difference(on_grid.chain(exactly))
}

fn first_difference(mut rankings: impl Iterator<Item = Ordering>) -> Ordering {
    rankings.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}
