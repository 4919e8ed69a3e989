//! What a hook prints: lines for the log, and the results of actions.

use std::mem;

/// Where Juju cuts lines.
const MAX_LINE: usize = 4096;
/// How much of each output of one hook is logged. Juju has no limit, and a disk.
const MAX_LINES: usize = 10_000;
const MAX_LOGGED: usize = 4 << 20;
/// How much of an output is kept as a result.
const MAX_RESULT: usize = 1 << 20;

/// One of a hook's outputs.
#[derive(Debug, Default)]
pub(super) struct Output {
    line: Vec<u8>,
    lines: usize,
    logged: usize,
    dropped: u64,
    result: Option<Vec<u8>>,
    cut: bool,
}

impl Output {
    /// One whose bytes are a result as well.
    pub(super) fn with_result() -> Self {
        Self { result: Some(Vec::new()), ..Self::default() }
    }

    /// Takes what was printed and hands over its lines, as far as they are complete.
    pub(super) fn take(&mut self, bytes: &[u8], log: &mut dyn FnMut(&str)) {
        if let Some(result) = &mut self.result {
            let room = MAX_RESULT - result.len();
            result.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
            self.cut |= bytes.len() > room;
        }
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let (piece, ends) = piece.strip_suffix(b"\n").map_or((piece, false), |piece| (piece, true));
            let mut rest = piece;
            while self.line.len() + rest.len() >= MAX_LINE {
                let (fits, later) = rest.split_at(MAX_LINE - self.line.len());
                self.line.extend_from_slice(fits);
                rest = later;
                self.end_line(log);
            }
            self.line.extend_from_slice(rest);
            if ends {
                self.end_line(log);
            }
        }
    }

    /// Ends the output, whose last line may have no end.
    pub(super) fn end(&mut self, log: &mut dyn FnMut(&str)) {
        if !self.line.is_empty() {
            self.end_line(log);
        }
    }

    fn end_line(&mut self, log: &mut dyn FnMut(&str)) {
        let line = mem::take(&mut self.line);
        if self.lines >= MAX_LINES || self.logged >= MAX_LOGGED {
            self.dropped += 1;
            return;
        }
        self.lines += 1;
        self.logged += line.len();
        log(&String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(&line)));
    }

    /// What was too much for the log, if anything was.
    pub(super) fn dropped(&self, name: &str) -> Option<String> {
        let dropped = self.dropped;
        (dropped > 0).then(|| {
            format!(
                "{dropped} more lines on {name} were dropped: the local Juju keeps {MAX_LINES} lines and {} MiB of a hook",
                MAX_LOGGED >> 20
            )
        })
    }

    /// The bytes for a result. Text that had to be cut stays text.
    pub(super) fn result(&self) -> &[u8] {
        let result = self.result.as_deref().unwrap_or_default();
        match str::from_utf8(result) {
            Err(error) if self.cut && error.error_len().is_none() => {
                result.get(..error.valid_up_to()).unwrap_or(result)
            }
            _ => result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(chunks: &[&[u8]]) -> (Vec<String>, Output) {
        let (mut lines, mut output) = (Vec::new(), Output::with_result());
        for chunk in chunks {
            output.take(chunk, &mut |line| lines.push(line.to_owned()));
        }
        output.end(&mut |line| lines.push(line.to_owned()));
        (lines, output)
    }

    #[test]
    fn lines_end_where_they_end_however_they_come() {
        assert_eq!(lines(&[b"one\ntw", b"o\r\n\nthree"]).0, ["one", "two", "", "three"]);
        assert_eq!(lines(&[b"one\n"]).0, ["one"]);
        assert_eq!(lines(&[b"caf\xe9\n"]).0, ["caf\u{fffd}"]);
    }

    #[test]
    fn lines_are_cut_at_4096_bytes() {
        let long = vec![b'x'; 9000];
        for chunks in [vec![long.as_slice()], long.chunks(7).collect(), long.chunks(4096).collect()] {
            let lengths: Vec<usize> = lines(&chunks).0.iter().map(String::len).collect();
            assert_eq!(lengths, [4096, 4096, 808]);
        }
    }

    #[test]
    fn what_is_too_much_is_counted() {
        let (logged, output) = lines(&[&b"\n".repeat(MAX_LINES + 5)]);
        assert_eq!(logged.len(), MAX_LINES);
        assert!(output.dropped("stdout").unwrap().starts_with("5 more lines on stdout were dropped"));
        let (logged, output) = lines(&[&[&[b'x'; 4095][..], b"\n"].concat().repeat(2000)]);
        assert!(logged.iter().map(String::len).sum::<usize>() <= MAX_LOGGED + MAX_LINE);
        assert_eq!(output.result().len(), MAX_RESULT);
        assert_eq!(lines(&[b"few\n"]).1.dropped("stdout"), None);
    }

    #[test]
    fn a_cut_result_stays_text() {
        let (_, output) = lines(&[b"x", "é".repeat(MAX_RESULT).as_bytes()]);
        assert!(str::from_utf8(output.result()).is_ok());
        assert_eq!(output.result().len(), MAX_RESULT - 1);
        assert_eq!(lines(&[b"\xff\n"]).1.result(), b"\xff\n");
    }
}
