//! Gaps under gamma weights, as where all weightings are alike: the characteristic function of a gamma number times any other number makes no
//! waves, so the integral over the logarithm of the angle converges exponentially. Knows nothing of who asks.

use super::cell::CellLaw;
use super::fixed::{GammaLaw, Sign, gamma};
use super::form::product;
use super::nodes::{PANEL, panel};
use super::series::size_of_all;
use super::shape::{Sides, Weight, WeightedTerm, kept};
use super::spectrum::Spectrum;
use super::split::Split;
use super::terms::{LANES, ONE, Terms, multiply, turned};
use crate::distribution::Gamma;
use crate::kernel::{Kernel, dispatch};
use crate::model::{Affine, Source};
use std::collections::BTreeMap;
use std::f64::consts::PI;

/// Steps of u for shapes up to 4: the second is half of the first, and their difference tells how far the second may be off.
const STEPS: [f64; 2] = [0.3, 0.15];
/// Angles end where u does.
const LAST: f64 = 14.0;
/// Panels of even width, which a gap turns by so much each.
const PANELS: usize = 100;
const TURN: f64 = 6.0;
/// Panels below those grow by this share from one to the next, and by less for large shapes, whose densities are narrow.
const GROWTH: f64 = 0.6;
/// The most that a result may be off by.
const ENOUGH: f64 = 1e-7;
/// Steps of sums over nodes for all gaps together: a step takes about a nanosecond.
const MOST_STEPS: u64 = 1 << 32;
/// The integral ends where this is all that is left.
const REST: f64 = 1e-12;

/// Rules for all gamma weights of a model.
#[derive(Debug)]
pub struct Scaled {
    /// Nodes v, in panels of eight.
    nodes: Vec<[f64; LANES]>,
    end: f64,
    steps: [f64; 2],
    /// By step: the angles.
    angles: [Vec<f64>; 2],
    /// By the bits of a shape.
    tables: BTreeMap<u64, Table>,
}

/// Rules for one shape.
#[derive(Debug)]
struct Table {
    /// By step and angle: weights of the nodes, and the probability beyond them.
    rows: [Vec<(Vec<[f64; LANES]>, f64)>; 2],
    /// A bound on how far a rule may be off.
    error: f64,
}

/// Panels of nodes with their weights, and where the last one ends.
struct Panels {
    panels: Vec<[(f64, f64); PANEL]>,
    end: f64,
}

/// The numbers that one weight is multiplied by in a gap: numbers with coefficients, and a constant.
#[derive(Debug, Default)]
struct Times<'a> {
    numbers: Vec<(&'a Spectrum, f64)>,
    constant: f64,
}

/// A weight with what it is multiplied by, at the nodes.
struct Ready<'a> {
    table: &'a Table,
    shape: f64,
    /// The number that it is multiplied by, if that is certain.
    certain: Option<f64>,
    /// The characteristic function less one.
    real: Vec<[f64; LANES]>,
    imaginary: Vec<[f64; LANES]>,
    /// A bound on how great it may be beyond the nodes.
    beyond: f64,
}

/// The shape and the scale of a gamma weight.
fn of_weight(split: &Split<'_>, weight: Affine) -> Option<GammaLaw> {
    let input = split.model.inputs().get(weight.column?).filter(|input| input.source == Source::Stream)?;
    gamma(&input.dist)
}

