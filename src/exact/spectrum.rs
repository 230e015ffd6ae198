//! The characteristic function of one number as a table: pieces of polynomials whose error is measured when they are made, an
//! envelope of its size, and how far the number reaches.

use super::form::{CharacteristicFunction, Complex};
use crate::distribution::{Dist, NODES, interpolate};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A number's characteristic function around its centre: E exp(i s (x - centre)).
#[derive(Clone, Debug)]
pub struct Spectrum {
    /// The value that angles are counted from.
    pub centre: f64,
    /// Mean and variance of the number.
    pub moments: (f64, f64),
    /// The least and the greatest value that it is taken to have.
    pub reach: (f64, f64),
    /// The probability of values beyond those.
    pub outside: f64,
    table: Arc<SpectrumTable>,
}

/// The table that numbers which differ by their centre alone have in common.
#[derive(Debug)]
struct SpectrumTable {
    form: CharacteristicFunction,
    /// A bound on how far the cells may be off.
    error: f64,
    /// Cells to a unit of s.
    density: f64,
    /// The cells that nearly all angles fall into.
    near: Cells,
    /// The cells that follow as far as the nodes do, stretch by stretch, each made when it is first asked for: most never are. There are none
    /// where the function has an end, or a closed form, which is soon worked out.
    far: Vec<OnceLock<Cells>>,
}

/// A stretch of a table.
#[derive(Debug, Default)]
struct Cells {
    /// Shape `[n_cells]`: the polynomials of the real parts, and of the imaginary parts; none of these where all are zero.
    real: Vec<[f64; 6]>,
    imaginary: Vec<[f64; 6]>,
    /// One per cell: the greatest size of the function from there to the end of the stretch.
    envelope: Vec<f64>,
}

/// Spectra that share their tables.
#[derive(Debug, Default)]
pub struct Spectra {
    /// By what they depend on beside their centre.
    known: HashMap<[u64; 3], Arc<SpectrumTable>>,
    /// Those of other families, each distribution once.
    others: Vec<(Dist, Arc<SpectrumTable>)>,
}

impl Spectra {
    /// The spectrum of a distribution.
    pub fn of(&mut self, dist: &Dist) -> Spectrum {
        let centre = centre(dist);
        let sd = dist.variance().sqrt().max(f64::MIN_POSITIVE);
        let (reach, outside) = reach(dist, sd);
        let table = || Arc::new(SpectrumTable::new(dist, centre, sd));
        let table = if let Some(shape) = shape(dist) {
            self.known.entry(shape).or_insert_with(table).clone()
        } else if let Some((_, table)) = self.others.iter().find(|(other, _)| other == dist) {
            table.clone()
        } else {
            self.others.push((dist.clone(), table()));
            self.others[self.others.len() - 1].1.clone()
        };
        Spectrum { centre, moments: (dist.mean(), dist.variance()), reach, outside, table }
    }
}

/// Returns what the table of a family depends on, to 42 digits of the binary fraction.
pub fn shape(dist: &Dist) -> Option<[u64; 3]> {
    let (low, high) = dist.support();
    let digits = |x: f64| x.to_bits().wrapping_add(512) >> 10;
    match dist {
        Dist::Triangular(d) => Some([0, digits(d.central() - low), digits(high - d.central())]),
        Dist::Uniform(_) => Some([1, digits(high - low), 0]),
        Dist::Normal(d) => Some([2, digits(d.variance()), 0]),
        _ => None,
    }
}

/// The table ends at so many over the standard deviation, or where the function is as good as zero.
const FAR: f64 = 26.0;
const MOST_CELLS: usize = 6_000;
/// Cells that are made together.
const STRETCH: usize = 64;
/// Nodes have to do for so many times as far.
const NODES_FAR: f64 = 4.0;
/// A bound on how far the polynomials may be off.
const TOLERANCE: f64 = 1e-12;
/// The size below which a function is taken for zero.
const NOTHING: f64 = 1e-17;

impl SpectrumTable {
    fn new(dist: &Dist, centre: f64, sd: f64) -> Self {
        let far = FAR / sd;
        let (form, node_error) = CharacteristicFunction::new(dist, centre, NODES_FAR * far);
        let mut density = 20.0 * sd;
        let mut error = misfit(&form, density);
        while error > TOLERANCE && far * density * 2.0 <= MOST_CELLS as f64 {
            density *= 1.5;
            error = misfit(&form, density);
        }
        let n = ((far * density).ceil() as usize).clamp(1, MOST_CELLS);
        let near = Cells::new(&form, density, 0..n);
        let end = form.far() * density;
        let ends = near.envelope.last().is_none_or(|&size| size <= NOTHING) || !end.is_finite();
        let n_far = if ends { 0 } else { (end as usize).min(MOST_CELLS).saturating_sub(near.real.len()) };
        let far = (0..n_far / STRETCH).map(|_| OnceLock::new()).collect();
        Self { form, error: error + node_error, density, near, far }
    }

