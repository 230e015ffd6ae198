//! The text report of a selftest.

use super::page::TextPage;
use crate::analysis::Check;

/// One line a check, and a last one.
#[must_use]
pub fn selftest_text(checks: &[Check]) -> String {
    let mut out = TextPage::default();
    for check in checks {
        let mark = if check.passes { "ok  " } else { "FAIL" };
        out.line(format!("{mark}  {}: {}", check.what, check.found));
    }
    let failed = checks.iter().filter(|check| !check.passes).count();
    out.line(match failed {
        0 => format!("all {} checks passed", checks.len()),
        n => format!("{n} of {} checks FAILED", checks.len()),
    });
    out.into()
}