impl Scaled {
    /// Rules for the worlds whose weights are all gamma numbers, if there are such.
    pub fn new(split: &Split<'_>) -> Option<Self> {
        let n_areas = split.model.n_areas();
        let (mut shapes, mut widest) = (BTreeMap::new(), 0.0_f64);
        for (world, weights) in split.weights.iter().enumerate() {
            let Some(gammas) =
                weights.iter().map(|weight| of_weight(split, *weight)).collect::<Option<Vec<_>>>()
            else {
                continue;
            };
            shapes.extend(gammas.iter().map(|gamma| (gamma.shape.to_bits(), gamma.shape)));
            let mut ends: BTreeMap<usize, (f64, f64, usize)> = BTreeMap::new();
            for area in 0..n_areas {
                let Some(times) = times(split, world, Sides { one: &[area], other: &[] }) else { continue };
                for (column, times) in times {
                    let (low, high) = times.range();
                    let all = ends.entry(column).or_insert((low, high, 0));
                    *all = (all.0.min(low), all.1.max(high), all.2 + 1);
                }
            }
            // An area that a weight adds nothing to has zero there.
            let width = |(low, high, n): &(f64, f64, usize)| {
                if *n < n_areas { high.max(0.0) - low.min(0.0) } else { high - low }
            };
            widest = ends.values().map(width).fold(widest, f64::max);
        }
        if shapes.is_empty() || !(widest > 0.0 && widest.is_finite()) {
            return None;
        }
        let least = shapes.values().copied().fold(f64::INFINITY, f64::min);
        let greatest = shapes.values().copied().fold(0.0, f64::max);
        let growth = GROWTH / (1.0 + greatest / 8.0).sqrt();
        let mut edges = vec![0.0];
        let mut edge = if least < 1.0 { 1e-9 } else { 1e-4 } / widest;
        while edge < TURN / growth / widest {
            edges.push(edge);
            edge *= 1.0 + growth;
        }
        edges.extend((0..PANELS).map(|k| edge + k as f64 * TURN / widest));
        let end = edges.last().copied().unwrap_or_default();
        let panels = edges.windows(2).map(|ends| panel(ends[0], ends[1])).collect();
        let panels = Panels { panels, end };
        let angle = |step: f64| {
            (0..)
                .map(move |k| (f64::from(k) + 0.5) * step)
                .take_while(|u| *u < LAST)
                .map(|u| libm::sinh(u) / widest)
        };
        // Larger shapes turn faster; beyond these there would be too many angles, and the difference tells.
        let finer = if greatest <= 64.0 { (greatest / 4.0).sqrt().max(1.0) } else { 1.0 };
        let steps = STEPS.map(|step| step / finer);
        let angles = steps.map(|step| angle(step).collect::<Vec<f64>>());
        let table = |(bits, shape)| (bits, Table::new(shape, &panels, &angles, widest));
        let tables = shapes.into_iter().map(table).collect();
        let nodes = panels.panels.iter().map(|panel| panel.map(|(v, _)| v)).collect();
        Some(Self { nodes, end, steps, angles, tables })
    }

    /// Steps of sums over nodes for a gap in a world: a step takes about a nanosecond.
    pub fn steps(&self, split: &Split<'_>, world: usize) -> u64 {
        let n_angles = self.angles.iter().map(Vec::len).sum::<usize>();
        let sizes = [2 * LANES, self.nodes.len(), n_angles, split.weights[world].len()];
        sizes.into_iter().map(|size| size as u64).product()
    }

