//! The dates of all areas at one level in a block of draws, and those of the places of each group.

use super::frame::Frame;
use super::places::GroupPlaces;
use crate::batch::{Aligned, BLOCK, Batch};
use crate::model::ClockNumbers;
use crate::scenario::{Level, Marker};

/// A score for never: finite, as comparisons take the difference of two equal scores for 0.
const NEVER: f64 = f64::MIN;

/// The dates of a block at one level.
#[derive(Clone, Debug)]
pub struct LevelDates {
    pub level: Level,
    /// The dates with their signs changed, as scores whose order is that of the dates.
    pub view: Batch,
    /// Shape `[n_worlds x n_areas]`.
    areas: Vec<Aligned>,
    /// Shape `[n_worlds x n_groups]`: the dates of each group in rising order.
    groups: Vec<Vec<Aligned>>,
    n_groups: usize,
}

impl LevelDates {
    /// Room for a block.
    pub fn new(level: Level, (n_areas, n_worlds): (usize, usize), groups: &[Vec<usize>]) -> Self {
        let rows =
            (0..n_worlds).flat_map(|_| groups.iter().map(|areas| vec![Aligned::default(); areas.len()]));
        Self {
            level,
            view: Batch::new(0, n_areas, n_worlds),
            areas: vec![Aligned::default(); n_areas * n_worlds],
            groups: rows.collect(),
            n_groups: groups.len(),
        }
    }

    /// Works out the dates of a world.
    pub fn fill(
        &mut self,
        batch: &Batch,
        world: usize,
        (frame, numbers): (&Frame, &ClockNumbers),
        places: &GroupPlaces,
    ) {
        let n_areas = batch.n_areas();
        self.view.set_len(batch.len());
        for area in 0..n_areas {
            let place = world * n_areas + area;
            let dates = &mut self.areas[place];
            frame.dates(batch, (world, area), (self.level, numbers), dates);
            let view = &mut self.view.parts_mut().1[place];
            for draw in 0..BLOCK {
                view[draw] = if dates[draw] == f64::INFINITY { NEVER } else { -dates[draw] };
            }
        }
        for (group, areas) in places.members().iter().enumerate() {
            let sorted = &mut self.groups[world * self.n_groups + group];
            for (column, &area) in sorted.iter_mut().zip(areas) {
                *column = self.areas[world * n_areas + area];
            }
            GroupPlaces::sort(sorted);
        }
    }

    /// Returns the dates of a place in a world.
    pub fn of(&self, place: &Marker, world: usize) -> &Aligned {
        let group = |group: usize| &self.groups[world * self.n_groups + group];
        match *place {
            Marker::Area(area) => &self.areas[world * self.view.n_areas() + area],
            Marker::First(g) => &group(g)[0],
            Marker::Last(g) => group(g).last().expect("a group has areas"),
            Marker::Nth(k, g) => &group(g)[k - 1],
            Marker::Mean(_) => unreachable!("the reader refuses a date of a mean"),
        }
    }
}
