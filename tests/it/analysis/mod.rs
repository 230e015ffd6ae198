//! What is asked of a scenario.

mod answer;
mod checks;
mod comparison;
mod explain_known_answers;
mod explanation;
mod picture_histograms;
mod rankings;
mod sensitivity;
