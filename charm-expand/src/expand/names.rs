//! Names that the two halves of the generated code share.

use charm_meta::{Event, EventKind, Subject};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Path;

pub(crate) const ANY: &str = "__ON_ANY_IN_ONE_IMPL_BLOCK";
pub(crate) const STATUS: &str = "__STATUS_IN_ONE_IMPL_BLOCK";
pub(crate) const APP_STATUS: &str = "__STATUS_APP_IN_ONE_IMPL_BLOCK";

/// What generated blocks call the runtime's private module. Lower case and underscored: no type of the charm's has it.
pub(crate) fn runtime() -> Ident {
    Ident::new("__charm", Span::call_site())
}

/// A variable of generated code, where it stands among tokens with a span of the author's: those may come from outside
/// of a `macro_rules!` that the item stands in, from where the variable would not be seen.
pub(crate) fn local(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Says that a block has a mistake that may have been meant as the handler of something that must be handled.
pub(crate) fn broken_constant() -> Ident {
    Ident::new("__A_HANDLER_MAY_BE_MISTAKEN", Span::call_site())
}

/// The module of marker types for a kind of subject.
pub(crate) fn module(subject: Subject) -> Option<&'static str> {
    match subject {
        Subject::None => None,
        Subject::Endpoint => Some("endpoint"),
        Subject::Storage => Some("storage"),
        Subject::Container => Some("container"),
        Subject::Action => Some("action"),
    }
}

/// The type that stands for a name: `K8sService`.
pub(crate) fn type_ident(name: &str) -> Ident {
    let name = charm_meta::name::type_name(name);
    // The one keyword that a type's name can be; it can't be written raw.
    if name == "Self" { format_ident!("Self_") } else { format_ident!("{name}") }
}

/// The type that stands for a name, declared: nothing has it as a value.
pub(crate) fn marker(what: &str, name: &str) -> TokenStream {
    let ty = type_ident(name);
    let doc = format!(" The {what} `{name}`.");
    quote! {
        #[doc = #doc]
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
        pub enum #ty {}
    }
}

/// The field that stands for a name: `external_hostname`, `r#type`.
pub(crate) fn field_ident(name: &str) -> Ident {
    let name = charm_meta::name::field_name(name);
    match name.as_str() {
        // These can't be written raw. Juju's names don't end in what becomes an underscore, so there is no other.
        "self" | "super" | "crate" => format_ident!("{name}_"),
        _ if charm_meta::name::is_keyword(&name) => format_ident!("r#{name}"),
        _ => format_ident!("{name}"),
    }
}

/// What stands before the names of the modules beside the struct, by the path that a block names the struct with.
pub(crate) fn beside(charm: &Path) -> TokenStream {
    let leading = charm.leading_colon;
    let segments = charm.segments.iter().take(charm.segments.len() - 1);
    quote!(#leading #(#segments::)*)
}

/// The event's type: `RelationChanged<endpoint::Db>`, its first part found in `events`. The modules stand beside the
/// struct, so they are reached by the path that the block names the struct with; where that is a name alone, they must
/// be imported too, which is then said at `span`.
pub(crate) fn event_type(event: &Event, events: &TokenStream, charm: &Path, span: Span) -> TokenStream {
    let name = if event.kind == EventKind::Action { "Action" } else { event.kind.type_name() };
    let name = format_ident!("{name}");
    if let (true, Some(subject)) = (event.kind.is_of_own_secret(), &event.subject) {
        let alias = secret_alias(subject);
        return quote!(#events::#name<#alias>);
    }
    match (module(event.kind.subject()), &event.subject) {
        (Some(module), Some(subject)) => {
            let module = Ident::new(module, span);
            let subject = type_ident(subject);
            let beside = beside(charm);
            quote!(#events::#name<#beside #module::#subject>)
        }
        _ => quote!(#events::#name),
    }
}

/// What a block calls the type of a secret. It names the type once, so that one that isn't there is one mistake.
pub(crate) fn secret_alias(ty: &str) -> Ident {
    format_ident!("__{ty}Secret")
}

/// The event's variant in the cause: `DbRelationChanged`.
pub(crate) fn variant(event: &Event) -> Ident {
    let subject = event.subject.as_deref().map(charm_meta::name::type_name).unwrap_or_default();
    let kind = if event.kind == EventKind::Action { "Action" } else { event.kind.type_name() };
    format_ident!("{subject}{kind}")
}

/// The documentation of something that `charmcraft.yaml` describes: what it is, and the description.
pub(crate) fn doc(what: &str, description: Option<&str>) -> String {
    // What is indented or fenced there would be code here, and tested as such.
    let lines = description.unwrap_or_default().lines().map(str::trim);
    let lines: Vec<&str> =
        lines.filter(|line| !line.starts_with("```") && !line.starts_with("~~~")).collect();
    let text = lines.join("\n ");
    format!(" {what} {}", text.trim()).trim_end().to_owned()
}
