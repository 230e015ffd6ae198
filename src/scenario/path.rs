//! The way from one scenario to another: what differs, one edit after the other, and what no edit can say.

mod clock;
mod scores;

use super::canonical::outcomes;
use super::touched::{Part, Touched};
use super::{PathError, Scenario, Value, WorldVariable};
use scores::ScoreEdit;

/// Edits that lead from one scenario to another.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct EditPath {
    /// The steps, each made on top of those before; none if the two scenarios say the same.
    pub steps: Vec<EditStep>,
    /// Differences that are left out, since claims would mean something else with them.
    pub left_out: Vec<String>,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EditStep {
    /// The edit that makes it, or what it is in words.
    pub text: String,
    /// True if the text is an edit.
    pub is_edit: bool,
    /// The scenario after it.
    pub scenario: Scenario,
}

/// More scores than this are reported by factors.
const MOST_SCORES: usize = 40;

impl Scenario {
    /// The way to another scenario about the same areas.
    ///
    /// # Errors
    /// The areas or the groups are not the same.
    pub fn path_to(&self, other: &Self) -> Result<EditPath, PathError> {
        let ids =
            |scenario: &Self| -> Vec<String> { scenario.areas.iter().map(|area| area.id.clone()).collect() };
        let groups = |scenario: &Self| -> Vec<String> {
            scenario.groups.iter().map(|group| group.id.clone()).collect()
        };
        for (what, one, two) in [("areas", ids(self), ids(other)), ("groups", groups(self), groups(other))] {
            if one != two {
                let only = |of: &[String], not: &[String]| -> Vec<String> {
                    of.iter().filter(|id| !not.contains(id)).cloned().collect()
                };
                let (only_first, only_second) = (only(&one, &two), only(&two, &one));
                return Err(PathError { what, only_first, only_second });
            }
        }
        let mut target = other.clone();
        let mut left_out = Vec::new();
        for (area, there) in self.areas.iter().zip(&other.areas) {
            if area.group != there.group {
                left_out.push(format!("group.{} = {}", area.id, self.groups[there.group].id));
            }
        }
        target.areas.clone_from(&self.areas);
        target.groups.clone_from(&self.groups);
        target.changes.clone_from(&self.changes);
        // Levers and asserts change no answer, and could not always be made on the way.
        let mut walk = Walk { now: self.bare(), target: target.bare(), steps: Vec::new() };
        walk.spreads();
        walk.declared();
        walk.worlds();
        walk.factors();
        walk.effects();
        walk.clock();
        walk.rest();
        Ok(EditPath { steps: walk.steps, left_out })
    }
}

/// The way so far.
struct Walk {
    now: Scenario,
    target: Scenario,
    steps: Vec<EditStep>,
}

impl Walk {
    /// Goes a step, unless what comes of it would be no scenario: then it is part of what is left.
    fn step(
        &mut self,
        text: String,
        is_edit: bool,
        change: impl FnOnce(&mut Scenario, &Scenario) -> Touched,
    ) {
        let mut next = self.now.clone();
        let touched = change(&mut next, &self.target);
        if next == self.now {
            return;
        }
        // A step that leaves out a world or an input that something refers to makes no scenario.
        if next.has_all_it_refers_to() && next.check(&touched).is_ok() {
            self.now = next.clone();
            self.steps.push(EditStep { text, is_edit, scenario: next });
        }
    }

    fn spreads(&mut self) {
        let (score, weight) = (self.target.score_spread, self.target.weight_spread);
        if self.now.score_spread != score {
            let text = score.map(|spread| format!("spread.score = {spread}"));
            let is_edit = text.is_some();
            let text = text.unwrap_or_else(|| "bare scores are exact".into());
            self.step(text, is_edit, |now, _| {
                now.score_spread = score;
                Part::ScoreSpread.into()
            });
        }
        if self.now.weight_spread != weight {
            let text = weight.map(|spread| format!("spread.weight = {spread}"));
            let is_edit = text.is_some();
            let text = text.unwrap_or_else(|| "bare weights are exact".into());
            self.step(text, is_edit, |now, _| {
                now.weight_spread = weight;
                Part::WeightSpread.into()
            });
        }
        if self.now.scale != self.target.scale {
            self.step("the scale is another".into(), false, |now, target| {
                now.scale = target.scale;
                Part::Everything.into()
            });
        }
    }

