//! Secrets: given to a state, and looked at in what came of it.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::ops::Bound;
use std::time::Duration;

use charm_runtime::{self as runtime, DeclaredSecret, Ownership, RawSecret, SecretPerRelation, SingleSecret};

use super::content::GivenContent;
use super::stop_test;
use super::unit::UnitState;
use crate::hook_command;
use crate::model::{
    self, Consumer, Grant, Moment, Random, Revision, RotatePolicy, SecretContent, SecretId, SecretOwner,
    Subject, UnitName,
};

/// A secret, for a [`State`](super::State).
///
/// ```
/// # use charm_runtime::prelude::*;
/// # #[charm(metadata_str = "{name: web, summary: A., description: A., requires: {db: {interface: pg}}}")]
/// # #[derive(Default)]
/// # pub struct Web {}
/// # #[charm(metadata_str = "{name: web, summary: A., description: A., requires: {db: {interface: pg}}}")]
/// # impl Web {
/// #     #[on(secret_changed)]
/// #     fn changed(&mut self, event: SecretChanged) {
/// #         info!("{} has changed", event.id);
/// #     }
/// # }
/// # fn main() {
/// use charm_testing::{Relation, Secret, State, on};
///
/// // Another application's, which this unit has read, and of which there is a later revision.
/// let password = Secret::granted_by("postgresql", [("password", "old")]).read().revision([("password", "new")]);
/// let db = Relation::<endpoint::Db>::new("postgresql").remote_app([("secret", password.uri())]);
/// let state = State::<Web>::new().relation(db).secret(password.clone());
/// let out = state.run(on::secret_changed(&password)).succeeded();
/// assert_eq!(out.secret(&password).tracked(), Some(1));
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Secret {
    owner: Owner,
    label: String,
    description: String,
    rotate: Option<RotatePolicy>,
    /// How long its latest revision has to live.
    expire: Option<Duration>,
    revisions: Vec<SecretContent>,
    granted: bool,
    /// The unit's own name for it, and the revision that it tracks, once it has read it.
    read: Option<(String, u32)>,
    id: SecretId,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Owner {
    OtherApplication(String),
    OwnApplication,
    Unit,
    Model,
}

impl Secret {
    fn new(owner: Owner, label: &str, content: impl GivenContent) -> Self {
        let content = content.into_content();
        let id = id_of(&format!("{owner:?}"), label, &content);
        Self {
            owner,
            label: label.to_owned(),
            description: String::new(),
            rotate: None,
            expire: None,
            revisions: vec![content],
            granted: true,
            read: None,
            id,
        }
    }

    /// Another application's secret, granted to the unit's application.
    pub fn granted_by(application: &str, content: impl GivenContent) -> Self {
        Self::new(Owner::OtherApplication(application.to_owned()), "", content)
    }

    /// A secret that an operator has made and granted to the unit's application (`juju add-secret`), such as an option
    /// of type secret names.
    pub fn of_operator(name: &str, content: impl GivenContent) -> Self {
        Self::new(Owner::Model, name, content)
    }

    /// The declared secret `S`, as the charm has made it: with the owner, the description, the rotation and the expiry
    /// that are declared.
    ///
    /// ```
    /// # use charm_runtime::prelude::*;
    /// # #[derive(SecretContent)]
    /// # pub struct Credentials { password: SecretString }
    /// # #[charm(metadata_str = "{name: web, summary: A., description: A.}",
    /// #     secret(admin, content = Credentials, owner = app))]
    /// # #[derive(Default)]
    /// # pub struct Web {}
    /// # #[charm(metadata_str = "{name: web, summary: A., description: A.}")]
    /// # impl Web {
    /// #     #[on(upgrade_charm)]
    /// #     fn renew(&mut self, admin: Secret<secret::Admin>, leader: Option<Leader>) -> Result<()> {
    /// #         let leader = leader.or_waiting("the leader")?;
    /// #         admin.ensure(&leader, &Credentials { password: "new".into() })?;
    /// #         Ok(())
    /// #     }
    /// # }
    /// # fn main() {
    /// use charm_testing::{Secret, State, on};
    ///
    /// let admin = Secret::own::<secret::Admin>(&Credentials { password: "old".into() });
    /// let out = State::<Web>::new().leader(true).secret(admin).run(on::upgrade_charm()).succeeded();
    /// assert_eq!(out.own_secret::<secret::Admin>().content().password.expose(), "new");
    /// # }
    /// ```
    pub fn own<S: SingleSecret>(content: &S::Content) -> Self {
        Self::declared::<S>(S::NAME, content)
    }

    /// The declared secret `S` of the relation with this id, as the charm has made it.
    pub fn own_of<S: SecretPerRelation>(relation: u32, content: &S::Content) -> Self {
        Self::declared::<S>(&label_of::<S>(relation), content)
    }

    fn declared<S: DeclaredSecret>(label: &str, content: &S::Content) -> Self {
        let owner = match S::Owner::OWNER {
            runtime::SecretOwner::Application => Owner::OwnApplication,
            runtime::SecretOwner::Unit => Owner::Unit,
        };
        let description = S::DESCRIPTION.unwrap_or_default().to_owned();
        let rotate = RotatePolicy::from_name(S::ROTATE.name());
        Self { description, rotate, expire: S::EXPIRE, ..Self::new(owner, label, content) }
    }

    /// A secret of the unit's own application, with its label.
    pub fn of_app(label: &str, content: impl GivenContent) -> Self {
        Self::new(Owner::OwnApplication, label, content)
    }

    /// A secret of the unit's own, with its label.
    pub fn of_unit(label: &str, content: impl GivenContent) -> Self {
        Self::new(Owner::Unit, label, content)
    }

    /// Gives it an id, 20 characters of `0-9` and `a-v`; one is made from its content otherwise. What is no id is ignored.
    pub fn id(mut self, id: &str) -> Self {
        if let Ok(id) = SecretId::parse(id) {
            self.id = id;
        }
        self
    }

    /// Its URI, as databags and options hold it: `secret:9m4e2mr0ui3e8a215n4g`.
    pub fn uri(&self) -> String {
        self.id.uri()
    }

    /// It exists, and nobody has granted it to the unit yet: reading it is refused.
    pub fn not_granted(mut self) -> Self {
        self.granted = false;
        self
    }

    /// The unit has read it: it tracks the revision that is the latest so far.
    pub fn read(self) -> Self {
        self.read_as("")
    }

    /// The unit has read it, and given it this label.
    pub fn read_as(mut self, label: &str) -> Self {
        self.read = Some((label.to_owned(), self.latest()));
        self
    }

    /// Adds a revision. Who has read an earlier one tracks that one still.
    pub fn revision(mut self, content: impl GivenContent) -> Self {
        self.revisions.push(content.into_content());
        self
    }

    /// What its owner says of it.
    pub fn description(mut self, description: &str) -> Self {
        description.clone_into(&mut self.description);
        self
    }

    /// How often it is to be rotated.
    pub fn rotate(mut self, policy: RotatePolicy) -> Self {
        self.rotate = Some(policy);
        self
    }

    fn latest(&self) -> u32 {
        u32::try_from(self.revisions.len()).unwrap_or(u32::MAX)
    }

    /// The secret as the model has it, seen from `unit`.
    pub(super) fn into_model(self, unit: &UnitName) -> model::Secret {
        let latest = self.latest();
        let application = || unit.application().to_owned();
        let is_foreign = matches!(self.owner, Owner::OtherApplication(_) | Owner::Model);
        let owner = match self.owner {
            Owner::OtherApplication(name) => SecretOwner::Application(name),
            Owner::OwnApplication => SecretOwner::Application(application()),
            Owner::Unit => SecretOwner::Unit(unit.clone()),
            Owner::Model => SecretOwner::Model,
        };
        let expires =
            |number| self.expire.filter(|_| number == latest).map(|expire| Moment::default().after(expire));
        let revisions = (1..)
            .zip(self.revisions)
            .map(|(number, content)| (number, Revision::new(content, expires(number))));
        let grant = Grant { subject: Subject::Application(application()), relation: None };
        let read = self.read.map(|(label, revision)| (unit.clone(), Consumer::new(&label, revision)));
        model::Secret {
            label: self.label,
            description: self.description,
            rotate: self.rotate,
            latest,
            revisions: revisions.collect(),
            grants: if is_foreign && self.granted { vec![grant] } else { Vec::new() },
            consumers: read.into_iter().collect(),
            ..model::Secret::new(self.id, owner, SecretContent::default())
        }
    }
}

/// What of the secrets of a state Juju could not hold.
pub(super) fn check(unit: &UnitState, problems: &mut Vec<String>) {
    if !unit.secrets.is_empty() && unit.juju.major < 3 {
        problems.push(format!("Juju {} has no secrets: they came with Juju 3", unit.juju));
    }
    for (id, secret) in &unit.secrets {
        let name = if secret.label.is_empty() { id.uri() } else { format!("`{}`", secret.label) };
        for (number, Revision { content, .. }) in &secret.revisions {
            if let Err(why) = hook_command::check_secret_content(content, unit.juju) {
                problems.push(format!("revision {number} of the secret {name} can't be: {why}"));
            }
        }
        let is_own = |secret: &model::Secret| match &secret.owner {
            SecretOwner::Application(owner) => owner == unit.name.application(),
            SecretOwner::Unit(owner) => *owner == unit.name,
            SecretOwner::Model => false,
        };
        let later = unit.secrets.range((Bound::Excluded(id), Bound::Unbounded));
        let mut twins = later.filter(|(_, other)| is_own(other) && other.label == secret.label);
        if is_own(secret) && !secret.label.is_empty() && twins.next().is_some() {
            problems.push(format!("two secrets of the charm have the label {name}: Juju keeps labels apart"));
        }
    }
}

fn label_of<S: SecretPerRelation>(relation: u32) -> String {
    format!("{}:{relation}", S::NAME)
}

/// An id that is the same for the same secret in every run.
fn id_of(owner: &str, label: &str, content: &SecretContent) -> SecretId {
    let values: Vec<(&str, Vec<u8>)> =
        content.keys().map(|key| (key, content.get(key).unwrap_or_default())).collect();
    let parts = [owner.as_bytes(), label.as_bytes()];
    let values = values.iter().flat_map(|(key, value)| [key.as_bytes(), value]);
    SecretId::random(&mut Random::of(parts.into_iter().chain(values)))
}

/// Which secret is meant: by itself, by its URI, or by the label that the unit or its application has for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretName(String);

impl SecretName {
    /// The declared secret `S`.
    pub fn own<S: SingleSecret>() -> Self {
        Self(S::NAME.to_owned())
    }

    /// The declared secret `S` of the relation with this id.
    pub fn own_of<S: SecretPerRelation>(relation: u32) -> Self {
        Self(label_of::<S>(relation))
    }

    pub(super) fn find<'s>(
        &self,
        unit: &UnitName,
        secrets: &'s BTreeMap<SecretId, model::Secret>,
    ) -> Option<&'s model::Secret> {
        if let Some(secret) = SecretId::parse(&self.0).ok().and_then(|id| secrets.get(&id)) {
            return Some(secret);
        }
        let label_of =
            |secret: &model::Secret| secret.consumers.get(unit).map(|consumer| consumer.label.clone());
        let is_named =
            |secret: &&model::Secret| secret.label == self.0 || label_of(secret).as_ref() == Some(&self.0);
        secrets.values().find(is_named)
    }
}

