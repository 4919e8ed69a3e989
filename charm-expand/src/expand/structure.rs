//! What the struct becomes: itself, types for the names in `charmcraft.yaml`, its causes, and its table.

use charm_meta::{Event, EventKind, Metadata};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{ItemStruct, Path, Visibility};

use super::names::{self, variant};
use crate::Place;
use crate::diagnostics::{Errors, help};
use crate::metadata::Source;
use crate::model::handlers_constant;
use crate::options::StructOptions;
use crate::parse::{StoredField, is_ours};

pub(crate) fn charm_struct(
    mut item: ItemStruct,
    options: &StructOptions,
    place: &Place,
    errors: &mut Errors,
) -> TokenStream {
    let stored: Vec<StoredField> =
        item.fields.iter().filter_map(|field| StoredField::of(field, errors)).collect();
    for field in &mut item.fields {
        field.attrs.retain(|attribute| !is_ours(attribute));
    }
    check_former_names(&stored, errors);
    if !item.generics.params.is_empty() {
        errors
            .push(syn::Error::new_spanned(&item.generics, "a charm can't be generic: Juju starts one charm"));
        return quote!(#item);
    }
    let source = Source::of_struct(&options.common.metadata, place, errors);
    let structure = Structure {
        charm: &item.ident,
        visibility: &item.vis,
        runtime: &options.common.runtime,
        options,
        stored: &stored,
        text: &source.text,
    };
    let generated = match source.metadata {
        Some(metadata) if is_usable(&metadata, options, &item.ident, errors) => {
            structure.generate(&metadata, errors)
        }
        _ => structure.fallback(),
    };
    quote! {
        #item
        #generated
    }
}

/// Whether types can be made of the names, and the charm says what its metadata asks of it.
fn is_usable(metadata: &Metadata, options: &StructOptions, charm: &Ident, errors: &mut Errors) -> bool {
    let clashes = metadata.clashes();
    for clash in &clashes {
        errors.at(charm.span(), format_args!("charmcraft.yaml: {clash}"));
    }
    for (name, action) in &metadata.actions {
        for path in action.parameters().wrong_defaults() {
            let message = format!(
                "charmcraft.yaml: the default of the parameter `{path}` of the action `{name}` is not what its own schema asks for"
            );
            errors.at(charm.span(), message);
        }
    }
    super::config::check(metadata, options, errors);
    if !metadata.containers.is_empty() && options.state.is_none() {
        let message = help(
            "this charm has containers, so it must say where its state lives: on Kubernetes the disk goes with the pod",
            "`#[charm(state = sled)]` keeps it on that disk, and starts anew with a new pod",
        );
        errors.at(charm.span(), message);
    }
    clashes.is_empty()
}

/// A former name must not be a field that is there, nor two fields' former one.
fn check_former_names(stored: &[StoredField], errors: &mut Errors) {
    for (index, field) in stored.iter().enumerate() {
        for was in &field.was {
            let name = was.value();
            if stored.iter().any(|other| other.key() == name) {
                errors.at(
                    was.span(),
                    format_args!("`{name}` is a stored field that is there: nothing was renamed"),
                );
            } else if stored[..index].iter().any(|other| other.was.iter().any(|was| was.value() == name)) {
                errors.at(was.span(), format_args!("`{name}` is named as the former name of two fields"));
            }
        }
    }
}

pub(super) struct Structure<'s> {
    pub(super) charm: &'s Ident,
    pub(super) visibility: &'s Visibility,
    pub(super) runtime: &'s Path,
    pub(super) options: &'s StructOptions,
    stored: &'s [StoredField],
    text: &'s TokenStream,
}

