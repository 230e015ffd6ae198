//! The rival of an area: what it has to pass for a claim to switch, all other areas standing still. Whatever moves that area
//! alone then has a threshold as in a gap between two.

use super::truths::greatest;
use crate::batch::{Aligned, BLOCK, Column};
use crate::kernel::{Kernel, dispatch};
use crate::tally::{Circuit, Place};

/// The sign with which an area's score enters a claim: 1 if the claim can only come true as it rises, -1 if as it falls, and
/// none where nothing is known.
pub fn sign(circuit: &Circuit, means: &[Vec<usize>], n_areas: usize, area: usize) -> Option<f64> {
    let is_in = |columns: &[usize]| columns.contains(&area);
    let moves = |place: &Place| {
        let mut means = place.columns.iter().filter_map(|column| means.get(column.checked_sub(n_areas)?));
        means.any(|members| members.contains(&area))
    };
    match circuit {
        // A mean that moves with it, but slower, would be a second line.
        Circuit::Before(one, other) if !moves(one) && !moves(other) => {
            match (is_in(&one.columns), is_in(&other.columns)) {
                (true, false) => Some(1.0),
                (false, true) => Some(-1.0),
                _ => None,
            }
        }
        Circuit::InTop { areas, .. } => Some(if is_in(areas) { 1.0 } else { -1.0 }),
        _ => None,
    }
}

/// The gaps of areas to their rivals over a block.
#[derive(Clone, Debug, Default)]
pub struct Rivals {
    /// Shape `[n_areas]`: the sign times the area's lead over its rival. The claim holds where it is above 0; it is infinite where
    /// the area decides nothing.
    pub gaps: Vec<Aligned>,
    /// Shape `[2 sides][k + 1]`: the greatest of a side, in falling order.
    tops: [Vec<Aligned>; 2],
}

impl Rivals {
    /// Works out the gaps of the areas that have a sign, from all lines; those that are no further apart than `slack` tie.
    ///
    /// Source: order statistics. Without one of its members, the k-th greatest of a set is the k-th or the one after it; and as
    /// that member moves, it is the k-th greatest itself between the k-th and the (k - 1)-th of the others.
    pub fn record(&mut self, circuit: &Circuit, signs: &[Option<f64>], lines: &[&Column], slack: f64) {
        self.gaps.resize(signs.len(), Aligned::default());
        let signed = signs.iter().enumerate().filter_map(|(area, sign)| Some((area, (*sign)?)));
        match circuit {
            Circuit::Before(one, other) => {
                for (top, place) in self.tops.iter_mut().zip([one, other]) {
                    greatest(lines, &place.columns, place.k, top);
                }
                let [own, against] = &self.tops;
                for (area, sign) in signed {
                    let (own, k, rival, l) = if sign > 0.0 {
                        (own, one.k, against, other.k)
                    } else {
                        (against, other.k, own, one.k)
                    };
                    let around = Around::new(own, k);
                    let out = &mut self.gaps[area];
                    dispatch(Lead { line: lines[area], around, rival: &rival[l - 1], sign, slack, out });
                }
            }
            Circuit::InTop { areas, k, at_least } => {
                let all: Vec<usize> = (0..signs.len()).collect();
                let k = (*k).min(all.len());
                greatest(lines, &all, k, &mut self.tops[0]);
                for (area, sign) in signed {
                    let members: Vec<&Column> =
                        areas.iter().filter(|&&one| one != area).map(|&one| lines[one]).collect();
                    let around = Around::new(&self.tops[0], k);
                    let (members, need) = (&members[..], *at_least as f64);
                    let out = &mut self.gaps[area];
                    dispatch(Enter { line: lines[area], around, members, need, sign, slack, out });
                }
            }
            _ => {}
        }
    }
}

/// The k-th greatest of a set, and its neighbours.
#[derive(Clone, Copy)]
struct Around<'a> {
    /// Infinite where there is none.
    before: Option<&'a Column>,
    it: &'a Column,
    after: &'a Column,
}

impl<'a> Around<'a> {
    fn new(top: &'a [Aligned], k: usize) -> Self {
        let before = k.checked_sub(2).map(|k| &*top[k]);
        Self { before, it: &top[k - 1], after: &top[k] }
    }

    /// Without a member of the set that is at `x`: the k-th greatest of the others, and the one before it.
    #[inline(always)]
    fn without(self, x: f64, n: usize) -> (f64, f64) {
        let (it, before) = (self.it[n], self.before.map_or(f64::INFINITY, |before| before[n]));
        (if x < it { it } else { self.after[n] }, if x <= it { before } else { it })
    }
}

