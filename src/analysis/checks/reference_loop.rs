//! A model as somebody writes it down for one evening: a loop over draws that calls rand_distr's samplers one after the other.
//! The independent second implementation that speed is measured beside; it knows no streams, and its answer has no errors.

use crate::distribution::Dist;
use crate::model::Model;
use rand_distr::Distribution;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

/// A model without dependence between its inputs, as samplers.
#[derive(Clone, Debug)]
pub struct ReferenceLoop<'a> {
    model: &'a Model,
    samplers: Vec<Sampler>,
}

/// The counts of the plain loop.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ReferenceResult {
    /// Shape `[n_areas x n_areas]`, row-major: the probability of i strictly before j.
    pub before: Vec<f64>,
    /// Shape `[n_areas x n_areas]`, row-major: the probability that exactly r areas are before area i.
    pub ranks: Vec<f64>,
    /// Shape `[n_areas]`: mean and mean square of the overall scores.
    pub moments: Vec<(f64, f64)>,
}

/// A family as rand_distr samples it; those that it does not have, by their quantile.
#[derive(Clone, Debug)]
enum Sampler {
    Triangular(rand_distr::Triangular<f64>),
    Uniform(rand_distr::Uniform<f64>),
    Normal(rand_distr::Normal<f64>),
    LogNormal(rand_distr::LogNormal<f64>),
    Exponential(rand_distr::Exp<f64>),
    Pert(rand_distr::Pert<f64>),
    Quantile(Dist),
}

impl Sampler {
    fn new(dist: &Dist) -> Self {
        let ((min, max), mode) = (dist.support(), dist.central());
        let (mean, sd) = (dist.mean(), dist.variance().sqrt());
        let sampler = match dist {
            Dist::Triangular(_) => rand_distr::Triangular::new(min, max, mode).ok().map(Self::Triangular),
            Dist::Uniform(_) => rand_distr::Uniform::new(min, max).ok().map(Self::Uniform),
            Dist::Normal(_) => rand_distr::Normal::new(mean, sd).ok().map(Self::Normal),
            Dist::LogNormal(d) => {
                let (mu, sigma) = d.parameters();
                rand_distr::LogNormal::new(mu, sigma).ok().map(Self::LogNormal)
            }
            Dist::Exponential(_) => rand_distr::Exp::new(1.0 / mean).ok().map(Self::Exponential),
            Dist::Pert(d) => {
                let pert = rand_distr::Pert::new(min, max).with_shape(d.shape()).with_mode(mode);
                pert.ok().map(Self::Pert)
            }
            _ => None,
        };
        sampler.unwrap_or_else(|| Self::Quantile(dist.clone()))
    }

    fn sample(&self, rng: &mut Xoshiro256PlusPlus) -> f64 {
        match self {
            Self::Triangular(d) => d.sample(rng),
            Self::Uniform(d) => d.sample(rng),
            Self::Normal(d) => d.sample(rng),
            Self::LogNormal(d) => d.sample(rng),
            Self::Exponential(d) => d.sample(rng),
            Self::Pert(d) => d.sample(rng),
            Self::Quantile(d) => d.sample(rng),
        }
    }
}

impl<'a> ReferenceLoop<'a> {
    /// The samplers of a model; nothing where inputs depend on each other or overall scores are more than weighted means.
    #[must_use]
    pub fn new(model: &'a Model) -> Option<Self> {
        let samplers = || model.inputs().iter().map(|input| Sampler::new(&input.dist)).collect();
        model.is_plain().then(|| Self { model, samplers: samplers() })
    }

    /// Draws draws and counts on one thread.
    #[must_use]
    pub fn run(&self, draws: u64, seed: u64) -> ReferenceResult {
        let n = self.model.n_areas();
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let (mut before, mut ranks) = (vec![0.0; n * n], vec![0.0; n * n]);
        let mut moments = vec![(0.0, 0.0); n];
        for _ in 0..draws {
            let inputs: Vec<f64> = self.samplers.iter().map(|sampler| sampler.sample(&mut rng)).collect();
            for (world, joint) in self.model.worlds().iter().enumerate() {
                let (x, p) = (self.model.plain_overall_scores(world, &inputs), joint.probability);
                for i in 0..n {
                    let mut rank = 0;
                    for j in 0..n {
                        if x[i] > x[j] {
                            before[i * n + j] += p;
                        }
                        rank += usize::from(x[j] > x[i]);
                    }
                    ranks[i * n + rank] += p;
                    moments[i].0 += p * x[i];
                    moments[i].1 += p * x[i] * x[i];
                }
            }
        }
        let share = |counts: Vec<f64>| counts.into_iter().map(|count| count / draws as f64).collect();
        let mean = |(sum, squares): (f64, f64)| (sum / draws as f64, squares / draws as f64);
        ReferenceResult {
            before: share(before),
            ranks: share(ranks),
            moments: moments.into_iter().map(mean).collect(),
        }
    }
}
