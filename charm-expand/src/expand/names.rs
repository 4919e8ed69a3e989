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

/// Says that a block has a mistake that may have been meant as an action's handler.
pub(crate) fn broken_constant() -> Ident {
    Ident::new("__AN_ACTION_MAY_BE_MISTAKEN", Span::call_site())
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

/// The event's type: `RelationChanged<endpoint::Db>`, its first part found in `events`. The modules stand beside the
/// struct, so they are reached by the path that the block names the struct with.
pub(crate) fn event_type(event: &Event, events: &TokenStream, charm: &Path) -> TokenStream {
    let name = if event.kind == EventKind::Action { "Action" } else { event.kind.type_name() };
    let name = format_ident!("{name}");
    match (module(event.kind.subject()), &event.subject) {
        (Some(module), Some(subject)) => {
            let module = format_ident!("{module}");
            let subject = format_ident!("{}", charm_meta::name::type_name(subject));
            let leading = charm.leading_colon;
            let beside: Vec<_> = charm.segments.iter().take(charm.segments.len() - 1).collect();
            quote!(#events::#name<#leading #(#beside::)* #module::#subject>)
        }
        _ => quote!(#events::#name),
    }
}

/// The event's variant in the cause: `DbRelationChanged`.
pub(crate) fn variant(event: &Event) -> Ident {
    let subject = event.subject.as_deref().map(charm_meta::name::type_name).unwrap_or_default();
    let kind = if event.kind == EventKind::Action { "Action" } else { event.kind.type_name() };
    format_ident!("{subject}{kind}")
}
