//! Columns while a model is laid out, when it is not known yet how many inputs come before the derived ones.

use super::{Cell, Derived};

/// A number while it is not known yet how many inputs come before the derived columns.
#[derive(Clone, Debug)]
pub enum Column {
    Exact(f64),
    Input(usize),
    Derived(usize),
}

impl Column {
    pub fn index(&self, n_inputs: usize) -> Option<usize> {
        match self {
            Self::Exact(_) => None,
            Self::Input(index) => Some(*index),
            Self::Derived(index) => Some(n_inputs + index),
        }
    }

    pub fn cell(self, n_inputs: usize) -> Cell {
        match self {
            Self::Exact(x) => Cell::Exact(x),
            Self::Input(index) => Cell::Input(index),
            Self::Derived(index) => Cell::Input(n_inputs + index),
        }
    }
}

/// A derived column in terms of those.
pub enum Making {
    Sum(Vec<(Column, f64)>),
    Select(usize, Vec<Column>),
    Done(Derived),
}

impl Making {
    pub fn numbered(&self, n_inputs: usize) -> Derived {
        match self {
            Self::Sum(terms) => {
                let constant = terms.iter().map(|(column, c)| match column {
                    Column::Exact(x) => c * x,
                    _ => 0.0,
                });
                let drawn = terms.iter().filter_map(|(column, c)| Some((column.index(n_inputs)?, *c)));
                Derived::Sum(drawn.collect(), constant.sum())
            }
            Self::Select(selector, options) => {
                let number = |column: &Column| column.clone().cell(n_inputs).into();
                Derived::Select(*selector, options.iter().map(number).collect())
            }
            Self::Done(derived) => derived.clone(),
        }
    }
}
