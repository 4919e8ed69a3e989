//! The charm's own secrets, as it declares them.

use std::fmt;
use std::marker::PhantomData;

use super::content::SecretContent as _;
use super::declared::{DeclaredSecret, Ownership, SecretPerRelation, SingleSecret};
use super::id::SecretId;
use super::info::SecretInfo;
use super::stage::{Edit, Removal};
use super::time::Expiry;
use crate::error::Error;
use crate::halt::Halt;
use crate::hook_command::{check_secret_text, secret_ids, secret_info_get, OwnSecret, SecretAdd, SecretGet};
use crate::juju::Juju;
use crate::relation::{RelationIdOf, Relations};

/// Who writes a secret: a `&`[`Leader`](crate::Leader) for the application's, the [`&Unit`](crate::Unit) for the unit's.
pub(super) type Writer<'w, S> = <<S as DeclaredSecret>::Owner as Ownership>::Writer<'w>;

/// An own secret of the charm, declared on its struct; whether or not it has been made yet.
///
/// What a handler changes is staged: one `secret-set` for each secret when the handlers have run, and nothing where
/// nothing differs. What is staged is read back. A secret that isn't there yet is added at once, since its id is the
/// result. If the handler's part is rolled back it stays, since Juju can't take it back within a hook, and the next
/// [`ensure`](Self::ensure) finds it by its label.
///
/// ```
/// use charm_runtime::prelude::*;
///
/// #[derive(SecretContent)]
/// struct Credentials {
///     user_name: String,
///     password: SecretString,
/// }
///
/// #[charm(metadata = "../doc.yaml", secret(admin, content = Credentials, owner = app))]
/// #[derive(Default)]
/// struct Webapp;
///
/// #[charm(metadata = "../doc.yaml")]
/// impl Webapp {
///     #[on(leader_elected)]
///     fn elected(&mut self, admin: Secret<secret::Admin>, leader: Option<Leader>) -> Result<()> {
///         let Some(leader) = leader else { return Ok(()) };
///         if admin.content()?.is_none() {
///             let first = Credentials { user_name: "admin".into(), password: "from a generator".into() };
///             admin.ensure(&leader, &first)?;
///         }
///         Ok(())
///     }
/// #   #[on(action = "reset")]
/// #   fn reset(&mut self) {}
/// }
/// ```
pub struct Secret<S> {
    pub(super) juju: Juju,
    label: String,
    declared: PhantomData<fn() -> S>,
}

impl<S> Clone for Secret<S> {
    fn clone(&self) -> Self {
        Self { juju: self.juju.clone(), label: self.label.clone(), declared: PhantomData }
    }
}

impl<S> fmt::Debug for Secret<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({})", self.label)
    }
}

impl<S: DeclaredSecret> Secret<S> {
    pub(crate) fn labelled(juju: &Juju, label: String) -> Self {
        Self { juju: juju.clone(), label, declared: PhantomData }
    }

    /// The label by which this charm knows it: its name, and for a relation's `name:7`.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Its id; `None` while it isn't made. An application's secret has one on the leader only.
    #[track_caller]
    pub fn id(&self) -> Result<Option<SecretId<S::Content>>, Error> {
        Ok(self.info()?.map(|info| info.id.typed()))
    }

    /// What Juju knows of it beside its content, with what is staged; `None` while it isn't made. Of an application's
    /// secret the leader alone is told.
    #[track_caller]
    pub fn info(&self) -> Result<Option<SecretInfo>, Error> {
        let Some(mut info) = self.juju.own_secret_info(&self.label)? else { return Ok(None) };
        let Some(edit) = self.juju.secret_edit(&info.id) else { return Ok(Some(info)) };
        if edit.removal == Some(Removal::All) {
            return Ok(None);
        }
        info.description = edit.description.or(info.description);
        info.rotate = edit.rotate.or(info.rotate);
        if let Some(Expiry::At(at)) = edit.expire {
            info.expires = Some(at);
        }
        Ok(Some(info))
    }

    /// The content of its newest revision, with what is staged; `None` while it isn't made. All units of the
    /// application read an application's secret. Each unit tracks what it read, at once.
    #[track_caller]
    pub fn content(&self) -> Result<Option<S::Content>, Error> {
        let Some(info) = self.juju.own_secret_info(&self.label)? else {
            // Another unit's, perhaps: the leader's.
            return match self.juju.newest_content(&SecretGet::labelled(&self.label))? {
                Some(raw) => S::Content::from_raw(&raw).map(Some),
                None => Ok(None),
            };
        };
        let raw = match self.juju.secret_edit(&info.id) {
            Some(Edit { removal: Some(Removal::All), .. }) => return Ok(None),
            Some(Edit { content: Some(staged), .. }) => Some(staged),
            _ => self.juju.newest_content(&SecretGet::of(&info.id))?,
        };
        match raw {
            Some(raw) => S::Content::from_raw(&raw).map(Some),
            None => Ok(None),
        }
    }

