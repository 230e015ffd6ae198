//! Weights with linear constraints where they are empty, too complex, redundant, steep or thin.

use super::*;

/// The first constraint that is too much, and no weights drawn from all satisfy it with those before it.
#[test]
fn empty_sets_are_refused_at_the_first_constraint_too_many() {
    let empty = |n, rows: &[Vec<f64>], constraint| {
        assert_eq!(Polytope::new(n, rows), Err(PolytopeError::Empty { constraint }));
    };
    empty(3, &[at_least(3, 0, 2.0, 1), lower(3, 1, 0.4), at_least(3, 2, 1.0, 0)], 1);
    empty(3, &[lower(3, 0, 0.5), lower(3, 1, 0.3), lower(3, 2, 0.3), vec![1.0; 3]], 2);
    empty(2, &[vec![-1.0, -2.0]], 0);
    empty(1, &[vec![1.0], vec![-1.0]], 1);
    let error = Polytope::new(1, &[vec![1.0], vec![-1.0]]).unwrap_err();
    assert_eq!(error.to_string(), "no weights satisfy constraint 2 together with those before it");
    let mut draws = Draws::new(8);
    let mut found = 0;
    for _ in 0..40 {
        let rows: Vec<Vec<f64>> = (0..9).map(|_| random_row(&mut draws, 4)).collect();
        if let Err(PolytopeError::Empty { constraint }) = Polytope::new(4, &rows) {
            found += 1;
            polytope(4, &rows[..constraint]);
            let mut weights = (0..20_000).map(|_| draws.weights(4));
            assert!(!weights.any(|weights| satisfied(&weights, &rows[..=constraint], 0.0)));
        }
    }
    assert!(found > 5, "{found}");
}

#[test]
fn malformed_constraints_are_refused() {
    let rows = [vec![1.0, 0.0], vec![f64::NAN, 0.0], vec![1.0]];
    assert_eq!(Polytope::new(2, &rows), Err(PolytopeError::NotFinite { constraint: 1 }));
    let error = Polytope::new(2, &rows[2..]).unwrap_err();
    assert_eq!(error, PolytopeError::WrongLength { constraint: 0, expected: 2, found: 1 });
    assert_eq!(Polytope::new(0, &[]), Err(PolytopeError::NoFactors));
}

/// Five seconds leave a slow machine room; the bound is on work, which does not depend on the machine.
#[test]
fn too_complex_is_refused_quickly() {
    let mut draws = Draws::new(9);
    let half = |n: usize| (0..n).map(|k| upper(n, k, 2.0 / n as f64)).collect::<Vec<_>>();
    let boxes = |n: usize| {
        let pair = |k| [at_least(n, k, 0.5, 0), at_least(n, 0, 0.5, k)];
        (1..n).flat_map(pair).collect::<Vec<_>>()
    };
    let preferences = |draws: &mut Draws, n: usize, m: usize| {
        (0..m).map(|_| (0..n).map(|_| draws.uniform() - 0.5).collect()).collect::<Vec<Vec<f64>>>()
    };
    let mut cases =
        vec![(50, half(50)), (200, half(200)), (11, boxes(11)), (20, boxes(20)), (200, boxes(200))];
    for (n, m) in [(15, 20), (40, 1), (60, 300), (200, 1), (200, 300)] {
        cases.push((n, preferences(&mut draws, n, m)));
    }
    cases.push((100_000, vec![]));
    // Few vertices and not too many simplices, but in 199 dimensions.
    cases.push((200, vec![(0..200).map(|k| if k < 3 { 1.0 } else { -1.0 }).collect()]));
    for (n, rows) in cases {
        let refused = Polytope::new(n, &rows);
        assert!(matches!(refused, Err(PolytopeError::TooComplex { .. })), "{n} factors: {refused:?}");
    }
    let error = Polytope::new(100_000, &[]).unwrap_err();
    assert!(error.to_string().contains("more than 2000 vertices"), "{error}");
}