    /// The stretch that holds a cell, by the number of the cell among the far ones, and the number of the first that it holds.
    fn stretch(&self, index: usize) -> Option<(&Cells, usize)> {
        let first = index / STRETCH * STRETCH;
        let start = self.near.real.len() + first;
        let make = || Cells::new(&self.form, self.density, start..start + STRETCH);
        Some((self.far.get(index / STRETCH)?.get_or_init(make), first))
    }

    /// The function at an angle, which may be beyond the near cells.
    fn at(&self, s: f64) -> Complex {
        let place = s.abs() * self.density;
        let beyond = place - self.near.real.len() as f64;
        let [re, im] = if beyond < 0.0 {
            self.near.at(place)
        } else if let Some((cells, first)) = self.stretch(beyond as usize) {
            cells.at(beyond - first as f64)
        } else if s.abs() >= self.form.far() || self.size(s) <= NOTHING {
            [0.0; 2]
        } else {
            return self.form.at(s);
        };
        [re, if s < 0.0 { -im } else { im }]
    }

    /// No less than the size of the function anywhere from `s` to the end of the near cells or of a stretch, as far as the nodes tell;
    /// beyond all cells what the family bounds it by, and at most what it is at the end of the near ones.
    #[inline(always)]
    fn size(&self, s: f64) -> f64 {
        let index = (s.abs() * self.density) as usize;
        self.near.envelope.get(index).copied().unwrap_or_else(|| self.size_beyond(index, s))
    }

    #[cold]
    #[inline(never)]
    fn size_beyond(&self, index: usize, s: f64) -> f64 {
        let near = &self.near.envelope;
        if let Some((cells, first)) = self.stretch(index - near.len()) {
            let here = cells.envelope.get(index - near.len() - first);
            return here.or(cells.envelope.last()).copied().unwrap_or(0.0);
        }
        let end = near.last().copied().unwrap_or(1.0);
        if end <= NOTHING { end } else { end.min(self.form.bound(s)) }
    }
}

impl Cells {
    /// Cells with these numbers, fewer where the function is as good as zero.
    fn new(form: &CharacteristicFunction, density: f64, numbers: Range<usize>) -> Self {
        let mut cells = Self::default();
        for first in numbers.clone().step_by(STRETCH) {
            let n = STRETCH.min(numbers.end - first);
            let at_nodes =
                NODES.map(|node| form.along((first as f64 + 0.5 + node) / density, 1.0 / density, n));
            for index in 0..n {
                let ([re, im], size) = fit(at_nodes.each_ref().map(|at| at[index]));
                cells.real.push(re);
                cells.imaginary.push(im);
                cells.envelope.push(size);
            }
            if let Some(last) = cells.envelope.last_chunk::<8>()
                && last.iter().all(|&size| size <= NOTHING)
            {
                break;
            }
        }
        for index in (1..cells.envelope.len()).rev() {
            cells.envelope[index - 1] = cells.envelope[index - 1].max(cells.envelope[index]);
        }
        if form.is_even() {
            cells.imaginary.clear();
        }
        cells
    }

    /// The function at a place, counted in cells of this stretch.
    fn at(&self, place: f64) -> Complex {
        let index = place as usize;
        let part = |cells: &[[f64; 6]]| {
            cells.get(index).map_or(0.0, |cell| horner(cell, place - index as f64 - 0.5))
        };
        [part(&self.real), part(&self.imaginary)]
    }
}

