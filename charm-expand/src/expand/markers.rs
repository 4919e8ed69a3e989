//! Types for the names of extra bindings, storages and resources.

use charm_meta::{Metadata, ResourceKind};
use proc_macro2::TokenStream;
use quote::quote;

use super::names;
use super::structure::Structure;

impl Structure<'_> {
    pub(super) fn extra_bindings(&self, metadata: &Metadata) -> TokenStream {
        let runtime = self.runtime;
        let types = metadata.extra_bindings.iter().map(|name| {
            let ty = names::type_ident(name);
            let marker = names::marker("extra binding", name);
            quote! {
                #marker
                impl #runtime::Binding for #ty {
                    const NAME: &'static str = #name;
                }
            }
        });
        self.module("binding", "extra bindings", types.collect())
    }

    pub(super) fn storages(&self, metadata: &Metadata) -> TokenStream {
        let runtime = self.runtime;
        let types = metadata.storages.iter().map(|(name, storage)| {
            let ty = names::type_ident(name);
            let marker = names::marker("storage", name);
            let number = match storage.multiple.max {
                Some(0 | 1) => quote!(impl #runtime::SingleStorage for #ty {}),
                max => {
                    let most = match max {
                        Some(most) => quote!(::core::option::Option::Some(#most)),
                        None => quote!(::core::option::Option::None),
                    };
                    quote! {
                        impl #runtime::MultipleStorage for #ty {
                            const MOST: ::core::option::Option<u32> = #most;
                        }
                    }
                }
            };
            quote! {
                #marker
                impl #runtime::StorageName for #ty {
                    const NAME: &'static str = #name;
                }
                #number
            }
        });
        self.module("storage", "storages", types.collect())
    }

    pub(super) fn resources(&self, metadata: &Metadata) -> TokenStream {
        let runtime = self.runtime;
        let types = metadata.resources.iter().map(|(name, resource)| {
            let ty = names::type_ident(name);
            let marker = names::marker("resource", name);
            let kind = match resource.kind {
                ResourceKind::File => quote!(File),
                ResourceKind::OciImage => quote!(OciImage),
            };
            quote! {
                #marker
                impl #runtime::ResourceName for #ty {
                    const NAME: &'static str = #name;
                    const KIND: #runtime::ResourceKind = #runtime::ResourceKind::#kind;
                }
            }
        });
        self.module("resource", "resources", types.collect())
    }
}
