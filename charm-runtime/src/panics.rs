//! Messages and places of panics, for who says them better than Rust does.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{catch_unwind, resume_unwind, AssertUnwindSafe};
use std::sync::Once;

use crate::log::stderr;

thread_local! {
    /// Whether this thread's panics are kept instead of printed.
    static KEEPS: Cell<bool> = const { Cell::new(false) };
    /// The message and place of this thread's last panic, where they are kept.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps the panics of this thread from here on. Those of others, whose messages nobody would read, are printed as ever.
pub(crate) fn keep() {
    static HOOK: Once = Once::new();
    // A hook is process-wide: this one leaves all threads alone that don't want it.
    HOOK.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !KEEPS.get() {
                return previous(panic);
            }
            let place = panic.location().map_or_else(String::new, |place| format!(" at {place}"));
            let message = format!("panicked{place}: {}", message(panic.payload()));
            LAST.with(|last| *last.borrow_mut() = Some(message));
        }));
    });
    KEEPS.set(true);
}

/// Keeps the panics of this thread while `act` runs, for [`caught`]. One that nobody catches is said in the end.
pub fn kept<T>(act: impl FnOnce() -> T) -> T {
    let before = KEEPS.get();
    keep();
    let ended = caught(act);
    KEEPS.set(before);
    ended.unwrap_or_else(|(payload, said)| {
        stderr(&said);
        resume_unwind(payload)
    })
}

/// What `act` returns, or its panic, and in words what that said: with its place, where it is kept.
pub fn caught<T>(act: impl FnOnce() -> T) -> Result<T, (Box<dyn Any + Send>, String)> {
    // One that was caught elsewhere is not this one.
    LAST.with(|last| last.borrow_mut().take());
    catch_unwind(AssertUnwindSafe(act)).map_err(|payload| {
        let kept = LAST.with(|last| last.borrow_mut().take());
        let said = kept.unwrap_or_else(|| format!("panicked: {}", message(&*payload)));
        (payload, said)
    })
}

fn message(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("with a value that is no message")
}
