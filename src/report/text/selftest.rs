//! The text report of a selftest.

use crate::analysis::Check;

/// One line a check, and a last one.
#[must_use]
pub fn selftest_text(checks: &[Check]) -> String {
    let mut out = String::new();
    for check in checks {
        let mark = if check.passes { "ok  " } else { "FAIL" };
        out.push_str(&format!("{mark}  {}: {}\n", check.what, check.found));
    }
    let failed = checks.iter().filter(|check| !check.passes).count();
    out.push_str(&match failed {
        0 => format!("all {} checks passed\n", checks.len()),
        n => format!("{n} of {} checks FAILED\n", checks.len()),
    });
    out
}
