//! A scenario made by a program, part by part. What is built is the JSON form of a scenario, which the reader of files checks: a program
//! gets the errors that a file gets, each with its path and with the text that is wrong.

use super::read::{quoted, ron_value_to_json};
use super::{Scenario, Spread};
use crate::distribution::Dist;
use crate::error::Problems;

/// A score or a weight as it is written: a number, a distribution, or what depends on worlds, shared inputs or raters.
///
/// A plain number becomes what the spread of the scenario makes of it; `Exact` is a distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry(String);

impl From<f64> for Entry {
    fn from(number: f64) -> Self {
        Self(number_text(number))
    }
}

impl From<Dist> for Entry {
    fn from(dist: Dist) -> Self {
        Self(ron_value_to_json(&dist.to_string()))
    }
}

impl Entry {
    /// Returns the entry as JSON.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.0
    }

    /// Returns an entry with a value per outcome of a world.
    #[must_use]
    pub fn by_world<S, E>(world: &str, branches: impl IntoIterator<Item = (S, E)>) -> Self
    where
        S: AsRef<str>,
        E: Into<Self>,
    {
        let branches = branches.into_iter().map(|(outcome, entry)| (outcome, entry.into().0));
        Self(format!("{{\"ByWorld\": [{}, {}]}}", quoted(world), object(branches)))
    }

    /// Returns the entry that is a shared input.
    #[must_use]
    pub fn shared(input: &str) -> Self {
        Self(format!("{{\"Ref\": {}}}", quoted(input)))
    }

    /// Returns the sum of a shared input and of an entry of its own.
    #[must_use]
    pub fn relative(input: &str, by: impl Into<Self>) -> Self {
        Self(format!("{{\"Relative\": {}}}", object([("to", quoted(input)), ("by", by.into().0)])))
    }

    /// Returns what one of several raters says, each with a weight. One rater is drawn per factor.
    #[must_use]
    pub fn raters<E: Into<Self>>(raters: impl IntoIterator<Item = (f64, E)>) -> Self {
        let rater = |(weight, entry): (f64, E)| format!("[{}, {}]", number_text(weight), entry.into().0);
        Self(format!("{{\"Raters\": {}}}", list(raters.into_iter().map(rater))))
    }
}

/// A factor that is being built.
#[derive(Clone, Debug)]
pub struct FactorBuilder {
    fields: Vec<(&'static str, String)>,
}

impl FactorBuilder {
    /// Returns a factor with an id and with scores, one per area.
    #[must_use]
    pub fn new<E: Into<Entry>>(id: &str, scores: impl IntoIterator<Item = E>) -> Self {
        let scores = list(scores.into_iter().map(|score| score.into().0));
        Self { fields: vec![("id", quoted(id)), ("scores", scores)] }
    }

    /// Sets the name.
    #[must_use]
    pub fn name(self, name: &str) -> Self {
        self.with("name", quoted(name))
    }

    /// Sets the weight.
    #[must_use]
    pub fn weight(self, weight: impl Into<Entry>) -> Self {
        self.with("weight", weight.into().0)
    }

    /// Sets what scores in natural units are worth: `worst` is the lower end of the scale, and `best` the upper one.
    #[must_use]
    pub fn linear_value(self, worst: f64, best: f64) -> Self {
        let ends = object([("worst", number_text(worst)), ("best", number_text(best))]);
        self.with("value", format!("{{\"Linear\": {ends}}}"))
    }

    fn with(mut self, key: &'static str, value: String) -> Self {
        self.fields.push((key, value));
        self
    }
}

/// A scenario that is being built.
#[derive(Clone, Debug, Default)]
pub struct ScenarioBuilder {
    /// In the order in which they were set.
    fields: Vec<(String, String)>,
    /// Each list with its parts.
    lists: Vec<(&'static str, Vec<String>)>,
}

impl Scenario {
    /// Begins a scenario with a title.
    ///
    /// ```
    /// use headstart::Scenario;
    /// use headstart::scenario::FactorBuilder;
    ///
    /// let builder = Scenario::builder("Which ripens first?")
    ///     .group("apples", "Apples")
    ///     .group("pears", "Pears")
    ///     .area("gala", "Gala", "apples")
    ///     .area("comice", "Comice", "pears");
    /// let scenario = builder.clone().factor(FactorBuilder::new("warmth", [6.0, 5.5]).weight(1.0)).build()?;
    /// assert_eq!(scenario.areas()[1].name, "Comice");
    ///
    /// let problems = builder.factor(FactorBuilder::new("warmth", [6.0, 5.5]).weight(-1.0)).build().unwrap_err();
    /// assert_eq!(problems.problems()[0].path, "factors[0].weight");
    /// # Ok::<(), headstart::error::Problems>(())
    /// ```
    #[must_use]
    pub fn builder(title: &str) -> ScenarioBuilder {
        ScenarioBuilder::default().field("title", &quoted(title))
    }
}

impl ScenarioBuilder {
    /// Sets what a reader should know of the scenario.
    #[must_use]
    pub fn about(self, text: &str) -> Self {
        self.field("about", &quoted(text))
    }

