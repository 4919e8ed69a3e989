//! The spec with which a charm of Juju 3 has its application run on Kubernetes, from before there were sidecars.

use serde::{Deserialize, Serialize};

use super::context::HookContext;
use super::error::Refusal;
use super::{Application, Model, View};

/// In which form a spec is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum K8sSpecKind {
    /// Juju's own (`k8s-spec-set`, once `pod-spec-set`).
    Pod,
    /// Kubernetes' (`k8s-raw-set`).
    Raw,
}

impl Application {
    /// The spec that its leader has set, in Juju 3.
    pub fn k8s_spec(&self, kind: K8sSpecKind) -> Option<&str> {
        self.k8s_spec.get(&kind).map(String::as_str)
    }
}

impl View<'_> {
    /// The spec of the application as it was last published; empty if it has none.
    pub fn k8s_spec(&self, kind: K8sSpecKind) -> &str {
        let application = self.model.application(self.context.unit().application());
        application.and_then(|application| application.k8s_spec(kind)).unwrap_or_default()
    }

    /// Stages the spec of the application. It is taken as it is: nobody here runs it.
    pub fn write_k8s_spec(&mut self, kind: K8sSpecKind, spec: String) -> Result<(), Refusal> {
        if !self.is_leader() {
            return Err(Refusal::NotLeader);
        }
        self.context.k8s_spec.insert(kind, spec);
        Ok(())
    }
}

impl Model {
    /// Whether the specs that a hook has staged can be published: of one kind, and by the leader still.
    pub(crate) fn check_k8s_spec(&self, context: &HookContext) -> Result<(), Refusal> {
        let unit = context.unit();
        match context.k8s_spec.len() {
            0 => Ok(()),
            1 if self.leader(unit.application()) == Some(unit) => Ok(()),
            1 => Err(Refusal::NotLeader),
            _ => Err(Refusal::TwoK8sSpecs),
        }
    }

    pub(crate) fn commit_k8s_spec(&mut self, context: &HookContext) {
        if let Some(application) = self.applications.get_mut(context.unit().application()) {
            application.k8s_spec.extend(context.k8s_spec.clone());
        }
    }
}
