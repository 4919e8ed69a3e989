//! The agent's socket, and the two forms of its address: abstract in Juju 3, a path in Juju 4.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::AgentError;

/// The longest address that every system takes.
const MAX_ADDRESS: usize = 103;

/// A socket that hook commands can reach, for as long as it lives. Juju has one for each hook.
#[derive(Debug)]
pub(super) struct Socket {
    listener: UnixListener,
    address: OsString,
    /// What is to be removed with it.
    file: Option<PathBuf>,
    _elsewhere: Option<tempfile::TempDir>,
}

impl Socket {
    /// Listens in the directory of a unit's agent, at an abstract address if that is wanted and this system has such.
    pub(super) fn listen(directory: &Path, wants_abstract: bool) -> Result<Self, AgentError> {
        let mut path = directory.join("agent.socket");
        let mut elsewhere = None;
        if path.as_os_str().len() >= MAX_ADDRESS {
            // As deep as that, it can't be where Juju has it.
            let made = tempfile::Builder::new().prefix("charm-").tempdir();
            let made =
                made.map_err(|error| AgentError::io("create directory in", &std::env::temp_dir(), error))?;
            path = made.path().join("agent.socket");
            elsewhere = Some(made);
            if path.as_os_str().len() >= MAX_ADDRESS {
                return Err(AgentError::SocketPathTooLong(path));
            }
        }
        let failed = |error| AgentError::io("listen on", &path, error);
        if wants_abstract && let Some(address) = abstract_address(path.as_os_str()).map_err(failed)? {
            let listener = bind(&address).map_err(failed)?;
            listener.set_nonblocking(true).map_err(failed)?;
            let mut address = OsString::from("@");
            address.push(&path);
            return Ok(Self { listener, address, file: None, _elsewhere: elsewhere });
        }
        // One that was left by an agent that was killed.
        let _ = fs::remove_file(&path);
        let listener = UnixListener::bind(&path).map_err(failed)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        Ok(Self { listener, address: path.clone().into(), file: Some(path), _elsewhere: elsewhere })
    }

    /// What `JUJU_AGENT_SOCKET_ADDRESS` says.
    pub(super) fn address(&self) -> &OsStr {
        &self.address
    }

    pub(super) fn listener(&self) -> &UnixListener {
        &self.listener
    }

    /// Takes a connection that waits, if one does. Anyone on this machine can reach an abstract address, and hook
    /// commands write files: others than this user, and the system's, are turned away.
    pub(super) fn accept(&self) -> Option<UnixStream> {
        let (stream, _) = self.listener.accept().ok()?;
        if !is_own(&stream) {
            return None;
        }
        stream.set_nonblocking(true).ok()?;
        Some(stream)
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            let _ = fs::remove_file(file);
        }
    }
}

/// The socket of the hook before may for a moment be held open by a child that another thread is about to start: unlike a
/// path, an abstract address is free only then.
fn bind(address: &SocketAddr) -> io::Result<UnixListener> {
    for _ in 0..1000 {
        match UnixListener::bind_addr(address) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                std::thread::sleep(Duration::from_millis(1));
            }
            other => return other,
        }
    }
    UnixListener::bind_addr(address)
}

/// Connects to what `JUJU_AGENT_SOCKET_ADDRESS` says.
pub(super) fn connect(address: &OsStr) -> io::Result<UnixStream> {
    match address.as_bytes().strip_prefix(b"@") {
        None => UnixStream::connect(address),
        Some(name) => {
            let unsupported =
                || io::Error::new(io::ErrorKind::Unsupported, "this system has no such sockets");
            let address = abstract_address(OsStr::from_bytes(name))?.ok_or_else(unsupported)?;
            UnixStream::connect_addr(&address)
        }
    }
}

#[cfg(target_os = "linux")]
fn abstract_address(name: &OsStr) -> io::Result<Option<SocketAddr>> {
    use std::os::linux::net::SocketAddrExt as _;
    SocketAddr::from_abstract_name(name.as_bytes()).map(Some)
}

#[cfg(not(target_os = "linux"))]
fn abstract_address(_: &OsStr) -> io::Result<Option<SocketAddr>> {
    Ok(None)
}

#[cfg(target_os = "linux")]
fn is_own(stream: &UnixStream) -> bool {
    rustix::net::sockopt::socket_peercred(stream)
        .is_ok_and(|peer| peer.uid.is_root() || peer.uid == rustix::process::geteuid())
}

/// Elsewhere the socket is a file in a directory that only its owner may enter.
#[cfg(not(target_os = "linux"))]
fn is_own(_: &UnixStream) -> bool {
    true
}
