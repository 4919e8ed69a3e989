//! The charms that deny every warning, where clippy sees them: under trybuild there is the compiler alone.

#[path = "pass/lints.rs"]
pub mod lints;

#[test]
fn nothing_that_is_generated_gives_a_warning() {
    lints::main();
}
