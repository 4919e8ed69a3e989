//! The macros of `charm-runtime`, which re-exports and documents them. What they do is in `charm-expand`: a crate of
//! procedural macros can export nothing else, and can be tested by nothing but a compiler.

use std::path::PathBuf;

use charm_expand::{Expansion, Place};
use proc_macro::TokenStream;

/// Documented where it is re-exported: `charm_runtime::charm`.
#[proc_macro_attribute]
pub fn charm(attribute: TokenStream, item: TokenStream) -> TokenStream {
    output(charm_expand::charm(attribute.into(), item.into(), &place()))
}

/// Documented where it is re-exported: `charm_runtime::on`.
#[proc_macro_attribute]
pub fn on(_: TokenStream, item: TokenStream) -> TokenStream {
    output(charm_expand::orphan("on", item.into()))
}

/// Documented where it is re-exported: `charm_runtime::status`.
#[proc_macro_attribute]
pub fn status(_: TokenStream, item: TokenStream) -> TokenStream {
    output(charm_expand::orphan("status", item.into()))
}

/// Documented at the trait: `charm_runtime::ActionResults`.
#[proc_macro_derive(ActionResults, attributes(results))]
pub fn action_results(item: TokenStream) -> TokenStream {
    output(charm_expand::derive_action_results(item.into()))
}

/// Documented at the trait: `charm_runtime::Databag`.
#[proc_macro_derive(Databag, attributes(databag))]
pub fn databag(item: TokenStream) -> TokenStream {
    output(charm_expand::derive_databag(item.into()))
}

/// Documented at the trait: `charm_runtime::SecretContent`.
#[proc_macro_derive(SecretContent, attributes(secret))]
pub fn secret_content(item: TokenStream) -> TokenStream {
    output(charm_expand::derive_secret_content(item.into()))
}

/// Where the macro was called, which is where `charmcraft.yaml` is looked for.
fn place() -> Place {
    Place {
        // Read when expanding, not when this crate was built: it is the charm's package.
        manifest_dir: std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from),
        source_file: proc_macro::Span::call_site().local_file(),
    }
}

fn output(expansion: Expansion) -> TokenStream {
    expansion.into_tokens().into()
}
