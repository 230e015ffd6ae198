//! Feedback: AI research speeds up a share of the growth of capability, so that capability is no straight line in time.

use super::elementary::{exp, ln, ln_1p};

/// The feedback of AI research on the growth of capability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feedback {
    /// Share of the growth that AI research speeds up.
    share: f64,
    /// One over the speedup that it approaches; 0 where nothing limits it.
    floor: f64,
    /// Weight of e to the power of the capability in the speed of growth.
    weight: f64,
    ln_weight: f64,
    bend: f64,
}

/// Returns `ln(1 + e^z)`.
#[inline(always)]
fn softplus(z: f64) -> f64 {
    z.max(0.0) + ln_1p(exp(-z.abs()))
}

impl Feedback {
    /// Returns the feedback of a share of the growth, with the most that the speedup of AI research reaches; infinite for no limit.
    #[must_use]
    #[inline(always)]
    pub fn new(share: f64, ceiling: f64) -> Self {
        let floor = 1.0 / ceiling;
        let weight = (1.0 - share) * floor + share;
        // Without feedback nothing bends, whatever the weight.
        let bend = if share == 0.0 { 0.0 } else { share * (1.0 - floor) / weight };
        let weight = if share == 0.0 { 1.0 } else { weight };
        Self { share, floor, weight, ln_weight: ln(weight), bend }
    }

    /// Returns the time that capability `x` takes, in logits of a growth without feedback.
    #[must_use]
    #[inline(always)]
    pub fn time(&self, x: f64) -> f64 {
        if self.bend == 0.0 || x == f64::NEG_INFINITY || x == f64::INFINITY {
            return x;
        }
        x - self.bend * softplus(x + self.ln_weight)
    }

    /// Returns the capability at a time, infinite past the date at which it diverges.
    #[must_use]
    #[inline(always)]
    pub fn capability(&self, y: f64) -> f64 {
        if self.bend == 0.0 {
            return y;
        }
        if self.floor == 0.0 {
            let left = exp(-y) - self.weight;
            return if left <= 0.0 { f64::INFINITY } else { -ln(left) };
        }
        // The time is concave, so steps from the larger of its asymptotes never overshoot.
        let mut x = y.max((y + self.bend * self.ln_weight) * self.weight / self.floor);
        for _ in 0..12 {
            let e = exp(-(x + self.ln_weight).abs());
            let above = if x + self.ln_weight > 0.0 { 1.0 / (1.0 + e) } else { e / (1.0 + e) };
            x -= (self.time(x) - y) / (1.0 - self.bend * above);
        }
        x
    }

    /// Returns the speed of growth at capability `x`, as a multiple of that without feedback.
    #[must_use]
    #[inline(always)]
    pub fn speed(&self, x: f64) -> f64 {
        let e = exp(-x.abs());
        let research =
            if x > 0.0 { (e + 1.0) / (e + self.floor) } else { (1.0 + e) / (1.0 + self.floor * e) };
        1.0 - self.share + self.share * research
    }
}
