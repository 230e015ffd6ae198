//! The engine of a page as WebAssembly: a request as JSON goes in, its answer as JSON comes out.
//!
//! There are three calls. [`take`] makes room for a request and says where to write it, [`ask`] answers it and says how long the answer is,
//! and [`give`] says where that stands. All memory is this module's own: no pointer comes from outside.

mod engine;

use std::cell::RefCell;

thread_local! {
    /// The request, and after it was asked the answer.
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for a request of so many bytes, and returns its address.
#[unsafe(no_mangle)]
pub extern "C" fn take(length: usize) -> *mut u8 {
    ROOM.with_borrow_mut(|room| {
        room.clear();
        room.resize(length, 0);
        room.as_mut_ptr()
    })
}

/// Answers the request that was written there, and returns the length of the answer.
#[unsafe(no_mangle)]
pub extern "C" fn ask() -> usize {
    let request = ROOM.take();
    let answer = engine::answer(&String::from_utf8_lossy(&request));
    let length = answer.len();
    ROOM.set(answer.into_bytes());
    length
}

/// Returns the address of the answer.
#[unsafe(no_mangle)]
pub extern "C" fn give() -> *const u8 {
    ROOM.with_borrow(|room| room.as_ptr())
}
