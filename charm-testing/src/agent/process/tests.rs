//! What can be seen only beside the socket.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::io::Write as _;
use std::sync::mpsc::{Receiver, channel};

use super::*;
use crate::agent::rpc::Client;
use crate::agent::socket;

/// As many as a hook may have connections but one, so that all are accepted.
const CALLERS: usize = 20;

/// Answers all first calls, and kills the hook at the next one, when all others have called again.
struct Killer {
    answered: usize,
    refused: usize,
    all_call_again: Receiver<()>,
}

impl Attendant for Killer {
    fn printed(&mut self, _: Stream, _: &[u8]) {}

    fn ended(&mut self, _: Stream) {}

    fn called(&mut self, _: &Request) -> Option<Reply> {
        if self.answered < CALLERS {
            self.answered += 1;
            return Some(Reply::Answer { code: 0, stdout: Vec::new(), stderr: Vec::new() });
        }
        self.all_call_again.recv().unwrap();
        self.refused += 1;
        None
    }
}

#[test]
fn who_is_killed_is_not_heard_any_more() {
    let directory = tempfile::tempdir().unwrap();
    let socket = Socket::listen(directory.path(), false).unwrap();
    let (called_again, all_call_again) = channel();
    let mut killer = Killer { answered: 0, refused: 0, all_call_again };
    let address = socket.address().to_owned();
    let callers = std::thread::spawn(move || {
        let mut callers: Vec<_> =
            (0..CALLERS).map(|_| (socket::connect(&address).unwrap(), Client::new())).collect();
        for (stream, client) in &mut callers {
            stream.write_all(&client.call(&Request::default())).unwrap();
            while client.reply().unwrap().is_none() {
                let mut chunk = [0; 1000];
                let count = stream.read(&mut chunk).unwrap();
                client.push(&chunk[..count]);
            }
        }
        for (stream, client) in &mut callers {
            stream.write_all(&client.call(&Request::default())).unwrap();
        }
        called_again.send(()).unwrap();
        // Not even an end is an answer.
        callers
            .into_iter()
            .filter(|(stream, _)| (&*stream).read(&mut [0; 10]).is_ok_and(|count| count > 0))
            .count()
    });
    let mut command = Command::new("sleep");
    command.arg("30");
    let stop = AtomicBool::new(false);
    let limits = Limits { timeout: Duration::from_secs(20), stop: &stop, cancel: None };
    let end = run(command, Stdio::null(), &socket, &limits, &mut killer);
    assert!(matches!(end, End::Exit(Exit::Signal(9))));
    assert_eq!(killer.refused, 1, "calls were taken after the end was decided");
    assert_eq!(callers.join().unwrap(), 0);
}
