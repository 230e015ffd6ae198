//! Reads what turns a bare number into something else: spreads, and what scores in natural units are worth.

use super::kind::Kind;
use super::node::Node;
use super::number::{check_positive, read_number, read_positive};
use super::reader::Reader;
use super::role::check_size;
use crate::error::{Code, Problem};
use crate::scenario::spread::SpreadFamily;
use crate::scenario::suggest::suggest;
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
    let Kind::Name(name) = node.kind() else {
        reader.wrong_kind(node, "a spread such as Triangular(half_width: 1.5)");
        return None;
    };
    if name == "BetaMean" {
        let fields = reader.fields(node, "a spread", &["concentration"], &[])?;
        let concentration = read_positive(reader, fields.get("concentration")?, CONCENTRATION)?;
        return Some(Spread::BetaMean { concentration });
    }
    let Some(family) = SpreadFamily::ALL.into_iter().find(|family| family.name() == name) else {
        let known: Vec<&str> =
            SpreadFamily::ALL.map(SpreadFamily::name).into_iter().chain(["BetaMean"]).collect();
        let problem = Problem::new(Code::UnknownName, node.head(), format!("unknown spread `{name}`"));
        reader.report(problem.label("unknown").help(suggest(name, &known, "there are")));
        return None;
    };
    let absolute = family.width();
    let fields = reader.fields(node, "a spread", &[], &[absolute, "relative"])?;
    let (width, make): (Node<'_>, fn(f64) -> Width) = match (fields.get(absolute), fields.get("relative")) {
        (Some(width), None) => (width, Width::Absolute),
        (None, Some(share)) => (share, Width::Relative),
        _ if fields.any_unknown() => return None,
        _ => {
            let message = format!("a spread has either a `{absolute}` or a `relative` width");
            let help = format!(
                "{absolute} is in the units of the number, relative is a share of it: 0.5 is plus or minus half"
            );
            reader.report(
                Problem::new(Code::MissingField, node.span(), message).label("one of the two").help(help),
            );
            return None;
        }
    };
    let number = reader.number(width, WIDTH)?;
    check_width(reader, width, number)?;
    Some(Spread::Around(family, make(number)))
}

const WIDTH: &str = "the width of a spread";
const CONCENTRATION: &str = "the concentration";

fn check_width(reader: &mut Reader, node: Node<'_>, number: f64) -> Option<()> {
    reader.finite(node, number, WIDTH)?;
    if number < 0.0 {
        let message = format!("{WIDTH} cannot be negative, and this is {number}");
        reader.report(Problem::new(Code::OutOfRange, node.span(), message).label("negative"));
        return None;
    }
    check_size(reader, node, &[number])
}

/// Checks the width of a spread, or what stands for it.
pub fn check_spread(reader: &mut Reader, node: Node<'_>, spread: Spread) -> Option<()> {
    match spread {
        Spread::Around(_, Width::Absolute(width) | Width::Relative(width)) => {
            check_width(reader, node, width)
        }
        Spread::BetaMean { concentration } => {
            check_positive(reader, node, concentration, CONCENTRATION).map(drop)
        }
    }
}

/// Refuses a spread that makes weights negative.
pub fn check_weight_spread(reader: &mut Reader, node: Node<'_>, spread: Spread) -> Option<()> {
    if !spread.reaches_below_zero() {
        return Some(());
    }
    let message = "a relative width above 1 makes every weight negative somewhere";
    let problem = Problem::new(Code::OutOfRange, node.span(), message).label("too wide for weights");
    reader.report(problem.help("a weight cannot be negative; write a relative width of at most 1"));
    None
}
