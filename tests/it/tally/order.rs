//! Pairs, ranks, claims and pairs of groups, of one scenario and of several side by side.

use super::draws::{Draw, blocks, copied, tallied};
use headstart::real::Real;
use headstart::tally::{Circuit, Events, Order, OrderPlan, Paired, PairedPlan, Place};

const N_AREAS: usize = 6;

fn place(columns: &[usize], k: usize) -> Place {
    Place { columns: columns.to_vec(), k }
}

/// Places among areas, means and both; claims within claims; and `k` at both ends and between.
fn claims() -> Vec<Circuit> {
    let before = |one: Place, other: Place| Circuit::Before(one, other);
    let in_top = |areas: &[usize], k, at_least| Circuit::InTop { areas: areas.to_vec(), k, at_least };
    let (pair, means) = (before(place(&[0], 1), place(&[1], 1)), before(place(&[6], 1), place(&[7], 1)));
    let third = before(place(&[0, 1, 2, 3], 3), place(&[4, 5, 6], 2));
    let last = before(place(&[0, 1, 2], 3), place(&[3, 4, 5], 1));
    let first = before(place(&[2, 1, 0], 1), place(&[5, 4, 3], 3));
    vec![
        pair.clone(),
        means.clone(),
        third.clone(),
        last.clone(),
        first,
        Circuit::Not(Box::new(third.clone())),
        Circuit::All(vec![pair.clone(), Circuit::Not(Box::new(means.clone()))]),
        Circuit::Any(vec![last, means, Circuit::All(vec![pair, third])]),
        Circuit::All(vec![]),
        Circuit::Any(vec![]),
        in_top(&[0], 1, 1),
        in_top(&[0, 3, 4, 5], 3, 2),
        in_top(&[1, 2], 6, 2),
        Circuit::Not(Box::new(in_top(&[0, 1, 2], 2, 1))),
        Circuit::Most(vec![0, 1, 2], vec![3, 4]),
        Circuit::Most(vec![0], vec![5]),
        Circuit::Not(Box::new(Circuit::Most(vec![0, 1, 2], vec![3, 4, 5]))),
    ]
}

fn plan(n_worlds: usize, claims: Vec<Circuit>) -> OrderPlan {
    OrderPlan {
        n_areas: N_AREAS,
        n_worlds,
        first_world: 0,
        means: vec![vec![0, 1], vec![2, 3, 4, 5]],
        claims,
        groups: vec![(vec![0, 1, 2], vec![3, 4, 5]), (vec![0], vec![1]), (vec![0, 1, 2, 3, 4], vec![5])],
    }
}

/// The areas of a world and after them their means, as in the plan.
fn columns(x: &[f64]) -> Vec<f64> {
    let mean = |areas: &[f64]| areas.iter().sum::<f64>() / areas.len() as f64;
    [x, &[mean(&x[..2]), mean(&x[2..])]].concat()
}

fn place_of(place: &Place, x: &[f64]) -> f64 {
    let mut values: Vec<f64> = place.columns.iter().map(|&column| x[column]).collect();
    values.sort_by(|a, b| b.total_cmp(a));
    values[place.k - 1]
}

fn pairs_ahead((a, b): (&[usize], &[usize]), x: &[f64], bonus: f64) -> usize {
    a.iter().map(|&i| b.iter().filter(|&&j| x[i] + bonus > x[j]).count()).sum()
}

/// Whether a claim holds where the columns that it wants in front have a bonus, which is less than any two numbers differ by.
fn holds(claim: &Circuit, x: &[f64], bonus: f64) -> bool {
    match claim {
        Circuit::Before(one, other) => place_of(one, x) + bonus > place_of(other, x),
        Circuit::All(claims) => claims.iter().all(|claim| holds(claim, x, bonus)),
        Circuit::Any(claims) => claims.iter().any(|claim| holds(claim, x, bonus)),
        Circuit::Not(claim) => !holds(claim, x, -bonus),
        Circuit::InTop { areas, k, at_least } => {
            let ahead = |i: usize| (0..N_AREAS).filter(|&j| j != i && x[j] > x[i] + bonus).count();
            areas.iter().filter(|&&i| ahead(i) < *k).count() >= *at_least
        }
        Circuit::Most(a, b) => 2 * pairs_ahead((a, b), x, bonus) > a.len() * b.len(),
    }
}

/// Checks the counts of one event in each two worlds.
fn check_event(
    events: &Events,
    event: usize,
    draws: &[Draw],
    worlds: &[usize],
    happened: impl Fn(&[f64]) -> bool,
) {
    let happened: Vec<Vec<bool>> =
        worlds.iter().map(|&world| draws.iter().map(|x| happened(&x[world])).collect()).collect();
    for (one, there) in happened.iter().enumerate() {
        for (other, elsewhere) in happened.iter().enumerate() {
            let both = there.iter().zip(elsewhere).filter(|(a, b)| **a && **b).count();
            assert_eq!(events.joint(event, one, other), both as u64, "event {event} in {one} and {other}");
        }
        assert_eq!(events.count(event, one), events.joint(event, one, one));
    }
}

