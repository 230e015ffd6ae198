//! Correlations as a whole: which numbers go together, and whether all that is stated can hold at once.

use super::{Address, Correlation, Strength, limit};
use std::collections::HashMap;

/// Numbers that go together, directly or through others, and how their normal scores are made.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlated {
    /// The numbers, in the order in which they are first named.
    pub members: Vec<Address>,
    /// Shape `[n x n]`, lower triangular: the normal score of member i is the sum over j of `[i][j]` times
    /// independent standard normals, one a member.
    pub loadings: Vec<Vec<f64>>,
}

/// Stated correlations that cannot hold together.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// The combination of numbers that would have a negative variance, the strongest first.
    pub combination: Vec<(Address, f64)>,
    /// That variance.
    pub variance: f64,
}

/// Lists stated correlations as a file has them: lists of numbers, each of which goes together with each, equally strongly.
///
/// As many correlations as a file may list stay pair by pair. More of them come from lists of several numbers, and become as few lists as
/// read back in the same order, so that there are no more of those than there were.
pub(super) fn lists_of(stated: &[Correlation]) -> Vec<(Vec<&Address>, Strength)> {
    let n = stated.len();
    if n <= limit::CLAIMS {
        return stated.iter().map(|pair| (vec![&pair.one, &pair.other], pair.strength)).collect();
    }
    let n_pairs = |members: usize| members * (members - 1) / 2;
    // From each correlation on: how many are of its first number, how many numbers are in the longest list that starts there, how
    // many correlations the list that is written has, and how many lists there are to the end.
    let (mut runs, mut members) = (vec![0; n + 1], vec![2; n + 1]);
    let (mut written, mut fewest) = (vec![1; n + 1], vec![0; n + 1]);
    for at in (0..n).rev() {
        let first = &stated[at];
        let goes_on = |second: &Correlation| second.one == first.one && second.strength == first.strength;
        runs[at] = 1 + if stated.get(at + 1).is_some_and(goes_on) { runs[at + 1] } else { 0 };
        let (others, rest) = stated[at..].split_at(runs[at]);
        if go_together(others, rest, members[at + others.len()]) {
            members[at] = 1 + others.len();
        }
        let long = n_pairs(members[at]);
        written[at] = if fewest[at + long] <= fewest[at + 1] { long } else { 1 };
        fewest[at] = 1 + fewest[at + written[at]];
    }
    let mut lists = Vec::new();
    let mut at = 0;
    while at < n {
        let n_others = if written[at] == 1 { 1 } else { runs[at] };
        let others = stated[at..at + n_others].iter().map(|pair| &pair.other);
        lists.push((std::iter::once(&stated[at].one).chain(others).collect(), stated[at].strength));
        at += written[at];
    }
    lists
}

/// Returns true if numbers that one number goes together with go together in the same way in the correlations that follow, which start
/// with a list of `members` numbers.
fn go_together(others: &[Correlation], rest: &[Correlation], members: usize) -> bool {
    let n = others.len();
    let is_list = n == 2 && !rest.is_empty() || n > 2 && members == n;
    is_list
        && others[1..].iter().zip(rest).all(|(number, pair)| {
            pair.one == others[0].other && pair.other == number.other && pair.strength == others[0].strength
        })
}

/// The groups of numbers that go together.
///
/// # Errors
/// A group whose correlations, as those of normal scores, are not positive definite.
pub fn correlated(stated: &[Correlation]) -> Result<Vec<Correlated>, Clash> {
    // Each number with its group, and the groups: when each was last named, and its members, none once it is part of another.
    let (mut group_of, mut groups) = (HashMap::new(), Vec::<(usize, Vec<&Address>)>::new());
    for (time, Correlation { one, other, .. }) in stated.iter().enumerate() {
        let mut touched: Vec<usize> =
            [one, other].iter().filter_map(|it| group_of.get(it).copied()).collect();
        touched.sort_by_key(|&group| groups[group].0);
        touched.dedup();
        let mut fresh: Vec<&Address> =
            [one, other].into_iter().filter(|it| !group_of.contains_key(it)).collect();
        fresh.dedup();
        if let ([only], true) = (&touched[..], fresh.is_empty()) {
            groups[*only].0 = time;
            continue;
        }
        let mut joined = Vec::new();
        for group in touched {
            joined.append(&mut groups[group].1);
        }
        joined.extend(fresh);
        group_of.extend(joined.iter().map(|member| (*member, groups.len())));
        groups.push((time, joined));
    }
    groups.retain(|(_, members)| !members.is_empty());
    groups.sort_by_key(|(time, _)| *time);
    groups.into_iter().map(|(_, members)| factorize(members.into_iter().cloned().collect(), stated)).collect()
}

