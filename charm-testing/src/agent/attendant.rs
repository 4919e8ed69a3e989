//! What a model makes of what happens while one of its hooks runs as a process.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use super::output::Output;
use super::process::{self, Stream};
use super::rpc::{Reply, Request};
use crate::hook_command::{self, Call, CallError};
use crate::model::{Hook, HookContext, Level, LogLine, Model, Reboot};

/// Logs what a hook prints and answers its hook commands.
pub(super) struct Attendant<'a> {
    model: &'a mut Model,
    context: &'a mut HookContext,
    observe: &'a mut dyn FnMut(&LogLine),
    module: String,
    stdout: Output,
    stderr: Output,
}

impl<'a> Attendant<'a> {
    pub(super) fn new(
        model: &'a mut Model,
        context: &'a mut HookContext,
        observe: &'a mut dyn FnMut(&LogLine),
    ) -> Self {
        let module = format!("unit.{}.{}", context.unit(), context.hook().name());
        let output = || match context.hook() {
            Hook::Action { .. } | Hook::Exec(_) => Output::with_result(),
            _ => Output::default(),
        };
        let (stdout, stderr) = (output(), output());
        Self { model, context, observe, module, stdout, stderr }
    }

    /// The hook has ended: what an action or an operator's commands printed is their result too.
    pub(super) fn finish(self) {
        let (stdout, stderr) = (self.stdout.result(), self.stderr.result());
        match self.context.hook() {
            Hook::Action { id, .. } => self.model.record_action_output(*id, stdout, stderr),
            Hook::Exec(exec) => {
                let [stdout, stderr] = [stdout, stderr].map(String::from_utf8_lossy);
                self.model.record_exec_output(exec.id, &stdout, &stderr);
            }
            _ => {}
        }
    }

    fn print(&mut self, stream: Stream, print: impl FnOnce(&mut Output, &mut dyn FnMut(&str))) {
        let (output, level) = match stream {
            Stream::Stdout => (&mut self.stdout, Level::Debug),
            Stream::Stderr => (&mut self.stderr, Level::Warning),
        };
        let (model, unit) = (&mut *self.model, self.context.unit());
        print(output, &mut |line| model.log(unit, level, &self.module, line));
        self.show();
    }

    fn show(&mut self) {
        self.model.take_log().iter().for_each(&mut *self.observe);
    }
}

impl process::Attendant for Attendant<'_> {
    fn printed(&mut self, stream: Stream, bytes: &[u8]) {
        self.print(stream, |output, log| output.take(bytes, log));
    }

    fn ended(&mut self, stream: Stream) {
        self.print(stream, |output, log| output.end(log));
        let dropped = match stream {
            Stream::Stdout => self.stdout.dropped("stdout"),
            Stream::Stderr => self.stderr.dropped("stderr"),
        };
        if let Some(dropped) = dropped {
            self.model.log(self.context.unit(), Level::Warning, &self.module, dropped);
            self.show();
        }
    }

    fn called(&mut self, request: &Request) -> Option<Reply> {
        let reply = answer(self.model, self.context, request);
        self.show();
        (self.context.reboot() != Some(Reboot::Now)).then_some(reply)
    }
}

fn answer(model: &mut Model, context: &mut HookContext, request: &Request) -> Reply {
    let bad = |why: String| Reply::Refused(format!("bad request: {why}"));
    if request.command.is_empty() {
        return bad("command not specified".to_owned());
    }
    let dir = Path::new(OsStr::from_bytes(&request.dir));
    if !dir.is_absolute() {
        return bad("Dir is not absolute".to_owned());
    }
    let (asked, current) = (String::from_utf8_lossy(&request.context_id), context.id());
    if asked != current {
        return bad(format!("expected context id {current:?}, got {asked:?}"));
    }
    let Some(mut view) = model.view(context) else {
        return bad("the unit is gone".to_owned());
    };
    let command = String::from_utf8_lossy(&request.command);
    let args: Vec<String> =
        request.args.iter().map(|arg| String::from_utf8_lossy(arg).into_owned()).collect();
    let call = Call { command: &command, args: &args, dir, stdin: request.stdin.as_deref() };
    match hook_command::run(&mut view, &call) {
        Ok(answer) => Reply::Answer { code: answer.code, stdout: answer.stdout, stderr: answer.stderr },
        Err(CallError::NeedsStdin) => Reply::NeedsStdin,
        Err(error @ CallError::UnknownCommand(_)) => Reply::Refused(error.to_string()),
    }
}
