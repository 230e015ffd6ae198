//! Densities and distribution functions of all areas at a point, on an even grid, and from those the probabilities of ranks and of
//! claims about places: sums over the grid of a density times how many others are above.

use super::series::Series;
use super::terms::{LANES, total};
use crate::kernel::{Kernel, dispatch};
use std::f64::consts::PI;

/// One number for eight points of the grid.
type Lane = [f64; LANES];

/// Working room for the densities of the areas of one joint world.
#[derive(Clone, Debug)]
pub struct Densities {
    /// Points of the grid, over the lanes.
    chunks: usize,
    /// More terms of the series than this are left out.
    most_terms: usize,
    /// The terms of an area, folded: shape `[n / 2]` with `n` points.
    folded: Vec<[f64; 4]>,
    /// Cosines and sines of the first half of the terms at the first half of the points: shape `[n / 2 x chunks / 2]`, row-major.
    cosines: Vec<Lane>,
    sines: Vec<Lane>,
    /// Shape `[n]`: what each term of a distribution function is multiplied by.
    shares: Vec<f64>,
    n_areas: usize,
    /// Shape `[n_areas x chunks]`, row-major: the probability near a point, and that of values above it.
    near: Vec<Lane>,
    above: Vec<Lane>,
    /// The sets whose places claims are about.
    sets: Vec<Set>,
    /// The probabilities of numbers of areas above, and those without one of them; one a number.
    counts: Vec<Lane>,
    others: Vec<Lane>,
    /// Shape `[n_areas x n_areas]`: ranks, one sum a lane.
    ranks: Vec<Lane>,
}

/// The places of a set of areas: shape `[n_areas x chunks]` each, row-major.
#[derive(Clone, Debug)]
struct Set {
    areas: Vec<usize>,
    /// The probability of the k-th near a point, and that of its being above.
    near: Vec<Lane>,
    above: Vec<Lane>,
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
    /// Room for a grid of `n` points, a multiple of sixteen, for no more than so many terms, and for places in some sets of areas. Waves
    /// faster than as many terms as there are points have the grid cannot tell from slower ones.
    pub fn new(n: usize, most_terms: usize, n_areas: usize, sets: &[Vec<usize>]) -> Self {
        let (half, chunks) = (n / 2, n / LANES);
        let turn = |k: usize| {
            let angle = PI * k as f64 / (2 * n) as f64;
            [libm::cos(angle), libm::sin(angle)]
        };
        // The turns go around after four times as many steps as there are points.
        let turns: Vec<[f64; 2]> = (0..4 * n).map(turn).collect();
        let waves = |part: usize| -> Vec<Lane> {
            let wave = |place: usize| {
                let (term, chunk) = (place / (chunks / 2), place % (chunks / 2));
                let at = |lane: usize| (2 * term + 1) * (2 * (chunk * LANES + lane) + 1) % (4 * n);
                std::array::from_fn(|lane| turns[at(lane)][part])
            };
            (0..half * chunks / 2).map(wave).collect()
        };
        let none = |rows: usize| vec![[0.0; LANES]; rows * chunks];
        let set = |areas: &Vec<usize>| Set {
            areas: areas.clone(),
            near: none(areas.len()),
            above: none(areas.len()),
        };
        Self {
            chunks,
            most_terms: most_terms.min(n),
            folded: vec![[0.0; 4]; half],
            cosines: waves(0),
            sines: waves(1),
            shares: (0..n).map(|term| 2.0 / (PI * (2 * term + 1) as f64)).collect(),
            n_areas,
            near: none(n_areas),
            above: none(n_areas),
            sets: sets.iter().map(set).collect(),
            counts: vec![[0.0; LANES]; n_areas + 1],
            others: vec![[0.0; LANES]; n_areas],
            ranks: vec![[0.0; LANES]; n_areas * n_areas],
        }
    }

    /// Works out the densities in a world from the series at a point, and from those where the places of sets are.
    pub fn fill(&mut self, series: &Series, world: usize, n_worlds: usize) {
        dispatch(FillDensities { densities: self, series, world, n_worlds });
        dispatch(Places(self));
    }

    /// Adds to `ranks`, of shape `[n_areas x n_areas]`, the probabilities that exactly r areas come before area i.
    pub fn ranks(&mut self, ranks: &mut [f64]) {
        dispatch(RankFromDensities { densities: self, ranks });
    }

