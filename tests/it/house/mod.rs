//! The code itself: imports, sizes, dependencies, the README.

mod dependencies;
mod readme;
mod structure;
