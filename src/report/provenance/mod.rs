//! Provenance: how a report was made, its digest, and what is kept of a run under way.

pub(crate) mod checkpoint;
pub(crate) mod embedded;
pub(crate) mod error;
pub(crate) mod made;
pub(crate) mod origin;
pub(crate) mod run_part;
pub(crate) mod saved_run;
pub(crate) mod seal;
pub(crate) mod verified;
