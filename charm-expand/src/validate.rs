//! An impl block, held against `charmcraft.yaml`.

use std::collections::BTreeMap;

use charm_meta::{Event, EventKind, Metadata, Subject};
use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;
use syn::{FnArg, GenericArgument, GenericParam, Path, PathArguments, ReturnType, Signature, Type};

use crate::diagnostics::{Errors, help, suggest};
use crate::expand::names;
use crate::model::{AnyHandler, Block, Handler, Method, Role};
use crate::parse::{self, ItemImpl, Member, On, OnEvent, StatusAttribute};

/// What the block means. Every mistake is reported; what is sound beside it is kept.
pub(crate) fn block(item: &ItemImpl, metadata: &Metadata, errors: &mut Errors) -> Block {
    let events = metadata.events();
    let mut block = Block::default();
    let mut has_ours = false;
    for member in &item.members {
        let Member::Method(method) = member else { continue };
        let attributes = Attributes::of(method, errors);
        if attributes.is_empty() {
            continue;
        }
        has_ours = true;
        block.may_lack_handler |= attributes.has_broken;
        let count = attributes.on.len() + attributes.status.len();
        if count > 1 && !attributes.status.is_empty() {
            let span = attributes.status[0].span;
            errors.at(span, "a method with `#[status]` handles no event, and has no second `#[status]`");
            continue;
        }
        let Some(called) = callable(method, errors) else {
            block.may_lack_handler |= attributes.on.iter().any(On::is_perhaps_required);
            continue;
        };
        attributes.add_to(&mut block, &called, metadata, &events, errors);
    }
    if !has_ours {
        let message = help(
            "no method here has `#[on(..)]` or `#[status]`, so this block makes no handlers",
            "mark the methods that handle events, or take `#[charm]` off this block",
        );
        errors.at(item.impl_token.span, message);
    }
    check_names(&block, errors);
    block
}

/// The attributes of a method that are ours.
#[derive(Default)]
struct Attributes {
    on: Vec<On>,
    status: Vec<StatusAttribute>,
    /// One could not be understood, which has been reported.
    has_broken: bool,
}

impl Attributes {
    fn of(method: &parse::Method, errors: &mut Errors) -> Self {
        let mut found = Self::default();
        for attribute in &method.attributes {
            if parse::is_named(attribute, "on") {
                match On::parse(attribute) {
                    Ok(on) => found.on.push(on),
                    Err(error) => found.fail(error, errors),
                }
            } else if parse::is_named(attribute, "status") {
                match StatusAttribute::parse(attribute) {
                    Ok(status) => found.status.push(status),
                    Err(error) => found.fail(error, errors),
                }
            }
        }
        found
    }

    fn fail(&mut self, error: syn::Error, errors: &mut Errors) {
        self.has_broken = true;
        errors.push(error);
    }

    fn is_empty(&self) -> bool {
        self.on.is_empty() && self.status.is_empty() && !self.has_broken
    }

    fn add_to(
        self,
        block: &mut Block,
        method: &Method,
        metadata: &Metadata,
        events: &[Event],
        errors: &mut Errors,
    ) {
        for status in self.status {
            let (list, role) = if status.is_app {
                (&mut block.app_status, Role::AppStatus)
            } else {
                (&mut block.status, Role::UnitStatus)
            };
            list.push(Method { role, ..method.clone() });
        }
        let mut handlers: Vec<Handler> = Vec::new();
        let several = self.on.len() > 1;
        for on in self.on {
            let is_perhaps_required = on.is_perhaps_required();
            let was = on.was;
            match on.event {
                OnEvent::Named(name) => {
                    let kind = kind_of(&name, events, errors);
                    let event =
                        kind.and_then(|kind| Some((kind, subject_of(kind, &name, metadata, errors)?)));
                    let Some((kind, subject)) = event else {
                        block.may_lack_handler |= is_perhaps_required;
                        continue;
                    };
                    let event = Event { kind, subject };
                    let subject_span = name.subject.as_ref().map_or(on.span, parse::SubjectName::span);
                    let is_of_one_secret = kind.is_of_own_secret() && event.subject.is_some();
                    if !is_of_one_secret && !events.contains(&event) {
                        let message =
                            format!("Juju never sends {}: peers don't break", event.dispatch_name());
                        errors.at(on.span, message);
                        continue;
                    }
                    if handlers.iter().any(|handler| handler.event == event) {
                        errors.at(
                            on.span,
                            format_args!("this method handles {} already", event.dispatch_name()),
                        );
                        continue;
                    }
                    let method = Method { role: Role::Event, ..method.clone() };
                    handlers.push(Handler { event, method, span: on.span, subject_span, was });
                }
                OnEvent::Any { .. } if several => {
                    errors.at(on.span, "`any` comprises the other events: it stands alone on its method");
                }
                OnEvent::Any { also, except } => {
                    let method = Method { role: Role::Any, ..method.clone() };
                    if returns_outcome(method.output.as_ref()) {
                        cannot_defer(
                            &method,
                            "`any` runs in the next dispatch anyway: return `Ok(())`, or a `Halt` that shows what is missing",
                            errors,
                        );
                        continue;
                    }
                    let also = paths(&also, metadata, events, errors);
                    let except = paths(&except, metadata, events, errors);
                    block.any.push(AnyHandler { method, span: on.span, was, also, except });
                }
            }
        }
        add_handlers(block, handlers, several, errors);
    }
}

