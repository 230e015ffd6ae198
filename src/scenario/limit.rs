//! The most that a scenario may hold, so that no file can ask for memory without bound. What grows faster than the text that asks for
//! it (pairs of correlated numbers, columns of other files, edits of many numbers at once) is counted before it is made.

/// Of a file.
pub const BYTES: usize = 4 << 20;
/// Of all tables that a scenario names, each as often as it does.
pub const BYTES_OF_TABLES: usize = 512 << 20;
pub const AREAS: usize = 200;
pub const FACTORS: usize = 200;
pub const WORLDS: usize = 6;
pub const OUTCOMES: usize = 64;
pub const JOINT_WORLDS: usize = 64;
pub const CLAIMS: usize = 200;
/// Claims in all, those inside others among them.
pub const CLAIM_PARTS: usize = 2_000;
/// Edits of all levers, each of which is tried on the scenario.
pub const EDITS: usize = 1_000;
/// Numbers that the edits of levers change in all, and those that the edits of a variant do, each as often as it is changed.
pub const CHANGES: usize = 200_000;
/// Distributions in all, each of which takes a column of a block on every thread.
pub const NUMBERS: usize = 20_000;
/// Numbers in the list of a distribution.
pub const VALUES: usize = 10_000;
/// Numbers in such lists in all.
pub const ALL_VALUES: usize = 200_000;
/// Numbers that go together: their matrix is factorized.
pub const CORRELATED: usize = 400;
/// Counters that a run keeps: events times pairs of joint worlds.
pub const COUNTERS: usize = 2_000_000;
/// Letters of the name of an area, a group …, which tables and pictures repeat.
pub const NAME: usize = 200;
/// Letters of a title or of the text of a claim.
pub const TITLE: usize = 1_000;
/// Letters of what a scenario says about itself.
pub const ABOUT: usize = 20_000;

/// Says that a text is too large.
pub fn too_large() -> String {
    format!("larger than the {} MB that are accepted", BYTES >> 20)
}
