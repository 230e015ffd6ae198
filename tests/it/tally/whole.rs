//! Whole orders: which are frequent, and how often given ones happen.

use super::draws::{Draw, blocks, probabilities, tallied};
use headstart::real::Real;
use headstart::tally::{Frequent, Tally, Whole, WholeOrder};
use std::collections::HashMap;

const N_AREAS: usize = 4;

/// Each area's number of areas strictly before it; and the order, where no two tie.
fn ranks(x: &[f64]) -> (Vec<usize>, Option<WholeOrder>) {
    let rank = |area: usize| x.iter().filter(|&&other| other > x[area]).count();
    let ranks: Vec<usize> = (0..x.len()).map(rank).collect();
    let order: Vec<u8> = (0..x.len())
        .filter_map(|place| ranks.iter().position(|&rank| rank == place))
        .map(|area| area as u8)
        .collect();
    (ranks, (order.len() == x.len()).then(|| order.into()))
}

/// The weight of each full ranking, of ties, and of each rank of each area.
fn truth(draws: &[Draw], p: &[f64]) -> (HashMap<WholeOrder, f64>, f64, Vec<f64>) {
    let (mut rankings, mut tied, mut all) = (HashMap::new(), 0.0, vec![0.0; N_AREAS * N_AREAS]);
    for draw in draws {
        for (x, weight) in draw.iter().zip(p) {
            let (ranks, order) = ranks(x);
            ranks.iter().enumerate().for_each(|(area, rank)| all[area * N_AREAS + rank] += weight);
            match order {
                Some(order) => *rankings.entry(order).or_insert(0.0) += weight,
                None => tied += weight,
            }
        }
    }
    (rankings, tied, all)
}

/// Where `most` is enough for all of the 24 orders nothing is taken off; where not, all bounds hold, and the bound on what was
/// taken off is that of the summary: the weight of all over the number of those kept and one.
fn frequent<R: Real>(n_worlds: usize, most: usize) {
    let p = probabilities(n_worlds);
    let check = |frequent: &Frequent, draws: &[Draw]| {
        let (rankings, tied, ranks) = truth(draws, &p);
        assert_eq!(frequent.tied(), tied);
        for area in 0..N_AREAS {
            for rank in 0..N_AREAS {
                assert_eq!(frequent.rank(area, rank), ranks[area * N_AREAS + rank]);
            }
        }
        let kept = frequent.rankings();
        let steps =
            |two: &[(WholeOrder, f64)]| (two[1].1, &two[0].0) < (two[0].1, &two[1].0) || two[0].1 > two[1].1;
        assert!(kept.windows(2).all(steps), "the most frequent first, and equal ones by their areas");
        let whole: f64 = rankings.values().sum();
        if most >= 24 {
            assert_eq!(frequent.taken(), 0.0);
            assert_eq!(kept.into_iter().collect::<HashMap<_, _>>(), rankings);
        } else {
            assert!(frequent.taken() > 0.0 && frequent.taken() <= whole / (most + 1) as f64);
            for (order, weight) in &kept {
                assert!(*weight > 0.0 && *weight <= rankings[order], "never more than there is");
            }
            let of = |order: &WholeOrder| kept.iter().find(|one| one.0 == *order).map_or(0.0, |one| one.1);
            for (order, &weight) in &rankings {
                assert!(weight <= of(order) + frequent.taken(), "nor less by more than was taken");
            }
        }
    };
    // Few numbers, so that areas tie; the same in all worlds would leave orders with no weight of their own.
    tallied(&blocks::<R>((N_AREAS, n_worlds), 9, 0.0), || Frequent::new(N_AREAS, p.clone(), most), check);
}

#[test]
fn frequent_orders_are_kept() {
    for n_worlds in 1..=4 {
        frequent::<f64>(n_worlds, 24);
        frequent::<f32>(n_worlds, 24);
        frequent::<f64>(n_worlds, 5);
        frequent::<f64>(n_worlds, 1);
    }
}

/// Twice as many orders as are kept have room while draws are recorded, and never more; a world of no probability has none.
#[test]
fn room_for_orders_is_bounded() {
    let of = |(n_areas, n_worlds), most, probabilities: Vec<f64>| {
        let mut frequent = Frequent::new(n_areas, probabilities, most);
        let (batch, _) = blocks::<f64>((n_areas, n_worlds), 1_000, 0.0).pop().unwrap();
        frequent.record(&batch);
        (frequent.rankings(), frequent.taken())
    };
    let (rankings, taken) = of((4, 1), 12, probabilities(1));
    assert_eq!((rankings.len(), taken), (24, 0.0), "all 24 orders of four areas have room");
    for n_worlds in 1..=4 {
        let (rankings, taken) = of((6, n_worlds), 5, probabilities(n_worlds));
        assert!(rankings.len() <= 10 && taken > 0.0, "{} of 720 orders", rankings.len());
    }
    let seldom = |n_worlds, probabilities| {
        let mut frequent = Frequent::new(4, probabilities, 24);
        let (batch, _) = blocks::<f64>((4, n_worlds), 1_000, 0.0).swap_remove(0);
        frequent.record(&batch);
        frequent.rankings()
    };
    let one: Vec<f64> = seldom(3, vec![1.0, 0.0, 0.0]).into_iter().map(|(_, weight)| weight).collect();
    assert_eq!(one, [1.0], "one draw of the one world that there is");
}

fn whole<R: Real>(n_worlds: usize) {
    let p = probabilities(n_worlds);
    let rankings: Vec<WholeOrder> =
        [[0_u8, 1, 2, 3], [3, 1, 0, 2], [2, 3, 1, 0]].iter().map(|order| order.to_vec().into()).collect();
    // Any numbers that tell areas and ranks apart.
    let surprise: Vec<f64> = (0..N_AREAS * N_AREAS).map(|at| (at * at % 7) as f64).collect();
    let check = |whole: &Whole, draws: &[Draw]| {
        let n = draws.len() as u64;
        let mean = |of: &dyn Fn(&[f64]) -> f64| {
            let x: Vec<f64> = draws.iter().map(|x| x.iter().zip(&p).map(|(x, p)| p * of(x)).sum()).collect();
            let mean = x.iter().sum::<f64>() / n as f64;
            let variance = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n as f64;
            (mean, (variance / n as f64).sqrt())
        };
        let near = |found: (f64, f64), truth: (f64, f64)| {
            let off = (found.0 - truth.0).abs().max((found.1 - truth.1).abs());
            assert!(off < 1e-10, "{found:?} is not {truth:?}");
        };
        assert_eq!(whole.rankings().len(), rankings.len());
        for (order, sums) in rankings.iter().zip(whole.rankings()) {
            near(sums.mean(n), mean(&|x| f64::from(ranks(x).1.as_ref() == Some(order))));
        }
        for area in 0..N_AREAS {
            near(whole.ranks()[area].mean(n), mean(&|x| (ranks(x).0[area] + 1) as f64));
            for (rank, share) in whole.shares(area).iter().enumerate() {
                near(share.mean(n), mean(&|x| f64::from(u8::from(ranks(x).0[area] == rank))));
            }
            near(whole.entropies()[area].mean(n), mean(&|x| surprise[area * N_AREAS + ranks(x).0[area]]));
        }
    };
    let new = || Whole::new(N_AREAS, p.clone(), &rankings, surprise.clone());
    tallied(&blocks::<R>((N_AREAS, n_worlds), 9, 0.0), new, check);
}

#[test]
fn whole_orders_are_counted() {
    for n_worlds in 1..=4 {
        whole::<f64>(n_worlds);
        whole::<f32>(n_worlds);
    }
}
