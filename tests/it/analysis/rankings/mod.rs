//! Whole orders.

mod majority;
mod rankings;