fn factorize(members: Vec<Address>, stated: &[Correlation]) -> Result<Correlated, Clash> {
    let n = members.len();
    let mut matrix: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| if i == j { 1.0 } else { 0.0 }).collect()).collect();
    let places: HashMap<&Address, usize> = members.iter().enumerate().map(|(i, it)| (it, i)).collect();
    for Correlation { one, other, strength } in stated {
        if let (Some(&i), Some(&j)) = (places.get(one), places.get(other)) {
            matrix[i][j] = strength.normal();
            matrix[j][i] = matrix[i][j];
        }
    }
    // Source: the Cholesky factorization, row by row.
    let mut loadings = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| loadings[i][k] * loadings[j][k]).sum();
            let left = matrix[i][j] - known;
            if i != j {
                loadings[i][j] = if loadings[j][j] > 0.0 { left / loadings[j][j] } else { 0.0 };
            } else if left > 1e-12 {
                loadings[i][i] = left.sqrt();
            } else if left < -1e-9 {
                return Err(clash(&members, matrix));
            }
        }
    }
    // A number that is a function of those before it passes the loop above even where it contradicts one of them.
    for i in 0..n {
        for j in 0..i {
            let made: f64 = (0..=j).map(|k| loadings[i][k] * loadings[j][k]).sum();
            if (made - matrix[i][j]).abs() > 1e-6 {
                return Err(clash(&members, matrix));
            }
        }
    }
    Ok(Correlated { members, loadings })
}

/// The combination with the least variance: the eigenvector of the least eigenvalue, by Jacobi's rotations.
///
/// Source: Golub and Van Loan, Matrix Computations (2013), section 8.5.
fn clash(members: &[Address], mut a: Vec<Vec<f64>>) -> Clash {
    let n = members.len();
    let mut vectors: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| if i == j { 1.0 } else { 0.0 }).collect()).collect();
    for _ in 0..60 {
        // The diagonal is of the order of 1, and what is left beside it no longer changes the answer.
        if (0..n).all(|p| a[p][p + 1..].iter().all(|x| x.abs() < 1e-12)) {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                if a[p][q].abs() < 1e-300 {
                    continue;
                }
                let tau = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = tau.signum() / (tau.abs() + (1.0 + tau * tau).sqrt());
                let t = if tau == 0.0 { 1.0 } else { t };
                let c = 1.0 / (1.0 + t * t).sqrt();
                let s = t * c;
                let rotate = |x: f64, y: f64| (c * x - s * y, s * x + c * y);
                for row in &mut a {
                    (row[p], row[q]) = rotate(row[p], row[q]);
                }
                let (upper, lower) = a.split_at_mut(q);
                for (x, y) in upper[p].iter_mut().zip(&mut lower[0]) {
                    (*x, *y) = rotate(*x, *y);
                }
                for row in &mut vectors {
                    (row[p], row[q]) = rotate(row[p], row[q]);
                }
            }
        }
    }
    let least = (0..n).min_by(|&i, &j| a[i][i].total_cmp(&a[j][j])).expect("a group has members");
    let mut combination: Vec<(Address, f64)> =
        members.iter().zip(&vectors).map(|(member, row)| (member.clone(), row[least])).collect();
    combination.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    Clash { combination, variance: a[least][least] }
}
