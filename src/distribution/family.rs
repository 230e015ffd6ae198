//! Families as they are written: their names, their parameters, and how each is built from those.

use super::{
    Beta, Dist, Exponential, Gamma, LogNormal, LogitNormal, Normal, ParameterError, Pert, StudentT,
    Triangular, Uniform,
};

/// A family as it is written in a scenario, and as it is built from its parameters.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Family {
    /// The name in a scenario, e.g. `Triangular`.
    pub name: &'static str,
    /// The parameters that must be written, in the order that `build` takes them.
    pub required: &'static [&'static str],
    /// Those that may be left out, after the others, and what they are then.
    pub optional: &'static [(&'static str, f64)],
    /// Makes the distribution from one number a parameter.
    pub build: fn(&[f64]) -> Result<Dist, ParameterError>,
}

impl Family {
    /// The names of all parameters, in the order that `build` takes them.
    pub fn parameters(&self) -> impl Iterator<Item = &'static str> {
        self.required.iter().copied().chain(self.optional.iter().map(|(name, _)| *name))
    }
}

/// The families that a scenario can name with numbers as parameters.
pub const FAMILIES: &[Family] = &[
    Family {
        name: "Triangular",
        required: &["min", "mode", "max"],
        optional: &[],
        build: |p| Ok(Triangular::new(p[0], p[1], p[2])?.into()),
    },
    Family {
        name: "Uniform",
        required: &["min", "max"],
        optional: &[],
        build: |p| Ok(Uniform::new(p[0], p[1])?.into()),
    },
    Family {
        name: "Pert",
        required: &["min", "mode", "max"],
        optional: &[("shape", 4.0)],
        build: |p| Ok(Pert::new(p[0], p[1], p[2], p[3])?.into()),
    },
    Family {
        name: "Beta",
        required: &["alpha", "beta"],
        optional: &[("min", 0.0), ("max", 1.0)],
        build: |p| Ok(Beta::new(p[0], p[1], p[2], p[3])?.into()),
    },
    Family {
        name: "Normal",
        required: &["mean", "sd"],
        optional: &[],
        build: |p| Ok(Normal::new(p[0], p[1])?.into()),
    },
    Family {
        name: "LogNormal",
        required: &["mu", "sigma"],
        optional: &[],
        build: |p| Ok(LogNormal::new(p[0], p[1])?.into()),
    },
    Family {
        name: "LogitNormal",
        required: &["mu", "sigma"],
        optional: &[("min", 0.0), ("max", 1.0)],
        build: |p| Ok(LogitNormal::new(p[0], p[1], p[2], p[3])?.into()),
    },
    Family {
        name: "StudentT",
        required: &["location", "scale", "df"],
        optional: &[],
        build: |p| Ok(StudentT::new(p[0], p[1], p[2])?.into()),
    },
    Family {
        name: "Gamma",
        required: &["shape", "scale"],
        optional: &[],
        build: |p| Ok(Gamma::new(p[0], p[1])?.into()),
    },
    Family {
        name: "Exponential",
        required: &["rate"],
        optional: &[],
        build: |p| Ok(Exponential::new(p[0])?.into()),
    },
];