impl Spectrum {
    /// Returns true if the function is the same, each around its own centre.
    pub fn is_like(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.table, &other.table)
    }

    /// The function at some coefficient times several angles, which are positive.
    #[inline(always)]
    pub fn fill<const N: usize>(&self, c: f64, angles: &[f64; N], [re, im]: &mut [[f64; N]; 2]) {
        const ROUND: f64 = 6_755_399_441_055_744.0;
        let (table, near) = (&*self.table, &self.table.near);
        let (density, sign) = (c.abs() * table.density, if c < 0.0 { -1.0 } else { 1.0 });
        if angles[N - 1] * density >= near.real.len() as f64 {
            return self.beyond(c, angles, [re, im]);
        }
        // Which cell, and where in it from its middle: adding and taking off a power of two rounds to a whole number, which vectors
        // do faster than they convert one.
        let (mut indices, mut places) = ([0; N], [0.0; N]);
        for lane in 0..N {
            let place = angles[lane] * density - 0.5;
            let rounded = place + ROUND;
            indices[lane] = rounded.to_bits() as u32;
            places[lane] = place - (rounded - ROUND);
        }
        for lane in 0..N {
            re[lane] = horner(&near.real[indices[lane] as usize], places[lane]);
        }
        if near.imaginary.is_empty() {
            *im = [0.0; N];
            return;
        }
        for lane in 0..N {
            im[lane] = sign * horner(&near.imaginary[indices[lane] as usize], places[lane]);
        }
    }

    #[cold]
    #[inline(never)]
    fn beyond<const N: usize>(&self, c: f64, angles: &[f64; N], [re, im]: [&mut [f64; N]; 2]) {
        for lane in 0..N {
            [re[lane], im[lane]] = self.table.at(c * angles[lane]);
        }
    }

    /// Up to which angle the function can be worked out.
    pub fn far(&self) -> f64 {
        self.table.form.far()
    }

    /// Returns true if the function is real.
    #[inline(always)]
    pub fn is_even(&self) -> bool {
        self.table.near.imaginary.is_empty()
    }

    /// About the greatest size of the function from `s` on.
    #[inline(always)]
    pub fn size(&self, s: f64) -> f64 {
        self.table.size(s)
    }

    /// Returns how far the table may be off.
    pub fn error(&self) -> f64 {
        self.table.error
    }

    /// The values from the centre on with their probabilities, if there are no others.
    pub fn atoms(&self) -> Option<Vec<(f64, f64)>> {
        self.table.form.atoms()
    }

    /// Returns how much of the probability stands on single values.
    pub fn atom_probability(&self) -> f64 {
        self.table.form.atom_probability()
    }
}

/// Returns what angles are counted from: where the function then turns least.
fn centre(dist: &Dist) -> f64 {
    let (low, high) = dist.support();
    match dist {
        Dist::Triangular(_) | Dist::Uniform(_) => f64::midpoint(low, high),
        _ => dist.mean(),
    }
}

/// Returns how far a number reaches, and the probability beyond that: to the ends of its support, or to quantiles within so many
/// standard deviations, as far out as that allows.
pub fn reach(dist: &Dist, sd: f64) -> ((f64, f64), f64) {
    const WIDEST: f64 = 100.0;
    let (low, high) = dist.support();
    let wide = WIDEST * sd;
    if low.is_finite() && high.is_finite() && high - low <= wide {
        return ((low, high), 0.0);
    }
    let mut least = ((0.0, 0.0), 1.0);
    for tail in [1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4] {
        let from = if low.is_finite() && dist.mean() - low <= wide { low } else { dist.quantile(tail) };
        let to = if high.is_finite() && high - dist.mean() <= wide { high } else { upper(dist, tail) };
        least = ((from, to), dist.cdf(from.next_down()) + dist.survival(to));
        if to - from <= wide {
            break;
        }
    }
    least
}

/// The value with a probability of `tail` above it, by halves where 1 - tail has lost its digits.
fn upper(dist: &Dist, tail: f64) -> f64 {
    let (mut low, mut high) = (dist.mean(), dist.quantile(1.0 - f64::EPSILON / 2.0));
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if dist.survival(middle) > tail { low = middle } else { high = middle }
    }
    high
}

#[inline(always)]
fn horner(c: &[f64; 6], s: f64) -> f64 {
    ((((c[5] * s + c[4]) * s + c[3]) * s + c[2]) * s + c[1]) * s + c[0]
}

/// The polynomials of a cell from the function at its nodes, and its greatest size there.
fn fit(values: [Complex; NODES.len()]) -> ([[f64; 6]; 2], f64) {
    let size = values.iter().map(|[a, b]| libm::hypot(*a, *b)).fold(0.0, f64::max);
    let part = |part: usize| interpolate(values.map(|value| value[part]));
    ([part(0), part(1)], size)
}

/// Returns how far the polynomials of the first cells are off, between their nodes.
fn misfit(form: &CharacteristicFunction, density: f64) -> f64 {
    let mut off = 0.0_f64;
    for middle in [0.5, 1.5, 2.5] {
        let (cell, _) = fit(NODES.map(|node| form.at((middle + node) / density)));
        for s in [-0.46, -0.29, 0.0, 0.29, 0.46] {
            let ([a, b], [c, d]) =
                (cell.each_ref().map(|part| horner(part, s)), form.at((middle + s) / density));
            off = off.max((a - c).abs()).max((b - d).abs());
        }
    }
    off
}
