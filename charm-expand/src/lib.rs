//! What `#[charm]` and `#[on(..)]` do, as an ordinary library: token streams in, token streams and errors out.
//!
//! An attribute goes through four stages, each of them a module:
//!
//! 1. `parse`: what was written. Bodies of methods are never parsed: a mistake in one is the compiler's to report.
//! 2. `model`: what was meant, without tokens but for the spans that errors point to.
//! 3. `validate`: what was meant, held against `charmcraft.yaml`. All mistakes are collected, each on its own token.
//! 4. `expand`: the generated code. The item itself is always given back, so that one mistake is one message.

mod derive;
mod diagnostics;
mod expand;
mod metadata;
mod model;
mod options;
mod parse;
mod validate;

use proc_macro2::TokenStream;
use quote::quote;

use diagnostics::Errors;

/// Where an attribute was written: what relative paths and the search for `charmcraft.yaml` start from.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The directory of the package's `Cargo.toml`.
    pub manifest_dir: Option<std::path::PathBuf>,
    /// The source file, where the compiler knows it.
    pub source_file: Option<std::path::PathBuf>,
}

/// What came out: code, and all errors found. There is code even where there are errors.
#[derive(Debug)]
pub struct Expansion {
    /// The item as it was written, without the attributes that are ours, and what was made of it.
    pub tokens: TokenStream,
    /// Every mistake, on its own token.
    pub errors: Vec<syn::Error>,
}

impl Expansion {
    /// The code, with the errors as `compile_error!`.
    pub fn into_tokens(self) -> TokenStream {
        let errors = self.errors.iter().map(syn::Error::to_compile_error);
        let tokens = self.tokens;
        quote!(#tokens #(#errors)*)
    }
}

/// `#[charm(..)]` on a struct or an impl block.
pub fn charm(attribute: TokenStream, item: TokenStream, place: &Place) -> Expansion {
    let mut errors = Errors::default();
    let tokens = match parse::Item::parse(item.clone()) {
        Ok(parse::Item::Struct(item)) => {
            let options = options::StructOptions::parse(attribute, &mut errors);
            expand::charm_struct(item, &options, place, &mut errors)
        }
        Ok(parse::Item::Impl(item)) => {
            let options = options::ImplOptions::parse(attribute, &mut errors);
            expand::charm_impl(item, &options, place, &mut errors)
        }
        Err(error) => {
            errors.push(error);
            item
        }
    };
    Expansion { tokens, errors: errors.into_vec() }
}

/// `#[derive(ActionResults)]`. The item itself is not given back: a derive adds to it.
pub fn derive_action_results(item: TokenStream) -> Expansion {
    let mut errors = Errors::default();
    let tokens = derive::action_results(item, &mut errors);
    Expansion { tokens, errors: errors.into_vec() }
}

/// `#[derive(Databag)]`. The item itself is not given back: a derive adds to it.
pub fn derive_databag(item: TokenStream) -> Expansion {
    let mut errors = Errors::default();
    let tokens = derive::databag(item, &mut errors);
    Expansion { tokens, errors: errors.into_vec() }
}

/// `#[derive(SecretContent)]`. The item itself is not given back: a derive adds to it.
pub fn derive_secret_content(item: TokenStream) -> Expansion {
    let mut errors = Errors::default();
    let tokens = derive::secret_content(item, &mut errors);
    Expansion { tokens, errors: errors.into_vec() }
}

/// `#[on(..)]` or `#[status]` where no `#[charm] impl` has taken it.
pub fn orphan(name: &str, item: TokenStream) -> Expansion {
    let error = syn::Error::new(
        proc_macro2::Span::call_site(),
        format!(
            "`#[{name}]` has a meaning only on methods of an impl block with `#[charm]`\n= help: write `#[charm]` above the impl block"
        ),
    );
    Expansion { tokens: item, errors: vec![error] }
}
