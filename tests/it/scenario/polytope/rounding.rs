//! Weights with linear constraints where rounding could show: it changes no order, leaves no empty pieces and
//! takes no vertex away.

use super::*;

/// Two factors at a time weigh the same, so what each pair has together is uniform as a weight of its own is:
/// the polytope of half as many factors.
#[test]
fn equal_pairs_are_half_as_many_factors() {
    let mut draws = Draws::new(11);
    for half in [3, 4] {
        for _ in 0..10 {
            let mut rows: Vec<Vec<f64>> = (0..2).map(|_| random_row(&mut draws, 2 * half)).collect();
            rows.extend((0..2 * half).map(|k| upper(2 * half, k, 0.1 + 0.4 * draws.uniform())));
            let merged: Vec<Vec<f64>> = rows
                .iter()
                .map(|row| (0..half).map(|k| f64::midpoint(row[2 * k], row[2 * k + 1])).collect())
                .collect();
            let pair = |k: usize| {
                [at_least(2 * half, 2 * k, 1.0, 2 * k + 1), at_least(2 * half, 2 * k + 1, 1.0, 2 * k)]
            };
            rows.extend((0..half).flat_map(pair));
            let Ok(each) = Polytope::new(half, &merged) else { continue };
            let both = polytope(2 * half, &rows);
            assert_eq!((both.dimension(), both.vertices().len()), (half - 1, each.vertices().len()));
            assert_eq!(both.share_of_simplex(), 0.0);
            let doubled: Vec<f64> = each.mean().iter().flat_map(|x| [x / 2.0, x / 2.0]).collect();
            assert_close(&both.mean(), &doubled);
        }
    }
}

/// Where two vertices have a weight in common, it is the next factor that puts one of them first, however the
/// weight was rounded in each.
#[test]
fn the_greatest_vertex_is_first() {
    let mut draws = Draws::new(12);
    let mut alike = 0;
    for n in [4, 5, 6] {
        for _ in 0..10 {
            let bound = |k| upper(n, k, 0.3 + 0.1 * draws.below(3) as f64);
            let mut rows: Vec<Vec<f64>> = (0..n).map(bound).collect();
            rows.push(at_least(n, 0, 1.0 / 3.0, 1));
            rows.push(at_least(n, 2, 0.7, 3));
            for two in polytope(n, &rows).vertices().windows(2) {
                let differs = |k: &usize| (two[0][*k] - two[1][*k]).abs() > 1e-8;
                let first = (0..n).find(differs).expect("the vertices are different points");
                assert!(two[0][first] > two[1][first], "{two:?}");
                alike += usize::from((0..first).any(|k| two[0][k] != two[1][k]));
            }
        }
    }
    assert!(alike > 10, "rounding shows in {alike} pairs");
}

/// A zero may be written with a minus.
#[test]
fn the_sign_of_a_zero_is_nothing() {
    let mut draws = Draws::new(13);
    for _ in 0..50 {
        let mut rows: Vec<Vec<f64>> = (0..6).map(|_| random_row(&mut draws, 5)).collect();
        for row in &mut rows {
            row[draws.below(3)] = 0.0;
            row[draws.below(5)] = 0.0;
        }
        let mut signed = rows.clone();
        let zeros = signed.iter_mut().flatten().filter(|x| **x == 0.0);
        zeros.for_each(|x| *x = if draws.uniform() < 0.5 { -0.0 } else { 0.0 });
        assert_eq!(Polytope::new(5, &signed), Polytope::new(5, &rows));
    }
}

/// A weight next to which the others vanish is still there.
#[test]
fn a_weight_of_nearly_everything() {
    let ours = polytope(3, &[at_least(3, 0, 1e20, 1), at_least(3, 0, 1e20, 2)]);
    let corner = |one: f64, other: f64| vec![1.0, one, other];
    assert_eq!(
        ours.vertices(),
        [corner(1e-20, 1e-20), corner(1e-20, 0.0), corner(0.0, 1e-20), corner(0.0, 0.0)]
    );
}

/// All weights but those in a corner: pieces that are as small as the square of what is cut off are none.
#[test]
fn pieces_below_any_double_are_left_out() {
    let ours = polytope(4, &[vec![-1e-200, 1.0, 1.0, 1.0]]);
    assert_eq!(ours.vertices().len(), 6);
    assert_close(&ours.mean(), &[0.25; 4]);
    assert_same(ours.share_of_simplex(), 1.0);
}

/// The last piece is picked where the shares, summed, fall short of one.
#[test]
fn a_uniform_number_of_one_picks_the_last() {
    let mut draws = Draws::new(14);
    let mut short = 0;
    for _ in 0..20 {
        let rows: Vec<Vec<f64>> = (0..5).map(|k| upper(5, k, 0.3 + 0.3 * draws.uniform())).collect();
        let ours = polytope(5, &rows);
        let sum = ours.simplices().iter().fold(0.0, |sum, simplex| sum + simplex.share);
        short += usize::from(sum < 1.0);
        assert_eq!(ours.pick(1.0), ours.simplices().last().unwrap());
    }
    assert!(short > 2, "{short}");
}

/// As many vertices as are accepted are, even where there is nothing to cut.
#[test]
fn the_most_vertices() {
    let ours = Polytope::new(2_000, &[]).unwrap();
    assert_eq!((ours.vertices().len(), ours.simplices().len()), (2_000, 1));
    assert!(matches!(Polytope::new(2_001, &[]), Err(PolytopeError::TooComplex { what: "vertices", .. })));
}

/// A set whose second side is below any double is refused, not drawn from.
#[test]
fn a_set_without_a_size_is_too_thin() {
    let rows = [at_least(3, 0, 1e200, 1), at_least(3, 1, 1e200, 2)];
    let error = Polytope::new(3, &rows).unwrap_err();
    assert_eq!(error, PolytopeError::TooThin);
    assert_eq!(error.to_string(), "the constraints leave a set of weights that is too thin to draw from");
}
