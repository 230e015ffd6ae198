//! Ctrl-C and SIGTERM: a command that can say what it knows so far is asked to stop, any other one is left at once. On systems
//! without such signals an interruption ends the program as it always does.

use super::files;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code of what was interrupted.
pub const CODE: u8 = 130;

/// Set once the command is to stop.
static STOP: AtomicBool = AtomicBool::new(false);
/// True if the command looks at that.
static HEARD: AtomicBool = AtomicBool::new(false);

/// Waits for signals from here on, in a thread of its own.
pub fn watch() {
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGINT, SIGTERM};
        // Where they cannot be waited for, they end the program as they always do.
        if let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) {
            std::thread::spawn(move || signals.forever().for_each(|_| interrupted()));
        }
    }
}

/// A flag that is set at the first signal, for a command that has a partial result. Until this is called, and at the second
/// signal, the program is left at once.
pub fn hear() -> &'static AtomicBool {
    HEARD.store(true, Ordering::Relaxed);
    &STOP
}

#[cfg_attr(not(unix), expect(dead_code))]
fn interrupted() {
    // Nobody may be left who reads it.
    let say = |message: &str| drop(std::io::stderr().lock().write_all(message.as_bytes()));
    let heard = HEARD.load(Ordering::Relaxed);
    if heard && !STOP.swap(true, Ordering::Relaxed) {
        say("finishing with the draws so far; press Ctrl-C again to quit now\n");
        return;
    }
    if !heard {
        say("error: interrupted; this command has no partial result\n");
    }
    files::abandon();
    std::process::exit(CODE.into());
}