    /// The sign of a gap in a world, if all weights are gamma numbers and all scores are those of one area alone.
    /// `n_gaps` is how many gaps will be asked for: together they stay within a bound of work.
    pub fn sign(&self, split: &Split<'_>, world: usize, areas: Sides<'_>, n_gaps: usize) -> Option<Sign> {
        let is_much = self.steps(split, world).saturating_mul(n_gaps as u64) > MOST_STEPS;
        if is_much || areas.share_areas() {
            return None;
        }
        let times = times(split, world, areas)?;
        let numbers = times.values().flat_map(|times| &times.numbers);
        let mut error: f64 = numbers.map(|(spectrum, _)| spectrum.error() * LAST + spectrum.outside).sum();
        let has_density = |times: &Times<'_>| {
            times.numbers.iter().any(|(spectrum, c)| *c != 0.0 && spectrum.atom_probability() == 0.0)
        };
        if !times.values().any(has_density) {
            return None;
        }
        let ready = |(column, times): (&usize, &Times<'_>)| {
            let GammaLaw { shape, .. } = of_weight(split, Affine::bare(*column))?;
            self.ready(shape, times)
        };
        let ready: Vec<Ready<'_>> = times.iter().map(ready).collect::<Option<_>>()?;
        error += LAST * ready.iter().map(|ready| ready.table.error).sum::<f64>();
        let (coarse, _) = self.sum(0, &ready);
        let (before, rest) = self.sum(1, &ready);
        let bound = (before - coarse).abs() + rest + error;
        (bound <= ENOUGH).then_some(Sign { before: before.clamp(0.0, 1.0), tie: 0.0, bound })
    }

    fn ready(&self, shape: f64, times: &Times<'_>) -> Option<Ready<'_>> {
        let table = self.tables.get(&shape.to_bits())?;
        let certain = times.numbers.is_empty().then_some(times.constant);
        let (mut real, mut imaginary) = (Vec::new(), Vec::new());
        if certain.is_none() {
            for nodes in &self.nodes {
                let [mut re, im] = dispatch(TimesAtPanel { times, nodes });
                for re in &mut re {
                    *re -= 1.0;
                }
                real.push(re);
                imaginary.push(im);
            }
        }
        let beyond = size_of_all(times.numbers.iter().map(|(spectrum, c)| spectrum.size(c * self.end)));
        Some(Ready { table, shape, certain, real, imaginary, beyond })
    }

    /// P(X > 0) = 1/2 + the integral of Im E exp(i t X) / (pi t) over positive t, with t = a sinh(u), as a sum over the middles of equal steps of u;
    /// and how far it may be off for its end and for nodes that end.
    ///
    /// Source: Gil-Pelaez, Note on the inversion theorem, Biometrika 38 (1951); Trefethen and Weideman, The exponentially convergent
    /// trapezoidal rule, SIAM Review 56 (2014).
    fn sum(&self, step: usize, ready: &[Ready<'_>]) -> (f64, f64) {
        let (mut sum, mut off) = (0.0, 0.0);
        let (mut last_angle, mut last_size, mut end) = (0.0, 1.0, f64::INFINITY);
        for (row, &t) in self.angles[step].iter().enumerate() {
            let (mut wave, mut error) = ([1.0, 0.0], 0.0);
            for weight in ready {
                let (next, lacks) = weight.at(step, row, t);
                let size = |[re, im]: [f64; 2]| (re * re + im * im).sqrt();
                error = error * size(next) + lacks * size(wave);
                wave = product(wave, next);
            }
            let u = (row as f64 + 0.5) * self.steps[step];
            let share = self.steps[step] / PI * libm::cosh(u) / libm::sinh(u);
            sum += share * wave[1];
            off += share * error;
            let size = (wave[0] * wave[0] + wave[1] * wave[1]).sqrt() + error;
            // The size falls as a power of the angle, and ever more steeply.
            let falls = libm::log(last_size / size) / libm::log(t / last_angle);
            (last_angle, last_size) = (t, size);
            let rest = 2.0 * size / (PI * falls);
            end = if row > 0 && falls > 0.0 { rest } else { f64::INFINITY };
            if end <= REST || off > ENOUGH {
                break;
            }
        }
        (0.5 + sum, off + end)
    }
}

impl Table {
    fn new(shape: f64, panels: &Panels, angles: &[Vec<f64>; 2], widest: f64) -> Self {
        let Panels { panels, end } = panels;
        let scale = libm::lgamma(shape);
        let beyond = Gamma::new(shape, 1.0);
        let row = |&t: &f64| {
            let weight = |(v, w): (f64, f64)| {
                let x = v / t;
                w / t * libm::exp((shape - 1.0) * libm::log(x) - x - scale)
            };
            let weights = panels.iter().map(|panel| panel.map(weight)).collect();
            (weights, beyond.as_ref().map_or(1.0, |gamma| gamma.survival(*end / t)))
        };
        let rows = angles.each_ref().map(|angles| angles.iter().map(row).collect::<Vec<_>>());
        let mut table = Self { rows, error: 0.0 };
        // What is multiplied is a mean over values within the widest, for each of which the function is known.
        for share in [-1.0, -0.7, -0.3, 0.3, 0.7, 1.0] {
            let d = share * widest;
            let at_nodes = |part: usize| -> Vec<[f64; LANES]> {
                let of = |panel: &[(f64, f64); PANEL]| {
                    let mut terms = turned(&panel.map(|(v, _)| v), d);
                    terms[0].iter_mut().for_each(|re| *re -= 1.0);
                    terms[part]
                };
                panels.iter().map(of).collect()
            };
            let (real, imaginary) = (at_nodes(0), at_nodes(1));
            for (t, (weights, beyond)) in angles[0].iter().zip(&table.rows[0]) {
                if *beyond < 1e-14 {
                    let [re, im] = alone(shape, t * d);
                    let off =
                        (1.0 + dot(weights, &real) - re).abs().max((dot(weights, &imaginary) - im).abs());
                    table.error = table.error.max(2.0 * off);
                }
            }
        }
        table
    }
}

impl Ready<'_> {
    /// The characteristic function of the weight times what it is multiplied by, and how far it may be off for nodes that end.
    fn at(&self, step: usize, row: usize, t: f64) -> ([f64; 2], f64) {
        if let Some(certain) = self.certain {
            return (alone(self.shape, t * certain), 0.0);
        }
        let (weights, beyond) = &self.table.rows[step][row];
        ([1.0 + dot(weights, &self.real) - beyond, dot(weights, &self.imaginary)], beyond * self.beyond)
    }
}

