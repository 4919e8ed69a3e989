//! A model's files, safe against a kill at any moment.
//!
//! The state is one file per generation, written whole under another name and then renamed; the one before it is kept.
//! Before a hook starts a mark says of which generation it starts, so that a mark of the newest generation tells that
//! the agent was killed while a hook ran.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use sha2::{Digest as _, Sha256};

/// What the first line of a state file begins with. The number is the format's.
const HEADER: &str = "cargo-charm juju 1";
/// How often a lock that another call holds is tried again.
const RETRY: Duration = Duration::from_millis(20);

/// The files of one model, of which the lock is held.
#[derive(Debug)]
pub(crate) struct Store {
    directory: PathBuf,
    generation: u64,
    /// Released when it is closed, which the system does for a killed process too.
    _lock: File,
}

/// Who else works on a model.
#[derive(Debug)]
pub(crate) struct Busy {
    /// What the holder of the lock wrote into it.
    pub(crate) holder: String,
}

impl Store {
    /// Takes the lock of the model in `directory`, waiting for as long as `patience`.
    pub(crate) fn lock(directory: &Path, patience: Duration) -> Result<Result<Self, Busy>> {
        let path = directory.join("lock");
        let open =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
        let mut lock = open.with_context(|| format!("cannot open {}", path.display()))?;
        let deadline = Instant::now() + patience;
        loop {
            match lock.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => std::thread::sleep(RETRY),
                Err(TryLockError::WouldBlock) => {
                    let mut holder = String::new();
                    // It only tells whom to wait for.
                    let _ = lock.read_to_string(&mut holder);
                    return Ok(Err(Busy { holder: holder.trim().to_owned() }));
                }
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| format!("cannot lock {}", path.display()));
                }
            }
        }
        let holder = format!("process {}", std::process::id());
        let _ = lock.set_len(0).and_then(|()| lock.rewind()).and_then(|()| lock.write_all(holder.as_bytes()));
        Ok(Ok(Self { directory: directory.to_owned(), generation: 0, _lock: lock }))
    }

    /// The state, and whether a hook had begun that never ended.
    pub(crate) fn load(&mut self) -> Result<(Vec<u8>, bool)> {
        let (generation, state) = newest(&self.directory)?;
        self.generation = generation;
        let mark = fs::read_to_string(self.mark_file()).ok();
        let interrupted = mark.and_then(|mark| mark.trim().parse().ok()) == Some(generation);
        Ok((state, interrupted))
    }

    /// Puts a new state in place of the last one.
    pub(crate) fn save(&mut self, state: &[u8]) -> Result<()> {
        let next = self.generation + 1;
        write_whole(&state_file(&self.directory, next), &framed(state))?;
        // The one before stays. Those further back may have been left by a kill at this very place.
        for (generation, file) in generations(&self.directory)? {
            if generation < self.generation {
                fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
            }
        }
        self.generation = next;
        Ok(())
    }

    /// Says that a hook begins now.
    pub(crate) fn mark(&self) -> Result<()> {
        write_whole(&self.mark_file(), format!("{}\n", self.generation).as_bytes())
    }

    /// Says that no hook runs, without a new state.
    pub(crate) fn unmark(&self) -> Result<()> {
        match fs::remove_file(self.mark_file()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove {}", self.mark_file().display()))
            }
            _ => Ok(()),
        }
    }

    fn mark_file(&self) -> PathBuf {
        self.directory.join("running")
    }

    /// Writes the first state of a model whose directory is being made.
    pub(super) fn write_first(directory: &Path, state: &[u8]) -> Result<()> {
        write_whole(&state_file(directory, 1), &framed(state))
    }

    /// The state as it was saved last, read without the lock: it is whole at any moment.
    pub(crate) fn peek(directory: &Path) -> Result<Vec<u8>> {
        // The file can be replaced by the next generation between being found and being read.
        let mut found = newest(directory);
        for _ in 0..10 {
            if found.is_ok() {
                break;
            }
            found = newest(directory);
        }
        found.map(|(_, state)| state)
    }
}

fn state_file(directory: &Path, generation: u64) -> PathBuf {
    directory.join(format!("state-{generation:012}"))
}

/// The state files, oldest first.
fn generations(directory: &Path) -> Result<Vec<(u64, PathBuf)>> {
    let entries = fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))?;
    let mut found: Vec<(u64, PathBuf)> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let number = entry.file_name().to_str()?.strip_prefix("state-")?.parse().ok()?;
            Some((number, entry.path()))
        })
        .collect();
    found.sort();
    Ok(found)
}

fn newest(directory: &Path) -> Result<(u64, Vec<u8>)> {
    let found = generations(directory)?;
    let Some((generation, file)) = found.last() else {
        bail!(
            "{} has no state of a model: restore it, or remove the directory to begin anew",
            directory.display()
        );
    };
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    match unframed(&bytes) {
        Ok(state) => Ok((*generation, state)),
        Err(damage) => {
            let older = found.iter().rev().nth(1).map(|(_, older)| older);
            let whole = older.filter(|older| fs::read(older).is_ok_and(|bytes| unframed(&bytes).is_ok()));
            let file = file.display();
            match whole {
                Some(older) => bail!(
                    "{file} is damaged: {damage}; the state before it, {}, is whole: to go on with that one, run: mv \
                     '{file}' '{file}.damaged'",
                    older.display()
                ),
                None => bail!(
                    "{file} is damaged: {damage}; restore it, or remove {} to begin anew",
                    directory.display()
                ),
            }
        }
    }
}

