//! JSON: the serialized form of every answer, and its schema.

pub(crate) mod comparison;
pub(crate) mod dates;
pub(crate) mod explanation;
pub(crate) mod method;
pub(crate) mod order;
pub(crate) mod report;
pub(crate) mod scenario;
pub(crate) mod schema;
pub(crate) mod screen;
pub(crate) mod sensitivity;
pub(crate) mod supplements;
pub(crate) mod throughput;
pub(crate) mod write;
