//! Quantile functions as tables, for families that have no closed form. Knows no family.
//!
//! Both tails are tabulated by their probability t up to 1/2, so that a quantile near either end is as exact as one in
//! the middle. The grid is in the bits of t: each octave is cut into eight cells, and a cell whose polynomial
//! is not close enough into sixteen, again and again. So a kink, a gap or an atom costs a few small cells, and what is
//! left of it after those is solved for exactly when it is drawn, as are probabilities below 2^-32.

/// What a table is made of: one tail of a distribution.
pub trait Tail {
    /// The place that has the probability `t` beyond it, 0 < t <= 1/2, exactly. `guess` is near it, mostly.
    fn place(&self, t: f64, guess: Option<f64>) -> f64;
    /// The probability beyond a place.
    fn probability(&self, place: f64) -> f64;
}

/// The polynomials of a cell have six coefficients, from the constant term up, in s from -1/2 to 1/2 over the cell.
/// A cell that is cut has NaN and the index of the first of its sixteen parts instead; one that could not be
/// cut further, NaN and 0.
type Cell = [f64; 6];

/// The probabilities from 2^-32 to 1/2 are tabulated.
const OCTAVES: u64 = 31;
/// Eight cells an octave, sixteen parts of a cell.
const CELL_BITS: u32 = 3;
const PART_BITS: u32 = 4;
/// How often a cell may be cut, and how many cells a table may have.
const DEPTH: u32 = 3;
const MOST_CELLS: usize = 30_000;
const MANTISSA: u32 = 52;
const ONE: u64 = 0x3ff << MANTISSA;
/// The first key: that of 2^-32.
const FIRST: u64 = (0x3ff - 32) << CELL_BITS;

/// How far a polynomial may be off where it is farthest from the nodes that it goes through: in the place as a
/// share of the range, and in the probability.
const TOLERANCE: f64 = 2e-10;

/// One tail as a table.
#[derive(Clone, Debug)]
pub struct Table {
    cells: Vec<Cell>,
}

impl Table {
    /// Tabulates a tail; `range` is what an error in the place is measured by.
    pub fn new(tail: &impl Tail, range: f64) -> Self {
        let n = (OCTAVES << CELL_BITS) as usize;
        let mut table = Self { cells: vec![[f64::NAN, 0.0, 0.0, 0.0, 0.0, 0.0]; n] };
        // From the middle outwards, each cell with the polynomial of the one before as its guess.
        let mut last = None;
        for key in (0..n as u64).rev() {
            let low = f64::from_bits((FIRST + key) << (MANTISSA - CELL_BITS));
            let high = f64::from_bits((FIRST + key + 1) << (MANTISSA - CELL_BITS));
            last = table.fit(tail, range, (key as usize, 0), (low, high), last);
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
        last: Option<Piece>,
    ) -> Option<Piece> {
        let places = NODES.map(|s| {
            let t = low + (s + 0.5) * (high - low);
            tail.place(t, last.map(|piece| piece.at(t)))
        });
        let piece = Piece { low, high, cell: interpolate(places) };
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
        self.cells.resize(first + parts, [f64::NAN, 0.0, 0.0, 0.0, 0.0, 0.0]);
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
        let mut cell = &self.cells[key as usize];
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

/// The polynomial over a stretch of probabilities.
#[derive(Clone, Copy)]
struct Piece {
    low: f64,
    high: f64,
    cell: Cell,
}

impl Piece {
    /// Its value at a probability, which may lie beside the stretch.
    fn at(&self, t: f64) -> f64 {
        horner(&self.cell, (t - self.low) / (self.high - self.low) - 0.5)
    }
}

#[inline(always)]
fn horner(c: &Cell, s: f64) -> f64 {
    ((((c[5] * s + c[4]) * s + c[3]) * s + c[2]) * s + c[1]) * s + c[0]
}

/// Half the extrema of the Chebyshev polynomial of degree 5, the ends among them, so that neighbours join.
const NODES: [f64; 6] = [
    -0.5,
    -0.404_508_497_187_473_7,
    -0.154_508_497_187_473_7,
    0.154_508_497_187_473_7,
    0.404_508_497_187_473_7,
    0.5,
];

/// The polynomial through the values at the nodes: divided differences, multiplied out.
fn interpolate(values: [f64; 6]) -> Cell {
    let mut differences = values;
    for order in 1..6 {
        for i in (order..6).rev() {
            differences[i] = (differences[i] - differences[i - 1]) / (NODES[i] - NODES[i - order]);
        }
    }
    let mut cell = [0.0; 6];
    for i in (0..6).rev() {
        // cell <- cell * (s - node) + difference
        for power in (1..6).rev() {
            cell[power] = cell[power - 1] - NODES[i] * cell[power];
        }
        cell[0] = differences[i] - NODES[i] * cell[0];
    }
    cell
}
