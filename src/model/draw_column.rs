//! The columns of a table of draws: every input by its address, and every overall score.

use super::laid_out::Subject;
use super::shape::Model;
use crate::batch::Batch;
use crate::scenario::Scenario;

/// A column of a table of draws.
#[derive(Clone, Debug)]
pub struct DrawColumn {
    name: String,
    origin: Origin,
}

/// Origin of the values of a column.
#[derive(Clone, Copy, Debug)]
enum Origin {
    Input(usize),
    Overall { world: usize, area: usize },
}

impl DrawColumn {
    /// Lists the columns of a scenario: the inputs by their addresses, then the overall score of each area, in each joint world where
    /// there are several.
    #[must_use]
    pub fn all<'a>(scenario: impl Into<Subject<'a>>) -> Vec<Self> {
        let scenario: &Subject<'a> = &scenario.into();
        let model = scenario.model();
        let inputs = model.inputs().iter().enumerate();
        let stated = inputs
            .filter(|(_, input)| model.stated_inputs().any(|stated| std::ptr::eq(stated, *input)))
            .map(|(index, input)| Self { name: input.to_string(), origin: Origin::Input(index) });
        let places = (0..model.worlds().len())
            .flat_map(|world| (0..model.n_areas()).map(move |area| (world, area)))
            .map(|(world, area)| Self {
                name: overall(scenario, model, world, area),
                origin: Origin::Overall { world, area },
            });
        stated.chain(places).collect()
    }

    /// Returns the name: the address of an input, or `overall.` with the id of an area, and with the outcomes of its world in brackets.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the values of the column in a block of draws.
    ///
    /// # Panics
    /// If the block does not keep its inputs.
    #[must_use]
    pub fn values<'b>(&self, batch: &'b Batch) -> &'b [f64] {
        match self.origin {
            Origin::Input(input) => batch.input(input),
            Origin::Overall { world, area } => batch.overall(world, area),
        }
    }
}

/// Returns the name of the column of an overall score.
fn overall(scenario: &Scenario, model: &Model, world: usize, area: usize) -> String {
    let id = &scenario.areas()[area].id;
    let outcomes: Vec<String> =
        model.worlds()[world].named(scenario).map(|(world, outcome)| format!("{world}={outcome}")).collect();
    if outcomes.is_empty() {
        format!("overall.{id}")
    } else {
        format!("overall.{id}[{}]", outcomes.join(","))
    }
}
