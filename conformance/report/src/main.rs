//! Makes reports of runs and looks at them in a browser, as a reader would: with mouse, with keys, without JavaScript.
//!
//! `report-in-browser`, after a build of `cargo-charm` in the same target directory. Needs Chromium. Exits 1 if a report
//! does not show what has run, asks for anything outside its file, or runs what a charm has printed.
#![allow(clippy::print_stdout, reason = "a program that reports")]

mod browser;
mod charms;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use browser::Browser;

/// The hooks of a charm that never rests.
const MANY: usize = 1000;

fn main() -> Result<()> {
    let place = tempfile::tempdir()?;
    let runs = Runs::new(place.path())?;
    let mut browser = Browser::start(place.path())?;
    bundle(&mut browser, &runs)?;
    println!("webapp: lanes, hooks, databags, keys, colours");
    without_script(&mut browser, &runs)?;
    println!("webapp without JavaScript: a table");
    hostile(&mut browser, &runs)?;
    println!("a hostile charm: its text is text");
    many(&mut browser, &runs)?;
    println!("{MANY} hooks: shown and reached");
    Ok(())
}

/// Where reports are made.
struct Runs<'a> {
    program: PathBuf,
    place: &'a Path,
}

/// A report and the log of its run.
struct Run {
    report: PathBuf,
    /// Units and hooks as the log has them.
    hooks: usize,
}

impl<'a> Runs<'a> {
    fn new(place: &'a Path) -> Result<Self> {
        let program = std::env::current_exe()?.with_file_name("cargo-charm");
        ensure!(program.is_file(), "{} is not there: cargo build -p cargo-charm", program.display());
        Ok(Self { program, place })
    }

    fn run(&self, name: &str, charm: &Path, args: &[&str]) -> Result<Run> {
        let report = self.place.join(name).with_extension("html");
        let mut command = Command::new(&self.program);
        let output = command.arg("run").arg(charm).arg("--report").arg(&report).args(args).output()?;
        ensure!(report.is_file(), "no report of {name}: {}", String::from_utf8_lossy(&output.stderr));
        let log = String::from_utf8_lossy(&output.stdout);
        let ends = ["ran \"", "skipped \"", "hook \""];
        let ended = |line: &&str| {
            line.split_once("juju.worker.uniter.operation ")
                .is_some_and(|(_, rest)| ends.iter().any(|end| rest.starts_with(end)))
        };
        Ok(Run { report, hooks: log.lines().filter(ended).count() })
    }

    fn webapp(&self) -> Result<Run> {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        self.run("webapp", &examples.join("webapp"), &["--teardown"])
    }
}

/// Opens a report; it must not complain, and ask for nothing but itself.
fn open(browser: &mut Browser, report: &Path) -> Result<()> {
    let events = browser.open(report)?;
    quiet(&events, report)
}

fn quiet(events: &[Value], report: &Path) -> Result<()> {
    for event in events {
        let method = event["method"].as_str().unwrap_or_default();
        match method {
            "Runtime.exceptionThrown"
            | "Runtime.consoleAPICalled"
            | "Log.entryAdded"
            | "Page.javascriptDialogOpening" => anyhow::bail!("{}: {event}", report.display()),
            "Network.requestWillBeSent" => {
                let url = event["params"]["request"]["url"].as_str().unwrap_or_default();
                ensure!(url.ends_with(&*report.to_string_lossy()), "{} asks for {url}", report.display());
            }
            _ => {}
        }
    }
    Ok(())
}

/// Checks that an expression has a value in the page.
fn expect(browser: &mut Browser, expression: &str, value: impl Into<Value>) -> Result<()> {
    let (found, value) = (browser.evaluate(expression)?, value.into());
    ensure!(found == value, "{expression}: expected {value}, found {found}");
    Ok(())
}

fn texts(browser: &mut Browser, selector: &str) -> Result<Vec<String>> {
    let found = browser.evaluate(&format!(
        "[...document.querySelectorAll({})].map((node) => node.textContent)",
        json!(selector)
    ))?;
    serde_json::from_value(found).context("texts")
}

fn title(browser: &mut Browser) -> Result<String> {
    Ok(texts(browser, "#details h2")?.concat())
}

