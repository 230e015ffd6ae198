//! Densities and distribution functions of all areas at a point, on an even grid, and from those the probabilities of ranks and of
//! claims about places: sums over the grid of a density times how many others are above.

use super::series::{LANES, Series};
use crate::kernel::{Kernel, dispatch};
use std::f64::consts::PI;

/// One number for eight points of the grid.
type Lane = [f64; LANES];

/// Working room for the densities of the areas of one joint world.
#[derive(Clone, Debug)]
pub struct Densities {
    /// Points of the grid, a multiple of the lanes.
    n: usize,
    /// Sines and cosines of the multiples of a quarter of pi over the points: shape `[4 n]`.
    turns: Vec<[f64; 2]>,
    /// Cosine and sine of one term at the points: shape `[n]` each.
    row: [Vec<f64>; 2],
    n_areas: usize,
    /// Shape `[n_areas x n]`, row-major: the probability near a point, and that of values above it.
    near: Vec<f64>,
    above: Vec<f64>,
    /// The probabilities of numbers of areas above, and those without one of them; one a number.
    counts: Vec<Lane>,
    others: Vec<Lane>,
}

/// A set of areas that is looked at from a place in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ranked {
    /// The areas.
    pub areas: Vec<usize>,
    /// From 1.
    pub k: usize,
}

impl Densities {
    /// Room for a grid of `n` points, a multiple of eight.
    pub fn new(n: usize, n_areas: usize) -> Self {
        let turn = |k: usize| {
            let angle = PI * k as f64 / (2 * n) as f64;
            [libm::cos(angle), libm::sin(angle)]
        };
        Self {
            n,
            turns: (0..4 * n).map(turn).collect(),
            row: [vec![0.0; n], vec![0.0; n]],
            n_areas,
            near: vec![0.0; n_areas * n],
            above: vec![0.0; n_areas * n],
            counts: vec![[0.0; LANES]; n_areas + 1],
            others: vec![[0.0; LANES]; n_areas],
        }
    }

    /// Works out the densities in a world from the series at a point.
    pub fn fill(&mut self, series: &Series, world: usize, n_worlds: usize) {
        dispatch(Fill { densities: self, series, world, n_worlds });
    }

    /// Adds to `ranks`, of shape `[n_areas x n_areas]`, the probabilities that exactly r areas come before area i.
    pub fn ranks(&mut self, ranks: &mut [f64]) {
        dispatch(Ranks { densities: self, ranks });
    }

    /// The probability that the one place comes before the other; they have no area in common.
    pub fn before(&mut self, one: &Ranked, other: &Ranked) -> f64 {
        dispatch(Before { densities: self, one, other })
    }
}

/// Eight values of an area.
#[inline(always)]
fn lanes(values: &[f64], n: usize, area: usize, chunk: usize) -> Lane {
    let mut lanes = [0.0; LANES];
    lanes.copy_from_slice(&values[area * n + chunk * LANES..][..LANES]);
    lanes
}

struct Fill<'a> {
    densities: &'a mut Densities,
    series: &'a Series,
    world: usize,
    n_worlds: usize,
}

impl Kernel for Fill<'_> {
    type Output = ();

    /// F(x) = 1/2 + (2/pi) sum over odd n of Im[e^{i t x} conj(phi(t))] / n, and f its slope; the grid starts half a step above the
    /// least value, and so the angles are odd multiples of one angle.
    ///
    /// Source: Gil-Pelaez, Note on the inversion theorem, Biometrika 38 (1951), discretised as by Bohmann (1970).
    #[inline(always)]
    fn run(self) {
        let Self { densities, series, world, n_worlds } = self;
        let Densities { n, turns, row: [cosines, sines], n_areas, near, above, .. } = densities;
        let (n, n_areas) = (*n, *n_areas);
        near.fill(0.0);
        above.fill(0.5);
        let n_laws = n_areas * n_worlds;
        // Faster waves than this the grid cannot tell from slower ones.
        let n_terms = (series.waves.len() / n_laws * LANES).min(n);
        for term in 0..n_terms {
            let (block, lane, number) = (term / LANES, term % LANES, 2 * term + 1);
            let waves = &series.waves[block * n_laws + world * n_areas..][..n_areas];
            // The turns go around after four times as many steps as there are points.
            let (mut place, step) = (number % (4 * n), 2 * number % (4 * n));
            for (cosine, sine) in cosines.iter_mut().zip(sines.iter_mut()) {
                [*cosine, *sine] = turns[place];
                place += step;
                place -= if place >= 4 * n { 4 * n } else { 0 };
            }
            let share = 2.0 / (PI * number as f64);
            for ((wave, near), above) in
                waves.iter().zip(near.chunks_exact_mut(n)).zip(above.chunks_exact_mut(n))
            {
                let (re, im) = (wave[0][lane] * 2.0 / n as f64, wave[1][lane] * 2.0 / n as f64);
                let (re_share, im_share) = (wave[0][lane] * share, wave[1][lane] * share);
                let rows = cosines.iter().zip(sines.iter());
                for (((cosine, sine), near), above) in rows.zip(near).zip(above) {
                    *near += cosine * re + sine * im;
                    *above -= sine * re_share - cosine * im_share;
                }
            }
        }
    }
}

