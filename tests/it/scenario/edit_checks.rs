//! Random edits of every kind, made in two ways that have to agree to the bit, in what they refuse as well: on the checked scenario, where what
//! is touched is checked, and by reading the whole scenario again after each.

use crate::support::random::made_of;
use crate::support::*;
use headstart::Scenario;
use headstart::scenario::{EditError, FoundFile};
use rand::{Rng, SeedableRng};
use rand_xoshiro::SplitMix64;
use std::collections::BTreeMap;

/// Random choices of edits of a scenario.
struct Choices<'s> {
    bits: SplitMix64,
    scenario: &'s Scenario,
}

impl Choices<'_> {
    fn pick(&mut self, n: usize) -> usize {
        (self.bits.next_u64() % n as u64) as usize
    }

    fn one(&mut self, of: &[&str]) -> String {
        of[self.pick(of.len())].to_owned()
    }

    /// An id, several, all, or one that nothing has.
    fn pattern(&mut self, ids: &[&str]) -> String {
        match self.pick(12) {
            0 | 1 => "*".into(),
            2 if !ids.is_empty() => format!("{{{}, {}}}", self.one(ids), self.one(ids)),
            3 => "nobody".into(),
            _ if ids.is_empty() => "nobody".into(),
            _ => self.one(ids),
        }
    }

    fn factors(&mut self) -> String {
        let ids: Vec<&str> = self.scenario.factors().iter().map(|factor| factor.id.as_str()).collect();
        self.pattern(&ids)
    }

    fn areas(&mut self) -> String {
        let groups = self.scenario.groups();
        if self.pick(5) == 0 {
            let group = self.pick(groups.len());
            return format!("@{}", groups[group].id);
        }
        let ids: Vec<&str> = self.scenario.areas().iter().map(|area| area.id.as_str()).collect();
        self.pattern(&ids)
    }

    /// The branches of an address: mostly none.
    fn branch(&mut self) -> String {
        let worlds = self.scenario.worlds();
        if worlds.is_empty() || self.pick(4) > 0 {
            return String::new();
        }
        let n = 1 + self.pick(2);
        let branch = |choices: &mut Self| {
            let world = choices.pick(worlds.len());
            let outcomes: Vec<&str> = worlds[world].outcomes.iter().map(String::as_str).collect();
            format!("[{}]", choices.one(&outcomes))
        };
        (0..n).map(|_| branch(self)).collect()
    }

    fn number(&mut self) -> String {
        const ODD: [&str; 12] =
            ["0", "-0", "-1", "1e300", "1e-300", "1e101", "3e-101", "inf", "x", "11", "0.1", "1e200"];
        match self.pick(5) {
            0 => self.one(&ODD),
            1 => (self.pick(400) as f64 / 100.0 - 2.0).to_string(),
            2 => (self.pick(1_000) as f64 / 1_000.0).to_string(),
            _ => (self.pick(900) as f64 / 100.0 + 0.5).to_string(),
        }
    }

    fn value(&mut self) -> String {
        const DISTS: [&str; 19] = [
            "Exact(4)",
            "Exact(0)",
            "Exact(-3)",
            "Triangular(min: 1, mode: 2, max: 4)",
            "Normal(mean: 5, sd: 2)",
            "Uniform(min: 0, max: 1)",
            "Uniform(min: -1, max: 12)",
            "Gamma(shape: 2, scale: 1)",
            "LogNormal(mu: 0.1, sigma: 0.3)",
            "BetaMean(mean: 0.25, concentration: 8)",
            "Beta(alpha: 2, beta: 3)",
            "Quantiles(points: [(0.1, 3), (0.5, 5), (0.9, 8)])",
            "Discrete([(0, 0.25), (2, 0.75)])",
            "Discrete([(0.5, 1)])",
            "Samples([3, 1, 2])",
            "Truncated(of: Normal(mean: 0.5, sd: 1), min: 0, max: 1)",
            "Mixture([(0.4, Exact(0.5)), (0.6, Uniform(min: 0.25, max: 0.75))])",
            "Raters([(1, 2), (3, Exact(4))])",
            "Raters([(2, 2), (3, 4)])",
        ];
        let worlds = self.scenario.worlds();
        let inputs = self.scenario.inputs();
        match self.pick(9) {
            0 | 1 => self.one(&DISTS),
            2 if !worlds.is_empty() => {
                let world = self.pick(worlds.len());
                let branch = |outcome: &String| {
                    let value = if self.pick(2) == 0 { self.number() } else { self.one(&DISTS) };
                    format!("\"{outcome}\": {value}")
                };
                let branches: Vec<String> = worlds[world].outcomes.iter().map(branch).collect();
                format!("ByWorld(\"{}\", {{{}}})", worlds[world].id, branches.join(", "))
            }
            3 if !inputs.is_empty() => {
                let input = self.pick(inputs.len());
                format!("Ref(\"{}\")", inputs[input].id)
            }
            4 if !inputs.is_empty() => {
                let input = self.pick(inputs.len());
                format!("Relative(to: \"{}\", by: {})", inputs[input].id, self.number())
            }
            _ => self.number(),
        }
    }

    fn edit(&mut self) -> String {
        let operator = self.one(&["=", "+=", "*=", "*="]);
        let value = if operator == "=" || self.pick(6) == 0 { self.value() } else { self.number() };
        let ids = |ids: Vec<&str>, choices: &mut Self| choices.pattern(&ids);
        let address = match self.pick(16) {
            0..=3 => format!("weight.{}{}", self.factors(), self.branch()),
            4..=8 => format!("score.{}.{}{}", self.factors(), self.areas(), self.branch()),
            9 => {
                let inputs = self.scenario.inputs().iter().map(|input| input.id.as_str()).collect();
                format!("input.{}", ids(inputs, self))
            }
            10 => {
                let discounts = self.scenario.discounts().iter().map(|d| d.id.as_str()).collect();
                format!("discount.{}{}", ids(discounts, self), self.branch())
            }
            11 if !self.scenario.worlds().is_empty() => {
                let n = self.pick(self.scenario.worlds().len());
                let world = &self.scenario.worlds()[n];
                let outcome = ids(world.outcomes.iter().map(String::as_str).collect(), self);
                let branch = if world.given.is_some() { self.branch() } else { String::new() };
                format!("world.{}.{outcome}{branch}", world.id)
            }
            12 => return format!("residual {operator} {}", self.number()),
            13 => {
                let of = self.one(&["score", "weight"]);
                let spread = match self.pick(4) {
                    0 => format!("Triangular(relative: {})", self.number()),
                    1 => format!("Normal(sd: {})", self.number()),
                    2 => format!("Uniform(half_width: {})", self.number()),
                    _ => format!("BetaMean(concentration: {})", self.number()),
                };
                let value = if operator == "=" { spread } else { self.number() };
                return format!("spread.{of} {operator} {value}");
            }
            14 => {
                let group = self.pick(self.scenario.groups().len());
                return format!("group.{} = {}", self.areas(), self.scenario.groups()[group].id);
            }
            _ => return format!("drop {}", self.factors()),
        };
        format!("{address} {operator} {value}")
    }
}