/// Checks the sums of credits of a pair of groups, and of their products.
fn check_credits(
    (sums, products): (&[u128], &[u128]),
    groups: (&[usize], &[usize]),
    draws: &[Draw],
    worlds: &[usize],
) {
    let credits: Vec<Vec<u128>> = worlds
        .iter()
        .map(|&world| {
            let of = |x: &[f64]| pairs_ahead(groups, x, 0.0) + pairs_ahead(groups, x, 0.1);
            draws.iter().map(|x| of(&x[world]) as u128).collect()
        })
        .collect();
    assert_eq!((sums.len(), products.len()), (worlds.len(), worlds.len() * worlds.len()));
    for (one, there) in credits.iter().enumerate() {
        assert_eq!(sums[one], there.iter().sum::<u128>());
        for (other, elsewhere) in credits.iter().enumerate() {
            let product: u128 = there.iter().zip(elsewhere).map(|(a, b)| a * b).sum();
            assert_eq!(products[one * worlds.len() + other], product, "worlds {one} and {other}");
        }
    }
}

/// The draws with the means of each world after its areas.
fn with_means(draws: &[Draw]) -> Vec<Draw> {
    draws.iter().map(|worlds| worlds.iter().map(|x| columns(x)).collect()).collect()
}

fn check_order(order: &Order, plan: &OrderPlan, draws: &[Draw]) {
    let draws = &with_means(draws);
    let worlds: Vec<usize> = (0..plan.n_worlds).collect();
    assert_eq!(order.n(), draws.len() as u64);
    for i in 0..N_AREAS {
        for j in 0..N_AREAS {
            check_event(order.pairs(), i * N_AREAS + j, draws, &worlds, |x| x[i] > x[j]);
            let ahead = |x: &[f64]| x[..N_AREAS].iter().filter(|&&other| other > x[i]).count();
            check_event(order.ranks(), i * N_AREAS + j, draws, &worlds, |x| ahead(x) == j);
        }
    }
    for (event, claim) in plan.claims.iter().enumerate() {
        check_event(order.claims(), event, draws, &worlds, |x| holds(claim, x, 0.0));
        let hangs = |x: &[f64]| holds(claim, x, 0.1) != holds(claim, x, -0.1);
        check_event(order.claim_ties(), event, draws, &worlds, hangs);
    }
    assert_eq!(order.groups().len(), plan.groups.len());
    for ((a, b), group) in plan.groups.iter().zip(order.groups()) {
        assert_eq!(group.of(), a.len() * b.len());
        for ahead in 0..=group.of() {
            check_event(&group.pairs_ahead, ahead, draws, &worlds, |x| pairs_ahead((a, b), x, 0.0) == ahead);
        }
        check_credits((&group.credits, &group.products), (a, b), draws, &worlds);
    }
}

fn rankings<R: Real>(n_worlds: usize, most: u64) {
    let plan = plan(n_worlds, claims());
    let blocks = blocks::<R>((N_AREAS, n_worlds), most, 0.0);
    let new = || Order::new(plan.clone());
    tallied(&blocks, new, |order, draws| check_order(&copied(order.clone(), new()), &plan, draws));
}

/// Numbers from 0 to 3 tie nearly always, those from 0 to 10,000 hardly ever, and where all are 0 there is nothing but ties.
#[test]
fn orders_are_counted() {
    for n_worlds in 1..=4 {
        rankings::<f64>(n_worlds, 3);
    }
    rankings::<f64>(1, 0);
    rankings::<f32>(3, 3);
    rankings::<f64>(2, 10_000);
}

/// Of one scenario alone, of two, of one with itself, and of the later before the earlier.
#[test]
fn scenarios_side_by_side_are_counted() {
    for most in [3, 10_000] {
        let plan = PairedPlan {
            order: plan(4, claims()),
            worlds: vec![1, 2, 1],
            pairs: vec![(0, 0), (1, 1), (0, 1), (2, 1), (2, 0)],
        };
        let worlds: [&[usize]; 5] = [&[0], &[1, 2], &[0, 1, 2], &[3, 1, 2], &[3, 0]];
        let check = |paired: &Paired, draws: &[Draw]| {
            let draws = &with_means(draws);
            assert_eq!(paired.counts().len(), worlds.len());
            for (counts, worlds) in paired.counts().iter().zip(worlds) {
                for (event, claim) in plan.order.claims.iter().enumerate() {
                    check_event(&counts.claims, event, draws, worlds, |x| holds(claim, x, 0.0));
                }
                assert_eq!(counts.credits.len(), plan.order.groups.len());
                for ((a, b), credits) in plan.order.groups.iter().zip(&counts.credits) {
                    assert_eq!(credits.of, a.len() * b.len());
                    check_credits((&credits.sums, &credits.products), (a, b), draws, worlds);
                }
            }
        };
        tallied(&blocks::<f64>((N_AREAS, 4), most, 0.0), || Paired::new(plan.clone()), check);
        tallied(&blocks::<f32>((N_AREAS, 4), most, 0.0), || Paired::new(plan.clone()), check);
    }
}
