//! `Jujuc.Main`: how a hook command and the agent speak to each other, which is Go's net/rpc with gob.
//!
//! A call is a header and a request, its reply a header and an answer, matched by a number. A connection carries any
//! number of calls; each side defines its types before their first use.

#[cfg(test)]
mod tests;

use super::gob::{self, Decoder, Field, GobError, Messages, StructValue, Value};

const METHOD: &[u8] = b"Jujuc.Main";
/// What a call without its stdin is answered if it needs it.
const NEEDS_STDIN: &[u8] = b"hook tool requires stdin, none supplied";
/// The longest message: more than Juju would keep of anything, and little enough to hold many.
const MAX_MESSAGE: usize = 32 << 20;

// Any numbers will do; these are what Go counts from.
const REQUEST_HEADER: i64 = 65;
const REQUEST: i64 = 66;
const STRINGS: i64 = 67;
const RESPONSE_HEADER: i64 = 68;
const RESPONSE: i64 = 69;
const NO_RESPONSE: i64 = 70;

/// A call of a hook command. Texts are what Go takes for one: any bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) context_id: Vec<u8>,
    pub(super) dir: Vec<u8>,
    pub(super) command: Vec<u8>,
    pub(super) args: Vec<Vec<u8>>,
    pub(super) stdin: Option<Vec<u8>>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reply {
    /// The command ran.
    Answer { code: i32, stdout: Vec<u8>, stderr: Vec<u8> },
    /// It reads stdin: call again with it.
    NeedsStdin,
    /// It wasn't run.
    Refused(String),
}

/// What both headers begin with.
#[derive(Debug, Default)]
struct Header {
    method: Vec<u8>,
    sequence: u64,
    error: Vec<u8>,
}

impl Header {
    fn read(decoder: &Decoder, value: &Value<'_>) -> Result<Self, GobError> {
        let mut this = Self::default();
        let mut fields = [
            ("ServiceMethod", Field::String(&mut this.method)),
            ("Seq", Field::Uint(&mut this.sequence)),
            ("Error", Field::String(&mut this.error)),
        ];
        decoder.fields(value, &mut fields)?;
        Ok(this)
    }
}

/// The agent's end of a connection.
#[derive(Debug)]
pub(super) struct Server {
    messages: Messages,
    decoder: Decoder,
    header: Option<Header>,
    replied: bool,
    refused: bool,
}

/// A call that has come in. One without a request is to be answered with the error that is in its place.
#[derive(Debug)]
pub(super) struct Incoming {
    pub(super) request: Result<Request, String>,
    method: Vec<u8>,
    sequence: u64,
}

impl Server {
    pub(super) fn new() -> Self {
        Self {
            messages: Messages::new(MAX_MESSAGE),
            decoder: Decoder::default(),
            header: None,
            replied: false,
            refused: false,
        }
    }

    /// Takes bytes as they come.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.messages.push(bytes);
    }

    /// The next call, once it is complete. After an error nothing can be made of the connection any more.
    pub(super) fn next(&mut self) -> Result<Option<Incoming>, GobError> {
        while let Some(message) = self.messages.next()? {
            let Some(value) = self.decoder.read(&message)? else { continue };
            let Some(Header { method, sequence, .. }) = self.header.take() else {
                self.header = Some(Header::read(&self.decoder, &value)?);
                continue;
            };
            let request = match unknown(&method) {
                // Its request is passed over, whatever it is.
                Some(error) => Err(error),
                // One that is no request has been read all the same, and the next one can be.
                None => self.request(&value).map_err(|error| error.to_string()),
            };
            return Ok(Some(Incoming { request, method, sequence }));
        }
        Ok(None)
    }

    fn request(&self, value: &Value<'_>) -> Result<Request, GobError> {
        let mut request = Request::default();
        let (mut stdin_set, mut stdin) = (false, Vec::new());
        let mut fields = [
            ("ContextId", Field::String(&mut request.context_id)),
            ("Dir", Field::String(&mut request.dir)),
            ("CommandName", Field::String(&mut request.command)),
            ("Args", Field::Strings(&mut request.args)),
            ("StdinSet", Field::Bool(&mut stdin_set)),
            ("Stdin", Field::Bytes(&mut stdin)),
        ];
        self.decoder.fields(value, &mut fields)?;
        request.stdin = stdin_set.then_some(stdin);
        Ok(request)
    }

    /// The bytes of the reply to a call.
    pub(super) fn reply(&mut self, to: &Incoming, reply: &Reply) -> Vec<u8> {
        let mut out = Vec::new();
        let error = match reply {
            Reply::Answer { .. } => &[],
            Reply::NeedsStdin => NEEDS_STDIN,
            Reply::Refused(why) => why.as_bytes(),
        };
        if !self.replied && !self.refused {
            let fields = [("ServiceMethod", gob::STRING), ("Seq", gob::UINT), ("Error", gob::STRING)];
            gob::define_struct(&mut out, RESPONSE_HEADER, "Response", &fields);
        }
        StructValue::new(RESPONSE_HEADER).bytes(&to.method).uint(to.sequence).bytes(error).write(&mut out);
        if let Reply::Answer { code, stdout, stderr } = reply {
            if !std::mem::replace(&mut self.replied, true) {
                let fields = [("Code", gob::INT), ("Stdout", gob::BYTES), ("Stderr", gob::BYTES)];
                gob::define_struct(&mut out, RESPONSE, "ExecResponse", &fields);
            }
            StructValue::new(RESPONSE).int((*code).into()).bytes(stdout).bytes(stderr).write(&mut out);
        } else {
            if !std::mem::replace(&mut self.refused, true) {
                gob::define_struct(&mut out, NO_RESPONSE, "", &[]);
            }
            StructValue::new(NO_RESPONSE).write(&mut out);
        }
        out
    }
}

