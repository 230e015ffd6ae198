//! The built program as a user meets it.

mod ceilings;
mod command_line;
mod completions_and_man;
mod file_policy;
mod flags;
mod interruption;
mod old_names;
mod outputs;
mod parts;
mod questions;
mod resume_bits;
mod strangers;
mod sweep_files;
mod verify;