    /// Sets the words that reports use, each a field of `words` and what it says, such as `("score", "earliness")`.
    #[must_use]
    pub fn words(self, words: &[(&str, &str)]) -> Self {
        self.field("words", &object(words.iter().map(|(key, word)| (key, quoted(word)))))
    }

    /// Sets the range of the scores.
    #[must_use]
    pub fn scale(self, min: f64, max: f64) -> Self {
        self.field("scale", &object([("min", number_text(min)), ("max", number_text(max))]))
    }

    /// Adds a group.
    #[must_use]
    pub fn group(self, id: &str, name: &str) -> Self {
        self.part("groups", object([("id", quoted(id)), ("name", quoted(name))]))
    }

    /// Adds an area of a group.
    #[must_use]
    pub fn area(self, id: &str, name: &str, group: &str) -> Self {
        self.part("areas", object([("id", quoted(id)), ("name", quoted(name)), ("group", quoted(group))]))
    }

    /// Adds a world variable with the probabilities of its outcomes.
    #[must_use]
    pub fn world(self, id: &str, outcomes: &[(&str, f64)]) -> Self {
        let outcomes = outcomes.iter().map(|(id, p)| format!("[{}, {}]", quoted(id), number_text(*p)));
        self.part("worlds", object([("id", quoted(id)), ("outcomes", list(outcomes))]))
    }

    /// Adds an input that several numbers share.
    #[must_use]
    pub fn input(self, id: &str, value: Dist) -> Self {
        self.part("inputs", object([("id", quoted(id)), ("value", Entry::from(value).0)]))
    }

    /// Sets what a plain number becomes where a score is expected, and where a weight is expected.
    #[must_use]
    pub fn spread(self, score: Option<Spread>, weight: Option<Spread>) -> Self {
        let spreads = [("score", score), ("weight", weight)];
        let spreads = spreads
            .into_iter()
            .filter_map(|(key, spread)| Some((key, ron_value_to_json(&spread?.to_string()))));
        self.field("spread", &object(spreads))
    }

    /// Adds a factor.
    #[must_use]
    pub fn factor(self, factor: FactorBuilder) -> Self {
        self.part("factors", object(factor.fields))
    }

    /// Adds an intervention, with what it does and what it does besides, as edits.
    #[must_use]
    pub fn lever(self, id: &str, edits: &[&str], spillover: &[&str]) -> Self {
        let texts = |edits: &[&str]| list(edits.iter().map(|edit| quoted(edit)));
        self.part(
            "levers",
            object([("id", quoted(id)), ("edits", texts(edits)), ("spillover", texts(spillover))]),
        )
    }

    /// Adds an assertion, such as `P(gala before comice) > 0.5`.
    #[must_use]
    pub fn assertion(self, text: &str) -> Self {
        self.part("asserts", quoted(text))
    }

    /// Sets any field of a scenario to a value in JSON, in the form that [`Scenario::from_json`] reads.
    #[must_use]
    pub fn field(mut self, name: &str, json: &str) -> Self {
        self.fields.push((name.to_owned(), json.to_owned()));
        self
    }

    /// Checks what was built.
    ///
    /// # Errors
    /// Everything that is wrong with the scenario, each with its path, and with its place in the JSON form.
    pub fn build(self) -> Result<Scenario, Problems> {
        let lists = self.lists.into_iter().map(|(key, parts)| (key.to_owned(), lines(&parts)));
        let fields = self.fields.into_iter().chain(lists);
        let fields: Vec<String> = fields.map(|(key, value)| format!("  {}: {value}", quoted(&key))).collect();
        Scenario::from_json("the scenario that was built", &format!("{{\n{}\n}}\n", fields.join(",\n")))
    }

    fn part(mut self, list: &'static str, part: String) -> Self {
        match self.lists.iter_mut().find(|(key, _)| *key == list) {
            Some((_, parts)) => parts.push(part),
            None => self.lists.push((list, vec![part])),
        }
        self
    }
}

/// A number in JSON. One that is not finite has no form there; the reader refuses what is written in its place as not finite.
fn number_text(number: f64) -> String {
    if number.is_finite() { number.to_string() } else { "1e999".into() }
}

fn list(parts: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", parts.into_iter().collect::<Vec<_>>().join(", "))
}

fn lines(parts: &[String]) -> String {
    format!("[\n    {}\n  ]", parts.join(",\n    "))
}

fn object<S: AsRef<str>>(parts: impl IntoIterator<Item = (S, String)>) -> String {
    let parts = parts.into_iter().map(|(key, value)| format!("{}: {value}", quoted(key.as_ref())));
    format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
}
