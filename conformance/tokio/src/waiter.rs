//! The process.

charm_runtime::main!(charm_conformance_tokio::Waiter);
