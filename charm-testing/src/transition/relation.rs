//! Relations: given to a state, and looked at in what came of it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use charm_runtime::{Databag, Endpoint, Role};

use super::bag::{Bag, GivenBag};
use super::stop_test;

/// A relation that a unit takes part in, as plain data.
///
/// What Juju itself puts into the databags of units (`private-address`, `ingress-address`, `egress-subnets`) is seen by
/// the charm and does not stand here, unless a state gives those keys other values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RelationState {
    /// The unit's own endpoint.
    pub endpoint: String,
    /// The application at the other end; the own one on a peer relation.
    pub remote_app: String,
    /// What this unit has written.
    pub local_unit: Bag,
    /// What the leaders of the own application have written.
    pub local_app: Bag,
    /// What the remote application has written; empty on a peer relation, where that is `local_app`.
    pub remote_app_data: Bag,
    /// The remote units that have joined, by their numbers, with what they have written.
    pub remote_units: BTreeMap<u32, Bag>,
}

/// A relation of the endpoint `E`, for a [`State`](super::State).
///
/// ```
/// # use charm_runtime::prelude::*;
/// # #[charm(metadata_str = "{name: web, summary: A., description: A., requires: {db: {interface: pg}}}")]
/// # #[derive(Default)]
/// # pub struct Web {}
/// # #[charm(metadata_str = "{name: web, summary: A., description: A., requires: {db: {interface: pg}}}")]
/// # impl Web {
/// #     #[status]
/// #     fn status(&self) -> Status {
/// #         Status::active("")
/// #     }
/// # }
/// use charm_testing::{Relation, State};
///
/// let db = Relation::<endpoint::Db>::new("postgresql")
///     .remote_app([("host", "10.0.0.7")])
///     .remote_unit(0, [("state", "ready")]);
/// let state = State::<Web>::new().relation(db);
/// assert_eq!(state.relations.values().next().unwrap().remote_app, "postgresql");
/// ```
pub struct Relation<E> {
    pub(super) id: Option<u32>,
    pub(super) state: RelationState,
    /// Databags that could not be written.
    pub(super) problems: Vec<String>,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Endpoint> Relation<E> {
    /// A relation to the application `remote`, which has no units yet.
    ///
    /// For an endpoint below `provides` or `requires`; one below `peers` doesn't compile:
    ///
    /// ```compile_fail,E0080
    /// # use charm_runtime::prelude::*;
    /// # #[charm(metadata_str = "{name: web, summary: A., description: A., peers: {peers: {interface: web}}}")]
    /// # #[derive(Default)]
    /// # pub struct Web {}
    /// # #[charm(metadata_str = "{name: web, summary: A., description: A., peers: {peers: {interface: web}}}")]
    /// # impl Web {
    /// #     #[status]
    /// #     fn status(&self) -> Status {
    /// #         Status::active("")
    /// #     }
    /// # }
    /// let peers = charm_testing::Relation::<endpoint::Peers>::new("web");
    /// ```
    pub fn new(remote: impl Into<String>) -> Self {
        const {
            assert!(
                !matches!(E::ROLE, Role::Peers),
                "a peer relation has no remote application: make it with `Relation::peers()`"
            );
        }
        Self::with(remote.into())
    }

    /// The peer relation of an endpoint. A state has it already, empty; this one takes its place.
    pub fn peers() -> Self {
        const {
            assert!(
                matches!(E::ROLE, Role::Peers),
                "only an endpoint below `peers` has a peer relation: make others with `Relation::new(\"remote-application\")`"
            );
        }
        // Whose it is the state knows.
        Self::with(String::new())
    }

    fn with(remote_app: String) -> Self {
        let endpoint = E::NAME.to_owned();
        Self {
            id: None,
            state: RelationState { endpoint, remote_app, ..RelationState::default() },
            problems: Vec::new(),
            endpoint: PhantomData,
        }
    }

    /// Gives it an id, unique in the state; the state finds one otherwise.
    #[must_use]
    pub fn id(mut self, id: u32) -> Self {
        self.id = Some(id);
        self
    }

    /// What the remote application has written.
    #[must_use]
    pub fn remote_app(mut self, data: impl GivenBag<E::RemoteApp>) -> Self {
        const {
            assert!(
                !matches!(E::ROLE, Role::Peers),
                "the units of a peer relation share one application's databag: `local_app`"
            );
        }
        self.state.remote_app_data = self.bag("the remote application", data);
        self
    }

    /// A remote unit that has joined, by its number, and what it has written.
    #[must_use]
    pub fn remote_unit(mut self, number: u32, data: impl GivenBag<E::RemoteUnit>) -> Self {
        let bag = self.bag("a remote unit", data);
        self.state.remote_units.insert(number, bag);
        self
    }

    /// Remote units that have joined and have written nothing.
    #[must_use]
    pub fn remote_units(mut self, numbers: impl IntoIterator<Item = u32>) -> Self {
        for number in numbers {
            self.state.remote_units.entry(number).or_default();
        }
        self
    }

    /// What leaders of the own application have written.
    #[must_use]
    pub fn local_app(mut self, data: impl GivenBag<E::LocalApp>) -> Self {
        self.state.local_app = self.bag("the local application", data);
        self
    }

    /// What this unit has written.
    #[must_use]
    pub fn local_unit(mut self, data: impl GivenBag<E::LocalUnit>) -> Self {
        self.state.local_unit = self.bag("the local unit", data);
        self
    }

    fn bag<D>(&mut self, whose: &str, data: impl GivenBag<D>) -> Bag {
        data.into_bag().unwrap_or_else(|problem| {
            self.problems.push(format!(
                "at endpoint `{}` the databag of {whose} can't be written: {problem}",
                E::NAME
            ));
            Bag::new()
        })
    }
}

// By hand: a derive would ask it of the endpoint's type too.
impl<E> Clone for Relation<E> {
    fn clone(&self) -> Self {
        Self {
            id: self.id,
            state: self.state.clone(),
            problems: self.problems.clone(),
            endpoint: PhantomData,
        }
    }
}

impl<E> PartialEq for Relation<E> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.state == other.state && self.problems == other.problems
    }
}

