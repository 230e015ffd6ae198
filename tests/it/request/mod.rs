//! One road for every front.

mod fronts;
