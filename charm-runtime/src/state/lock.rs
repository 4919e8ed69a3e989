//! One process at a time.

use std::fs::{self, File, TryLockError};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::directory::{open_private, Directory};
use super::error::StateError;

/// How long a dispatch waits for another process: an operator's `./dispatch queue` is done in milliseconds.
pub(super) const TIMEOUT: Duration = Duration::from_secs(5);

/// How often it looks again. flock has no time-out of its own.
pub(super) const RETRY: Duration = Duration::from_millis(10);

/// The lock on a unit's state, held until it is dropped or the process ends, however it ends.
///
/// sled has a lock of its own, but takes it after it has already created and read files, doesn't wait, and tells a held
/// lock apart from other errors only by its text.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    pub(super) fn acquire(directory: &Directory) -> Result<Self, StateError> {
        let path = directory.lock();
        let file = open_private(&path)?;
        let deadline = Instant::now() + TIMEOUT;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => thread::sleep(RETRY),
                Err(TryLockError::WouldBlock) => {
                    return Err(StateError::locked(&path, holder(&file), TIMEOUT.as_secs()));
                }
                Err(TryLockError::Error(error)) => return Err(StateError::io(&path, "lock it", &error)),
            }
        }
    }
}

/// Who holds the lock, as far as the kernel tells (`/proc/locks`, proc(5)): a process in another PID namespace shows
/// as 0 or not at all.
fn holder(file: &File) -> Option<u32> {
    let inode = file.metadata().ok()?.ino();
    find_holder(&fs::read_to_string(Path::new("/proc/locks")).ok()?, inode)
}

fn find_holder(locks: &str, inode: u64) -> Option<u32> {
    let ends = format!(":{inode}");
    locks.lines().find_map(|line| {
        let mut fields = line.split_whitespace().skip(1);
        let kind = fields.next()?;
        let (pid, file) = (fields.nth(2)?, fields.next()?);
        (kind == "FLOCK" && file.ends_with(&ends)).then(|| pid.parse().ok().filter(|pid| *pid != 0))?
    })
}

#[cfg(test)]
mod tests {
    use super::find_holder;

    const LOCKS: &str = "1: POSIX  ADVISORY  WRITE 11 fd:00:77 0 EOF\n\
        2: FLOCK  ADVISORY  WRITE 12 fd:00:177 0 EOF\n\
        2: -> FLOCK  ADVISORY  WRITE 13 fd:00:77 0 EOF\n\
        3: FLOCK  ADVISORY  WRITE 0 fd:00:78 0 EOF\n\
        4: FLOCK  ADVISORY  WRITE 14 fd:00:77 0 EOF\n";

    #[test]
    fn holder_is_who_has_a_flock_on_this_very_file() {
        assert_eq!(find_holder(LOCKS, 77), Some(14));
    }

    #[test]
    fn holder_in_another_namespace_is_unknown() {
        assert_eq!(find_holder(LOCKS, 78), None);
        assert_eq!(find_holder("rubbish", 78), None);
    }
}
