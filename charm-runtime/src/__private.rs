//! What generated code names. Not for anybody else: it changes with the macros.

pub use crate::action_result::{ActionResults, Results};
pub use crate::argument::{Argument, Call};
pub use crate::async_handler::AsyncHandlers;
pub use crate::charm::{AnyHandler, Charm, Handler, Row, SecretHandlers, StatusHandler, Table};
pub use crate::config::{Load, OfOptions, Options};
pub use crate::databag::{Databag, Entries, EntryError, JsonValue, RawDatabag, RawValue};
pub use crate::error::{Error, Result};
pub use crate::event::marker;
pub use crate::event::*;
pub use crate::juju::Juju;
pub use crate::outcome::{Outcome, Return};
pub use crate::parameter::{FromParameter, Given, Parameter, Parameters};
pub use crate::relation::{Endpoint, Peer, Role, Single};
pub use crate::secret::{
    AppOwned, DeclaredSecret, RawSecret, Redacted, RotatePolicy, SecretContent, SecretField,
    SecretPerRelation, SingleSecret, UnitOwned,
};
pub use crate::status::{IntoStatus, Status};
pub use crate::stored::{Field, Records, Schema};
pub use serde_json::Value;
pub use std::collections::BTreeMap;
pub use std::convert::From;
pub use std::default::Default;
pub use std::option::Option;
pub use std::string::String;
pub use std::time::Duration;
pub use tracing::level_filters::LevelFilter;

/// The handlers of one event, in order.
pub type Handlers<C> = &'static [Handler<C>];
/// The methods with `#[on(any)]`, in order.
pub type AnyHandlers<C> = &'static [AnyHandler<C>];
/// The methods with `#[status]`, in order.
pub type StatusHandlers<C> = &'static [StatusHandler<C>];
