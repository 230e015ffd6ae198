//! From a scenario to a model: every number finds its column.

mod dated;
mod effects;

use super::affine::Affine;
use super::column::ColumnRef;
use super::grid::{rounded, worth_of};
use super::shape::{Derived, Input, KnownBounds, Model, Source, Term};
use crate::distribution::{Discrete, Dist, Normal};
use crate::scenario::correlation::{Correlated, correlated};
use crate::scenario::{
    Address, Factor, JointWorld, Resolved, Scenario, Value, ValueFunction, WeightMap, WeightScheme,
};
use std::collections::HashMap;

/// A number while its model is laid out.
type Number = Affine<ColumnRef>;

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
    /// If there are no scenarios, or their areas differ in number.
    #[must_use]
    pub fn together(scenarios: &[&Scenario]) -> Self {
        let mut builder = Builder::new(scenarios[0]);
        let worlds = builder.worlds(scenarios);
        builder.finish(scenarios, worlds)
    }
}

/// A joint world while its model is laid out.
struct LaidWorld {
    world: JointWorld,
    terms: Vec<Term<ColumnRef>>,
    /// Shape `[n_areas]`, and so are the discounts.
    residuals: Vec<Number>,
    discounts: Vec<Vec<Number>>,
    floor: f64,
}

/// A model while it is being laid out.
struct Builder<'a> {
    scenario: &'a Scenario,
    inputs: Vec<Input>,
    /// The inputs of all scenarios so far, by address and branch.
    places: HashMap<(Address, String), Vec<usize>>,
    /// The columns of numbers that have one already, by address and branch.
    known: HashMap<(Address, String), Number>,
    derived: Vec<Derived<ColumnRef>>,
    /// The groups of numbers that go together, and the place of each number in its group.
    correlated: Vec<Correlated>,
    member_of: HashMap<Address, (usize, usize)>,
}

impl<'a> Builder<'a> {
    fn new(scenario: &'a Scenario) -> Self {
        Self {
            scenario,
            inputs: Vec::new(),
            places: HashMap::new(),
            known: HashMap::new(),
            derived: Vec::new(),
            correlated: Vec::new(),
            member_of: HashMap::new(),
        }
    }

