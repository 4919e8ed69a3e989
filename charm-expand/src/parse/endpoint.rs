//! `endpoint(database, remote = .., local = ..)` in `#[charm(..)]`.

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Token, Type};

use crate::diagnostics::suggest;

/// The types of an endpoint's databags.
#[derive(Debug)]
pub(crate) struct Binding {
    /// As written: the name, or with `_` for what a Rust name can't hold.
    pub(crate) name: String,
    pub(crate) span: Span,
    /// By the word before the `=`, each once.
    types: Vec<(Ident, Type)>,
}

/// The words before a type.
const SIDES: [&str; 4] = ["remote", "local", "remote_unit", "local_unit"];

impl Binding {
    /// The type of one side, where it is bound.
    pub(crate) fn side(&self, side: &str) -> Option<&Type> {
        self.types.iter().find(|(word, _)| word == side).map(|(_, ty)| ty)
    }

    /// What is said of the remote side.
    pub(crate) fn remote_words(&self) -> impl Iterator<Item = &Ident> {
        self.types.iter().map(|(word, _)| word).filter(|word| *word == "remote" || *word == "remote_unit")
    }
}

impl Binding {
    /// What stands in the parentheses.
    pub(crate) fn parse(content: ParseStream<'_>) -> syn::Result<Self> {
        let (name, span) = if content.peek(LitStr) {
            let name: LitStr = content.parse()?;
            (name.value(), name.span())
        } else {
            let name = content.call(Ident::parse_any).map_err(|error| {
                syn::Error::new(
                    error.span(),
                    "which endpoint?\n= help: write `endpoint(database, remote = .., local = ..)`",
                )
            })?;
            (name.unraw().to_string(), name.span())
        };
        let mut types: Vec<(Ident, Type)> = Vec::new();
        while !content.is_empty() {
            content.parse::<Token![,]>()?;
            if content.is_empty() {
                break;
            }
            let word = content.call(Ident::parse_any)?;
            let written = word.to_string();
            if !SIDES.contains(&written.as_str()) {
                let message = format!("`{written}` is no side of a relation");
                return Err(syn::Error::new(word.span(), suggest(message, &written, SIDES.into_iter())));
            }
            if types.iter().any(|(other, _)| *other == word) {
                return Err(syn::Error::new(word.span(), format!("`{written}` is given twice")));
            }
            content.parse::<Token![=]>()?;
            types.push((word, content.parse()?));
        }
        if types.is_empty() {
            let message =
                "this binds nothing\n= help: name a type of a side, such as `remote = Type`, or leave it out";
            return Err(syn::Error::new(span, message));
        }
        Ok(Self { name, span, types })
    }
}
