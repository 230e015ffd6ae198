//! Characteristic functions of the families: E exp(i s x), x counted from a centre, in closed form where there is one and else
//! over nodes of the quantile function. Knows nothing of weights or areas.

use super::wave::sin_cos;
use crate::distribution::{Dist, standard_cdf};
use crate::kernel::{Kernel, dispatch};

/// A complex number: its real and its imaginary part.
pub type Complex = [f64; 2];

/// A distribution as what its characteristic function is worked out from; all values are counted from its centre.
#[derive(Clone, Debug)]
pub enum CharacteristicFunction {
    /// Values with probabilities.
    Atoms(Vec<(f64, f64)>),
    /// Lower end, mode and upper end.
    Triangular([f64; 3]),
    /// The middle, and half the width.
    Uniform(f64, f64),
    /// Mean and standard deviation.
    Normal(f64, f64),
    /// Shape and scale, from zero on, and where zero is.
    Gamma(f64, f64, f64),
    /// One of several, each with a probability.
    Parts(Vec<(f64, CharacteristicFunction)>),
    /// Values, weights that sum to one, and up to which angle they do.
    Nodes(Vec<f64>, Vec<f64>, f64),
}

impl CharacteristicFunction {
    /// The form of a distribution around a centre, and how far its nodes may be off for angles s up to `far`.
    pub fn new(dist: &Dist, centre: f64, far: f64) -> (Self, f64) {
        let (low, high) = dist.support();
        let form = match dist {
            Dist::Exact(d) => Self::Atoms(vec![(d.value() - centre, 1.0)]),
            Dist::Discrete(d) => Self::Atoms(d.pairs().map(|(x, p)| (x - centre, p)).collect()),
            Dist::Samples(d) => {
                let p = 1.0 / d.values().len() as f64;
                Self::Atoms(d.values().iter().map(|x| (x - centre, p)).collect())
            }
            Dist::Triangular(d) => Self::Triangular([low - centre, d.central() - centre, high - centre]),
            Dist::Uniform(_) => Self::Uniform(f64::midpoint(low, high) - centre, (high - low) / 2.0),
            Dist::Normal(d) => Self::Normal(d.mean() - centre, d.variance().sqrt()),
            Dist::Exponential(d) => Self::Gamma(1.0, d.mean(), -centre),
            Dist::Gamma(d) => {
                let scale = d.variance() / d.mean();
                Self::Gamma(d.mean() / scale, scale, -centre)
            }
            Dist::Mixture(d) => {
                let parts: Vec<(f64, (Self, f64))> =
                    d.parts().iter().map(|(p, part)| (*p, Self::new(part, centre, far))).collect();
                let error = parts.iter().map(|(p, (_, error))| p * error).sum();
                return (Self::Parts(parts.into_iter().map(|(p, (form, _))| (p, form)).collect()), error);
            }
            _ => return nodes(dist, centre, far),
        };
        (form, 0.0)
    }

    /// The characteristic function at an angle.
    pub fn at(&self, s: f64) -> Complex {
        match self {
            Self::Atoms(atoms) => atoms.iter().fold([0.0; 2], |sum, &(x, p)| plus(sum, p, turn(s * x))),
            Self::Triangular(corners) => triangular(*corners, s),
            Self::Uniform(middle, half) => {
                let s_half = s * half;
                let size = if s_half.abs() < 1e-4 {
                    1.0 - s_half * s_half / 6.0
                } else {
                    sin_cos(s_half).0 / s_half
                };
                scaled(turn(s * middle), size)
            }
            Self::Normal(mean, sd) => scaled(turn(s * mean), libm::exp(-0.5 * s * s * sd * sd)),
            Self::Gamma(shape, scale, zero) => {
                let x = s * scale;
                let size = libm::exp(-0.5 * shape * libm::log1p(x * x));
                scaled(turn(s * zero + shape * libm::atan(x)), size)
            }
            Self::Parts(parts) => parts.iter().fold([0.0; 2], |sum, (p, part)| plus(sum, *p, part.at(s))),
            Self::Nodes(values, weights, _) => dispatch(Sum { values, weights, s }),
        }
    }

    /// The characteristic function at `n` angles, the first one and then one `step` after the other.
    pub fn along(&self, first: f64, step: f64, n: usize) -> Vec<Complex> {
        match self {
            Self::Parts(parts) => {
                let mut sums = vec![[0.0; 2]; n];
                for (p, part) in parts {
                    let values = part.along(first, step, n);
                    sums.iter_mut().zip(values).for_each(|(sum, value)| *sum = plus(*sum, *p, value));
                }
                sums
            }
            Self::Nodes(values, weights, _) => dispatch(Along { values, weights, first, step, n }),
            _ => (0..n).map(|k| self.at(first + k as f64 * step)).collect(),
        }
    }

