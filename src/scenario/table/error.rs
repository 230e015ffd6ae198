//! The reasons why a table makes no scenario, each with its place and what to write.

use super::super::limit;

/// The reason why a table makes no scenario.
///
/// Places are as people count: `line 3`, `column `Cost``.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the fields are the values in the messages beside them")]
pub enum TableError {
    /// The text is no table, or has names of factors alone.
    #[error("the table has no areas: expected a header such as `factor,weight,One area,Another`")]
    NoAreas,
    /// The table has more areas than are supported.
    #[error("the table has {n} areas; at most {} are supported", limit::AREAS)]
    TooManyAreas { n: usize },
    /// The table has more columns than areas or factors are supported.
    #[error("the table has {n} areas or factors in its columns; at most {most} are supported")]
    TooManyColumns { n: usize, most: usize },
    /// The table has a header alone.
    #[error("the table has no factors: expected a line such as `Cost,1,4,7`")]
    NoFactors,
    /// The table has more factors than are supported.
    #[error("{place}: the table has more than the {} factors that are supported", limit::FACTORS)]
    TooManyFactors { place: String },
    /// The table has sums and means alone.
    #[error("the table has no factors beside its results")]
    NoFactorsBesideResults,
    /// The groups are stated twice.
    #[error("the groups are in the table and in --groups too; leave out one of them")]
    GroupsTwice,
    /// The groups that are stated have more or fewer areas than the table.
    #[error("the groups have {stated} areas together, and the table has {n}: {areas}")]
    GroupSizes { stated: usize, n: usize, areas: String },
    /// A first line says that it names what separates cells, and does not.
    #[error("line 1: expected a character after `sep=`")]
    NoSeparator,
    /// A quotation mark is open at the end.
    #[error("line {line}: a quotation mark is opened and never closed")]
    OpenQuote { line: usize },
    /// The text has two tables in Markdown.
    #[error("lines {first} and {second} start two tables; keep one of them")]
    TwoTables { first: usize, second: usize },
    /// A comment looks like a line of the table.
    #[error(
        "line {line} starts with `#` as a comment does, and has as many cells as the table; remove the `#` or the line"
    )]
    CommentLikeLine { line: usize },
    /// A line has more cells than the header.
    #[error("line {line} has {found} columns, the header {expected}; give each column a name")]
    LongLine { line: usize, found: usize, expected: usize },
    /// A line has fewer cells than the header.
    #[error("line {line} has {found} columns, the header {expected}; write a number in each")]
    ShortLine { line: usize, found: usize, expected: usize },
    /// A column with cells has no name.
    #[error("column {column} has no name; name it `weight` if it has the weights")]
    UnnamedColumn { column: usize },
    /// A row or a column has no name.
    #[error("{place} has no name in its first cell; write one, or remove {place}")]
    Unnamed { place: String },
    /// Two rows or columns have one name.
    #[error("{what} {first} and {second} are both named `{name}`; give one of them another name")]
    SameName { what: &'static str, first: usize, second: usize, name: String },
    /// Numbers are written with decimal points and with decimal commas.
    #[error(
        "`{point}` ({point_place}) has a decimal point and `{comma}` ({comma_place}) a decimal comma; write all numbers alike"
    )]
    TwoMarks { point: String, point_place: String, comma: String, comma_place: String },
    /// A number has a separator of thousands or a decimal mark.
    #[error(
        "{place}: `{cell}` may be a number above or below 1,000; write it without a separator, or with another digit \
         behind the decimal mark"
    )]
    DoubtfulMark { place: String, cell: String },
    /// Nothing tells whether areas are in rows or in columns.
    #[error(
        "neither a row nor a column is named `weight`, and the first cell is not `factor` or `area`; say where the areas are: \
         add --areas-in rows or --areas-in columns"
    )]
    NoDirection,
    /// Two names disagree on whether areas are in rows or in columns.
    #[error(
        "{one} and {other} contradict each other; say where the areas are: add --areas-in rows or --areas-in columns"
    )]
    Direction { one: String, other: String },
    /// A cell has no number.
    #[error("{place} is empty; write a number there")]
    NoNumber { place: String },
    /// Several cells have no number.
    #[error("{n} cells are empty ({places}); write a number in each")]
    NoNumbers { n: usize, places: String },
    /// A cell that names a group is empty.
    #[error("{place} is empty; write a group there")]
    NoGroup { place: String },
    /// A cell has no number that can be read.
    #[error("{place}: {error}")]
    Number { place: String, error: NumberError },
    /// A score has a percent sign.
    #[error("{place}: `{cell}` has a percent sign; write the number alone")]
    Percent { place: String, cell: String },
    /// Two columns or rows have names of weights.
    #[error("`{one}` and `{other}` may both be the weights; rename or remove one of them")]
    TwoWeights { one: String, other: String },
    /// A column or row of weights is empty.
    #[error("{place} has no weights; write one for each factor")]
    NoWeights { place: String },
    /// A weight is negative.
    #[error("{place}: the weight {weight} is below 0; write 0 or more")]
    NegativeWeight { place: String, weight: f64 },
    /// Weights are in percent and not in percent.
    #[error("{one} and {other}: one weight is in percent and one is not; write all alike")]
    WeightsInPercent { one: String, other: String },
    /// A row is named like a result and has a weight.
    #[error(
        "{place}: `{name}` is named like a result, and has a weight; remove it, or rename it if it is a factor"
    )]
    ResultWithWeight { place: String, name: String },
    /// An area is named like a result and is none.
    #[error(
        "{place}: `{name}` is named like a result, and is neither the mean nor the sum of the other areas; remove it, or rename it if it \
         is an area"
    )]
    AreaLikeResult { place: String, name: String },
    /// A row has no weight, or is named like a result, and is no result.
    #[error("{place}: `{name}` {reason}, and {found}; {remedy}")]
    NoResult { place: String, name: String, reason: &'static str, found: String, remedy: &'static str },
}

/// The reason why a text is no number.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the fields are the values in the messages beside them")]
pub enum NumberError {
    /// The text is something else.
    #[error("expected a number, found `{cell}`{remedy}")]
    NoNumber { cell: String, remedy: &'static str },
    /// The number is too large.
    #[error("`{cell}` is not finite; write a number")]
    NotFinite { cell: String },
}
