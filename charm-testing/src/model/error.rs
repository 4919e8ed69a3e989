//! Why the model refuses something.

use std::fmt;

use super::name::UnitName;
use super::relation::RelationId;
use crate::model::quoted;

/// What an operator asked of the model that can't be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError(String);

impl ModelError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ModelError {}

/// What a hook asked for and Juju refuses. Its text is Juju's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Only the leader may do it.
    NotLeader,
    /// The leader's data, written by another unit.
    CannotWriteSettings,
    /// The leader's settings, written by another unit.
    CannotWriteLeaderSettings,
    /// There is no such payload, by its class and its id.
    PayloadNotFound(String),
    /// An application is run by one kind of spec.
    TwoK8sSpecs,
    /// A databag holds too much, in Juju 4.
    DatabagTooLarge,
    /// It may not be read by this unit.
    PermissionDenied,
    /// The unit never took part in the relation.
    SettingsNotFound(UnitName),
    /// Pods learn nothing of their cloud (Juju 4).
    NoCloudOnKubernetes,
    /// The hook is not an action.
    NoAction,
    /// A commit for the application by a unit that leads it no more.
    LostLeadership(UnitName),
    /// There is no such secret, by its id or its owner's label.
    SecretNotFound(String),
    /// The secret hasn't, or no longer, that revision.
    SecretRevisionNotFound {
        /// The secret's id.
        secret: String,
        /// The number of the revision.
        revision: u32,
    },
    /// The unit has read no secret under that label.
    ConsumerLabelNotFound(String),
    /// The owner has another secret with that label.
    SecretLabelExists(String),
    /// The unit has another secret with that label.
    ConsumerLabelExists {
        /// The label.
        label: String,
        /// Who reads it.
        unit: UnitName,
    },
    /// Single units have the permission that the application is to get.
    SecretGrantedToUnits,
    /// A change of a secret that changes nothing.
    NothingToUpdate,
    /// Who has the permission has it by another relation.
    SecretScope,
    /// A permission for a relation that ends or is gone.
    RelationNotAlive,
    /// A permission couldn't be changed.
    SecretAccess {
        /// The secret.
        secret: String,
        /// Whose permission.
        subject: String,
        /// Why.
        cause: Box<Refusal>,
    },
    /// The relation is gone: its number where Juju names it.
    RelationNotFound(Option<RelationId>),
    /// The charm keeps too much with Juju.
    CharmStateTooLarge {
        /// How many bytes it would be.
        size: usize,
    },
    /// An action can't reboot.
    RebootInAction,
    /// There is no such resource, or no file for it.
    ResourceNotFound(String),
    /// A port of an endpoint that the charm hasn't.
    PortEndpoint {
        /// `open` or `close`.
        doing: &'static str,
        /// The endpoint.
        endpoint: String,
        /// Whose port.
        unit: UnitName,
    },
    /// The charm declares no such storage.
    NoSuchStorage(String),
    /// The charm allows fewer instances of a storage.
    TooManyStorages {
        /// The storage.
        name: String,
        /// How many it allows.
        most: u32,
        /// How many there would be.
        wanted: u32,
    },
    /// A commit failed in one of its parts.
    While(&'static str, Box<Refusal>),
    /// A commit that was to be refused.
    Told(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLeader => f.write_str("this unit is not the leader"),
            Self::CannotWriteSettings => f.write_str("cannot write relation settings"),
            Self::CannotWriteLeaderSettings => f.write_str("cannot write settings: not the leader"),
            Self::PayloadNotFound(name) => write!(f, "payload {} not found", quoted(name)),
            Self::TwoK8sSpecs => {
                f.write_str("either k8s-spec-set or k8s-raw-set can be run for each application, but not both")
            }
            Self::DatabagTooLarge => {
                let most = super::commit::MAX_DATABAG;
                write!(f, "max allowed total size ({most}): quota limit exceeded")
            }
            Self::PermissionDenied => f.write_str("permission denied"),
            Self::SettingsNotFound(unit) => write!(f, "settings for unit \"{unit}\" not found"),
            Self::NoCloudOnKubernetes => {
                f.write_str("credential-get on a \"caas\" model not supported")
            }
            Self::NoAction => f.write_str("not running an action"),
            Self::LostLeadership(unit) => {
                write!(f, "\"{unit}\" is not leader of {}", quoted(unit.application()))
            }
            Self::SecretNotFound(name) => write!(f, "secret {name} not found", name = quoted(name)),
            Self::SecretRevisionNotFound { secret, revision } => {
                write!(f, "secret revision \"{secret}/{revision}\" not found")
            }
            Self::ConsumerLabelNotFound(label) => write!(f, "consumer label {label} not found", label = quoted(label)),
            Self::SecretLabelExists(label) => write!(f, "secret with label {label} already exists", label = quoted(label)),
            Self::ConsumerLabelExists { label, unit } => write!(
                f,
                "getting latest secret revision: secret label {label} for consumer \"{}\" already exists",
                unit.tag(), label = quoted(label)),
            Self::SecretGrantedToUnits => f.write_str(
                "any unit level grants need to be revoked before granting access to the corresponding application",
            ),
            Self::NothingToUpdate => f.write_str("at least one attribute to update must be specified"),
            Self::SecretScope => f.write_str("cannot change secret permission scope"),
            Self::RelationNotAlive => f.write_str("relation not alive"),
            Self::SecretAccess { secret, subject, cause } => {
                write!(f, "cannot change access to {secret} for {subject}: {cause}", secret = quoted(secret), subject = quoted(subject))
            }
            Self::RelationNotFound(None) => f.write_str("relation not found"),
            Self::RelationNotFound(Some(id)) => write!(f, "relation {id} not found"),
            Self::CharmStateTooLarge { size } => {
                let most = super::commit::MAX_CHARM_STATE;
                write!(f, "persisting charm state: max allowed size ({most}) exceeded: {size}")
            }
            Self::RebootInAction => f.write_str("juju-reboot is not supported when running an action."),
            Self::ResourceNotFound(name) => write!(f, "resource {name} not found", name = quoted(name)),
            Self::PortEndpoint { doing, endpoint, unit } => {
                write!(f, "{doing} port range: endpoint {endpoint} for unit \"{unit}\" not found", endpoint = quoted(endpoint))
            }
            Self::NoSuchStorage(name) => write!(f, "charm storage {name} not found", name = quoted(name)),
            Self::TooManyStorages { name, most, wanted } => {
                write!(f, "storage {name}: at most {most} instances supported, {wanted} specified", name = quoted(name))
            }
            Self::While(doing, cause) => write!(f, "{doing}: {cause}"),
            Self::Told(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Refusal {}
