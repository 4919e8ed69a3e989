//! A Chromium without a window, told what to do over a pipe: no port is opened.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, PipeWriter, Write as _};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use command_fds::{CommandFdExt as _, FdMapping};
use serde_json::{Value, json};

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Browser {
    process: Child,
    to: PipeWriter,
    from: Receiver<Value>,
    /// What has happened and nobody has asked for yet.
    events: VecDeque<Value>,
    session: Option<String>,
    last_id: u64,
}

impl Browser {
    /// Starts `chromium` with one empty page, which keeps all it has below `home`.
    pub(crate) fn start(home: &Path) -> Result<Self> {
        let (their_in, to) = std::io::pipe()?;
        let (from, their_out) = std::io::pipe()?;
        let mut command = Command::new("chromium");
        command.args([
            "--headless",
            "--remote-debugging-pipe",
            "--window-size=1400,900",
            "--hide-scrollbars",
        ]);
        // Its sandbox needs a user who isn't root, and checks often run as root. What is opened is our own page, and
        // nothing but files.
        command.args(["--no-sandbox", "--disable-dev-shm-usage", "--no-first-run", "--disable-gpu"]);
        // Whatever it would like to tell others, and keyrings it would like to open.
        command.args([
            "--disable-background-networking",
            "--disable-component-update",
            "--password-store=basic",
        ]);
        command.arg(format!("--user-data-dir={}", home.join("profile").display())).arg("about:blank");
        command.env("HOME", home).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mappings = [(OwnedFd::from(their_in), 3), (OwnedFd::from(their_out), 4)]
            .map(|(parent_fd, child_fd)| FdMapping { parent_fd, child_fd });
        command.fd_mappings(mappings.into())?;
        let process =
            command.spawn().context("cannot run chromium: install it (apt-get install chromium)")?;
        // Its ends of the pipes must be its own alone, or nobody would notice when it goes.
        drop(command);
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(from).split(0).map_while(Result::ok) {
                let Ok(message) = serde_json::from_slice(&message) else { continue };
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let events = VecDeque::new();
        let mut browser = Self { process, to, from: receiver, events, session: None, last_id: 0 };
        let target = browser.call("Target.createTarget", json!({"url": "about:blank"}))?;
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let attached = browser.call("Target.attachToTarget", attach)?;
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), json!({}))?;
        }
        Ok(browser)
    }

    /// Has the browser do something, and returns its answer.
    pub(crate) fn call(&mut self, method: &str, params: Value) -> Result<Value> {
        self.last_id += 1;
        let mut message = json!({"id": self.last_id, "method": method, "params": params});
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = serde_json::to_vec(&message)?;
        bytes.push(0);
        self.to.write_all(&bytes).with_context(|| format!("cannot ask chromium for {method}"))?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut answer = self.next_message(deadline).with_context(|| format!("no answer to {method}"))?;
            if answer["id"] != json!(self.last_id) {
                self.events.push_back(answer);
            } else if let Some(error) = answer.get("error") {
                bail!("{method}: {error}");
            } else {
                return Ok(answer["result"].take());
            }
        }
    }

    fn next_message(&mut self, deadline: Instant) -> Result<Value> {
        let left = deadline.saturating_duration_since(Instant::now());
        self.from.recv_timeout(left).context("chromium says nothing more")
    }

    /// Opens a file and waits until it has loaded. Returns all that happened meanwhile.
    pub(crate) fn open(&mut self, file: &Path) -> Result<Vec<Value>> {
        self.events.clear();
        self.call("Page.navigate", json!({"url": format!("file://{}", file.display())}))?;
        let deadline = Instant::now() + PATIENCE;
        while !self.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            let event = self.next_message(deadline).context("the page does not load")?;
            self.events.push_back(event);
        }
        Ok(self.events())
    }

    /// What has happened since it was last asked for.
    pub(crate) fn events(&mut self) -> Vec<Value> {
        while let Ok(event) = self.from.try_recv() {
            self.events.push_back(event);
        }
        self.events.drain(..).collect()
    }

    /// What an expression is in the page.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Result<Value> {
        let mut result =
            self.call("Runtime.evaluate", json!({"expression": expression, "returnByValue": true}))?;
        if let Some(exception) = result.get("exceptionDetails") {
            bail!("{expression}: {exception}");
        }
        Ok(result["result"]["value"].take())
    }

    /// Presses a key and lets it go.
    pub(crate) fn press(&mut self, key: &str) -> Result<()> {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            "End" => 35,
            "ArrowUp" => 38,
            "ArrowDown" => 40,
            other => bail!("the code of the key {other} isn't known here"),
        };
        for kind in ["rawKeyDown", "keyUp"] {
            let event = json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code});
            self.call("Input.dispatchKeyEvent", event)?;
        }
        Ok(())
    }

    /// Clicks on the middle of the first element that a selector finds.
    pub(crate) fn click(&mut self, selector: &str) -> Result<()> {
        let place = self.evaluate(&format!(
            "(() => {{ const node = document.querySelector({}); node.scrollIntoView({{block: 'center'}}); \
             const box = node.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }})()",
            json!(selector)
        ))?;
        for kind in ["mousePressed", "mouseReleased"] {
            let event =
                json!({"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1});
            self.call("Input.dispatchMouseEvent", event)?;
        }
        Ok(())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It ends by itself when its pipe does; but not before what it has just begun.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
