//! Weights with linear constraints, against closed forms, against counting and against rejection, within five
//! standard errors where a judge draws.

mod edges;
mod rounding;

use crate::support::BOUND;
use headstart::scenario::{Polytope, PolytopeError};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// w_i is at least `ratio` times w_j.
fn at_least(n: usize, i: usize, ratio: f64, j: usize) -> Vec<f64> {
    let mut row = vec![0.0; n];
    (row[i], row[j]) = (1.0, -ratio);
    row
}

/// w_k is at least `bound`.
fn lower(n: usize, k: usize, bound: f64) -> Vec<f64> {
    (0..n).map(|i| if i == k { 1.0 - bound } else { -bound }).collect()
}

/// w_k is at most `bound`.
fn upper(n: usize, k: usize, bound: f64) -> Vec<f64> {
    lower(n, k, bound).iter().map(|x| -x).collect()
}

fn chain(n: usize) -> Vec<Vec<f64>> {
    (1..n).map(|k| at_least(n, k - 1, 1.0, k)).collect()
}

#[track_caller]
fn polytope(n: usize, constraints: &[Vec<f64>]) -> Polytope {
    let polytope = Polytope::new(n, constraints).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(polytope.n_factors(), n);
    assert!(polytope.dimension() < n);
    let total: f64 = polytope.simplices().iter().map(|simplex| simplex.share).sum();
    assert!((total - 1.0).abs() < 1e-12, "{total}");
    for simplex in polytope.simplices() {
        assert_eq!(simplex.vertices.len(), polytope.dimension() + 1);
        assert!(simplex.share > 0.0);
    }
    for vertex in polytope.vertices() {
        assert!(satisfied(vertex, constraints, 1e-9), "{vertex:?}");
        assert!(vertex.iter().all(|x| *x >= 0.0));
        assert!((vertex.iter().sum::<f64>() - 1.0).abs() < 1e-14);
    }
    polytope
}

fn satisfied(weights: &[f64], constraints: &[Vec<f64>], slack: f64) -> bool {
    constraints.iter().all(|row| {
        let size = row.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
        row.iter().zip(weights).map(|(a, w)| a * w).sum::<f64>() >= -slack * size
    })
}

#[track_caller]
fn assert_close(ours: &[f64], truth: &[f64]) {
    assert_eq!(ours.len(), truth.len());
    for (x, y) in ours.iter().zip(truth) {
        assert!((x - y).abs() < 1e-12, "{ours:?} against {truth:?}");
    }
}

#[track_caller]
fn assert_same(x: f64, truth: f64) {
    assert!((x / truth - 1.0).abs() < 1e-11, "{x} against {truth}");
}

/// The mean of the r-th greatest of n uniform weights, the first being 0.
fn rank_centroid(n: usize, r: usize) -> f64 {
    (r + 1..=n).map(|k| 1.0 / k as f64).sum::<f64>() / n as f64
}

fn factorial(n: usize) -> f64 {
    (1..=n).map(|k| k as f64).product()
}

struct Draws(Xoshiro256PlusPlus);

impl Draws {
    fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.uniform() * n as f64) as usize
    }

    fn exponentials(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| -self.uniform().ln()).collect()
    }

    /// Uniform on the simplex.
    fn weights(&mut self, n: usize) -> Vec<f64> {
        let mut weights = self.exponentials(n);
        let sum: f64 = weights.iter().sum();
        for weight in &mut weights {
            *weight /= sum;
        }
        weights
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = self.below(i + 1);
            items.swap(i, j);
        }
    }
}

