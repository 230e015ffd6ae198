//! Quantile functions as tables, for families that have no closed form. Knows no family.
//!
//! Both tails are tabulated by their probability t up to 1/2, so that a quantile near either end is as exact as one in
//! the middle. The grid is in the bits of t: each octave is cut into eight cells, and a cell whose polynomial
//! is not close enough into sixteen, again and again. So a kink, a gap or an atom costs a few small cells, and what is
//! left of it after those is solved for exactly when it is drawn, as are probabilities below 2^-32.

use crate::kernel::{Kernel, dispatch};

/// The material of a table: one tail of a distribution.
pub trait Tail {
    /// The place that has the probability `t` beyond it, 0 < t <= 1/2, exactly. `guess` is near it, mostly.
    fn place(&self, t: f64, guess: Option<f64>) -> f64;
    /// The probability beyond a place.
    fn probability(&self, place: f64) -> f64;
}

/// The polynomials of a cell have six coefficients, from the constant term up, in s from -1/2 to 1/2 over the cell.
/// A cell that is cut has NaN and the index of the first of its sixteen parts instead; one that could not be
/// cut further, NaN and 0.
type QuinticCell = [f64; 6];

/// The probabilities from 2^-32 to 1/2 are tabulated.
const OCTAVES: u64 = 31;
/// Eight cells an octave, sixteen parts of a cell.
const CELL_BITS: u32 = 3;
const PART_BITS: u32 = 4;
/// Largest number of cuts of a cell, and of cells of a table.
const DEPTH: u32 = 3;
const MOST_CELLS: usize = 30_008;
/// Cells that are there before any is cut: a first and some last ones hold NaN, so that a key can be off by a little.
const UNCUT: usize = 256;
const EMPTY: QuinticCell = [f64::NAN, 0.0, 0.0, 0.0, 0.0, 0.0];
const MANTISSA: u32 = 52;
const ONE: u64 = 0x3ff << MANTISSA;
/// The first key: that of 2^-32. Its cell comes after the first.
const FIRST: u64 = (0x3ff - 32) << CELL_BITS;

/// Largest error of a polynomial where it is farthest from the nodes that it goes through: in the place as a
/// share of the range, and in the probability.
const TOLERANCE: f64 = 2e-10;

/// One tail as a table.
#[derive(Clone, Debug)]
pub struct QuantileTable {
    cells: Vec<QuinticCell>,
}

impl QuantileTable {
    /// Tabulates a tail; `range` is what an error in the place is measured by.
    pub fn new(tail: &impl Tail, range: f64) -> Self {
        let n = OCTAVES << CELL_BITS;
        let mut table = Self { cells: vec![EMPTY; UNCUT] };
        // From the middle outwards, each cell with the polynomial of the one before as its guess.
        let mut last = None;
        for key in (0..n).rev() {
            let low = f64::from_bits((FIRST + key) << (MANTISSA - CELL_BITS));
            let high = f64::from_bits((FIRST + key + 1) << (MANTISSA - CELL_BITS));
            last = table.fit(tail, range, (key as usize + 1, 0), (low, high), last);
        }
        table
    }

    /// Fits a cell, or cuts it; returns the piece that the cell before it can be guessed from.
    fn fit(
        &mut self,
        tail: &impl Tail,
        range: f64,
        (index, depth): (usize, u32),
        (low, high): (f64, f64),
        last: Option<QuinticPiece>,
    ) -> Option<QuinticPiece> {
        let places = NODES.map(|s| {
            let t = low + (s + 0.5) * (high - low);
            tail.place(t, last.map(|piece| piece.at(t)))
        });
        let piece = QuinticPiece { low, high, cell: interpolate(places) };
        // Between the nodes: in the middle, and near the ends, where the error of the polynomial has extrema.
        let close = [0.0, 0.45, -0.45].into_iter().all(|s| {
            let (t, guess) = (low + (s + 0.5) * (high - low), horner(&piece.cell, s));
            let place = tail.place(t, Some(guess));
            (guess - place).abs() <= TOLERANCE * range && (tail.probability(guess) - t).abs() <= TOLERANCE
        });
        if close {
            self.cells[index] = piece.cell;
            return Some(piece);
        }
        let (first, parts) = (self.cells.len(), 1 << PART_BITS);
        if depth == DEPTH || first + parts > MOST_CELLS {
            return None;
        }
        self.cells[index][1] = first as f64;
        self.cells.resize(first + parts, EMPTY);
        let width = (high - low) / parts as f64;
        let mut last = last;
        for part in (0..parts).rev() {
            let start = low + part as f64 * width;
            last = self.fit(tail, range, (first + part, depth + 1), (start, start + width), last);
        }
        last
    }

    /// The place that has the probability `t` beyond it, or nothing where it has to be solved for.
    #[inline(always)]
    pub fn place(&self, t: f64) -> Option<f64> {
        let key = (t.to_bits() >> (MANTISSA - CELL_BITS)).wrapping_sub(FIRST);
        let mut rest = t.to_bits() << (64 - MANTISSA + CELL_BITS);
        if key >= OCTAVES << CELL_BITS {
            return None;
        }
        let mut cell = &self.cells[key as usize + 1];
        while cell[0].is_nan() {
            if cell[1] == 0.0 {
                return None;
            }
            cell = &self.cells[cell[1] as usize + (rest >> (64 - PART_BITS)) as usize];
            rest <<= PART_BITS;
        }
        let s = f64::from_bits(ONE | rest >> (64 - MANTISSA)) - 1.5;
        Some(horner(cell, s))
    }
}

