//! Damaged, missing and mismatched files: refused with the way out, never taken for empty or older state.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod state_support;

use std::fs;
use std::path::Path;

use charm_runtime::state::{accept, reset, SledStore, StateError};
use state_support::{commit_generation, generation, CharmDir};

const SLOTS: [usize; 2] = [0, 4096];

fn refused(charm: &CharmDir) -> StateError {
    let error = SledStore::open(&charm.state()).expect_err("must not open");
    let text = error.to_string();
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with(charm.state().to_str().unwrap()), "says where: {text}");
    error
}

#[track_caller]
fn assert_way_out(error: &StateError, command: &str) {
    let text = error.to_string();
    assert!(text.ends_with(&format!(": ./dispatch state {command}")), "{text}");
}

fn truncate(path: &Path, len: u64) {
    fs::OpenOptions::new().write(true).open(path).unwrap().set_len(len).unwrap();
}

fn overwrite(path: &Path, at: usize, bytes: &[u8]) {
    let mut content = fs::read(path).unwrap();
    content[at..at + bytes.len()].copy_from_slice(bytes);
    fs::write(path, content).unwrap();
}

/// Whatever was done to the files: if the store opens, then with everything that was acknowledged.
fn assert_refused_or_whole(charm: &CharmDir, acknowledged: u64, what: &str) -> Result<(), StateError> {
    let store = SledStore::open(&charm.state())?;
    assert_eq!((generation(&store), store.seq()), (acknowledged, acknowledged), "{what}: opened older");
    Ok(())
}

#[test]
fn broken_settings_are_refused() {
    let charm = CharmDir::with_commits(5);
    for len in [0, 4, 30, 56] {
        let copy = charm.copy();
        truncate(&copy.file("store/conf"), len);
        let error = refused(&copy);
        assert!(error.is_damaged(), "{len}: {error}");
        assert_way_out(&error, "reset");
    }
}

#[test]
fn missing_files_are_refused_and_not_made_anew() {
    let charm = CharmDir::with_commits(5);
    for name in ["store/conf", "store/db", "store/blobs"] {
        let copy = charm.copy();
        let path = copy.file(name);
        if path.is_dir() {
            fs::remove_dir(&path).unwrap();
        } else {
            fs::remove_file(&path).unwrap();
        }
        let error = refused(&copy);
        assert!(error.is_damaged() && error.to_string().contains(name), "{error}");
        assert!(!path.exists(), "{name} was made anew");
    }
}

#[test]
fn snapshot_and_log_lost_is_not_an_empty_state() {
    let charm = CharmDir::with_commits(5);
    charm.remove_snapshots();
    truncate(&charm.file("store/db"), 0);
    assert!(refused(&charm).is_damaged());
    // As sled leaves it after it has begun anew by itself.
    fs::write(charm.file("store/db"), [0; 16 * 1024]).unwrap();
    let error = refused(&charm);
    assert!(error.is_damaged() && error.to_string().contains("missing"), "{error}");
    assert_way_out(&error, "reset");
}

#[test]
fn cut_log_without_snapshot_never_opens_older() {
    let (mut older, mut empty) = (0, 0);
    // Few commits stand in one segment, where a cut leaves the earlier ones; many have seen segments used again.
    for commits in [5, 40] {
        let charm = CharmDir::with_commits(commits);
        drop(charm.open());
        let len = fs::metadata(charm.file("store/db")).unwrap().len();
        for cut in 1..50 {
            let copy = charm.copy();
            copy.remove_snapshots();
            truncate(&copy.file("store/db"), len * cut / 50);
            match assert_refused_or_whole(&copy, commits, &format!("{commits} commits cut at {cut}/50")) {
                Ok(()) => {}
                Err(error) if error.is_older() => {
                    assert_way_out(&error, "accept");
                    older += 1;
                }
                Err(error) => {
                    assert!(error.is_damaged(), "{error}");
                    empty += u32::from(error.to_string().contains("what it held is missing"));
                }
            }
        }
    }
    assert!(older > 0 && empty > 0, "sled noticed every cut by itself: the case tests nothing");
}

#[test]
fn flipped_log_without_snapshot_never_opens_older() {
    let charm = CharmDir::with_commits(40);
    drop(charm.open());
    let whole = fs::read(charm.file("store/db")).unwrap();
    let mut refusals = 0;
    for step in 0..60 {
        let copy = charm.copy();
        copy.remove_snapshots();
        let mut flipped = whole.clone();
        flipped[whole.len() * step / 60] ^= 0x10;
        fs::write(copy.file("store/db"), flipped).unwrap();
        refusals += u32::from(assert_refused_or_whole(&copy, 40, &format!("flip at {step}/60")).is_err());
    }
    assert!(refusals > 0, "no flip was noticed: the case tests nothing");
}

#[test]
fn broken_snapshot_is_refused() {
    let charm = CharmDir::with_commits(5);
    drop(charm.open());
    let snapshot = charm.snapshots().pop().unwrap();
    truncate(&snapshot, fs::metadata(&snapshot).unwrap().len() - 1);
    assert!(refused(&charm).is_damaged());
}

#[test]
fn lost_store_is_not_an_empty_state() {
    let charm = CharmDir::with_commits(5);
    fs::remove_dir_all(charm.file("store")).unwrap();
    let error = refused(&charm);
    assert!(error.is_gone() && error.to_string().contains("5 commits"), "{error}");
    assert_way_out(&error, "reset");
    assert!(accept(&charm.state()).is_err(), "there is nothing to accept");

    fs::remove_file(charm.file("sequence")).unwrap();
    fs::write(charm.file("sequence"), "rubbish").unwrap();
    assert!(refused(&charm).is_damaged(), "whether something is gone can't be told");
}