/// The mean of some numbers and its standard error.
fn estimate(numbers: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let n = numbers.clone().count() as f64;
    let mean = numbers.clone().sum::<f64>() / n;
    let variance = numbers.map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

/// Uniform weightings of the whole simplex that happen to satisfy the constraints judge everything that is
/// claimed of those that must.
#[track_caller]
fn judge(n: usize, constraints: &[Vec<f64>], seed: u64) {
    const DRAWN: usize = 200_000;
    let polytope = polytope(n, constraints);
    let mut draws = Draws::new(seed);
    let mut kept: Vec<Vec<f64>> = (0..DRAWN).map(|_| draws.weights(n)).collect();
    kept.retain(|weights| satisfied(weights, constraints, 0.0));
    let share = polytope.share_of_simplex();
    let error = (share * (1.0 - share) / DRAWN as f64).sqrt();
    let seen = kept.len() as f64 / DRAWN as f64;
    assert!((seen - share).abs() <= BOUND * error, "{seen} against a share of {share}");

    let mut point = || {
        let u = draws.uniform();
        polytope.point(u, &draws.exponentials(polytope.dimension() + 1))
    };
    let drawn: Vec<Vec<f64>> = (0..100_000).map(|_| point()).collect();
    assert!(drawn.iter().all(|weights| satisfied(weights, constraints, 1e-12)));
    assert!(kept.len() > 1_000, "too few to judge");
    for i in 0..n {
        let (mean, error) = estimate(kept.iter().map(|weights| weights[i]));
        let centroid = polytope.mean()[i];
        assert!((mean - centroid).abs() <= BOUND * error, "factor {i}: {mean} against {centroid}");
        let (mean, error) = estimate(drawn.iter().map(|weights| weights[i]));
        assert!((mean - centroid).abs() <= BOUND * error, "drawn factor {i}: {mean} against {centroid}");
        for j in 0..=i {
            let (theirs, error) = estimate(kept.iter().map(|weights| weights[i] * weights[j]));
            let (ours, our_error) = estimate(drawn.iter().map(|weights| weights[i] * weights[j]));
            let both = (error * error + our_error * our_error).sqrt();
            assert!((ours - theirs).abs() <= BOUND * both, "factors {i}, {j}: {ours} against {theirs}");
        }
    }
}

#[test]
fn all_weights_are_one_simplex() {
    for n in [1, 2, 7, 200] {
        let all = polytope(n, &[]);
        assert_eq!((all.dimension(), all.vertices().len(), all.simplices().len()), (n - 1, n, 1));
        assert_eq!(all.share_of_simplex(), 1.0);
        assert_close(&all.mean(), &vec![1.0 / n as f64; n]);
        assert!(all.vertices().iter().enumerate().all(|(k, vertex)| vertex[k] == 1.0));
    }
}

#[test]
fn a_total_order() {
    let mut draws = Draws::new(1);
    for n in [2, 3, 8, 50, 200] {
        let mut constraints = chain(n);
        for _ in 0..2 {
            let ordered = polytope(n, &constraints);
            assert_eq!((ordered.dimension(), ordered.simplices().len()), (n - 1, 1));
            for (r, vertex) in ordered.vertices().iter().enumerate() {
                let each = 1.0 / (r + 1) as f64;
                assert_close(vertex, &(0..n).map(|k| if k <= r { each } else { 0.0 }).collect::<Vec<_>>());
            }
            assert_close(&ordered.mean(), &(0..n).map(|r| rank_centroid(n, r)).collect::<Vec<_>>());
            if n < 100 {
                assert_same(ordered.share_of_simplex(), 1.0 / factorial(n));
            } else {
                assert_eq!(ordered.share_of_simplex(), 0.0, "1/200! is below every double");
            }
            draws.shuffle(&mut constraints);
        }
    }
}

#[test]
fn two_orders_alike() {
    let first = polytope(3, &[at_least(3, 0, 1.0, 1), at_least(3, 0, 1.0, 2)]);
    let shares: Vec<f64> = first.simplices().iter().map(|simplex| simplex.share).collect();
    assert_close(&shares, &[0.5, 0.5]);
    assert_same(first.share_of_simplex(), 1.0 / 3.0);
}

/// All orders of `n` factors that agree with the pairs (greater, less).
fn extensions(n: usize, pairs: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut rankings = vec![Vec::new()];
    for _ in 0..n {
        let longer = |order: &Vec<usize>| {
            let free =
                |k: &usize| !order.contains(k) && pairs.iter().all(|(i, j)| j != k || order.contains(i));
            let with = |k| order.iter().copied().chain([k]).collect();
            (0..n).filter(free).map(with).collect::<Vec<Vec<usize>>>()
        };
        rankings = rankings.iter().flat_map(longer).collect();
    }
    rankings
}

/// A partial order is the union of the total orders that agree with it, which all have the same volume.
#[test]
fn partial_orders_are_unions_of_total_orders() {
    let mut draws = Draws::new(2);
    for n in [3, 4, 5, 6] {
        for _ in 0..8 {
            let mut places: Vec<usize> = (0..n).collect();
            draws.shuffle(&mut places);
            let mut pairs = Vec::new();
            for i in 0..n {
                for j in i + 1..n {
                    if draws.uniform() < 0.35 {
                        pairs.push((places[i], places[j]));
                    }
                }
            }
            let rows: Vec<Vec<f64>> = pairs.iter().map(|&(i, j)| at_least(n, i, 1.0, j)).collect();
            let ours = polytope(n, &rows);
            let rankings = extensions(n, &pairs);
            assert_same(ours.share_of_simplex(), rankings.len() as f64 / factorial(n));
            let mut mean = vec![0.0; n];
            for order in &rankings {
                for (r, &k) in order.iter().enumerate() {
                    mean[k] += rank_centroid(n, r) / rankings.len() as f64;
                }
            }
            assert_close(&ours.mean(), &mean);
        }
    }
}

/// By inclusion and exclusion: the weights above their bounds in a set of factors are a smaller simplex.
#[test]
fn upper_bounds_cut_off_smaller_simplices() {
    let mut draws = Draws::new(3);
    for n in [2, 3, 4, 5, 6] {
        for _ in 0..5 {
            let bounds: Vec<f64> = (0..n).map(|_| 1.2 / n as f64 + 0.4 * draws.uniform()).collect();
            let rows: Vec<Vec<f64>> = (0..n).map(|k| upper(n, k, bounds[k])).collect();
            let (mut share, mut first) = (0.0, 0.0);
            for set in 0_usize..1 << n {
                let taken: f64 = (0..n).filter(|k| set >> k & 1 == 1).map(|k| bounds[k]).sum();
                let sign = if set.count_ones() % 2 == 0 { 1.0 } else { -1.0 };
                let left = (1.0 - taken).max(0.0);
                let volume = sign * left.powi(n as i32 - 1);
                share += volume;
                first += volume * (left / n as f64 + if set & 1 == 1 { bounds[0] } else { 0.0 });
            }
            let ours = polytope(n, &rows);
            assert!((ours.share_of_simplex() - share).abs() < 1e-12);
            assert!((ours.mean()[0] - first / share).abs() < 1e-10);
        }
    }
}

#[test]
fn lower_bounds_leave_a_smaller_simplex() {
    let bounds = [0.1, 0.0, 0.25, 0.03, 0.2];
    let rows: Vec<Vec<f64>> = (0..5).map(|k| lower(5, k, bounds[k])).collect();
    let left: f64 = 1.0 - bounds.iter().sum::<f64>();
    let shrunk = polytope(5, &rows);
    assert_eq!((shrunk.dimension(), shrunk.vertices().len(), shrunk.simplices().len()), (4, 5, 1));
    assert_close(&shrunk.mean(), &bounds.map(|bound| bound + left / 5.0));
    assert_same(shrunk.share_of_simplex(), left.powi(4));

    let rows: Vec<Vec<f64>> = (0..200).map(|k| lower(200, k, 0.004)).collect();
    let shrunk = polytope(200, &rows);
    assert_close(&shrunk.mean(), &[0.005; 200]);
    assert_same(shrunk.share_of_simplex(), 0.2_f64.powi(199));
}

/// Four constraints meet at each vertex of an octahedron, one more than in general.
#[test]
fn an_octahedron_has_its_vertices_and_volume() {
    let rows: Vec<Vec<f64>> = (0..4).map(|k| upper(4, k, 0.5)).collect();
    let octahedron = polytope(4, &rows);
    assert_eq!((octahedron.dimension(), octahedron.vertices().len()), (3, 6));
    assert_eq!(octahedron.simplices().len(), 4);
    assert_close(&octahedron.mean(), &[0.25; 4]);
    assert_same(octahedron.share_of_simplex(), 0.5);
    judge(4, &rows, 4);
}

#[test]
fn equalities_in_effect() {
    let twice = [at_least(3, 0, 2.0, 1), at_least(3, 1, 0.5, 0)];
    let segment = polytope(3, &twice);
    assert_eq!((segment.dimension(), segment.share_of_simplex()), (1, 0.0));
    assert_close(&segment.vertices()[0], &[2.0 / 3.0, 1.0 / 3.0, 0.0]);
    assert_close(&segment.vertices()[1], &[0.0, 0.0, 1.0]);
    assert_close(&segment.mean(), &[1.0 / 3.0, 1.0 / 6.0, 0.5]);

    // A circle of orders leaves the equal weights only.
    let circle: Vec<Vec<f64>> = (0..5).map(|k| at_least(5, k, 1.0, (k + 1) % 5)).collect();
    let point = polytope(5, &circle);
    assert_eq!(point.dimension(), 0);
    assert_close(&point.mean(), &[0.2; 5]);

    // A factor that must weigh nothing leaves the others as they were.
    let rows = [vec![0.0, -1.0, 0.0, 0.0], at_least(4, 0, 1.0, 3)];
    let face = polytope(4, &rows);
    assert_eq!(face.dimension(), 2);
    assert_close(&face.mean(), &[0.5, 0.0, 1.0 / 3.0, 1.0 / 6.0]);
}

/// With w4 = 3 w0, what the two have together is uniform as a weight of its own is: the polytope of four
/// factors.
#[test]
fn an_equality_is_a_factor_less() {
    let mut draws = Draws::new(5);
    for _ in 0..20 {
        let mut rows = vec![random_row(&mut draws, 5)];
        rows.extend((0..5).map(|k| upper(5, k, 0.3 + 0.3 * draws.uniform())));
        let merge = |row: &Vec<f64>| vec![(row[0] + 3.0 * row[4]) / 4.0, row[1], row[2], row[3]];
        let merged: Vec<Vec<f64>> = rows.iter().map(merge).collect();
        let equality = [at_least(5, 4, 3.0, 0), at_least(5, 0, 1.0 / 3.0, 4)];
        let mut mixed: Vec<Vec<f64>> = rows.iter().chain(&equality).cloned().collect();
        draws.shuffle(&mut mixed);
        match Polytope::new(4, &merged) {
            Ok(four) => {
                let five = polytope(5, &mixed);
                assert_eq!((five.dimension(), five.vertices().len()), (3, four.vertices().len()));
                let mean = four.mean();
                assert_close(&five.mean(), &[mean[0] / 4.0, mean[1], mean[2], mean[3], mean[0] * 0.75]);
            }
            Err(PolytopeError::Empty { .. }) => {
                assert!(matches!(Polytope::new(5, &mixed), Err(PolytopeError::Empty { .. })));
            }
            Err(error) => panic!("{error}"),
        }
    }
}

fn random_row(draws: &mut Draws, n: usize) -> Vec<f64> {
    (0..n).map(|_| 2.0 * draws.uniform() - 0.8).collect()
}

/// With x = w0/w2 and y = w1/w2 the uniform law has the density (1 + x + y)^-3, up to a constant.
#[test]
fn ratio_bounds_match_an_integral() {
    let rows = [at_least(3, 0, 1.5, 2), at_least(3, 2, 1.0 / 3.0, 0), at_least(3, 2, 1.0, 1)];
    let ours = polytope(3, &rows);
    let (low, high) = (1.5, 3.0);
    // The integrals over y in 0..1 first, over x in 1.5..3 then.
    let over = |of: &dyn Fn(f64, f64) -> f64| of(high, 1.0) - of(high, 2.0) - of(low, 1.0) + of(low, 2.0);
    let volume = over(&|x, c| -1.0 / (c + x) / 2.0);
    let third = over(&|x, c| -1.0 / (c + x).powi(2) / 6.0);
    let first = over(&|x, c| (c / (2.0 * (c + x).powi(2)) - 1.0 / (c + x)) / 3.0);
    let (w0, w2) = (first / volume, third / volume);
    assert_close(&ours.mean(), &[w0, 1.0 - w0 - w2, w2]);
    // The weights are two of three coordinates, and the simplex has half the unit square of them.
    assert_same(ours.share_of_simplex(), 2.0 * volume);
    judge(3, &rows, 6);
}

#[test]
fn random_constraints_match_rejection() {
    let mut draws = Draws::new(7);
    for n in [3, 4, 5] {
        let mut judged = 0;
        while judged < 5 {
            let rows: Vec<Vec<f64>> = (0..n + judged).map(|_| random_row(&mut draws, n)).collect();
            // Too few draws of a set that is small, or none, would judge nothing.
            if Polytope::new(n, &rows).is_ok_and(|polytope| polytope.share_of_simplex() > 0.02) {
                judge(n, &rows, 100 * n as u64 + judged as u64);
                judged += 1;
            }
        }
    }
}