/// The lead of a member of one side over the place of the other side.
struct Lead<'a> {
    line: &'a Column,
    around: Around<'a>,
    rival: &'a Column,
    sign: f64,
    slack: f64,
    out: &'a mut Column,
}

impl Kernel for Lead<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { line, around, rival, sign, slack, out } = self;
        for n in 0..BLOCK {
            let (x, rival) = (line[n], rival[n]);
            let (least, most) = around.without(x, n);
            let lead = if least > rival + slack {
                f64::INFINITY
            } else if most <= rival + slack {
                f64::NEG_INFINITY
            } else {
                x - rival
            };
            // Of the side that has to be below, its least lead is what it cannot lose: even then a tie is no win.
            let follows = if least >= rival - slack {
                f64::NEG_INFINITY
            } else if most < rival - slack {
                f64::INFINITY
            } else {
                rival - x
            };
            out[n] = if sign > 0.0 { lead } else { follows };
        }
    }
}

/// The lead of an area over the one that it has to pass to be among the first k.
struct Enter<'a> {
    line: &'a Column,
    around: Around<'a>,
    /// The other areas that the claim counts.
    members: &'a [&'a Column],
    /// Number of all that it counts that must be among the first k.
    need: f64,
    sign: f64,
    slack: f64,
    out: &'a mut Column,
}

impl Kernel for Enter<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { line, around, members, need, sign, slack, out } = self;
        let (mut lower, mut upper): (Column, Column) = ([0.0; BLOCK], [0.0; BLOCK]);
        // As it is the last of all, and as it is the first.
        let (mut as_last, mut as_first): (Column, Column) = ([0.0; BLOCK], [0.0; BLOCK]);
        for n in 0..BLOCK {
            (lower[n], upper[n]) = around.without(line[n], n);
        }
        for member in members {
            for n in 0..BLOCK {
                as_last[n] += if member[n] >= lower[n] - slack { 1.0 } else { 0.0 };
                as_first[n] += if member[n] >= upper[n] - slack { 1.0 } else { 0.0 };
            }
        }
        let itself = if sign > 0.0 { 1.0 } else { 0.0 };
        for n in 0..BLOCK {
            let (low, high) = (as_last[n].min(as_first[n] + itself), as_last[n].max(as_first[n] + itself));
            out[n] = if low >= need {
                f64::INFINITY
            } else if high < need {
                f64::NEG_INFINITY
            } else {
                sign * (line[n] - lower[n])
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::holds::{holds, random};
    use super::*;
    use rand::rngs::SmallRng;
    use rand::{RngExt, SeedableRng};

    /// Wherever the line of an area is moved to, the claim holds where it has passed its rival, or its rival it.
    #[test]
    fn rivals_are_where_claims_switch() {
        let mut rng = SmallRng::seed_from_u64(2);
        let (n_areas, n_means) = (6, 1);
        let (mut tried, mut decided) = (0, 0);
        for _ in 0..1_000 {
            let circuit = random::circuit(&mut rng, (n_areas, n_means), 0);
            let means = vec![vec![0, 1]];
            let signs: Vec<_> = (0..n_areas).map(|area| sign(&circuit, &means, n_areas, area)).collect();
            let mut columns = vec![Aligned::default(); n_areas + n_means];
            let mut draws = Vec::new();
            for n in 0..20 {
                let lines = random::lines(&mut rng, n_areas + n_means, false);
                lines.iter().zip(&mut columns).for_each(|(x, column)| column[n] = *x);
                draws.push(lines);
            }
            let columns: Vec<&Column> = columns.iter().map(|column| &**column).collect();
            let mut rivals = Rivals::default();
            rivals.record(&circuit, &signs, &columns, 0.0);
            for (area, sign) in signs.iter().enumerate().filter_map(|(area, sign)| Some((area, (*sign)?))) {
                for (n, draw) in draws.iter().enumerate() {
                    let mut lines = draw.clone();
                    lines[area] = rng.random::<f64>() * 1.2 - 0.1;
                    let gap = rivals.gaps[area][n] + sign * (lines[area] - draw[area]);
                    let expected = holds(&circuit, &lines, n_areas, 0.0);
                    assert_eq!(gap > 0.0, expected, "{circuit:?}, area {area} in {lines:?}");
                    tried += 1;
                    decided += u32::from(gap.is_finite());
                }
            }
        }
        assert!(tried > 20_000 && decided > 5_000, "{tried}, of which {decided} hang on the area");
    }
}
