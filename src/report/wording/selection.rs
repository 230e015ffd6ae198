//! The rows and columns of the ordering matrix that reports show.

use crate::scenario::Scenario;

/// Returns the rows and columns of the matrix: the first group by the second, or all by all.
pub fn matrix_rows_and_columns(scenario: &Scenario, all_pairs: bool) -> (Vec<usize>, Vec<usize>) {
    if all_pairs || scenario.groups().len() != 2 {
        let all: Vec<usize> = (0..scenario.areas().len()).collect();
        (all.clone(), all)
    } else {
        (scenario.members(0), scenario.members(1))
    }
}