/// Makes the same random edits in both ways; counts those that were made, and those that were refused by their reason's first words.
fn agree(scenario: &Scenario, seed: u64, n: usize, counts: &mut BTreeMap<String, usize>) {
    let mut choices = Choices { bits: SplitMix64::seed_from_u64(seed), scenario };
    for _ in 0..n {
        let edits: Vec<String> = (0..=choices.pick(3)).map(|_| choices.edit()).collect();
        let [direct, read] = [scenario.with_edits(&edits), scenario.with_edits_read_again(&edits)];
        let kind = match (&direct, &read) {
            (Ok(direct), Ok(read)) => {
                assert_eq!(
                    direct.scenario.to_ron(),
                    read.scenario.to_ron(),
                    "{edits:#?}\n{}",
                    scenario.to_ron()
                );
                assert!(direct == read, "{edits:#?}\n{direct:#?}\n{read:#?}");
                "made".to_owned()
            }
            (Err(direct), Err(read)) => {
                assert_eq!(direct, read, "{}", scenario.to_ron());
                let why = direct.reason.to_string();
                why.split([' ', '`']).take(3).collect::<Vec<_>>().join(" ")
            }
            _ => panic!(
                "{edits:#?}: {:?} and read again {:?}\n{}",
                direct.map(|edited| edited.scenario.to_ron()),
                read.map(|edited| edited.scenario.to_ron()),
                scenario.to_ron()
            ),
        };
        *counts.entry(kind).or_default() += 1;
    }
}

