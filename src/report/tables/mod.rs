//! Tables: CSV, Markdown, and draws as Parquet.

pub(crate) mod central_weights;
pub(crate) mod columns;
pub(crate) mod csv;
mod csv_dates;
pub(crate) mod markdown;
mod markdown_page;
pub(crate) mod rankings;
#[cfg(feature = "parquet")]
pub(crate) mod samples;
pub(crate) mod sensitivity;