/// Adds the handlers of one method, with what their number means for its arguments and its outcome.
fn add_handlers(block: &mut Block, handlers: Vec<Handler>, several: bool, errors: &mut Errors) {
    let cannot_wait = handlers.iter().find_map(|handler| handler.event.kind.deferrable().err());
    let are_actions = handlers.iter().all(|handler| handler.event.kind == EventKind::Action);
    let role = match (several, cannot_wait) {
        (false, _) => Role::Event,
        (true, None) => Role::Several,
        (true, Some(_)) if are_actions => Role::SeveralActions,
        (true, Some(_)) => Role::SeveralOfWhichSomeCannotWait,
    };
    if let Some(advice) = cannot_wait {
        let method = handlers.first().map(|handler| &handler.method);
        if let Some(method) = method.filter(|method| returns_outcome(method.output.as_ref())) {
            cannot_defer(method, advice, errors);
            block.may_lack_handler = true;
            return;
        }
    }
    for mut handler in handlers {
        handler.method.role = role;
        block.handlers.push(handler);
    }
}

fn cannot_defer(method: &Method, message: &str, errors: &mut Errors) {
    if let Some(output) = &method.output {
        errors.push(syn::Error::new_spanned(output, message));
    }
}

/// Whether a type is written as `Outcome` or `Result<Outcome>`. An alias is found by the compiler, in the words of the
/// trait; these words are the event's own.
fn returns_outcome(output: Option<&Type>) -> bool {
    let Some(Type::Path(path)) = output else { return false };
    let Some(last) = path.path.segments.last() else { return false };
    if last.ident == "Outcome" {
        return true;
    }
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return false };
    let Some(GenericArgument::Type(first)) = arguments.args.first() else { return false };
    last.ident == "Result" && returns_outcome(Some(first))
}

fn kind_of(name: &parse::EventName, events: &[Event], errors: &mut Errors) -> Option<EventKind> {
    let word = name.word.unraw().to_string();
    if let Some(kind) = EventKind::from_attribute(&word) {
        return Some(kind);
    }
    // As ops writes it: `db_relation_changed`, `backup_action`.
    let dashed = word.replace('_', "-");
    let whole = events.iter().find(|event| {
        let name = event.dispatch_name().replace('_', "-");
        name == dashed || event.kind == EventKind::Action && format!("{name}-action") == dashed
    });
    let message = format!("Juju sends no event `{word}`");
    let message = match whole.and_then(|event| Some((event, event.subject.as_ref()?))) {
        Some((event, subject)) => {
            help(message, format_args!("write `#[on({} = \"{subject}\")]`", event.kind.attribute()))
        }
        None => {
            let words = EventKind::ALL.iter().map(|kind| kind.attribute()).chain(["any"]);
            match charm_meta::did_you_mean(&word, words) {
                Some(near) => help(message, format_args!("did you mean `{near}`?")),
                None => help(
                    message,
                    "all that it sends are types in `charm_runtime::event`; `RelationChanged` is `relation_changed` here",
                ),
            }
        }
    };
    errors.at(name.word.span(), message);
    None
}

/// The names that a kind of event may be about, and what they are called.
fn subjects(kind: EventKind, metadata: &Metadata) -> Option<(&'static str, Vec<&str>)> {
    fn keys<V>(map: &BTreeMap<String, V>) -> Vec<&str> {
        map.keys().map(String::as_str).collect()
    }
    match kind.subject() {
        Subject::None => None,
        Subject::Endpoint => Some(("endpoint", keys(&metadata.endpoints))),
        Subject::Storage => Some(("storage", keys(&metadata.storages))),
        Subject::Container => Some(("container", keys(&metadata.containers))),
        Subject::Action => Some(("action", keys(&metadata.actions))),
    }
}

