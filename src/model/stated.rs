//! Numbers whose correlations are stated, given each other. They are made of standard normals in the order in which they are listed;
//! what is said here of them does not depend on it.

use super::shape::{Model, Source};
use crate::scenario::Address;

/// A standard normal that a number is made of, and the rest of its normal score.
#[derive(Clone, Debug, PartialEq)]
pub struct Latent {
    /// The rest: inputs, which are standard normals, times these.
    pub rest: Vec<(usize, f64)>,
    /// The factor of the standard normal.
    pub loading: f64,
}

/// The part that a number has for itself, beyond what those that it is correlated with say of it.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnPart {
    /// The inputs that it moves: the branches of the number.
    pub columns: Vec<usize>,
    /// The standard normal that it is; the rest is what the others say.
    pub latent: Latent,
}

/// A number whose correlations are stated.
struct Member<'a> {
    address: &'a Address,
    columns: Vec<usize>,
    /// Its normal score, in terms of the standard normals that all are made of.
    score: Vec<f64>,
}

/// All of them.
pub(super) struct Stated<'a> {
    /// The inputs that are the standard normals.
    normals: Vec<usize>,
    members: Vec<Member<'a>>,
}

impl Model {
    /// Returns true if correlations of an input are stated; otherwise what it has in common with others are causes with names of their own.
    #[must_use]
    pub fn is_stated(&self, input: usize) -> bool {
        let is_shared_error =
            |(index, _): &(usize, f64)| matches!(self.inputs[*index].address, Address::SharedError(_));
        matches!(&self.inputs[input].source, Source::Score(loadings) if !loadings.iter().any(is_shared_error))
    }

    /// The own part of each number whose correlations are stated, by its address. One that follows from the others has none.
    #[must_use]
    pub fn own_parts(&self) -> Vec<(&Address, OwnPart)> {
        let stated = self.stated();
        let own = stated.own();
        let members = stated.members.iter().zip(own).filter(|(_, own)| length(own) > LEAST);
        let part = |(member, own): (&Member<'_>, Vec<f64>)| {
            let rest = member.score.iter().zip(&own).map(|(all, own)| all - own).collect::<Vec<f64>>();
            let latent = Latent { rest: stated.inputs(&rest, |input| input), loading: length(&own) };
            (&self.inputs[member.columns[0]].address, OwnPart { columns: member.columns.clone(), latent })
        };
        members.map(part).collect()
    }

    pub(super) fn stated(&self) -> Stated<'_> {
        let columns = || (0..self.inputs.len()).filter(|&input| self.is_stated(input));
        let loadings = |input: usize| match &self.inputs[input].source {
            Source::Score(loadings) => &loadings[..],
            _ => &[],
        };
        let mut normals: Vec<usize> =
            columns().flat_map(|column| loadings(column).iter().map(|(normal, _)| *normal)).collect();
        normals.sort_unstable();
        normals.dedup();
        let mut members: Vec<Member<'_>> = Vec::new();
        for column in columns() {
            let address = &self.inputs[column].address;
            if let Some(known) = members.iter_mut().find(|known| known.address == address) {
                known.columns.push(column);
                continue;
            }
            let mut score = vec![0.0; normals.len()];
            for (normal, loading) in loadings(column) {
                score[normals.partition_point(|known| known < normal)] = *loading;
            }
            members.push(Member { address, columns: vec![column], score });
        }
        Stated { normals, members }
    }
}

impl Stated<'_> {
    /// The scores of those that are drawn again, given those that are held: each of their columns with its loadings on the
    /// standard normals as they are, and on those that `again` has in their places. With `own`, what is held is the own part alone.
    ///
    /// Given what some combinations of standard normals come to, these are what of them lies in the space of those
    /// combinations, and beyond it as before.
    pub fn given(
        &self,
        is_drawn: impl Fn(usize) -> bool,
        own: bool,
        again: &[usize],
    ) -> Vec<(usize, Vec<(usize, f64)>)> {
        let is_drawn: Vec<bool> = self.members.iter().map(|member| is_drawn(member.columns[0])).collect();
        let held = |scores: Vec<&[f64]>| {
            NormalSubspace::default()
                .with(scores.into_iter().zip(&is_drawn).filter(|(_, drawn)| !**drawn).map(|(s, _)| s))
        };
        let known =
            if own { held(self.own().iter().map(Vec::as_slice).collect()) } else { held(self.scores()) };
        let moved = self.members.iter().zip(&is_drawn).filter(|(_, drawn)| **drawn || own);
        let made = |(member, _): (&Member<'_>, &bool)| {
            let beyond = known.beyond(&member.score);
            let part: Vec<f64> = member.score.iter().zip(&beyond).map(|(all, beyond)| all - beyond).collect();
            let loadings =
                [self.inputs(&part, |input| input), self.inputs(&beyond, |input| again[input])].concat();
            member.columns.iter().map(|&column| (column, loadings.clone())).collect::<Vec<_>>()
        };
        moved.flat_map(made).collect()
    }

    fn scores(&self) -> Vec<&[f64]> {
        self.members.iter().map(|member| &member.score[..]).collect()
    }

    /// Returns what each has beyond the space of all others.
    fn own(&self) -> Vec<Vec<f64>> {
        let mut own = Vec::new();
        beyond_others(&NormalSubspace::default(), &self.scores(), &mut own);
        own
    }

    /// Coefficients of standard normals as those of inputs.
    fn inputs(&self, coefficients: &[f64], input: impl Fn(usize) -> usize) -> Vec<(usize, f64)> {
        let all = self.normals.iter().zip(coefficients).filter(|(_, c)| c.abs() > f64::EPSILON);
        all.map(|(normal, c)| (input(*normal), *c)).collect()
    }
}

/// Returns what each of some scores has beyond the others and what is known already: halves are known to each other.
fn beyond_others(known: &NormalSubspace, scores: &[&[f64]], out: &mut Vec<Vec<f64>>) {
    match scores {
        [] => {}
        [one] => out.push(known.beyond(one)),
        _ => {
            let (left, right) = scores.split_at(scores.len() / 2);
            beyond_others(&known.clone().with(right.iter().copied()), left, out);
            beyond_others(&known.clone().with(left.iter().copied()), right, out);
        }
    }
}

/// The length below which a vector follows from the rest.
const LEAST: f64 = 1e-6;

fn length(vector: &[f64]) -> f64 {
    vector.iter().map(|x| x * x).sum::<f64>().sqrt()
}

/// A space of normal scores: vectors of length 1 that are at right angles.
#[derive(Clone, Debug, Default)]
struct NormalSubspace(Vec<Vec<f64>>);

impl NormalSubspace {
    /// The space of more scores.
    fn with<'a>(mut self, scores: impl Iterator<Item = &'a [f64]>) -> Self {
        for score in scores {
            let beyond = self.beyond(score);
            let length = length(&beyond);
            if length > LEAST {
                self.0.push(beyond.iter().map(|x| x / length).collect());
            }
        }
        self
    }

    /// Returns what of a score is not in it.
    ///
    /// Source: the Gram-Schmidt process, each twice for the digits that the first loses.
    fn beyond(&self, score: &[f64]) -> Vec<f64> {
        let mut left = score.to_vec();
        for unit in self.0.iter().chain(&self.0) {
            let along: f64 = unit.iter().zip(&left).map(|(a, b)| a * b).sum();
            left.iter_mut().zip(unit).for_each(|(x, unit)| *x -= along * unit);
        }
        left
    }
}