    /// Makes the secret, or a new revision of it where the content differs; and makes it be what its declaration says.
    /// Returns its id, which is what goes into a databag.
    ///
    /// Fails where this Juju would refuse the content ([`RawSecret`](crate::RawSecret) has its rules).
    #[track_caller]
    pub fn ensure(
        &self,
        _writer: Writer<'_, S>,
        content: &S::Content,
    ) -> Result<SecretId<S::Content>, Error> {
        let raw = content.to_raw();
        raw.check(&self.to_string(), &self.juju.secret_limits()?)?;
        let info = match self.juju.own_secret_info(&self.label)? {
            Some(info) => info,
            None => {
                let (info, was_there) = self.juju.add_or_adopt_secret(
                    &raw,
                    &SecretAdd {
                        owner: S::Owner::OWNER,
                        label: Some(&self.label),
                        description: S::DESCRIPTION,
                        expire: S::EXPIRE.map(Expiry::In),
                        rotate: Some(S::ROTATE),
                    },
                )?;
                if !was_there {
                    return Ok(info.id.typed());
                }
                info
            }
        };
        if info.owner != S::Owner::OWNER {
            let (is, declared) = (info.owner, S::Owner::OWNER);
            let problem = format!(
                "its owner is the {is}, and is declared to be the {declared}, which Juju can't change: declare it under another name"
            );
            return Err(Error::invalid(self.to_string(), problem));
        }
        let differs = self.juju.newest_content(&SecretGet::of(&info.id))?.as_ref() != Some(&raw);
        // Of one that was added in this dispatch, Juju tells it no sooner than in the next.
        let lacks_expiry = info.expires.is_none() && !self.juju.has_added_secret(&self.label);
        self.juju.edit_secret(&info.id, S::Owner::OWNER, |edit| {
            if edit.removal == Some(Removal::All) {
                edit.removal = None;
            }
            let renewal = S::EXPIRE.map(Expiry::In);
            if differs || lacks_expiry {
                edit.expire = edit.expire.or(renewal);
            } else if edit.expire == renewal {
                // For content that was staged, and is Juju's again.
                edit.expire = None;
            }
            edit.content = differs.then_some(raw);
            if S::DESCRIPTION.is_some() && S::DESCRIPTION != info.description.as_deref() {
                edit.description = S::DESCRIPTION.map(str::to_owned);
            }
            if info.rotate != Some(S::ROTATE) {
                edit.rotate = Some(S::ROTATE);
            }
        });
        Ok(info.id.typed())
    }

    /// Says what it is for. The next [`Secret::ensure`] says what the declaration does, if that says anything.
    #[track_caller]
    pub fn set_description(&self, _writer: Writer<'_, S>, description: &str) -> Result<(), Error> {
        check_secret_text("description", description)?;
        let info = self.made()?;
        let differs = info.description.as_deref() != Some(description);
        self.edit(&info, |edit| edit.description = differs.then(|| description.to_owned()));
        Ok(())
    }

    /// Says when its newest revision expires: a moment or a time from now on.
    #[track_caller]
    pub fn set_expiry(&self, _writer: Writer<'_, S>, expiry: impl Into<Expiry>) -> Result<(), Error> {
        let expiry = expiry.into();
        expiry.argument()?;
        let info = self.made()?;
        self.edit(&info, |edit| edit.expire = Some(expiry));
        Ok(())
    }

    /// Removes one of its revisions; with its only one goes the secret. Juju removes one in a dispatch, so a second one
    /// fails.
    ///
    /// Nor does it remove one in a dispatch that gives the secret new content, describes or grants it: one of the two
    /// would be lost without a word. That is an error which ends a handler that hands it on by `?` with a
    /// [`Halt::Waiting`]; what was changed is kept, and a later dispatch can remove the revision. The other way round,
    /// what is changed later takes the place of the removal, and the log says so.
    ///
    /// The framework removes revisions that nobody reads any more by itself, when Juju says so by secret-remove.
    #[track_caller]
    pub fn remove_revision(&self, _writer: Writer<'_, S>, revision: u64) -> Result<(), Error> {
        let info = self.made()?;
        self.check_removable()?;
        if revision > info.revision || revision == 0 {
            let problem = format!("it has no revision {revision}; the newest is {}", info.revision);
            return Err(Error::invalid(self.to_string(), problem));
        }
        let staged = self.juju.secret_edit(&info.id);
        if staged.as_ref().is_some_and(Edit::changes) {
            let problem = format!(
                "it is changed in this dispatch, and Juju then removes no revision of it: leave {revision} to a later one"
            );
            let halt = Halt::Waiting(format!("{self} has changed; its revision {revision} goes later"));
            return Err(Error::invalid(self.to_string(), problem).halting(halt));
        }
        match staged.and_then(|edit| edit.removal) {
            Some(Removal::Revision(other)) if other != revision => {
                let problem = format!(
                    "revision {other} is removed in this dispatch already, and Juju removes one: leave {revision} to a later one"
                );
                Err(Error::invalid(self.to_string(), problem))
            }
            _ => {
                self.edit(&info, |edit| edit.removal = Some(Removal::Revision(revision)));
                Ok(())
            }
        }
    }