impl std::fmt::Display for SecretName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&Secret> for SecretName {
    fn from(secret: &Secret) -> Self {
        Self(secret.uri())
    }
}

impl From<&SecretId> for SecretName {
    fn from(id: &SecretId) -> Self {
        Self(id.uri())
    }
}

impl<C> From<&runtime::SecretId<C>> for SecretName {
    fn from(id: &runtime::SecretId<C>) -> Self {
        Self(id.to_string())
    }
}

impl From<&str> for SecretName {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

/// A secret after a run, whose content is a `C`.
#[derive(Debug)]
pub struct SecretAfter<'s, C = RawSecret> {
    secret: &'s model::Secret,
    unit: &'s UnitName,
    content: PhantomData<fn() -> C>,
}

// By hand: a derive would ask it of the content's type too.
impl<C> Clone for SecretAfter<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for SecretAfter<'_, C> {}

impl<'s, C: runtime::SecretContent> SecretAfter<'s, C> {
    pub(super) fn new(secret: &'s model::Secret, unit: &'s UnitName) -> Self {
        Self { secret, unit, content: PhantomData }
    }

    /// The same, with a content of another type.
    #[must_use]
    pub fn typed<T: runtime::SecretContent>(self) -> SecretAfter<'s, T> {
        SecretAfter::new(self.secret, self.unit)
    }

    /// The content of its latest revision.
    ///
    /// # Panics
    ///
    /// Panics if that has been removed, or can't be read as a `C`.
    #[track_caller]
    pub fn content(&self) -> C {
        self.content_of(self.secret.latest)
    }

    /// The content of a revision.
    ///
    /// # Panics
    ///
    /// As [`content`](Self::content).
    #[track_caller]
    pub fn content_of(&self, revision: u32) -> C {
        let Some(found) = self.secret.revisions.get(&revision) else {
            stop_test(&format!(
                "there is no revision {revision} of the secret; there are {:?}",
                self.revisions()
            ))
        };
        let value = |key| Some((key, String::from_utf8(found.content.get(key)?).ok()?));
        let raw: RawSecret = found.content.keys().filter_map(value).collect();
        C::from_raw(&raw).unwrap_or_else(|error| stop_test(&error.to_string()))
    }

    /// One value of its latest revision, where there is one and it is text.
    pub fn get(&self, key: &str) -> Option<String> {
        self.get_of(self.secret.latest, key)
    }

    /// One value of a revision.
    pub fn get_of(&self, revision: u32, key: &str) -> Option<String> {
        String::from_utf8(self.secret.revisions.get(&revision)?.content.get(key)?).ok()
    }

    /// The revision that the unit tracks; none if it never read the secret.
    pub fn tracked(&self) -> Option<u32> {
        self.secret.consumers.get(self.unit).map(|consumer| consumer.tracked)
    }

    /// The number of its latest revision.
    pub fn latest(&self) -> u32 {
        self.secret.latest
    }

    /// The numbers of the revisions that have not been removed.
    pub fn revisions(&self) -> Vec<u32> {
        self.secret.revisions.keys().copied().collect()
    }

    /// Who else may read it: applications (`postgresql`) and units (`postgresql/0`).
    pub fn granted_to(&self) -> Vec<String> {
        let subject = |grant: &Grant| match &grant.subject {
            Subject::Application(name) => name.clone(),
            Subject::Unit(name) => name.to_string(),
        };
        self.secret.grants.iter().map(subject).collect()
    }

    /// All of it, as plain data.
    pub fn state(&self) -> &'s model::Secret {
        self.secret
    }
}
