//! The work that integrating is, counted and not measured, so that what is decided by it is the same on every machine. The unit is about a
//! nanosecond of one thread on a machine of 2020; what is counted here is rather too much, as of sampling it is rather too little.

use super::cell::{CellLaw, OwnInput};
use super::layout::Layout;
use super::series::Series;
use super::split::Split;
use super::terms::LANES;
use crate::distribution::Dist;
use crate::model::{Input, Model, Source};

/// The factor by which counts may be too low.
const CARE: f64 = 3.0;

/// The work of a point, with so many blocks of the series, a grid, and sets of so many areas whose places are asked for.
pub fn at_point(split: &Split<'_>, layout: Layout, series: &Series, grid: usize, sets: &[Vec<usize>]) -> f64 {
    let (n_areas, n_worlds) = (layout.n_areas as f64, split.weights.len() as f64);
    let own = |(index, cell): (usize, &OwnInput)| match cell.law {
        _ if cell.alike != index => 0.0,
        CellLaw::Alone(_) => 25.0,
        CellLaw::Given { .. } => 600.0,
    };
    let cells: f64 = split.cells.iter().enumerate().map(own).sum();
    let laws: f64 = split.laws.iter().map(|law| 10.0 + 5.0 * law.cells.len() as f64).sum();
    let pairs = 4.0 * n_worlds * layout.n_pairs as f64;
    let n = grid as f64;
    let counts = n_areas * n_areas + sets.iter().map(|set| (set.len() * set.len()) as f64).sum::<f64>();
    let places = n_worlds * (0.08 * n_areas * n * n + 12.0 * counts * n / LANES as f64);
    let columns = 30.0 * (split.drawn.len() + split.worked_out.len() + split.cells.len()) as f64;
    CARE * (series.n_blocks(split) as f64 * (cells + laws + pairs) + places + columns)
}

/// The work of so many numbers of one area in a block of a gap without points, over the blocks that it is likely to take.
pub fn without_points(numbers: usize) -> f64 {
    const BLOCKS: f64 = 8.0;
    CARE * BLOCKS * 30.0 * numbers as f64
}

/// The work of making the tables of all numbers of a model, from their families alone.
#[must_use]
pub fn of_tables(model: &Model) -> f64 {
    let mut seen: Vec<&Dist> = Vec::new();
    let mut sum = 0.0;
    for input in model.inputs() {
        let given = matches!(input.source, Source::Score(_));
        if !seen.contains(&&input.dist) {
            sum += of_table(&input.dist) * if given { 5.0 } else { 1.0 };
            seen.push(&input.dist);
        }
    }
    sum
}

/// That of one. Functions without a closed form take sums over nodes, and those of densities with steep ends or long tails very many.
fn of_table(dist: &Dist) -> f64 {
    const CLOSED: f64 = 2e5;
    const SMOOTH: f64 = 5e6;
    const ROUGH: f64 = 1e8;
    let (low, high) = dist.support();
    let sd = dist.variance().sqrt();
    match dist {
        Dist::Exact(_) => 0.0,
        Dist::Discrete(_) | Dist::Samples(_) | Dist::Triangular(_) | Dist::Uniform(_) | Dist::Normal(_) => {
            CLOSED
        }
        Dist::Exponential(_) | Dist::Gamma(_) => CLOSED,
        Dist::Mixture(mixture) => mixture.parts().iter().map(|(_, part)| of_table(part)).sum(),
        // Half of a percent of the range holds little of a density that comes down to both of its ends.
        _ => {
            let edge = (high - low) / 200.0;
            let rises = low.is_finite() && dist.cdf(low + edge) > 0.005;
            let falls = high.is_finite() && dist.survival(high - edge) > 0.005;
            let is_long = dist.quantile(1e-6) < dist.mean() - 20.0 * sd
                || dist.quantile(1.0 - 1e-6) > dist.mean() + 20.0 * sd;
            if rises || falls || is_long { ROUGH } else { SMOOTH }
        }
    }
}

/// Returns what the sampler takes for so many draws of a model, at least.
#[must_use]
pub fn of_sampling(model: &Model, draws: u64) -> f64 {
    let n_areas = model.n_areas() as f64;
    let draw = |input: &Input| match input.source {
        Source::Score(_) => 20.0,
        _ => 0.3,
    };
    let values: f64 = model.inputs().iter().map(draw).sum();
    let pairs = 0.25 * model.worlds().len() as f64 * n_areas * (n_areas - 1.0) / 2.0;
    // Double precision fills vectors with half as many numbers, and makes no use of the quickest ways.
    let precision = if model.suits_single() { 1.0 } else { 2.0 };
    draws as f64 * precision * (values + pairs + 5.0)
}
