//! What an impl block becomes: itself, and one constant for each event that it handles.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{Ident, LitStr, Path, Type};

use super::names::event_type;
use crate::Place;
use crate::diagnostics::Errors;
use crate::metadata::Source;
use crate::model::{AnyHandler, Block, Handler, Method, Role, handlers_constant};
use crate::options::ImplOptions;
use crate::parse::ItemImpl;
use crate::validate;

pub(crate) fn charm_impl(
    item: ItemImpl,
    options: &ImplOptions,
    place: &Place,
    errors: &mut Errors,
) -> TokenStream {
    let source = Source::of_impl(&options.metadata, place, errors);
    if let Some(of_trait) = &item.of_trait {
        errors.push(syn::Error::new_spanned(
            of_trait,
            "`#[charm]` goes on the charm's own impl blocks: a trait's methods can't handle events",
        ));
        return item.into_token_stream();
    }
    if !item.generics.params.is_empty() {
        errors
            .push(syn::Error::new_spanned(&item.generics, "a charm can't be generic: Juju starts one charm"));
        return item.into_token_stream();
    }
    let Type::Path(self_type) = &item.self_type else {
        errors.push(syn::Error::new_spanned(&item.self_type, "expected the charm's struct"));
        return item.into_token_stream();
    };
    let Some(metadata) = source.metadata else {
        // The struct has told what is wrong, if it looked for the same file. Else no handler here would ever run.
        let (charm, runtime) = (&item.self_type, &options.runtime);
        let message = "this impl block finds no charmcraft.yaml, and the struct has its metadata from elsewhere: give both the same `metadata = \"..\"`";
        return quote_spanned! {item.impl_token.span=>
            #item
            const _: () =
                ::core::assert!(<#charm as #runtime::__private::Charm>::TABLE.events.is_empty(), #message);
        };
    };
    let block = validate::block(&item, &metadata, errors);
    let generator = Generator { charm: &self_type.path };
    let constants = generator.constants(&block);
    let secrets = generator.secret_aliases(&block);
    // The struct's complaint about what is unhandled would be about what is mistaken here.
    let broken = block.may_lack_handler.then(|| {
        let broken = super::names::broken_constant();
        quote!(#[allow(dead_code)] pub(crate) const #broken: bool = true;)
    });
    let charm = &item.self_type;
    let (runtime, alias) = (&options.runtime, super::names::runtime());
    quote! {
        #item

        #[allow(clippy::all, clippy::pedantic, unused_qualifications, private_interfaces)]
        const _: () = {
            use #runtime::__private as #alias;

            #secrets

            impl #charm {
                #broken
                #constants
            }
        };
    }
}

struct Generator<'g> {
    charm: &'g Path,
}

