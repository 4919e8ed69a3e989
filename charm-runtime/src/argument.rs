//! The arguments of handlers, found by their types.

use std::cell::OnceCell;

use crate::app::App;
use crate::charm::Charm;
use crate::config::Load as _;
use crate::error::Error;
use crate::event::marker::AppStatus;
use crate::event::{
    ActionName, Event, Payload, RelationChanged, RelationCreated, RelationDeparted, RelationJoined,
    StorageAttached, StorageDetaching,
};
use crate::hook_command::Refusal;
use crate::juju::Juju;
use crate::leader::Leader;
use crate::model::Model;
use crate::network::{Binding, Network};
use crate::parameter::{Given, Parameters as _};
use crate::port::Ports;
use crate::relation::{Endpoint, Relation, Relations, Single};
use crate::resource::{Resource, ResourceName};
use crate::secret::{Secret, SecretPerRelation, Secrets, SingleSecret};
use crate::storage::{SingleStorage, Storage, StorageName, Storages};
use crate::unit::Unit;

/// One call of a handler: what its arguments are taken from.
pub struct Call<'d, C: Charm> {
    /// For generated code: a field is there even for what is no charm, so that this is one message and not two.
    #[doc(hidden)]
    pub juju: &'d Juju,
    payload: &'d Payload,
    cause: &'d C::Cause,
    unit: Unit,
    app: App,
    model: Model,
    ports: Ports,
    config: OnceCell<C::Config>,
    settings: OnceCell<C::Settings>,
}

impl<'d, C: Charm> Call<'d, C> {
    pub(crate) fn new(juju: &'d Juju, payload: &'d Payload, cause: &'d C::Cause) -> Self {
        Self {
            juju,
            payload,
            cause,
            unit: Unit::new(juju),
            app: App::new(juju),
            model: Model::new(juju),
            ports: Ports::new(juju),
            config: OnceCell::new(),
            settings: OnceCell::new(),
        }
    }

    /// The way to Juju.
    pub fn juju(&self) -> &'d Juju {
        self.juju
    }

    /// Why this dispatch, or this deferred event, runs.
    pub fn cause(&self) -> &'d C::Cause {
        self.cause
    }

    /// The options, read at the first use.
    #[track_caller]
    pub fn config(&self) -> Result<&C::Config, Error> {
        if let Some(config) = self.config.get() {
            return Ok(config);
        }
        let config = C::Config::load(self.juju.options()?)?;
        Ok(self.config.get_or_init(|| config))
    }

    /// What the author's own type makes of the options (`#[charm(config = Settings)]`).
    #[track_caller]
    pub fn settings(&self) -> Result<&C::Settings, Error> {
        if let Some(settings) = self.settings.get() {
            return Ok(settings);
        }
        let settings = C::settings(self.config()?)?;
        Ok(self.settings.get_or_init(|| settings))
    }

    /// The parameters of the action that runs.
    #[track_caller]
    pub fn parameters<A: ActionName>(&self) -> Result<A::Params, Error> {
        A::Params::read(Given::all(self.juju.action_parameters()?))
    }
}

impl<C: Charm> std::fmt::Debug for Call<'_, C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Call({:?})", self.payload)
    }
}

/// What a handler of the event `Ev` may take, in any order.
///
/// - the event itself, such as [`RelationChanged<endpoint::Db>`](RelationChanged)
/// - of an action, its parameters: `action::RotateParams`, or [`Params<T>`](crate::Params) with a type of the author's
/// - the charm's `Config` or `&Config`, and what `#[charm(config = Settings)]` makes of it; its `&Cause`
/// - [`Relation<E>`] of a relation event but relation-broken; `Option<Relation<E>>` of an endpoint with `limit: 1`; [`Relations<E>`]
/// - [`Secret<S>`] of a declared secret, [`Secrets<S>`] of one with `per_relation`
/// - `Option<`[`Leader`]`>`; in a `#[status(app)]` method [`Leader`]
/// - [`Storage<S>`] of a storage event; `Option<Storage<S>>` of a storage without `multiple`; [`Storages<S>`]
/// - [`Resource<R>`], [`Network<B>`] of an endpoint or an extra binding
/// - [`Unit`], [`App`], [`Model`], [`Ports`], [`Juju`], or references to them
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be an argument here",
    label = "not something this handler can be given",
    note = "a handler takes, in any order: its own event, `Config`, `&Cause`, `Relation<E>` of its relation event (of \
            relation-broken the event's own), `Option<Relation<E>>` of an endpoint with `limit: 1`, `Relations<E>`, \
            `Option<Leader>`, `Storage<S>` of its storage event, `Option<Storage<S>>` of a storage without `multiple`, \
            `Storages<S>`, `Resource<R>`, `Secret<S>` or `Secrets<S>`, `Network<B>`, `&Ports`, `&Unit`, `&App`, `&Model`, `&Juju`",
    note = "the handler of one action takes its parameters: `action::RotateParams`, or `Params<T>` with a type made of them \
            by `TryFrom`",
    note = "a type such as `storage::Data` or `action::Rotate` is a name: of it there is a `Storage<storage::Data>` or an \
            `Action<action::Rotate>`",
    note = "a method with several `#[on(..)]`, `#[on(any)]` or `#[status]` takes no event, but `&Cause`"
)]
pub trait Argument<'d, C: Charm, Ev>: Sized {
    /// Makes the argument.
    #[track_caller]
    fn take(call: &'d Call<'d, C>) -> Result<Self, Error>;
}

