//! The method by which a run has its probabilities: which engine, how precise, and whether the engines are set against each other.

use super::failure::Expected;
use super::sampling::draws;
use clap::{Args, ValueEnum};
use headstart::analysis::POINTS;
use headstart::request::{self, MethodAsked, PrecisionAsked};

/// Arguments on the method.
#[derive(Args)]
#[command(next_help_heading = "Precision")]
pub struct MethodOptions {
    /// How to compute the probabilities
    #[arg(long, value_enum, default_value_t = Method::Sample)]
    method: Method,
    #[arg(long, value_parser = points, conflicts_with = "precision", help = format!("Quasi-random points per scramble for exact integration, a power of two [default: {POINTS}]"))]
    points: Option<u64>,
    /// Run both methods and report their largest disagreement, in standard errors
    #[arg(long, conflicts_with = "precision")]
    cross_check: bool,
    /// Sample until every 95% interval is at most ± this wide, e.g. 0.001 for ±0.1 points
    #[arg(long, value_name = "HALF_WIDTH", value_parser = half_width, conflicts_with = "draws")]
    precision: Option<f64>,
    /// Stop --precision after this many draws (or integration points) [default: 1e9]
    #[arg(long, alias = "max-instances", default_value = "1e9", value_parser = draws, requires = "precision")]
    max_draws: u64,
    /// Use simultaneous 95% intervals: one joint guarantee for all pairs, all ranks and all claims
    #[arg(long)]
    simultaneous: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Method {
    /// Monte Carlo sampling
    Sample,
    /// Numerical integration; fails with a reason if the scenario cannot be integrated
    Exact,
    /// Integrate if possible, otherwise sample
    Auto,
}

fn half_width(text: &str) -> Result<f64, Expected> {
    match text.parse::<f64>() {
        Ok(width) if (1e-9..0.5).contains(&width) => Ok(width),
        _ => Err(Expected("a number from 1e-9 to below 0.5, such as 0.001")),
    }
}

fn points(text: &str) -> Result<u64, Expected> {
    match text.parse::<u64>() {
        Ok(n) if n.is_power_of_two() && (2..=1 << 24).contains(&n) => Ok(n),
        _ => Err(Expected("a power of two from 2 to 16777216, such as 1024")),
    }
}

impl MethodOptions {
    /// Returns the way in which probabilities are to be found.
    pub fn asked(&self, page: bool) -> request::How {
        let method = match self.method {
            Method::Sample => MethodAsked::Sample,
            Method::Exact => MethodAsked::Exact,
            Method::Auto => MethodAsked::Auto,
        };
        let max_draws = self.max_draws;
        let precision = self.precision.map(|half_width| PrecisionAsked::new(half_width, max_draws));
        let mut how = request::How::default();
        how.method = method;
        how.points = self.points;
        how.cross_check = self.cross_check;
        how.precision = precision;
        how.simultaneous = self.simultaneous;
        how.page = page;
        how
    }

    /// Returns true if nothing but sampling is asked for.
    pub fn samples(&self) -> bool {
        self.method == Method::Sample
    }
}
