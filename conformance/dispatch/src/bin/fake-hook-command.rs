//! Every hook command, by the name under which it is started.

use std::fs::{self, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use charm_conformance_dispatch::fake::{ANSWERS, Answer, CALLS, Call, End, ReadFile};

fn main() -> io::Result<ExitCode> {
    let mut argv: Vec<String> = std::env::args().collect();
    // A name that was found on PATH comes as it is, another as a path.
    let started_as = PathBuf::from(&argv[0]);
    argv[0] = started_as.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let commands = match started_as.parent() {
        Some(directory) if directory.is_absolute() => directory.to_owned(),
        _ => PathBuf::from(std::env::var_os("PATH").unwrap_or_default()),
    };
    let beside = |name| commands.with_file_name(name);

    let mut stdin = String::new();
    io::stdin().read_to_string(&mut stdin)?;
    let files = argv.iter().filter_map(|argument| argument.split_once("#file="));
    let files = files.map(|(_, path)| ReadFile::of(Path::new(path))).collect::<io::Result<_>>()?;
    let call = Call { argv, stdin, files, guard: std::env::var("OPERATOR_DISPATCH").ok() };
    // One write, so that lines stay whole.
    let line = serde_json::to_string(&call)? + "\n";
    OpenOptions::new().append(true).create(true).open(beside(CALLS))?.write_all(line.as_bytes())?;

    let answers: Vec<Answer> = serde_json::from_slice(&fs::read(beside(ANSWERS))?)?;
    // What was said last holds.
    let Some(answer) = answers.into_iter().rev().find(|answer| answer.is_for(&call)) else {
        writeln!(io::stderr(), "ERROR the test has no answer to {:?}", call.argv)?;
        return Ok(ExitCode::from(3));
    };
    io::stdout().write_all(answer.stdout.as_bytes())?;
    io::stderr().write_all(answer.stderr.as_bytes())?;
    match answer.end {
        End::Exit(code) => return Ok(ExitCode::from(u8::try_from(code).unwrap_or(u8::MAX))),
        End::Signal => std::process::abort(),
        End::Flood(bytes) => {
            let block = vec![b'x'; 1 << 16];
            for _ in 0..bytes.div_ceil(block.len()) {
                io::stdout().write_all(&block)?;
            }
        }
        End::Hang => loop {
            std::thread::park();
        },
    }
    Ok(ExitCode::SUCCESS)
}
