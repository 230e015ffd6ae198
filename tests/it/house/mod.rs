//! The code itself: imports, sizes, dependencies, the README.

mod dependencies;
mod functions;
mod imports;
mod known;
mod models;
mod readme;
mod structure;
mod wording;
