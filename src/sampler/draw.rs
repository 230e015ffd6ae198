//! InputDrawer of a block: random bits through a quantile function, in single or double precision, row by row into wherever they are
//! needed.

use super::stream::{Stream, Uniforms};
use crate::batch::{BLOCK, ROW};
use crate::distribution::{
    Cells, Dist, Lookup, Octaves, PIECE, ROWS, Single, Table, Triangular, Uniform, uniform,
};
use crate::kernel::{Kernel, OnRegisters, Registers, dispatch, on_registers};
use crate::model::{InputDrawer, Put};
use crate::real::Real;

/// Numbers that inputs can be drawn in.
pub trait DrawPrecision: Real {
    /// A distribution as it is drawn.
    type Curve: std::fmt::Debug + Send + Sync;

    /// A distribution as it is drawn, with all that the first draw would have to work out. `off` is taken off each draw.
    fn curve(dist: &Dist, off: f64) -> Self::Curve;

    /// The draws of a block.
    fn draw(stream: &Stream, block: u64, curve: &Self::Curve, sink: impl Put<Self>);
}

/// The draws of a block, for whoever scores it.
#[derive(Debug)]
pub struct BlockDrawer<'a, R: DrawPrecision> {
    /// One an input.
    pub streams: &'a [Stream],
    /// One an input.
    pub curves: &'a [R::Curve],
    /// The number of the block.
    pub block: u64,
}

impl<R: DrawPrecision> InputDrawer<R> for BlockDrawer<'_, R> {
    fn draw(&mut self, input: usize, sink: impl Put<R>) {
        R::draw(&self.streams[input], self.block, &self.curves[input], sink);
    }
}

/// A distribution as it is drawn in double precision.
#[derive(Clone, Debug)]
pub struct Moved {
    dist: Dist,
    /// The number that is still to be taken off each draw.
    off: f64,
}

impl DrawPrecision for f64 {
    type Curve = Moved;

    /// A family that can be moved is: values that heap up at `off` have all their digits as distances from there.
    fn curve(dist: &Dist, off: f64) -> Moved {
        let moved = if off == 0.0 { None } else { dist.linear(1.0, -off).and_then(Result::ok) };
        let (dist, off) = moved.map_or_else(|| (dist.clone(), off), |moved| (moved, 0.0));
        dist.prepare();
        Moved { dist, off }
    }

    fn draw(stream: &Stream, block: u64, curve: &Moved, sink: impl Put<Self>) {
        match curve.dist {
            // The families whose quantile is so short that it is best worked out beside the generators.
            Dist::Triangular(curve) => dispatch(Rows { stream, block, curve, sink }),
            Dist::Uniform(curve) => dispatch(Rows { stream, block, curve, sink }),
            ref dist => {
                let mut column = [0.0; BLOCK];
                stream.fill(block, &mut column);
                dist.quantiles(&mut column);
                if curve.off != 0.0 {
                    for x in &mut column {
                        *x -= curve.off;
                    }
                }
                dispatch(Ready { column: &column, sink });
            }
        }
    }
}

impl DrawPrecision for f32 {
    type Curve = Single;

    fn curve(dist: &Dist, off: f64) -> Single {
        Single::new(dist, off)
    }

    fn draw(stream: &Stream, block: u64, curve: &Single, sink: impl Put<Self>) {
        match *curve {
            Single::Triangular(triangle) => {
                dispatch(Rows { stream, block, curve: move |bits| triangle.at(bits), sink });
            }
            Single::Uniform { min, step } => {
                let curve = move |bits| uniform((min, step), bits);
                dispatch(Rows { stream, block, curve, sink });
            }
            Single::Table { ref table, base, width } => match table {
                Table::Smooth(table) => on_registers(Smooth { stream, block, table, base, width, sink }),
                Table::Rough(table) => dispatch(Rough { stream, block, table, base, width, sink }),
            },
        }
    }
}

/// InputDrawer by a closed form.
struct Rows<'a, C, S> {
    stream: &'a Stream,
    block: u64,
    curve: C,
    sink: S,
}

impl<C: Fn(u32) -> f32, S: Put<f32>> Kernel for Rows<'_, C, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { stream, block, curve, mut sink } = self;
        let mut leading = stream.leading(block);
        for row in 0..BLOCK / ROW {
            let (bits, mut values) = (leading.next(), [0.0; ROW]);
            for lane in 0..ROW {
                values[lane] = curve(bits[lane]);
            }
            sink.put(row, values);
        }
    }
}

/// InputDrawer by a closed form in double precision.
macro_rules! rows {
    ($($family:ty),*) => {$(
        impl<S: Put<f64>> Kernel for Rows<'_, $family, S> {
            type Output = ();

            #[inline(always)]
            fn run(self) {
                let Self { stream, block, curve, mut sink } = self;
                let mut uniforms = Uniforms::new(stream, block);
                for row in 0..BLOCK / ROW {
                    let mut values = uniforms.next();
                    for value in &mut values {
                        *value = curve.quantile(*value);
                    }
                    sink.put(row, values);
                }
            }
        }
    )*};
}
rows!(Triangular, Uniform);

/// InputDrawer from a table of octaves.
struct Smooth<'a, S> {
    stream: &'a Stream,
    block: u64,
    table: &'a Octaves,
    base: f32,
    width: f32,
    sink: S,
}

impl<S: Put<f32>> OnRegisters for Smooth<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run(self, registers: impl Registers) {
        let Self { stream, block, table, base, width, mut sink } = self;
        let (mut leading, table) = (stream.leading(block), table.placed(base, width));
        for first in (0..BLOCK / ROW).step_by(ROWS) {
            table.look_up(
                registers,
                #[inline(always)]
                || leading.next(),
                #[inline(always)]
                |row, values| sink.put(first + row, values),
            );
        }
    }
}

/// InputDrawer from a table of cells.
struct Rough<'a, S> {
    stream: &'a Stream,
    block: u64,
    table: &'a Cells,
    base: f32,
    width: f32,
    sink: S,
}

impl<S: Put<f32>> Kernel for Rough<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { stream, block, table, base, width, mut sink } = self;
        let mut leading = stream.leading(block);
        let mut lookup = Lookup::default();
        for piece in 0..BLOCK / PIECE {
            for row in lookup.bits.as_chunks_mut::<ROW>().0 {
                *row = leading.next();
            }
            table.look_up(&mut lookup);
            for (row, places) in lookup.places.as_chunks::<ROW>().0.iter().enumerate() {
                let mut values = [0.0; ROW];
                for lane in 0..ROW {
                    values[lane] = base + width * places[lane];
                }
                sink.put(piece * (PIECE / ROW) + row, values);
            }
        }
    }
}

/// InputDrawer that are there already.
struct Ready<'a, S> {
    column: &'a [f64; BLOCK],
    sink: S,
}

impl<S: Put<f64>> Kernel for Ready<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { column, mut sink } = self;
        for (row, values) in column.as_chunks::<ROW>().0.iter().enumerate() {
            sink.put(row, *values);
        }
    }
}
