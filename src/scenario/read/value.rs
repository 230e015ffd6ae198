//! Reads what may stand where a score or a weight stands: bare numbers, families, values by world; and spreads.

use super::Names;
use super::node::{Kind, Node};
use super::reader::{Reader, suggest};
use crate::dist::{Discrete, Dist, Exact, FAMILIES, Family, ParameterError};
use crate::error::{Code, Problem};
use crate::scenario::{Scale, Spread, Value, ValueFunction, Width, World};

/// Sizes between which a number other than 0 must lie, so that sums and products of numbers stay finite.
const LEAST: f64 = 1e-100;
const GREATEST: f64 = 1e100;

/// What a value is for, and what a bare number becomes there.
#[derive(Clone, Copy)]
pub enum Role {
    /// How an area does on a factor.
    Score {
        /// What a bare number becomes.
        spread: Option<Spread>,
        /// Where it has to lie.
        scale: Option<Scale>,
    },
    /// How much a factor counts: nowhere negative.
    Weight {
        /// What a bare number becomes.
        spread: Option<Spread>,
    },
}

impl Role {
    /// The same for scores that lie on no scale.
    pub fn without_scale(self) -> Self {
        match self {
            Self::Score { spread, .. } => Self::Score { spread, scale: None },
            weight @ Self::Weight { .. } => weight,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Score { .. } => "a score",
            Self::Weight { .. } => "a weight",
        }
    }
}

/// Reads a score or a weight.
pub fn read_value(reader: &mut Reader, node: Node<'_>, names: &Names, role: Role) -> Option<Value> {
    read_branch(reader, node, names, role, &[])
}

/// Reads a value inside the branches of the worlds `above`.
fn read_branch(
    reader: &mut Reader,
    node: Node<'_>,
    names: &Names,
    role: Role,
    above: &[usize],
) -> Option<Value> {
    match node.kind() {
        Kind::Number => {
            let number = reader.number(node, role.name())?;
            check_size(reader, node, &[number])?;
            let dist = spread_out(reader, node, number, role)?;
            Some(Value::Central { number, dist })
        }
        Kind::Name("ByWorld") => read_by_world(reader, node, names, role, above),
        Kind::Name(name) => {
            let dist = match name {
                "Exact" => read_exact(reader, node, role)?,
                "Discrete" => read_discrete(reader, node, role)?,
                _ => read_family(reader, node, name)?,
            };
            check_support(reader, node, &dist, role)?;
            Some(Value::Written(dist))
        }
        _ => {
            reader.wrong_kind(node, &format!("{} as a number, a distribution or ByWorld(...)", role.name()));
            None
        }
    }
}

/// What the spread makes of a bare number.
fn spread_out(reader: &mut Reader, node: Node<'_>, number: f64, role: Role) -> Option<Dist> {
    check_in_range(reader, node, number, role)?;
    let (spread, bounds) = match role {
        Role::Score { spread, scale } => {
            (spread, scale.map_or((f64::NEG_INFINITY, f64::INFINITY), |scale| (scale.min, scale.max)))
        }
        Role::Weight { spread } => (spread, (f64::NEG_INFINITY, f64::INFINITY)),
    };
    let dist = match spread {
        // A bare weight of 0 says that the factor is absent, and stays exactly 0.
        Some(spread) if !(matches!(role, Role::Weight { .. }) && number == 0.0) => {
            spread.around(number, bounds)
        }
        _ => Exact::new(number).map(Dist::from),
    };
    match dist {
        Ok(dist) => {
            check_support(reader, node, &dist, role)?;
            Some(dist)
        }
        Err(error) => {
            reader.report(Problem::new(
                Code::Parameter,
                node.span(),
                format!("no spread around this: {error}"),
            ));
            None
        }
    }
}

