//! Whole orders.

mod full;
mod majority;
