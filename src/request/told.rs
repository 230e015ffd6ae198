//! News of an answer that is under way, for those who wait.

use crate::analysis::WidestInterval;
use crate::exact::NotIntegrable;

/// News of an answer that is under way.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// So many draws are made from now on.
    Draws(u64),
    /// So many points are averaged over from now on.
    Points(u64),
    /// So many steps are measured from now on.
    Steps(u64),
    /// A run of so many draws begins, after one with this widest interval.
    Look(u64, Option<&'a WidestInterval>),
    /// The scenario is sampled and not integrated, for this reason.
    NotIntegrated(&'a NotIntegrable),
}

pub(super) type Tell<'t> = &'t mut dyn FnMut(Told<'_>);
