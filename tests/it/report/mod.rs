//! What is shown, in every format.

mod answer_sentences;
mod first_screen;
mod formats;
mod headlines;
mod hostile;
mod page;
mod pictures;
#[cfg(feature = "png")]
mod png;
mod provenance;
mod samples;
mod schema;
mod sections;
mod show_json;
mod widths;
mod wording;
