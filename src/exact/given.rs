//! A number whose normal score is known in part, as that of a score with shared errors is once those are: its characteristic
//! function over nodes of what is left, which is normal. Knows nothing of weights or areas.

use super::form::{Complex, turn};
use super::nodes::{PANEL, at_score, edges, panel};
use super::spectrum::reach;
use super::terms::total;
use super::wave::{exp, sin_cos};
use crate::distribution::{Dist, standard_quantile};
use crate::kernel::{Kernel, dispatch};

/// A distribution without single values, with the part of its normal score that is not known, ready for any value of the part that is; all values are
/// counted from its mean.
#[derive(Debug)]
pub struct ConditionalForm {
    /// The standard deviation of the part that is not known.
    sd: f64,
    /// The few nodes for small angles first.
    levels: Vec<Level>,
    /// Shape `[n_rows x n_steps]`, row-major: the greatest size of the function from an angle on, by the known part.
    envelope: Vec<f64>,
    /// Rows go from minus this, and steps are this long.
    first_row: f64,
    step: f64,
    /// A bound on how far the nodes may be off.
    pub error: f64,
}

/// Nodes on the normal score, in panels of eight, good up to an angle.
#[derive(Debug)]
struct Level {
    far: f64,
    /// Shape `[n_panels + 1]`: where panels meet, and the values there from the centre on.
    edges: Vec<f64>,
    ends: Vec<f64>,
    /// Shape `[n_panels x 8]`: normal scores, values from the centre on, and weights but for the density of the unknown part.
    scores: Vec<f64>,
    values: Vec<f64>,
    weights: Vec<f64>,
}

/// Such a number at a known part of its normal score.
#[derive(Clone, Debug, Default)]
pub struct ConditionalState {
    known: f64,
    /// The least and the greatest value that it is taken to have, from its mean on.
    pub reach: (f64, f64),
    /// The probability beyond those.
    pub outside: f64,
    /// Mean, from that of the whole on, and variance.
    pub moments: (f64, f64),
    /// One per level: the panels that matter, and the probabilities of their nodes.
    nodes: Vec<PanelNodes>,
}

/// The panels of a level that matter at a known part, and the probabilities of their nodes.
#[derive(Clone, Debug, Default)]
struct PanelNodes {
    /// The first of the panels.
    first: usize,
    /// One per node.
    weights: Vec<f64>,
}

/// Panels are no wider than so many standard deviations of the unknown part, and no wider than so many radians.
const WIDEST: (f64, f64) = (1.6, 5.0);
/// The reach: what lies further than so many standard deviations from the known part is left out: 1e-12.
const FARTHEST: f64 = 7.2;
/// Normal scores are within this, as uniform numbers stay off 0 and 1.
const END: f64 = 8.2;
/// The reaches of levels, times the standard deviation.
const FAR: [f64; 2] = [6.5, 26.0];
/// Steps of the envelope, times the standard deviation.
const STEP: f64 = 0.25;
const N_STEPS: usize = 104;
/// More panels than this are a sign of a great many values.
const MOST_PANELS: usize = 2048;

impl ConditionalForm {
    /// A distribution whose normal score has an unknown part with this standard deviation, above 0 and below 1; nothing where it has
    /// too many values.
    pub fn new(dist: &Dist, sd: f64) -> Option<Self> {
        let (centre, spread) = (dist.mean(), dist.variance().sqrt().max(f64::MIN_POSITIVE));
        let level = |far: f64, fine: f64| Level::new(dist, centre, sd, far / spread, fine);
        let levels = FAR.map(|far| level(far, 1.0));
        let finer = FAR.map(|far| level(far, 0.5));
        let mut given = Self {
            sd,
            levels: levels.into_iter().collect::<Option<_>>()?,
            envelope: Vec::new(),
            first_row: 0.0,
            step: STEP / spread,
            error: 0.0,
        };
        let rest = (1.0 - sd * sd).max(0.0).sqrt();
        for (level, finer) in given.levels.iter().zip(finer.into_iter().collect::<Option<Vec<_>>>()?) {
            for known in [-2.0, -0.7, 0.1, 1.6].map(|z| z * rest) {
                let (one, other) = (level.at(known, sd), finer.at(known, sd));
                for share in [0.03, 0.1, 0.3, 0.6, 1.0] {
                    let s = share * level.far;
                    let ([a, b], [c, d]) = (level.sum(&one, s), finer.sum(&other, s));
                    given.error = given.error.max((a - c).abs()).max((b - d).abs());
                }
            }
        }
        given.first_row = 5.5 * rest;
        let n_rows = (2.0 * given.first_row / given.row()).ceil() as usize + 2;
        for row in 0..n_rows {
            let known = row as f64 * given.row() - given.first_row;
            let mut greatest = 0.0_f64;
            let mut sizes = vec![0.0; N_STEPS];
            for level in &given.levels {
                let nodes = level.at(known, sd);
                for (index, size) in sizes.iter_mut().enumerate() {
                    let s = index as f64 * given.step;
                    if *size == 0.0 && s <= level.far {
                        let [a, b] = level.sum(&nodes, s);
                        *size = libm::hypot(a, b);
                    }
                }
            }
            for size in sizes.iter_mut().rev() {
                greatest = greatest.max(*size);
                *size = greatest;
            }
            given.envelope.extend(sizes);
        }
        Some(given)
    }