    /// The probability that the one place comes before the other; they have no area in common.
    pub fn before(&self, one: &Ranked, other: &Ranked) -> f64 {
        let row = |place: &Ranked| {
            let set = self.sets.iter().find(|set| set.areas == place.areas)?;
            let row = (place.k - 1) * self.chunks..place.k * self.chunks;
            Some((&set.near[row.clone()], &set.above[row]))
        };
        let (Some((_, above)), Some((near, _))) = (row(one), row(other)) else { return f64::NAN };
        let mut sum = [0.0; LANES];
        for (near, above) in near.iter().zip(above) {
            add(&mut sum, near, above);
        }
        total(&sum)
    }
}

struct FillDensities<'a> {
    densities: &'a mut Densities,
    series: &'a Series,
    world: usize,
    n_worlds: usize,
}

impl Kernel for FillDensities<'_> {
    type Output = ();

    /// F(x) = 1/2 + (2/pi) sum over odd n of Im[e^{i t x} conj(phi(t))] / n, and f its slope; the grid starts half a step above the
    /// least value, and so the angles are odd multiples of one angle. Seen from either end of the grid, and of as many terms as it has
    /// points, sines are the same and cosines the opposite: a quarter of the products is enough.
    ///
    /// Source: Gil-Pelaez, Note on the inversion theorem, Biometrika 38 (1951), discretised as by Bohmann (1970).
    #[inline(always)]
    fn run(self) {
        let Self { densities, series, world, n_worlds } = self;
        let Densities { chunks, most_terms, folded, cosines, sines, shares, n_areas, near, above, .. } =
            densities;
        let (chunks, n_areas, half) = (*chunks, *n_areas, folded.len());
        let (n, n_laws) = (2 * half, n_areas * n_worlds);
        let n_terms = (series.waves.len() / n_laws * LANES).min(*most_terms);
        for area in 0..n_areas {
            folded.fill([0.0; 4]);
            for term in 0..n_terms {
                let [re, im] = &series.waves[term / LANES * n_laws + world * n_areas + area];
                let (re, im, share) = (re[term % LANES], im[term % LANES], shares[term]);
                let (place, sign) = if term < half { (term, 1.0) } else { (n - 1 - term, -1.0) };
                let [a, b, c, d] = &mut folded[place];
                *a += sign * re;
                *b += im;
                *c += share * re;
                *d += sign * share * im;
            }
            let (near, above) = (&mut near[area * chunks..][..chunks], &mut above[area * chunks..][..chunks]);
            for chunk in 0..chunks / 2 {
                let (mut even, mut odd, mut below, mut turned) =
                    ([0.0; LANES], [0.0; LANES], [0.0; LANES], [0.0; LANES]);
                for (term, &[a, b, c, d]) in folded.iter().enumerate() {
                    let at = term * (chunks / 2) + chunk;
                    let (cosine, sine) = (cosines[at], sines[at]);
                    (0..LANES).for_each(|lane| even[lane] += a * cosine[lane]);
                    (0..LANES).for_each(|lane| odd[lane] += b * sine[lane]);
                    (0..LANES).for_each(|lane| below[lane] += c * sine[lane]);
                    (0..LANES).for_each(|lane| turned[lane] += d * cosine[lane]);
                }
                let scale = 2.0 / n as f64;
                let (here, there) = halves(&even.map(|x| scale * x), &odd.map(|x| scale * x));
                (near[chunk], near[chunks - 1 - chunk]) = (here, there);
                let (here, there) = halves(&turned, &below.map(|x| 0.5 - x));
                (above[chunk], above[chunks - 1 - chunk]) = (here, there);
            }
        }
    }
}

/// Returns what is the opposite from the other end, and what is the same, together at some points and at those that mirror them.
#[inline(always)]
fn halves(opposite: &Lane, same: &Lane) -> (Lane, Lane) {
    let (mut here, mut there) = ([0.0; LANES], [0.0; LANES]);
    for lane in 0..LANES {
        here[lane] = same[lane] + opposite[lane];
        there[LANES - 1 - lane] = same[lane] - opposite[lane];
    }
    (here, there)
}

struct RankFromDensities<'a> {
    densities: &'a mut Densities,
    ranks: &'a mut [f64],
}

