//! Tallies as plain numbers, in an order that is always the same: for who keeps a tally and goes on from there.

use super::events::Events;
use super::exact_sum::ExactSum;
use super::histogram::Histogram;
use super::moments::Moments;
use super::order::{GroupCount, Order};
use std::sync::Arc;

/// One number that a tally knows.
#[derive(Debug)]
pub enum Number<'a> {
    /// A count.
    Count(&'a mut u64),
    /// A sum of products of counts.
    Wide(&'a mut u128),
    /// A sum of drawn numbers.
    Sum(&'a mut ExactSum),
    /// A number that says how the others are kept, or a drawn number itself, as bits: it does not grow with the draws.
    Bits(&'a mut u64),
}

/// Shows a number as bits.
fn real_bits(x: &mut f64, visit: &mut dyn FnMut(Number<'_>)) {
    let mut bits = x.to_bits();
    visit(Number::Bits(&mut bits));
    *x = f64::from_bits(bits);
}

/// A tally that can be kept: two that are made alike and have equal numbers are equal.
pub trait State {
    /// Shows every number, to be read or replaced.
    fn for_each_number(&mut self, visit: &mut dyn FnMut(Number<'_>));
}

impl State for Events {
    fn for_each_number(&mut self, visit: &mut dyn FnMut(Number<'_>)) {
        self.counts.iter_mut().for_each(|count| visit(Number::Count(count)));
    }
}

impl State for GroupCount {
    fn for_each_number(&mut self, visit: &mut dyn FnMut(Number<'_>)) {
        self.pairs_ahead.for_each_number(visit);
        self.credits.iter_mut().chain(&mut self.products).for_each(|sum| visit(Number::Wide(sum)));
    }
}

impl State for Order {
    fn for_each_number(&mut self, visit: &mut dyn FnMut(Number<'_>)) {
        visit(Number::Count(&mut self.n));
        let Self { pairs, ranks, tied_lasts, claims, claim_ties, .. } = self;
        for events in [pairs, ranks, tied_lasts, claims, claim_ties] {
            events.for_each_number(visit);
        }
        self.groups.iter_mut().for_each(|group| group.for_each_number(visit));
    }
}

impl State for Moments {
    fn for_each_number(&mut self, visit: &mut dyn FnMut(Number<'_>)) {
        visit(Number::Count(&mut self.n));
        self.centres.iter_mut().for_each(|centre| real_bits(centre, visit));
        for sums in self.settle() {
            sums.0.iter_mut().for_each(|sum| visit(Number::Sum(sum)));
        }
    }
}

impl State for Histogram {
    fn for_each_number(&mut self, visit: &mut dyn FnMut(Number<'_>)) {
        let layouts = Arc::make_mut(&mut self.layouts);
        let before = layouts.clone();
        for layout in &mut *layouts {
            for x in [&mut layout.centre, &mut layout.width, &mut layout.median] {
                real_bits(x, visit);
            }
            let mut whole = |n: u32| {
                let mut count = u64::from(n);
                visit(Number::Bits(&mut count));
                u32::try_from(count).unwrap_or(u32::MAX)
            };
            layout.fine = whole(layout.fine);
            layout.below = whole(layout.below);
            layout.above = whole(layout.above);
            layout.repeats = whole(u32::from(layout.repeats)) != 0;
            *layout = layout.checked();
        }
        if *layouts != before {
            // Other layouts were read, so those counts come next.
            self.clear();
        }
        self.counts.iter_mut().for_each(|count| visit(Number::Count(count)));
        for (least, most) in &mut self.ends {
            real_bits(least, visit);
            real_bits(most, visit);
        }
    }
}
