//! Scenarios with their models, which are laid out once.

use super::shape::Model;
use crate::scenario::Scenario;
use std::ops::Deref;
use std::sync::OnceLock;

/// A scenario that owns its model. The model is laid out at its first use.
#[derive(Clone, Debug)]
pub struct LaidOut {
    scenario: Scenario,
    model: OnceLock<Model>,
}

impl LaidOut {
    /// Returns the scenario as arrays.
    pub fn model(&self) -> &Model {
        self.model.get_or_init(|| Model::new(&self.scenario))
    }
}

impl From<Scenario> for LaidOut {
    fn from(scenario: Scenario) -> Self {
        Self { scenario, model: OnceLock::new() }
    }
}

impl Deref for LaidOut {
    type Target = Scenario;

    fn deref(&self) -> &Scenario {
        &self.scenario
    }
}

/// A scenario that a function is asked about, with its model: the model of a [`LaidOut`], or one of its own.
///
/// Functions that need a model take `impl Into<Subject>`, so that `&Scenario` will do and `&LaidOut` saves them the work.
#[derive(Debug)]
pub struct Subject<'a> {
    scenario: &'a Scenario,
    model: Held<'a>,
}

#[derive(Debug)]
enum Held<'a> {
    Shared(&'a OnceLock<Model>),
    Own(Box<OnceLock<Model>>),
}

impl<'a> Subject<'a> {
    fn cell(&self) -> &OnceLock<Model> {
        match &self.model {
            Held::Shared(model) => model,
            Held::Own(model) => model,
        }
    }

    /// Returns the scenario.
    #[must_use]
    pub fn scenario(&self) -> &'a Scenario {
        self.scenario
    }

    /// Returns the scenario as arrays.
    #[must_use]
    pub fn model(&self) -> &Model {
        self.cell().get_or_init(|| Model::new(self.scenario))
    }
}

impl Deref for Subject<'_> {
    type Target = Scenario;

    fn deref(&self) -> &Scenario {
        self.scenario
    }
}

impl<'a> From<&'a Scenario> for Subject<'a> {
    fn from(scenario: &'a Scenario) -> Self {
        Self { scenario, model: Held::Own(Box::default()) }
    }
}

impl<'a> From<&'a LaidOut> for Subject<'a> {
    fn from(laid_out: &'a LaidOut) -> Self {
        Self { scenario: &laid_out.scenario, model: Held::Shared(&laid_out.model) }
    }
}

impl<'a> From<&'a Subject<'_>> for Subject<'a> {
    fn from(subject: &'a Subject<'_>) -> Self {
        Self { scenario: subject.scenario, model: Held::Shared(subject.cell()) }
    }
}