    /// No less than the size of the function at an angle: a density of variation V has |phi(s)| <= V / |s|, and one whose slope has
    /// the variation W has |phi(s)| <= W / s^2; infinite where neither is at hand.
    ///
    /// Source: Katznelson, An Introduction to Harmonic Analysis (2004), section I.4, for the line.
    pub fn bound(&self, s: f64) -> f64 {
        let s = s.abs();
        match self {
            Self::Triangular([low, mode, high]) => {
                let top = 2.0 / (high - low);
                let slopes = 2.0 * top / (mode - low) + 2.0 * top / (high - mode);
                (2.0 * top / s).min(slopes / (s * s))
            }
            Self::Uniform(_, half) => 1.0 / (half * s),
            Self::Normal(_, sd) => libm::exp(-0.5 * s * s * sd * sd),
            Self::Gamma(shape, scale, _) => libm::exp(-0.5 * shape * libm::log1p(s * scale * s * scale)),
            Self::Parts(parts) => parts.iter().map(|(p, part)| p * part.bound(s)).sum(),
            Self::Atoms(_) | Self::Nodes(..) => f64::INFINITY,
        }
    }

    /// Up to which angle it can be worked out.
    pub fn far(&self) -> f64 {
        match self {
            Self::Nodes(_, _, far) => *far,
            Self::Parts(parts) => parts.iter().map(|(_, part)| part.far()).fold(f64::INFINITY, f64::min),
            _ => f64::INFINITY,
        }
    }

    /// Returns true if the function is real: values lie around the centre as in a mirror.
    pub fn is_even(&self) -> bool {
        match self {
            Self::Triangular([low, mode, high]) => {
                mode.abs() <= 4.0 * f64::EPSILON * (high - low)
                    && (low + high).abs() <= 4.0 * f64::EPSILON * (high - low)
            }
            Self::Uniform(middle, _) | Self::Normal(middle, _) => *middle == 0.0,
            _ => false,
        }
    }

    /// The values with their probabilities, if it has no others.
    pub fn atoms(&self) -> Option<Vec<(f64, f64)>> {
        match self {
            Self::Atoms(atoms) => Some(atoms.clone()),
            Self::Parts(parts) => {
                let mut all = Vec::new();
                for (p, part) in parts {
                    all.extend(part.atoms()?.into_iter().map(|(x, q)| (x, p * q)));
                }
                Some(all)
            }
            _ => None,
        }
    }

    /// Returns how much of the probability stands on single values.
    pub fn atom_probability(&self) -> f64 {
        match self {
            Self::Atoms(_) => 1.0,
            Self::Parts(parts) => parts.iter().map(|(p, part)| p * part.atom_probability()).sum(),
            _ => 0.0,
        }
    }
}

/// exp(i angle).
#[inline(always)]
pub fn turn(angle: f64) -> Complex {
    let (sine, cosine) = sin_cos(angle);
    [cosine, sine]
}

#[inline(always)]
pub fn product([a, b]: Complex, [c, d]: Complex) -> Complex {
    [a * c - b * d, a * d + b * c]
}

fn scaled([a, b]: Complex, size: f64) -> Complex {
    [a * size, b * size]
}

fn plus([a, b]: Complex, p: f64, [c, d]: Complex) -> Complex {
    [a + p * c, b + p * d]
}

/// Source: method of moments aside, phi(s) = e^{isc} [p g(-s (c-a)) + (1-p) g(s (b-c))], g(t) = 2 (1 + it - e^{it}) / t^2, p the
/// share of the width below the mode.
fn triangular([low, mode, high]: [f64; 3], s: f64) -> Complex {
    let below = (mode - low) / (high - low);
    let sides = plus(scaled(ramp(-s * (mode - low)), below), 1.0 - below, ramp(s * (high - mode)));
    product(turn(s * mode), sides)
}

/// The characteristic function at `t` of the density 2 (1 - x) on 0..1.
fn ramp(t: f64) -> Complex {
    if t.abs() < 0.5 {
        // 2 sum (it)^k / (k + 2)!; what is left out is under 1e-17.
        let mut sum = [0.0, 0.0];
        let mut term = [1.0, 0.0];
        for k in 0..14 {
            sum = plus(sum, 1.0, term);
            term = scaled([-term[1], term[0]], t / (f64::from(k) + 3.0));
        }
        return sum;
    }
    let [cosine, sine] = turn(t);
    let size = 2.0 / (t * t);
    [size * (1.0 - cosine), size * (t - sine)]
}

