//! The options: a struct, and what the author makes of it.

use charm_meta::{ConfigOption, ConfigValue, Metadata, OptionKind};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Path, Type};

use super::names;
use super::structure::Structure;
use crate::diagnostics::{Errors, suggest};
use crate::options::{OptionType, StructOptions};

/// Reports what is said of options that are not there.
pub(super) fn check(metadata: &Metadata, options: &StructOptions, errors: &mut Errors) {
    if metadata.config.is_empty()
        && let Some(config) = &options.config
    {
        let message = "charmcraft.yaml declares no options to make this of";
        errors.push(syn::Error::new_spanned(config, message));
    }
    for (index, OptionType { option, .. }) in options.options.iter().enumerate() {
        let word = option.unraw().to_string();
        let fields: Vec<String> =
            metadata.config.keys().map(|name| names::field_ident(name).unraw().to_string()).collect();
        if !fields.contains(&word) {
            let message = format!("charmcraft.yaml declares no option of which `{word}` would be the field");
            errors.at(option.span(), suggest(message, &word, fields.iter().map(String::as_str)));
        } else if options.options[..index].iter().any(|other| other.option == *option) {
            errors.at(option.span(), format_args!("the type of `{word}` is given twice"));
        }
    }
}

impl Structure<'_> {
    /// The author's own type of an option.
    fn type_of(&self, name: &str) -> Option<&Type> {
        let field = names::field_ident(name).unraw();
        self.options.options.iter().find(|option| option.option.unraw() == field).map(|option| &option.ty)
    }

    pub(super) fn config(&self, metadata: &Metadata) -> TokenStream {
        if metadata.config.is_empty() {
            return TokenStream::new();
        }
        let visibility = self.visibility;
        let fields = metadata.config.iter().map(|(name, option)| {
            let field = names::field_ident(name);
            let ty = match self.type_of(name) {
                Some(ty) => ty.to_token_stream(),
                None => raw_type(option, self.runtime),
            };
            let ty = if is_optional(option) { quote!(::core::option::Option<#ty>) } else { ty };
            let doc = match option.description.as_deref().map(str::trim) {
                Some(text) if !text.is_empty() => names::doc(&format!("`{name}`:"), Some(text)),
                _ => format!(" The option `{name}`."),
            };
            quote!(#[doc = #doc] pub #field: #ty)
        });
        quote! {
            /// The options that `charmcraft.yaml` declares, as this dispatch sees them.
            #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
            #[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
            #visibility struct Config { #(#fields),* }
        }
    }

    pub(super) fn load(&self, metadata: &Metadata) -> TokenStream {
        if metadata.config.is_empty() {
            return TokenStream::new();
        }
        let runtime = names::runtime();
        let loads = metadata.config.iter().map(|(name, option)| {
            let field = names::field_ident(name);
            let default = option.default.as_ref().map(default_value);
            let own = self.type_of(name);
            let raw = raw_type(option, self.runtime);
            let options = names::local("options");
            let value = match (option.kind, own, default) {
                (OptionKind::Secret, own, _) => {
                    let ty = own.map_or(raw, Type::to_token_stream);
                    quote_spanned!(own.span()=> #options.secret::<#ty>(#name)?)
                }
                (_, None, None) => quote!(options.get(#name)?),
                (_, None, Some(default)) => quote!(options.get_or(#name, #default)?),
                (OptionKind::String, Some(ty), None) => {
                    quote_spanned!(ty.span()=> #options.parse::<#ty>(#name)?)
                }
                (OptionKind::String, Some(ty), Some(default)) => {
                    quote_spanned!(ty.span()=> #options.parse_or::<#ty>(#name, #default)?)
                }
                (_, Some(ty), None) => quote_spanned!(ty.span()=> #options.convert::<#raw, #ty>(#name)?),
                (_, Some(ty), Some(default)) => {
                    quote_spanned!(ty.span()=> #options.convert_or::<#raw, #ty>(#name, #default)?)
                }
            };
            quote!(#field: #value)
        });
        quote! {
            #[automatically_derived]
            impl #runtime::Load for Config {
                fn load(options: #runtime::Options<'_>) -> #runtime::Result<Self, #runtime::Error> {
                    #runtime::Result::Ok(Self { #(#loads),* })
                }
            }
        }
    }

    /// What the author makes of all options, where there are any.
    fn settings_type(&self, metadata: &Metadata) -> Option<&Path> {
        self.options.config.as_ref().filter(|_| !metadata.config.is_empty())
    }

    /// Its type, and the method that makes it.
    pub(super) fn settings(&self, metadata: &Metadata) -> (TokenStream, TokenStream) {
        let runtime = names::runtime();
        let options = if metadata.config.is_empty() { quote!(()) } else { quote!(Config) };
        let (ty, config, make) = match self.settings_type(metadata) {
            Some(ty) => {
                let config = names::local("config");
                let make =
                    quote_spanned!(ty.span()=> <#ty as #runtime::OfOptions<Config>>::of_options(#config));
                (ty.to_token_stream(), quote!(config), make)
            }
            None => (quote!(()), quote!(_), quote!(#runtime::Result::Ok(()))),
        };
        let method = quote! {
            fn settings(#config: &#options) -> #runtime::Result<#ty, #runtime::Error> {
                #make
            }
        };
        (ty, method)
    }

    pub(super) fn config_arguments(&self, metadata: &Metadata) -> TokenStream {
        if metadata.config.is_empty() {
            return TokenStream::new();
        }
        let borrowed = self.argument(None, &quote!(&'d Config), &quote!(call.config()));
        let owned = self.argument(None, &quote!(Config), &quote!(call.config().cloned()));
        let settings = self.settings_type(metadata).map(|ty| {
            let (runtime, charm) = (names::runtime(), self.charm);
            let make = quote!(<#charm as #runtime::Charm>::settings(call.config()?));
            let borrowed = self.argument(None, &quote!(&'d #ty), &quote!(call.settings()));
            let owned = self.argument(None, &quote!(#ty), &make);
            quote!(#borrowed #owned)
        });
        quote!(#borrowed #owned #settings)
    }
}

/// An operator takes a secret back by the empty text, so one is never sure to be there.
fn is_optional(option: &ConfigOption) -> bool {
    option.default.is_none() || option.kind == OptionKind::Secret
}

fn raw_type(option: &ConfigOption, runtime: &Path) -> TokenStream {
    match option.kind {
        OptionKind::String => quote!(::std::string::String),
        OptionKind::Secret => quote!(#runtime::SecretId),
        OptionKind::Int => quote!(i64),
        OptionKind::Float => quote!(f64),
        OptionKind::Boolean => quote!(bool),
    }
}

fn default_value(default: &ConfigValue) -> TokenStream {
    match default {
        ConfigValue::String(text) => quote!(#text),
        ConfigValue::Int(number) => {
            let number = Literal::i64_suffixed(*number);
            quote!(#number)
        }
        ConfigValue::Float(number) => {
            let number = Literal::f64_suffixed(*number);
            quote!(#number)
        }
        ConfigValue::Boolean(flag) => quote!(#flag),
    }
}
