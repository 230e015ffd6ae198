//! The order by majority in a matrix of ordering probabilities, or its cycles, and which areas cannot be told
//! apart.

use crate::analysis::interval::Estimate;

/// A cycle of the relation "more often before than after".
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cycle {
    /// A shortest cycle: each is more often before the next, and the last before the first.
    pub areas: Vec<usize>,
    /// All areas that stand in cycles with these.
    pub within: Vec<usize>,
    /// True if each step of it is settled against one half: if not, it may be an accident of the draws.
    pub settled: bool,
}

/// The cycles of the majority relation, one for each set of areas that are in cycles with each other.
#[must_use]
pub fn cycles(before: &[Vec<Option<Estimate>>]) -> Vec<Cycle> {
    let n = before.len();
    let p = |i: usize, j: usize| before[i][j].map_or(0.0, |estimate| estimate.probability);
    let beats = |i: usize, j: usize| i != j && p(i, j) > p(j, i);
    let mut reaches: Vec<Vec<bool>> = (0..n).map(|i| (0..n).map(|j| beats(i, j)).collect()).collect();
    for k in 0..n {
        let on = reaches[k].clone();
        for from in reaches.iter_mut().filter(|from| from[k]) {
            from.iter_mut().zip(&on).for_each(|(reached, next)| *reached |= next);
        }
    }
    let mut found = Vec::new();
    let mut done = vec![false; n];
    for i in 0..n {
        if done[i] || !reaches[i][i] {
            continue;
        }
        let within: Vec<usize> = (0..n).filter(|&j| reaches[i][j] && reaches[j][i]).collect();
        for &j in &within {
            done[j] = true;
        }
        let shortest = within.iter().map(|&start| shortest_cycle(start, &within, &beats));
        let Some(areas) = shortest.flatten().min_by_key(Vec::len) else { continue };
        let next = |place: usize| areas[(place + 1) % areas.len()];
        // More often before than after: a tie counts for neither.
        let is_settled = |i: usize, j: usize| match [before[i][j], before[j][i]] {
            [Some(ahead), Some(behind)] => ahead.low > 0.5 || ahead.low > behind.high,
            _ => false,
        };
        let settled = (0..areas.len()).all(|place| is_settled(areas[place], next(place)));
        found.push(Cycle { areas, within, settled });
    }
    found
}

/// A shortest way from an area back to itself.
fn shortest_cycle(
    start: usize,
    within: &[usize],
    beats: &impl Fn(usize, usize) -> bool,
) -> Option<Vec<usize>> {
    let mut ways = vec![vec![start]];
    let mut seen = vec![start];
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let last = *way.last()?;
            for &next in within.iter().filter(|&&next| beats(last, next)) {
                if next == start {
                    return Some(way);
                }
                if !seen.contains(&next) {
                    seen.push(next);
                    longer.push([&way[..], &[next]].concat());
                }
            }
        }
        ways = longer;
    }
    None
}

/// Runs of areas, in a given order, of which no one is before another with a probability of at least `threshold`; the longest
/// ones, each of two areas or more.
#[must_use]
pub fn unresolved_runs(before: &[Vec<Option<Estimate>>], order: &[usize], threshold: f64) -> Vec<Vec<usize>> {
    let apart = |i: usize, j: usize| {
        [before[i][j], before[j][i]].into_iter().flatten().any(|estimate| estimate.probability >= threshold)
    };
    let (mut runs, mut reached) = (Vec::new(), 0);
    for start in 0..order.len() {
        let mut end = start + 1;
        while end < order.len() && order[start..end].iter().all(|&i| !apart(i, order[end])) {
            end += 1;
        }
        // A run inside the one before says nothing new.
        if end > reached && end - start > 1 {
            runs.push(order[start..end].to_vec());
        }
        reached = reached.max(end);
    }
    runs
}