/// A bare or exact score lies on the scale, a weight not below 0.
fn check_in_range(reader: &mut Reader, node: Node<'_>, number: f64, role: Role) -> Option<()> {
    let (message, help) = match role {
        Role::Score { scale: Some(scale), .. } if !(scale.min..=scale.max).contains(&number) => (
            format!("the score {number} lies outside the scale {} to {}", scale.min, scale.max),
            "write a score on the scale, or widen the scale",
        ),
        Role::Weight { .. } if number < 0.0 => (
            format!("the weight {number} is negative"),
            "a factor that counts against an area has its scores turned round, not its weight",
        ),
        _ => return Some(()),
    };
    reader.report(Problem::new(Code::OutOfRange, node.span(), message).label("out of range").help(help));
    None
}

/// A weight has no negative values.
fn check_support(reader: &mut Reader, node: Node<'_>, dist: &Dist, role: Role) -> Option<()> {
    let (low, _) = dist.support();
    if matches!(role, Role::Score { .. }) || low >= 0.0 {
        return Some(());
    }
    let (message, help) = if low == f64::NEG_INFINITY {
        (
            "this weight has no lower bound, so it can be negative".into(),
            "use a family that is bounded below by 0",
        )
    } else {
        (
            format!("this weight, {dist:.6}, reaches down to {low}, and a weight cannot be negative"),
            "raise the lower bound to 0, or make the spread of the weights narrower",
        )
    };
    let label = "can be negative";
    reader.report(Problem::new(Code::OutOfRange, node.span(), message).label(label).help(help));
    None
}

/// Refuses numbers so large or so small that sums of their products would lose their meaning.
pub fn check_size(reader: &mut Reader, node: Node<'_>, numbers: &[f64]) -> Option<()> {
    let size = |x: &&f64| **x != 0.0 && !(LEAST..=GREATEST).contains(&x.abs());
    let Some(number) = numbers.iter().find(size) else { return Some(()) };
    let message = format!("{number:e} is too far from 1 to be computed with");
    let help = format!("change the unit so that all numbers lie between {LEAST:e} and {GREATEST:e}");
    reader.report(Problem::new(Code::OutOfRange, node.span(), message).label("out of range").help(help));
    None
}

