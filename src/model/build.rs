//! From a scenario to a model: every number finds its column.

use super::column::{Column, Making};
use super::grid::{rounded, worth_of};
use super::{Cell, Derived, Input, Model, Source, Term};
use crate::distribution::{Discrete, Dist, Normal};
use crate::scenario::correlation::{Correlated, correlated};
use crate::scenario::{Address, Factor, JointWorld, Resolved, Scenario, Value, ValueFunction, WeightMap};
use std::collections::HashMap;

impl Model {
    /// Lays out a scenario. Cannot fail, because a scenario exists only checked.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        Self::together(&[scenario])
    }

    /// Lays out scenarios with the same areas side by side: the joint worlds of the first, then those of the next. What
    /// they have in common is drawn once, and an input that differs is drawn at the same quantile in each.
    ///
    /// # Panics
    /// Where there are no scenarios, or their areas differ in number.
    #[must_use]
    pub fn together(scenarios: &[&Scenario]) -> Self {
        let n_areas = scenarios[0].areas().len();
        assert!(scenarios.iter().all(|scenario| scenario.areas().len() == n_areas));
        let mut builder = Builder {
            scenario: scenarios[0],
            inputs: Vec::new(),
            places: HashMap::new(),
            known: HashMap::new(),
            derived: Vec::new(),
            correlated: Vec::new(),
        };
        let mut laid_out = Vec::new();
        for scenario in scenarios {
            builder.turn_to(scenario);
            let weights = builder.law();
            let residuals = builder.residuals();
            for world in scenario.joint_worlds() {
                let terms = builder.terms(&world, weights.as_deref());
                let discounts = builder.discounts(&world);
                let floor = scenario.scale().map_or(0.0, |scale| scale.min);
                laid_out.push((world, terms, residuals.clone(), discounts, floor));
            }
        }
        let n_inputs = builder.inputs.len();
        let cell = |column: Column| column.cell(n_inputs);
        let cells = |columns: Vec<Column>| columns.into_iter().map(cell).collect::<Vec<Cell>>();
        let mut model = Self {
            n_areas,
            worlds: Vec::new(),
            terms: Vec::new(),
            residuals: Vec::new(),
            discounts: Vec::new(),
            floors: Vec::new(),
            middle: scenarios[0].scale().map_or(0.0, |scale| f64::midpoint(scale.min, scale.max)),
            densest: 0.0,
            derived: builder.derived.iter().map(|derived| derived.numbered(n_inputs)).collect(),
            inputs: builder.inputs,
        };
        for (world, terms, residuals, discounts, floor) in laid_out {
            model.floors.push(floor);
            let term = |(factor, weight, scores, value): Laid| {
                let score = |column| match (cell(column), value) {
                    (Cell::Exact(x), Some(value)) => Cell::Exact(worth_of(value, x)),
                    (cell, _) => cell,
                };
                Term { factor, weight: cell(weight), scores: scores.into_iter().map(score).collect(), value }
            };
            model.worlds.push(world);
            model.terms.push(terms.into_iter().map(term).collect());
            model.residuals.extend(cells(residuals));
            model.discounts.extend(discounts.into_iter().map(cells));
        }
        model.densest = model.densest_place();
        model
    }
}

/// A factor in one joint world: its index, its weight, its scores and what they are worth.
type Laid = (usize, Column, Vec<Column>, Option<ValueFunction>);

/// A model while it is being laid out.
struct Builder<'a> {
    scenario: &'a Scenario,
    inputs: Vec<Input>,
    /// The inputs of all scenarios so far, by address and branch.
    places: HashMap<(Address, String), Vec<usize>>,
    /// The columns of numbers that have one already, by address and branch.
    known: HashMap<(Address, String), Column>,
    derived: Vec<Making>,
    correlated: Vec<Correlated>,
}

impl<'a> Builder<'a> {
    /// Goes on with another scenario, of whose numbers none has a column yet.
    fn turn_to(&mut self, scenario: &'a Scenario) {
        self.scenario = scenario;
        self.known.clear();
        self.correlated = correlated(scenario.correlations())
            .expect("a scenario with correlations that cannot hold together is refused when it is read");
    }

    /// The factors of a world that have weight there.
    fn terms(&mut self, world: &JointWorld, weights: Option<&[Column]>) -> Vec<Laid> {
        let mut there = Vec::new();
        for (k, factor) in self.scenario.factors().iter().enumerate() {
            let weight = if let Some(weights) = weights {
                weights[k].clone()
            } else {
                let address = Address::Weight { factor: factor.id.clone() };
                self.value(world, &address, &factor.weight, None)
            };
            // A factor without weight is absent, and its scores are not drawn for it.
            if !matches!(weight, Column::Exact(0.0)) {
                there.push((k, weight, self.scores(world, factor), factor.value));
            }
        }
        there
    }