/// The subject that the attribute names, checked; outer `None` for a mistake, which is reported.
#[allow(clippy::option_option)] // a mistake, no subject, a subject
fn subject_of(
    kind: EventKind,
    name: &parse::EventName,
    metadata: &Metadata,
    errors: &mut Errors,
) -> Option<Option<String>> {
    let word = kind.attribute();
    if kind.is_of_own_secret() {
        return secret_of(kind, name.subject.as_ref(), errors);
    }
    match (subjects(kind, metadata), &name.subject) {
        (None, None) => Some(None),
        (None, Some(subject)) => {
            errors
                .at(subject.span(), format_args!("`{word}` is about the unit itself: write `#[on({word})]`"));
            None
        }
        (Some((what, known)), None) => {
            let example = known.first().copied().unwrap_or("..");
            let message = help(
                format_args!("`{word}` is about one {what}: which?"),
                format_args!("write `{word} = \"{example}\"`"),
            );
            errors.at(name.word.span(), message);
            None
        }
        (Some((what, known)), Some(parse::SubjectName::Text(subject))) => {
            let value = subject.value();
            if known.contains(&value.as_str()) {
                return Some(Some(value));
            }
            let message = format!("charmcraft.yaml declares no {what} `{value}`");
            errors.at(subject.span(), suggest(message, &value, known.iter().copied()));
            None
        }
        (Some((what, known)), Some(parse::SubjectName::Type(path))) => {
            subject_of_type(kind, what, &known, path, errors).map(Some)
        }
    }
}

/// The type of the declared secret that an event is about, if it is about one alone. Which there are, only the struct
/// knows: the generated code names the type.
#[allow(clippy::option_option)] // as above
fn secret_of(
    kind: EventKind,
    subject: Option<&parse::SubjectName>,
    errors: &mut Errors,
) -> Option<Option<String>> {
    let word = kind.attribute();
    match subject {
        None => Some(None),
        Some(parse::SubjectName::Text(text)) => {
            let name = text.value();
            let right = name.to_ascii_lowercase().replace(['_', '.', ' '], "-");
            if name != right || charm_meta::name::type_name(&name) == "_unnamed" {
                let message = help(
                    format_args!("`{name}` is no secret's name"),
                    format_args!("names are lowercase with hyphens here: write `{word} = \"{right}\"`"),
                );
                errors.at(text.span(), message);
                return None;
            }
            Some(Some(names::type_ident(&name).to_string()))
        }
        Some(parse::SubjectName::Type(path)) => {
            let mut backwards = path.segments.iter().rev().map(|segment| &segment.ident);
            let (last, module) = (backwards.next()?, backwards.next()?);
            if module != "secret" {
                let message = format!("`{word}` is about a secret, and no type of `{module}`");
                errors.at(module.span(), help(message, format_args!("write `{word} = secret::..`")));
                return None;
            }
            Some(Some(last.to_string()))
        }
    }
}

/// The subject that a type such as `endpoint::K8sService` stands for.
fn subject_of_type(
    kind: EventKind,
    what: &str,
    known: &[&str],
    path: &Path,
    errors: &mut Errors,
) -> Option<String> {
    let mut backwards = path.segments.iter().rev().map(|segment| &segment.ident);
    let (last, module) = (backwards.next()?, backwards.next()?);
    if Some(module.to_string().as_str()) != names::module(kind.subject()) {
        let message = format!("`{}` is about one {what}, and no type of `{module}`", kind.attribute());
        let first = known.first().map_or_else(|| "..".to_owned(), |name| names::type_ident(name).to_string());
        errors
            .at(module.span(), help(message, format_args!("write `{} = {what}::{first}`", kind.attribute())));
        return None;
    }
    let found = known.iter().find(|name| names::type_ident(name) == *last);
    if found.is_none() {
        let types: Vec<String> = known.iter().map(|name| names::type_ident(name).to_string()).collect();
        let message = format!("charmcraft.yaml declares no {what} of which `{last}` would be the type");
        errors.at(last.span(), suggest(message, &last.to_string(), types.iter().map(String::as_str)));
    }
    found.map(|name| (*name).to_owned())
}

/// The events of `also(..)` and `except(..)`; one without a subject is meant for all.
fn paths(
    names: &[parse::EventName],
    metadata: &Metadata,
    events: &[Event],
    errors: &mut Errors,
) -> Vec<String> {
    let mut found = Vec::new();
    for name in names {
        let Some(kind) = kind_of(name, events, errors) else { continue };
        if let (true, Some(subject)) = (kind.is_of_own_secret(), &name.subject) {
            let word = kind.attribute();
            errors
                .at(subject.span(), format_args!("`any` runs for every secret or for none: write `{word}`"));
            continue;
        }
        let is_wanted: Box<dyn Fn(&Event) -> bool> =
            if name.subject.is_none() && kind.subject() != Subject::None {
                Box::new(move |event| event.kind == kind)
            } else {
                let Some(subject) = subject_of(kind, name, metadata, errors) else { continue };
                Box::new(move |event| event.kind == kind && event.subject == subject)
            };
        found.extend(events.iter().filter(|event| is_wanted(event)).map(Event::dispatch_path));
    }
    found.sort();
    found.dedup();
    found
}