impl Structure<'_> {
    fn generate(&self, metadata: &Metadata, errors: &mut Errors) -> TokenStream {
        let events = metadata.events();
        let (endpoints, databags) = self.endpoints(metadata, errors);
        let bindings = self.extra_bindings(metadata);
        let storages = self.storages(metadata);
        let resources = self.resources(metadata);
        let containers = self.markers("container", "Container", "containers", metadata.containers.keys());
        let actions = self.actions(metadata);
        let (secrets, declarations) = self.secrets(metadata, errors);
        let config = self.config(metadata);
        let cause = self.cause(&events, metadata);
        let implementation = self.implementation(metadata, &events);
        quote! {
            #endpoints #databags #bindings #storages #resources #containers #actions #secrets
            #declarations #config #cause #implementation
        }
    }

    /// For a charm whose metadata can't be used: everything that the rest of the crate may ask of a charm, so that the
    /// one mistake is one message.
    fn fallback(&self) -> TokenStream {
        let Self { charm, runtime, text, .. } = self;
        quote! {
            #[automatically_derived]
            impl #runtime::__private::Charm for #charm {
                type Cause = ();
                type Config = ();
                type Settings = ();
                const NAME: &'static str = "";
                const METADATA: &'static str = #text;
                const LOG_LEVEL: #runtime::__private::LevelFilter = #runtime::__private::LevelFilter::INFO;
                const TABLE: &'static #runtime::__private::Table<Self> =
                    &#runtime::__private::Table { events: &[], any: &[], status: &[], app_status: &[] };
                const DEFERRED: Self::Cause = ();
                fn settings(_: &()) -> #runtime::__private::Result<(), #runtime::__private::Error> {
                    #runtime::__private::Result::Ok(())
                }
                fn bind(&mut self, _: &#runtime::__private::Records) {}
                fn save(&self) -> #runtime::__private::Result<(), #runtime::__private::Error> {
                    #runtime::__private::Result::Ok(())
                }
            }
        }
    }

    fn markers<'n>(
        &self,
        module: &str,
        of_trait: &str,
        plural: &str,
        names: impl Iterator<Item = &'n String>,
    ) -> TokenStream {
        let runtime = self.runtime;
        let of_trait = format_ident!("{of_trait}");
        let types = names.map(|name| {
            let ty = names::type_ident(name);
            let marker = names::marker(module, name);
            quote! {
                #marker
                impl #runtime::event::#of_trait for #ty {
                    const NAME: &'static str = #name;
                }
            }
        });
        self.module(module, plural, types.collect())
    }

    pub(super) fn module(&self, name: &str, plural: &str, types: TokenStream) -> TokenStream {
        if types.is_empty() {
            return types;
        }
        let visibility = self.visibility;
        let name = format_ident!("{name}");
        let doc = format!(" The {plural} that `charmcraft.yaml` declares, as types.");
        quote! {
            #[doc = #doc]
            #[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
            #visibility mod #name { #types }
        }
    }

    fn cause(&self, events: &[Event], metadata: &Metadata) -> TokenStream {
        let Self { visibility, runtime, charm, .. } = self;
        let here: Path = syn::parse_quote!(#charm);
        let variants = events.iter().map(|event| {
            let name = variant(event);
            let doc = event_doc(event, metadata);
            let ty = names::event_type(event, &quote!(#runtime::event), &here, charm.span());
            quote!(#[doc = #doc] #name(#ty))
        });
        let doc = format!(" Why [`{charm}`] runs: every event that Juju can send it.");
        quote! {
            #[doc = #doc]
            #[derive(::core::fmt::Debug, ::core::clone::Clone)]
            #[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
            #visibility enum Cause {
                #(#variants,)*
                /// Deferred events alone: Juju's own event is one that this revision of the charm doesn't know.
                Deferred,
            }
        }
    }

    fn implementation(&self, metadata: &Metadata, events: &[Event]) -> TokenStream {
        let Self { charm, text, .. } = self;
        let (crate_path, runtime) = (self.runtime, names::runtime());
        let unhandled = self.unhandled(events);
        let mut assertions = self.assertions(metadata);
        assertions.extend(self.secret_assertions());
        let load = self.load(metadata);
        let (settings, make_settings) = self.settings(metadata);
        let arguments = self.arguments(metadata);
        let rows = events.iter().map(|event| self.row(event));
        let config = if metadata.config.is_empty() { quote!(()) } else { quote!(Config) };
        let level = self.options.log.as_ref().map_or_else(|| "info".to_owned(), Ident::to_string);
        let level = format_ident!("{}", level.to_uppercase());
        let name = &metadata.name;
        let [any, status, app_status] =
            [names::ANY, names::STATUS, names::APP_STATUS].map(|name| format_ident!("{name}"));
        let binds = self.stored.iter().map(|field| {
            let StoredField { conditions, was, .. } = field;
            let (place, key, records) = (field.place(), field.key(), names::local("records"));
            quote_spanned! {field.span=>
                #(#conditions)* #runtime::Field::bind(&mut #place, #records, #key, &[#(#was),*]);
            }
        });
        let saves = self.stored.iter().map(|field| {
            let (conditions, place) = (&field.conditions, field.place());
            quote_spanned!(field.span=> #(#conditions)* #runtime::Field::save(&#place)?;)
        });
        let schema = match (&self.options.state_version, &self.options.migrate) {
            (Some(version), Some(migrate)) => Some(quote! {
                const SCHEMA: #runtime::Schema = #runtime::Schema { version: #version, migrate: #migrate };
            }),
            _ => None,
        };
        let unused = self.stored.is_empty().then(|| quote!(let _ = records;));
        quote! {
            #[allow(clippy::all, clippy::pedantic, unused_qualifications)]
            const _: () = {
                use #crate_path::__private as #runtime;

                #unhandled
                #assertions

                #[automatically_derived]
                impl #runtime::Charm for #charm {
                    type Cause = Cause;
                    type Config = #config;
                    type Settings = #settings;
                    const NAME: &'static str = #name;
                    const METADATA: &'static str = #text;
                    const LOG_LEVEL: #runtime::LevelFilter = #runtime::LevelFilter::#level;
                    #schema
                    const TABLE: &'static #runtime::Table<Self> = &#runtime::Table {
                        events: &[#(#rows),*],
                        any: #charm::#any,
                        status: #charm::#status,
                        app_status: #charm::#app_status,
                    };
                    const DEFERRED: Self::Cause = Cause::Deferred;

                    #make_settings

                    fn bind(&mut self, records: &#runtime::Records) {
                        #unused
                        #(#binds)*
                    }

                    fn save(&self) -> #runtime::Result<(), #runtime::Error> {
                        #(#saves)*
                        #runtime::Result::Ok(())
                    }
                }

                #load
                #arguments
            };
        }
    }

    /// No handlers, for every event: an impl block's constant of the same name comes before the trait's.
    fn unhandled(&self, events: &[Event]) -> TokenStream {
        let charm = self.charm;
        let runtime = names::runtime();
        let of_secrets: Vec<Event> = self.secret_events().collect();
        let constants = events.iter().chain(&of_secrets).map(|event| {
            let name = format_ident!("{}", handlers_constant(event));
            quote!(const #name: Handlers = &[];)
        });
        let [any, status, app_status] =
            [names::ANY, names::STATUS, names::APP_STATUS].map(|name| format_ident!("{name}"));
        let broken = names::broken_constant();
        quote! {
            type Handlers = #runtime::Handlers<#charm>;

            #[allow(dead_code, non_upper_case_globals)]
            trait Unhandled {
                const #broken: bool = false;
                #(#constants)*
                const #any: #runtime::AnyHandlers<#charm> = &[];
                const #status: #runtime::StatusHandlers<#charm> = &[];
                const #app_status: #runtime::StatusHandlers<#charm> = &[];
            }
            impl Unhandled for #charm {}
        }
    }

    /// What must be handled. Nothing is missing because of a mistake that has been reported.
    fn assertions(&self, metadata: &Metadata) -> TokenStream {
        let charm = self.charm;
        let broken = names::broken_constant();
        metadata
            .actions
            .keys()
            .map(|action| {
                let event = Event { kind: EventKind::Action, subject: Some(action.clone()) };
                let handlers = format_ident!("{}", handlers_constant(&event));
                let message = format!(
                    "charmcraft.yaml declares the action `{action}`, and no method handles it: mark one with `#[on(action = \"{action}\")]`"
                );
                quote_spanned! {charm.span()=>
                    const _: () = ::core::assert!(#charm::#broken || !#charm::#handlers.is_empty(), #message);
                }
            })
            .collect()
    }

    fn arguments(&self, metadata: &Metadata) -> TokenStream {
        let runtime = names::runtime();
        let cause = self.argument(None, &quote!(&'d Cause), &quote!(#runtime::Result::Ok(call.cause())));
        let config = self.config_arguments(metadata);
        let parameters = self.parameter_arguments(metadata);
        quote!(#cause #config #parameters)
    }

    /// A type that handlers may take: of one event, or of any.
    pub(super) fn argument(
        &self,
        event: Option<&TokenStream>,
        ty: &TokenStream,
        take: &TokenStream,
    ) -> TokenStream {
        let charm = self.charm;
        let runtime = names::runtime();
        let (any, event) = match event {
            Some(event) => (None, event.clone()),
            None => (Some(quote!(, Ev)), quote!(Ev)),
        };
        quote! {
            #[automatically_derived]
            impl<'d #any> #runtime::Argument<'d, #charm, #event> for #ty {
                fn take(call: &'d #runtime::Call<'d, #charm>) -> #runtime::Result<Self, #runtime::Error> {
                    #take
                }
            }
        }
    }

    fn row(&self, event: &Event) -> TokenStream {
        let charm = self.charm;
        let runtime = names::runtime();
        let name = event.dispatch_name();
        let kind = format_ident!("{}", event.kind.type_name());
        let handlers = format_ident!("{}", handlers_constant(event));
        let secrets = self.handlers_by_secret(event.kind);
        let variant = variant(event);
        quote! {
            #runtime::Row {
                name: #name,
                kind: #runtime::Kind::#kind,
                handlers: #charm::#handlers,
                secrets: #secrets,
                cause: |juju, payload| #runtime::Event::from_payload(juju, payload).map(Cause::#variant),
            }
        }
    }
}

fn event_doc(event: &Event, metadata: &Metadata) -> String {
    let summary = event.kind.summary();
    let removed =
        event.kind.removed_in().map(|version| format!(" Not sent since {version}.")).unwrap_or_default();
    match (&event.subject, event.kind) {
        (Some(action), EventKind::Action) => {
            let description = metadata.actions.get(action).and_then(|action| action.description.as_deref());
            names::doc(&format!("The action `{action}`."), description)
        }
        (Some(subject), kind) => format!(" `{}` of `{subject}`: {summary}{removed}", kind.name()),
        (None, kind) => format!(" `{}`: {summary}{removed}", kind.name()),
    }
}
