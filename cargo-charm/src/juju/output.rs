//! How results are written.

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::ValueEnum;
use serde::Serialize;

/// `--format`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[value(aliases = ["plain", "text", "smart"])]
    Tabular,
    /// JSON, in one line
    Json,
    /// YAML
    Yaml,
}

/// The flags of commands that show something.
#[derive(Debug, clap::Args)]
pub(crate) struct Output {
    /// How to write it; what each command writes without it is for people
    #[arg(long)]
    format: Option<Format>,
    /// Write it to this file
    #[arg(short = 'o', long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Output {
    /// Writes `value`, or `tabular` to those who gave no format.
    pub(crate) fn show(
        &self,
        out: &mut dyn Write,
        value: &impl Serialize,
        tabular: impl FnOnce() -> String,
    ) -> Result<()> {
        self.show_as(Format::Tabular, out, value, tabular)
    }

    /// Writes `value` in YAML to those who gave no format.
    pub(crate) fn show_yaml(&self, out: &mut dyn Write, value: &impl Serialize) -> Result<()> {
        self.show_as(Format::Yaml, out, value, || yaml(value).unwrap_or_default())
    }

    fn show_as(
        &self,
        usual: Format,
        out: &mut dyn Write,
        value: &impl Serialize,
        tabular: impl FnOnce() -> String,
    ) -> Result<()> {
        let text = match self.format.unwrap_or(usual) {
            Format::Tabular => tabular(),
            Format::Json => serde_json::to_string(value)? + "\n",
            Format::Yaml => yaml(value)?,
        };
        match &self.output {
            None => print(out, &text),
            Some(path) => {
                let write = File::create(path).and_then(|mut file| file.write_all(text.as_bytes()));
                write.with_context(|| format!("cannot write {}", path.display()))
            }
        }
    }

    /// The format that was asked for.
    pub(crate) fn format(&self) -> Option<Format> {
        self.format
    }
}

fn yaml(value: &impl Serialize) -> Result<String> {
    serde_saphyr::to_string(value).context("cannot write YAML")
}

/// Prints to whoever reads. One who has gone away wants no more.
pub(crate) fn print(out: &mut dyn Write, text: &str) -> Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("cannot write the result")
        }
        _ => Ok(()),
    }
}

/// A table: columns two spaces apart, no spaces at the ends of lines.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// A row of texts.
pub(crate) fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}