/// The characteristic function of a gamma number of scale one at an angle.
fn alone(shape: f64, s: f64) -> [f64; 2] {
    let size = libm::exp(-0.5 * shape * libm::log1p(s * s));
    let angle = shape * libm::atan(s);
    [size * libm::cos(angle), size * libm::sin(angle)]
}

fn dot(weights: &[[f64; LANES]], values: &[[f64; LANES]]) -> f64 {
    dispatch(Dot { weights, values })
}

struct Dot<'a> {
    weights: &'a [[f64; LANES]],
    values: &'a [[f64; LANES]],
}

impl Kernel for Dot<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let mut sums = [0.0; LANES];
        for (weights, values) in self.weights.iter().zip(self.values) {
            for lane in 0..LANES {
                sums[lane] += weights[lane] * values[lane];
            }
        }
        sums.iter().sum()
    }
}

/// The characteristic function of what a weight is multiplied by, at a panel of nodes.
struct TimesAtPanel<'a> {
    times: &'a Times<'a>,
    nodes: &'a [f64; LANES],
}

impl Kernel for TimesAtPanel<'_> {
    type Output = Terms;

    #[inline(always)]
    fn run(self) -> Terms {
        let Self { times, nodes } = self;
        let centre = times.numbers.iter().map(|(spectrum, c)| c * spectrum.centre).sum::<f64>();
        let mut wave = turned(nodes, times.constant + centre);
        for (spectrum, c) in &times.numbers {
            let mut terms = ONE;
            spectrum.fill(*c, nodes, &mut terms);
            multiply(&mut wave, &terms);
        }
        wave
    }
}

impl Times<'_> {
    fn range(&self) -> (f64, f64) {
        let (mut low, mut high) = (self.constant, self.constant);
        for (spectrum, c) in &self.numbers {
            let ends = [spectrum.reach.0, spectrum.reach.1].map(|end| c * end);
            low += ends[0].min(ends[1]);
            high += ends[0].max(ends[1]);
        }
        (low, high)
    }
}

/// Returns what each weight is multiplied by in a gap, per unit of its scale; nothing where scores share anything, or weights are no gamma numbers.
fn times<'a>(split: &'a Split<'_>, world: usize, sides: Sides<'_>) -> Option<BTreeMap<usize, Times<'a>>> {
    let mut all: BTreeMap<usize, Times<'a>> = BTreeMap::new();
    for weight in &split.weights[world] {
        of_weight(split, *weight)?;
    }
    // The column of the weight and its coefficient.
    let place = |part: &WeightedTerm| match *part {
        WeightedTerm { weight: Weight::Factor(weight), number, factor, when: None } => {
            Some((weight.column?, number.as_exact()? * factor * of_weight(split, weight)?.scale))
        }
        _ => None,
    };
    for (areas, sign) in sides.signed() {
        for &area in areas {
            let law = &split.laws[world * split.model.n_areas() + area];
            let kept = kept(&law.discounts)?;
            let share = sign / areas.len() as f64 * kept;
            for &cell in &law.cells {
                let (CellLaw::Alone(spectrum), [part]) =
                    (&split.cells[cell].law, &split.cells[cell].parts[..])
                else {
                    return None;
                };
                let (column, c) = place(part)?;
                all.entry(column).or_default().numbers.push((spectrum, share * c));
            }
            for part in &law.parts {
                let (column, c) = place(part)?;
                all.entry(column).or_default().constant += share * c;
            }
            let floor = split.model.floor() * (1.0 - kept) * sign / areas.len() as f64;
            for weight in split.weights[world].iter().filter(|_| floor != 0.0) {
                all.entry(weight.column?).or_default().constant += floor * of_weight(split, *weight)?.scale;
            }
        }
    }
    Some(all)
}
