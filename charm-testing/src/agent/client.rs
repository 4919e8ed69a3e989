//! The hook command as a process: it hands its call to the agent and prints the answer.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Read as _, Write};
use std::os::unix::ffi::OsStringExt as _;
use std::path::Path;
use std::process::ExitCode;

use super::rpc::{Client, Reply, Request};
use super::socket;
use crate::hook_command;
use crate::model::JujuVersion;

/// Whether a program that was called as `arg0` is to be a hook command, and so to call [`hook_command_main`].
pub fn is_hook_command(arg0: &OsStr) -> bool {
    let name = Path::new(arg0).file_name();
    name.and_then(|name| name.to_str())
        .is_some_and(|name| [JujuVersion::V3_6, JujuVersion::V4_0].into_iter().any(|juju| has(juju, name)))
}

fn has(juju: JujuVersion, name: &str) -> bool {
    hook_command::names(juju).any(|known| known == name)
}

/// Runs the process as the hook command that it was called as. For the `main` of a program that the agent's tools are
/// links to: it reads no more than it needs, since a hook calls it many times. It speaks as Juju's own hook commands do,
/// so it works in any hook, of a real Juju too.
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
    let variable = |name: &str| {
        env::var_os(name).filter(|value| !value.is_empty()).ok_or_else(|| format!("{name} not set"))
    };
    let mut request = Request {
        context_id: variable("JUJU_CONTEXT_ID")?.into_vec(),
        dir: env::current_dir()
            .map_err(|error| format!("cannot find the current directory: {error}"))?
            .into_os_string()
            .into_vec(),
        command: Path::new(&arg0).file_name().unwrap_or_default().to_owned().into_vec(),
        args: words.map(OsString::into_vec).collect(),
        stdin: None,
    };
    let address = variable("JUJU_AGENT_SOCKET_ADDRESS")?;
    let failed = |error: &dyn std::fmt::Display| {
        format!(
            "cannot reach the agent at {}: {error}; hook commands work only during a hook",
            address.display()
        )
    };
    let mut stream = socket::connect(&address).map_err(|error| failed(&error))?;
    let mut client = Client::new();
    loop {
        stream.write_all(&client.call(&request)).map_err(|error| failed(&error))?;
        let reply = loop {
            if let Some(reply) = client.reply().map_err(|error| failed(&error))? {
                break reply;
            }
            let mut chunk = [0; 16 << 10];
            match stream.read(&mut chunk) {
                Ok(0) => return Err(failed(&"it hung up")),
                Ok(count) => client.push(chunk.get(..count).unwrap_or_default()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(failed(&error)),
            }
        };
        match reply {
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
