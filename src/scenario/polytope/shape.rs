//! The polytope itself: its vertices, and the simplices that it is cut into.

use super::budget::Budget;
use super::corners::corners;
use super::error::PolytopeError;
use super::pieces::{Simplex, pieces};

/// All weights of `n` factors that are not negative, sum to one and satisfy some linear constraints: a convex
/// polytope.
///
/// A constraint is a row of coefficients, one a factor, and says that the sum of coefficient times weight is
/// not negative. As the weights sum to one, that can say all of these:
///
/// | in words | row |
/// |---|---|
/// | w0 counts at least as much as w1 | 1 at 0, -1 at 1 |
/// | w0 counts at least twice as much as w1 | 1 at 0, -2 at 1 |
/// | w0 is at least 0.1 | 0.9 at 0, -0.1 elsewhere |
///
/// ```
/// use headstart::scenario::Polytope;
///
/// // Three factors in the order of their importance.
/// let ordered = Polytope::new(3, &[vec![1.0, -1.0, 0.0], vec![0.0, 1.0, -1.0]])?;
/// assert_eq!(ordered.vertices()[1], [0.5, 0.5, 0.0]);
/// assert!((ordered.share_of_simplex() - 1.0 / 6.0).abs() < 1e-15);
/// assert!((ordered.mean()[0] - 11.0 / 18.0).abs() < 1e-15);
/// # Ok::<(), headstart::scenario::PolytopeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Polytope {
    /// At least one; each with one weight a factor, none negative, of sum one.
    vertices: Vec<Vec<f64>>,
    /// Below the number of factors.
    dimension: usize,
    /// At least one; they cover the polytope and overlap in their boundaries only.
    simplices: Vec<Simplex>,
    /// The shares of the simplices up to each and with it; rises strictly, or stays where a share is below
    /// rounding.
    cumulative: Vec<f64>,
    /// 0 if the dimension is below that of the simplex.
    share_of_simplex: f64,
}

impl Polytope {
    /// The weights of `n` factors for which row times weights is not negative for each row of `constraints`.
    ///
    /// The same rows give the same bits on every machine, in whatever order they are given. A constraint that
    /// follows from the others changes nothing but rounding, and neither does the scale of a row.
    ///
    /// # Errors
    /// Constraints that contradict each other, that are malformed, or that make a polytope which takes too
    /// long or too much room: it is refused as soon as that is seen, well within a second.
    pub fn new(n: usize, constraints: &[Vec<f64>]) -> Result<Self, PolytopeError> {
        if n == 0 {
            return Err(PolytopeError::NoFactors);
        }
        let rows = constraints.iter().enumerate().map(|(constraint, row)| checked(n, constraint, row));
        let rows = rows.collect::<Result<Vec<Vec<f64>>, _>>()?;
        let mut budget = Budget::default();
        let corners = match corners(n, &rows, &mut budget) {
            Err(PolytopeError::Empty { .. }) => {
                return Err(PolytopeError::Empty { constraint: first_empty(n, &rows, &mut budget) });
            }
            result => result?,
        };
        let (simplices, share_of_simplex) = pieces(&corners, &mut budget)?;
        let mut sum = 0.0;
        let mut up_to = |simplex: &Simplex| {
            sum += simplex.share;
            sum
        };
        let cumulative = simplices.iter().map(&mut up_to).collect();
        Ok(Self {
            vertices: corners.vertices,
            dimension: corners.dimension,
            simplices,
            cumulative,
            share_of_simplex,
        })
    }

    /// Returns how many factors are weighed.
    #[must_use]
    pub fn n_factors(&self) -> usize {
        self.vertices[0].len()
    }

    /// The dimension of the affine hull: one less than the number of factors, less where constraints amount
    /// to equalities, and 0 for a single point.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// The vertices, each a weighting. The greatest is first, the first factor deciding first.
    #[must_use]
    pub fn vertices(&self) -> &[Vec<f64>] {
        &self.vertices
    }

    /// The simplices that the polytope is cut into; their shares sum to one.
    #[must_use]
    pub fn simplices(&self) -> &[Simplex] {
        &self.simplices
    }

    /// Returns the probability that a weighting drawn uniformly from all satisfies the constraints: 0 if they
    /// amount to an equality, or if there are so many factors that the number is too small for a double.
    #[must_use]
    pub fn share_of_simplex(&self) -> f64 {
        self.share_of_simplex
    }

    /// The centroid, which is the mean of the uniform distribution.
    #[must_use]
    pub fn mean(&self) -> Vec<f64> {
        let mut mean = vec![0.0; self.n_factors()];
        for simplex in &self.simplices {
            let each = simplex.share / simplex.vertices.len() as f64;
            for &i in &simplex.vertices {
                mean.iter_mut().zip(&self.vertices[i]).for_each(|(sum, x)| *sum += each * x);
            }
        }
        mean
    }

    /// The simplex in which the cumulative shares reach `u`, in 0..=1: a uniform number picks each in
    /// proportion to its volume.
    #[must_use]
    pub fn pick(&self, u: f64) -> &Simplex {
        let index = self.cumulative.partition_point(|&up_to| up_to < u);
        // The last sum may fall short of one by rounding.
        &self.simplices[index.min(self.simplices.len() - 1)]
    }

    /// A weighting from a uniform number, which picks a simplex, and from one exponential number for each of
    /// its vertices, all above 0, which place the weighting in it: uniform on the polytope if the
    /// exponentials are independent and of one rate.
    ///
    /// Source: Devroye, Non-Uniform Random Variate Generation (1986), section V.2.
    ///
    /// # Panics
    /// If there are fewer exponentials than vertices of a simplex, one more than the dimension.
    #[must_use]
    pub fn point(&self, u: f64, exponentials: &[f64]) -> Vec<f64> {
        let simplex = self.pick(u);
        let shares = &exponentials[..simplex.vertices.len()];
        let sum: f64 = shares.iter().sum();
        let mut weights = vec![0.0; self.n_factors()];
        for (&i, share) in simplex.vertices.iter().zip(shares) {
            weights.iter_mut().zip(&self.vertices[i]).for_each(|(weight, x)| *weight += share / sum * x);
        }
        weights
    }
}

/// A constraint scaled by a power of two, which changes no digits, so that its greatest coefficient is near
/// one.
fn checked(n: usize, constraint: usize, row: &[f64]) -> Result<Vec<f64>, PolytopeError> {
    if row.len() != n {
        return Err(PolytopeError::WrongLength { constraint, expected: n, found: row.len() });
    }
    if row.iter().any(|coefficient| !coefficient.is_finite()) {
        return Err(PolytopeError::NotFinite { constraint });
    }
    let (_, exponent) = libm::frexp(row.iter().fold(0.0, |greatest, x| x.abs().max(greatest)));
    // Adding 0 makes the two zeros one.
    Ok(row.iter().map(|coefficient| libm::scalbn(*coefficient, -exponent) + 0.0).collect())
}

/// The index of the first of the rows, which cannot hold all at once, that cannot hold with those before it,
/// by bisection. If that takes too long, one that cannot hold with those before it, if not the first.
fn first_empty(n: usize, rows: &[Vec<f64>], budget: &mut Budget) -> usize {
    let (mut possible, mut empty) = (0, rows.len());
    while empty - possible > 1 {
        let middle = usize::midpoint(possible, empty);
        match corners(n, &rows[..middle], budget) {
            Ok(_) => possible = middle,
            Err(PolytopeError::Empty { .. }) => empty = middle,
            Err(_) => break,
        }
    }
    empty - 1
}
