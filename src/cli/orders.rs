//! `headstart orders`: whole orders, cycles, and what cannot be told apart.

use super::compare::Format;
use super::draws::Draws;
use super::source::Source;
use super::{Outcome, terminal};
use clap::Args;
use headstart::analysis::{OrdersAsked, orders};
use headstart::report::{Made, orders_csv, orders_json, orders_text};

/// Arguments of `orders`.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    draws: Draws,
    /// How many orders to list
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    top: u32,
    /// How probable it must be that one area is before another for the two to be told apart
    #[arg(long, default_value_t = 0.95, value_parser = confidence)]
    confidence: f64,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

fn confidence(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(p) if (0.5..1.0).contains(&p) && p > 0.5 => Ok(p),
        _ => Err("expected a number between 0.5 and 1, such as 0.95".into()),
    }
}

/// Draws and lays out what is known of whole orders.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let scenario = options.source.read(terminal)?;
    let run = options.draws.run_of(&scenario)?;
    let asked = OrdersAsked { top: options.top as usize, confidence: options.confidence };
    let bar = options.draws.bar(run.instances.saturating_mul(2))?;
    let found = bar.over(|control| orders(&scenario, run, asked, control))?;
    Ok(match options.format {
        Format::Text => orders_text(&scenario, &found, terminal.style()),
        Format::Json => {
            let made = options.draws.made(Made::new("orders", &scenario), run.instances);
            let made = made.with("top", [options.top]).with("confidence", [options.confidence]);
            made.stamp_json(&orders_json(&scenario, &found))
        }
        Format::Csv => orders_csv(&scenario, &found),
    }
    .into())
}
