//! One road for every front.

mod control;
mod fronts;
mod page;
mod parts;
mod statements;
