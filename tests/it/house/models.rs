//! Models: a scenario is laid out once, and what is asked about it shares that.

use crate::support::source::{File, files};

/// The files that lay out a scenario beside the one that was asked about, and how often.
const CHANGED: [(&str, usize); 2] = [
    // The points of a comparison, for the precision that all of them suit.
    ("analysis/comparison/paired.rs", 2),
    // The scenario without its residual.
    ("analysis/answer/integrated.rs", 1),
];

#[test]
fn no_report_and_no_command_makes_a_model() {
    let mut seen = 0;
    for File { name, text } in files() {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let n = code.map(|line| line.matches("Model::new(").count()).sum::<usize>();
        let allowed = CHANGED.iter().find(|(file, _)| *file == name).map_or(0, |(_, n)| *n);
        // `LaidOut` and `Subject` are where a model is made for all others.
        if name != "model/laid_out.rs" {
            assert_eq!(n, allowed, "{name}");
        }
        seen += n;
    }
    assert_eq!(seen, 2 + 3, "two in `model/laid_out.rs`, and those of changed scenarios");
}