    /// Worlds and shared inputs that others refer to by their place.
    fn declared(&mut self) {
        let n = self.now.worlds.len();
        if self.target.worlds.len() > n && alike(&self.now.worlds, &self.target.worlds[..n]) {
            let added: Vec<&str> = self.target.worlds[n..].iter().map(|world| world.id.as_str()).collect();
            let text = format!("new worlds: {}", added.join(", "));
            self.step(text, false, |now, target| {
                now.worlds.extend_from_slice(&target.worlds[n..]);
                Part::Everything.into()
            });
        }
        let n = self.now.inputs.len();
        let same = |one: &Scenario, other: &Scenario| {
            one.inputs.len() <= other.inputs.len()
                && one.inputs.iter().zip(&other.inputs).all(|(one, other)| one.id == other.id)
        };
        if !same(&self.now, &self.target) {
            return;
        }
        for index in 0..n {
            let new = self.target.inputs[index].clone();
            if self.now.inputs[index] != new {
                let text = format!("input.{} = {}", new.id, new.dist);
                self.step(text, true, |now, _| {
                    now.inputs[index] = new;
                    Part::Input(index).into()
                });
            }
        }
        if self.target.inputs.len() > n {
            // What refers to them can only be an edit once they are there.
            let added: Vec<&str> = self.target.inputs[n..].iter().map(|input| input.id.as_str()).collect();
            let text = format!("new shared inputs: {}", added.join(", "));
            self.step(text, false, |now, target| {
                now.inputs.extend_from_slice(&target.inputs[n..]);
                Part::Everything.into()
            });
        }
    }

    fn worlds(&mut self) {
        let n = self.now.worlds.len().min(self.target.worlds.len());
        if !alike(&self.now.worlds[..n], &self.target.worlds[..n]) {
            return;
        }
        for index in 0..n {
            for row in 0..self.now.worlds[index].chances.len() {
                let (old, new) = (&self.now.worlds[index], &self.target.worlds[index]);
                if old.chances[row] == new.chances[row] {
                    continue;
                }
                let given = old.given.map(|given| self.now.worlds[given].outcomes[row].clone());
                let branch = given.map_or(String::new(), |given| format!("[{given}]"));
                let address = format!("world.{}", new.id);
                let text = match &new.chances[row][..] {
                    [chance, _] => Some(format!("{address}.{}{branch} = {}", new.outcomes[0], chance.text())),
                    _ => None,
                };
                let is_edit = text.is_some();
                let text = text
                    .unwrap_or_else(|| format!("{address}{branch}: {}", outcomes(new, &new.chances[row])));
                self.step(text, is_edit, |now, target| {
                    now.worlds[index].chances[row].clone_from(&target.worlds[index].chances[row]);
                    Part::World(index).into()
                });
            }
        }
    }

    fn factors(&mut self) {
        // Worlds that go away do so at the end, when nothing refers to them.
        let n = self.now.worlds.len().min(self.target.worlds.len());
        let referable = alike(&self.now.worlds[..n], &self.target.worlds)
            && self.now.inputs.iter().map(|i| &i.id).eq(self.target.inputs.iter().map(|i| &i.id));
        if !referable {
            return;
        }
        let ids = self.now.factors.iter().map(|factor| factor.id.clone());
        let gone: Vec<String> = ids.filter(|id| self.target.factor(id).is_none()).collect();
        for id in gone {
            if let Ok(edited) = self.now.edited(&format!("drop {id}")) {
                self.step(format!("drop {id}"), true, |now, _| {
                    *now = edited.scenario;
                    Part::Everything.into()
                });
            }
        }
        self.law();
        let mut scores = Vec::new();
        for k in 0..self.now.factors.len() {
            let id = self.now.factors[k].id.clone();
            let Some(there) = self.target.factor(&id) else { continue };
            let new = self.target.value(&self.target.factors[there].weight);
            let has_weights = matches!(self.target.weight_law, super::WeightDistribution::Independent);
            if has_weights && self.now.value(&self.now.factors[k].weight) != new {
                self.step(format!("weight.{id} = {new}"), true, |now, target| {
                    now.factors[k].weight = target.factors[there].weight.clone();
                    Part::Weight(k).into()
                });
            }
            if self.now.factors[k].value != self.target.factors[there].value {
                self.step(format!("what scores on {id} are worth"), false, |now, target| {
                    now.factors[k].value = target.factors[there].value;
                    now.factors[k].scores.clone_from(&target.factors[there].scores);
                    Part::Everything.into()
                });
            }
            scores.extend(ScoreEdit::all(&self.now, &self.target, k, there));
        }
        if scores.len() > MOST_SCORES {
            scores = ScoreEdit::by_factor(&self.now, scores);
        }
        for ScoreEdit { text, factor: (k, there), areas } in scores {
            // Scores that are reported together by their number are no edit.
            let is_edit = text.starts_with("score.");
            self.step(text, is_edit, |now, target| {
                for &i in &areas {
                    now.factors[k].scores[i] = target.factors[there].scores[i].clone();
                }
                areas.iter().map(|&i| Part::Score(k, i)).collect()
            });
        }
        let new: Vec<usize> = (0..self.target.factors.len())
            .filter(|&k| self.now.factor(&self.target.factors[k].id).is_none())
            .collect();
        for k in new {
            let text = format!("new factor: {}", self.target.factors[k].id);
            self.step(text, false, |now, target| {
                let at = k.min(now.factors.len());
                now.factors.insert(at, target.factors[k].clone());
                Part::Everything.into()
            });
        }
    }

