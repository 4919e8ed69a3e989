//! What `#[charm]` makes of a struct.

use crate::argument::Call;
use crate::config::Load;
use crate::error::Error;
use crate::event::{Kind, Payload};
use crate::juju::Juju;
use crate::outcome::Outcome;
use crate::status::Status;
use crate::stored::{Records, Schema};
use crate::Result;

/// A charm. `#[charm]` on the struct and on its impl blocks implements it; nobody writes it by hand.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a charm",
    label = "a struct with `#[charm]` is expected here"
)]
pub trait Charm: Default + 'static {
    /// Why a dispatch runs: the charm's events, as an enum.
    type Cause: 'static;
    /// The options, as a struct.
    type Config: Load + 'static;
    /// What the author's own type makes of the options; `()` where there is none.
    type Settings: 'static;
    /// The name in `charmcraft.yaml`.
    const NAME: &'static str;
    /// `charmcraft.yaml`, as it was when the charm was built.
    const METADATA: &'static str;
    /// What is logged from this level up; `JUJU_DEBUG` raises it to debug.
    const LOG_LEVEL: tracing::level_filters::LevelFilter;
    /// The version of the stored fields.
    const SCHEMA: Schema = Schema::FIRST;
    /// Everything that Juju can ask of this charm, and who answers.
    const TABLE: &'static Table<Self>;
    /// The cause of a dispatch that runs for deferred events alone.
    const DEFERRED: Self::Cause;

    /// Ties the stored fields to this dispatch's records. Nothing is read.
    fn bind(&mut self, records: &Records);
    /// Makes the author's own type of the options.
    #[track_caller]
    fn settings(config: &Self::Config) -> Result<Self::Settings, Error>;
    /// Hands on what was written to stored fields.
    #[track_caller]
    fn save(&self) -> Result<(), Error>;
}

/// Everything that Juju can ask of a charm, and who answers: static data, made by `#[charm]`.
pub struct Table<C: Charm> {
    /// The events.
    pub events: &'static [Row<C>],
    /// The methods with `#[on(any)]`.
    pub any: &'static [AnyHandler<C>],
    /// The methods with `#[status]`.
    pub status: &'static [StatusHandler<C>],
    /// The methods with `#[status(app)]`.
    pub app_status: &'static [StatusHandler<C>],
}

impl<C: Charm> Table<C> {
    pub(crate) fn row(&self, name: &str, is_action: bool) -> Option<&'static Row<C>> {
        self.events.iter().find(|row| row.name == name && (row.kind == Kind::Action) == is_action)
    }

    /// The methods with `#[on(any)]` that run for an event.
    pub(crate) fn any_for(&self, row: &'static Row<C>) -> impl Iterator<Item = &'static AnyHandler<C>> {
        self.any.iter().filter(move |any| any.runs_for(row))
    }
}

/// One event that Juju can send.
pub struct Row<C: Charm> {
    /// Its name as Juju dispatches it: `db-relation-changed`, or an action's name.
    pub name: &'static str,
    /// Its kind.
    pub kind: Kind,
    /// Who handles it, in order.
    pub handlers: &'static [Handler<C>],
    /// Who handles it for one declared secret alone, before the others.
    pub secrets: &'static [SecretHandlers<C>],
    /// The event as the charm's cause.
    pub cause: fn(&Juju, &Payload) -> Result<C::Cause, Error>,
}

impl<C: Charm> Row<C> {
    /// Whether anybody handles it, for all secrets or for one.
    pub(crate) fn has_handlers(&self) -> bool {
        !self.handlers.is_empty() || self.secrets.iter().any(|secret| !secret.handlers.is_empty())
    }

    /// Who handles it when it is this one.
    pub(crate) fn handlers_of(
        &self,
        payload: &Payload,
    ) -> impl Iterator<Item = &'static Handler<C>> + use<C> {
        let label = match payload {
            Payload::Secret { label, .. } => label.clone(),
            _ => None,
        };
        let secrets = self.secrets.iter().filter(move |secret| secret.is_labelled(label.as_deref()));
        secrets.flat_map(|secret| secret.handlers).chain(self.handlers)
    }
}

/// Who handles an event of one declared secret.
pub struct SecretHandlers<C: Charm> {
    /// The secret's name: its label, or what its labels begin with.
    pub name: &'static str,
    /// Whether there is one for each relation.
    pub per_relation: bool,
    /// The methods, in order.
    pub handlers: &'static [Handler<C>],
}

impl<C: Charm> SecretHandlers<C> {
    fn is_labelled(&self, label: Option<&str>) -> bool {
        label.and_then(|label| label.strip_prefix(self.name)).is_some_and(|rest| {
            if self.per_relation {
                let number = rest.strip_prefix(':').unwrap_or_default();
                !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            } else {
                rest.is_empty()
            }
        })
    }
}

/// One method that handles one event.
pub struct Handler<C: Charm> {
    /// The method's name: what the queue knows it by.
    pub id: &'static str,
    /// The names it had before (`was = ".."`).
    pub was: &'static [&'static str],
    /// Calls it.
    pub run: for<'c, 'd> fn(&'c mut C, &'d Call<'d, C>) -> Result<Outcome>,
}

impl<C: Charm> Handler<C> {
    pub(crate) fn is_known_as(&self, id: &str) -> bool {
        self.id == id || self.was.contains(&id)
    }
}

/// One method with `#[on(any)]`.
pub struct AnyHandler<C: Charm> {
    /// The method.
    pub handler: Handler<C>,
    /// Events that it runs for although `any` usually doesn't: `hooks/stop`, `actions/backup`.
    pub also: &'static [&'static str],
    /// Events that it does not run for.
    pub except: &'static [&'static str],
}

impl<C: Charm> AnyHandler<C> {
    fn runs_for(&self, row: &Row<C>) -> bool {
        let directory = if row.kind == Kind::Action { "actions" } else { "hooks" };
        let names =
            |paths: &[&str]| paths.iter().any(|path| path.split_once('/') == Some((directory, row.name)));
        (row.kind.wakes_any() || names(self.also)) && !names(self.except)
    }
}

/// One method with `#[status]`.
pub struct StatusHandler<C: Charm> {
    /// The method's name.
    pub id: &'static str,
    /// Calls it.
    pub run: for<'c, 'd> fn(&'c mut C, &'d Call<'d, C>) -> Result<Option<Status>>,
}
