//! What a file says, and what is said of it.

mod accepted_limits;
mod as_written;
mod claims_in_words;
mod diff_edits;
mod edit_checks;
mod edit_effects;
mod error_messages_golden;
pub mod front_door;
mod fuzz;
mod generated;
mod hostile_memory;
mod input_limits;
mod messages;
mod messages_language;
mod polytope;
mod rejected_input;
mod syntax;
mod table_import;
mod variant_and_table_files;
