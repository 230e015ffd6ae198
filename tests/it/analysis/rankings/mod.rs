//! Whole orders.

mod entropy;
mod full;
mod majority;
