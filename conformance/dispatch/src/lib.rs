//! What the charms and the tests of this package share.
//!
//! A test is told apart from a charm only by who reads what: the test writes a [`script`] into the charm directory and
//! [`fake`] answers beside the hook commands, starts the charm's executable, and reads what both have noted.

pub mod fake;
pub mod script;