/// What many factors can still say: a preference between two areas, bounds on a few ratios, hundreds of
/// orders.
#[test]
fn what_is_not_too_complex() {
    let split = polytope(16, &[(0..16).map(|k| if k < 8 { 1.0 } else { -1.0 }).collect()]);
    assert_eq!(split.simplices().len(), 6435, "15 over 7");
    assert_same(split.share_of_simplex(), 0.5);
    let ratios: Vec<Vec<f64>> =
        (1..8).flat_map(|k| [at_least(8, k, 0.5, 0), at_least(8, 0, 0.5, k)]).collect();
    let cube = polytope(8, &ratios);
    assert_eq!((cube.vertices().len(), cube.simplices().len()), (128, 5040));
    let means = cube.mean();
    assert!(means[1..].iter().all(|mean| (mean - means[1]).abs() < 1e-12), "{means:?}");
    // The first counts most, and the others are in an order too.
    let mut first: Vec<Vec<f64>> = (1..30).map(|k| at_least(30, 0, 1.0, k)).collect();
    first.extend((1..29).map(|k| at_least(30, k + 1, 1.0, k)));
    assert_eq!(polytope(30, &first).simplices().len(), 1);
    // Every pair of 25 factors in order: 300 rows, of which 24 say everything.
    let all: Vec<Vec<f64>> =
        (0..25).flat_map(|i| (i + 1..25).map(move |j| at_least(25, i, 1.0, j))).collect();
    assert_close(&polytope(25, &all).mean(), &polytope(25, &chain(25)).mean());
}

/// Equal up to rounding.
#[track_caller]
fn assert_alike(one: &Polytope, other: &Polytope) {
    assert_eq!(one.dimension(), other.dimension());
    assert_eq!(one.vertices().len(), other.vertices().len());
    assert_eq!(one.simplices().len(), other.simplices().len());
    for (a, b) in one.vertices().iter().zip(other.vertices()) {
        assert_close(a, b);
    }
    for (a, b) in one.simplices().iter().zip(other.simplices()) {
        assert_eq!(a.vertices, b.vertices);
        assert!((a.share - b.share).abs() < 1e-12);
    }
    assert_close(&one.mean(), &other.mean());
}

#[test]
fn what_follows_changes_nothing() {
    let mut draws = Draws::new(10);
    let mut tried = 0;
    for _ in 0..60 {
        let rows: Vec<Vec<f64>> = (0..4).map(|_| random_row(&mut draws, 5)).collect();
        let Ok(plain) = Polytope::new(5, &rows) else { continue };
        tried += 1;
        assert_eq!(plain, Polytope::new(5, &rows).unwrap());
        let mut shuffled = rows.clone();
        draws.shuffle(&mut shuffled);
        assert_eq!(plain, polytope(5, &shuffled));
        let mut more = rows.clone();
        // Twice the same, sums of rows, a bound that holds anyway, a sum that is not negative, and nothing at
        // all.
        more.extend(rows.clone());
        more.push(rows[0].iter().zip(&rows[1]).map(|(a, b)| 0.3 * a + 2.0 * b).collect());
        more.push(rows[2].iter().map(|a| a + 0.1).collect());
        more.push(lower(5, 3, 0.0));
        more.push(vec![1.0, 0.0, 2.0, 0.0, 0.5]);
        more.push(vec![0.0; 5]);
        assert_alike(&plain, &polytope(5, &more));
        draws.shuffle(&mut more);
        assert_alike(&plain, &polytope(5, &more));
        // Rows of very different size, a power of two apart and not.
        let scaled = |factors: [f64; 4]| {
            let row = |(row, factor): (&Vec<f64>, f64)| row.iter().map(|a| a * factor).collect();
            rows.iter().zip(factors).map(row).collect::<Vec<Vec<f64>>>()
        };
        let two = |power| 2.0_f64.powi(power);
        assert_eq!(plain, polytope(5, &scaled([two(900), two(-900), two(3), two(-40)])));
        assert_alike(&plain, &polytope(5, &scaled([1e300, 1e-290, 7.0, 1e-9])));
    }
    assert!(tried > 20, "{tried}");
}

