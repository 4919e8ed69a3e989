//! The types of the secrets that the charm declares, and what must handle them.

use charm_meta::{Event, EventKind, Metadata};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::endpoint::inside;
use super::names::{self, type_ident};
use super::structure::Structure;
use crate::diagnostics::{Errors, suggest};
use crate::model::handlers_constant;
use crate::parse::SecretDeclaration;

/// The event of one declared secret. Who writes an impl block knows of the secret its type alone, so that stands here
/// for its name.
pub(crate) fn event_of(kind: EventKind, ty: &Ident) -> Event {
    Event { kind, subject: Some(ty.to_string()) }
}

impl SecretDeclaration {
    fn ty(&self) -> Ident {
        type_ident(&self.label())
    }

    /// Whether the names that the generated code makes of the two are the same.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let constant = |secret: &Self| charm_meta::name::constant_name(&secret.ty().to_string());
        constant(self) == constant(other)
    }

    /// The events that may be handled for it alone.
    fn events(&self) -> impl Iterator<Item = Event> {
        let ty = self.ty();
        let kinds = EventKind::ALL.iter().filter(|kind| kind.is_of_own_secret());
        kinds.map(move |kind| event_of(*kind, &ty))
    }
}

impl Structure<'_> {
    /// The module of types, and the implementations for them, which stand beside the struct: what names the content's
    /// type is in scope there.
    pub(super) fn secrets(&self, metadata: &Metadata, errors: &mut Errors) -> (TokenStream, TokenStream) {
        let secrets = &self.options.secrets;
        let visibility = inside(self.visibility);
        let (mut types, mut implementations) = (TokenStream::new(), TokenStream::new());
        for secret in secrets {
            // Where it is declared: there the compiler points for one that is meant by a misspelt name.
            let ty = Ident::new(&secret.ty().to_string(), secret.name.span());
            let doc = doc(secret);
            types.extend(quote! {
                #[doc = #doc]
                #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
                #visibility enum #ty {}
            });
            implementations.extend(self.implementation_of_secret(secret, metadata, errors));
        }
        if types.is_empty() {
            return (types, implementations);
        }
        let visibility = self.visibility;
        let module = quote! {
            /// The secrets that the charm's struct declares, as types.
            #[allow(dead_code, unreachable_pub, rustdoc::all)]
            #visibility mod secret { #types }
        };
        (module, implementations)
    }

    fn implementation_of_secret(
        &self,
        secret: &SecretDeclaration,
        metadata: &Metadata,
        errors: &mut Errors,
    ) -> TokenStream {
        let crate_path = self.runtime;
        let runtime = quote!(#crate_path::__private);
        let (ty, name) = (secret.ty(), secret.label());
        let content =
            secret.content.as_ref().map_or_else(|| quote!(#runtime::RawSecret), ToTokens::to_token_stream);
        let owner = format_ident!("{}", if secret.is_of_unit { "UnitOwned" } else { "AppOwned" });
        let none = quote!(::core::option::Option::None);
        let some = |value: TokenStream| quote!(::core::option::Option::Some(#value));
        let description =
            secret.description.as_ref().map_or_else(|| none.clone(), |text| some(text.to_token_stream()));
        let rotate = format_ident!("{}", secret.rotate.unwrap_or("Never"));
        let expire = secret.expire.map_or(none, |seconds| {
            let seconds = Literal::u64_unsuffixed(seconds);
            some(quote!(#runtime::Duration::from_secs(#seconds)))
        });
        let endpoint = secret.per_relation.as_ref().map(|(written, span)| {
            let is_meant =
                |name: &&String| *name == written || charm_meta::name::field_name(name) == *written;
            let found = metadata.endpoints.keys().find(is_meant);
            if found.is_none() {
                let message = format!("charmcraft.yaml declares no endpoint `{written}`");
                let known = metadata.endpoints.keys().map(String::as_str);
                errors.at(*span, suggest(message, written, known));
            }
            found.map(|name| type_ident(name))
        });
        let count = match endpoint {
            None => quote!(#[automatically_derived] impl #runtime::SingleSecret for secret::#ty {}),
            // It has been reported, and may be meant as either.
            Some(None) => TokenStream::new(),
            Some(Some(endpoint)) => quote! {
                #[automatically_derived]
                impl #runtime::SecretPerRelation for secret::#ty {
                    type Endpoint = endpoint::#endpoint;
                }
            },
        };
        quote! {
            #[automatically_derived]
            impl #runtime::DeclaredSecret for secret::#ty {
                type Content = #content;
                type Owner = #runtime::#owner;
                const NAME: &'static str = #name;
                const DESCRIPTION: ::core::option::Option<&'static str> = #description;
                const ROTATE: #runtime::RotatePolicy = #runtime::RotatePolicy::#rotate;
                const EXPIRE: ::core::option::Option<#runtime::Duration> = #expire;
            }
            #count
        }
    }

    /// The events that may be handled for one of the secrets alone.
    pub(super) fn secret_events(&self) -> impl Iterator<Item = Event> {
        self.options.secrets.iter().flat_map(SecretDeclaration::events)
    }

    /// Who handles an event for one of the secrets alone.
    pub(super) fn handlers_by_secret(&self, kind: EventKind) -> TokenStream {
        if !kind.is_of_own_secret() {
            return quote!(&[]);
        }
        let (charm, runtime) = (self.charm, names::runtime());
        let secrets = self.options.secrets.iter().map(|secret| {
            let handlers = format_ident!("{}", handlers_constant(&event_of(kind, &secret.ty())));
            let (name, per_relation) = (secret.label(), secret.per_relation.is_some());
            quote! {
                #runtime::SecretHandlers { name: #name, per_relation: #per_relation, handlers: #charm::#handlers }
            }
        });
        quote!(&[#(#secrets),*])
    }

    /// Juju asks again and again to have a secret rotated, and an expired one removed: somebody has to do it.
    pub(super) fn secret_assertions(&self) -> TokenStream {
        let charm = self.charm;
        let broken = names::broken_constant();
        let mut assertions = TokenStream::new();
        for secret in &self.options.secrets {
            let name = secret.label();
            for (is_sent, kind, what) in [
                (secret.rotate.is_some(), EventKind::SecretRotate, "is to be rotated"),
                (secret.expire.is_some(), EventKind::SecretExpired, "expires"),
            ] {
                if !is_sent {
                    continue;
                }
                let attribute = kind.attribute();
                let message = format!(
                    "the secret `{name}` {what}, and no method handles that: mark one with `#[on({attribute} = \"{name}\")]`"
                );
                let one = format_ident!("{}", handlers_constant(&event_of(kind, &secret.ty())));
                let all = format_ident!("{}", handlers_constant(&Event { kind, subject: None }));
                assertions.extend(quote_spanned! {secret.name.span()=>
                    const _: () = ::core::assert!(
                        #charm::#broken || !#charm::#one.is_empty() || !#charm::#all.is_empty(),
                        #message
                    );
                });
            }
        }
        assertions
    }
}

fn doc(secret: &SecretDeclaration) -> String {
    let owner = if secret.is_of_unit { "unit" } else { "application" };
    let each = match &secret.per_relation {
        Some((endpoint, _)) => format!(", one for each relation of `{endpoint}`"),
        None => String::new(),
    };
    let description = secret.description.as_ref().map(|text| format!(": {}", text.value().trim()));
    format!(" The secret `{}` of this {owner}{each}{}", secret.label(), description.as_deref().unwrap_or("."))
}
