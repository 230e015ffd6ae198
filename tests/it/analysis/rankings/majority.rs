//! Cycles of the majority against all cycles that there are, and runs of areas that are alike against all runs.

use headstart::analysis::{Basis, Cycle, Estimate, cycles, unresolved_runs};
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use std::collections::BTreeSet;

type Matrix = Vec<Vec<Option<Estimate>>>;

/// Probabilities of a random tournament with many draws, some of them settled; every third time, of a ring and nothing but draws
/// besides.
fn matrix(n: usize, rng: &mut SplitMix64) -> Matrix {
    let mut before: Matrix = vec![vec![None; n]; n];
    let ring = rng.next_u64().is_multiple_of(3);
    for (i, j) in (0..n).flat_map(|i| (0..i).map(move |j| (i, j))) {
        let any = [0.0, 0.25, 0.375, 0.5, 0.5, 0.5, 0.625, 0.75, 1.0][rng.next_u64() as usize % 9];
        let p = match i - j {
            _ if !ring => any,
            1 => 0.25,
            apart if apart == n - 1 => 0.75,
            _ => 0.5,
        };
        let width = (rng.next_u64() % 3) as f64 / 8.0;
        let estimate = |p: f64| Estimate::new(p, 0.0, (p - width, p + width), Basis::counted(1));
        (before[i][j], before[j][i]) = (Some(estimate(p)), Some(estimate(1.0 - p)));
    }
    before
}

/// All simple cycles, each from its least area on.
fn all_cycles(before: &Matrix) -> Vec<Vec<usize>> {
    let beats =
        |i: usize, j: usize| i != j && before[i][j].unwrap().probability > before[j][i].unwrap().probability;
    let (mut found, mut ways) = (Vec::new(), (0..before.len()).map(|i| vec![i]).collect::<Vec<_>>());
    while let Some(way) = ways.pop() {
        let last = way[way.len() - 1];
        if beats(last, way[0]) {
            found.push(way.clone());
        }
        for next in way[0] + 1..before.len() {
            if beats(last, next) && !way.contains(&next) {
                ways.push([&way[..], &[next]].concat());
            }
        }
    }
    found
}

/// The sets of areas that cycles tie together, from the one with the least area on.
fn components(all: &[Vec<usize>]) -> Vec<BTreeSet<usize>> {
    let mut sets: Vec<BTreeSet<usize>> = Vec::new();
    for cycle in all {
        let mut whole: BTreeSet<usize> = cycle.iter().copied().collect();
        sets.retain(|set| {
            let apart = set.is_disjoint(&whole);
            if !apart {
                whole.extend(set);
            }
            apart
        });
        sets.push(whole);
    }
    sets.sort();
    sets
}

#[test]
fn cycles_are_shortest_and_all_are_found() {
    let mut rng = SplitMix64::seed_from_u64(1);
    let mut seen = [0; 3];
    for n in [1, 2, 3, 4, 5, 6, 7].repeat(60) {
        let before = matrix(n, &mut rng);
        let (all, found) = (all_cycles(&before), cycles(&before));
        let sets = components(&all);
        let within = |cycle: &Cycle| cycle.within.iter().copied().collect::<BTreeSet<usize>>();
        assert_eq!(found.iter().map(within).collect::<Vec<_>>(), sets);
        for (cycle, set) in found.iter().zip(&sets) {
            let least =
                cycle.areas.iter().position(|area| area == cycle.areas.iter().min().unwrap()).unwrap();
            let turned = [&cycle.areas[least..], &cycle.areas[..least]].concat();
            assert!(all.contains(&turned), "{turned:?} is a cycle");
            let shortest = all.iter().filter(|cycle| set.contains(&cycle[0])).map(Vec::len).min();
            assert_eq!(Some(cycle.areas.len()), shortest);
            let mut steps = turned.iter().zip(turned.iter().cycle().skip(1));
            let settled = steps.all(|(&i, &j)| before[i][j].unwrap().low > 0.5);
            assert_eq!(cycle.settled, settled);
            seen[usize::from(settled)] += 1;
            seen[2] += usize::from(cycle.areas.len() > 3);
        }
    }
    assert!(seen.iter().all(|&n| n > 5), "settled and not, and long ones: {seen:?}");
}

#[test]
fn runs_alike_are_the_longest_ones() {
    let mut rng = SplitMix64::seed_from_u64(2);
    for n in [1, 2, 3, 5, 7].repeat(40) {
        let before = matrix(n, &mut rng);
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by_key(|_| rng.next_u64());
        for confidence in [0.5, 0.6, 0.9, 1.0] {
            let p = |i: usize, j: usize| before[i][j].unwrap().probability;
            let is_alike =
                |run: &[usize]| run.iter().all(|&i| run.iter().all(|&j| i == j || p(i, j) < confidence));
            let ranges = (0..n).flat_map(|from| (from + 2..=n).map(move |to| (from, to)));
            let runs: Vec<(usize, usize)> = ranges.filter(|&(from, to)| is_alike(&order[from..to])).collect();
            let longer = |a: (usize, usize), b: (usize, usize)| a != b && b.0 <= a.0 && a.1 <= b.1;
            let longest = runs.iter().filter(|&&a| !runs.iter().any(|&b| longer(a, b)));
            let expected: Vec<Vec<usize>> = longest.map(|&(from, to)| order[from..to].to_vec()).collect();
            assert_eq!(unresolved_runs(&before, &order, confidence), expected, "{order:?} at {confidence}");
        }
    }
}