    /// The column of an input, which may be that of the same input in an earlier scenario.
    fn input(&mut self, address: &Address, branch: &str, dist: Dist, source: Source) -> usize {
        let input = Input { address: address.clone(), branch: branch.to_owned(), dist, source };
        let alike = self.places.entry((address.clone(), branch.to_owned())).or_default();
        if let Some(index) = alike.iter().find(|index| self.inputs[**index] == input) {
            return *index;
        }
        alike.push(self.inputs.len());
        self.inputs.push(input);
        self.inputs.len() - 1
    }

    fn derive(&mut self, making: Making) -> Column {
        self.derived.push(making);
        Column::Derived(self.derived.len() - 1)
    }

    /// The standard normal at an address.
    fn latent(&mut self, address: &Address) -> usize {
        let key = (address.clone(), "(normal score)".to_owned());
        if let Some(Column::Input(index)) = self.known.get(&key) {
            return *index;
        }
        let normal = Normal::new(0.0, 1.0).expect("the standard normal has proper parameters");
        let index = self.input(address, "", normal.into(), Source::Latent);
        self.known.insert(key, Column::Input(index));
        index
    }

    /// The number at an address with a distribution, its column added if it is new; `group` is that of a score.
    fn number(&mut self, address: &Address, branch: &str, dist: &Dist, place: Option<Place<'_>>) -> Column {
        if let Some(value) = dist.exact() {
            return Column::Exact(value);
        }
        let key = (address.clone(), branch.to_owned());
        if let Some(column) = self.known.get(&key) {
            return column.clone();
        }
        let source = self.source(address, place);
        let column = Column::Input(self.input(address, branch, dist.clone(), source));
        self.known.insert(key, column.clone());
        column
    }

    /// Where the uniform number of an address comes from.
    fn source(&mut self, address: &Address, place: Option<Place<'_>>) -> Source {
        let member = |group: &Correlated| group.members.iter().position(|member| member == address);
        let group = self.correlated.iter().find_map(|group| Some((group.clone(), member(group)?)));
        if let Some((Correlated { members, loadings }, i)) = group {
            let parts = members.iter().zip(&loadings[i]).filter(|(_, loading)| **loading != 0.0);
            return Source::Score(parts.map(|(member, loading)| (self.latent(member), *loading)).collect());
        }
        let causes = self.scenario.causes();
        let Some(Place { factor, area, group }) = place.filter(|_| causes.any()) else {
            return Source::Stream;
        };
        let parts = [
            (causes.factor, Address::Cause(format!("factor.{factor}"))),
            (causes.area, Address::Cause(format!("area.{area}"))),
            (causes.group, Address::Cause(format!("group.{factor}.{group}"))),
            (causes.rest(), address.clone()),
        ];
        let parts = parts.into_iter().filter(|(loading, _)| *loading != 0.0);
        Source::Score(parts.map(|(loading, address)| (self.latent(&address), loading)).collect())
    }

    /// The column of a value in a world.
    fn value(
        &mut self,
        world: &JointWorld,
        address: &Address,
        value: &Value,
        place: Option<Place<'_>>,
    ) -> Column {
        let Resolved { value, branch } = value.resolve(&world.outcomes);
        let outcome = |(world, outcome): (usize, usize)| {
            format!("[{}]", self.scenario.worlds()[world].outcomes[outcome])
        };
        let branch: String = branch.into_iter().map(outcome).collect();
        self.leaf(address, &branch, value, place)
    }

    fn leaf(&mut self, address: &Address, branch: &str, value: &Value, place: Option<Place<'_>>) -> Column {
        match value {
            Value::Central { dist, .. } | Value::Written(dist) => self.number(address, branch, dist, place),
            Value::Ref(input) => self.shared(*input),
            Value::Relative { to, by } => {
                let key = (address.clone(), format!("{branch}(sum)"));
                if let Some(column) = self.known.get(&key) {
                    return column.clone();
                }
                let parts = vec![(self.shared(*to), 1.0), (self.leaf(address, branch, by, place), 1.0)];
                let column = self.derive(Making::Sum(parts));
                self.known.insert(key, column.clone());
                column
            }
            Value::Raters(raters) => self.raters(address, branch, raters, place),
            Value::ByWorld { .. } => {
                unreachable!("a value is resolved first, and ByWorld stands in nothing else")
            }
        }
    }

    fn shared(&mut self, input: usize) -> Column {
        let input = &self.scenario.inputs()[input];
        self.number(&Address::Input(input.id.clone()), "", &input.dist, None)
    }

