//! The hook command as a process: it hands its call to the agent and prints the answer.

use std::env;
use std::ffi::OsString;
use std::io::{self, BufReader, Read, Write};
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::net::UnixStream;
use std::process::ExitCode;

use super::protocol::{Reply, Request};
use crate::hook_command;
use crate::model::JujuVersion;

/// Whether a program that was called as `arg0` is to be a hook command, and so to call [`hook_command_main`].
pub fn is_hook_command(arg0: &std::ffi::OsStr) -> bool {
    let name = std::path::Path::new(arg0).file_name();
    name.and_then(|name| name.to_str())
        .is_some_and(|name| hook_command::names(JujuVersion::V3_6).any(|known| known == name))
}

/// Runs the process as the hook command that it was called as. For the `main` of a program that the agent's tools are
/// links to: it reads no more than it needs, since a hook calls it many times.
pub fn hook_command_main() -> ExitCode {
    match call() {
        Ok(code) => code,
        Err(error) => {
            // Nowhere is left to complain to if stderr is closed.
            let _ = writeln!(io::stderr(), "ERROR {error}");
            ExitCode::from(1)
        }
    }
}

fn call() -> Result<ExitCode, String> {
    let mut words = env::args_os();
    let arg0 = words.next().unwrap_or_default();
    let command = std::path::Path::new(&arg0).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let variable = |name: &str| {
        env::var_os(name).filter(|value| !value.is_empty()).ok_or_else(|| format!("{name} not set"))
    };
    let mut request = Request {
        context_id: variable("JUJU_CONTEXT_ID")?.to_string_lossy().into_owned(),
        dir: env::current_dir()
            .map_err(|error| format!("cannot find the current directory: {error}"))?
            .into_os_string()
            .into_vec(),
        command,
        args: words.map(OsString::into_vec).map(|arg| String::from_utf8_lossy(&arg).into_owned()).collect(),
        stdin: None,
    };
    let address = variable("JUJU_AGENT_SOCKET_ADDRESS")?;
    let failed = |error: io::Error| {
        format!(
            "cannot reach the agent at {}: {error}; hook commands work only during a hook",
            address.display()
        )
    };
    let stream = UnixStream::connect(&address).map_err(failed)?;
    let mut to = stream.try_clone().map_err(failed)?;
    let mut from = BufReader::new(stream);
    loop {
        request.write(&mut to).map_err(failed)?;
        match Reply::read(&mut from).map_err(failed)? {
            Reply::Answer { code, stdout, stderr } => {
                print(&mut io::stderr(), &stderr);
                print(&mut io::stdout(), &stdout);
                return Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)));
            }
            Reply::NeedsStdin if request.stdin.is_none() => {
                let mut stdin = Vec::new();
                io::stdin().read_to_end(&mut stdin).map_err(|error| format!("cannot read stdin: {error}"))?;
                request.stdin = Some(stdin);
            }
            Reply::NeedsStdin => return Err("the agent asks for stdin twice".to_owned()),
            Reply::Refused(why) => return Err(why),
        }
    }
}

/// Who closes the other end has no use for the rest.
fn print(to: &mut impl Write, bytes: &[u8]) {
    let _ = to.write_all(bytes).and_then(|()| to.flush());
}
