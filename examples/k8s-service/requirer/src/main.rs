//! The executable that Juju runs as `dispatch`.

charm_runtime::main!(k8s_service_requirer::Requirer);
