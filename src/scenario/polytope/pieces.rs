//! The simplices that the polytope is cut into, and their volumes.

use super::bits::Bits;
use super::budget::{Budget, MOST_SIMPLICES};
use super::corners::Corners;
use super::error::PolytopeError;
use std::cmp::Reverse;

/// A piece of a polytope.
#[derive(Clone, Debug, PartialEq)]
pub struct Simplex {
    /// The indices of its vertices among those of the polytope, one more than the dimension.
    pub vertices: Vec<usize>,
    /// Its volume as a share of the polytope's, above 0.
    pub share: f64,
}

/// A number as `mantissa * 2^exponent`, since the volumes of many dimensions are too small for a double.
#[derive(Clone, Copy)]
struct Scaled {
    /// 0, or 0.5..1.
    mantissa: f64,
    exponent: i32,
}

impl Scaled {
    const ZERO: Self = Self { mantissa: 0.0, exponent: 0 };
    const ONE: Self = Self { mantissa: 0.5, exponent: 1 };

    fn times(self, factor: f64) -> Self {
        let (mantissa, exponent) = libm::frexp(self.mantissa * factor);
        Self { mantissa, exponent: self.exponent + exponent }
    }
}

/// The simplices of positive volume, and the volume of all as a share of the simplex of all weights.
pub(super) fn pieces(corners: &Corners, budget: &mut Budget) -> Result<(Vec<Simplex>, f64), PolytopeError> {
    let n_vertices = corners.vertices.len();
    let mut pulling = Pulling { apexes: Vec::new(), simplices: Vec::new(), budget };
    pulling.face(&Bits::of(n_vertices, |_| true), &corners.faces, corners.dimension)?;
    let simplices = pulling.simplices;

    let columns = independent(corners, budget)?;
    let volumes = simplices
        .iter()
        .map(|simplex| volume(&corners.vertices, simplex, &columns, budget))
        .collect::<Result<Vec<Scaled>, _>>()?;
    let positive = volumes.iter().filter(|volume| volume.mantissa > 0.0);
    let Some(greatest) = positive.map(|volume| volume.exponent).max() else {
        return Err(PolytopeError::TooThin);
    };
    let sizes: Vec<f64> =
        volumes.iter().map(|volume| libm::scalbn(volume.mantissa, volume.exponent - greatest)).collect();
    let total: f64 = sizes.iter().sum();
    let full = corners.dimension + 1 == corners.vertices[0].len();
    let share_of_all = if full { libm::scalbn(total, greatest) } else { 0.0 };
    let pieces = simplices
        .into_iter()
        .zip(sizes)
        .map(|(vertices, size)| Simplex { vertices, share: size / total })
        .filter(|simplex| simplex.share > 0.0)
        .collect();
    Ok((pieces, share_of_all))
}

/// A triangulation by pulling: every face is cut into the pyramids from its first vertex over the simplices
/// of its facets that do not have that vertex. What a facet is cut into depends on the facet alone, so the
/// pieces fit.
///
/// Source: Cohen and Hickey, Two Algorithms for Determining Volumes of Convex Polyhedra, JACM 26 (1979),
/// 401-414; Büeler, Enge and Fukuda, Exact Volume Computation for Polytopes: A Practical Study (2000).
struct Pulling<'a> {
    /// The first vertices of the faces that the present one is a facet of a facet of.
    apexes: Vec<usize>,
    simplices: Vec<Vec<usize>>,
    budget: &'a mut Budget,
}

