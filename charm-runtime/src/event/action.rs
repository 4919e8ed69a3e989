//! Actions.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Event, Payload};
use crate::error::Error;
use crate::hook_command;
use crate::juju::{Juju, OwnWay};
use crate::parameter::Parameters;
use crate::value::{from_entries, from_value};

/// An action of the charm, as a type: `#[charm]` makes one for each that `charmcraft.yaml` declares.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an action",
    note = "the charm's actions are the types in the module `action` beside the struct with `#[charm]`"
)]
pub trait ActionName: 'static {
    /// The name in `charmcraft.yaml`.
    const NAME: &'static str;
    /// Its parameters, such as `action::RotateParams`; `()` for an action without.
    type Params: Parameters;
}

/// An operator runs an action.
///
/// It fails by [`ActionFailed`](crate::ActionFailed) or a [`Halt`](crate::Halt): the operator sees the message, the
/// process exits 0, and what the handler stored and staged is rolled back. Any other error is a bug of the charm and
/// exits 1. Juju never retries an action.
pub struct Action<A> {
    juju: Juju,
    id: String,
    name: PhantomData<fn() -> A>,
}

impl<A> Clone for Action<A> {
    fn clone(&self) -> Self {
        Self { juju: self.juju.clone(), id: self.id.clone(), name: PhantomData }
    }
}

impl<A: ActionName> Event for Action<A> {
    #[track_caller]
    fn from_payload(juju: &Juju, payload: &Payload) -> Result<Self, Error> {
        match payload {
            Payload::Action { id, .. } => Ok(Self { juju: juju.clone(), id: id.clone(), name: PhantomData }),
            other => Err(other.mismatch(A::NAME)),
        }
    }
}

impl<A> fmt::Debug for Action<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Action({})", self.id)
    }
}

impl<A: ActionName> Action<A> {
    /// Juju's id of this run of the action.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// All parameters, defaults included, as Juju gives them. A handler takes them typed as an argument, such as
    /// `action::RotateParams`.
    #[track_caller]
    pub fn parameters(&self) -> Result<&Map<String, Value>, Error> {
        self.juju.action_parameters()
    }

    /// All parameters as a type of the author's, by serde. Their names are those of `charmcraft.yaml`: a struct says
    /// `#[serde(rename_all = "kebab-case")]`.
    ///
    /// What doesn't fit is an error that fails the action with a message, not the charm.
    #[track_caller]
    pub fn parameters_as<T: DeserializeOwned>(&self) -> Result<T, Error> {
        match from_entries(self.parameters()?) {
            Ok(parameters) => Ok(parameters),
            Err(mismatch) => Err(Error::parameter(&mismatch.name.unwrap_or_default(), mismatch.problem)),
        }
    }

    /// One parameter, by serde; `None` where it was not given and has no default.
    ///
    /// A value of another type is an error that fails the action with a message, not the charm.
    #[track_caller]
    pub fn parameter<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Error> {
        match self.parameters()?.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match from_value(value) {
                Ok(value) => Ok(Some(value)),
                Err(problem) => Err(Error::parameter(name, problem)),
            },
        }
    }

    /// Shows a line to whoever watches the action. Immediate, also where the action fails later.
    #[track_caller]
    pub fn log(&self, message: &str) -> Result<(), Error> {
        hook_command::action_log(&self.juju, message)
    }

    /// Sets one result, over what was set for the key before. A handler that returns
    /// [`ActionResults`](crate::ActionResults) needs no call for each.
    ///
    /// A key is parts joined by dots (`backup.size`); a part is lowercase letters, digits and inner hyphens. It is
    /// refused here if Juju would refuse it (as it does where a part is `stdout` or `stderr`), if Juju writes over it
    /// (`return-code`), if it is a part of
    /// another result's key (`backup` beside `backup.size`, of which Juju would keep one), and if the value has over
    /// 120 000 bytes or holds NUL. What was set is reported also where the action fails.
    #[track_caller]
    pub fn set_result(&self, key: &str, value: impl fmt::Display) -> Result<(), Error> {
        self.juju.stage_action_result(key, value.to_string())
    }
}

/// What has been read of the action that runs.
#[derive(Default)]
pub(crate) struct Kept {
    parameters: OnceCell<Map<String, Value>>,
}

/// What is to be said about the action that runs.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Staged {
    pub(crate) results: BTreeMap<String, String>,
    pub(crate) failure: Option<String>,
}

impl Juju {
    #[track_caller]
    pub(crate) fn stage_action_result(&self, key: &str, value: String) -> Result<(), Error> {
        hook_command::check_result(key, &value)?;
        let results = &mut self.0.stage.borrow_mut().action.results;
        let is_below =
            |key: &str, above: &str| key.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'));
        match results.keys().find(|other| is_below(key, other) || is_below(other, key)) {
            None => {
                results.insert(key.to_owned(), value);
                Ok(())
            }
            Some(other) => {
                let problem = format!("`{other}` is a result already, and Juju keeps only one of the two");
                Err(Error::invalid(format!("action result `{key}`"), problem))
            }
        }
    }

    pub(crate) fn stage_action_failure(&self, message: String) {
        self.0.stage.borrow_mut().action.failure = Some(message);
    }

    /// The parameters of the action that runs.
    #[track_caller]
    pub(crate) fn action_parameters(&self) -> Result<&Map<String, Value>, Error> {
        if self.0.action.parameters.get().is_none() {
            let parameters = hook_command::action_get(self)?;
            let _ = self.0.action.parameters.set(parameters);
        }
        Ok(self.0.action.parameters.get_or_init(Map::new))
    }

    #[track_caller]
    pub(crate) fn send_action(&self, action: &Staged) -> Result<(), Error> {
        hook_command::action_set(&OwnWay(self), &action.results)?;
        match &action.failure {
            Some(message) => hook_command::action_fail(&OwnWay(self), message),
            None => Ok(()),
        }
    }
}
