//! Gaps between areas with fixed scores, by the way that fits their weights.

use super::super::shape::Sides;
use super::super::spectrum::{Spectra, Spectrum};
use super::line::{Coefficient, Line};
use super::pieces::Pieces;
use super::sign::{ENOUGH, GammaLaw, Sign, gamma};
use super::{atoms, contour, race, series, two};
use crate::distribution::Dist;
use crate::model::Model;
use std::sync::OnceLock;

/// The gaps of a model whose scores are fixed.
#[derive(Debug)]
pub struct Fixed<'a> {
    model: &'a Model,
    /// Shape `[n_inputs]`: characteristic functions, each tabulated when it is first needed.
    spectra: Vec<OnceLock<Spectrum>>,
    /// The simplices of a set of weights under constraints.
    pieces: OnceLock<Option<Pieces>>,
}

/// Elementary steps for one gap between pieces of a polytope, and for all gaps together: a step takes about two nanoseconds.
const MOST_STEPS: usize = 1 << 30;

impl<'a> Fixed<'a> {
    /// The gaps of a model.
    pub fn new(model: &'a Model) -> Self {
        let spectra = model.inputs().iter().map(|_| OnceLock::new()).collect();
        Self { model, spectra, pieces: OnceLock::new() }
    }

    /// The probability that the mean score of some areas exceeds the mean score of others in a world. Returns nothing if the gap
    /// has uncertain scores, or weights that depend on each other in a way that has no closed form. `n_gaps` is how many gaps will be
    /// asked for: together they stay within a bound of work.
    pub fn sign(&self, world: usize, areas: Sides<'_>, n_gaps: usize) -> Option<Sign> {
        let line = Line::new(self.model, world, areas)?;
        if let Some((simplex, differences)) = &line.over_pieces {
            let pieces = self.pieces.get_or_init(|| Pieces::new(self.model, *simplex)).as_ref()?;
            return (pieces.steps().saturating_mul(n_gaps) <= MOST_STEPS).then(|| pieces.sign(differences));
        }
        let sign = self.of_independent(&line)?;
        (sign.bound <= ENOUGH).then_some(sign)
    }

    /// Returns how much work a gap is, about a nanosecond each; nothing if it has uncertain scores.
    pub fn work(&self, world: usize, areas: Sides<'_>) -> Option<f64> {
        const SERIES: f64 = 5e5;
        const SORTED: f64 = 100.0;
        let line = Line::new(self.model, world, areas)?;
        if let Some((simplex, _)) = &line.over_pieces {
            let pieces = self.pieces.get_or_init(|| Pieces::new(self.model, *simplex)).as_ref();
            return Some(pieces.map_or(0.0, |pieces| 2.0 * pieces.steps() as f64));
        }
        let atoms =
            |(input, _): &(usize, Coefficient)| self.model.inputs()[*input].dist.atoms().len().max(1) as f64;
        // Sums are sorted, of one half of the terms and of the other, at most so many.
        let sums = line.terms.iter().map(atoms).product::<f64>().min(2.0 * atoms::MOST_SUMS as f64);
        Some(SERIES + SORTED * sums)
    }

    fn of_independent(&self, line: &Line) -> Option<Sign> {
        let inputs = self.model.inputs();
        let constant = line.constant.settled();
        let terms: Vec<(usize, Coefficient)> =
            line.terms.iter().copied().filter(|(_, c)| c.settled() != 0.0).collect();
        if terms.is_empty() {
            return Some(Sign::certain(constant));
        }
        let rounding = terms.iter().map(|(_, c)| c.relative_error()).sum::<f64>();
        let gammas: Option<Vec<(f64, f64)>> = terms
            .iter()
            .map(|(input, c)| {
                let GammaLaw { shape, scale } = gamma(&inputs[*input].dist)?;
                Some((c.value * scale, shape))
            })
            .collect();
        if let Some(gammas) = gammas {
            let steep = |(_, shape): &(f64, f64)| 1.0 + shape.sqrt();
            let sign = race::sign(&gammas, constant).or_else(|| contour::sign(&gammas, constant))?;
            return Some(sign.wider(rounding * gammas.iter().map(steep).fold(0.0, f64::max)));
        }
        let numbers: Vec<(&Dist, f64)> =
            terms.iter().map(|(input, c)| (&inputs[*input].dist, c.value)).collect();
        let (discrete, smooth): (Vec<_>, Vec<_>) =
            numbers.iter().partition(|(dist, _)| atoms::is_discrete(dist));
        let sign = match smooth[..] {
            [] => atoms::sign(&discrete, constant),
            _ if !smooth.iter().any(|(dist, _)| dist.atoms().is_empty()) => None,
            [one] => atoms::mean(&discrete, constant, 1 << 12, |constant| two::one(one, constant)),
            [one, other] => {
                atoms::mean(&discrete, constant, 1 << 6, |constant| two::two(one, other, constant))
            }
            _ => None,
        };
        let by_series = || {
            let is_smooth = |(dist, _): &(&Dist, f64)| dist.atoms().is_empty();
            let spectra: Vec<(&Spectrum, f64)> =
                terms.iter().map(|(input, c)| (self.spectrum(*input), c.value)).collect();
            numbers.iter().any(is_smooth).then(|| series::sign(&spectra, constant))?
        };
        sign.or_else(by_series).map(|sign| sign.wider(rounding))
    }

    fn spectrum(&self, input: usize) -> &Spectrum {
        self.spectra[input].get_or_init(|| Spectra::default().of(&self.model.inputs()[input].dist))
    }
}