    fn raters(
        &mut self,
        address: &Address,
        branch: &str,
        raters: &[(f64, Value)],
        place: Option<Place<'_>>,
    ) -> Column {
        let key = (address.clone(), format!("{branch}(rater)"));
        if let Some(column) = self.known.get(&key) {
            return column.clone();
        }
        let total: f64 = raters.iter().map(|(weight, _)| weight).sum();
        let shares: Vec<(f64, f64)> =
            raters.iter().enumerate().map(|(n, (weight, _))| (n as f64, weight / total)).collect();
        let factor = place.map_or("", |place| place.factor);
        let heard = Discrete::new(&shares).expect("raters have positive weights");
        let selector = self.number(&Address::Rater(factor.to_owned()), "", &heard.into(), None);
        let mut said = raters.iter().enumerate().map(|(n, (_, value))| {
            let branch = format!("{branch}[rater {}]", n + 1);
            self.leaf(address, &branch, value, place)
        });
        let Column::Input(selector) = selector else {
            // A single rater is always heard.
            return said.next().expect("a row has at least one rater");
        };
        let options = said.collect();
        let column = self.derive(Making::Select(selector, options));
        self.known.insert(key, column.clone());
        column
    }

    fn scores(&mut self, world: &JointWorld, factor: &Factor) -> Vec<Column> {
        let scenario = self.scenario;
        let areas = scenario.areas().iter().zip(&factor.scores);
        areas
            .map(|(area, score)| {
                let address = Address::Score { factor: factor.id.clone(), area: area.id.clone() };
                let group = scenario.groups()[area.group].id.as_str();
                let place = Place { factor: &factor.id, area: &area.id, group };
                self.value(world, &address, score, Some(place))
            })
            .collect()
    }

    /// The weights that a law of all of them makes, the same in every world.
    fn law(&mut self) -> Option<Vec<Column>> {
        if let Some(weights) = self.scenario.weight_law().only_weights() {
            return Some(weights.iter().map(|weight| Column::Exact(rounded(*weight))).collect());
        }
        let weighting =
            self.scenario.weighting().expect("what a law refuses is refused when the scenario is read")?;
        let generators: Vec<Column> =
            weighting.generators.iter().map(|(address, dist)| self.number(address, "", dist, None)).collect();
        Some(match weighting.map {
            WeightMap::Each => generators,
            WeightMap::Linear(rows) => rows
                .into_iter()
                .map(|row| {
                    let parts = generators.iter().cloned().zip(row).filter(|(_, c)| *c != 0.0).collect();
                    self.derive(Making::Sum(parts))
                })
                .collect(),
            WeightMap::Polytope(corners) => {
                let Column::Input(first) = generators[1] else {
                    unreachable!("what places a weighting in its simplex is drawn")
                };
                let n_factors = self.scenario.factors().len();
                let weight = |k: usize| -> Vec<Vec<f64>> {
                    corners.iter().map(|simplex| simplex.iter().map(|vertex| vertex[k]).collect()).collect()
                };
                match generators[0] {
                    Column::Input(simplex) => (0..n_factors)
                        .map(|k| {
                            self.derive(Making::Done(Derived::Weight { simplex, first, corners: weight(k) }))
                        })
                        .collect(),
                    // A single simplex needs no choice.
                    _ => (0..n_factors)
                        .map(|k| {
                            let parts = weight(k).remove(0).into_iter().zip(&generators[1..]);
                            let parts = parts.filter(|(c, _)| *c != 0.0).map(|(c, e)| (e.clone(), c));
                            self.derive(Making::Sum(parts.collect()))
                        })
                        .collect(),
                }
            }
        })
    }

    fn residuals(&mut self) -> Vec<Column> {
        let scenario = self.scenario;
        let Some(residual) = scenario.residual() else {
            return vec![Column::Exact(0.0); scenario.areas().len()];
        };
        let rest = (1.0 - residual.all * residual.all - residual.group * residual.group).max(0.0).sqrt();
        let areas = scenario.areas().iter().map(|area| {
            let group = &scenario.groups()[area.group].id;
            let parts = [
                (residual.all, Address::Cause("residual".into())),
                (residual.group, Address::Cause(format!("residual.{group}"))),
                (rest, Address::Residual(area.id.clone())),
            ];
            let parts = parts.into_iter().filter(|(loading, _)| *loading != 0.0);
            let parts =
                parts.map(|(loading, address)| (Column::Input(self.latent(&address)), loading * residual.sd));
            let parts = parts.collect();
            self.derive(Making::Sum(parts))
        });
        areas.collect()
    }

    /// The discounts of each area in a world, without those that leave everything.
    fn discounts(&mut self, world: &JointWorld) -> Vec<Vec<Column>> {
        let scenario = self.scenario;
        let mut of = vec![Vec::new(); scenario.areas().len()];
        for discount in scenario.discounts() {
            let column = self.value(world, &Address::Discount(discount.id.clone()), &discount.by, None);
            if !matches!(column, Column::Exact(1.0)) {
                for &area in &discount.areas {
                    of[area].push(column.clone());
                }
            }
        }
        of
    }
}

/// Where a score stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    factor: &'a str,
    area: &'a str,
    group: &'a str,
}
