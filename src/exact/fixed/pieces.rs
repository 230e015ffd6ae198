//! Weights under constraints: each simplex of their polytope is a race of its own.

use super::line::Coefficient;
use super::race;
use super::sign::{ROUNDING, Sign};
use crate::distribution::Dist;
use crate::model::{Derived, Model};
use std::collections::HashMap;

/// The simplices of a polytope of weights.
#[derive(Debug)]
pub struct Pieces {
    /// Weight columns, in the order of the coordinates of corners.
    columns: Vec<usize>,
    /// Shape `[n_corners x n_columns]`: each corner once.
    corners: Vec<Vec<f64>>,
    /// The share of each simplex in the volume, and the indices of its corners.
    simplices: Vec<(f64, Vec<usize>)>,
}

/// A bound on how far a coordinate of a corner may be off, per factor.
const CORNER_ERROR: f64 = 64.0 * f64::EPSILON;

impl Pieces {
    /// The simplices that a column selects among.
    pub fn new(model: &Model, simplex: usize) -> Option<Self> {
        let n_inputs = model.inputs().len();
        let of_polytope = |(index, derived): (usize, &'_ Derived)| match derived {
            Derived::Weight { simplex: own, .. } => (*own == simplex).then_some(n_inputs + index),
            _ => None,
        };
        let columns: Vec<usize> = model.derived().iter().enumerate().filter_map(of_polytope).collect();
        let coordinates: Vec<&Vec<Vec<f64>>> = columns
            .iter()
            .map(|column| match &model.derived()[column - n_inputs] {
                Derived::Weight { corners, .. } => corners,
                _ => unreachable!("only weights of a polytope were kept"),
            })
            .collect();
        let Dist::Discrete(shares) = &model.inputs()[simplex].dist else { return None };
        let (mut corners, mut known) = (Vec::new(), HashMap::new());
        let mut simplices = Vec::new();
        for (place, share) in shares.pairs() {
            let index = place as usize;
            let n_corners = coordinates.first()?.get(index)?.len();
            let vertices = (0..n_corners).map(|vertex| {
                let corner: Vec<f64> = coordinates.iter().map(|all| all[index][vertex]).collect();
                let bits: Vec<u64> = corner.iter().map(|x| x.to_bits()).collect();
                *known.entry(bits).or_insert_with(|| {
                    corners.push(corner);
                    corners.len() - 1
                })
            });
            let vertices = vertices.collect();
            simplices.push((share, vertices));
        }
        Some(Self { columns, corners, simplices })
    }

    /// About how many steps the sign of a gap takes.
    pub fn steps(&self) -> usize {
        let n = self.simplices.first().map_or(0, |(_, corners)| corners.len());
        self.corners.len() * self.columns.len() + self.simplices.len() * (n * n / 4 + n)
    }

    /// The sign of a sum of coefficients times weight columns.
    pub fn sign(&self, differences: &[(usize, Coefficient)]) -> Sign {
        let mut of_column = vec![Coefficient::default(); self.columns.len()];
        for (column, coefficient) in differences {
            let place = self.columns.binary_search(column);
            of_column[place.expect("a weight column belongs to the polytope that it names")] = *coefficient;
        }
        let gap = |corner: &Vec<f64>| {
            let (mut sum, mut size) = (Coefficient::default(), 0.0);
            for (x, coefficient) in corner.iter().zip(&of_column) {
                sum.add(*x, *coefficient);
                size += coefficient.value.abs();
            }
            let error = CORNER_ERROR * corner.len() as f64 * size;
            (if sum.value.abs() <= error { 0.0 } else { sum.settled() }, error)
        };
        let gaps: Vec<(f64, f64)> = self.corners.iter().map(gap).collect();
        let error = gaps.first().map_or(0.0, |(_, error)| *error);
        let (mut total, mut room, mut coefficients) =
            (Sign { before: 0.0, tie: 0.0, bound: 0.0 }, Vec::new(), Vec::new());
        let mut all = 0.0;
        for (share, corners) in &self.simplices {
            coefficients.clear();
            coefficients.extend(corners.iter().map(|&corner| gaps[corner].0));
            let sign = race::of_exponentials(&coefficients, &mut room);
            let greatest = coefficients.iter().fold(0.0_f64, |most, gap| most.max(gap.abs()));
            // A corner that is off moves the plane: by no more than the density of the longest part allows.
            let moved = if greatest > 0.0 { (error / greatest * corners.len() as f64).min(1.0) } else { 0.0 };
            total.before += share * sign.before;
            total.tie += share * sign.tie;
            total.bound += share * (sign.bound + moved);
            all += share;
        }
        Sign { before: total.before / all, tie: total.tie / all, bound: total.bound / all + ROUNDING }
    }
}
