//! Ctrl-C and SIGTERM: a command that can say what it knows so far is asked to stop, any other one is left at once. One that was asked
//! and has nothing to say within a moment is left as well, and so is one whose answer is only being written. On systems without such
//! signals an interruption ends the program as it always does.

use super::files;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The exit code of what was interrupted.
pub const CODE: u8 = 130;

/// Time to give way in before there is anything to show, and time to lay out a part of an answer.
const PATIENCE: Duration = Duration::from_millis(200);
const PATIENCE_FOR_A_PART: Duration = Duration::from_secs(2);

/// Set once the command is to stop.
static STOP: AtomicBool = AtomicBool::new(false);
/// True while the command looks at that.
static HEARD: AtomicBool = AtomicBool::new(false);
/// True once a part of the answer is there.
static BEGUN: AtomicBool = AtomicBool::new(false);
/// True once the answer is there, or the part of it that there is.
static ANSWERED: AtomicBool = AtomicBool::new(false);

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

/// Notes that so many more draws or points are there; some are a part of the answer.
pub fn begun(n: u64) {
    BEGUN.fetch_or(n > 0, Ordering::Relaxed);
}

/// Notes that the answer is there, so that nothing is left but to write it: the next signal does not wait for that.
pub fn answered() {
    ANSWERED.store(true, Ordering::Relaxed);
    HEARD.store(false, Ordering::Relaxed);
}

#[cfg_attr(not(unix), expect(dead_code))]
fn interrupted() {
    let is_first = !STOP.swap(true, Ordering::Relaxed);
    if is_first && HEARD.load(Ordering::Relaxed) {
        say("finishing with the draws so far; press Ctrl-C again to quit now\n");
        std::thread::spawn(leave_if_deaf);
        return;
    }
    if is_first && ANSWERED.load(Ordering::Relaxed) {
        say("error: interrupted while the answer was written; an unfinished file is not written\n");
    } else if is_first {
        say("error: interrupted; this command has no partial result\n");
    }
    leave();
}

/// Leaves a command that was asked to stop and does not.
fn leave_if_deaf() {
    std::thread::sleep(PATIENCE);
    if BEGUN.load(Ordering::Relaxed) {
        std::thread::sleep(PATIENCE_FOR_A_PART.saturating_sub(PATIENCE));
    }
    if !ANSWERED.load(Ordering::Relaxed) {
        say("error: interrupted before there was a partial result\n");
        leave();
    }
}

/// Says something, though nobody may be left who reads it.
fn say(message: &str) {
    drop(std::io::stderr().lock().write_all(message.as_bytes()));
}

fn leave() {
    files::remove_drafts();
    std::process::exit(CODE.into());
}
