//! Secrets of others, which were granted to this charm.

use std::fmt;
use std::marker::PhantomData;

use super::content::{RawSecret, SecretContent};
use super::id::SecretId;
use crate::error::Error;
use crate::halt::Halt;
use crate::hook_command::{secret_get, SecretGet};
use crate::juju::Juju;

/// A secret of another application, or of the model's user, that this charm reads.
///
/// Juju remembers for each unit which revision it tracks: [`get`](Self::get) reads that one, whatever its owner makes
/// meanwhile. When there is a newer one, Juju sends secret-changed.
///
/// A secret that is not granted, or not yet, is an error that a handler can hand on by `?`: it ends the handler with a
/// [`Halt::Waiting`] that names the secret. `latest().ok()` goes on without it.
///
/// ```
/// # use charm_runtime::{Juju, SecretContent, SecretId, SecretString};
/// #[derive(SecretContent)]
/// struct Credentials {
///     user_name: String,
///     password: SecretString,
/// }
///
/// fn connect(juju: &Juju, id: &SecretId<Credentials>) -> charm_runtime::Result<()> {
///     let credentials = juju.secret(id).latest()?; // not granted yet: waiting
///     log_in(&credentials.user_name, credentials.password.expose())
/// }
/// # fn log_in(_: &str, _: &str) -> charm_runtime::Result<()> { Ok(()) }
/// ```
pub struct ConsumedSecret<C> {
    juju: Juju,
    name: Name,
    content: PhantomData<fn() -> C>,
}

/// How `secret-get` is told which one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    id: Option<SecretId>,
    label: Option<String>,
}

impl Name {
    pub(super) fn get(&self) -> SecretGet<'_> {
        match (&self.id, &self.label) {
            (Some(id), Some(label)) => SecretGet::of(id).giving_label(label),
            (Some(id), None) => SecretGet::of(id),
            (None, label) => SecretGet::labelled(label.as_deref().unwrap_or_default()),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.id, &self.label) {
            (_, Some(label)) => write!(f, "secret `{label}`"),
            (Some(id), None) => write!(f, "secret {id}"),
            (None, None) => f.write_str("secret"),
        }
    }
}

impl<C> Clone for ConsumedSecret<C> {
    fn clone(&self) -> Self {
        Self { juju: self.juju.clone(), name: self.name.clone(), content: PhantomData }
    }
}

impl<C> fmt::Debug for ConsumedSecret<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConsumedSecret({})", self.name)
    }
}

impl<C: SecretContent> ConsumedSecret<C> {
    /// The same secret, to be known to this unit by this label from the next read on: at once, and whether or not the
    /// dispatch ends well. Events of the secret then name the label.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.name.label = Some(label.into());
        self
    }

    /// The content of the revision that this unit tracks, read once in a dispatch; what [`track`](Self::track) is about
    /// to track, after it.
    ///
    /// The first read of a secret, by whichever method, begins to track its newest revision: at once, and whether or not
    /// the dispatch ends well.
    #[track_caller]
    pub fn get(&self) -> Result<C, Error> {
        if let Some(staged) = self.juju.0.stage.borrow().secrets.tracked.get(&self.name) {
            return C::from_raw(staged);
        }
        if let Some(kept) = self.juju.0.secret.tracked.borrow().get(&self.name) {
            return C::from_raw(kept);
        }
        let content = self.read(&self.name.get())?;
        self.juju.0.secret.tracked.borrow_mut().insert(self.name.clone(), content.clone());
        C::from_raw(&content)
    }

    /// The content of the newest revision. It asks Juju each time, and doesn't change which revision is tracked, unless
    /// it is the first read.
    #[track_caller]
    pub fn latest(&self) -> Result<C, Error> {
        C::from_raw(&self.read(&self.name.get().peek())?)
    }

    /// The content of the newest revision, which this unit tracks once the dispatch has ended well: its owner then
    /// learns that the old one isn't needed any more.
    ///
    /// Juju never undoes that, so it is asked for last of all: after a dispatch that failed, the old revision is still
    /// the one that is tracked. If the secret has yet another revision by then, the dispatch fails, and the retried
    /// event sees it.
    #[track_caller]
    pub fn track(&self) -> Result<C, Error> {
        let raw = self.read(&self.name.get().peek())?;
        let content = C::from_raw(&raw)?;
        self.juju.0.stage.borrow_mut().secrets.tracked.insert(self.name.clone(), raw);
        Ok(content)
    }

    #[track_caller]
    fn read(&self, secret: &SecretGet<'_>) -> Result<RawSecret, Error> {
        match secret_get(&self.juju, secret) {
            // Its id may arrive before its grant does.
            Err(error) if error.is_not_found() || error.is_permission_denied() => {
                Err(error.halting(Halt::Waiting(self.missing())))
            }
            content => content,
        }
    }

    /// For an operator: which secret, and what for.
    fn missing(&self) -> String {
        match &self.name {
            Name { id: Some(id), label: None } => format!("{} ({id}) is not granted yet", C::NAME),
            name => format!("{name} is not granted yet"),
        }
    }
}

impl Juju {
    /// A secret of others, by its id.
    pub fn secret<C: SecretContent>(&self, id: &SecretId<C>) -> ConsumedSecret<C> {
        let name = Name { id: Some(id.raw()), label: None };
        ConsumedSecret { juju: self.clone(), name, content: PhantomData }
    }

    /// A secret of others, by the label that this unit gave it before ([`ConsumedSecret::labelled`]).
    pub fn secret_labelled<C: SecretContent>(&self, label: impl Into<String>) -> ConsumedSecret<C> {
        let name = Name { id: None, label: Some(label.into()) };
        ConsumedSecret { juju: self.clone(), name, content: PhantomData }
    }
}
