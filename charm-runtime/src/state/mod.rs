//! What one unit remembers from one dispatch to the next.
//!
//! A dispatch is a short process: Juju starts it, it handles one event, it ends; and it may end at any instruction, by
//! a kill, a full disk or a power cut. Everything here serves one promise: **what a commit acknowledged is there at the
//! next opening, and what it didn't acknowledge is there whole or not at all.** Where that promise can't be kept
//! (files damaged, restored from an old backup, deleted), the state is refused with an error that ends in the command
//! that leads out; it never comes up silently empty or older.
//!
//! # The directory
//!
//! A unit's state is the directory `.unit-state/` in its charm's directory, closed to other users (0700, files 0600,
//! whatever the umask):
//!
//! | name | what | why beside the store |
//! |---|---|---|
//! | `lock` | held (flock) by the one process at work | taken before anything else is touched |
//! | `store/` | sled's files: `conf`, `db` (its log), `blobs/`, `snap.*` | |
//! | `sequence` | how many commits were acknowledged | tells that the store is older than it should be |
//! | `pending` | stands while something waits in the store | a dispatch without work asks it with one `stat` |
//! | `attempts` | how often waiting events were begun | counts even if the process is killed or rolled back |
//! | `damaged-<n>/` | what an operator's `state reset` set aside | nothing is deleted |
//! | `store.new-*`, `store.old`, `*.new` | unfinished, left by a kill | put in order by the next process |
//!
//! # The traps of sled 0.34.7
//!
//! sled is one tree of keys in an append-only log, with atomic batches. It survives a killed process well, and a power
//! cut badly. What each step below is for:
//!
//! 1. *Its `flush` writes, but never syncs.* (`sync_file_range`: neither the file's length nor the disk's own cache.) A
//!    power cut took acknowledged writes in 32 of 60 tries. So after each flush the log is fsynced through our own
//!    descriptor, and the result is checked.
//! 2. *Pages over a quarter segment become files in `blobs/`, which it never syncs at all;* and a log that points to a
//!    missing one is read as if that page had not changed, which tears its batch. So every new blob and their directory
//!    are fsynced before the log is so much as written.
//! 3. *A snapshot interrupted by a kill makes every later opening fail*, because its temporary name isn't the one that is
//!    skipped. So `snap.*.generating` is removed before each opening; and nothing but those, for a log may have reused
//!    the segments that an older snapshot needs.
//! 4. *Creating a store isn't atomic.* So a store is born under another name (`birth.rs`), and `db` and `conf` must be
//!    there before sled is let near them, since it silently makes what is missing.
//! 5. *With its snapshot lost and its log cut short it opens in an older state, or an empty one.* So the store counts its
//!    commits in itself, in the same batch, and the same count stands outside (`sequence.rs`).
//! 6. *Its lock is taken late, doesn't wait, and shows as an untyped error.* So there is our own (`lock.rs`).
//! 7. *It never removes a replaced blob that its process didn't outlive.* So a store with too many is made anew from its
//!    records, beside the old one (`rebuild.rs`).
//! 8. *Its destructor syncs and unwraps the result.* So a process about to exit leaves without it
//!    ([`SledStore::forget`]); and every call of sled is guarded against a panic (`engine.rs`), though none was seen.
//!
//! # One commit
//!
//! 1. Mark the sequence *unsynced*: a write without fsync, for the next process if this one is killed.
//! 2. Apply the batch, with the new count in it: sled writes its blobs, and keeps the end of its log in memory. fsync
//!    the blobs and their directory.
//! 3. Flush: now the log is in the page cache, whole. fsync it: now the commit is durable.
//! 4. Write the count into the older of two checksummed slots, take back the mark, fdatasync: now, were the store ever to
//!    fall behind, it would show.
//! 5. Acknowledge.
//!
//! A kill in 3 leaves a commit that nobody acknowledged and that the next process sees: the count outside is one
//! behind. That process finds the mark, and fsyncs everything before sled builds on it. Steps 3 and 4 cost two fsyncs;
//! sled's opening costs two more if anything was written since the one before (it clears the rest of its last segment,
//! and writes a snapshot): four for one small write, and about two segments of 16 KiB at the most.
//!
//! What belongs to the transaction with Juju (who wrote last, what to undo) is records of the layer above, put in the
//! same [`Batch`]: a store needs to know nothing of it.

mod attempts;
mod batch;
mod birth;
mod directory;
mod engine;
mod error;
mod lock;
mod memory;
mod operator;
pub mod pending;
mod rebuild;
mod records;
mod sequence;
mod sled;
mod store;

pub use self::sled::SledStore;
pub use attempts::Attempts;
pub use batch::Batch;
pub use error::StateError;
pub use memory::MemoryStore;
pub use operator::{accept, reset};
pub use store::{Record, StateStore};
