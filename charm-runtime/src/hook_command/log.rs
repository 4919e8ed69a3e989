//! `juju-log`.

use super::{cut_at, run, without_nul, HookCommand, Transport};
use crate::error::Error;

/// The longest single argument that Linux passes to a process is 128 KiB, its end included; this leaves room for a mark.
const LONGEST_MESSAGE: usize = 100_000;

/// Juju's log levels, most talkative first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // the names are Juju's and say it all
pub enum LogLevel {
    Trace,
    Debug,
    Info,
    Warning,
    Error,
}

impl LogLevel {
    /// Juju's name for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Trace => "TRACE",
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
        }
    }
}

/// `juju-log`: adds to the model's log, at once and whatever becomes of the dispatch.
///
/// A message may have several lines: Juju keeps it as one record. One over 100 kB goes out in pieces, each in a call of
/// its own that begins with `[2 of 3]`: no process takes an argument over 128 KiB on Linux. They are cut at the end of a
/// line where one is near, else between characters. NUL, which no argument can hold, is replaced by `␀`.
///
/// Juju 3.6 and 4 log it as the unit's, with the relation's id before it in a relation's hook.
///
/// ```
/// use charm_runtime::hook_command::{juju_log, HookCommand, LogLevel, Scripted};
///
/// let juju = Scripted::new();
/// juju_log(&juju, LogLevel::Warning, "disk is nearly full")?;
/// let expected = HookCommand::new("juju-log").args(["--log-level", "WARNING", "--", "disk is nearly full"]);
/// assert_eq!(juju.calls(), [expected]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn juju_log(juju: &dyn Transport, level: LogLevel, message: &str) -> Result<(), Error> {
    let message = without_nul(message);
    let pieces = pieces(&message, LONGEST_MESSAGE);
    for (number, piece) in (1..).zip(&pieces) {
        let piece = match pieces.len() {
            1 => (*piece).to_owned(),
            count => format!("[{number} of {count}] {piece}"),
        };
        run(juju, &HookCommand::new("juju-log").arg("--log-level").arg(level.name()).arg("--").arg(piece))?;
    }
    Ok(())
}

/// Lines joined to messages that are no longer than one call takes; a line that is alone too long stays whole, for
/// [`juju_log`] to cut.
pub(crate) fn messages<'l>(lines: impl IntoIterator<Item = &'l str>) -> Vec<String> {
    let mut messages: Vec<String> = Vec::new();
    for line in lines {
        let line = without_nul(line);
        match messages.last_mut() {
            Some(last) if last.len() + 1 + line.len() <= LONGEST_MESSAGE => {
                last.push('\n');
                last.push_str(&line);
            }
            _ => messages.push(line.into_owned()),
        }
    }
    messages
}

fn pieces(text: &str, most: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > most {
        let end = cut_at(rest, most);
        // Not any line's end: a short line before a long one would make a piece of a few words.
        let line_end = rest[..end].rfind('\n').filter(|at| *at >= most / 2);
        pieces.push(&rest[..line_end.unwrap_or(end)]);
        rest = &rest[line_end.map_or(end, |at| at + 1)..];
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook_command::Scripted;

    #[test]
    fn what_is_too_long_goes_out_in_pieces_and_whole() {
        let juju = Scripted::new();
        let message = "é".repeat(LONGEST_MESSAGE);
        juju_log(&juju, LogLevel::Info, &message).unwrap();
        let calls = juju.calls();
        let sent: Vec<&str> = calls.iter().map(|call| call.arguments()[3].as_str()).collect();
        assert!(sent.len() == 2 && sent.iter().all(|piece| piece.len() < 128 * 1024));
        let unmarked: Vec<&str> = sent.iter().filter_map(|piece| Some(piece.split_once("] ")?.1)).collect();
        assert_eq!(unmarked.concat(), message);
    }

    #[test]
    fn odd_messages_are_messages() {
        for (message, sent) in [("", ""), ("--debug", "--debug"), (" a\0\n", " a␀\n")] {
            let juju = Scripted::new();
            juju_log(&juju, LogLevel::Trace, message).unwrap();
            let expected = HookCommand::new("juju-log").args(["--log-level", "TRACE", "--", sent]);
            assert_eq!(juju.calls(), [expected]);
        }
        let juju = Scripted::new().refuse(1, "connection is shut down");
        assert!(juju_log(&juju, LogLevel::Error, "a").is_err());
    }

    #[test]
    fn a_text_is_cut_at_a_lines_end_or_between_characters() {
        assert_eq!(pieces("", 8), [""]);
        assert_eq!(pieces("12345678", 8), ["12345678"]);
        assert_eq!(pieces("123456789", 8), ["12345678", "9"]);
        assert_eq!(pieces("1234567é9", 8), ["1234567", "é9"]);
        assert_eq!(pieces("12345\n789abcdef", 8), ["12345", "789abcde", "f"]);
        assert_eq!(pieces("1\n3456789a", 8), ["1\n345678", "9a"]);
        assert_eq!(pieces("1234567\n9", 8), ["1234567", "9"]);
    }

    #[test]
    fn lines_share_a_message_up_to_the_limit() {
        let half = "x".repeat(LONGEST_MESSAGE / 2);
        let long = "y".repeat(LONGEST_MESSAGE + 1);
        let joined = messages(["a", &half, "b", &half, "c", &long, "d"]);
        let expected = [format!("a\n{half}\nb"), format!("{half}\nc"), long, "d".to_owned()];
        assert!(joined == expected, "{:?}", joined.iter().map(String::len).collect::<Vec<_>>());
        // What stands for NUL is longer than that.
        assert!(messages([half.replace('x', "\0").as_str(), &half])[0].len() > LONGEST_MESSAGE);
        assert!(messages([]).is_empty());
    }
}