/// What net/rpc says of a method that isn't there.
fn unknown(method: &[u8]) -> Option<String> {
    if method == METHOD {
        return None;
    }
    let method = String::from_utf8_lossy(method);
    Some(match method.rsplit_once('.') {
        None => format!("rpc: service/method request ill-formed: {method}"),
        Some(("Jujuc", _)) => format!("rpc: can't find method {method}"),
        Some(_) => format!("rpc: can't find service {method}"),
    })
}

/// A hook command's end of a connection.
#[derive(Debug)]
pub(super) struct Client {
    messages: Messages,
    decoder: Decoder,
    header: Option<Header>,
    calls: u64,
}

impl Client {
    pub(super) fn new() -> Self {
        Self { messages: Messages::new(MAX_MESSAGE), decoder: Decoder::default(), header: None, calls: 0 }
    }

    /// The bytes of a call.
    pub(super) fn call(&mut self, request: &Request) -> Vec<u8> {
        let mut out = Vec::new();
        let sequence = self.calls;
        self.calls += 1;
        if sequence == 0 {
            let fields = [("ServiceMethod", gob::STRING), ("Seq", gob::UINT)];
            gob::define_struct(&mut out, REQUEST_HEADER, "Request", &fields);
        }
        StructValue::new(REQUEST_HEADER).bytes(METHOD).uint(sequence).write(&mut out);
        if sequence == 0 {
            let fields = [
                ("ContextId", gob::STRING),
                ("Dir", gob::STRING),
                ("CommandName", gob::STRING),
                ("Args", STRINGS),
                ("StdinSet", gob::BOOL),
                ("Stdin", gob::BYTES),
                // For Juju before 4, which on other than local sockets wants it.
                ("Token", gob::STRING),
            ];
            gob::define_struct(&mut out, REQUEST, "Request", &fields);
            gob::define_slice(&mut out, STRINGS, "[]string", gob::STRING);
        }
        StructValue::new(REQUEST)
            .bytes(&request.context_id)
            .bytes(&request.dir)
            .bytes(&request.command)
            .strings(&request.args)
            .bool(request.stdin.is_some())
            .bytes(request.stdin.as_deref().unwrap_or_default())
            .write(&mut out);
        out
    }

    /// Takes bytes as they come.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.messages.push(bytes);
    }

    /// The reply to the last call, once it is complete.
    pub(super) fn reply(&mut self) -> Result<Option<Reply>, GobError> {
        while let Some(message) = self.messages.next()? {
            let Some(value) = self.decoder.read(&message)? else { continue };
            let Some(header) = self.header.take() else {
                self.header = Some(Header::read(&self.decoder, &value)?);
                continue;
            };
            if header.sequence + 1 != self.calls {
                // Of a call that nobody waits for any more.
                continue;
            }
            if header.error == NEEDS_STDIN {
                return Ok(Some(Reply::NeedsStdin));
            }
            if !header.error.is_empty() {
                return Ok(Some(Reply::Refused(String::from_utf8_lossy(&header.error).into_owned())));
            }
            let (mut code, mut stdout, mut stderr) = (0, Vec::new(), Vec::new());
            let mut fields = [
                ("Code", Field::Int(&mut code)),
                ("Stdout", Field::Bytes(&mut stdout)),
                ("Stderr", Field::Bytes(&mut stderr)),
            ];
            self.decoder.fields(&value, &mut fields)?;
            return Ok(Some(Reply::Answer { code: i32::try_from(code).unwrap_or(1), stdout, stderr }));
        }
        Ok(None)
    }
}
