//! What a hook command and the agent say to each other over the socket.
//!
//! A connection carries any number of calls, each a request and its reply. Integers are 32 bits, little-endian; a text
//! is its length in bytes and its bytes.
//!
//! ```text
//! request  context id, directory, command: text; number of arguments, each a text; 0, or 1 and stdin: text
//! reply    0, exit code, stdout: text, stderr: text    the command ran
//!          1                                           it reads stdin: ask again with it
//!          2, message: text                            the request is refused
//! ```

use std::io::{self, Read, Write};

/// More than any command needs, and little enough that a stray length can't exhaust memory.
const MAX_TEXT: u32 = 64 << 20;
const MAX_ARGS: u32 = 1 << 16;

/// A call of a hook command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) context_id: String,
    pub(super) dir: Vec<u8>,
    pub(super) command: String,
    pub(super) args: Vec<String>,
    pub(super) stdin: Option<Vec<u8>>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reply {
    Answer { code: i32, stdout: Vec<u8>, stderr: Vec<u8> },
    NeedsStdin,
    Refused(String),
}

impl Request {
    pub(super) fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let mut message = Vec::new();
        put_text(&mut message, self.context_id.as_bytes())?;
        put_text(&mut message, &self.dir)?;
        put_text(&mut message, self.command.as_bytes())?;
        put_length(&mut message, self.args.len())?;
        for arg in &self.args {
            put_text(&mut message, arg.as_bytes())?;
        }
        put_length(&mut message, usize::from(self.stdin.is_some()))?;
        if let Some(stdin) = &self.stdin {
            put_text(&mut message, stdin)?;
        }
        to.write_all(&message)?;
        to.flush()
    }

    /// Reads the next request; none if the connection has ended.
    pub(super) fn read(from: &mut impl Read) -> io::Result<Option<Self>> {
        let mut first = [0; 4];
        // An end before a request is a good one, an end within it is not.
        if from.read(&mut first[..1])? == 0 {
            return Ok(None);
        }
        from.read_exact(&mut first[1..])?;
        let context_id = string(text_of(from, u32::from_le_bytes(first))?);
        let dir = text(from)?;
        let command = string(text(from)?);
        let count = integer(from)?;
        if count > MAX_ARGS {
            return Err(too_long());
        }
        let args = (0..count).map(|_| text(from).map(string)).collect::<io::Result<_>>()?;
        let stdin = if integer(from)? == 0 { None } else { Some(text(from)?) };
        Ok(Some(Self { context_id, dir, command, args, stdin }))
    }
}

impl Reply {
    pub(super) fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let mut message = Vec::new();
        match self {
            Self::Answer { code, stdout, stderr } => {
                put_length(&mut message, 0)?;
                message.extend(code.to_le_bytes());
                put_text(&mut message, stdout)?;
                put_text(&mut message, stderr)?;
            }
            Self::NeedsStdin => put_length(&mut message, 1)?,
            Self::Refused(why) => {
                put_length(&mut message, 2)?;
                put_text(&mut message, why.as_bytes())?;
            }
        }
        to.write_all(&message)?;
        to.flush()
    }

    pub(super) fn read(from: &mut impl Read) -> io::Result<Self> {
        Ok(match integer(from)? {
            0 => {
                let mut code = [0; 4];
                from.read_exact(&mut code)?;
                Self::Answer { code: i32::from_le_bytes(code), stdout: text(from)?, stderr: text(from)? }
            }
            1 => Self::NeedsStdin,
            2 => Self::Refused(string(text(from)?)),
            _ => return Err(io::Error::new(io::ErrorKind::InvalidData, "unknown reply")),
        })
    }
}

fn put_length(message: &mut Vec<u8>, length: usize) -> io::Result<()> {
    let length = u32::try_from(length).map_err(|_| too_long())?;
    message.extend(length.to_le_bytes());
    Ok(())
}

fn put_text(message: &mut Vec<u8>, text: &[u8]) -> io::Result<()> {
    put_length(message, text.len())?;
    message.extend(text);
    Ok(())
}

fn integer(from: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    from.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

fn text(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let length = integer(from)?;
    text_of(from, length)
}

fn text_of(from: &mut impl Read, length: u32) -> io::Result<Vec<u8>> {
    if length > MAX_TEXT {
        return Err(too_long());
    }
    // Grown as bytes come in: the length alone is no reason to take memory.
    let mut bytes = Vec::new();
    from.take(length.into()).read_to_end(&mut bytes)?;
    if bytes.len() < length as usize { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(bytes) }
}

fn string(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn too_long() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "message too long")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let request = Request {
            context_id: "hello/0-install-0".to_owned(),
            dir: b"/charm/\xff".to_vec(),
            command: "relation-set".to_owned(),
            args: vec!["--file".to_owned(), "-".to_owned()],
            stdin: Some(b"a: b".to_vec()),
        };
        let mut bytes = Vec::new();
        request.write(&mut bytes).unwrap();
        Request::default().write(&mut bytes).unwrap();
        let mut from = bytes.as_slice();
        assert_eq!(Request::read(&mut from).unwrap(), Some(request));
        assert_eq!(Request::read(&mut from).unwrap(), Some(Request::default()));
        assert_eq!(Request::read(&mut from).unwrap(), None);

        let replies = [
            Reply::Answer { code: 2, stdout: b"out".to_vec(), stderr: b"err".to_vec() },
            Reply::NeedsStdin,
            Reply::Refused("bad request".to_owned()),
        ];
        for reply in replies {
            let mut bytes = Vec::new();
            reply.write(&mut bytes).unwrap();
            assert_eq!(Reply::read(&mut bytes.as_slice()).unwrap(), reply);
        }
    }

    #[test]
    fn rubbish_is_an_error() {
        let mut request = Vec::new();
        Request { command: "x".repeat(100), ..Request::default() }.write(&mut request).unwrap();
        for end in 1..request.len() {
            assert!(Request::read(&mut &request[..end]).is_err(), "cut after {end}");
        }
        assert!(Request::read(&mut [0xff; 64].as_slice()).is_err());
        assert!(Reply::read(&mut [9, 0, 0, 0].as_slice()).is_err());
    }
}