/// The state with what tells whether all of it is there.
fn framed(state: &[u8]) -> Vec<u8> {
    let mut file = format!("{HEADER} {} {}\n", state.len(), checksum(state)).into_bytes();
    file.extend_from_slice(state);
    file
}

fn unframed(file: &[u8]) -> Result<Vec<u8>, String> {
    let cut = "it is cut short in its first line";
    let end = file.iter().position(|byte| *byte == b'\n').ok_or(cut)?;
    let (header, state) = (&file[..end], &file[end + 1..]);
    let words = std::str::from_utf8(header).ok().and_then(|header| header.strip_prefix(HEADER));
    let words = words.ok_or("its first line is not that of a state of this version")?;
    let (length, sum) = words.trim().split_once(' ').ok_or(cut)?;
    if length.parse() != Ok(state.len()) {
        return Err(format!("it has {} bytes of {length}", state.len()));
    }
    if sum != checksum(state) {
        return Err("its checksum differs".to_owned());
    }
    Ok(state.to_owned())
}

/// SHA-256, in hexadecimal digits.
pub(crate) fn checksum(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a String never fails.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Writes a file so that at any moment it is there as before or as now, after a power cut too.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<()> {
    let partial = path.with_extension("partial");
    let write = || -> io::Result<()> {
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&partial)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&partial, path)
    };
    write().with_context(|| format!("cannot write {}", path.display()))?;
    sync_directory(path.parent().unwrap_or(Path::new(".")))
}

/// Makes what was renamed in a directory last.
pub(crate) fn sync_directory(directory: &Path) -> Result<()> {
    let synced = File::open(directory).and_then(|directory| directory.sync_all());
    synced.with_context(|| format!("cannot write {}", directory.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(directory: &Path) -> Store {
        Store::lock(directory, Duration::ZERO).unwrap().unwrap()
    }

    #[test]
    fn the_newest_state_is_read_and_the_one_before_kept() {
        let place = tempfile::tempdir().unwrap();
        Store::write_first(place.path(), b"one").unwrap();
        let mut store = store(place.path());
        assert_eq!(store.load().unwrap(), (b"one".to_vec(), false));
        store.save(b"two").unwrap();
        store.save(b"three").unwrap();
        assert_eq!(Store::peek(place.path()).unwrap(), b"three");
        let files: Vec<u64> =
            generations(place.path()).unwrap().into_iter().map(|(number, _)| number).collect();
        assert_eq!(files, [2, 3]);
    }

    #[test]
    fn a_file_cut_anywhere_is_an_error_that_leads_out() {
        let place = tempfile::tempdir().unwrap();
        Store::write_first(place.path(), b"the first state").unwrap();
        let mut store = store(place.path());
        store.load().unwrap();
        store.save(b"the second state").unwrap();
        let newest = state_file(place.path(), 2);
        let whole = fs::read(&newest).unwrap();
        for length in 0..whole.len() {
            fs::write(&newest, &whole[..length]).unwrap();
            let error = store.load().unwrap_err().to_string();
            let aside = format!("mv '{0}' '{0}.damaged'", newest.display());
            assert!(error.contains("is damaged: ") && error.ends_with(&aside), "{length}: {error}");
        }
        let mut flipped = whole.clone();
        *flipped.last_mut().unwrap() ^= 1;
        fs::write(&newest, &flipped).unwrap();
        assert!(store.load().unwrap_err().to_string().contains("its checksum differs"));

        fs::rename(&newest, newest.with_extension("damaged")).unwrap();
        assert_eq!(store.load().unwrap().0, b"the first state", "as the error says");
        fs::write(state_file(place.path(), 1), "x").unwrap();
        assert!(store.load().unwrap_err().to_string().contains("to begin anew"));
        fs::remove_file(state_file(place.path(), 1)).unwrap();
        assert!(store.load().unwrap_err().to_string().contains("has no state of a model"));
    }

    #[test]
    fn a_mark_of_the_newest_state_tells_of_a_hook_that_never_ended() {
        let place = tempfile::tempdir().unwrap();
        Store::write_first(place.path(), b"one").unwrap();
        let mut store = store(place.path());
        store.load().unwrap();
        store.mark().unwrap();
        assert!(store.load().unwrap().1);
        store.save(b"two").unwrap();
        assert!(!store.load().unwrap().1, "the hook ended with the new state");
        store.mark().unwrap();
        store.unmark().unwrap();
        assert!(!store.load().unwrap().1);
    }

    #[test]
    fn a_second_call_is_told_who_holds_the_lock() {
        let place = tempfile::tempdir().unwrap();
        let held = store(place.path());
        let busy = Store::lock(place.path(), Duration::ZERO).unwrap().unwrap_err();
        assert_eq!(busy.holder, format!("process {}", std::process::id()));
        drop(held);
        assert!(Store::lock(place.path(), Duration::ZERO).unwrap().is_ok());
    }
}