/// Nodes of a distribution: the trapezoidal rule over z with p = Phi(z), as for moments, the number of nodes doubled until that
/// changes nothing.
fn nodes(dist: &Dist, centre: f64, far: f64) -> (CharacteristicFunction, f64) {
    const REACH: f64 = 8.2;
    const FEWEST: usize = 128;
    const MOST: usize = 8192;
    const CLOSE: f64 = 2e-12;
    let of = |n: usize| {
        let step = 2.0 * REACH / n as f64;
        let z = |i: usize| -REACH + i as f64 * step;
        let weights: Vec<f64> = (0..=n).map(|i| libm::exp(-z(i) * z(i) / 2.0)).collect();
        let total: f64 = weights.iter().sum();
        let values = (0..=n).map(|i| dist.quantile(standard_cdf(z(i))) - centre).collect();
        CharacteristicFunction::Nodes(values, weights.iter().map(|w| w / total).collect(), far)
    };
    let angles = [0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0].map(|share| share * far);
    let mut form = of(FEWEST);
    let mut n = FEWEST;
    loop {
        let finer = of(2 * n);
        let off = angles.iter().map(|&s| {
            let ([a, b], [c, d]) = (form.at(s), finer.at(s));
            (a - c).abs().max((b - d).abs())
        });
        let off = off.fold(0.0, f64::max);
        (form, n) = (finer, 2 * n);
        if off < CLOSE || n >= MOST {
            return (form, off);
        }
    }
}

/// A sum over nodes.
struct Sum<'a> {
    values: &'a [f64],
    weights: &'a [f64],
    s: f64,
}

impl Kernel for Sum<'_> {
    type Output = Complex;

    #[inline(always)]
    fn run(self) -> Complex {
        const LANES: usize = 8;
        let (mut re, mut im) = ([0.0; LANES], [0.0; LANES]);
        let (values, more) = self.values.as_chunks::<LANES>();
        let (weights, last) = self.weights.as_chunks::<LANES>();
        for (x, w) in values.iter().zip(weights) {
            for lane in 0..LANES {
                let (sine, cosine) = sin_cos(self.s * x[lane]);
                re[lane] += w[lane] * cosine;
                im[lane] += w[lane] * sine;
            }
        }
        for ((x, w), lane) in more.iter().zip(last).zip(0..) {
            let (sine, cosine) = sin_cos(self.s * x);
            re[lane] += w * cosine;
            im[lane] += w * sine;
        }
        [re.iter().sum(), im.iter().sum()]
    }
}

/// Sums over nodes at angles one step after the other: each node turns by as much from each to the next. They are few enough that
/// rounding does not add up.
struct Along<'a> {
    values: &'a [f64],
    weights: &'a [f64],
    first: f64,
    step: f64,
    n: usize,
}

impl Kernel for Along<'_> {
    type Output = Vec<Complex>;

    #[inline(always)]
    fn run(self) -> Vec<Complex> {
        const LANES: usize = 8;
        let mut sums = vec![[[0.0; LANES]; 2]; self.n];
        for (values, weights) in self.values.chunks(LANES).zip(self.weights.chunks(LANES)) {
            let (mut x, mut w) = ([0.0; LANES], [0.0; LANES]);
            x[..values.len()].copy_from_slice(values);
            w[..weights.len()].copy_from_slice(weights);
            let (mut wave, mut turn) = ([[0.0; LANES]; 2], [[0.0; LANES]; 2]);
            for lane in 0..LANES {
                let (sine, cosine) = sin_cos(self.first * x[lane]);
                (wave[0][lane], wave[1][lane]) = (w[lane] * cosine, w[lane] * sine);
                (turn[1][lane], turn[0][lane]) = sin_cos(self.step * x[lane]);
            }
            for sum in &mut sums {
                for lane in 0..LANES {
                    sum[0][lane] += wave[0][lane];
                    sum[1][lane] += wave[1][lane];
                    [wave[0][lane], wave[1][lane]] =
                        product([wave[0][lane], wave[1][lane]], [turn[0][lane], turn[1][lane]]);
                }
            }
        }
        sums.iter().map(|parts| parts.map(|lanes| lanes.iter().sum())).collect()
    }
}
