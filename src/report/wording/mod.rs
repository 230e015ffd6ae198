//! Wording: findings and caveats as sentences, numbers as text, and texts of strangers made safe.

pub(crate) mod against;
pub(crate) mod caveat;
pub(crate) mod changed;
pub(crate) mod claims;
pub(crate) mod comparison;
pub(crate) mod dates;
pub(crate) mod escaped;
pub(crate) mod findings;
pub(crate) mod heavy;
pub(crate) mod methods;
pub(crate) mod number;
pub(crate) mod partial;
pub(crate) mod screen;
pub(crate) mod selection;
pub(crate) mod supplements;
pub(crate) mod warnings;
