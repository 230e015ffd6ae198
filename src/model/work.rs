//! The work of a model: what its tables take before the first draw, and what a draw takes.

use super::shape::{Derived, Model, Source};
use crate::distribution::{TableWork, TableWorks};

/// The sizes of a model that time and memory of its draws follow from.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ModelWork {
    /// Tables of all inputs, those that are alike counted once.
    pub tables: TableWork,
    /// Number of inputs that have tables of their own.
    pub n_tables: usize,
    /// Numbers drawn per draw.
    pub values: f64,
    /// Weights times scores that are added up per draw, of all worlds.
    pub additions: f64,
    /// Numbers drawn per draw whose quantiles come from tables or are solved for.
    pub tabled: f64,
    /// Numbers that are made of normal scores, and the normal scores that they are made of.
    pub scores: f64,
    /// See [`Self::scores`].
    pub score_parts: f64,
    /// Columns that derived ones are made of.
    pub parts: f64,
    /// Columns that a block keeps, at most.
    pub columns: f64,
}

impl Model {
    /// Estimates the work of its draws.
    #[must_use]
    pub fn work(&self) -> ModelWork {
        let mut tables = TableWorks::default();
        let tabled = self.inputs.iter().filter(|input| tables.add(&input.dist)).count();
        let additions: usize = self.terms.iter().flatten().map(|term| term.scores.len()).sum();
        let scores = self.inputs.iter().filter(|input| input.source.is_score());
        let of_scores: usize = self.inputs.iter().map(|input| n_latents(&input.source)).sum();
        let of_derived: usize = self.derived.iter().map(n_parts).sum();
        let columns = if self.is_plain() { self.n_areas } else { self.n_columns() };
        ModelWork {
            tables: tables.total,
            n_tables: tables.n,
            values: self.n_values() as f64,
            additions: additions as f64,
            tabled: tabled as f64,
            scores: scores.count() as f64,
            score_parts: of_scores as f64,
            parts: of_derived as f64,
            columns: columns as f64,
        }
    }
}

/// The normal scores that a number is made of.
fn n_latents(source: &Source) -> usize {
    match source {
        Source::Score(parts) => parts.len(),
        Source::Stream | Source::Latent => 0,
    }
}

/// The columns that a derived one is made of.
fn n_parts(derived: &Derived) -> usize {
    match derived {
        Derived::Sum(terms, _) => terms.len(),
        Derived::Select(_, options) => options.len(),
        Derived::Weight { corners, .. } => corners.first().map_or(0, Vec::len),
    }
}
