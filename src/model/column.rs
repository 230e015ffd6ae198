//! Columns while a model is laid out, when it is not known yet how many inputs come before the derived ones.

/// A column of a model that is being laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColumnRef {
    /// The index of an input.
    Input(usize),
    /// The index of a derived column among those.
    Derived(usize),
}

impl ColumnRef {
    /// Returns the index of the column behind so many inputs.
    pub fn index(self, n_inputs: usize) -> usize {
        match self {
            Self::Input(index) => index,
            Self::Derived(index) => n_inputs + index,
        }
    }
}