/// The tables of both tails, and their uncut cells once more, the way they are best looked up by columns.
#[derive(Clone, Debug)]
pub struct Tables {
    /// Below 1/2, and from 1/2 on.
    pub tails: [QuantileTable; 2],
    /// The first four coefficients of the cells, those of the upper tail after those of the lower.
    quads: Box<[[f64; 4]; 2 * UNCUT]>,
    /// The other two.
    pairs: Box<[[f64; 2]; 2 * UNCUT]>,
}

impl Tables {
    /// Puts the tables of the lower and the upper tail together.
    pub fn new(tails: [QuantileTable; 2]) -> Self {
        let (mut quads, mut pairs) = (Box::new([[0.0; 4]; 2 * UNCUT]), Box::new([[0.0; 2]; 2 * UNCUT]));
        let cells = tails.iter().flat_map(|table| &table.cells[..UNCUT]);
        for ((&[a, b, c, d, e, f], quad), pair) in cells.zip(quads.iter_mut()).zip(pairs.iter_mut()) {
            (*quad, *pair) = ([a, b, c, d], [e, f]);
        }
        Self { tails, quads, pairs }
    }

    /// Replaces each probability of a column by the quantile at it. `value` makes a value of a place and of whether it is
    /// of the upper tail; `solve` is the quantile where the tables do not simply have it.
    pub fn quantiles(
        &self,
        column: &mut [f64],
        value: impl Fn(f64, bool) -> f64,
        solve: impl Fn(f64) -> f64,
    ) {
        dispatch(Look { tables: self, column, value, solve });
    }
}

/// Quantiles that are looked up together.
const PIECE: usize = 128;

struct Look<'a, V, S> {
    tables: &'a Tables,
    column: &'a mut [f64],
    value: V,
    solve: S,
}

impl<V: Fn(f64, bool) -> f64, S: Fn(f64) -> f64> Kernel for Look<'_, V, S> {
    type Output = ();

    /// In three passes: which cell and where in it, from the bits; a copy of the cell; the polynomial. Only the second
    /// one has to go through the numbers one by one.
    #[inline(always)]
    fn run(self) {
        /// Has the key before the first.
        const LEAST: f64 = f64::from_bits((FIRST << (MANTISSA - CELL_BITS)) - 1);
        let Self { tables: Tables { quads, pairs, .. }, column, value, solve } = self;
        let (mut probabilities, mut keys, mut places) = ([0.5; PIECE], [0; PIECE], [0.0; PIECE]);
        let (mut low, mut high) = ([[0.0; 4]; PIECE], [[0.0; 2]; PIECE]);
        for piece in column.chunks_mut(PIECE) {
            probabilities[..piece.len()].copy_from_slice(piece);
            for n in 0..PIECE {
                let p = probabilities[n];
                let rest = 1.0 - p;
                let t = if p < rest { p } else { rest };
                let t = if t > LEAST { t } else { LEAST };
                let key = (t.to_bits() >> (MANTISSA - CELL_BITS)) - (FIRST - 1);
                keys[n] = if p < 0.5 { key } else { key + UNCUT as u64 };
                let rest = t.to_bits() << (64 - MANTISSA + CELL_BITS);
                places[n] = f64::from_bits(ONE | rest >> (64 - MANTISSA)) - 1.5;
            }
            for n in 0..PIECE {
                let key = keys[n] as usize % (2 * UNCUT);
                low[n] = quads[key];
                high[n] = pairs[key];
            }
            for n in 0..PIECE {
                let ([a, b, c, d], [e, f]) = (low[n], high[n]);
                places[n] = value(horner(&[a, b, c, d, e, f], places[n]), probabilities[n] >= 0.5);
            }
            // A cell that is cut or empty makes NaN, and nothing else does.
            if places.iter().fold(false, |any, x| any | x.is_nan()) {
                for (x, &p) in places.iter_mut().zip(&probabilities) {
                    if x.is_nan() {
                        *x = solve(p);
                    }
                }
            }
            piece.copy_from_slice(&places[..piece.len()]);
        }
    }
}

/// The polynomial over a stretch of probabilities.
#[derive(Clone, Copy)]
struct QuinticPiece {
    low: f64,
    high: f64,
    cell: QuinticCell,
}

impl QuinticPiece {
    /// Its value at a probability, which may lie beside the stretch.
    fn at(&self, t: f64) -> f64 {
        horner(&self.cell, (t - self.low) / (self.high - self.low) - 0.5)
    }
}

#[inline(always)]
fn horner(c: &QuinticCell, s: f64) -> f64 {
    ((((c[5] * s + c[4]) * s + c[3]) * s + c[2]) * s + c[1]) * s + c[0]
}

/// Half the extrema of the Chebyshev polynomial of degree 5, the ends among them, so that neighbours join.
pub const NODES: [f64; 6] = [
    -0.5,
    -0.404_508_497_187_473_7,
    -0.154_508_497_187_473_7,
    0.154_508_497_187_473_7,
    0.404_508_497_187_473_7,
    0.5,
];

/// The polynomial through the values at the nodes.
pub fn interpolate(values: [f64; 6]) -> [f64; 6] {
    through(NODES, values)
}

/// The polynomial that takes `values` at `nodes`, its coefficients from the constant term up: divided differences, multiplied
/// out.
pub fn through<const N: usize>(nodes: [f64; N], values: [f64; N]) -> [f64; N] {
    let mut differences = values;
    for order in 1..N {
        for i in (order..N).rev() {
            differences[i] = (differences[i] - differences[i - 1]) / (nodes[i] - nodes[i - order]);
        }
    }
    let mut coefficients = [0.0; N];
    for i in (0..N).rev() {
        // c <- c * (s - node) + difference
        for power in (1..N).rev() {
            coefficients[power] = coefficients[power - 1] - nodes[i] * coefficients[power];
        }
        coefficients[0] = differences[i] - nodes[i] * coefficients[0];
    }
    coefficients
}
