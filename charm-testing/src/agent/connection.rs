//! A hook's connection to the agent. Nothing that its other end does, or leaves undone, makes anyone else wait.

use std::io::{self, Read as _, Write as _};
use std::os::unix::net::UnixStream;

use super::rpc::{Incoming, Reply, Server};

/// How much is read at once.
const CHUNK: usize = 16 << 10;

/// A connection that was accepted.
#[derive(Debug)]
pub(super) struct Connection {
    stream: UnixStream,
    server: Server,
    /// What the other end hasn't taken yet. Until it has, nothing more is read from it.
    unsent: Vec<u8>,
    open: bool,
}

impl Connection {
    /// `stream` must not block.
    pub(super) fn new(stream: UnixStream) -> Self {
        Self { stream, server: Server::new(), unsent: Vec::new(), open: true }
    }

    pub(super) fn stream(&self) -> &UnixStream {
        &self.stream
    }

    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    pub(super) fn has_unsent(&self) -> bool {
        !self.unsent.is_empty()
    }

    /// Takes what is there, when something is. Who has closed its end reads no reply: calls that were complete by then
    /// are lost with it.
    pub(super) fn read(&mut self) {
        let mut chunk = [0; CHUNK];
        match self.stream.read(&mut chunk) {
            Ok(0) => self.open = false,
            Ok(count) => self.server.push(chunk.get(..count).unwrap_or_default()),
            Err(error) if is_for_later(&error) => {}
            Err(_) => self.open = false,
        }
    }

    /// The next call that has come in whole.
    pub(super) fn next_call(&mut self) -> Option<Incoming> {
        if !self.open || self.has_unsent() {
            return None;
        }
        // What isn't gob ends the connection, as in Juju; who is at its other end says so.
        self.server.next().unwrap_or_else(|_| {
            self.open = false;
            None
        })
    }

    pub(super) fn reply(&mut self, to: &Incoming, reply: &Reply) {
        self.unsent = self.server.reply(to, reply);
        self.send();
    }

    /// Sends what the other end takes.
    pub(super) fn send(&mut self) {
        while self.has_unsent() {
            match self.stream.write(&self.unsent) {
                Ok(count) => drop(self.unsent.drain(..count)),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if is_for_later(&error) => return,
                Err(_) => {
                    self.open = false;
                    return;
                }
            }
        }
    }
}

fn is_for_later(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}
