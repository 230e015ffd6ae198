//! Whole orders.

mod majority;
mod orders;
