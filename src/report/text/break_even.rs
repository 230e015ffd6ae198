//! Break-even values of inputs as text.

use crate::analysis::{BreakEvenValue, InputEffect};
use crate::report::wording::number::{stated, with_error};

/// Says where the probability is one half, with the word before it: the value with its interval, all to the same digits; the two values between
/// which it jumps past one half; or the bound beyond which it lies.
pub fn break_even(crossing: &BreakEvenValue) -> (&'static str, String) {
    let [low, high] = crossing.interval;
    let exact = |x: f64| stated(x, 6);
    if crossing.jumps {
        return match (low, high) {
            (Some(low), Some(high)) => ("between", format!("{} and {}", exact(low), exact(high))),
            (Some(low), None) => ("after", exact(low)),
            (None, Some(high)) => ("before", exact(high)),
            (None, None) => ("somewhere", "along its values".into()),
        };
    }
    let Some(value) = crossing.value else {
        let (word, bound) = if low.is_some() { ("above", low) } else { ("below", high) };
        return (
            word,
            bound.map_or("all values".into(), |bound| with_error(bound, bound.abs().max(1e-6) / 1e3)),
        );
    };
    let reach = |end: &Option<f64>| end.map(|end| (end - value).abs());
    let error = crossing.interval.iter().filter_map(reach).fold(0.0, f64::max) / 4.0;
    let error = if error > 0.0 { error } else { value.abs().max(1e-6) / 1e3 };
    let number = |x: f64| with_error(x, error);
    let interval = match crossing.interval {
        [Some(low), Some(high)] => format!("{} to {}", number(low), number(high)),
        // On the other side it goes beyond what the number can be.
        [None, Some(high)] => format!("at most {}", number(high)),
        [Some(low), None] => format!("at least {}", number(low)),
        [None, None] => "anywhere".into(),
    };
    ("at", format!("{} ({interval})", number(value)))
}

/// Says it in a table, and what the other branches of a number that depends on a world are there.
pub fn break_even_of(input: &InputEffect, crossing: &BreakEvenValue) -> String {
    let (word, text) = break_even(crossing);
    let own = match word {
        "at" => text,
        _ if crossing.jumps => format!("jumps past it {word} {text}"),
        _ => format!("{word} {text}"),
    };
    let others = input.dists.iter().skip(1).filter(|_| crossing.value.is_some()).map(|(branch, dist)| {
        let value = dist.quantile(crossing.quantile);
        format!(" {branch} {}", with_error(value, (dist.variance().sqrt() / 20.0).max(1e-6)))
    });
    std::iter::once(own).chain(others).collect()
}
