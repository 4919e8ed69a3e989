//! The executable that Juju runs as `dispatch`.

charm_runtime::main!(backup::Backup);