    /// Returns how far apart the rows of the envelope are.
    fn row(&self) -> f64 {
        self.sd / 2.0
    }

    /// Turns to a known part of the normal score.
    pub fn set_point(&self, known: f64, at: &mut ConditionalState) {
        at.known = known;
        at.nodes.resize_with(self.levels.len(), PanelNodes::default);
        for (level, nodes) in self.levels.iter().zip(&mut at.nodes) {
            level.panel_weights(known, self.sd, nodes);
        }
        let (level, PanelNodes { first, weights }) = (&self.levels[0], &at.nodes[0]);
        let (mut total, mut mean, mut square) = (0.0, 0.0, 0.0);
        for (w, x) in weights.iter().zip(&level.values[first * PANEL..]) {
            total += w;
            mean += w * x;
            square += w * x * x;
        }
        at.outside = (1.0 - total).abs();
        at.moments = (mean, (square - mean * mean).max(0.0));
        at.reach = (level.ends[*first], level.ends[first + weights.len() / PANEL]);
    }

    /// The function at some coefficient times several angles, which are positive and rise evenly.
    ///
    /// A term follows from the two before it, as cos(a + b) = 2 cos(b) cos(a) - cos(a - b), node by node.
    #[inline(always)]
    pub fn fill<const N: usize>(
        &self,
        at: &ConditionalState,
        c: f64,
        angles: &[f64; N],
        [re, im]: &mut [[f64; N]; 2],
    ) {
        let last = self.levels.len() - 1;
        let index = self.levels.iter().position(|level| c.abs() * angles[N - 1] <= level.far).unwrap_or(last);
        let PanelNodes { first, weights } = &at.nodes[index];
        let (start, step) = (c * angles[0], c * (angles[1] - angles[0]));
        let (mut cosines, mut sines) = ([[0.0; PANEL]; N], [[0.0; PANEL]; N]);
        let values = self.levels[index].values[first * PANEL..].as_chunks::<PANEL>().0;
        for (weights, values) in weights.as_chunks::<PANEL>().0.iter().zip(values) {
            let (mut a, mut b, mut c, mut d) = ([0.0; PANEL], [0.0; PANEL], [0.0; PANEL], [0.0; PANEL]);
            let mut twice = [0.0; PANEL];
            for node in 0..PANEL {
                let (sine, cosine) = sin_cos(start * values[node]);
                (a[node], b[node]) = (weights[node] * cosine, weights[node] * sine);
            }
            for node in 0..PANEL {
                let (sine, cosine) = sin_cos(step * values[node]);
                c[node] = a[node] * cosine - b[node] * sine;
                d[node] = a[node] * sine + b[node] * cosine;
                twice[node] = 2.0 * cosine;
            }
            for lane in 0..N {
                for node in 0..PANEL {
                    cosines[lane][node] += a[node];
                }
                for node in 0..PANEL {
                    sines[lane][node] += b[node];
                }
                for node in 0..PANEL {
                    let later = twice[node] * c[node] - a[node];
                    a[node] = c[node];
                    c[node] = later;
                }
                for node in 0..PANEL {
                    let later = twice[node] * d[node] - b[node];
                    b[node] = d[node];
                    d[node] = later;
                }
            }
        }
        for lane in 0..N {
            (re[lane], im[lane]) = (total(&cosines[lane]), total(&sines[lane]));
        }
    }

