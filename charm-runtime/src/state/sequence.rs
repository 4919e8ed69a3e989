//! The number of acknowledged commits, outside the store.
//!
//! sled, its snapshot lost and its log cut short, opens without a word in an older state. The store counts its commits in
//! its own tree; this file holds what that counter must at least say. It is written after a commit is durable and before
//! it is acknowledged: so it may be one behind, and never ahead.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;

use super::directory::{open_private, present, sync_directory, Directory};
use super::error::StateError;

/// One block of the file system each, so that no torn write reaches two of them.
const BLOCK: usize = 4096;
const SLOTS: [u64; 2] = [0, BLOCK as u64];
const MARK: u64 = 2 * BLOCK as u64;

const SYNCED: &[u8; 9] = b"synced  \n";
const UNSYNCED: &[u8; 9] = b"unsynced\n";

/// The counter's file, kept open: a commit then costs one write in place and one fsync, and no file is born.
///
/// Two slots, written in turn, so that a torn write leaves the other one. Beside them a mark that is never synced by
/// itself: it stands while the store holds what may not be durable. It survives the process, which is all it is for: the
/// next one then syncs what a killed one didn't, before it builds on it. A power cut that takes the mark takes what it
/// spoke of.
pub(super) struct Sequence {
    file: File,
    path: PathBuf,
    acknowledged: u64,
    next_slot: usize,
    unsynced: bool,
}

/// What the file says at the opening.
pub(super) enum Found {
    /// There is no file.
    Nothing,
    /// There is one, and neither slot can be read.
    Unreadable,
    /// At least one slot can be read.
    Intact(Sequence),
}

impl Sequence {
    pub(super) fn find(directory: &Directory) -> Result<Found, StateError> {
        let path = directory.sequence();
        if !present(&path)? {
            return Ok(Found::Nothing);
        }
        let file = open_private(&path)?;
        let read =
            |offset| read_slot(&file, offset).map_err(|error| StateError::io(&path, "read it", &error));
        let slots = [read(SLOTS[0])?, read(SLOTS[1])?];
        let Some(acknowledged) = slots.into_iter().flatten().max() else {
            return Ok(Found::Unreadable);
        };
        let next_slot = usize::from(slots[0] == Some(acknowledged));
        let mut mark = [0; SYNCED.len()];
        let unsynced = file.read_exact_at(&mut mark, MARK).is_err() || mark != *SYNCED;
        Ok(Found::Intact(Self { file, path, acknowledged, next_slot, unsynced }))
    }

    /// Writes the file anew, whole, under a temporary name first. It begins unsynced, as nothing was synced with it.
    pub(super) fn create(directory: &Directory, acknowledged: u64) -> Result<Self, StateError> {
        let (unborn, path) = (directory.unborn_sequence(), directory.sequence());
        let file = open_private(&unborn)?;
        let mut content = vec![b'\n'; 3 * BLOCK];
        let slot = slot(acknowledged);
        for (offset, bytes) in [(0, slot.as_bytes()), (BLOCK, slot.as_bytes()), (2 * BLOCK, UNSYNCED)] {
            content[offset..offset + bytes.len()].copy_from_slice(bytes);
        }
        let written = file.write_all_at(&content, 0).and_then(|()| file.sync_all());
        let named = written.and_then(|()| fs::rename(&unborn, &path));
        named.map_err(|error| StateError::io(&path, "create it", &error))?;
        sync_directory(directory.path())?;
        Ok(Self { file, path, acknowledged, next_slot: 0, unsynced: true })
    }

    /// The newest commit that was acknowledged.
    pub(super) fn acknowledged(&self) -> u64 {
        self.acknowledged
    }

    /// True if an earlier process may have left in the store what isn't durable.
    pub(super) fn is_unsynced(&self) -> bool {
        self.unsynced
    }

    /// Before the store is written to.
    pub(super) fn mark_unsynced(&mut self) -> Result<(), StateError> {
        self.write_mark(UNSYNCED)?;
        self.unsynced = true;
        Ok(())
    }

    /// After everything in the store was made durable.
    pub(super) fn mark_synced(&mut self) -> Result<(), StateError> {
        self.write_mark(SYNCED)?;
        self.unsynced = false;
        Ok(())
    }

    /// Records durably that commit number `seq` is durable.
    pub(super) fn acknowledge(&mut self, seq: u64) -> Result<(), StateError> {
        let written = self.file.write_all_at(slot(seq).as_bytes(), SLOTS[self.next_slot]);
        written.map_err(|error| StateError::io(&self.path, "write it", &error))?;
        self.mark_synced()?;
        self.file.sync_data().map_err(|error| StateError::io(&self.path, "make it durable", &error))?;
        self.acknowledged = seq;
        self.next_slot = 1 - self.next_slot;
        Ok(())
    }

    fn write_mark(&self, mark: &[u8]) -> Result<(), StateError> {
        self.file.write_all_at(mark, MARK).map_err(|error| StateError::io(&self.path, "write it", &error))
    }
}

/// A slot is text, so that an operator can look: `seq 00000000000000000042 sum 0123456789abcdef`.
fn slot(seq: u64) -> String {
    let number = format!("seq {seq:020}");
    let sum = fnv1a(number.as_bytes());
    format!("{number} sum {sum:016x}\n")
}

fn read_slot(file: &File, offset: u64) -> io::Result<Option<u64>> {
    let mut bytes = [0; 46];
    match file.read_exact_at(&mut bytes, offset) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    Ok(parse_slot(&bytes))
}

fn parse_slot(bytes: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(bytes).ok()?;
    let number = text.strip_prefix("seq ")?.get(..20)?.parse().ok()?;
    // Writing it again compares checksum and form at once.
    (slot(number) == text).then_some(number)
}

/// FNV-1a, 64 bit: it tells a torn or rotten slot from a whole one, which is all that is asked of it.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::{parse_slot, slot};

    #[test]
    fn slot_reads_as_written() {
        for seq in [0, 1, 42, u64::MAX] {
            assert_eq!(parse_slot(slot(seq).as_bytes()), Some(seq));
            assert_eq!(slot(seq).len(), 46);
        }
    }

    #[test]
    fn no_flipped_bit_passes() {
        let whole = slot(42).into_bytes();
        for bit in 0..whole.len() * 8 {
            let mut flipped = whole.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(parse_slot(&flipped), None, "bit {bit}");
        }
    }
}
