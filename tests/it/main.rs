//! The promises of the program, one a module, in one binary.

mod closed_form;
mod command_line;
mod comparisons;
mod coverage;
mod distributions;
mod formats;
mod hostile;
mod invariances;
mod kernels;
mod language;
mod messages;
mod messages_language;
mod page;
mod pictures;
mod polytope;
mod published;
mod readme;
mod reference_kernel;
mod samples;
mod schema;
mod shell;
mod structure;
mod support;
mod tables;
mod values;
