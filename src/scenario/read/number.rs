//! Reads numbers that can be computed with, and reports those of which no distribution can be made.

use super::limit;
use super::node::Node;
use super::reader::{Fields, Reader};
use super::role::check_size;
use crate::distribution::{Dist, ParameterError};
use crate::error::{Code, Problem};

/// A finite number of a size that can be computed with.
pub fn read_number(reader: &mut Reader, node: Node<'_>, what: &str) -> Option<f64> {
    let number = reader.number(node, what)?;
    check_size(reader, node, &[number]).map(|()| number)
}

/// A number above 0.
pub fn read_positive(reader: &mut Reader, node: Node<'_>, what: &str) -> Option<f64> {
    let number = reader.number(node, what)?;
    check_positive(reader, node, number, what)
}

/// Refuses a number that is not above 0, or that cannot be computed with.
pub fn check_positive(reader: &mut Reader, node: Node<'_>, number: f64, what: &str) -> Option<f64> {
    reader.finite(node, number, what)?;
    check_size(reader, node, &[number])?;
    if number > 0.0 {
        return Some(number);
    }
    let message = format!("{what} must be greater than 0, and this is {number}");
    reader.report(Problem::new(Code::OutOfRange, node.span(), message).label("not positive"));
    None
}

/// Adds to the numbers of all lists, of which there may be so many only.
pub fn count_values(reader: &mut Reader, node: Node<'_>, n: usize) -> Option<()> {
    let before = reader.values;
    reader.values += n;
    if reader.values <= limit::ALL_VALUES {
        return Some(());
    }
    if before <= limit::ALL_VALUES {
        let message =
            format!("all lists together have more than the {} values that are accepted", limit::ALL_VALUES);
        reader.report(
            Problem::new(Code::TooMany, node.head(), message)
                .label("here")
                .help("use fewer samples a number"),
        );
    }
    None
}

/// The distribution, or a report that marks the parameter that is wrong and the one that it clashes with.
pub fn built(
    reader: &mut Reader,
    node: Node<'_>,
    name: &str,
    fields: Option<&Fields<'_>>,
    dist: Result<Dist, ParameterError>,
) -> Option<Dist> {
    let error = match dist {
        Ok(dist) => return Some(dist),
        Err(error) => error,
    };
    let (wrong, other) = error.parameters();
    let marked = fields.and_then(|fields| fields.get(wrong).or(fields.get("points")));
    // A list of values stands alone in its parentheses.
    let list = node.arguments(1).and_then(|arguments| arguments.first().map(Node::span));
    let place = marked.map_or(list.unwrap_or(node.head()), |marked| marked.span());
    let label = marked.map_or("here".into(), |marked| format!("{wrong} is {}", marked.text()));
    let code = if wrong == "probability" { Code::Probability } else { Code::Parameter };
    let mut problem = Problem::new(code, place, format!("{name}: {error}")).label(label).help(error.remedy());
    if let Some((name, clash)) = other.and_then(|name| Some((name, fields?.get(name)?))) {
        problem = problem.related(clash.span(), format!("{name} is {}", clash.text()));
    }
    reader.report(problem);
    None
}
