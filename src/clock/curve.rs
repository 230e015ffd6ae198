//! The speedup of an area as a function of its capability, and back: Amdahl's law, and a substitution of compute for labour.

use super::elementary::{exp, exp_m1, ln, ln_1p};

/// The numbers that turn the capability of an area into its speedup.
///
/// Capability is the logit of the share that is automated of what can be automated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// Share of the work that AI leaves: of what people have to do, and of what AI does no faster.
    pub left: f64,
    /// Power of the labour: below 1 where parallel work adds less.
    pub parallel: f64,
    /// Researchers, as a multiple of today's.
    pub staff: f64,
    /// Share of compute in research.
    pub compute: f64,
    /// Elasticity of substitution between compute and labour.
    pub elasticity: f64,
    /// Compute, as a multiple of today's.
    pub supply: f64,
}

impl Default for Shape {
    /// An area that nothing but automation limits.
    fn default() -> Self {
        Self { left: 0.0, parallel: 1.0, staff: 1.0, compute: 0.0, elasticity: 1.0, supply: 1.0 }
    }
}

/// An exponent of the substitution that counts as 0.
const LEAST_EXPONENT: f64 = 1e-9;

impl Shape {
    /// Returns the share of the work that AI leaves: where people do the share `human`, and AI does the rest `ai_speed` times as fast.
    #[must_use]
    #[inline(always)]
    pub fn left(human: f64, ai_speed: f64, supply: f64) -> f64 {
        human + (1.0 - human) / (ai_speed * supply).max(1.0)
    }

    /// Returns the exponent of the substitution, which is negative for complements.
    #[inline(always)]
    fn exponent(&self) -> f64 {
        1.0 - 1.0 / self.elasticity
    }

    /// Returns how many times as fast as today an area of this capability is.
    #[must_use]
    #[inline(always)]
    pub fn speedup(&self, x: f64) -> f64 {
        let e = exp(-x.abs());
        let labour = if x > 0.0 { (e + 1.0) / (e + self.left) } else { (1.0 + e) / (1.0 + self.left * e) };
        if self.compute == 0.0 && self.parallel == 1.0 {
            return self.staff * labour;
        }
        let labour = self.parallel * ln(self.staff * labour);
        let supply = ln(self.supply);
        if self.compute == 0.0 {
            return exp(labour);
        }
        if self.compute == 1.0 {
            return self.supply;
        }
        if self.elasticity == 0.0 {
            return exp(labour.min(supply));
        }
        let rho = self.exponent();
        if rho.abs() < LEAST_EXPONENT {
            return exp((1.0 - self.compute) * labour + self.compute * supply);
        }
        let inside = (1.0 - self.compute) * exp_m1(rho * labour) + self.compute * exp_m1(rho * supply);
        exp(ln_1p(inside) / rho)
    }

    /// Returns the capability at which an area is `k` times as fast as today: infinite for never, minus infinity for from the start.
    #[must_use]
    #[inline(always)]
    pub fn crossing(&self, k: f64) -> f64 {
        let (never, start) = (f64::INFINITY, f64::NEG_INFINITY);
        let labour = if self.compute == 0.0 {
            k
        } else if self.compute == 1.0 {
            return if self.supply >= k { start } else { never };
        } else if self.elasticity == 0.0 {
            if k <= self.supply { k } else { return never }
        } else {
            let rho = self.exponent();
            let supply = ln(self.supply);
            if rho.abs() < LEAST_EXPONENT {
                exp((ln(k) - self.compute * supply) / (1.0 - self.compute))
            } else {
                // (k^rho - share K^rho) / (1 - share), less 1.
                let inside =
                    (exp_m1(rho * ln(k)) - self.compute * exp_m1(rho * supply)) / (1.0 - self.compute);
                if inside <= -1.0 {
                    return if rho < 0.0 { never } else { start };
                }
                exp(ln_1p(inside) / rho)
            }
        };
        let parallel = if self.parallel == 1.0 { labour } else { exp(ln(labour) / self.parallel) };
        let multiple = parallel / self.staff;
        if multiple <= 1.0 {
            start
        } else if self.left * multiple >= 1.0 {
            never
        } else {
            ln((multiple - 1.0) / (1.0 - self.left * multiple))
        }
    }
}