fn bundle(browser: &mut Browser, runs: &Runs<'_>) -> Result<()> {
    let run = runs.webapp()?;
    open(browser, &run.report)?;
    ensure!(run.hooks > 20, "only {} hooks have run", run.hooks);
    expect(browser, "document.querySelectorAll('.hook').length", run.hooks)?;
    expect(browser, "document.querySelector('#plain').offsetHeight", 0)?;
    let lanes = texts(browser, ".names .unit")?;
    ensure!(lanes == ["database/0", "webapp/0"], "{lanes:?}");
    let words = texts(browser, ".between")?.join("\n");
    ensure!(words.contains("deploy webapp") && words.contains("remove webapp"), "{words}");
    // Units live as long as lines of different colours.
    expect(
        browser,
        "new Set([...document.querySelectorAll('line.life')].map((line) => line.classList[1])).size > 2",
        true,
    )?;
    expect(browser, "document.querySelectorAll('.said.s-blocked').length > 0", true)?;

    // With the mouse: what a hook wrote.
    let marked = "[...document.querySelectorAll('.hook')].find((node) => node.querySelector('.mark.data')).dataset.hook";
    let number = browser.evaluate(marked)?;
    let number = number.as_str().context("no hook has changed a databag")?.to_owned();
    browser.click(&format!("[data-hook='{number}']"))?;
    ensure!(title(browser)?.starts_with(&format!("#{number} ")), "a click shows {}", title(browser)?);
    let rows = texts(browser, "#details table tbody tr")?;
    ensure!(!rows.is_empty(), "no databag is shown");

    // With keys alone, from the beginning of the page.
    open(browser, &run.report)?;
    let focused = "document.activeElement.classList.contains('hook') || document.activeElement.classList.contains('between')";
    for _ in 0..20 {
        browser.press("Tab")?;
        if browser.evaluate(focused)? == json!(true) {
            break;
        }
    }
    expect(browser, focused, true)?;
    browser.press("ArrowDown")?;
    ensure!(title(browser)?.starts_with("#1 install"), "the first hook is {}", title(browser)?);
    browser.press("ArrowDown")?;
    ensure!(title(browser)?.starts_with("#2 "), "then comes {}", title(browser)?);
    browser.press("Enter")?;
    expect(browser, "document.activeElement.id", "details")?;
    browser.press("Escape")?;
    expect(browser, "document.activeElement.dataset.hook", "2")?;

    // The log of one unit.
    browser.click("#tab-log")?;
    let all = texts(browser, "#view-log .line")?.len();
    browser.evaluate("(() => { const unit = document.querySelector('select'); unit.value = 'webapp/0'; unit.dispatchEvent(new Event('change')); })()")?;
    let of_unit = texts(browser, "#view-log .of")?;
    ensure!(of_unit.iter().all(|of| of.contains("webapp/0")), "{of_unit:?}");
    let some = texts(browser, "#view-log .line")?.len();
    ensure!(some > 0 && some < all, "{some} of {all} lines");

    let mut colours = Vec::new();
    for scheme in ["light", "dark"] {
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        browser.call("Emulation.setEmulatedMedia", features)?;
        colours.push(browser.evaluate("getComputedStyle(document.body).backgroundColor")?);
    }
    ensure!(colours[0] != colours[1], "light and dark look the same: {}", colours[0]);
    quiet(&browser.events(), &run.report)
}

fn without_script(browser: &mut Browser, runs: &Runs<'_>) -> Result<()> {
    let report = runs.place.join("webapp.html");
    browser.call("Emulation.setScriptExecutionDisabled", json!({"value": true}))?;
    open(browser, &report)?;
    expect(browser, "document.querySelector('#app').hidden", true)?;
    expect(browser, "document.querySelector('#plain').offsetHeight > 500", true)?;
    let rows = texts(browser, "#plain tbody tr")?;
    for words in ["database-relation-created", "active clients: 1", "secret:"] {
        ensure!(rows.iter().any(|row| row.contains(words)), "no row has {words:?}");
    }
    browser.call("Emulation.setScriptExecutionDisabled", json!({"value": false}))?;
    Ok(())
}

fn hostile(browser: &mut Browser, runs: &Runs<'_>) -> Result<()> {
    let charm = charms::hostile(runs.place)?;
    let run = runs.run("hostile", &charm, &["--units", "2"])?;
    open(browser, &run.report)?;
    expect(browser, "document.querySelectorAll('.hook').length", run.hooks)?;
    expect(browser, "window.pwned === undefined", true)?;
    expect(browser, "document.querySelectorAll('body script').length", 2)?;
    expect(
        browser,
        "document.querySelectorAll('img, iframe, object, b.evil, style:not([nonce])').length",
        0,
    )?;
    expect(browser, "document.querySelector('.pill').textContent", "failed")?;
    // The first failed hook is shown at once, with what it said to the letter.
    let failed = title(browser)?;
    ensure!(failed.ends_with("config-changed"), "shown at once: {failed}");
    let log = texts(browser, "#details .message")?.join("\n");
    for words in charms::EVIL {
        ensure!(log.contains(words), "the log lacks {words:?}: {log}");
    }
    expect(browser, "document.querySelectorAll('.mark.fail').length > 0", true)?;
    expect(browser, "document.querySelectorAll('path.retry').length > 0", true)?;
    // One deferral has come again, the other unit's waits.
    expect(browser, "document.querySelectorAll('path.arrow:not(.head):not(.waiting)').length", 1)?;
    expect(browser, "document.querySelectorAll('path.arrow.waiting').length", 1)?;
    let report = std::fs::read_to_string(&run.report)?;
    for secret in [charms::SECRET, charms::SECRET_BASE64] {
        ensure!(!report.contains(secret), "the report holds the content of a secret");
    }
    // The page as it is rendered must not load again what a charm may have slipped in.
    browser.click(".hook")?;
    browser.click("#tab-log")?;
    expect(browser, "document.querySelectorAll('#view-log .line').length > 10", true)?;
    expect(browser, "document.querySelectorAll('img, iframe, object, b.evil').length", 0)?;
    quiet(&browser.events(), &run.report)
}

fn many(browser: &mut Browser, runs: &Runs<'_>) -> Result<()> {
    let charm = charms::restless(runs.place)?;
    let run = runs.run("restless", &charm, &["--units", "3"])?;
    open(browser, &run.report)?;
    expect(browser, "document.querySelectorAll('.hook').length", MANY)?;
    expect(browser, "performance.now() < 20000", true)?;
    browser.click("[data-hook='1']")?;
    browser.press("End")?;
    ensure!(title(browser)?.starts_with(&format!("#{MANY} ")), "the last hook is {}", title(browser)?);
    let seen = "(() => { const box = document.activeElement.getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight; })()";
    expect(browser, seen, true)?;
    quiet(&browser.events(), &run.report)
}
