//! Every probability of an answer in one list, for whoever asks something of all of them.

use crate::analysis::answer::shape::{OrderSummary, Summary};
use crate::analysis::interval::Estimate;
use crate::scenario::Scenario;

/// An event of an order that has a probability.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Event {
    /// One area is strictly before another.
    Before(usize, usize),
    /// An area has so many strictly before it.
    Rank(usize, usize),
    /// A claim holds.
    Claim(usize),
    /// Between two groups, by their place in the list, so many pairs have the area of the first strictly ahead.
    Ahead(usize, usize),
}

impl OrderSummary {
    /// All probabilities, and what each is that of.
    pub fn estimates(&self) -> impl Iterator<Item = (Event, &Estimate)> {
        let before =
            table(&self.before, Event::Before).filter_map(|(event, cell)| Some((event, cell.as_ref()?)));
        let claims = self.claims.iter().enumerate();
        let ahead = self.pairs.iter().enumerate().flat_map(|(index, pairs)| {
            pairs.distribution.iter().enumerate().map(move |(n, ahead)| (Event::Ahead(index, n), ahead))
        });
        before
            .chain(table(&self.ranks, Event::Rank))
            .chain(claims.map(|(index, claim)| (Event::Claim(index), &claim.estimate)))
            .chain(ahead)
    }

    /// Iterates over the same estimates, to be changed.
    pub fn estimates_mut(&mut self) -> impl Iterator<Item = (Event, &mut Estimate)> {
        let before = table_mut(&mut self.before, Event::Before)
            .filter_map(|(event, cell)| Some((event, cell.as_mut()?)));
        let claims = self.claims.iter_mut().enumerate();
        let ahead = self.pairs.iter_mut().enumerate().flat_map(|(index, pairs)| {
            pairs.distribution.iter_mut().enumerate().map(move |(n, ahead)| (Event::Ahead(index, n), ahead))
        });
        before
            .chain(table_mut(&mut self.ranks, Event::Rank))
            .chain(claims.map(|(index, claim)| (Event::Claim(index), &mut claim.estimate)))
            .chain(ahead)
    }

    /// Returns what an event of it is, for people.
    #[must_use]
    pub fn name(&self, scenario: &Scenario, event: Event) -> String {
        let area = |i: usize| &scenario.areas()[i].name;
        match event {
            Event::Before(i, j) => format!("{} before {}", area(i), area(j)),
            Event::Rank(i, rank) => format!("rank {} of {}", rank + 1, area(i)),
            Event::Claim(index) => format!("the claim {}", self.claims[index].id),
            Event::Ahead(index, n) => {
                let pairs = &self.pairs[index];
                let [a, b] = [pairs.a, pairs.b].map(|group| &scenario.groups()[group].name);
                format!("{n} of the {} pairs having {a} before {b}", pairs.of)
            }
        }
    }
}

fn table<T>(rows: &[Vec<T>], event: fn(usize, usize) -> Event) -> impl Iterator<Item = (Event, &T)> {
    let row = move |(i, row)| <[T]>::iter(row).enumerate().map(move |(j, cell)| (event(i, j), cell));
    rows.iter().map(Vec::as_slice).enumerate().flat_map(row)
}

fn table_mut<T>(
    rows: &mut [Vec<T>],
    event: fn(usize, usize) -> Event,
) -> impl Iterator<Item = (Event, &mut T)> {
    let row = move |(i, row)| <[T]>::iter_mut(row).enumerate().map(move |(j, cell)| (event(i, j), cell));
    rows.iter_mut().map(Vec::as_mut_slice).enumerate().flat_map(row)
}

impl Summary {
    /// Every order: that over all worlds, those in each, and that without the residual.
    pub fn rankings(&self) -> impl Iterator<Item = &OrderSummary> {
        let worlds = self.worlds.iter().map(|world| &world.order);
        std::iter::once(&self.order).chain(worlds).chain(&self.without_residual)
    }

    /// Iterates over the same orders, to be changed.
    pub fn rankings_mut(&mut self) -> impl Iterator<Item = &mut OrderSummary> {
        let worlds = self.worlds.iter_mut().map(|world| &mut world.order);
        std::iter::once(&mut self.order).chain(worlds).chain(&mut self.without_residual)
    }

    /// Calls `f` with every probability and a way to name it for people.
    pub fn each_named(&self, scenario: &Scenario, f: &mut dyn FnMut(&dyn Fn() -> String, &Estimate)) {
        let mut places = vec![String::new()];
        places.extend(self.worlds.iter().map(|world| format!(" where {}", world.world.title(scenario))));
        places.push(" without the residual".into());
        for (order, place) in self.rankings().zip(&places) {
            for (event, estimate) in order.estimates() {
                f(&|| format!("{}{place}", order.name(scenario, event)), estimate);
            }
        }
        for assert in &self.asserts {
            f(&|| format!("the assert {}", assert.text), &assert.estimate);
        }
    }

    /// The largest standard error of any probability that is picked.
    pub fn largest_mcse_of(&self, pick: impl Fn(&Estimate) -> bool) -> f64 {
        let all = self.rankings().flat_map(OrderSummary::estimates).map(|(_, estimate)| estimate);
        all.filter(|estimate| pick(estimate)).map(|estimate| estimate.mcse).fold(0.0, f64::max)
    }
}
