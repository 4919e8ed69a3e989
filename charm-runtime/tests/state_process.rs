//! What only shows between real processes: the lock, the umask, another user, a full disk, leaving without closing.
//!
//! The other process is this test binary again, told by a variable of its environment what to be.
#![allow(clippy::print_stdout, reason = "how the other process tells this one what it did")]
#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod state_support;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use charm_runtime::state::{Batch, SledStore, StateStore};
use state_support::{commit_generation, generation, CharmDir};

const ROLE: &str = "STATE_TEST_ROLE";
const STATE: &str = "STATE_TEST_DIR";

/// Not a test by itself: the body of the other process. Without a role there is nothing to be.
#[test]
fn other_process() {
    let (Ok(role), Some(dir)) = (std::env::var(ROLE), std::env::var_os(STATE)) else { return };
    let dir = Path::new(&dir);
    let status = match role.as_str() {
        "hold" => SledStore::open(dir).map(|_store| {
            println!("\nholding");
            std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
        }),
        "commit" => SledStore::open(dir).map(|mut store| commit_generation(&mut store, 1)),
        "commit and forget" => SledStore::open(dir).map(|mut store| {
            let next = generation(&store) + 1;
            commit_generation(&mut store, next);
            store.forget();
        }),
        "large" => SledStore::open(dir).and_then(|mut store| {
            let mut batch = Batch::new();
            batch.put("large", vec![1; 50_000]);
            store.commit(batch)
        }),
        "fill" => fill(dir),
        other => panic!("no role {other}"),
    };
    if let Err(error) = status {
        println!("\nerror: {error}");
        std::process::exit(1);
    }
    std::process::exit(0);
}

/// Commits until the disk refuses, telling each commit that was acknowledged.
fn fill(dir: &Path) -> Result<(), charm_runtime::state::StateError> {
    let mut store = SledStore::open(dir)?;
    for n in store.seq() + 1.. {
        let mut batch = Batch::new();
        batch.put("generation", n.to_string());
        batch.put(format!("filler/{n:06}"), vec![b'x'; 1_000]);
        store.commit(batch)?;
        println!("\nacknowledged {n}");
    }
    Ok(())
}

/// The command line of the other process, as `run` in a shell that was given `prelude` first.
fn other(charm: &CharmDir, role: &str, prelude: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{prelude}\nexec \"$0\" --exact other_process --nocapture"));
    command.arg(std::env::current_exe().unwrap());
    command.env(ROLE, role).env(STATE, charm.state()).env("RUST_BACKTRACE", "0");
    command
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A process that has the state open, until its standard input is closed.
fn hold(charm: &CharmDir) -> Child {
    let mut holder = other(charm, "hold", "").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(holder.stdout.as_mut().unwrap()).lines();
    assert!(lines.map(Result::unwrap).any(|line| line == "holding"));
    holder
}

#[test]
fn held_state_is_locked_and_the_error_names_the_holder() {
    let charm = CharmDir::with_commits(1);
    let mut holder = hold(&charm);
    let error = SledStore::open(&charm.state()).unwrap_err();
    assert!(error.is_locked(), "{error}");
    let text = error.to_string();
    assert!(
        text.contains(".unit-state/lock") && text.contains(&format!("process {}", holder.id())),
        "{text}"
    );
    drop(holder.stdin.take());
    assert!(holder.wait().unwrap().success());
    assert_eq!(generation(&charm.open()), 1);
}

#[test]
fn state_freed_in_time_is_waited_for() {
    let charm = CharmDir::with_commits(1);
    let mut holder = hold(&charm);
    drop(holder.stdin.take());
    assert_eq!(generation(&charm.open()), 1);
    assert!(holder.wait().unwrap().success());
}

#[test]
fn killed_holder_frees_the_state() {
    let charm = CharmDir::with_commits(1);
    let mut holder = hold(&charm);
    holder.kill().unwrap();
    assert_eq!(generation(&charm.open()), 1);
    holder.wait().unwrap();
}

#[test]
fn process_that_forgets_its_store_has_lost_nothing() {
    let charm = CharmDir::new();
    for n in 1..=3 {
        let output = other(&charm, "commit and forget", "").output().unwrap();
        assert!(output.status.success(), "{}", stdout(&output));
        assert_eq!(generation(&charm.open()), n);
    }
}

