//! The model of a scenario with the numbers of its clock, which no other model draws.

use super::{Builder, Number};
use crate::model::affine::Affine;
use crate::model::clock::ClockNumbers;
use crate::model::column::ColumnRef;
use crate::model::shape::Model;
use crate::scenario::{Address, AreaField, Clock, ClockField, JointWorld, Scenario};

impl Model {
    /// Lays out scenarios side by side with the numbers of their clocks, one set per joint world; nothing if one has no clock. The numbers
    /// that any model draws are the same.
    ///
    /// # Panics
    /// If there are no scenarios, or their areas differ in number.
    #[must_use]
    pub fn dated(scenarios: &[&Scenario]) -> Option<(Self, Vec<ClockNumbers>)> {
        let mut builder = Builder::new(scenarios[0]);
        let worlds = builder.worlds(scenarios);
        let mut numbers: Vec<ClockNumbers<ColumnRef>> = Vec::new();
        for scenario in scenarios {
            let clock = scenario.clock()?;
            // The numbers that the columns so far are of are found again, whatever scenario has them.
            builder.turn_to(scenario);
            numbers.extend(scenario.joint_worlds().iter().map(|world| builder.clock(world, clock)));
        }
        let n_inputs = builder.inputs.len();
        let numbers = numbers.iter().map(|numbers| numbers.map(|column| column.index(n_inputs))).collect();
        Some((builder.finish(scenarios, worlds), numbers))
    }
}

impl Builder<'_> {
    /// The numbers of a clock in a joint world.
    fn clock(&mut self, world: &JointWorld, clock: &Clock) -> ClockNumbers<ColumnRef> {
        let single = ClockField::ALL.into_iter().map(|field| {
            let address = Address::Clock(field.path(clock.is_dated).to_owned());
            clock.value(field).map(|value| self.value(world, &address, value, None))
        });
        let single: Vec<Option<Number>> = single.collect();
        let n_areas = self.scenario.areas().len();
        let by_area = AreaField::ALL.into_iter().map(|field| {
            let number = |area: usize| match clock.areas(field).of(area) {
                Some(entry) => {
                    self.value(world, &Address::Clock(field.address(&entry.key)), &entry.value, None)
                }
                None => Affine::exact(field.default()),
            };
            (0..n_areas).map(number).collect()
        });
        let by_area = by_area.collect();
        ClockNumbers { single, by_area }
    }
}
