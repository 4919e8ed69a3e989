//! The report of a run: one HTML file that needs nothing else, no network and, for its table, no script.
//!
//! What charms print is put into it as data and never as markup, and the page itself forbids every script but its own.

mod change;
mod data;
mod deferral;
mod table;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result};
use charm_testing::model::Model;

use data::Data;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// When a run of a hook began, counted from the first one, and how long it took, by the machine's clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timing {
    pub(crate) start: Duration,
    pub(crate) took: Duration,
}

/// What the report says beside the model's journal.
#[derive(Debug)]
pub(crate) struct About<'a> {
    pub(crate) title: &'a str,
    pub(crate) seed: u64,
    /// By the number of the run.
    pub(crate) timings: &'a BTreeMap<usize, Timing>,
    /// Why the run failed, if it did.
    pub(crate) failure: Option<String>,
}

/// Writes the report of all that the journal of `model` has.
pub(crate) fn write(file: &Path, model: &Model, about: &About<'_>) -> Result<()> {
    let failed = || format!("cannot write the report {}", file.display());
    let page = render(model, about).with_context(failed)?;
    fs::write(file, page).with_context(failed)
}

fn render(model: &Model, about: &About<'_>) -> Result<String> {
    let (rows, deferrals) =
        model.journal().map_or_else(Default::default, |journal| data::rows(journal, about.timings));
    let units = model.journal().map_or_else(Vec::new, |journal| data::units(journal, model));
    let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let data = Data {
        title: about.title.to_owned(),
        seed: about.seed,
        juju: model.version().to_string(),
        written: since_epoch.as_secs(),
        failure: about.failure.clone(),
        took: about.timings.values().map(|timing| timing.took.as_secs_f64() * 1e3).sum(),
        units,
        rows,
        deferrals,
    };
    let embedded = in_script(&serde_json::to_string(&data)?);
    let table = table::render(&data);
    let (title, nonce) = (escaped(about.title), nonce()?);
    Ok(fill(PAGE, |name| match name {
        "title" => &title,
        "nonce" => &nonce,
        "style" => STYLE,
        "script" => SCRIPT,
        "data" => &embedded,
        "table" => &table,
        _ => "",
    }))
}

/// Puts values in the place of their names in braces. In one go: what is put in is never looked at again.
fn fill<'a>(template: &str, value: impl Fn(&str) -> &'a str) -> String {
    let mut page = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else { break };
        page.push_str(before);
        page.push_str(value(name));
        rest = after;
    }
    page.push_str(rest);
    page
}

/// JSON that can stand in a `script` element: nothing in it looks like markup.
fn in_script(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            // They occur within strings alone, where each character may be written by its number.
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                // Writing to a String never fails.
                let _ = write!(text, "\\u{:04x}", u32::from(c));
            }
            c => text.push(c),
        }
    }
    text
}

/// Text that can stand in an element or an attribute.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // No text has them, and HTML doesn't allow them.
            '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A word that no charm can know, by which the page names its own script.
fn nonce() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).context("cannot get random bytes")?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_once() {
        let page = fill("<{{a}}|{{b}}|{{nothing}}>{{", |name| match name {
            "a" => "{{b}}",
            "b" => "2",
            _ => "",
        });
        assert_eq!(page, "<{{b}}|2|>{{");
    }

    #[test]
    fn embedded_json_reads_back_and_ends_no_script() {
        let text = "</script><!--<script>&amp;\u{2028}\\u003c";
        let embedded = in_script(&serde_json::to_string(text).unwrap());
        assert!(!embedded.contains(['<', '>', '&', '\u{2028}']), "{embedded}");
        assert_eq!(serde_json::from_str::<String>(&embedded).unwrap(), text);
    }

    #[test]
    fn text_in_the_table_is_text() {
        assert_eq!(escaped("<a b='\"'>&\x07"), "&lt;a b=&#39;&quot;&#39;&gt;&amp;\u{fffd}");
    }
}
