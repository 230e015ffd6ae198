//! The answer: probabilities, their errors and intervals.

mod blends;
mod closed_form;
mod coverage;
mod estimate_formulas;
mod interval_decisions;
mod interval_meaning;
mod precision_stopping;
mod published_claims;
mod quantiles;
mod reference_models;
mod supplementary_results;