#[test]
fn older_store_is_refused_until_accepted() {
    let charm = CharmDir::with_commits(5);
    let backup = charm.copy();
    commit_generation(&mut charm.open(), 6);
    fs::copy(charm.file("sequence"), backup.file("sequence")).unwrap();
    let error = refused(&backup);
    assert!(error.is_older(), "{error}");
    assert_way_out(&error, "accept");

    assert_eq!(accept(&backup.state()).unwrap(), 5);
    let mut store = backup.open();
    assert_eq!(generation(&store), 5);
    commit_generation(&mut store, 6);
    drop(store);
    assert_eq!(generation(&backup.open()), 6);
}

#[test]
fn store_without_counter_is_refused_until_accepted() {
    let charm = CharmDir::with_commits(5);
    fs::remove_file(charm.file("sequence")).unwrap();
    let error = refused(&charm);
    assert!(error.is_damaged(), "{error}");
    assert_way_out(&error, "accept");
    assert!(!charm.file("sequence").exists(), "a refused opening decides nothing");

    assert_eq!(accept(&charm.state()).unwrap(), 5);
    assert_eq!(generation(&charm.open()), 5);
}

#[test]
fn new_store_without_counter_opens() {
    let charm = CharmDir::new();
    drop(charm.open());
    for sequence in [None, Some("rubbish")] {
        fs::remove_file(charm.file("sequence")).unwrap();
        if let Some(sequence) = sequence {
            fs::write(charm.file("sequence"), sequence).unwrap();
        }
        assert_eq!(generation(&charm.open()), 0, "nothing was acknowledged, nothing can be missing");
    }
}

#[test]
fn torn_slot_leaves_the_other() {
    for commits in [6, 7] {
        let charm = CharmDir::with_commits(commits);
        for slot in SLOTS {
            let copy = charm.copy();
            overwrite(&copy.file("sequence"), slot + 10, b"torn");
            assert_eq!(generation(&copy.open()), commits, "slot at {slot}");
            commit_generation(&mut copy.open(), commits + 1);
            assert_eq!(generation(&copy.open()), commits + 1);
        }
    }
}

#[test]
fn both_slots_torn_is_refused_until_accepted() {
    let charm = CharmDir::with_commits(5);
    let short = charm.copy();
    for slot in SLOTS {
        overwrite(&charm.file("sequence"), slot + 10, b"torn");
    }
    truncate(&short.file("sequence"), 20);
    for charm in [charm, short] {
        let error = refused(&charm);
        assert!(error.is_damaged(), "{error}");
        assert_way_out(&error, "accept");
        assert_eq!(accept(&charm.state()).unwrap(), 5);
        assert_eq!(generation(&charm.open()), 5);
    }
}

#[test]
fn newer_format_is_refused_and_left_alone() {
    let charm = CharmDir::with_commits(5);
    let config = sled::Config::new().path(charm.file("store")).segment_size(16 * 1024).flush_every_ms(None);
    // The store closed above is let go by sled's worker threads, in their own time.
    let db = loop {
        match config.open() {
            Ok(db) => break db,
            Err(error) => assert!(error.to_string().contains("acquire lock"), "{error}"),
        }
    };
    db.insert(b"\0format", &2_u64.to_be_bytes()).unwrap();
    drop(db);
    for _ in 0..2 {
        let error = refused(&charm);
        assert!(error.is_newer_format(), "{error}");
    }
    assert!(accept(&charm.state()).unwrap_err().is_newer_format(), "not even an operator makes it readable");
}

#[test]
fn reset_sets_everything_aside_and_begins_anew() {
    let charm = CharmDir::with_commits(5);
    let acknowledged = fs::read(charm.file("sequence")).unwrap();
    for (n, commits) in [(1, 5), (2, 1)] {
        let aside = reset(&charm.state()).unwrap();
        assert_eq!(aside, charm.file(&format!("damaged-{n}")));
        assert!(aside.join("store/db").is_file());
        if commits == 5 {
            assert_eq!(fs::read(aside.join("sequence")).unwrap(), acknowledged);
        }
        let mut store = charm.open();
        assert_eq!((generation(&store), store.seq()), (0, 0));
        commit_generation(&mut store, 1);
    }
}

#[test]
fn reset_is_the_way_out_of_every_damage() {
    let whole = CharmDir::with_commits(5);
    let damages: [fn(&CharmDir); 4] = [
        |charm| truncate(&charm.file("store/conf"), 56),
        |charm| fs::remove_file(charm.file("store/db")).unwrap(),
        |charm| fs::remove_dir_all(charm.file("store")).unwrap(),
        |charm| fs::write(charm.file("sequence"), "").unwrap(),
    ];
    for damage in damages {
        let charm = whole.copy();
        damage(&charm);
        refused(&charm);
        reset(&charm.state()).unwrap();
        assert_eq!(generation(&charm.open()), 0);
    }
}

#[test]
fn operator_commands_without_state_make_none() {
    let charm = CharmDir::new();
    for text in
        [reset(&charm.state()).unwrap_err().to_string(), accept(&charm.state()).unwrap_err().to_string()]
    {
        assert!(text.contains("no state"), "{text}");
    }
    assert!(!charm.state().exists());
}

#[test]
fn something_else_in_the_place_of_the_directory_is_refused() {
    let charm = CharmDir::new();
    fs::write(charm.state(), "a file").unwrap();
    assert!(refused(&charm).is_io());
    fs::remove_file(charm.state()).unwrap();
    let elsewhere = CharmDir::with_commits(1);
    std::os::unix::fs::symlink(elsewhere.state(), charm.state()).unwrap();
    assert!(refused(&charm).is_io(), "a link is not followed");
}