impl Kernel for RankFromDensities<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Densities { chunks, n_areas, near, above, counts, others, ranks, .. } = self.densities;
        let (chunks, n_areas) = (*chunks, *n_areas);
        ranks.fill([0.0; LANES]);
        for chunk in 0..chunks {
            count(counts, (0..n_areas).map(|j| &above[j * chunks + chunk]));
            for (i, ranks) in ranks.chunks_exact_mut(n_areas).enumerate() {
                without(others, counts, &above[i * chunks + chunk]);
                for (rank, other) in ranks.iter_mut().zip(others.iter()) {
                    add(rank, &near[i * chunks + chunk], other);
                }
            }
        }
        for (sum, rank) in self.ranks.iter_mut().zip(ranks) {
            *sum += total(rank);
        }
    }
}

/// Works out where the places of sets are.
struct Places<'a>(&'a mut Densities);

impl Kernel for Places<'_> {
    type Output = ();

    /// The k-th is where one of the areas is and k - 1 of them above; it is above where k of the areas are.
    #[inline(always)]
    fn run(self) {
        let Densities { chunks, near, above, sets, counts, others, .. } = self.0;
        let chunks = *chunks;
        for set in sets {
            let m = set.areas.len();
            set.near.fill([0.0; LANES]);
            for chunk in 0..chunks {
                count(counts, set.areas.iter().map(|&j| &above[j * chunks + chunk]));
                let mut enough = [0.0; LANES];
                for k in (0..m).rev() {
                    let more = counts[k + 1];
                    (0..LANES).for_each(|lane| enough[lane] += more[lane]);
                    set.above[k * chunks + chunk] = enough;
                }
                for &j in &set.areas {
                    without(&mut others[..m], &counts[..=m], &above[j * chunks + chunk]);
                    for (k, other) in others[..m].iter().enumerate() {
                        add(&mut set.near[k * chunks + chunk], &near[j * chunks + chunk], other);
                    }
                }
            }
        }
    }
}

/// The probabilities that so many of independent events happen.
///
/// Lanes are copied here and below before they are worked with, as the compiler cannot tell that they do not overlap.
#[inline(always)]
fn count<'a>(counts: &mut [Lane], events: impl Iterator<Item = &'a Lane>) {
    counts[0] = [1.0; LANES];
    for (n, p) in events.enumerate() {
        let (p, mut last) = (*p, [0.0; LANES]);
        for r in (0..=n).rev() {
            let less = counts[r];
            let mut more = last;
            for lane in 0..LANES {
                more[lane] += less[lane] * p[lane];
                last[lane] = less[lane] * (1.0 - p[lane]);
            }
            counts[r + 1] = more;
        }
        counts[0] = last;
    }
}

/// Works out the probabilities without an event of probability `p`: divided out from the end at which that is stable.
#[inline(always)]
fn without(others: &mut [Lane], counts: &[Lane], p: &Lane) {
    let (n, p) = (others.len(), *p);
    let (mut inverse, mut ratio, mut last) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
    for lane in 0..LANES {
        let less = if p[lane] > 0.5 { 1.0 - p[lane] } else { p[lane] };
        inverse[lane] = 1.0 / (1.0 - less);
        ratio[lane] = less * inverse[lane];
    }
    for r in 0..n {
        let (mut count, _) = ordered(&p, counts[r], counts[n - r]);
        for lane in 0..LANES {
            count[lane] = count[lane] * inverse[lane] - ratio[lane] * last[lane];
        }
        (others[r], last) = (count, count);
    }
    for r in 0..n / 2 {
        (others[r], others[n - 1 - r]) = ordered(&p, others[r], others[n - 1 - r]);
    }
}

/// Changes two numbers with each other where the event is the more probable case.
#[inline(always)]
fn ordered(p: &Lane, mut one: Lane, mut other: Lane) -> (Lane, Lane) {
    for lane in 0..LANES {
        let (a, b) = (one[lane], other[lane]);
        one[lane] = if p[lane] > 0.5 { b } else { a };
        other[lane] = if p[lane] > 0.5 { a } else { b };
    }
    (one, other)
}

/// Adds a product.
#[inline(always)]
fn add(sum: &mut Lane, a: &Lane, b: &Lane) {
    let (mut x, a, b) = (*sum, *a, *b);
    for lane in 0..LANES {
        x[lane] += a[lane] * b[lane];
    }
    *sum = x;
}
