//! The actions: a marker for each, and what becomes of its parameters.

use charm_meta::name::{parameter_type, variant_name};
use charm_meta::{Action, Metadata, Others, Parameter, ParameterType, Parameters};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::names;
use super::structure::Structure;

impl Structure<'_> {
    /// The module `action`.
    pub(super) fn actions(&self, metadata: &Metadata) -> TokenStream {
        let runtime = self.runtime;
        let types = metadata.actions.iter().map(|(name, action)| {
            let marker = names::type_ident(name);
            let doc = names::doc(&format!("The action `{name}`."), action.description.as_deref());
            let mut types = Types { runtime, action: name, found: TokenStream::new() };
            let params = match parameters(action) {
                Some(parameters) => {
                    let doc = format!(" The parameters of the action `{name}`.");
                    let params = types.structure(&[], &parameters, &doc);
                    quote!(#params)
                }
                None => quote!(()),
            };
            let types = types.found;
            quote! {
                #[doc = #doc]
                #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
                pub enum #marker {}
                impl #runtime::event::ActionName for #marker {
                    const NAME: &'static str = #name;
                    type Params = #params;
                }
                #types
            }
        });
        self.module("action", "actions", types.collect())
    }

    /// A handler may take the parameters of its action.
    pub(super) fn parameter_arguments(&self, metadata: &Metadata) -> TokenStream {
        let runtime = names::runtime();
        let actions = metadata.actions.iter().filter(|(_, action)| parameters(action).is_some());
        let arguments = actions.map(|(name, _)| {
            let marker = names::type_ident(name);
            let params = format_ident!("{}", parameter_type(name, &[]));
            self.argument(
                Some(&quote!(#runtime::Action<action::#marker>)),
                &quote!(action::#params),
                &quote!(call.parameters::<action::#marker>()),
            )
        });
        arguments.collect()
    }
}

fn parameters(action: &Action) -> Option<Parameters> {
    Some(action.parameters()).filter(|parameters| !parameters.is_empty())
}

/// The field for parameters that are not declared.
const OTHERS: &str = "additional";

/// The types made of one action's parameters.
struct Types<'t> {
    runtime: &'t syn::Path,
    action: &'t str,
    found: TokenStream,
}

impl Types<'_> {
    /// Makes a struct of parameters; returns its name.
    fn structure(&mut self, path: &[&str], parameters: &Parameters, doc: &str) -> Ident {
        let runtime = self.runtime;
        let ident = format_ident!("{}", parameter_type(self.action, path));
        let (mut fields, mut reads) = (Vec::new(), Vec::new());
        for parameter in &parameters.declared {
            let path = below(path, &parameter.name);
            let field = names::field_ident(&parameter.name);
            let (ty, read) = self.field(&path, parameter);
            let doc = match parameter.description.as_deref().map(str::trim) {
                Some(text) if !text.is_empty() => names::doc(&format!("`{}`:", parameter.name), Some(text)),
                _ => format!(" The parameter `{}`.", parameter.name),
            };
            fields.push(quote!(#[doc = #doc] pub #field: #ty));
            reads.push(quote!(#field: #read));
        }
        let known: Vec<&str> = parameters.declared.iter().map(|parameter| parameter.name.as_str()).collect();
        let mut refuse = None;
        match &parameters.others {
            Others::Ignored => {}
            Others::Refused => refuse = Some(quote!(given.refuse_others(&[#(#known),*])?;)),
            Others::Kept(kind) => {
                let field = format_ident!("{OTHERS}");
                let ty = self.type_of(&below(path, OTHERS), kind);
                fields.push(quote! {
                    /// Parameters that are not declared, by their names.
                    pub #field: ::std::collections::BTreeMap<::std::string::String, #ty>
                });
                reads.push(quote!(#field: given.keep_others(&[#(#known),*])?));
            }
        }
        self.found.extend(quote! {
            #[doc = #doc]
            #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
            pub struct #ident { #(#fields),* }
            #[automatically_derived]
            impl #runtime::parameter::Parameters for #ident {
                fn read(
                    given: #runtime::parameter::Given<'_>,
                ) -> ::core::result::Result<Self, #runtime::Error> {
                    #refuse
                    ::core::result::Result::Ok(Self { #(#reads),* })
                }
            }
        });
        ident
    }

    /// The type of a field, and the expression that reads it.
    fn field(&mut self, path: &[&str], parameter: &Parameter) -> (TokenStream, TokenStream) {
        let name = &parameter.name;
        let ty = self.type_of(path, &parameter.kind);
        match &parameter.default {
            Some(default) => {
                let default = default.to_string();
                (ty, quote!(given.or_default(#name, #default)?))
            }
            None if parameter.required => (ty, quote!(given.required(#name)?)),
            // What may be null is an option by itself.
            None if matches!(parameter.kind, ParameterType::Nullable(_)) => {
                (ty, quote!(given.optional(#name)?.flatten()))
            }
            None => (quote!(::core::option::Option<#ty>), quote!(given.optional(#name)?)),
        }
    }

    fn type_of(&mut self, path: &[&str], kind: &ParameterType) -> TokenStream {
        let runtime = self.runtime;
        match kind {
            ParameterType::String => quote!(::std::string::String),
            ParameterType::Integer => quote!(i64),
            ParameterType::Number => quote!(f64),
            ParameterType::Boolean => quote!(bool),
            ParameterType::Any => quote!(#runtime::serde_json::Value),
            ParameterType::Nullable(inner) => {
                let inner = self.type_of(path, inner);
                quote!(::core::option::Option<#inner>)
            }
            ParameterType::List(inner) => {
                let inner = self.type_of(path, inner);
                quote!(::std::vec::Vec<#inner>)
            }
            ParameterType::Map(inner) => {
                let inner = self.type_of(path, inner);
                quote!(::std::collections::BTreeMap<::std::string::String, #inner>)
            }
            ParameterType::Object(parameters) => {
                let doc = format!(" The parameter `{}` of the action `{}`.", path.join("."), self.action);
                let ident = self.structure(path, parameters, &doc);
                quote!(#ident)
            }
            ParameterType::Choice(values) => {
                let ident = self.choice(path, values);
                quote!(#ident)
            }
        }
    }

    /// Makes an enum of the values that a parameter may have; returns its name.
    fn choice(&mut self, path: &[&str], values: &[String]) -> Ident {
        let runtime = self.runtime;
        let ident = format_ident!("{}", parameter_type(self.action, path));
        let variants: Vec<Ident> = values.iter().map(|value| variant_ident(value)).collect();
        let doc = format!(" What the parameter `{}` of the action `{}` may be.", path.join("."), self.action);
        let docs = values.iter().map(|value| match value.as_str() {
            "" => " The empty text.".to_owned(),
            value => format!(" `{value}`."),
        });
        self.found.extend(quote! {
            #[doc = #doc]
            #[derive(
                ::core::fmt::Debug,
                ::core::clone::Clone,
                ::core::marker::Copy,
                ::core::cmp::PartialEq,
                ::core::cmp::Eq,
                ::core::hash::Hash,
            )]
            pub enum #ident { #(#[doc = #docs] #variants),* }
            impl #ident {
                /// As `charmcraft.yaml` writes it.
                pub const fn as_str(self) -> &'static str {
                    match self { #(Self::#variants => #values),* }
                }
            }
            #[automatically_derived]
            impl ::core::fmt::Display for #ident {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.write_str(self.as_str())
                }
            }
            #[automatically_derived]
            impl #runtime::parameter::FromParameter for #ident {
                fn from_parameter(
                    parameter: #runtime::parameter::Parameter<'_>,
                ) -> ::core::result::Result<Self, #runtime::Error> {
                    parameter.choice(&[#((#values, Self::#variants)),*])
                }
            }
        });
        ident
    }
}

fn below<'p>(path: &[&'p str], name: &'p str) -> Vec<&'p str> {
    path.iter().copied().chain([name]).collect()
}

fn variant_ident(value: &str) -> Ident {
    let name = variant_name(value);
    // The one keyword that a variant's name can be; it can't be written raw.
    if name == "Self" { format_ident!("Self_") } else { format_ident!("{name}") }
}
