//! The types of the endpoints, and those of their databags.

use charm_meta::{Endpoint, Metadata, Role};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::Visibility;

use super::names::type_ident;
use super::structure::Structure;
use crate::diagnostics::{Errors, help, suggest};
use crate::parse::Binding;

impl Structure<'_> {
    /// The module of types, and the implementations for them, which stand beside the struct: what names the databags'
    /// types is in scope there.
    pub(super) fn endpoints(&self, metadata: &Metadata, errors: &mut Errors) -> (TokenStream, TokenStream) {
        let bindings = self.bindings(metadata, errors);
        let visibility = inside(self.visibility);
        let (mut types, mut implementations) = (TokenStream::new(), TokenStream::new());
        for (name, endpoint) in &metadata.endpoints {
            let ty = type_ident(name);
            let doc = doc(name, endpoint);
            types.extend(quote! {
                #[doc = #doc]
                #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
                #visibility enum #ty {}
            });
            let binding = bindings.iter().find(|(bound, _)| *bound == name).map(|(_, binding)| *binding);
            implementations.extend(self.implementation_of(name, &ty, endpoint, binding));
        }
        (self.module("endpoint", "endpoints", types), implementations)
    }

    fn implementation_of(
        &self,
        name: &str,
        ty: &Ident,
        endpoint: &Endpoint,
        binding: Option<&Binding>,
    ) -> TokenStream {
        let runtime = self.runtime;
        let Endpoint { role, interface, limit, .. } = endpoint;
        let databag = |side: &str| {
            let bound = binding.and_then(|binding| binding.side(side));
            bound.map_or_else(|| quote!(#runtime::RawDatabag), ToTokens::to_token_stream)
        };
        let (local_app, local_unit) = (databag("local"), databag("local_unit"));
        let (role, remote_app, remote_unit) = match role {
            Role::Provides => (quote!(Provides), databag("remote"), databag("remote_unit")),
            Role::Requires => (quote!(Requires), databag("remote"), databag("remote_unit")),
            // The other side is this application too.
            Role::Peers => (quote!(Peers), local_app.clone(), local_unit.clone()),
        };
        let is_peer = endpoint.role == Role::Peers;
        let peer = is_peer.then(|| quote!(#[automatically_derived] impl #runtime::Peer for endpoint::#ty {}));
        let is_single = *limit == Some(1);
        let single =
            is_single.then(|| quote!(#[automatically_derived] impl #runtime::Single for endpoint::#ty {}));
        quote! {
            #[automatically_derived]
            impl #runtime::Endpoint for endpoint::#ty {
                const NAME: &'static str = #name;
                const ROLE: #runtime::Role = #runtime::Role::#role;
                const INTERFACE: &'static str = #interface;
                type RemoteApp = #remote_app;
                type LocalApp = #local_app;
                type RemoteUnit = #remote_unit;
                type LocalUnit = #local_unit;
            }
            #peer
            #single
        }
    }

    /// What is bound to which endpoint; mistakes are reported.
    fn bindings<'m>(&self, metadata: &'m Metadata, errors: &mut Errors) -> Vec<(&'m String, &Binding)> {
        let mut bindings: Vec<(&String, &Binding)> = Vec::new();
        for binding in &self.options.endpoints {
            let written = &binding.name;
            let is_meant = |name: &String| name == written || charm_meta::name::field_name(name) == *written;
            let Some((name, endpoint)) = metadata.endpoints.iter().find(|(name, _)| is_meant(name)) else {
                let message = format!("charmcraft.yaml declares no endpoint `{written}`");
                let known = metadata.endpoints.keys().map(String::as_str);
                errors.at(binding.span, suggest(message, written, known));
                continue;
            };
            if bindings.iter().any(|(bound, _)| *bound == name) {
                let message = format!("the endpoint `{name}` is bound twice");
                errors.at(binding.span, help(message, "name all of its types in one `endpoint(..)`"));
                continue;
            }
            if endpoint.role == Role::Peers {
                for word in binding.remote_words() {
                    let message =
                        format!("`{name}` is a peer relation: the other side is this application too");
                    let local = word.to_string().replace("remote", "local");
                    errors.at(
                        word.span(),
                        help(message, format_args!("write `{local} = ..`, which holds for both")),
                    );
                }
            }
            bindings.push((name, binding));
        }
        bindings
    }
}

fn doc(name: &str, endpoint: &Endpoint) -> String {
    let verb = match endpoint.role {
        Role::Provides => "provides",
        Role::Requires => "requires",
        Role::Peers => "peers over",
    };
    format!(" The endpoint `{name}`: {verb} the interface `{}`.", endpoint.interface)
}

/// The visibility of the struct, as it is said in a module beside it. A type of the struct's own module may then stand in
/// its databags, however private it is.
pub(super) fn inside(visibility: &Visibility) -> TokenStream {
    match visibility {
        Visibility::Inherited => quote!(pub(super)),
        Visibility::Public(_) => quote!(pub),
        Visibility::Restricted(restricted) => {
            let path = &restricted.path;
            match path.segments.first() {
                Some(first) if first.ident == "self" => quote!(pub(super)),
                Some(first) if first.ident == "super" => {
                    quote!(pub(in super::#path))
                }
                _ => visibility.to_token_stream(),
            }
        }
    }
}