#[test]
fn files_are_private_whatever_the_umask() {
    for (umask, role) in [("000", "commit"), ("000", "large"), ("027", "commit")] {
        let charm = CharmDir::new();
        let output = other(&charm, role, &format!("umask {umask}")).output().unwrap();
        assert!(output.status.success(), "{}", stdout(&output));
        let mut left = vec![charm.state()];
        let mut files = 0;
        while let Some(path) = left.pop() {
            let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            if path.is_dir() {
                assert_eq!(mode, 0o700, "{}", path.display());
                left.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else {
                assert_eq!(mode, 0o600, "{}", path.display());
                files += 1;
            }
        }
        assert!(files >= 4, "lock, sequence, conf, db");
    }
}

/// A limit on file size stands for a full disk: the same system calls fail, in the same places, without being root.
#[test]
fn disk_that_takes_no_more_fails_the_commit_and_loses_nothing() {
    for kilobytes in [24, 40, 64, 100] {
        let charm = CharmDir::new();
        drop(charm.open());
        // Ignored, the signal becomes an error of the write. ulimit -f counts blocks of 512 bytes in POSIX shells.
        let prelude = format!("trap '' XFSZ; ulimit -f {}", kilobytes * 2);
        let output = other(&charm, "fill", &prelude).stderr(Stdio::piped()).output().unwrap();
        let said = stdout(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        let error =
            said.lines().find(|line| line.starts_with("error: ")).expect("one line that says what failed");
        assert!(error.contains(".unit-state/store") && !error.contains("reset"), "{error}");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(!stderr.contains("panicked"), "{stderr}");

        let acknowledged: u64 = said
            .lines()
            .filter_map(|line| line.strip_prefix("acknowledged ")?.parse().ok())
            .max()
            .unwrap_or(0);
        assert!(acknowledged > 0, "the limit of {kilobytes} KiB left room for nothing");
        let store = charm.open();
        let found: u64 =
            String::from_utf8(store.get(b"generation").unwrap().unwrap()).unwrap().parse().unwrap();
        assert!(found >= acknowledged, "{acknowledged} acknowledged, {found} found");
        assert_eq!(store.scan(b"filler/").unwrap().len() as u64, found);
    }
}

fn am_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// What a process says that may not write where it is told to: nobody if this is root, for whom no mode is a limit.
fn refusal_without_rights(charm: &CharmDir) -> String {
    // A copy, where nobody can read it.
    let place = tempfile::tempdir().unwrap();
    set_mode(place.path(), 0o755);
    let exe = place.path().join("other");
    fs::copy(std::env::current_exe().unwrap(), &exe).unwrap();
    let mut command = Command::new(exe);
    command.args(["--exact", "other_process", "--nocapture"]).current_dir("/");
    command.env(ROLE, "commit").env(STATE, charm.state());
    if am_root() {
        command.uid(65_534).gid(65_534);
    }
    let output = command.output().unwrap();
    let said = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    said.lines().find(|line| line.starts_with("error: ")).unwrap().to_owned()
}

#[test]
fn charm_directory_that_is_not_writable_is_an_error_that_says_so() {
    let charm = CharmDir::new();
    set_mode(charm.path(), 0o555);
    let said = refusal_without_rights(&charm);
    assert!(said.contains(".unit-state: can't create it: Permission denied"), "{said}");
    set_mode(charm.path(), 0o755);
}

#[test]
fn state_that_is_not_writable_is_an_error_that_says_so() {
    let charm = CharmDir::with_commits(1);
    set_mode(charm.path(), 0o755);
    set_mode(&charm.file("lock"), 0o400);
    let said = refusal_without_rights(&charm);
    assert!(said.contains(".unit-state/lock") && said.contains("must belong to the user"), "{said}");
}

/// Only root can make a state that belongs to somebody else; for others the two cases above are all there is.
#[test]
fn state_of_another_user_is_an_error_that_names_the_owner() {
    if !am_root() {
        return;
    }
    let charm = CharmDir::with_commits(1);
    set_mode(charm.path(), 0o755);
    set_mode(&charm.state(), 0o755);
    let said = refusal_without_rights(&charm);
    assert!(said.contains("belongs to another user (uid 0)"), "{said}");
}
