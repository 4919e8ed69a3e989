//! What `strace -f -y` saw of one dispatch, counted.

use std::collections::BTreeSet;

/// The size of a segment of the store.
const SEGMENT: u64 = 16_384;

/// The counts.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    pub(crate) threads: u64,
    /// Programs started, beside the charm itself.
    pub(crate) processes: u64,
    /// `fsync`, `fdatasync` and their like.
    pub(crate) syncs: u64,
    pub(crate) opened_for_writing: u64,
    /// Files below `.unit-state` that were opened at all.
    pub(crate) state_opened: u64,
    /// Segments of the store's log that were written to.
    pub(crate) segments: u64,
}

impl Trace {
    pub(crate) fn read(log: &str) -> Self {
        let mut trace = Self::default();
        let mut segments = BTreeSet::new();
        let mut programs: u64 = 0;
        for line in log.lines() {
            let Some((_, call)) = line.split_once(' ') else { continue };
            let call = call.trim_start();
            let (name, arguments) = call.split_once('(').unwrap_or((call, ""));
            match name {
                "clone" | "clone3" if arguments.contains("CLONE_THREAD") => trace.threads += 1,
                "execve" if !call.contains("= -1") => programs += 1,
                "fsync" | "fdatasync" | "sync" | "syncfs" | "msync" | "sync_file_range" => {
                    trace.syncs += u64::from(name != "sync_file_range");
                }
                "open" | "openat" | "creat" => {
                    let is_writing =
                        ["O_WRONLY", "O_RDWR", "O_CREAT"].iter().any(|flag| arguments.contains(flag));
                    trace.opened_for_writing += u64::from(is_writing && !arguments.contains("/dev/null"));
                    trace.state_opened +=
                        u64::from(arguments.contains(".unit-state/") && !call.contains("= -1"));
                }
                "pwrite64" if arguments.contains("/store/db>") => segments.extend(written(arguments)),
                _ => {}
            }
        }
        trace.processes = programs.saturating_sub(1);
        trace.segments = segments.len() as u64;
        trace
    }
}

/// The segments that `pwrite64(fd, data, length, offset) = n` touches.
fn written(arguments: &str) -> impl Iterator<Item = u64> + use<> {
    let arguments = arguments.rsplit_once(')').map_or(arguments, |(arguments, _)| arguments);
    let mut numbers = arguments.rsplit(", ").map(|number| number.trim().parse::<u64>().unwrap_or(0));
    let offset = numbers.next().unwrap_or(0);
    let length = numbers.next().unwrap_or(0);
    offset / SEGMENT..(offset + length).div_ceil(SEGMENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_counted_by_what_they_do() {
        let trace = Trace::read(
            "1 execve(\"/x/charm\", [], 0x0) = 0\n\
             1 clone3({flags=CLONE_VM|CLONE_THREAD}, 88) = 2\n\
             1 clone3({flags=CLONE_VM|CLONE_VFORK}, 88) = 3\n\
             3 execve(\"/x/config-get\", [], 0x0) = -1 ENOENT\n\
             3 execve(\"/y/config-get\", [], 0x0) = 0\n\
             1 openat(AT_FDCWD</c>, \"/c/.unit-state/lock\", O_RDWR|O_CREAT) = 4</c/.unit-state/lock>\n\
             2 pwrite64(5</c/.unit-state/store/db>, \"\"..., 100, 16300) = 100\n\
             2 pwrite64(5</c/.unit-state/store/db>, \"\"..., 16384, 16384) = 16384\n\
             1 fdatasync(5</c/.unit-state/store/db>) = 0\n",
        );
        let counts = [trace.threads, trace.processes, trace.syncs, trace.state_opened, trace.segments];
        assert_eq!(counts, [1, 1, 1, 1, 2]);
    }
}