impl Generator<'_> {
    /// They are `pub(crate)`: to the struct's table a private one in another module would be as good as not there, and
    /// its handlers would never run.
    fn constants(&self, block: &Block) -> TokenStream {
        let runtime = super::names::runtime();
        let charm = self.charm;
        let mut constants = TokenStream::new();
        // One constant for each event, at its first handler.
        let mut done: Vec<&charm_meta::Event> = Vec::new();
        for first in &block.handlers {
            if done.contains(&&first.event) {
                continue;
            }
            done.push(&first.event);
            let name = Ident::new(&handlers_constant(&first.event), first.span);
            let handlers = block.handlers.iter().filter(|handler| handler.event == first.event);
            let handlers = handlers.map(|handler| self.handler_of_event(handler));
            constants.extend(quote_spanned! {first.span=>
                pub(crate) const #name: #runtime::Handlers<#charm> = &[#(#handlers),*];
            });
        }
        if let Some(first) = block.any.first() {
            let name = Ident::new(super::names::ANY, first.span);
            let handlers = block.any.iter().map(|any| self.any(any));
            constants.extend(quote_spanned! {first.span=>
                pub(crate) const #name: #runtime::AnyHandlers<#charm> = &[#(#handlers),*];
            });
        }
        for (name, methods) in
            [(super::names::STATUS, &block.status), (super::names::APP_STATUS, &block.app_status)]
        {
            let Some(first) = methods.first() else { continue };
            let name = Ident::new(name, first.name.span());
            let span = first.name.span();
            let methods = methods.iter().map(|method| self.status(method));
            constants.extend(quote_spanned! {span=>
                pub(crate) const #name: #runtime::StatusHandlers<#charm> = &[#(#methods),*];
            });
        }
        constants
    }

    /// The types of the secrets that handlers are about, each named once, where its handler names it.
    fn secret_aliases(&self, block: &Block) -> TokenStream {
        let mut aliases = TokenStream::new();
        let mut done: Vec<&String> = Vec::new();
        for handler in block.handlers.iter().filter(|handler| handler.event.kind.is_of_own_secret()) {
            let Some(subject) = handler.event.subject.as_ref().filter(|subject| !done.contains(subject))
            else {
                continue;
            };
            done.push(subject);
            let alias = super::names::secret_alias(subject);
            let span = handler.subject_span;
            let (module, ty) = (Ident::new("secret", span), Ident::new(subject, span));
            let beside = super::names::beside(self.charm);
            aliases.extend(quote!(#[allow(non_camel_case_types)] type #alias = #beside #module::#ty;));
        }
        aliases
    }

    fn handler_of_event(&self, handler: &Handler) -> TokenStream {
        let event = match handler.method.role {
            Role::Event => {
                let runtime = super::names::runtime();
                event_type(&handler.event, &quote!(#runtime), self.charm, handler.span)
            }
            role => marker(role),
        };
        self.handler(&handler.method, &handler.was, &event)
    }

    fn any(&self, any: &AnyHandler) -> TokenStream {
        let runtime = super::names::runtime();
        let handler = self.handler(
            &Method { conditions: Vec::new(), ..any.method.clone() },
            &any.was,
            &marker(Role::Any),
        );
        let conditions = &any.method.conditions;
        let (also, except) = (&any.also, &any.except);
        quote! {
            #(#conditions)*
            #runtime::AnyHandler { handler: #handler, also: &[#(#also),*], except: &[#(#except),*] }
        }
    }

    fn handler(&self, method: &Method, was: &[LitStr], event: &TokenStream) -> TokenStream {
        let runtime = super::names::runtime();
        let conditions = &method.conditions;
        let id = method.name.unraw().to_string();
        let (takes, call) = self.call(method, event);
        let output = output_of(method);
        let outcome = quote_spanned! {span_of(method)=> <#output as #runtime::Return<#event>>::into_outcome };
        quote! {
            #(#conditions)*
            #runtime::Handler {
                id: #id,
                was: &[#(#was),*],
                run: |charm, call| {
                    #takes
                    #outcome(#call, call.juju)
                },
            }
        }
    }

    fn status(&self, method: &Method) -> TokenStream {
        let runtime = super::names::runtime();
        let conditions = &method.conditions;
        let id = method.name.unraw().to_string();
        let (takes, call) = self.call(method, &marker(method.role));
        let unused = method.arguments.is_empty().then(|| quote!(let _ = call;));
        let output = output_of(method);
        let status = quote_spanned! {span_of(method)=> <#output as #runtime::IntoStatus>::into_status };
        quote! {
            #(#conditions)*
            #runtime::StatusHandler {
                id: #id,
                run: |charm, call| {
                    #unused
                    #takes
                    #status(#call)
                },
            }
        }
    }

    /// Taking each argument by its type, on that type's own span; and the call, waited for where it is `async`.
    fn call(&self, method: &Method, event: &TokenStream) -> (TokenStream, TokenStream) {
        let runtime = super::names::runtime();
        let (charm, given) = (self.charm, super::names::local("call"));
        let mut takes = TokenStream::new();
        let mut arguments = Vec::new();
        for (argument, ty) in &method.arguments {
            let span = first_span(ty);
            takes.extend(quote_spanned! {span=>
                let #argument = <#ty as #runtime::Argument<'_, #charm, #event>>::take(#given)?;
            });
            arguments.push(argument);
        }
        let unused_charm = (!method.has_receiver).then(|| quote!(let _ = charm;));
        let name = &method.name;
        let receiver = if method.has_receiver { quote!(charm.) } else { quote!(<#charm>::) };
        let call = quote!(#receiver #name(#(#arguments),*));
        // Whether the runtime can is known when it is compiled: without its feature the trait says what to turn on.
        let call = match method.asyncness {
            Some(span) => quote_spanned!(span=> <() as #runtime::AsyncHandlers>::block_on(#given, #call)?),
            None => call,
        };
        (quote!(#unused_charm #takes), call)
    }
}

/// What stands for the event where it is not one alone.
fn marker(role: Role) -> TokenStream {
    let runtime = super::names::runtime();
    let name = match role {
        Role::Event | Role::Several => "Several",
        Role::SeveralActions => "SeveralActions",
        Role::SeveralOfWhichSomeCannotWait => "SeveralOfWhichSomeCannotWait",
        Role::Any => "Any",
        Role::UnitStatus => "UnitStatus",
        Role::AppStatus => "AppStatus",
    };
    let name = format_ident!("{name}");
    quote!(#runtime::marker::#name)
}

/// What a method returns; `()` is on the span of its name.
fn output_of(method: &Method) -> TokenStream {
    match &method.output {
        Some(output) => output.to_token_stream(),
        None => quote_spanned!(method.name.span()=> ()),
    }
}

/// Where a complaint about what a method returns belongs.
fn span_of(method: &Method) -> Span {
    method.output.as_ref().map_or_else(|| method.name.span(), first_span)
}

fn first_span(ty: &Type) -> Span {
    syn::spanned::Spanned::span(ty)
}
