//! The page with the engine in it: the engine that is shipped answers as the library does, and the page holds what it needs.

mod bits;
mod engine;
mod lzma;
mod page;