/// Each factor a million times the next: the vertices of a total order, and as precise in the smallest
/// weight.
#[test]
fn coefficients_of_very_different_size() {
    let rows = [at_least(4, 0, 1e6, 1), at_least(4, 1, 1e6, 2), at_least(4, 2, 1e-3, 3)];
    let steep = polytope(4, &rows);
    assert_eq!((steep.dimension(), steep.simplices().len()), (3, 1));
    let corners = [
        vec![1.0, 0.0, 0.0, 0.0],
        vec![1e6, 1.0, 0.0, 0.0],
        vec![1e12, 1e6, 1.0, 0.0],
        vec![1e12, 1e6, 1.0, 1e3],
    ];
    let mut volume = 1e3;
    for corner in &corners {
        let sum: f64 = corner.iter().sum();
        volume /= sum;
        let truth: Vec<f64> = corner.iter().map(|x| x / sum).collect();
        let near = |vertex: &&Vec<f64>| vertex.iter().zip(&truth).all(|(a, b)| (a - b).abs() <= 1e-13 * b);
        assert!(steep.vertices().iter().any(|vertex| near(&vertex)), "{truth:?} in {:?}", steep.vertices());
    }
    assert_same(steep.share_of_simplex(), volume);
}

/// A thin slab is kept as it is; one that rounding could have made is an equality.
#[test]
fn thin_sets_are_kept_and_rounded_ones_are_equalities() {
    for thin in [1e-3, 1e-6, 1e-8] {
        let slab = polytope(3, &[at_least(3, 0, 1.0, 1), at_least(3, 1, 1.0 - thin, 0)]);
        assert_eq!((slab.dimension(), slab.vertices().len()), (2, 3));
        // From the corner (0, 0, 1) between (1, 1, 0) / 2 and (1, 1 - thin, 0) / (2 - thin).
        assert!((slab.share_of_simplex() / (thin / (4.0 - 2.0 * thin)) - 1.0).abs() < 1e-6);
    }
    let flat = polytope(3, &[at_least(3, 0, 1.0, 1), at_least(3, 1, 1.0 - 1e-14, 0)]);
    assert_eq!(flat.dimension(), 1);
}

#[test]
fn a_uniform_number_picks_a_simplex() {
    let rows = [at_least(3, 0, 1.5, 2), at_least(3, 2, 1.0 / 3.0, 0), at_least(3, 2, 1.0, 1)];
    let ours = polytope(3, &rows);
    let [first, second] = ours.simplices() else { panic!("{ours:?}") };
    assert_eq!(ours.pick(1e-300), first);
    assert_eq!(ours.pick(first.share), first, "the share is reached");
    assert_eq!(ours.pick(first.share + 1e-9), second);
    assert_eq!(ours.pick(1.0), second);
    let point = ours.point(0.9, &[1.0, 2.0, 5.0]);
    let vertex = |k: usize| &ours.vertices()[second.vertices[k]];
    let placed: Vec<f64> =
        (0..3).map(|i| (vertex(0)[i] + 2.0 * vertex(1)[i] + 5.0 * vertex(2)[i]) / 8.0).collect();
    assert_close(&point, &placed);
}

/// Nothing is left to share out but a point.
#[test]
fn a_single_point() {
    for n in [1, 2, 3, 7, 10] {
        let rows: Vec<Vec<f64>> = (0..n).map(|k| lower(n, k, 1.0 / n as f64)).collect();
        let point = polytope(n, &rows);
        assert_eq!((point.dimension(), point.vertices().len(), point.simplices().len()), (0, 1, 1));
        assert_close(&point.mean(), &vec![1.0 / n as f64; n]);
        assert_close(&point.point(0.3, &[0.7]), &point.mean());
        assert_eq!(point.share_of_simplex(), f64::from(u8::from(n == 1)));
    }
}

/// With no weight above 1/k it is a hypersimplex, whose vertices are the sets of k of n, with many constraints
/// at each, and whose volume is an Eulerian number of unit simplices scaled by 1/k. Most 1/k are rounded.
///
/// Source: Stanley, Eulerian Partitions of a Unit Hypercube (1977).
#[test]
fn hypersimplices_have_eulerian_volumes() {
    for (n, k, n_vertices, eulerian) in
        [(5, 3, 10, 11.0), (6, 3, 20, 66.0), (7, 3, 35, 302.0), (7, 5, 21, 57.0), (8, 4, 70, 2416.0)]
    {
        let rows: Vec<Vec<f64>> = (0..n).map(|i| upper(n, i, 1.0 / f64::from(k))).collect();
        let ours = polytope(n, &rows);
        assert_eq!((ours.dimension(), ours.vertices().len()), (n - 1, n_vertices));
        assert_same(ours.share_of_simplex(), eulerian / f64::from(k).powi(n as i32 - 1));
        assert_close(&ours.mean(), &vec![1.0 / n as f64; n]);
    }
}
