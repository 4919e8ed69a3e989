//! Tests of a charm's generated code, and of mistakes that must not compile.
//!
//! `#[charm]` writes most of a charm's wiring. With [`Charm`] a charm's own package keeps that code as a formatted file
//! in its tree, where a reviewer sees what a change of the charm, of `charmcraft.yaml` or of the framework does to it,
//! and runs fixtures of its own: programs that must compile, and programs that must not.
//!
//! ```toml
//! [dev-dependencies]
//! charm-derive-tests = "0.1"
//! ```
//!
//! One test, such as `tests/generated.rs`, does it all:
//!
//! ```no_run
//! #[test]
//! fn generated_code() {
//!     charm_derive_tests::Charm::new(env!("CARGO_MANIFEST_DIR"))
//!         .snapshot("src/lib.rs", "tests/generated/lib.rs")
//!         .pass("tests/pass")
//!         .fail("tests/fail")
//!         .check();
//! }
//! # fn main() {}
//! ```
//!
//! The snapshot is the whole source file with every `#[charm]` item in it replaced by what it becomes; it is compiled
//! like a fixture that must pass, so what is reviewed is known to be valid code. Files in subfolders of `tests` are no
//! tests of their own to Cargo.
//!
//! | variable | effect |
//! |---|---|
//! | `CHARM_DERIVE_TESTS=overwrite` | writes the snapshots anew instead of comparing them |
//! | `TRYBUILD=overwrite` | writes the `.stderr` files of fixtures anew, and which rustc said so |
//! | `CHARM_DERIVE_TESTS_STRICT=1` | refuses another rustc than the one that the `.stderr` files were recorded with |

mod charm;
mod fixtures;
mod recording;
mod snapshot;
mod source;

pub use charm::Charm;