    /// Removes it with all of its revisions, if it is there. Whoever reads it fails from then on.
    #[track_caller]
    pub fn remove_all(&self, _writer: Writer<'_, S>) -> Result<(), Error> {
        if let Some(info) = self.juju.own_secret_info(&self.label)? {
            self.check_removable()?;
            self.edit(&info, |edit| edit.removal = Some(Removal::All));
        }
        Ok(())
    }

    /// Juju refuses a whole hook that adds a secret and removes it (Juju 3.6 and 4).
    #[track_caller]
    fn check_removable(&self) -> Result<(), Error> {
        if !self.juju.has_added_secret(&self.label) {
            return Ok(());
        }
        let problem = "it was added in this dispatch, and Juju refuses one that adds a secret and removes it: remove it in a later one";
        Err(Error::invalid(self.to_string(), problem))
    }

    #[track_caller]
    pub(super) fn edit(&self, info: &SecretInfo, change: impl FnOnce(&mut Edit)) {
        self.juju.edit_secret(&info.id, info.owner, change);
    }

    /// What Juju knows of it, for what presupposes that it is there.
    #[track_caller]
    pub(super) fn made(&self) -> Result<SecretInfo, Error> {
        let info = self.juju.own_secret_info(&self.label)?;
        let is_removed = |info: &SecretInfo| {
            self.juju.secret_edit(&info.id).is_some_and(|edit| edit.removal == Some(Removal::All))
        };
        match info.filter(|info| !is_removed(info)) {
            Some(info) => Ok(info),
            None => Err(Error::invalid(self.to_string(), "it isn't made yet: call `ensure` first")),
        }
    }
}

impl<S> fmt::Display for Secret<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "secret `{}`", self.label)
    }
}

/// The own secrets of one declaration with `per_relation`: one for each relation of an endpoint.
pub struct Secrets<S> {
    juju: Juju,
    declared: PhantomData<fn() -> S>,
}

impl<S> fmt::Debug for Secrets<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}

impl<S: SecretPerRelation> Secrets<S> {
    /// The one of this relation, of a broken one, or of a relation's id; its label is `name:7` for the relation with the
    /// number 7.
    ///
    /// It doesn't go with its relation: `remove_all` it in relation-broken, and what is [left over](Self::left_over) in
    /// leader-elected.
    pub fn of(&self, relation: &impl AsRef<RelationIdOf<S::Endpoint>>) -> Secret<S> {
        Secret::labelled(&self.juju, format!("{}:{}", S::NAME, relation.as_ref().number()))
    }

    /// Those whose relation is not among these: for an `#[on(leader_elected)]` that removes them.
    ///
    /// In relation-broken only the leader can remove an application's secret. Where the unit that leads then has run its
    /// own relation-broken as another's follower, or came later and never took part, nobody has. It asks Juju about each
    /// secret of the unit and its application.
    #[track_caller]
    pub fn left_over(&self, relations: &Relations<S::Endpoint>) -> Result<Vec<Secret<S>>, Error> {
        let mut left = Vec::new();
        for id in secret_ids(&self.juju)? {
            let label = match secret_info_get(&self.juju, OwnSecret::Id(&id)) {
                Ok(info) => info.label.unwrap_or_default(),
                // Removed by now.
                Err(error) if error.is_not_found() => continue,
                Err(error) => return Err(error),
            };
            let Some(number) = label.strip_prefix(S::NAME).and_then(|rest| rest.strip_prefix(':')) else {
                continue;
            };
            if !relations.iter().any(|relation| relation.id().number().to_string() == number) {
                left.push(Secret::labelled(&self.juju, label));
            }
        }
        Ok(left)
    }
}

impl Juju {
    /// A secret of this charm's own. Handlers take [`Secret`] as an argument instead.
    pub fn own_secret<S: SingleSecret>(&self) -> Secret<S> {
        Secret::labelled(self, S::NAME.to_owned())
    }

    /// The secrets of this charm's own, one for each relation. Handlers take [`Secrets`] as an argument instead.
    pub fn own_secrets<S: SecretPerRelation>(&self) -> Secrets<S> {
        Secrets { juju: self.clone(), declared: PhantomData }
    }
}
