//! Scenarios of the whole language, made of random choices.

/// Choices that a scenario is made by; where there are no more, the first of everything.
struct Choices<'a> {
    left: std::slice::Iter<'a, u32>,
    n_areas: usize,
    n_groups: usize,
    n_factors: usize,
    has_worlds: bool,
    has_inputs: bool,
    /// True if scores have a bounded density, as single precision is for.
    is_smooth: bool,
}

impl<'a> Choices<'a> {
    /// A scenario with one area, group and factor, and `left` to choose by.
    fn new(left: &'a [u32]) -> Self {
        let left = left.iter();
        Self {
            left,
            n_areas: 1,
            n_groups: 1,
            n_factors: 1,
            has_worlds: false,
            has_inputs: false,
            is_smooth: false,
        }
    }
}

impl Choices<'_> {
    fn pick(&mut self, n: usize) -> usize {
        *self.left.next().unwrap_or(&0) as usize % n
    }

    fn is(&mut self) -> bool {
        self.pick(2) == 1
    }

    /// From 0 to 1, with a few decimals.
    fn share(&mut self) -> f64 {
        self.pick(1_000) as f64 / 1_000.0
    }

    fn number(&mut self) -> f64 {
        (self.share() * 900.0).round() / 100.0 + 0.5
    }

    /// A shape parameter from 0.05 to 50, as often small as large.
    fn shape(&mut self) -> f64 {
        (100.0 * 0.05 * 1_000_f64.powf(self.share())).ceil() / 100.0
    }

    fn list(&mut self, n: usize, mut one: impl FnMut(&mut Self, usize) -> String) -> String {
        (0..n).map(|i| one(self, i)).collect::<Vec<_>>().join(", ")
    }

    /// A distribution between 0 and 10, or above 0.
    fn dist(&mut self, depth: usize) -> String {
        let (a, b, c) = (self.number(), self.number(), self.number());
        let mut sorted = [a, b, c];
        sorted.sort_by(f64::total_cmp);
        let [min, mode, max] = sorted;
        let max = max + 0.25;
        let (alpha, beta) = (self.shape(), self.shape());
        let kinds = if depth == 0 { 23 } else { 21 };
        let kind = if self.is_smooth { 1 + self.pick(3) } else { self.pick(kinds) };
        match kind {
            0 => format!("Exact({a})"),
            1 => format!("Triangular(min: {min}, mode: {mode}, max: {max})"),
            2 => format!("Uniform(min: {min}, max: {max})"),
            3 => format!("Normal(mean: {a}, sd: {b})"),
            4 => format!("LogNormal(mu: {}, sigma: {})", a / 10.0, b / 10.0),
            5 => format!("Exponential(rate: {a})"),
            6 => format!("Pert(min: {min}, mode: {mode}, max: {max}, shape: {})", a * 3.0),
            7 => format!("Beta(alpha: {a}, beta: {b}, min: {min}, max: {max})"),
            8 => format!(
                "BetaMean(mean: {}, concentration: {b}, min: {min}, max: {max})",
                min + (max - min) * 0.3
            ),
            9 => format!("Gamma(shape: {a}, scale: {})", b / 5.0),
            10 => format!("StudentT(location: {a}, scale: {b}, df: {})", c + 2.1),
            11 => format!("LogitNormal(mu: {}, sigma: {b}, min: {min}, max: {max})", a - 4.0),
            12 => format!(
                "Interval(level: 0.8, low: {min}, high: {max}, shape: {})",
                ["Normal", "LogNormal", "Uniform"][self.pick(3)]
            ),
            13 => format!("Discrete([({a}, 0.25), ({}, 0.75)])", a + 0.5),
            14 => format!("Samples([{a}, {b}, {c}])"),
            15 => format!("Beta(alpha: {alpha}, beta: {beta}, min: {min}, max: {max})"),
            16 => format!("Pert(min: {min}, mode: {min}, max: {max})"),
            17 => format!("Gamma(shape: {alpha}, scale: {})", a / alpha),
            18 => format!("LogitNormal(mu: 0, sigma: {}, min: {min}, max: {max})", 0.5 + a / 3.0),
            19 => format!(
                "Discrete([({}, 0.5), ({}, 0.3), ({}, 0.2)])",
                a.round(),
                b.round() + 10.0,
                c.round() + 20.0
            ),
            20 => format!(
                "Interval(level: 0.9, low: {min}, high: {max}, shape: {})",
                ["Normal", "LogNormal", "Uniform"][self.pick(3)]
            ),
            21 => format!("Truncated(of: {}, min: 0.1, max: 60)", self.dist(1)),
            _ => format!("Mixture([(0.4, {}), (0.6, {})])", self.dist(1), self.dist(1)),
        }
    }

    fn by_world(&mut self, inside: impl Fn(&mut Self) -> String) -> String {
        let [x, y, z] = [0, 1, 2].map(|_| inside(self));
        let inner = if self.is() { z } else { format!("ByWorld(\"v\", {{\"m\": {z}, \"n\": {y}}})") };
        format!("ByWorld(\"w\", {{\"x\": {x}, \"y\": {y}, \"z\": {inner}}})")
    }

    fn score(&mut self) -> String {
        match self.pick(8) {
            0 | 1 if !self.is_smooth => self.number().to_string(),
            2 if self.has_worlds => self.by_world(|choices| choices.dist(0)),
            3 if self.has_inputs => "Ref(\"i\")".into(),
            4 if self.has_inputs => format!("Relative(to: \"i\", by: {})", self.dist(0)),
            _ => self.dist(0),
        }
    }

    fn weight(&mut self) -> String {
        let plain =
            |choices: &mut Self| format!("Triangular(min: 0.1, mode: {0}, max: {0})", choices.number());
        match self.pick(6) {
            0 if self.has_worlds => self.by_world(|choices| choices.number().to_string()),
            1 => plain(self),
            2 if !self.is_smooth => format!("Gamma(shape: {}, scale: 1)", self.number()),
            _ => self.number().to_string(),
        }
    }

    fn factors(&mut self, weighted: Option<bool>) -> String {
        let (n, n_areas) = (self.n_factors, self.n_areas);
        self.list(n, |choices, k| {
            let weight = match weighted {
                Some(true) => format!("weight: {},", choices.weight()),
                Some(false) => format!("weight: {},", choices.number()),
                None => String::new(),
            };
            let worth = if choices.pick(5) == 1 { "value: Linear(worst: 9, best: 1)," } else { "" };
            let raters = choices.pick(6) == 1 && !choices.is_smooth;
            let scores = choices.list(n_areas, |choices, _| {
                if raters {
                    format!("Raters([(1, {}), (3, {})])", choices.number(), choices.dist(0))
                } else {
                    choices.score()
                }
            });
            format!("(id: \"f{k}\", {weight} {worth} scores: [{scores}])")
        })
    }

    fn marker(&mut self) -> String {
        let (area, group) = (self.pick(self.n_areas), self.pick(self.n_groups));
        match self.pick(5) {
            0 => format!("Area(\"a{area}\")"),
            1 => format!("First(\"g{group}\")"),
            2 => format!("Last(\"g{group}\")"),
            3 => format!("Mean(\"g{group}\")"),
            _ => format!("Nth(1, \"g{group}\")"),
        }
    }

    fn claim(&mut self, depth: usize) -> String {
        match self.pick(if depth < 2 { 7 } else { 3 }) {
            0 | 1 => format!("Before({}, {})", self.marker(), self.marker()),
            2 => format!("InTop(k: 1, group: \"g{}\", at_least: 1)", self.pick(self.n_groups)),
            3 => format!("Not({})", self.claim(depth + 1)),
            4 => format!("All([{}, {}])", self.claim(depth + 1), self.claim(depth + 1)),
            5 => format!("Any([{}, {}])", self.claim(depth + 1), self.claim(depth + 1)),
            _ => "Most(\"g0\", \"g1\")".into(),
        }
    }

    /// Chooses how much there is of what, but for the areas, and then all of it.
    fn finish(&mut self) -> String {
        self.n_groups += self.pick(self.n_areas.min(3));
        self.n_factors += self.pick(3);
        self.has_worlds = self.is();
        self.has_inputs = self.is();
        self.scenario()
    }

    fn scenario(&mut self) -> String {
        let law = self.pick(8);
        let all = self.list(self.n_factors, |_, k| format!("\"f{k}\""));
        let (law, weighted) = match law {
            0 => ("Simplex".into(), None),
            1 => (format!("Ranked([{all}])"), None),
            2 => ("Dirichlet(concentration: 20)".into(), Some(false)),
            3 => (format!("Bounded({{\"f0\": {}}})", self.share() / 2.0), None),
            4 => (
                format!("Constrained([AtMost(\"f0\", {}), AtLeast(\"f0\", 0.01)])", 0.3 + self.share() / 2.0),
                None,
            ),
            _ => ("Independent".into(), Some(true)),
        };
        let mut rest = vec![format!("weights: {law}")];
        if self.has_worlds {
            let p = self.share();
            rest.push(format!(
                "worlds: [(id: \"w\", outcomes: [(\"x\", {}), (\"y\", Beta(alpha: 1, beta: 9)), (\"z\", Rest)]),
                          (id: \"v\", given: \"w\", outcomes: {{\"x\": [(\"m\", {p}), (\"n\", Rest)], \"y\": [(\"m\", 0.5), (\"n\", 0.5)], \"z\": [(\"m\", 1), (\"n\", 0)]}})]",
                p / 2.0
            ));
        }
        if self.has_inputs {
            rest.push(format!("inputs: [(id: \"i\", value: {})]", self.dist(0)));
        }
        let width = self.share();
        match self.pick(5) {
            0 => {}
            1 => rest.push(format!(
                "spread: (score: Triangular(half_width: {width}), weight: Triangular(relative: 0.5))"
            )),
            2 => {
                rest.push(format!(
                    "spread: (score: Pert(relative: {width}), weight: Uniform(relative: 0.2))"
                ));
            }
            3 => rest.push(format!("spread: (score: BetaMean(concentration: {}))", 1.0 + 50.0 * width)),
            _ => rest.push(format!("spread: (score: Normal(sd: {}))", width + 0.01)),
        }
        match self.pick(4) {
            0 => {
                rest.push(format!("shared_errors: (factor: {}, area: 0.3, group: -0.4)", self.share() / 2.0));
            }
            1 => rest.push(format!("correlations: [(between: [\"score.f0.*\"], rank: {})]", self.share())),
            _ => {}
        }
        if self.pick(3) == 1 {
            rest.push(format!("residual: (sd: {}, all: 0.2, group: 0.3)", 0.01 + self.share()));
        }
        if self.pick(3) == 1 {
            rest.push(format!(
                "discounts: [(id: \"d\", of: \"@g0\", by: Uniform(min: 0.1, max: {}))]",
                0.2 + self.share() / 2.0
            ));
        }
        let claims = self.pick(4);
        let claims = self
            .list(claims, |choices, c| format!("(id: \"c{c}\", text: \"C\", holds: {})", choices.claim(0)));
        rest.push(format!("claims: [{claims}]"));
        let groups = self.list(self.n_groups, |_, g| format!("(id: \"g{g}\")"));
        let n_groups = self.n_groups;
        let areas = self.list(self.n_areas, |_, i| format!("(id: \"a{i}\", group: \"g{}\")", i % n_groups));
        let factors = self.factors(weighted);
        let rest = rest.join(",\n ");
        format!(
            "Scenario(title: \"t\", scale: (min: 0, max: 10), groups: [{groups}], areas: [{areas}],\n {rest},\n factors: [{factors}])"
        )
    }
}

/// The text of a scenario; it may be refused.
pub fn made_of(choices: &[u32]) -> String {
    let mut choices = Choices::new(choices);
    choices.n_areas += choices.pick(5);
    choices.finish()
}

/// The text of a scenario of smooth scores, with two areas or more.
pub fn smooth_of(choices: &[u32]) -> String {
    let mut choices = Choices { is_smooth: true, ..Choices::new(choices) };
    choices.n_areas += 1 + choices.pick(4);
    choices.finish()
}