    /// About the greatest size of the function from `s` on; beyond the table, what it is at its end.
    pub fn size(&self, at: &ConditionalState, s: f64) -> f64 {
        let index = ((s.abs() / self.step) as usize).min(N_STEPS - 1);
        let last = self.envelope.len() / N_STEPS - 2;
        let row = (((at.known + self.first_row) / self.row()).max(0.0) as usize).min(last);
        self.envelope[row * N_STEPS + index].max(self.envelope[(row + 1) * N_STEPS + index])
    }

    /// Up to which angle the nodes do.
    pub fn far(&self) -> f64 {
        self.levels[self.levels.len() - 1].far
    }
}

impl Level {
    fn new(dist: &Dist, centre: f64, sd: f64, far: f64, fine: f64) -> Option<Self> {
        let value = |z: f64| at_score(dist, z) - centre;
        let ((from, to), _) = reach(dist, dist.variance().sqrt());
        let low = standard_quantile(dist.cdf(from.next_down())).max(-END);
        let high = (-standard_quantile(dist.survival(to))).min(END);
        let edges = edges(low, high, std::iter::once(dist));
        let mut level = Self {
            far,
            edges: vec![low],
            ends: vec![value(low)],
            scores: Vec::new(),
            values: Vec::new(),
            weights: Vec::new(),
        };
        let scale = 1.0 / (sd * (2.0 * std::f64::consts::PI).sqrt());
        // From the left to the right; what is too wide is halved.
        let mut waiting: Vec<(f64, f64)> = edges.windows(2).rev().map(|ends| (ends[0], ends[1])).collect();
        while let Some((a, b)) = waiting.pop() {
            let nodes = panel(a, b).map(|(z, w)| (z, value(z), w));
            let turns = far * (nodes[PANEL - 1].1 - nodes[0].1);
            if b - a > fine * WIDEST.0 * sd || (turns > fine * WIDEST.1 && b - a > 1e-4) {
                let middle = f64::midpoint(a, b);
                waiting.extend([(middle, b), (a, middle)]);
                continue;
            }
            for (z, x, w) in nodes {
                level.scores.push(z);
                level.values.push(x);
                level.weights.push(scale * w);
            }
            level.edges.push(b);
            level.ends.push(value(b));
            if level.edges.len() > MOST_PANELS {
                return None;
            }
        }
        Some(level)
    }

    /// The panels that matter at a known part of the normal score, and the probabilities of their nodes.
    fn at(&self, known: f64, sd: f64) -> PanelNodes {
        let mut nodes = PanelNodes::default();
        self.panel_weights(known, sd, &mut nodes);
        nodes
    }

    fn panel_weights(&self, known: f64, sd: f64, PanelNodes { first, weights }: &mut PanelNodes) {
        let n_panels = self.edges.len() - 1;
        let reach = FARTHEST * sd;
        *first = self.edges[1..].partition_point(|z| *z < known - reach).min(n_panels - 1);
        let end = self.edges[..n_panels].partition_point(|z| *z < known + reach).max(*first + 1);
        weights.clear();
        weights.extend_from_slice(&self.weights[PANEL * *first..PANEL * end]);
        dispatch(Weigh { weights, scores: &self.scores[PANEL * *first..PANEL * end], known, sd });
    }

    fn sum(&self, PanelNodes { first, weights }: &PanelNodes, s: f64) -> Complex {
        let nodes = weights.iter().zip(&self.values[first * PANEL..]);
        nodes.fold([0.0; 2], |[re, im], (w, x)| {
            let [cosine, sine] = turn(s * x);
            [re + w * cosine, im + w * sine]
        })
    }
}

/// Multiplies weights by the normal density, but for its constant.
struct Weigh<'a> {
    weights: &'a mut [f64],
    scores: &'a [f64],
    known: f64,
    sd: f64,
}

impl Kernel for Weigh<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let scale = -0.5 / (self.sd * self.sd);
        for (w, z) in self.weights.iter_mut().zip(self.scores) {
            let off = z - self.known;
            *w *= exp(scale * off * off);
        }
    }
}