    /// The law of the weights, with the weights that are stated under it.
    fn law(&mut self) {
        if self.now.weight_law != self.target.weight_law {
            let text = format!("weights: {}", self.target.law());
            self.step(text, false, |now, target| {
                now.weight_law = target.weight_law.clone();
                for factor in &mut now.factors {
                    if let Some(k) = target.factor(&factor.id) {
                        factor.weight = target.factors[k].weight.clone();
                    }
                }
                Part::Everything.into()
            });
        }
    }

    fn effects(&mut self) {
        let same = self.now.discounts.len() == self.target.discounts.len()
            && self
                .now
                .discounts
                .iter()
                .zip(&self.target.discounts)
                .all(|(one, other)| one.id == other.id && one.areas == other.areas);
        if same {
            for n in 0..self.now.discounts.len() {
                let new = &self.target.discounts[n];
                let text = format!("discount.{} = {}", new.id, self.target.value(&new.by));
                let by = new.by.clone();
                self.step(text, true, |now, _| {
                    now.discounts[n].by = by;
                    Part::Discount(n).into()
                });
            }
        } else {
            self.step("other discounts".into(), false, |now, target| {
                now.discounts.clone_from(&target.discounts);
                Part::Everything.into()
            });
        }
        if self.now.residual != self.target.residual {
            let shape = |residual: Option<super::Residual>| residual.map_or((0.0, 0.0), |r| (r.all, r.group));
            let sd = self.target.residual.map_or(0.0, |residual| residual.sd);
            let is_edit = sd == 0.0 || shape(self.now.residual) == shape(self.target.residual);
            let text = match self.target.residual {
                Some(residual) if !is_edit => {
                    format!("residual: (sd: {sd}, all: {}, group: {})", residual.all, residual.group)
                }
                _ => format!("residual = {sd}"),
            };
            self.step(text, is_edit, |now, target| {
                now.residual = target.residual;
                Part::Residual.into()
            });
        }
        let n = self.target.worlds.len();
        if self.now.worlds.len() > n && alike(&self.now.worlds[..n], &self.target.worlds) {
            let gone: Vec<&str> = self.now.worlds[n..].iter().map(|world| world.id.as_str()).collect();
            let text = format!("worlds that are gone: {}", gone.join(", "));
            self.step(text, false, |now, target| {
                now.worlds.clone_from(&target.worlds);
                Part::Everything.into()
            });
        }
        if self.now.shared_errors != self.target.shared_errors {
            self.step("other shared errors".into(), false, |now, target| {
                now.shared_errors = target.shared_errors;
                Part::Everything.into()
            });
        }
        if self.now.correlations != self.target.correlations {
            self.step("other correlations".into(), false, |now, target| {
                now.correlations.clone_from(&target.correlations);
                Part::Everything.into()
            });
        }
    }

    /// Adds as one step all that none of the steps has made the same.
    fn rest(&mut self) {
        let (now, target) = (self.now.with_words_of(&self.target), self.target.clone());
        let mut nameless = target.clone();
        nameless.factors.iter_mut().for_each(|factor| {
            if let Some(k) = now.factor(&factor.id) {
                factor.name.clone_from(&now.factors[k].name);
            }
        });
        // The probabilities of the worlds are words there, and have their own steps.
        let worlds = self.now.worlds == target.worlds;
        if now.to_ron() != nameless.to_ron() || !worlds {
            let text = if self.steps.is_empty() { "all that differs" } else { "all else that differs" };
            self.steps.push(EditStep { text: text.into(), is_edit: false, scenario: target });
        }
    }
}

/// Returns true if worlds are the same but for their probabilities.
fn alike(one: &[WorldVariable], other: &[WorldVariable]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| {
            one.id == other.id && one.outcomes == other.outcomes && one.given == other.given
        })
}

impl Scenario {
    /// Returns true if every world and every shared input that a value refers to is there.
    fn has_all_it_refers_to(&self) -> bool {
        let mut all = true;
        let weights_and_scores =
            self.factors.iter().flat_map(|factor| std::iter::once(&factor.weight).chain(&factor.scores));
        let of_clock = self.clock.iter().flat_map(|clock| clock.numbers()).map(|(_, value)| value);
        let others = self.discounts.iter().map(|discount| &discount.by).chain(of_clock);
        for value in weights_and_scores.chain(others) {
            value.visit(&mut |part| {
                all &= match part {
                    Value::ByWorld { world, branches } => {
                        self.worlds.get(*world).is_some_and(|world| world.outcomes.len() == branches.len())
                    }
                    Value::Ref(input) | Value::Relative { to: input, .. } => *input < self.inputs.len(),
                    Value::Central { .. } | Value::Written(_) | Value::Raters(_) => true,
                };
            });
        }
        all
    }

    /// Returns the index of a factor.
    fn factor(&self, id: &str) -> Option<usize> {
        self.factors.iter().position(|factor| factor.id == id)
    }
}