fn read_exact(reader: &mut Reader, node: Node<'_>, role: Role) -> Option<Dist> {
    let Some([value]) = node.arguments().and_then(|one| <[Node<'_>; 1]>::try_from(one).ok()) else {
        reader.wrong_kind(node, "Exact(x)");
        return None;
    };
    let number = reader.number(value, "the exact value")?;
    check_size(reader, value, &[number])?;
    check_in_range(reader, value, number, role)?;
    Exact::new(number).ok().map(Dist::from)
}

/// The most values that a finite distribution may have.
const VALUES: usize = 10_000;

/// Reads `Discrete([(value, probability), ...])`; its values are as certain as they stand, whatever the spread.
fn read_discrete(reader: &mut Reader, node: Node<'_>, role: Role) -> Option<Dist> {
    let form = "Discrete([(value, probability), ...])";
    let Some([list]) = node.arguments().and_then(|one| <[Node<'_>; 1]>::try_from(one).ok()) else {
        reader.wrong_kind(node, form);
        return None;
    };
    let nodes = reader.some_list(list, "values", VALUES)?;
    let n = nodes.len();
    let read = |node: Node<'_>| {
        let Some([value, probability]) = node.arguments().and_then(|two| <[Node<'_>; 2]>::try_from(two).ok())
        else {
            reader.wrong_kind(node, "a value as (value, probability)");
            return None;
        };
        let (x, p) = (reader.number(value, "a value"), reader.number(probability, "a probability"));
        let (x, p) = (x?, p?);
        check_size(reader, value, &[x])?;
        check_in_range(reader, value, x, role)?;
        Some((x, p))
    };
    let pairs: Vec<(f64, f64)> = nodes.into_iter().filter_map(read).collect();
    if pairs.len() != n {
        return None;
    }
    match Discrete::new(&pairs) {
        Ok(dist) => Some(dist.into()),
        Err(error) => {
            let problem = Problem::new(Code::Parameter, list.span(), format!("Discrete: {error}"));
            reader.report(problem.label("here").help(error.remedy()));
            None
        }
    }
}

fn read_family(reader: &mut Reader, node: Node<'_>, name: &str) -> Option<Dist> {
    let Some(family) = FAMILIES.iter().find(|family| family.name == name) else {
        let known: Vec<&str> =
            FAMILIES.iter().map(|family| family.name).chain(["Exact", "Discrete", "ByWorld"]).collect();
        let message = format!("there is no distribution `{name}`");
        let problem = Problem::new(Code::UnknownName, node.head(), message).label("unknown");
        reader.report(problem.help(suggest(name, &known, "there are")));
        return None;
    };
    let fields = reader.fields(node, name, family.parameters, &[])?;
    let nodes: Vec<Node<'_>> = family.parameters.iter().filter_map(|key| fields.get(key)).collect();
    let values: Vec<f64> = nodes
        .iter()
        .zip(family.parameters)
        .filter_map(|(n, key)| {
            let number = reader.number(*n, &format!("`{key}`"))?;
            check_size(reader, *n, &[number]).map(|()| number)
        })
        .collect();
    if values.len() != family.parameters.len() {
        return None;
    }
    match (family.build)(&values) {
        Ok(dist) => Some(dist),
        Err(error) => {
            report_parameters(reader, family, &nodes, &error);
            None
        }
    }
}

/// Marks the parameter that is wrong, and the one that it clashes with.
fn report_parameters(reader: &mut Reader, family: &Family, nodes: &[Node<'_>], error: &ParameterError) {
    let node = |name: &str| {
        family.parameters.iter().position(|parameter| *parameter == name).and_then(|index| nodes.get(index))
    };
    let (wrong, other) = error.parameters();
    let Some(marked) = node(wrong) else { return };
    let mut problem = Problem::new(Code::Parameter, marked.span(), format!("{}: {error}", family.name))
        .label(format!("{wrong} is {}", marked.text()))
        .help(error.remedy());
    if let Some((name, clash)) = other.and_then(|name| Some((name, node(name)?))) {
        problem = problem.related(clash.span(), format!("{name} is {}", clash.text()));
    }
    reader.report(problem);
}

fn read_by_world(
    reader: &mut Reader,
    node: Node<'_>,
    names: &Names,
    role: Role,
    above: &[usize],
) -> Option<Value> {
    let Some([name, map]) = node.arguments().and_then(|two| <[Node<'_>; 2]>::try_from(two).ok()) else {
        reader.wrong_kind(node, "ByWorld(\"world\", {\"outcome\": value, ...})");
        return None;
    };
    let ids = names.world_ids();
    let world = reader.lookup(name, "a world", ids.as_deref());
    let Some(entries) = map.entries() else {
        reader.wrong_kind(map, "the values by outcome as a map {\"outcome\": value, ...}");
        return None;
    };
    let world = world?;
    if above.contains(&world) {
        let message = format!("this stands inside a branch of the same world, `{}`", name.text());
        reader.report(Problem::new(Code::Duplicate, name.span(), message).label("again"));
        return None;
    }
    let outcomes = &names.worlds.as_ref()?.get(world)?.outcomes;
    let ids: Vec<&str> = outcomes.iter().map(|outcome| outcome.id.as_str()).collect();
    let inside: Vec<usize> = above.iter().copied().chain([world]).collect();
    let mut seen = Vec::new();
    let mut branches: Vec<Option<Value>> = vec![None; outcomes.len()];
    for (key, value) in entries {
        let outcome = reader.lookup(key, "an outcome", Some(&ids));
        let branch = read_branch(reader, value, names, role, &inside);
        if let Some(outcome) = outcome {
            seen.push((outcomes[outcome].id.clone(), key.span()));
            branches[outcome] = branch;
        }
    }
    let distinct = reader.distinct(&seen, "values here");
    let missing: Vec<&str> = ids.iter().copied().filter(|id| seen.iter().all(|(key, _)| key != id)).collect();
    if !missing.is_empty() {
        let world: &World = &names.worlds.as_ref()?[world];
        let message = format!("no value for {} of the world `{}`", missing.join(", "), world.id);
        let help = format!("add \"{}\": …; every outcome has to be named", missing[0]);
        reader.report(Problem::new(Code::MissingField, map.span(), message).label("not complete").help(help));
    }
    let branches: Vec<Value> = branches.into_iter().flatten().collect();
    (distinct && branches.len() == outcomes.len()).then_some(Value::ByWorld { world, branches })
}

/// Reads what the scores of a factor are worth: `Linear(worst: x, best: y)`.
pub fn read_value_function(
    reader: &mut Reader,
    node: Node<'_>,
    scale: Option<Scale>,
) -> Option<ValueFunction> {
    if node.kind() != Kind::Name("Linear") {
        reader.wrong_kind(node, "a value function, Linear(worst: …, best: …)");
        return None;
    }
    let fields = reader.fields(node, "Linear", &["worst", "best"], &[])?;
    let mut read = |key: &str| {
        let node = fields.get(key)?;
        let number = reader.number(node, &format!("`{key}`"))?;
        check_size(reader, node, &[number]).map(|()| number)
    };
    let (worst, best) = (read("worst"), read("best"));
    let (worst, best) = (worst?, best?);
    if worst == best {
        let problem =
            Problem::new(Code::OutOfRange, node.span(), "the worst and the best score are the same");
        reader.report(
            problem.label("no range").help("write two different scores; the best may be the lower one"),
        );
        return None;
    }
    let value = ValueFunction::new(worst, best, scale);
    check_size(reader, node, &[value.slope()])?;
    Some(value)
}

/// Reads a spread, e.g. `Triangular(half_width: 1.5)`.
pub fn read_spread(reader: &mut Reader, node: Node<'_>) -> Option<Spread> {
    type Build = fn(Width) -> Spread;
    let families: [(&str, Build); 2] = [("Triangular", Spread::Triangular), ("Uniform", Spread::Uniform)];
    let Kind::Name(name) = node.kind() else {
        reader.wrong_kind(node, "a spread such as Triangular(half_width: 1.5)");
        return None;
    };
    let Some((_, build)) = families.into_iter().find(|(family, _)| *family == name) else {
        let known = families.map(|(family, _)| family);
        let problem = Problem::new(Code::UnknownName, node.head(), format!("there is no spread `{name}`"));
        reader.report(problem.label("unknown").help(suggest(name, &known, "there are")));
        return None;
    };
    let fields = reader.fields(node, "a spread", &[], &["half_width", "relative"])?;
    let (width, make): (Node<'_>, fn(f64) -> Width) = match (fields.get("half_width"), fields.get("relative"))
    {
        (Some(half), None) => (half, Width::Half),
        (None, Some(share)) => (share, Width::Relative),
        _ if fields.any_unknown() => return None,
        _ => {
            let message = "a spread has either a `half_width` or a `relative` width";
            let help = "half_width is in the units of the number, relative is a share of it: 0.5 is plus or minus half";
            reader.report(
                Problem::new(Code::MissingField, node.span(), message).label("one of the two").help(help),
            );
            return None;
        }
    };
    let number = reader.number(width, "the width of a spread")?;
    if number < 0.0 {
        let message = format!("the width of a spread cannot be negative, and this is {number}");
        reader.report(Problem::new(Code::OutOfRange, width.span(), message).label("negative"));
        return None;
    }
    check_size(reader, width, &[number])?;
    Some(build(make(number)))
}
