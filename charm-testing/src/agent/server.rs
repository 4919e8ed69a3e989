//! The agent's socket.

use std::io::{self, BufReader};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::protocol::{Reply, Request};

/// A call that waits for its reply.
pub(super) struct Waiting {
    pub(super) request: Request,
    pub(super) reply: SyncSender<Reply>,
}

/// Where calls go while a hook runs.
type Handler = Arc<Mutex<Option<Box<dyn Fn(Waiting) + Send>>>>;

/// Listens as long as it lives. Calls are handed to whoever runs a hook; between hooks they are refused.
#[derive(Debug)]
pub(super) struct Server {
    path: PathBuf,
    handler: HandlerSlot,
    closing: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

struct HandlerSlot(Handler);

impl std::fmt::Debug for HandlerSlot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HandlerSlot")
    }
}

impl Server {
    pub(super) fn listen(path: &Path) -> io::Result<Self> {
        let listener = UnixListener::bind(path)?;
        let handler = Handler::default();
        let closing = Arc::new(AtomicBool::new(false));
        let (for_thread, stop) = (Arc::clone(&handler), Arc::clone(&closing));
        let accepting = std::thread::Builder::new().name("agent socket".to_owned()).spawn(move || {
            for connection in listener.incoming() {
                if stop.load(Ordering::Acquire) {
                    return;
                }
                // A connection that failed before it was taken is the caller's to notice.
                let Ok(connection) = connection else { continue };
                let handler = Arc::clone(&for_thread);
                // A thread each, which ends with its connection: one that a forgotten child holds open must not keep
                // the others waiting. Without a thread the connection closes, which its caller notices.
                let _ = std::thread::Builder::new()
                    .name("hook command".to_owned())
                    .spawn(move || serve(&connection, &handler));
            }
        })?;
        let handler = HandlerSlot(handler);
        Ok(Self { path: path.to_owned(), handler, closing, accepting: Some(accepting) })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Hands calls to `handler` until the guard is dropped.
    pub(super) fn attend(&self, handler: impl Fn(Waiting) + Send + 'static) -> Attending<'_> {
        self.set(Some(Box::new(handler)));
        Attending(self)
    }

    fn set(&self, handler: Option<Box<dyn Fn(Waiting) + Send>>) {
        *self.handler.0.lock().unwrap_or_else(PoisonError::into_inner) = handler;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::Release);
        // Wakes the thread out of its accept. If nobody listens any more, it has ended already.
        let woken = UnixStream::connect(&self.path).is_ok();
        if let Some(thread) = self.accepting.take().filter(|_| woken) {
            // It can't have panicked, and nothing could be done about it here.
            let _ = thread.join();
        }
        let _ = std::fs::remove_file(&self.path);
    }
}

/// As long as it lives, calls are answered.
pub(super) struct Attending<'a>(&'a Server);

impl Drop for Attending<'_> {
    fn drop(&mut self) {
        self.0.set(None);
    }
}

fn serve(connection: &UnixStream, handler: &Handler) {
    let mut from = BufReader::new(connection);
    let mut to = connection;
    // What can't be read or answered ends the connection; the command at its other end says so.
    while let Ok(Some(request)) = Request::read(&mut from) {
        let (sender, receiver) = sync_channel(1);
        match &*handler.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(handle) => handle(Waiting { request, reply: sender }),
            None => drop(sender),
        }
        let reply = receiver.recv().unwrap_or_else(|_| {
            Reply::Refused(
                "bad request: no hook is running; hook commands work only during a hook".to_owned(),
            )
        });
        if reply.write(&mut to).is_err() {
            return;
        }
    }
}
