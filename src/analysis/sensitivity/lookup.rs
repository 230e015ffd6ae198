//! The cell of a grid that each of a whole column of thresholds lies in, without a cdf and without a branch: for inputs that have
//! no values with a probability of their own.

use crate::distribution::Dist;

/// Equal steps that the values of an input are cut into; with those beyond both ends, a power of two.
const STEPS: usize = PLACES - 2;
const PLACES: usize = 1 << 12;
/// The probability beyond the last step on either side, where an input has no bound.
const BEYOND: f64 = 1e-6;
/// Cells are at most so many times as wide as they were asked for.
const WIDEST: f64 = 2.0;

/// Places on a grid by value.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookup {
    low: f64,
    /// Steps a unit.
    scale: f64,
    /// Shape `[PLACES]`: the place of each step.
    places: Box<[u8; PLACES]>,
    /// Shape `[n_cells + 2]`: the mean of G (1 - G) and of its square over a place, G being the probability of the claim as the
    /// input is drawn again.
    pub spreads: Vec<[f64; 2]>,
}

impl Lookup {
    /// The places of a distribution on a grid whose edges are moved to the ends of steps. Nothing for values with a probability
    /// of their own, and where so much of it lies in so little that the steps are too long.
    pub fn new(dist: &Dist, edges: &[f64]) -> Option<(Self, Vec<f64>)> {
        if !dist.atoms().is_empty() {
            return None;
        }
        let (low, high) = dist.support();
        let end = |bound: f64, p: f64| if bound.is_finite() { bound } else { dist.quantile(p) };
        let (low, high) = (end(low, BEYOND), end(high, 1.0 - BEYOND));
        // A little less, so that a threshold at a bound is beyond it, whatever rounding makes of it.
        let inside = 1e-9 * (high - low);
        let (low, width) = (low + inside, (high - low - 2.0 * inside) / STEPS as f64);
        let (mut moved, mut places) = (vec![0.0], Box::new([0; PLACES]));
        let mut from = 0;
        let widest = edges.windows(2).map(|two| two[1] - two[0]).fold(0.0, f64::max);
        for &edge in &edges[1..] {
            let (to, reached) = if edge < 1.0 {
                let to = (((dist.quantile(edge) - low) / width).round() as usize).min(STEPS - 1);
                (to, dist.cdf(low + to as f64 * width).min(1.0 - f64::EPSILON))
            } else {
                (STEPS, 1.0)
            };
            // Cells that no step ends in are left to the next one.
            if to <= from || reached <= moved[moved.len() - 1] {
                continue;
            }
            places[from + 1..=to].fill(u8::try_from(moved.len()).ok()?);
            moved.push(reached);
            from = to;
        }
        places[from + 1..].fill(u8::try_from(moved.len()).ok()?);
        if moved.windows(2).any(|two| two[1] - two[0] > WIDEST * widest) {
            return None;
        }
        // Integrals of u (1 - u) and of its square.
        let powers = |u: f64| [u * u * (0.5 - u / 3.0), u * u * u * (1.0 / 3.0 + u * (u / 5.0 - 0.5))];
        let mean = |two: &[f64]| [0, 1].map(|k| (powers(two[1])[k] - powers(two[0])[k]) / (two[1] - two[0]));
        let spreads = std::iter::once([0.0; 2]).chain(moved.windows(2).map(mean)).chain([[0.0; 2]]);
        Some((Self { low, scale: 1.0 / width, places, spreads: spreads.collect() }, moved))
    }

    /// The step of a threshold: 0 below all values, and the last above all. A number that every processor comes to without a branch.
    #[inline(always)]
    pub fn step(&self, threshold: f64) -> u16 {
        const WHOLE: f64 = (1_u64 << 52) as f64;
        let at = ((threshold - self.low) * self.scale).max(-0.25).min(STEPS as f64 + 0.25);
        // Half more, to the nearest whole number, which adding 2^52 leaves in the last digits.
        (at + 0.5 + WHOLE).to_bits() as u16
    }

    /// The place of a step on the grid.
    #[inline(always)]
    pub fn place(&self, step: u16) -> usize {
        usize::from(self.places[usize::from(step) % PLACES])
    }
}

/// The mark of a step of a threshold below which a claim holds, and not from which on.
pub const FALLS: u16 = PLACES as u16;