#[test]
fn edits_of_shipped_scenarios_are_those_that_reading_makes() {
    let mut counts = BTreeMap::new();
    for (seed, name) in library().iter().enumerate() {
        let path = format!("scenarios/{name}.ron");
        let files = |path: &str, _: &std::path::Path| {
            Ok(FoundFile { path: path.into(), text: read(&format!("scenarios/{path}")) })
        };
        let scenario = Scenario::load(&path, &read(&path), &files).unwrap();
        agree(&scenario, seed as u64, 40, &mut counts);
        agree(
            &scenario.bare().with_claim("ai_control before post_training").unwrap_or(scenario),
            99,
            10,
            &mut counts,
        );
    }
    println!("{counts:#?}");
    assert!(counts["made"] > 100, "{counts:?}");
}

#[test]
fn edits_of_random_scenarios_are_those_that_reading_makes() {
    let mut counts = BTreeMap::new();
    for seed in 0..200 {
        let mut bits = SplitMix64::seed_from_u64(seed);
        let choices: Vec<u32> = (0..400).map(|_| bits.next_u32()).collect();
        if let Ok(scenario) = Scenario::from_ron("random.ron", &made_of(&choices)) {
            agree(&scenario, seed, 12, &mut counts);
        }
    }
    println!("{counts:#?}");
    assert!(counts["made"] > 250 && counts.len() > 20, "{counts:?}");
}

