//! What is shown, in every format.

mod answer_sentences;
mod first_screen;
mod formats;
mod headlines;
mod hostile;
mod page;
mod pictures;
mod provenance;
mod samples;
mod schema;
mod show_json;
mod wording;
