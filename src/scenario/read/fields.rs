//! Names of the fields of scenarios and variants.

/// Fields that a scenario must have.
pub const SCENARIO_MUST_HAVE: [&str; 4] = ["title", "groups", "areas", "factors"];
/// Fields that a scenario may have.
pub const SCENARIO_MAY_HAVE: [&str; 18] = [
    "about",
    "words",
    "scale",
    "worlds",
    "weights",
    "spread",
    "inputs",
    "shared_errors",
    "correlations",
    "discounts",
    "residual",
    "claims",
    "levers",
    "asserts",
    "allow",
    "changes",
    "clock",
    "targets",
];

/// Fields that a variant may have beside its base.
pub const VARIANT_MAY_HAVE: [&str; 21] = [
    "title",
    "about",
    "words",
    "groups",
    "areas",
    "worlds",
    "inputs",
    "factors",
    "edits",
    "weights",
    "spread",
    "shared_errors",
    "correlations",
    "discounts",
    "residual",
    "claims",
    "levers",
    "asserts",
    "allow",
    "clock",
    "targets",
];
