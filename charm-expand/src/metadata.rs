//! Finding and reading `charmcraft.yaml` while the charm is compiled.

use std::path::{Path, PathBuf};

use charm_meta::Metadata;
use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::Place;
use crate::diagnostics::{Errors, help};
use crate::options::MetadataOption;

/// The metadata of a charm, and the code that embeds and tracks it.
#[derive(Debug)]
pub(crate) struct Source {
    /// `None` where it is missing or broken, which has been reported.
    pub(crate) metadata: Option<Metadata>,
    /// An expression of type `&'static str`. For a file it is `include_str!`, which makes Cargo build the charm again
    /// when the file changes; also when it can't be understood, or mending it would build nothing.
    pub(crate) text: TokenStream,
}

impl Source {
    /// Reads the metadata of a struct, and reports what is wrong with it.
    pub(crate) fn of_struct(option: &MetadataOption, place: &Place, errors: &mut Errors) -> Self {
        Self::read(option, place).unwrap_or_else(|problem| {
            errors.at(problem.span, problem.message);
            Self { metadata: None, text: problem.text }
        })
    }

    /// Reads the metadata of an impl block. What is wrong with `charmcraft.yaml` is reported once, by the struct;
    /// what this block itself names, here.
    pub(crate) fn of_impl(option: &MetadataOption, place: &Place, errors: &mut Errors) -> Self {
        Self::read(option, place).unwrap_or_else(|problem| {
            if !matches!(option, MetadataOption::Default) {
                errors.at(problem.span, problem.message);
            }
            Self { metadata: None, text: problem.text }
        })
    }

    fn read(option: &MetadataOption, place: &Place) -> Result<Self, Problem> {
        let nothing = || quote!("");
        let (path, span) = match option {
            MetadataOption::Mistaken => return Ok(Self { metadata: None, text: nothing() }),
            MetadataOption::Text(text) => {
                let embedded = quote!(#text);
                return Self::parse(&text.value(), "metadata_str", embedded, text.span());
            }
            MetadataOption::Path(path) => match place.beside_source(&path.value()) {
                Some(found) => (found, path.span()),
                None => {
                    let message = format!(
                        "`{}` does not exist; the path starts at the directory of this source file",
                        path.value()
                    );
                    return Err(Problem { span: path.span(), message, text: nothing() });
                }
            },
            MetadataOption::Default => match place.charmcraft_yaml() {
                Some(found) => (found, Span::call_site()),
                None => {
                    let message = help(
                        "no charmcraft.yaml beside Cargo.toml",
                        "write one there, or name it: `#[charm(metadata = \"path/from/this/file.yaml\")]`",
                    );
                    return Err(Problem { span: Span::call_site(), message, text: nothing() });
                }
            },
        };
        let shown =
            path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                let included = place.as_included(&path);
                Self::parse(&text, &shown, quote!(::core::include_str!(#included)), span)
            }
            Err(error) => {
                Err(Problem { span, message: format!("{shown} can't be read: {error}"), text: nothing() })
            }
        }
    }

    fn parse(text: &str, shown: &str, embedded: TokenStream, span: Span) -> Result<Self, Problem> {
        match Metadata::parse(text) {
            Ok(metadata) => Ok(Self { metadata: Some(metadata), text: embedded }),
            Err(problems) => {
                // The compiler can't point into another file: the place is part of the message, in the form that
                // terminals and editors make a link of.
                let lines: Vec<String> = problems
                    .iter()
                    .map(|problem| format!("{shown}:{problem}\n{}", problem.excerpt(text)))
                    .collect();
                Err(Problem { span, message: lines.join("\n"), text: embedded })
            }
        }
    }
}

struct Problem {
    span: Span,
    message: String,
    text: TokenStream,
}

impl Place {
    /// A path as `include_str!` would take it: from the source file's directory.
    fn beside_source(&self, path: &str) -> Option<PathBuf> {
        let directory =
            self.source_file.as_deref().and_then(Path::parent).or(self.manifest_dir.as_deref())?;
        std::fs::canonicalize(directory.join(path)).ok()
    }

    /// The path as `include_str!` in the source file names it: relative where the source file is known, so that the
    /// generated code is the same wherever the charm is built.
    fn as_included(&self, path: &Path) -> String {
        let directory = self.source_file.as_deref().and_then(Path::parent);
        let directory = directory.and_then(|directory| std::fs::canonicalize(directory).ok());
        let (Some(directory), Ok(path)) = (directory, std::fs::canonicalize(path)) else {
            return path.to_string_lossy().into_owned();
        };
        let shared = directory.components().zip(path.components()).take_while(|(a, b)| a == b).count();
        let up = std::iter::repeat_n("..", directory.components().count() - shared);
        let relative: PathBuf = up.map(std::ffi::OsStr::new).chain(path.iter().skip(shared)).collect();
        relative.to_string_lossy().into_owned()
    }

    /// `charmcraft.yaml` beside `Cargo.toml`, or above it up to the workspace's root: a charm may be a package of a
    /// workspace that is the charm directory.
    fn charmcraft_yaml(&self) -> Option<PathBuf> {
        for directory in self.manifest_dir.as_deref()?.ancestors() {
            let path = directory.join("charmcraft.yaml");
            if path.is_file() {
                return Some(path);
            }
            if directory.join("Cargo.lock").is_file() {
                break;
            }
        }
        None
    }
}
