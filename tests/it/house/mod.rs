//! The code itself: imports, sizes, dependencies, the pages for users.

mod dependencies;
mod documents;
mod functions;
mod imports;
mod known;
mod models;
mod readme;
mod structure;
mod wording;
