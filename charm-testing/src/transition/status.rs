//! Statuses, as Juju shows them.

use std::fmt;

use crate::model::{self, StatusKind};

/// What Juju shows as the status of a unit or an application.
///
/// It compares with the [`Status`](charm_runtime::Status) that a charm sets:
///
/// ```
/// use charm_runtime::Status;
/// use charm_testing::transition::ShownStatus;
///
/// assert_eq!(ShownStatus::from(Status::blocked("relate a database")), Status::blocked("relate a database"));
/// assert_ne!(ShownStatus::default(), Status::active(""));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ShownStatus {
    /// The kind. A unit that never set one shows `unknown`.
    pub kind: StatusKind,
    /// What an operator should know; often empty.
    pub message: String,
}

impl Default for ShownStatus {
    fn default() -> Self {
        Self { kind: StatusKind::Unknown, message: String::new() }
    }
}

impl From<charm_runtime::Status> for ShownStatus {
    fn from(status: charm_runtime::Status) -> Self {
        // A charm's statuses are among those that it can set.
        let kind = StatusKind::settable(status.name()).unwrap_or(StatusKind::Unknown);
        Self { kind, message: status.message().to_owned() }
    }
}

impl From<&model::Status> for ShownStatus {
    fn from(status: &model::Status) -> Self {
        Self { kind: status.kind, message: status.message.clone() }
    }
}

impl PartialEq<charm_runtime::Status> for ShownStatus {
    fn eq(&self, status: &charm_runtime::Status) -> bool {
        self.kind.as_str() == status.name() && self.message == status.message()
    }
}

impl PartialEq<charm_runtime::Status> for &ShownStatus {
    fn eq(&self, status: &charm_runtime::Status) -> bool {
        **self == *status
    }
}

/// As `juju status` shows it: `blocked: relate a database`.
impl fmt::Display for ShownStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.as_str())?;
        if self.message.is_empty() { Ok(()) } else { write!(f, ": {}", self.message) }
    }
}

/// In the form of a charm's own [`Status`](charm_runtime::Status), beside which a failed assertion shows it.
impl fmt::Debug for ShownStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Status").field("kind", &self.kind).field("message", &self.message).finish()
    }
}