impl<E> fmt::Debug for Relation<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relation")
            .field("id", &self.id)
            .field("state", &self.state)
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

/// A relation of the endpoint `E` after a run.
///
/// Its methods read databags as their types; the fields of [`RelationState`], to which it derefs, have them as Juju has
/// them: `related.local_app()` and `related.local_app["database"]`.
pub struct Related<'s, E> {
    id: u32,
    state: Cow<'s, RelationState>,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Endpoint> Related<'static, E> {
    pub(crate) fn owned(id: u32, state: RelationState) -> Self {
        Self { id, state: Cow::Owned(state), endpoint: PhantomData }
    }
}

impl<'s, E: Endpoint> Related<'s, E> {
    pub(super) fn new(id: u32, state: &'s RelationState) -> Self {
        Self { id, state: Cow::Borrowed(state), endpoint: PhantomData }
    }

    /// Its id.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The own application's databag; none where keys are missing that the type needs.
    ///
    /// # Panics
    ///
    /// Panics if a value is of another form than the type's.
    #[track_caller]
    pub fn local_app(&self) -> Option<E::LocalApp> {
        self.read("own application", &self.state.local_app)
    }

    /// This unit's databag; none where keys are missing that the type needs.
    ///
    /// # Panics
    ///
    /// As [`local_app`](Self::local_app).
    #[track_caller]
    pub fn local_unit(&self) -> Option<E::LocalUnit> {
        self.read("own unit", &self.state.local_unit)
    }

    /// The remote application's databag; none where keys are missing that the type needs.
    ///
    /// # Panics
    ///
    /// As [`local_app`](Self::local_app).
    #[track_caller]
    pub fn remote_app(&self) -> Option<E::RemoteApp> {
        self.read("remote application", &self.state.remote_app_data)
    }

    /// The databag of the remote unit with this number; none if it hasn't joined, or keys are missing that the type
    /// needs.
    ///
    /// # Panics
    ///
    /// As [`local_app`](Self::local_app).
    #[track_caller]
    pub fn remote_unit(&self, number: u32) -> Option<E::RemoteUnit> {
        self.read("remote unit", self.state.remote_units.get(&number)?)
    }

    #[track_caller]
    fn read<D: Databag>(&self, whose: &str, bag: &Bag) -> Option<D> {
        match D::from_entries(bag) {
            Ok(read) => Some(read),
            Err(error) if error.is_missing() => None,
            Err(error) => stop_test(&format!("in {}:{} {whose}: {error}", E::NAME, self.id)),
        }
    }
}

impl<E> Deref for Related<'_, E> {
    type Target = RelationState;

    fn deref(&self) -> &RelationState {
        &self.state
    }
}

impl<E> fmt::Debug for Related<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Related").field("id", &self.id).field("state", &self.state).finish()
    }
}
