//! The points of a sweep on their way out.

use super::compare::{Format, made_sweep};
use headstart::Scenario;
use headstart::analysis::{Compared, Partial};
use headstart::report::{Style, sweep_text, write_compared_csv, write_compared_json};
use headstart::sampler::Run;
use std::io::{Result, Write};

/// A sweep that was made.
pub struct Swept {
    pub scenario: Scenario,
    pub run: Run,
    /// Numbers that are varied in full, how many values a range takes, and the beginnings of the edits.
    pub vary: Vec<String>,
    pub n_points: usize,
    pub varied: Vec<String>,
    /// The claims that were asked for, all if there are none.
    pub claims: Vec<String>,
    pub points: Vec<Compared>,
    pub partial: Option<Partial>,
}

impl Swept {
    /// Writes the points in a format, those of the formats for programs one after the other.
    pub fn write(&self, out: &mut dyn Write, format: Format, style: Style) -> Result<()> {
        let Self { scenario, run, varied, .. } = self;
        let points = (&self.points[..], self.partial);
        match format {
            Format::Text => out.write_all(sweep_text((scenario, *run), points, varied, style).as_bytes()),
            Format::Json => {
                let made = made_sweep((scenario, *run), &self.vary, self.n_points, &self.claims);
                write_compared_json(out, (scenario, *run, varied), points, &made)
            }
            Format::Csv => write_compared_csv(out, (scenario, *run), varied, points),
        }
    }
}
