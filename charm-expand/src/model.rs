//! What an impl block means: handlers of known events, without tokens but for what the generated code repeats.

use charm_meta::{Event, EventKind};
use proc_macro2::{Ident, Span};
use syn::{Attribute, LitStr, Type};

/// An impl block that has been held against the metadata.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// In the order in which they are written.
    pub(crate) handlers: Vec<Handler>,
    pub(crate) any: Vec<AnyHandler>,
    pub(crate) status: Vec<Method>,
    pub(crate) app_status: Vec<Method>,
    /// A mistake may have been meant as the handler of an action, or of a secret's rotation or expiry: none is to be
    /// reported as unhandled because of it.
    pub(crate) may_lack_handler: bool,
}

/// A method that handles an event.
#[derive(Debug)]
pub(crate) struct Handler {
    pub(crate) event: Event,
    pub(crate) method: Method,
    /// Where the attribute stands.
    pub(crate) span: Span,
    /// Where its subject stands; the attribute, for those that have none.
    pub(crate) subject_span: Span,
    pub(crate) was: Vec<LitStr>,
}

/// A method with `#[on(any)]`.
#[derive(Debug)]
pub(crate) struct AnyHandler {
    pub(crate) method: Method,
    pub(crate) span: Span,
    pub(crate) was: Vec<LitStr>,
    /// As `JUJU_DISPATCH_PATH` names them.
    pub(crate) also: Vec<String>,
    pub(crate) except: Vec<String>,
}

/// A method as the generated code calls it.
#[derive(Debug, Clone)]
pub(crate) struct Method {
    pub(crate) name: Ident,
    pub(crate) has_receiver: bool,
    /// Where it says `async`, if it does.
    pub(crate) asyncness: Option<Span>,
    /// Its arguments, as they are called there, and their types with lifetimes elided.
    pub(crate) arguments: Vec<(Ident, Type)>,
    /// What it returns; none for `()`.
    pub(crate) output: Option<Type>,
    /// What the event is to its arguments and its outcome.
    pub(crate) role: Role,
    /// `#[cfg(..)]`.
    pub(crate) conditions: Vec<Attribute>,
}

/// What "the event" is to a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The one event that it handles.
    Event,
    /// It handles several, and all of them can wait.
    Several,
    /// It handles several, all of them actions.
    SeveralActions,
    /// It handles several, and not all of them can wait.
    SeveralOfWhichSomeCannotWait,
    Any,
    UnitStatus,
    AppStatus,
}

/// The constant that holds an event's handlers. Its name is what the compiler shows where two blocks define it.
pub(crate) fn handlers_constant(event: &Event) -> String {
    let name = charm_meta::name::constant_name(&event.dispatch_name());
    let kind = if event.kind == EventKind::Action { "ACTION_" } else { "" };
    format!("__ON_{kind}{name}_IN_ONE_IMPL_BLOCK")
}