impl Pulling<'_> {
    /// Cuts a face; each of its facets is its intersection with one of `others`.
    fn face(&mut self, face: &Bits, others: &[Bits], dimension: usize) -> Result<(), PolytopeError> {
        let size = face.count();
        if size == dimension + 1 {
            if self.simplices.len() == MOST_SIMPLICES {
                return Err(PolytopeError::TooComplex { what: "simplices", most: MOST_SIMPLICES });
            }
            self.budget.spend(64 * face.words())?;
            self.simplices.push(self.apexes.iter().copied().chain(face.ones()).collect());
            return Ok(());
        }
        // Fewer vertices than a simplex has are none in exact arithmetic.
        let (Some(apex), true) = (face.ones().next(), size > dimension && dimension > 0) else {
            return Ok(());
        };
        let facets = self.facets(face, others)?;
        self.apexes.push(apex);
        for facet in facets.iter().filter(|facet| !facet.has(apex)) {
            self.face(facet, &facets, dimension - 1)?;
        }
        self.apexes.pop();
        Ok(())
    }

    /// The greatest of the proper intersections with `others`, which are the facets.
    fn facets(&mut self, face: &Bits, others: &[Bits]) -> Result<Vec<Bits>, PolytopeError> {
        self.budget.spend(4 * others.len() * face.words())?;
        let mut parts: Vec<Bits> = others.iter().map(|other| face.and(other)).collect();
        parts.retain(|part| part != face);
        // Sorted by what they are and not by which constraint made them.
        parts.sort_by_cached_key(|part| (Reverse(part.count()), part.clone()));
        parts.dedup();
        let mut facets: Vec<Bits> = Vec::new();
        for part in parts {
            self.budget.spend(facets.len() * part.words())?;
            if !facets.iter().any(|facet| part.within(facet)) {
                facets.push(part);
            }
        }
        Ok(facets)
    }
}

/// As many factors as the simplices have vertices, chosen so that their weights tell the points of the
/// polytope apart: between volumes in the polytope and volumes in these coordinates there is one constant
/// factor. Gaussian elimination with complete pivoting, each factor scaled to its greatest weight.
fn independent(corners: &Corners, budget: &mut Budget) -> Result<Vec<usize>, PolytopeError> {
    let n = corners.vertices[0].len();
    let rank = corners.dimension + 1;
    if rank == n {
        return Ok((0..n).collect());
    }
    let greatest = |k: usize| corners.vertices.iter().map(|v| v[k]).fold(0.0, f64::max);
    let greatest: Vec<f64> = (0..n).map(greatest).collect();
    let scaled = |(x, greatest): (&f64, &f64)| if *greatest > 0.0 { x / greatest } else { 0.0 };
    let mut rows: Vec<Vec<f64>> =
        corners.vertices.iter().map(|v| v.iter().zip(&greatest).map(scaled).collect()).collect();
    let mut columns = Vec::new();
    while columns.len() < rank {
        budget.spend(2 * rows.len() * n)?;
        let mut best = (0.0, 0, 0);
        for (i, row) in rows.iter().enumerate() {
            for (k, x) in row.iter().enumerate() {
                if x.abs() > best.0 {
                    best = (x.abs(), i, k);
                }
            }
        }
        let (size, i, k) = best;
        if size == 0.0 {
            return Err(PolytopeError::TooThin);
        }
        let pivot = rows.swap_remove(i);
        for row in &mut rows {
            let factor = row[k] / pivot[k];
            row.iter_mut().zip(&pivot).for_each(|(x, p)| *x -= factor * p);
            row[k] = 0.0;
        }
        columns.push(k);
    }
    columns.sort_unstable();
    Ok(columns)
}

/// The size of the determinant of the vertices of a simplex in some of the coordinates. In all of them it is
/// the volume as a share of the simplex of all weights, whose own determinant is one.
fn volume(
    vertices: &[Vec<f64>],
    simplex: &[usize],
    columns: &[usize],
    budget: &mut Budget,
) -> Result<Scaled, PolytopeError> {
    let n = columns.len();
    // The copy and the search for pivots.
    budget.spend(3 * n * n)?;
    let mut rows: Vec<Vec<f64>> =
        simplex.iter().map(|&i| columns.iter().map(|&k| vertices[i][k]).collect()).collect();
    let mut product = Scaled::ONE;
    for k in 0..n {
        // The greatest of the column; the first of those that are equal.
        let pivot =
            (k + 1..n).fold(k, |best, i| if rows[i][k].abs() > rows[best][k].abs() { i } else { best });
        rows.swap(k, pivot);
        let (done, rest) = rows.split_at_mut(k + 1);
        let pivot = &done[k];
        if pivot[k] == 0.0 {
            return Ok(Scaled::ZERO);
        }
        product = product.times(pivot[k].abs());
        for row in rest.iter_mut().filter(|row| row[k] != 0.0) {
            budget.spend(n - k)?;
            let factor = row[k] / pivot[k];
            row[k..].iter_mut().zip(&pivot[k..]).for_each(|(x, p)| *x -= factor * p);
        }
    }
    Ok(product)
}
