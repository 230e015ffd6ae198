//! The ordering matrix as a heatmap: the number in every cell, and a colour or a shade for those who look.

use super::grid::{TextCell, TextTable};
use super::page::TextPage;
use super::{Colours, Style};
use crate::analysis::Estimate;
use crate::report::svg::{diverging, ink_on};
use crate::report::wording::number::percent;
use anstyle::{Ansi256Color, RgbColor, Style as Paint};

/// From "surely after" to "surely before": the least probability, the background, the foreground and the shade.
/// Orange to blue around a light grey, which people who tell no red from green can tell apart.
const STEPS: [(f64, u8, u8, char); 7] = [
    (0.95, 25, 231, '█'),
    (0.8, 74, 16, '▓'),
    (0.6, 153, 16, '▒'),
    (0.4, 254, 16, '░'),
    (0.2, 223, 16, '·'),
    (0.05, 215, 16, ' '),
    (0.0, 166, 231, ' '),
];

/// Writes a matrix of probabilities of being before, rows before columns, with a text in its corner and what its marks mean.
pub fn heatmap(
    out: &mut TextPage,
    style: Style,
    names: &[&str],
    (rows, columns): (&[usize], &[usize]),
    (corner, before): (&str, &[Vec<Option<Estimate>>]),
) {
    let mut grid = TextTable::new(corner, columns.iter().map(|&j| names[j]));
    for &i in rows {
        grid.row(names[i], columns.iter().map(|&j| cell(before[i][j].as_ref(), style)));
    }
    grid.write(out, style);
    let cells = || rows.iter().flat_map(|&i| columns.iter().filter_map(move |&j| before[i][j].as_ref()));
    if cells().any(|estimate| !estimate.is_settled()) {
        out.line("? Too close to call: the 95% interval includes 50%.");
    }
}

fn cell(estimate: Option<&Estimate>, style: Style) -> TextCell {
    let Some(estimate) = estimate else { return TextCell::from("–") };
    let p = estimate.probability;
    let (_, background, foreground, shade) = STEPS.into_iter().find(|step| p >= step.0).unwrap_or(STEPS[6]);
    // What lies within its error of one half is no order.
    let unsettled = if estimate.is_settled() { "" } else { "?" };
    let text = format!("{}{unsettled}", percent(estimate));
    let paint = |under: anstyle::Color, ink: anstyle::Color| {
        TextCell::painted(format!(" {text} "), Paint::new().bg_color(Some(under)).fg_color(Some(ink)))
    };
    match style.colours {
        Colours::True => {
            let under = diverging(p);
            let rgb = |[red, green, blue]: [u8; 3]| RgbColor(red, green, blue).into();
            paint(rgb(under), rgb(ink_on(under)))
        }
        Colours::Palette => paint(Ansi256Color(background).into(), Ansi256Color(foreground).into()),
        Colours::None => TextCell::from(format!("{shade} {text}")),
    }
}