struct Ranks<'a> {
    densities: &'a mut Densities,
    ranks: &'a mut [f64],
}

impl Kernel for Ranks<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { densities: Densities { n, n_areas, near, above, counts, others, .. }, ranks } = self;
        let (n, n_areas) = (*n, *n_areas);
        for chunk in 0..n / LANES {
            count(counts, (0..n_areas).map(|j| lanes(above, n, j, chunk)));
            for i in 0..n_areas {
                without(others, &counts[..=n_areas], &lanes(above, n, i, chunk));
                let near = lanes(near, n, i, chunk);
                for (rank, other) in ranks[i * n_areas..][..n_areas].iter_mut().zip(others.iter()) {
                    *rank += dot(&near, other);
                }
            }
        }
    }
}

struct Before<'a> {
    densities: &'a mut Densities,
    one: &'a Ranked,
    other: &'a Ranked,
}

impl Kernel for Before<'_> {
    type Output = f64;

    /// The other place is where one of its areas is and k - 1 of them above; the one is before it if k of its areas are above.
    #[inline(always)]
    fn run(self) -> f64 {
        let Self { densities: Densities { n, near, above, counts, others, .. }, one, other } = self;
        let n = *n;
        let mut sum = 0.0;
        for chunk in 0..n / LANES {
            count(counts, one.areas.iter().map(|&j| lanes(above, n, j, chunk)));
            let mut enough = [0.0; LANES];
            for more in &counts[one.k..=one.areas.len()] {
                (0..LANES).for_each(|lane| enough[lane] += more[lane]);
            }
            count(counts, other.areas.iter().map(|&j| lanes(above, n, j, chunk)));
            let m = other.areas.len();
            for &j in &other.areas {
                without(&mut others[..m], &counts[..=m], &lanes(above, n, j, chunk));
                let mut near = lanes(near, n, j, chunk);
                (0..LANES).for_each(|lane| near[lane] *= enough[lane]);
                sum += dot(&near, &others[other.k - 1]);
            }
        }
        sum
    }
}

/// The probabilities that so many of independent events happen.
#[inline(always)]
fn count(counts: &mut [Lane], events: impl Iterator<Item = Lane>) {
    counts[0] = [1.0; LANES];
    for (n, p) in events.enumerate() {
        counts[n + 1] = [0.0; LANES];
        for r in (0..=n).rev() {
            for lane in 0..LANES {
                counts[r + 1][lane] += counts[r][lane] * p[lane];
                counts[r][lane] *= 1.0 - p[lane];
            }
        }
    }
}

/// The same without an event of probability `p`: divided out from the end at which that is stable.
#[inline(always)]
fn without(others: &mut [Lane], counts: &[Lane], p: &Lane) {
    let n = counts.len() - 1;
    let mut up = [0.0; LANES];
    let mut inverse = [0.0; LANES];
    (0..LANES).for_each(|lane| inverse[lane] = 1.0 / (1.0 - p[lane]).max(0.5));
    for r in 0..n {
        for lane in 0..LANES {
            up[lane] = (counts[r][lane] - p[lane] * up[lane]) * inverse[lane];
        }
        others[r] = up;
    }
    let mut down = [0.0; LANES];
    (0..LANES).for_each(|lane| inverse[lane] = 1.0 / p[lane].max(0.5));
    for r in (0..n).rev() {
        for lane in 0..LANES {
            down[lane] = (counts[r + 1][lane] - (1.0 - p[lane]) * down[lane]) * inverse[lane];
            others[r][lane] = if p[lane] > 0.5 { down[lane] } else { others[r][lane] };
        }
    }
}

#[inline(always)]
fn dot(a: &Lane, b: &Lane) -> f64 {
    let mut x = [0.0; LANES];
    (0..LANES).for_each(|lane| x[lane] = a[lane] * b[lane]);
    ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]))
}
