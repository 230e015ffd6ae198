//! The fields of a clock that are numbers: their names, where they may lie, and what they are where they are absent.

/// Bounds of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Bounds {
    /// Name of the number in messages.
    pub name: &'static str,
    /// Least value.
    pub min: f64,
    /// Greatest value.
    pub max: f64,
    /// True if the least value is excluded.
    pub is_above: bool,
    /// True if the greatest value is excluded.
    pub is_below: bool,
}

impl Bounds {
    const fn new(name: &'static str, (min, max): (f64, f64), (is_above, is_below): (bool, bool)) -> Self {
        Self { name, min, max, is_above, is_below }
    }

    /// Returns true if a number lies inside.
    #[must_use]
    pub fn hold(&self, x: f64) -> bool {
        let above = if self.is_above { x > self.min } else { x >= self.min };
        let below = if self.is_below { x < self.max } else { x <= self.max };
        above && below
    }

    /// Returns true if a distribution with this support has all its draws inside: it comes to an open end with probability 0.
    #[must_use]
    pub fn hold_support(&self, (low, high): (f64, f64)) -> bool {
        low >= self.min && high <= self.max
    }

    /// Returns the bounds in words, such as `above 0` or `between 0 and 1`.
    #[must_use]
    pub fn text(&self) -> String {
        match (self.min.is_finite(), self.max.is_finite()) {
            (false, false) => "finite".into(),
            (true, false) if self.is_above => format!("above {}", self.min),
            (true, false) => format!("at least {}", self.min),
            (false, true) => format!("at most {}", self.max),
            (true, true) => {
                let ends = match (self.is_above, self.is_below) {
                    (false, false) => "",
                    (true, true) => ", both excluded",
                    (true, false) => ", the first excluded",
                    (false, true) => ", the last excluded",
                };
                format!("between {} and {}{ends}", self.min, self.max)
            }
        }
    }
}

const ALL_NUMBERS: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
const POSITIVE: (f64, f64) = (0.0, f64::INFINITY);

/// A number of the clock that all areas share.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ClockField {
    /// Overall score of the anchor.
    Amenability,
    /// Share that is automated at the anchor.
    Automated,
    /// Date of the anchor, or years from the start to it.
    Date,
    /// Months for a doubling of capability.
    Doubling,
    /// Doublings of capability from 10 % to 90 % automated.
    Rise,
    /// Doublings of capability that a point of the overall score is worth.
    PerPoint,
    /// Share of the growth of capability that AI research speeds up.
    Feedback,
}

impl ClockField {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Amenability,
        Self::Automated,
        Self::Date,
        Self::Doubling,
        Self::Rise,
        Self::PerPoint,
        Self::Feedback,
    ];

    /// Returns the address, whose part for the date depends on how it is stated.
    #[must_use]
    pub const fn path(self, is_dated: bool) -> &'static str {
        match self {
            Self::Amenability => "anchor.amenability",
            Self::Automated => "anchor.automated",
            Self::Date if is_dated => "anchor.date",
            Self::Date => "anchor.after",
            Self::Doubling => "doubling",
            Self::Rise => "rise",
            Self::PerPoint => "per_point",
            Self::Feedback => "feedback.share",
        }
    }

    /// Returns where it may lie.
    #[must_use]
    pub const fn bounds(self) -> Bounds {
        match self {
            Self::Amenability => Bounds::new("the overall score of the anchor", ALL_NUMBERS, (true, true)),
            Self::Automated => Bounds::new("the automated share of the anchor", (0.0, 1.0), (true, true)),
            Self::Date => Bounds::new("the date of the anchor", ALL_NUMBERS, (true, true)),
            Self::Doubling => Bounds::new("the doubling time in months", POSITIVE, (true, true)),
            Self::Rise => Bounds::new("the rise in doublings", POSITIVE, (true, true)),
            Self::PerPoint => Bounds::new("`per_point`", POSITIVE, (false, true)),
            Self::Feedback => Bounds::new("the share of the feedback", (0.0, 1.0), (false, false)),
        }
    }
}

/// A number of the clock that areas may differ in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum AreaField {
    /// Share of the work that people have to do.
    Human,
    /// Months by which an area works with older models.
    Lag,
}

impl AreaField {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Human, Self::Lag];

    /// Returns the name of the field.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Lag => "lag",
        }
    }

    /// Returns the address of an entry.
    #[must_use]
    pub fn address(self, key: &str) -> String {
        if key == "*" { self.path().to_owned() } else { format!("{}.{key}", self.path()) }
    }

    /// Returns where it may lie.
    #[must_use]
    pub const fn bounds(self) -> Bounds {
        match self {
            Self::Human => Bounds::new("the human share", (0.0, 1.0), (false, false)),
            Self::Lag => Bounds::new("the lag in months", (-1200.0, 1200.0), (false, false)),
        }
    }

    /// Returns what it is where it is absent.
    #[must_use]
    pub const fn default(self) -> f64 {
        match self {
            Self::Human | Self::Lag => 0.0,
        }
    }
}
