//! What breaks the rules of the house still: each list may only become shorter.

/// Files that import each other in a circle.
pub const CIRCLES: &[&[&str]] = &[
    &[
        "cli/bench.rs",
        "cli/check.rs",
        "cli/compare.rs",
        "cli/content.rs",
        "cli/draws.rs",
        "cli/explain.rs",
        "cli/exports.rs",
        "cli/files.rs",
        "cli/how.rs",
        "cli/init.rs",
        "cli/keeping.rs",
        "cli/mod.rs",
        "cli/orders.rs",
        "cli/run.rs",
        "cli/schema.rs",
        "cli/selftest.rs",
        "cli/sensitivity.rs",
        "cli/shell.rs",
        "cli/show.rs",
        "cli/source.rs",
        "cli/sweeps.rs",
        "cli/swept.rs",
        "cli/terminal.rs",
        "cli/verify.rs",
    ],
    &["kernel/mod.rs", "kernel/x86.rs"],
    &[
        "scenario/read/claim.rs",
        "scenario/read/column.rs",
        "scenario/read/distribution.rs",
        "scenario/read/effects.rs",
        "scenario/read/factor.rs",
        "scenario/read/mod.rs",
        "scenario/read/scenario.rs",
        "scenario/read/spread.rs",
        "scenario/read/sweeps.rs",
        "scenario/read/value.rs",
        "scenario/read/variant.rs",
        "scenario/read/weights.rs",
        "scenario/read/world.rs",
    ],
];

/// Functions of more than 70 lines.
pub const LONG: &[&str] = &["cli/how.rs summarize"];

/// Functions of more than 5 parameters.
pub const WIDE: &[&str] = &[];