/// All that refers to something else: levers, correlations, shared inputs as weights, raters, preferences between areas.
#[test]
fn edits_of_what_refers_to_others_are_those_that_reading_makes() {
    let with = |weights: &str, [a, b, c]: [&str; 3], more: &str| {
        parse(&format!(
            "Scenario(title: \"t\", scale: (min: 0, max: 10), groups: [(id: \"g\"), (id: \"h\")],
             areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"g\"), (id: \"z\", group: \"h\")],
             worlds: [(id: \"w\", outcomes: [(\"p\", 0.3), (\"q\", Rest)]),
                      (id: \"v\", given: \"w\", outcomes: {{\"p\": [(\"m\", 0.2), (\"n\", 0.8)], \"q\": [(\"m\", Beta(alpha: 1, beta: 3)), (\"n\", Rest)]}})],
             inputs: [(id: \"i\", value: Uniform(min: 0.25, max: 0.75)), (id: \"j\", value: Exact(0.5))],
             spread: (score: Triangular(half_width: 1.5), weight: Triangular(relative: 0.5)), weights: {weights},
             discounts: [(id: \"d\", of: \"@g\", by: ByWorld(\"w\", {{\"p\": Ref(\"i\"), \"q\": 0.5}}))],
             factors: [
                (id: \"a\", {a} scores: [Quantiles(points: [(0.1, 3), (0.5, 5), (0.9, 8)]), ByWorld(\"v\", {{\"m\": 3, \"n\": Exact(5)}}), 4]),
                (id: \"b\", {b} scores: [Raters([(1, 3), (2, Normal(mean: 4, sd: 1))]), Raters([(1, 5), (2, 6)]), Ref(\"i\")]),
                (id: \"c\", {c} value: Linear(worst: 100, best: 20), scores: [30, Relative(to: \"i\", by: 40), Normal(mean: 60, sd: 5)]),
             ],
             claims: [(id: \"n\", text: \"N\", before: (Nth(2, \"g\"), First(\"h\"))), (id: \"t\", text: \"T\", holds: InTop(k: 2, group: \"g\", at_least: 2))],
             levers: [(id: \"l\", edits: [\"score.a.x += 1\", \"score.a.* *= 0.9\"], spillover: [\"world.v.m[q] = 0.5\"]), (id: \"k\", edits: [\"score.a.@h *= 1.1\"])],
             asserts: [\"P(x before y) > 0.1\", \"P(n) < 0.9\"], {more})"
        ))
    };
    let own = ["weight: Ref(\"i\"),", "weight: ByWorld(\"w\", {\"p\": 0, \"q\": Ref(\"j\")}),", "weight: 2,"];
    let stated = ["weight: 1,", "weight: 2,", "weight: 5,"];
    let correlated = "correlations: [(between: [\"score.a.*\", \"weight.c\"], rank: 0.3), (between: [\"score.c.x\", \"input.i\"], normal: -0.5)]";
    let prefer = "Constrained([Prefer(\"x\", \"y\"), AtLeast(\"b\", 0.1), Ratio(of: \"a\", to: \"c\", min: 0.5, max: 2)])";
    let mut counts = BTreeMap::new();
    for (seed, scenario) in [
        with("Independent", own, correlated),
        with("Independent", own, "residual: (sd: 0.5, group: 0.25), shared_errors: (factor: 0.2)"),
        with("Dirichlet(concentration: 20)", stated, ""),
        with("Simplex", [""; 3], "allow: [\"L001\"]"),
        with("Bounded({\"a\": 0.2})", [""; 3], ""),
        with("Ranked([\"c\", \"a\"])", [""; 3], ""),
        with(prefer, [""; 3], ""),
    ]
    .iter()
    .enumerate()
    {
        agree(scenario, seed as u64, 150, &mut counts);
        let bare = scenario.bare().with_claim("Before(Area(\"z\"), Area(\"x\"))").unwrap();
        agree(&bare, 10 + seed as u64, 50, &mut counts);
    }
    println!("{counts:#?}");
    assert!(counts["made"] > 150 && counts.len() > 40, "{counts:?}");
}

/// Lists that are too long together, inputs that are too many, and values that stand in each other too deeply.
#[test]
fn edits_beyond_the_limits_are_those_that_reading_refuses() {
    let table = |n: usize, worlds: &str| {
        let areas: Vec<String> = (0..n).map(|i| format!("(id: \"a{i}\", group: \"g\")")).collect();
        let scores = vec!["1"; n].join(", ");
        let factor = |k: usize| format!("(id: \"f{k}\", weight: 1, scores: [{scores}])");
        parse(&format!(
            "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [{}], factors: [{}, {}], worlds: [{worlds}])",
            areas.join(", "),
            factor(0),
            factor(1)
        ))
    };
    let scenario = table(60, "");
    let both = |base: &Scenario, edit: &str| -> Result<Scenario, EditError> {
        let [direct, read] = [base.with_edits(&[edit]), base.with_edits_read_again(&[edit])];
        assert!(direct == read, "{:.300?}", direct.err());
        direct.map(|edited| edited.scenario)
    };
    let samples = format!("Samples([{}])", vec!["1"; 1_800].join(","));
    let half = scenario.with_edits(&[format!("score.f0.* = {samples}")]).unwrap().scenario;
    let why = both(&half, &format!("score.f1.* = {samples}")).unwrap_err().to_string();
    assert!(why.contains("all lists together have more than the 200000 values"), "{why:.300}");
    let mut stacked = scenario.clone();
    for n in 0.. {
        match both(&stacked, "score.f0.a0 += Normal(mean: 0, sd: 1)") {
            Ok(deeper) => stacked = deeper,
            Err(why) => {
                let why = why.to_string();
                assert!(n > 30 && why.contains("nested too deeply"), "{n}: {why}");
                break;
            }
        }
    }
    let inputs: Vec<String> = (0..200).map(|i| format!("(id: \"i{i}\", value: Exact({i}))")).collect();
    let many = parse(
        &scenario.to_ron().replace("spread: (", &format!("inputs: [{}], spread: (", inputs.join(", "))),
    );
    let why = both(&many, "score.f0.a0 += Normal(mean: 0, sd: 1)").unwrap_err().to_string();
    assert!(why.contains("too many inputs: 201 (at most 200)"), "{why}");
    // Many branches of many outcomes are many numbers.
    let outcomes: Vec<String> = (0..50).map(|i| format!("(\"o{i}\", {})", 0.02)).collect();
    let with_world = table(20, &format!("(id: \"w\", outcomes: [{}])", outcomes.join(", ")));
    let branches: Vec<String> =
        (0..50).map(|i| format!("\"o{i}\": Raters([{}])", vec!["(1, 1)"; 20].join(", "))).collect();
    let edit = format!("score.*.* = ByWorld(\"w\", {{{}}})", branches.join(", "));
    let why = both(&with_world, &edit).unwrap_err().to_string();
    assert!(why.contains("(at most 20000)"), "{why}");
}
