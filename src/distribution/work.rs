//! The work of drawing from a distribution before its first draw: the tables of its quantile function.

use super::{Beta, Dist};
use std::collections::HashSet;

/// An estimate of what the tables of distributions take, within a factor of three or so.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TableWork {
    /// Seconds of one processor.
    pub seconds: f64,
    /// Memory.
    pub bytes: f64,
}

impl TableWork {
    const fn new(milliseconds: f64, kilobytes: f64) -> Self {
        Self { seconds: 1e-3 * milliseconds, bytes: 1e3 * kilobytes }
    }

    /// Returns both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { seconds: self.seconds + other.seconds, bytes: self.bytes + other.bytes }
    }
}

/// A table in single precision, and one with both tails in double precision.
const SINGLE_KB: f64 = 28.0;
const BOTH_KB: f64 = 85.0;

impl Dist {
    /// Estimates the work of its tables, measured on one processor of 2022. Distributions that are alike share their tables.
    #[must_use]
    pub fn table_work(&self) -> TableWork {
        match self {
            Self::Exact(_) | Self::Uniform(_) | Self::Triangular(_) => TableWork::default(),
            // Those that are alike but for place and width share one.
            Self::Normal(_) | Self::Exponential(_) => TableWork::new(0.02, 1.0),
            Self::LogNormal(_) => TableWork::new(0.1, SINGLE_KB),
            Self::LogitNormal(_) => TableWork::new(0.4, SINGLE_KB),
            Self::Metalog(_) => TableWork::new(6.0, SINGLE_KB),
            Self::StudentT(_) | Self::Pert(_) => TableWork::new(1.4, BOTH_KB),
            Self::Gamma(_) => TableWork::new(3.0, BOTH_KB),
            Self::Beta(beta) => beta_work(beta),
            Self::Discrete(_) | Self::Samples(_) => {
                let n = self.atoms().len() as f64;
                TableWork::new(0.1 + 0.005 * n, SINGLE_KB + 0.016 * n)
            }
            Self::Truncated(truncated) => truncated.of().table_work().plus(TableWork::new(0.3, SINGLE_KB)),
            // Its own table asks for the probability of every distribution in it.
            Self::Mixture(mixture) => {
                let parts = mixture.parts().iter().map(|(_, part)| part.table_work());
                let own = TableWork::new(cdf_work(self), 2.0 * BOTH_KB);
                parts.fold(own, TableWork::plus)
            }
        }
    }
}

/// The work of the tables of many distributions: what is alike counts once, and lists of values, which are long, each by itself.
#[derive(Clone, Debug, Default)]
pub struct TableWorks {
    seen: HashSet<String>,
    /// Sum of the work.
    pub total: TableWork,
    /// Number of tables.
    pub n: usize,
}

impl TableWorks {
    /// Adds the tables of a distribution, and returns true if it has any.
    pub fn add(&mut self, dist: &Dist) -> bool {
        let work = dist.table_work();
        if work.bytes <= 0.0 {
            return false;
        }
        if matches!(dist, Dist::Discrete(_) | Dist::Samples(_)) || self.seen.insert(dist.to_string()) {
            (self.total, self.n) = (self.total.plus(work), self.n + 1);
        }
        true
    }
}

/// Shapes below 1 bend the most.
fn beta_work(beta: &Beta) -> TableWork {
    let (one, other) = beta.shapes();
    TableWork::new(if one.min(other) < 1.0 { 30.0 } else { 3.0 }, BOTH_KB)
}

/// Milliseconds that the probabilities of a distribution take where they are part of a table.
fn cdf_work(dist: &Dist) -> f64 {
    match dist {
        Dist::Truncated(truncated) => cdf_work(truncated.of()),
        Dist::Mixture(mixture) => mixture.parts().iter().map(|(_, part)| cdf_work(part)).sum(),
        Dist::Beta(_) | Dist::Pert(_) | Dist::Gamma(_) | Dist::StudentT(_) | Dist::Metalog(_) => 7.0,
        Dist::Discrete(_) | Dist::Samples(_) => 3.0 + 0.01 * dist.atoms().len() as f64,
        _ => 3.0,
    }
}
