//! The executable that Juju runs as `dispatch`.

juju::main!(outside::Outside);
