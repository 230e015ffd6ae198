//! The version of the form of reports.

/// The version of the form of the JSON reports and of what a page says of its making; it goes up with every change that a reader of
/// reports must know of.
pub const SCHEMA: u32 = 2;