    /// Lays out the joint worlds of scenarios one after the other.
    fn worlds(&mut self, scenarios: &[&'a Scenario]) -> Vec<LaidWorld> {
        let n_areas = scenarios[0].areas().len();
        assert!(scenarios.iter().all(|scenario| scenario.areas().len() == n_areas));
        let mut worlds = Vec::new();
        for scenario in scenarios {
            self.turn_to(scenario);
            let weights = self.law();
            let residuals = self.residuals();
            for world in scenario.joint_worlds() {
                let terms = self.terms(&world, weights.as_deref());
                let discounts = self.discounts(&world);
                let floor = scenario.scale().map_or(0.0, |scale| scale.min);
                worlds.push(LaidWorld { world, terms, residuals: residuals.clone(), discounts, floor });
            }
        }
        worlds
    }

    /// Makes the model of what was laid out.
    fn finish(self, scenarios: &[&Scenario], worlds: Vec<LaidWorld>) -> Model {
        let n_inputs = self.inputs.len();
        let index = |column: ColumnRef| column.index(n_inputs);
        let numbers = |all: Vec<Number>| all.into_iter().map(|number| number.map(index)).collect::<Vec<_>>();
        let mut model = Model {
            n_areas: scenarios[0].areas().len(),
            worlds: Vec::new(),
            terms: Vec::new(),
            residuals: Vec::new(),
            discounts: Vec::new(),
            floors: Vec::new(),
            middle: scenarios[0].scale().map_or(0.0, |scale| f64::midpoint(scale.min, scale.max)),
            densest: 0.0,
            bounds: KnownBounds::default(),
            derived: self.derived.iter().map(|derived| derived.map(index)).collect(),
            inputs: self.inputs,
        };
        for LaidWorld { world, terms, residuals, discounts, floor } in worlds {
            model.floors.push(floor);
            model.worlds.push(world);
            model.terms.push(terms.iter().map(|term| term.map(index)).collect());
            model.residuals.extend(numbers(residuals));
            model.discounts.extend(discounts.into_iter().map(numbers));
        }
        model.densest = model.densest_place(scenarios[0].joint_worlds().len());
        model
    }

    /// Goes on with another scenario, of whose numbers none has a column yet.
    fn turn_to(&mut self, scenario: &'a Scenario) {
        self.scenario = scenario;
        self.known.clear();
        self.correlated = correlated(scenario.correlations())
            .expect("a scenario with correlations that cannot hold together is refused when it is read");
        let members = self.correlated.iter().enumerate().flat_map(|(group, correlated)| {
            correlated.members.iter().enumerate().map(move |(i, member)| (member.clone(), (group, i)))
        });
        self.member_of = members.collect();
    }

    /// The factors of a world that have weight there.
    fn terms(&mut self, world: &JointWorld, weights: Option<&[Number]>) -> Vec<Term<ColumnRef>> {
        let mut there = Vec::new();
        for (k, factor) in self.scenario.factors().iter().enumerate() {
            let weight = if let Some(weights) = weights {
                weights[k]
            } else {
                let address = Address::Weight { factor: factor.id.clone() };
                self.value(world, &address, &factor.weight, None)
            };
            // A factor without weight is absent, and its scores are not drawn for it.
            if !weight.is_exactly(0.0) {
                let scores = self.scores(world, factor);
                let scores = scores.into_iter().map(|score| worth(score, factor.value)).collect();
                there.push(Term { factor: k, weight, scores, value: factor.value });
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

    fn derive(&mut self, derived: Derived<ColumnRef>) -> Number {
        self.derived.push(derived);
        Affine::bare(ColumnRef::Derived(self.derived.len() - 1))
    }

    /// A sum of numbers times coefficients.
    fn sum(&mut self, terms: &[(Number, f64)]) -> Number {
        let constant = terms.iter().map(|(number, c)| number.as_exact().map_or(0.0, |x| c * x)).sum();
        let drawn = terms.iter().filter_map(|(number, c)| Some((number.column?, *c)));
        self.derive(Derived::Sum(drawn.collect(), constant))
    }

    /// The standard normal at an address.
    fn latent(&mut self, address: &Address) -> usize {
        let key = (address.clone(), "(normal score)".to_owned());
        if let Some(Affine { column: Some(ColumnRef::Input(index)), .. }) = self.known.get(&key) {
            return *index;
        }
        let normal = Normal::new(0.0, 1.0).expect("the standard normal has proper parameters");
        let index = self.input(address, "", normal.into(), Source::Latent);
        self.known.insert(key, Affine::bare(ColumnRef::Input(index)));
        index
    }

    /// The number at an address with a distribution, its column added if it is new; `group` is that of a score.
    fn number(&mut self, address: &Address, branch: &str, dist: &Dist, place: Option<Place<'_>>) -> Number {
        if let Some(value) = dist.exact() {
            return Affine::exact(value);
        }
        let key = (address.clone(), branch.to_owned());
        if let Some(column) = self.known.get(&key) {
            return *column;
        }
        let source = self.source(address, place);
        let column = Affine::bare(ColumnRef::Input(self.input(address, branch, dist.clone(), source)));
        self.known.insert(key, column);
        column
    }

    /// The origin of the uniform number of an address.
    fn source(&mut self, address: &Address, place: Option<Place<'_>>) -> Source {
        if let Some(&(group, i)) = self.member_of.get(address) {
            let Correlated { members, loadings } = &self.correlated[group];
            let parts = members.iter().zip(&loadings[i]).filter(|(_, loading)| **loading != 0.0);
            let parts: Vec<(Address, f64)> =
                parts.map(|(member, loading)| (member.clone(), *loading)).collect();
            return Source::Score(
                parts.into_iter().map(|(member, loading)| (self.latent(&member), loading)).collect(),
            );
        }
        let shared_errors = self.scenario.shared_errors();
        let Some(Place { factor, area, group }) = place.filter(|_| shared_errors.any()) else {
            return Source::Stream;
        };
        let parts = [
            (shared_errors.factor, Address::SharedError(format!("factor.{factor}"))),
            (shared_errors.area, Address::SharedError(format!("area.{area}"))),
            (shared_errors.group, Address::SharedError(format!("group.{factor}.{group}"))),
            (shared_errors.rest(), address.clone()),
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
    ) -> Number {
        let Resolved { value, branch } = value.resolve(&world.outcomes);
        let outcome = |(world, outcome): (usize, usize)| {
            format!("[{}]", self.scenario.worlds()[world].outcomes[outcome])
        };
        let branch: String = branch.into_iter().map(outcome).collect();
        self.leaf(address, &branch, value, place)
    }

    fn leaf(&mut self, address: &Address, branch: &str, value: &Value, place: Option<Place<'_>>) -> Number {
        match value {
            Value::Central { dist, .. } | Value::Written(dist) => self.number(address, branch, dist, place),
            Value::Ref(input) => self.shared(*input),
            Value::Relative { to, by } => {
                let key = (address.clone(), format!("{branch}(sum)"));
                if let Some(column) = self.known.get(&key) {
                    return *column;
                }
                let parts = [(self.shared(*to), 1.0), (self.leaf(address, branch, by, place), 1.0)];
                let column = self.sum(&parts);
                self.known.insert(key, column);
                column
            }
            Value::Raters(raters) => self.raters(address, branch, raters, place),
            Value::ByWorld { .. } => {
                unreachable!("a value is resolved first, and ByWorld stands in nothing else")
            }
        }
    }

    fn shared(&mut self, input: usize) -> Number {
        let input = &self.scenario.inputs()[input];
        self.number(&Address::Input(input.id.clone()), "", &input.dist, None)
    }

    fn raters(
        &mut self,
        address: &Address,
        branch: &str,
        raters: &[(f64, Value)],
        place: Option<Place<'_>>,
    ) -> Number {
        let key = (address.clone(), format!("{branch}(rater)"));
        if let Some(column) = self.known.get(&key) {
            return *column;
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
        let Some(selector) = selector.column else {
            // A single rater is always heard.
            return said.next().expect("a row has at least one rater");
        };
        let options = said.collect();
        let column = self.derive(Derived::Select(selector, options));
        self.known.insert(key, column);
        column
    }

    fn scores(&mut self, world: &JointWorld, factor: &Factor) -> Vec<Number> {
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
    fn law(&mut self) -> Option<Vec<Number>> {
        if let Some(weights) = self.scenario.weight_law().only_weights() {
            return Some(weights.iter().map(|weight| Affine::exact(rounded(*weight))).collect());
        }
        let WeightScheme { generators, map } =
            self.scenario.weighting().expect("what a law refuses is refused when the scenario is read")?;
        let generators: Vec<Number> =
            generators.iter().map(|(address, dist)| self.number(address, "", dist, None)).collect();
        Some(match map {
            WeightMap::Each => generators,
            WeightMap::Linear(rows) => rows.iter().map(|row| self.combination(&generators, row)).collect(),
            WeightMap::Polytope(corners) => self.in_polytope(&generators, &corners),
        })
    }

    /// The sum of generators times coefficients, without those that are 0.
    fn combination(&mut self, generators: &[Number], coefficients: &[f64]) -> Number {
        let parts: Vec<(Number, f64)> =
            generators.iter().copied().zip(coefficients.iter().copied()).filter(|(_, c)| *c != 0.0).collect();
        self.sum(&parts)
    }

    /// The weights in a polytope: the first generator selects a simplex, and the others place a point in it.
    fn in_polytope(&mut self, generators: &[Number], corners: &[Vec<Vec<f64>>]) -> Vec<Number> {
        let first = generators[1].column.expect("what places a weighting in its simplex is drawn");
        let weights = (0..self.scenario.factors().len()).map(|k| {
            let corners: Vec<Vec<f64>> =
                corners.iter().map(|simplex| simplex.iter().map(|vertex| vertex[k]).collect()).collect();
            match generators[0].column {
                Some(simplex) => self.derive(Derived::Weight { simplex, first, corners }),
                // A single simplex needs no choice.
                None => self.combination(&generators[1..], &corners[0]),
            }
        });
        weights.collect()
    }
}

/// The place of a score in the table.
#[derive(Clone, Copy)]
struct Place<'a> {
    factor: &'a str,
    area: &'a str,
    group: &'a str,
}

/// Returns what a score is worth.
fn worth(score: Number, value: Option<ValueFunction>) -> Number {
    match (score.as_exact(), value) {
        (_, None) => score,
        (Some(x), Some(value)) => Affine::exact(worth_of(value, x)),
        (None, Some(value)) => Affine { slope: value.slope(), offset: value.apply(0.0), ..score },
    }
}