#[diagnostic::do_not_recommend]
impl<'d, C: Charm, E: Event> Argument<'d, C, E> for E {
    #[track_caller]
    fn take(call: &'d Call<'d, C>) -> Result<Self, Error> {
        E::from_payload(call.juju, call.payload)
    }
}

macro_rules! arguments {
    ($($type:ty = |$call:ident| $take:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<'d, C: Charm, Ev> Argument<'d, C, Ev> for $type {
            #[track_caller]
            fn take($call: &'d Call<'d, C>) -> Result<Self, Error> {
                $take
            }
        }
    )*};
}

arguments! {
    Juju = |call| Ok(call.juju.clone());
    &'d Juju = |call| Ok(call.juju);
    Unit = |call| Ok(call.unit.clone());
    &'d Unit = |call| Ok(&call.unit);
    App = |call| Ok(call.app.clone());
    &'d App = |call| Ok(&call.app);
    Model = |call| Ok(call.model.clone());
    &'d Model = |call| Ok(&call.model);
    Ports = |call| Ok(call.ports.clone());
    &'d Ports = |call| Ok(&call.ports);
    Option<Leader<'d>> = |call| call.juju.leader();
}

#[diagnostic::do_not_recommend]
impl<'d, C: Charm> Argument<'d, C, AppStatus> for Leader<'d> {
    #[track_caller]
    fn take(call: &'d Call<'d, C>) -> Result<Self, Error> {
        // Methods with `#[status(app)]` run on the leader only.
        match call.juju.leader()? {
            Some(leader) => Ok(leader),
            None => {
                Err(Error::foreseen(Refusal::NotLeader, "leadership", "lost before the status was found"))
            }
        }
    }
}

#[diagnostic::do_not_recommend]
impl<'d, C: Charm, Ev, E: Endpoint> Argument<'d, C, Ev> for Relations<E> {
    #[track_caller]
    fn take(call: &'d Call<'d, C>) -> Result<Self, Error> {
        call.juju.relations()
    }
}

impl<'d, C: Charm, Ev, E: Single> Argument<'d, C, Ev> for Option<Relation<E>> {
    #[track_caller]
    fn take(call: &'d Call<'d, C>) -> Result<Self, Error> {
        call.juju.relation()
    }
}

impl<'d, C: Charm, Ev, S: SingleSecret> Argument<'d, C, Ev> for Secret<S> {
    fn take(call: &'d Call<'d, C>) -> Result<Self, Error> {
        Ok(call.juju.own_secret())
    }
}

impl<'d, C: Charm, Ev, S: SecretPerRelation> Argument<'d, C, Ev> for Secrets<S> {
    fn take(call: &'d Call<'d, C>) -> Result<Self, Error> {
        Ok(call.juju.own_secrets())
    }
}

macro_rules! relation_of {
    ($($event:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<'d, C: Charm, E: Endpoint> Argument<'d, C, $event<E>> for Relation<E> {
            #[track_caller]
            fn take(call: &'d Call<'d, C>) -> Result<Self, Error> {
                Ok($event::<E>::from_payload(call.juju, call.payload)?.relation)
            }
        }
    )*};
}

// Not of relation-broken: what is written in a relation that is over reaches nobody.
relation_of!(RelationCreated RelationJoined RelationChanged RelationDeparted);

impl<'d, C: Charm, Ev, S: StorageName> Argument<'d, C, Ev> for Storages<S> {
    fn take(call: &'d Call<'d, C>) -> Result<Self, Error> {
        call.juju.storages()
    }
}

impl<'d, C: Charm, Ev, S: SingleStorage> Argument<'d, C, Ev> for Option<Storage<S>> {
    fn take(call: &'d Call<'d, C>) -> Result<Self, Error> {
        Ok(call.juju.storages()?.into_iter().next())
    }
}

impl<'d, C: Charm, Ev, R: ResourceName> Argument<'d, C, Ev> for Resource<R> {
    fn take(call: &'d Call<'d, C>) -> Result<Self, Error> {
        Ok(Self::new(call.juju))
    }
}

impl<'d, C: Charm, Ev, B: Binding> Argument<'d, C, Ev> for Network<B> {
    fn take(call: &'d Call<'d, C>) -> Result<Self, Error> {
        Ok(Self::new(call.juju))
    }
}

macro_rules! storage_of {
    ($($event:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<'d, C: Charm, S: StorageName> Argument<'d, C, $event<S>> for Storage<S> {
            fn take(call: &'d Call<'d, C>) -> Result<Self, Error> {
                Ok($event::<S>::from_payload(call.juju, call.payload)?.storage)
            }
        }
    )*};
}

storage_of!(StorageAttached StorageDetaching);