/// The method as generated code calls it; `None` for one that it can't call, which is reported.
fn callable(method: &parse::Method, errors: &mut Errors) -> Option<Method> {
    let signature = &method.signature;
    let mut is_sound = true;
    let mut fail = |error: syn::Error| {
        errors.push(error);
        is_sound = false;
    };
    if let syn::Safety::Unsafe(token) = &signature.safety {
        fail(syn::Error::new_spanned(
            token,
            "a handler can't be `unsafe`: the generated code calls it safely",
        ));
    }
    for parameter in &signature.generics.params {
        if !matches!(parameter, GenericParam::Lifetime(_)) {
            fail(syn::Error::new_spanned(
                parameter,
                "a handler can't be generic: nothing would say with which type it is called",
            ));
        }
    }
    let mut has_receiver = false;
    let mut arguments = Vec::new();
    for input in &signature.inputs {
        match input {
            FnArg::Receiver(receiver) => {
                has_receiver = true;
                if !is_reference(receiver) {
                    let message = "a handler takes `&mut self` or `&self`: the charm lives on after it";
                    fail(syn::Error::new_spanned(receiver, message));
                }
            }
            FnArg::Typed(typed) => {
                if let Type::ImplTrait(ty) = &*typed.ty {
                    let message = "an argument needs a type by name: what it is given is found by it";
                    fail(syn::Error::new_spanned(ty, message));
                }
                arguments.push((argument_name(&typed.pat, arguments.len()), elided(&typed.ty, signature)));
            }
        }
    }
    let output = match &signature.output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => Some(elided(ty, signature)),
    };
    is_sound.then(|| Method {
        name: signature.ident.clone(),
        has_receiver,
        asyncness: signature.asyncness.as_ref().map(|token| token.span),
        arguments,
        output,
        role: Role::Event,
        conditions: method.conditions().cloned().collect(),
    })
}

/// `&mut self`, `&self`, or the same written out.
fn is_reference(receiver: &syn::Receiver) -> bool {
    match &receiver.kind {
        syn::ReceiverKind::Reference(..) => true,
        syn::ReceiverKind::Typed(_, ty) => matches!(&**ty, Type::Reference(_)),
        _ => false,
    }
}

/// What the generated code calls an argument: as the author does, where that is a plain name.
fn argument_name(pattern: &syn::Pat, index: usize) -> Ident {
    match pattern {
        // These two are the generated code's own.
        syn::Pat::Ident(name) if name.ident != "charm" && name.ident != "call" => {
            let mut name = name.ident.clone();
            name.set_span(Span::mixed_site());
            name
        }
        _ => Ident::new(&format!("argument_{index}"), Span::mixed_site()),
    }
}

/// The type with the method's own lifetimes left to inference: outside of it they have no name.
fn elided(ty: &Type, signature: &Signature) -> Type {
    struct Elide<'s>(&'s Signature);
    impl syn::visit_mut::VisitMut for Elide<'_> {
        fn visit_lifetime_mut(&mut self, lifetime: &mut syn::Lifetime) {
            if self.0.generics.lifetimes().any(|own| own.lifetime == *lifetime) {
                *lifetime = syn::Lifetime::new("'_", lifetime.span());
            }
        }
    }
    let mut ty = ty.clone();
    syn::visit_mut::VisitMut::visit_type_mut(&mut Elide(signature), &mut ty);
    ty
}

/// A former name must not be somebody's present one, nor two handlers' former one: entries would go astray.
fn check_names(block: &Block, errors: &mut Errors) {
    let name_of = |handler: &Handler| handler.method.name.unraw().to_string();
    let present: Vec<String> = block.handlers.iter().map(name_of).collect();
    let mut former: Vec<(String, String)> = Vec::new();
    for handler in &block.handlers {
        let name = name_of(handler);
        for literal in &handler.was {
            let was = literal.value();
            if present.contains(&was) {
                let message = format!("`{was}` is the name of a handler that is there: nothing was renamed");
                errors.at(literal.span(), message);
            } else if former.iter().any(|(other, by)| *other == was && *by != name) {
                errors
                    .at(literal.span(), format_args!("`{was}` is named as the former name of two handlers"));
            }
            former.push((was, name.clone()));
        }
    }
}
