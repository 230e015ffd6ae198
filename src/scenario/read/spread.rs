//! Reads what turns a bare number into something else: spreads, and what scores in natural units are worth.

use super::dist::read_number;
use super::node::{Kind, Node};
use super::reader::{Reader, suggest};
use super::value::check_size;
use crate::error::{Code, Problem};
use crate::scenario::{Scale, Spread, ValueFunction, Width};

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
    let mut read = |key: &str| fields.get(key).and_then(|n| read_number(reader, n, &format!("`{key}`")));
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
