//! The agent's socket, seen from outside: its address, and clients that misbehave.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
#![cfg(target_os = "linux")]

mod local;

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::net::{SocketAddr, UnixStream};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use charm_testing::model::JujuVersion;
use local::{Local, unit};

/// A script whose install hook says where its socket is, waits for the test, and then calls a hook command.
const WAITS: &str = "test $hook = install || exit 0\n\
    echo \"$JUJU_AGENT_SOCKET_ADDRESS\" > address.new; mv address.new address\n\
    n=0; while ! test -e go && test $n -lt 3000; do sleep 0.01; n=$((n + 1)); done\n\
    is-leader > leader";

/// Runs a charm, while its install hook waits does `meanwhile` at its socket, and returns what that led to.
fn meanwhile<T: Send>(version: JujuVersion, meanwhile: impl FnOnce(&str) -> T + Send) -> (Local, T) {
    let mut local = Local::new();
    local.model.set_version(version);
    // Should the test fail, it does not wait for long.
    local.model.set_retries(0);
    local.agent.set_timeout(Duration::from_secs(30));
    local.deploy("hello", "", WAITS, 1);
    let charm: PathBuf = local.agent.charm_directory(&unit("hello/0"));
    let outcome = thread::scope(|scope| {
        let waiting = scope.spawn(move || {
            let deadline = Instant::now() + Duration::from_secs(60);
            while !charm.join("address").exists() {
                assert!(Instant::now() < deadline, "the hook does not come");
                thread::yield_now();
            }
            let address = fs::read_to_string(charm.join("address")).unwrap();
            let outcome = meanwhile(address.trim_end());
            fs::write(charm.join("go"), "").unwrap();
            outcome
        });
        local.settle();
        waiting.join().unwrap()
    });
    assert_eq!(local.file("hello/0", "leader"), "True\n", "the hook itself was served");
    assert_eq!(local.record("hello/0").last().unwrap(), "start");
    (local, outcome)
}

fn connect(address: &str) -> UnixStream {
    let name = address.strip_prefix('@').unwrap();
    UnixStream::connect_addr(&SocketAddr::from_abstract_name(name).unwrap()).unwrap()
}

/// A whole call as Go sends it, with the context id of no hook.
fn call() -> Vec<u8> {
    let dump = include_str!("../src/agent/rpc/go.txt");
    let lines = dump.lines().skip_while(|line| !line.starts_with("->")).skip(1);
    let lines = lines.take_while(|line| !line.starts_with("<-"));
    let bytes = lines.flat_map(|line| line[10..60].split_whitespace());
    bytes.map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
}

#[test]
fn juju_3_has_an_abstract_socket_and_juju_4_one_in_a_file() {
    let (local, address) = meanwhile(JujuVersion::V3_6, str::to_owned);
    let directory = local.agent.charm_directory(&unit("hello/0"));
    let directory = directory.parent().unwrap().display().to_string();
    assert_eq!(address, format!("@{directory}/agent.socket"));
    let (_, (address, mode)) = meanwhile(JujuVersion::V4_0, |address| {
        use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
        let about = fs::metadata(address).unwrap();
        assert!(about.file_type().is_socket());
        (address.to_owned(), about.permissions().mode() & 0o777)
    });
    assert!(address.starts_with('/') && address.ends_with("/agents/unit-hello-0/agent.socket"), "{address}");
    // Juju lets only its own user, root, connect.
    assert_eq!(mode, 0o700);
    assert!(!PathBuf::from(address).exists(), "it is there only while a hook runs");
}

#[test]
fn a_directory_too_deep_for_a_socket_is_no_hindrance() {
    let mut local = Local::in_directory(&"deep/".repeat(40));
    for version in [JujuVersion::V3_6, JujuVersion::V4_0] {
        local.model.set_version(version);
        local.model.request_update_status();
        let name = format!("v{}", version.major);
        local.deploy(&name, "", "is-leader > leader", 1);
        local.settle();
        assert_eq!(local.file(&format!("{name}/0"), "leader"), "True\n");
    }
}

#[test]
fn half_a_message_makes_nobody_wait() {
    let (_, mut stream) = meanwhile(JujuVersion::V3_6, |address| {
        let mut stream = connect(address);
        let call = call();
        stream.write_all(&call[..call.len() / 2]).unwrap();
        stream
    });
    // The connection was left open until the hook had ended.
    assert_eq!(stream.read(&mut [0; 10]).unwrap_or(0), 0);
}

#[test]
fn who_hangs_up_in_the_middle_harms_only_himself() {
    meanwhile(JujuVersion::V3_6, |address| {
        for length in [1, 47, call().len()] {
            connect(address).write_all(&call()[..length]).unwrap();
        }
        // And one that never reads what it asked for.
        let mut stream = connect(address);
        stream.write_all(&call()).unwrap();
        stream
    });
}

#[test]
fn what_is_no_gob_ends_its_connection() {
    meanwhile(JujuVersion::V3_6, |address| {
        for bytes in [&b"GET / HTTP/1.1\r\n\r\n"[..], &[0xf8; 20], &[0xff; 300], &[0; 4]] {
            let mut stream = connect(address);
            let _ = stream.write_all(bytes);
            // Some could be the beginning of a message, whose rest is then missing.
            let _ = stream.shutdown(std::net::Shutdown::Write);
            let mut answer = Vec::new();
            // It may be reset with what was left unread.
            let _ = stream.read_to_end(&mut answer);
            assert!(answer.is_empty(), "{answer:?}");
        }
    });
}

#[test]
fn a_wrong_context_is_refused_and_the_connection_goes_on() {
    meanwhile(JujuVersion::V3_6, |address| {
        let mut stream = connect(address);
        let mut answer = Vec::new();
        stream.write_all(&call()).unwrap();
        while !String::from_utf8_lossy(&answer).contains("got \"c/0-install-123\"") {
            let mut chunk = [0; 1000];
            let count = stream.read(&mut chunk).unwrap();
            assert_ne!(count, 0, "{}", String::from_utf8_lossy(&answer));
            answer.extend(&chunk[..count]);
        }
        assert!(
            String::from_utf8_lossy(&answer).contains("bad request: expected context id \"hello/0-install-")
        );
        // The second header and request: their types are known by now.
        let all = call();
        let header = all.windows(2).position(|at| at == [0x0f, 0xff]).unwrap();
        let request = all.windows(3).position(|at| at == [0x34, 0xff, 0x84]).unwrap();
        let second = [&all[header..header + 16], &all[request..]].concat();
        stream.write_all(&second).unwrap();
        assert_ne!(stream.read(&mut [0; 1000]).unwrap(), 0);
    });
}
