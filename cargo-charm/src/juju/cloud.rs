//! What a model is made of, in Juju's words.

use charm_testing::model::{Model, Substrate};

/// The cloud of models that nobody said anything about, and its region.
pub(super) const LOCALHOST: &str = "localhost";

/// What Juju calls the type of a model.
pub(super) fn model_type(model: &Model) -> &'static str {
    if is_kubernetes(model) { "caas" } else { "iaas" }
}

pub(super) fn is_kubernetes(model: &Model) -> bool {
    model.substrate() == Substrate::Kubernetes
}

/// What a model in the cloud CLOUD or CLOUD/REGION is made of: Kubernetes by its usual names, else machines.
pub(super) fn substrate(cloud: &str) -> Substrate {
    match cloud.split('/').next() {
        Some("k8s" | "kubernetes" | "microk8s") => Substrate::Kubernetes,
        _ => Substrate::Machines,
    }
}
